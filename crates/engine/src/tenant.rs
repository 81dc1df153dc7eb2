//! What the engine's handle, a tenant's shard and its followers share.

use std::sync::Arc;

use eventlog::{Position, Store};
use model::TenantId;
use tokio::sync::watch;

use crate::{
    Clock, Key,
    codec::Codec,
    feed::Feed,
    metrics::{Counter, Counters},
    shard::Inbox,
};

/// Whether a tenant serves, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    /// Its state is being taken from snapshot and log.
    Recovering {
        /// The last record applied.
        position: Position,
        /// The log's end.
        end: Position,
    },
    /// It serves.
    Ready,
    /// It failed and will be rebuilt. The text is for the operator.
    Unavailable(String),
    /// It cannot be served and is not tried again. The text is for the operator.
    Refused(String),
    /// The engine stopped it.
    Stopped,
}

impl Readiness {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Recovering { .. } => "recovering",
            Self::Ready => "ready",
            Self::Unavailable(_) => "unavailable",
            Self::Refused(_) => "refused",
            Self::Stopped => "stopped",
        }
    }
}

/// One tenant, whether its shard is up or not.
pub(crate) struct Tenant {
    pub(crate) id: TenantId,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) codec: Arc<Codec>,
    pub(crate) clock: Clock,
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) feed: Arc<Feed>,
    pub(crate) readiness: watch::Sender<Readiness>,
    pub(crate) counters: Counters,
    /// Counted on the threads that save them.
    pub(crate) snapshots_saved: Arc<Counter>,
}

impl Tenant {
    pub(crate) fn new(id: TenantId, store: Arc<dyn Store>, key: &Key, clock: Clock) -> Self {
        let codec = Arc::new(Codec::new(key.seal_of(&id)));
        let inbox = Arc::new(Inbox::default());
        clock.wakes(&inbox);
        let feed = Arc::new(Feed::new(id.as_str(), Arc::clone(&store), Arc::clone(&codec)));
        let (readiness, _) = watch::channel(Readiness::Recovering { position: 0, end: 0 });
        let counters = Counters::default();
        let snapshots_saved = Arc::default();
        Self { id, store, codec, clock, inbox, feed, readiness, counters, snapshots_saved }
    }

    /// The name of its log.
    pub(crate) fn log(&self) -> &str {
        self.id.as_str()
    }
}
