//! Following a tenant's log: every durable record, once, in order.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use eventlog::Position;
use model::{Event, Timestamp};
use tokio::sync::watch;

use crate::{
    FollowError,
    feed::{Chunk, End, Feed, Found},
};

/// How many commits are delivered at once at most.
const BATCH_COMMITS_MAX: usize = 256;

/// A cursor on a tenant's log. It costs nobody but its owner: who reads slowly falls behind the records
/// kept in memory and is served from disk. It goes on when the shard is rebuilt.
pub struct Follower {
    feed: Arc<Feed>,
    end: watch::Receiver<End>,
    after: Position,
    number: u64,
    cursor: Arc<AtomicU64>,
}

/// One record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Where it stands in the log.
    pub position: Position,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: &'a Event,
}

/// Records that follow each other. Shares them with other followers: cheap to clone.
#[derive(Debug, Clone)]
pub struct Batch {
    after: Position,
    until: Position,
    chunks: Vec<Arc<Chunk>>,
}

impl Batch {
    /// The position of its last record.
    #[must_use]
    pub fn position(&self) -> Position {
        self.until
    }

    /// The records, in order. There is at least one.
    pub fn iter(&self) -> impl Iterator<Item = Entry<'_>> {
        let turns = self.chunks.iter().flat_map(|chunk| &chunk.turns);
        let entries = turns.flat_map(|turn| {
            let positions = turn.after() + 1..;
            positions.zip(&*turn.events).map(|(position, event)| Entry {
                position,
                at: turn.at,
                event,
            })
        });
        entries.skip_while(|entry| entry.position <= self.after)
    }
}

impl Follower {
    pub(crate) fn new(feed: Arc<Feed>, after: Position) -> Self {
        let (number, cursor) = feed.enrol(after);
        Self { end: feed.watch(), feed, after, number, cursor }
    }

    /// The last position that was delivered.
    #[must_use]
    pub fn position(&self) -> Position {
        self.after
    }

    /// Goes on after another position.
    pub fn seek(&mut self, after: Position) {
        self.after = after;
        self.cursor.store(after, Ordering::Relaxed);
    }

    /// How many durable records were not delivered yet.
    pub(crate) fn behind(&self) -> Position {
        self.feed.durable().saturating_sub(self.after)
    }

    /// Waits for the next records. Nothing is lost when the future is dropped before it is ready.
    ///
    /// # Errors
    /// When the position asked for is ahead of the log, when nothing more will come, and when the log cannot
    /// be read; after [`FollowError::Log`] it can be called again.
    ///
    /// # Panics
    /// Outside a Tokio runtime, when it must read from disk.
    pub async fn next_batch(&mut self) -> Result<Batch, FollowError> {
        loop {
            self.end.mark_unchanged();
            let chunks = match self.feed.find(self.after, BATCH_COMMITS_MAX)? {
                Found::Chunks(chunks) => chunks,
                Found::OnDisk => {
                    let (feed, after) = (Arc::clone(&self.feed), self.after);
                    let read = tokio::task::spawn_blocking(move || feed.read(after)).await;
                    vec![read.map_err(|_| FollowError::Closed)??]
                }
                Found::Nothing => {
                    // An error would mean that the feed is gone, but it is ours too.
                    let _ = self.end.changed().await;
                    continue;
                }
            };
            return Ok(self.deliver(chunks));
        }
    }

    /// Like [`next_batch`](Self::next_batch), for a thread outside any runtime.
    ///
    /// # Errors
    /// As `next_batch`.
    pub fn next_batch_blocking(&mut self) -> Result<Batch, FollowError> {
        loop {
            self.end.mark_unchanged();
            let chunks = match self.feed.find(self.after, BATCH_COMMITS_MAX)? {
                Found::Chunks(chunks) => chunks,
                Found::OnDisk => vec![self.feed.read(self.after)?],
                Found::Nothing => {
                    let _ = crate::blocking::wait(self.end.changed());
                    continue;
                }
            };
            return Ok(self.deliver(chunks));
        }
    }

    /// Waits until it is known where the log ends, on a thread outside any runtime.
    ///
    /// # Errors
    /// When the position asked for is ahead of that, or the log is not served.
    pub fn reached_blocking(&mut self) -> Result<(), FollowError> {
        let known = self.end.wait_for(|end| end.closed || end.durable.is_some());
        // An error would mean that the feed is gone, but it is ours too.
        let end = crate::blocking::wait(known).map_or_else(|_| End::default(), |end| *end);
        match end.durable {
            Some(durable) if self.after <= durable => Ok(()),
            Some(end) => Err(FollowError::AheadOfLog { after: self.after, end }),
            None => Err(FollowError::Closed),
        }
    }

    fn deliver(&mut self, chunks: Vec<Arc<Chunk>>) -> Batch {
        let until = chunks.last().map_or(self.after, |chunk| chunk.until);
        let batch = Batch { after: self.after, until, chunks };
        self.after = until;
        self.cursor.store(until, Ordering::Relaxed);
        batch
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.feed.dismiss(self.number);
    }
}
