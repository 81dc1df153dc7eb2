//! When a shard writes its state down, and who saves it.

use std::{
    sync::Arc,
    thread::{self, JoinHandle},
    time::Instant,
};

use eventlog::Position;
use kernel::State;
use model::Timestamp;
use tracing::warn;

use crate::{codec::Draft, tenant::Tenant};

/// Writing a state down stops the shard. Afterwards it works for so many times as long before it is
/// stopped again, which bounds the price to 2 %, however large the state.
const WORK_PER_STOP: u32 = 50;

/// A shard's snapshots. The state is written down on the shard's thread; compressing, sealing and saving
/// are done on another, once what it contains is durable.
pub(super) struct Snapshots<'t> {
    tenant: &'t Tenant,
    every: u64,
    /// The position of the last one.
    last: Position,
    not_before: Instant,
    /// Written down, but not yet durable.
    draft: Option<Draft>,
    saving: Option<JoinHandle<()>>,
}

impl<'t> Snapshots<'t> {
    pub(super) fn new(tenant: &'t Tenant, every: u64, last: Position) -> Self {
        Self { tenant, every, last, not_before: Instant::now(), draft: None, saving: None }
    }

    pub(super) fn is_due(&self, position: Position) -> bool {
        self.every > 0
            && position - self.last >= self.every
            && self.draft.is_none()
            && self.saving.as_ref().is_none_or(JoinHandle::is_finished)
            && Instant::now() >= self.not_before
    }

    /// Writes the state down; it is saved when `position` is durable. `now` is the shard's time.
    pub(super) fn take(&mut self, state: &State, position: Position, now: Timestamp) {
        let begun = Instant::now();
        self.draft = Some(Draft::new(state, position, now));
        self.last = position;
        self.not_before = Instant::now() + begun.elapsed() * WORK_PER_STOP;
    }

    /// Everything up to `position` is durable.
    pub(super) fn durable(&mut self, position: Position) {
        let Some(draft) = self.draft.take_if(|draft| draft.position <= position) else { return };
        self.settle();
        let (store, codec) = (Arc::clone(&self.tenant.store), Arc::clone(&self.tenant.codec));
        let (tenant, saved) = (self.tenant.id.clone(), Arc::clone(&self.tenant.snapshots_saved));
        let spawned = thread::Builder::new().name(format!("snapshot {tenant}")).spawn(move || {
            let packed = codec.pack(&draft).map_err(|error| error.to_string());
            let result = packed.and_then(|snapshot| {
                store.save_snapshot(tenant.as_str(), &snapshot).map_err(|error| error.to_string())
            });
            match result {
                Ok(()) => saved.add(1),
                // The log has everything that the snapshot would have: only the next start takes longer.
                Err(why) => warn!(%tenant, %why, "snapshot not saved"),
            }
        });
        match spawned {
            Ok(saving) => self.saving = Some(saving),
            Err(why) => warn!(tenant = %self.tenant.id, %why, "snapshot not saved"),
        }
    }

    /// Saves a last one, when all is durable and something happened since the one before, and waits for it.
    pub(super) fn finish(&mut self, state: &State, position: Position, now: Timestamp) {
        self.settle();
        if position > self.last {
            self.take(state, position, now);
        }
        self.durable(position);
        self.settle();
    }

    fn settle(&mut self) {
        if let Some(saving) = self.saving.take()
            && saving.join().is_err()
        {
            warn!(tenant = %self.tenant.id, "snapshot not saved: its thread panicked");
        }
    }
}
