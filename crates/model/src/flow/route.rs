//! Nodes on the way to somebody who talks to the customer.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{AgentId, QueueId, Text, time::Millis};

/// The way to the agents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToQueue {
    /// The queue.
    pub queue: QueueId,
    /// Leave by `timeout` after so long; `None` waits for ever.
    #[serde(default)]
    pub timeout_ms: Option<Millis>,
    /// Say the position this often; `None` never.
    #[serde(default)]
    pub announce_ms: Option<Millis>,
    /// An agent to be asked first.
    #[serde(default)]
    pub preferred: Option<Preferred>,
    /// Leave by `noAgents` when nobody who could serve is logged in.
    #[serde(default)]
    pub leave_when_unstaffed: bool,
    /// Say the expected wait with the position, once it is known.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub announce_wait: bool,
    /// What the customer may choose instead of waiting on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<QueueOption>,
}

/// Something that the customer may choose instead of waiting on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueueOption {
    /// The key that chooses it, from when it was said on.
    pub key: Text,
    /// What the customer hears; `{_name}` inserts a variable that is not private, as it is on arrival.
    pub text: Text,
    /// How long after the arrival it is said.
    pub after_ms: Millis,
    /// The exit by which the customer then leaves the queue.
    pub exit: Text,
}

/// An agent to be asked first, and for how long the interaction waits for that agent alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preferred {
    /// Who.
    pub agent: NamedAgent,
    /// How long.
    pub hold_ms: Millis,
}

/// Where the id of an agent who is asked by name comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NamedAgent {
    /// Fixed.
    Agent(AgentId),
    /// A variable that holds an agent id.
    Variable(Text),
}

/// A call back by an agent, who gets it when it is the customer's turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Callback {
    /// The queue in which the customer's place is kept.
    pub queue: QueueId,
    /// Which number is called; `None` calls the one that the customer called from.
    #[serde(default)]
    pub number: Option<NamedNumber>,
}

/// The way to a number outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToNumber {
    /// Which.
    pub number: NamedNumber,
    /// How long it rings before it counts as not answered.
    pub timeout_ms: Millis,
}

/// Where the telephone number that is rung comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NamedNumber {
    /// Fixed.
    Number(Text),
    /// A variable that holds a number and is not private: what is rung can be read in the log.
    Variable(Text),
}
