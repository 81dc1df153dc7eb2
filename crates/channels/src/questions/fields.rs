//! Fields of an answer. Numbers keep the digits in which they were written.

use std::{borrow::Cow, collections::BTreeMap};

use model::{Text, flow::ApiField};
use serde_json::value::RawValue;

/// The values of the fields in their order; `None` for one that is not there, or is `null`.
///
/// # Errors
/// What the trace says: it is no JSON, or what is wanted is no single value.
pub(super) fn read(body: &[u8], fields: &[ApiField]) -> Result<Vec<Option<Text>>, &'static str> {
    let json: &RawValue = serde_json::from_slice(body).map_err(|_| "not-json")?;
    fields.iter().map(|field| value(json, &field.field)).collect()
}

fn value(json: &RawValue, path: &str) -> Result<Option<Text>, &'static str> {
    let mut at = Cow::Borrowed(json);
    for step in path.split('.') {
        match inside(&at, step) {
            Some(found) => at = Cow::Owned(found),
            None => return Ok(None),
        }
    }
    match at.get() {
        "null" => Ok(None),
        text if text.starts_with('"') => {
            serde_json::from_str(text).map(Some).map_err(|_| "not-json")
        }
        text if text.starts_with(['{', '[']) => Err("not-a-value"),
        digits => Ok(Some(digits.into())),
    }
}

fn inside(json: &RawValue, step: &str) -> Option<Box<RawValue>> {
    let text = json.get();
    if text.starts_with('{') {
        let mut fields: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
        return fields.remove(step).map(ToOwned::to_owned);
    }
    let list: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    list.get(step.parse::<usize>().ok()?).map(|found| (*found).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str, path: &str) -> Result<Option<String>, &'static str> {
        let field = ApiField { field: path.into(), variable: "_x".into() };
        let read = read(body.as_bytes(), &[field])?;
        Ok(read[0].as_deref().map(str::to_owned))
    }

    #[test]
    fn values_are_found_by_their_path() {
        let body = r#"{"a":{"b":[{"c":"x\"é"},{"c":1250.50}]},"yes":true,"none":null,"":1}"#;
        let found = |path| of(body, path).unwrap();
        assert_eq!(found("a.b.0.c").as_deref(), Some("x\"é"));
        assert_eq!(found("a.b.1.c").as_deref(), Some("1250.50"));
        assert_eq!(found("yes").as_deref(), Some("true"));
        for absent in ["none", "a.b.2.c", "a.b.x", "a.x", "yes.no", "a.b.0.c.d"] {
            assert_eq!(found(absent), None, "{absent}");
        }
        assert_eq!(of(body, "a.b"), Err("not-a-value"));
        assert_eq!(of("<html>", "a"), Err("not-json"));
        assert_eq!(of("", "a"), Err("not-json"));
    }
}
