//! What the events with much to say carry.

use alloc::{sync::Arc, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    AgentId, ChannelId, InteractionId, OfferId, QueueId, Text, Timestamp,
    explanation::Explanation,
    flow::{ApiField, NodeId},
    interaction::{Direction, Disposition, Media, OfferEnd},
    status::Status,
};

/// An agent's status is now this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusChanged {
    /// Who.
    pub agent: AgentId,
    /// The status.
    pub status: Status,
    /// Code of the reason.
    pub reason: Option<Text>,
}

/// A customer arrived, or the center set out to reach somebody. `from` is who dialled, `to` what was
/// dialled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InteractionCreated {
    /// Which interaction.
    pub interaction: InteractionId,
    /// Its GUID on the wire.
    pub guid: Text,
    /// How the customer came.
    pub media: Media,
    /// The channel reached.
    pub channel: ChannelId,
    /// What was dialled: the channel's number or address, or the customer's.
    pub to: Text,
    /// Who dialled: the customer's number or address, or the channel's.
    pub from: Text,
    /// The customer's name.
    pub caller_name: Option<Text>,
    /// SIP Call-ID or the like.
    pub call_id: Option<Text>,
    /// Who dialled: the customer, or the center.
    #[serde(default, skip_serializing_if = "Direction::is_in")]
    pub direction: Direction,
    /// The agent who dialled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    /// The queue on whose behalf an agent dialled, or into which the customer falls back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueId>,
    /// GUID of the interaction that the customer was handed on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Text>,
    /// It is the second line on which an agent consults somebody about this interaction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_of: Option<InteractionId>,
    /// Nobody is on the line: the customer is rung when an agent accepts.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub callback: bool,
}

/// The interaction left a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NodePassed {
    /// Which interaction.
    pub interaction: InteractionId,
    /// The node.
    pub node: NodeId,
    /// The exit.
    pub exit: Text,
    /// What the trace says beside the exit (`not-ivr-enabled`); never a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// The interaction waits for an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InteractionQueued {
    /// Which interaction.
    pub interaction: InteractionId,
    /// Where.
    pub queue: QueueId,
    /// The queue's name at that moment.
    pub queue_name: Text,
    /// Priority in it.
    pub priority: u8,
    /// When it leaves by `timeout`.
    pub leave_at: Option<Timestamp>,
    /// How often its position is announced.
    pub announce_ms: Option<u64>,
    /// For whom it is held, and until when.
    pub preferred: Option<(AgentId, Timestamp)>,
    /// The expected wait is said with the position.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub announce_wait: bool,
    /// What the customer may choose instead of waiting on, in the order in which it is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<WaitOption>,
    /// Since when the customer has waited here; `None` when that is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered: Option<Timestamp>,
}

/// Something that a customer who waits may choose instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WaitOption {
    /// The key that chooses it.
    pub key: Text,
    /// What the customer hears, private values left out.
    pub text: Text,
    /// When it is said.
    pub at: Timestamp,
    /// The exit by which the customer then leaves the queue.
    pub exit: Text,
}

/// Another system is asked about the customer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiAsked {
    /// Which interaction.
    pub interaction: InteractionId,
    /// Which asking of the tenant's, counted from 1: the same however often it is sent.
    pub ask: u64,
    /// Where.
    pub url: Text,
    /// Headers by name; their values are sealed on disk.
    pub headers: Vec<(Text, Text)>,
    /// What of the answer is wanted.
    pub fields: Vec<ApiField>,
    /// When the waiting ends.
    pub until: Timestamp,
}

/// Never prints the headers, so that no log line or panic can.
impl fmt::Debug for ApiAsked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiAsked")
            .field("interaction", &self.interaction)
            .field("ask", &self.ask)
            .finish_non_exhaustive()
    }
}

/// An agent is asked to take the interaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InteractionOffered {
    /// Which interaction.
    pub interaction: InteractionId,
    /// Which offer.
    pub offer: OfferId,
    /// Who is asked.
    pub agent: AgentId,
    /// When the offer times out.
    pub deadline: Timestamp,
    /// Why this agent.
    pub explanation: Arc<Explanation>,
}

/// The offer ended without being accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OfferEnded {
    /// Which interaction.
    pub interaction: InteractionId,
    /// Which offer.
    pub offer: OfferId,
    /// Who was asked.
    pub agent: AgentId,
    /// How it ended.
    pub end: OfferEnd,
    /// Code of the agent's reason.
    pub reason: Option<Text>,
    /// Until when the agent is spared this interaction.
    pub spared_until: Timestamp,
}

/// The paperwork is complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WrapUpCompleted {
    /// Which interaction.
    pub interaction: InteractionId,
    /// Who.
    pub agent: AgentId,
    /// What was decided about the contact.
    pub disposition: Disposition,
    /// Transaction codes.
    pub codes: Vec<u32>,
    /// A note for colleagues.
    pub note: Option<Text>,
    /// The time ran out before the agent completed it.
    pub timed_out: bool,
}
