//! The JSON of the agents' workspace.

use serde::Serialize;
use utoipa::ToSchema;

mod lines;
mod request;

pub(crate) use crate::shown::{
    DirectionWord, MediaType, NextStatus, QueueName, Reason, SetStatus, ShownVariable,
    StatusChoice, StatusWord, Tenant, TimelineEntry,
    why::wire::{OfferOutcome, Why, WhyAnswer},
};
pub(crate) use lines::{
    Consult, HandOn, Participant, ParticipantKind, PlaceCall, RecordingWord, SetRecording,
    TargetAgent, TargetQueue, Targets,
};
pub(crate) use request::{AcceptOffer, CompleteWrapUp, MuteMicrophone, RejectOffer};

/// Everything an agent's screen shows, as of one position of the log.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = WorkspaceState)]
#[serde(rename_all = "camelCase")]
pub(crate) struct State {
    /// The position of the log that this state includes.
    pub(crate) position: u64,
    /// The server's time, epoch milliseconds.
    pub(crate) now: u64,
    pub(crate) tenant: Tenant,
    pub(crate) agent: Agent,
    /// What the status menu offers, in order.
    pub(crate) statuses: Vec<StatusChoice>,
    /// Why an offer can be rejected.
    pub(crate) reject_reasons: Vec<Reason>,
    /// The agent's queues.
    pub(crate) queues: Vec<QueueLoad>,
    /// What is at the agent's desk, oldest first.
    pub(crate) work: Vec<Work>,
}

/// The agent the session belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = WorkspaceAgent)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Agent {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) status: StatusWord,
    /// Code of the reason.
    #[schema(required)]
    pub(crate) reason: Option<String>,
    /// Since when, epoch milliseconds.
    pub(crate) since: u64,
    /// The status to come once the work at hand is done.
    #[schema(required)]
    pub(crate) next: Option<NextStatus>,
}

/// A queue and how many wait in it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueueLoad {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) media_type: MediaType,
    /// How many wait, offered ones included.
    pub(crate) waiting: usize,
    /// Since when the first has waited, epoch milliseconds.
    #[schema(required)]
    pub(crate) longest_since: Option<u64>,
}

/// One interaction at the agent's desk.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Work {
    /// GUID of the interaction.
    pub(crate) interaction_id: String,
    pub(crate) media_type: MediaType,
    pub(crate) direction: DirectionWord,
    pub(crate) place: WorkPlace,
    /// Nobody is on the line: the customer is rung as soon as the agent accepts.
    pub(crate) callback: bool,
    /// The queue it came through or was dialled for.
    #[schema(required)]
    pub(crate) queue: Option<QueueName>,
    /// GUID of the first line, when this is the second line on which the agent consults somebody.
    #[schema(required)]
    pub(crate) line_of: Option<String>,
    /// The number or address that the customer reached.
    pub(crate) channel: String,
    /// The customer's number or address.
    pub(crate) ani: String,
    /// The customer's name; empty when not known.
    pub(crate) caller_name: String,
    /// When the customer arrived, epoch milliseconds.
    pub(crate) created_at: u64,
    /// When it entered the queue, epoch milliseconds.
    pub(crate) queued_at: u64,
    /// Priority at the moment of the offer, 0 to 100.
    pub(crate) priority: u8,
    /// Those for agents, in order of first writing.
    pub(crate) variables: Vec<ShownVariable>,
    /// What the customer has said for the agents, oldest first, at most 10.
    pub(crate) messages: Vec<Message>,
    /// The offer to answer, while `place` is `offered`.
    #[schema(required)]
    pub(crate) offer: Option<Offer>,
    /// Why it came to this agent; `null` when the agent dialled or was joined in.
    #[schema(required)]
    pub(crate) why: Option<Why>,
    /// Who is or was connected, this agent left out.
    pub(crate) participants: Vec<Participant>,
    /// The conversation, while `place` is `talking` or `wrapUp`.
    #[schema(required)]
    pub(crate) talk: Option<Talk>,
    /// The paperwork, while `place` is `talking` or `wrapUp`; a second line has none.
    #[schema(required)]
    pub(crate) wrap_up: Option<WrapUp>,
    /// What happened so far, newest last, at most 200.
    pub(crate) timeline: Vec<TimelineEntry>,
}

