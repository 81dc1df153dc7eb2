//! Texts with variables in them.
//!
//! `{_name}` and `{$name}` insert a variable; `{{` and `}}` are a brace. Any other brace stands for
//! itself, and the linter complains about it.

use alloc::string::String;

use model::limits::{SPOKEN_CHARS_MAX, URI_CHARS_MAX};

use super::{Lookup, Scope};

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// As it stands.
    Literal(&'a str),
    /// A variable's name.
    Insert(&'a str),
    /// A brace that is neither doubled nor part of an insertion.
    Stray(&'a str),
}

/// The pieces in order.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let (part, length) = first_part(rest)?;
        rest = &rest[length..];
        Some(part)
    })
}

/// The first piece and the bytes it takes.
fn first_part(text: &str) -> Option<(Part<'_>, usize)> {
    let is_brace = |c| c == '{' || c == '}';
    match text.find(is_brace) {
        None => (!text.is_empty()).then_some((Part::Literal(text), text.len())),
        Some(0) => {
            if text.starts_with("{{") || text.starts_with("}}") {
                return Some((Part::Literal(&text[..1]), 2));
            }
            let name = text[1..].split_once('}').map(|(name, _)| name);
            match name.filter(|name| text.starts_with('{') && is_name(name)) {
                Some(name) => Some((Part::Insert(name), name.len() + 2)),
                None => Some((Part::Stray(&text[..1]), 1)),
            }
        }
        Some(at) => Some((Part::Literal(&text[..at]), at)),
    }
}

fn is_name(name: &str) -> bool {
    name.strip_prefix(['_', '$']).is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

/// A filled-in template.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filled {
    /// The text.
    pub(super) text: String,
    /// A private value is in it.
    pub(super) private: bool,
}

/// Fills in every variable, private ones too; a missing one is empty.
pub(super) fn fill(template: &str, scope: &dyn Scope) -> Filled {
    let mut filled = Filled { text: String::new(), private: false };
    for part in parts(template) {
        match part {
            Part::Literal(text) | Part::Stray(text) => filled.text.push_str(text),
            Part::Insert(name) => match scope.variable(name) {
                Lookup::Value { text, kind: _, private } => {
                    filled.text.push_str(&text);
                    filled.private |= private && !text.is_empty();
                }
                Lookup::Missing | Lookup::NotIvrEnabled => {}
            },
        }
    }
    filled
}

/// Fills in an address: what is inserted is percent-encoded, so that it stays the part of the address in
/// which it stands; a missing variable is empty.
///
/// # Errors
/// What the trace says: a private value would be in it, or it is too long.
pub(super) fn fill_url(template: &str, scope: &dyn Scope) -> Result<String, &'static str> {
    let mut url = String::new();
    for part in parts(template) {
        match part {
            Part::Literal(text) | Part::Stray(text) => url.push_str(text),
            Part::Insert(name) => match scope.variable(name) {
                Lookup::Value { private: true, .. } => return Err("private"),
                Lookup::Value { text, .. } => encode(&text, &mut url),
                Lookup::Missing | Lookup::NotIvrEnabled => {}
            },
        }
    }
    if url.len() > URI_CHARS_MAX { Err("url-too-long") } else { Ok(url) }
}

/// Everything but the unreserved characters (RFC 3986, 2.3) is encoded.
fn encode(text: &str, url: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(HEX[usize::from(half)]);
            url.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}

/// What is spoken: private values are left out, and the text ends at [`SPOKEN_CHARS_MAX`].
pub(super) fn speak(template: &str, scope: &dyn Scope) -> String {
    let mut spoken = String::new();
    for part in parts(template) {
        match part {
            Part::Literal(text) | Part::Stray(text) => spoken.push_str(text),
            Part::Insert(name) => match scope.variable(name) {
                Lookup::Value { text, kind: _, private: false } => spoken.push_str(&text),
                Lookup::Value { .. } | Lookup::Missing | Lookup::NotIvrEnabled => {}
            },
        }
    }
    if let Some((end, _)) = spoken.char_indices().nth(SPOKEN_CHARS_MAX) {
        spoken.truncate(end);
    }
    spoken
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn braces() {
        let of = |text| parts(text).collect::<Vec<_>>();
        assert_eq!(
            of("Hello {_name}!"),
            [Part::Literal("Hello "), Part::Insert("_name"), Part::Literal("!")]
        );
        assert_eq!(of("{$QueuePosition}"), [Part::Insert("$QueuePosition")]);
        assert_eq!(of("{{_a}}"), [Part::Literal("{"), Part::Literal("_a"), Part::Literal("}")]);
        assert_eq!(of("{name}"), [Part::Stray("{"), Part::Literal("name"), Part::Stray("}")]);
        assert_eq!(of("{_"), [Part::Stray("{"), Part::Literal("_")]);
        assert_eq!(
            of("{_}é}"),
            [
                Part::Stray("{"),
                Part::Literal("_"),
                Part::Stray("}"),
                Part::Literal("é"),
                Part::Stray("}")
            ]
        );
        assert_eq!(of(""), []);
    }
}
