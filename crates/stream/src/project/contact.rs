//! What must be remembered of an interaction to tell of it, and the fields that its events have.

use model::{
    AgentId, ChannelId, InteractionId, QueueId, TenantId, Text, Timestamp,
    event::InteractionCreated,
    interaction::{DialEnd, Direction, Disposition, EndCause, Media, Recording},
};
use serde::{Deserialize, Serialize};

use super::{desk::Work, names, render::Object};
use crate::Kind;

/// One interaction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Contact {
    pub(super) id: InteractionId,
    pub(super) guid: Text,
    pub(super) media: Media,
    pub(super) channel: ChannelId,
    pub(super) direction: Direction,
    /// The center's number or address.
    pub(super) center: Text,
    /// The customer's number or address; of a second line that of whoever is consulted.
    pub(super) customer: Text,
    pub(super) caller_name: Option<Text>,
    pub(super) created: Timestamp,
    /// The agent who opened it.
    pub(super) host: Option<AgentId>,
    /// The interaction whose second line it is.
    pub(super) line_of: Option<InteractionId>,
    /// Whoever accepts rings the customer.
    #[serde(default)]
    pub(super) callback: bool,
    /// A second line becomes part of the first: by a conference, or else by a transfer.
    pub(super) conference: bool,
    /// What it was handed on from.
    pub(super) original: Option<Original>,
    pub(super) queue: Option<Queued>,
    /// The agents who have it, in the order in which they got it.
    pub(super) legs: Vec<(AgentId, Work)>,
    /// It is being handed on.
    pub(super) transferring: bool,
    /// It was handed on to somebody who was consulted.
    pub(super) transferred: bool,
    /// Agents who left a conversation that goes on, which is told with what they do next.
    pub(super) leaving: Vec<AgentId>,
    pub(super) recording: Recording,
    /// Some of it was recorded.
    pub(super) recorded: bool,
    /// When customer and agent began to talk.
    pub(super) answered: Option<Timestamp>,
    pub(super) dial_end: Option<DialEnd>,
    pub(super) ended: Option<(Timestamp, EndCause)>,
    pub(super) disposition: Disposition,
    pub(super) codes: Vec<u32>,
    pub(super) note: Option<Text>,
}

/// An interaction that the customer was handed on from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Original {
    pub(super) guid: Text,
    pub(super) id: InteractionId,
    pub(super) queue: Option<QueueId>,
}

/// The last queue.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Queued {
    pub(super) id: QueueId,
    pub(super) name: Text,
    pub(super) priority: u8,
    /// When the interaction entered its first queue.
    pub(super) first: Timestamp,
    /// When it entered this one.
    pub(super) entered: Timestamp,
    /// It is still in it.
    pub(super) waiting: bool,
}

/// How a call stands (Streaming API, "callState").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CallState {
    Idle,
    InProgress,
    Connected,
    Disconnected,
    Hold,
    Queued,
}

impl CallState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "CS_IDLE",
            Self::InProgress => "CS_INPROGRESS",
            Self::Connected => "CS_CONNECTED",
            Self::Disconnected => "CS_DISCONNECTED",
            Self::Hold => "CS_HOLD",
            Self::Queued => "CS_QUEUED",
        }
    }
}

/// The agent it is about.
pub(super) fn put_agent(event: &mut Object, tenant: &TenantId, agent: AgentId) {
    event.put("agentGUID", names::agent_guid(tenant, agent));
    event.put("agentId", agent);
}

impl Contact {
    /// An interaction as it is born.
    pub(super) fn born(created: &InteractionCreated, at: Timestamp) -> Self {
        let (center, customer) = match created.direction {
            Direction::In => (&created.to, &created.from),
            Direction::Out => (&created.from, &created.to),
        };
        Self {
            id: created.interaction,
            guid: created.guid.clone(),
            media: created.media,
            channel: created.channel,
            direction: created.direction,
            center: center.clone(),
            customer: customer.clone(),
            caller_name: created.caller_name.clone(),
            created: at,
            host: created.agent,
            line_of: created.line_of,
            callback: created.callback,
            conference: false,
            original: None,
            queue: None,
            legs: Vec::new(),
            transferring: false,
            transferred: false,
            leaving: Vec::new(),
            recording: Recording::Off,
            recorded: false,
            answered: None,
            dial_end: None,
            ended: None,
            disposition: Disposition::None,
            codes: Vec::new(),
            note: None,
        }
    }

    /// What its state is before somebody has it: what an agent or a transfer opened is idle.
    pub(super) fn fresh(&self) -> CallState {
        let came_in = self.direction == Direction::In && self.original.is_none();
        if came_in { CallState::Queued } else { CallState::Idle }
    }

    /// What its state is while an agent is asked.
    pub(super) fn asked(&self) -> CallState {
        let waits = self.queue.as_ref().is_some_and(|queue| queue.waiting);
        if waits { CallState::Queued } else { CallState::Idle }
    }

