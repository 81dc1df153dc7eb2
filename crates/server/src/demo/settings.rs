//! How the demo's tenant is set up.

use std::{collections::BTreeMap, sync::Arc};

use model::{
    AgentId, ChannelId, GroupId, QueueId, ScheduleId, ScriptId, SkillId, TenantId, Text, UserId,
    access::Role,
    config::{
        Agent, Channel, Declined, Exception, Group, Hours, Queue, Reason, ReasonFor, Ring,
        Schedule, Script, ServiceLevel, Setting, Skill, SkillLevel, Tenant, TransactionCode,
    },
    flow::Flow,
    interaction::Media,
    status::Status,
    time::Millis,
};

use super::script;

/// The demo's tenant.
pub(super) const TENANT: &str = "acmecorp01";
/// THE number of the demo: the main line.
pub(crate) const MAIN_NUMBER: &str = "+15551230001";
const OFFICE_NUMBER: &str = "+15551230002";
const CHAT_ADDRESS: &str = "acme-website";

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;

pub(super) const ALWAYS_OPEN: ScheduleId = ScheduleId(1);
pub(super) const BUSINESS_HOURS: ScheduleId = ScheduleId(2);

/// All agents of the demo.
const FRONT_LINE: GroupId = GroupId(1);

const MAIN_LINE: ScriptId = ScriptId(1);
const OFFICE: ScriptId = ScriptId(2);
const WEBSITE_CHAT: ScriptId = ScriptId(3);

/// What agents are good at.
pub(super) mod skill {
    use model::SkillId;

    pub(in crate::demo) const SPANISH: SkillId = SkillId(1);
    pub(in crate::demo) const BILLING: SkillId = SkillId(2);
    pub(in crate::demo) const LOYALTY: SkillId = SkillId(3);
}

/// Where customers wait.
pub(super) mod queue {
    use model::QueueId;

    pub(in crate::demo) const PRIORITY: QueueId = QueueId(101);
    pub(in crate::demo) const STANDARD: QueueId = QueueId(102);
    pub(in crate::demo) const BILLING: QueueId = QueueId(103);
    pub(in crate::demo) const COLLECTIONS: QueueId = QueueId(104);
    pub(in crate::demo) const VIP_SUPPORT: QueueId = QueueId(105);
    pub(in crate::demo) const SPANISH: QueueId = QueueId(106);
    pub(in crate::demo) const CHAT: QueueId = QueueId(110);
}

/// Somebody who works in the demo.
pub(super) struct Person {
    pub(super) id: UserId,
    pub(super) name: &'static str,
    pub(super) role: Role,
    /// Skills and levels, for agents.
    skills: &'static [(SkillId, u8)],
}

/// Everybody who works in the demo.
pub(super) const PEOPLE: [Person; 5] = [
    Person {
        id: UserId(1),
        name: "Ann Perez",
        role: Role::Agent,
        skills: &[(skill::SPANISH, 9), (skill::BILLING, 5), (skill::LOYALTY, 7)],
    },
    Person {
        id: UserId(2),
        name: "Ben Okafor",
        role: Role::Agent,
        skills: &[(skill::BILLING, 8), (skill::LOYALTY, 4)],
    },
    Person {
        id: UserId(3),
        name: "Cara Lind",
        role: Role::Agent,
        skills: &[(skill::SPANISH, 4), (skill::BILLING, 2)],
    },
    Person { id: UserId(4), name: "Sam Rivera", role: Role::Supervisor, skills: &[] },
    Person { id: UserId(5), name: "Alex Morgan", role: Role::Administrator, skills: &[] },
];

impl Person {
    /// The first name is the address.
    pub(super) fn email(&self) -> String {
        let first = self.name.split(' ').next().unwrap_or(self.name);
        format!("{}@acmecorp.example", first.to_lowercase())
    }

    /// The agent the person works as: the name, padded to an agent id's length.
    pub(super) fn agent(&self) -> Option<AgentId> {
        if self.role != Role::Agent {
            return None;
        }
        let letters: String = self.name.split(' ').collect();
        Some(AgentId::parse(&format!("ag{letters:0<22}")).expect("a name of ASCII letters"))
    }
}

