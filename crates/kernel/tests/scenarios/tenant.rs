//! The center in which scenarios happen: ann and ben in sales, cara in support, dan in both.

use std::{collections::BTreeMap, sync::Arc};

use model::{
    AgentId, ChannelId, QueueId, ScriptId, SkillId, Text,
    config::{
        Agent, Channel, Declined, Queue, Reason, ReasonFor, Ring, Script, ServiceLevel, Setting,
        Skill, SkillLevel, TransactionCode,
    },
    flow::{
        ApiField, ApiHeader, Callback, CompareAs, Condition, Flow, GetFromApi, Menu, NamedAgent,
        NamedNumber, Node, NodeKind, Operand, Operator, Preferred, QueueCondition, QueueOption,
        QueueTest, Record, Test, TestQueue, ToNumber, ToQueue, Voicemail,
    },
    interaction::Media,
    status::Status,
};

/// Names of the agents, in the order of their ids.
pub(crate) const AGENTS: [&str; 4] = ["ann", "ben", "cara", "dan"];
/// Names of the queues, 1 and up.
pub(crate) const QUEUES: [&str; 6] =
    ["sales", "support", "priority", "billing", "collections", "vip support"];

/// The id of an agent.
pub(crate) fn agent(name: &str) -> AgentId {
    let number = AGENTS.iter().position(|known| *known == name).expect("an agent's name");
    AgentId::parse(&format!("ag{number:022}")).expect("24 characters")
}

