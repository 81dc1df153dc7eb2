//! What measuring needs of the settings: names, who works where, what is promised.

use std::collections::BTreeMap;

use model::{
    AgentId, ChannelId, GroupId, QueueId, Text,
    config::{ServiceLevel, Setting, SettingKey},
    interaction::Media,
};
use serde::{Deserialize, Serialize};

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueSetup {
    /// Name for people.
    pub name: Text,
    /// What waits there.
    pub media: Media,
    /// What is promised.
    pub service_level: ServiceLevel,
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentSetup {
    /// Name for people.
    pub name: Text,
    /// Where the agent works.
    pub queues: Vec<QueueId>,
    /// The agent's group.
    pub group: Option<GroupId>,
}

/// The settings as of the last event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The tenant's time zone; empty before its first setting.
    pub time_zone: Text,
    /// Queues.
    pub queues: BTreeMap<QueueId, QueueSetup>,
    /// Agents.
    pub agents: BTreeMap<AgentId, AgentSetup>,
    /// Names of groups.
    pub groups: BTreeMap<GroupId, Text>,
    /// Names and kinds of channels.
    pub channels: BTreeMap<ChannelId, (Text, Media)>,
    /// Who works in a queue, sorted.
    members: BTreeMap<QueueId, Vec<AgentId>>,
}

impl Setup {
    pub(crate) fn apply(&mut self, setting: &Setting) {
        match setting {
            Setting::Tenant(tenant) => self.time_zone = tenant.time_zone.clone(),
            Setting::Queue(queue) => {
                let (name, media) = (queue.name.clone(), queue.media);
                let setup = QueueSetup { name, media, service_level: queue.service_level };
                self.queues.insert(queue.id, setup);
            }
            Setting::Agent(agent) => {
                let (name, queues, group) = (agent.name.clone(), agent.queues.clone(), agent.group);
                let before = self.agents.insert(agent.id, AgentSetup { name, queues, group });
                self.move_member(agent.id, before.map_or_else(Vec::new, |before| before.queues));
            }
            Setting::Group(group) => _ = self.groups.insert(group.id, group.name.clone()),
            Setting::Channel(channel) => {
                self.channels.insert(channel.id, (channel.name.clone(), channel.media));
            }
            Setting::Deleted(key) => self.forget(key),
            Setting::Skill(_)
            | Setting::Schedule(_)
            | Setting::Script(_)
            | Setting::ScriptDraft(_)
            | Setting::TransactionCode(_)
            | Setting::Reason(_)
            | Setting::User(_)
            | Setting::Tokens(_)
            | Setting::Crm(_)
            | Setting::ApiKey(_)
            | Setting::Webhook(_)
            | Setting::WebhookDeleted(_) => {}
        }
    }

    /// What is deleted is listed no more. What was counted stays counted.
    fn forget(&mut self, key: &SettingKey) {
        match key {
            SettingKey::Queue(id) => _ = self.queues.remove(id),
            SettingKey::Agent(id) => {
                let gone = self.agents.remove(id);
                self.leave(*id, gone.map_or_else(Vec::new, |gone| gone.queues));
            }
            SettingKey::Group(id) => _ = self.groups.remove(id),
            SettingKey::Channel(id) => _ = self.channels.remove(id),
            SettingKey::Tenant
            | SettingKey::Skill(_)
            | SettingKey::Schedule(_)
            | SettingKey::Script(_)
            | SettingKey::TransactionCode(_)
            | SettingKey::Reason(_)
            | SettingKey::User(_)
            | SettingKey::Tokens
            | SettingKey::Crm
            | SettingKey::ApiKey(_)
            | SettingKey::Webhook(_) => {}
        }
    }

    fn leave(&mut self, agent: AgentId, queues: Vec<QueueId>) {
        for queue in queues {
            if let Some(members) = self.members.get_mut(&queue) {
                members.retain(|member| *member != agent);
            }
        }
    }

    fn move_member(&mut self, agent: AgentId, before: Vec<QueueId>) {
        self.leave(agent, before);
        for queue in &self.agents[&agent].queues {
            let members = self.members.entry(*queue).or_default();
            if let Err(place) = members.binary_search(&agent) {
                members.insert(place, agent);
            }
        }
    }

    /// Who works in a queue, sorted.
    #[must_use]
    pub fn members(&self, queue: QueueId) -> &[AgentId] {
        self.members.get(&queue).map_or(&[], Vec::as_slice)
    }

    /// The agents of a group, sorted.
    pub fn group(&self, group: GroupId) -> impl Iterator<Item = AgentId> + '_ {
        let in_group = move |setup: &&AgentSetup| setup.group == Some(group);
        self.agents.iter().filter(move |(_, setup)| in_group(setup)).map(|(agent, _)| *agent)
    }

    /// What a queue promises; the usual when it has not been set up.
    pub(crate) fn service_level(&self, queue: QueueId) -> ServiceLevel {
        self.queues.get(&queue).map_or_else(ServiceLevel::default, |queue| queue.service_level)
    }
}
