//! One tenant's webhooks: follows the settings, and runs a task for each.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use engine::{Engine, FollowError, Position, QueryError};
use model::{
    Event, WebhookId,
    config::{Setting, SettingKey, Webhook},
};
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinSet,
};

use super::endpoint::{self, Ground, Order};

/// Orders that wait for a webhook's task.
const ORDERS_MAX: usize = 16;
/// How long to wait for a tenant that recovers.
const RETRY: Duration = Duration::from_millis(500);

/// A tenant's webhooks, as others see them.
#[derive(Clone)]
pub(super) struct Tenant {
    pub(super) ground: Ground,
    /// The last record whose settings are in force.
    pub(super) seen: watch::Receiver<Position>,
    endpoints: Endpoints,
}

type Endpoints = Arc<Mutex<HashMap<WebhookId, mpsc::Sender<Order>>>>;

struct Task {
    engine: Engine,
    ground: Ground,
    seen: watch::Sender<Position>,
    endpoints: Endpoints,
    running: JoinSet<()>,
}

impl Tenant {
    /// Starts the tenant's webhooks. They end when `stop` says so, and have ended when the future is ready.
    pub(super) fn start(
        engine: Engine,
        ground: Ground,
        stop: watch::Receiver<bool>,
    ) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (seen, watched) = watch::channel(0);
        let endpoints = Endpoints::default();
        let tenant =
            Self { ground: ground.clone(), seen: watched, endpoints: Arc::clone(&endpoints) };
        let task = Task { engine, ground, seen, endpoints, running: JoinSet::new() };
        (tenant, task.run(stop))
    }

    /// Tries dead letters again; `None` when there is no such webhook.
    pub(super) async fn revive(&self, webhook: WebhookId, one: Option<u64>) -> Option<u64> {
        let orders = lock(&self.endpoints).get(&webhook).cloned()?;
        let (count, revived) = oneshot::channel();
        orders.send(Order::Revive(one, count)).await.ok()?;
        revived.await.ok()
    }
}

impl Task {
    async fn run(mut self, mut stop: watch::Receiver<bool>) {
        tokio::select! {
            () = self.follow() => {}
            // An error would mean that whoever could say so is gone.
            _ = stop.wait_for(|stop| *stop) => {}
        }
        // An endpoint whose orders end stops, and keeps what happened.
        lock(&self.endpoints).clear();
        while self.running.join_next().await.is_some() {}
    }

    /// Follows the settings for as long as there is a log.
    async fn follow(&mut self) {
        let tenant = self.ground.tenant.clone();
        let (webhooks, position) = loop {
            let look = |state: &engine::State, position| (state.config.webhooks.clone(), position);
            match self.engine.query(&tenant, look).await {
                Ok(found) => break found,
                Err(QueryError::TenantUnknown) => return,
                Err(QueryError::Unavailable { .. }) => tokio::time::sleep(RETRY).await,
            }
        };
        for webhook in webhooks.into_values() {
            self.save(webhook).await;
        }
        self.seen.send_replace(position);
        let Ok(mut follower) = self.engine.follow(&tenant, position) else { return };
        loop {
            match follower.next_batch().await {
                Ok(batch) => {
                    for entry in batch.iter() {
                        if let Event::Configured(setting) = entry.event {
                            self.configure(setting).await;
                        }
                    }
                    self.seen.send_replace(batch.position());
                }
                Err(FollowError::Log(error)) => {
                    tracing::warn!(%error, "webhooks cannot follow the settings");
                    tokio::time::sleep(RETRY).await;
                }
                Err(_) => return,
            }
        }
    }

    async fn configure(&mut self, setting: &Setting) {
        if let Setting::Webhook(webhook) = setting {
            self.save(webhook.clone()).await;
        } else if let Setting::WebhookDeleted(id) | Setting::Deleted(SettingKey::Webhook(id)) =
            setting
        {
            let orders = lock(&self.endpoints).remove(id);
            if let Some(orders) = orders {
                let (done, forgotten) = oneshot::channel();
                _ = orders.send(Order::Forget(done)).await;
                _ = forgotten.await;
            }
        }
    }

    /// Starts a webhook's task, or tells it of its settings. Afterwards they are in force, and on disk.
    async fn save(&mut self, webhook: Webhook) {
        let (orders, taken) = mpsc::channel(ORDERS_MAX);
        let known = lock(&self.endpoints).get(&webhook.id).cloned();
        let orders = known.unwrap_or_else(|| {
            self.running.spawn(endpoint::run(self.ground.clone(), webhook.clone(), taken));
            lock(&self.endpoints).insert(webhook.id, orders.clone());
            orders
        });
        let (done, in_force) = oneshot::channel();
        _ = orders.send(Order::Change(webhook, done)).await;
        _ = in_force.await;
    }
}

/// A panic while the lock was held leaves a map that is still good.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
