//! A store in memory for tests, which fails where it is told to.
//!
//! It runs no thread: an append is carried out, and answered, before `append` returns. So a test that uses
//! it is as deterministic as its own threads.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::answer::Answer;
use crate::log::{Wanted, check_follower_name, check_log_name, check_sizes};
use crate::{Claim, Done, LogError, Position, Record, Snapshot, Store, limits};

/// What goes wrong, and when. Appends are counted over all logs from when the faults were set, from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Faults {
    /// This append is refused with [`LogError::Unavailable`], as by a full disk.
    pub fail_append_at: Option<u64>,
    /// Appends after this one are neither durable nor answered: the disk hangs. They are carried out when
    /// other faults are set, or answered with [`LogError::Unavailable`] by a crash. `Some(0)` hangs at once.
    pub lose_after: Option<u64>,
    /// A crash leaves this many records of the oldest unanswered append behind, although nobody was told:
    /// a write that was under way. SQLite never tears an append (it is there whole, or not), a replicated
    /// log that takes one message at a time can.
    pub torn: usize,
}

/// Logs in memory, with injected faults. See [`Faults`].
#[derive(Default)]
pub struct MemoryStore {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    logs: BTreeMap<Arc<str>, Log>,
    faults: Faults,
    /// Appends begun since the faults were set.
    appends: u64,
    /// Appends that a hanging disk holds back, oldest first.
    held: VecDeque<Append>,
    /// Answers to give once the lock is released, oldest first.
    answers: VecDeque<(Answer, Result<Position, LogError>)>,
    /// Some thread is giving answers, and will give those added meanwhile.
    answering: bool,
    crashed: bool,
}

#[derive(Default, Clone)]
struct Log {
    epoch: u64,
    /// The newest epoch of which an append has failed.
    spent: Option<u64>,
    records: Vec<Vec<u8>>,
    /// What a crash leaves of the cursors.
    cursors: BTreeMap<String, Position>,
    /// Set since the last durable append.
    cursors_set: BTreeMap<String, Position>,
    /// By position; at most two. `None` is one whose bytes were damaged.
    snapshots: BTreeMap<Position, Option<Snapshot>>,
}

struct Append {
    log: Arc<str>,
    epoch: u64,
    after: Position,
    records: Vec<Vec<u8>>,
    answer: Answer,
}

impl MemoryStore {
    /// An empty store without faults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the faults and starts counting anew. Appends held back so far are carried out under them.
    pub fn set_faults(&self, faults: Faults) {
        let mut inner = self.lock();
        inner.faults = faults;
        inner.appends = 0;
        for append in std::mem::take(&mut inner.held) {
            inner.begin(append);
        }
        self.answer(inner);
    }

    /// How many appends wait for a hanging disk.
    pub fn held(&self) -> usize {
        self.lock().held.len()
    }

    /// Ends this store as a power cut would, and returns what a restart sees: acknowledged records, snapshots,
    /// cursors up to the last durable append, and no faults. Every later use of this store is `Unavailable`.
    pub fn crash(&self) -> Self {
        let mut inner = self.lock();
        let mut logs = inner.logs.clone();
        for log in logs.values_mut() {
            log.cursors_set.clear();
        }
        if let Some(append) = inner.held.front()
            && let Some(log) = logs.get_mut(&append.log)
            && log.check(append).is_ok()
        {
            log.records.extend(append.records.iter().take(inner.faults.torn).cloned());
        }
        inner.crashed = true;
        for append in std::mem::take(&mut inner.held) {
            inner.answers.push_back((append.answer, Err(crashed())));
        }
        self.answer(inner);
        Self { inner: Mutex::new(Inner { logs, ..Inner::default() }) }
    }

    /// Damages the newest snapshot of `log`, so that it is not found any more.
    pub fn damage_snapshot(&self, log: &str) {
        if let Some(log) = self.lock().logs.get_mut(log)
            && let Some(mut newest) = log.snapshots.last_entry()
        {
            newest.insert(None);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("nothing panics while it holds the lock")
    }

    fn live(&self) -> Result<MutexGuard<'_, Inner>, LogError> {
        let inner = self.lock();
        if inner.crashed { Err(crashed()) } else { Ok(inner) }
    }

    /// Gives the answers without the lock, so that they may use the store, and in order also when an answer
    /// or another thread adds more meanwhile.
    fn answer<'a>(&'a self, mut inner: MutexGuard<'a, Inner>) {
        if inner.answering {
            return;
        }
        while let Some((answer, result)) = inner.answers.pop_front() {
            inner.answering = true;
            drop(inner);
            answer.give(result);
            inner = self.lock();
            inner.answering = false;
        }
    }
}

fn crashed() -> LogError {
    LogError::Unavailable("the store has crashed".to_owned())
}

