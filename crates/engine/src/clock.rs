//! The shell's clock: the only place that knows what time it is.

use std::{
    fmt,
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use model::Timestamp;

use crate::shard::Inbox;

/// How long a shard sleeps at most before it looks at the wall clock again: somebody may have set it.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    Wall,
    /// Time that passes only when told to.
    Manual(ManualClock),
}

impl Clock {
    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::Wall => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
            }
            Self::Manual(clock) => clock.now(),
        }
    }

    /// Lets this inbox's shard look again whenever the time was set.
    pub(crate) fn wakes(&self, inbox: &Arc<Inbox>) {
        if let Self::Manual(clock) = self {
            clock.lock().push(Arc::downgrade(inbox));
        }
    }
}

/// A clock that stands still until it is set. Clones show the same time.
#[derive(Clone)]
pub struct ManualClock(Arc<Hands>);

struct Hands {
    now: AtomicU64,
    sleepers: Mutex<Vec<Weak<Inbox>>>,
}

impl ManualClock {
    /// A clock that shows `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self(Arc::new(Hands { now: AtomicU64::new(now.0), sleepers: Mutex::default() }))
    }

    /// The time it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp(self.0.now.load(Ordering::Acquire))
    }

    /// Sets the time, forward or back, and wakes whoever sleeps until then.
    pub fn set(&self, now: Timestamp) {
        self.0.now.store(now.0, Ordering::Release);
        self.lock().retain(|inbox| match inbox.upgrade() {
            Some(inbox) => {
                inbox.ring();
                true
            }
            None => false,
        });
    }

    /// Lets `ms` milliseconds pass.
    pub fn advance(&self, ms: u64) {
        self.set(self.now().plus(ms));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Weak<Inbox>>> {
        self.0.sleepers.lock().expect("nothing panics while it holds the lock")
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ManualClock({})", self.now().0)
    }
}

/// A shard's time. It never goes back: when the clock is set back, time passes on from where it was.
pub(crate) struct Ticker {
    clock: Clock,
    last: Timestamp,
    read: Instant,
}

impl Ticker {
    /// Time that goes on from `last`, the time of the log's last record.
    pub(crate) fn new(clock: Clock, last: Timestamp) -> Self {
        Self { clock, last, read: Instant::now() }
    }

    /// The time now, in the shard.
    pub(crate) fn tick(&mut self) -> Timestamp {
        let shown = self.clock.now();
        if shown >= self.last || matches!(self.clock, Clock::Manual(_)) {
            self.last = self.last.max(shown);
            self.read = Instant::now();
            return self.last;
        }
        // The clock was set back. Whole milliseconds only, so that many readings lose nothing.
        let passed = self.read.elapsed().as_millis();
        let passed = u64::try_from(passed).unwrap_or(u64::MAX);
        self.last = self.last.plus(passed);
        self.read += Duration::from_millis(passed);
        self.last
    }

    /// How long to sleep until `due`; `None` until somebody rings.
    pub(crate) fn sleep(&mut self, due: Option<Timestamp>) -> Option<Duration> {
        let due = due?;
        match self.clock {
            Clock::Wall => Some(Duration::from_millis(due.since(self.tick())).min(LOOK_AGAIN)),
            Clock::Manual(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_keeps_its_time_when_the_clock_is_set_back() {
        let clock = ManualClock::new(Timestamp(1_000));
        let mut ticker = Ticker::new(Clock::Manual(clock.clone()), Timestamp(500));
        assert_eq!(ticker.tick(), Timestamp(1_000));
        clock.set(Timestamp(10));
        assert_eq!(ticker.tick(), Timestamp(1_000));
        clock.set(Timestamp(1_001));
        assert_eq!(ticker.tick(), Timestamp(1_001));
    }

    #[test]
    fn time_passes_although_the_wall_clock_is_behind() {
        let ahead = Clock::Wall.now().plus(3_600_000);
        let mut ticker = Ticker::new(Clock::Wall, ahead);
        ticker.read = Instant::now() - Duration::from_millis(50);
        let now = ticker.tick();
        assert!(now >= ahead.plus(50) && now < ahead.plus(3_600_000), "{now:?}");
        assert!(ticker.tick() >= now);
    }
}
