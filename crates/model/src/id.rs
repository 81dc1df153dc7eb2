//! Identities. Numbers where the published contracts have numbers, text where they have text.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::Text;

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_id! {
    /// A queue, as on the wire (`queueId` 110).
    QueueId(u32)
}
number_id! {
    /// A skill.
    SkillId(u32)
}
number_id! {
    /// An IVR script.
    ScriptId(u32)
}
number_id! {
    /// A channel: the number or address that customers reach.
    ChannelId(u32)
}
number_id! {
    /// Opening hours.
    ScheduleId(u32)
}
number_id! {
    /// A person who can log in.
    UserId(u32)
}
number_id! {
    /// A place to which events are sent.
    WebhookId(u32)
}
number_id! {
    /// A link that hands secrets over once.
    SecretLinkId(u32)
}
number_id! {
    /// A group of agents.
    GroupId(u32)
}
number_id! {
    /// An interaction inside one tenant, in order of birth. Outside it is known by its GUID.
    InteractionId(u64)
}
number_id! {
    /// One offer of one interaction to one agent; never used twice.
    OfferId(u64)
}

/// A tenant's name: `[A-Za-z0-9_]{1,64}` (conventions, "Identifier grammar").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TenantId(Text);

impl TenantId {
    /// Reads a tenant's name; `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        fits.then(|| Self(text.into()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An agent, as on the wire: `ag` and 22 letters, digits or underscores; no hyphen is ever minted
/// because published clients split GUIDs at hyphens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgentId([u8; 24]);

impl AgentId {
    /// Reads an agent id; `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 24] = text.as_bytes().try_into().ok()?;
        let tail_fits = bytes[2..].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
        (bytes.starts_with(b"ag") && tail_fits).then_some(Self(bytes))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).expect("parse admits only ASCII")
    }
}

impl fmt::Display for AgentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AgentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for AgentId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AgentId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = AgentId;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an agent id: ag and 22 letters, digits or underscores")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<AgentId, E> {
                AgentId::parse(text)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_id_has_no_hyphen_and_24_characters() {
        assert!(AgentId::parse("ag64oyEUb_Sk6bxVB9P5yaaa").is_some());
        assert!(AgentId::parse("ag64oyEUb-Sk6bxVB9P5yaaa").is_none());
        assert!(AgentId::parse("ag64oyEUb").is_none());
    }

    #[test]
    fn a_tenant_name_has_no_hyphen() {
        assert!(TenantId::parse("acmecorp01").is_some());
        assert!(TenantId::parse("acme-corp").is_none());
        assert!(TenantId::parse("").is_none());
    }
}
