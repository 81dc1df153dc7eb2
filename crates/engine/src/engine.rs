//! The engine's handle: tenants, and what can be asked of them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use eventlog::{Position, Store};
use model::{TenantId, Timestamp};
use tracing::warn;

use crate::{
    Clock, Follower, Key, Measured, OpenError, Readiness, StartError, TenantUnknown, Views, layout,
    measures,
    metrics::{Metrics, TenantMetrics},
    shard::{self, Ending},
    tenant::Tenant,
    views,
};

mod ask;
pub use ask::Prepared;

/// How an engine is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the views are, and what a backup copies; see [`layout`].
    pub data_dir: PathBuf,
    /// What seals secrets at rest.
    pub key: Key,
    /// Where the time comes from.
    pub clock: Clock,
    /// How many events make a snapshot due; 0 saves one only when the engine stops.
    pub snapshot_every_events: u64,
}

impl Options {
    /// The machine's clock, and a snapshot every 100,000 events.
    #[must_use]
    pub fn new(data_dir: &Path, key: Key) -> Self {
        let data_dir = data_dir.to_owned();
        Self { data_dir, key, clock: Clock::Wall, snapshot_every_events: 100_000 }
    }
}

/// One tenant and whether it serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantStatus {
    /// Which tenant.
    pub id: TenantId,
    /// Whether it serves.
    pub readiness: Readiness,
    /// The last durable record.
    pub position: Position,
}

/// A running engine. Cheap to clone; the last clone dropped ends the shards without a snapshot.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    store: Arc<dyn Store>,
    options: Options,
    tenants: RwLock<BTreeMap<TenantId, Opened>>,
    /// No more tenants are opened.
    ending: AtomicBool,
}

struct Opened {
    tenant: Arc<Tenant>,
    views: Views,
    measured: Measured,
    threads: Arc<Mutex<Threads>>,
}

#[derive(Default)]
struct Threads {
    shard: Option<JoinHandle<()>>,
    views: Option<JoinHandle<()>>,
    measures: Option<JoinHandle<()>>,
}

impl Engine {
    /// Starts the engine and begins to recover every tenant that has a log. Returns before they serve:
    /// [`tenants`](Self::tenants) tells, [`open`](Self::open) waits.
    ///
    /// # Errors
    /// When the store cannot list its logs, or the data directory cannot be used.
    pub fn start(store: Arc<dyn Store>, options: Options) -> Result<Self, StartError> {
        fs::create_dir_all(layout::views(&options.data_dir))?;
        let logs = store.logs()?;
        let (tenants, ending) = (RwLock::default(), AtomicBool::new(false));
        let engine = Self { inner: Arc::new(Inner { store, options, tenants, ending }) };
        for tenant in logs.iter().filter_map(|log| TenantId::parse(log)) {
            engine.begin(&tenant)?;
        }
        Ok(engine)
    }

    /// Creates the tenant's log if there is none, and waits until the tenant serves.
    ///
    /// # Errors
    /// When it cannot be served, or not now.
    pub async fn open(&self, tenant: &TenantId) -> Result<(), OpenError> {
        if self.inner.ending.load(Ordering::Acquire) {
            return Err(OpenError::Stopped);
        }
        let opened =
            self.begin(tenant).map_err(|error| OpenError::Unavailable(error.to_string()))?;
        let mut readiness = opened.readiness.subscribe();
        let settled = readiness
            .wait_for(|readiness| !matches!(readiness, Readiness::Recovering { .. }))
            .await
            .map_or(Readiness::Stopped, |readiness| readiness.clone());
        match settled {
            Readiness::Ready | Readiness::Recovering { .. } => Ok(()),
            Readiness::Unavailable(why) => Err(OpenError::Unavailable(why)),
            Readiness::Refused(why) => Err(OpenError::Refused(why)),
            Readiness::Stopped => Err(OpenError::Stopped),
        }
    }

    /// The tenants, sorted by name.
    #[must_use]
    pub fn tenants(&self) -> Vec<TenantStatus> {
        let status = |opened: &Opened| TenantStatus {
            id: opened.tenant.id.clone(),
            readiness: opened.tenant.readiness.borrow().clone(),
            position: opened.tenant.feed.durable(),
        };
        self.inner.read().values().map(status).collect()
    }

    /// Follows the tenant's log after `after`; 0 is from the beginning.
    ///
    /// # Errors
    /// When there is no such tenant.
    pub fn follow(&self, tenant: &TenantId, after: Position) -> Result<Follower, TenantUnknown> {
        Ok(Follower::new(Arc::clone(&self.tenant(tenant)?.feed), after))
    }

    /// The tenant's views: what can be read of its history.
    ///
    /// # Errors
    /// When there is no such tenant.
    pub fn views(&self, tenant: &TenantId) -> Result<Views, TenantUnknown> {
        let tenants = self.inner.read();
        tenants.get(tenant).map(|opened| opened.views.clone()).ok_or(TenantUnknown)
    }

