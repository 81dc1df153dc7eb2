//! What happened. Events are for ever: fields are only added, meanings never change, and a new
//! meaning is a new event. Each carries what a follower needs to act without asking back.

use alloc::{boxed::Box, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    AgentId, InteractionId, OfferId, QueueId, ScriptId, SecretLinkId, Text, Timestamp, UserId,
    access::{SecretHash, Session},
    config::{Setting, SettingKey, SkillLevel},
    flow::NodeId,
    interaction::{DialEnd, Draft, EndCause, Message, Recording, Target},
    secret_link::SecretLink,
    status::Status,
    variable::Variable,
};

mod account;
mod body;
pub use account::{Act, Administered};
pub use body::{
    ApiAsked, InteractionCreated, InteractionOffered, InteractionQueued, NodePassed, OfferEnded,
    StatusChanged, WaitOption, WrapUpCompleted,
};

/// One record of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// When it happened, by the clock of the shell that executed the command.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// What happened. The name of a variant is its tag on disk and must be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Event {
    /// A setting was saved, or deleted.
    Configured(Box<Setting>),
    /// Somebody did what has to be accounted for. What came of it follows.
    Administered(Box<Administered>),
    /// A request with an idempotency key was done.
    KeyRemembered {
        /// The key.
        key: Text,
        /// When it may be forgotten.
        until: Timestamp,
        /// The one setting that the request made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        made: Option<SettingKey>,
    },
    /// Somebody logged in.
    SessionOpened(Session),
    /// A session ended before its time.
    SessionClosed(SecretHash),
    /// Secrets wait behind a link for whoever opens it first.
    SecretLinkMade(Box<SecretLink>),
    /// Somebody tried a passphrase; it is not known yet whether it was right.
    SecretLinkTried(SecretLinkId),
    /// What the link holds was given out. It opens no more.
    SecretLinkOpened(SecretLinkId),
    /// The link opens no more, although nobody has opened it.
    SecretLinkRevoked {
        /// Which link.
        id: SecretLinkId,
        /// Who said so.
        by: UserId,
    },
    /// An agent's status is now this.
    StatusChanged(StatusChanged),
    /// An agent's status will be this once the work at hand is done; `None` takes the wish back.
    NextStatusSet {
        /// Who.
        agent: AgentId,
        /// Status and reason.
        next: Option<(Status, Option<Text>)>,
    },
    /// A customer arrived.
    InteractionCreated(Box<InteractionCreated>),
    /// The interaction is at this node of this script.
    NodeEntered {
        /// Which interaction.
        interaction: InteractionId,
        /// The script.
        script: ScriptId,
        /// Its version.
        version: u32,
        /// The node.
        node: NodeId,
    },
    /// The interaction left a node.
    NodePassed(NodePassed),
    /// The customer hears this.
    PromptPlayed {
        /// Which interaction.
        interaction: InteractionId,
        /// The words, private values masked.
        text: Text,
    },
    /// The script waits for the customer's keys, or for time to pass.
    InputAwaited {
        /// Which interaction.
        interaction: InteractionId,
        /// The keys that are answers; empty when only time is awaited.
        keys: Text,
        /// When the waiting ends.
        until: Timestamp,
    },
    /// The customer pressed keys.
    DigitsPressed {
        /// Which interaction.
        interaction: InteractionId,
        /// The keys; sealed when private.
        digits: Text,
        /// They are the value of a private variable.
        #[serde(default)]
        private: bool,
    },
    /// Variables were attached or replaced, by name.
    VariablesSet {
        /// Which interaction.
        interaction: InteractionId,
        /// The variables; private values are sealed on disk.
        variables: Vec<Variable>,
    },
    /// The customer left a message.
    MessageRecorded {
        /// Which interaction.
        interaction: InteractionId,
        /// The message; its words are sealed on disk.
        message: Box<Message>,
    },
    /// The script asks another system, and waits for the answer.
    ApiAsked(Box<ApiAsked>),
    /// The other system has answered, or could not.
    ApiAnswered {
        /// Which interaction.
        interaction: InteractionId,
        /// Which asking.
        ask: u64,
        /// What was wrong; `None` when what was wanted is set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fault: Option<Text>,
    },
    /// The script changed the interaction's priority.
    PrioritySet {
        /// Which interaction.
        interaction: InteractionId,
        /// 0 to 100.
        priority: u8,
    },
    /// The script changed what the interaction asks of agents.
    SkillsRequired {
        /// Which interaction.
        interaction: InteractionId,
        /// All skills it asks for beside the queue's own.
        skills: Vec<SkillLevel>,
    },
    /// The interaction waits for an agent.
    InteractionQueued(Box<InteractionQueued>),
    /// Requirements were widened by waiting time.
    RingWidened {
        /// Which interaction.
        interaction: InteractionId,
        /// How many rings are open now.
        ring: u8,
    },
    /// The interaction is no longer held for its preferred agent.
    PreferredReleased {
        /// Which interaction.
        interaction: InteractionId,
    },
    /// An agent who declined the interaction may be offered it again.
    DeclineForgotten {
        /// Which interaction.
        interaction: InteractionId,
        /// Who.
        agent: AgentId,
    },
    /// The position in the queue was said, or is due to be said again later.
    PositionAnnounced {
        /// Which interaction.
        interaction: InteractionId,
        /// When to say it next.
        next: Timestamp,
    },
    /// An option was said to the customer who waits, and can be chosen from now on.
    OptionSaid {
        /// Which interaction.
        interaction: InteractionId,
        /// The key that chooses it.
        key: Text,
    },
    /// The interaction left the queue without an agent and goes on in its script.
    InteractionDequeued {
        /// Which interaction.
        interaction: InteractionId,
        /// From where.
        queue: QueueId,
        /// By which exit.
        exit: Text,
    },
    /// An agent is asked to take the interaction.
    InteractionOffered(Box<InteractionOffered>),
    /// The offer ended without being accepted.
    OfferEnded(OfferEnded),
    /// The agent took the interaction: customer and agent talk, or the customer who is called back is
    /// about to be rung.
    OfferAccepted {
        /// Which interaction.
        interaction: InteractionId,
        /// Which offer.
        offer: OfferId,
        /// Who.
        agent: AgentId,
    },
    /// The customer was put on hold, or taken back.
    HoldChanged {
        /// Which interaction.
        interaction: InteractionId,
        /// Who.
        agent: AgentId,
        /// On, or off.
        held: bool,
    },
    /// The agent's microphone was silenced, or opened.
    MuteChanged {
        /// Which interaction.
        interaction: InteractionId,
        /// Who.
        agent: AgentId,
        /// Silent, or open.
        muted: bool,
    },
    /// The recording was started, paused or stopped.
    RecordingChanged {
        /// Which interaction.
        interaction: InteractionId,
        /// Who changed it; `None` when the queue says so.
        agent: Option<AgentId>,
        /// What it is now.
        recording: Recording,
    },
    /// The carrier rings a number.
    Dialled {
        /// Which interaction.
        interaction: InteractionId,
        /// The agent who listens to the ringing; `None` when the customer does.
        agent: Option<AgentId>,
        /// The number.
        to: Text,
        /// When the ringing ends unanswered.
        deadline: Timestamp,
    },
    /// The ringing ended without an answer.
    DialEnded {
        /// Which interaction.
        interaction: InteractionId,
        /// How.
        end: DialEnd,
    },
    /// The number that was rung answered.
    PartyAnswered {
        /// Which interaction.
        interaction: InteractionId,
    },
    /// The outside number that the customer was connected to hung up, and the script goes on.
    PartyLeft {
        /// Which interaction.
        interaction: InteractionId,
    },
    /// An agent hands the customer on, or adds somebody.
    TransferRequested {
        /// Which interaction.
        interaction: InteractionId,
        /// Who hands on.
        agent: AgentId,
        /// To whom.
        to: Target,
        /// GUID of the interaction that the customer goes on with, when it is another one.
        successor: Option<Text>,
    },
    /// An agent's two lines become one conversation.
    LinesJoined {
        /// The first line, which goes on.
        interaction: InteractionId,
        /// The second, which ends.
        line: InteractionId,
        /// Whose lines.
        agent: AgentId,
    },
    /// An agent takes part in a conversation that goes on.
    AgentJoined {
        /// Which interaction.
        interaction: InteractionId,
        /// Who.
        agent: AgentId,
        /// The second line over which the agent came.
        line: InteractionId,
    },
    /// Somebody outside takes part in a conversation that goes on.
    PartyJoined {
        /// Which interaction.
        interaction: InteractionId,
        /// The number.
        number: Text,
        /// The second line over which the number came.
        line: InteractionId,
    },
    /// An agent left a conversation that goes on.
    AgentLeft {
        /// Which interaction.
        interaction: InteractionId,
        /// Who.
        agent: AgentId,
    },
    /// An agent's work on an interaction is over while others still have it.
    AgentReleased {
        /// Which interaction.
        interaction: InteractionId,
        /// Whose desk it leaves.
        agent: AgentId,
    },
    /// Customer and platform, or customer and agent, are no longer connected.
    InteractionEnded {
        /// Which interaction.
        interaction: InteractionId,
        /// Who or what ended it.
        cause: EndCause,
    },
    /// The agent who talked completes the paperwork.
    WrapUpStarted {
        /// Which interaction.
        interaction: InteractionId,
        /// Who.
        agent: AgentId,
        /// When it completes by itself.
        deadline: Timestamp,
    },
    /// What an agent has put down so far for the wrap-up, during the talk or after it.
    WrapUpDrafted {
        /// Which interaction.
        interaction: InteractionId,
        /// Who.
        agent: AgentId,
        /// All of it; it replaces what was put down before.
        draft: Box<Draft>,
    },
    /// The paperwork is complete.
    WrapUpCompleted(Box<WrapUpCompleted>),
    /// The interaction is history.
    InteractionDeleted {
        /// Which interaction.
        interaction: InteractionId,
        /// The agent whose desk it leaves.
        #[serde(default)]
        agent: Option<AgentId>,
    },
}

impl Event {
    /// Shows every text that must not be readable at rest to `visit`, which may replace it.
    pub fn visit_secrets(&mut self, visit: &mut dyn FnMut(&mut Text)) {
        if let Self::VariablesSet { variables, .. } = self {
            variables
                .iter_mut()
                .filter(|variable| variable.is_private())
                .for_each(|variable| visit(&mut variable.value));
        } else if let Self::DigitsPressed { digits, private: true, .. } = self {
            visit(digits);
        } else if let Self::MessageRecorded { message, .. } = self {
            visit(&mut message.text);
        } else if let Self::ApiAsked(asked) = self {
            asked.headers.iter_mut().for_each(|(_, value)| visit(value));
        }
    }

    /// Whether there is any such text.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        if let Self::VariablesSet { variables, .. } = self {
            return variables.iter().any(Variable::is_private);
        }
        matches!(
            self,
            Self::DigitsPressed { private: true, .. }
                | Self::MessageRecorded { .. }
                | Self::ApiAsked(_)
        )
    }
}
