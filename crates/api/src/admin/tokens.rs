//! Making the tenant's own secrets anew: each is shown once, and the one before is dead at once.

use model::{
    access::{Made, SecretHash, Tokens},
    config::{Change, Setting, SettingKey},
};

use super::administer;
use crate::{
    app::App,
    auth::Caller,
    error::Problem,
    headers::IdempotencyKey,
    secret::{Secret, random},
};

/// How often to begin again when another of the tokens was changed in between.
const TRIES_MAX: usize = 8;
/// When to try again after that.
const RETRY_MS: u64 = 1_000;
/// The name that the CRM API answers to before it is given another.
const CRM_USERNAME: &str = "crm";

/// What a request that was done before is told: only its first answer had the secret.
pub(super) const SHOWN_ONCE: Problem =
    Problem::Conflict("shownOnce", "This was made before, and is shown only once. Make another.");

/// Makes one secret anew; gives it, and the tokens as they are then.
pub(super) async fn renew(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    which: &str,
    renew: impl Fn(&mut Tokens, SecretHash, Made),
) -> Result<(Tokens, Secret), Problem> {
    let (secret, made) = (Secret::mint(""), Made { at: app.engine().now(), by: caller.user });
    for _ in 0..TRIES_MAX {
        let look = |state: &engine::State, _| {
            (state.access.tokens.clone(), state.config.revision(&SettingKey::Tokens))
        };
        let (tokens, revision) = app.engine().query(&caller.tenant, look).await?;
        let mut tokens = tokens.unwrap_or_else(nobody_s);
        renew(&mut tokens, secret.hash(), made);
        let setting = Setting::Tokens(tokens.clone());
        let change = Change { setting, expects: Some(revision) };
        match administer(app, caller, key, which, vec![change]).await {
            Ok(done) if done.events.is_empty() => return Err(SHOWN_ONCE),
            Ok(_) => return Ok((tokens, secret)),
            Err(Problem::ChangedMeanwhile) => {}
            Err(problem) => return Err(problem),
        }
    }
    Err(Problem::Unavailable { retry_ms: RETRY_MS })
}

/// Tokens that open nothing, because nobody knows them.
pub(super) fn nobody_s() -> Tokens {
    let unknown = || SecretHash(hex::encode(random::<32>()).into());
    Tokens {
        data_request: unknown(),
        action_request: unknown(),
        crm_username: CRM_USERNAME.into(),
        crm_password: unknown(),
        made: model::access::TokensMade::default(),
    }
}
