//! Why an interaction was offered to this agent and not to another.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{AgentId, SkillId, UserId, status::Status, time::Millis};

/// The reasons behind one offer, computed from the same state the decision was made on, so that
/// replaying the log up to the offer gives the same explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// `priority * 10,000 + milliseconds waited`: the highest goes first.
    pub score: u64,
    /// Priority at the moment of the offer.
    pub priority: u8,
    /// Milliseconds since the interaction entered the queue.
    pub waited_ms: Millis,
    /// How many rings had opened: 0 is the strictest.
    pub ring: u8,
    /// What was asked for and what the chosen agent has.
    pub skills: Vec<SkillMatch>,
    /// Agents who could have taken it, best first; the first was chosen. At most 16.
    pub candidates: Vec<Candidate>,
    /// Agents of the queue who could not, and why. At most 16.
    pub excluded: Vec<Excluded>,
    /// How many more candidates and excluded agents there were than are named.
    pub more: u32,
    /// Who named the agent; `None` when routing found the agent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named_by: Option<NamedBy>,
}

/// Who asked for an agent by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NamedBy {
    /// Another agent, who consults or hands on.
    Agent(AgentId),
    /// The script.
    Script,
    /// A supervisor, who assigned what waited.
    Supervisor(UserId),
}

/// One skill asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SkillMatch {
    /// The skill.
    pub skill: SkillId,
    /// The lowest level that is enough; for a preferred skill 0.
    pub needed: u8,
    /// The chosen agent's level; `None` when the agent does not have the skill, which is not level 0.
    pub level: Option<u8>,
    /// Required, or only preferred.
    pub required: bool,
}

/// An agent who could have taken the interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// The agent.
    pub agent: AgentId,
    /// Milliseconds since the agent's last work ended: the longest idle goes first among equals.
    pub idle_ms: Millis,
    /// Sum of the agent's levels in the preferred skills: the highest goes first.
    pub preferred_score: u16,
}

/// An agent who could not take the interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Excluded {
    /// The agent.
    pub agent: AgentId,
    /// The first reason that applied, in the order of the variants.
    pub reason: Exclusion,
}

/// Why an agent could not take an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Exclusion {
    /// Not available by status.
    NotAvailable(Status),
    /// All of the agent's places for this kind of channel are taken.
    AtCapacity,
    /// A required skill is missing or its level too low.
    MissingSkill {
        /// The skill.
        skill: SkillId,
        /// The lowest level that would have been enough.
        needed: u8,
        /// The agent's level, if the agent has the skill at all.
        level: Option<u8>,
    },
    /// The agent rejected or missed this interaction a moment ago.
    Declined,
    /// The interaction is still being held for its preferred agent.
    HeldForPreferred(AgentId),
}
