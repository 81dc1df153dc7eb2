//! Taking a shard's state from snapshot and log.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use eventlog::{Claim, Position, Record};
use kernel::State;
use model::{Recorded, Timestamp};
use tracing::{info, warn};

use super::Fault;
use crate::{Readiness, tenant::Tenant};

/// How many records are read at once.
const READ_RECORDS: usize = 4_096;
/// How many reads one stage may be ahead of the next.
const READ_AHEAD: usize = 4;

/// A state as of the log's end.
pub(super) struct Recovered {
    pub(super) claim: Claim,
    pub(super) state: State,
    /// The time of the last record.
    pub(super) at: Timestamp,
    /// The position of the snapshot it was taken from; 0 when from none.
    pub(super) snapshot: Position,
}

/// A state on the way to the log's end.
struct Replay {
    state: State,
    at: Timestamp,
    position: Position,
}

/// Claims the log and takes the state from it.
pub(super) fn recover(tenant: &Tenant) -> Result<Recovered, Fault> {
    let claim = tenant.store.claim(tenant.log())?;
    let end = claim.end();
    tenant.feed.claimed(end).map_err(|known| {
        Fault::Refused(format!("the log ends at {end}, but {known} records had been acknowledged"))
    })?;
    if let Some(from) = restore(tenant, end) {
        let snapshot = from.position;
        match replay(tenant, from, end) {
            Ok(Replay { state, at, .. }) => return Ok(Recovered { claim, state, at, snapshot }),
            // It may be the snapshot that is wrong; the log alone decides.
            Err(Fault::Refused(why)) => {
                warn!(tenant = %tenant.id, snapshot, %why, "snapshot thrown away");
            }
            Err(fault) => return Err(fault),
        }
    }
    let nothing = Replay { state: State::default(), at: Timestamp(0), position: 0 };
    let Replay { state, at, .. } = replay(tenant, nothing, end)?;
    Ok(Recovered { claim, state, at, snapshot: 0 })
}

/// The newest snapshot, unless there is any doubt about it.
fn restore(tenant: &Tenant, end: Position) -> Option<Replay> {
    let snapshot = match tenant.store.snapshot(tenant.log()) {
        Ok(snapshot) => snapshot.filter(|snapshot| snapshot.position <= end)?,
        Err(error) => {
            warn!(tenant = %tenant.id, %error, "snapshot cannot be read");
            return None;
        }
    };
    let position = snapshot.position;
    let Some((state, at)) = tenant.codec.unpack(&snapshot) else {
        info!(tenant = %tenant.id, snapshot = position, "snapshot does not fit, replaying the log");
        return None;
    };
    Some(Replay { state, at, position })
}

/// Applies all records up to `end`. They are read on a second thread and decoded on a third: each of the
/// three takes about as long.
fn replay(tenant: &Tenant, from: Replay, end: Position) -> Result<Replay, Fault> {
    let applying = Cell::new(from.position);
    let applied = catch_unwind(AssertUnwindSafe(|| {
        thread::scope(|scope| {
            let (read, records) = sync_channel(READ_AHEAD);
            let (decoded, events) = sync_channel(READ_AHEAD);
            let after = from.position;
            scope.spawn(move || read_ahead(tenant, after, end, &read));
            scope.spawn(move || decode_ahead(tenant, &records, &decoded));
            apply(tenant, from, end, &events, &applying)
        })
    }));
    applied.unwrap_or_else(|_| {
        let position = applying.get();
        Err(Fault::Refused(format!("record {position} does not fit what was before it")))
    })
}

fn apply(
    tenant: &Tenant,
    mut replay: Replay,
    end: Position,
    events: &Receiver<Result<Vec<Recorded>, Fault>>,
    applying: &Cell<Position>,
) -> Result<Replay, Fault> {
    while replay.position < end {
        if tenant.inbox.ending().is_some() {
            return Err(Fault::Ended);
        }
        let position = replay.position;
        tenant.readiness.send_replace(Readiness::Recovering { position, end });
        let lost = |_| Fault::Lost(format!("the log could not be read after {position}"));
        for recorded in events.recv().map_err(lost)?? {
            replay.position += 1;
            applying.set(replay.position);
            replay.state.apply(&recorded.event, recorded.at);
            replay.at = replay.at.max(recorded.at);
        }
    }
    Ok(replay)
}

/// Reads everything from `after` to `end`, until nobody listens.
fn read_ahead(
    tenant: &Tenant,
    mut after: Position,
    end: Position,
    records: &SyncSender<Result<Vec<Record>, Fault>>,
) {
    while after < end {
        let chunk = read(tenant, after, end);
        let read = chunk.as_ref().map_or(0, Vec::len) as Position;
        let failed = chunk.is_err();
        if records.send(chunk).is_err() || failed {
            return;
        }
        after += read;
    }
}

fn read(tenant: &Tenant, after: Position, end: Position) -> Result<Vec<Record>, Fault> {
    let mut records = tenant.store.read(tenant.log(), after, READ_RECORDS)?;
    records.retain(|record| record.position <= end);
    if records.is_empty() {
        return Err(Fault::Refused(format!("the log ends at {after} instead of {end}")));
    }
    for (record, expected) in records.iter().zip(after + 1..) {
        if record.position != expected {
            let found = record.position;
            return Err(Fault::Refused(format!("record {expected} is missing, {found} is next")));
        }
    }
    Ok(records)
}

/// Decodes what was read, until nobody listens.
fn decode_ahead(
    tenant: &Tenant,
    records: &Receiver<Result<Vec<Record>, Fault>>,
    events: &SyncSender<Result<Vec<Recorded>, Fault>>,
) {
    let decode = |record: &Record| {
        tenant.codec.decode(record).map_err(|error| Fault::Refused(error.to_string()))
    };
    for chunk in records {
        let chunk = chunk.and_then(|chunk| chunk.iter().map(decode).collect());
        let failed = chunk.is_err();
        if events.send(chunk).is_err() || failed {
            return;
        }
    }
}
