//! What agents do with an interaction: are asked, talk, hold, hang up, put down what came of it.

use model::{AgentId, InteractionId, QueueId, event::OfferEnded, interaction::OfferEnd};

use super::Measures;
use crate::{
    counts::WorkCounts,
    open::{Entry, Open, Phase, Work},
    queue::Left,
};

impl Measures {
    /// The queue that an agent's work on an interaction counts for.
    pub(super) fn work_queue(&self, id: InteractionId) -> Option<QueueId> {
        self.open.get(&id).and_then(|open| open.queue)
    }

    /// Second lines are counted apart: they are no customers.
    fn is_line(&self, id: InteractionId) -> bool {
        self.open.get(&id).is_some_and(|open| open.entry == Entry::Line)
    }

    /// The agents who do this on an interaction.
    pub(super) fn in_phase(&self, id: InteractionId, phase: Phase) -> Vec<AgentId> {
        let work = self.open.get(&id).map_or(&[][..], |open| &open.work);
        work.iter().filter(|work| work.phase == phase).map(|work| work.agent).collect()
    }

    pub(super) fn count_work(
        &mut self,
        agent: AgentId,
        queue: Option<QueueId>,
        change: impl Fn(&mut WorkCounts),
    ) {
        self.agents.entry(agent).or_default().count(queue, self.day, self.at, change);
    }

    pub(super) fn ask(&mut self, id: InteractionId, agent: AgentId) {
        let (now, queue) = (self.at, self.work_queue(id));
        let Some(open) = self.open.get_mut(&id) else { return };
        open.work.push(Work::new(agent, Phase::Offered, now));
        self.agents.entry(agent).or_default().at_hand.push(id);
        if !self.is_line(id) {
            return self.count_work(agent, queue, |counts| counts.offered += 1);
        }
        // A colleague is called: whoever opened the line is on it already.
        for caller in self.in_phase(id, Phase::Dialling) {
            self.count_work(caller, None, |counts| counts.internal_initiated += 1);
        }
    }

    /// The offer ended; says how long it rang.
    fn end_offer(&mut self, id: InteractionId, agent: AgentId) {
        let Some(open) = self.open.get(&id).filter(|open| open.entry != Entry::Line) else {
            return;
        };
        let Some(work) = open.work_of(agent) else { return };
        let (queue, ms) = (open.queue, self.at.since(work.since));
        self.count_work(agent, queue, |counts| {
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

    pub(super) fn decline(&mut self, ended: &OfferEnded) {
        let OfferEnded { interaction, agent, end, .. } = ended;
        self.end_offer(*interaction, *agent);
        if !self.is_line(*interaction) {
            let queue = self.work_queue(*interaction);
            self.count_work(*agent, queue, |counts| match end {
                OfferEnd::Rejected => counts.rejected += 1,
                OfferEnd::TimedOut => counts.timed_out += 1,
                OfferEnd::Withdrawn | OfferEnd::Recalled => {}
            });
        }
        self.release(*interaction, *agent);
    }

    pub(super) fn accept(&mut self, id: InteractionId, agent: AgentId) {
        self.end_offer(id, agent);
        self.leave(id, Left::Accepted);
        let queue = self.work_queue(id);
        let entry = self.open.get(&id).map(|open| open.entry);
        self.count_work(agent, queue, |counts| match entry {
            Some(Entry::Line) => counts.internal_received += 1,
            Some(entry) => {
                counts.accepted += 1;
                counts.transfers_received += u64::from(entry == Entry::HandedOn);
                counts.direct_inbounds += u64::from(queue.is_none());
            }
            None => {}
        });
        self.begin_phase(id, agent, Phase::Talking);
        if self.is_line(id) {
            if let Some(open) = self.open.get_mut(&id) {
                open.talks_inside = true;
            }
            self.answer(id);
        }
    }

    pub(super) fn hold(&mut self, id: InteractionId, agent: AgentId, held: bool) {
        let now = self.at;
        let Some(work) = self.work(id, agent) else { return };
        let since = work.held.take();
        work.held = held.then_some(now);
        if let Some(since) = since {
            self.count_hold(id, agent, now.since(since));
        }
    }

    fn count_hold(&mut self, id: InteractionId, agent: AgentId, ms: u64) {
        let queue = self.work_queue(id);
        self.count_work(agent, queue, |counts| {
            counts.holds += 1;
            counts.hold_ms += ms;
            counts.longest_hold_ms = counts.longest_hold_ms.max(ms);
        });
    }

    /// The conversation is over for an agent, or never came about.
    pub(super) fn hang_up(&mut self, id: InteractionId, agent: AgentId) {
        let now = self.at;
        let Some(open) = self.open.get(&id) else { return };
        let Some(work) = open.work_of(agent).cloned() else { return };
        if let Some(since) = work.held {
            self.count_hold(id, agent, now.since(since));
        }
        if work.phase == Phase::Talking {
            self.count_talk(id, &work);
        }
        self.begin_phase(id, agent, Phase::Ended);
    }

    fn count_talk(&mut self, id: InteractionId, work: &Work) {
        let talked_ms = self.at.since(work.since);
        let conferred_ms = work.conferring.map_or(0, |since| self.at.since(since));
        let Some(&Open { queue, entry, talks_inside, .. }) = self.open.get(&id) else { return };
        self.count_work(work.agent, queue, |counts| {
            counts.conference_ms += conferred_ms;
            match entry {
                Entry::Line if talks_inside => counts.internal_ms += talked_ms,
                Entry::Line => {}
                Entry::Came | Entry::Dialled | Entry::HandedOn => {
                    counts.handled += 1;
                    counts.handling_ms += talked_ms;
                    match (queue, entry) {
                        (Some(_), _) => {}
                        (None, Entry::Dialled) => counts.direct_outbound_ms += talked_ms,
                        (None, _) => counts.direct_inbound_ms += talked_ms,
                    }
                }
            }
        });
        if entry != Entry::Line {
            self.count_in(queue, |counts| {
                counts.handled += 1;
                counts.handling_ms += talked_ms;
            });
        }
    }

    pub(super) fn complete(&mut self, id: InteractionId, agent: AgentId) {
        let (now, queue) = (self.at, self.work_queue(id));
        let Some(work) = self.work(id, agent) else { return };
        let ms = now.since(work.since);
        self.count_work(agent, queue, |counts| {
            counts.wrapped_up += 1;
            counts.wrap_up_ms += ms;
        });
        self.count_in(queue, |counts| {
            counts.wrapped_up += 1;
            counts.wrap_up_ms += ms;
        });
    }
}
