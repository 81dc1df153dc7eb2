//! Lines that agents open, and conversations that are handed on or become one.

use model::{AgentId, Event, InteractionId, event::InteractionCreated, interaction::Target};

use super::Measures;
use crate::open::{Entry, Open, Phase, Work};

impl Measures {
    /// Who is connected to whom.
    pub(super) fn connect(&mut self, event: &Event) -> Option<InteractionId> {
        match event {
            Event::AgentJoined { interaction, agent, .. } => {
                self.come_to(*interaction, *agent);
                Some(*interaction)
            }
            // A customer is called back: who accepted waits for the answer now.
            Event::Dialled { interaction, agent: Some(agent), .. } => {
                self.begin_phase(*interaction, *agent, Phase::Dialling);
                Some(*interaction)
            }
            Event::PartyAnswered { interaction } => {
                self.answer(*interaction);
                Some(*interaction)
            }
            Event::TransferRequested { interaction, agent, to, .. } => {
                self.hand_on(*interaction, *agent, to);
                None
            }
            Event::LinesJoined { interaction, agent, .. } => {
                self.confer(*interaction, *agent);
                None
            }
            Event::AgentLeft { interaction, agent } => {
                self.hang_up(*interaction, *agent);
                Some(*interaction)
            }
            Event::AgentReleased { interaction, agent } => {
                self.release(*interaction, *agent);
                Some(*interaction)
            }
            _ => None,
        }
    }

    pub(super) fn create(&mut self, created: &InteractionCreated) {
        let InteractionCreated { channel, media, queue, direction, line_of, .. } = *created;
        let entry = match (line_of, created.agent, &created.original) {
            (Some(_), ..) => Entry::Line,
            (None, Some(_), _) => Entry::Dialled,
            (None, None, Some(_)) if !created.callback => Entry::HandedOn,
            (None, None, _) => Entry::Came,
        };
        let (waiting, counted, work) = (None, None, Vec::new());
        let (taken_over, talks_inside) = (false, false);
        let open = Open {
            channel,
            media,
            direction,
            queue,
            waiting,
            work,
            entry,
            line_of,
            taken_over,
            talks_inside,
            counted,
        };
        self.open.insert(created.interaction, open);
        let Some(agent) = created.agent else { return };
        self.join(created.interaction, agent, Phase::Dialling);
        let queue = self.work_queue(line_of.unwrap_or(created.interaction));
        self.count_work(agent, queue, |counts| match entry {
            Entry::Line => counts.consultations += 1,
            Entry::Dialled if queue.is_none() => counts.direct_outbounds += 1,
            Entry::Dialled | Entry::HandedOn | Entry::Came => {}
        });
    }

    /// An agent is on the line: dialled, or came to a conversation that goes on.
    pub(super) fn join(&mut self, id: InteractionId, agent: AgentId, phase: Phase) {
        let Some(open) = self.open.get_mut(&id) else { return };
        open.work.push(Work::new(agent, phase, self.at));
        self.agents.entry(agent).or_default().at_hand.push(id);
    }

    /// The number that was rung answered: the agent who rang it talks now.
    pub(super) fn answer(&mut self, id: InteractionId) {
        for agent in self.in_phase(id, Phase::Dialling) {
            self.begin_phase(id, agent, Phase::Talking);
        }
    }

    /// An agent hands the customer on: without asking, unless somebody was consulted on a second line.
    pub(super) fn hand_on(&mut self, id: InteractionId, agent: AgentId, to: &Target) {
        let line = |open: &Open| open.line_of == Some(id) && open.work_of(agent).is_some();
        let warm = self.open.values().any(line);
        if let Some(open) = self.open.get_mut(&id) {
            open.taken_over = warm && matches!(to, Target::Agent(_));
        }
        let queue = self.work_queue(id);
        self.count_work(agent, queue, |counts| {
            counts.transfers_initiated += 1;
            if warm {
                counts.warm_transfers += 1;
            } else {
                counts.blind_transfers += 1;
            }
        });
    }

    /// An agent makes one conversation of two lines.
    pub(super) fn confer(&mut self, id: InteractionId, agent: AgentId) {
        let (now, queue) = (self.at, self.work_queue(id));
        if let Some(work) = self.work(id, agent) {
            work.conferring.get_or_insert(now);
        }
        self.count_work(agent, queue, |counts| counts.conferences += 1);
    }

    /// An agent comes to a conversation: takes it over, or takes part.
    pub(super) fn come_to(&mut self, id: InteractionId, agent: AgentId) {
        self.join(id, agent, Phase::Talking);
        let (now, queue) = (self.at, self.work_queue(id));
        let Some(open) = self.open.get_mut(&id) else { return };
        let taken_over = std::mem::take(&mut open.taken_over);
        if !taken_over && let Some(work) = open.work_mut(agent) {
            work.conferring = Some(now);
        }
        self.count_work(agent, queue, |counts| {
            if taken_over {
                counts.transfers_received += 1;
            } else {
                counts.conferences += 1;
            }
        });
    }
}
