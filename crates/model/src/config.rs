//! How a tenant is set up. Configuration reaches the rules as events, like everything else.

mod script;
mod setting;

pub use script::{Publication, Script, ScriptDraft};
pub use setting::{Administration, Change, Setting, SettingKey};

use alloc::{collections::BTreeMap, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    AgentId, ChannelId, GroupId, QueueId, ScheduleId, ScriptId, SkillId, TenantId, Text, WebhookId,
    interaction::Media, status::Status, time::Millis,
};

/// A customer of the installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    /// Name on the wire.
    pub id: TenantId,
    /// Name for people.
    pub name: Text,
    /// BCP 47 language tag in which values are formatted for agents.
    pub locale: Text,
    /// ISO 4217 code: amounts carry no currency of their own.
    pub currency: Text,
    /// IANA time zone.
    pub time_zone: Text,
    /// How long a finished interaction's data can be read (Data Augmentation GET), in milliseconds.
    pub retention_ms: Millis,
    /// Data Augmentation requests a minute, GET and POST together.
    pub augmentation_per_minute: u32,
    /// How long wrap-up may take after a call that an agent dialled for no queue; 0 is none.
    #[serde(default, skip_serializing_if = "is_none")]
    pub direct_wrap_up_ms: Millis,
}

/// Something agents are good at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Skill {
    /// Identity.
    pub id: SkillId,
    /// Name for people.
    pub name: Text,
}

/// A skill at a level, asked for or had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SkillLevel {
    /// The skill.
    pub skill: SkillId,
    /// 0 to 10.
    pub level: u8,
}

/// What happens to an agent who does not take an offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Declined {
    /// The agent stays available, for other interactions at once.
    #[default]
    Stay,
    /// The agent is put on a break.
    Break,
}

/// A queue: where interactions of one kind wait for agents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Queue {
    /// Identity.
    pub id: QueueId,
    /// Name for people.
    pub name: Text,
    /// What waits here.
    pub media: Media,
    /// 0 to 100, 50 is standard.
    pub priority: u8,
    /// Skills an agent must have.
    pub required: Vec<SkillLevel>,
    /// Skills that put an agent first.
    pub preferred: Vec<SkillId>,
    /// Wider and wider conditions, by waiting time.
    pub rings: Vec<Ring>,
    /// How long an offer rings.
    pub offer_ms: Millis,
    /// How long an agent who declined an interaction is spared it.
    pub decline_ms: Millis,
    /// What happens to an agent who rejects.
    pub on_reject: Declined,
    /// What happens to an agent who does not answer.
    pub on_timeout: Declined,
    /// How long wrap-up may take; 0 means that there is none.
    pub wrap_up_ms: Millis,
    /// Wrap-up needs at least one transaction code.
    pub codes_required: bool,
    /// How many may wait; more leave by the script's exit `atCapacity`.
    pub waiting_max: u32,
    /// The promise made to customers who wait here.
    #[serde(default, skip_serializing_if = "ServiceLevel::is_usual")]
    pub service_level: ServiceLevel,
    /// Conversations are recorded from the beginning.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub recorded: bool,
}

/// How many are to be answered how soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceLevel {
    /// Percent of interactions, 0 to 100.
    pub target_percent: u8,
    /// A wait of at most so many milliseconds is in time.
    pub threshold_ms: Millis,
}

impl Default for ServiceLevel {
    /// 80 percent within 20 seconds.
    fn default() -> Self {
        Self { target_percent: 80, threshold_ms: 20_000 }
    }
}

impl ServiceLevel {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
fn is_none(ms: &Millis) -> bool {
    *ms == 0
}

/// From `after_ms` in the queue on, requirements are replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ring {
    /// Milliseconds since the interaction entered the queue; rings are in rising order.
    pub after_ms: Millis,
    /// New lowest level per skill; `None` drops the requirement.
    pub relax: BTreeMap<SkillId, Option<u8>>,
}

/// A person (or a program) who serves customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Agent {
    /// Identity on the wire.
    pub id: AgentId,
    /// Name for people.
    pub name: Text,
    /// What the agent is good at.
    pub skills: BTreeMap<SkillId, u8>,
    /// Where the agent works.
    pub queues: Vec<QueueId>,
    /// How many interactions of each kind the agent can have at once; absent means none.
    pub capacity: BTreeMap<Media, u8>,
    /// The group that the agent belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
}

/// Agents who are watched and set up together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Identity.
    pub id: GroupId,
    /// Name for people.
    pub name: Text,
}

/// Weekly opening hours with dated exceptions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
    /// Identity.
    pub id: ScheduleId,
    /// Name for people.
    pub name: Text,
    /// IANA time zone in which days and minutes count.
    pub time_zone: Text,
    /// When it is open.
    pub open: Vec<Hours>,
    /// Days that go another way.
    pub exceptions: Vec<Exception>,
}

/// Open from one minute of a weekday to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hours {
    /// 1 is Monday, 7 Sunday.
    pub weekday: u8,
    /// First open minute of the day, 0 to 1439.
    pub from_minute: u16,
    /// First closed minute of the day, 1 to 1440.
    pub to_minute: u16,
}

/// A day with an exit of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exception {
    /// `YYYY-MM-DD` in the schedule's time zone.
    pub date: Text,
    /// Which of the exits `exception1` to `exception6`.
    pub exit: u8,
}

/// A number or address that customers reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Channel {
    /// Identity.
    pub id: ChannelId,
    /// Name for people.
    pub name: Text,
    /// What comes in here.
    pub media: Media,
    /// The number or address, as dialled.
    pub address: Text,
    /// What serves customers first.
    pub script: ScriptId,
}

/// What a conversation was about, chosen in wrap-up; codes form trees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransactionCode {
    /// Identity.
    pub id: u32,
    /// Words for people.
    pub text: Text,
    /// The code above this one.
    pub parent: Option<u32>,
}

/// A reason agents choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// Identity.
    pub code: Text,
    /// Words for people.
    pub text: Text,
    /// Where it applies.
    pub of: ReasonFor,
}

impl Reason {
    /// Its number in the published contracts, where codes are numbers: made of the code alone, so that
    /// it is the same in every answer, whatever other reasons come and go. Positive, below 2^31.
    #[must_use]
    pub fn number(&self) -> u32 {
        Self::number_of(&self.code)
    }

    /// The number of the reason with this code.
    #[must_use]
    pub fn number_of(code: &str) -> u32 {
        // FNV-1a.
        let digest = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let hash = code.bytes().fold(0x811c_9dc5, digest);
        (hash & 0x7fff_ffff).max(1)
    }
}

/// What a reason explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ReasonFor {
    /// Being in a status.
    Status(Status),
    /// Rejecting an offer.
    Reject,
}

impl ReasonFor {
    /// The number of this list of reasons in the published contracts, where codes come in lists: that
    /// of the status (Agent status, "Status numbers"), and 6 for rejected offers.
    #[must_use]
    pub fn list_number(self) -> u32 {
        match self {
            Self::Status(Status::LoggedOut) => 1,
            Self::Status(Status::OnBreak) => 3,
            Self::Status(Status::Available) => 4,
            Self::Status(Status::WorkOffline) => 5,
            Self::Reject => 6,
        }
    }
}

/// A place outside to which public events are sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// Identity.
    pub id: WebhookId,
    /// Name for people.
    pub name: Text,
    /// Where events are sent to: `https`, unless the installation allows others.
    pub uri: Text,
    /// Which public events, by their names on the wire; none means all.
    pub events: Vec<Text>,
    /// Events are sent. What happens while they are not is never sent.
    pub enabled: bool,
}
