//! A queue: who waits in it now, and what happened in it.

use std::collections::BTreeSet;

use model::{InteractionId, Timestamp, time::Millis};
use serde::{Deserialize, Serialize};

use crate::{
    SHORT_ABANDON_MS,
    counts::QueueCounts,
    interval::{Day, Interval},
    open::Stage,
    steps::{STEPS, Step, Steps},
    windows::Windows,
};

/// The interactions of a queue now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueLive {
    /// Wait and nobody is being asked.
    pub waiting: u32,
    /// Wait while an agent is being asked.
    pub offered: u32,
    /// Are being talked on.
    pub handling: u32,
    /// Are being wrapped up.
    pub wrap_up: u32,
}

impl QueueLive {
    /// All who wait: who is being asked for keeps the place in the queue.
    #[must_use]
    pub fn in_queue(&self) -> u32 {
        self.waiting + self.offered
    }

    fn of(&mut self, stage: Stage) -> &mut u32 {
        match stage {
            Stage::Waiting => &mut self.waiting,
            Stage::Offered => &mut self.offered,
            Stage::Handling => &mut self.handling,
            Stage::WrapUp => &mut self.wrap_up,
        }
    }
}

/// How a stay in a queue ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    Accepted,
    Abandoned,
    Diverted,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Queue {
    pub(crate) live: QueueLive,
    waiting: BTreeSet<(Timestamp, InteractionId)>,
    counts: Windows<QueueCounts>,
    steps: Steps,
}

impl Default for Queue {
    fn default() -> Self {
        let (live, waiting) = (QueueLive::default(), BTreeSet::new());
        let (counts, steps) = (Windows::new(&Interval::ALL), Steps::default());
        Self { live, waiting, counts, steps }
    }
}

impl Queue {
    pub(crate) fn count(&mut self, day: Day, at: Timestamp, change: impl Fn(&mut QueueCounts)) {
        // Nobody has come or gone since the interval began, or its bucket would have begun then.
        let carried = self.waiting.len() as u64;
        let fresh = || QueueCounts { carried, ..QueueCounts::default() };
        self.counts.change(day, at, fresh, |counts, _| change(counts));
    }

    pub(crate) fn enter(&mut self, day: Day, at: Timestamp, stay: (Timestamp, InteractionId)) {
        self.count(day, at, |counts| counts.came += 1);
        let step = self.steps.at(at, self.waiting.len() as u64);
        step.came += 1;
        self.waiting.insert(stay);
        step.waiting = step.waiting.max(self.waiting.len() as u64);
    }

    /// `promised_ms` is the longest wait that is in time.
    pub(crate) fn leave(
        &mut self,
        day: Day,
        at: Timestamp,
        (entered, id): (Timestamp, InteractionId),
        how: Left,
        promised_ms: Millis,
    ) {
        let wait_ms = at.since(entered);
        let in_time = u64::from(wait_ms <= promised_ms);
        self.count(day, at, |counts| {
            counts.wait_ms += wait_ms;
            counts.longest_wait_ms = counts.longest_wait_ms.max(wait_ms);
            match how {
                Left::Accepted => {
                    counts.accepted += 1;
                    counts.accepted_in_time += in_time;
                    counts.accepted_wait_ms += wait_ms;
                }
                Left::Abandoned if wait_ms < SHORT_ABANDON_MS => {
                    counts.abandoned_short += 1;
                    counts.abandoned_short_in_time += in_time;
                }
                Left::Abandoned => {
                    counts.abandoned += 1;
                    counts.abandoned_in_time += in_time;
                }
                Left::Diverted => {
                    counts.diverted += 1;
                    counts.diverted_wait_ms += wait_ms;
                }
            }
        });
        let step = self.steps.at(at, self.waiting.len() as u64);
        match how {
            Left::Accepted => {
                step.accepted += 1;
                step.accepted_in_time += in_time;
            }
            Left::Abandoned => step.abandoned += 1,
            Left::Diverted => {}
        }
        self.waiting.remove(&(entered, id));
    }

    pub(crate) fn move_between(&mut self, from: Option<Stage>, to: Option<Stage>) {
        if let Some(stage) = from {
            *self.live.of(stage) -= 1;
        }
        if let Some(stage) = to {
            *self.live.of(stage) += 1;
        }
    }

    /// The last hour in steps.
    pub(crate) fn hour(&self, now: Timestamp) -> [Step; STEPS] {
        self.steps.hour(now, self.waiting.len() as u64)
    }

    /// Since when the one who waits longest has waited.
    pub(crate) fn first(&self) -> Option<Timestamp> {
        self.waiting.first().map(|(entered, _)| *entered)
    }

    /// `promised_ms` is the longest wait that is in time.
    pub(crate) fn counts(
        &self,
        day: Day,
        interval: Interval,
        now: Timestamp,
        promised_ms: Millis,
    ) -> QueueCounts {
        let start = day.start_of(interval, now);
        let counted = self.counts.since(interval, start).cloned();
        let carried = self.waiting.len() as u64;
        let mut counts =
            counted.unwrap_or_else(|| QueueCounts { carried, ..QueueCounts::default() });
        let longest = self.first().map_or(0, |entered| now.since(entered));
        counts.longest_wait_ms = counts.longest_wait_ms.max(longest);
        let in_time = Timestamp(now.0.saturating_sub(promised_ms));
        counts.undecided = self.waiting.range((in_time, InteractionId(0))..).count() as u64;
        counts
    }
}
