//! The rules' refusals in the words of Cordboard's own contracts.

use model::{Rejection, rejection::Fault, status::Status};

use super::{Invalid, Problem};

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::AlreadyEnded => Self::AlreadyEnded,
            Rejection::DigitsNotAwaited => Self::DigitsNotAwaited,
            Rejection::NotInTalk => Self::NotInTalk,
            Rejection::NotInWrapUp => Self::NotInWrapUp,
            Rejection::InvalidSetting(fault) => Self::Invalid(fault.into()),
            Rejection::InvalidScript(faults) => {
                Self::InvalidScript(faults.into_iter().map(Invalid::from).collect())
            }
            Rejection::ChangedMeanwhile
            | Rejection::SettingExists
            | Rejection::SettingUnknown
            | Rejection::InUse(_)
            | Rejection::LastAdministrator
            | Rejection::OwnAccess => settings(rejection),
            Rejection::InteractionUnknown | Rejection::AgentUnknown => Self::NotFound,
            Rejection::NumberUnknown => Self::NumberUnknown,
            Rejection::IdentifierTaken => Self::IdentifierTaken,
            Rejection::OfferGone(gone) => Self::OfferGone(match gone {
                model::rejection::OfferGone::Over => "This offer is no longer yours.",
                model::rejection::OfferGone::Ended => {
                    "This offer is no longer yours: the interaction is over."
                }
            }),
            Rejection::ReasonUnknown => {
                Self::Invalid(Invalid::field("reason", "There is no such reason for this."))
            }
            Rejection::SessionUnknown => Self::Unauthenticated,
            Rejection::SecretLinkGone => Self::Gone,
            Rejection::TooManySecretLinks => {
                Self::Conflict("tooManySecretLinks", "As many links wait to be opened as can.")
            }
            Rejection::TransactionCodeUnknown(code) => Self::Invalid(Invalid::field(
                "codes",
                format!("There is no transaction code {code}."),
            )),
            Rejection::TransactionCodeRequired => Self::Invalid(Invalid::field(
                "codes",
                "This queue needs at least one transaction code.",
            )),
            Rejection::TooManyVariables => Self::Invalid(Invalid::field(
                "variables",
                "Too many variables: the interaction carries as many as it can.",
            )),
            Rejection::QueueUnknown => {
                Self::Invalid(Invalid::field("queueId", "There is no such queue for this."))
            }
            Rejection::AgentUnavailable
            | Rejection::NoLineFree
            | Rejection::QueueFull
            | Rejection::ConsultFirst
            | Rejection::NoSecondLine
            | Rejection::InConference
            | Rejection::OnSecondLine
            | Rejection::NotDialling
            | Rejection::NotRecording
            | Rejection::TooManyMessages
            | Rejection::NotACall => lines(&rejection),
            Rejection::QueueRequired => Self::Invalid(Invalid::field(
                "queueId",
                "It comes from no queue: say into which it goes.",
            )),
            Rejection::AgentNotAvailable(_)
            | Rejection::AgentAtCapacity
            | Rejection::NotWaiting
            | Rejection::Connected => supervision(&rejection),
        }
    }
}

/// What stands in the way of changing settings.
fn settings(rejection: Rejection) -> Problem {
    match rejection {
        Rejection::ChangedMeanwhile => Problem::ChangedMeanwhile,
        Rejection::SettingExists => Problem::Conflict("exists", "There is one like this already."),
        Rejection::InUse(by) => Problem::InUse(format!("{by}.")),
        Rejection::LastAdministrator => Problem::Conflict(
            "lastAdministrator",
            "This is the last administrator: make another one first.",
        ),
        Rejection::OwnAccess => Problem::Conflict(
            "ownAccess",
            "Nobody takes the right to configure from oneself: ask another administrator.",
        ),
        _ => Problem::NotFound,
    }
}

/// What stands in the way of something to do with telephone lines.
fn lines(rejection: &Rejection) -> Problem {
    let (code, message) = match rejection {
        Rejection::AgentUnavailable => ("agentUnavailable", "The agent cannot take it now."),
        Rejection::NoLineFree => ("noLineFree", "You have no line free, or are logged out."),
        Rejection::QueueFull => ("queueFull", "The queue takes no more."),
        Rejection::ConsultFirst => {
            ("consultFirst", "There is no queue to fall back on: consult the agent first.")
        }
        Rejection::NoSecondLine => ("noSecondLine", "Nobody is on a second line."),
        Rejection::InConference => ("inConference", "Others take part: you can only leave."),
        Rejection::OnSecondLine => ("onSecondLine", "End your second line first."),
        Rejection::NotDialling => ("notDialling", "No number is being rung."),
        Rejection::NotRecording => ("notRecording", "Nothing is being recorded now."),
        Rejection::TooManyMessages => {
            ("tooManyMessages", "The call has as many messages as it can.")
        }
        _ => ("notACall", "This can be done with telephone calls only."),
    };
    Problem::Conflict(code, message)
}

/// What stands in the way of a supervisor.
fn supervision(rejection: &Rejection) -> Problem {
    let (code, message) = match rejection {
        Rejection::AgentNotAvailable(status) => (
            "agentNotAvailable",
            match status {
                Status::LoggedOut => "The agent is logged out, or about to be.",
                Status::OnBreak => "The agent is on a break, or about to be.",
                Status::WorkOffline => "The agent works offline, or is about to.",
                Status::Available => "The agent takes nothing new now.",
            },
        ),
        Rejection::AgentAtCapacity => {
            ("agentAtCapacity", "The agent has no place free for one more.")
        }
        Rejection::NotWaiting => ("notWaiting", "It does not wait for an agent."),
        _ => (
            "connected",
            "The customer is connected to somebody: only they can hand the customer on.",
        ),
    };
    Problem::Conflict(code, message)
}

impl From<Fault> for Invalid {
    fn from(fault: Fault) -> Self {
        Self::field(&*fault.field, &*fault.message)
    }
}
