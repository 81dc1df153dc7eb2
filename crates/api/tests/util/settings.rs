//! The tenants of the tests: three queues, three agents, two who watch, one script.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use api::Secret;
use model::{
    AgentId, ChannelId, GroupId, QueueId, ScheduleId, ScriptId, SkillId, TenantId, Text, UserId,
    access::{ApiKey, Product, Role, Tokens, TokensMade, User},
    config::{
        Agent, Channel, Declined, Exception, Group, Hours, Queue, Reason, ReasonFor, Schedule,
        Script, ServiceLevel, Setting, Skill, SkillLevel, Tenant, TransactionCode,
    },
    flow::{
        CollectDigits, Condition, Flow, Menu, Node, NodeKind, Operand, Operator, Test, ToQueue,
    },
    interaction::Media,
    status::Status,
};

use super::World;

pub(crate) const TENANT: &str = "acmecorp01";
pub(crate) const OTHER: &str = "othercorp";
/// The number of the tenant, and of the other one.
pub(crate) const NUMBER: &str = "18005551234";
pub(crate) const OTHER_NUMBER: &str = "18005559999";
pub(crate) const CALLER: &str = "16175551234";
pub(crate) const PASSWORD: &str = "correct horse battery";
const STANDARD: u32 = 101;
const SPANISH: u32 = 102;
const PRIORITY: u32 = 103;

/// One hash for everybody: hashing takes its time.
static PASSWORD_HASH: LazyLock<Text> = LazyLock::new(|| api::hash_password(PASSWORD).into());

pub(crate) fn agent_id(name: &str) -> AgentId {
    AgentId::parse(&format!("ag{name:0>22}")).unwrap()
}

/// Every setting of a tenant, in an order in which each refers only to earlier ones.
pub(super) fn all(world: &World, own: Tenant, number: &str, action: &Secret) -> Vec<Setting> {
    let mut settings = vec![Setting::Tenant(own.clone())];
    settings.push(Setting::Skill(Skill { id: SkillId(1), name: "Spanish".into() }));
    settings.push(Setting::Group(Group { id: GroupId(1), name: "Front line".into() }));
    settings.extend(queues().into_iter().map(|queue| Setting::Queue(Arc::new(queue))));
    settings.extend(agents().into_iter().map(|agent| Setting::Agent(Arc::new(agent))));
    settings.push(Setting::Schedule(Arc::new(schedule())));
    let script =
        Script { id: ScriptId(1), version: 1, name: "Main".into(), flow: flow(), published: None };
    settings.push(Setting::Script(Arc::new(script)));
    settings.push(Setting::Channel(Channel {
        id: ChannelId(1),
        name: "Main line".into(),
        media: Media::Phone,
        address: number.into(),
        script: ScriptId(1),
    }));
    for (id, text, parent) in [(1, "Billing", None), (2, "Refund", Some(1))] {
        let code = TransactionCode { id, text: text.into(), parent };
        settings.push(Setting::TransactionCode(code));
    }
    for (code, of) in [("lunch", ReasonFor::Status(Status::OnBreak)), ("busy", ReasonFor::Reject)] {
        settings.push(Setting::Reason(Reason { code: code.into(), text: code.into(), of }));
    }
    settings.extend(users(own.id.as_str()).into_iter().map(Setting::User));
    settings.push(Setting::Tokens(Tokens {
        data_request: world.data_token.hash(),
        action_request: action.hash(),
        crm_username: "crm".into(),
        crm_password: Secret::mint("").hash(),
        made: TokensMade::default(),
    }));
    if own.id.as_str() == TENANT {
        for (key, product) in
            [(&world.api_key, Product::ContactCenter), (&world.stream_key, Product::EventStream)]
        {
            let (hash, products) = (key.hash(), vec![product]);
            let name = "key".into();
            settings.push(Setting::ApiKey(ApiKey { hash, name, products, secret: None }));
        }
        settings.push(Setting::ApiKey(ApiKey {
            hash: world.app_key.hash(),
            name: "app".into(),
            products: vec![Product::Analytics, Product::Statistics, Product::Schedules],
            secret: Some(world.app_secret.hash()),
        }));
    }
    settings
}

/// A tenant whose rate limit is out of the way.
pub(super) fn tenant(id: &str) -> Tenant {
    Tenant {
        id: TenantId::parse(id).unwrap(),
        name: "Acme Corp".into(),
        locale: "en-US".into(),
        currency: "USD".into(),
        time_zone: "America/New_York".into(),
        retention_ms: 86_400_000,
        augmentation_per_minute: 100_000,
        direct_wrap_up_ms: 0,
    }
}

/// Mondays with a lunch break.
fn schedule() -> Schedule {
    let hours = |from_minute, to_minute| Hours { weekday: 1, from_minute, to_minute };
    Schedule {
        id: ScheduleId(1),
        name: "Office hours".into(),
        time_zone: "America/New_York".into(),
        open: vec![hours(9 * 60, 12 * 60 + 30), hours(13 * 60, 17 * 60)],
        exceptions: vec![Exception { date: "2026-11-30".into(), exit: 2 }],
    }
}

