//! The XML form of a message (Streaming API, "XML mapping").

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::value::RawValue;

const PROLOG: &str = "<?xml version='1.0' encoding='UTF-8' ?>";

/// A message's JSON as an XML document on one line: an element for each key, a repeated element for a list,
/// and the scalars' text. Characters that XML cannot hold are left out.
///
/// # Panics
/// On a text that no projection wrote.
#[must_use]
pub fn xml(json: &str) -> String {
    let mut document = String::with_capacity(PROLOG.len() + json.len() * 2);
    document.push_str(PROLOG);
    inside(json, &mut document).expect("messages are JSON objects");
    document
}

/// Writes the elements for the keys of an object.
fn inside(object: &str, to: &mut String) -> serde_json::Result<()> {
    let keys: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(object)?;
    for (key, value) in keys {
        if value.get().starts_with('[') {
            let values: Vec<&RawValue> = serde_json::from_str(value.get())?;
            values.into_iter().try_for_each(|value| element(&key, value, to))?;
        } else {
            element(&key, value, to)?;
        }
    }
    Ok(())
}

fn element(name: &str, value: &RawValue, to: &mut String) -> serde_json::Result<()> {
    to.extend(["<", name, ">"]);
    match value.get().as_bytes() {
        [b'{', ..] => inside(value.get(), to)?,
        [b'"', ..] => escape(&serde_json::from_str::<Cow<'_, str>>(value.get())?, to),
        _ => to.push_str(value.get()),
    }
    to.extend(["</", name, ">"]);
    Ok(())
}

fn escape(text: &str, to: &mut String) {
    for character in text.chars() {
        match character {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            // A parser would turn these into spaces or line feeds, and a line is one message.
            '\r' => to.push_str("&#13;"),
            '\n' => to.push_str("&#10;"),
            '\t' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => to.push(character),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_form() {
        let json =
            r#"{"AgentStatusChange":{"agentId":"marcus","newState":2,"statusEventTS":1381563857}}"#;
        let expected = "<?xml version='1.0' encoding='UTF-8' ?><AgentStatusChange><agentId>marcus\
            </agentId><newState>2</newState><statusEventTS>1381563857</statusEventTS></AgentStatusChange>";
        assert_eq!(xml(json), expected);
    }

    #[test]
    fn lists_repeat_and_hostile_text_is_harmless() {
        let json = r#"{"a":{"d":[{"k":"x","v":1.50},{"k":"<&>\n\u0000\ufffe","v":true}]}}"#;
        let body = "<a><d><k>x</k><v>1.50</v></d><d><k>&lt;&amp;&gt;&#10;</k><v>true</v></d></a>";
        assert_eq!(xml(json), format!("{PROLOG}{body}"));
    }
}
