//! The simulated tenant: every feature of routing and scripts occurs.

use std::{collections::BTreeMap, sync::Arc};

use model::{
    AgentId, ChannelId, GroupId, QueueId, ScriptId, SkillId, TenantId, Text,
    config::{
        Agent, Channel, Declined, Group, Queue, Reason, ReasonFor, Ring, Script, ServiceLevel,
        Setting, Skill, SkillLevel, Tenant, TransactionCode,
    },
    flow::{
        ApiField, ApiHeader, Callback, CollectDigits, Condition, Flow, GetFromApi, Menu,
        NamedAgent, NamedNumber, Node, NodeKind, Operand, Operator, Preferred, QueueCondition,
        QueueOption, QueueTest, Record, Share, Split, Test, TestQueue, ToNumber, ToQueue,
        Voicemail,
    },
    interaction::Media,
    status::Status,
};

/// Agents of the simulated tenant.
pub const AGENTS: u32 = 7;
/// The number that customers call.
pub const NUMBER: &str = "+15550001";
/// The address that customers chat with.
pub const CHAT: &str = "chat-1";

/// The id of an agent.
///
/// # Panics
/// Never for numbers of up to 22 digits.
#[must_use]
pub fn agent(number: u32) -> AgentId {
    AgentId::parse(&format!("ag{number:022}")).expect("24 characters")
}

/// Every setting, in an order in which each refers only to earlier ones.
#[must_use]
pub fn settings() -> Vec<Setting> {
    let mut settings = vec![Setting::Tenant(Tenant {
        id: TenantId::parse("sim01").expect("a tenant's name"),
        name: "Simulated".into(),
        locale: "en-US".into(),
        currency: "USD".into(),
        time_zone: "UTC".into(),
        retention_ms: 86_400_000,
        augmentation_per_minute: 100,
        direct_wrap_up_ms: 0,
    })];
    settings.extend(
        (1..=3).map(|id| {
            Setting::Skill(Skill { id: SkillId(id), name: format!("skill {id}").into() })
        }),
    );
    settings.extend(
        (1..=2).map(|id| {
            Setting::Group(Group { id: GroupId(id), name: format!("group {id}").into() })
        }),
    );
    settings.extend(queues().into_iter().map(|queue| Setting::Queue(Arc::new(queue))));
    settings.extend((1..=AGENTS).map(|number| Setting::Agent(Arc::new(agent_settings(number)))));
    settings.extend([Media::Phone, Media::Chat].into_iter().zip(1..).map(|(media, id)| {
        let script = Script {
            id: ScriptId(id),
            version: 1,
            name: "script".into(),
            flow: flow(media),
            published: None,
        };
        Setting::Script(Arc::new(script))
    }));
    for (id, media, address) in [(1, Media::Phone, NUMBER), (2, Media::Chat, CHAT)] {
        let (name, address) = (Text::from("channel"), Text::from(address));
        settings.push(Setting::Channel(Channel {
            id: ChannelId(id),
            name,
            media,
            address,
            script: ScriptId(id),
        }));
    }
    settings.push(Setting::TransactionCode(TransactionCode {
        id: 1,
        text: "sale".into(),
        parent: None,
    }));
    for (code, of) in [("lunch", ReasonFor::Status(Status::OnBreak)), ("busy", ReasonFor::Reject)] {
        settings.push(Setting::Reason(Reason { code: code.into(), text: code.into(), of }));
    }
    settings
}

fn queue(id: u32, media: Media) -> Queue {
    Queue {
        id: QueueId(id),
        name: format!("queue {id}").into(),
        media,
        priority: 50,
        required: Vec::new(),
        preferred: Vec::new(),
        rings: Vec::new(),
        offer_ms: 20_000,
        decline_ms: 30_000,
        on_reject: Declined::Stay,
        on_timeout: Declined::Break,
        wrap_up_ms: 60_000,
        codes_required: false,
        waiting_max: 1_000,
        service_level: ServiceLevel::default(),
        recorded: false,
    }
}

fn queues() -> Vec<Queue> {
    let ring = |after_ms, level| Ring { after_ms, relax: BTreeMap::from([(SkillId(1), level)]) };
    let needs_one = SkillLevel { skill: SkillId(1), level: 6 };
    vec![
        Queue {
            required: vec![needs_one],
            preferred: vec![SkillId(2)],
            rings: vec![ring(30_000, Some(3)), ring(90_000, None)],
            ..queue(101, Media::Phone)
        },
        Queue { priority: 80, codes_required: true, waiting_max: 5, ..queue(102, Media::Phone) },
        Queue {
            wrap_up_ms: 0,
            on_reject: Declined::Break,
            on_timeout: Declined::Stay,
            ..queue(103, Media::Chat)
        },
    ]
}

fn agent_settings(number: u32) -> Agent {
    let level = u8::try_from(number % 10).unwrap_or(0);
    Agent {
        id: agent(number),
        name: format!("agent {number}").into(),
        skills: BTreeMap::from([(SkillId(1), level + 2), (SkillId(2), 10 - level)]),
        queues: [101, 102, 103]
            .into_iter()
            .filter(|id| !(id + number).is_multiple_of(4))
            .map(QueueId)
            .collect(),
        capacity: BTreeMap::from([(Media::Phone, 1), (Media::Chat, 3)]),
        group: Some(GroupId(1 + number % 2)),
    }
}