pub(super) fn tenant() -> TenantId {
    TenantId::parse(TENANT).expect("a tenant's name")
}

/// Everything but the ways in, in an order in which each setting names only earlier ones.
pub(super) fn all() -> Vec<Setting> {
    let mut settings = vec![Setting::Tenant(Tenant {
        id: tenant(),
        name: "Acme Corp".into(),
        locale: "en-US".into(),
        currency: "USD".into(),
        time_zone: "America/New_York".into(),
        retention_ms: 24 * 60 * MINUTE,
        augmentation_per_minute: 100,
        direct_wrap_up_ms: MINUTE / 2,
    })];
    settings.extend(skills());
    settings.push(Setting::Group(Group { id: FRONT_LINE, name: "Front line".into() }));
    settings.extend(queues().into_iter().map(|queue| Setting::Queue(Arc::new(queue))));
    settings.extend(agents());
    settings.extend(schedules());
    settings.push(published(MAIN_LINE, "Main line", script::main_line()));
    settings.push(published(OFFICE, "Office line", script::business_hours()));
    settings.push(published(WEBSITE_CHAT, "Website chat", script::website_chat()));
    settings.extend(channels());
    settings.extend(transaction_codes());
    settings.extend(reasons());
    settings
}

fn skills() -> [Setting; 3] {
    [(skill::SPANISH, "Spanish"), (skill::BILLING, "Billing"), (skill::LOYALTY, "Loyalty")]
        .map(|(id, name)| Setting::Skill(Skill { id, name: name.into() }))
}

/// A queue like most: standard priority, no skills, an offer rings half a minute.
fn plain_queue(id: QueueId, name: &str) -> Queue {
    Queue {
        id,
        name: name.into(),
        media: Media::Phone,
        priority: 50,
        required: Vec::new(),
        preferred: Vec::new(),
        rings: Vec::new(),
        offer_ms: 30 * SECOND,
        decline_ms: 30 * SECOND,
        on_reject: Declined::Stay,
        on_timeout: Declined::Break,
        wrap_up_ms: 2 * MINUTE,
        codes_required: false,
        waiting_max: 200,
        service_level: ServiceLevel::default(),
        recorded: true,
    }
}

fn queues() -> Vec<Queue> {
    let needs = |skill, level| vec![SkillLevel { skill, level }];
    vec![
        Queue {
            priority: 80,
            preferred: vec![skill::LOYALTY],
            service_level: ServiceLevel { target_percent: 90, threshold_ms: 10 * SECOND },
            ..plain_queue(queue::PRIORITY, "Priority")
        },
        plain_queue(queue::STANDARD, "Standard"),
        Queue {
            priority: 60,
            required: needs(skill::BILLING, 5),
            rings: vec![
                Ring { after_ms: 20 * SECOND, relax: [(skill::BILLING, Some(2))].into() },
                Ring { after_ms: MINUTE, relax: [(skill::BILLING, None)].into() },
            ],
            codes_required: true,
            ..plain_queue(queue::BILLING, "Billing")
        },
        Queue { codes_required: true, ..plain_queue(queue::COLLECTIONS, "Collections") },
        Queue {
            priority: 90,
            preferred: vec![skill::LOYALTY],
            service_level: ServiceLevel { target_percent: 95, threshold_ms: 10 * SECOND },
            ..plain_queue(queue::VIP_SUPPORT, "VIP Support")
        },
        Queue { required: needs(skill::SPANISH, 3), ..plain_queue(queue::SPANISH, "Spanish") },
        Queue {
            media: Media::Chat,
            service_level: ServiceLevel { target_percent: 80, threshold_ms: MINUTE },
            ..plain_queue(queue::CHAT, "Website chat")
        },
    ]
}

/// Everybody works in every queue; skills decide who is asked.
fn agents() -> impl Iterator<Item = Setting> {
    PEOPLE.iter().filter_map(|person| {
        Some(Setting::Agent(Arc::new(Agent {
            id: person.agent()?,
            name: person.name.into(),
            skills: person.skills.iter().copied().collect(),
            queues: queues().iter().map(|queue| queue.id).collect(),
            capacity: BTreeMap::from([(Media::Phone, 1), (Media::Chat, 6)]),
            group: Some(FRONT_LINE),
        })))
    })
}

