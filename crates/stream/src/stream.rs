//! One tenant's messages, as their readers see them.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use engine::{Engine, database::Readers};
use model::TenantId;
use rusqlite::Connection;
use tokio::sync::watch;

use crate::{
    Message, StreamError,
    cursors::Cursors,
    store::{self, Progress},
    tail::Tail,
};

/// How many messages one read gives at most.
pub const READ_MAX: usize = 1_000;

/// Open connections kept for the next reader.
const READERS_KEPT: usize = 4;

/// One tenant's messages. Cheap to clone.
#[derive(Clone)]
pub struct Stream {
    tenant: TenantId,
    engine: Engine,
    shared: Arc<Shared>,
    cursors: Arc<Cursors>,
}

impl Stream {
    pub(crate) fn new(
        tenant: TenantId,
        engine: Engine,
        shared: Arc<Shared>,
        cursors: Arc<Cursors>,
    ) -> Self {
        Self { tenant, engine, shared, cursors }
    }

    /// Whose messages they are.
    #[must_use]
    pub fn tenant(&self) -> &TenantId {
        &self.tenant
    }

    /// The number of the oldest message that is kept; one more than [`head`](Self::head) when none is.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.shared.filled.borrow().progress.first
    }

    /// The number of the newest message, so far as they have been made: right after the start that can be
    /// long ago. Who wants to begin with what happens from now on asks for [`latest`](Self::latest).
    #[must_use]
    pub fn head(&self) -> u64 {
        self.shared.filled.borrow().progress.head
    }

    /// Bytes of the texts of all messages that ever were, up to the newest; compare
    /// [`Message::total`].
    #[must_use]
    pub fn total(&self) -> u64 {
        self.shared.filled.borrow().progress.total
    }

    /// The number after which everything follows that happens from now on. Waits until the messages include
    /// all that the log has now; bounded by the caller.
    ///
    /// # Errors
    /// When the messages will not come so far.
    pub async fn latest(&self) -> Result<u64, StreamError> {
        let position = self.engine.position(&self.tenant).map_err(|_| StreamError::Closed)?;
        let reached = |filled: &Filled| filled.present && filled.progress.position >= position;
        let mut filled = self.shared.filled.subscribe();
        match filled.wait_for(|filled| filled.closed || reached(filled)).await {
            Ok(filled) if reached(&filled) => Ok(filled.progress.head),
            _ => Err(StreamError::Closed),
        }
    }

    /// What is there after a number, oldest first, at most `limit` and never more than [`READ_MAX`]; empty
    /// when there is nothing. When messages after it are no longer kept, begins with the oldest that is.
    ///
    /// # Errors
    /// When the messages are not there, or cannot be read.
    ///
    /// # Panics
    /// Outside a Tokio runtime, when it must read from disk.
    pub async fn read(&self, after: u64, limit: usize) -> Result<Vec<Arc<Message>>, StreamError> {
        let limit = limit.min(READ_MAX);
        // Memory may still have what is no longer kept: nobody sees more than after a restart.
        let after = after.max(self.first().saturating_sub(1));
        if let Some(messages) = self.shared.recent(after, limit) {
            return Ok(messages);
        }
        if after >= self.head() {
            return Ok(Vec::new());
        }
        self.on_disk(move |connection| store::read(connection, after, limit)).await
    }

    /// Like [`read`](Self::read), but waits until there is something. Nothing is lost when the future is
    /// dropped before it is ready.
    ///
    /// # Errors
    /// When nothing will come, or the messages cannot be read.
    ///
    /// # Panics
    /// As `read`.
    pub async fn next(&self, after: u64, limit: usize) -> Result<Vec<Arc<Message>>, StreamError> {
        let mut filled = self.shared.filled.subscribe();
        loop {
            let more = |filled: &Filled| filled.present && filled.progress.head > after;
            match filled.wait_for(|filled| filled.closed || more(filled)).await {
                Ok(filled) if more(&filled) => {}
                _ => return Err(StreamError::Closed),
            }
            match self.read(after, limit).await {
                Ok(messages) if messages.is_empty() => {}
                // They went away in between, and come again.
                Err(StreamError::Unavailable) => {}
                read => return read,
            }
        }
    }

    /// Waits until there is more than `bytes` of texts after what has this [`total`](Message::total) by then,
    /// or until nothing will come.
    pub async fn outgrown(&self, total: impl Fn() -> u64, bytes: u64) {
        let mut filled = self.shared.filled.subscribe();
        let over = |filled: &Filled| filled.progress.total.saturating_sub(total()) > bytes;
        // An error would mean that the sender is gone, but it is ours too.
        let _ = filled.wait_for(|filled| filled.closed || over(filled)).await;
    }

    /// The lowest number after `after` beyond which there are at most `messages` with at most `bytes` of
    /// texts: where a subscriber goes on whose backlog is bounded.
    ///
    /// # Errors
    /// When the messages are not there, or cannot be read.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    pub async fn bounded(&self, after: u64, messages: u64, bytes: u64) -> Result<u64, StreamError> {
        let Progress { head, first, total, .. } = self.shared.filled.borrow().progress;
        let after = after.max(head.saturating_sub(messages)).max(first.saturating_sub(1)).min(head);
        let within = move |from: &Connection| store::next_within(from, after, head, total, bytes);
        self.on_disk(within).await
    }

    /// Keeps what a subscriber needs to go on, under a name. Once this returns it outlives the process; a
    /// power cut can take the last second.
    ///
    /// # Errors
    /// When a bound is broken ([`CURSOR_BYTES_MAX`](crate::CURSOR_BYTES_MAX) and its neighbours), or the
    /// database fails.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    pub async fn save_cursor(&self, name: &str, state: &[u8]) -> Result<(), StreamError> {
        let (name, state) = (name.to_owned(), state.to_owned());
        self.cursors(move |cursors| cursors.save(&name, &state)).await
    }

    /// What was kept under a name.
    ///
    /// # Errors
    /// When the database fails.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    pub async fn cursor(&self, name: &str) -> Result<Option<Vec<u8>>, StreamError> {
        let name = name.to_owned();
        self.cursors(move |cursors| cursors.load(&name)).await
    }

    /// All names that begin so, with what was kept, in the order of the names.
    ///
    /// # Errors
    /// When the database fails.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    pub async fn list_cursors(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StreamError> {
        let prefix = prefix.to_owned();
        self.cursors(move |cursors| cursors.list(&prefix)).await
    }

    /// Forgets a name; to forget one that is not there is no error.
    ///
    /// # Errors
    /// When the database fails.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    pub async fn delete_cursor(&self, name: &str) -> Result<(), StreamError> {
        let name = name.to_owned();
        self.cursors(move |cursors| cursors.delete(&name)).await
    }

    async fn cursors<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Cursors) -> Result<T, StreamError> + Send + 'static,
    ) -> Result<T, StreamError> {
        let cursors = Arc::clone(&self.cursors);
        let done = tokio::task::spawn_blocking(move || work(&cursors)).await;
        done.unwrap_or(Err(StreamError::Unavailable))
    }

    async fn on_disk<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StreamError> + Send + 'static,
    ) -> Result<T, StreamError> {
        let shared = Arc::clone(&self.shared);
        let read = tokio::task::spawn_blocking(move || shared.read(read));
        read.await.unwrap_or(Err(StreamError::Unavailable))
    }
}

