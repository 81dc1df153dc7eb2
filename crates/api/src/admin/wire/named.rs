//! Skills, groups and transaction codes: little more than names.

use engine::State as Rules;
use model::{
    GroupId, SkillId,
    config::{self, Setting, SettingKey},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Short, keys_after};
use crate::{
    admin::resource::{Detail, Resource, next_number},
    error::Problem,
};

/// Something agents are good at.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveSkill)]
pub(crate) struct Skill {
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Short,
}

/// Agents who are watched and set up together.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveGroup)]
pub(crate) struct Group {
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Short,
}

/// What a conversation was about; codes form trees.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveTransactionCode)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TransactionCode {
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    text: Short,
    /// The code above this one.
    #[schema(required)]
    parent_id: Option<u32>,
}

impl Resource for Skill {
    type Id = u32;
    const PATH: &'static str = "skills";
    const NAME: &'static str = "Skill";

    fn key(id: &u32) -> SettingKey {
        SettingKey::Skill(SkillId(*id))
    }

    fn ids<'r>(rules: &'r Rules, after: Option<&u32>) -> Box<dyn Iterator<Item = u32> + 'r> {
        Box::new(keys_after(&rules.config.skills, after.copied().map(SkillId)).map(|id| id.0))
    }

    fn look(rules: &Rules, id: &u32, _: Detail) -> Option<Self> {
        let skill = rules.config.skills.get(&SkillId(*id))?;
        Some(Self { name: Short(skill.name.clone()) })
    }

    fn new_id(&self, rules: &Rules) -> Result<u32, Problem> {
        next_number::<Self>(rules)
    }

    fn setting(self, _: &Rules, id: &u32) -> Result<Setting, Problem> {
        Ok(Setting::Skill(config::Skill { id: SkillId(*id), name: self.name.0 }))
    }
}

impl Resource for Group {
    type Id = u32;
    const PATH: &'static str = "groups";
    const NAME: &'static str = "Group";

    fn key(id: &u32) -> SettingKey {
        SettingKey::Group(GroupId(*id))
    }

    fn ids<'r>(rules: &'r Rules, after: Option<&u32>) -> Box<dyn Iterator<Item = u32> + 'r> {
        Box::new(keys_after(&rules.config.groups, after.copied().map(GroupId)).map(|id| id.0))
    }

    fn look(rules: &Rules, id: &u32, _: Detail) -> Option<Self> {
        let group = rules.config.groups.get(&GroupId(*id))?;
        Some(Self { name: Short(group.name.clone()) })
    }

    fn new_id(&self, rules: &Rules) -> Result<u32, Problem> {
        next_number::<Self>(rules)
    }

    fn setting(self, _: &Rules, id: &u32) -> Result<Setting, Problem> {
        Ok(Setting::Group(config::Group { id: GroupId(*id), name: self.name.0 }))
    }
}

impl Resource for TransactionCode {
    type Id = u32;
    const PATH: &'static str = "transaction-codes";
    const NAME: &'static str = "Code";

    fn key(id: &u32) -> SettingKey {
        SettingKey::TransactionCode(*id)
    }

    fn ids<'r>(rules: &'r Rules, after: Option<&u32>) -> Box<dyn Iterator<Item = u32> + 'r> {
        Box::new(keys_after(&rules.config.transaction_codes, after.copied()))
    }

    fn look(rules: &Rules, id: &u32, _: Detail) -> Option<Self> {
        let code = rules.config.transaction_codes.get(id)?;
        Some(Self { text: Short(code.text.clone()), parent_id: code.parent })
    }

    fn new_id(&self, rules: &Rules) -> Result<u32, Problem> {
        next_number::<Self>(rules)
    }

    fn setting(self, _: &Rules, id: &u32) -> Result<Setting, Problem> {
        let (id, text, parent) = (*id, self.text.0, self.parent_id);
        Ok(Setting::TransactionCode(config::TransactionCode { id, text, parent }))
    }
}
