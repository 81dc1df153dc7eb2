//! An engine with one small center, and its stream.

use std::{collections::BTreeMap, sync::Arc};

use engine::{Clock, Committed, Engine, Key, ManualClock};
use eventlog::MemoryStore;
use model::{
    AgentId, ChannelId, Command, Event, OfferId, QueueId, ScriptId, TenantId, Text, Timestamp,
    command::{AgentCommand, InteractionCommand},
    config::{
        Agent, Channel, Declined, Queue, Reason, ReasonFor, Script, Setting, Tenant,
        TransactionCode,
    },
    flow::{Flow, Menu, Node, NodeKind, ToQueue},
    interaction::{Disposition, Media},
    status::Status,
};
use stream::{Message, Options, Stream, Streams};
use tempfile::TempDir;

/// When the clock starts: the second of the published sample.
const START: Timestamp = Timestamp(1_669_235_827_932);

/// A center whose phone number is answered by a menu, then by sales.
pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) streams: Streams,
    pub(crate) clock: ManualClock,
    store: Arc<MemoryStore>,
    key: Key,
    dir: TempDir,
    calls: u32,
}

impl World {
    /// Nobody is logged in.
    pub(crate) async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let (store, key, dir) =
            (Arc::new(MemoryStore::new()), Key::random().unwrap(), tempfile::tempdir().unwrap());
        let clock = ManualClock::new(START);
        let (engine, streams) = start(&store, &key, &dir, &clock, options);
        engine.open(&tenant()).await.unwrap();
        let world = Self { engine, streams, clock, store, key, dir, calls: 0 };
        world.submit(Command::Configure(settings())).await;
        world
    }

    /// Starts again, after something was done to the directory.
    pub(crate) async fn again(&mut self, change: impl FnOnce(&std::path::Path)) {
        let (engine, streams) = (self.engine.clone(), self.streams.clone());
        tokio::task::spawn_blocking(move || {
            engine.stop();
            streams.stop();
        })
        .await
        .unwrap();
        change(&engine::layout::streams(self.dir.path()));
        (self.engine, self.streams) =
            start(&self.store, &self.key, &self.dir, &self.clock, Options::default());
        self.engine.open(&tenant()).await.unwrap();
    }

    /// Starts again with a log that is as new, and the streams of the old one.
    pub(crate) async fn forget(&mut self) {
        self.store = Arc::new(MemoryStore::new());
        self.again(|_| {}).await;
        self.submit(Command::Configure(settings())).await;
    }

    pub(crate) fn stream(&self) -> Stream {
        self.streams.tenant(&tenant()).unwrap()
    }

    pub(crate) async fn submit(&self, command: Command) -> Committed {
        self.engine.submit(&tenant(), command.into()).await.unwrap()
    }

    /// Time passes, and what is due happens.
    pub(crate) async fn pass(&self, ms: u64) {
        self.clock.advance(ms);
        self.submit(Command::Wake).await;
    }

    /// A customer calls and hears the menu.
    pub(crate) async fn call(&mut self) -> Text {
        let guid = self.guid();
        self.submit(Command::Interaction(InteractionCommand::Begin {
            guid: guid.clone(),
            media: Media::Phone,
            to: "+13125555068".into(),
            from: "+15515557212".into(),
            caller_name: None,
            call_id: None,
        }))
        .await;
        guid
    }

    /// A customer calls and goes on to the queue; the offer, if an agent is asked.
    pub(crate) async fn queued(&mut self) -> (Text, Option<OfferId>) {
        let interaction = self.call().await;
        self.clock.advance(2_000);
        let press =
            InteractionCommand::Press { interaction: interaction.clone(), digits: "1".into() };
        let done = self.submit(Command::Interaction(press)).await;
        let offer = done.events.iter().find_map(|event| match event {
            Event::InteractionOffered(offered) => Some(offered.offer),
            _ => None,
        });
        (interaction, offer)
    }

    /// An agent does something, a second later.
    pub(crate) async fn agent(&self, command: AgentCommand) -> Committed {
        self.clock.advance(1_000);
        self.submit(Command::Agent(command)).await
    }

    pub(crate) async fn status(&self, name: &str, status: Status) {
        let (agent, reason) = (agent(name), None);
        self.submit(Command::Agent(AgentCommand::SetStatus { agent, status, reason })).await;
    }

    pub(crate) async fn hang_up(&self, interaction: &Text) {
        self.clock.advance(1_000);
        let interaction = interaction.clone();
        self.submit(Command::Interaction(InteractionCommand::Leave { interaction })).await;
    }

    /// Somebody outside does something, a second later.
    pub(crate) async fn outside(&self, command: InteractionCommand) {
        self.clock.advance(1_000);
        self.submit(Command::Interaction(command)).await;
    }

    /// A GUID that was not used yet.
    pub(crate) fn guid(&mut self) -> Text {
        self.calls += 1;
        let n = self.calls;
        format!("int-184a63564dc-{n:025}-phone-01-acmecorp01").into()
    }

    /// Ann is available and talks to a customer.
    pub(crate) async fn talking(&mut self) -> Text {
        self.status("ann", Status::Available).await;
        let (interaction, offer) = self.queued().await;
        let (agent, offer) = (agent("ann"), offer.expect("ann is asked"));
        self.agent(AgentCommand::Accept { agent, interaction: interaction.clone(), offer }).await;
        interaction
    }

    /// A whole call served by ann, who is available.
    pub(crate) async fn whole_call(&mut self) {
        let (interaction, offer) = self.queued().await;
        let (agent, offer) = (agent("ann"), offer.expect("ann is asked"));
        self.agent(AgentCommand::Accept { agent, interaction: interaction.clone(), offer }).await;
        self.hang_up(&interaction).await;
        self.agent(wrap_up(&interaction)).await;
    }

    /// All messages so far.
    pub(crate) async fn messages(&self) -> Vec<Arc<Message>> {
        let stream = self.stream();
        let head = stream.latest().await.unwrap();
        let mut messages: Vec<Arc<Message>> = Vec::new();
        while messages.last().map_or(0, |last| last.seq) < head {
            let after = messages.last().map_or(0, |last| last.seq);
            messages.extend(stream.next(after, 100).await.unwrap());
        }
        messages
    }
}

