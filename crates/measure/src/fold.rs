//! The fold: how each event changes the measures.

use std::collections::BTreeMap;

use model::{AgentId, Event, InteractionId, QueueId, Timestamp, config::Setting};
use serde::{Deserialize, Serialize};

use crate::{
    agent::{Agent, Doing},
    interval::Day,
    open::{Open, Phase, Work},
    queue::{Left, Queue},
    reading::Reading,
    setup::Setup,
};

mod lines;
mod stays;
mod work;

/// What a tenant's log adds up to, up to a position.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    pub(crate) position: u64,
    /// The time of the last event, never earlier than that of one before.
    pub(crate) at: Timestamp,
    pub(crate) day: Day,
    pub(crate) setup: Setup,
    pub(crate) open: BTreeMap<InteractionId, Open>,
    pub(crate) queues: BTreeMap<QueueId, Queue>,
    pub(crate) agents: BTreeMap<AgentId, Agent>,
}

impl Measures {
    /// The last record that was added.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// What there is to read at `now`; an earlier time than the last event's counts as that.
    #[must_use]
    pub fn reading(&self, now: Timestamp) -> Reading<'_> {
        Reading::new(self, now.max(self.at))
    }

    /// Adds the record at `position`. Records come in order, each once.
    pub fn apply(&mut self, position: u64, at: Timestamp, event: &Event) {
        self.position = position;
        self.at = self.at.max(at);
        if !self.day.has(self.at) {
            self.day = Day::of(&self.setup.time_zone, self.at);
        }
        if let Some(id) = self.change(event) {
            self.follow_up(id);
        }
    }

    /// Changes what the event is about; gives the interaction that may have moved on.
    fn change(&mut self, event: &Event) -> Option<InteractionId> {
        match event {
            Event::Configured(setting) => self.configure(setting),
            Event::StatusChanged(changed) => {
                let agent = self.agents.entry(changed.agent).or_default();
                agent.choose(changed.status, changed.reason.as_ref(), self.at);
                self.look(changed.agent);
            }
            Event::NextStatusSet { agent, next } => {
                self.agents.entry(*agent).or_default().stops = next.is_some();
            }
            _ => return self.move_on(event),
        }
        None
    }

    fn configure(&mut self, setting: &Setting) {
        self.setup.apply(setting);
        self.day = Day::of(&self.setup.time_zone, self.at);
        if let Setting::Agent(agent) = setting {
            self.agents.entry(agent.id).or_default();
        }
    }

    /// The same for what an event does to an interaction.
    fn move_on(&mut self, event: &Event) -> Option<InteractionId> {
        match event {
            Event::InteractionCreated(created) => {
                self.create(created);
                Some(created.interaction)
            }
            Event::InteractionQueued(queued) => {
                self.enter(queued.interaction, queued.queue, queued.entered.unwrap_or(self.at));
                Some(queued.interaction)
            }
            Event::InteractionDequeued { interaction, .. } => {
                self.leave(*interaction, Left::Diverted);
                Some(*interaction)
            }
            Event::InteractionOffered(offered) => {
                self.ask(offered.interaction, offered.agent);
                Some(offered.interaction)
            }
            Event::OfferEnded(ended) => {
                self.decline(ended);
                Some(ended.interaction)
            }
            Event::OfferAccepted { interaction, agent, .. } => {
                self.accept(*interaction, *agent);
                Some(*interaction)
            }
            Event::HoldChanged { interaction, agent, held } => {
                self.hold(*interaction, *agent, *held);
                None
            }
            Event::MuteChanged { interaction, agent, muted } => {
                if let Some(work) = self.work(*interaction, *agent) {
                    work.muted = *muted;
                }
                None
            }
            Event::InteractionEnded { interaction, .. } => {
                self.leave(*interaction, Left::Abandoned);
                for phase in [Phase::Talking, Phase::Dialling] {
                    for agent in self.in_phase(*interaction, phase) {
                        self.hang_up(*interaction, agent);
                    }
                }
                Some(*interaction)
            }
            Event::WrapUpStarted { interaction, agent, .. } => {
                self.begin_phase(*interaction, *agent, Phase::WrapUp);
                Some(*interaction)
            }
            Event::WrapUpCompleted(completed) => {
                self.complete(completed.interaction, completed.agent);
                None
            }
            Event::InteractionDeleted { interaction, .. } => {
                self.delete(*interaction);
                None
            }
            _ => self.connect(event),
        }
    }

    pub(crate) fn begin_phase(&mut self, id: InteractionId, agent: AgentId, phase: Phase) {
        let since = self.at;
        if let Some(work) = self.work(id, agent) {
            *work = Work::new(agent, phase, since);
        }
    }

    pub(crate) fn work(&mut self, id: InteractionId, agent: AgentId) -> Option<&mut Work> {
        self.open.get_mut(&id)?.work_mut(agent)
    }

    pub(crate) fn count_in(
        &mut self,
        queue: Option<QueueId>,
        change: impl Fn(&mut crate::counts::QueueCounts),
    ) {
        if let Some(queue) = queue {
            self.queues.entry(queue).or_default().count(self.day, self.at, change);
        }
    }

    /// The agent has nothing more to do with the interaction.
    pub(crate) fn release(&mut self, id: InteractionId, agent: AgentId) {
        if let Some(open) = self.open.get_mut(&id) {
            open.work.retain(|work| work.agent != agent);
        }
        if let Some(desk) = self.agents.get_mut(&agent) {
            desk.at_hand.retain(|at_hand| *at_hand != id);
        }
        self.look(agent);
    }

    fn delete(&mut self, id: InteractionId) {
        let Some(open) = self.open.remove(&id) else { return };
        if let Some((queue, stage)) = open.counted {
            self.queues.entry(queue).or_default().move_between(Some(stage), None);
        }
        for work in open.work {
            self.release(id, work.agent);
        }
    }

    /// Counts the interaction where it is now, and looks what its agents do.
    fn follow_up(&mut self, id: InteractionId) {
        let Some(open) = self.open.get_mut(&id) else { return };
        let now = open.queue.zip(open.stage());
        let before = std::mem::replace(&mut open.counted, now);
        let agents: Vec<AgentId> = open.work.iter().map(|work| work.agent).collect();
        if before != now {
            if let Some((queue, stage)) = before {
                self.queues.entry(queue).or_default().move_between(Some(stage), None);
            }
            if let Some((queue, stage)) = now {
                self.queues.entry(queue).or_default().move_between(None, Some(stage));
            }
        }
        agents.into_iter().for_each(|agent| self.look(agent));
    }

    /// What an agent does now.
    fn look(&mut self, id: AgentId) {
        let Some(agent) = self.agents.get_mut(&id) else { return };
        let phases = agent.at_hand.iter().filter_map(|at_hand| self.open.get(at_hand)?.work_of(id));
        let doing = phases.map(|work| Doing::by_phase(work.phase)).min();
        let doing = doing.unwrap_or_else(|| Doing::by_status(agent.status));
        agent.begin(doing, self.day, self.at);
    }
}
