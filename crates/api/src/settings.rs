//! Settings that people change: over the revision they have seen, on the settings as they are in that moment.

use engine::State as Rules;
use model::{
    Command, Rejection,
    command::Request,
    config::{Administration, Change, SettingKey},
};
use serde_json::Value;

use crate::{app::App, auth::Caller, error::Problem, headers::IdempotencyKey};

mod fault;
mod seen;

pub(crate) use seen::{Seen, etag};

/// Why settings were not changed.
pub(crate) enum Refused {
    /// The same request was done before; this is the setting that it made, if it made one and no more.
    Done(Option<SettingKey>),
    /// The request itself.
    Problem(Problem),
    /// The rules.
    Rejected(Rejection),
}

impl Refused {
    /// What is wrong, unless it is done already; then what it made. `json` is the request's body.
    pub(crate) fn unless_done(self, json: &Value) -> Result<Option<SettingKey>, Problem> {
        match self {
            Self::Done(made) => Ok(made),
            Self::Problem(problem) => Err(problem),
            Self::Rejected(rejection) => Err(fault::problem(rejection, json)),
        }
    }
}

/// Lets `make` see the settings and say what is to be saved, and saves it on behalf of the caller before
/// anything else can change them. The same key for the same `what` again is [`Refused::Done`].
pub(crate) async fn change<T: Send + 'static>(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    what: &[&str],
    make: impl FnOnce(&Rules) -> Result<(Vec<Change>, T), Problem> + Send + 'static,
) -> Result<T, Refused> {
    let (by, now) = (caller.user, app.engine().now());
    let key = key.within(&[&["settings", &by.to_string()], what].concat());
    let prepare = move |rules: &Rules, _| {
        if let Some(key) = key.as_deref().filter(|key| rules.remembers(key, now)) {
            return Err(Refused::Done(rules.made_by(key).cloned()));
        }
        let (changes, beside) = make(rules).map_err(Refused::Problem)?;
        let command = Command::Administer(Administration { by, changes });
        Ok((Request { key, command }, beside))
    };
    let asked = app.engine().submit_with(&caller.tenant, prepare).await;
    let (beside, done) = asked.map_err(|error| Refused::Problem(error.into()))??;
    done.map(|_| beside).map_err(Refused::Rejected)
}

/// Like [`change`], of what the caller has seen; once it is done, it is done. `json` is the request's body.
pub(crate) async fn change_seen(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    what: &[&str],
    json: &Value,
    make: impl FnOnce(&Rules) -> Result<Vec<Change>, Problem> + Send + 'static,
) -> Result<(), Problem> {
    match change(app, caller, key, what, |rules| Ok((make(rules)?, ()))).await {
        // Numbers count from 1: whoever has seen revision 0 has not seen what is there now.
        Err(Refused::Rejected(Rejection::SettingExists)) => Err(Problem::ChangedMeanwhile),
        Err(refused) => refused.unless_done(json).map(drop),
        Ok(()) => Ok(()),
    }
}
