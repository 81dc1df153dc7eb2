//! Writing: what a batch of events makes, all of it in one transaction.

use std::{path::Path, sync::Arc};

use engine::{
    Batch,
    database::{self, int, uint},
};
use model::{TenantId, Timestamp};
use rusqlite::{Connection, OptionalExtension, ToSql, Transaction, TransactionBehavior};

use super::{Progress, Retention, schema};
use crate::{Message, Projection};

/// Messages thrown away in one transaction, unless more came in with it: small steps, so that nobody waits.
const PRUNED_MIN: usize = 500;

/// The only connection that writes, and the projection whose state the tables hold. After any failure the
/// projection may be ahead of them: the writer is spent.
pub(crate) struct Writer {
    connection: Connection,
    projection: Projection,
    progress: Progress,
    retention: Retention,
    /// Time and total of the oldest message.
    oldest: Option<(Timestamp, u64)>,
}

impl Writer {
    pub(crate) fn open(
        path: &Path,
        tenant: &TenantId,
        retention: Retention,
    ) -> rusqlite::Result<Self> {
        let connection = database::open_to_write(path, schema::VERSION, schema::TABLES)?;
        let progress = "SELECT position, head, first, total FROM progress";
        let progress = connection.query_row(progress, [], |row| {
            let column = |n| row.get(n).map(uint);
            let [position, head, first, total] = [column(0)?, column(1)?, column(2)?, column(3)?];
            Ok(Progress { position, head, first, total })
        })?;
        let mut projection = Projection::new(tenant.clone(), progress.head, progress.total);
        restore(&connection, &mut projection)?;
        let oldest = oldest(&connection, progress.first)?;
        Ok(Self { connection, projection, progress, retention, oldest })
    }

    /// How far the tables have come.
    pub(crate) fn progress(&self) -> Progress {
        self.progress
    }

    /// Writes what a batch makes, the state to go on from and the position: all of it, or nothing. Gives
    /// the new messages.
    pub(crate) fn write(&mut self, batch: &Batch) -> rusqlite::Result<Vec<Arc<Message>>> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut messages = Vec::new();
        for entry in batch.iter() {
            let before = messages.len();
            self.projection.take(&entry, &mut messages);
            for message in &messages[before..] {
                insert(&transaction, message, entry.position)?;
            }
        }
        if let Some(last) = messages.last() {
            (self.progress.head, self.progress.total) = (last.seq, last.total);
            if self.oldest.is_none() {
                self.oldest = messages.first().map(|first| (first.at, first.total));
            }
        }
        self.progress.position = batch.position();
        for (piece, json) in self.projection.changes() {
            keep(&transaction, &piece, json.as_deref())?;
        }
        let now = batch.iter().last().map_or(Timestamp(0), |entry| entry.at);
        let step = PRUNED_MIN.max(messages.len() * 2);
        (self.progress.first, self.oldest) =
            prune(&transaction, self.progress, self.oldest, self.retention, now, step)?;
        let progress = "UPDATE progress SET position = ?1, head = ?2, first = ?3, total = ?4";
        let Progress { position, head, first, total } = self.progress;
        run(&transaction, progress, &[&int(position), &int(head), &int(first), &int(total)])?;
        transaction.commit()?;
        Ok(messages.into_iter().map(Arc::new).collect())
    }
}

fn restore(from: &Connection, projection: &mut Projection) -> rusqlite::Result<()> {
    let mut rows = from.prepare("SELECT piece, json FROM state")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (piece, json): (String, String) = (row.get(0)?, row.get(1)?);
        projection.restore(&piece, &json).ok_or(rusqlite::Error::InvalidQuery)?;
    }
    Ok(())
}

fn insert(to: &Transaction<'_>, message: &Message, position: u64) -> rusqlite::Result<()> {
    let Message { seq, at, kind, interaction, agents, json, total } = message;
    let agents: Vec<&str> = agents.iter().map(model::AgentId::as_str).collect();
    let row = "INSERT INTO messages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let params: [&dyn ToSql; 8] = [
        &int(*seq),
        &int(position),
        &int(at.0),
        &int(*total),
        &kind.as_str(),
        &interaction.as_deref(),
        &agents.join(" "),
        &&**json,
    ];
    run(to, row, &params)
}

fn keep(to: &Transaction<'_>, piece: &str, json: Option<&str>) -> rusqlite::Result<()> {
    match json {
        Some(json) => {
            let row = "INSERT INTO state VALUES (?1, ?2)
                ON CONFLICT DO UPDATE SET json = excluded.json";
            run(to, row, &[&piece, &json])
        }
        None => run(to, "DELETE FROM state WHERE piece = ?1", &[&piece]),
    }
}

/// Throws away at most `step` messages that are too old by the time of the log, or too many. Gives the
/// oldest that is left.
fn prune(
    to: &Transaction<'_>,
    progress: Progress,
    oldest_kept: Option<(Timestamp, u64)>,
    retention: Retention,
    now: Timestamp,
    step: usize,
) -> rusqlite::Result<(u64, Option<(Timestamp, u64)>)> {
    let until = now.0.saturating_sub(retention.ms);
    let beyond = progress.total.saturating_sub(retention.bytes);
    let is_over = |(at, total): (Timestamp, u64)| at.0 < until || total <= beyond;
    if !oldest_kept.is_some_and(is_over) {
        return Ok((progress.first, oldest_kept));
    }
    let over = "SELECT max(seq) FROM (SELECT seq, at, total FROM messages ORDER BY seq LIMIT ?1)
        WHERE at < ?2 OR total <= ?3";
    let last: i64 = to
        .prepare_cached(over)?
        .query_row([int(step as u64), int(until), int(beyond)], |row| row.get(0))?;
    run(to, "DELETE FROM messages WHERE seq <= ?1", &[&last])?;
    let first = uint(last) + 1;
    Ok((first, oldest(to, first)?))
}

fn oldest(from: &Connection, first: u64) -> rusqlite::Result<Option<(Timestamp, u64)>> {
    let oldest = "SELECT at, total FROM messages WHERE seq = ?1";
    from.prepare_cached(oldest)?
        .query_row([int(first)], |row| {
            Ok((Timestamp(row.get(0).map(uint)?), row.get(1).map(uint)?))
        })
        .optional()
}

fn run(to: &Transaction<'_>, sql: &str, params: &[&dyn ToSql]) -> rusqlite::Result<()> {
    to.prepare_cached(sql)?.execute(params).map(drop)
}
