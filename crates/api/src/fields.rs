//! Bodies of Cordboard's own contracts, field by field: what is wrong is named, what is unknown too.

use std::ops::RangeInclusive;

use axum::extract::{FromRequest, Request};
use model::Text;

use crate::{
    body,
    error::{Invalid, Problem},
    json::{Json, Members},
    limits::BODY_MAX,
};

/// A body that is read from an object's fields.
pub(crate) trait Parse: Sized {
    /// Takes the fields it knows; those that are left over are refused.
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid>;
}

/// The members of an object that have not been taken yet.
pub(crate) struct Fields<'a>(Members<'a>);

/// A body that has been read, checked and found whole.
pub(crate) struct Input<T>(pub(crate) T);

impl<S: Sync, T: Parse> FromRequest<S> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        body::check_media_type(&parts.headers, body::Untyped::Refused)?;
        let bytes = body::read(&parts.headers, body, BODY_MAX).await?;
        Ok(Self(read(&bytes)?))
    }
}

fn read<T: Parse>(bytes: &[u8]) -> Result<T, Invalid> {
    let json = Json::read(bytes)
        .map_err(|fault| Invalid::body(format!("The body is not JSON: {fault}.")))?;
    let Json::Object(members) = json else {
        let message = format!("The body must be an object, not {}.", json.kind());
        return Err(Invalid::body(message));
    };
    whole(members)
}

/// Reads an object that has no other fields.
fn whole<T: Parse>(members: Members<'_>) -> Result<T, Invalid> {
    let mut fields = Fields(members);
    let parsed = T::parse(&mut fields)?;
    match fields.0.first() {
        None => Ok(parsed),
        Some((name, _)) if is_plain(name) => {
            Err(Invalid::field(&**name, "There is no such field here."))
        }
        Some(_) => Err(Invalid::body("The body has a field that does not exist here.")),
    }
}

/// A field's name is given back only when it looks like one.
fn is_plain(name: &str) -> bool {
    (1..=40).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

impl<'a> Fields<'a> {
    fn take(&mut self, name: &str) -> Option<Json<'a>> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(at).1)
    }

    fn require(&mut self, name: &'static str) -> Result<Json<'a>, Invalid> {
        self.take(name).ok_or_else(|| Invalid::field(name, "Is missing."))
    }

    /// A string of 1 to `max` characters.
    pub(crate) fn text(&mut self, name: &'static str, max: usize) -> Result<Text, Invalid> {
        let value = self.require(name)?;
        text(name, &value, max)
    }

    /// Such a string, or nothing, or `null`.
    pub(crate) fn optional_text(
        &mut self,
        name: &'static str,
        max: usize,
    ) -> Result<Option<Text>, Invalid> {
        match self.take(name) {
            None | Some(Json::Null) => Ok(None),
            Some(value) => text(name, &value, max).map(Some),
        }
    }

    /// A number of objects within bounds, each read like a body.
    pub(crate) fn objects<T: Parse>(
        &mut self,
        name: &'static str,
        bounds: RangeInclusive<usize>,
    ) -> Result<Vec<T>, Invalid> {
        let items = match self.require(name)? {
            Json::List(items) if bounds.contains(&items.len()) => items,
            Json::List(_) => {
                let (min, max) = bounds.into_inner();
                return Err(Invalid::field(name, format!("Must have {min} to {max} elements.")));
            }
            other => return Err(wrong(name, "an array", &other)),
        };
        let within = |n: usize, invalid: Invalid| {
            let below = invalid.field.map(|field| format!(".{field}")).unwrap_or_default();
            Invalid::field(format!("{name}[{n}]{below}"), invalid.message)
        };
        let items = items.into_iter().enumerate();
        items
            .map(|(n, item)| match item {
                Json::Object(members) => whole(members).map_err(|invalid| within(n, invalid)),
                other => Err(wrong(format!("{name}[{n}]"), "an object", &other)),
            })
            .collect()
    }

    /// `true` or `false`.
    pub(crate) fn bool(&mut self, name: &'static str) -> Result<bool, Invalid> {
        match self.require(name)? {
            Json::Bool(flag) => Ok(flag),
            other => Err(wrong(name, "true or false", &other)),
        }
    }

    /// `true` or `false`, or nothing, or `null`.
    pub(crate) fn optional_bool(&mut self, name: &'static str) -> Result<Option<bool>, Invalid> {
        match self.take(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Bool(flag)) => Ok(Some(flag)),
            Some(other) => Err(wrong(name, "true or false", &other)),
        }
    }

    /// At most `count` strings of 1 to `max` characters; nothing, or `null`, is none.
    pub(crate) fn optional_texts(
        &mut self,
        name: &'static str,
        count: usize,
        max: usize,
    ) -> Result<Vec<Text>, Invalid> {
        match self.take(name) {
            None | Some(Json::Null) => Ok(Vec::new()),
            Some(Json::List(items)) if items.len() > count => {
                Err(Invalid::field(name, format!("Has more than {count} elements.")))
            }
            Some(Json::List(items)) => items
                .iter()
                .enumerate()
                .map(|(n, item)| text(&format!("{name}[{n}]"), item, max))
                .collect(),
            Some(other) => Err(wrong(name, "an array", &other)),
        }
    }

    /// A whole number from 0 to 4,294,967,295.
    pub(crate) fn number(&mut self, name: &'static str) -> Result<u32, Invalid> {
        let value = self.require(name)?;
        number(name.to_owned(), &value)
    }

    /// Such a number, or nothing, or `null`.
    pub(crate) fn optional_number(&mut self, name: &'static str) -> Result<Option<u32>, Invalid> {
        match self.take(name) {
            None | Some(Json::Null) => Ok(None),
            Some(value) => number(name.to_owned(), &value).map(Some),
        }
    }

    /// At most `max` such numbers.
    pub(crate) fn numbers(&mut self, name: &'static str, max: usize) -> Result<Vec<u32>, Invalid> {
        match self.require(name)? {
            Json::List(items) if items.len() > max => {
                Err(Invalid::field(name, format!("Has more than {max} elements.")))
            }
            Json::List(items) => items
                .iter()
                .enumerate()
                .map(|(n, item)| number(format!("{name}[{n}]"), item))
                .collect(),
            other => Err(wrong(name, "an array", &other)),
        }
    }
}

