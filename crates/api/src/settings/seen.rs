//! Which revision of a setting an answer shows, and which one a request is about.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, header, request::Parts},
};
use engine::State as Rules;
use model::config::{Change, Setting, SettingKey};

use crate::error::{Invalid, Problem};

/// The revision as the version of a representation (RFC 9110, "ETag").
pub(crate) fn etag(revision: u32) -> [(HeaderName, String); 1] {
    [(header::ETAG, format!("\"{revision}\""))]
}

/// The revision that the caller has seen, by the header `If-Match`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen(pub(crate) u32);

impl Seen {
    /// There was none yet.
    pub(crate) const NONE: Self = Self(0);

    /// Refuses to change what is not there.
    pub(crate) fn check(self, rules: &Rules, key: &SettingKey) -> Result<(), Problem> {
        if self == Self::NONE || rules.has_setting(key) { Ok(()) } else { Err(Problem::NotFound) }
    }

    /// The setting, to be saved if it is still as it was seen.
    pub(crate) fn change(self, setting: Setting) -> Change {
        Change { setting, expects: Some(self.0) }
    }

    fn read(headers: &HeaderMap) -> Result<Self, Problem> {
        let value = headers.get(header::IF_MATCH).ok_or(Problem::PreconditionRequired)?;
        let tag = value.to_str().ok().and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"'));
        let wrong = || Invalid::field("If-Match", "Must be one ETag, such as \"3\".");
        Ok(Self(tag.and_then(|tag| tag.parse().ok()).ok_or_else(wrong)?))
    }
}

impl<S: Sync> FromRequestParts<S> for Seen {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::read(&parts.headers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_named_as_its_etag() {
        let read = |text: Option<&str>| {
            let mut headers = HeaderMap::new();
            if let Some(text) = text {
                headers.insert(header::IF_MATCH, text.parse().unwrap());
            }
            Seen::read(&headers)
        };
        let [(_, tag)] = etag(7);
        assert_eq!(read(Some(&tag)), Ok(Seen(7)));
        assert_eq!(read(None), Err(Problem::PreconditionRequired));
        for other in ["7", "*", "W/\"7\"", "\"x\""] {
            assert!(matches!(read(Some(other)), Err(Problem::Invalid(_))), "{other}");
        }
    }
}
