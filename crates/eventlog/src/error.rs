//! What can go wrong with a log.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::Position;

/// Why an operation on a log failed. Nothing is ever half done: a refused append left no record.
///
/// After any failed append the claim is spent: claim the log again, and take the state from it anew.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LogError {
    /// A log's or a follower's name is empty, too long or has a character that is not allowed.
    BadName {
        /// `log` or `follower`.
        what: &'static str,
        /// The name as given.
        name: String,
    },
    /// An earlier append of the same claim failed, so this one was not tried.
    ClaimSpent {
        /// The log of the claim.
        log: Arc<str>,
    },
    /// The append was meant to follow another record than the last one.
    Conflict {
        /// The log appended to.
        log: Arc<str>,
        /// The position the append was meant to follow (its `after`).
        expected: Position,
        /// The log's end.
        actual: Position,
    },
    /// Stored bytes are not what was written. The text names the place; reading on would skip history.
    Corrupt(String),
    /// A later claim of the same log holds the right to write.
    Fenced {
        /// The log of the claim.
        log: Arc<str>,
        /// The epoch of the claim that was used.
        epoch: u64,
        /// The epoch of the newest claim.
        current: u64,
    },
    /// The file is not an event log, or was written by a newer program. The text says which.
    Incompatible(String),
    /// Another store, here or in another process, has the database open for writing.
    Locked {
        /// The lock file.
        path: PathBuf,
        /// The process that holds it, when it could be read.
        pid: Option<u32>,
    },
    /// A cursor or snapshot names a position that the log has not reached.
    PastEnd {
        /// The log.
        log: Arc<str>,
        /// The position named.
        position: Position,
        /// The log's end.
        end: Position,
    },
    /// A record or an append is larger than [`limits`](crate::limits) allow.
    TooLarge {
        /// `record` or `append`.
        what: &'static str,
        /// Its size in bytes.
        bytes: usize,
        /// The largest size in bytes.
        limit: usize,
    },
    /// The store cannot do it now: disk full, I/O error, overload, shutdown. The text is for the operator.
    ///
    /// Of an append: nothing is visible now. A machine that dies before the log is claimed again may still
    /// bring the records back, so take the end from the next claim.
    Unavailable(String),
    /// Nobody has claimed a log of this name.
    UnknownLog {
        /// The name.
        log: Arc<str>,
    },
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadName { what, name } => write!(f, "{what} name {name:?} is not allowed"),
            Self::ClaimSpent { log } => {
                write!(f, "an earlier append to log {log} failed; claim the log again")
            }
            Self::Conflict { log, expected, actual } => {
                write!(f, "log {log} ends at {actual}, the append expected {expected}")
            }
            Self::Corrupt(what) => write!(f, "the event log is damaged: {what}"),
            Self::Fenced { log, epoch, current } => {
                write!(f, "log {log} has a newer writer: claim {epoch} was followed by {current}")
            }
            Self::Incompatible(why) => write!(f, "this event log cannot be used: {why}"),
            Self::Locked { path, pid: Some(pid) } => {
                write!(f, "the event log is in use by process {pid} (lock file {})", path.display())
            }
            Self::Locked { path, pid: None } => {
                write!(
                    f,
                    "the event log is in use by another process (lock file {})",
                    path.display()
                )
            }
            Self::PastEnd { log, position, end } => {
                write!(f, "position {position} is past the end of log {log}, which is {end}")
            }
            Self::TooLarge { what, bytes, limit } => {
                write!(f, "{what} of {bytes} bytes is over the limit of {limit}")
            }
            Self::Unavailable(why) => write!(f, "the event log is unavailable: {why}"),
            Self::UnknownLog { log } => write!(f, "there is no log {log}"),
        }
    }
}

impl std::error::Error for LogError {}
