//! The JSON of calling, consulting, handing on and recording.

use model::{
    AgentId, QueueId, Text,
    interaction::{Recording, Target},
    limits::SHORT_TEXT_CHARS_MAX,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{MediaType, StatusWord};
use crate::{
    error::Invalid,
    fields::{Fields, Parse},
};

/// Whether a conversation is being recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Recording)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RecordingWord {
    Off,
    On,
    Paused,
}

impl From<Recording> for RecordingWord {
    fn from(recording: Recording) -> Self {
        match recording {
            Recording::Off => Self::Off,
            Recording::On => Self::On,
            Recording::Paused => Self::Paused,
        }
    }
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Participant {
    pub(crate) kind: ParticipantKind,
    /// The agent's name, or the number.
    pub(crate) name: String,
    /// Being rung, not yet connected.
    pub(crate) ringing: bool,
}

/// What a participant is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ParticipantKind {
    Agent,
    Number,
}

/// Calls somebody.
#[derive(Debug, ToSchema)]
#[schema(as = AgentPlaceCall, rename_all = "camelCase")]
pub(crate) struct PlaceCall {
    /// The number.
    #[schema(value_type = String, max_length = 32, example = "+16175551234")]
    pub(crate) to: Text,
    /// On behalf of which queue.
    #[schema(value_type = Option<u32>)]
    pub(crate) queue_id: Option<QueueId>,
    /// The number to show, one of a phone channel.
    #[schema(value_type = Option<String>, max_length = 128)]
    pub(crate) caller_id: Option<Text>,
}

impl Parse for PlaceCall {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let to = fields.text("to", NUMBER_CHARS_MAX)?;
        Ok(Self {
            to: dialable("to", &to)?,
            queue_id: fields.optional_number("queueId")?.map(QueueId),
            caller_id: fields.optional_text("callerId", SHORT_TEXT_CHARS_MAX)?,
        })
    }
}

/// Digits and signs of a telephone number.
const NUMBER_CHARS_MAX: usize = 32;

/// A number without the signs that people write into it.
fn dialable(field: &str, number: &str) -> Result<Text, Invalid> {
    model::phone::dialable(number).ok_or_else(|| {
        Invalid::field(field, "Must be a telephone number: digits, and + in front at most.")
    })
}

/// Hands the customer on; without a target to whoever is on the second line.
#[derive(Debug, Default, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct HandOn {
    /// To an agent.
    #[schema(value_type = Option<String>)]
    agent_id: Option<AgentId>,
    /// To a queue.
    #[schema(value_type = Option<u32>)]
    queue_id: Option<QueueId>,
    /// To a number.
    #[schema(value_type = Option<String>, max_length = 32)]
    number: Option<Text>,
}

impl HandOn {
    /// The target that was named.
    pub(crate) fn to(self) -> Option<Target> {
        let agent = self.agent_id.map(Target::Agent);
        agent
            .or_else(|| self.queue_id.map(Target::Queue))
            .or_else(|| self.number.map(Target::Number))
    }
}

impl Parse for HandOn {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let queue_id = fields.optional_number("queueId")?.map(QueueId);
        let Consult { agent_id, number } = Consult::parse(fields)?;
        let target = Self { agent_id, queue_id, number };
        if target.queue_id.is_some() && (target.agent_id.is_some() || target.number.is_some()) {
            return Err(Invalid::body("Name one of agentId, queueId and number."));
        }
        Ok(target)
    }
}

/// Asks an agent or a number on a second line: exactly one of them.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct Consult {
    /// An agent.
    #[schema(value_type = Option<String>)]
    agent_id: Option<AgentId>,
    /// A number.
    #[schema(value_type = Option<String>, max_length = 32)]
    number: Option<Text>,
}

impl Consult {
    /// Whom to ask.
    pub(crate) fn to(self) -> Result<Target, Invalid> {
        let agent = self.agent_id.map(Target::Agent);
        let to = agent.or_else(|| self.number.map(Target::Number));
        to.ok_or_else(|| Invalid::body("Name agentId or number."))
    }
}

impl Parse for Consult {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let agent = fields.optional_text("agentId", SHORT_TEXT_CHARS_MAX)?;
        let unknown = || Invalid::field("agentId", "Must be the id of an agent.");
        let agent = agent.map(|id| AgentId::parse(&id).ok_or_else(unknown)).transpose()?;
        let number = fields.optional_text("number", NUMBER_CHARS_MAX)?;
        let number = number.map(|number| dialable("number", &number)).transpose()?;
        if agent.is_some() && number.is_some() {
            return Err(Invalid::body("Name one of agentId and number."));
        }
        Ok(Self { agent_id: agent, number })
    }
}

/// Starts, pauses or stops the recording.
#[derive(Debug, ToSchema)]
pub(crate) struct SetRecording {
    #[schema(value_type = RecordingWord)]
    pub(crate) recording: Recording,
}

impl Parse for SetRecording {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let recording = match &*fields.text("recording", SHORT_TEXT_CHARS_MAX)? {
            "off" => Recording::Off,
            "on" => Recording::On,
            "paused" => Recording::Paused,
            _ => return Err(Invalid::field("recording", "Must be off, on or paused.")),
        };
        Ok(Self { recording })
    }
}

/// To whom a customer can be handed on now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Targets {
    /// Agents by name; the page has at most 50, narrow it by `query`.
    pub(crate) agents: Vec<TargetAgent>,
    /// Queues by name; the page has at most 50.
    pub(crate) queues: Vec<TargetQueue>,
    /// There are more than the page has.
    pub(crate) more: bool,
}

/// An agent who may be asked.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TargetAgent {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) status: StatusWord,
    /// Can take a call now.
    pub(crate) available: bool,
}

/// A queue that may take the customer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TargetQueue {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) media_type: MediaType,
    /// How many wait.
    pub(crate) waiting: usize,
    /// How many of its agents could take something now.
    pub(crate) free: usize,
}
