//! One public event, and the catalogue of its kinds (Streaming API, "Event catalogue").

use std::sync::Arc;

use model::{AgentId, Text, Timestamp};

/// The `msgInfo.instanceId` of every message. It has the form of the projection in it, so that a number
/// is never used twice by the same instance, and is otherwise fixed, so that the same log gives the same
/// bytes on any machine.
pub const INSTANCE: &str = "cordboard-1";

/// One public event of a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number: 1 and up, without gaps, `msgInfo.sequenceId` in the text.
    pub seq: u64,
    /// When it happened, by the log; `msgInfo.timestamp` in the text.
    pub at: Timestamp,
    /// What happened.
    pub kind: Kind,
    /// GUID of the interaction that it is about.
    pub interaction: Option<Text>,
    /// The agents that it is about, `agentId` first.
    pub agents: Vec<AgentId>,
    /// The event as one JSON object with one key, compact, keys in ASCII order.
    pub json: Arc<str>,
    /// Bytes of the texts of all messages up to this one: the difference of two is what lies between.
    pub total: u64,
}

/// The one key at the top of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Root {
    /// The state of an agent.
    AgentStatusChange,
    /// How an agent is set up.
    AgentProvChange,
    /// Everything else.
    Interaction,
}

impl Root {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AgentStatusChange => "AgentStatusChange",
            Self::AgentProvChange => "AgentProvChange",
            Self::Interaction => "Interaction",
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident in $root:ident,)*) => {
        /// What happened: the `event` inside the root, or the root's own name where there is none.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// All kinds that are ever sent.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The word on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => stringify!($kind),)*
                }
            }

            /// The key that it stands below.
            #[must_use]
            pub fn root(self) -> Root {
                match self {
                    $(Self::$kind => Root::$root,)*
                }
            }
        }
    };
}

kinds! {
    /// An agent's state changed.
    AgentStatusChange in AgentStatusChange,
    /// A queue was given to an agent for the first time.
    AgentSkillCreated in AgentProvChange,
    /// A queue was taken from an agent, or given back.
    AgentSkillChanged in AgentProvChange,
    /// An interaction was born.
    InteractionCreated in Interaction,
    /// It waits for an agent.
    InteractionQueued in Interaction,
    /// It was offered to an agent.
    InteractionAssigned in Interaction,
    /// The agent took it.
    InteractionAccepted in Interaction,
    /// The dialled party answered.
    InteractionCustomerAccepted in Interaction,
    /// The agent refused, or did not answer.
    InteractionRejected in Interaction,
    /// It left the queue without an agent.
    InteractionUnqueued in Interaction,
    /// The limit of waiting was reached.
    InteractionQueueTimeout in Interaction,
    /// Hold began or ended.
    LineHoldStatus in Interaction,
    /// The agent's microphone was silenced or opened.
    LineMuteStatus in Interaction,
    /// Recording began.
    InteractionRecordingStarted in Interaction,
    /// Recording was paused or goes on.
    RecordingStatus in Interaction,
    /// The recording can be fetched.
    InteractionRecordingReady in Interaction,
    /// A transfer was asked for.
    InteractionTransferRequest in Interaction,
    /// Two lines were asked to become one.
    InteractionJoinLinesRequest in Interaction,
    /// Somebody joined or left a conversation.
    InteractionParticipantChange in Interaction,
    /// The parties are connected anew.
    InteractionReconnect in Interaction,
    /// Wrap-up began.
    InteractionPostProcess in Interaction,
    /// Wrap-up is over.
    InteractionEndPostProcess in Interaction,
    /// The agent is free of it.
    InteractionDeassigned in Interaction,
    /// The guest closed the chat.
    GuestChatEnd in Interaction,
    /// It is gone.
    InteractionDeleted in Interaction,
}

impl Kind {
    /// Reads the wire's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}
