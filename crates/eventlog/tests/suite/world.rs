//! The vocabulary of the tests.
//!
//! A [`World`] is a store of either kind. `queue` starts an append and returns what will bring its answer,
//! `append` also waits for it. `hold` makes the disk hang until the hold is dropped. `restart` ends the store
//! and opens it again, so that only what is durable is left.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use eventlog::{Claim, Faults, LogError, MemoryStore, Position, Record, SqliteStore, Store};
use tempfile::TempDir;

/// How long a test waits for what must happen.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) enum World {
    Memory(Arc<MemoryStore>),
    Sqlite { directory: TempDir, store: Option<Arc<SqliteStore>> },
}

impl World {
    pub(crate) fn memory() -> Self {
        Self::Memory(Arc::new(MemoryStore::new()))
    }

    pub(crate) fn sqlite() -> Self {
        let directory = TempDir::new().unwrap();
        let store = SqliteStore::open(&directory.path().join("events.db")).unwrap();
        Self::Sqlite { directory, store: Some(Arc::new(store)) }
    }

    pub(crate) fn store(&self) -> Arc<dyn Store> {
        match self {
            Self::Memory(store) => Arc::clone(store) as Arc<dyn Store>,
            Self::Sqlite { store, .. } => Arc::clone(store.as_ref().unwrap()) as Arc<dyn Store>,
        }
    }

    /// The database file.
    pub(crate) fn path(&self) -> PathBuf {
        match self {
            Self::Memory(_) => panic!("a store in memory has no file"),
            Self::Sqlite { directory, .. } => directory.path().join("events.db"),
        }
    }

    /// Ends the store. Nobody else may have a reference to it.
    pub(crate) fn stop(&mut self) {
        if let Self::Sqlite { store, .. } = self {
            assert!(Arc::into_inner(store.take().unwrap()).is_some(), "the store is still used");
        }
    }

    pub(crate) fn start(&mut self) {
        let path = matches!(self, Self::Sqlite { .. }).then(|| self.path());
        match self {
            Self::Memory(store) => *store = Arc::new(store.crash()),
            Self::Sqlite { store, .. } => {
                *store = Some(Arc::new(SqliteStore::open(&path.unwrap()).unwrap()));
            }
        }
    }

    pub(crate) fn restart(&mut self) {
        self.stop();
        self.start();
    }

    /// Changes a bit in the newest snapshot of `log`.
    pub(crate) fn damage_snapshot(&self, log: &str) {
        let path = match self {
            Self::Memory(store) => return store.damage_snapshot(log),
            Self::Sqlite { directory, .. } => {
                directory.path().join("events.db.snapshots").join(log)
            }
        };
        let files = std::fs::read_dir(path).unwrap().map(|file| file.unwrap().path());
        let newest = files.max().unwrap();
        let mut bytes = std::fs::read(&newest).unwrap();
        bytes[30] ^= 1;
        std::fs::write(newest, bytes).unwrap();
    }

    pub(crate) fn hold(&self) -> Hold {
        match self {
            Self::Memory(store) => {
                store.set_faults(Faults { lose_after: Some(0), ..Faults::default() });
                Hold::Memory(Arc::clone(store))
            }
            Self::Sqlite { .. } => {
                // An answer that does not return keeps the writer from its next commit.
                let store = self.store();
                let claim = store.claim("gate").unwrap();
                let (entered, has_entered) = channel();
                let (leave, may_leave) = channel::<()>();
                store.append(
                    &claim,
                    claim.end(),
                    records(["gate"]),
                    Box::new(move |_| {
                        entered.send(()).unwrap();
                        let _ = may_leave.recv();
                    }),
                );
                has_entered.recv_timeout(PATIENCE).unwrap();
                Hold::Sqlite { _leave: leave }
            }
        }
    }
}

/// A disk that hangs until this is dropped.
pub(crate) enum Hold {
    Memory(Arc<MemoryStore>),
    Sqlite { _leave: Sender<()> },
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Self::Memory(store) = self {
            store.set_faults(Faults::default());
        }
    }
}

pub(crate) type Answered = Receiver<Result<Position, LogError>>;

pub(crate) fn records<const N: usize>(records: [&str; N]) -> Vec<Vec<u8>> {
    records.map(|record| record.as_bytes().to_vec()).into()
}

pub(crate) fn queue(
    store: &dyn Store,
    claim: &Claim,
    after: Position,
    records: Vec<Vec<u8>>,
) -> Answered {
    let (answer, answered) = channel();
    store.append(claim, after, records, Box::new(move |result| answer.send(result).unwrap()));
    answered
}

/// Waits for the answer, and checks that it is the only one.
pub(crate) fn answer(answered: Answered) -> Result<Position, LogError> {
    let result = answered.recv_timeout(PATIENCE).unwrap();
    assert!(answered.recv_timeout(PATIENCE).is_err(), "answered twice");
    result
}

pub(crate) fn append(
    store: &dyn Store,
    claim: &Claim,
    after: Position,
    records: Vec<Vec<u8>>,
) -> Result<Position, LogError> {
    answer(queue(store, claim, after, records))
}

/// All records of a log as text, after checking their positions.
pub(crate) fn all(store: &dyn Store, log: &str) -> Vec<String> {
    let mut found: Vec<Record> = Vec::new();
    loop {
        let after = found.len() as Position;
        let more = store.read(log, after, 100).unwrap();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    for (i, record) in found.iter().enumerate() {
        assert_eq!(record.position, i as Position + 1);
    }
    assert_eq!(store.end(log).unwrap(), found.len() as Position);
    found.into_iter().map(|record| String::from_utf8(record.bytes).unwrap()).collect()
}
