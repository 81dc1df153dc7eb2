//! The durable end of one tenant's log, and its newest records decoded in memory for all followers.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use eventlog::{LogError, Position, Store};
use tokio::sync::watch;

use crate::{Committed, FollowError, codec::Codec};

/// How many events the tail keeps.
const TAIL_EVENTS_MAX: usize = 1 << 16;
/// How many bytes the tail keeps, measured by the events' size on disk.
const TAIL_BYTES_MAX: usize = 64 << 20;
/// How many records a follower behind the tail reads at once.
const READ_RECORDS: usize = 2_048;

/// Records that became durable together, or were read together.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// The position before its first record.
    pub(crate) after: Position,
    /// The position of its last record.
    pub(crate) until: Position,
    /// The records, grouped by the command that caused them.
    pub(crate) turns: Vec<Committed>,
    /// Their size on disk.
    pub(crate) bytes: usize,
}

impl Chunk {
    fn events(&self) -> usize {
        usize::try_from(self.until - self.after).unwrap_or(usize::MAX)
    }
}

/// How far the log is known to be durable.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct End {
    /// The last durable record; `None` until the log was claimed for the first time.
    pub(crate) durable: Option<Position>,
    /// Nothing will follow.
    pub(crate) closed: bool,
}

/// What followers of one tenant's log share. It outlives the shards that write the log.
pub(crate) struct Feed {
    log: Arc<str>,
    store: Arc<dyn Store>,
    codec: Arc<Codec>,
    tail: RwLock<Tail>,
    end: watch::Sender<End>,
    followers: Mutex<Registry>,
}

#[derive(Default)]
struct Tail {
    chunks: VecDeque<Arc<Chunk>>,
    events: usize,
    bytes: usize,
}

/// How far each follower has come, for the lag in the metrics.
#[derive(Default)]
struct Registry {
    next: u64,
    cursors: BTreeMap<u64, Arc<AtomicU64>>,
}

/// What the feed has for a follower.
pub(crate) enum Found {
    /// Records from memory.
    Chunks(Vec<Arc<Chunk>>),
    /// The records are durable, but only on disk.
    OnDisk,
    /// Nothing yet.
    Nothing,
}

impl Feed {
    pub(crate) fn new(log: &str, store: Arc<dyn Store>, codec: Arc<Codec>) -> Self {
        let (end, _) = watch::channel(End::default());
        let (tail, followers) = (RwLock::default(), Mutex::default());
        Self { log: log.into(), store, codec, tail, end, followers }
    }

    /// The last position known to be durable; 0 before the log was claimed.
    pub(crate) fn durable(&self) -> Position {
        self.end.borrow().durable.unwrap_or(0)
    }

    pub(crate) fn watch(&self) -> watch::Receiver<End> {
        self.end.subscribe()
    }

    /// Starts, or goes on, at the end of a claimed log. Records that became durable without having been
    /// published are on disk for followers to find.
    ///
    /// # Errors
    /// With the position that had been reached, when the log now ends before it.
    pub(crate) fn claimed(&self, end: Position) -> Result<(), Position> {
        let known = self.durable();
        if end < known {
            return Err(known);
        }
        if end > known {
            *self.write() = Tail::default();
            self.advance(end);
        }
        self.end.send_if_modified(|state| {
            let first = state.durable.is_none();
            state.durable.get_or_insert(end);
            first
        });
        Ok(())
    }

    /// Adds records that have just become durable and wakes the followers.
    pub(crate) fn publish(&self, chunk: Arc<Chunk>) {
        let until = chunk.until;
        self.write().push(chunk);
        self.advance(until);
    }

    /// Nothing will follow: followers end once they have what there is.
    pub(crate) fn close(&self) {
        self.end.send_modify(|end| end.closed = true);
    }

