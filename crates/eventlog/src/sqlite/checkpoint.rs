//! Copies the write-ahead log into the database, beside the writer.
//!
//! Left alone, SQLite does this inside a commit, which then takes a hundred times as long. Here a thread
//! copies what is there without holding anybody up (PASSIVE), and the writer, between two commits, copies
//! the little that was added meanwhile and cuts the file (TRUNCATE). It does not wait for readers: if one
//! still reads the old pages, the next round will do.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::{fault, schema};
use crate::LogError;

/// How much is written between two checkpoints, in bytes, roughly.
const EVERY_BYTES: usize = 8 << 20;
/// What a commit writes beside its records: a few pages that are touched, not filled.
const COMMIT_BYTES: usize = 12 << 10;

/// The thread that copies, and the writer's side of it.
pub(super) struct Checkpointer {
    written: usize,
    /// Asks for a round; at most one waits.
    ask: Option<SyncSender<()>>,
    /// A round is done, and the writer may cut the file.
    copied: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    pub(super) fn start(path: &Path) -> Result<Self, LogError> {
        let (ask, asked) = sync_channel(1);
        let copied = Arc::new(AtomicBool::new(false));
        let (path, done): (PathBuf, _) = (path.to_owned(), Arc::clone(&copied));
        let thread = thread::Builder::new()
            .name("eventlog-checkpoint".to_owned())
            .spawn(move || run(&path, &asked, &done))
            .map_err(|error| LogError::Unavailable(format!("starting a thread: {error}")))?;
        Ok(Self { written: 0, ask: Some(ask), copied, thread: Some(thread) })
    }

    /// Called by the writer after each commit.
    pub(super) fn committed(&mut self, connection: &Connection, bytes: usize) {
        self.written += bytes + COMMIT_BYTES;
        if self.written >= EVERY_BYTES
            && let Some(ask) = &self.ask
        {
            self.written = 0;
            // Full means that a round is due anyway.
            let _ = ask.try_send(());
        }
        if self.copied.swap(false, Ordering::Acquire)
            && let Err(error) = truncate(connection)
        {
            let error = fault::sqlite("cutting the write-ahead log", &error);
            tracing::warn!(%error, "event log: {error}");
        }
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        self.ask = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(path: &Path, asked: &Receiver<()>, copied: &AtomicBool) {
    let mut connection = None;
    while asked.recv().is_ok() {
        match copy(path, &mut connection) {
            Ok(()) => copied.store(true, Ordering::Release),
            Err(error) => {
                connection = None;
                let error = fault::sqlite("copying the write-ahead log", &error);
                tracing::warn!(%error, "event log: {error}");
            }
        }
    }
}

fn copy(path: &Path, connection: &mut Option<Connection>) -> rusqlite::Result<()> {
    let connection = match connection {
        Some(connection) => connection,
        None => connection.insert(schema::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?),
    };
    connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
}

fn truncate(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::ZERO)?;
    let result = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    connection.busy_timeout(schema::BUSY)?;
    result
}
