//! A reader: a place in a topic, and how many messages the client has not answered.

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
            heard = link.hear() => match heard {
                Ok(Heard::Text(text)) => match Said::asks_for_end(&text) {
                    Ok(true) => link.send(END_OF_TOPIC.into()).await,
                    Ok(false) => {
                        pending = pending.saturating_sub(1);
                        continue;
                    }
                    Err(why) => Err(Ending::Unreadable(why)),
                },
                Ok(Heard::Life) => continue,
                Ok(Heard::Nothing) => link.beat(grant).await,
                Err(ending) => Err(ending),
            },
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

fn ending_of(error: &StreamError) -> Ending {
    if !matches!(error, StreamError::Closed) {
        tracing::warn!(%error, "a topic cannot be read");
    }
    Ending::GoingDown
}
