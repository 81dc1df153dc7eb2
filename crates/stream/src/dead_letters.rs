//! Messages that a subscription gave up: a short list under a name, in the order of giving up.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, watch};

use crate::{Message, Stream, StreamError, source::Page};

/// Dead letters kept under one name; the oldest give way.
const KEPT_MAX: usize = 10_000;

/// A tenant's dead letters. Clones are the same.
#[derive(Clone)]
pub(crate) struct DeadLetters {
    stream: Stream,
    /// Held while a list is changed, so that two do not undo each other's change.
    writing: Arc<Mutex<()>>,
    changes: watch::Sender<u64>,
}

/// One list.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct List {
    /// How many gave way.
    gone: u64,
    /// The numbers of the messages.
    seqs: Vec<u64>,
}

impl List {
    /// The number of the newest entry.
    pub(crate) fn head(&self) -> u64 {
        self.gone + self.seqs.len() as u64
    }

    /// The entries after one, with the numbers of their messages.
    fn after(&self, after: u64) -> impl Iterator<Item = (u64, u64)> {
        let skip = usize::try_from(after.saturating_sub(self.gone)).unwrap_or(usize::MAX);
        (self.gone + 1..).zip(self.seqs.iter().copied()).skip(skip)
    }
}

impl DeadLetters {
    pub(crate) fn new(stream: Stream) -> Self {
        Self { stream, writing: Arc::default(), changes: watch::Sender::new(0) }
    }

    /// Adds messages to the list of this name.
    pub(crate) async fn add(&self, name: &str, seqs: &[u64]) -> Result<(), StreamError> {
        let _one = self.writing.lock().await;
        let mut list = self.list(name).await?;
        list.seqs.extend_from_slice(seqs);
        let surplus = list.seqs.len().saturating_sub(KEPT_MAX);
        list.seqs.drain(..surplus);
        list.gone += surplus as u64;
        let bytes = serde_json::to_vec(&list).expect("numbers can be written");
        self.stream.save_cursor(&cursor(name), &bytes).await?;
        self.changes.send_modify(|changes| *changes += 1);
        Ok(())
    }

    pub(crate) async fn list(&self, name: &str) -> Result<List, StreamError> {
        let Some(bytes) = self.stream.cursor(&cursor(name)).await? else {
            return Ok(List::default());
        };
        serde_json::from_slice(&bytes).map_err(|_| StreamError::Unreadable("state"))
    }

    /// Those after `after`, once there are any.
    pub(crate) async fn next(
        &self,
        name: &str,
        after: u64,
        limit: usize,
    ) -> Result<Page, StreamError> {
        let mut changes = self.changes.subscribe();
        loop {
            changes.mark_unchanged();
            let list = self.list(name).await?;
            let mut page = Page { entries: Vec::new(), until: after };
            for (entry, seq) in list.after(after).take(limit) {
                page.until = entry;
                page.entries.extend(self.message(seq).await?.map(|message| (entry, message)));
            }
            if page.until > after {
                return Ok(page);
            }
            // An error would mean that the sender is gone, but it is ours too.
            let _ = changes.changed().await;
        }
    }

    pub(crate) async fn get(
        &self,
        name: &str,
        entry: u64,
    ) -> Result<Option<Arc<Message>>, StreamError> {
        let list = self.list(name).await?;
        let found = list.after(entry.saturating_sub(1)).next();
        match found.filter(|(number, _)| *number == entry) {
            Some((_, seq)) => self.message(seq).await,
            None => Ok(None),
        }
    }

    /// The stream no longer has those that are too old.
    async fn message(&self, seq: u64) -> Result<Option<Arc<Message>>, StreamError> {
        let found = self.stream.read(seq.saturating_sub(1), 1).await?;
        Ok(found.into_iter().find(|message| message.seq == seq))
    }
}

fn cursor(name: &str) -> String {
    format!("dead-letters/{name}")
}
