//! What must be remembered of an interaction to tell of it, and the fields that its events have.

use model::{
    AgentId, ChannelId, InteractionId, QueueId, TenantId, Text, Timestamp,
    interaction::{Disposition, EndCause, Media},
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
    /// The center's number or address.
    pub(super) center: Text,
    /// The customer's number or address.
    pub(super) customer: Text,
    pub(super) caller_name: Option<Text>,
    pub(super) queue: Option<Queued>,
    /// The agents who have it, in the order in which they got it.
    pub(super) legs: Vec<(AgentId, Work)>,
    /// When customer and agent began to talk.
    pub(super) answered: Option<Timestamp>,
    pub(super) ended: Option<(Timestamp, EndCause)>,
    pub(super) disposition: Disposition,
    pub(super) codes: Vec<u32>,
    pub(super) note: Option<Text>,
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
    Connected,
    Disconnected,
    Hold,
    Queued,
}

impl CallState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "CS_IDLE",
            Self::Connected => "CS_CONNECTED",
            Self::Disconnected => "CS_DISCONNECTED",
            Self::Hold => "CS_HOLD",
            Self::Queued => "CS_QUEUED",
        }
    }
}

impl Contact {
    /// What the state is called once it is over: chats are idle then.
    pub(super) fn over(&self) -> CallState {
        if self.media == Media::Phone { CallState::Disconnected } else { CallState::Idle }
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

    /// The agent it is about, and all who take part.
    pub(super) fn put_agent(&self, event: &mut Object, tenant: &TenantId, agent: AgentId) {
        event.put("agentGUID", names::agent_guid(tenant, agent));
        event.put("agentId", agent);
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

    /// The way it took, once it has been in a queue.
    pub(super) fn put_route(&self, event: &mut Object) {
        let Some(queue) = &self.queue else { return };
        event.put("direction", self.direction());
        event.put_seconds("eventTS", queue.first);
        event.put("queueId", queue.id);
        event.put("queueList", queue.id);
        event.put_seconds("queueTime", queue.entered);
        event.put("transactionNum", self.id);
        self.put_media(event);
    }

    pub(super) fn direction(&self) -> &'static str {
        "in"
    }

    /// How it ended (Streaming API, "callState and hangup enums").
    pub(super) fn hangup(&self) -> (&'static str, &'static str) {
        let normal = "CEC_DISCONNECT_NORMAL";
        match self.ended.map(|(_, cause)| cause) {
            Some(EndCause::Abandoned | EndCause::Customer) => ("CUSTOMER", normal),
            Some(EndCause::Agent | EndCause::Transferred) => ("AGENT", normal),
            Some(EndCause::Script | EndCause::Merged | EndCause::Party) | None => {
                ("SYSTEM", normal)
            }
            Some(EndCause::Unanswered) => ("SYSTEM", "CEC_DISCONNECT_NOANSWER"),
            Some(EndCause::ScriptError) => ("SYSTEM", "CEC_DISCONNECT_FAILED"),
        }
    }
}
