//! The sender's key against doing a write twice.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use engine::{Engine, State};
use model::{Command, Text, Timestamp, command::Request};
use sha2::{Digest, Sha256};

use crate::error::{Invalid, Problem};

const NAME: &str = "Idempotency-Key";

/// The header `Idempotency-Key`, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IdempotencyKey(Option<String>);

impl IdempotencyKey {
    /// Reads it: 1 to 128 visible ASCII characters.
    pub(crate) fn read(headers: &HeaderMap) -> Result<Self, Invalid> {
        let Some(value) = headers.get(NAME) else { return Ok(Self(None)) };
        let text = value.to_str().ok().filter(|text| {
            (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
        });
        match text {
            Some(text) => Ok(Self(Some(text.to_owned()))),
            None => Err(Invalid::field(NAME, "Must be 1 to 128 visible ASCII characters.")),
        }
    }

    /// The key under which the rules remember the write. Senders do not know of each other, so that
    /// the same key of two senders, or for two resources, is two keys; `scope` tells them apart. Only a
    /// hash is kept: what a sender makes a key of may be personal.
    pub(crate) fn within(&self, scope: &[&str]) -> Option<Text> {
        let key = self.0.as_ref()?;
        let mut digest = Sha256::new();
        for part in scope.iter().copied().chain([key.as_str()]) {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        Some(URL_SAFE_NO_PAD.encode(digest.finalize()).into())
    }
}

/// A write whose repetition cannot be left to the rules alone, because what it asks for has changed by having been
/// done: a line that was hung up is free for the next call.
#[derive(Clone, Debug)]
pub(crate) struct Once {
    key: Option<Text>,
    now: Timestamp,
}

impl Once {
    /// Reads the sender's key; `scope` as in [`IdempotencyKey::within`].
    pub(crate) fn read(
        engine: &Engine,
        headers: &HeaderMap,
        scope: &[&str],
    ) -> Result<Self, Invalid> {
        let key = IdempotencyKey::read(headers)?.within(scope);
        Ok(Self { key, now: engine.now() })
    }

    /// The key, if there is one.
    pub(crate) fn key(&self) -> Option<&Text> {
        self.key.as_ref()
    }

    /// Whether it was done before.
    pub(crate) fn is_done(&self, state: &State) -> bool {
        self.key.as_ref().is_some_and(|key| state.remembers(key, self.now))
    }

    /// The command with which it is done.
    pub(crate) fn request(&self, command: Command) -> Request {
        Request { key: self.key.clone(), command }
    }
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self::read(&parts.headers)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Result<IdempotencyKey, Invalid> {
        let mut headers = HeaderMap::new();
        headers.insert(NAME, text.parse().unwrap());
        IdempotencyKey::read(&headers)
    }

    #[test]
    fn keys_at_their_bounds() {
        assert!(key("a").is_ok() && key(&"~".repeat(128)).is_ok());
        assert!(key("").is_err() && key(&"~".repeat(129)).is_err() && key("a b").is_err());
        assert_eq!(IdempotencyKey::read(&HeaderMap::new()), Ok(IdempotencyKey(None)));
    }

    #[test]
    fn a_scope_keeps_keys_apart() {
        let key = key("k").unwrap();
        assert_eq!(key.within(&["a", "b"]), key.within(&["a", "b"]));
        assert_ne!(key.within(&["a", "b"]), key.within(&["ab"]));
        assert_ne!(key.within(&["a", "b"]), key.within(&["a", "c"]));
        assert_eq!(IdempotencyKey(None).within(&["a"]), None);
    }
}
