//! Copies the write-ahead log into the database, beside the writer.
//!
//! Left alone, SQLite does this inside a commit, which then takes a hundred times as long. Here a thread
//! copies what is there without holding anybody up (PASSIVE), until little is left; then the writer, between
//! two commits, copies that and starts the file over from its beginning (RESTART). It does not wait for
//! readers: while one still needs old pages, the file grows, and the next round will do.
//!
//! RESTART and not TRUNCATE, because commits that overwrite a file are nearly twice as fast as those that
//! extend it. `journal_size_limit` cuts a file that has grown out of size.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::{fault, schema};
use crate::LogError;

/// How much the write-ahead log grows between two rounds, in pages of 4 KiB.
const EVERY_PAGES: i64 = 2048;
/// What may be left for the writer to copy, in pages.
const LEFT_PAGES: i64 = 256;
/// How often to try to leave no more than that: a disk that cannot keep up must not keep this going.
const PASSES: usize = 8;

/// The thread that copies, and the writer's side of it.
pub(super) struct Checkpointer {
    /// The size of the write-ahead log at which the next round begins, in pages.
    next: i64,
    /// Asks for a round; at most one waits.
    ask: Option<SyncSender<()>>,
    /// A round is done, and the writer may start the file over.
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
        Ok(Self { next: EVERY_PAGES, ask: Some(ask), copied, thread: Some(thread) })
    }

    /// Called by the writer after each commit.
    pub(super) fn committed(&mut self, connection: &Connection) {
        if let Err(error) = self.look(connection) {
            let error = fault::sqlite("starting the write-ahead log over", &error);
            tracing::warn!(%error, "event log: {error}");
        }
    }

    fn look(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let pages = checkpoint(connection, "NOOP")?.pages;
        if self.copied.swap(false, Ordering::Acquire) {
            connection.busy_timeout(Duration::ZERO)?;
            let restarted = checkpoint(connection, "RESTART");
            connection.busy_timeout(schema::BUSY)?;
            let restarted = restarted?;
            self.next = if restarted.busy { pages } else { 0 } + EVERY_PAGES;
        } else if pages >= self.next
            && let Some(ask) = &self.ask
        {
            self.next = pages + EVERY_PAGES;
            // Full means that a round is due anyway.
            let _ = ask.try_send(());
        }
        Ok(())
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
    let mut copied = 0;
    for _ in 0..PASSES {
        let now = checkpoint(connection, "PASSIVE")?.copied;
        if now - copied <= LEFT_PAGES {
            break;
        }
        copied = now;
    }
    Ok(())
}

/// What SQLite says of a checkpoint.
struct Outcome {
    busy: bool,
    /// The size of the write-ahead log.
    pages: i64,
    /// How many of them are in the database.
    copied: i64,
}

fn checkpoint(connection: &Connection, mode: &str) -> rusqlite::Result<Outcome> {
    let mut pragma = connection.prepare_cached(&format!("PRAGMA wal_checkpoint({mode})"))?;
    pragma.query_row([], |row| {
        Ok(Outcome { busy: row.get::<_, i64>(0)? != 0, pages: row.get(1)?, copied: row.get(2)? })
    })
}
