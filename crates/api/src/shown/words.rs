//! JSON that means the same in every one of Cordboard's own contracts.

use model::{
    Text,
    interaction::{Direction, Media},
    limits::SHORT_TEXT_CHARS_MAX,
    status::Status,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    error::Invalid,
    fields::{Fields, Parse},
};

/// The tenant, and how values are formatted for its agents.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = WorkspaceTenant)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tenant {
    pub(crate) id: String,
    pub(crate) name: String,
    /// BCP 47 language tag.
    #[schema(example = "en-US")]
    pub(crate) locale: String,
    /// ISO 4217 code.
    #[schema(example = "USD")]
    pub(crate) currency: String,
    /// IANA time zone.
    #[schema(example = "America/New_York")]
    pub(crate) time_zone: String,
}

/// A status to come.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NextStatus {
    pub(crate) status: StatusWord,
    /// Code of the reason.
    #[schema(required)]
    pub(crate) reason: Option<String>,
}

/// One line of the status menu.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusChoice {
    pub(crate) status: StatusWord,
    /// The words for people.
    pub(crate) text: String,
    pub(crate) reasons: Vec<Reason>,
}

/// A reason to choose.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reason {
    pub(crate) code: String,
    /// The words for people.
    pub(crate) text: String,
}

/// The kind of channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum MediaType {
    Phone,
    Chat,
    Email,
    Sms,
}

/// A queue, named.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueueName {
    pub(crate) id: u32,
    pub(crate) name: String,
}

/// A variable that agents see.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShownVariable {
    pub(crate) name: String,
    /// The label.
    pub(crate) display_name: String,
    /// `null` when it is private: the value never leaves the server.
    #[schema(required)]
    pub(crate) value: Option<String>,
    pub(crate) data_type: DataTypeWord,
    pub(crate) privacy: bool,
}

/// How a value is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DataType)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DataTypeWord {
    Text,
    Number,
    Phone,
    Date,
    Time,
    Currency,
}

/// One thing that happened to an interaction.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TimelineEntry {
    /// Epoch milliseconds.
    pub(crate) at: u64,
    pub(crate) kind: TimelineKind,
    /// What happened, for people; private values never appear.
    pub(crate) text: String,
}

/// What a timeline entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum TimelineKind {
    Script,
    Prompt,
    Digits,
    Variables,
    Queue,
    Offer,
    Talk,
    System,
}

/// Who dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Direction)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DirectionWord {
    In,
    Out,
}

impl From<Direction> for DirectionWord {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::In => Self::In,
            Direction::Out => Self::Out,
        }
    }
}

/// A status, as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AgentStatus)]
#[serde(rename_all = "camelCase")]
pub(crate) enum StatusWord {
    Available,
    OnBreak,
    WorkOffline,
    LoggedOut,
}

impl From<Status> for StatusWord {
    fn from(status: Status) -> Self {
        match status {
            Status::Available => Self::Available,
            Status::OnBreak => Self::OnBreak,
            Status::WorkOffline => Self::WorkOffline,
            Status::LoggedOut => Self::LoggedOut,
        }
    }
}

/// A wish for a status.
#[derive(Debug, ToSchema)]
pub(crate) struct SetStatus {
    #[schema(value_type = StatusWord)]
    pub(crate) status: Status,
    /// Code of a reason that belongs to the status.
    #[schema(value_type = Option<String>, max_length = 128)]
    pub(crate) reason: Option<Text>,
}

impl Parse for SetStatus {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let word = fields.text("status", SHORT_TEXT_CHARS_MAX)?;
        let status = Status::ALL.into_iter().find(|status| status.as_str() == &*word);
        let unknown = "Must be available, onBreak, workOffline or loggedOut.";
        Ok(Self {
            status: status.ok_or_else(|| Invalid::field("status", unknown))?,
            reason: fields.optional_text("reason", SHORT_TEXT_CHARS_MAX)?,
        })
    }
}

impl From<Media> for MediaType {
    fn from(media: Media) -> Self {
        match media {
            Media::Phone => Self::Phone,
            Media::Chat => Self::Chat,
            Media::Email => Self::Email,
            Media::Sms => Self::Sms,
        }
    }
}