impl Inner {
    fn begin(&mut self, append: Append) {
        self.appends += 1;
        if self.faults.lose_after.is_some_and(|last| self.appends > last) {
            self.held.push_back(append);
            return;
        }
        let fails = self.faults.fail_append_at == Some(self.appends);
        let result = match self.logs.get_mut(&append.log) {
            Some(log) => log.carry_out(&append, fails),
            None => Err(LogError::UnknownLog { log: Arc::clone(&append.log) }),
        };
        self.answers.push_back((append.answer, result));
    }

    fn log(&self, name: &str) -> Option<&Log> {
        self.logs.get(name)
    }

    /// The log, if it has reached `position`.
    fn log_at(&mut self, name: &str, position: Position) -> Result<&mut Log, LogError> {
        let Some(log) = self.logs.get_mut(name) else {
            return Err(LogError::UnknownLog { log: name.into() });
        };
        let end = log.end();
        if position > end {
            return Err(LogError::PastEnd { log: name.into(), position, end });
        }
        Ok(log)
    }
}

impl Log {
    fn end(&self) -> Position {
        self.records.len() as Position
    }

    fn carry_out(&mut self, append: &Append, fails: bool) -> Result<Position, LogError> {
        let injected = || LogError::Unavailable("injected fault".to_owned());
        let checked =
            self.check(append).and_then(|()| if fails { Err(injected()) } else { Ok(()) });
        if let Err(error) = checked {
            self.spent = self.spent.max(Some(append.epoch));
            return Err(error);
        }
        self.records.extend(append.records.iter().cloned());
        self.cursors.append(&mut self.cursors_set);
        Ok(self.end())
    }

    fn check(&self, append: &Append) -> Result<(), LogError> {
        let wanted = Wanted { log: &append.log, epoch: append.epoch, after: append.after };
        wanted.check(self.epoch, self.end(), self.spent)?;
        check_sizes(&append.records).map(drop)
    }
}

impl Store for MemoryStore {
    fn logs(&self) -> Result<Vec<String>, LogError> {
        Ok(self.live()?.logs.keys().map(|name| name.to_string()).collect())
    }

    /// Does not wait for appends that a hanging disk holds back; they will find themselves fenced.
    fn claim(&self, log: &str) -> Result<Claim, LogError> {
        check_log_name(log)?;
        let name: Arc<str> = log.into();
        let mut inner = self.live()?;
        let log = inner.logs.entry(Arc::clone(&name)).or_default();
        log.epoch += 1;
        Ok(Claim::new(name, log.epoch, log.end()))
    }

    fn append(&self, claim: &Claim, after: Position, records: Vec<Vec<u8>>, done: Done) {
        let (log, epoch) = (Arc::clone(claim.log()), claim.epoch());
        let answer = Answer::new(done);
        let mut inner = self.lock();
        if inner.crashed {
            inner.answers.push_back((answer, Err(crashed())));
        } else {
            inner.begin(Append { log, epoch, after, records, answer });
        }
        self.answer(inner);
    }

    fn read(&self, log: &str, after: Position, limit: usize) -> Result<Vec<Record>, LogError> {
        let inner = self.live()?;
        let Some(log) = inner.log(log) else { return Ok(Vec::new()) };
        let mut read = Vec::new();
        let mut bytes = 0;
        for position in after.saturating_add(1)..=log.end() {
            if read.len() == limit || bytes >= limits::READ_BYTES {
                break;
            }
            let record = log.records[(position - 1) as usize].clone();
            bytes += record.len();
            read.push(Record { position, bytes: record });
        }
        Ok(read)
    }

    fn end(&self, log: &str) -> Result<Position, LogError> {
        Ok(self.live()?.log(log).map_or(0, Log::end))
    }

    fn cursor(&self, log: &str, follower: &str) -> Result<Position, LogError> {
        let inner = self.live()?;
        let Some(log) = inner.log(log) else { return Ok(0) };
        let set = log.cursors_set.get(follower);
        Ok(set.or_else(|| log.cursors.get(follower)).copied().unwrap_or(0))
    }

    fn set_cursor(&self, log: &str, follower: &str, position: Position) -> Result<(), LogError> {
        check_follower_name(follower)?;
        let mut inner = self.live()?;
        inner.log_at(log, position)?.cursors_set.insert(follower.to_owned(), position);
        Ok(())
    }

    fn save_snapshot(&self, log: &str, snapshot: &Snapshot) -> Result<(), LogError> {
        let mut inner = self.live()?;
        let log = inner.log_at(log, snapshot.position)?;
        // Those from here on are of another history, or this one replaces them.
        log.snapshots.split_off(&snapshot.position);
        log.snapshots.insert(snapshot.position, Some(snapshot.clone()));
        while log.snapshots.len() > 2 {
            log.snapshots.pop_first();
        }
        Ok(())
    }

    fn snapshot(&self, log: &str) -> Result<Option<Snapshot>, LogError> {
        let inner = self.live()?;
        Ok(inner.log(log).and_then(|log| log.snapshots.values().rev().flatten().next().cloned()))
    }
}
