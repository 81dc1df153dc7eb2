//! Keeping the views in step with the log.

use std::{convert::Infallible, time::Duration};

use eventlog::Position;
use model::TenantId;

use super::{Shared, writer::Writer};
use crate::{
    Follower,
    database::{Filling, Stop},
};

/// How long records gather between two transactions. Many records of one interaction then change its rows
/// once, and who reads asks for the position that it needs.
const GATHER: Duration = Duration::from_millis(50);
/// How many records may have gathered before filling goes on at once.
const GATHER_RECORDS: Position = 4_096;

/// Fills the views until the log is closed.
pub(super) fn run(shared: &Shared, tenant: &TenantId, follower: &mut Follower) {
    let filling = Filling { what: "views", tenant, path: shared.readers.path() };
    filling.run(|| shared.is_ending(), || shared.gone(), || fill(shared, follower));
}

fn fill(shared: &Shared, follower: &mut Follower) -> Result<Infallible, Stop> {
    let mut writer = Writer::open(shared.readers.path())?;
    follower.seek(writer.position());
    // A database that is ahead of the log must not be read.
    follower.reached_blocking()?;
    shared.opened(writer.position());
    loop {
        if shared.is_ending() {
            return Err(Stop::Closed);
        }
        let batch = follower.next_batch_blocking()?;
        writer.write(&batch)?;
        shared.filled(writer.position());
        if follower.behind() < GATHER_RECORDS {
            shared.gather(writer.position(), GATHER);
        }
    }
}
