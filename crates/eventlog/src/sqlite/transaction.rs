//! What the writer does within one transaction.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::cursors;
use super::records::{self, Log, POSITION_MAX};
use super::writer::{Append, Work};
use crate::log::Wanted;
use crate::{LogError, Position};

/// Logs as the open transaction has them.
type Logs = HashMap<Arc<str>, Log>;

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
) -> rusqlite::Result<Vec<Result<Log, LogError>>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut logs = Logs::new();
    let mut results = Vec::with_capacity(batch.len());
    for work in batch {
        results.push(match work {
            Work::Append(work) => append(&transaction, &mut logs, spent, work)?,
            Work::Claim { log, .. } => Ok(claim(&transaction, &mut logs, log)?),
        });
    }
    cursors::write(&transaction, cursors)?;
    transaction.commit()?;
    Ok(results)
}

fn append(
    transaction: &Transaction<'_>,
    logs: &mut Logs,
    spent: &mut Spent,
    work: &Append,
) -> rusqlite::Result<Result<Log, LogError>> {
    let log = match logs.get(&work.log) {
        Some(log) => Some(*log),
        None => records::find(transaction, &work.log)?,
    };
    let Some(mut log) = log else {
        return Ok(Err(LogError::UnknownLog { log: Arc::clone(&work.log) }));
    };
    if let Err(error) = check(work, log, spent) {
        spent.add(work);
        return Ok(Err(error));
    }
    records::insert(transaction, &mut log, &work.records)?;
    logs.insert(Arc::clone(&work.log), log);
    Ok(Ok(log))
}

fn check(work: &Append, log: Log, spent: &Spent) -> Result<(), LogError> {
    let wanted = Wanted { log: &work.log, epoch: work.epoch, after: work.after };
    wanted.check(log.epoch, log.end, spent.0.get(&work.log).copied())?;
    if let Some(error) = &work.refused {
        return Err(error.clone());
    }
    if log.end + work.records.len() as Position > POSITION_MAX {
        return Err(LogError::Unavailable(format!("log {} is full", work.log)));
    }
    Ok(())
}

fn claim(transaction: &Transaction<'_>, logs: &mut Logs, name: &Arc<str>) -> rusqlite::Result<Log> {
    let mut upsert = transaction.prepare_cached(
        "INSERT INTO log (name, epoch) VALUES (?1, 1)
         ON CONFLICT (name) DO UPDATE SET epoch = epoch + 1",
    )?;
    upsert.execute([name])?;
    let log = records::find(transaction, name)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    logs.insert(Arc::clone(name), log);
    Ok(log)
}
