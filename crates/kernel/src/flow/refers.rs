//! Which settings a node refers to.

use model::{
    config::SettingKey,
    flow::{NamedAgent, NodeKind, Preferred},
};

/// Whether a node refers to a setting by its identity, so that it would not work without it.
#[must_use]
pub fn refers_to(kind: &NodeKind, key: &SettingKey) -> bool {
    match kind {
        NodeKind::Schedule { schedule } => *key == SettingKey::Schedule(*schedule),
        NodeKind::TestQueue(test) => *key == SettingKey::Queue(test.queue),
        NodeKind::RequireSkill { skill, .. } | NodeKind::DropSkill { skill } => {
            *key == SettingKey::Skill(*skill)
        }
        NodeKind::ToQueue(to) => {
            let preferred = to.preferred.as_ref();
            *key == SettingKey::Queue(to.queue)
                || preferred.is_some_and(|Preferred { agent, .. }| is_agent(agent, key))
        }
        NodeKind::Callback(callback) => *key == SettingKey::Queue(callback.queue),
        NodeKind::Voicemail(mail) => *key == SettingKey::Queue(mail.queue),
        NodeKind::ToAgent { agent } => is_agent(agent, key),
        NodeKind::ToScript { script } => *key == SettingKey::Script(*script),
        NodeKind::TestVariable(_)
        | NodeKind::Switch(_)
        | NodeKind::Split(_)
        | NodeKind::SetVariable { .. }
        | NodeKind::GetFromApi(_)
        | NodeKind::Wait { .. }
        | NodeKind::Say { .. }
        | NodeKind::Menu(_)
        | NodeKind::CollectDigits(_)
        | NodeKind::Record(_)
        | NodeKind::SetPriority { .. }
        | NodeKind::ToNumber(_)
        | NodeKind::ToExternalIvr(_)
        | NodeKind::Disconnect => false,
    }
}

fn is_agent(named: &NamedAgent, key: &SettingKey) -> bool {
    match named {
        NamedAgent::Agent(id) => *key == SettingKey::Agent(*id),
        NamedAgent::Variable(_) => false,
    }
}
