//! What is counted over an interval.

use model::time::Millis;
use serde::{Deserialize, Serialize};

use crate::agent::Doing;

/// What happened to the interactions of a queue. A stay in the queue is counted where it ends: accepted,
/// abandoned or diverted. An interaction that comes back counts again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueCounts {
    /// Waited already when the interval began.
    pub carried: u64,
    /// Entered the queue.
    pub came: u64,
    /// Wait now, and no longer than the queue promises: nobody knows yet.
    pub undecided: u64,
    /// Went to an agent.
    pub accepted: u64,
    /// Of these, after no longer a wait than the queue promises.
    pub accepted_in_time: u64,
    /// Left before an agent accepted, after [`SHORT_ABANDON_MS`](crate::SHORT_ABANDON_MS) or more.
    pub abandoned: u64,
    /// Left sooner than that.
    pub abandoned_short: u64,
    /// Of the abandoned, after no longer a wait than the queue promises.
    pub abandoned_in_time: u64,
    /// Of those who left at once, the same: all, unless the queue promises less than that.
    pub abandoned_short_in_time: u64,
    /// Left by an exit of the script.
    pub diverted: u64,
    /// Waits of the accepted.
    pub accepted_wait_ms: Millis,
    /// Waits of the diverted.
    pub diverted_wait_ms: Millis,
    /// Waits of all who left, whichever way.
    pub wait_ms: Millis,
    /// The longest wait of those who left or wait.
    pub longest_wait_ms: Millis,
    /// Offers that ended, also by being accepted.
    pub offers: u64,
    /// How long they rang.
    pub offering_ms: Millis,
    /// The longest.
    pub longest_offering_ms: Millis,
    /// Conversations that ended.
    pub handled: u64,
    /// How long they were, holds included.
    pub handling_ms: Millis,
    /// Wrap-ups that were completed.
    pub wrapped_up: u64,
    /// How long they were.
    pub wrap_up_ms: Millis,
}

impl QueueCounts {
    /// In the queue at any time of the interval.
    #[must_use]
    pub fn entered(&self) -> u64 {
        self.carried + self.came
    }

    /// Left before an agent accepted, short ones included.
    #[must_use]
    pub fn abandoned_in_all(&self) -> u64 {
        self.abandoned + self.abandoned_short
    }

    /// Left the queue, whichever way.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.accepted + self.abandoned_in_all() + self.diverted
    }
}

/// What an agent did with interactions, of one queue or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkCounts {
    /// Was asked.
    pub offered: u64,
    /// Took it.
    pub accepted: u64,
    /// Rejected it.
    pub rejected: u64,
    /// Did not answer.
    pub timed_out: u64,
    /// Offers that ended, also by being accepted.
    pub offers_ended: u64,
    /// How long they rang.
    pub offering_ms: Millis,
    /// The longest.
    pub longest_offering_ms: Millis,
    /// Conversations with customers that ended for the agent.
    pub handled: u64,
    /// How long they were, holds included.
    pub handling_ms: Millis,
    /// Holds that ended.
    pub holds: u64,
    /// How long they were.
    pub hold_ms: Millis,
    /// The longest.
    pub longest_hold_ms: Millis,
    /// Wrap-ups that were completed.
    pub wrapped_up: u64,
    /// How long they were.
    pub wrap_up_ms: Millis,
    /// Second lines that were opened to ask somebody.
    pub consultations: u64,
    /// Customers handed on.
    pub transfers_initiated: u64,
    /// Of these, without asking.
    pub blind_transfers: u64,
    /// Of these, to whoever was consulted.
    pub warm_transfers: u64,
    /// Customers taken over from a colleague.
    pub transfers_received: u64,
    /// Conferences taken part in.
    pub conferences: u64,
    /// How long those were that ended for the agent.
    pub conference_ms: Millis,
    /// Conversations without a queue that customers began.
    pub direct_inbounds: u64,
    /// How long those were that ended.
    pub direct_inbound_ms: Millis,
    /// Numbers dialled for no queue.
    pub direct_outbounds: u64,
    /// How long the conversations were that came of it.
    pub direct_outbound_ms: Millis,
    /// Colleagues called.
    pub internal_initiated: u64,
    /// Calls of colleagues taken.
    pub internal_received: u64,
    /// How long the conversations with colleagues were.
    pub internal_ms: Millis,
}

/// How long an agent did what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoingTimes {
    ms: [Millis; Doing::ALL.len()],
}

impl DoingTimes {
    pub(crate) fn add(&mut self, doing: Doing, ms: Millis) {
        self.ms[doing as usize] += ms;
    }

    /// How long the agent did this.
    #[must_use]
    pub fn of(&self, doing: Doing) -> Millis {
        self.ms[doing as usize]
    }

    /// With interactions: asked, talking or wrapping up.
    #[must_use]
    pub fn busy(&self) -> Millis {
        [Doing::Offering, Doing::Handling, Doing::WrapUp].map(|doing| self.of(doing)).iter().sum()
    }

    /// All but logged out.
    #[must_use]
    pub fn logged_in(&self) -> Millis {
        Doing::ALL
            .iter()
            .filter(|doing| **doing != Doing::LoggedOut)
            .map(|doing| self.of(*doing))
            .sum()
    }
}
