//! Sliding windows: at most so many in the time just past, counted exactly.

use std::{
    borrow::Borrow,
    collections::{HashMap, VecDeque},
    hash::Hash,
    time::{Duration, Instant},
};

/// Keys remembered at once; those whose window is empty give way, then any.
const KEYS_MAX: usize = 10_000;

/// Counts per key what happened within a window of time.
#[derive(Debug)]
pub(crate) struct Windows<K> {
    span: Duration,
    counted: HashMap<K, VecDeque<Instant>>,
}

/// What a window has to say about one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    /// How many fit into one window.
    pub(crate) limit: usize,
    /// How many more fit now, this one counted.
    pub(crate) remaining: usize,
    /// When there is room for the next, if there is none now; otherwise when all of it is free again.
    pub(crate) reset: Duration,
    /// Whether this one was let in.
    pub(crate) admitted: bool,
}

impl<K: Hash + Eq + Clone> Windows<K> {
    /// Windows of this length.
    pub(crate) fn new(span: Duration) -> Self {
        Self { span, counted: HashMap::new() }
    }

    /// Counts one more, unless `limit` are counted already.
    pub(crate) fn admit(&mut self, key: &K, limit: usize, now: Instant) -> Room {
        let span = self.span;
        let times = self.times(key);
        forget_old(times, span, now);
        let admitted = times.len() < limit;
        if admitted {
            times.push_back(now);
        }
        let free_at = |time: Option<&Instant>| {
            time.map_or(span, |time| (*time + span).saturating_duration_since(now))
        };
        // The one whose going makes room: the oldest, unless the limit was lowered meanwhile.
        let next = times.get(times.len().saturating_sub(limit));
        let reset = if admitted { free_at(times.back()) } else { free_at(next) };
        Room { limit, remaining: limit.saturating_sub(times.len()), reset, admitted }
    }

    /// Takes back the newest one counted: it turned out not to count.
    pub(crate) fn take_back<Q: Hash + Eq + ?Sized>(&mut self, key: &Q)
    where
        K: Borrow<Q>,
    {
        if let Some(times) = self.counted.get_mut(key) {
            times.pop_back();
            if times.is_empty() {
                self.counted.remove(key);
            }
        }
    }

    fn times(&mut self, key: &K) -> &mut VecDeque<Instant> {
        if !self.counted.contains_key(key) && self.counted.len() >= KEYS_MAX {
            self.make_room();
        }
        self.counted.entry(key.clone()).or_default()
    }

    /// Whoever was counted longest ago is forgotten: half of all keys, so that this is rare.
    fn make_room(&mut self) {
        let mut last: Vec<Instant> =
            self.counted.values().filter_map(|times| times.back().copied()).collect();
        last.sort_unstable();
        let middle = last.get(last.len() / 2).copied();
        self.counted.retain(|_, times| times.back().copied() > middle);
    }
}

fn forget_old(times: &mut VecDeque<Instant>, span: Duration, now: Instant) {
    while times.front().is_some_and(|time| now.saturating_duration_since(*time) >= span) {
        times.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn the_window_slides() {
        let mut windows = Windows::new(MINUTE);
        let start = Instant::now();
        let at = |s: u64| start + Duration::from_secs(s);
        for n in 0..3 {
            let room = windows.admit(&"acme", 3, at(n * 10));
            assert!(room.admitted);
            assert_eq!(room.remaining, 2 - n as usize);
        }
        let refused = windows.admit(&"acme", 3, at(30));
        let reset = Duration::from_secs(30);
        assert_eq!(refused, Room { limit: 3, remaining: 0, reset, admitted: false });
        assert!(!windows.admit(&"acme", 3, at(59)).admitted, "a refused one does not count");
        assert!(windows.admit(&"acme", 3, at(60)).admitted);
        assert!(!windows.admit(&"acme", 3, at(69)).admitted);
        assert!(windows.admit(&"other", 3, at(69)).admitted);
    }

    #[test]
    fn a_lowered_limit_holds_at_once() {
        let mut windows = Windows::new(MINUTE);
        let start = Instant::now();
        for n in 0..5 {
            assert!(windows.admit(&1, 5, start + Duration::from_secs(n)).admitted);
        }
        let refused = windows.admit(&1, 2, start + Duration::from_secs(10));
        assert!(!refused.admitted);
        assert_eq!(refused.reset, Duration::from_secs(53), "when the last but one is gone");
        assert!(!windows.admit(&1, 0, start + 2 * MINUTE).admitted);
    }

    #[test]
    fn memory_is_bounded() {
        let mut windows = Windows::new(MINUTE);
        let start = Instant::now();
        for n in 0..3 * KEYS_MAX {
            windows.admit(&n, 10, start + Duration::from_micros(n as u64));
        }
        assert!(windows.counted.len() <= KEYS_MAX);
        assert!(windows.counted.contains_key(&(3 * KEYS_MAX - 1)));
    }

    #[test]
    fn what_is_taken_back_does_not_count() {
        let mut windows = Windows::new(MINUTE);
        let now = Instant::now();
        for _ in 0..10 {
            assert!(windows.admit(&"a", 1, now).admitted);
            windows.take_back("a");
        }
        assert!(windows.counted.is_empty());
    }
}
