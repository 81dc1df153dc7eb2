//! Where an interaction is: in exactly one place at any time.

use alloc::{boxed::Box, string::String, sync::Arc, vec::Vec};

use model::{
    AgentId, InteractionId, OfferId, QueueId, ScriptId, Text, Timestamp,
    config::SkillLevel,
    event::{ApiAsked, OfferEnded, WaitOption},
    explanation::Explanation,
    flow::NodeId,
    interaction::{Draft, EndCause, OfferEnd, Recording},
    time::Millis,
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
    /// An agent is being asked by name: by the script, or by a colleague on a second line.
    Asked(Offer),
    /// The carrier rings a number.
    Dialling(Dial),
    /// Agents talk, with the customer or among themselves on a second line.
    Talking(Talk),
    /// The customer talks with an outside number, no agent takes part.
    Bridged(Bridge),
    /// Nobody is connected any more; what agents have to put down is still open.
    Ended(EndCause),
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
    /// What another system was asked and has not answered.
    pub asked: Option<Box<ApiAsked>>,
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
    /// The expected wait is said with it.
    pub announce_wait: bool,
    /// What the customer may choose instead of waiting on, in the order in which it is said.
    pub options: Arc<[WaitOption]>,
    /// How many of them have been said.
    pub said: usize,
}

impl Wait {
    /// The options that can be chosen now.
    #[must_use]
    pub fn open_options(&self) -> &[WaitOption] {
        &self.options[..self.said]
    }

    /// The option that is said next.
    pub(crate) fn next_option(&self) -> Option<&WaitOption> {
        self.options.get(self.said)
    }
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
    /// How it ends when whoever waited for the agent is gone.
    pub(crate) fn withdrawn(&self, interaction: InteractionId) -> OfferEnded {
        OfferEnded {
            interaction,
            offer: self.id,
            agent: self.agent,
            end: OfferEnd::Withdrawn,
            reason: None,
            spared_until: self.offered,
        }
    }

    /// How it ends when a supervisor takes it back.
    pub(crate) fn recalled(
        &self,
        interaction: InteractionId,
        spared_until: Timestamp,
    ) -> OfferEnded {
        OfferEnded { end: OfferEnd::Recalled, spared_until, ..self.withdrawn(interaction) }
    }

    /// Since when the agent had been idle: given back when the agent does not get the interaction.
    pub(crate) fn idle_before(&self) -> Timestamp {
        let idle_ms = self.explanation.candidates.first().map_or(0, |chosen| chosen.idle_ms);
        Timestamp(self.offered.0.saturating_sub(idle_ms))
    }
}

/// A number being rung.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dial {
    /// The number.
    pub to: Text,
    /// The agent who listens to the ringing; `None` when the customer does.
    pub agent: Option<AgentId>,
    /// Since when.
    pub since: Timestamp,
    /// When it ends unanswered.
    pub deadline: Timestamp,
    /// The conversation that begins when a customer who is called back answers.
    pub talk: Option<Box<Talk>>,
}

/// A customer and an outside number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bridge {
    /// The number.
    pub to: Text,
    /// Since when.
    pub since: Timestamp,
}

/// A conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// The queue it came through, or on whose behalf an agent dialled.
    pub queue: Option<QueueId>,
    /// When it had entered that queue; when it began, where there is none.
    pub entered: Timestamp,
    /// The agents who take part, in order of joining; at least one.
    pub seats: Vec<Seat>,
    /// Outside numbers that take part beside the customer.
    pub guests: Vec<Text>,
    /// Since when they talk.
    pub answered: Timestamp,
    /// Since when the customer is on hold.
    pub held: Option<Timestamp>,
    /// Whether it is being recorded.
    pub recording: Recording,
}

/// An agent's part in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who.
    pub agent: AgentId,
    /// The offer that was accepted; `None` for the agent who dialled.
    pub offer: Option<Offer>,
    /// Since when the agent takes part.
    pub joined: Timestamp,
    /// The agent's microphone is silent.
    pub muted: bool,
    /// What is put down for the wrap-up so far.
    pub draft: Option<Box<Draft>>,
}

impl Talk {
    /// The part of an agent.
    #[must_use]
    pub fn seat(&self, agent: AgentId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.agent == agent)
    }
}

/// What an agent has to put down after a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The queue whose rules apply.
    pub queue: Option<QueueId>,
    /// When the interaction had entered it.
    pub entered: Timestamp,
    /// The agent's part in the conversation.
    pub seat: Seat,
    /// When the part was over.
    pub left: Timestamp,
    /// Since when it is written, and when it completes by itself; `None` only within the turn in
    /// which the agent left.
    pub time: Option<(Timestamp, Timestamp)>,
}

impl Place {
    /// The place in the queue, while it waits or is offered.
    #[must_use]
    pub fn wait(&self) -> Option<&Wait> {
        match self {
            Self::Waiting(wait) | Self::Offered(wait, _) => Some(wait),
            Self::Script
            | Self::Asked(_)
            | Self::Dialling(_)
            | Self::Talking(_)
            | Self::Bridged(_)
            | Self::Ended(_) => None,
        }
    }

    /// The conversation, while it lasts.
    #[must_use]
    pub fn talk(&self) -> Option<&Talk> {
        match self {
            Self::Talking(talk) => Some(talk),
            Self::Script
            | Self::Waiting(_)
            | Self::Offered(..)
            | Self::Asked(_)
            | Self::Dialling(_)
            | Self::Bridged(_)
            | Self::Ended(_) => None,
        }
    }

    /// The conversation, while it lasts or the customer who is called back is being rung.
    #[must_use]
    pub fn taken(&self) -> Option<&Talk> {
        match self {
            Self::Talking(talk) => Some(talk),
            Self::Dialling(dial) => dial.talk.as_deref(),
            Self::Script
            | Self::Waiting(_)
            | Self::Offered(..)
            | Self::Asked(_)
            | Self::Bridged(_)
            | Self::Ended(_) => None,
        }
    }

    /// The offer that is open now.
    #[must_use]
    pub fn offer(&self) -> Option<&Offer> {
        match self {
            Self::Offered(_, offer) | Self::Asked(offer) => Some(offer),
            Self::Script
            | Self::Waiting(_)
            | Self::Dialling(_)
            | Self::Talking(_)
            | Self::Bridged(_)
            | Self::Ended(_) => None,
        }
    }
}
