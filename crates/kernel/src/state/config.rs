//! A tenant's settings, and how often each was changed.

use alloc::{collections::BTreeMap, sync::Arc};

use model::{
    AgentId, ChannelId, GroupId, QueueId, ScheduleId, ScriptId, SkillId, Text, WebhookId,
    config::{
        Agent, Channel, Group, Queue, Reason, Schedule, Script, ScriptDraft, Setting, SettingKey,
        Skill, Tenant, TransactionCode, Webhook,
    },
};
use serde::{Deserialize, Serialize};

/// A tenant's settings, by identity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// The tenant itself; absent only before its first setting.
    pub tenant: Option<Tenant>,
    /// Skills.
    pub skills: BTreeMap<SkillId, Skill>,
    /// Queues.
    pub queues: BTreeMap<QueueId, Arc<Queue>>,
    /// Agents.
    pub agents: BTreeMap<AgentId, Arc<Agent>>,
    /// Groups of agents.
    pub groups: BTreeMap<GroupId, Group>,
    /// Opening hours.
    pub schedules: BTreeMap<ScheduleId, Arc<Schedule>>,
    /// Scripts in every version; the last serves new interactions.
    pub scripts: BTreeMap<(ScriptId, u32), Arc<Script>>,
    /// Every script as it is being drawn.
    pub drafts: BTreeMap<ScriptId, Arc<ScriptDraft>>,
    /// Channels.
    pub channels: BTreeMap<ChannelId, Channel>,
    pub(crate) addresses: BTreeMap<Text, ChannelId>,
    /// Transaction codes.
    pub transaction_codes: BTreeMap<u32, TransactionCode>,
    /// Reasons for statuses and rejections.
    pub reasons: BTreeMap<Text, Reason>,
    /// Where events are sent to.
    pub webhooks: BTreeMap<WebhookId, Webhook>,
    /// How often each setting was saved or deleted, deleted ones included: none begins anew.
    revisions: BTreeMap<SettingKey, u32>,
}

impl Config {
    /// The newest version of a script.
    #[must_use]
    pub fn script(&self, id: ScriptId) -> Option<&Arc<Script>> {
        self.versions(id).next_back()
    }

    /// A script's versions, oldest first.
    pub fn versions(&self, id: ScriptId) -> impl DoubleEndedIterator<Item = &Arc<Script>> {
        self.scripts.range((id, 0)..=(id, u32::MAX)).map(|(_, script)| script)
    }

    /// The channel that has this number or address.
    #[must_use]
    pub fn channel_at(&self, address: &str) -> Option<&Channel> {
        self.channels.get(self.addresses.get(address)?)
    }

    /// How often a setting was saved or deleted: 0 when there never was one.
    #[must_use]
    pub fn revision(&self, key: &SettingKey) -> u32 {
        self.revisions.get(key).copied().unwrap_or(0)
    }

    /// A number that no setting of a kind has or had. `None` when all have been used.
    #[must_use]
    pub fn unused(&self, kind: impl Fn(u32) -> SettingKey) -> Option<u32> {
        let last = self.revisions.range(kind(0)..=kind(u32::MAX)).next_back();
        last.and_then(|(key, _)| key.number()).unwrap_or(0).checked_add(1)
    }

    pub(crate) fn has(&self, key: &SettingKey) -> bool {
        match key {
            SettingKey::Tenant => self.tenant.is_some(),
            SettingKey::Skill(id) => self.skills.contains_key(id),
            SettingKey::Queue(id) => self.queues.contains_key(id),
            SettingKey::Agent(id) => self.agents.contains_key(id),
            SettingKey::Group(id) => self.groups.contains_key(id),
            SettingKey::Schedule(id) => self.schedules.contains_key(id),
            SettingKey::Script(id) => self.drafts.contains_key(id),
            SettingKey::Channel(id) => self.channels.contains_key(id),
            SettingKey::TransactionCode(id) => self.transaction_codes.contains_key(id),
            SettingKey::Reason(code) => self.reasons.contains_key(code),
            SettingKey::Webhook(id) => self.webhooks.contains_key(id),
            SettingKey::User(_) | SettingKey::Tokens | SettingKey::Crm | SettingKey::ApiKey(_) => {
                false
            }
        }
    }

    /// Takes a setting in and counts it. Those about access are only counted here.
    pub(crate) fn save(&mut self, setting: &Setting) {
        *self.revisions.entry(setting.key()).or_default() += 1;
        match setting {
            Setting::Tenant(tenant) => self.tenant = Some(tenant.clone()),
            Setting::Skill(skill) => _ = self.skills.insert(skill.id, skill.clone()),
            Setting::Queue(queue) => _ = self.queues.insert(queue.id, queue.clone()),
            Setting::Agent(agent) => _ = self.agents.insert(agent.id, agent.clone()),
            Setting::Group(group) => _ = self.groups.insert(group.id, group.clone()),
            Setting::Schedule(schedule) => {
                self.schedules.insert(schedule.id, schedule.clone());
            }
            Setting::Script(script) => self.publish(script),
            Setting::ScriptDraft(draft) => _ = self.drafts.insert(draft.id, draft.clone()),
            Setting::Channel(channel) => {
                if let Some(before) = self.channels.insert(channel.id, channel.clone()) {
                    self.addresses.remove(&before.address);
                }
                self.addresses.insert(channel.address.clone(), channel.id);
            }
            Setting::TransactionCode(code) => {
                self.transaction_codes.insert(code.id, code.clone());
            }
            Setting::Reason(reason) => {
                self.reasons.insert(reason.code.clone(), reason.clone());
            }
            Setting::Webhook(webhook) => {
                self.webhooks.insert(webhook.id, webhook.clone());
            }
            Setting::WebhookDeleted(id) => _ = self.webhooks.remove(id),
            Setting::Deleted(key) => self.remove(key),
            Setting::User(_) | Setting::Tokens(_) | Setting::Crm(_) | Setting::ApiKey(_) => {}
        }
    }

    /// A published version is what is drawn on, too.
    fn publish(&mut self, script: &Arc<Script>) {
        self.scripts.insert((script.id, script.version), script.clone());
        let layout = self.drafts.get(&script.id).map(|draft| draft.layout.clone());
        let draft = ScriptDraft {
            id: script.id,
            name: script.name.clone(),
            flow: script.flow.clone(),
            layout: layout.unwrap_or_default(),
        };
        self.drafts.insert(script.id, Arc::new(draft));
    }

    fn remove(&mut self, key: &SettingKey) {
        match key {
            SettingKey::Skill(id) => _ = self.skills.remove(id),
            SettingKey::Queue(id) => _ = self.queues.remove(id),
            SettingKey::Agent(id) => _ = self.agents.remove(id),
            SettingKey::Group(id) => _ = self.groups.remove(id),
            SettingKey::Schedule(id) => _ = self.schedules.remove(id),
            SettingKey::Script(id) => {
                self.drafts.remove(id);
                self.scripts.retain(|(script, _), _| script != id);
            }
            SettingKey::Channel(id) => {
                if let Some(gone) = self.channels.remove(id) {
                    self.addresses.remove(&gone.address);
                }
            }
            SettingKey::TransactionCode(id) => _ = self.transaction_codes.remove(id),
            SettingKey::Reason(code) => _ = self.reasons.remove(code),
            SettingKey::Webhook(id) => _ = self.webhooks.remove(id),
            SettingKey::Tenant
            | SettingKey::User(_)
            | SettingKey::Tokens
            | SettingKey::Crm
            | SettingKey::ApiKey(_) => {}
        }
    }
}
