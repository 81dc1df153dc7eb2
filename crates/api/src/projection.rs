//! One tree, shown as XML or as the JSON that is mechanically made of it (conventions, "Platform-family format
//! rules"): text that looks like a number becomes one, what is empty becomes `""`.

use axum::{
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

/// What is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tree {
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// Members, each with its name.
    Members(Vec<(&'static str, Self)>),
    /// Any number of children of one name.
    Many(&'static str, Vec<Self>),
}

/// How a tree is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Xml,
}

/// What a collection without members is in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Empty {
    /// `""`, as the projection has it.
    Text,
    /// `{"item":[]}`, as the gateway has it.
    List,
}

impl Form {
    /// Splits a path's last part into a name and what its suffix says; without suffix, what `Accept` says, or
    /// `otherwise`.
    pub(crate) fn of<'p>(part: &'p str, headers: &HeaderMap, otherwise: Self) -> (&'p str, Self) {
        if let Some(name) = part.strip_suffix(".json") {
            (name, Self::Json)
        } else if let Some(name) = part.strip_suffix(".xml") {
            (name, Self::Xml)
        } else {
            (part, Self::accepted(headers, otherwise))
        }
    }

    fn accepted(headers: &HeaderMap, otherwise: Self) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        let mut kinds = accept
            .unwrap_or_default()
            .split(',')
            .map(|kind| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        let known = kinds.find_map(|kind| match &*kind {
            "application/json" => Some(Self::Json),
            "application/xml" | "text/xml" => Some(Self::Xml),
            _ => None,
        });
        known.unwrap_or(otherwise)
    }
}

impl Tree {
    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The tree as an answer. `root` is the name of the outermost element; JSON has it only when `wrapped`.
    pub(crate) fn answer(
        &self,
        root: &'static str,
        form: Form,
        wrapped: bool,
        empty: Empty,
    ) -> Response {
        match form {
            Form::Xml => {
                let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
                self.write_xml(root, &mut text);
                ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], text).into_response()
            }
            Form::Json => {
                let inner = self.json(empty);
                let value = if wrapped {
                    Value::Object(Map::from_iter([(root.into(), inner)]))
                } else {
                    inner
                };
                axum::Json(value).into_response()
            }
        }
    }

    fn json(&self, empty: Empty) -> Value {
        match self {
            Self::Number(number) => Value::from(*number),
            Self::Text(text) => as_number(text).unwrap_or_else(|| Value::from(text.as_str())),
            Self::Members(members) => {
                let members = members.iter().map(|(name, tree)| ((*name).into(), tree.json(empty)));
                Value::Object(members.collect())
            }
            Self::Many(_, items) if items.is_empty() && empty == Empty::Text => Value::from(""),
            Self::Many(name, items) => {
                let items: Vec<Value> = items.iter().map(|item| item.json(empty)).collect();
                Value::Object(Map::from_iter([((*name).into(), Value::from(items))]))
            }
        }
    }

    fn write_xml(&self, name: &str, text: &mut String) {
        let mut inner = String::new();
        match self {
            Self::Number(number) => inner.push_str(&number.to_string()),
            Self::Text(value) => escape(value, &mut inner),
            Self::Members(members) => {
                members.iter().for_each(|(name, tree)| tree.write_xml(name, &mut inner));
            }
            Self::Many(name, items) => {
                items.iter().for_each(|item| item.write_xml(name, &mut inner));
            }
        }
        if inner.is_empty() {
            text.push_str(&format!("<{name}/>"));
        } else {
            text.push_str(&format!("<{name}>{inner}</{name}>"));
        }
    }
}

/// The whole number that a text looks like: no sign in front of it, no needless zero.
fn as_number(text: &str) -> Option<Value> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then(|| Value::from(number))
}

/// Writes text so that it can stand in an element. What XML cannot hold is shown as U+FFFD.
pub(crate) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(items: Vec<Tree>) -> Tree {
        Tree::Members(vec![
            ("id", Tree::Number(-1)),
            ("name", Tree::text("R&D <7>")),
            ("items", Tree::Many("item", items)),
        ])
    }

    fn xml(tree: &Tree) -> String {
        let mut text = String::new();
        tree.write_xml("root", &mut text);
        text
    }

    #[test]
    fn a_tree_as_xml_and_as_json() {
        let one = sample(vec![Tree::text("13125555068")]);
        let expected = "<root><id>-1</id><name>R&amp;D &lt;7&gt;</name><items><item>13125555068</item></items></root>";
        assert_eq!(xml(&one), expected);
        let json = serde_json::json!({"id": -1, "name": "R&D <7>", "items": {"item": [13_125_555_068_u64]}});
        assert_eq!(one.json(Empty::Text), json);
        let none = sample(vec![]);
        assert!(xml(&none).ends_with("<items/></root>"));
        assert_eq!(none.json(Empty::Text)["items"], "");
        assert_eq!(none.json(Empty::List)["items"], serde_json::json!({"item": []}));
    }

    #[test]
    fn only_what_looks_like_a_number_becomes_one() {
        for text in ["007", "+1", "-1", "1.0", "99999999999999999999", "", "1e3", " 1"] {
            assert_eq!(as_number(text), None, "{text}");
        }
        assert_eq!(as_number("0"), Some(Value::from(0)));
    }

    #[test]
    fn the_suffix_goes_before_the_header() {
        let accepts = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, value.parse().unwrap());
            headers
        };
        let none = HeaderMap::new();
        assert_eq!(Form::of("7.json", &accepts("text/xml"), Form::Xml), ("7", Form::Json));
        assert_eq!(Form::of("7.xml", &none, Form::Json), ("7", Form::Xml));
        assert_eq!(Form::of("7", &accepts("application/json"), Form::Xml), ("7", Form::Json));
        assert_eq!(Form::of("7", &accepts("*/*"), Form::Xml), ("7", Form::Xml));
        assert_eq!(
            Form::of("7", &accepts("text/html, application/xml;q=0.9"), Form::Json).1,
            Form::Xml
        );
        assert_eq!(Form::of("7", &none, Form::Json), ("7", Form::Json));
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        let mut text = String::new();
        escape("a\u{0}\u{7}\"\u{fffe}\n", &mut text);
        assert_eq!(text, "a\u{fffd}\u{fffd}&quot;\u{fffd}\n");
    }
}
