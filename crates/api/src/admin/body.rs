//! Bodies read by serde, with what is wrong named as a path in the JSON that came in.

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::resource::Resource;
use crate::{
    body,
    error::{Invalid, Problem},
    json::Json,
    limits::FLOW_NESTING_MAX,
};

/// What a request asks for, and the JSON in which it does.
pub(super) struct Body<R> {
    pub(super) wish: R,
    pub(super) json: Value,
}

impl<S: Sync, R: Resource> FromRequest<S> for Body<R> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let json = value(request, R::BODY_MAX).await?;
        // What was answered can be sent back.
        let wish = parse(&json, |field| matches!(field, "id" | "revision"))?;
        Ok(Self { wish, json })
    }
}

/// The JSON of a body.
pub(super) async fn value(request: Request, max: usize) -> Result<Value, Problem> {
    let (parts, body) = request.into_parts();
    body::check_media_type(&parts.headers, body::Untyped::Refused)?;
    let bytes = body::read(&parts.headers, body, max).await?;
    let not_json = |fault| Invalid::body(format!("The body is not JSON: {fault}."));
    Json::read_nested(&bytes, FLOW_NESTING_MAX).map_err(not_json)?;
    let value = serde_json::from_slice(&bytes);
    Ok(value.map_err(|_| Invalid::body("The body has a number that is too large."))?)
}

/// Reads a value strictly: what it does not know is refused, unless it is `ignored` at the top.
pub(super) fn parse<T: DeserializeOwned>(
    json: &Value,
    ignored: impl Fn(&str) -> bool,
) -> Result<T, Invalid> {
    if !json.is_object() {
        return Err(Invalid::body("The body must be an object."));
    }
    let mut unknown = None;
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(json, &mut track);
    let parsed = serde_ignored::deserialize(tracked, |path| {
        let path = path_of(&path);
        if unknown.is_none() && !ignored(&path) {
            unknown = Some(path);
        }
    });
    match (parsed, unknown) {
        (Err(error), _) => Err(invalid(&track.path().to_string(), &error.to_string())),
        (Ok(_), Some(field)) => Err(Invalid::field(field, "There is no such field here.")),
        (Ok(parsed), None) => Ok(parsed),
    }
}

fn path_of(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path::{Map, NewtypeStruct, NewtypeVariant, Root, Seq, Some};
    match path {
        Root => String::new(),
        Seq { parent, index } => format!("{}[{index}]", path_of(parent)),
        Map { parent, key } => match path_of(parent) {
            above if above.is_empty() => key.clone(),
            above => format!("{above}.{key}"),
        },
        Some { parent } | NewtypeStruct { parent } | NewtypeVariant { parent } => path_of(parent),
    }
}

/// What serde found, in our words. Its own can hold values that came in.
fn invalid(path: &str, fault: &str) -> Invalid {
    let within = |name: &str| match path {
        "." => name.to_owned(),
        _ => format!("{path}.{name}"),
    };
    let quoted = || fault.split('`').nth(1).unwrap_or_default();
    let expected = || fault.rsplit_once("expected ").map_or("", |(_, expected)| expected);
    let (field, message) = if fault.starts_with("missing field") {
        (within(quoted()), "Is missing.".to_owned())
    } else if fault.starts_with("unknown variant") {
        let words: Vec<&str> = expected().split('`').skip(1).step_by(2).collect();
        (path.to_owned(), format!("Must be one of: {}.", words.join(", ")))
    } else if fault.starts_with("invalid ") {
        (path.to_owned(), format!("Must be {}.", kind(expected())))
    } else {
        (path.to_owned(), fault.to_owned())
    };
    if field == "." { Invalid::body(message) } else { Invalid::field(field, message) }
}

/// What serde calls a type, in words for people.
fn kind(expected: &str) -> String {
    match expected {
        "u8" => "a whole number from 0 to 255".to_owned(),
        "u16" => "a whole number from 0 to 65535".to_owned(),
        "u32" => "a whole number from 0 to 4294967295".to_owned(),
        "i32" => "a whole number".to_owned(),
        "u64" | "usize" => "a whole number, 0 or more".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "an array".to_owned(),
        "a map" => "an object".to_owned(),
        of if of.starts_with("struct ") => "an object".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Ring {
        #[serde(rename = "afterMs")]
        _after: u8,
        #[serde(rename = "kind", default)]
        _kind: Option<Kind>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    enum Kind {
        One,
        Two,
    }

    #[derive(Debug, Deserialize)]
    struct Probe {
        #[serde(rename = "rings")]
        _rings: Vec<Ring>,
        #[serde(rename = "on")]
        _on: bool,
    }

    #[test]
    fn what_is_wrong_is_named() {
        _ = (Kind::One, Kind::Two);
        let cases = [
            (json!([]), None, "The body must be an object."),
            (json!({"rings": []}), Some("on"), "Is missing."),
            (json!({"rings": 1, "on": true}), Some("rings"), "Must be an array."),
            (json!({"rings": [], "on": "4711"}), Some("on"), "Must be true or false."),
            (json!({"rings": [{}], "on": true}), Some("rings[0].afterMs"), "Is missing."),
            (
                json!({"rings": [{"afterMs": 300}], "on": true}),
                Some("rings[0].afterMs"),
                "Must be a whole number from 0 to 255.",
            ),
            (
                json!({"rings": [{"afterMs": 3, "kind": "x"}], "on": true}),
                Some("rings[0].kind"),
                "Must be one of: one, two.",
            ),
            (
                json!({"rings": [{"afterMs": 3, "x": 1}], "on": true}),
                Some("rings[0].x"),
                "There is no such field here.",
            ),
            (json!({"rings": [], "on": true, "x": 1}), Some("x"), "There is no such field here."),
        ];
        for (body, field, message) in cases {
            let invalid = parse::<Probe>(&body, |_| false).unwrap_err();
            assert_eq!((invalid.field.as_deref(), &*invalid.message), (field, message), "{body}");
        }
        assert!(parse::<Probe>(&json!({"rings": [], "on": true, "id": 1}), |f| f == "id").is_ok());
    }
}
