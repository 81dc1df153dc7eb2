//! Where requests, queries and the log's answers wait for a shard's thread.

use std::{
    collections::VecDeque,
    mem,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use eventlog::{LogError, Position};
use kernel::State;
use model::{Rejection, command::Request};

use crate::Committed;

/// How many requests and queries wait at most; more are turned away, to be retried.
pub(crate) const INBOX_MAX: usize = 8_192;

/// Somebody's look at a state as of a position, and what comes of it.
pub(crate) type Item = Box<dyn FnOnce(&State, Position) -> Wanted + Send>;

/// A reply whose time has come. Dropped instead, its client hears "unavailable".
pub(crate) type Release = Box<dyn FnOnce() + Send>;

/// A reply to a request whose time has come. Dropped instead, its client hears "unavailable".
pub(crate) type Executed = Box<dyn FnOnce(Result<Committed, Rejection>) + Send>;

/// What somebody wants who has looked at the state.
pub(crate) enum Wanted {
    /// Execute this; what it did is told when it is durable.
    Execute(Request, Executed),
    /// Nothing more; what was seen is told when it is durable.
    Answer(Release),
}

/// What the log said to an append.
pub(crate) struct Answer {
    /// Which of the tenant's shards, counted over rebuilds, made the append.
    pub(crate) life: u64,
    pub(crate) result: Result<Position, LogError>,
}

/// How a shard is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// Everything taken in is answered and a snapshot saved.
    Orderly,
    /// At once: nobody is interested any more.
    Abandoned,
}

/// What a shard's thread takes out.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) items: Vec<Item>,
    pub(crate) answers: VecDeque<Answer>,
    pub(crate) ending: Option<Ending>,
}

/// One tenant's inbox. It outlives the shards that empty it.
#[derive(Default)]
pub(crate) struct Inbox {
    queue: Mutex<Queue>,
    bell: Condvar,
}

#[derive(Default)]
struct Queue {
    open: bool,
    ending: Option<Ending>,
    items: VecDeque<Item>,
    answers: VecDeque<Answer>,
    /// Somebody wants the thread to look up, whatever there is.
    rung: bool,
    /// The thread sleeps and must be woken: by answers, a ring, or so many items.
    asleep: Option<usize>,
}

/// The shard is not up, or has more to do than it can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TurnedAway;

impl Inbox {
    /// Adds a request or a query.
    pub(crate) fn push(&self, item: Item) -> Result<(), TurnedAway> {
        let mut queue = self.lock();
        if !queue.open || queue.ending.is_some() || queue.items.len() >= INBOX_MAX {
            return Err(TurnedAway);
        }
        queue.items.push_back(item);
        if queue.asleep.is_some_and(|enough| queue.items.len() >= enough) {
            self.wake(queue);
        }
        Ok(())
    }

    /// Adds the log's answer to an append.
    pub(crate) fn answer(&self, answer: Answer) {
        let mut queue = self.lock();
        queue.answers.push_back(answer);
        self.wake(queue);
    }

    /// Lets the thread look at the clock.
    pub(crate) fn ring(&self) {
        let mut queue = self.lock();
        queue.rung = true;
        self.wake(queue);
    }

    /// Asks the shard to end. Nothing more is taken in.
    pub(crate) fn end(&self, ending: Ending) {
        let mut queue = self.lock();
        queue.ending = queue.ending.max(Some(ending));
        queue.rung = true;
        self.wake(queue);
    }

    /// Lets requests in, from now on.
    pub(crate) fn open(&self) {
        self.lock().open = true;
    }

    /// Keeps requests out, and drops those that wait. Says how many.
    pub(crate) fn shut(&self) -> usize {
        let mut queue = self.lock();
        queue.open = false;
        let dropped = mem::take(&mut queue.items);
        drop(queue);
        dropped.len()
    }

    /// How many requests and queries wait.
    pub(crate) fn waiting(&self) -> usize {
        self.lock().items.len()
    }

    /// Waits until there are `min` items, an answer or a ring, at most for `patience`; takes all answers, and
    /// at most `max` items if there are `min`.
    pub(crate) fn take(&self, min: usize, max: usize, patience: Option<Duration>) -> Taken {
        let mut queue = self.sleep(min, patience, |queue| {
            queue.rung || !queue.answers.is_empty() || queue.items.len() >= min
        });
        queue.rung = false;
        let waiting = queue.items.len();
        let count = if waiting >= min { max.min(waiting) } else { 0 };
        Taken {
            items: queue.items.drain(..count).collect(),
            answers: mem::take(&mut queue.answers),
            ending: queue.ending,
        }
    }

    /// Waits for `patience`, or until the shard is asked to end.
    pub(crate) fn pause(&self, patience: Option<Duration>) -> Option<Ending> {
        self.sleep(usize::MAX, patience, |queue| queue.ending.is_some()).ending
    }

    /// How the shard is to end, if it is.
    pub(crate) fn ending(&self) -> Option<Ending> {
        self.lock().ending
    }

    fn sleep(
        &self,
        items: usize,
        patience: Option<Duration>,
        enough: impl Fn(&Queue) -> bool,
    ) -> MutexGuard<'_, Queue> {
        let until = patience.map(|patience| Instant::now() + patience);
        let mut queue = self.lock();
        while !enough(&queue) {
            queue.asleep = Some(items);
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            queue = match left {
                Some(Duration::ZERO) => break,
                Some(left) => {
                    self.bell.wait_timeout(queue, left).unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.bell.wait(queue).unwrap_or_else(PoisonError::into_inner),
            };
        }
        queue.asleep = None;
        queue
    }

    fn wake(&self, mut queue: MutexGuard<'_, Queue>) {
        let asleep = queue.asleep.take();
        drop(queue);
        if asleep.is_some() {
            self.bell.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
