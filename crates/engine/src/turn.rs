//! What one command did, in the form that replies, followers and the tail of the log share.

use std::sync::Arc;

use eventlog::Position;
use model::{Event, Timestamp};

/// What one command did: its events, durable. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The position of the last event. Without events (the request had been done before, by its
    /// idempotency key): the position up to which the answer holds.
    pub position: Position,
    /// When it happened.
    pub at: Timestamp,
    /// What happened, in order; the last stands at `position`.
    pub events: Arc<[Event]>,
}

impl Committed {
    /// The position before its first event.
    #[must_use]
    pub fn after(&self) -> Position {
        self.position - self.events.len() as Position
    }
}
