//! The one thread that writes: takes what is queued, of whatever log, commits it at once, answers.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::checkpoint::Checkpointer;
use super::cursors::{self, Cursors};
use super::lock::Lock;
use super::records::Log;
use super::transaction::{self, Spent};
use super::{fault, schema};
use crate::answer::Answer;
use crate::{Claim, LogError, Position, limits};

/// Where a transaction is closed, so that the first answer does not wait for ever: records.
const BATCH_RECORDS: usize = 4096;
/// The same: bytes.
const BATCH_BYTES: usize = 8 << 20;
/// How long cursors wait after a commit that failed.
const CURSOR_RETRY: Duration = Duration::from_secs(5);

/// What the writer is told.
pub(super) enum Job {
    Work(Work),
    /// Cursors wait to be written.
    Cursors,
}

/// What is answered after a commit.
pub(super) enum Work {
    Append(Append),
    Claim { log: Arc<str>, reply: SyncSender<Result<Claim, LogError>> },
}

/// An append in the queue.
pub(super) struct Append {
    pub(super) log: Arc<str>,
    pub(super) epoch: u64,
    pub(super) after: Position,
    pub(super) records: Vec<Vec<u8>>,
    /// Of all records; counted in [`Shared::queued_bytes`].
    pub(super) bytes: usize,
    /// It was refused before it was queued; it is here to be answered in its turn.
    pub(super) refused: Option<LogError>,
    pub(super) answer: Answer,
}

/// What the writer shares with those who ask.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) cursors: Cursors,
    pub(super) queued_bytes: AtomicUsize,
}

/// The writer thread's own.
pub(super) struct Writer {
    path: PathBuf,
    shared: Arc<Shared>,
    /// None after a failed transaction, until the next one: a fresh connection has no doubtful state.
    connection: Option<Connection>,
    checkpointer: Checkpointer,
    cursors_due: Option<Instant>,
    spent: Spent,
    /// Last, so that it is released when everything else is closed.
    _lock: Lock,
}

impl Writer {
    pub(super) fn new(
        path: PathBuf,
        shared: Arc<Shared>,
        connection: Connection,
        lock: Lock,
    ) -> Result<Self, LogError> {
        let checkpointer = Checkpointer::start(&path)?;
        Ok(Self {
            path,
            shared,
            connection: Some(connection),
            checkpointer,
            cursors_due: None,
            spent: Spent::default(),
            _lock: lock,
        })
    }

    /// Works until the store is dropped and the queue is empty.
    pub(super) fn run(mut self, queue: &Receiver<Job>) {
        while let Some(batch) = self.next_batch(queue) {
            self.commit(batch);
        }
        self.cursors_due = Some(Instant::now());
        self.commit(Vec::new());
    }

    /// What is queued, within bounds; empty when cursors are due; `None` when there is nothing more to come.
    fn next_batch(&mut self, queue: &Receiver<Job>) -> Option<Vec<Work>> {
        let mut batch = Vec::new();
        let (mut records, mut bytes) = (0, 0);
        while records < BATCH_RECORDS && bytes < BATCH_BYTES {
            let job = if !batch.is_empty() {
                let Ok(job) = queue.try_recv() else { break };
                job
            } else if let Some(due) = self.cursors_due {
                match queue.recv_timeout(due.saturating_duration_since(Instant::now())) {
                    Ok(job) => job,
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return None,
                }
            } else {
                queue.recv().ok()?
            };
            let work = match job {
                Job::Work(work) => work,
                Job::Cursors => {
                    self.cursors_due.get_or_insert_with(|| Instant::now() + limits::CURSOR_DELAY);
                    continue;
                }
            };
            records += 1;
            if let Work::Append(append) = &work {
                records += append.records.len();
                bytes += append.bytes;
                self.shared.queued_bytes.fetch_sub(append.bytes, Ordering::Relaxed);
            }
            batch.push(work);
        }
        Some(batch)
    }

    fn commit(&mut self, batch: Vec<Work>) {
        let now = Instant::now();
        let cursors_due = self.cursors_due.is_some_and(|due| due <= now);
        let cursors = if cursors_due { self.shared.cursors.waiting() } else { Vec::new() };
        let result = self.transact(&batch, &cursors);
        if cursors_due {
            self.cursors_due = match &result {
                Ok(_) => {
                    self.shared.cursors.committed(&cursors).then(|| now + limits::CURSOR_DELAY)
                }
                Err(_) => Some(now + CURSOR_RETRY),
            };
        }
        match result {
            Ok(results) => {
                answer(batch, results);
                if let Some(connection) = &self.connection {
                    self.checkpointer.committed(connection);
                }
            }
            Err(error) => {
                tracing::warn!(%error, "event log: a commit failed: {error}");
                self.connection = None;
                for work in &batch {
                    if let Work::Append(append) = work {
                        self.spent.add(append);
                    }
                }
                let results = vec![Err(error); batch.len()];
                answer(batch, results);
            }
        }
    }

    fn transact(
        &mut self,
        batch: &[Work],
        cursors: &[cursors::Set],
    ) -> Result<Vec<Result<Log, LogError>>, LogError> {
        if batch.is_empty() && cursors.is_empty() {
            return Ok(Vec::new());
        }
        let connection = match &mut self.connection {
            Some(connection) => connection,
            None => self.connection.insert(schema::open_writer(&self.path)?),
        };
        transaction::commit(connection, &mut self.spent, batch, cursors)
            .map_err(|error| fault::sqlite("writing the event log", &error))
    }
}

/// Answers in the order of the queue.
fn answer(batch: Vec<Work>, results: Vec<Result<Log, LogError>>) {
    for (work, result) in batch.into_iter().zip(results) {
        match work {
            Work::Append(append) => append.answer.give(result.map(|log| log.end)),
            Work::Claim { log, reply } => {
                // Who asked may have gone.
                let _ = reply.send(result.map(|found| Claim::new(log, found.epoch, found.end)));
            }
        }
    }
}
