//! Views: what a tenant's log says about the past, in SQLite tables that can be searched.
//!
//! Each tenant has a database `<data_dir>/views/<tenant>.db`, filled by a follower of its log. Rows and the
//! position they reflect are written in one transaction, so that the tables always equal some prefix of
//! the log. They hold nothing that the log does not: delete the files, and they are filled again.
//!
//! Private values are never written, not even sealed. A finished interaction's rows are deleted once its
//! retention is over, by the time of the log's events, never by the clock.

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::Duration,
};

use eventlog::Position;
use model::TenantId;
use tokio::sync::watch;

use crate::{database::Readers, feed::Feed, follow::Follower};

mod audit;
mod filler;
mod names;
mod reader;
mod schema;
mod text;
mod writer;

pub use audit::{AuditFilter, AuditRow};
pub use reader::{InteractionRow, OfferRow, PAGE_MAX, PathRow, Reader, TimelineRow};

/// Open connections kept for the next reader.
const READERS_KEPT: usize = 8;

/// What stands in place of a private value.
pub const MASK: &str = "****";

/// A tenant's views. Cheap to clone.
#[derive(Clone)]
pub struct Views {
    shared: Arc<Shared>,
}

/// Why the views cannot be read.
#[derive(Debug)]
pub enum ViewError {
    /// They are not there yet, or are being rebuilt; try again.
    Unavailable,
    /// The engine stops, or the tenant's log cannot be read.
    Closed,
    /// The database fails.
    Database(rusqlite::Error),
    /// A row holds what this version did not write. Names the column.
    Unreadable(&'static str),
}

/// What the thread that fills the views and those who read them share.
pub(crate) struct Shared {
    filled: watch::Sender<Filled>,
    wishes: Mutex<Wishes>,
    wished: Condvar,
    readers: Readers,
}

/// What is asked of the thread that fills.
#[derive(Debug, Default)]
struct Wishes {
    /// The last position that somebody waits for.
    position: Position,
    /// Filling is to end with the batch at hand; what is missing is filled after the next start.
    ending: bool,
}

/// How far the views have come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Filled {
    /// The last record they include.
    position: Position,
    /// The database is there.
    present: bool,
    /// Nothing will follow.
    closed: bool,
}

/// Starts the thread that fills a tenant's views.
pub(crate) fn spawn(
    path: PathBuf,
    tenant: &TenantId,
    feed: Arc<Feed>,
) -> std::io::Result<(Views, JoinHandle<()>)> {
    let (filled, _) = watch::channel(Filled::default());
    let (wishes, wished) = (Mutex::default(), Condvar::new());
    let readers = Readers::new(path, READERS_KEPT);
    let shared = Arc::new(Shared { filled, wishes, wished, readers });
    let filling = Filling(Arc::clone(&shared));
    let name = format!("views {tenant}");
    let (tenant, mut follower) = (tenant.clone(), Follower::new(feed, 0));
    let thread = thread::Builder::new().name(name).spawn(move || {
        filler::run(&filling.0, &tenant, &mut follower);
    })?;
    Ok((Views { shared }, thread))
}

/// Held by the thread that fills. However it ends, those who wait for it learn of it.
struct Filling(Arc<Shared>);

impl Drop for Filling {
    fn drop(&mut self) {
        self.0.filled.send_modify(|filled| filled.closed = true);
    }
}

impl Views {
    /// The last record that the views include.
    #[must_use]
    pub fn position(&self) -> Position {
        self.shared.filled.borrow().position
    }

    /// Waits until the views include the record at `position`, so that a reader finds what a query or a
    /// reply has told. Bounded by the caller.
    ///
    /// # Errors
    /// When the views will not come so far.
    pub async fn wait(&self, position: Position) -> Result<(), ViewError> {
        let mut filled = self.shared.filled.subscribe();
        self.shared.wish(|wishes| wishes.position = wishes.position.max(position));
        let enough = |filled: &Filled| filled.closed || filled.position >= position;
        match filled.wait_for(enough).await {
            Ok(filled) if filled.position >= position => Ok(()),
            _ => Err(ViewError::Closed),
        }
    }

    /// Reads on a thread where blocking is allowed. Everything that `read` sees is of one position.
    ///
    /// # Errors
    /// When the views are not there, or `read` fails.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Reader<'_>) -> Result<T, ViewError> + Send + 'static,
    ) -> Result<T, ViewError> {
        let views = self.clone();
        let read = tokio::task::spawn_blocking(move || views.read_blocking(read));
        read.await.unwrap_or(Err(ViewError::Unavailable))
    }

    /// Lets filling end soon, however far the views are behind.
    pub(crate) fn end(&self) {
        self.shared.wish(|wishes| wishes.ending = true);
    }

    /// Like [`read`](Self::read), on the calling thread.
    ///
    /// # Errors
    /// As `read`.
    pub fn read_blocking<T>(
        &self,
        read: impl FnOnce(&Reader<'_>) -> Result<T, ViewError>,
    ) -> Result<T, ViewError> {
        let Filled { present, closed, .. } = *self.shared.filled.borrow();
        if !present {
            return Err(if closed { ViewError::Closed } else { ViewError::Unavailable });
        }
        self.shared.readers.read(|connection| read(&Reader::begin(connection)?))
    }
}

impl Shared {
    fn wish(&self, wish: impl FnOnce(&mut Wishes)) {
        wish(&mut self.wishes());
        self.wished.notify_one();
    }

    fn is_ending(&self) -> bool {
        self.wishes().ending
    }

    /// Lets records gather for so long, unless somebody waits for more than is filled up to `position`.
    fn gather(&self, position: Position, time: Duration) {
        let idle = |wishes: &mut Wishes| !wishes.ending && wishes.position <= position;
        drop(self.wished.wait_timeout_while(self.wishes(), time, idle));
    }

    fn wishes(&self) -> MutexGuard<'_, Wishes> {
        self.wishes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A database is there, filled up to `position`.
    fn opened(&self, position: Position) {
        self.readers.renew();
        self.filled.send_modify(|filled| {
            *filled = Filled { position, present: true, ..*filled };
        });
    }

    /// The database is not to be read any more.
    fn gone(&self) {
        self.filled.send_modify(|filled| filled.present = false);
    }

    /// The database includes everything up to `position`.
    fn filled(&self, position: Position) {
        self.filled.send_modify(|filled| filled.position = position);
    }
}

impl From<rusqlite::Error> for ViewError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl fmt::Display for ViewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable => f.write_str("the views are being rebuilt"),
            Self::Closed => f.write_str("the views are no longer filled"),
            Self::Database(error) => write!(f, "the views' database fails: {error}"),
            Self::Unreadable(column) => write!(f, "the views hold an unreadable {column}"),
        }
    }
}

impl std::error::Error for ViewError {}
