//! What keeps a setting from being deleted: settings that refer to it, and work that would be lost.

use alloc::{collections::BTreeSet, format, sync::Arc, vec::Vec};

use model::{
    QueueId, ScriptId, SkillId, Text,
    config::{Queue, Script, SettingKey},
    status::Status,
};

use super::Plan;
use crate::{
    center::{desk::Desk, interaction::Interaction, place::Run},
    flow,
};

impl Plan<'_> {
    /// Who uses a setting, in a sentence; `None` when it can go.
    pub(super) fn used_by(&self, key: &SettingKey) -> Option<Text> {
        let mut users = self.settings_with(key);
        users.extend(self.scripts_with(key));
        let more = users.len().saturating_sub(1);
        if let Some(first) = users.first() {
            return Some(match more {
                0 => format!("{first} uses it").into(),
                1 => format!("{first} and one more use it").into(),
                _ => format!("{first} and {more} more use it").into(),
            });
        }
        self.work_with(key)
    }

    /// Settings that refer to it, by kind and name.
    fn settings_with(&self, key: &SettingKey) -> Vec<Text> {
        let config = &self.config;
        let queues = |uses: &dyn Fn(&Queue) -> bool| -> Vec<Text> {
            let using = config.queues.values().filter(|queue| uses(queue));
            using.map(|queue| named("Queue", &queue.name)).collect()
        };
        let agents = |uses: &dyn Fn(&model::config::Agent) -> bool| -> Vec<Text> {
            let using = config.agents.values().filter(|agent| uses(agent));
            using.map(|agent| named("Agent", &agent.name)).collect()
        };
        match key {
            SettingKey::Skill(id) => {
                let mut users = queues(&|queue| asks_for(queue, *id));
                users.extend(agents(&|agent| agent.skills.contains_key(id)));
                users
            }
            SettingKey::Queue(id) => agents(&|agent| agent.queues.contains(id)),
            SettingKey::Group(id) => agents(&|agent| agent.group == Some(*id)),
            SettingKey::Agent(id) => {
                let users = self.access.users.values().filter(|user| user.agent == Some(*id));
                users.map(|user| named("User", &user.name)).collect()
            }
            SettingKey::Script(id) => {
                let channels = config.channels.values().filter(|channel| channel.script == *id);
                channels.map(|channel| named("Channel", &channel.name)).collect()
            }
            SettingKey::TransactionCode(id) => {
                let below = config.transaction_codes.values();
                let below = below.filter(|code| code.parent == Some(*id));
                below.map(|code| named("Transaction code", &code.text)).collect()
            }
            SettingKey::Schedule(_)
            | SettingKey::Channel(_)
            | SettingKey::Reason(_)
            | SettingKey::User(_)
            | SettingKey::ApiKey(_)
            | SettingKey::Webhook(_)
            | SettingKey::Tenant
            | SettingKey::Tokens
            | SettingKey::Crm => Vec::new(),
        }
    }

    /// Scripts with a node that refers to it, in a version that still serves somebody. A draft does not
    /// count: it serves nobody, and the linter says what it lacks.
    fn scripts_with(&self, key: &SettingKey) -> Vec<Text> {
        let runs = self.interactions().filter_map(|open| open.run.as_ref());
        let running: BTreeSet<(ScriptId, u32)> =
            runs.map(|Run { script, version, .. }| (*script, *version)).collect();
        let serves = |script: &&Arc<Script>| {
            let newest = self.config.script(script.id).map(|newest| newest.version);
            newest == Some(script.version) || running.contains(&(script.id, script.version))
        };
        let refers = |script: &&Arc<Script>| {
            let own = *key == SettingKey::Script(script.id);
            !own && script.flow.nodes.values().any(|node| flow::refers_to(&node.kind, key))
        };
        let mut using: Vec<&Arc<Script>> =
            self.config.scripts.values().filter(serves).filter(refers).collect();
        using.dedup_by_key(|script| script.id);
        using.into_iter().map(|script| named("Script", &script.name)).collect()
    }

    /// What goes on now and needs it.
    fn work_with(&self, key: &SettingKey) -> Option<Text> {
        let open = |uses: &dyn Fn(&Interaction) -> bool| self.interactions().any(uses);
        let (needed, why) = match key {
            SettingKey::Skill(id) => {
                (open(&|open| needs(open, *id)), "An open interaction asks for it")
            }
            SettingKey::Queue(id) => (
                open(&|open| is_of(open, *id)),
                "An open interaction waits there or came through it",
            ),
            SettingKey::Channel(id) => {
                (open(&|open| open.channel == *id), "An open interaction came by it")
            }
            SettingKey::Script(id) => {
                let runs = |run: &Run| run.script == *id;
                let needed = open(&|open| open.run.as_ref().is_some_and(runs));
                (needed, "It serves an open interaction")
            }
            SettingKey::Agent(id) => {
                let away = |desk: &Desk| desk.status == Status::LoggedOut && desk.work.is_empty();
                (!self.state.desk(*id).is_none_or(away), "The agent is at work")
            }
            SettingKey::Reason(code) => {
                let given = |reason: &Option<Text>| reason.as_ref() == Some(code);
                let is_shown = |desk: &Desk| {
                    given(&desk.reason) || desk.next.as_ref().is_some_and(|(_, next)| given(next))
                };
                let needed = self.state.desks().any(|(_, desk)| is_shown(desk));
                (needed, "An agent is in a status for this reason")
            }
            SettingKey::Tenant | SettingKey::Tokens | SettingKey::Crm => {
                (true, "It can only be changed")
            }
            SettingKey::Group(_)
            | SettingKey::Schedule(_)
            | SettingKey::TransactionCode(_)
            | SettingKey::User(_)
            | SettingKey::ApiKey(_)
            | SettingKey::Webhook(_) => (false, ""),
        };
        needed.then(|| why.into())
    }

    fn interactions(&self) -> impl Iterator<Item = &Interaction> {
        self.state.interactions.values()
    }
}

fn named(kind: &str, name: &Text) -> Text {
    format!("{kind} {name}").into()
}

fn asks_for(queue: &Queue, skill: SkillId) -> bool {
    queue.required.iter().any(|need| need.skill == skill)
        || queue.preferred.contains(&skill)
        || queue.rings.iter().any(|ring| ring.relax.contains_key(&skill))
}

/// Whether only agents with a skill may be asked for an interaction, now or in the next queue.
fn needs(open: &Interaction, skill: SkillId) -> bool {
    let waits = open.place.wait().map_or(&[][..], |wait| &wait.needs);
    open.skills.iter().chain(waits).any(|need| need.skill == skill)
}

/// Whether an interaction is in a queue, came through it, or falls back into it.
fn is_of(open: &Interaction, queue: QueueId) -> bool {
    let waits = open.place.wait().is_some_and(|wait| wait.queue == queue);
    let talks = open.place.talk().is_some_and(|talk| talk.queue == Some(queue));
    let papers = open.papers.iter().any(|paper| paper.queue == Some(queue));
    waits || talks || papers || open.queue == Some(queue)
}
