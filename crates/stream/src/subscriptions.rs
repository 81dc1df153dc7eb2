//! Live subscriptions: consumers come and go, what is not acknowledged stays.
//!
//! A subscription with consumers is a task that owns a [`Subscription`]; one without is a cursor in the
//! stream's store and costs nothing. What a consumer is sent waits for it in memory, bounded by its window,
//! so that a slow one holds up nobody.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::{TenantId, Text};
use tokio::sync::{mpsc, oneshot};

use crate::{
    Message, Source, StreamError, Streams, Topic,
    dead_letters::DeadLetters,
    subscription::{ConsumerId, Sharing, Terms},
};

mod cursor;
mod listing;
mod task;

pub use listing::Standing;
use task::Order;

/// Orders that wait for a subscription's task; beyond, consumers wait to give theirs.
const ORDERS_MAX: usize = 1_024;
/// Durable subscriptions of one tenant.
const SUBSCRIPTIONS_MAX: usize = 1_000;
/// How long a durable subscription is kept that nobody consumes (Event Streaming, "Client to server").
const UNUSED_MAX: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// All subscriptions of an installation. Clones are the same.
#[derive(Clone)]
pub struct Subscriptions {
    hub: Arc<Hub>,
}

struct Hub {
    streams: Streams,
    live: Mutex<HashMap<Id, mpsc::Sender<Order>>>,
    dead: Mutex<HashMap<TenantId, DeadLetters>>,
}

/// Which subscription.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Id {
    tenant: TenantId,
    /// The topic's name, and the subscription's.
    topic: Text,
    name: Text,
}

/// Who wants to consume what, and how.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Whose messages.
    pub tenant: TenantId,
    /// Which messages.
    pub topic: Topic,
    /// What the contract calls the topic: subscriptions of the same name on different topics are different.
    pub topic_name: Text,
    /// The subscription's name.
    pub name: Text,
    /// It outlives its consumers.
    pub durable: bool,
    /// How it shares.
    pub sharing: Sharing,
    /// What it asks for.
    pub terms: Terms,
    /// Under which name messages are kept that it gives up.
    pub dead_letters: Text,
}

/// Why nobody can consume.
#[derive(Debug)]
pub enum AttachError {
    /// There is no such tenant, or its stream does not run yet.
    Unavailable,
    /// Somebody consumes who does not share in this way.
    Busy,
    /// The tenant has as many subscriptions as it can have.
    TooMany,
    /// The store fails.
    Stream(StreamError),
}

/// One message for one consumer.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// Its number in the topic.
    pub entry: u64,
    /// How often it was delivered before.
    pub redeliveries: u32,
    /// What it says.
    pub message: Arc<Message>,
}

/// A consumer that takes part in a subscription. Dropped without [`detach`](Self::detach), it leaves all the
/// same, only nobody waits for it.
#[derive(Debug)]
pub struct Consumer {
    id: ConsumerId,
    orders: mpsc::Sender<Order>,
    /// What it is sent.
    delivered: mpsc::UnboundedReceiver<Delivered>,
}

impl Subscriptions {
    /// No subscription is live at first.
    #[must_use]
    pub fn new(streams: Streams) -> Self {
        let (live, dead) = (Mutex::default(), Mutex::default());
        Self { hub: Arc::new(Hub { streams, live, dead }) }
    }

    /// A topic of a tenant; `None` when the tenant has no stream yet.
    #[must_use]
    pub fn source(&self, tenant: &TenantId, topic: Topic) -> Option<Source> {
        let stream = self.hub.streams.tenant(tenant)?;
        let mut dead = lock(&self.hub.dead);
        let dead = dead.entry(tenant.clone()).or_insert_with(|| DeadLetters::new(stream.clone()));
        Some(Source::new(stream, topic, dead.clone()))
    }

    /// Takes part in a subscription, which begins with the next message if it is new. When this returns, a
    /// durable one is on disk.
    ///
    /// # Errors
    /// When that cannot be.
    pub async fn attach(&self, wish: Wish) -> Result<Consumer, AttachError> {
        let source = self.source(&wish.tenant, wish.topic.clone());
        let source = source.ok_or(AttachError::Unavailable)?;
        let id = Id {
            tenant: wish.tenant.clone(),
            topic: wish.topic_name.clone(),
            name: wish.name.clone(),
        };
        let (reply, answer) = oneshot::channel();
        {
            let mut live = lock(&self.hub.live);
            let orders = live.entry(id.clone()).or_insert_with(|| {
                let (orders, taken) = mpsc::channel(ORDERS_MAX);
                tokio::spawn(task::run(Arc::clone(&self.hub), id, source, taken));
                orders
            });
            let order = Order::Attach { wish, orders: orders.clone(), reply };
            orders.try_send(order).map_err(|_| AttachError::Unavailable)?;
        }
        answer.await.map_err(|_| AttachError::Unavailable)?
    }
}

impl Consumer {
    /// The next message; `None` when the subscription has ended.
    pub async fn next(&mut self) -> Option<Delivered> {
        self.delivered.recv().await
    }

    /// The next message, if it is there already.
    pub fn try_next(&mut self) -> Option<Delivered> {
        self.delivered.try_recv().ok()
    }

    /// A message is done with, whoever had it.
    pub async fn ack(&self, entry: u64) {
        self.order(Order::Ack(entry)).await;
    }

    /// A message is to come again.
    pub async fn nack(&self, entry: u64) {
        self.order(Order::Nack(entry)).await;
    }

    /// It pulls for so many more.
    pub async fn permit(&self, more: u32) {
        self.order(Order::Permit(self.id, more)).await;
    }

    /// The subscription ends for all its consumers and is forgotten.
    pub async fn unsubscribe(&self) {
        let (done, wait) = oneshot::channel();
        self.order(Order::Unsubscribe(done)).await;
        let _ = wait.await;
    }

    /// It leaves; when this returns, its acknowledgements are on disk.
    pub async fn detach(self) {
        let (done, wait) = oneshot::channel();
        self.order(Order::Detach(self.id, Some(done))).await;
        let _ = wait.await;
    }

    /// An error would mean that the subscription has ended, which `next` tells.
    async fn order(&self, order: Order) {
        let _ = self.orders.send(order).await;
    }
}

impl Drop for Consumer {
    fn drop(&mut self) {
        // When its orders are full, the next message finds it gone.
        let _ = self.orders.try_send(Order::Detach(self.id, None));
    }
}

/// A panic while the lock was held leaves a map that is still good.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
