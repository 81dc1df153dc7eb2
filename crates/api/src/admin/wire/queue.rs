//! Queues.

use std::sync::Arc;

use engine::State as Rules;
use model::{
    QueueId, SkillId,
    config::{self, Setting, SettingKey},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Short, SkillLevel, keyed, keys_after,
    words::{AfterDecline, Medium},
};
use crate::{
    admin::resource::{Detail, Resource, next_number},
    error::{Invalid, Problem},
};

/// Where interactions of one kind wait for agents.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveQueue)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Queue {
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Short,
    media_type: Medium,
    /// 0 to 100; 50 is standard.
    #[schema(maximum = 100)]
    priority: u8,
    /// Skills that an agent must have.
    required: Vec<SkillLevel>,
    /// Ids of skills that put an agent first.
    preferred: Vec<u32>,
    /// Wider and wider conditions, by waiting time.
    rings: Vec<Ring>,
    /// How long an offer rings.
    offer_ms: u64,
    /// How long an agent who declined an interaction is spared it.
    decline_ms: u64,
    on_reject: AfterDecline,
    on_timeout: AfterDecline,
    /// How long wrap-up may take; 0 is none.
    wrap_up_ms: u64,
    /// Wrap-up needs a transaction code.
    codes_required: bool,
    /// How many may wait.
    waiting_max: u32,
    service_level: ServiceLevel,
    /// Conversations are recorded from the beginning.
    recorded: bool,
    /// How many agents work here.
    #[serde(default)]
    #[schema(required, read_only)]
    agents: usize,
}

/// From `afterMs` in the queue on, requirements are replaced.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ring {
    after_ms: u64,
    relax: Vec<Relaxed>,
}

/// A skill's new lowest level; `null` drops it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Relaxed {
    skill_id: u32,
    #[schema(required, maximum = 10)]
    level: Option<u8>,
}

/// How many are to be answered how soon.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ServiceLevel {
    #[schema(maximum = 100)]
    target_percent: u8,
    threshold_ms: u64,
}

impl Ring {
    fn of(ring: &config::Ring) -> Self {
        let relaxed =
            |(skill, level): (&SkillId, &Option<u8>)| Relaxed { skill_id: skill.0, level: *level };
        Self { after_ms: ring.after_ms, relax: ring.relax.iter().map(relaxed).collect() }
    }

    fn rule((place, ring): (usize, Self)) -> Result<config::Ring, Invalid> {
        let relaxed = ring.relax.into_iter().map(|skill| (SkillId(skill.skill_id), skill.level));
        let relax = keyed(relaxed, |entry| format!("rings[{place}].relax[{entry}].skillId"))?;
        Ok(config::Ring { after_ms: ring.after_ms, relax })
    }
}

impl Resource for Queue {
    type Id = u32;
    const PATH: &'static str = "queues";
    const NAME: &'static str = "Queue";

    fn key(id: &u32) -> SettingKey {
        SettingKey::Queue(QueueId(*id))
    }

    fn ids<'r>(rules: &'r Rules, after: Option<&u32>) -> Box<dyn Iterator<Item = u32> + 'r> {
        Box::new(keys_after(&rules.config.queues, after.copied().map(QueueId)).map(|id| id.0))
    }

    fn look(rules: &Rules, id: &u32, _: Detail) -> Option<Self> {
        let queue = rules.config.queues.get(&QueueId(*id))?;
        let config::ServiceLevel { target_percent, threshold_ms } = queue.service_level;
        Some(Self {
            name: Short(queue.name.clone()),
            media_type: queue.media.into(),
            priority: queue.priority,
            required: queue.required.iter().copied().map(SkillLevel::from).collect(),
            preferred: queue.preferred.iter().map(|skill| skill.0).collect(),
            rings: queue.rings.iter().map(Ring::of).collect(),
            offer_ms: queue.offer_ms,
            decline_ms: queue.decline_ms,
            on_reject: queue.on_reject.into(),
            on_timeout: queue.on_timeout.into(),
            wrap_up_ms: queue.wrap_up_ms,
            codes_required: queue.codes_required,
            waiting_max: queue.waiting_max,
            service_level: ServiceLevel { target_percent, threshold_ms },
            recorded: queue.recorded,
            agents: rules.members(queue.id).len(),
        })
    }

    fn new_id(&self, rules: &Rules) -> Result<u32, Problem> {
        next_number::<Self>(rules)
    }

    fn setting(self, _: &Rules, id: &u32) -> Result<Setting, Problem> {
        let rings = self.rings.into_iter().enumerate().map(Ring::rule);
        let ServiceLevel { target_percent, threshold_ms } = self.service_level;
        Ok(Setting::Queue(Arc::new(config::Queue {
            id: QueueId(*id),
            name: self.name.0,
            media: self.media_type.into(),
            priority: self.priority,
            required: self.required.into_iter().map(Into::into).collect(),
            preferred: self.preferred.into_iter().map(SkillId).collect(),
            rings: rings.collect::<Result<_, _>>()?,
            offer_ms: self.offer_ms,
            decline_ms: self.decline_ms,
            on_reject: self.on_reject.into(),
            on_timeout: self.on_timeout.into(),
            wrap_up_ms: self.wrap_up_ms,
            codes_required: self.codes_required,
            waiting_max: self.waiting_max,
            service_level: config::ServiceLevel { target_percent, threshold_ms },
            recorded: self.recorded,
        })))
    }
}
