//! The messages of one tenant in SQLite, with the state and the position they were made from.

mod reader;
mod schema;
mod writer;

pub(crate) use reader::{next_within, read};
pub(crate) use writer::Writer;

use crate::Options;

/// How far the store has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// The last record of the log that the messages include.
    pub(crate) position: u64,
    /// The number of the last message; 0 when there was none yet.
    pub(crate) head: u64,
    /// The number of the oldest message that is kept, or would be.
    pub(crate) first: u64,
    /// Bytes of all messages that ever were.
    pub(crate) total: u64,
}

/// What of the past is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Retention {
    pub(crate) ms: u64,
    pub(crate) bytes: u64,
}

impl From<&Options> for Retention {
    fn from(options: &Options) -> Self {
        Self { ms: options.retention_ms, bytes: options.retention_bytes }
    }
}
