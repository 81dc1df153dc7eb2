//! Access tokens: what a key was exchanged for, until it expires. None is kept: a token says itself what it opens,
//! and is signed with a secret of the installation, so that it outlives a restart.

use axum::http::{HeaderMap, header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use engine::{Engine, Position, State};
use hmac::{Hmac, KeyInit, Mac};
use model::{
    TenantId, Timestamp,
    access::{Product, SecretHash},
};
use sha2::Sha256;
use tokio::sync::OnceCell;

use super::scheme;
use crate::{
    app::App,
    error::Problem,
    secret::{Secret, random},
};

/// The secret that signs, among the installation's.
const SECRET: &str = "access-tokens";
/// When to ask again when that secret cannot be read.
const RETRY_MS: u64 = 1_000;

/// What a token opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) tenant: TenantId,
    /// The key that it was exchanged for: a token lives no longer than its key.
    pub(crate) key: SecretHash,
    pub(crate) expires: Timestamp,
}

/// Signs tokens.
#[derive(Clone, Debug)]
struct Signer(Vec<u8>);

/// What signs them, read or made when it is first needed.
#[derive(Debug, Default)]
pub(crate) struct AccessTokens(OnceCell<Signer>);

impl AccessTokens {
    /// A new token: `tenant.expires.key.nonce.signature`.
    ///
    /// # Errors
    /// `Unavailable` when the secret that signs cannot be read.
    pub(crate) async fn issue(&self, engine: &Engine, grant: &Grant) -> Result<Secret, Problem> {
        Ok(self.signer(engine).await?.issue(grant))
    }

    async fn find(&self, engine: &Engine, token: &str) -> Result<Option<Grant>, Problem> {
        Ok(self.signer(engine).await?.read(token, engine.now()))
    }

    async fn signer(&self, engine: &Engine) -> Result<&Signer, Problem> {
        let open = async || {
            let engine = engine.clone();
            let make = || random::<32>().to_vec();
            let opened = tokio::task::spawn_blocking(move || engine.secret(SECRET, make)).await;
            opened.map_err(std::io::Error::other)?.map(Signer)
        };
        self.0.get_or_try_init(open).await.map_err(|error| {
            tracing::error!(%error, "access tokens cannot be signed");
            Problem::Unavailable { retry_ms: RETRY_MS }
        })
    }
}

impl Signer {
    fn issue(&self, grant: &Grant) -> Secret {
        let Grant { tenant, key, expires } = grant;
        let nonce = URL_SAFE_NO_PAD.encode(random::<16>());
        let signed = format!("{tenant}.{}.{}.{nonce}", expires.0, key.0);
        let signature = URL_SAFE_NO_PAD.encode(self.mac(&signed).finalize().into_bytes());
        Secret::presented(&format!("{signed}.{signature}"))
    }

    /// What a token opens, if we made it and its time is not over.
    fn read(&self, token: &str, now: Timestamp) -> Option<Grant> {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        self.mac(signed).verify_slice(&signature).ok()?;
        let mut parts = signed.split('.');
        let tenant = TenantId::parse(parts.next()?)?;
        let expires = Timestamp(parts.next()?.parse().ok()?);
        let key = SecretHash(parts.next()?.into());
        (expires > now).then_some(Grant { tenant, key, expires })
    }

    fn mac(&self, signed: &str) -> Hmac<Sha256> {
        let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0);
        mac.expect("HMAC takes keys of any length").chain_update(signed)
    }
}

/// Checks a request's access token and looks at its tenant's state, in one.
///
/// # Errors
/// `Unauthenticated` when the token is missing, unknown, expired, or its key is gone; `Forbidden` when the key is
/// for other products.
pub(crate) async fn enter<T: Send + 'static>(
    app: &App,
    headers: &HeaderMap,
    product: Product,
    look: impl FnOnce(&State, Position) -> T + Send + 'static,
) -> Result<(TenantId, T), Problem> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = value.and_then(|value| scheme(value, "bearer")).ok_or(Problem::Unauthenticated)?;
    let found = app.access_tokens().find(app.engine(), token).await?;
    let Grant { tenant, key, .. } = found.ok_or(Problem::Unauthenticated)?;
    let check = move |state: &State, position| match state.access.api_keys.get(&key) {
        None => Err(Problem::Unauthenticated),
        Some(key) if key.products.contains(&product) => Ok(look(state, position)),
        Some(_) => Err(Problem::Forbidden("The token is not for this product.")),
    };
    let seen = app.engine().query(&tenant, check).await??;
    Ok((tenant, seen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_until_it_expires_and_as_it_was_made() {
        let signer = Signer(vec![7; 32]);
        let grant = Grant {
            tenant: TenantId::parse("acme").unwrap(),
            key: SecretHash("ab12".into()),
            expires: Timestamp(10),
        };
        let token = signer.issue(&grant);
        let token = token.reveal();
        assert_eq!(signer.read(token, Timestamp(9)), Some(grant.clone()));
        assert_eq!(signer.read(token, Timestamp(10)), None, "expired");
        assert_eq!(Signer(vec![8; 32]).read(token, Timestamp(9)), None, "another's");
        assert_ne!(signer.issue(&grant).reveal(), token);
        for (n, letter) in token.char_indices() {
            let other = if letter == 'a' { 'b' } else { 'a' };
            let changed = format!("{}{other}{}", &token[..n], &token[n + 1..]);
            // The last letter of a signature has bits that mean nothing, and must be zero.
            assert_eq!(signer.read(&changed, Timestamp(9)), None, "{changed}");
        }
        for wrong in ["", ".", "acme.20.ab12.x", "acme.20.ab12.x."] {
            assert_eq!(signer.read(wrong, Timestamp(9)), None, "{wrong}");
        }
    }
}
