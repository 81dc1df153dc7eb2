//! Programs: a token of the tenant by Basic, or a key by `X-API-Key` (conventions, "Credentials").

use axum::http::{HeaderMap, header};
use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, general_purpose::GeneralPurposeConfig},
};
use engine::State;
use model::{
    TenantId,
    access::{Product, SecretHash},
};

use super::scheme;
use crate::secret::{Secret, is_same};

/// Some clients leave the padding out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a program shows: not yet whether it is good.
#[derive(Clone, Debug)]
pub(crate) struct Credential {
    pub(crate) tenant: TenantId,
    kind: Kind,
    hash: SecretHash,
}

/// Which of a tenant's tokens a contract asks for (API x credential matrix).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// The Action Request Token only.
    Action,
    /// The Data Request Token or the other one: who may act may read.
    Either,
}

/// What a key opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opens {
    /// Nothing: there is no such key.
    Nothing,
    /// Something else.
    OtherProducts,
    /// What was asked for.
    Product,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A token of the tenant.
    Token,
    /// An API key, or a token where a key is expected.
    Key,
}

/// The two halves of `Authorization: Basic`, whatever they are.
pub(crate) fn basic_pair(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let text = String::from_utf8(BASE64.decode(scheme(value, "basic")?).ok()?).ok()?;
    text.split_once(':').map(|(user, password)| (user.to_owned(), password.to_owned()))
}

impl Credential {
    /// Reads `Authorization: Basic base64(tenant:token)`.
    pub(crate) fn basic(headers: &HeaderMap) -> Option<Self> {
        let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        Self::pair(scheme(value, "basic")?, Kind::Token)
    }

    /// Reads `X-API-Key` with `X-8x8-Tenant`. The key can also be `base64(tenant:token)`, which names its
    /// tenant itself.
    pub(crate) fn key(headers: &HeaderMap) -> Option<Self> {
        let key = headers.get("x-api-key")?.to_str().ok()?.trim();
        let Some(tenant) = headers.get("x-8x8-tenant") else {
            return Self::pair(key, Kind::Token);
        };
        let tenant = TenantId::parse(tenant.to_str().ok()?.trim())?;
        match Self::pair(key, Kind::Token) {
            Some(pair) if pair.tenant == tenant => Some(pair),
            _ => Some(Self { tenant, kind: Kind::Key, hash: Secret::presented(key).hash() }),
        }
    }

    /// Whether it is a token of this kind.
    pub(crate) fn is_token(&self, state: &State, token: Token) -> bool {
        state.access.tokens.as_ref().is_some_and(|tokens| {
            let action = is_same(&self.hash, &tokens.action_request);
            let data = is_same(&self.hash, &tokens.data_request);
            self.kind == Kind::Token && (action | (data & (token == Token::Either)))
        })
    }

    /// What it opens as a key. Looks at every key, as above.
    pub(crate) fn opens(&self, state: &State, product: Product) -> Opens {
        let keys = state.access.api_keys.values();
        keys.fold(Opens::Nothing, |found, key| {
            if !(is_same(&self.hash, &key.hash) & (self.kind == Kind::Key)) {
                found
            } else if key.products.contains(&product) {
                Opens::Product
            } else {
                Opens::OtherProducts
            }
        })
    }

    /// A bare token of a tenant that is named elsewhere.
    pub(crate) fn token(tenant: &str, token: &str) -> Option<Self> {
        let hash = Secret::presented(token.trim()).hash();
        Some(Self { tenant: TenantId::parse(tenant)?, kind: Kind::Token, hash })
    }

    /// Reads a parameter `Basic base64(tenant:token)`. A space in the encoded part was a plus before
    /// somebody decoded it.
    pub(crate) fn parameter(value: &str) -> Option<Self> {
        let (scheme, encoded) = value.split_at_checked(6)?;
        let basic = scheme.eq_ignore_ascii_case("basic ") || scheme.eq_ignore_ascii_case("basic+");
        basic.then(|| Self::pair(&encoded.replace(' ', "+"), Kind::Token))?
    }

    fn pair(encoded: &str, kind: Kind) -> Option<Self> {
        let text = String::from_utf8(BASE64.decode(encoded).ok()?).ok()?;
        let (tenant, token) = text.split_once(':')?;
        let tenant = TenantId::parse(tenant)?;
        Some(Self { tenant, kind, hash: Secret::presented(token).hash() })
    }

    /// Whether it opens the tenant's Streaming API: its Data Request Token does.
    pub(crate) fn opens_streaming(&self, state: &State) -> bool {
        let tokens = state.access.tokens.as_ref();
        tokens.is_some_and(|tokens| is_same(&self.hash, &tokens.data_request))
    }

    /// Whether it opens the tenant's Data Augmentation. Looks at everything it could be, so that the
    /// time does not tell what it is not.
    pub(crate) fn opens_augmentation(&self, state: &State) -> bool {
        let is_token = state
            .access
            .tokens
            .as_ref()
            .is_some_and(|tokens| is_same(&self.hash, &tokens.action_request));
        let is_key = state.access.api_keys.values().fold(false, |found, key| {
            let opens = key.products.contains(&Product::ContactCenter);
            (is_same(&self.hash, &key.hash) & opens) | found
        });
        is_token | (is_key & (self.kind == Kind::Key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &str)]) -> Option<(String, Kind)> {
        let headers: HeaderMap = pairs
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        let credential = Credential::basic(&headers).or_else(|| Credential::key(&headers))?;
        Some((credential.tenant.as_str().to_owned(), credential.kind))
    }

    #[test]
    fn the_forms_in_use() {
        let acme = |kind| Some(("acme".to_owned(), kind));
        assert_eq!(read(&[("authorization", "Basic YWNtZTp0b2tlbg==")]), acme(Kind::Token));
        assert_eq!(read(&[("authorization", "basic YWNtZTp0b2tlbg")]), acme(Kind::Token));
        assert_eq!(read(&[("x-api-key", "YWNtZTp0b2tlbg==")]), acme(Kind::Token));
        assert_eq!(read(&[("x-api-key", "eght_1"), ("x-8x8-tenant", "acme")]), acme(Kind::Key));
        assert_eq!(read(&[("x-api-key", "eght_1")]), None);
        assert_eq!(read(&[("authorization", "Basic !!!")]), None);
        assert_eq!(read(&[("authorization", "Basic YWNtZQ==")]), None, "no colon");
        assert_eq!(read(&[("authorization", "Bearer YWNtZTp0b2tlbg==")]), None);
        let parameter = |value| Credential::parameter(value).map(|found| found.tenant.to_string());
        for value in ["Basic YWNtZTp0b2tlbg==", "basic+YWNtZTp0b2tlbg", "Basic YWNtZTp0bz4+"] {
            assert_eq!(parameter(value).as_deref(), Some("acme"), "{value}");
        }
        assert_eq!(Credential::parameter("Basic YWNtZTp0bz4 ").map(|c| c.hash), {
            Credential::parameter("Basic YWNtZTp0bz4+").map(|c| c.hash)
        });
        assert_eq!(parameter("Bäsic"), None);
    }
}
