//! One bucket for each interval: the running one. What an earlier one held is forgotten.

use model::Timestamp;
use serde::{Deserialize, Serialize};

use crate::interval::{Day, Interval};

/// Buckets of one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Windows<C> {
    windows: Vec<Window<C>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Window<C> {
    interval: Interval,
    start: Timestamp,
    counts: C,
}

impl<C: Clone + Default> Windows<C> {
    pub(crate) fn new(intervals: &[Interval]) -> Self {
        let window = |interval: &Interval| Window {
            interval: *interval,
            start: Timestamp(0),
            counts: C::default(),
        };
        Self { windows: intervals.iter().map(window).collect() }
    }

    /// Counts something at an instant in every bucket. A bucket whose interval is over begins anew with
    /// what `fresh` gives. `change` is told when the bucket's interval began.
    pub(crate) fn change(
        &mut self,
        day: Day,
        at: Timestamp,
        fresh: impl Fn() -> C,
        change: impl Fn(&mut C, Timestamp),
    ) {
        for window in &mut self.windows {
            let start = day.start_of(window.interval, at);
            if window.start != start {
                (window.start, window.counts) = (start, fresh());
            }
            change(&mut window.counts, start);
        }
    }

    /// The bucket of the interval that began at `start`, if anything was counted in it.
    pub(crate) fn since(&self, interval: Interval, start: Timestamp) -> Option<&C> {
        let mut windows = self.windows.iter();
        let window = windows.find(|window| window.interval == interval)?;
        (window.start == start).then_some(&window.counts)
    }
}