fn start(
    store: &Arc<MemoryStore>,
    key: &Key,
    dir: &TempDir,
    clock: &ManualClock,
    options: Options,
) -> (Engine, Streams) {
    let clock = Clock::Manual(clock.clone());
    let engine_options = engine::Options { clock, ..engine::Options::new(dir.path(), key.clone()) };
    let engine = Engine::start(store.clone(), engine_options).unwrap();
    let streams = Streams::start(engine.clone(), dir.path(), options).unwrap();
    (engine, streams)
}

pub(crate) fn tenant() -> TenantId {
    TenantId::parse("acmecorp01").unwrap()
}

pub(crate) fn agent(name: &str) -> AgentId {
    AgentId::parse(&format!("ag{name:A<22}")).unwrap()
}

pub(crate) fn wrap_up(interaction: &Text) -> AgentCommand {
    wrap_up_by("ann", interaction)
}

pub(crate) fn wrap_up_by(name: &str, interaction: &Text) -> AgentCommand {
    AgentCommand::WrapUp {
        agent: agent(name),
        interaction: interaction.clone(),
        disposition: Disposition::TryAgain,
        codes: vec![11],
        note: Some("call <again>".into()),
    }
}

pub(crate) fn settings() -> Vec<Setting> {
    let mut settings = vec![
        Setting::Tenant(Tenant {
            id: tenant(),
            name: "Acme".into(),
            locale: "en-US".into(),
            currency: "USD".into(),
            time_zone: "America/New_York".into(),
            retention_ms: 60 * 60 * 1000,
            augmentation_per_minute: 100,
            direct_wrap_up_ms: 60_000,
        }),
        Setting::Queue(Arc::new(sales())),
        staff("ann", vec![QueueId(3086)]),
        Setting::TransactionCode(TransactionCode { id: 1, text: "Billing".into(), parent: None }),
        Setting::TransactionCode(TransactionCode {
            id: 11,
            text: "Refund".into(),
            parent: Some(1),
        }),
        Setting::Reason(Reason {
            code: "lunch".into(),
            text: "Lunch".into(),
            of: ReasonFor::Status(Status::OnBreak),
        }),
    ];
    let script =
        Script { id: ScriptId(1), version: 1, name: "Main".into(), flow: flow(), published: None };
    settings.push(Setting::Script(Arc::new(script)));
    settings.push(Setting::Channel(Channel {
        id: ChannelId(1),
        name: "Main line".into(),
        media: Media::Phone,
        address: "+13125555068".into(),
        script: ScriptId(1),
    }));
    settings
}

pub(crate) fn staff(name: &str, queues: Vec<QueueId>) -> Setting {
    Setting::Agent(Arc::new(Agent {
        id: agent(name),
        name: name.into(),
        skills: BTreeMap::new(),
        queues,
        capacity: BTreeMap::from([(Media::Phone, 1)]),
        group: None,
    }))
}

pub(crate) fn sales() -> Queue {
    Queue {
        id: QueueId(3086),
        name: "Sales".into(),
        media: Media::Phone,
        priority: 50,
        required: vec![],
        preferred: vec![],
        rings: vec![],
        offer_ms: 30_000,
        decline_ms: 30_000,
        on_reject: Declined::Stay,
        on_timeout: Declined::Break,
        wrap_up_ms: 60_000,
        codes_required: false,
        waiting_max: 100,
        recorded: false,
        service_level: model::config::ServiceLevel::default(),
    }
}

/// A menu with one key, then sales for at most a minute and a half.
fn flow() -> Flow {
    let menu = NodeKind::Menu(Menu {
        text: "Press 1.".into(),
        keys: "1".into(),
        timeout_ms: 30_000,
        tries: 1,
        again: None,
    });
    let to_queue = NodeKind::ToQueue(ToQueue {
        queue: QueueId(3086),
        timeout_ms: Some(90_000),
        announce_ms: None,
        preferred: None,
        leave_when_unstaffed: false,
        announce_wait: false,
        options: Vec::new(),
    });
    let node = |label: &str, kind, exits| Node { label: label.into(), kind, exits };
    let exits =
        BTreeMap::from(["1", "noInput", "noMatch"].map(|exit| (exit.into(), "queue".into())));
    let nodes = BTreeMap::from([
        ("menu".into(), node("Menu", menu, exits)),
        ("queue".into(), node("To sales", to_queue, BTreeMap::new())),
    ]);
    Flow { start: "menu".into(), nodes, ..Flow::default() }
}