/// The settings of the center.
pub(crate) fn settings() -> Vec<Setting> {
    let mut settings = vec![Setting::Skill(Skill { id: SkillId(1), name: "spanish".into() })];
    settings.extend((1..=6).map(|id| Setting::Queue(Arc::new(queue(id)))));
    for (name, spanish, queues) in [
        ("ann", None, vec![1, 3, 4, 5, 6]),
        ("ben", Some(8), vec![1]),
        ("cara", Some(3), vec![2]),
        ("dan", None, vec![1, 2]),
    ] {
        settings.push(Setting::Agent(Arc::new(Agent {
            id: agent(name),
            name: name.into(),
            skills: spanish.map(|level| (SkillId(1), level)).into_iter().collect(),
            queues: queues.into_iter().map(QueueId).collect(),
            capacity: BTreeMap::from([(Media::Phone, 1), (Media::Chat, 2)]),
            group: None,
        })));
    }
    for (id, flow, address) in [
        (1, sales(), "sales"),
        (2, support(), "support"),
        (3, bank(), "bank"),
        (4, calls(), "calls"),
        (5, patience(), "patience"),
        (6, outside_ivr(), "ivr"),
        (7, messages(), "messages"),
        (8, crm(), "crm"),
    ] {
        let name = Text::from(address);
        settings.push(Setting::Script(Arc::new(Script {
            id: ScriptId(id),
            version: 1,
            name: name.clone(),
            flow,
            published: None,
        })));
        let (address, media) = (name.clone(), Media::Phone);
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

fn queue(id: u32) -> Queue {
    let support = id == 2;
    let ring = |after_ms, level| Ring { after_ms, relax: BTreeMap::from([(SkillId(1), level)]) };
    Queue {
        id: QueueId(id),
        name: QUEUES[id as usize - 1].into(),
        media: Media::Phone,
        priority: 50,
        required: if support { vec![SkillLevel { skill: SkillId(1), level: 6 }] } else { vec![] },
        preferred: vec![],
        rings: if support { vec![ring(30_000, Some(3)), ring(60_000, None)] } else { vec![] },
        offer_ms: 20_000,
        decline_ms: 30_000,
        on_reject: Declined::Stay,
        on_timeout: Declined::Break,
        wrap_up_ms: if support { 0 } else { 60_000 },
        codes_required: false,
        waiting_max: 3,
        service_level: ServiceLevel::default(),
        recorded: false,
    }
}

fn node(id: &str, kind: NodeKind, exits: &[(&str, &str)]) -> (Text, Node) {
    let exits = exits.iter().map(|(exit, to)| (Text::from(*exit), Text::from(*to))).collect();
    (id.into(), Node { label: id.into(), kind, exits })
}

fn flow(start: &str, nodes: impl IntoIterator<Item = (Text, Node)>) -> Flow {
    Flow { start: start.into(), nodes: nodes.into_iter().collect(), tests: Vec::new() }
}

fn to_queue(id: u32, timeout_ms: Option<u64>, preferred: Option<Preferred>) -> NodeKind {
    let queue = QueueId(id);
    NodeKind::ToQueue(ToQueue {
        queue,
        timeout_ms,
        announce_ms: None,
        preferred,
        leave_when_unstaffed: false,
        announce_wait: false,
        options: Vec::new(),
    })
}

fn sales() -> Flow {
    let full = NodeKind::Say { text: "All lines are busy.".into() };
    let nodes = [
        node(
            "queue",
            to_queue(1, Some(120_000), None),
            &[("timeout", "sorry"), ("atCapacity", "full")],
        ),
        node("sorry", NodeKind::Say { text: "Nobody could answer.".into() }, &[("next", "bye")]),
        node("full", full, &[("next", "bye")]),
        node("bye", NodeKind::Disconnect, &[]),
    ];
    flow("queue", nodes)
}

fn support() -> Flow {
    flow("queue", [node("queue", to_queue(2, None, None), &[])])
}

/// Says what is to be expected of the queue, and offers ways out of it: one is to be called back.
fn patience() -> Flow {
    let option = |key: &str, after_ms, exit: &str| QueueOption {
        key: key.into(),
        text: format!("Press {key} to {exit}.").into(),
        after_ms,
        exit: exit.into(),
    };
    let waits = NodeKind::ToQueue(ToQueue {
        queue: QueueId(1),
        timeout_ms: None,
        announce_ms: Some(45_000),
        preferred: None,
        leave_when_unstaffed: false,
        announce_wait: true,
        options: vec![option("2", 30_000, "stop"), option("1", 10_000, "leave")],
    });
    let number = Some(NamedNumber::Variable("$callerPhoneNumber".into()));
    let back = Callback { queue: QueueId(1), number };
    let long = TestQueue {
        queue: QueueId(1),
        conditions: vec![QueueCondition {
            when: QueueTest::ExpectedWaitOver(60_000),
            exit: "long".into(),
        }],
    };
    let nodes = [
        node("test", NodeKind::TestQueue(long), &[("long", "long"), ("none", "queue")]),
        node("long", NodeKind::Say { text: "It may take long.".into() }, &[("next", "queue")]),
        node("queue", waits, &[("leave", "bye"), ("stop", "back"), ("atCapacity", "end")]),
        node("back", NodeKind::Callback(back), &[("done", "bye"), ("error", "queue")]),
        node("bye", NodeKind::Say { text: "Goodbye.".into() }, &[("next", "end")]),
        node("end", NodeKind::Disconnect, &[]),
    ];
    flow("test", nodes)
}

/// Asks another system about the caller.
fn crm() -> Flow {
    let answers = [("customer.tier", "_tier"), ("customer.name", "_name")];
    let answer = |(field, variable): (&str, &str)| ApiField {
        field: field.into(),
        variable: variable.into(),
    };
    let get = NodeKind::GetFromApi(GetFromApi {
        url: "https://crm.example.com/find?by={_key}&n={$callerPhoneNumber}".into(),
        headers: vec![ApiHeader { name: "X-Key".into(), value: "{_key}".into() }],
        timeout_ms: 5_000,
        answers: answers.map(answer).to_vec(),
    });
    let say = |text: &str| NodeKind::Say { text: text.into() };
    let nodes = [
        node("pause", NodeKind::Wait { ms: 1_000 }, &[("next", "get")]),
        node("get", get, &[("ok", "hello"), ("timeout", "later"), ("error", "later")]),
        node("hello", say("Hello {_name}, {_tier}."), &[("next", "end")]),
        node("later", say("Hello."), &[("next", "end")]),
        node("end", NodeKind::Wait { ms: 60_000 }, &[]),
    ];
    flow("pause", nodes)
}

/// Takes a name, then a message on which an agent calls back.
fn messages() -> Flow {
    let name = Record { text: "Your name?".into(), max_ms: 4_000, variable: "_length".into() };
    let mail = Voicemail { text: "Speak now.".into(), max_ms: 60_000, queue: QueueId(1) };
    let say = |text: &str| NodeKind::Say { text: text.into() };
    let nodes = [
        node("name", NodeKind::Record(name), &[("next", "thanks"), ("noInput", "mail")]),
        node("thanks", say("{_length} seconds."), &[("next", "mail")]),
        node(
            "mail",
            NodeKind::Voicemail(mail),
            &[("done", "bye"), ("noInput", "end"), ("error", "end")],
        ),
        node("bye", say("We call you back."), &[("next", "end")]),
        node("end", NodeKind::Disconnect, &[]),
    ];
    flow("name", nodes)
}

/// Has an IVR outside take a payment, then tests what it found out.
fn outside_ivr() -> Flow {
    let number = NamedNumber::Number("5550100".into());
    let ivr = NodeKind::ToExternalIvr(ToNumber { number, timeout_ms: 30_000 });
    let say = |text: &str| NodeKind::Say { text: text.into() };
    let nodes = [
        node("ivr", ivr, &[("resume", "paid"), ("timeout", "later"), ("error", "later")]),
        node(
            "paid",
            test("_paid", Operator::Equals, "yes", None),
            &[("true", "thanks"), ("false", "later")],
        ),
        node("thanks", say("Thank you."), &[("next", "end")]),
        node("later", say("Please pay later."), &[("next", "end")]),
        node("end", NodeKind::Disconnect, &[]),
    ];
    flow("ivr", nodes)
}

/// Asks an agent by name, then rings a number, then says goodbye.
fn calls() -> Flow {
    let owner = NodeKind::ToAgent { agent: NamedAgent::Variable("_agent".into()) };
    let number = NamedNumber::Variable("_number".into());
    let outside = NodeKind::ToNumber(ToNumber { number, timeout_ms: 30_000 });
    let next = ["busy", "noAnswer", "invalid"].map(|exit| (exit, "outside"));
    let bye = ["done", "busy", "noAnswer", "invalid"].map(|exit| (exit, "bye"));
    let menu = Menu {
        text: "Press 1.".into(),
        keys: "1".into(),
        timeout_ms: 15_000,
        tries: 1,
        again: None,
    };
    let asked = [("1", "owner"), ("noInput", "owner"), ("noMatch", "owner")];
    let nodes = [
        node("menu", NodeKind::Menu(menu), &asked),
        node("owner", owner, &next),
        node("outside", outside, &bye),
        node("bye", NodeKind::Say { text: "Goodbye.".into() }, &[("next", "end")]),
        node("end", NodeKind::Disconnect, &[]),
    ];
    flow("menu", nodes)
}

fn test(
    variable: &str,
    operator: Operator,
    right: &str,
    compare_as: Option<CompareAs>,
) -> NodeKind {
    let right = vec![Operand::Text(right.into())];
    NodeKind::TestVariable(Condition::Test(Test {
        variable: variable.into(),
        operator,
        right,
        compare_as,
        ignore_case: false,
    }))
}

/// The two routing examples of the Data Augmentation contract in one script.
fn bank() -> Flow {
    let menu = Menu {
        text: "Press 1.".into(),
        keys: "1".into(),
        timeout_ms: 15_000,
        tries: 1,
        again: None,
    };
    let branch = |yes, no| [("true", yes), ("false", no)];
    let currency = Some(CompareAs::Currency);
    let known = Preferred { agent: NamedAgent::Variable("_agent".into()), hold_ms: 15_000 };
    let nodes = [
        node(
            "menu",
            NodeKind::Menu(menu),
            &[("1", "tier"), ("noInput", "tier"), ("noMatch", "tier")],
        ),
        node(
            "tier",
            test("_customerTier", Operator::Equals, "VIP", None),
            &branch("priority", "due"),
        ),
        node("due", test("_paymentDue", Operator::Equals, "true", None), &branch("billing", "low")),
        node(
            "low",
            test("_accountBalance", Operator::LessThan, "0", currency),
            &branch("collections", "high"),
        ),
        node(
            "high",
            test("_accountBalance", Operator::GreaterThan, "10000", currency),
            &branch("vip", "standard"),
        ),
        node("priority", to_queue(3, None, None), &[]),
        node("billing", to_queue(4, None, None), &[]),
        node("collections", to_queue(5, None, None), &[]),
        node("vip", to_queue(6, None, None), &[]),
        node("standard", to_queue(1, None, Some(known)), &[]),
    ];
    flow("menu", nodes)
}
