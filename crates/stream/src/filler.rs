//! Keeping the messages in step with the log.

use std::{convert::Infallible, thread, time::Duration};

use engine::{
    Follower,
    database::{Filling, Stop},
};
use model::TenantId;

use crate::{
    store::{Retention, Writer},
    stream::Shared,
};

/// How long events gather between two transactions, so that there are fewer of them than commits of the log.
const GATHER: Duration = Duration::from_millis(5);

/// Fills the stream until the log is closed.
pub(crate) fn run(
    shared: &Shared,
    tenant: &TenantId,
    retention: Retention,
    follower: &mut Follower,
) {
    let filling = Filling { what: "stream", tenant, path: shared.path() };
    let fill = || fill(shared, tenant, retention, follower);
    filling.run(|| shared.is_ending(), || shared.gone(), fill);
}

fn fill(
    shared: &Shared,
    tenant: &TenantId,
    retention: Retention,
    follower: &mut Follower,
) -> Result<Infallible, Stop> {
    let mut writer = Writer::open(shared.path(), tenant, retention)?;
    follower.seek(writer.progress().position);
    // Messages that are ahead of the log must not be read.
    follower.reached_blocking()?;
    shared.opened(writer.progress());
    loop {
        if shared.is_ending() {
            return Err(Stop::Closed);
        }
        let batch = follower.next_batch_blocking()?;
        let messages = writer.write(&batch)?;
        shared.filled(writer.progress(), messages);
        thread::sleep(GATHER);
    }
}
