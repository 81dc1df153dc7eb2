//! A number and everything that is needed to check it.

use model::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    agent::Doing,
    counts::{DoingTimes, QueueCounts},
    interval::Interval,
};

/// Which interactions a service level is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Policy {
    /// In time of those answered.
    Answered,
    /// In time of those who entered.
    Offered,
    /// In time of those who entered, but did not leave at once nor wait still and in time.
    OfferedLessShort,
    /// Answered or abandoned in time, of those answered or abandoned.
    AnsweredPlusAbandonedInTime,
}

/// A ratio of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum QueueRatio {
    /// The share served in time.
    ServiceLevel(Policy),
    /// Milliseconds of waiting for each answer.
    SpeedOfAnswer,
    /// Milliseconds of talk, hold and wrap-up for each conversation that ended.
    HandleTime,
    /// The share that gave up, short abandons left out on both sides.
    Abandonment,
}

/// A ratio of an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AgentRatio {
    /// Time with interactions, of that and the time available.
    Occupancy,
    /// Time with interactions, of the time logged in.
    Utilisation,
}

/// A ratio with its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figure<R> {
    /// What it is: a service level carries its policy.
    pub ratio: R,
    /// What is counted: interactions or milliseconds.
    pub numerator: u64,
    /// Of how many. 0 means that there is nothing to measure.
    pub denominator: u64,
    /// Over what interval.
    pub interval: Interval,
    /// When that began.
    pub from: Timestamp,
    /// Until when was counted.
    pub until: Timestamp,
    /// The last record of the log that was counted.
    pub position: u64,
}

impl<R> Figure<R> {
    /// The ratio in thousandths, rounded; `None` when there is nothing to measure.
    #[must_use]
    pub fn per_mille(&self) -> Option<u64> {
        let scaled = u128::from(self.numerator) * 1_000 + u128::from(self.denominator) / 2;
        let ratio = scaled.checked_div(u128::from(self.denominator))?;
        Some(u64::try_from(ratio).unwrap_or(u64::MAX))
    }
}

impl QueueRatio {
    /// Numerator and denominator.
    #[must_use]
    pub fn parts(self, counts: &QueueCounts) -> (u64, u64) {
        let in_time = counts.accepted_in_time;
        let lasting = counts.entered() - counts.abandoned_short;
        let decided = lasting - counts.undecided;
        match self {
            Self::ServiceLevel(Policy::Answered) => (in_time, counts.accepted),
            Self::ServiceLevel(Policy::Offered) => (in_time, counts.entered()),
            Self::ServiceLevel(Policy::OfferedLessShort) => (in_time, decided),
            Self::ServiceLevel(Policy::AnsweredPlusAbandonedInTime) => (
                in_time + counts.abandoned_short_in_time + counts.abandoned_in_time,
                counts.accepted + counts.abandoned_in_all(),
            ),
            Self::SpeedOfAnswer => (counts.accepted_wait_ms, counts.accepted),
            Self::HandleTime => (counts.handling_ms + counts.wrap_up_ms, counts.handled),
            Self::Abandonment => (counts.abandoned, lasting),
        }
    }
}

impl AgentRatio {
    /// Numerator and denominator.
    #[must_use]
    pub fn parts(self, times: &DoingTimes) -> (u64, u64) {
        match self {
            Self::Occupancy => (times.busy(), times.busy() + times.of(Doing::Available)),
            Self::Utilisation => (times.busy(), times.logged_in()),
        }
    }
}
