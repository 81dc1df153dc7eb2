//! Connections for those who read a database while a thread of ours fills it.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::Connection;

use super::open_to_read;

/// Connections to one database file, kept for the next reader.
#[derive(Debug)]
pub struct Readers {
    path: PathBuf,
    kept_max: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// Which file stands under the path, counted over those that were thrown away.
    file: u64,
    connections: Vec<Connection>,
}

impl Readers {
    /// Keeps at most `kept_max` connections that nobody uses. Nothing is opened yet.
    #[must_use]
    pub fn new(path: PathBuf, kept_max: usize) -> Self {
        Self { path, kept_max, kept: Mutex::default() }
    }

    /// Where the database is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Another file stands under the path now: connections to the one before are not used again.
    pub fn renew(&self) {
        let mut kept = self.lock();
        kept.file += 1;
        kept.connections.clear();
    }

    /// Reads with a connection that nobody else has meanwhile. Blocks for as long as the disk takes.
    ///
    /// # Errors
    /// When the database cannot be opened, or `read` fails.
    pub fn read<T, E: From<rusqlite::Error>>(
        &self,
        read: impl FnOnce(&mut Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let (file, kept) = {
            let mut kept = self.lock();
            (kept.file, kept.connections.pop())
        };
        let mut connection = match kept {
            Some(connection) => connection,
            None => open_to_read(&self.path)?,
        };
        let result = read(&mut connection);
        let mut kept = self.lock();
        if kept.file == file && kept.connections.len() < self.kept_max {
            kept.connections.push(connection);
        }
        result
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::{open_to_write, remove};

    fn number(readers: &Readers) -> i64 {
        let read = |connection: &mut Connection| {
            connection.query_row("SELECT n FROM numbers", [], |row| row.get(0))
        };
        readers.read(read).unwrap()
    }

    #[test]
    fn a_new_file_is_read_and_the_old_one_no_more() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("acme.db");
        let readers = Readers::new(path.clone(), 2);
        let missing: rusqlite::Result<()> = readers.read(|_| Ok(()));
        assert!(missing.is_err());
        let tables =
            |n| format!("CREATE TABLE numbers (n INTEGER); INSERT INTO numbers VALUES ({n})");
        let first = open_to_write(&path, 1, &tables(1)).unwrap();
        assert_eq!((number(&readers), number(&readers)), (1, 1));
        drop(first);
        remove(&path).unwrap();
        let _second = open_to_write(&path, 1, &tables(2)).unwrap();
        readers.renew();
        assert_eq!(number(&readers), 2);
        assert_eq!(readers.lock().connections.len(), 1);
    }
}
