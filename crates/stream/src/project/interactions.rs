//! What is told of interactions, in the order of the documented sequences (Streaming API, "Event
//! sequences").

use model::{
    AgentId, Event, InteractionId,
    event::{InteractionCreated, InteractionQueued, OfferEnded, WrapUpCompleted},
    interaction::{EndCause, Media, OfferEnd},
};

use super::{
    Projection, attached,
    contact::{CallState, Contact, Original, Queued, put_agent},
    desk::Work,
    render::Object,
};
use crate::Kind;

/// The reason of a rejection (Streaming API, "Fields of Interaction").
const TIMED_OUT: u8 = 1;
const BY_AGENT: u8 = 2;

impl Projection {
    /// Takes in what happened to an interaction.
    pub(super) fn take_interaction(&mut self, event: &Event) {
        match event {
            Event::InteractionCreated(created) => self.create(created),
            Event::InteractionQueued(queued) => self.queue(queued),
            Event::InteractionDequeued { interaction, exit, .. } => {
                self.dequeue(*interaction, &**exit == "timeout");
            }
            Event::InteractionOffered(offered) => {
                self.set_leg(offered.interaction, offered.agent, Work::Offered);
                let ring_s = offered.deadline.since(self.at) / 1000;
                let state = self.contacts.get(&offered.interaction).map(Contact::asked);
                self.assign(offered.interaction, offered.agent, state, Some(ring_s));
                self.work(offered.agent, offered.interaction, Work::Offered);
            }
            Event::OfferEnded(ended) => self.end_offer(ended),
            Event::OfferAccepted { interaction, agent, .. } => self.accept(*interaction, *agent),
            Event::HoldChanged { interaction, agent, held } => {
                let state = if *held { CallState::Hold } else { CallState::Connected };
                self.tell_line(*interaction, *agent, Kind::LineHoldStatus, state, *held);
            }
            Event::MuteChanged { interaction, agent, muted } => {
                let state = CallState::Connected;
                self.tell_line(*interaction, *agent, Kind::LineMuteStatus, state, *muted);
            }
            Event::InteractionEnded { interaction, cause } => self.end(*interaction, *cause),
            Event::WrapUpStarted { interaction, agent, .. } => {
                self.set_leg(*interaction, *agent, Work::WrapUp);
                self.tell_over(*interaction, *agent, Kind::InteractionPostProcess);
                self.tell_left(*interaction, *agent);
                self.work(*agent, *interaction, Work::WrapUp);
            }
            Event::WrapUpCompleted(completed) => self.wrap_up(completed),
            Event::AgentReleased { interaction, agent } => {
                self.reconnect(*interaction);
                self.tell_left(*interaction, *agent);
                self.release(*interaction, *agent);
                self.done(*agent, *interaction, false);
            }
            Event::InteractionDeleted { interaction, agent } => self.delete(*interaction, *agent),
            event => self.take_line(event),
        }
    }

    fn create(&mut self, created: &InteractionCreated) {
        let id = created.interaction;
        let mut contact = Contact::born(created, self.at);
        let guid = created.original.as_ref();
        let original = guid.and_then(|guid| self.contacts.values().find(|old| old.guid == *guid));
        contact.original = original.map(|old| Original {
            guid: old.guid.clone(),
            id: old.id,
            queue: old.queue.as_ref().map(|queue| queue.id),
        });
        let state = contact.fresh();
        self.contacts.insert(id, contact);
        self.contact(id);
        self.tell(id, None, Kind::InteractionCreated, Some(state), |contact, event| {
            event.put("inboundChannelid", attached::channel_number(contact));
            contact.put_resource(event);
        });
        if let Some(host) = created.agent {
            self.open_line(id, host, created.queue);
        }
    }

    fn queue(&mut self, queued: &InteractionQueued) {
        let entered = queued.entered.unwrap_or(self.at);
        let Some(contact) = self.contact(queued.interaction) else { return };
        let first = contact.queue.as_ref().map_or(entered, |queue| queue.first);
        let (id, name, priority) = (queued.queue, queued.queue_name.clone(), queued.priority);
        contact.queue = Some(Queued { id, name, priority, first, entered, waiting: true });
        self.tell_queued(queued.interaction);
    }

    pub(super) fn tell_queued(&mut self, id: InteractionId) {
        let state = self.contacts.get(&id).map(Contact::fresh);
        self.tell(id, None, Kind::InteractionQueued, state, |contact, event| {
            event.put("inboundChannelid", attached::channel_number(contact));
            event.put("isAgentInitiated", contact.host.is_some());
            event.put_some("priority", contact.queue.as_ref().map(|queue| queue.priority));
            contact.put_resource(event);
            contact.put_route(event);
        });
    }