/// What the thread that fills the stream and those who read it share.
pub(crate) struct Shared {
    filled: watch::Sender<Filled>,
    tail: RwLock<Tail>,
    /// Filling is to end with the batch at hand; what is missing is filled after the next start.
    ending: AtomicBool,
    readers: Readers,
}

/// Held by the thread that fills. However it ends, those who wait for it learn of it.
pub(crate) struct Filling(Arc<Shared>);

impl Filling {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        Self(Arc::clone(shared))
    }
}

impl Deref for Filling {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Drop for Filling {
    fn drop(&mut self) {
        self.0.filled.send_modify(|filled| filled.closed = true);
    }
}

/// How far the stream has come.
#[derive(Clone, Copy, Debug, Default)]
struct Filled {
    progress: Progress,
    /// The database is there.
    present: bool,
    /// Nothing will follow.
    closed: bool,
}

impl Shared {
    pub(crate) fn new(path: PathBuf) -> Self {
        let (filled, _) = watch::channel(Filled::default());
        let (tail, ending) = (RwLock::default(), AtomicBool::new(false));
        Self { filled, tail, ending, readers: Readers::new(path, READERS_KEPT) }
    }

    pub(crate) fn path(&self) -> &Path {
        self.readers.path()
    }

    pub(crate) fn end(&self) {
        self.ending.store(true, Ordering::Release);
    }

    pub(crate) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Acquire)
    }

    /// A database is there.
    pub(crate) fn opened(&self, progress: Progress) {
        self.write_tail(|tail| *tail = Tail::default());
        self.readers.renew();
        self.filled.send_modify(|filled| {
            *filled = Filled { progress, present: true, ..*filled };
        });
    }

    /// The database is not to be read any more.
    pub(crate) fn gone(&self) {
        self.filled.send_modify(|filled| filled.present = false);
        self.write_tail(|tail| *tail = Tail::default());
    }

    /// The database has come further.
    pub(crate) fn filled(&self, progress: Progress, messages: Vec<Arc<Message>>) {
        self.write_tail(|tail| messages.into_iter().for_each(|message| tail.push(message)));
        self.filled.send_modify(|filled| filled.progress = progress);
    }

    /// What follows, if it is in memory.
    fn recent(&self, after: u64, limit: usize) -> Option<Vec<Arc<Message>>> {
        self.tail.read().unwrap_or_else(PoisonError::into_inner).read(after, limit)
    }

    fn write_tail(&self, change: impl FnOnce(&mut Tail)) {
        change(&mut self.tail.write().unwrap_or_else(PoisonError::into_inner));
    }

    fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StreamError>,
    ) -> Result<T, StreamError> {
        let Filled { present, closed, .. } = *self.filled.borrow();
        if !present {
            return Err(if closed { StreamError::Closed } else { StreamError::Unavailable });
        }
        self.readers.read(|connection| read(connection))
    }
}
