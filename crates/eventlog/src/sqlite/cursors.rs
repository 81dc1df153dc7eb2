//! Cursors that have been set and wait to be written.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use rusqlite::{Connection, params};

use crate::Position;

type Key = (Arc<str>, Arc<str>);
/// A follower's cursor in a log, as it was set.
pub(super) type Set = (Key, Position);

/// The newest position set by each follower of each log, until it is in the database.
#[derive(Default)]
pub(super) struct Cursors {
    set: Mutex<HashMap<Key, Position>>,
}

const UNPOISONED: &str = "nothing panics while it holds the cursors";

impl Cursors {
    /// Returns whether it is the first to wait, so that the writer must be told.
    pub(super) fn set(&self, log: &str, follower: &str, position: Position) -> bool {
        let mut set = self.set.lock().expect(UNPOISONED);
        let first = set.is_empty();
        set.insert((log.into(), follower.into()), position);
        first
    }

    pub(super) fn get(&self, log: &str, follower: &str) -> Option<Position> {
        self.set.lock().expect(UNPOISONED).get(&(log.into(), follower.into())).copied()
    }

    /// What waits now, to be written.
    pub(super) fn waiting(&self) -> Vec<Set> {
        let set = self.set.lock().expect(UNPOISONED);
        set.iter().map(|(key, position)| (key.clone(), *position)).collect()
    }

    /// Forgets what has been committed, unless it has been set anew; returns whether some still waits.
    ///
    /// After the commit, not before: a reader finds the position here or in the database at any moment.
    pub(super) fn committed(&self, written: &[Set]) -> bool {
        let mut set = self.set.lock().expect(UNPOISONED);
        for (key, position) in written {
            if set.get(key) == Some(position) {
                set.remove(key);
            }
        }
        !set.is_empty()
    }
}

/// Writes cursors in the transaction that is open.
pub(super) fn write(connection: &Connection, cursors: &[Set]) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO cursor (log, follower, position)
         SELECT id, ?2, ?3 FROM log WHERE name = ?1
         ON CONFLICT (log, follower) DO UPDATE SET position = excluded.position",
    )?;
    for ((log, follower), position) in cursors {
        statement.execute(params![log, follower, *position as i64])?;
    }
    Ok(())
}
