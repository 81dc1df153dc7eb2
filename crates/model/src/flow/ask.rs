//! Nodes that ask the customer something.

use serde::{Deserialize, Serialize};

use crate::{QueueId, Text, time::Millis};

/// A question with one digit as its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Menu {
    /// The question.
    pub text: Text,
    /// The keys that are answers.
    pub keys: Text,
    /// How long to wait for a key.
    pub timeout_ms: Millis,
    /// How often to ask in all, 1 to 9.
    pub tries: u8,
    /// Said before asking again.
    #[serde(default)]
    pub again: Option<Text>,
}

/// A question with digits as its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectDigits {
    /// The question.
    pub text: Text,
    /// Where the digits go.
    pub variable: Text,
    /// The digits are sealed and never shown.
    #[serde(default)]
    pub privacy: bool,
    /// Fewest digits.
    pub min: u8,
    /// Most digits; the answer is complete with the last, or with `#`.
    pub max: u8,
    /// How long to wait for the answer.
    pub timeout_ms: Millis,
    /// How often to ask in all, 1 to 9.
    pub tries: u8,
}

/// Something that the customer says and that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The request to speak.
    pub text: Text,
    /// How long to wait for the end of what is said.
    pub max_ms: Millis,
    /// Gets the length in whole seconds, rounded up: what was said is kept apart, and sealed.
    pub variable: Text,
}

/// A message on which an agent calls back when it is the customer's turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Voicemail {
    /// The request to speak.
    pub text: Text,
    /// How long to wait for the end of what is said.
    pub max_ms: Millis,
    /// The queue in which the customer's place is kept.
    pub queue: QueueId,
}