fn text(name: &str, value: &Json<'_>, max: usize) -> Result<Text, Invalid> {
    let Json::Text(text) = value else { return Err(wrong(name, "a string", value)) };
    if text.is_empty() {
        return Err(Invalid::field(name, "Is empty."));
    }
    if text.chars().nth(max).is_some() {
        return Err(Invalid::field(name, format!("Is longer than {max} characters.")));
    }
    Ok((&**text).into())
}

fn number(field: String, value: &Json<'_>) -> Result<u32, Invalid> {
    let Json::Number(digits) = value else { return Err(wrong(field, "a number", value)) };
    digits.parse().map_err(|_| Invalid::field(field, "Must be a whole number, 0 or more."))
}

fn wrong(field: impl Into<String>, expected: &str, found: &Json<'_>) -> Invalid {
    Invalid::field(field, format!("Must be {expected}, not {}.", found.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Probe {
        name: Text,
        on: bool,
        ids: Vec<u32>,
        note: Option<Text>,
    }

    impl Parse for Probe {
        fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
            Ok(Self {
                name: fields.text("name", 3)?,
                on: fields.bool("on")?,
                ids: fields.numbers("ids", 2)?,
                note: fields.optional_text("note", 2)?,
            })
        }
    }

    #[test]
    fn a_whole_body_is_read() {
        let probe: Probe =
            read(r#"{"ids":[1,4294967295],"name":"éàü","on":true,"note":null}"#.as_bytes())
                .unwrap();
        assert_eq!(
            (&*probe.name, probe.on, probe.ids, probe.note),
            ("éàü", true, vec![1, u32::MAX], None)
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        let cases = [
            (r#"{"on":true,"ids":[]}"#, Some("name"), "Is missing."),
            (r#"{"name":"","on":true,"ids":[]}"#, Some("name"), "Is empty."),
            (r#"{"name":"1234","on":true,"ids":[]}"#, Some("name"), "Is longer than 3 characters."),
            (r#"{"name":1,"on":true,"ids":[]}"#, Some("name"), "Must be a string, not a number."),
            (
                r#"{"name":"a","on":"true","ids":[]}"#,
                Some("on"),
                "Must be true or false, not a string.",
            ),
            (
                r#"{"name":"a","on":true,"ids":[1,-1]}"#,
                Some("ids[1]"),
                "Must be a whole number, 0 or more.",
            ),
            (r#"{"name":"a","on":true,"ids":[1,2,3]}"#, Some("ids"), "Has more than 2 elements."),
            (r#"{"name":"a","on":true,"ids":[],"x":1}"#, Some("x"), "There is no such field here."),
            (
                r#"{"name":"a","on":true,"ids":[],"\u0007":1}"#,
                None,
                "The body has a field that does not exist here.",
            ),
            ("[]", None, "The body must be an object, not an array."),
            ("", None, "The body is not JSON: the body is empty."),
        ];
        for (body, field, message) in cases {
            let invalid = read::<Probe>(body.as_bytes()).unwrap_err();
            assert_eq!((invalid.field.as_deref(), &*invalid.message), (field, message), "{body}");
        }
    }
}
