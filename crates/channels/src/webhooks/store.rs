//! What of a tenant's webhooks is on disk: how far each has come, what was tried, what was given up.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use engine::database::{int, open_to_write, uint};
use model::WebhookId;
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};

use super::{
    client::{Attempt, Outcome},
    line::Saved,
};

/// Attempts kept per webhook; the oldest give way.
const DELIVERIES_MAX: u64 = 10_000;
/// Dead letters kept per webhook; the oldest give way.
const DEAD_MAX: u64 = 10_000;

const VERSION: i64 = 1;
const TABLES: &str = "
CREATE TABLE lines (webhook INTEGER PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    event TEXT NOT NULL,                -- its name
    retry INTEGER NOT NULL,
    at INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    status INTEGER,
    outcome TEXT NOT NULL
);
CREATE INDEX deliveries_of ON deliveries (webhook, id);
CREATE TABLE dead (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook INTEGER NOT NULL,
    key INTEGER NOT NULL,               -- what orders it among others
    event_id TEXT NOT NULL,
    event TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    at INTEGER NOT NULL,                -- of the last attempt
    status INTEGER,
    outcome TEXT NOT NULL,
    body TEXT NOT NULL,
    reviving INTEGER NOT NULL           -- it is being tried again
);
CREATE INDEX dead_of ON dead (webhook, id);
";

/// The database of one tenant. Each call blocks for as long as the disk takes.
pub(super) struct Store(Mutex<Connection>);

/// A webhook's state beside its settings.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct State {
    pub(super) line: Saved,
    /// It was enabled when this was written.
    pub(super) enabled: bool,
    /// The other side said that it is gone.
    pub(super) gone: bool,
}

/// Which event, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) event_id: String,
    pub(super) event: String,
}

/// One attempt, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its number, rising with time.
    pub id: u64,
    /// The event's id, the same for all attempts.
    pub event_id: String,
    /// The event's name.
    pub event: String,
    /// How often the event was tried before.
    pub retry: u32,
    /// How it went.
    pub attempt: Attempt,
}

/// An event that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its number, rising with time.
    pub id: u64,
    /// The event's id.
    pub event_id: String,
    /// The event's name.
    pub event: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was last tried, in milliseconds since 1970.
    pub at: u64,
    /// The last status, if there was one.
    pub status: Option<u16>,
    /// What came of it.
    pub outcome: Outcome,
    /// It is being tried again.
    pub reviving: bool,
}

/// How a webhook gets on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The receiver said that it is gone (410): nothing is sent until the webhook is saved again.
    pub gone: bool,
    /// Events taken in and not settled, at most 1,000.
    pub pending: usize,
    /// Events that were given up, at most 10,000.
    pub dead_letters: u64,
    /// The newest attempt, if there was one.
    pub last: Option<Attempt>,
}

/// An event that is to be kept although it was given up.
pub(super) struct Burial {
    pub(super) label: Label,
    pub(super) key: u64,
    pub(super) attempts: u32,
    pub(super) last: Attempt,
    pub(super) body: String,
}

/// What happened to one webhook since the last time.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) tried: Vec<(Label, u32, Attempt)>,
    pub(super) buried: Vec<Burial>,
    /// Dead letters that were delivered.
    pub(super) revived: Vec<u64>,
    /// Dead letters that were given up again, after so many more attempts.
    pub(super) reburied: Vec<(u64, u32, Attempt)>,
}

