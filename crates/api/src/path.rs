//! Identifiers in paths and what follows the question mark.

use std::collections::HashMap;

use axum::{
    extract::{FromRequestParts, Path, Query},
    http::request::Parts,
};

use crate::{
    error::{Invalid, Problem},
    limits::IDENTIFIER_MAX,
};

/// The one identifier in a path, percent-decoded.
pub(crate) struct Identifier(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Identifier {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        // What cannot be decoded names nothing.
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Problem::NotFound)?;
        if text.len() <= IDENTIFIER_MAX { Ok(Self(text)) } else { Err(Problem::NotFound) }
    }
}

/// A text as one part of a path (RFC 3986, "Percent-Encoding").
pub(crate) fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        plain if plain.is_ascii_alphanumeric() => char::from(plain).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// The parameters of a query, by name.
pub(crate) struct Parameters(HashMap<String, String>);

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(parameters) = Query::from_request_parts(parts, state)
            .await
            .map_err(|_| Invalid::body("The query cannot be read."))?;
        Ok(Self(parameters))
    }
}

impl Parameters {
    #[cfg(test)]
    pub(crate) fn of(query: &str) -> Self {
        let uri = format!("/?{query}").parse().unwrap();
        Self(Query::try_from_uri(&uri).unwrap().0)
    }

    /// A parameter as it came in.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A parameter that is a whole number.
    pub(crate) fn number(&self, name: &'static str) -> Result<Option<u64>, Invalid> {
        let parse = |text: &str| {
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            let number = text.parse().ok().filter(|_| digits);
            number.ok_or_else(|| Invalid::field(name, "Must be a whole number."))
        };
        self.text(name).map(parse).transpose()
    }
}
