//! How far subscribers have come, in a database of its own: unlike the messages it cannot be made again.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use engine::database;
use rusqlite::{Connection, OptionalExtension};

use crate::StreamError;

/// Bytes of a cursor's name.
pub const CURSOR_NAME_BYTES_MAX: usize = 256;
/// Bytes of what is kept under one name.
pub const CURSOR_BYTES_MAX: usize = 4 << 20;
/// Cursors of one tenant.
pub const CURSORS_MAX: u64 = 10_000;

const VERSION: i64 = 1;
const TABLES: &str =
    "CREATE TABLE cursors (name TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID";

/// The cursors of one tenant. Each call blocks for as long as the disk takes.
pub(crate) struct Cursors {
    path: PathBuf,
    connection: Mutex<Option<Connection>>,
}

impl Cursors {
    /// The database is opened with the first use.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, connection: Mutex::default() }
    }

    pub(crate) fn save(&self, name: &str, state: &[u8]) -> Result<(), StreamError> {
        if name.is_empty() || name.len() > CURSOR_NAME_BYTES_MAX {
            return Err(StreamError::Refused("a cursor's name has 1 to 256 bytes"));
        }
        if state.len() > CURSOR_BYTES_MAX {
            return Err(StreamError::Refused("a cursor holds at most 4 MiB"));
        }
        self.with(|connection| {
            let update = "UPDATE cursors SET state = ?2 WHERE name = ?1";
            if connection.prepare_cached(update)?.execute((name, state))? > 0 {
                return Ok(());
            }
            let count = "SELECT count(*) FROM cursors";
            let count: i64 = connection.prepare_cached(count)?.query_row([], |row| row.get(0))?;
            if database::uint(count) >= CURSORS_MAX {
                return Err(StreamError::Refused("a tenant has at most 10,000 cursors"));
            }
            let insert = "INSERT INTO cursors VALUES (?1, ?2)";
            connection.prepare_cached(insert)?.execute((name, state))?;
            Ok(())
        })
    }

    pub(crate) fn load(&self, name: &str) -> Result<Option<Vec<u8>>, StreamError> {
        self.with(|connection| {
            let load = "SELECT state FROM cursors WHERE name = ?1";
            let mut load = connection.prepare_cached(load)?;
            Ok(load.query_row([name], |row| row.get(0)).optional()?)
        })
    }

    pub(crate) fn list(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StreamError> {
        self.with(|connection| {
            let list = "SELECT name, state FROM cursors WHERE name >= ?1 ORDER BY name";
            let mut list = connection.prepare_cached(list)?;
            let mut rows = list.query([prefix])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let name: String = row.get(0)?;
                if !name.starts_with(prefix) {
                    break;
                }
                found.push((name, row.get(1)?));
            }
            Ok(found)
        })
    }

    pub(crate) fn delete(&self, name: &str) -> Result<(), StreamError> {
        self.with(|connection| {
            connection.prepare_cached("DELETE FROM cursors WHERE name = ?1")?.execute([name])?;
            Ok(())
        })
    }

    fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StreamError>,
    ) -> Result<T, StreamError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let open = match connection.take() {
            Some(open) => open,
            None => database::open_to_write(&self.path, VERSION, TABLES)?,
        };
        work(connection.insert(open))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_kept_listed_and_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("acme.cursors.db");
        let cursors = Cursors::new(path.clone());
        assert_eq!(cursors.load("a/1").unwrap(), None);
        for name in ["a/2", "a/1", "b/1"] {
            cursors.save(name, name.as_bytes()).unwrap();
        }
        cursors.save("a/1", b"new").unwrap();
        drop(cursors);
        let cursors = Cursors::new(path);
        assert_eq!(cursors.load("a/1").unwrap().as_deref(), Some(&b"new"[..]));
        let names: Vec<_> = cursors.list("a/").unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a/1", "a/2"]);
        cursors.delete("a/1").unwrap();
        cursors.delete("a/1").unwrap();
        assert_eq!(cursors.list("").unwrap().len(), 2);
    }

    #[test]
    fn their_bounds() {
        let dir = tempfile::tempdir().unwrap();
        let cursors = Cursors::new(dir.path().join("acme.cursors.db"));
        let refused =
            |saved: Result<(), StreamError>| matches!(saved, Err(StreamError::Refused(_)));
        assert!(refused(cursors.save("", b"")));
        assert!(refused(cursors.save(&"x".repeat(CURSOR_NAME_BYTES_MAX + 1), b"")));
        assert!(refused(cursors.save("x", &vec![0; CURSOR_BYTES_MAX + 1])));
        cursors.save(&"x".repeat(CURSOR_NAME_BYTES_MAX), &[0; 1024]).unwrap();
    }
}
