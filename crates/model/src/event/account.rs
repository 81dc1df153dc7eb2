//! Who did what, for the account that a tenant can be asked to give.

use serde::{Deserialize, Serialize};

use crate::{AgentId, InteractionId, QueueId, Text, UserId, status::Status};

/// Somebody did what has to be accounted for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Administered {
    /// Who.
    pub by: UserId,
    /// What.
    pub act: Act,
}

/// What has to be accounted for. The name of a variant is its tag on disk and must be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Act {
    /// Settings were saved or deleted: as many of them as `settings` says are the very next events, all
    /// of them `configured`.
    Configured {
        /// How many.
        settings: u32,
    },
    /// A supervisor changed an agent's status, at once or for after the work at hand.
    StatusSet {
        /// Whose.
        agent: AgentId,
        /// The status.
        status: Status,
        /// Code of the reason.
        reason: Option<Text>,
    },
    /// A supervisor had an interaction that waited offered to an agent by name.
    Assigned {
        /// Which interaction.
        interaction: InteractionId,
        /// To whom.
        agent: AgentId,
    },
    /// A supervisor took an interaction back into a queue.
    Requeued {
        /// Which interaction.
        interaction: InteractionId,
        /// Where.
        queue: QueueId,
    },
}
