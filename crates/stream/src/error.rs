//! Why a stream cannot be read, or a cursor not be kept.

use std::fmt;

/// Why a stream cannot be read, or a cursor not be kept.
#[derive(Debug)]
pub enum StreamError {
    /// The messages are not there yet, or are being made again; try again.
    Unavailable,
    /// The engine stops, or the tenant's log cannot be read.
    Closed,
    /// The database fails.
    Database(rusqlite::Error),
    /// A row holds what this version did not write. Names the column.
    Unreadable(&'static str),
    /// A cursor breaks a bound. Says which.
    Refused(&'static str),
}

impl From<rusqlite::Error> for StreamError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable => f.write_str("the messages are being made again"),
            Self::Closed => f.write_str("the stream is no longer filled"),
            Self::Database(error) => write!(f, "the stream's database fails: {error}"),
            Self::Unreadable(column) => write!(f, "the stream holds an unreadable {column}"),
            Self::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for StreamError {}
