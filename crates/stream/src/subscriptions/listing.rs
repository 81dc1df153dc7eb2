//! All subscriptions of a tenant as they stand, for people.

use std::collections::BTreeMap;

use model::{TenantId, Text};
use tokio::sync::oneshot;

use super::{Id, Subscriptions, cursor::Cursor, lock, task::Order};
use crate::{StreamError, Topic, subscription::Sharing};

/// A subscription as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The topic's name.
    pub topic: Text,
    /// The subscription's name.
    pub name: Text,
    /// It outlives its consumers.
    pub durable: bool,
    /// How its consumers share; `None` while there are none.
    pub sharing: Option<Sharing>,
    /// How many consume.
    pub consumers: usize,
    /// Messages that are not settled. Those that are not for its topic count until it has passed over them.
    pub backlog: u64,
}

/// What the task of a live subscription knows of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Live {
    pub(super) durable: bool,
    pub(super) sharing: Sharing,
    pub(super) consumers: usize,
    pub(super) read: u64,
    pub(super) unsettled: u64,
}

impl Subscriptions {
    /// All subscriptions of a tenant, by topic and name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn list(&self, tenant: &TenantId) -> Result<Vec<Standing>, StreamError> {
        let source = self.source(tenant, Topic::All).ok_or(StreamError::Unavailable)?;
        let stream = source.stream();
        let mut found = BTreeMap::new();
        for (topic, name, saved) in Cursor::all(stream).await? {
            found.insert((topic, name), (None, saved.read, saved.unsettled.len() as u64));
        }
        let tasks: Vec<_> = lock(&self.hub.live)
            .iter()
            .filter(|(id, _)| id.tenant == *tenant)
            .map(|(id, orders)| (id.clone(), orders.clone()))
            .collect();
        for (Id { topic, name, .. }, orders) in tasks {
            let (reply, answer) = oneshot::channel();
            // One that ends meanwhile is as its cursor says.
            if orders.send(Order::Describe(reply)).await.is_ok()
                && let Ok(live) = answer.await
            {
                found.insert((topic, name), (Some(live), live.read, live.unsettled));
            }
        }
        let mut listed = Vec::with_capacity(found.len());
        for ((topic, name), (live, read, unsettled)) in found {
            // Dead letters are numbered on their own.
            let dead = source.dead_letters().list(&topic).await?.head();
            let head = if dead > 0 { dead } else { stream.head() };
            listed.push(Standing {
                topic,
                name,
                durable: live.is_none_or(|live| live.durable),
                sharing: live.map(|live| live.sharing),
                consumers: live.map_or(0, |live| live.consumers),
                backlog: head.saturating_sub(read) + unsettled,
            });
        }
        Ok(listed)
    }
}
