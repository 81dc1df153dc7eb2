//! An agent: what the agent does now, for how long, and what became of the work.

use std::collections::BTreeMap;

use model::{InteractionId, QueueId, Text, Timestamp, status::Status};
use serde::{Deserialize, Serialize};

use crate::{
    counts::{DoingTimes, WorkCounts},
    interval::{Day, Interval},
    open::Phase,
    windows::Windows,
};

/// What an agent does: exactly one thing at any time, work before status, and of several interactions
/// the one that takes most of the agent. The variants are in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Doing {
    /// Talks, or waits for somebody's answer.
    Handling,
    /// Is being asked.
    Offering,
    /// Completes paperwork.
    WrapUp,
    /// Takes offers and has nothing to do.
    Available,
    /// On a break.
    OnBreak,
    /// At work but not with customers.
    WorkingOffline,
    /// Not logged in.
    #[default]
    LoggedOut,
}

impl Doing {
    /// All, in the order of precedence.
    pub const ALL: [Self; 7] = [
        Self::Handling,
        Self::Offering,
        Self::WrapUp,
        Self::Available,
        Self::OnBreak,
        Self::WorkingOffline,
        Self::LoggedOut,
    ];

    /// With interactions.
    #[must_use]
    pub fn is_busy(self) -> bool {
        matches!(self, Self::Handling | Self::Offering | Self::WrapUp)
    }

    pub(crate) fn by_status(status: Status) -> Self {
        match status {
            Status::LoggedOut => Self::LoggedOut,
            Status::Available => Self::Available,
            Status::OnBreak => Self::OnBreak,
            Status::WorkOffline => Self::WorkingOffline,
        }
    }

    pub(crate) fn by_phase(phase: Phase) -> Self {
        match phase {
            Phase::Dialling | Phase::Talking | Phase::Ended => Self::Handling,
            Phase::Offered => Self::Offering,
            Phase::WrapUp => Self::WrapUp,
        }
    }
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// The status the agent chose, or was put into.
    pub status: Status,
    /// Code of its reason.
    pub reason: Option<Text>,
    /// Since when both are so; `None` when the agent has never logged in.
    pub status_since: Option<Timestamp>,
    /// Another status follows once the work at hand is done: nothing new is offered until then.
    pub stops: bool,
    /// What the agent does.
    pub doing: Doing,
    /// Since when.
    pub doing_since: Timestamp,
    /// When the agent logged in last.
    pub last_login: Option<Timestamp>,
    /// When the agent logged out last.
    pub last_logout: Option<Timestamp>,
    /// The interactions that the agent has to do with, oldest first.
    pub at_hand: Vec<InteractionId>,
    times: Windows<DoingTimes>,
    all: Windows<WorkCounts>,
    by_queue: BTreeMap<QueueId, Windows<WorkCounts>>,
}

impl Default for Agent {
    fn default() -> Self {
        Self {
            status: Status::default(),
            reason: None,
            status_since: None,
            stops: false,
            doing: Doing::default(),
            doing_since: Timestamp(0),
            last_login: None,
            last_logout: None,
            at_hand: Vec::new(),
            times: Windows::new(&Interval::SHORT),
            all: Windows::new(&Interval::SHORT),
            by_queue: BTreeMap::new(),
        }
    }
}

impl Agent {
    pub(crate) fn choose(&mut self, status: Status, reason: Option<&Text>, at: Timestamp) {
        match (self.status, status) {
            (Status::LoggedOut, Status::LoggedOut) => {}
            (_, Status::LoggedOut) => self.last_logout = Some(at),
            (Status::LoggedOut, _) => self.last_login = Some(at),
            _ => {}
        }
        (self.status, self.reason, self.status_since) = (status, reason.cloned(), Some(at));
        self.stops = false;
    }

    pub(crate) fn begin(&mut self, doing: Doing, day: Day, at: Timestamp) {
        if doing == self.doing {
            return;
        }
        let (before, since) = (self.doing, self.doing_since);
        self.times.change(day, at, DoingTimes::default, |times, start| {
            times.add(before, at.since(since.max(start)));
        });
        (self.doing, self.doing_since) = (doing, at);
    }

    pub(crate) fn count(
        &mut self,
        queue: Option<QueueId>,
        day: Day,
        at: Timestamp,
        change: impl Fn(&mut WorkCounts),
    ) {
        self.all.change(day, at, WorkCounts::default, |counts, _| change(counts));
        if let Some(queue) = queue {
            let counts =
                self.by_queue.entry(queue).or_insert_with(|| Windows::new(&Interval::SHORT));
            counts.change(day, at, WorkCounts::default, |counts, _| change(counts));
        }
    }

    pub(crate) fn times(&self, day: Day, interval: Interval, now: Timestamp) -> DoingTimes {
        let start = day.start_of(interval, now);
        let mut times = self.times.since(interval, start).cloned().unwrap_or_default();
        times.add(self.doing, now.since(self.doing_since.max(start)));
        times
    }

    pub(crate) fn counts(
        &self,
        queue: Option<QueueId>,
        day: Day,
        interval: Interval,
        now: Timestamp,
    ) -> WorkCounts {
        let counts = match queue {
            Some(queue) => self.by_queue.get(&queue),
            None => Some(&self.all),
        };
        let start = day.start_of(interval, now);
        counts.and_then(|counts| counts.since(interval, start)).cloned().unwrap_or_default()
    }
}
