//! Keeping the views in step with the log, whatever happens to their database.

use std::{thread, time::Duration};

use eventlog::{LogError, Position};
use model::TenantId;
use rusqlite::ErrorCode;
use tracing::{error, warn};

use super::{Shared, writer::Writer};
use crate::{FollowError, Follower, database};

/// The pause after a failure of the database or the log.
const PAUSE: Duration = Duration::from_secs(1);
/// How long records gather between two transactions. Many records of one interaction then change its rows
/// once, and who reads asks for the position that it needs.
const GATHER: Duration = Duration::from_millis(50);
/// How many records may have gathered before filling goes on at once.
const GATHER_RECORDS: Position = 4_096;

/// Why filling stopped.
enum Stop {
    /// Nothing will follow.
    Closed,
    /// The database has seen another log, or is damaged: start anew.
    Useless(String),
    /// The database fails now.
    Database(rusqlite::Error),
    /// The log cannot be read now.
    Log(LogError),
}

impl From<FollowError> for Stop {
    fn from(error: FollowError) -> Self {
        match error {
            FollowError::AheadOfLog { .. } => Self::Useless(error.to_string()),
            FollowError::Closed => Self::Closed,
            FollowError::Log(error) => Self::Log(error),
            FollowError::Unreadable(why) => {
                // The tenant is refused for the same reason, and says so.
                error!(%why, "views not filled");
                Self::Closed
            }
        }
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Useless(error.to_string())
            }
            _ => Self::Database(error),
        }
    }
}

/// Fills the views until the log is closed.
pub(super) fn run(shared: &Shared, tenant: &TenantId, follow: impl Fn(Position) -> Follower) {
    // Also when the database never opens, so that a full disk does not keep a server from going down.
    while !shared.is_ending() {
        let Err(stop) = fill(shared, &follow);
        if !matches!(stop, Stop::Closed) {
            shared.gone();
        }
        match stop {
            Stop::Closed => return,
            Stop::Useless(why) => {
                warn!(%tenant, %why, "views thrown away, to be filled again from the log");
                if let Err(why) = database::remove(&shared.path) {
                    warn!(%tenant, %why, "views cannot be removed");
                    thread::sleep(PAUSE);
                }
            }
            Stop::Database(why) => {
                warn!(%tenant, %why, "views cannot be written");
                thread::sleep(PAUSE);
            }
            Stop::Log(why) => {
                warn!(%tenant, %why, "log cannot be followed");
                thread::sleep(PAUSE);
            }
        }
    }
}

fn fill(
    shared: &Shared,
    follow: &impl Fn(Position) -> Follower,
) -> Result<std::convert::Infallible, Stop> {
    let mut writer = Writer::open(&shared.path)?;
    let mut follower = follow(writer.position());
    // A database that is ahead of the log must not be read.
    follower.reached_blocking()?;
    shared.opened(writer.position());
    loop {
        if shared.is_ending() {
            return Err(Stop::Closed);
        }
        let batch = follower.next_batch_blocking()?;
        writer.write(&batch)?;
        shared.filled(writer.position());
        if follower.behind() < GATHER_RECORDS {
            shared.gather(writer.position(), GATHER);
        }
    }
}