impl Store {
    pub(super) fn open(path: &Path) -> rusqlite::Result<Self> {
        Ok(Self(Mutex::new(open_to_write(path, VERSION, TABLES)?)))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The webhook's state; `None` when there is none that this version can read.
    pub(super) fn load(&self, webhook: WebhookId) -> rusqlite::Result<Option<State>> {
        let connection = self.lock();
        let mut load = connection.prepare_cached("SELECT state FROM lines WHERE webhook = ?1")?;
        let state: Option<String> = load.query_row([webhook.0], |row| row.get(0)).optional()?;
        Ok(state.and_then(|state| serde_json::from_str(&state).ok()))
    }

    /// Keeps what happened together with the state that it led to.
    pub(super) fn write(
        &self,
        webhook: WebhookId,
        state: &State,
        changes: &Changes,
    ) -> rusqlite::Result<()> {
        let state = serde_json::to_string(state).expect("numbers can be written");
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        transaction
            .prepare_cached("INSERT OR REPLACE INTO lines VALUES (?1, ?2)")?
            .execute((webhook.0, state))?;
        changes.write(&transaction, webhook)?;
        transaction.commit()
    }

    /// How the webhook gets on.
    pub(super) fn standing(&self, webhook: WebhookId) -> rusqlite::Result<Standing> {
        let State { line, gone, .. } = self.load(webhook)?.unwrap_or_default();
        let last = self.deliveries(webhook, u64::MAX, 1)?.pop().map(|newest| newest.attempt);
        let connection = self.lock();
        let count = "SELECT COUNT(*) FROM dead WHERE webhook = ?1";
        let count = connection.prepare_cached(count)?.query_row([webhook.0], |row| row.get(0))?;
        Ok(Standing { gone, pending: line.pending(), dead_letters: uint(count), last })
    }

    /// Forgets everything about a webhook.
    pub(super) fn forget(&self, webhook: WebhookId) -> rusqlite::Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        for table in ["lines", "deliveries", "dead"] {
            transaction.execute(&format!("DELETE FROM {table} WHERE webhook = ?1"), [webhook.0])?;
        }
        transaction.commit()
    }

    /// Attempts before a number, newest first.
    pub(super) fn deliveries(
        &self,
        webhook: WebhookId,
        before: u64,
        limit: usize,
    ) -> rusqlite::Result<Vec<Delivery>> {
        let select = "SELECT id, event_id, event, retry, at, took_ms, status, outcome
            FROM deliveries WHERE webhook = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3";
        self.page(select, webhook, before, limit, |row| {
            Ok(Delivery {
                id: uint(row.get(0)?),
                event_id: row.get(1)?,
                event: row.get(2)?,
                retry: row.get(3)?,
                attempt: Attempt {
                    at: uint(row.get(4)?),
                    took_ms: uint(row.get(5)?),
                    status: row.get(6)?,
                    outcome: outcome(row)?,
                },
            })
        })
    }

    /// Dead letters before a number, newest first.
    pub(super) fn dead(
        &self,
        webhook: WebhookId,
        before: u64,
        limit: usize,
    ) -> rusqlite::Result<Vec<DeadLetter>> {
        let select = "SELECT id, event_id, event, attempts, at, reviving, status, outcome
            FROM dead WHERE webhook = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3";
        self.page(select, webhook, before, limit, |row| {
            Ok(DeadLetter {
                id: uint(row.get(0)?),
                event_id: row.get(1)?,
                event: row.get(2)?,
                attempts: row.get(3)?,
                at: uint(row.get(4)?),
                status: row.get(6)?,
                outcome: outcome(row)?,
                reviving: row.get(5)?,
            })
        })
    }

    /// Rows of a webhook before a number.
    fn page<T>(
        &self,
        select: &str,
        webhook: WebhookId,
        before: u64,
        limit: usize,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(select)?;
        let rows = select.query_map((webhook.0, int(before), int(limit as u64)), read)?;
        rows.collect()
    }

    /// Notes that dead letters are tried again, all of them or one; gives their numbers and keys.
    pub(super) fn revive(
        &self,
        webhook: WebhookId,
        one: Option<u64>,
    ) -> rusqlite::Result<Vec<(u64, u64)>> {
        let connection = self.lock();
        let update = "UPDATE dead SET reviving = 1
            WHERE webhook = ?1 AND (?2 IS NULL OR id = ?2) RETURNING id, key";
        let mut update = connection.prepare_cached(update)?;
        let rows = update.query_map((webhook.0, one.map(int)), numbers)?;
        rows.collect()
    }