    /// Whether it leaves its queue with this; tells so.
    fn unqueue(&mut self, id: InteractionId, state: CallState) {
        let Some(contact) = self.contact(id) else { return };
        if contact.queue.as_mut().is_some_and(|queue| std::mem::take(&mut queue.waiting)) {
            self.tell_route(id, Kind::InteractionUnqueued, state);
        }
    }

    fn dequeue(&mut self, id: InteractionId, timed_out: bool) {
        if timed_out {
            self.tell_route(id, Kind::InteractionQueueTimeout, CallState::Queued);
        }
        self.unqueue(id, CallState::Idle);
    }

    pub(super) fn assign(
        &mut self,
        id: InteractionId,
        agent: AgentId,
        state: Option<CallState>,
        ring_s: Option<u64>,
    ) {
        self.tell(id, Some(agent), Kind::InteractionAssigned, state, |contact, event| {
            event.put_some("agentRscWaitTime", ring_s);
            event.put_some("promptingTimeout", ring_s);
            event.put("isAgentInitiated", contact.host.is_some());
            event.put("isDirectAccess", contact.queue.is_none());
            if contact.is_dialled() {
                event.put("isExternal", true);
                event.put("isOutboundCall", true);
            }
            event.put("outboundCampaignid", 0);
            event.put_yes("recordingMode", contact.recorded);
            contact.put_resource(event);
            contact.put_route(event);
        });
    }

    fn end_offer(&mut self, ended: &OfferEnded) {
        let OfferEnded { interaction: id, agent, end, .. } = *ended;
        let (rejected, breaks) = match end {
            OfferEnd::Rejected => (Some(BY_AGENT), self.breaks(id, agent, end)),
            OfferEnd::TimedOut => (Some(TIMED_OUT), self.breaks(id, agent, end)),
            OfferEnd::Withdrawn | OfferEnd::Recalled => (None, false),
        };
        match rejected {
            Some(reason) => {
                let (kind, state) =
                    (Kind::InteractionRejected, self.contacts.get(&id).map(Contact::asked));
                self.tell(id, Some(agent), kind, state, |contact, event| {
                    event.put("rejectReason", reason);
                    contact.put_resource(event);
                    contact.put_route(event);
                });
            }
            None => self.tell_over(id, agent, Kind::InteractionDeassigned),
        }
        if let Some(contact) = self.contact(id) {
            contact.drop_leg(agent);
        }
        self.done(agent, id, breaks);
    }

    /// Whether an agent who did not take an offer is put on a break for it, which is told when it comes.
    fn breaks(&self, id: InteractionId, agent: AgentId, end: OfferEnd) -> bool {
        let queue = self.contacts.get(&id).and_then(|contact| contact.queue.as_ref());
        // Whoever was asked by name is not put on a break by a queue left before.
        let queue = queue.filter(|queue| queue.waiting);
        let Some(queue) = queue.and_then(|queue| self.names.queues.get(&queue.id)) else {
            return false;
        };
        let breaks =
            if end == OfferEnd::Rejected { queue.rejecting_breaks } else { queue.missing_breaks };
        let available = model::status::Status::Available;
        breaks && self.desks.get(&agent).is_some_and(|desk| desk.status == available)
    }

    fn accept(&mut self, id: InteractionId, agent: AgentId) {
        let at = self.at;
        self.set_leg(id, agent, Work::Handling);
        let Some(contact) = self.contact(id) else { return };
        if let Some(queue) = &mut contact.queue {
            queue.waiting = false;
        }
        if contact.callback {
            // What is told of a call that an agent makes follows.
            return;
        }
        contact.answered.get_or_insert(at);
        contact.dial_end = None;
        if contact.line_of.is_some() {
            // The colleague picks up, is shown the line, and is connected.
            self.tell_accepted(id, agent, CallState::InProgress);
            self.assign(id, agent, Some(CallState::InProgress), None);
        }
        self.tell_accepted(id, agent, CallState::Connected);
        self.work(agent, id, Work::Handling);
    }

    pub(super) fn tell_accepted(&mut self, id: InteractionId, agent: AgentId, state: CallState) {
        let kind = Kind::InteractionAccepted;
        self.tell(id, Some(agent), kind, Some(state), Contact::put_route);
    }

    fn end(&mut self, id: InteractionId, cause: EndCause) {
        let at = self.at;
        let Some(contact) = self.contact(id) else { return };
        contact.ended = Some((at, cause));
        let over = contact.over();
        let guest_left = contact.media == Media::Chat && cause == EndCause::Customer;
        let handling = contact.legs.iter().filter(|(_, work)| *work == Work::Handling).count();
        let several = contact.line_of.is_none() && (contact.transferred || handling > 1);
        if guest_left {
            self.tell(id, None, Kind::GuestChatEnd, None, |_, _| {});
        }
        if several {
            self.tell_route(id, Kind::InteractionParticipantChange, over);
        }
        self.unqueue(id, over);
    }

