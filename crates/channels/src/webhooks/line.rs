//! What one webhook still has to send, and when: pure, time is passed in as milliseconds since 1970.
//!
//! One request is under way per key, an interaction or an agent, and a key's events go out in order: one
//! that fails holds up those after it, and nobody else's.

use std::collections::{BTreeMap, BTreeSet};

use model::time::Millis;
use serde::{Deserialize, Serialize};

/// Events taken in and not settled. At this many, nothing more is taken in.
const WAITING_MAX: usize = 1_000;
/// Requests under way at the same time.
const BUSY_MAX: usize = 8;
/// The first delay; each one is twice the one before.
const DELAY_MS: Millis = 1_000;
/// The longest delay.
const DELAY_MS_MAX: Millis = 60 * 60 * 1_000;
/// After what time an event is given up.
const GIVE_UP_MS: Millis = 72 * 60 * 60 * 1_000;

/// What is to be sent: something that was given up and is tried again, or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Item {
    /// A dead letter, by its number.
    Dead(u64),
    /// An event, by its number in the stream.
    Event(u64),
}

/// One request to be made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) item: Item,
    /// How often it was tried before.
    pub(super) retry: u32,
}

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is done with.
    Settled,
    /// It is tried again.
    Again,
    /// It is given up.
    Dead,
}

/// What one webhook still has to send.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The last event taken in or passed over.
    read: u64,
    waiting: BTreeMap<Item, Waiting>,
    keys: BTreeMap<u64, Key>,
    /// When the first item of each key that is not busy is due.
    due: BTreeSet<(Millis, Item)>,
    busy: usize,
}

/// What of a line outlives the process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Saved {
    read: u64,
    waiting: Vec<(Item, Waiting)>,
}

