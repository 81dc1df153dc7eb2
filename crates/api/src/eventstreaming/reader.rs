//! A reader: a place in a topic, and how many messages the client has not answered.

use futures_util::FutureExt as _;
use stream::{Source, StreamError};
use tokio::time::timeout;

use super::{
    Grant, PATIENCE,
    link::{Ending, Heard, Link},
    wire::{END_OF_TOPIC, Refusal, Said, Start},
};

/// Messages sent before it is looked at what the client says.
const AT_ONCE: usize = 64;

/// The entry that a reader begins after.
pub(super) async fn start(source: &Source, start: Start) -> Result<u64, Refusal> {
    let entry = match start {
        Start::Earliest => return Ok(0),
        Start::Latest => u64::MAX,
        Start::After(entry) => entry,
    };
    match timeout(PATIENCE, source.latest()).await {
        // What has not happened yet is no place to wait at.
        Ok(Ok(latest)) => Ok(entry.min(latest)),
        Ok(Err(_)) | Err(_) => Err(Refusal::UNAVAILABLE),
    }
}

pub(super) async fn serve(grant: Grant, source: Source, after: u64, window: u32, mut link: Link) {
    let stop = grant.app.options().stop.clone();
    let ending = tokio::select! {
        ending = run(&grant, &source, after, window as usize, &mut link) => ending,
        () = grant.revoked() => Ending::Unauthenticated,
        () = stop.thrown() => Ending::GoingDown,
    };
    link.close(ending).await;
}

async fn run(
    grant: &Grant,
    source: &Source,
    mut after: u64,
    window: usize,
    link: &mut Link,
) -> Ending {
    let mut pending = 0_usize;
    loop {
        let room = window.saturating_sub(pending);
        let next = source.next(after, room.min(AT_ONCE));
        let done = tokio::select! {
            heard = link.hear() => listen(link, &mut pending, heard).await,
            page = next, if room > 0 => match page {
                Ok(page) => {
                    after = page.until;
                    pending += page.entries.len();
                    let mut sent = Ok(());
                    for (entry, message) in &page.entries {
                        sent = link.send(grant.envelopes.of(*entry, 0, message)).await;
                        if sent.is_err() {
                            break;
                        }
                    }
                    sent
                }
                Err(error) => Err(ending_of(&error)),
            },
        };
        let flushed = match done {
            Ok(()) => link.flush().await,
            Err(ending) => Err(ending),
        };
        if let Err(ending) = flushed {
            return ending;
        }
    }
}

/// Takes what the client says and has said by now. Credits come in heaps, one for each message, and waiting
/// for the topic anew after each would cost more than sending the message did.
async fn listen(
    link: &mut Link,
    pending: &mut usize,
    first: Result<Heard, Ending>,
) -> Result<(), Ending> {
    let mut heard = Some(first);
    while let Some(said) = heard {
        match said? {
            Heard::Text(text) => {
                if Said::asks_for_end(&text).map_err(Ending::Unreadable)? {
                    link.send(END_OF_TOPIC.into()).await?;
                } else {
                    *pending = pending.saturating_sub(1);
                }
            }
            Heard::Life => {}
            Heard::Nothing => link.beat().await?,
        }
        // Tokio's budget for a task ends this also with a client that never stops talking.
        heard = link.hear().now_or_never();
    }
    Ok(())
}

fn ending_of(error: &StreamError) -> Ending {
    if !matches!(error, StreamError::Closed) {
        tracing::warn!(%error, "a topic cannot be read");
    }
    Ending::GoingDown
}
