//! The bytes of an event: compact JSON, keys in ASCII order, values typed by their text.

use std::{collections::BTreeMap, fmt::Display};

use model::Timestamp;

use crate::INSTANCE;

/// Characters of the longest text that is written as a number. Longer ones are hostile: readers' number
/// types end long before.
const NUMBER_CHARS_MAX: usize = 32;

/// One JSON object in the making.
#[derive(Default)]
pub(super) struct Object(BTreeMap<&'static str, String>);

impl Object {
    /// Puts a scalar: a boolean or a number when its text is one, a string otherwise (Streaming API, "Value
    /// typing").
    pub(super) fn put(&mut self, key: &'static str, value: impl Display) {
        self.0.insert(key, scalar(&value.to_string()));
    }

    /// Puts a scalar if there is one.
    pub(super) fn put_some(&mut self, key: &'static str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    /// Puts `yes` or `no`.
    pub(super) fn put_yes(&mut self, key: &'static str, value: bool) {
        self.put(key, if value { "yes" } else { "no" });
    }

    /// Puts an instant in seconds, truncated (Streaming API, "Time").
    pub(super) fn put_seconds(&mut self, key: &'static str, at: Timestamp) {
        self.put(key, at.0 / 1000);
    }

    /// Puts who sends this, its number and when it happened.
    pub(super) fn put_msg_info(&mut self, seq: u64, at: Timestamp) {
        let mut info = Self::default();
        info.put("instanceId", INSTANCE);
        info.put("sequenceId", seq);
        info.put("timestamp", at.0);
        self.0.insert("msgInfo", info.write());
    }

    /// Puts the attached data: a list of keys and scalars, in ASCII order of the keys.
    pub(super) fn put_attached(&mut self, attached: &Self) {
        let datum = |(key, value): (&&str, &String)| {
            format!(r#"{{"attachedDataKey":"{key}","attachedDataValue":{value}}}"#)
        };
        let data: Vec<_> = attached.0.iter().map(datum).collect();
        self.0.insert("attachedData", format!(r#"{{"attachedDatum":[{}]}}"#, data.join(",")));
    }

    pub(super) fn write(&self) -> String {
        let pairs: Vec<_> =
            self.0.iter().map(|(key, value)| format!(r#""{key}":{value}"#)).collect();
        format!("{{{}}}", pairs.join(","))
    }
}

fn scalar(text: &str) -> String {
    if matches!(text, "true" | "false") || is_number(text) {
        return text.to_owned();
    }
    serde_json::to_string(text).expect("texts can be written")
}

/// Whether a text is a JSON number that every reader can take.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (number, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    text.len() <= NUMBER_CHARS_MAX
        && digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.trim_start_matches(['+', '-'])))
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_typed_by_their_text() {
        for bare in ["true", "false", "0", "1669235544", "13125555068", "-1.50", "1e3", "2.5E-7"] {
            assert_eq!(scalar(bare), bare);
        }
        for quoted in
            ["+15515557212", "0123", "N/A", "yes", "", "1.", ".5", "-", "1e", "1e999", "0x1", "NaN"]
        {
            assert_eq!(scalar(quoted), format!("\"{quoted}\""), "{quoted}");
        }
        let long = "1".repeat(NUMBER_CHARS_MAX + 1);
        assert_eq!(scalar(&long), format!("\"{long}\""));
        assert_eq!(scalar("a\"b\n"), r#""a\"b\n""#);
    }

    #[test]
    fn keys_are_in_ascii_order() {
        let mut attached = Object::default();
        attached.put("cha", "13125555068");
        attached.put("@pri", 100);
        let mut object = Object::default();
        object.put_seconds("interactionEventTS", Timestamp(1_669_235_827_999));
        object.put_attached(&attached);
        object.put_msg_info(7, Timestamp(1_669_235_827_999));
        let expected = concat!(
            r#"{"attachedData":{"attachedDatum":[{"attachedDataKey":"@pri","attachedDataValue":100},"#,
            r#"{"attachedDataKey":"cha","attachedDataValue":13125555068}]},"#,
            r#""interactionEventTS":1669235827,"#,
            r#""msgInfo":{"instanceId":"cordboard-1","sequenceId":7,"timestamp":1669235827999}}"#
        );
        assert_eq!(object.write(), expected);
    }
}
