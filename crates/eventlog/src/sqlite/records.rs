//! Records as rows.
//!
//! Log and position are one number, `log.id << 44 | position`, because SQLite then keeps the records in a
//! table of its own kind: a record needs a tenth less room than with both as the key of a `WITHOUT ROWID`
//! table, one of 1,500 bytes less than half, and such are read twice as fast. Half a million logs of
//! 17 million million records will do.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::checksum::crc32;
use crate::{Position, Record, limits};

const POSITION_BITS: u32 = 44;
/// The last position that a log can reach.
pub(super) const POSITION_MAX: Position = (1 << POSITION_BITS) - 1;

/// A log as a connection sees it.
#[derive(Clone, Copy)]
pub(super) struct Log {
    id: i64,
    /// Of its newest claim.
    pub(super) epoch: u64,
    pub(super) end: Position,
}

/// The log of that name, if there is one.
pub(super) fn find(connection: &Connection, name: &str) -> rusqlite::Result<Option<Log>> {
    let mut select = connection.prepare_cached(
        "SELECT id, epoch, (SELECT max(key) FROM record WHERE key > id << 44 AND key < (id + 1) << 44)
         FROM log WHERE name = ?1",
    )?;
    let log = |row: &Row<'_>| {
        let (epoch, last): (i64, Option<i64>) = (row.get(1)?, row.get(2)?);
        Ok(Log { id: row.get(0)?, epoch: epoch as u64, end: last.map_or(0, position) })
    };
    select.query_row([name], log).optional()
}

/// Puts `records` after the log's end, and moves the end.
pub(super) fn insert(
    connection: &Connection,
    log: &mut Log,
    records: &[Vec<u8>],
) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare_cached("INSERT INTO record (key, checksum, bytes) VALUES (?1, ?2, ?3)")?;
    for record in records {
        log.end += 1;
        insert.execute((key(log, log.end), crc32(record) as i32, record))?;
    }
    Ok(())
}

/// Records after `after`, each with the checksum that was stored with it; the limits are those of
/// [`Store::read`](crate::Store::read).
pub(super) fn select(
    connection: &Connection,
    log: &Log,
    after: Position,
    limit: usize,
) -> rusqlite::Result<Vec<(Record, u32)>> {
    let mut select = connection.prepare_cached(
        "SELECT key, checksum, bytes FROM record WHERE key > ?1 AND key <= ?2 ORDER BY key LIMIT ?3",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = select.query((key(log, after), key(log, log.end), limit))?;
    let (mut records, mut size) = (Vec::new(), 0);
    while size < limits::READ_BYTES
        && let Some(row) = rows.next()?
    {
        let (key, checksum, bytes): (_, i32, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        size += bytes.len();
        records.push((Record { position: position(key), bytes }, checksum as u32));
    }
    Ok(records)
}

/// The checksum of the record at `at`; 0 before the first, `None` if there is no such record.
pub(super) fn checksum(
    connection: &Connection,
    log: &Log,
    at: Position,
) -> rusqlite::Result<Option<u32>> {
    if at == 0 {
        return Ok(Some(0));
    }
    let mut select = connection.prepare_cached("SELECT checksum FROM record WHERE key = ?1")?;
    let found = select.query_row([key(log, at)], |row| row.get::<_, i32>(0)).optional()?;
    Ok(found.map(|checksum| checksum as u32))
}

/// A position past the last possible one counts as that.
fn key(log: &Log, position: Position) -> i64 {
    log.id << POSITION_BITS | position.min(POSITION_MAX) as i64
}

fn position(key: i64) -> Position {
    key as Position & POSITION_MAX
}