    fn advance(&self, until: Position) {
        self.end.send_modify(|end| end.durable = Some(until));
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Tail> {
        self.tail.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// What follows `after`, at most `max` chunks.
    pub(crate) fn find(&self, after: Position, max: usize) -> Result<Found, FollowError> {
        let end = *self.end.borrow();
        let durable = match end.durable {
            Some(durable) if after < durable => durable,
            Some(end) if after > end => return Err(FollowError::AheadOfLog { after, end }),
            _ if end.closed => return Err(FollowError::Closed),
            _ => return Ok(Found::Nothing),
        };
        let tail = self.tail.read().unwrap_or_else(PoisonError::into_inner);
        let first = tail.chunks.partition_point(|chunk| chunk.until <= after);
        if tail.chunks.get(first).is_none_or(|chunk| chunk.after > after) {
            return Ok(Found::OnDisk);
        }
        // The tail may be a chunk ahead of what was announced as durable when this began.
        let announced = tail.chunks.range(first..).take_while(|chunk| chunk.until <= durable);
        Ok(Found::Chunks(announced.take(max).cloned().collect()))
    }

    /// Reads what follows `after` from the log. Blocks for as long as the disk takes.
    pub(crate) fn read(&self, after: Position) -> Result<Arc<Chunk>, FollowError> {
        let records = self.store.read(&self.log, after, READ_RECORDS).map_err(FollowError::Log)?;
        let bytes = records.iter().map(|record| record.bytes.len()).sum();
        let mut turns = Vec::with_capacity(records.len());
        let mut until = after;
        for record in records {
            if record.position != until + 1 {
                let gap = format!("record {} follows record {until}", record.position);
                return Err(FollowError::Log(LogError::Corrupt(gap)));
            }
            until = record.position;
            let recorded = self.codec.decode(&record);
            let recorded = recorded.map_err(|error| FollowError::Unreadable(error.to_string()))?;
            let events = [recorded.event].into();
            turns.push(Committed { position: until, at: recorded.at, events });
        }
        if until == after {
            let lost = format!("no record follows {after}, but more were durable");
            return Err(FollowError::Log(LogError::Corrupt(lost)));
        }
        Ok(Arc::new(Chunk { after, until, turns, bytes }))
    }

    /// Registers a follower; gives its number and where it notes how far it has come.
    pub(crate) fn enrol(&self, after: Position) -> (u64, Arc<AtomicU64>) {
        let mut registry = self.registry();
        let (number, cursor) = (registry.next, Arc::new(AtomicU64::new(after)));
        registry.next += 1;
        registry.cursors.insert(number, Arc::clone(&cursor));
        (number, cursor)
    }

    pub(crate) fn dismiss(&self, number: u64) {
        self.registry().cursors.remove(&number);
    }

    /// How many follow, and how many records the slowest is behind.
    pub(crate) fn followers(&self) -> (usize, u64) {
        let durable = self.durable();
        let registry = self.registry();
        let behind =
            |cursor: &Arc<AtomicU64>| durable.saturating_sub(cursor.load(Ordering::Relaxed));
        (registry.cursors.len(), registry.cursors.values().map(behind).max().unwrap_or(0))
    }

    fn registry(&self) -> MutexGuard<'_, Registry> {
        self.followers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tail {
    fn push(&mut self, chunk: Arc<Chunk>) {
        self.events += chunk.events();
        self.bytes += chunk.bytes;
        self.chunks.push_back(chunk);
        while self.events > TAIL_EVENTS_MAX || self.bytes > TAIL_BYTES_MAX {
            let Some(oldest) = self.chunks.pop_front() else { break };
            self.events -= oldest.events();
            self.bytes -= oldest.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use eventlog::MemoryStore;
    use model::{Event, InteractionId, TenantId, Timestamp};

    use super::*;
    use crate::Key;

    fn feed() -> Feed {
        let tenant = TenantId::parse("acme").unwrap();
        let codec = Codec::new(Key::random().unwrap().seal_of(&tenant));
        Feed::new("acme", Arc::new(MemoryStore::new()), Arc::new(codec))
    }

    fn chunk(after: Position, until: Position, bytes: usize) -> Arc<Chunk> {
        let event = Event::InteractionDeleted { interaction: InteractionId(1), agent: None };
        let events = (after..until).map(|_| event.clone()).collect();
        let turns = vec![Committed { position: until, at: Timestamp(1), events }];
        Arc::new(Chunk { after, until, turns, bytes })
    }

    fn found(feed: &Feed, after: Position) -> Vec<Position> {
        match feed.find(after, 64).unwrap() {
            Found::Chunks(chunks) => chunks.iter().map(|chunk| chunk.until).collect(),
            Found::OnDisk => panic!("on disk"),
            Found::Nothing => Vec::new(),
        }
    }

    #[test]
    fn records_are_delivered_once_they_are_announced() {
        let feed = feed();
        feed.claimed(0).unwrap();
        feed.publish(chunk(0, 2, 10));
        feed.write().push(chunk(2, 5, 10));
        assert_eq!((found(&feed, 1), found(&feed, 2)), (vec![2], vec![]));
        feed.advance(5);
        assert_eq!((found(&feed, 0), found(&feed, 2)), (vec![2, 5], vec![5]));
        assert!(matches!(feed.find(6, 64), Err(FollowError::AheadOfLog { after: 6, end: 5 })));
    }

    #[test]
    fn the_tail_is_bounded_in_bytes_too() {
        let feed = feed();
        feed.claimed(0).unwrap();
        feed.publish(chunk(0, 1, TAIL_BYTES_MAX / 2));
        feed.publish(chunk(1, 2, TAIL_BYTES_MAX / 2));
        assert_eq!(found(&feed, 0), [1, 2]);
        feed.publish(chunk(2, 3, 1));
        assert!(matches!(feed.find(0, 64), Ok(Found::OnDisk)));
        assert_eq!(found(&feed, 1), [2, 3]);
    }

    #[test]
    fn a_log_that_lost_records_is_noticed() {
        let feed = feed();
        feed.claimed(0).unwrap();
        feed.publish(chunk(0, 2, 10));
        assert_eq!(feed.claimed(1), Err(2));
        feed.claimed(3).unwrap();
        assert!(matches!(feed.find(1, 64), Ok(Found::OnDisk)), "one was not published");
    }
}