fn schedules() -> [Setting; 2] {
    let hours = |days: std::ops::RangeInclusive<u8>, from_minute, to_minute| {
        days.map(|weekday| Hours { weekday, from_minute, to_minute }).collect()
    };
    let schedule = |id, name: &str, open, exceptions| {
        let (name, time_zone) = (name.into(), "America/New_York".into());
        Setting::Schedule(Arc::new(Schedule { id, name, time_zone, open, exceptions }))
    };
    let holidays = ["2026-11-26", "2026-12-25", "2027-01-01"]
        .map(|date| Exception { date: date.into(), exit: 1 });
    [
        schedule(ALWAYS_OPEN, "Always open", hours(1..=7, 0, 1440), Vec::new()),
        schedule(BUSINESS_HOURS, "Business hours", hours(1..=5, 540, 1020), holidays.into()),
    ]
}

fn published(id: ScriptId, name: &str, flow: Flow) -> Setting {
    Setting::Script(Arc::new(Script { id, version: 1, name: name.into(), flow, published: None }))
}

/// Number, name, kind, address and script of each channel.
const CHANNELS: [(u32, &str, Media, &str, ScriptId); 3] = [
    (1, "Main line", Media::Phone, MAIN_NUMBER, MAIN_LINE),
    (2, "Office line", Media::Phone, OFFICE_NUMBER, OFFICE),
    (3, "Website chat", Media::Chat, CHAT_ADDRESS, WEBSITE_CHAT),
];

fn channels() -> [Setting; 3] {
    CHANNELS.map(|(id, name, media, address, script)| {
        let (id, name, address) = (ChannelId(id), name.into(), address.into());
        Setting::Channel(Channel { id, name, media, address, script })
    })
}

/// Number, address and kind of the demo's channels, for those who are told about them.
pub(super) fn channel_list() -> [(u32, &'static str, Media); 3] {
    CHANNELS.map(|(id, _, media, address, _)| (id, address, media))
}

fn transaction_codes() -> [Setting; 12] {
    [
        (1, "Billing", None),
        (11, "Question about an invoice", Some(1)),
        (12, "Refund", Some(1)),
        (13, "Payment arrangement", Some(1)),
        (2, "Order", None),
        (21, "Where is it?", Some(2)),
        (22, "Cancellation", Some(2)),
        (23, "Return", Some(2)),
        (3, "Account", None),
        (31, "Change of details", Some(3)),
        (32, "Closing", Some(3)),
        (9, "Other", None),
    ]
    .map(|(id, text, parent)| {
        Setting::TransactionCode(TransactionCode { id, text: text.into(), parent })
    })
}

fn reasons() -> [Setting; 11] {
    let on_break = ReasonFor::Status(Status::OnBreak);
    let offline = ReasonFor::Status(Status::WorkOffline);
    [
        // The rules put agents on a break with these two.
        ("noAnswer", "Did not answer", on_break),
        ("rejected", "Rejected an offer", on_break),
        ("shortBreak", "Short break", on_break),
        ("lunch", "Lunch", on_break),
        ("paperwork", "Paperwork", offline),
        ("training", "Training", offline),
        ("meeting", "Meeting", offline),
        ("endOfShift", "End of shift", ReasonFor::Status(Status::LoggedOut)),
        ("notMyArea", "Not my area", ReasonFor::Reject),
        ("technicalProblem", "Technical problem", ReasonFor::Reject),
        ("notReady", "Not ready yet", ReasonFor::Reject),
    ]
    .map(|(code, text, of)| Setting::Reason(Reason { code: code.into(), text: text.into(), of }))
}

/// The demo's queues, for those who are told about them.
pub(super) fn queue_list() -> Vec<(QueueId, Text, Media)> {
    queues().into_iter().map(|queue| (queue.id, queue.name, queue.media)).collect()
}
