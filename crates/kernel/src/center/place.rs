//! Where an interaction is: in exactly one place at any time.

use alloc::{string::String, sync::Arc};

use model::{
    AgentId, OfferId, QueueId, ScriptId, Text, Timestamp, config::SkillLevel,
    explanation::Explanation, flow::NodeId, interaction::EndCause, time::Millis,
};
use serde::{Deserialize, Serialize};

/// Where an interaction is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The script serves the customer.
    Script,
    /// It waits for an agent.
    Waiting(Wait),
    /// An agent is being asked; its position in the queue is kept.
    Offered(Wait, Offer),
    /// Customer and agent talk.
    Talking(Talk),
    /// Customer and agent are no longer connected; within the same turn it goes on or is deleted.
    Ended(EndCause, Option<Talk>),
    /// The agent completes the paperwork.
    WrapUp(WrapUp),
}

/// How far the script has come. Kept after the script, for the path on screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The script.
    pub script: ScriptId,
    /// Its version: a live interaction stays on the one it began with.
    pub version: u32,
    /// The node.
    pub node: NodeId,
    /// Nodes passed in all.
    pub steps: u32,
    /// Nodes passed since something was last awaited.
    pub burst: u32,
    /// How often the node has asked.
    pub tries: u8,
    /// Digits collected so far.
    pub digits: String,
    /// The keys that are answers now.
    pub keys: Text,
    /// When the waiting for keys or time ends; `None` when nothing is awaited.
    pub until: Option<Timestamp>,
}

/// A place in a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// The queue.
    pub queue: QueueId,
    /// When it entered; never moved, whatever becomes of offers.
    pub entered: Timestamp,
    /// Its priority.
    pub priority: u8,
    /// How many rings are open.
    pub ring: u8,
    /// When the next ring opens.
    pub ring_at: Option<Timestamp>,
    /// Skills an agent must have now, sorted by skill.
    pub needs: Arc<[SkillLevel]>,
    /// For whom it is held, and until when.
    pub held: Option<(AgentId, Timestamp)>,
    /// When it leaves by `timeout`.
    pub leave_at: Option<Timestamp>,
    /// How often the position is said.
    pub announce_ms: Option<Millis>,
    /// When the position is said next.
    pub announce_at: Option<Timestamp>,
}

/// An agent being asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Which offer.
    pub id: OfferId,
    /// Who is asked.
    pub agent: AgentId,
    /// Since when.
    pub offered: Timestamp,
    /// When it times out.
    pub deadline: Timestamp,
    /// Why this agent.
    pub explanation: Arc<Explanation>,
}

impl Offer {
    /// Since when the agent had been idle: given back when the agent does not get the interaction.
    pub(crate) fn idle_before(&self) -> Timestamp {
        let idle_ms = self.explanation.candidates.first().map_or(0, |chosen| chosen.idle_ms);
        Timestamp(self.offered.0.saturating_sub(idle_ms))
    }
}

/// A conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// The queue it came through.
    pub queue: QueueId,
    /// When it had entered that queue.
    pub entered: Timestamp,
    /// The offer that was accepted.
    pub offer: Offer,
    /// Since when they talk.
    pub answered: Timestamp,
    /// Since when the customer is on hold.
    pub held: Option<Timestamp>,
    /// The agent's microphone is silent.
    pub muted: bool,
    /// When they stopped talking.
    pub ended: Option<Timestamp>,
}

/// Paperwork.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrapUp {
    /// The conversation it is about.
    pub talk: Talk,
    /// Who ended it.
    pub cause: EndCause,
    /// Since when.
    pub started: Timestamp,
    /// When it completes by itself.
    pub deadline: Timestamp,
    /// It is complete; within the same turn the interaction is deleted.
    pub completed: bool,
}

impl Place {
    /// The agent at whose desk it is.
    #[must_use]
    pub fn agent(&self) -> Option<AgentId> {
        match self {
            Self::Script | Self::Waiting(_) => None,
            Self::Offered(_, offer) => Some(offer.agent),
            Self::Talking(talk) => Some(talk.offer.agent),
            Self::Ended(_, talk) => talk.as_ref().map(|talk| talk.offer.agent),
            Self::WrapUp(wrap_up) => Some(wrap_up.talk.offer.agent),
        }
    }

    /// The place in the queue, while it waits or is offered.
    #[must_use]
    pub fn wait(&self) -> Option<&Wait> {
        match self {
            Self::Waiting(wait) | Self::Offered(wait, _) => Some(wait),
            Self::Script | Self::Talking(_) | Self::Ended(..) | Self::WrapUp(_) => None,
        }
    }

    /// The conversation, while it lasts or is wrapped up.
    #[must_use]
    pub fn talk(&self) -> Option<&Talk> {
        match self {
            Self::Talking(talk) | Self::WrapUp(WrapUp { talk, .. }) => Some(talk),
            Self::Script | Self::Waiting(_) | Self::Offered(..) | Self::Ended(..) => None,
        }
    }

    /// The queue it is in or came through.
    #[must_use]
    pub fn queue(&self) -> Option<QueueId> {
        self.wait().map(|wait| wait.queue).or_else(|| self.talk().map(|talk| talk.queue))
    }

    /// The live or accepted offer.
    #[must_use]
    pub fn offer(&self) -> Option<&Offer> {
        match self {
            Self::Offered(_, offer) => Some(offer),
            Self::Talking(talk) | Self::WrapUp(WrapUp { talk, .. }) => Some(&talk.offer),
            Self::Script | Self::Waiting(_) | Self::Ended(..) => None,
        }
    }
}
