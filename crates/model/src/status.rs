//! What an agent is doing by choice. What the work makes of it (offered, talking, wrapping up) is
//! derived from the agent's interactions and never stored twice.

use serde::{Deserialize, Serialize};

/// The status an agent chose, or that a rule put the agent into.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// Not logged in.
    #[default]
    LoggedOut,
    /// Takes offers.
    Available,
    /// On a break: no offers.
    OnBreak,
    /// At work but not with customers: no offers.
    WorkOffline,
}

impl Status {
    /// All statuses, in the order menus show them.
    pub const ALL: [Self; 4] = [Self::Available, Self::OnBreak, Self::WorkOffline, Self::LoggedOut];

    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LoggedOut => "loggedOut",
            Self::Available => "available",
            Self::OnBreak => "onBreak",
            Self::WorkOffline => "workOffline",
        }
    }

    /// The words for people.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::LoggedOut => "Logged out",
            Self::Available => "Available",
            Self::OnBreak => "On break",
            Self::WorkOffline => "Working offline",
        }
    }
}
