//! Interactions that are not over, as far as measuring needs them.

use model::{
    AgentId, ChannelId, InteractionId, QueueId, Timestamp,
    interaction::{Direction, Media},
};
use serde::{Deserialize, Serialize};

/// An interaction that is not over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// The channel it came by.
    pub channel: ChannelId,
    /// What it is.
    pub media: Media,
    /// Who dialled.
    pub direction: Direction,
    /// The queue it waits in, came through last, or was dialled for.
    pub queue: Option<QueueId>,
    /// Since when it waits in the queue.
    pub waiting: Option<Timestamp>,
    /// The agents who have to do with it.
    pub work: Vec<Work>,
    /// How it came about.
    pub(crate) entry: Entry,
    /// It is the second line on which an agent consults somebody about this interaction.
    pub(crate) line_of: Option<InteractionId>,
    /// Who comes next takes the customer over from an agent who has asked before.
    pub(crate) taken_over: bool,
    /// Agents talk among themselves.
    pub(crate) talks_inside: bool,
    /// Where it was counted last.
    pub(crate) counted: Option<(QueueId, Stage)>,
}

/// How an interaction came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Entry {
    /// A customer came, or is called back.
    Came,
    /// An agent dialled.
    Dialled,
    /// The customer was handed on.
    HandedOn,
    /// An agent opened a second line.
    Line,
}

/// What one agent has to do with an interaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Who.
    pub agent: AgentId,
    /// What.
    pub phase: Phase,
    /// Since when.
    pub since: Timestamp,
    /// Since when the customer is on hold.
    pub held: Option<Timestamp>,
    /// The microphone is silent.
    pub muted: bool,
    /// Since when the agent takes part in a conference.
    pub(crate) conferring: Option<Timestamp>,
}

impl Work {
    pub(crate) fn new(agent: AgentId, phase: Phase, since: Timestamp) -> Self {
        Self { agent, phase, since, held: None, muted: false, conferring: None }
    }
}

/// What an agent does with an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Is being asked.
    Offered,
    /// Waits for somebody's answer.
    Dialling,
    /// Talks.
    Talking,
    /// Has talked; what follows comes with the same command.
    Ended,
    /// Completes the paperwork.
    WrapUp,
}

/// How far an interaction of a queue has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Waits.
    Waiting,
    /// Waits, and an agent is being asked.
    Offered,
    /// An agent talks.
    Handling,
    /// Only paperwork is left.
    WrapUp,
}

impl Open {
    pub(crate) fn stage(&self) -> Option<Stage> {
        let has = |phase| self.work.iter().any(|work| work.phase == phase);
        if self.waiting.is_some() {
            Some(if has(Phase::Offered) { Stage::Offered } else { Stage::Waiting })
        } else if has(Phase::Talking) || has(Phase::Dialling) {
            Some(Stage::Handling)
        } else if has(Phase::WrapUp) {
            Some(Stage::WrapUp)
        } else {
            None
        }
    }

    /// What an agent has to do with it.
    #[must_use]
    pub fn work_of(&self, agent: AgentId) -> Option<&Work> {
        self.work.iter().find(|work| work.agent == agent)
    }

    /// Whether an agent talks on it.
    #[must_use]
    pub fn is_talking(&self, agent: AgentId) -> bool {
        self.work_of(agent).is_some_and(|work| work.phase == Phase::Talking)
    }

    pub(crate) fn work_mut(&mut self, agent: AgentId) -> Option<&mut Work> {
        self.work.iter_mut().find(|work| work.agent == agent)
    }
}