    /// What the state is called once it is over: chats are idle then.
    pub(super) fn over(&self) -> CallState {
        if self.media == Media::Phone { CallState::Disconnected } else { CallState::Idle }
    }

    /// The agent who talks, or listens to the ringing; of several the first.
    pub(super) fn talker(&self) -> Option<AgentId> {
        let talks = |(_, work): &&(AgentId, Work)| *work == Work::Handling;
        self.legs.iter().find(talks).map(|(agent, _)| *agent)
    }

    /// Changes what an agent does with it; an agent who had no part in it has one now.
    pub(super) fn set_leg(&mut self, agent: AgentId, work: Work) {
        match self.legs.iter_mut().find(|(known, _)| *known == agent) {
            Some(leg) => leg.1 = work,
            None => self.legs.push((agent, work)),
        }
    }

    /// Takes an agent's part away; whether there was one.
    pub(super) fn drop_leg(&mut self, agent: AgentId) -> bool {
        let before = self.legs.len();
        self.legs.retain(|(known, _)| *known != agent);
        self.legs.len() < before
    }

    /// The agents, the one it is about first.
    pub(super) fn agents(&self, about: Option<AgentId>) -> Vec<AgentId> {
        let others = self.legs.iter().map(|(agent, _)| *agent);
        about.into_iter().chain(others.filter(|agent| Some(*agent) != about)).collect()
    }

    /// What every event of an interaction has.
    pub(super) fn event(&self, kind: Kind, state: Option<CallState>, at: Timestamp) -> Object {
        let mut event = Object::default();
        event.put("event", kind.as_str());
        event.put("interactionGUID", &self.guid);
        event.put_seconds("interactionEventTS", at);
        event.put_some("callState", state.map(CallState::as_str));
        event
    }

    /// All agents who take part.
    pub(super) fn put_participants(&self, event: &mut Object) {
        let all: Vec<String> = self.legs.iter().map(|(agent, _)| agent.to_string()).collect();
        event.put("participatingAgents", all.join(","));
    }

    /// The kind of channel by number.
    pub(super) fn put_resource(&self, event: &mut Object) {
        event.put(
            "resourceType",
            match self.media {
                Media::Phone => 0,
                Media::Email => 1,
                Media::Chat => 2,
                Media::Sms => 3,
            },
        );
    }

    /// The kind of channel by word: text messages are chats.
    pub(super) fn put_media(&self, event: &mut Object) {
        event.put(
            "mediaType",
            match self.media {
                Media::Phone => "phone",
                Media::Email => "email",
                Media::Chat | Media::Sms => "chat",
            },
        );
    }

    /// The way it took, once it has been in a queue, or an agent opened it.
    pub(super) fn put_route(&self, event: &mut Object) {
        let Some(offered) = self.offered() else { return };
        event.put("direction", self.direction.as_str());
        event.put_seconds("eventTS", offered);
        event.put("transactionNum", self.id);
        self.put_media(event);
        if let Some(queue) = &self.queue {
            event.put("queueId", queue.id);
            event.put("queueList", queue.id);
            event.put_seconds("queueTime", queue.entered);
        }
    }

    /// When it entered its first queue, or an agent opened it.
    pub(super) fn offered(&self) -> Option<Timestamp> {
        let opened = self.host.map(|_| self.created);
        self.queue.as_ref().map(|queue| queue.first).or(opened)
    }

    /// Whether an agent opened it to reach somebody.
    pub(super) fn is_dialled(&self) -> bool {
        self.direction == Direction::Out && self.line_of.is_none()
    }

    /// How it ended (Streaming API, "callState and hangup enums").
    pub(super) fn hangup(&self) -> (&'static str, &'static str) {
        let normal = "CEC_DISCONNECT_NORMAL";
        let ring = match self.dial_end {
            Some(DialEnd::Busy) => "CEC_DISCONNECT_BUSY",
            Some(DialEnd::Cancelled) => "CEC_DISCONNECT_CANCELLED",
            Some(DialEnd::Failed) => "CEC_DISCONNECT_FAILED",
            Some(DialEnd::NoAnswer) | None => "CEC_DISCONNECT_NOANSWER",
        };
        match self.ended.map(|(_, cause)| cause) {
            Some(EndCause::Abandoned | EndCause::Customer) => ("CUSTOMER", normal),
            Some(EndCause::Agent) if self.dial_end.is_some() => ("AGENT", ring),
            Some(EndCause::Agent | EndCause::Transferred) => ("AGENT", normal),
            Some(EndCause::Script | EndCause::Merged | EndCause::Party) | None => {
                ("SYSTEM", normal)
            }
            Some(EndCause::Unanswered) => ("SYSTEM", ring),
            Some(EndCause::ScriptError) => ("SYSTEM", "CEC_DISCONNECT_FAILED"),
        }
    }
}