impl Saved {
    /// How many items wait, those under way included.
    pub(super) fn pending(&self) -> usize {
        self.waiting.len()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Waiting {
    key: u64,
    retry: u32,
    /// When it is given up.
    until: Millis,
    due: Millis,
}

#[derive(Debug, Default)]
struct Key {
    items: BTreeSet<Item>,
    busy: bool,
}

impl Line {
    /// A line that has seen everything up to `read`.
    pub(super) fn new(read: u64) -> Self {
        Self { read, ..Self::default() }
    }

    pub(super) fn restore(saved: Saved) -> Self {
        let mut line = Self::new(saved.read);
        for (item, waiting) in saved.waiting {
            line.add(item, waiting);
        }
        line
    }

    /// What is under way counts as waiting: it is sent again after a restart.
    pub(super) fn saved(&self) -> Saved {
        let waiting = self.waiting.iter().map(|(item, waiting)| (*item, *waiting)).collect();
        Saved { read: self.read, waiting }
    }

    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// How many events it would take in now.
    pub(super) fn room(&self) -> usize {
        WAITING_MAX.saturating_sub(self.waiting.len())
    }

    /// Takes in an event that happened at `at`.
    pub(super) fn take_in(&mut self, seq: u64, key: u64, at: Millis) {
        if seq > self.read {
            self.read = seq;
            let until = at.saturating_add(GIVE_UP_MS);
            self.add(Item::Event(seq), Waiting { key, retry: 0, until, due: 0 });
        }
    }

    /// Everything up to `seq` that was not taken in is not to be sent.
    pub(super) fn pass(&mut self, seq: u64) {
        self.read = self.read.max(seq);
    }

    /// Takes in a dead letter.
    pub(super) fn revive(&mut self, number: u64, key: u64, now: Millis) {
        let item = Item::Dead(number);
        if !self.waiting.contains_key(&item) {
            let until = now.saturating_add(GIVE_UP_MS);
            self.add(item, Waiting { key, retry: 0, until, due: 0 });
        }
    }

    /// The requests to be made now. Each is answered by [`done`](Self::done).
    pub(super) fn next(&mut self, now: Millis) -> Vec<Job> {
        let mut jobs = Vec::new();
        while let Some((due, item)) = self.due.first().copied() {
            if due > now || self.busy >= BUSY_MAX {
                break;
            }
            let Waiting { key, retry, .. } = self.waiting[&item];
            self.due.pop_first();
            self.keys.get_mut(&key).expect("its items are indexed").busy = true;
            self.busy += 1;
            jobs.push(Job { item, retry });
        }
        jobs
    }

    /// A request came back; `ok` says whether it did what it should.
    pub(super) fn done(&mut self, item: Item, ok: bool, now: Millis) -> Fate {
        let Some(waiting) = self.waiting.get_mut(&item) else { return Fate::Settled };
        let key = waiting.key;
        self.busy -= 1;
        self.keys.get_mut(&key).expect("its items are indexed").busy = false;
        let fate = if ok {
            Fate::Settled
        } else if now >= waiting.until {
            Fate::Dead
        } else {
            let delay = DELAY_MS.checked_shl(waiting.retry).unwrap_or(DELAY_MS_MAX);
            waiting.due = now.saturating_add(delay.min(DELAY_MS_MAX)).min(waiting.until);
            waiting.retry = waiting.retry.saturating_add(1);
            Fate::Again
        };
        if fate != Fate::Again {
            self.waiting.remove(&item);
            self.keys.get_mut(&key).expect("its items are indexed").items.remove(&item);
        }
        self.refresh(key);
        fate
    }

    /// A request was not made after all, or not to the end.
    pub(super) fn put_back(&mut self, item: Item) {
        if let Some(Waiting { key, .. }) = self.waiting.get(&item).copied() {
            self.busy -= 1;
            self.keys.get_mut(&key).expect("its items are indexed").busy = false;
            self.refresh(key);
        }
    }

    /// When there is something to do although nothing happens; `None` also when as many requests are under
    /// way as can be.
    pub(super) fn wakeup(&self) -> Option<Millis> {
        let first = self.due.first().map(|(due, _)| *due);
        first.filter(|_| self.busy < BUSY_MAX)
    }

    fn add(&mut self, item: Item, waiting: Waiting) {
        self.waiting.insert(item, waiting);
        let key = self.keys.entry(waiting.key).or_default();
        if let Some(first) = key.items.first() {
            // Something older may have come before it.
            self.due.remove(&(self.waiting[first].due, *first));
        }
        key.items.insert(item);
        self.refresh(waiting.key);
    }

    /// Notes when the key's first item is due, or forgets the key.
    fn refresh(&mut self, key: u64) {
        let Some(Key { items, busy }) = self.keys.get(&key) else { return };
        match items.first() {
            Some(first) if !busy => _ = self.due.insert((self.waiting[first].due, *first)),
            Some(_) => {}
            None => _ = self.keys.remove(&key),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: Millis = 60 * 60 * 1_000;

    fn items(jobs: &[Job]) -> Vec<Item> {
        jobs.iter().map(|job| job.item).collect()
    }

    #[test]
    fn a_failure_holds_up_its_own_key_only() {
        let mut line = Line::new(0);
        for (seq, key) in [(1, 7), (2, 8), (3, 7)] {
            line.take_in(seq, key, 0);
        }
        assert_eq!(items(&line.next(0)), [Item::Event(1), Item::Event(2)]);
        assert_eq!(line.done(Item::Event(1), false, 10), Fate::Again);
        assert_eq!(line.done(Item::Event(2), true, 10), Fate::Settled);
        assert_eq!(line.next(1_009), []);
        assert_eq!(line.wakeup(), Some(1_010));
        assert_eq!(line.next(1_010), [Job { item: Item::Event(1), retry: 1 }]);
        assert_eq!(line.done(Item::Event(1), true, 1_020), Fate::Settled);
        assert_eq!(items(&line.next(1_020)), [Item::Event(3)]);
    }

    #[test]
    fn delays_double_up_to_an_hour_and_after_three_days_it_is_over() {
        let mut line = Line::new(0);
        line.take_in(1, 0, 0);
        let (mut now, mut delays) = (0, Vec::new());
        let fate = loop {
            assert_eq!(line.next(now).len(), 1);
            let fate = line.done(Item::Event(1), false, now);
            let Some(due) = line.wakeup() else { break fate };
            delays.push(due - now);
            now = due;
        };
        assert_eq!(fate, Fate::Dead);
        assert_eq!(now, 72 * HOUR, "tried a last time when the time is over");
        assert_eq!(delays[..5], [1_000, 2_000, 4_000, 8_000, 16_000]);
        assert_eq!(delays[12], HOUR);
        // Old news is tried once.
        line.take_in(2, 0, 0);
        assert_eq!(line.next(now + 1).len(), 1);
        assert_eq!(line.done(Item::Event(2), false, now + 1), Fate::Dead);
    }

    #[test]
    fn what_was_given_up_comes_before_what_is_new() {
        let mut line = Line::new(0);
        line.take_in(1, 7, 0);
        line.revive(3, 7, 0);
        line.revive(3, 7, 0);
        assert_eq!(items(&line.next(0)), [Item::Dead(3)]);
        assert_eq!(line.done(Item::Dead(3), true, 0), Fate::Settled);
        assert_eq!(items(&line.next(0)), [Item::Event(1)]);
    }

    #[derive(Clone, Debug)]
    enum Step {
        Take,
        Revive(u64),
        Done(usize, bool),
        PutBack(usize),
        Pass(u64),
        Restart,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            4 => Just(Step::Take),
            1 => (0..20_u64).prop_map(Step::Revive),
            4 => (any::<usize>(), any::<bool>()).prop_map(|(n, ok)| Step::Done(n, ok)),
            1 => any::<usize>().prop_map(Step::PutBack),
            3 => (0..5_000_u64).prop_map(Step::Pass),
            1 => Just(Step::Restart),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

        #[test]
        fn nothing_is_lost_and_order_is_kept(steps in prop::collection::vec(step(), 1..200)) {
            let (mut line, mut now, mut taken) = (Line::new(0), 0, 0);
            let mut busy: Vec<Item> = Vec::new();
            let mut sent: Vec<u64> = Vec::new();
            let key = |item: Item| match item { Item::Dead(n) | Item::Event(n) => n % 3 };
            for step in steps {
                match step {
                    Step::Take => {
                        taken += 1;
                        line.take_in(taken, taken % 3, now);
                    }
                    Step::Revive(number) => line.revive(number, number % 3, now),
                    Step::Done(n, ok) if !busy.is_empty() => {
                        let item = busy.swap_remove(n % busy.len());
                        line.done(item, ok, now);
                        if let (Item::Event(seq), true) = (item, ok) {
                            sent.push(seq);
                        }
                    }
                    Step::PutBack(n) if !busy.is_empty() => {
                        let at = n % busy.len();
                        line.put_back(busy.swap_remove(at));
                    }
                    Step::Done(..) | Step::PutBack(_) => {}
                    Step::Pass(ms) => now += ms,
                    Step::Restart => {
                        busy.clear();
                        line = Line::restore(line.saved());
                    }
                }
                for Job { item, .. } in line.next(now) {
                    prop_assert!(busy.iter().all(|other| key(*other) != key(item)), "one per key");
                    busy.push(item);
                }
                prop_assert!(busy.len() <= BUSY_MAX && line.busy == busy.len());
            }
            // Whoever waits is served in the end.
            for item in std::mem::take(&mut busy) {
                line.put_back(item);
            }
            while !line.waiting.is_empty() {
                now += HOUR;
                for Job { item, .. } in line.next(now) {
                    prop_assert_eq!(line.done(item, true, now), Fate::Settled);
                    if let Item::Event(seq) = item {
                        sent.push(seq);
                    }
                }
            }
            for key in 0..3 {
                let of_key: Vec<_> = sent.iter().copied().filter(|seq| seq % 3 == key).collect();
                let expected: Vec<_> = (1..=taken).filter(|seq| seq % 3 == key).collect();
                prop_assert_eq!(of_key, expected);
            }
            prop_assert!(line.keys.is_empty() && line.due.is_empty() && line.busy == 0);
        }
    }
}
