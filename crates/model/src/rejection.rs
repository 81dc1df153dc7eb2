//! Why a command was refused. A refusal changes nothing.

use core::fmt;

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{Text, status::Status, time::Millis};

/// A refusal, in the words of the rules. Contracts translate it into their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The interaction is over.
    AlreadyEnded,
    /// The interaction takes no more digits now: the script is not asking.
    DigitsNotAwaited,
    /// Nothing is being recorded now.
    NotRecording,
    /// The interaction has as many messages as it can carry.
    TooManyMessages,
    /// The agent cannot do this with the interaction: it is not talking on it.
    NotInTalk,
    /// The agent is not wrapping this interaction up.
    NotInWrapUp,
    /// The setting is not the one that was seen: somebody has changed it.
    ChangedMeanwhile,
    /// There is such a setting already.
    SettingExists,
    /// There is no such setting.
    SettingUnknown,
    /// The setting cannot be deleted, and what stands in the way: "Script Main uses it".
    InUse(Text),
    /// Somebody must be left who can configure the tenant.
    LastAdministrator,
    /// Nobody takes the right to configure from oneself.
    OwnAccess,
    /// A setting contradicts another, or itself.
    InvalidSetting(Fault),
    /// The script cannot be published.
    InvalidScript(Vec<Fault>),
    /// No interaction of the tenant has this identifier.
    InteractionUnknown,
    /// No such agent.
    AgentUnknown,
    /// No channel has this address.
    NumberUnknown,
    /// The GUID or SIP Call-ID belongs to another interaction.
    IdentifierTaken,
    /// The offer is over, and how.
    OfferGone(OfferGone),
    /// The reason code does not exist or is not for this.
    ReasonUnknown,
    /// No open session has this token.
    SessionUnknown,
    /// No such link waits: it was opened, revoked or destroyed, its time is over, or it never was.
    SecretLinkGone,
    /// As many links wait as can.
    TooManySecretLinks,
    /// The transaction code does not exist.
    TransactionCodeUnknown(u32),
    /// Wrap-up needs a transaction code.
    TransactionCodeRequired,
    /// The interaction has as many variables as it can carry.
    TooManyVariables,
    /// The agent asked for by name cannot take it now.
    AgentUnavailable,
    /// The agent has no line free, or is logged out.
    NoLineFree,
    /// No such queue, or not one of this kind.
    QueueUnknown,
    /// The queue takes no more.
    QueueFull,
    /// A customer who came through no queue is handed to an agent only after asking.
    ConsultFirst,
    /// There is no second line, or nobody has answered on it.
    NoSecondLine,
    /// Other agents take part: this one can only leave.
    InConference,
    /// The agent is on a second line: that one must end first.
    OnSecondLine,
    /// Nothing is being rung.
    NotDialling,
    /// This can be done with telephone calls only.
    NotACall,
    /// The agent takes no offers in this status, which the agent has or is about to have.
    AgentNotAvailable(Status),
    /// The agent has as many interactions of this kind as fit.
    AgentAtCapacity,
    /// The interaction does not wait for an agent.
    NotWaiting,
    /// The customer is connected to somebody: only they can hand the customer on.
    Connected,
    /// The interaction comes from no queue, and none is named.
    QueueRequired,
}

/// What became of an offer that somebody still acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OfferGone {
    /// It timed out, was rejected or withdrawn; the interaction waits or is with somebody else.
    Over,
    /// The interaction itself is over.
    Ended,
}

/// One thing wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The field, as a path in the JSON that came in: `queue[101].rings[1].afterMs`.
    pub field: Text,
    /// What is wrong, for people.
    pub message: Text,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyEnded => f.write_str("the interaction is over"),
            Self::NotRecording => f.write_str("nothing is being recorded now"),
            Self::TooManyMessages => f.write_str("the interaction has as many messages as it can"),
            Self::DigitsNotAwaited => f.write_str("the script is not asking for digits now"),
            Self::NotInTalk => f.write_str("the agent is not talking on this interaction"),
            Self::NotInWrapUp => f.write_str("the agent is not wrapping up this interaction"),
            Self::ChangedMeanwhile => f.write_str("somebody has changed the setting meanwhile"),
            Self::SettingExists => f.write_str("there is such a setting already"),
            Self::SettingUnknown => f.write_str("no such setting"),
            Self::InUse(by) => f.write_str(by),
            Self::LastAdministrator => f.write_str("it is the last administrator"),
            Self::OwnAccess => f.write_str("it is the caller's own access"),
            Self::InvalidSetting(fault) => write!(f, "{}: {}", fault.field, fault.message),
            Self::InvalidScript(faults) => {
                f.write_str("the script cannot be published")?;
                faults
                    .iter()
                    .try_for_each(|fault| write!(f, "; {}: {}", fault.field, fault.message))
            }
            Self::InteractionUnknown => f.write_str("no such interaction"),
            Self::AgentUnknown => f.write_str("no such agent"),
            Self::NumberUnknown => f.write_str("no channel has this number"),
            Self::IdentifierTaken => f.write_str("the identifier belongs to another interaction"),
            Self::OfferGone(_) => f.write_str("the offer is over"),
            Self::ReasonUnknown => f.write_str("no such reason"),
            Self::SessionUnknown => f.write_str("no such session"),
            Self::SecretLinkGone => f.write_str("no such link waits to be opened"),
            Self::TooManySecretLinks => f.write_str("as many links wait as can"),
            Self::TransactionCodeUnknown(code) => write!(f, "no transaction code {code}"),
            Self::TransactionCodeRequired => f.write_str("a transaction code is required"),
            Self::TooManyVariables => {
                f.write_str("the interaction carries as many variables as it can")
            }
            Self::AgentUnavailable => f.write_str("the agent cannot take it now"),
            Self::NoLineFree => f.write_str("the agent has no line free or is logged out"),
            Self::QueueUnknown => f.write_str("no such queue of this kind"),
            Self::QueueFull => f.write_str("the queue takes no more"),
            Self::ConsultFirst => f.write_str("there is no queue to fall back on: consult first"),
            Self::NoSecondLine => f.write_str("nobody is on a second line"),
            Self::InConference => f.write_str("other agents take part"),
            Self::OnSecondLine => f.write_str("the agent is on a second line"),
            Self::NotDialling => f.write_str("no number is being rung"),
            Self::NotACall => f.write_str("only for telephone calls"),
            Self::AgentNotAvailable(status) => {
                write!(f, "the agent takes no offers: {}", status.text().to_lowercase())
            }
            Self::AgentAtCapacity => f.write_str("the agent has no place free"),
            Self::NotWaiting => f.write_str("it does not wait for an agent"),
            Self::Connected => f.write_str("the customer is connected to somebody"),
            Self::QueueRequired => f.write_str("it comes from no queue: name one"),
        }
    }
}

impl core::error::Error for Rejection {}

/// How long a client should wait before it tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryAfter(pub Millis);