    fn wrap_up(&mut self, completed: &WrapUpCompleted) {
        let (id, agent) = (completed.interaction, completed.agent);
        let Some(contact) = self.contact(id) else { return };
        contact.disposition = completed.disposition;
        contact.codes.clone_from(&completed.codes);
        contact.note.clone_from(&completed.note);
        self.tell_over(id, agent, Kind::InteractionEndPostProcess);
        self.release(id, agent);
    }

    /// The agent is free of it, unless that was told before.
    pub(super) fn release(&mut self, id: InteractionId, agent: AgentId) {
        let has = |contact: &Contact| contact.legs.iter().any(|(known, _)| *known == agent);
        if self.contacts.get(&id).is_some_and(has) {
            self.tell_over(id, agent, Kind::InteractionDeassigned);
            if let Some(contact) = self.contact(id) {
                contact.drop_leg(agent);
            }
        }
    }

    fn delete(&mut self, id: InteractionId, agent: Option<AgentId>) {
        self.reconnect(id);
        if let Some(agent) = agent {
            self.tell_left(id, agent);
            self.release(id, agent);
        }
        let over = self.contacts.get(&id).map(Contact::over);
        self.tell(id, None, Kind::InteractionDeleted, over, |contact, event| {
            let (initiator, reason) = contact.hangup();
            event.put_some("agentNotes", contact.note.as_deref());
            event.put("callHangupReason", reason);
            event.put("dispositionCode", contact.disposition.code());
            event.put("hangupInitiator", initiator);
            event.put("inboundChannelid", attached::channel_number(contact));
            event.put("isAgentInitiated", contact.host.is_some());
            event.put("isDirectAccess", contact.host.is_some() && contact.queue.is_none());
            event.put("isQueued", contact.queue.is_some());
            event.put_yes("recordingMode", contact.recorded);
            event.put("rejectReason", 0);
            contact.put_media(event);
            contact.put_resource(event);
            contact.put_route(event);
        });
        self.contact(id);
        let gone = self.contacts.remove(&id);
        self.join(gone.as_ref());
        if let Some(agent) = agent {
            self.done(agent, id, false);
        }
    }

    pub(super) fn set_leg(&mut self, id: InteractionId, agent: AgentId, work: Work) {
        if let Some(contact) = self.contact(id) {
            contact.set_leg(agent, work);
        }
    }

    /// Tells of hold or mute, which are about a line and have little beside it.
    fn tell_line(
        &mut self,
        id: InteractionId,
        agent: AgentId,
        kind: Kind,
        state: CallState,
        on: bool,
    ) {
        let Some(contact) = self.contacts.get(&id) else { return };
        let mut event = contact.event(kind, Some(state), self.at);
        put_agent(&mut event, &self.tenant, agent);
        contact.put_participants(&mut event);
        contact.put_media(&mut event);
        event.put("status", on);
        event.put("transactionNum", contact.id);
        let (guid, agents) = (contact.guid.clone(), contact.agents(Some(agent)));
        self.send(kind, Some(guid), agents, event);
    }

    /// Tells what happens to an agent's part when the conversation is over.
    pub(super) fn tell_over(&mut self, id: InteractionId, agent: AgentId, kind: Kind) {
        let over = self.contacts.get(&id).map(Contact::over);
        self.tell(id, Some(agent), kind, over, |contact, event| {
            if kind != Kind::InteractionPostProcess {
                event.put("dispositionCode", contact.disposition.code());
            }
            contact.put_route(event);
        });
    }

    /// Tells what happens in a queue.
    pub(super) fn tell_route(&mut self, id: InteractionId, kind: Kind, state: CallState) {
        self.tell(id, None, kind, Some(state), Contact::put_route);
    }

    /// Tells of an interaction, with the data attached to it and what `put` adds.
    pub(super) fn tell(
        &mut self,
        id: InteractionId,
        agent: Option<AgentId>,
        kind: Kind,
        state: Option<CallState>,
        put: impl FnOnce(&Contact, &mut Object),
    ) {
        let Some(contact) = self.contacts.get(&id) else { return };
        let mut event = contact.event(kind, state, self.at);
        event.put_attached(&attached::of(contact, kind, &self.tenant, &self.names));
        if let Some(agent) = agent {
            put_agent(&mut event, &self.tenant, agent);
            contact.put_participants(&mut event);
        }
        put(contact, &mut event);
        let (guid, agents) = (contact.guid.clone(), contact.agents(agent));
        self.send(kind, Some(guid), agents, event);
    }
}
