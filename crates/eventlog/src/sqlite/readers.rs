//! A few connections for reading, shared by all threads.

use std::path::Path;
use std::sync::{Condvar, Mutex};

use rusqlite::Connection;

use super::{fault, schema};
use crate::LogError;

/// More would not read faster from one disk, and each has a page cache.
const CONNECTIONS: usize = 4;

/// Connections that are idle; who finds none waits for one.
pub(super) struct Readers {
    idle: Mutex<Vec<Connection>>,
    returned: Condvar,
}

impl Readers {
    pub(super) fn open(path: &Path) -> Result<Self, LogError> {
        let idle: Result<_, _> = (0..CONNECTIONS).map(|_| schema::open_reader(path)).collect();
        Ok(Self { idle: Mutex::new(idle?), returned: Condvar::new() })
    }

    /// Runs `read` on a connection; `doing` says what for, should it fail.
    pub(super) fn with<T>(
        &self,
        doing: &str,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, LogError> {
        let idle = self.idle.lock().expect(UNPOISONED);
        let mut idle = self.returned.wait_while(idle, |idle| idle.is_empty()).expect(UNPOISONED);
        let connection = idle.pop().expect("one has been waited for");
        drop(idle);
        let lent = Lent { readers: self, connection: Some(connection) };
        let connection = lent.connection.as_ref().expect("it is taken only by drop");
        read(connection).map_err(|error| fault::sqlite(doing, &error))
    }
}

const UNPOISONED: &str = "nothing panics while it holds the idle connections";

/// Returns its connection also when the reader panics.
struct Lent<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        self.readers.idle.lock().expect(UNPOISONED).extend(self.connection.take());
        self.readers.returned.notify_one();
    }
}
