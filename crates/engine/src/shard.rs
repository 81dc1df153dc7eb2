//! A tenant's shard: one thread that executes requests, appends what they cause, and answers.
//!
//! The thread lives as long as the tenant is open. What it holds (state, claim, replies that wait) lives
//! only until something fails; then all of it is dropped and taken anew from snapshot and log.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use eventlog::LogError;
use tracing::{error, info, warn};

use crate::{Readiness, tenant::Tenant};

mod company;
mod inbox;
mod life;
mod recovery;
mod snapshots;

pub(crate) use inbox::{Ending, Inbox, Item, Wanted};
use life::Life;

/// The pause before the second rebuild in a row; each further one doubles it. The first is made at once.
const PAUSE_MIN: Duration = Duration::from_millis(100);
/// The longest pause between two rebuilds.
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// Why a shard cannot go on.
#[derive(Debug)]
enum Fault {
    /// The tenant cannot be served, and trying again does not help.
    Refused(String),
    /// The state in memory is worth nothing any more; a new one can be taken from the log.
    Lost(String),
    /// The engine stops.
    Ended,
}

impl From<LogError> for Fault {
    fn from(error: LogError) -> Self {
        match error {
            LogError::BadName { .. } | LogError::Corrupt(_) | LogError::Incompatible(_) => {
                Self::Refused(error.to_string())
            }
            _ => Self::Lost(error.to_string()),
        }
    }
}

/// Starts the shard's thread. `snapshot_every` counts events; 0 saves a snapshot only at the end.
pub(crate) fn spawn(tenant: Arc<Tenant>, snapshot_every: u64) -> io::Result<JoinHandle<()>> {
    let name = format!("shard {}", tenant.id);
    thread::Builder::new().name(name).spawn(move || run(&tenant, snapshot_every))
}

/// Lives, and after each failure lives again, until the engine stops.
fn run(tenant: &Tenant, snapshot_every: u64) {
    let mut pause = Duration::ZERO;
    for number in 0.. {
        let commits = tenant.counters.commits.get();
        let lived = catch_unwind(AssertUnwindSafe(|| live(tenant, number, snapshot_every)));
        let why = match lived.unwrap_or_else(|_| Err(Fault::Lost("the shard panicked".to_owned())))
        {
            Ok(()) | Err(Fault::Ended) => return end(tenant, Readiness::Stopped),
            Err(Fault::Refused(why)) => {
                error!(tenant = %tenant.id, %why, "tenant refused");
                return end(tenant, Readiness::Refused(why));
            }
            Err(Fault::Lost(why)) => why,
        };
        if tenant.counters.commits.get() > commits {
            pause = Duration::ZERO;
        }
        let pause_ms = pause.as_millis();
        warn!(tenant = %tenant.id, %why, pause_ms, "shard dropped, to be rebuilt");
        tenant.readiness.send_replace(Readiness::Unavailable(why));
        if tenant.inbox.pause(Some(pause)).is_some() {
            return end(tenant, Readiness::Stopped);
        }
        pause = (pause * 2).clamp(PAUSE_MIN, PAUSE_MAX);
        tenant.counters.rebuilds.add(1);
    }
}

fn end(tenant: &Tenant, readiness: Readiness) {
    tenant.feed.close();
    tenant.readiness.send_replace(readiness);
}

/// From recovery to the end, orderly or not.
fn live(tenant: &Tenant, number: u64, snapshot_every: u64) -> Result<(), Fault> {
    let recovered = recovery::recover(tenant)?;
    info!(tenant = %tenant.id, position = recovered.claim.end(), "tenant serves");
    let mut life = Life::new(tenant, number, recovered, snapshot_every);
    tenant.inbox.open();
    tenant.readiness.send_replace(Readiness::Ready);
    loop {
        let (min, max, patience) = life.appetite();
        let taken = tenant.inbox.take(min, max, patience);
        for answer in taken.answers {
            life.settle(answer)?;
        }
        life.execute(taken.items);
        match taken.ending {
            Some(Ending::Abandoned) => return Ok(()),
            Some(Ending::Orderly) if life.is_quiet() => {
                life.finish();
                return Ok(());
            }
            _ => life.save_snapshot_if_due(),
        }
    }
}