fn node(id: &str, kind: NodeKind, exits: &[(&str, &str)]) -> (Text, Node) {
    let exits = exits.iter().map(|(exit, to)| (Text::from(*exit), Text::from(*to))).collect();
    (id.into(), Node { label: id.into(), kind, exits })
}

fn to_queue(id: u32, timeout_ms: Option<u64>, preferred: Option<Preferred>) -> NodeKind {
    let announce_ms = Some(25_000);
    NodeKind::ToQueue(ToQueue {
        queue: QueueId(id),
        timeout_ms,
        announce_ms,
        preferred,
        leave_when_unstaffed: false,
        announce_wait: true,
        options: vec![QueueOption {
            key: "9".into(),
            text: "9 to go on".into(),
            after_ms: 40_000,
            exit: "goOn".into(),
        }],
    })
}

fn flow(media: Media) -> Flow {
    if media == Media::Chat {
        let exits = [("timeout", "queue"), ("goOn", "queue")];
        let nodes = [node("queue", to_queue(103, Some(300_000), None), &exits)];
        return Flow { start: "queue".into(), nodes: nodes.into(), tests: Vec::new() };
    }
    let menu = Menu {
        text: "1 or 2?".into(),
        keys: "12".into(),
        timeout_ms: 5_000,
        tries: 2,
        again: Some("again".into()),
    };
    let pin = CollectDigits {
        text: "pin?".into(),
        variable: "_pin".into(),
        privacy: true,
        min: 4,
        max: 4,
        timeout_ms: 8_000,
        tries: 1,
    };
    let vip = Condition::Test(Test {
        variable: "_tier".into(),
        operator: Operator::Equals,
        right: vec![Operand::Text("VIP".into())],
        compare_as: None,
        ignore_case: false,
    });
    let share = |percent, exit: &str| Share { percent, exit: exit.into() };
    let halves = Split { shares: vec![share(50, "a"), share(50, "b")] };
    let known = Preferred { agent: NamedAgent::Variable("_agent".into()), hold_ms: 15_000 };
    let when = QueueTest::ExpectedWaitOver(60_000);
    let conditions = vec![QueueCondition { when, exit: "long".into() }];
    let crowded = TestQueue { queue: QueueId(102), conditions };
    let asked = &[("1", "pin"), ("2", "split"), ("noInput", "split"), ("noMatch", "split")];
    let nodes = [
        node("menu", NodeKind::Menu(menu), asked),
        node(
            "pin",
            NodeKind::CollectDigits(pin),
            &[("next", "tier"), ("noInput", "tier"), ("noMatch", "mail")],
        ),
        node("tier", NodeKind::TestVariable(vip), &[("true", "urgent"), ("false", "split")]),
        node("urgent", NodeKind::SetPriority { priority: 100 }, &[("next", "second")]),
        node("split", NodeKind::Split(halves), &[("a", "skill"), ("b", "second")]),
        node("skill", NodeKind::RequireSkill { skill: SkillId(2), level: 1 }, &[("next", "first")]),
        node(
            "first",
            to_queue(101, Some(240_000), Some(known)),
            &[("timeout", "second"), ("goOn", "crowded")],
        ),
        node("crowded", NodeKind::TestQueue(crowded), &[("long", "owner"), ("none", "second")]),
        node("second", to_queue(102, None, None), &[("atCapacity", "owner"), ("goOn", "back")]),
    ];
    let nodes = nodes.into_iter().chain(without_waiting()).collect();
    Flow { start: "menu".into(), nodes, tests: Vec::new() }
}

/// What is left to those who do not wait, or not any longer.
fn without_waiting() -> Vec<(Text, Node)> {
    let owner = NodeKind::ToAgent { agent: NamedAgent::Variable("_agent".into()) };
    let number = NamedNumber::Number("+15559998".into());
    let ivr = ToNumber { number: number.clone(), timeout_ms: 10_000 };
    let crm = GetFromApi {
        url: "https://crm.example.com/{$callerPhoneNumber}".into(),
        headers: vec![ApiHeader { name: "X-Pin".into(), value: "{_pin}".into() }],
        timeout_ms: 9_000,
        answers: vec![ApiField { field: "tier".into(), variable: "_tier".into() }],
    };
    let mail = Voicemail { text: "speak".into(), max_ms: 30_000, queue: QueueId(101) };
    let name = Record { text: "name".into(), max_ms: 5_000, variable: "_seconds".into() };
    let back = Callback { queue: QueueId(102), number: None };
    let outside = NodeKind::ToNumber(ToNumber { number, timeout_ms: 20_000 });
    vec![
        node("back", NodeKind::Callback(back), &[("done", "bye"), ("error", "ivr")]),
        node(
            "mail",
            NodeKind::Voicemail(mail),
            &[("done", "bye"), ("noInput", "split"), ("error", "name")],
        ),
        node("name", NodeKind::Record(name), &[("next", "second"), ("noInput", "bye")]),
        node("ivr", NodeKind::ToExternalIvr(ivr), &[("resume", "crm"), ("timeout", "bye")]),
        node(
            "crm",
            NodeKind::GetFromApi(crm),
            &[("ok", "tier"), ("timeout", "split"), ("error", "second")],
        ),
        node(
            "owner",
            owner,
            &[("busy", "outside"), ("noAnswer", "outside"), ("invalid", "outside")],
        ),
        node("outside", outside, &[("done", "pin"), ("busy", "bye"), ("noAnswer", "bye")]),
        node("bye", NodeKind::Disconnect, &[]),
    ]
}
