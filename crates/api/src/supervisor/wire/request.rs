//! What supervisors send.

use model::{AgentId, QueueId, limits::SHORT_TEXT_CHARS_MAX};
use serde::Serialize;
use utoipa::ToSchema;

use super::SkillLevel;
use crate::{
    error::Invalid,
    fields::{Fields, Parse},
};

/// Gives what waits to an agent.
#[derive(Debug, ToSchema)]
#[schema(as = AssignInteraction, rename_all = "camelCase")]
pub(crate) struct Assign {
    #[schema(value_type = String)]
    pub(crate) agent_id: AgentId,
}

impl Parse for Assign {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let id = fields.text("agentId", SHORT_TEXT_CHARS_MAX)?;
        let agent_id = AgentId::parse(&id);
        let agent_id =
            agent_id.ok_or_else(|| Invalid::field("agentId", "Must be the id of an agent."))?;
        Ok(Self { agent_id })
    }
}

/// Takes an interaction back into a queue.
#[derive(Debug, ToSchema)]
#[schema(as = RequeueInteraction, rename_all = "camelCase")]
pub(crate) struct Requeue {
    /// Where, when it does not come from a queue.
    #[schema(value_type = Option<u32>)]
    pub(crate) queue_id: Option<QueueId>,
}

impl Parse for Requeue {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        Ok(Self { queue_id: fields.optional_number("queueId")?.map(QueueId) })
    }
}

/// Skills that one agent can have.
const SKILLS_MAX: usize = 1_000;

/// What an agent is to be good at, in place of what is set now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SetAgentSkills)]
pub(crate) struct SetSkills {
    pub(crate) skills: Vec<SkillLevel>,
}

impl Parse for SetSkills {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        Ok(Self { skills: fields.objects("skills", 0..=SKILLS_MAX)? })
    }
}

impl Parse for SkillLevel {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let (skill_id, level) = (fields.number("skillId")?, fields.number("level")?);
        let level = u8::try_from(level).map_err(|_| Invalid::field("level", "At most 10."))?;
        Ok(Self { skill_id, level })
    }
}
