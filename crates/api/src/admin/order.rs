//! One change of one setting, decided on the settings as they are in that moment.

use engine::State as Rules;
use model::{
    Command, Rejection,
    command::Request,
    config::{Administration, Change, Setting, SettingKey},
};

use super::{fault, resource::Resource};
use crate::{app::App, auth::Caller, error::Problem, headers::IdempotencyKey};

/// Why a change was not made.
pub(super) enum Refused {
    /// The same request was done before; it is the one that made this setting, if it made one.
    Done(SettingKey),
    /// The request itself.
    Problem(Problem),
    /// The rules.
    Rejected(Rejection),
}

impl Refused {
    /// A problem, unless it has been done before. `json` is the request's body.
    pub(super) fn unless_done(self, json: &serde_json::Value) -> Result<(), Problem> {
        match self {
            Self::Done(_) => Ok(()),
            Self::Problem(problem) => Err(problem),
            // Numbers count from 1: whoever has seen revision 0 has not seen what is there now.
            Self::Rejected(Rejection::SettingExists) => Err(Problem::ChangedMeanwhile),
            Self::Rejected(rejection) => Err(fault::problem(rejection, json)),
        }
    }
}

/// One change of one setting.
pub(super) struct Order {
    key: IdempotencyKey,
    scope: Vec<String>,
    expects: Option<u32>,
    one: Option<SettingKey>,
}

impl Order {
    /// What the caller wants to do to a kind: `expects` is the revision seen, 0 for none.
    pub(super) fn new<R: Resource>(
        caller: &Caller,
        key: &IdempotencyKey,
        act: &str,
        expects: Option<u32>,
    ) -> Self {
        let scope = vec![caller.user.to_string(), act.to_owned(), R::PATH.to_owned()];
        Self { key: key.clone(), scope, expects, one: None }
    }

    /// It is about this one.
    pub(super) fn about<R: Resource>(mut self, id: &R::Id) -> Self {
        let key = R::key(id);
        self.scope.push(key.to_string());
        self.one = Some(key);
        self
    }

    /// Lets `make` see the settings and say what is to be saved, and saves it before anything else can
    /// change them.
    pub(super) async fn perform<T: Send + 'static>(
        self,
        app: &App,
        caller: &Caller,
        make: impl FnOnce(&Rules) -> Result<(Setting, T), Problem> + Send + 'static,
    ) -> Result<T, Refused> {
        let scope: Vec<&str> = self.scope.iter().map(String::as_str).collect();
        let (key, by, now) = (self.key.within(&scope), caller.user, app.engine().now());
        let (expects, one) = (self.expects, self.one);
        let prepare = move |rules: &Rules, _| {
            if let Some(key) = key.as_deref().filter(|key| rules.remembers(key, now)) {
                let made = rules.made_by(key).cloned().or(one);
                return Err(made.map_or(Refused::Problem(Problem::NotFound), Refused::Done));
            }
            if one.is_some_and(|one| expects != Some(0) && !rules.has_setting(&one)) {
                return Err(Refused::Problem(Problem::NotFound));
            }
            let (setting, beside) = make(rules).map_err(Refused::Problem)?;
            let changes = vec![Change { setting, expects }];
            let command = Command::Administer(Administration { by, changes });
            Ok((Request { key, command }, beside))
        };
        let asked = app.engine().submit_with(&caller.tenant, prepare).await;
        let (beside, done) = asked.map_err(|error| Refused::Problem(error.into()))??;
        done.map(|_| beside).map_err(Refused::Rejected)
    }
}
