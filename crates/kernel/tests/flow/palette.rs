//! The palette says what the types say.

use std::collections::BTreeSet;

use kernel::flow::{
    exits, kind_name,
    palette::{
        COMPARE_AS, ExitDescription, IVR, KindDescription, OPERATORS, ParamDescription, ParamType,
        Value as Default,
    },
};
use model::flow::{CompareAs, NodeKind, Operator};
use serde_json::{Map, Value, json};

use super::lint::exemplary;

fn described(kind: &NodeKind) -> &'static KindDescription {
    let mut all = IVR.iter().filter(|described| described.kind == kind_name(kind));
    let described = all.next().unwrap_or_else(|| panic!("{} is not described", kind_name(kind)));
    assert!(all.next().is_none(), "{} is described twice", kind_name(kind));
    described
}

/// One node of every kind, each option used.
fn samples() -> Vec<NodeKind> {
    exemplary().nodes.into_values().map(|node| node.kind).collect()
}

#[test]
fn every_kind_is_described_once() {
    // `kind_name` names every kind: the compiler sees to that.
    let named: BTreeSet<&str> = samples().iter().map(kind_name).collect();
    let listed: BTreeSet<&str> = IVR.iter().map(|described| described.kind).collect();
    assert_eq!(named, listed);
    assert_eq!(IVR.len(), listed.len());
}

#[test]
fn names_are_those_of_the_json() {
    for kind in samples() {
        let described = described(&kind);
        match serde_json::to_value(&kind).unwrap() {
            Value::String(word) => {
                assert_eq!(word, described.kind);
                assert!(described.params.is_empty());
            }
            Value::Object(tagged) => {
                assert_eq!(tagged.keys().collect::<Vec<_>>(), [described.kind]);
                if described.params[0].name.is_empty() {
                    assert_eq!(described.params[0].kind, ParamType::Condition);
                } else {
                    same_fields(described.kind, &tagged[described.kind], described.params);
                }
            }
            other => panic!("{other}"),
        }
    }
}

fn same_fields(path: &str, json: &Value, params: &[ParamDescription]) {
    let found: BTreeSet<&str> =
        json.as_object().unwrap_or_else(|| panic!("{path}")).keys().map(String::as_str).collect();
    let listed: BTreeSet<&str> = params.iter().map(|param| param.name).collect();
    assert_eq!(found, listed, "{path}");
    for param in params {
        let value = &json[param.name];
        let path = format!("{path}.{}", param.name);
        match param.kind {
            ParamType::List => {
                value.as_array().unwrap().iter().for_each(|e| same_fields(&path, e, param.fields));
            }
            ParamType::Object => same_fields(&path, value, param.fields),
            _ => assert!(param.fields.is_empty()),
        }
    }
}

#[test]
fn what_is_required_cannot_be_left_out_and_the_rest_can() {
    for kind in samples() {
        let described = described(&kind);
        let Value::Object(tagged) = serde_json::to_value(&kind).unwrap() else { continue };
        let Value::Object(params) = &tagged[described.kind] else { continue };
        for param in described.params.iter().filter(|param| !param.name.is_empty()) {
            let mut without = params.clone();
            without.remove(param.name);
            let read: Result<NodeKind, _> =
                serde_json::from_value(json!({ described.kind: without }));
            assert_eq!(read.is_err(), param.required, "{}.{}", described.kind, param.name);
        }
    }
}

#[test]
fn defaults_are_of_the_type_and_within_bounds() {
    for param in IVR.iter().flat_map(|kind| kind.params.iter().chain(fields(kind.params))) {
        let bounds = param.bounds.unwrap_or((0, u64::MAX));
        let size = match (param.default, param.kind) {
            (None, _) | (Some(Default::Flag(_)), ParamType::Flag) => continue,
            (Some(Default::Number(number)), ParamType::Number | ParamType::Millis) => number,
            (Some(Default::Text(text)), ParamType::Keys | ParamType::Text) => text.len() as u64,
            (default, kind) => panic!("{}: {default:?} as {kind:?}", param.name),
        };
        assert!((bounds.0..=bounds.1).contains(&size), "{}", param.name);
    }
}

fn fields(params: &'static [ParamDescription]) -> impl Iterator<Item = &'static ParamDescription> {
    params.iter().flat_map(|param| param.fields)
}

#[test]
fn exits_are_those_of_the_walker() {
    for kind in samples() {
        let described = described(&kind);
        let json = serde_json::to_value(&kind).unwrap();
        let params = json.get(described.kind).unwrap_or(&Value::Null);
        let listed: BTreeSet<String> =
            described.exits.iter().flat_map(|exit| expand(exit, params)).collect();
        let taken: BTreeSet<String> = exits(&kind).iter().map(ToString::to_string).collect();
        assert_eq!(taken, listed, "{}", described.kind);
    }
}

fn expand(exit: &ExitDescription, params: &Value) -> Vec<String> {
    let Some(each) = exit.each else {
        return vec![exit.name.into()];
    };
    match each.split_once('.') {
        None => params[each].as_str().unwrap().chars().map(String::from).collect(),
        Some((list, field)) => {
            let name = |entry: &Value| entry[field].as_str().unwrap().into();
            params[list].as_array().unwrap().iter().map(name).collect()
        }
    }
}

#[test]
fn exits_need_what_they_say_they_need() {
    for kind in samples() {
        let described = described(&kind);
        let json = serde_json::to_value(&kind).unwrap();
        for exit in described.exits {
            let Some(needs) = exit.needs else { continue };
            let mut params: Map<String, Value> = json[described.kind].as_object().unwrap().clone();
            params.remove(needs);
            let without: NodeKind =
                serde_json::from_value(json!({ described.kind: params })).unwrap();
            assert!(!exits(&without).iter().any(|name| &**name == exit.name), "{}", exit.name);
        }
    }
}

#[test]
fn operators_and_types_are_those_of_the_json() {
    for described in OPERATORS {
        let read: Operator = serde_json::from_value(json!(described.operator)).unwrap();
        // Complete: a new operator does not compile here until it is counted.
        match read {
            Operator::Equals
            | Operator::LessThan
            | Operator::GreaterThan
            | Operator::IsEmpty
            | Operator::IsNotEmpty
            | Operator::NotEquals
            | Operator::AtMost
            | Operator::AtLeast
            | Operator::Between
            | Operator::In
            | Operator::Contains
            | Operator::StartsWith
            | Operator::EndsWith => {}
        }
    }
    let words: BTreeSet<&str> = OPERATORS.iter().map(|described| described.operator).collect();
    assert_eq!((OPERATORS.len(), words.len()), (13, 13));
    for described in COMPARE_AS {
        let _: CompareAs = serde_json::from_value(json!(described.compare_as)).unwrap();
    }
    let words: BTreeSet<&str> = COMPARE_AS.iter().map(|described| described.compare_as).collect();
    assert_eq!((COMPARE_AS.len(), words.len()), (5, 5));
}

#[test]
fn the_palette_is_json() {
    let json = serde_json::to_value(IVR).unwrap();
    assert_eq!(json[0]["kind"], "testVariable");
    let menu = json.as_array().unwrap().iter().find(|kind| kind["kind"] == "menu").unwrap();
    assert_eq!(
        menu["params"][3],
        json!({
            "name": "tries",
            "title": "Ask how often",
            "type": "number",
            "required": true,
            "default": 3,
            "bounds": [1, 9],
        })
    );
    assert_eq!(
        menu["exits"][0],
        json!({ "name": "", "title": "One for each key", "each": "keys" })
    );
}
