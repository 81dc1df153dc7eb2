//! Keeping a database in step with a log, whatever happens to the database.

use std::{convert::Infallible, path::Path, thread, time::Duration};

use model::TenantId;
use rusqlite::ErrorCode;
use tracing::{error, warn};

use super::remove;
use crate::FollowError;

/// The pause after a failure of the database or the log.
const PAUSE: Duration = Duration::from_secs(1);

/// Why filling stopped.
#[derive(Debug)]
pub enum Stop {
    /// Nothing will follow.
    Closed,
    /// The database has seen another log, or is damaged: begin anew with an empty one.
    Useless(String),
    /// The database or the log fails now: try again.
    Failing(String),
}

impl From<FollowError> for Stop {
    fn from(error: FollowError) -> Self {
        match error {
            FollowError::AheadOfLog { .. } => Self::Useless(error.to_string()),
            FollowError::Closed => Self::Closed,
            FollowError::Log(error) => Self::Failing(error.to_string()),
            FollowError::Unreadable(why) => {
                // The tenant is refused for the same reason, and says so.
                error!(%why, "a log cannot be followed");
                Self::Closed
            }
        }
    }
}

impl From<rusqlite::Error> for Stop {
    /// `InvalidQuery` is how a writer says that it cannot read its own rows.
    fn from(error: rusqlite::Error) -> Self {
        let damaged = [ErrorCode::DatabaseCorrupt, ErrorCode::NotADatabase];
        let useless = error.sqlite_error_code().is_some_and(|code| damaged.contains(&code))
            || matches!(error, rusqlite::Error::InvalidQuery);
        if useless { Self::Useless(error.to_string()) } else { Self::Failing(error.to_string()) }
    }
}

/// A database that a thread fills from a tenant's log.
#[derive(Debug)]
pub struct Filling<'a> {
    /// What it is, for the log: `views`, `stream`.
    pub what: &'static str,
    /// Whose log it follows.
    pub tenant: &'a TenantId,
    /// Where it is.
    pub path: &'a Path,
}

impl Filling<'_> {
    /// Fills until the log is closed or `is_ending` says so: `fill` opens the database and follows for as long
    /// as it can, `gone` says that nobody is to read it until it is opened again.
    pub fn run(
        &self,
        is_ending: impl Fn() -> bool,
        gone: impl Fn(),
        mut fill: impl FnMut() -> Result<Infallible, Stop>,
    ) {
        let Self { what, tenant, path } = *self;
        // Also when the database never opens, so that a full disk does not keep a server from going down.
        while !is_ending() {
            let Err(stop) = fill();
            match stop {
                Stop::Closed => return,
                Stop::Useless(why) => {
                    warn!(what, %tenant, %why, "database thrown away, to be filled again from the log");
                    gone();
                    if let Err(why) = remove(path) {
                        warn!(what, %tenant, %why, "database cannot be removed");
                        thread::sleep(PAUSE);
                    }
                }
                Stop::Failing(why) => {
                    warn!(what, %tenant, %why, "database cannot be filled now");
                    gone();
                    thread::sleep(PAUSE);
                }
            }
        }
    }
}
