//! Why an offer went to this agent and not to another, in words.

use engine::{State, views::OfferRow};
use model::{
    AgentId, SkillId,
    explanation::{Candidate, Excluded, Exclusion, Explanation, NamedBy, SkillMatch},
    status::Status,
};

pub(crate) mod wire;

/// One offer of the past.
pub(crate) fn offer(state: &State, row: OfferRow) -> wire::OfferWhy {
    wire::OfferWhy {
        offer_id: row.id.to_string(),
        agent_id: row.agent.to_string(),
        agent_name: row.agent_name,
        offered_at: row.offered_at.0,
        outcome: outcome(&row.outcome),
        why: of(state, &row.explanation),
    }
}

/// What became of an offer, by the views' word.
pub(crate) fn outcome(word: &str) -> wire::OfferOutcome {
    match word {
        "accepted" => wire::OfferOutcome::Accepted,
        "rejected" => wire::OfferOutcome::Rejected,
        "timedOut" => wire::OfferOutcome::TimedOut,
        "withdrawn" => wire::OfferOutcome::Withdrawn,
        "recalled" => wire::OfferOutcome::Recalled,
        _ => wire::OfferOutcome::Pending,
    }
}

/// An explanation with names and words.
pub(crate) fn of(state: &State, explanation: &Explanation) -> wire::Why {
    wire::Why {
        score: explanation.score,
        priority: explanation.priority,
        waited_ms: explanation.waited_ms,
        ring: explanation.ring,
        skills: explanation.skills.iter().map(|skill| skill_match(state, skill)).collect(),
        candidates: explanation.candidates.iter().map(|other| candidate(state, other)).collect(),
        excluded: explanation.excluded.iter().map(|other| excluded(state, other)).collect(),
        excluded_more: explanation.more,
        text: sentence(state, explanation),
    }
}

fn agent_name(state: &State, id: AgentId) -> &str {
    state.config.agents.get(&id).map_or("An agent who is no longer there", |agent| &agent.name)
}

fn skill_name(state: &State, id: SkillId) -> String {
    let name = state.config.skills.get(&id).map(|skill| skill.name.to_string());
    name.unwrap_or_else(|| format!("skill {id}"))
}

fn skill_match(state: &State, skill: &SkillMatch) -> wire::SkillMatch {
    wire::SkillMatch {
        id: skill.skill.0,
        name: skill_name(state, skill.skill),
        needed: skill.needed,
        level: skill.level,
        required: skill.required,
    }
}

fn candidate(state: &State, candidate: &Candidate) -> wire::Candidate {
    wire::Candidate {
        agent_id: candidate.agent.to_string(),
        name: agent_name(state, candidate.agent).to_owned(),
        idle_ms: candidate.idle_ms,
        preferred_score: candidate.preferred_score,
    }
}

fn excluded(state: &State, excluded: &Excluded) -> wire::ExcludedAgent {
    let name = agent_name(state, excluded.agent);
    let (reason, text) = match excluded.reason {
        Exclusion::NotAvailable(status) => not_available(status),
        Exclusion::AtCapacity => (wire::ExclusionWord::AtCapacity, "has no place free".to_owned()),
        Exclusion::MissingSkill { skill, needed, level } => {
            let skill = skill_name(state, skill);
            let text = match level {
                Some(level) => format!("{skill} {level}, needs {needed}"),
                None => format!("no {skill}, needs {needed}"),
            };
            (wire::ExclusionWord::MissingSkill, text)
        }
        Exclusion::Declined => {
            (wire::ExclusionWord::Declined, "declined it a moment ago".to_owned())
        }
        Exclusion::HeldForPreferred(agent) => {
            let text = format!("it is held for {}", agent_name(state, agent));
            (wire::ExclusionWord::HeldForPreferred, text)
        }
    };
    wire::ExcludedAgent {
        agent_id: excluded.agent.to_string(),
        name: name.to_owned(),
        reason,
        text: format!("{name}: {text}"),
    }
}

fn not_available(status: Status) -> (wire::ExclusionWord, String) {
    let reason = match status {
        Status::LoggedOut => wire::ExclusionWord::LoggedOut,
        Status::Available | Status::OnBreak | Status::WorkOffline => {
            wire::ExclusionWord::NotAvailable
        }
    };
    (reason, status.text().to_lowercase())
}

/// `Ana Ruiz was asked first of 2 who could take it, idle the longest (3 min 20 s); it had waited 12 s
/// with priority 50.`
fn sentence(state: &State, explanation: &Explanation) -> String {
    let waited = duration(explanation.waited_ms);
    let priority = explanation.priority;
    let waiting = format!("it had waited {waited} with priority {priority}");
    let Some(chosen) = explanation.candidates.first() else {
        return format!("Offered when {waiting}.");
    };
    let name = agent_name(state, chosen.agent);
    match explanation.named_by {
        Some(NamedBy::Agent(colleague)) => {
            return format!("{} asked for {name} by name.", agent_name(state, colleague));
        }
        Some(NamedBy::Script) => return format!("The script asked for {name} by name."),
        Some(NamedBy::Supervisor(by)) => {
            let supervisor = state.access.users.get(&by).map_or("A supervisor", |user| &user.name);
            return format!("{supervisor} gave it to {name}; {waiting}.");
        }
        None => {}
    }
    match explanation.candidates.get(1) {
        None => format!("{name} was the only one who could take it; {waiting}."),
        Some(second) => {
            let count = explanation.candidates.len();
            let advantage = advantage(chosen, second);
            format!("{name} was asked first of {count} who could take it, {advantage}; {waiting}.")
        }
    }
}

fn advantage(chosen: &Candidate, second: &Candidate) -> String {
    if chosen.preferred_score > second.preferred_score {
        format!("best in the preferred skills ({} points)", chosen.preferred_score)
    } else if chosen.idle_ms > second.idle_ms {
        format!("idle the longest ({})", duration(chosen.idle_ms))
    } else {
        "first among equals".to_owned()
    }
}

/// The two largest units: `3 h 5 min`, `3 min 20 s`, `12 s`.
fn duration(ms: u64) -> String {
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds} s"),
        (0, _) => format!("{minutes} min {seconds} s"),
        _ => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_in_words() {
        assert_eq!(duration(999), "0 s");
        assert_eq!(duration(200_000), "3 min 20 s");
        assert_eq!(duration(11_100_000), "3 h 5 min");
    }
}
