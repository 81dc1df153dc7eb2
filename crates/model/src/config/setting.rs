//! A setting of any kind, which one it is, and how a person changes it.

use alloc::{sync::Arc, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Agent, Channel, Group, Queue, Reason, Schedule, Script, ScriptDraft, Skill, Tenant,
    TransactionCode, Webhook,
};
use crate::{
    AgentId, ChannelId, GroupId, QueueId, ScheduleId, ScriptId, SkillId, Text, UserId, WebhookId,
    access::{ApiKey, Crm, SecretHash, Tokens, User},
};

/// One piece of configuration. Saving one with a known identity replaces the earlier one whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Setting {
    /// The tenant itself.
    Tenant(Tenant),
    /// A skill.
    Skill(Skill),
    /// A queue.
    Queue(Arc<Queue>),
    /// An agent.
    Agent(Arc<Agent>),
    /// A group of agents.
    Group(Group),
    /// Opening hours.
    Schedule(Arc<Schedule>),
    /// A script: the newest version serves new interactions, older ones those that began with them.
    Script(Arc<Script>),
    /// A script as it is being drawn.
    ScriptDraft(Arc<ScriptDraft>),
    /// A number or address that customers reach.
    Channel(Channel),
    /// A transaction code.
    TransactionCode(TransactionCode),
    /// A reason for a status, or for a rejection.
    Reason(Reason),
    /// A person who can log in.
    User(User),
    /// The tenant's tokens: the earlier ones are dead at once.
    Tokens(Tokens),
    /// What the CRM API may do.
    Crm(Crm),
    /// An API key.
    ApiKey(ApiKey),
    /// A place to which events are sent.
    Webhook(Webhook),
    /// Nothing is sent there any more. Written before all settings could be deleted.
    WebhookDeleted(WebhookId),
    /// There is no such setting any more; its identity is never given to another one.
    Deleted(SettingKey),
}

/// Which setting: what is changed as one, and counted as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SettingKey {
    /// The tenant itself.
    Tenant,
    /// A skill.
    Skill(SkillId),
    /// A queue.
    Queue(QueueId),
    /// An agent.
    Agent(AgentId),
    /// A group of agents.
    Group(GroupId),
    /// Opening hours.
    Schedule(ScheduleId),
    /// A script with its draft and all its versions.
    Script(ScriptId),
    /// A number or address that customers reach.
    Channel(ChannelId),
    /// A transaction code.
    TransactionCode(u32),
    /// A reason, by its code.
    Reason(Text),
    /// A person who can log in.
    User(UserId),
    /// The tenant's tokens.
    Tokens,
    /// What the CRM API may do.
    Crm,
    /// An API key, by what recognises it.
    ApiKey(SecretHash),
    /// A place to which events are sent.
    Webhook(WebhookId),
}

impl Setting {
    /// Which setting it is.
    #[must_use]
    pub fn key(&self) -> SettingKey {
        match self {
            Self::Tenant(_) => SettingKey::Tenant,
            Self::Skill(skill) => SettingKey::Skill(skill.id),
            Self::Queue(queue) => SettingKey::Queue(queue.id),
            Self::Agent(agent) => SettingKey::Agent(agent.id),
            Self::Group(group) => SettingKey::Group(group.id),
            Self::Schedule(schedule) => SettingKey::Schedule(schedule.id),
            Self::Script(script) => SettingKey::Script(script.id),
            Self::ScriptDraft(draft) => SettingKey::Script(draft.id),
            Self::Channel(channel) => SettingKey::Channel(channel.id),
            Self::TransactionCode(code) => SettingKey::TransactionCode(code.id),
            Self::Reason(reason) => SettingKey::Reason(reason.code.clone()),
            Self::User(user) => SettingKey::User(user.id),
            Self::Tokens(_) => SettingKey::Tokens,
            Self::Crm(_) => SettingKey::Crm,
            Self::ApiKey(key) => SettingKey::ApiKey(key.hash.clone()),
            Self::Webhook(webhook) => SettingKey::Webhook(webhook.id),
            Self::WebhookDeleted(id) => SettingKey::Webhook(*id),
            Self::Deleted(key) => key.clone(),
        }
    }
}

impl SettingKey {
    /// What kind of setting it is, in the word of the event's JSON.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::Skill(_) => "skill",
            Self::Queue(_) => "queue",
            Self::Agent(_) => "agent",
            Self::Group(_) => "group",
            Self::Schedule(_) => "schedule",
            Self::Script(_) => "script",
            Self::Channel(_) => "channel",
            Self::TransactionCode(_) => "transactionCode",
            Self::Reason(_) => "reason",
            Self::User(_) => "user",
            Self::Tokens => "tokens",
            Self::Crm => "crm",
            Self::ApiKey(_) => "apiKey",
            Self::Webhook(_) => "webhook",
        }
    }

    /// Its number, where it has one.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        match self {
            Self::Skill(id) => Some(id.0),
            Self::Queue(id) => Some(id.0),
            Self::Group(id) => Some(id.0),
            Self::Schedule(id) => Some(id.0),
            Self::Script(id) => Some(id.0),
            Self::Channel(id) => Some(id.0),
            Self::TransactionCode(id) => Some(*id),
            Self::User(id) => Some(id.0),
            Self::Webhook(id) => Some(id.0),
            Self::Agent(_)
            | Self::Reason(_)
            | Self::ApiKey(_)
            | Self::Tenant
            | Self::Tokens
            | Self::Crm => None,
        }
    }
}

impl fmt::Display for SettingKey {
    /// As faults name it: `queue[5]`. What recognises a secret is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind();
        match self {
            Self::Agent(id) => write!(f, "{kind}[{id}]"),
            Self::Reason(code) => write!(f, "{kind}[{code}]"),
            Self::Tenant | Self::Tokens | Self::Crm | Self::ApiKey(_) => f.write_str(kind),
            Self::Skill(_)
            | Self::Queue(_)
            | Self::Group(_)
            | Self::Schedule(_)
            | Self::Script(_)
            | Self::Channel(_)
            | Self::TransactionCode(_)
            | Self::User(_)
            | Self::Webhook(_) => write!(f, "{kind}[{}]", self.number().unwrap_or_default()),
        }
    }
}

/// What a person does to the settings: all of it, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administration {
    /// Who.
    pub by: UserId,
    /// What, in order: each may refer to those before it.
    pub changes: Vec<Change>,
}

/// One setting that a person saves or deletes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The setting.
    pub setting: Setting,
    /// The revision that the person has seen; 0 when there must be none yet, `None` when it does not
    /// matter. A setting's revision is the number of times it was saved or deleted.
    pub expects: Option<u32>,
}
