//! A tenant whose agents change status: each change is an event about that agent.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, Once},
};

use channels::webhooks::{DeadLetter, Delivery, Webhooks};
use engine::{Clock, Engine, Key, ManualClock, Position};
use eventlog::MemoryStore;
use model::{
    AgentId, Command, TenantId, Timestamp, WebhookId,
    command::AgentCommand,
    config::{Agent, Setting, Webhook},
    status::Status,
};
use stream::Streams;
use tempfile::TempDir;

pub(crate) const ID: WebhookId = WebhookId(1);

pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) webhooks: Webhooks,
    streams: Streams,
    clock: ManualClock,
    store: Arc<MemoryStore>,
    key: Key,
    dir: TempDir,
    /// Status changes so far, by agent.
    changes: Mutex<BTreeMap<String, usize>>,
}

pub(crate) fn tenant() -> TenantId {
    TenantId::parse("acmecorp01").unwrap()
}

pub(crate) fn agent(name: &str) -> AgentId {
    AgentId::parse(&format!("ag{name:0>22}")).unwrap()
}

pub(crate) fn webhook(uri: &str) -> Webhook {
    Webhook { id: ID, name: "one".into(), uri: uri.into(), events: Vec::new(), enabled: true }
}

/// Milliseconds since 1970 by the machine's clock.
pub(crate) fn wall_clock() -> u64 {
    Clock::Wall.now().0
}

impl World {
    /// Events happen now, and this machine may be sent to.
    pub(crate) async fn new() -> Self {
        Self::with(0, &["127.0.0.0/8"]).await
    }

    /// Events happened so many hours ago.
    pub(crate) async fn with(hours_ago: u64, allowed: &[&str]) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        });
        let (store, key) = (Arc::new(MemoryStore::new()), Key::random().unwrap());
        let dir = tempfile::tempdir().unwrap();
        let clock = ManualClock::new(Timestamp(wall_clock() - hours_ago * 60 * 60 * 1_000));
        let (engine, streams, webhooks) = start(&store, &key, &dir, &clock, allowed);
        engine.open(&tenant()).await.unwrap();
        let changes = Mutex::default();
        let world = Self { engine, webhooks, streams, clock, store, key, dir, changes };
        for name in ["ann", "ben"] {
            let (id, name, queues) = (agent(name), name.into(), Vec::new());
            let (skills, capacity) = (BTreeMap::new(), BTreeMap::new());
            let agent = Agent { id, name, skills, queues, capacity, group: None };
            world.configure(Setting::Agent(Arc::new(agent))).await;
        }
        // The first change is two events, each further one is one.
        for name in ["ann", "ben"] {
            world.publish(name, 1).await;
        }
        world
    }

    pub(crate) async fn configure(&self, setting: Setting) -> Position {
        let command = Command::Configure(vec![setting]);
        self.engine.submit(&tenant(), command.into()).await.unwrap().position
    }

    /// Saves a webhook and waits until it is in force.
    pub(crate) async fn save(&self, webhook: Webhook) {
        let position = self.configure(Setting::Webhook(webhook)).await;
        self.webhooks.settled(&tenant(), position).await.unwrap();
    }

    /// An agent's status changes so often.
    pub(crate) async fn publish(&self, name: &str, count: usize) {
        for _ in 0..count {
            let n = {
                let mut changes = self.changes.lock().unwrap();
                let n = changes.entry(name.to_owned()).or_default();
                *n += 1;
                *n
            };
            let status = if n.is_multiple_of(2) { Status::Available } else { Status::OnBreak };
            let command = AgentCommand::SetStatus { agent: agent(name), status, reason: None };
            self.engine.submit(&tenant(), Command::Agent(command).into()).await.unwrap();
        }
    }

    /// The server stops in order and starts again.
    pub(crate) async fn again(mut self) -> Self {
        self.webhooks.stop().await;
        let (engine, streams) = (self.engine.clone(), self.streams.clone());
        tokio::task::spawn_blocking(move || {
            engine.stop();
            streams.stop();
        })
        .await
        .unwrap();
        let allowed = ["127.0.0.0/8"];
        (self.engine, self.streams, self.webhooks) =
            start(&self.store, &self.key, &self.dir, &self.clock, &allowed);
        self.engine.open(&tenant()).await.unwrap();
        self
    }

    /// Attempts, newest first, once there are so many.
    pub(crate) async fn deliveries(&self, count: usize) -> Vec<Delivery> {
        until(async || {
            let found = self.webhooks.deliveries(&tenant(), ID, u64::MAX, 1_000).await.unwrap();
            (found.len() >= count).then_some(found)
        })
        .await
    }

    /// Dead letters, newest first, once there are so many.
    pub(crate) async fn dead(&self, count: usize) -> Vec<DeadLetter> {
        until(async || {
            let found = self.webhooks.dead_letters(&tenant(), ID, u64::MAX, 1_000).await.unwrap();
            (found.len() == count).then_some(found)
        })
        .await
    }
}

/// Looks until something is as wanted.
pub(crate) async fn until<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let found = async {
        let mut ticks = tokio::time::interval(std::time::Duration::from_millis(10));
        loop {
            ticks.tick().await;
            if let Some(found) = look().await {
                return found;
            }
        }
    };
    tokio::time::timeout(crate::receiver::PATIENCE, found).await.expect("it comes about")
}

fn start(
    store: &Arc<MemoryStore>,
    key: &Key,
    dir: &TempDir,
    clock: &ManualClock,
    allowed: &[&str],
) -> (Engine, Streams, Webhooks) {
    let mut options = engine::Options::new(dir.path(), key.clone());
    options.clock = Clock::Manual(clock.clone());
    let engine = Engine::start(Arc::clone(store) as _, options).unwrap();
    let streams = Streams::start(engine.clone(), dir.path(), stream::Options::default()).unwrap();
    let allowed: Vec<_> = allowed.iter().map(|network| network.parse().unwrap()).collect();
    let webhooks = Webhooks::start(engine.clone(), streams.clone(), dir.path(), &allowed).unwrap();
    (engine, streams, webhooks)
}
