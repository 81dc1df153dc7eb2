//! What the engine answers when it cannot do what was asked.

use std::fmt;

use eventlog::{LogError, Position};
use model::{Rejection, time::Millis};

/// Why a request had no effect that anybody was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmitError {
    /// The rules refuse it. Nothing changed.
    Rejected(Rejection),
    /// The tenant cannot answer now: overloaded, being rebuilt, or the log does not take records.
    /// Whether the request took effect is not known; with its idempotency key it can be sent again.
    Unavailable {
        /// When to try again, in milliseconds.
        retry_ms: Millis,
    },
    /// There is no such tenant.
    TenantUnknown,
}

/// Why a query has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryError {
    /// The tenant cannot answer now.
    Unavailable {
        /// When to try again, in milliseconds.
        retry_ms: Millis,
    },
    /// There is no such tenant.
    TenantUnknown,
}

/// There is no such tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TenantUnknown;

/// Why a follower ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FollowError {
    /// It asked for what comes after a position that the log has not reached: it has seen another log,
    /// or one that was restored from a backup since.
    AheadOfLog {
        /// The position asked for.
        after: Position,
        /// The log's end.
        end: Position,
    },
    /// The engine stops, or the tenant's log cannot be read. Everything before was delivered.
    Closed,
    /// The log cannot be read now.
    Log(LogError),
    /// A record is not what this version can read.
    Unreadable(String),
}

/// Why a tenant does not serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// Its log is damaged, from a newer version, or sealed with another key. Retrying does not help.
    Refused(String),
    /// The engine stops.
    Stopped,
    /// The log cannot be read or claimed now; the engine goes on trying.
    Unavailable(String),
}

/// Why the engine does not start.
#[derive(Debug)]
pub enum StartError {
    /// The store does not say what logs it has.
    Log(LogError),
    /// The data directory, or a thread, cannot be made.
    Io(std::io::Error),
}

impl From<QueryError> for SubmitError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Unavailable { retry_ms } => Self::Unavailable { retry_ms },
            QueryError::TenantUnknown => Self::TenantUnknown,
        }
    }
}

impl From<TenantUnknown> for QueryError {
    fn from(_: TenantUnknown) -> Self {
        Self::TenantUnknown
    }
}

impl From<LogError> for StartError {
    fn from(error: LogError) -> Self {
        Self::Log(error)
    }
}

impl From<std::io::Error> for StartError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for SubmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rejected(rejection) => rejection.fmt(f),
            Self::Unavailable { retry_ms } => {
                QueryError::Unavailable { retry_ms: *retry_ms }.fmt(f)
            }
            Self::TenantUnknown => TenantUnknown.fmt(f),
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable { retry_ms } => {
                write!(f, "the tenant is unavailable now; retry in {retry_ms} ms")
            }
            Self::TenantUnknown => TenantUnknown.fmt(f),
        }
    }
}

impl fmt::Display for TenantUnknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such tenant")
    }
}

impl fmt::Display for FollowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AheadOfLog { after, end } => {
                write!(f, "position {after} is ahead of the log, which ends at {end}")
            }
            Self::Closed => f.write_str("the log is no longer served"),
            Self::Log(error) => error.fmt(f),
            Self::Unreadable(why) => f.write_str(why),
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "the tenant cannot be served: {why}"),
            Self::Stopped => f.write_str("the engine stops"),
            Self::Unavailable(why) => write!(f, "the tenant cannot be served now: {why}"),
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Log(error) => error.fmt(f),
            Self::Io(error) => write!(f, "the engine cannot start: {error}"),
        }
    }
}

impl std::error::Error for SubmitError {}
impl std::error::Error for QueryError {}
impl std::error::Error for TenantUnknown {}
impl std::error::Error for FollowError {}
impl std::error::Error for OpenError {}
impl std::error::Error for StartError {}
