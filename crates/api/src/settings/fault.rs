//! The rules' faults as the request has the fields: `queue[5].rings[0].relax[3].skill` is
//! `rings[0].relax[2].skillId`.

use model::{Rejection, rejection::Fault};
use serde_json::Value;

use crate::error::{Invalid, Problem};

/// Where the rules' words differ from those in JSON.
const NAMES: [(&str, &str); 7] = [
    ("agent", "agentId"),
    ("group", "groupId"),
    ("media", "mediaType"),
    ("parent", "parentId"),
    ("queues", "queueIds"),
    ("script", "scriptId"),
    ("skill", "skillId"),
];
/// Maps of the rules that are lists in JSON, and the field by which an entry is found.
const KEYED: [(&str, &str); 2] = [("relax", "skillId"), ("skills", "skillId")];

/// What the rules refuse, about a request with this body.
pub(super) fn problem(rejection: Rejection, json: &Value) -> Problem {
    match rejection {
        Rejection::InvalidSetting(fault) => Problem::Invalid(invalid(&fault, json)),
        Rejection::InvalidScript(faults) => {
            Problem::InvalidScript(faults.iter().map(|fault| invalid(fault, json)).collect())
        }
        other => other.into(),
    }
}

fn invalid(fault: &Fault, json: &Value) -> Invalid {
    let message = format!("{}.", capitalised(&fault.message));
    match fault.field.split_once('.') {
        Some((_, path)) => Invalid::field(field(path, json), message),
        None => Invalid::body(message),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn field(path: &str, json: &Value) -> String {
    let mut at = Some(json);
    let mut words = Vec::new();
    // A flow's own paths are as they are: they lead to nodes, by names that anybody may choose.
    if path.starts_with("flow.") {
        return path.to_owned();
    }
    for word in path.split('.') {
        let (name, key) = word.split_once('[').unwrap_or((word, ""));
        let renamed = NAMES.iter().find(|(rules, _)| *rules == name);
        let name = renamed.map_or(name, |(_, json)| json);
        at = at.and_then(|at| at.get(name));
        let Some(key) = key.strip_suffix(']') else {
            words.push(name.to_owned());
            continue;
        };
        let by = KEYED.iter().find(|(map, _)| *map == name);
        let place = match by {
            Some((_, by)) => at.and_then(Value::as_array).and_then(|entries| {
                let id = key.parse::<u64>().ok();
                let is_it = |entry: &Value| entry.get(by).and_then(Value::as_u64) == id;
                entries.iter().position(is_it)
            }),
            None => key.parse().ok(),
        };
        at = place.and_then(|place| at?.get(place));
        words.push(place.map_or_else(|| name.to_owned(), |place| format!("{name}[{place}]")));
    }
    words.join(".")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_named_as_they_came_in() {
        let json = json!({
            "rings": [{"relax": [{"skillId": 4}, {"skillId": 3}]}],
            "skills": [{"skillId": 7, "level": 11}],
        });
        for (rules, expected) in [
            ("offerMs", "offerMs"),
            ("media", "mediaType"),
            ("required[0].skill", "required[0].skillId"),
            ("queues[2]", "queueIds[2]"),
            ("rings[0].relax[3].skill", "rings[0].relax[1].skillId"),
            ("rings[0].relax[9].skill", "rings[0].relax.skillId"),
            ("skills[7].level", "skills[0].level"),
            ("flow.nodes[a.b].kind.menu.keys", "flow.nodes[a.b].kind.menu.keys"),
        ] {
            assert_eq!(field(rules, &json), expected);
        }
    }
}
