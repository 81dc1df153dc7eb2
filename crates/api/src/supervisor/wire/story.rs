//! The JSON of an interaction's story.

use serde::Serialize;
use utoipa::ToSchema;

use super::{InteractionRow, NamedAgent};
use crate::shown::{
    DirectionWord, MediaType, QueueName, ShownVariable, Tenant, TimelineEntry, why::wire::OfferWhy,
};

/// All that happened to an interaction, open or over, until its retention ends.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InteractionStory)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Story {
    /// The position of the log that it includes.
    pub(crate) position: u64,
    /// Epoch milliseconds.
    pub(crate) now: u64,
    pub(crate) tenant: Tenant,
    /// GUID.
    pub(crate) interaction_id: String,
    /// How it is now; `null` when it is over.
    #[schema(required)]
    pub(crate) open: Option<InteractionRow>,
    pub(crate) media_type: MediaType,
    pub(crate) direction: DirectionWord,
    /// The customer's number or address.
    pub(crate) customer: String,
    /// The customer's name; empty when not known.
    pub(crate) caller_name: String,
    /// The number or address that the customer reached.
    pub(crate) channel: String,
    /// Epoch milliseconds.
    pub(crate) created_at: u64,
    /// When nobody was connected any more, epoch milliseconds.
    #[schema(required)]
    pub(crate) ended_at: Option<u64>,
    /// GUID of the interaction that the customer was handed on from.
    #[schema(required)]
    pub(crate) original: Option<String>,
    /// The last queue.
    #[schema(required)]
    pub(crate) queue: Option<QueueName>,
    /// Who talked last.
    #[schema(required)]
    pub(crate) agent: Option<NamedAgent>,
    /// What was decided about the contact, in words.
    #[schema(required)]
    pub(crate) disposition: Option<String>,
    pub(crate) codes: Vec<ChosenCode>,
    /// The agent's note.
    #[schema(required)]
    pub(crate) note: Option<String>,
    /// In order of first writing; private values are never there.
    pub(crate) variables: Vec<ShownVariable>,
    /// Who was asked, and why, oldest first.
    pub(crate) offers: Vec<OfferWhy>,
    /// The nodes of scripts it came to, oldest first, at most 1,000.
    pub(crate) path: Vec<PathStep>,
    /// A page of what happened, oldest first.
    pub(crate) timeline: Vec<TimelineEntry>,
    /// `after` of the next page of the timeline; `null` when there is none.
    #[schema(required)]
    pub(crate) next: Option<u64>,
}

/// A transaction code that was chosen.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChosenCode {
    pub(crate) id: u32,
    /// The words for people.
    pub(crate) text: String,
}

/// A node of a script that the interaction came to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PathStep {
    /// When it came there, epoch milliseconds.
    pub(crate) at: u64,
    pub(crate) script: ScriptName,
    /// The node's identity in its script.
    pub(crate) node: String,
    pub(crate) label: String,
    /// When it left, epoch milliseconds; `null` while it is there, or when it ended there.
    #[schema(required)]
    pub(crate) left_at: Option<u64>,
    /// By which exit it left.
    #[schema(required)]
    pub(crate) exit: Option<String>,
    /// What the script noted beside the exit.
    #[schema(required)]
    pub(crate) note: Option<String>,
}

/// A version of a script, named.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScriptName {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) version: u32,
}
