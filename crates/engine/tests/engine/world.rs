//! An engine with one small center.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use engine::{Clock, Committed, Engine, Key, ManualClock, Options, SubmitError};
use eventlog::{MemoryStore, Position, Store};
use model::{
    AgentId, ChannelId, Command, Event, QueueId, ScriptId, TenantId, Text, Timestamp, UserId,
    access::{Role, User},
    command::{AgentCommand, InteractionCommand, Request},
    config::{
        Agent, Channel, Declined, Queue, Reason, ReasonFor, Script, ServiceLevel, Setting, Skill,
        Tenant,
    },
    flow::{CollectDigits, Flow, Node, NodeKind, ToQueue},
    id::SkillId,
    interaction::{Disposition, Media},
    status::Status,
    variable::{Variable, VariableName},
};
use tempfile::TempDir;

use crate::store::WatchedStore;

/// When the clock starts.
pub(crate) const START: Timestamp = Timestamp(1_700_000_000_000);
/// How long finished interactions are kept.
pub(crate) const RETENTION_MS: u64 = 60 * 60 * 1000;

/// An engine over a store in memory, with one tenant.
pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) store: Arc<WatchedStore>,
    pub(crate) clock: ManualClock,
    pub(crate) key: Key,
    pub(crate) dir: TempDir,
    pub(crate) tenant: TenantId,
}

impl World {
    /// A configured center, nobody logged in.
    pub(crate) async fn new() -> Self {
        let world = Self::empty(WatchedStore::new(MemoryStore::new()));
        world.engine.open(&world.tenant).await.unwrap();
        world.submit(Command::Configure(settings())).await.unwrap();
        world
    }

    /// An engine that has just been started over a store; its tenant is not opened.
    pub(crate) fn empty(store: Arc<WatchedStore>) -> Self {
        let (dir, key) = (tempfile::tempdir().unwrap(), Key::random().unwrap());
        let clock = ManualClock::new(START);
        let engine = start(store.clone(), dir.path(), &key, &clock);
        Self { engine, store, clock, key, dir, tenant: tenant() }
    }

    /// Stops the engine and starts another over the same store and directory.
    pub(crate) async fn restart(&mut self) {
        self.stop();
        self.start_again().await;
    }

    /// Starts another engine over the same store and directory.
    pub(crate) async fn start_again(&mut self) {
        self.engine = start(self.store.clone(), self.dir.path(), &self.key, &self.clock);
        self.engine.open(&self.tenant).await.unwrap();
    }

    /// Pulls the plug: another engine starts with what the log kept.
    pub(crate) async fn crash(&mut self) {
        self.store = WatchedStore::new(self.store.memory().crash());
        self.start_again().await;
    }

    pub(crate) fn stop(&self) {
        tokio::task::block_in_place(|| self.engine.stop());
    }

    pub(crate) async fn submit(&self, command: Command) -> Result<Committed, SubmitError> {
        self.engine.submit(&self.tenant, command.into()).await
    }

    /// A request on its way.
    pub(crate) fn send(
        &self,
        request: Request,
    ) -> tokio::task::JoinHandle<Result<Committed, SubmitError>> {
        tokio::spawn(self.engine.submit(&self.tenant, request))
    }

    /// The whole state, written down.
    pub(crate) async fn state(&self) -> Vec<u8> {
        state(&self.engine).await.1
    }

    /// Waits until the tenant serves, whatever happened to it.
    pub(crate) async fn ready(&self) {
        while self.engine.open(&self.tenant).await.is_err() {
            tokio::task::yield_now().await;
        }
    }

    /// Waits until the views include everything.
    pub(crate) async fn views_caught_up(&self) {
        let position = self.engine.position(&self.tenant).unwrap();
        self.engine.views(&self.tenant).unwrap().wait(position).await.unwrap();
    }

    /// One call from arrival to history, served by ann.
    pub(crate) async fn whole_call(&self, n: u32) -> Text {
        self.submit(status(Status::Available)).await.unwrap();
        let begun = self.submit(begin(n, "sales")).await.unwrap();
        let offer = offered(&begun);
        let interaction = guid(n);
        let agent = agent("ann");
        for command in [
            AgentCommand::Accept { agent, interaction: interaction.clone(), offer },
            AgentCommand::Hold { agent, interaction: interaction.clone(), held: true },
            AgentCommand::Hold { agent, interaction: interaction.clone(), held: false },
            AgentCommand::End { agent, interaction: interaction.clone(), for_all: false },
            AgentCommand::WrapUp {
                agent,
                interaction: interaction.clone(),
                disposition: Disposition::TryAgain,
                codes: vec![],
                note: Some("call again".into()),
            },
        ] {
            self.clock.advance(1_000);
            self.submit(Command::Agent(command)).await.unwrap();
        }
        interaction
    }
}

/// An engine over any store.
pub(crate) fn start(store: Arc<dyn Store>, dir: &Path, key: &Key, clock: &ManualClock) -> Engine {
    let clock = Clock::Manual(clock.clone());
    Engine::start(store, Options { clock, ..Options::new(dir, key.clone()) }).unwrap()
}

/// The state of the tenant, written down, and its position.
pub(crate) async fn state(engine: &Engine) -> (Position, Vec<u8>) {
    let read = |state: &engine::State, position| (position, rmp_serde::to_vec_named(state));
    let (position, state) = engine.query(&tenant(), read).await.unwrap();
    (position, state.unwrap())
}

pub(crate) fn tenant() -> TenantId {
    TenantId::parse("acmecorp01").unwrap()
}

