//! Keeping the messages in step with the log, whatever happens to their database.

use std::{convert::Infallible, thread, time::Duration};

use engine::{FollowError, Follower, database};
use model::TenantId;
use rusqlite::ErrorCode;
use tracing::{error, warn};

use crate::{
    store::{Retention, Writer},
    stream::Shared,
};

/// The pause after a failure of the database or the log.
const PAUSE: Duration = Duration::from_secs(1);

/// How long events gather between two transactions, so that there are fewer of them than commits of the log.
const GATHER: Duration = Duration::from_millis(5);

/// Why filling stopped.
enum Stop {
    /// Nothing will follow.
    Closed,
    /// The database has seen another log, or is damaged: start anew.
    Useless(String),
    /// The database or the log fails now.
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
                error!(%why, "stream not filled");
                Self::Closed
            }
        }
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        let useless = matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        ) || matches!(error, rusqlite::Error::InvalidQuery);
        if useless { Self::Useless(error.to_string()) } else { Self::Failing(error.to_string()) }
    }
}

/// Fills the stream until the log is closed.
pub(crate) fn run(
    shared: &Shared,
    tenant: &TenantId,
    retention: Retention,
    follower: &mut Follower,
) {
    // Also when the database never opens, so that a full disk does not keep a server from going down.
    while !shared.is_ending() {
        let Err(stop) = fill(shared, tenant, retention, follower);
        match stop {
            Stop::Closed => return,
            Stop::Useless(why) => {
                warn!(%tenant, %why, "messages thrown away, to be made again from the log");
                shared.gone();
                if let Err(why) = database::remove(shared.path()) {
                    warn!(%tenant, %why, "messages cannot be removed");
                    thread::sleep(PAUSE);
                }
            }
            Stop::Failing(why) => {
                warn!(%tenant, %why, "stream cannot be filled now");
                shared.gone();
                thread::sleep(PAUSE);
            }
        }
    }
}

fn fill(
    shared: &Shared,
    tenant: &TenantId,
    retention: Retention,
    follower: &mut Follower,
) -> Result<Infallible, Stop> {
    let mut writer = Writer::open(shared.path(), tenant, retention)?;
    follower.seek(writer.progress().position);
    // Messages that are ahead of the log must not be read.
    follower.reached_blocking()?;
    shared.opened(writer.progress());
    loop {
        if shared.is_ending() {
            return Err(Stop::Closed);
        }
        let batch = follower.next_batch_blocking()?;
        let messages = writer.write(&batch)?;
        shared.filled(writer.progress(), messages);
        thread::sleep(GATHER);
    }
}
