//! Webhooks: a tenant's public events, signed, sent to addresses outside.
//!
//! ```text
//! settings ──► tenant task ──► endpoint task (one per webhook) ──► attempts, at most 8 at a time
//! stream ─────────────────────►  line (pure): what goes when         │
//!                                store: position, attempts, dead letters ◄┘
//! ```
//!
//! - At least once: an event's id, made of its place in the stream, is the same however often it is sent.
//! - In order per interaction: one request under way for each, the others go on.
//! - What fails comes again, twice as late each time, for 72 hours, and is then kept as a dead letter.
//! - A receiver that answers 410 is sent nothing more until its webhook is saved again.

use std::{
    collections::HashMap,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use engine::{Engine, Position, layout};
use ipnet::IpNet;
use model::{TenantId, WebhookId};
use stream::Streams;
use tokio::{sync::watch, task::JoinSet, time::timeout};

mod body;
mod client;
mod endpoint;
mod line;
mod signature;
mod store;
mod tenant;

pub use crate::address::AddressFault;
pub use client::{Attempt, Outcome};
pub use signature::Jwk;
pub use store::{DeadLetter, Delivery, Standing};

use client::{Client, Post};
use endpoint::Ground;
use store::Store;
use tenant::Tenant;

/// How long settings may take to be in force.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long what is under way may take to be kept when the server goes down.
const GRACE: Duration = Duration::from_secs(2);

/// All webhooks of an installation. Clones are the same.
#[derive(Clone)]
pub struct Webhooks {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    streams: Streams,
    dir: PathBuf,
    client: Client,
    stop: watch::Sender<bool>,
    tenants: Mutex<Tenants>,
}

#[derive(Default)]
struct Tenants {
    known: HashMap<TenantId, Tenant>,
    running: JoinSet<()>,
}

/// Nothing can be said now: there is no such tenant, or the disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable;

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the webhooks are not available now")
    }
}

impl std::error::Error for Unavailable {}

impl Webhooks {
    /// Starts the webhooks of all tenants. `allowed` are networks that are sent to although they are not
    /// public, also without encryption.
    ///
    /// # Errors
    /// When the data directory cannot be used.
    ///
    /// # Panics
    /// Outside a Tokio runtime, and before the process has chosen its cryptography for TLS.
    pub fn start(
        engine: Engine,
        streams: Streams,
        data_dir: &Path,
        allowed: &[IpNet],
    ) -> io::Result<Self> {
        let dir = layout::webhooks(data_dir);
        fs::create_dir_all(&dir)?;
        let client = Client::new(engine.clone(), allowed.into()).map_err(io::Error::other)?;
        let (stop, tenants) = (watch::Sender::new(false), Mutex::default());
        let webhooks =
            Self { inner: Arc::new(Inner { engine, streams, dir, client, stop, tenants }) };
        for tenant in webhooks.inner.engine.tenants() {
            _ = webhooks.tenant(&tenant.id);
        }
        Ok(webhooks)
    }

    /// The public half of the key that deliveries are signed with.
    ///
    /// # Errors
    /// When the key cannot be made or read.
    pub async fn jwk(&self) -> Result<Jwk, Unavailable> {
        let signer = self.inner.client.signer().await.map_err(|error| {
            tracing::error!(%error, "there is no key to sign with");
            Unavailable
        })?;
        Ok(signer.jwk().clone())
    }

    /// Whether events can be sent to this address, as far as that can be said without asking anybody.
    ///
    /// # Errors
    /// When they cannot.
    pub fn check(&self, uri: &str) -> Result<(), AddressFault> {
        self.inner.client.check(uri)
    }

    /// Waits until the settings up to this record are in force: a new webhook then has its place in the stream,
    /// and what happens from now on is sent.
    ///
    /// # Errors
    /// When that takes too long.
    pub async fn settled(&self, tenant: &TenantId, position: Position) -> Result<(), Unavailable> {
        let mut seen = self.tenant(tenant)?.seen;
        match timeout(PATIENCE, seen.wait_for(|seen| *seen >= position)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Unavailable),
        }
    }

    /// Sends `body` once, signed like an event.
    pub async fn probe(&self, tenant: &TenantId, uri: &str, body: &str) -> Attempt {
        let at = client::wall_clock();
        let event_id = signature::event_id(&format!("{tenant} probe"), at);
        let (uri, tenant, body) = (uri.into(), tenant.clone(), body.to_owned());
        self.inner.client.send(Post { uri, tenant, event_id, retry: 0, body }).await
    }

    /// How a webhook gets on, as far as it is on disk: within a moment of now.
    ///
    /// # Errors
    /// When that cannot be read.
    pub async fn standing(
        &self,
        tenant: &TenantId,
        webhook: WebhookId,
    ) -> Result<Standing, Unavailable> {
        self.read(tenant, move |store| store.standing(webhook)).await
    }

    /// Attempts before a number, newest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn deliveries(
        &self,
        tenant: &TenantId,
        webhook: WebhookId,
        before: u64,
        limit: usize,
    ) -> Result<Vec<Delivery>, Unavailable> {
        self.read(tenant, move |store| store.deliveries(webhook, before, limit)).await
    }

    /// Dead letters before a number, newest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn dead_letters(
        &self,
        tenant: &TenantId,
        webhook: WebhookId,
        before: u64,
        limit: usize,
    ) -> Result<Vec<DeadLetter>, Unavailable> {
        self.read(tenant, move |store| store.dead(webhook, before, limit)).await
    }

    /// Tries dead letters again, one or all; how many there were.
    ///
    /// # Errors
    /// When the webhook does not run.
    pub async fn revive(
        &self,
        tenant: &TenantId,
        webhook: WebhookId,
        one: Option<u64>,
    ) -> Result<u64, Unavailable> {
        self.tenant(tenant)?.revive(webhook, one).await.ok_or(Unavailable)
    }

    /// Ends all of them: what is under way is broken off and comes again after the next start.
    pub async fn stop(&self) {
        self.inner.stop.send_replace(true);
        let mut running = std::mem::take(&mut self.lock().running);
        let ended = async { while running.join_next().await.is_some() {} };
        if timeout(GRACE, ended).await.is_err() {
            tracing::warn!("some webhooks were still busy when the server went down");
        }
    }

    async fn read<T: Send + 'static>(
        &self,
        tenant: &TenantId,
        read: impl FnOnce(&Store) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let ground = self.tenant(tenant)?.ground;
        ground.on_disk(read).await.map_err(|error| {
            tracing::warn!(%tenant, error, "webhooks cannot be read");
            Unavailable
        })
    }

    /// The webhooks of a tenant, which begin to run with the first call.
    fn tenant(&self, id: &TenantId) -> Result<Tenant, Unavailable> {
        let mut tenants = self.lock();
        if let Some(known) = tenants.known.get(id) {
            return Ok(known.clone());
        }
        let Inner { engine, streams, dir, client, stop, .. } = &*self.inner;
        let stream = streams.tenant(id).ok_or(Unavailable)?;
        let store = Store::open(&dir.join(format!("{id}.db"))).map_err(|error| {
            tracing::warn!(tenant = %id, %error, "webhooks cannot be opened");
            Unavailable
        })?;
        let (store, client) = (Arc::new(store), client.clone());
        let ground = Ground { tenant: id.clone(), stream, store, client };
        let (tenant, run) = Tenant::start(engine.clone(), ground, stop.subscribe());
        tenants.running.spawn(run);
        tenants.known.insert(id.clone(), tenant.clone());
        Ok(tenant)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Tenants> {
        self.inner.tenants.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
