//! The JSON of open interactions.

use serde::Serialize;
use utoipa::ToSchema;

use crate::shown::{DirectionWord, MediaType, QueueName};

/// Some of the open interactions, oldest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenInteractions)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InteractionPage {
    pub(crate) items: Vec<InteractionRow>,
    /// `after` of the next page; `null` when there is none. A page can be short all the same.
    #[schema(required)]
    pub(crate) next: Option<String>,
    /// The position of the log that the page includes.
    pub(crate) position: u64,
    /// Epoch milliseconds.
    pub(crate) now: u64,
}

/// An open interaction.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = OpenInteraction)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InteractionRow {
    /// GUID.
    pub(crate) interaction_id: String,
    pub(crate) media_type: MediaType,
    pub(crate) direction: DirectionWord,
    pub(crate) state: PlaceWord,
    /// Since when, epoch milliseconds.
    pub(crate) since: u64,
    /// The queue it waits in, came through or was dialled for.
    #[schema(required)]
    pub(crate) queue: Option<QueueName>,
    /// Priority in the queue, while it waits.
    #[schema(required)]
    pub(crate) priority: Option<u8>,
    /// The agents who are asked, talk or wrap up.
    pub(crate) agents: Vec<NamedAgent>,
    /// The customer's number or address.
    pub(crate) customer: String,
    /// The customer's name; empty when not known.
    pub(crate) caller_name: String,
    /// The number or address that the customer reached.
    pub(crate) channel: String,
    /// When the customer arrived, epoch milliseconds.
    pub(crate) created_at: u64,
    /// Where it is in its script, while the script serves it.
    #[schema(required)]
    pub(crate) script: Option<ScriptPoint>,
    /// GUID of the first line, when this is the second line on which an agent consults somebody.
    #[schema(required)]
    pub(crate) line_of: Option<String>,
}

/// An agent, named.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NamedAgent {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// A node of a script.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScriptPoint {
    pub(crate) name: String,
    pub(crate) version: u32,
    /// The node's label.
    pub(crate) node: String,
}

/// Where an interaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = InteractionPlace)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PlaceWord {
    /// The script serves it.
    Script,
    Waiting,
    /// An agent is being asked.
    Offered,
    /// A number is being rung.
    Dialling,
    Talking,
    /// The customer talks with a number outside, no agent takes part.
    Bridged,
    /// Nobody is connected any more.
    WrapUp,
}

impl PlaceWord {
    /// All, in the order of an interaction's life.
    const ALL: [(Self, &str); 7] = [
        (Self::Script, "script"),
        (Self::Waiting, "waiting"),
        (Self::Offered, "offered"),
        (Self::Dialling, "dialling"),
        (Self::Talking, "talking"),
        (Self::Bridged, "bridged"),
        (Self::WrapUp, "wrapUp"),
    ];

    /// Reads a word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == word).map(|(place, _)| place)
    }
}