pub(crate) fn agent(name: &str) -> AgentId {
    let number = if name == "ann" { 1 } else { 2 };
    AgentId::parse(&format!("ag{number:022}")).unwrap()
}

pub(crate) fn guid(n: u32) -> Text {
    format!("int-18a4b5c6d7e-{n:06}abcdefghijklmnopqrs-phone-00-acmecorp01").into()
}

/// A customer calls.
pub(crate) fn begin(n: u32, to: &str) -> Command {
    Command::Interaction(InteractionCommand::Begin {
        guid: guid(n),
        media: Media::Phone,
        to: to.into(),
        from: "+16175551234".into(),
        caller_name: Some("Jo Doe".into()),
        call_id: Some(format!("call-{n}@carrier").into()),
    })
}

/// Ann changes her status.
pub(crate) fn status(status: Status) -> Command {
    Command::Agent(AgentCommand::SetStatus { agent: agent("ann"), status, reason: None })
}

/// An integration attaches one variable.
pub(crate) fn set(n: u32, name: &str, value: &str, private: bool) -> Command {
    let variable = Variable {
        name: VariableName::parse(name).unwrap(),
        value: value.into(),
        ivr: Some(true),
        display: None,
        display_name: None,
        data_type: None,
        privacy: private.then_some(true),
    };
    let (interaction, variables) = (guid(n), vec![variable]);
    Command::Interaction(InteractionCommand::SetVariables { interaction, variables })
}

/// The offer among what was caused.
pub(crate) fn offered(turn: &Committed) -> model::OfferId {
    let offer = turn.events.iter().find_map(|event| match event {
        Event::InteractionOffered(offered) => Some(offered.offer),
        _ => None,
    });
    offer.expect("somebody is asked")
}

/// The tenant's settings; its retention can be changed.
pub(crate) fn tenant_setting(retention_ms: u64) -> Setting {
    Setting::Tenant(Tenant {
        id: tenant(),
        name: "Acme".into(),
        locale: "en-US".into(),
        currency: "USD".into(),
        time_zone: "UTC".into(),
        retention_ms,
        augmentation_per_minute: 100,
        direct_wrap_up_ms: 0,
    })
}

pub(crate) fn settings() -> Vec<Setting> {
    let queue = Queue {
        id: QueueId(1),
        name: "Sales".into(),
        media: Media::Phone,
        priority: 50,
        required: vec![],
        preferred: vec![],
        rings: vec![],
        offer_ms: 20_000,
        decline_ms: 30_000,
        on_reject: Declined::Stay,
        on_timeout: Declined::Break,
        wrap_up_ms: 60_000,
        codes_required: false,
        waiting_max: 100_000,
        service_level: ServiceLevel::default(),
        recorded: false,
    };
    let staff = |name: &str, text: &str| Agent {
        id: agent(name),
        name: text.into(),
        skills: BTreeMap::new(),
        queues: vec![QueueId(1)],
        capacity: BTreeMap::from([(Media::Phone, 1)]),
        group: None,
    };
    let mut settings = vec![
        tenant_setting(RETENTION_MS),
        Setting::Skill(Skill { id: SkillId(1), name: "Spanish".into() }),
        Setting::Queue(Arc::new(queue)),
        Setting::Agent(Arc::new(staff("ann", "Ann Lee"))),
        Setting::Agent(Arc::new(staff("ben", "Ben Ode"))),
        Setting::Reason(Reason {
            code: "busy".into(),
            text: "Busy with a colleague".into(),
            of: ReasonFor::Reject,
        }),
        Setting::User(User {
            id: UserId(1),
            email: "ann@acme.example".into(),
            name: "Ann Lee".into(),
            role: Role::Agent,
            agent: Some(agent("ann")),
            password: "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA".into(),
            permissions: Vec::new(),
        }),
    ];
    for (id, address, flow) in [(1, "sales", to_sales("queue", [])), (2, "pin", ask_pin())] {
        let (name, flow) = (Text::from(address), flow);
        let script =
            Script { id: ScriptId(id), version: 1, name: name.clone(), flow, published: None };
        settings.push(Setting::Script(Arc::new(script)));
        settings.push(Setting::Channel(Channel {
            id: ChannelId(id),
            name: name.clone(),
            media: Media::Phone,
            address: name,
            script: ScriptId(id),
        }));
    }
    settings
}

fn to_sales<const N: usize>(start: &str, before: [(Text, Node); N]) -> Flow {
    let kind = NodeKind::ToQueue(ToQueue {
        queue: QueueId(1),
        timeout_ms: None,
        announce_ms: None,
        preferred: None,
        leave_when_unstaffed: false,
        announce_wait: false,
        options: Vec::new(),
    });
    let queue = Node { label: "To Sales".into(), kind, exits: BTreeMap::new() };
    let nodes = before.into_iter().chain([("queue".into(), queue)]).collect();
    Flow { start: start.into(), nodes, ..Flow::default() }
}

fn ask_pin() -> Flow {
    let kind = NodeKind::CollectDigits(CollectDigits {
        text: "Enter your PIN.".into(),
        variable: "_pin".into(),
        privacy: true,
        min: 4,
        max: 16,
        timeout_ms: 10_000,
        tries: 1,
    });
    let exits = ["next", "noInput", "noMatch"].map(|exit| (exit.into(), "queue".into())).into();
    to_sales("ask", [("ask".into(), Node { label: "Ask PIN".into(), kind, exits })])
}