    /// The tenant's measures: what its log adds up to.
    ///
    /// # Errors
    /// When there is no such tenant.
    pub fn measured(&self, tenant: &TenantId) -> Result<Measured, TenantUnknown> {
        let tenants = self.inner.read();
        tenants.get(tenant).map(|opened| opened.measured.clone()).ok_or(TenantUnknown)
    }

    /// The last durable position of the tenant's log.
    ///
    /// # Errors
    /// When there is no such tenant.
    pub fn position(&self, tenant: &TenantId) -> Result<Position, TenantUnknown> {
        Ok(self.tenant(tenant)?.feed.durable())
    }

    /// The time now, by the clock that commands are executed with.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.options.clock.now()
    }

    /// What was counted since the engine started.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        Metrics { tenants: self.inner.read().values().map(Opened::metrics).collect() }
    }

    /// Ends all shards in an orderly way: what was taken in is answered, snapshots are saved. Views end where
    /// they are. Afterwards everything is unavailable. Blocks until it is done.
    pub fn stop(&self) {
        self.inner.end(Ending::Orderly);
        let threads: Vec<_> =
            self.inner.read().values().map(|opened| Arc::clone(&opened.threads)).collect();
        for threads in threads {
            let mut threads = threads.lock().unwrap_or_else(PoisonError::into_inner);
            let Threads { shard, views, measures } = std::mem::take(&mut *threads);
            for thread in [shard, views, measures].into_iter().flatten() {
                let name = thread.thread().name().unwrap_or_default().to_owned();
                if thread.join().is_err() {
                    warn!(thread = name, "thread panicked");
                }
            }
        }
    }

    pub(crate) fn options(&self) -> &Options {
        &self.inner.options
    }

    fn tenant(&self, tenant: &TenantId) -> Result<Arc<Tenant>, TenantUnknown> {
        let tenants = self.inner.read();
        tenants.get(tenant).map(|opened| Arc::clone(&opened.tenant)).ok_or(TenantUnknown)
    }

    /// Starts the tenant's threads, unless they run.
    fn begin(&self, id: &TenantId) -> Result<Arc<Tenant>, std::io::Error> {
        let Inner { store, options, tenants, .. } = &*self.inner;
        let mut tenants = tenants.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = tenants.get(id) {
            return Ok(Arc::clone(&opened.tenant));
        }
        let (store, clock) = (Arc::clone(store), options.clock.clone());
        let tenant = Arc::new(Tenant::new(id.clone(), store, &options.key, clock));
        let shard = shard::spawn(Arc::clone(&tenant), options.snapshot_every_events)?;
        let path = layout::views_of(&options.data_dir, id);
        let (views, thread) =
            views::spawn(path, id, Arc::clone(&tenant.feed)).inspect_err(|_| {
                tenant.inbox.end(Ending::Abandoned);
            })?;
        let path = layout::measures_of(&options.data_dir, id);
        let (measured, adding) =
            measures::spawn(path, id, Arc::clone(&tenant.feed)).inspect_err(|_| {
                tenant.inbox.end(Ending::Abandoned);
                views.end();
            })?;
        let threads = Threads { shard: Some(shard), views: Some(thread), measures: Some(adding) };
        let threads = Arc::new(Mutex::new(threads));
        let opened = Opened { tenant: Arc::clone(&tenant), views, measured, threads };
        tenants.insert(id.clone(), opened);
        Ok(tenant)
    }
}

impl Opened {
    fn metrics(&self) -> TenantMetrics {
        let Tenant { id, inbox, feed, readiness, counters, snapshots_saved, .. } = &*self.tenant;
        let (followers, follower_lag) = feed.followers();
        TenantMetrics {
            tenant: id.clone(),
            ready: *readiness.borrow() == Readiness::Ready,
            position: feed.durable(),
            commands: counters.commands.get(),
            rejections: counters.rejections.get(),
            unavailable: counters.unavailable.get(),
            queries: counters.queries.get(),
            wakes: counters.wakes.get(),
            events: counters.events.get(),
            commits: counters.commits.get(),
            batches: counters.batches(),
            waiting: inbox.waiting() as u64,
            rebuilds: counters.rebuilds.get(),
            snapshots: snapshots_saved.get(),
            followers: followers as u64,
            follower_lag,
            views_lag: feed.durable().saturating_sub(self.views.position()),
        }
    }
}

impl Inner {
    fn read(&self) -> std::sync::RwLockReadGuard<'_, BTreeMap<TenantId, Opened>> {
        self.tenants.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, ending: Ending) {
        self.ending.store(true, Ordering::Release);
        for opened in self.read().values() {
            opened.tenant.inbox.end(ending);
            opened.views.end();
            opened.measured.end();
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.end(Ending::Abandoned);
    }
}
