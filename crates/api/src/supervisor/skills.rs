//! What an agent is good at, changed by a supervisor: the same setting that administrators change.

use std::sync::Arc;

use engine::State;
use model::{
    AgentId, SkillId,
    config::{Agent, Change, Setting, SettingKey},
};

use super::wire::SetSkills;
use crate::{
    error::{Invalid, Problem},
    settings::Seen,
};

/// The agent's setting with other skills and everything else as it is.
pub(super) fn change(
    rules: &State,
    id: AgentId,
    seen: Seen,
    wish: &SetSkills,
) -> Result<Vec<Change>, Problem> {
    seen.check(rules, &SettingKey::Agent(id))?;
    let agent = rules.config.agents.get(&id).ok_or(Problem::NotFound)?;
    let mut agent = Agent::clone(agent);
    agent.skills.clear();
    for (place, skill) in wish.skills.iter().enumerate() {
        if agent.skills.insert(SkillId(skill.skill_id), skill.level).is_some() {
            let field = format!("skills[{place}].skillId");
            return Err(Invalid::field(field, "Is named twice.").into());
        }
    }
    Ok(vec![seen.change(Setting::Agent(Arc::new(agent)))])
}
