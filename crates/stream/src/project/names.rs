//! What settings say that events must tell: names, and how the center is set up.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use model::{
    AgentId, ChannelId, QueueId, TenantId, Text, Timestamp,
    config::{Declined, Setting},
    interaction::Media,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The settings as of some position of the log.
#[derive(Default)]
pub(super) struct Names {
    pub(super) time_zone: Option<Text>,
    pub(super) queues: BTreeMap<QueueId, QueueName>,
    pub(super) channels: BTreeMap<ChannelId, Text>,
    /// The code above each transaction code.
    pub(super) codes: BTreeMap<u32, Option<u32>>,
}

/// What is told of a queue.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct QueueName {
    pub(super) name: Text,
    pub(super) media: Media,
    pub(super) priority: u8,
    /// An agent who rejects is put on a break.
    pub(super) rejecting_breaks: bool,
    /// An agent who does not answer is put on a break.
    pub(super) missing_breaks: bool,
}

/// What one setting changes here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    TimeZone,
    Queue(QueueId),
    Channel(ChannelId),
    Code(u32),
}

impl Names {
    /// Takes a setting in; tells what of it is kept.
    pub(super) fn take(&mut self, setting: &Setting) -> Option<Name> {
        match setting {
            Setting::Tenant(tenant) => {
                self.time_zone = Some(tenant.time_zone.clone());
                Some(Name::TimeZone)
            }
            Setting::Queue(queue) => {
                let named = QueueName {
                    name: queue.name.clone(),
                    media: queue.media,
                    priority: queue.priority,
                    rejecting_breaks: queue.on_reject == Declined::Break,
                    missing_breaks: queue.on_timeout == Declined::Break,
                };
                self.queues.insert(queue.id, named);
                Some(Name::Queue(queue.id))
            }
            Setting::Channel(channel) => {
                self.channels.insert(channel.id, channel.name.clone());
                Some(Name::Channel(channel.id))
            }
            Setting::TransactionCode(code) => {
                self.codes.insert(code.id, code.parent);
                Some(Name::Code(code.id))
            }
            _ => None,
        }
    }

    /// The list that a transaction code belongs to: the code at the top of its tree.
    pub(super) fn list_of(&self, code: u32) -> u32 {
        let mut top = code;
        // Bounded, whatever the settings say.
        for _ in 0..self.codes.len() {
            match self.codes.get(&top) {
                Some(Some(parent)) => top = *parent,
                _ => break,
            }
        }
        top
    }

    /// An instant on the tenant's clocks, as `YYYY-MM-DD HH:MM:SS`.
    pub(super) fn local(&self, at: Timestamp) -> String {
        let zone = self.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        let ms = i64::try_from(at.0).unwrap_or(i64::MAX);
        let instant = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::MAX);
        let local = zone.unwrap_or(TimeZone::UTC).to_datetime(instant);
        local.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

/// `{tenant}-{agentId}-{uuid}` (conventions, "Identifier grammar").
pub(super) fn agent_guid(tenant: &TenantId, agent: AgentId) -> String {
    let name = format!("{tenant}-{agent}");
    format!("{name}-{}", uuid(&name))
}

/// `{tenant}-{agentId}-{media}-{queueId}-{uuid}`.
pub(super) fn skill_id(tenant: &TenantId, agent: AgentId, media: Media, queue: QueueId) -> String {
    let name = format!("{tenant}-{agent}-{}-{queue}", media.as_str());
    format!("{name}-{}", uuid(&name))
}

/// `{tenant}-{media}-{queueId}-{uuid}`.
pub(super) fn tenant_skill_id(tenant: &TenantId, media: Media, queue: QueueId) -> String {
    let name = format!("{tenant}-{}-{queue}", media.as_str());
    format!("{name}-{}", uuid(&name))
}

/// A UUID of version 8 that a name always has, because the same log must give the same bytes.
fn uuid(name: &str) -> String {
    let digest = Sha256::digest(name.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let text = hex::encode(bytes);
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_follow_the_grammar() {
        let tenant = TenantId::parse("acmecorp01").unwrap();
        let agent = AgentId::parse("ag64oyEUb_Sk6bxVB9P5yaaa").unwrap();
        let guid = agent_guid(&tenant, agent);
        assert_eq!(guid, agent_guid(&tenant, agent));
        let uuid = guid.strip_prefix("acmecorp01-ag64oyEUb_Sk6bxVB9P5yaaa-").unwrap();
        let lengths: Vec<_> = uuid.split('-').map(str::len).collect();
        assert_eq!((lengths, &uuid[14..15]), (vec![8, 4, 4, 4, 12], "8"));
        let skill = skill_id(&tenant, agent, Media::Email, QueueId(3086));
        assert!(skill.starts_with("acmecorp01-ag64oyEUb_Sk6bxVB9P5yaaa-email-3086-"), "{skill}");
        assert!(tenant_skill_id(&tenant, Media::Sms, QueueId(1)).starts_with("acmecorp01-sms-1-"));
    }

    #[test]
    fn codes_find_their_list() {
        let codes = [(1, None), (11, Some(1)), (111, Some(11)), (5, Some(6)), (6, Some(5))];
        let names = Names { codes: codes.into(), ..Names::default() };
        let lists = [1, 11, 111, 99].map(|code| names.list_of(code));
        assert_eq!(lists, [1, 1, 1, 99]);
        names.list_of(5);
    }

    #[test]
    fn the_tenants_clocks() {
        let names = Names { time_zone: Some("America/New_York".into()), ..Names::default() };
        assert_eq!(names.local(Timestamp(1_669_235_827_932)), "2022-11-23 15:37:07");
    }
}
