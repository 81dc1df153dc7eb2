//! Agents.

use std::{collections::BTreeMap, sync::Arc};

use engine::State as Rules;
use model::{
    AgentId, GroupId, QueueId, SkillId,
    config::{self, Setting, SettingKey},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Short, SkillLevel, keyed, keys_after, words::Medium};
use crate::{
    admin::resource::{Detail, Resource},
    error::Problem,
    guid::base62,
};

/// Somebody who serves customers.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveAgent)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Agent {
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Short,
    /// What the agent is good at.
    skills: Vec<SkillLevel>,
    /// Where the agent works.
    queue_ids: Vec<u32>,
    /// How many interactions of each kind the agent can have at once; what is not there is none.
    #[schema(value_type = BTreeMap<String, u8>)]
    capacity: BTreeMap<Medium, u8>,
    #[schema(required)]
    group_id: Option<u32>,
}

impl Resource for Agent {
    type Id = AgentId;
    const PATH: &'static str = "agents";
    const NAME: &'static str = "Agent";

    fn key(id: &AgentId) -> SettingKey {
        SettingKey::Agent(*id)
    }

    fn ids<'r>(
        rules: &'r Rules,
        after: Option<&AgentId>,
    ) -> Box<dyn Iterator<Item = AgentId> + 'r> {
        Box::new(keys_after(&rules.config.agents, after.copied()))
    }

    fn look(rules: &Rules, id: &AgentId, _: Detail) -> Option<Self> {
        let agent = rules.config.agents.get(id)?;
        let skill = |(skill, level): (&SkillId, &u8)| SkillLevel::new(*skill, *level);
        let capacity = agent.capacity.iter().map(|(media, count)| ((*media).into(), *count));
        Some(Self {
            name: Short(agent.name.clone()),
            skills: agent.skills.iter().map(skill).collect(),
            queue_ids: agent.queues.iter().map(|queue| queue.0).collect(),
            capacity: capacity.collect(),
            group_id: agent.group.map(|group| group.0),
        })
    }

    fn new_id(&self, _: &Rules) -> Result<AgentId, Problem> {
        let id = AgentId::parse(&format!("ag{}", base62::<22>()));
        Ok(id.expect("ag and 22 letters or digits are an agent's id"))
    }

    fn setting(self, _: &Rules, id: &AgentId) -> Result<Setting, Problem> {
        let skills = self.skills.into_iter().map(config::SkillLevel::from);
        let skills = skills.map(|skill| (skill.skill, skill.level));
        let capacity = self.capacity.into_iter().map(|(media, count)| (media.into(), count));
        Ok(Setting::Agent(Arc::new(config::Agent {
            id: *id,
            name: self.name.0,
            skills: keyed(skills, |place| format!("skills[{place}].skillId"))?,
            queues: self.queue_ids.into_iter().map(QueueId).collect(),
            capacity: capacity.collect(),
            group: self.group_id.map(GroupId),
        })))
    }
}
