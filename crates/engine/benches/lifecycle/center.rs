//! A contact center of one number, whose script asks for a key and tests a variable, and its agents.

use std::{collections::BTreeMap, sync::Arc};

use model::{
    AgentId, ChannelId, Command, OfferId, QueueId, ScriptId, SkillId, TenantId, Text,
    command::{AgentCommand, InteractionCommand},
    config::{
        Agent, Channel, Declined, Queue, Script, ServiceLevel, Setting, Skill, SkillLevel, Tenant,
    },
    flow::{Condition, Flow, Menu, Node, NodeKind, Operand, Operator, Test, ToQueue},
    interaction::{Disposition, Media},
    status::Status,
    variable::{Variable, VariableName},
};

/// People who serve.
pub(crate) const AGENTS: u32 = 200;
const NUMBER: &str = "+15550001";
const HOUR_MS: u64 = 3_600_000;

pub(crate) fn tenant() -> TenantId {
    TenantId::parse("bench").expect("a tenant's name")
}

pub(crate) fn agent(number: u32) -> AgentId {
    AgentId::parse(&format!("ag{number:022}")).expect("24 characters")
}

/// Everything that is set up, before anybody calls.
pub(crate) fn settings() -> Vec<Setting> {
    let mut settings = vec![Setting::Tenant(Tenant {
        id: tenant(),
        name: "Bench".into(),
        locale: "en-US".into(),
        currency: "USD".into(),
        time_zone: "UTC".into(),
        retention_ms: HOUR_MS,
        augmentation_per_minute: 100,
        direct_wrap_up_ms: 0,
    })];
    settings.extend(
        (1..=3).map(|id| {
            Setting::Skill(Skill { id: SkillId(id), name: format!("skill {id}").into() })
        }),
    );
    settings.extend([(101, "Priority"), (102, "Standard")].map(|(id, name)| {
        Setting::Queue(Arc::new(Queue {
            id: QueueId(id),
            name: name.into(),
            media: Media::Phone,
            priority: 50,
            required: vec![SkillLevel { skill: SkillId(1), level: 2 }],
            preferred: vec![SkillId(2)],
            rings: vec![],
            offer_ms: HOUR_MS,
            decline_ms: 30_000,
            on_reject: Declined::Stay,
            on_timeout: Declined::Break,
            wrap_up_ms: HOUR_MS,
            codes_required: false,
            waiting_max: 1_000_000,
            service_level: ServiceLevel::default(),
            recorded: false,
        }))
    }));
    settings.extend((1..=AGENTS).map(|number| {
        Setting::Agent(Arc::new(Agent {
            id: agent(number),
            name: format!("Agent {number}").into(),
            skills: (1..=3).map(|skill| (SkillId(skill), 5)).collect(),
            queues: vec![QueueId(101), QueueId(102)],
            capacity: BTreeMap::from([(Media::Phone, 1)]),
            group: None,
        }))
    }));
    settings.push(Setting::Script(Arc::new(Script {
        id: ScriptId(1),
        version: 1,
        name: "Main line".into(),
        flow: flow(),
        published: None,
    })));
    settings.push(Setting::Channel(Channel {
        id: ChannelId(1),
        name: "Main line".into(),
        media: Media::Phone,
        address: NUMBER.into(),
        script: ScriptId(1),
    }));
    settings
}

fn flow() -> Flow {
    let node = |id: &str, kind, exits: &[(&str, &str)]| {
        let exits = exits.iter().map(|(exit, to)| (Text::from(*exit), Text::from(*to))).collect();
        (Text::from(id), Node { label: id.into(), kind, exits })
    };
    let menu = Menu {
        text: "For English, press 1. Para español, oprima 2.".into(),
        keys: "12".into(),
        timeout_ms: HOUR_MS,
        tries: 1,
        again: None,
    };
    let vip = Condition::Test(Test {
        variable: "_customerTier".into(),
        operator: Operator::Equals,
        right: vec![Operand::Text("VIP".into())],
        compare_as: None,
        ignore_case: false,
    });
    let to_queue = |id| {
        NodeKind::ToQueue(ToQueue {
            queue: QueueId(id),
            timeout_ms: None,
            announce_ms: None,
            preferred: None,
            leave_when_unstaffed: false,
            announce_wait: false,
            options: Vec::new(),
        })
    };
    let asked = [("1", "tier"), ("2", "tier"), ("noInput", "tier"), ("noMatch", "tier")];
    let nodes = [
        node("menu", NodeKind::Menu(menu), &asked),
        node("tier", NodeKind::TestVariable(vip), &[("true", "priority"), ("false", "standard")]),
        node("priority", to_queue(101), &[]),
        node("standard", to_queue(102), &[]),
    ];
    Flow { start: "menu".into(), nodes: nodes.into(), tests: Vec::new() }
}

/// An agent becomes ready.
pub(crate) fn ready(agent: AgentId) -> Command {
    Command::Agent(AgentCommand::SetStatus { agent, status: Status::Available, reason: None })
}

/// The GUID of the customer with this number.
pub(crate) fn guid(customer: u64) -> Text {
    format!("int-19b0a1c2d3e-{customer:025}-phone-01-bench").into()
}

/// What a customer causes before an agent is asked: the call, three variables from a CRM, a key.
pub(crate) fn arrival(customer: u64) -> [InteractionCommand; 3] {
    let variable = |name, value: &str, label: Option<&str>| Variable {
        name: VariableName::parse(name).expect("a variable's name"),
        value: value.into(),
        ivr: Some(true),
        display: Some(label.is_some()),
        display_name: label.map(Text::from),
        data_type: None,
        privacy: None,
    };
    let tier = if customer.is_multiple_of(2) { "VIP" } else { "Gold" };
    [
        InteractionCommand::Begin {
            guid: guid(customer),
            media: Media::Phone,
            to: NUMBER.into(),
            from: format!("+1617{customer:07}").into(),
            caller_name: Some("John Doe".into()),
            call_id: Some(format!("{customer:032x}@10.0.0.1").into()),
        },
        InteractionCommand::SetVariables {
            interaction: guid(customer),
            variables: vec![
                variable("_customerTier", tier, Some("Customer tier")),
                variable("_customerId", "CUST-000123", Some("Customer")),
                variable("_orderId", "ORDER-987654", None),
            ],
        },
        InteractionCommand::Press { interaction: guid(customer), digits: "1".into() },
    ]
}

/// What an agent does with an offer: accept, end, wrap up.
pub(crate) fn service(agent: AgentId, interaction: &Text, offer: OfferId) -> [AgentCommand; 3] {
    let interaction = || interaction.clone();
    [
        AgentCommand::Accept { agent, interaction: interaction(), offer },
        AgentCommand::End { agent, interaction: interaction(), for_all: false },
        AgentCommand::WrapUp {
            agent,
            interaction: interaction(),
            disposition: Disposition::default(),
            codes: vec![],
            note: Some("Asked about order 987654; resolved.".into()),
        },
    ]
}
