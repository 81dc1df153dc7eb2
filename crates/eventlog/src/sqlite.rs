//! The store of one machine: an SQLite database in WAL mode with one writer thread.

use std::path::Path;

use crate::{Claim, Done, LogError, Position, Record, Snapshot, Store};

/// Logs in an SQLite database.
pub struct SqliteStore {}

impl SqliteStore {
    /// Opens the database at `path` for writing, creating it if there is none. The directory must exist.
    ///
    /// Errors: `Locked` while another store has it open, `Incompatible`, `Corrupt`, `Unavailable`.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        Err(unfinished(path))
    }

    /// Copies the database as it is now to the new file `to`, while it is being written.
    ///
    /// `progress` gets the pages done and the pages in all. Snapshots are not copied: they are a cache.
    pub fn backup(&self, to: &Path, _progress: &mut dyn FnMut(u64, u64)) -> Result<(), LogError> {
        Err(unfinished(to))
    }
}

/// Like [`SqliteStore::backup`], for a database that another process may have open.
pub fn backup_database(
    from: &Path,
    _to: &Path,
    _progress: &mut dyn FnMut(u64, u64),
) -> Result<(), LogError> {
    Err(unfinished(from))
}

fn unfinished(path: &Path) -> LogError {
    LogError::Unavailable(format!("{}: SQLite is not built in yet", path.display()))
}

impl Store for SqliteStore {
    fn logs(&self) -> Result<Vec<String>, LogError> {
        Err(unfinished(Path::new("")))
    }
    fn claim(&self, _log: &str) -> Result<Claim, LogError> {
        Err(unfinished(Path::new("")))
    }
    fn append(&self, _claim: &Claim, _after: Position, _records: Vec<Vec<u8>>, done: Done) {
        done(Err(unfinished(Path::new(""))));
    }
    fn read(&self, _log: &str, _after: Position, _limit: usize) -> Result<Vec<Record>, LogError> {
        Err(unfinished(Path::new("")))
    }
    fn end(&self, _log: &str) -> Result<Position, LogError> {
        Err(unfinished(Path::new("")))
    }
    fn cursor(&self, _log: &str, _follower: &str) -> Result<Position, LogError> {
        Err(unfinished(Path::new("")))
    }
    fn set_cursor(&self, _log: &str, _follower: &str, _position: Position) -> Result<(), LogError> {
        Err(unfinished(Path::new("")))
    }
    fn save_snapshot(&self, _log: &str, _snapshot: &Snapshot) -> Result<(), LogError> {
        Err(unfinished(Path::new("")))
    }
    fn snapshot(&self, _log: &str) -> Result<Option<Snapshot>, LogError> {
        Err(unfinished(Path::new("")))
    }
}
