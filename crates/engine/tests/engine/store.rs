//! A store in memory that tells of its appends, and panics where it is told to.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use eventlog::{Claim, Done, LogError, MemoryStore, Position, Record, Snapshot, Store};
use tokio::sync::watch;

/// A [`MemoryStore`] that can be watched.
pub(crate) struct WatchedStore {
    memory: MemoryStore,
    appends: watch::Sender<u64>,
    /// The append (counted from 1) that panics on the shard's thread.
    panic_at: AtomicU64,
    /// The newest claim is taken over by somebody else.
    rival: Mutex<Option<Claim>>,
}

impl WatchedStore {
    pub(crate) fn new(memory: MemoryStore) -> Arc<Self> {
        Arc::new(Self {
            memory,
            appends: watch::Sender::new(0),
            panic_at: AtomicU64::new(0),
            rival: Mutex::default(),
        })
    }

    pub(crate) fn memory(&self) -> &MemoryStore {
        &self.memory
    }

    /// Appends begun so far.
    pub(crate) fn appends(&self) -> u64 {
        *self.appends.borrow()
    }

    /// Waits until so many appends were begun.
    pub(crate) async fn appended(&self, count: u64) {
        self.appends.subscribe().wait_for(|seen| *seen >= count).await.unwrap();
    }

    /// The next append panics.
    pub(crate) fn panic_next(&self) {
        self.panic_at.store(self.appends() + 1, Ordering::SeqCst);
    }

    /// Somebody else claims the log.
    pub(crate) fn fence(&self, log: &str) {
        *self.rival.lock().unwrap() = Some(self.memory.claim(log).unwrap());
    }
}

impl Store for WatchedStore {
    fn logs(&self) -> Result<Vec<String>, LogError> {
        self.memory.logs()
    }

    fn claim(&self, log: &str) -> Result<Claim, LogError> {
        self.memory.claim(log)
    }

    fn append(&self, claim: &Claim, after: Position, records: Vec<Vec<u8>>, done: Done) {
        let number = self.appends() + 1;
        let told = self.panic_at.compare_exchange(number, 0, Ordering::SeqCst, Ordering::SeqCst);
        assert!(told.is_err(), "told to panic");
        self.memory.append(claim, after, records, done);
        self.appends.send_replace(number);
    }

    fn read(&self, log: &str, after: Position, limit: usize) -> Result<Vec<Record>, LogError> {
        self.memory.read(log, after, limit)
    }

    fn end(&self, log: &str) -> Result<Position, LogError> {
        self.memory.end(log)
    }

    fn cursor(&self, log: &str, follower: &str) -> Result<Position, LogError> {
        self.memory.cursor(log, follower)
    }

    fn set_cursor(&self, log: &str, follower: &str, position: Position) -> Result<(), LogError> {
        self.memory.set_cursor(log, follower, position)
    }

    fn save_snapshot(&self, log: &str, snapshot: &Snapshot) -> Result<(), LogError> {
        self.memory.save_snapshot(log, snapshot)
    }

    fn snapshot(&self, log: &str) -> Result<Option<Snapshot>, LogError> {
        self.memory.snapshot(log)
    }
}
