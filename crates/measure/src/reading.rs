//! What can be read of the measures at an instant: all of one position.

use std::collections::BTreeMap;

use model::{AgentId, InteractionId, QueueId, Timestamp, time::Millis};

use crate::{
    agent::{Agent, Doing},
    counts::{DoingTimes, QueueCounts, WorkCounts},
    figure::{AgentRatio, Figure, QueueRatio},
    fold::Measures,
    interval::{Day, Interval},
    open::{Open, Phase},
    queue::QueueLive,
    setup::Setup,
    steps::{STEPS, Step, Steps},
};

/// The measures as they are at an instant.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'m> {
    measures: &'m Measures,
    now: Timestamp,
    day: Day,
}

/// The agents of a queue or group now. Each is counted once: for what takes most of the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// Work here.
    pub enabled: u32,
    /// Of these, are logged in.
    pub eligible: u32,
    /// Take offers and have nothing to do.
    pub available_idle: u32,
    /// Are being asked to take an interaction of this queue.
    pub offering: u32,
    /// Talk on an interaction of this queue.
    pub handling: u32,
    /// Wrap up an interaction of this queue.
    pub wrap_up: u32,
    /// Have to do with an interaction of another queue.
    pub busy_other: u32,
    /// Have to do with an interaction that came through no queue.
    pub busy_external: u32,
    /// Are on a break.
    pub on_break: u32,
    /// Are at work but not with customers.
    pub working_offline: u32,
    /// Are not logged in.
    pub logged_out: u32,
}

impl Staff {
    /// All who have to do with interactions, of whatever queue.
    #[must_use]
    pub fn busy(&self) -> u32 {
        self.offering + self.handling + self.wrap_up + self.busy_other + self.busy_external
    }
}

impl<'m> Reading<'m> {
    pub(crate) fn new(measures: &'m Measures, now: Timestamp) -> Self {
        let day = if measures.day.has(now) {
            measures.day
        } else {
            Day::of(&measures.setup.time_zone, now)
        };
        Self { measures, now, day }
    }