    /// Dead letters that were being tried again.
    pub(super) fn reviving(&self, webhook: WebhookId) -> rusqlite::Result<Vec<(u64, u64)>> {
        let connection = self.lock();
        let select = "SELECT id, key FROM dead WHERE webhook = ?1 AND reviving";
        let mut select = connection.prepare_cached(select)?;
        let rows = select.query_map([webhook.0], numbers)?;
        rows.collect()
    }

    /// What a dead letter says.
    pub(super) fn body(&self, number: u64) -> rusqlite::Result<Option<(Label, String)>> {
        let connection = self.lock();
        let select = "SELECT event_id, event, body FROM dead WHERE id = ?1";
        let mut select = connection.prepare_cached(select)?;
        let row = select.query_row([int(number)], |row| {
            Ok((Label { event_id: row.get(0)?, event: row.get(1)? }, row.get(2)?))
        });
        row.optional()
    }
}

impl Changes {
    fn write(&self, transaction: &Transaction<'_>, webhook: WebhookId) -> rusqlite::Result<()> {
        let insert = "INSERT INTO deliveries
            (webhook, event_id, event, retry, at, took_ms, status, outcome)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let mut insert = transaction.prepare_cached(insert)?;
        for (Label { event_id, event }, retry, tried) in &self.tried {
            let Attempt { at, took_ms, status, outcome } = tried;
            let times = (int(*at), int(*took_ms));
            insert.execute((
                webhook.0,
                event_id,
                event,
                retry,
                times.0,
                times.1,
                status,
                outcome.as_str(),
            ))?;
        }
        let insert = "INSERT INTO dead
            (webhook, key, event_id, event, attempts, at, status, outcome, body, reviving)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)";
        let mut insert = transaction.prepare_cached(insert)?;
        for Burial { label: Label { event_id, event }, key, attempts, last, body } in &self.buried {
            // The bits of the key, whatever number SQLite takes them for.
            let (key, at) = (key.cast_signed(), int(last.at));
            let outcome = last.outcome.as_str();
            insert.execute((
                webhook.0,
                key,
                event_id,
                event,
                attempts,
                at,
                last.status,
                outcome,
                body,
            ))?;
        }
        let mut delete = transaction.prepare_cached("DELETE FROM dead WHERE id = ?1")?;
        for number in &self.revived {
            delete.execute([int(*number)])?;
        }
        let update = "UPDATE dead SET reviving = 0, attempts = attempts + ?2, at = ?3, status = ?4,
            outcome = ?5 WHERE id = ?1";
        let mut update = transaction.prepare_cached(update)?;
        for (number, attempts, last) in &self.reburied {
            let (at, outcome) = (int(last.at), last.outcome.as_str());
            update.execute((int(*number), attempts, at, last.status, outcome))?;
        }
        if !self.tried.is_empty() {
            prune(transaction, "deliveries", webhook, DELIVERIES_MAX)?;
        }
        if !self.buried.is_empty() {
            prune(transaction, "dead", webhook, DEAD_MAX)?;
        }
        Ok(())
    }
}

/// Numbers of one webhook have gaps, so what is kept is counted; when there are few it is one look.
fn prune(
    transaction: &Transaction<'_>,
    table: &str,
    webhook: WebhookId,
    max: u64,
) -> rusqlite::Result<()> {
    let delete = format!(
        "DELETE FROM {table} WHERE webhook = ?1 AND id <= (SELECT id FROM {table}
            WHERE webhook = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)"
    );
    transaction.prepare_cached(&delete)?.execute((webhook.0, int(max)))?;
    Ok(())
}

fn numbers(row: &Row<'_>) -> rusqlite::Result<(u64, u64)> {
    Ok((uint(row.get(0)?), row.get::<_, i64>(1)?.cast_unsigned()))
}

/// The word in the last column, 7.
fn outcome(row: &Row<'_>) -> rusqlite::Result<Outcome> {
    let word: String = row.get(7)?;
    let found = Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == word);
    Ok(found.unwrap_or(Outcome::NoConnection))
}
