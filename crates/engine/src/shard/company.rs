//! Whom a batch waits for: those who have just been answered tend to ask again at once.
//!
//! If the first of them to come back had a commit of its own, all others would wait for that one and then for
//! the next. So the batch waits for as many as were answered, at most as long as their commit took.

use std::time::{Duration, Instant};

/// How many are waited for at most.
const COUNT_MAX: usize = 128;
/// How long a batch waits at most, however slow the disk.
const WAIT_MAX: Duration = Duration::from_millis(2);

/// Who was answered by the last commit.
pub(super) struct Company {
    count: usize,
    until: Instant,
}

impl Company {
    /// So many were answered now, by a commit that took so long.
    pub(super) fn of(answered: usize, took: Duration) -> Self {
        Self { count: answered.min(COUNT_MAX), until: Instant::now() + took.min(WAIT_MAX) }
    }

    /// How many items to wait for, and how long; for one as long as it takes.
    pub(super) fn expected(&self) -> (usize, Option<Duration>) {
        let left = self.until.saturating_duration_since(Instant::now());
        if self.count < 2 || left.is_zero() { (1, None) } else { (self.count, Some(left)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_waited_for_a_bounded_time() {
        let hour = Duration::from_secs(3_600);
        for answered in [0, 1] {
            assert_eq!(Company::of(answered, hour).expected(), (1, None), "nobody else is missed");
        }
        assert_eq!(Company::of(50, Duration::ZERO).expected(), (1, None));
        assert!(Company::of(50, hour).expected().1.is_none_or(|left| left <= WAIT_MAX));
        let waiting = |company| Company { until: Instant::now() + hour, ..company }.expected().0;
        assert_eq!(waiting(Company::of(50, hour)), 50);
        assert_eq!(waiting(Company::of(9_999, hour)), COUNT_MAX);
    }
}
