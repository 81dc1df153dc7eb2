//! What is told of calls that agents make, of second lines, and of customers who are handed on (Streaming
//! API, "Event sequences").

use model::{
    AgentId, Event, InteractionId, QueueId,
    interaction::{Recording, Target},
};

use super::{
    Piece, Projection,
    contact::{CallState, Contact, Queued, put_agent},
    desk::Work,
};
use crate::Kind;

impl Projection {
    /// Takes in what happened on a line.
    pub(super) fn take_line(&mut self, event: &Event) {
        match event {
            Event::Dialled { interaction, agent: Some(agent), .. } => {
                self.dial(*interaction, *agent);
            }
            Event::DialEnded { interaction, end } => {
                if let Some(contact) = self.contact(*interaction) {
                    contact.dial_end = Some(*end);
                }
            }
            Event::PartyAnswered { interaction } => self.answer(*interaction),
            Event::PartyLeft { interaction } => {
                let over = self.contacts.get(interaction).map(Contact::over);
                let over = over.unwrap_or(CallState::Disconnected);
                self.tell_route(*interaction, Kind::InteractionParticipantChange, over);
            }
            Event::RecordingChanged { interaction, agent, recording } => {
                self.record(*interaction, *agent, *recording);
            }
            Event::TransferRequested { interaction, agent, to, .. } => {
                self.request_transfer(*interaction, *agent, to);
            }
            Event::LinesJoined { line, .. } => {
                if let Some(line) = self.contact(*line) {
                    line.conference = true;
                }
            }
            Event::AgentJoined { interaction, agent, line } => {
                self.set_leg(*interaction, *agent, Work::Handling);
                self.merge(*line, *interaction, Some(*agent));
                self.work(*agent, *interaction, Work::Handling);
            }
            Event::PartyJoined { interaction, line, .. } => self.merge(*line, *interaction, None),
            Event::AgentLeft { interaction, agent } => {
                if let Some(contact) = self.contact(*interaction)
                    && !std::mem::take(&mut contact.transferring)
                {
                    contact.leaving.push(*agent);
                }
            }
            _ => {}
        }
    }

    /// An agent opened it: to reach somebody, or to consult somebody.
    pub(super) fn open_line(&mut self, id: InteractionId, host: AgentId, queue: Option<QueueId>) {
        self.set_leg(id, host, Work::Handling);
        let Some(contact) = self.contacts.get_mut(&id) else { return };
        if contact.line_of.is_some() {
            return self.work(host, id, Work::Handling);
        }
        let named = queue.and_then(|id| Some((id, self.names.queues.get(&id)?)));
        if let Some((queue, named)) = named {
            let (name, priority) = (named.name.clone(), named.priority);
            let (first, entered) = (self.at, self.at);
            contact.queue =
                Some(Queued { id: queue, name, priority, first, entered, waiting: false });
            self.tell_queued(id);
        }
        self.assign(id, host, Some(CallState::Idle), None);
    }

    fn dial(&mut self, id: InteractionId, agent: AgentId) {
        if self.contacts.get(&id).is_some_and(|contact| contact.line_of.is_some()) {
            self.assign(id, agent, Some(CallState::Idle), None);
        }
        self.tell_accepted(id, agent, CallState::InProgress);
        self.work(agent, id, Work::Handling);
    }

    fn answer(&mut self, id: InteractionId) {
        let at = self.at;
        let Some(contact) = self.contact(id) else { return };
        match contact.talker() {
            Some(agent) => {
                contact.answered.get_or_insert(at);
                let (kind, state) = (Kind::InteractionCustomerAccepted, CallState::Connected);
                self.tell(id, Some(agent), kind, Some(state), Contact::put_route);
            }
            None => {
                let kind = Kind::InteractionParticipantChange;
                self.tell_route(id, kind, CallState::Connected);
            }
        }
    }

