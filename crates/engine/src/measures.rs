//! Measures of a tenant, live: a follower of its log adds them up in memory.
//!
//! Where it stands is saved now and then, and when the engine stops, so that a start does not add up the whole
//! log again. What was saved is a cache: on any doubt it is thrown away.

use std::{
    path::PathBuf,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use eventlog::Position;
use measure::{Measures, Reading};
use model::{TenantId, Timestamp};
use tokio::sync::watch;
use tracing::{error, warn};

use crate::{FollowError, feed::Feed, follow::Follower};

mod saved;

/// The pause after the log could not be read.
const PAUSE: Duration = Duration::from_secs(1);
/// How many records are added up between two saves.
const SAVE_EVERY: u64 = 200_000;

/// A tenant's measures. Cheap to clone.
#[derive(Clone)]
pub struct Measured {
    shared: Arc<Shared>,
}

/// The measures will not come so far: the engine stops, or the tenant's log cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotMeasured;

struct Shared {
    path: PathBuf,
    measures: RwLock<Measures>,
    reached: watch::Sender<Reached>,
    /// Adding up is to end with the batch at hand.
    ending: AtomicBool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Reached {
    /// `None` until it is known that the log goes so far: what was saved may be of another log.
    position: Option<Position>,
    /// Nothing will follow.
    closed: bool,
}

/// Starts the thread that adds up a tenant's log.
pub(crate) fn spawn(
    path: PathBuf,
    tenant: &TenantId,
    feed: Arc<Feed>,
) -> std::io::Result<(Measured, JoinHandle<()>)> {
    let (reached, _) = watch::channel(Reached::default());
    let (measures, ending) = (RwLock::default(), AtomicBool::new(false));
    let shared = Arc::new(Shared { path, measures, reached, ending });
    let adding = Adding(Arc::clone(&shared));
    let name = format!("measures {tenant}");
    let tenant = tenant.clone();
    let thread = thread::Builder::new().name(name).spawn(move || {
        adding.0.run(&tenant, |after| Follower::new(Arc::clone(&feed), after));
    })?;
    Ok((Measured { shared }, thread))
}

/// Held by the thread that adds up. However it ends, those who wait for it learn of it.
struct Adding(Arc<Shared>);

impl Drop for Adding {
    fn drop(&mut self) {
        self.0.reached.send_modify(|reached| reached.closed = true);
    }
}

impl Measured {
    /// The last record that was added.
    #[must_use]
    pub fn position(&self) -> Position {
        self.shared.reached.borrow().position.unwrap_or(0)
    }

    /// Waits until the record at `position` is included, so that a reading includes what a query or a reply has
    /// told. Bounded by the caller.
    ///
    /// # Errors
    /// When the measures will not come so far.
    pub async fn wait(&self, position: Position) -> Result<(), NotMeasured> {
        let mut reached = self.shared.reached.subscribe();
        let included = |reached: &Reached| reached.position.is_some_and(|until| until >= position);
        match reached.wait_for(|reached| reached.closed || included(reached)).await {
            Ok(reached) if included(&reached) => Ok(()),
            _ => Err(NotMeasured),
        }
    }

    /// Reads the measures as they are at `now`, all of one position. Adding up waits meanwhile: it should be
    /// quick.
    pub fn read<T>(&self, now: Timestamp, read: impl FnOnce(Reading<'_>) -> T) -> T {
        read(self.shared.read().reading(now))
    }

    /// Lets adding up end soon, however far it is behind.
    pub(crate) fn end(&self) {
        self.shared.ending.store(true, Ordering::Release);
    }
}

impl Shared {
    fn run(&self, tenant: &TenantId, follow: impl Fn(Position) -> Follower) {
        self.replace(saved::load(&self.path).unwrap_or_default());
        loop {
            match self.add_up(tenant, &follow) {
                FollowError::Closed => return self.save(tenant),
                FollowError::AheadOfLog { .. } => {
                    warn!(%tenant, "saved measures thrown away, to be added up again from the log");
                    self.replace(Measures::default());
                }
                FollowError::Log(why) => {
                    warn!(%tenant, %why, "log cannot be followed");
                    thread::sleep(PAUSE);
                }
                FollowError::Unreadable(why) => {
                    // The tenant is refused for the same reason, and says so.
                    error!(%tenant, %why, "measures not added up");
                    return;
                }
            }
        }
    }

    fn add_up(&self, tenant: &TenantId, follow: impl Fn(Position) -> Follower) -> FollowError {
        let mut follower = follow(self.read().position());
        let mut saved = follower.position();
        if let Err(error) = follower.reached_blocking() {
            return error;
        }
        self.reach(saved);
        loop {
            if self.ending.load(Ordering::Acquire) {
                return FollowError::Closed;
            }
            let batch = match follower.next_batch_blocking() {
                Ok(batch) => batch,
                Err(error) => return error,
            };
            {
                let mut measures = self.measures.write().unwrap_or_else(PoisonError::into_inner);
                for entry in batch.iter() {
                    measures.apply(entry.position, entry.at, entry.event);
                }
            }
            self.reach(batch.position());
            if batch.position() - saved >= SAVE_EVERY {
                self.save(tenant);
                saved = batch.position();
            }
        }
    }

    fn replace(&self, measures: Measures) {
        *self.measures.write().unwrap_or_else(PoisonError::into_inner) = measures;
    }

    fn read(&self) -> RwLockReadGuard<'_, Measures> {
        self.measures.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn reach(&self, position: Position) {
        self.reached.send_modify(|reached| reached.position = Some(position));
    }

    fn save(&self, tenant: &TenantId) {
        let measures = self.read();
        let bytes = saved::pack(&measures);
        drop(measures);
        // The log has everything that they would have: only the next start takes longer.
        if let Err(why) = saved::store(&self.path, &bytes) {
            warn!(%tenant, %why, "measures not saved");
        }
    }
}