fn queues() -> Vec<Queue> {
    let standard = Queue {
        id: QueueId(STANDARD),
        name: "Standard".into(),
        media: Media::Phone,
        priority: 50,
        required: Vec::new(),
        preferred: Vec::new(),
        rings: Vec::new(),
        offer_ms: 20_000,
        decline_ms: 60_000,
        on_reject: Declined::Stay,
        on_timeout: Declined::Stay,
        wrap_up_ms: 60_000,
        codes_required: false,
        waiting_max: 1_000,
        service_level: ServiceLevel::default(),
        recorded: false,
    };
    let (id, name) = (QueueId(SPANISH), "Spanish".into());
    let required = vec![SkillLevel { skill: SkillId(1), level: 6 }];
    let spanish = Queue { id, name, required, codes_required: true, ..standard.clone() };
    let (id, name) = (QueueId(PRIORITY), "Priority".into());
    let priority = Queue { id, name, priority: 90, ..standard.clone() };
    vec![standard, spanish, priority]
}

/// Ana speaks Spanish, Cara a little, Ben does not.
fn agents() -> Vec<Agent> {
    let agent = |name: &str, full: &str, spanish: Option<u8>| Agent {
        id: agent_id(name),
        name: full.into(),
        skills: spanish.map(|level| (SkillId(1), level)).into_iter().collect(),
        queues: vec![QueueId(STANDARD), QueueId(SPANISH), QueueId(PRIORITY)],
        capacity: BTreeMap::from([(Media::Phone, 1)]),
        group: Some(GroupId(1)),
    };
    vec![
        agent("ana", "Ana Ruiz", Some(8)),
        agent("ben", "Ben Okafor", None),
        agent("cara", "Cara Lind", Some(3)),
    ]
}

fn users(tenant: &str) -> Vec<User> {
    let user = |id, name: &str, role, agent| User {
        id: UserId(id),
        email: format!("{name}@{tenant}.example").into(),
        name: name.into(),
        role,
        agent,
        password: PASSWORD_HASH.clone(),
        permissions: Vec::new(),
    };
    vec![
        user(1, "ana", Role::Agent, Some(agent_id("ana"))),
        user(2, "ben", Role::Agent, Some(agent_id("ben"))),
        user(3, "cara", Role::Agent, Some(agent_id("cara"))),
        user(4, "sam", Role::Supervisor, None),
        user(5, "ada", Role::Administrator, None),
    ]
}

/// A menu; 1 goes to Priority for a VIP and to Standard otherwise, 2 to Spanish, 3 asks for a PIN.
fn flow() -> Flow {
    let node = |id: &str, kind, exits: &[(&str, &str)]| {
        let exits = exits.iter().map(|(exit, to)| (Text::from(*exit), Text::from(*to))).collect();
        (Text::from(id), Node { label: id.into(), kind, exits })
    };
    let queue = |id| {
        let queue = QueueId(id);
        let (timeout_ms, announce_ms, preferred) = (None, None, None);
        let leave_when_unstaffed = false;
        NodeKind::ToQueue(ToQueue {
            queue,
            timeout_ms,
            announce_ms,
            preferred,
            leave_when_unstaffed,
            announce_wait: false,
            options: Vec::new(),
        })
    };
    let menu = NodeKind::Menu(Menu {
        text: "Press 1, 2 or 3.".into(),
        keys: "123".into(),
        timeout_ms: 600_000,
        tries: 1,
        again: None,
    });
    let vip = NodeKind::TestVariable(Condition::Test(Test {
        variable: "_customerTier".into(),
        operator: Operator::Equals,
        right: vec![Operand::Text("VIP".into())],
        compare_as: None,
        ignore_case: false,
    }));
    let pin = NodeKind::CollectDigits(CollectDigits {
        text: "Your PIN, please.".into(),
        variable: "_pin".into(),
        privacy: true,
        min: 4,
        max: 4,
        timeout_ms: 600_000,
        tries: 1,
    });
    let nodes = [
        node("hello", NodeKind::Say { text: "Welcome to Acme.".into() }, &[("next", "menu")]),
        node(
            "menu",
            menu,
            &[("1", "vip"), ("2", "spanish"), ("3", "pin"), ("noInput", "bye"), ("noMatch", "bye")],
        ),
        node("vip", vip, &[("true", "priority"), ("false", "standard")]),
        node("pin", pin, &[("next", "standard"), ("noInput", "bye"), ("noMatch", "bye")]),
        node(
            "standard",
            queue(STANDARD),
            &[("timeout", "bye"), ("atCapacity", "bye"), ("noAgents", "bye")],
        ),
        node(
            "spanish",
            queue(SPANISH),
            &[("timeout", "bye"), ("atCapacity", "bye"), ("noAgents", "bye")],
        ),
        node(
            "priority",
            queue(PRIORITY),
            &[("timeout", "bye"), ("atCapacity", "bye"), ("noAgents", "bye")],
        ),
        node("bye", NodeKind::Disconnect, &[]),
    ];
    Flow { start: "hello".into(), nodes: nodes.into_iter().collect(), tests: Vec::new() }
}
