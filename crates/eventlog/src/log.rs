//! The words of the log and the contract that every backend keeps.

use std::sync::Arc;

use crate::LogError;

/// 1-based, gap-free per log; 0 = before the first record.
pub type Position = u64;

/// Called exactly once with the log's new end, or with the reason why nothing was appended.
pub type Done = Box<dyn FnOnce(Result<Position, LogError>) + Send>;

/// One record as it was appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it stands in its log.
    pub position: Position,
    /// Its bytes, opaque here.
    pub bytes: Vec<u8>,
}

/// A state saved to shorten replay. A cache: to lose one costs time, never data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The last record that the state includes.
    pub position: Position,
    /// The version of the rules that wrote it; whoever reads it decides whether it still fits.
    pub version: u32,
    /// The state, opaque here.
    pub bytes: Vec<u8>,
}

/// The right to write one log; a later claim of the same log fences this one.
///
/// Not `Clone`: one writer holds it. It stays good until an append fails or somebody claims the log again.
#[derive(Debug)]
pub struct Claim {
    log: Arc<str>,
    epoch: u64,
    end: Position,
}

impl Claim {
    pub(crate) fn new(log: Arc<str>, epoch: u64, end: Position) -> Self {
        Self { log, epoch, end }
    }

    /// The log's name.
    pub fn log(&self) -> &Arc<str> {
        &self.log
    }

    /// How many times the log has been claimed, this claim included.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The log's end when it was claimed: what the first append must follow.
    pub fn end(&self) -> Position {
        self.end
    }
}

/// Many named logs, each with one fenced writer, and with cursors and snapshots.
///
/// A log comes into being when it is first claimed; until then it reads as empty. `claim` and `save_snapshot`
/// block the thread until the disk has written, reads until it has read; `append` never blocks.
pub trait Store: Send + Sync + 'static {
    /// The names of all logs, sorted.
    fn logs(&self) -> Result<Vec<String>, LogError>;

    /// Takes the right to write `log`, creating it if it is new. Every earlier claim is fenced from here on;
    /// appends queued before are carried out first.
    ///
    /// A name has 1 to [`limits::NAME_BYTES_MAX`] bytes of ASCII letters, digits, `-` and `_`.
    fn claim(&self, log: &str) -> Result<Claim, LogError>;

    /// Queues `records` to follow position `after`: all of them or none.
    ///
    /// `done` is called exactly once, when the records are durable or refused, on the store's writer thread;
    /// [`MemoryStore`](crate::MemoryStore), and a store whose writer has died, call it on the calling thread.
    /// It must be quick, and must not wait for anything that is itself waiting for this store; to queue another
    /// append there is fine, to claim is not.
    ///
    /// Appends queued meanwhile, of whatever log, share one commit. Appends of one claim keep their order,
    /// and are answered in it. If one fails, all later ones of that claim fail too
    /// ([`LogError::ClaimSpent`], or [`LogError::Fenced`] if that is the reason).
    /// An append of no records checks the claim and the end, and is answered after all earlier ones.
    fn append(&self, claim: &Claim, after: Position, records: Vec<Vec<u8>>, done: Done);

    /// Records with position > `after`, in order: at most `limit` of them and about
    /// [`limits::READ_BYTES`], but at least one if there is one (and `limit` is not 0).
    fn read(&self, log: &str, after: Position, limit: usize) -> Result<Vec<Record>, LogError>;

    /// The position of the last durable record; 0 if there is none.
    fn end(&self, log: &str) -> Result<Position, LogError>;

    /// How far `follower` has come; 0 if it never said.
    fn cursor(&self, log: &str, follower: &str) -> Result<Position, LogError>;

    /// Notes how far `follower` has come, forward or back, without waiting for the disk to write it.
    ///
    /// What is noted is read back immediately, but it becomes durable only with a later commit, at most
    /// [`limits::CURSOR_DELAY`] after it was set (if the disk works). A crash may take the follower back that
    /// far, so followers repeat their effects with the record's position as idempotency key. A store that is
    /// dropped writes all cursors first.
    ///
    /// A follower's name has 1 to [`limits::NAME_BYTES_MAX`] bytes of ASCII letters, digits and `-_=./:`.
    fn set_cursor(&self, log: &str, follower: &str, position: Position) -> Result<(), LogError>;

    /// Saves a snapshot and returns when it is durable. It and the next older one are kept, all others of the
    /// log are removed: older ones, and newer ones, which are left over from before a backup was restored.
    fn save_snapshot(&self, log: &str, snapshot: &Snapshot) -> Result<(), LogError>;

    /// The newest snapshot that is whole and belongs to this very log; on any doubt an older one, or none.
    fn snapshot(&self, log: &str) -> Result<Option<Snapshot>, LogError>;
}

