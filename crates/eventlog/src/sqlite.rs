//! The store of one machine: an SQLite database in WAL mode with one writer thread.
//!
//! Beside the database `events.db` there are `events.db-wal` and `-shm` (SQLite's, part of it while it is
//! open), `events.db.lock`, and the directory `events.db.snapshots`. People with a shell read a log by
//! `SELECT position, text FROM readable WHERE log = 'acmecorp01'`.

mod backup;
mod checkpoint;
mod cursors;
mod fault;
mod lock;
mod private;
mod readers;
mod records;
mod schema;
mod snapshots;
mod transaction;
mod writer;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, OptionalExtension};

pub use self::backup::backup_database;
use self::readers::Readers;
use self::records::Log;
use self::snapshots::Snapshots;
use self::writer::{Append, Job, Shared, Work, Writer};
use crate::answer::Answer;
use crate::checksum::crc32;
use crate::log::{check_follower_name, check_log_name, check_sizes};
use crate::{Claim, Done, LogError, Position, Record, Snapshot, Store, limits};

/// Logs in an SQLite database.
///
/// Commits are durable when they are acknowledged (`synchronous=FULL`). After a failed write (disk full, I/O
/// error) the store goes on with the next one. Dropping the store carries out what is queued, writes all
/// cursors, and waits for its threads.
pub struct SqliteStore {
    path: PathBuf,
    shared: Arc<Shared>,
    snapshots: Snapshots,
    /// The only `Sender`; the writer ends when it is gone.
    queue: Option<Sender<Job>>,
    /// Gone before the writer ends, so that its connection is the last and tidies up.
    readers: Option<Readers>,
    writer: Option<JoinHandle<()>>,
}

impl SqliteStore {
    /// Opens the database at `path` for writing, creating it if there is none. The directory must exist.
    ///
    /// Errors: `Locked` while another store has it open, `Incompatible`, `Corrupt`, `Unavailable`.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let path = resolve(path)?;
        let lock = lock::acquire(&path)?;
        // Created here for its mode, which SQLite gives its other files too.
        match private::file().create_new(true).open(&path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(fault::file("creating", &path, &error));
            }
            _ => {}
        }
        let connection = schema::open_writer(&path)?;
        let readers = Readers::open(&path)?;
        let shared = Arc::new(Shared::default());
        let writer = Writer::new(path.clone(), Arc::clone(&shared), connection, lock)?;
        let (queue, jobs) = mpsc::channel();
        let writer = thread::Builder::new()
            .name("eventlog-writer".to_owned())
            .spawn(move || writer.run(&jobs))
            .map_err(|error| LogError::Unavailable(format!("starting a thread: {error}")))?;
        Ok(Self {
            snapshots: Snapshots::of(&path),
            path,
            shared,
            queue: Some(queue),
            readers: Some(readers),
            writer: Some(writer),
        })
    }

    /// [`backup_database`] of this one.
    pub fn backup(&self, to: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<(), LogError> {
        backup_database(&self.path, to, progress)
    }

    /// A job that cannot be queued because the writer has died is dropped, which answers it.
    fn queue(&self, job: Job) {
        let queue = self.queue.as_ref().expect("it is taken only by drop");
        let _ = queue.send(job);
    }

    fn read_with<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, LogError> {
        let readers = self.readers.as_ref().expect("they are taken only by drop");
        readers.with("reading the event log", read)
    }

    /// Checks `bytes` against what the queue can take, and takes the room for them.
    fn make_room(&self, bytes: usize) -> Result<usize, LogError> {
        let queued = &self.shared.queued_bytes;
        if queued.fetch_add(bytes, Ordering::Relaxed) + bytes > limits::QUEUE_BYTES_MAX {
            queued.fetch_sub(bytes, Ordering::Relaxed);
            let limit = limits::QUEUE_BYTES_MAX;
            return Err(LogError::Unavailable(format!("{limit} bytes wait to be written already")));
        }
        Ok(bytes)
    }

    fn find(&self, log: &str) -> Result<Option<Log>, LogError> {
        self.read_with(|connection| records::find(connection, log))
    }

    /// The log, if it has reached `position`.
    fn find_reached(&self, log: &str, position: Position) -> Result<Log, LogError> {
        let Some(found) = self.find(log)? else {
            return Err(LogError::UnknownLog { log: log.into() });
        };
        if position > found.end {
            return Err(LogError::PastEnd { log: log.into(), position, end: found.end });
        }
        Ok(found)
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        self.readers = None;
        self.queue = None;
        // The last reference may be dropped by an answer, on the writer's own thread, which then just ends.
        if let Some(writer) =
            self.writer.take_if(|writer| writer.thread().id() != thread::current().id())
        {
            let _ = writer.join();
        }
    }
}

