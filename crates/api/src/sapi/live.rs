//! The clients that are connected: so many per tenant, one per subscription, and the newest wins.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use model::{TenantId, Timestamp};
use tokio::{sync::watch, time::timeout};

use super::handshake::Ask;
use crate::{
    app::{App, lock},
    error::Problem,
    guid,
};

/// How long an earlier connection of the same subscription may take to put down how far it came.
const HANDOVER: Duration = Duration::from_secs(5);
/// When a client that found no place should try again (Streaming API, "Handshake results").
const RETRY_MS: u64 = 60_000;

/// The clients that are connected.
pub(crate) struct Live {
    clients: Mutex<BTreeMap<TenantId, BTreeMap<String, Client>>>,
    numbers: AtomicU64,
    /// Tells the heartbeats of this process from all others.
    instance: String,
    heartbeats: AtomicU64,
}

struct Client {
    number: u64,
    connected: Timestamp,
    output: &'static str,
    sent: Arc<AtomicU64>,
    replaced: watch::Sender<bool>,
}

/// A client that is connected, for people.
#[derive(Clone, Debug)]
pub(crate) struct Connected {
    pub(crate) subscription: String,
    pub(crate) since: Timestamp,
    /// The word of the form in which it is told.
    pub(crate) output: &'static str,
    /// The last message that it was sent.
    pub(crate) sent: u64,
}

impl Default for Live {
    fn default() -> Self {
        let instance = format!("heartbeat-{}", guid::base62::<12>());
        let (numbers, heartbeats) = (AtomicU64::new(0), AtomicU64::new(1));
        Self { clients: Mutex::default(), numbers, instance, heartbeats }
    }
}

impl Live {
    /// Takes a place for a subscription. The one that has it already must end first.
    pub(super) fn claim(
        &self,
        app: &App,
        tenant: &TenantId,
        ask: &Ask,
        clients_max: usize,
    ) -> Result<(Slot, Option<Earlier>), Problem> {
        let subscription = ask.subscription.as_str();
        let mut tenants = lock(&self.clients);
        let clients = tenants.entry(tenant.clone()).or_default();
        if !clients.contains_key(subscription) && clients.len() >= clients_max {
            return Err(Problem::RateLimited { retry_ms: RETRY_MS });
        }
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let (sender, replaced) = watch::channel(false);
        let (sent, connected) = (Arc::<AtomicU64>::default(), app.engine().now());
        let (output, told) = (ask.output.as_str(), Arc::clone(&sent));
        let client = Client { number, connected, output, sent: told, replaced: sender };
        let earlier = clients.insert(subscription.to_owned(), client);
        let (tenant, subscription) = (tenant.clone(), subscription.to_owned());
        let slot = Slot { app: app.clone(), tenant, subscription, number, sent, replaced };
        Ok((slot, earlier.map(|client| Earlier(client.replaced))))
    }

    /// A tenant's clients, by the names of their subscriptions.
    pub(crate) fn clients(&self, tenant: &TenantId) -> Vec<Connected> {
        let tenants = lock(&self.clients);
        let clients = tenants.get(tenant).into_iter().flatten();
        clients
            .map(|(subscription, client)| Connected {
                subscription: subscription.clone(),
                since: client.connected,
                output: client.output,
                sent: client.sent.load(Ordering::Relaxed),
            })
            .collect()
    }

    /// The subscriptions of a tenant that are connected.
    pub(super) fn subscriptions(&self, tenant: &TenantId) -> Vec<String> {
        let tenants = lock(&self.clients);
        tenants.get(tenant).map(|clients| clients.keys().cloned().collect()).unwrap_or_default()
    }

    /// How many clients of all tenants are connected.
    pub(crate) fn count(&self) -> usize {
        lock(&self.clients).values().map(BTreeMap::len).sum()
    }

    /// Who sends the heartbeats, and the number of the next one.
    pub(super) fn heartbeat(&self) -> (&str, u64) {
        (&self.instance, self.heartbeats.fetch_add(1, Ordering::Relaxed))
    }
}

/// A place among the clients, given back when dropped.
pub(super) struct Slot {
    app: App,
    tenant: TenantId,
    subscription: String,
    number: u64,
    sent: Arc<AtomicU64>,
    replaced: watch::Receiver<bool>,
}

impl Slot {
    /// Notes the last message that the client was sent.
    pub(super) fn sent(&self, seq: u64) {
        self.sent.store(seq, Ordering::Relaxed);
    }

    /// Waits until a newer connection takes the subscription over.
    pub(super) fn replaced(&self) -> impl Future<Output = ()> + use<> {
        let mut replaced = self.replaced.clone();
        async move {
            // An error would mean that the place is not listed any more: by a newer one's claim.
            let _ = replaced.wait_for(|replaced| *replaced).await;
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut tenants = lock(&self.app.live().clients);
        if let Some(clients) = tenants.get_mut(&self.tenant) {
            let ours = clients.get(&self.subscription).map(|client| client.number);
            if ours == Some(self.number) {
                clients.remove(&self.subscription);
            }
            if clients.is_empty() {
                tenants.remove(&self.tenant);
            }
        }
    }
}

/// The connection that had the subscription before.
pub(super) struct Earlier(watch::Sender<bool>);

impl Earlier {
    /// Asks it to end, and waits until it has.
    pub(super) async fn end(self) {
        self.0.send_replace(true);
        let _ = timeout(HANDOVER, self.0.closed()).await;
    }
}