/// Where an interaction at a desk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum WorkPlace {
    Offered,
    /// A number or a colleague is being rung.
    Dialling,
    Talking,
    WrapUp,
}

/// Something that the customer said in the script.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = RecordedMessage)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Message {
    pub(crate) text: String,
    pub(crate) duration_ms: u64,
    /// Epoch milliseconds.
    pub(crate) at: u64,
}

/// An offer to accept or reject.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Offer {
    /// To be sent with `accept` and `reject`.
    pub(crate) id: String,
    /// Epoch milliseconds.
    pub(crate) offered_at: u64,
    /// When it times out, epoch milliseconds. The server's clock decides.
    pub(crate) deadline: u64,
    pub(crate) why: Why,
}

/// A conversation.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Talk {
    /// Epoch milliseconds.
    pub(crate) answered_at: u64,
    /// Since when the customer is on hold, epoch milliseconds.
    #[schema(required)]
    pub(crate) held_since: Option<u64>,
    /// The agent's microphone is silent.
    pub(crate) muted: bool,
    pub(crate) recording: RecordingWord,
    /// Epoch milliseconds.
    #[schema(required)]
    pub(crate) ended_at: Option<u64>,
}

/// Paperwork.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WrapUp {
    /// Epoch milliseconds; `null` during the talk.
    #[schema(required)]
    pub(crate) started_at: Option<u64>,
    /// When it completes by itself, epoch milliseconds; `null` during the talk.
    #[schema(required)]
    pub(crate) deadline: Option<u64>,
    /// What is put down so far.
    pub(crate) draft: Draft,
    pub(crate) dispositions: Vec<Disposition>,
    pub(crate) codes: Vec<TransactionCode>,
    /// At least one code is needed.
    pub(crate) codes_required: bool,
}

/// What is put down before the wrap-up is complete.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = WrapUpDraft)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Draft {
    /// Code of the disposition.
    pub(crate) disposition: u16,
    /// Ids of transaction codes.
    pub(crate) codes: Vec<u32>,
    #[schema(required)]
    pub(crate) note: Option<String>,
}

/// What can be decided about the contact.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Disposition {
    pub(crate) code: u16,
    /// The words for people.
    pub(crate) text: String,
}

/// What a conversation can have been about.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TransactionCode {
    pub(crate) id: u32,
    /// The words for people.
    pub(crate) text: String,
    /// The code above this one.
    #[schema(required)]
    pub(crate) parent: Option<u32>,
}

/// A text frame of the event socket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorkspaceFrame)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(crate) enum Frame<'a> {
    /// The whole state, to replace the one before.
    #[serde(rename_all = "camelCase")]
    State {
        /// The position of the log that the state includes.
        position: u64,
        /// Epoch milliseconds.
        now: u64,
        /// In the first frame: how many of the agent's changes came after the position asked for.
        missed: usize,
        /// What happened since the frame before, oldest first, at most 200.
        changes: Vec<Change>,
        state: &'a State,
    },
    /// The connection lives.
    #[serde(rename_all = "camelCase")]
    Heartbeat {
        /// The position of the log that the last state includes, or later without a change to it.
        position: u64,
        /// Epoch milliseconds.
        now: u64,
    },
}

/// Something that happened to the agent or the agent's work.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Change {
    /// Epoch milliseconds.
    pub(crate) at: u64,
    /// GUID of the interaction, when it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) interaction_id: Option<String>,
    pub(crate) kind: ChangeKind,
    /// What happened, for people.
    pub(crate) text: String,
}

/// What a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ChangeKind {
    Status,
    Offered,
    OfferEnded,
    Accepted,
    Hold,
    Mute,
    Variables,
    Ended,
    WrapUp,
    Completed,
    Settings,
    Line,
    Recording,
}
