//! What outlives a connection: how far each subscription came, and when it was last connected (Streaming API,
//! "Connection lifecycle"). The messages themselves are in the stream.

use model::{TenantId, Timestamp};
use serde::{Deserialize, Serialize};
use stream::{Stream, StreamError};

use super::StreamingLimits;
use crate::app::App;

/// Before the names of this contract's cursors.
const PREFIX: &str = "sapi/";

/// One subscription.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Subscription {
    /// The last message that its client has.
    seq: u64,
    /// When it was last connected, in epoch milliseconds.
    seen: u64,
}

/// Where a client that connects now goes on.
pub(super) async fn enter(
    stream: &Stream,
    name: &str,
    now: Timestamp,
    limits: &StreamingLimits,
) -> Result<u64, StreamError> {
    let latest = stream.latest().await?;
    let known = stream.cursor(&format!("{PREFIX}{name}")).await?;
    let known = known.and_then(|bytes| serde_json::from_slice::<Subscription>(&bytes).ok());
    let start = match known {
        Some(known) if !is_over(&known, now, limits) => {
            stream.bounded(known.seq, limits.cache_messages, limits.cache_bytes).await?
        }
        _ => latest,
    };
    save(stream, name, start, now).await?;
    Ok(start)
}

/// Puts down how far a client that is connected came.
pub(super) async fn save(
    stream: &Stream,
    name: &str,
    seq: u64,
    now: Timestamp,
) -> Result<(), StreamError> {
    let subscription = Subscription { seq, seen: now.0 };
    let bytes = serde_json::to_vec(&subscription).expect("a subscription is plain data");
    stream.save_cursor(&format!("{PREFIX}{name}"), &bytes).await
}

/// Forgets the subscriptions that are over, and of those that are gone the longest gone.
pub(super) async fn tidy(app: &App, stream: &Stream) -> Result<(), StreamError> {
    let (now, limits) = (app.engine().now(), app.options().streaming);
    let tenant: &TenantId = stream.tenant();
    let mut gone = Vec::new();
    for (name, bytes) in stream.list_cursors(PREFIX).await? {
        match serde_json::from_slice::<Subscription>(&bytes) {
            Ok(known) if !is_over(&known, now, &limits) => gone.push((known.seen, name)),
            _ => gone.push((0, name)),
        }
    }
    gone.sort_unstable();
    let live = app.live().subscriptions(tenant);
    gone.retain(|(_, name)| !live.iter().any(|live| name.strip_prefix(PREFIX) == Some(live)));
    let surplus = gone.len().saturating_sub(limits.dormant);
    for (n, (seen, name)) in gone.iter().enumerate() {
        if n < surplus || *seen == 0 {
            stream.delete_cursor(name).await?;
        }
    }
    Ok(())
}

fn is_over(known: &Subscription, now: Timestamp, limits: &StreamingLimits) -> bool {
    u128::from(now.since(Timestamp(known.seen))) > limits.cache.as_millis()
}
