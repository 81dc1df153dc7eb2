//! Making the tenant's own secrets anew: each is shown once, and the one before is dead at once.

use engine::State as Rules;
use model::{
    access::{Made, SecretHash, Tokens},
    config::{Change, Setting},
};
use serde_json::Value;

use crate::{
    app::App,
    auth::Caller,
    error::Problem,
    headers::IdempotencyKey,
    secret::{Secret, random},
    settings::{self, Refused},
};

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
    renew: impl FnOnce(&mut Tokens, SecretHash, Made) + Send + 'static,
) -> Result<(Tokens, Secret), Problem> {
    let (secret, made) = (Secret::mint(""), Made { at: app.engine().now(), by: caller.user });
    let hash = secret.hash();
    let make = move |rules: &Rules| {
        let mut tokens = rules.access.tokens.clone().unwrap_or_else(nobody_s);
        renew(&mut tokens, hash, made);
        let setting = Setting::Tokens(tokens.clone());
        Ok((vec![Change { setting, expects: None }], tokens))
    };
    let tokens = settings::change(app, caller, key, &[which], make).await.map_err(shown_once)?;
    Ok((tokens, secret))
}

/// Why there is no new secret to show.
pub(super) fn shown_once(refused: Refused) -> Problem {
    refused.unless_done(&Value::Null).map_or_else(|problem| problem, |_| SHOWN_ONCE)
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