    /// The last record that was counted.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.measures.position
    }

    /// When it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The settings.
    #[must_use]
    pub fn setup(&self) -> &'m Setup {
        &self.measures.setup
    }

    /// The interactions of a queue now.
    #[must_use]
    pub fn queue_live(&self, queue: QueueId) -> QueueLive {
        self.measures.queues.get(&queue).map_or_else(QueueLive::default, |queue| queue.live)
    }

    /// How long the one who waits longest in a queue has waited.
    #[must_use]
    pub fn longest_wait_ms(&self, queue: QueueId) -> Option<Millis> {
        self.measures.queues.get(&queue)?.first().map(|entered| self.now.since(entered))
    }

    /// What happened in a queue.
    #[must_use]
    pub fn queue_counts(&self, queue: QueueId, interval: Interval) -> QueueCounts {
        let promised_ms = self.setup().service_level(queue).threshold_ms;
        let queue = self.measures.queues.get(&queue);
        let counts = queue.map(|queue| queue.counts(self.day, interval, self.now, promised_ms));
        counts.unwrap_or_default()
    }

    /// The last hour of a queue in steps of five minutes, oldest first, the running one last.
    #[must_use]
    pub fn queue_hour(&self, queue: QueueId) -> [Step; STEPS] {
        let none = || Steps::default().hour(self.now, 0);
        self.measures.queues.get(&queue).map_or_else(none, |queue| queue.hour(self.now))
    }

    /// A ratio of a queue, with its origin.
    #[must_use]
    pub fn queue_figure(
        &self,
        queue: QueueId,
        ratio: QueueRatio,
        interval: Interval,
    ) -> Figure<QueueRatio> {
        self.figure(ratio, interval, ratio.parts(&self.queue_counts(queue, interval)))
    }

    /// A ratio of an agent, with its origin.
    #[must_use]
    pub fn agent_figure(
        &self,
        agent: AgentId,
        ratio: AgentRatio,
        interval: Interval,
    ) -> Figure<AgentRatio> {
        self.figure(ratio, interval, ratio.parts(&self.agent_times(agent, interval)))
    }

    fn figure<R>(
        &self,
        ratio: R,
        interval: Interval,
        (numerator, denominator): (u64, u64),
    ) -> Figure<R> {
        let (from, until) = (self.day.start_of(interval, self.now), self.now);
        let position = self.position();
        Figure { ratio, numerator, denominator, interval, from, until, position }
    }

    /// An agent now.
    #[must_use]
    pub fn agent(&self, agent: AgentId) -> Option<&'m Agent> {
        self.measures.agents.get(&agent)
    }

    /// How long an agent did what.
    #[must_use]
    pub fn agent_times(&self, agent: AgentId, interval: Interval) -> DoingTimes {
        let agent = self.measures.agents.get(&agent);
        agent.map(|agent| agent.times(self.day, interval, self.now)).unwrap_or_default()
    }

    /// What an agent did with the interactions of a queue, or with all.
    #[must_use]
    pub fn agent_counts(
        &self,
        agent: AgentId,
        queue: Option<QueueId>,
        interval: Interval,
    ) -> WorkCounts {
        let agent = self.measures.agents.get(&agent);
        agent.map(|agent| agent.counts(queue, self.day, interval, self.now)).unwrap_or_default()
    }

    /// An interaction that is not over.
    #[must_use]
    pub fn open(&self, id: InteractionId) -> Option<&'m Open> {
        self.measures.open.get(&id)
    }

    /// The interactions that are not over.
    pub fn all_open(&self) -> impl Iterator<Item = (InteractionId, &'m Open)> + use<'m> {
        let open: &'m BTreeMap<_, _> = &self.measures.open;
        open.iter().map(|(id, open)| (*id, open))
    }

    /// The agents of a queue now.
    #[must_use]
    pub fn queue_staff(&self, queue: QueueId) -> Staff {
        self.staff(self.setup().members(queue).iter().copied(), Some(queue))
    }

    /// These agents now. With a queue, work for others is told apart.
    #[must_use]
    pub fn staff(&self, agents: impl Iterator<Item = AgentId>, queue: Option<QueueId>) -> Staff {
        let mut staff = Staff::default();
        for id in agents {
            let Some(agent) = self.agent(id) else { continue };
            staff.enabled += 1;
            let doing = agent.doing;
            if doing != Doing::LoggedOut {
                staff.eligible += 1;
            }
            let place = match doing {
                Doing::Available => &mut staff.available_idle,
                Doing::OnBreak => &mut staff.on_break,
                Doing::WorkingOffline => &mut staff.working_offline,
                Doing::LoggedOut => &mut staff.logged_out,
                Doing::Handling | Doing::Offering | Doing::WrapUp => {
                    match self.busy_with(id, agent, queue) {
                        Busy::Here(Doing::Offering) => &mut staff.offering,
                        Busy::Here(Doing::WrapUp) => &mut staff.wrap_up,
                        Busy::Here(_) => &mut staff.handling,
                        Busy::Elsewhere => &mut staff.busy_other,
                        Busy::External => &mut staff.busy_external,
                    }
                }
            };
            *place += 1;
        }
        staff
    }

    /// What of a busy agent's work counts for a queue: work for it before work for others.
    fn busy_with(&self, id: AgentId, agent: &Agent, queue: Option<QueueId>) -> Busy {
        let Some(queue) = queue else { return Busy::Here(agent.doing) };
        let at_hand = agent.at_hand.iter().filter_map(|at_hand| self.open(*at_hand));
        let work = at_hand.filter_map(|open| Some((open.queue, open.work_of(id)?.phase)));
        let of = |(of, phase): (Option<QueueId>, Phase)| match of {
            Some(of) if of == queue => Busy::Here(Doing::by_phase(phase)),
            Some(_) => Busy::Elsewhere,
            None => Busy::External,
        };
        work.map(of).min().unwrap_or(Busy::Elsewhere)
    }
}

/// What of a busy agent's work counts for a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Busy {
    Here(Doing),
    Elsewhere,
    External,
}
