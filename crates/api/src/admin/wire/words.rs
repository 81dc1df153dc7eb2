//! Words that are one of a few.

use model::{
    access::{Permission as Allowed, Role},
    config::{Declined, ReasonFor},
    interaction::Media,
    status::Status,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Words that are the rules' own, both ways.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident is $of:ident { $($word:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
        )]
        #[serde(rename_all = "camelCase")]
        pub(crate) enum $name { $($word),* }

        impl From<$of> for $name {
            fn from(word: $of) -> Self {
                match word { $($of::$word => Self::$word),* }
            }
        }

        impl From<$name> for $of {
            fn from(word: $name) -> Self {
                match word { $($name::$word => Self::$word),* }
            }
        }
    };
}

words! {
    /// How customers come.
    Medium is Media { Phone, Chat, Email, Sms }
}
words! {
    /// What happens to an agent who does not take an offer.
    AfterDecline is Declined { Stay, Break }
}
words! {
    /// What a person may do.
    UserRole is Role { Agent, Supervisor, Administrator }
}
words! {
    /// What a person may do beyond the role.
    Permission is Allowed { RevealPrivate, Monitor, Export }
}

/// What a reason explains: a status, or the rejection of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ReasonOf {
    LoggedOut,
    OnBreak,
    Available,
    WorkOffline,
    Reject,
}

impl From<ReasonFor> for ReasonOf {
    fn from(of: ReasonFor) -> Self {
        match of {
            ReasonFor::Status(Status::LoggedOut) => Self::LoggedOut,
            ReasonFor::Status(Status::OnBreak) => Self::OnBreak,
            ReasonFor::Status(Status::Available) => Self::Available,
            ReasonFor::Status(Status::WorkOffline) => Self::WorkOffline,
            ReasonFor::Reject => Self::Reject,
        }
    }
}

impl From<ReasonOf> for ReasonFor {
    fn from(of: ReasonOf) -> Self {
        match of {
            ReasonOf::LoggedOut => Self::Status(Status::LoggedOut),
            ReasonOf::OnBreak => Self::Status(Status::OnBreak),
            ReasonOf::Available => Self::Status(Status::Available),
            ReasonOf::WorkOffline => Self::Status(Status::WorkOffline),
            ReasonOf::Reject => Self::Reject,
        }
    }
}