/// The real path, so that the same database under another name has the same lock.
fn resolve(path: &Path) -> Result<PathBuf, LogError> {
    let failed = |error| fault::file("opening", path, &error);
    match fs::canonicalize(path) {
        Ok(path) => Ok(path),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let name = path.file_name().ok_or(error).map_err(failed)?;
            let directory = path.parent().filter(|directory| !directory.as_os_str().is_empty());
            let directory =
                fs::canonicalize(directory.unwrap_or_else(|| Path::new("."))).map_err(failed)?;
            Ok(directory.join(name))
        }
        Err(error) => Err(failed(error)),
    }
}

impl Store for SqliteStore {
    fn logs(&self) -> Result<Vec<String>, LogError> {
        self.read_with(|connection| {
            let mut select = connection.prepare_cached("SELECT name FROM log ORDER BY name")?;
            select.query_map([], |row| row.get(0))?.collect()
        })
    }

    fn claim(&self, log: &str) -> Result<Claim, LogError> {
        check_log_name(log)?;
        let (reply, claimed) = mpsc::sync_channel(1);
        self.queue(Job::Work(Work::Claim { log: log.into(), reply }));
        let stopped = |_| Err(LogError::Unavailable("the store has stopped".to_owned()));
        claimed.recv().unwrap_or_else(stopped)
    }

    fn append(&self, claim: &Claim, after: Position, records: Vec<Vec<u8>>, done: Done) {
        let room = check_sizes(&records).and_then(|bytes| self.make_room(bytes));
        let (records, bytes, refused) = match room {
            Ok(bytes) => (records, bytes, None),
            Err(error) => (Vec::new(), 0, Some(error)),
        };
        let (log, epoch, answer) = (Arc::clone(claim.log()), claim.epoch(), Answer::new(done));
        let append = Append { log, epoch, after, records, bytes, refused, answer };
        self.queue(Job::Work(Work::Append(append)));
    }

    fn read(&self, log: &str, after: Position, limit: usize) -> Result<Vec<Record>, LogError> {
        let found = self.read_with(|connection| match records::find(connection, log)? {
            Some(found) => records::select(connection, &found, after, limit),
            None => Ok(Vec::new()),
        })?;
        let mut records = Vec::with_capacity(found.len());
        for ((record, checksum), i) in found.into_iter().zip(1..) {
            let (position, expected) = (record.position, after + i);
            if position != expected {
                return Err(LogError::Corrupt(format!("log {log}: record {expected} is missing")));
            }
            if crc32(&record.bytes) != checksum {
                return Err(LogError::Corrupt(format!("log {log}: record {position} has changed")));
            }
            records.push(record);
        }
        Ok(records)
    }

    fn end(&self, log: &str) -> Result<Position, LogError> {
        Ok(self.find(log)?.map_or(0, |found| found.end))
    }

    fn cursor(&self, log: &str, follower: &str) -> Result<Position, LogError> {
        if let Some(position) = self.shared.cursors.get(log, follower) {
            return Ok(position);
        }
        let found = self.read_with(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT position FROM cursor
                 WHERE log = (SELECT id FROM log WHERE name = ?1) AND follower = ?2",
            )?;
            select.query_row([log, follower], |row| row.get::<_, i64>(0)).optional()
        })?;
        Ok(found.unwrap_or(0) as Position)
    }

    fn set_cursor(&self, log: &str, follower: &str, position: Position) -> Result<(), LogError> {
        check_follower_name(follower)?;
        self.find_reached(log, position)?;
        if self.shared.cursors.set(log, follower, position) {
            self.queue(Job::Cursors);
        }
        Ok(())
    }

    fn save_snapshot(&self, log: &str, snapshot: &Snapshot) -> Result<(), LogError> {
        let position = snapshot.position;
        let found = self.find_reached(log, position)?;
        let record =
            self.read_with(|connection| records::checksum(connection, &found, position))?;
        let missing = || LogError::Corrupt(format!("log {log}: record {position} is missing"));
        self.snapshots.save(log, snapshot, record.ok_or_else(missing)?)
    }

    fn snapshot(&self, log: &str) -> Result<Option<Snapshot>, LogError> {
        let Some(found) = self.find(log)? else { return Ok(None) };
        self.snapshots.newest(log, |position| {
            self.read_with(|connection| records::checksum(connection, &found, position))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_that_is_full_refuses_appends() {
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&directory.path().join("events.db")).unwrap();
        let append = |bytes| {
            let claim = store.claim("sales").unwrap();
            let (answer, answered) = mpsc::channel();
            let done = Box::new(move |result| answer.send(result).unwrap());
            store.append(&claim, claim.end(), vec![vec![b'x'; bytes]], done);
            answered.recv().unwrap()
        };
        // As if other logs had queued that much.
        store.shared.queued_bytes.store(limits::QUEUE_BYTES_MAX - 10, Ordering::Relaxed);
        assert!(matches!(append(11), Err(LogError::Unavailable(_))));
        assert_eq!(append(10), Ok(1));
        assert_eq!(append(10), Ok(2));
        let queued = store.shared.queued_bytes.load(Ordering::Relaxed);
        assert_eq!(queued, limits::QUEUE_BYTES_MAX - 10);
    }
}
