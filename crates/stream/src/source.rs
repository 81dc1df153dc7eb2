//! A topic, read in order from any place: from the stream, or from what was given up.

use std::sync::Arc;

use crate::{Message, Stream, StreamError, Topic, dead_letters::DeadLetters};

/// Messages looked at in one go.
const LOOK: usize = 256;

/// A topic that can be read. Its entries have rising numbers, with gaps.
#[derive(Clone)]
pub struct Source {
    stream: Stream,
    topic: Topic,
    dead: DeadLetters,
}

/// A part of a topic.
#[derive(Debug)]
pub struct Page {
    /// Entries with their numbers.
    pub entries: Vec<(u64, Arc<Message>)>,
    /// There are no others up to here.
    pub until: u64,
}

impl Source {
    pub(crate) fn new(stream: Stream, topic: Topic, dead: DeadLetters) -> Self {
        Self { stream, topic, dead }
    }

    /// Whose topic it is.
    #[must_use]
    pub fn stream(&self) -> &Stream {
        &self.stream
    }

    pub(crate) fn dead_letters(&self) -> &DeadLetters {
        &self.dead
    }

    /// The number after which everything follows that happens from now on. Bounded by the caller.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn latest(&self) -> Result<u64, StreamError> {
        match &self.topic {
            Topic::DeadLetters(name) => Ok(self.dead.list(name).await?.head()),
            _ => self.stream.latest().await,
        }
    }

    /// What follows `after`, at most `limit` entries; waits until there is something, which can be
    /// nothing for this topic. Begins with the oldest that is kept. Nothing is lost when the future is dropped.
    ///
    /// # Errors
    /// When nothing will come, or the store cannot be read.
    pub async fn next(&self, after: u64, limit: usize) -> Result<Page, StreamError> {
        if let Topic::DeadLetters(name) = &self.topic {
            return self.dead.next(name, after, limit.min(LOOK)).await;
        }
        let most = if self.topic == Topic::All { limit.min(LOOK) } else { LOOK };
        let mut page = Page { entries: Vec::new(), until: after };
        for message in self.stream.next(after, most).await? {
            if page.entries.len() == limit {
                break;
            }
            page.until = message.seq;
            if self.topic.holds(&message) {
                page.entries.push((message.seq, message));
            }
        }
        Ok(page)
    }

    /// One entry, if it is still kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn get(&self, entry: u64) -> Result<Option<Arc<Message>>, StreamError> {
        if let Topic::DeadLetters(name) = &self.topic {
            return self.dead.get(name, entry).await;
        }
        let found = self.stream.read(entry.saturating_sub(1), 1).await?;
        Ok(found.into_iter().find(|message| message.seq == entry))
    }
}
