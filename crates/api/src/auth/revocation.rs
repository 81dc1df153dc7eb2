//! Ending open connections whose token or key was replaced: at once, and not when somebody happens to look.

use std::{collections::HashMap, future::pending, sync::Mutex, time::Duration};

use engine::{Engine, FollowError, Follower};
use model::{Event, TenantId};
use tokio::{
    sync::watch::{self, Receiver, Sender},
    time::sleep,
};

use crate::app::{App, lock};

/// When to look again after a failure.
const RETRY: Duration = Duration::from_millis(500);

/// Tells of changed settings, credentials among them: one task per tenant that ever had such a connection.
#[derive(Debug, Default)]
pub(crate) struct Changes(Mutex<HashMap<TenantId, Sender<()>>>);

impl Changes {
    /// Hears of all changes after what a query sees from now on.
    fn watch(&self, engine: &Engine, tenant: &TenantId) -> Option<Receiver<()>> {
        let mut tenants = lock(&self.0);
        if let Some(changed) = tenants.get(tenant) {
            return Some(changed.subscribe());
        }
        let position = engine.position(tenant).ok()?;
        let follower = engine.follow(tenant, position).ok()?;
        let (changed, changes) = watch::channel(());
        tenants.insert(tenant.clone(), changed.clone());
        tokio::spawn(tell(follower, changed));
        Some(changes)
    }
}

/// Follows for as long as there is a log.
async fn tell(mut follower: Follower, changed: Sender<()>) {
    loop {
        match follower.next_batch().await {
            Ok(batch) => {
                if batch.iter().any(|entry| matches!(entry.event, Event::Configured(_))) {
                    changed.send_replace(());
                }
            }
            Err(FollowError::Log(error)) => {
                tracing::warn!(%error, "connections may outlive their tokens");
                sleep(RETRY).await;
            }
            Err(_) => return,
        }
    }
}

/// Waits until a credential is no longer good: looks now, and whenever settings change. A tenant that cannot
/// answer says nothing against it, and is asked again.
pub(crate) async fn revoked<E, F>(app: &App, tenant: &TenantId, is_good: impl Fn() -> F)
where
    F: Future<Output = Result<bool, E>>,
{
    let Some(mut changes) = app.changes().watch(app.engine(), tenant) else { return };
    loop {
        match is_good().await {
            Ok(false) => return,
            Ok(true) => {
                if changes.changed().await.is_err() {
                    pending::<()>().await;
                }
            }
            Err(_) => sleep(RETRY).await,
        }
    }
}
