//! What the writer does within one transaction.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use super::cursors;
use super::writer::{Append, Work};
use crate::checksum::crc32;
use crate::log::Wanted;
use crate::{LogError, Position};

/// A log as the open transaction sees it.
#[derive(Clone, Copy)]
pub(super) struct Head {
    id: i64,
    pub(super) epoch: u64,
    pub(super) end: Position,
}

type Heads = HashMap<Arc<str>, Head>;

/// The claims of which an append has failed: by log, the newest epoch.
#[derive(Default)]
pub(super) struct Spent(HashMap<Arc<str>, u64>);

impl Spent {
    /// The epoch only grows: a fenced claim that fails once more must not restore a newer one.
    pub(super) fn add(&mut self, append: &Append) {
        let epoch = self.0.entry(Arc::clone(&append.log)).or_default();
        *epoch = append.epoch.max(*epoch);
    }
}

/// Commits the batch and the cursors, and returns the logs after each piece of work, or why it was refused.
/// Refused work leaves nothing in the transaction. An error means that none of it happened.
pub(super) fn commit(
    connection: &mut Connection,
    spent: &mut Spent,
    batch: &[Work],
    cursors: &[cursors::Set],
) -> rusqlite::Result<Vec<Result<Head, LogError>>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut heads = Heads::new();
    let mut results = Vec::with_capacity(batch.len());
    for work in batch {
        results.push(match work {
            Work::Append(work) => append(&transaction, &mut heads, spent, work)?,
            Work::Claim { log, .. } => Ok(claim(&transaction, &mut heads, log)?),
        });
    }
    cursors::write(&transaction, cursors)?;
    transaction.commit()?;
    Ok(results)
}

fn append(
    transaction: &Transaction<'_>,
    heads: &mut Heads,
    spent: &mut Spent,
    work: &Append,
) -> rusqlite::Result<Result<Head, LogError>> {
    let head = match heads.get(&work.log) {
        Some(head) => Some(*head),
        None => read_head(transaction, &work.log)?,
    };
    let Some(head) = head else {
        return Ok(Err(LogError::UnknownLog { log: Arc::clone(&work.log) }));
    };
    let wanted = Wanted { log: &work.log, epoch: work.epoch, after: work.after };
    let checked = wanted
        .check(head.epoch, head.end, spent.0.get(&work.log).copied())
        .and_then(|()| work.refused.clone().map_or(Ok(()), Err));
    if let Err(error) = checked {
        spent.add(work);
        return Ok(Err(error));
    }
    let mut insert = transaction.prepare_cached(
        "INSERT INTO record (log, position, checksum, bytes) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let mut end = head.end;
    for record in &work.records {
        end += 1;
        insert.execute(params![head.id, end as i64, crc32(record) as i32, record])?;
    }
    let head = Head { end, ..head };
    heads.insert(Arc::clone(&work.log), head);
    Ok(Ok(head))
}

fn claim(
    transaction: &Transaction<'_>,
    heads: &mut Heads,
    log: &Arc<str>,
) -> rusqlite::Result<Head> {
    let mut upsert = transaction.prepare_cached(
        "INSERT INTO log (name, epoch) VALUES (?1, 1)
         ON CONFLICT (name) DO UPDATE SET epoch = epoch + 1",
    )?;
    upsert.execute([log])?;
    let head = read_head(transaction, log)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    heads.insert(Arc::clone(log), head);
    Ok(head)
}

fn read_head(transaction: &Transaction<'_>, log: &str) -> rusqlite::Result<Option<Head>> {
    let mut select = transaction.prepare_cached(
        "SELECT id, epoch, (SELECT max(position) FROM record WHERE record.log = log.id)
         FROM log WHERE name = ?1",
    )?;
    let head = |row: &Row<'_>| {
        let (epoch, end): (i64, Option<i64>) = (row.get(1)?, row.get(2)?);
        Ok(Head { id: row.get(0)?, epoch: epoch as u64, end: end.unwrap_or(0) as Position })
    };
    select.query_row([log], head).optional()
}
