//! Words about one customer's contact.

use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{AgentId, QueueId, Text, Timestamp, time::Millis};

/// The kind of channel an interaction came by.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Media {
    /// A telephone call.
    #[default]
    Phone,
    /// A chat.
    Chat,
    /// An e-mail.
    Email,
    /// A text message.
    Sms,
}

impl Media {
    /// The word in JSON and in GUIDs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Chat => "chat",
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

/// Who or what ended an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EndCause {
    /// The customer hung up before an agent accepted.
    Abandoned,
    /// The agent ended the conversation.
    Agent,
    /// The customer ended the conversation.
    Customer,
    /// The script came to a Disconnect node or an exit that leads nowhere.
    Script,
    /// The script could not go on: a loop without an end, or a reference that is gone.
    ScriptError,
    /// Nobody answered: the number that was rung, or the agent who was asked by name.
    Unanswered,
    /// The customer was handed on, to an interaction of its own.
    Transferred,
    /// A second line became part of the first.
    Merged,
    /// The outside number that the customer was connected to hung up.
    Party,
}

impl EndCause {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Abandoned => "abandoned",
            Self::Agent => "agent",
            Self::Customer => "customer",
            Self::Script => "script",
            Self::ScriptError => "scriptError",
            Self::Unanswered => "unanswered",
            Self::Transferred => "transferred",
            Self::Merged => "merged",
            Self::Party => "party",
        }
    }
}

/// Who dialled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// The customer.
    #[default]
    In,
    /// The center.
    Out,
}

impl Direction {
    /// Whether the customer dialled.
    #[must_use]
    pub fn is_in(&self) -> bool {
        *self == Self::In
    }

    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }
}

/// How ringing a number ended without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DialEnd {
    /// Nobody took it in time.
    NoAnswer,
    /// The line was busy.
    Busy,
    /// The carrier could not reach it: no such number, or no way there.
    Failed,
    /// Whoever waited for the answer gave up.
    Cancelled,
}

/// Whether a conversation is being recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Recording {
    /// No.
    #[default]
    Off,
    /// Yes.
    On,
    /// Yes, but not this part.
    Paused,
}

/// To whom a customer is handed on, or who is consulted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Target {
    /// An agent, by name.
    Agent(AgentId),
    /// Whoever serves a queue.
    Queue(QueueId),
    /// A number outside.
    Number(Text),
}

/// What is put down about a contact before the wrap-up is complete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// What was decided about the contact.
    pub disposition: Disposition,
    /// Transaction codes.
    pub codes: Vec<u32>,
    /// A note for colleagues.
    pub note: Option<Text>,
}

/// Something that the customer said and that is kept: sealed at rest, never in views, shown to the agents
/// at whose desks the interaction is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The words, 1 to [`SPOKEN_CHARS_MAX`](crate::limits::SPOKEN_CHARS_MAX) scalar values.
    pub text: Text,
    /// How long it is.
    pub duration_ms: Millis,
    /// When it was said.
    pub at: Timestamp,
}

/// Never prints the words, so that no log line or panic can.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("duration_ms", &self.duration_ms).finish_non_exhaustive()
    }
}

/// How an offer ended without being accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OfferEnd {
    /// The agent rejected it.
    Rejected,
    /// The agent did not answer before its deadline.
    TimedOut,
    /// The customer left while it was ringing.
    Withdrawn,
    /// A supervisor took it back.
    Recalled,
}

/// What the agent decided about the contact at the end (consumer's catalogue, "Disposition Codes").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "u16", try_from = "u16")]
pub enum Disposition {
    /// 1000: nothing further.
    #[default]
    None,
    /// 1001: try again.
    TryAgain,
    /// 1002: a callback was promised.
    ScheduleCallback,
    /// 2001: never call this contact again.
    DoNotCall,
}

impl Disposition {
    /// All dispositions, in the order menus show them.
    pub const ALL: [Self; 4] =
        [Self::None, Self::TryAgain, Self::ScheduleCallback, Self::DoNotCall];

    /// The published code.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Self::None => 1000,
            Self::TryAgain => 1001,
            Self::ScheduleCallback => 1002,
            Self::DoNotCall => 2001,
        }
    }

    /// The words for people.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::TryAgain => "Try Again",
            Self::ScheduleCallback => "Schedule Callback",
            Self::DoNotCall => "Do Not Call",
        }
    }
}

impl From<Disposition> for u16 {
    fn from(disposition: Disposition) -> Self {
        disposition.code()
    }
}

impl TryFrom<u16> for Disposition {
    type Error = &'static str;

    fn try_from(code: u16) -> Result<Self, Self::Error> {
        Self::ALL
            .into_iter()
            .find(|known| known.code() == code)
            .ok_or("a disposition is 1000, 1001, 1002 or 2001")
    }
}