/// Sizes that every backend keeps to.
pub mod limits {
    use std::time::Duration;

    /// The largest record, in bytes (also what a NATS server takes as one message by default).
    pub const RECORD_BYTES_MAX: usize = 1 << 20;
    /// The largest append, in bytes over all its records.
    pub const APPEND_BYTES_MAX: usize = 64 << 20;
    /// Bytes waiting to be written, over all logs, beyond which appends are refused as unavailable.
    pub const QUEUE_BYTES_MAX: usize = 256 << 20;
    /// Where a read stops, in bytes: with the record that reaches this size.
    pub const READ_BYTES: usize = 4 << 20;
    /// The longest name of a log or follower, in bytes.
    pub const NAME_BYTES_MAX: usize = 128;
    /// How long a cursor may wait for a commit.
    pub const CURSOR_DELAY: Duration = Duration::from_millis(250);
}

/// Checks a log's name. The characters are those that file names and NATS stream names share.
pub(crate) fn check_log_name(name: &str) -> Result<(), LogError> {
    check_name("log", name, "-_")
}

/// Checks a follower's name.
pub(crate) fn check_follower_name(name: &str) -> Result<(), LogError> {
    check_name("follower", name, "-_=./:")
}

fn check_name(what: &'static str, name: &str, signs: &str) -> Result<(), LogError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || signs.contains(c);
    if (1..=limits::NAME_BYTES_MAX).contains(&name.len()) && name.chars().all(allowed) {
        return Ok(());
    }
    Err(LogError::BadName { what, name: name.chars().take(limits::NAME_BYTES_MAX).collect() })
}

/// Checks sizes before anything is queued; returns the bytes in all.
pub(crate) fn check_sizes(records: &[Vec<u8>]) -> Result<usize, LogError> {
    let mut bytes = 0;
    for record in records {
        if record.len() > limits::RECORD_BYTES_MAX {
            let limit = limits::RECORD_BYTES_MAX;
            return Err(LogError::TooLarge { what: "record", bytes: record.len(), limit });
        }
        bytes += record.len();
    }
    if bytes > limits::APPEND_BYTES_MAX {
        return Err(LogError::TooLarge { what: "append", bytes, limit: limits::APPEND_BYTES_MAX });
    }
    Ok(bytes)
}

/// What an append needs to be true of its log.
pub(crate) struct Wanted<'a> {
    pub(crate) log: &'a Arc<str>,
    pub(crate) epoch: u64,
    pub(crate) after: Position,
}

impl Wanted<'_> {
    /// Checks it against the log's newest claim and end, and against the claim of which an append failed.
    pub(crate) fn check(
        &self,
        epoch: u64,
        end: Position,
        spent: Option<u64>,
    ) -> Result<(), LogError> {
        let log = || Arc::clone(self.log);
        if self.epoch != epoch {
            return Err(LogError::Fenced { log: log(), epoch: self.epoch, current: epoch });
        }
        if spent == Some(epoch) {
            return Err(LogError::ClaimSpent { log: log() });
        }
        if self.after != end {
            return Err(LogError::Conflict { log: log(), expected: self.after, actual: end });
        }
        Ok(())
    }
}