    fn record(&mut self, id: InteractionId, agent: Option<AgentId>, recording: Recording) {
        let Some(contact) = self.contact(id) else { return };
        let before = std::mem::replace(&mut contact.recording, recording);
        contact.recorded |= recording == Recording::On;
        let agent = agent.or_else(|| contact.talker());
        let status = match (before, recording) {
            (Recording::Off, Recording::On) => {
                let kind = Kind::InteractionRecordingStarted;
                return self.tell(id, agent, kind, None, Contact::put_route);
            }
            (Recording::Paused, Recording::On) => "resume",
            (_, Recording::Paused) => "pause",
            (_, Recording::Off) | (Recording::On, Recording::On) => return,
        };
        let (Some(contact), Some(agent)) = (self.contacts.get(&id), agent) else { return };
        let kind = Kind::RecordingStatus;
        let mut event = contact.event(kind, None, self.at);
        put_agent(&mut event, &self.tenant, agent);
        event.put("isAPICall", false);
        event.put_yes("recordingMode", true);
        event.put("status", status);
        event.put("transactionNum", contact.id);
        let (guid, agents) = (contact.guid.clone(), contact.agents(Some(agent)));
        self.send(kind, Some(guid), agents, event);
    }

    /// Handing a customer on to a queue is told by the interaction that the customer goes on with.
    fn request_transfer(&mut self, id: InteractionId, agent: AgentId, to: &Target) {
        if let Some(contact) = self.contact(id) {
            contact.transferring = true;
        }
        if !matches!(to, Target::Queue(_)) {
            let kind = Kind::InteractionTransferRequest;
            self.tell(id, Some(agent), kind, None, Contact::put_route);
        }
    }

    /// Whoever was on a second line takes part in the first.
    fn merge(&mut self, line: InteractionId, main: InteractionId, joined: Option<AgentId>) {
        let Some(second) = self.contact(line) else { return };
        let (host, conference) = (second.host, second.conference);
        second.transferred = !conference;
        if let Some(first) = self.contact(main) {
            first.transferred |= !conference;
        }
        let leave = |projection: &mut Self, kind| {
            host.into_iter().for_each(|host| projection.tell_over(line, host, kind));
        };
        let change = |projection: &mut Self| {
            let (kind, state) = (Kind::InteractionParticipantChange, CallState::Connected);
            projection.tell(main, joined, kind, Some(state), Contact::put_route);
        };
        if !conference {
            leave(self, Kind::InteractionPostProcess);
            change(self);
        }
        leave(self, Kind::InteractionEndPostProcess);
        host.into_iter().for_each(|host| self.release(line, host));
        if conference {
            self.tell_route(line, Kind::InteractionReconnect, CallState::Disconnected);
            change(self);
        }
    }

    /// A second line whose parties were handed on is told to be so when it goes.
    pub(super) fn reconnect(&mut self, id: InteractionId) {
        let Some(line) = self.contacts.get_mut(&id).filter(|contact| contact.line_of.is_some())
        else {
            return;
        };
        if std::mem::take(&mut line.transferred) {
            self.changed.insert(Piece::Contact(id));
            self.tell_route(id, Kind::InteractionReconnect, CallState::Disconnected);
            self.tell_route(id, Kind::InteractionParticipantChange, CallState::Disconnected);
        }
    }

    /// A conference is formed once the second line is gone.
    pub(super) fn join(&mut self, gone: Option<&Contact>) {
        let Some(line) = gone.filter(|line| line.conference) else { return };
        if let Some(main) = line.line_of {
            let kind = Kind::InteractionJoinLinesRequest;
            self.tell(main, line.host, kind, None, Contact::put_route);
        }
    }

    /// An agent left a conversation that goes on: told after the wrap-up has begun, as published.
    pub(super) fn tell_left(&mut self, id: InteractionId, agent: AgentId) {
        let Some(contact) = self.contact(id) else { return };
        let before = contact.leaving.len();
        contact.leaving.retain(|leaving| *leaving != agent);
        if contact.leaving.len() < before {
            self.tell_over(id, agent, Kind::InteractionParticipantChange);
        }
    }
}
