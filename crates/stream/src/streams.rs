//! The streams of all tenants.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
};

use engine::{Engine, layout};
use model::TenantId;
use tracing::warn;

use crate::{
    Stream,
    cursors::Cursors,
    filler,
    store::Retention,
    stream::{self, Shared},
};

/// What of the past is kept, per tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How long a message is kept, in milliseconds by the time of the log.
    pub retention_ms: u64,
    /// How many bytes of texts are kept, beside the message that reaches across the bound.
    pub retention_bytes: u64,
}

impl Default for Options {
    /// Seven days, and 1 GiB.
    fn default() -> Self {
        Self { retention_ms: 7 * 24 * 60 * 60 * 1000, retention_bytes: 1 << 30 }
    }
}

/// The streams of all tenants. Cheap to clone; the last clone dropped lets them end.
#[derive(Clone)]
pub struct Streams {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    dir: PathBuf,
    options: Options,
    running: Mutex<BTreeMap<TenantId, Running>>,
}

struct Running {
    shared: Arc<Shared>,
    stream: Stream,
    thread: JoinHandle<()>,
}

impl Streams {
    /// Begins to fill the streams of all tenants, in the data directory's place for them
    /// ([`layout::streams`]). Ends with the engine.
    ///
    /// # Errors
    /// When the directory, or a thread, cannot be made.
    pub fn start(engine: Engine, data_dir: &Path, options: Options) -> io::Result<Self> {
        let dir = layout::streams(data_dir);
        fs::create_dir_all(&dir)?;
        let inner = Inner { engine, dir, options, running: Mutex::default() };
        let streams = Self { inner: Arc::new(inner) };
        for tenant in streams.inner.engine.tenants() {
            streams.begin(&tenant.id)?;
        }
        Ok(streams)
    }

    /// A tenant's stream; `None` when there is no such tenant. That of a tenant made after the start
    /// begins to be filled with the first call, which changes nothing about its messages.
    #[must_use]
    pub fn tenant(&self, tenant: &TenantId) -> Option<Stream> {
        self.begin(tenant)
            .inspect_err(|error| warn!(%tenant, %error, "stream cannot be started"))
            .ok()
            .flatten()
    }

    /// Waits until all streams have ended, which they do once the engine has
    /// ([`Engine::stop`]): with what they are at, not with all there is.
    pub fn stop(&self) {
        let running = std::mem::take(&mut *self.inner.lock());
        running.values().for_each(|running| running.shared.end());
        for (tenant, running) in running {
            if running.thread.join().is_err() {
                warn!(%tenant, "stream's thread panicked");
            }
        }
    }

    fn begin(&self, tenant: &TenantId) -> io::Result<Option<Stream>> {
        let Inner { engine, dir, options, .. } = &*self.inner;
        let mut running = self.inner.lock();
        if let Some(running) = running.get(tenant) {
            return Ok(Some(running.stream.clone()));
        }
        let Ok(mut follower) = engine.follow(tenant, 0) else { return Ok(None) };
        let shared = Arc::new(Shared::new(dir.join(format!("{tenant}.db"))));
        let cursors = Arc::new(Cursors::new(layout::cursors_of(dir, tenant)));
        let retention = Retention::from(options);
        let filling = stream::Filling::new(&shared);
        let name = format!("stream {tenant}");
        let id = tenant.clone();
        let thread = thread::Builder::new().name(name).spawn(move || {
            filler::run(&filling, &id, retention, &mut follower);
        })?;
        let stream = Stream::new(tenant.clone(), engine.clone(), Arc::clone(&shared), cursors);
        running.insert(tenant.clone(), Running { shared, stream: stream.clone(), thread });
        Ok(Some(stream))
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<TenantId, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.lock().values().for_each(|running| running.shared.end());
    }
}
