//! The JSON of the simulated carrier.

use model::{
    Text,
    interaction::EndCause,
    limits::{DIGITS_MAX, SHORT_TEXT_CHARS_MAX, SPOKEN_CHARS_MAX},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    error::Invalid,
    fields::{Fields, Parse},
    limits::IDENTIFIER_MAX,
};

/// A call to be placed.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct PlaceCall {
    /// The caller's number.
    #[schema(value_type = String, max_length = 128, example = "16175551234")]
    pub(crate) from: Text,
    /// The number called, as a channel has it.
    #[schema(value_type = String, max_length = 128, example = "18005551234")]
    pub(crate) to: Text,
    /// The caller's name.
    #[schema(value_type = Option<String>, max_length = 128)]
    pub(crate) caller_name: Option<Text>,
    /// The SIP Call-ID; the same again is the same call. Made up when absent.
    #[schema(value_type = Option<String>, max_length = 512)]
    pub(crate) sip_call_id: Option<Text>,
}

impl Parse for PlaceCall {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        Ok(Self {
            from: fields.text("from", SHORT_TEXT_CHARS_MAX)?,
            to: fields.text("to", SHORT_TEXT_CHARS_MAX)?,
            caller_name: fields.optional_text("callerName", SHORT_TEXT_CHARS_MAX)?,
            sip_call_id: call_id(fields)?,
        })
    }
}

/// A SIP Call-ID has no spaces and nothing that cannot be printed (RFC 3261, 25.1).
fn call_id(fields: &mut Fields<'_>) -> Result<Option<Text>, Invalid> {
    let id = fields.optional_text("sipCallId", IDENTIFIER_MAX)?;
    let printable = id.as_ref().is_none_or(|id| id.bytes().all(|b| b.is_ascii_graphic()));
    if printable {
        return Ok(id);
    }
    Err(Invalid::field("sipCallId", "Must be printable ASCII without spaces."))
}

/// Keys that the caller presses.
#[derive(Debug, ToSchema)]
pub(crate) struct PressDigits {
    #[schema(value_type = String, pattern = "^[0-9*#]{1,32}$", example = "1")]
    pub(crate) digits: Text,
}

impl Parse for PressDigits {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let digits = fields.text("digits", DIGITS_MAX)?;
        if digits.bytes().all(|b| b.is_ascii_digit() || b == b'*' || b == b'#') {
            return Ok(Self { digits });
        }
        Err(Invalid::field("digits", "Must be 0 to 9, * and # only."))
    }
}

/// Something that the caller says.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(crate) struct RecordMessage {
    /// The words.
    #[schema(value_type = String, min_length = 1, max_length = 4000)]
    pub(crate) text: Text,
    /// How long it took; what is beyond the script's limit is cut.
    #[schema(value_type = u32, minimum = 1)]
    pub(crate) duration_ms: u64,
}

impl Parse for RecordMessage {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let text = fields.text("text", SPOKEN_CHARS_MAX)?;
        let duration_ms = u64::from(fields.number("durationMs")?);
        if duration_ms == 0 {
            return Err(Invalid::field("durationMs", "Must be 1 or more."));
        }
        Ok(Self { text, duration_ms })
    }
}

/// A call that has been placed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CallPlaced {
    /// The SIP Call-ID.
    pub(crate) call_id: String,
    /// GUID of the interaction.
    pub(crate) interaction_guid: String,
}

/// A call as its caller knows it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Call {
    /// The SIP Call-ID.
    pub(crate) call_id: String,
    /// GUID of the interaction.
    pub(crate) interaction_guid: String,
    pub(crate) state: CallState,
    /// The number called: a channel's, or the one that the center called.
    pub(crate) to: String,
    /// The number that is being rung or is connected beside the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) outside: Option<String>,
    /// What the caller has heard, oldest first.
    pub(crate) prompts: Vec<Prompt>,
    /// Position in the queue, 1 for the next; 100 is 100 or more. While queued or ringing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) queue_position: Option<usize>,
    /// The queue it waits in or came through.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) queue: Option<CallQueue>,
    /// The agent who is asked or talks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) agent: Option<CallAgent>,
    /// The keys that can be pressed now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) awaiting: Option<Awaiting>,
    /// Who or what ended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) ended_by: Option<EndedBy>,
}

/// Where a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum CallState {
    /// A script serves the caller.
    Script,
    /// The caller waits.
    Queued,
    /// An agent is being asked.
    Ringing,
    /// The center calls a number, which rings.
    Dialling,
    /// Caller and agent talk.
    Talking,
    /// Caller and a number outside talk.
    Bridged,
    /// The line is dead.
    Ended,
}

impl CallState {
    /// Reads the word of a filter.
    pub(crate) fn parse(word: &str) -> Result<Self, Invalid> {
        Ok(match word {
            "script" => Self::Script,
            "queued" => Self::Queued,
            "ringing" => Self::Ringing,
            "dialling" => Self::Dialling,
            "talking" => Self::Talking,
            "bridged" => Self::Bridged,
            "ended" => Self::Ended,
            _ => {
                let message =
                    "Must be script, queued, ringing, dialling, talking, bridged or ended.";
                return Err(Invalid::field("state", message));
            }
        })
    }
}

/// Something the caller heard.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Prompt {
    pub(crate) text: String,
    /// Epoch milliseconds.
    pub(crate) at: u64,
}

/// A queue, named.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct CallQueue {
    pub(crate) id: u32,
    pub(crate) name: String,
}

/// An agent, named.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct CallAgent {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// Keys that can be pressed: a script waits for them, or a queue offers a choice.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Awaiting {
    pub(crate) kind: AwaitingKind,
    /// The keys that are answers.
    #[schema(example = "12")]
    pub(crate) keys: String,
    /// When it stops waiting, epoch milliseconds; absent when it never does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) deadline: Option<u64>,
}

/// How many keys are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum AwaitingKind {
    /// One.
    Menu,
    /// Several.
    Digits,
    /// None: what the caller says is recorded.
    Recording,
}

/// Who or what ended a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum EndedBy {
    Abandoned,
    Agent,
    Customer,
    Script,
    ScriptError,
    Unanswered,
    Transferred,
    Merged,
    Party,
}

impl From<EndCause> for EndedBy {
    fn from(cause: EndCause) -> Self {
        match cause {
            EndCause::Abandoned => Self::Abandoned,
            EndCause::Agent => Self::Agent,
            EndCause::Customer => Self::Customer,
            EndCause::Script => Self::Script,
            EndCause::ScriptError => Self::ScriptError,
            EndCause::Unanswered => Self::Unanswered,
            EndCause::Transferred => Self::Transferred,
            EndCause::Merged => Self::Merged,
            EndCause::Party => Self::Party,
        }
    }
}

/// One page of calls, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Calls {
    pub(crate) calls: Vec<Call>,
    /// Where the next page begins, for `after`; `null` when there is none.
    #[schema(required)]
    pub(crate) next: Option<String>,
}
