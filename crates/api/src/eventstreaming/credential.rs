//! The forms in which clients show their key or token (Event Streaming, "Authentication").

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

use crate::{
    path::Parameters,
    secret::{Secret, is_same},
};

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a client shows: not yet whether it is good.
#[derive(Clone, Debug)]
pub(super) struct Credential {
    /// The tenant named in the path.
    pub(super) tenant: TenantId,
    /// The text as a whole, a key or the Data Request Token.
    whole: SecretHash,
    /// The token in `base64(tenant:token)`.
    token: Option<SecretHash>,
}

/// What a credential opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rights {
    /// The tenant's events.
    Events,
    /// Something else of the tenant.
    Other,
    /// Nothing.
    None,
}

impl Credential {
    /// Reads the headers, or else the query: published clients send both, and the header counts.
    pub(super) fn read(
        tenant: &TenantId,
        headers: &HeaderMap,
        parameters: &Parameters,
    ) -> Option<Self> {
        let header = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        if let Some(key) = header("x-api-key") {
            return Some(Self::key(tenant, key));
        }
        if let Some(value) = header(header::AUTHORIZATION.as_str()) {
            return Self::basic(tenant, value);
        }
        if let Some(key) = parameters.text("x-api-key") {
            return Some(Self::key(tenant, &restored(key)));
        }
        Self::basic(tenant, parameters.text("token")?)
    }

    fn key(tenant: &TenantId, key: &str) -> Self {
        let whole = Secret::presented(key.trim()).hash();
        Self { tenant: tenant.clone(), whole, token: pair(tenant, key.trim()) }
    }

    /// `Basic base64(tenant:token)`; some tokens are such a pair already, so what follows may also be one.
    fn basic(tenant: &TenantId, value: &str) -> Option<Self> {
        let (scheme, rest) = value.trim_start().split_once([' ', '+'])?;
        scheme
            .eq_ignore_ascii_case("basic")
            .then(|| Self::key(tenant, &restored(rest.trim_start())))
    }

    /// What it opens. Looks at everything it could be, so that the time does not tell what it is not.
    pub(super) fn rights(&self, state: &State) -> Rights {
        let (mut events, mut other) = (false, false);
        if let Some(tokens) = &state.access.tokens {
            events |= is_same(&self.whole, &tokens.data_request);
            let token = self.token.as_ref().unwrap_or(&self.whole);
            events |= is_same(token, &tokens.data_request);
        }
        for key in state.access.api_keys.values() {
            let same = is_same(&self.whole, &key.hash);
            let opens = key.products.contains(&Product::EventStream);
            events |= same & opens;
            other |= same & !opens;
        }
        match (events, other) {
            (true, _) => Rights::Events,
            (false, true) => Rights::Other,
            (false, false) => Rights::None,
        }
    }
}

/// The token of a pair that names this tenant.
fn pair(tenant: &TenantId, encoded: &str) -> Option<SecretHash> {
    let text = String::from_utf8(BASE64.decode(encoded).ok()?).ok()?;
    let (named, token) = text.split_once(':')?;
    (named == tenant.as_str()).then(|| Secret::presented(token).hash())
}

/// A plus in a query that nobody encoded has become a space.
fn restored(text: &str) -> String {
    text.replace(' ', "+")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(headers: &[(&'static str, &str)], query: &str) -> Option<Credential> {
        let headers = headers
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        let parameters = Parameters::of(query);
        Credential::read(&TenantId::parse("acme").unwrap(), &headers, &parameters)
    }

    fn hash(text: &str) -> SecretHash {
        Secret::presented(text).hash()
    }

    #[test]
    fn the_forms_in_use() {
        // base64("acme:t>?>") holds a plus.
        let pair = "YWNtZTp0Pj8+";
        for (headers, query) in [
            (vec![("authorization", "Basic YWNtZTp0Pj8+")], ""),
            (vec![("authorization", "basic  YWNtZTp0Pj8+")], ""),
            (vec![("x-api-key", pair)], "x-api-key=other"),
            (vec![], "x-api-key=YWNtZTp0Pj8%2B"),
            (vec![], "x-api-key=YWNtZTp0Pj8+"),
            (vec![], "token=Basic+YWNtZTp0Pj8%2B"),
            (vec![], "token=Basic%20YWNtZTp0Pj8+"),
            (vec![], "token=Basic%2BYWNtZTp0Pj8+"),
        ] {
            let found = read(&headers, query).unwrap();
            assert_eq!(found.token, Some(hash("t>?>")), "{headers:?} {query}");
        }
        assert_eq!(read(&[("x-api-key", "eght_1")], "").unwrap().whole, hash("eght_1"));
        assert_eq!(read(&[], "x-api-key=eght_1").unwrap().whole, hash("eght_1"));
    }

    #[test]
    fn what_is_no_credential() {
        assert!(read(&[], "").is_none());
        assert!(read(&[], "X-API-Key=eght_1").is_none(), "the parameter is lower case");
        assert!(read(&[("api-key", "eght_1")], "").is_none());
        assert!(read(&[("authorization", "Bearer eght_1")], "").is_none());
        // base64("other:t")
        assert_eq!(read(&[("x-api-key", "b3RoZXI6dA==")], "").unwrap().token, None);
    }
}
