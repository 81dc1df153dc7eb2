//! Why an interaction came to an agent.

use serde::Serialize;
use utoipa::ToSchema;

/// Why this agent, and why not the others.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Why {
    /// `priority * 10,000 + milliseconds waited`: the highest goes first.
    pub(crate) score: u64,
    /// Priority at the moment of the offer, 0 to 100.
    pub(crate) priority: u8,
    /// Milliseconds since it entered the queue.
    pub(crate) waited_ms: u64,
    /// How many rings had opened: 0 is the strictest.
    pub(crate) ring: u8,
    pub(crate) skills: Vec<SkillMatch>,
    /// Who could have been asked, the chosen agent first; at most 16.
    pub(crate) candidates: Vec<Candidate>,
    /// Agents of the queue who could not be asked; at most 16.
    pub(crate) excluded: Vec<ExcludedAgent>,
    /// How many more agents there were than are named.
    pub(crate) excluded_more: u32,
    /// All of it in one sentence.
    pub(crate) text: String,
}

/// One skill asked for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SkillMatch {
    pub(crate) id: u32,
    pub(crate) name: String,
    /// The lowest level that is enough; 0 for a preferred skill.
    pub(crate) needed: u8,
    /// The chosen agent's level; `null` when the agent does not have the skill.
    #[schema(required)]
    pub(crate) level: Option<u8>,
    /// Required, or only preferred.
    pub(crate) required: bool,
}

/// An agent who could have been asked.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Candidate {
    pub(crate) agent_id: String,
    pub(crate) name: String,
    /// Milliseconds since the agent last had something new.
    pub(crate) idle_ms: u64,
    /// Sum of the agent's levels in the skills the queue prefers.
    pub(crate) preferred_score: u16,
}

/// An agent who could not be asked.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExcludedAgent {
    pub(crate) agent_id: String,
    pub(crate) name: String,
    pub(crate) reason: ExclusionWord,
    /// The reason as a sentence: `Cara Lind: Spanish 3, needs 6`.
    pub(crate) text: String,
}

/// Why an agent could not be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Exclusion)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ExclusionWord {
    LoggedOut,
    NotAvailable,
    AtCapacity,
    MissingSkill,
    Declined,
    HeldForPreferred,
}

/// All offers of one interaction.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WhyAnswer {
    /// GUID of the interaction.
    pub(crate) interaction_id: String,
    /// Oldest first.
    pub(crate) offers: Vec<OfferWhy>,
}

/// One offer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OfferWhy {
    pub(crate) offer_id: String,
    pub(crate) agent_id: String,
    pub(crate) agent_name: String,
    /// Epoch milliseconds.
    pub(crate) offered_at: u64,
    pub(crate) outcome: OfferOutcome,
    pub(crate) why: Why,
}

/// What became of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum OfferOutcome {
    Pending,
    Accepted,
    Rejected,
    TimedOut,
    Withdrawn,
    Recalled,
}
