//! The fold: how each event changes the measures.

use std::collections::BTreeMap;

use model::{
    AgentId, Event, InteractionId, QueueId, Timestamp,
    config::Setting,
    event::{InteractionCreated, OfferEnded},
    interaction::OfferEnd,
};
use serde::{Deserialize, Serialize};

use crate::{
    agent::{Agent, Doing},
    interval::Day,
    open::{Open, Phase, Work},
    queue::{Left, Queue},
    reading::Reading,
    setup::Setup,
};

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
                self.enter(queued.interaction, queued.queue);
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
                for agent in self.talkers(*interaction) {
                    self.hang_up(*interaction, agent);
                }
                Some(*interaction)
            }
            Event::AgentJoined { interaction, agent, .. } => {
                self.join(*interaction, *agent);
                Some(*interaction)
            }
            Event::AgentLeft { interaction, agent } => {
                self.hang_up(*interaction, *agent);
                Some(*interaction)
            }
            Event::AgentReleased { interaction, agent } => {
                self.release(*interaction, *agent);
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
            _ => None,
        }
    }

    fn create(&mut self, created: &InteractionCreated) {
        let InteractionCreated { channel, media, queue, .. } = *created;
        let (waiting, counted, work) = (None, None, Vec::new());
        let open = Open { channel, media, queue, waiting, work, counted };
        self.open.insert(created.interaction, open);
        if let Some(agent) = created.agent {
            self.join(created.interaction, agent);
        }
    }

    /// An agent is on the line: dialled, or came to a conversation that goes on.
    fn join(&mut self, id: InteractionId, agent: AgentId) {
        let Some(open) = self.open.get_mut(&id) else { return };
        let (phase, since) = (Phase::Talking, self.at);
        open.work.push(Work { agent, phase, since, held: None, muted: false });
        self.agents.entry(agent).or_default().at_hand.push(id);
    }

    fn enter(&mut self, id: InteractionId, queue: QueueId) {
        let Some(open) = self.open.get_mut(&id) else { return };
        (open.queue, open.waiting) = (Some(queue), Some(self.at));
        self.queues.entry(queue).or_default().enter(self.day, self.at, id);
    }

    /// Ends the stay in the queue, if there is one.
    fn leave(&mut self, id: InteractionId, how: Left) {
        let Some(open) = self.open.get_mut(&id) else { return };
        let (Some(entered), Some(queue)) = (open.waiting.take(), open.queue) else { return };
        if how == Left::Diverted {
            open.queue = None;
        }
        let promised_ms = self.setup.service_level(queue).threshold_ms;
        let stays = self.queues.entry(queue).or_default();
        stays.leave(self.day, self.at, (entered, id), how, promised_ms);
        if how == Left::Diverted
            && let Some(open) = self.open.get_mut(&id)
            && let Some((counted, stage)) = open.counted.take()
        {
            // It belongs to no queue now.
            self.queues.entry(counted).or_default().move_between(Some(stage), None);
        }
    }

    fn ask(&mut self, id: InteractionId, agent: AgentId) {
        let Some(open) = self.open.get_mut(&id) else { return };
        let (since, queue) = (self.at, open.queue);
        open.work.push(Work { agent, phase: Phase::Offered, since, held: None, muted: false });
        let desk = self.agents.entry(agent).or_default();
        desk.at_hand.push(id);
        desk.count(queue, self.day, self.at, |counts| counts.offered += 1);
    }

    /// The offer ended; says how long it rang.
    fn end_offer(&mut self, id: InteractionId, agent: AgentId) {
        let Some(open) = self.open.get(&id) else { return };
        let Some(work) = open.work_of(agent) else { return };
        let (queue, ms) = (open.queue, self.at.since(work.since));
        let desk = self.agents.entry(agent).or_default();
        desk.count(queue, self.day, self.at, |counts| {
            counts.offers_ended += 1;
            counts.offering_ms += ms;
            counts.longest_offering_ms = counts.longest_offering_ms.max(ms);
        });
        self.count_in(queue, |counts| {
            counts.offers += 1;
            counts.offering_ms += ms;
            counts.longest_offering_ms = counts.longest_offering_ms.max(ms);
        });
    }

    fn decline(&mut self, ended: &OfferEnded) {
        let OfferEnded { interaction, agent, end, .. } = ended;
        self.end_offer(*interaction, *agent);
        let queue = self.open.get(interaction).and_then(|open| open.queue);
        let desk = self.agents.entry(*agent).or_default();
        desk.count(queue, self.day, self.at, |counts| match end {
            OfferEnd::Rejected => counts.rejected += 1,
            OfferEnd::TimedOut => counts.timed_out += 1,
            OfferEnd::Withdrawn => {}
        });
        self.release(*interaction, *agent);
    }

    fn accept(&mut self, id: InteractionId, agent: AgentId) {
        self.end_offer(id, agent);
        self.leave(id, Left::Accepted);
        let queue = self.open.get(&id).and_then(|open| open.queue);
        let desk = self.agents.entry(agent).or_default();
        desk.count(queue, self.day, self.at, |counts| counts.accepted += 1);
        self.begin_phase(id, agent, Phase::Talking);
    }

    fn hold(&mut self, id: InteractionId, agent: AgentId, held: bool) {
        let now = self.at;
        let Some(work) = self.work(id, agent) else { return };
        let since = work.held.take();
        work.held = held.then_some(now);
        if let Some(since) = since {
            self.count_hold(id, agent, now.since(since));
        }
    }

    fn count_hold(&mut self, id: InteractionId, agent: AgentId, ms: u64) {
        let queue = self.open.get(&id).and_then(|open| open.queue);
        let desk = self.agents.entry(agent).or_default();
        desk.count(queue, self.day, self.at, |counts| {
            counts.holds += 1;
            counts.hold_ms += ms;
            counts.longest_hold_ms = counts.longest_hold_ms.max(ms);
        });
    }

    fn talkers(&self, id: InteractionId) -> Vec<AgentId> {
        let work = self.open.get(&id).map_or(&[][..], |open| &open.work);
        let talking = work.iter().filter(|work| work.phase == Phase::Talking);
        talking.map(|work| work.agent).collect()
    }

    /// The conversation is over for an agent.
    fn hang_up(&mut self, id: InteractionId, agent: AgentId) {
        let (now, day) = (self.at, self.day);
        let queue = self.open.get(&id).and_then(|open| open.queue);
        let Some(work) = self.work(id, agent) else { return };
        let (talked_ms, held) = (now.since(work.since), work.held);
        if let Some(since) = held {
            self.count_hold(id, agent, now.since(since));
        }
        self.agents.entry(agent).or_default().count(queue, day, now, |counts| {
            counts.handled += 1;
            counts.handling_ms += talked_ms;
        });
        self.count_in(queue, |counts| {
            counts.handled += 1;
            counts.handling_ms += talked_ms;
        });
        self.begin_phase(id, agent, Phase::Ended);
    }

    fn complete(&mut self, id: InteractionId, agent: AgentId) {
        let (now, day) = (self.at, self.day);
        let queue = self.open.get(&id).and_then(|open| open.queue);
        let Some(work) = self.work(id, agent) else { return };
        let ms = now.since(work.since);
        self.agents.entry(agent).or_default().count(queue, day, now, |counts| {
            counts.wrapped_up += 1;
            counts.wrap_up_ms += ms;
        });
        self.count_in(queue, |counts| {
            counts.wrapped_up += 1;
            counts.wrap_up_ms += ms;
        });
    }

    fn begin_phase(&mut self, id: InteractionId, agent: AgentId, phase: Phase) {
        let since = self.at;
        if let Some(work) = self.work(id, agent) {
            (work.phase, work.since, work.held, work.muted) = (phase, since, None, false);
        }
    }

    fn work(&mut self, id: InteractionId, agent: AgentId) -> Option<&mut Work> {
        self.open.get_mut(&id)?.work_mut(agent)
    }

    fn count_in(
        &mut self,
        queue: Option<QueueId>,
        change: impl Fn(&mut crate::counts::QueueCounts),
    ) {
        if let Some(queue) = queue {
            self.queues.entry(queue).or_default().count(self.day, self.at, change);
        }
    }

    /// The agent has nothing more to do with the interaction.
    fn release(&mut self, id: InteractionId, agent: AgentId) {
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
