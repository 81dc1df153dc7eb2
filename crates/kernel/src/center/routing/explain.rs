//! The explanation of an offer: who else could have been asked, who could not and why.

use alloc::{vec, vec::Vec};

use model::{
    AgentId, Timestamp,
    config::Agent,
    explanation::{Candidate, Excluded, Exclusion, Explanation, NamedBy, SkillMatch},
    limits::{EXPLAINED_AGENTS_MAX, SCORE_PER_PRIORITY},
    status::Status,
};

use super::preferred_score;
use crate::{
    State,
    center::{desk, interaction::Interaction, place::Wait, waiting::has},
};

/// Explains why `chosen` would be asked now, on the state on which the decision is made. Looks at who
/// has room, and at others only until enough are named.
#[must_use]
pub fn explain(
    state: &State,
    interaction: &Interaction,
    wait: &Wait,
    chosen: AgentId,
    now: Timestamp,
) -> Explanation {
    let waited_ms = now.since(wait.entered);
    let members = state.members(wait.queue);
    let settings = |id: &AgentId| state.config.agents.get(id);
    let candidates = candidates(state, interaction, wait, chosen, now);
    let excluded = members.iter().filter_map(settings).filter_map(|agent| {
        let reason = exclusion(state, interaction, wait, agent)?;
        Some(Excluded { agent: agent.id, reason })
    });
    let excluded: Vec<Excluded> = excluded.take(EXPLAINED_AGENTS_MAX).collect();
    let more = members.len().saturating_sub(candidates.len() + excluded.len());
    Explanation {
        score: u64::from(wait.priority) * SCORE_PER_PRIORITY + waited_ms,
        priority: wait.priority,
        waited_ms,
        ring: wait.ring,
        skills: skills(state, wait, chosen),
        candidates,
        excluded,
        more: u32::try_from(more).unwrap_or(u32::MAX),
        named_by: None,
    }
}

/// Explains an offer of what waits to an agent whom somebody named: how the interaction stands, and what
/// the agent has of what it asks for. Others were not compared.
pub(crate) fn explain_named(
    state: &State,
    wait: &Wait,
    agent: &Agent,
    named_by: NamedBy,
    now: Timestamp,
) -> Explanation {
    let waited_ms = now.since(wait.entered);
    Explanation {
        score: u64::from(wait.priority) * SCORE_PER_PRIORITY + waited_ms,
        priority: wait.priority,
        waited_ms,
        ring: wait.ring,
        skills: skills(state, wait, agent.id),
        candidates: vec![candidate(state, wait, agent, now)],
        excluded: Vec::new(),
        more: 0,
        named_by: Some(named_by),
    }
}

/// Whoever has room and may be asked: `chosen` first, then as they would be chosen. Whoever has no
/// room is not looked at, so that a large queue of busy agents costs nothing here.
fn candidates(
    state: &State,
    interaction: &Interaction,
    wait: &Wait,
    chosen: AgentId,
    now: Timestamp,
) -> Vec<Candidate> {
    let idle = state.available.idle(wait.queue);
    let idle = idle.filter_map(|(_, id)| state.config.agents.get(&id));
    let free = idle.filter(|agent| exclusion(state, interaction, wait, agent).is_none());
    let mut candidates: Vec<Candidate> =
        free.map(|agent| candidate(state, wait, agent, now)).collect();
    candidates.sort_by_key(|other| {
        let best_first = (u16::MAX - other.preferred_score, u64::MAX - other.idle_ms);
        (other.agent != chosen, best_first, other.agent)
    });
    candidates.truncate(EXPLAINED_AGENTS_MAX);
    candidates
}

fn candidate(state: &State, wait: &Wait, agent: &Agent, now: Timestamp) -> Candidate {
    let idle_ms = state.desk(agent.id).map_or(0, |desk| now.since(desk.idle_since));
    let queue = state.config.queues.get(&wait.queue);
    let preferred_score = queue.map_or(0, |queue| preferred_score(queue, agent));
    Candidate { agent: agent.id, idle_ms, preferred_score }
}

/// The first reason against asking an agent, in the order of the variants.
pub(crate) fn exclusion(
    state: &State,
    interaction: &Interaction,
    wait: &Wait,
    agent: &Agent,
) -> Option<Exclusion> {
    let Some(desk) = state.desk(agent.id) else {
        return Some(Exclusion::NotAvailable(Status::LoggedOut));
    };
    if !desk::takes_offers(desk) {
        let status = desk.next.as_ref().map_or(desk.status, |(next, _)| *next);
        return Some(Exclusion::NotAvailable(status));
    }
    let media = state.config.queues.get(&wait.queue).map_or(interaction.media, |queue| queue.media);
    if !desk::has_room(state, agent, desk, media) {
        return Some(Exclusion::AtCapacity);
    }
    if let Some(need) = wait.needs.iter().find(|need| !has(agent, **need)) {
        let level = agent.skills.get(&need.skill).copied();
        return Some(Exclusion::MissingSkill { skill: need.skill, needed: need.level, level });
    }
    if interaction.is_declined_by(agent.id) {
        return Some(Exclusion::Declined);
    }
    let held = wait.held.filter(|(held, _)| *held != agent.id);
    held.map(|(held, _)| Exclusion::HeldForPreferred(held))
}

fn skills(state: &State, wait: &Wait, chosen: AgentId) -> Vec<SkillMatch> {
    let has = |skill| {
        state.config.agents.get(&chosen).and_then(|agent| agent.skills.get(&skill).copied())
    };
    let required = wait.needs.iter().map(|need| {
        let (skill, needed) = (need.skill, need.level);
        SkillMatch { skill, needed, level: has(skill), required: true }
    });
    let preferred =
        state.config.queues.get(&wait.queue).into_iter().flat_map(|queue| &queue.preferred);
    let preferred = preferred.map(|skill| SkillMatch {
        skill: *skill,
        needed: 0,
        level: has(*skill),
        required: false,
    });
    required.chain(preferred).collect()
}
