//! A tenant to load: set up in a data directory before the real binary serves it, because what makes it
//! fit for load (a high limit of requests, offers that ring for an hour) is nobody's default.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use engine::{Engine, Key, Options, layout};
use model::{
    AgentId, ChannelId, Command, QueueId, ScriptId, TenantId, Text, UserId,
    access::{Role, Tokens, TokensMade, User},
    config::{
        Agent, Channel, Declined, Queue, Reason, ReasonFor, Script, ServiceLevel, Setting, Tenant,
        TransactionCode,
    },
    flow::{Flow, Menu, Node, NodeKind, ToQueue},
    interaction::Media,
    status::Status,
};

use crate::tenant;

/// The number to call.
pub const NUMBER: &str = "+15550001";
/// Everybody's password.
pub const PASSWORD: &str = "under load since 1878";
/// Nothing times out while a test runs.
const HOUR_MS: u64 = 3_600_000;
/// Data Augmentation requests a minute: no limit that a test could reach.
const PER_MINUTE: u32 = 100_000_000;

/// What a client of the tenant must know.
#[derive(Clone, Debug)]
pub struct Site {
    /// The value of the `Authorization` header for Data Augmentation.
    pub basic: String,
    /// E-mail of each agent.
    pub agents: Vec<String>,
    /// E-mail of somebody who may see everything.
    pub supervisor: &'static str,
    /// E-mail of somebody who may set up everything.
    pub administrator: &'static str,
}

const SUPERVISOR: &str = "supervisor@load.example";
const ADMINISTRATOR: &str = "administrator@load.example";

/// Sets the tenant up in a data directory that no server has open.
///
/// # Errors
/// When the directory cannot be used, or has a tenant of this name.
pub fn prepare(data_dir: &Path, agents: u32) -> anyhow::Result<Site> {
    let key = Key::load_or_create(data_dir)?;
    let store = eventlog::SqliteStore::open(&layout::log(data_dir))?;
    let engine = Engine::start(Arc::new(store), Options::new(data_dir, key))?;
    let id = TenantId::parse("load01").context("a tenant's name")?;
    let token = api::Secret::mint("");
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(engine.open(&id))?;
    let configure = Command::Configure(settings(&id, &token, agents)?);
    runtime.block_on(engine.submit(&id, configure.into()))?;
    engine.stop();
    let basic = STANDARD.encode(format!("{id}:{}", token.reveal()));
    Ok(Site {
        basic: format!("Basic {basic}"),
        agents: (1..=agents).map(email).collect(),
        supervisor: SUPERVISOR,
        administrator: ADMINISTRATOR,
    })
}

fn email(number: u32) -> String {
    format!("agent{number}@load.example")
}

fn settings(id: &TenantId, token: &api::Secret, agents: u32) -> anyhow::Result<Vec<Setting>> {
    let mut settings = vec![
        Setting::Tenant(Tenant {
            id: id.clone(),
            name: "Load".into(),
            locale: "en-US".into(),
            currency: "USD".into(),
            time_zone: "UTC".into(),
            retention_ms: HOUR_MS,
            augmentation_per_minute: PER_MINUTE,
            direct_wrap_up_ms: 0,
        }),
        Setting::Tokens(Tokens {
            data_request: token.hash(),
            action_request: token.hash(),
            crm_username: "crm".into(),
            crm_password: token.hash(),
            made: TokensMade::default(),
        }),
    ];
    settings.extend([101, 102].map(|id| Setting::Queue(Arc::new(queue(id)))));
    settings.extend(people(agents));
    let flow = flow();
    settings.push(Setting::Script(Arc::new(Script {
        id: ScriptId(1),
        version: 1,
        name: "Main line".into(),
        flow,
        published: None,
    })));
    settings.push(Setting::Channel(Channel {
        id: ChannelId(1),
        name: "Main line".into(),
        media: Media::Phone,
        address: NUMBER.into(),
        script: ScriptId(1),
    }));
    settings.push(Setting::TransactionCode(TransactionCode {
        id: 1,
        text: "Sale".into(),
        parent: None,
    }));
    for (code, of) in [("lunch", ReasonFor::Status(Status::OnBreak)), ("busy", ReasonFor::Reject)] {
        settings.push(Setting::Reason(Reason { code: code.into(), text: code.into(), of }));
    }
    Ok(settings)
}

/// The agents and those who log in, all with one password.
fn people(agents: u32) -> Vec<Setting> {
    let mut settings = Vec::new();
    let password = Text::from(api::hash_password(PASSWORD));
    for number in 1..=agents {
        let name = Text::from(format!("Agent {number}"));
        settings.push(Setting::Agent(Arc::new(Agent {
            id: agent(number),
            name: name.clone(),
            skills: BTreeMap::new(),
            queues: vec![QueueId(101), QueueId(102)],
            capacity: BTreeMap::from([(Media::Phone, 1)]),
            group: None,
        })));
        settings.push(Setting::User(User {
            id: UserId(number),
            email: email(number).into(),
            name,
            role: Role::Agent,
            agent: Some(agent(number)),
            password: password.clone(),
            permissions: Vec::new(),
        }));
    }
    for (n, email, role) in
        [(1, SUPERVISOR, Role::Supervisor), (2, ADMINISTRATOR, Role::Administrator)]
    {
        settings.push(Setting::User(User {
            id: UserId(agents + n),
            email: email.into(),
            name: role.as_str().into(),
            role,
            agent: None,
            password: password.clone(),
            permissions: Vec::new(),
        }));
    }
    settings
}

fn agent(number: u32) -> AgentId {
    tenant::agent(number)
}

fn queue(id: u32) -> Queue {
    Queue {
        id: QueueId(id),
        name: format!("Queue {id}").into(),
        media: Media::Phone,
        priority: 50,
        required: vec![],
        preferred: vec![],
        rings: vec![],
        offer_ms: HOUR_MS,
        decline_ms: HOUR_MS,
        on_reject: Declined::Stay,
        on_timeout: Declined::Stay,
        wrap_up_ms: HOUR_MS,
        codes_required: false,
        waiting_max: 1_000_000,
        service_level: ServiceLevel::default(),
        recorded: false,
    }
}

/// Asks for a key, 1 or 2, and puts the customer into the queue of that key.
fn flow() -> Flow {
    let node = |id: &str, kind, exits: &[(&str, &str)]| {
        let exits = exits.iter().map(|(exit, to)| (Text::from(*exit), Text::from(*to))).collect();
        (Text::from(id), Node { label: id.into(), kind, exits })
    };
    let menu = Menu {
        text: "1 or 2?".into(),
        keys: "12".into(),
        timeout_ms: HOUR_MS,
        tries: 3,
        again: None,
    };
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
    let keys = [("1", "first"), ("2", "second"), ("noInput", "first"), ("noMatch", "first")];
    let nodes = [
        node("menu", NodeKind::Menu(menu), &keys),
        node("first", to_queue(101), &[]),
        node("second", to_queue(102), &[]),
    ];
    Flow { start: "menu".into(), nodes: nodes.into(), tests: Vec::new() }
}
