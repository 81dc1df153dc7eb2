//! Access tokens: what a key was exchanged for, until it expires. Only hashes are kept, in memory: a restart ends
//! all of them, and clients ask for new ones.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;

use axum::http::{HeaderMap, header};
use engine::{Position, State};
use model::{
    TenantId, Timestamp,
    access::{Product, SecretHash},
};

use super::scheme;
use crate::{
    app::{App, lock},
    error::Problem,
    limits::ACCESS_TOKENS_MAX,
    secret::Secret,
};

/// What a token opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) tenant: TenantId,
    /// The key that it was exchanged for: a token lives no longer than its key.
    pub(crate) key: SecretHash,
    pub(crate) expires: Timestamp,
}

/// All tokens that have not expired. The oldest give way to too many.
#[derive(Default)]
pub(crate) struct AccessTokens(Mutex<Table>);

#[derive(Default)]
struct Table {
    grants: HashMap<SecretHash, Grant>,
    by_end: BTreeSet<(Timestamp, SecretHash)>,
}

impl AccessTokens {
    /// Remembers a token.
    pub(crate) fn issue(&self, token: SecretHash, grant: Grant, now: Timestamp) {
        let mut table = lock(&self.0);
        while let Some((end, _)) = table.by_end.first()
            && (*end <= now || table.grants.len() >= ACCESS_TOKENS_MAX)
            && let Some((_, oldest)) = table.by_end.pop_first()
        {
            table.grants.remove(&oldest);
        }
        table.by_end.insert((grant.expires, token.clone()));
        table.grants.insert(token, grant);
    }

    fn find(&self, token: &SecretHash, now: Timestamp) -> Option<Grant> {
        lock(&self.0).grants.get(token).filter(|grant| grant.expires > now).cloned()
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
    let found = app.access_tokens().find(&Secret::presented(token).hash(), app.engine().now());
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
    fn tokens_expire_and_are_bounded() {
        let tokens = AccessTokens::default();
        let hash = |n: usize| SecretHash(n.to_string().into());
        let grant = |expires| Grant {
            tenant: TenantId::parse("acme").unwrap(),
            key: SecretHash("key".into()),
            expires: Timestamp(expires),
        };
        tokens.issue(hash(0), grant(10), Timestamp(0));
        assert_eq!(tokens.find(&hash(0), Timestamp(9)), Some(grant(10)));
        assert_eq!(tokens.find(&hash(0), Timestamp(10)), None);
        for n in 1..=ACCESS_TOKENS_MAX + 1 {
            tokens.issue(hash(n), grant(20 + n as u64), Timestamp(11));
        }
        assert_eq!(lock(&tokens.0).grants.len(), ACCESS_TOKENS_MAX);
        assert_eq!(tokens.find(&hash(1), Timestamp(11)), None, "the oldest gave way");
        assert!(tokens.find(&hash(2), Timestamp(11)).is_some());
    }
}
