//! Tables, their migrations, and how connections are opened.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::fault;
use crate::LogError;

/// Marks the file as ours (`CBLG`), so that another program's database is never written to.
const APPLICATION_ID: i32 = 0x4342_4C47;

/// Step n brings a database from `user_version` n to n + 1. Steps are never edited, only added, and a step
/// must leave a database that the program one version older can be replaced on without loss: first add,
/// then use, and remove only what no released program uses.
const MIGRATIONS: [&str; 1] = ["
CREATE TABLE log (
    id    INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 0x7FFFF),
    name  TEXT NOT NULL UNIQUE,
    epoch INTEGER NOT NULL          -- of the newest claim
) STRICT;
CREATE TABLE record (
    key      INTEGER PRIMARY KEY,   -- log.id << 44 | position, see `records`
    checksum INTEGER NOT NULL,      -- CRC-32 of bytes, as a signed number
    bytes    BLOB NOT NULL
) STRICT;
-- For people with a shell; the text of a log in order.
CREATE VIEW readable AS
SELECT name AS log, key & 0xFFFFFFFFFFF AS position, CAST(bytes AS TEXT) AS text
FROM log JOIN record ON key > id << 44 AND key < (id + 1) << 44;
CREATE TABLE cursor (
    log      INTEGER NOT NULL,
    follower TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (log, follower)
) STRICT, WITHOUT ROWID;
"];

/// How long a connection waits for a lock held by somebody else, such as an operator's `sqlite3`.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// The size to which SQLite cuts the write-ahead log when it starts over, in bytes.
const WAL_KEEP_BYTES: i64 = 16 << 20;

/// The connection that writes. Creates the database, or brings it up to date.
pub(super) fn open_writer(path: &Path) -> Result<Connection, LogError> {
    let open = || {
        let mut connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // FULL: a commit returns when the write-ahead log is on the disk.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // A thread of its own does this, see `checkpoint`.
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        connection.pragma_update(None, "journal_size_limit", WAL_KEEP_BYTES)?;
        // 16 MiB: the last pages of some thousand logs, each of which is written at its own end.
        connection.pragma_update(None, "cache_size", -16_384)?;
        let version = migrate(&mut connection)?;
        Ok((connection, version))
    };
    let opened = open().map_err(|error| fault::sqlite("opening the event log", &error));
    match opened? {
        (connection, Ok(())) => Ok(connection),
        (_, Err(why)) => Err(LogError::Incompatible(format!("{}: {why}", path.display()))),
    }
}

/// A connection that cannot write.
pub(super) fn open_reader(path: &Path) -> Result<Connection, LogError> {
    open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| fault::sqlite("opening the event log to read", &error))
}

/// A connection to an existing file with the flags given, and with none of its own: SQLite's mutexes are off
/// because every connection here is used by one thread at a time, which Rust checks.
pub(super) fn open(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    Ok(connection)
}

/// Says why the database is not one that this program can use, if so.
pub(super) fn check(connection: &Connection) -> rusqlite::Result<Result<(), String>> {
    let application_id: i32 = number(connection, "application_id")?;
    let version: i32 = number(connection, "user_version")?;
    Ok(if application_id != APPLICATION_ID {
        Err("the file is not an event log of Cordboard".to_owned())
    } else if version as usize > MIGRATIONS.len() {
        let ours = MIGRATIONS.len();
        Err(format!("its version is {version}, and this program knows versions up to {ours}"))
    } else {
        Ok(())
    })
}

fn number(connection: &Connection, pragma: &str) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, pragma, |row| row.get(0))
}

fn migrate(connection: &mut Connection) -> rusqlite::Result<Result<(), String>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    if let Err(why) = check(&transaction)? {
        return Ok(Err(why));
    }
    let version: i32 = number(&transaction, "user_version")?;
    for step in MIGRATIONS.iter().skip(version as usize) {
        transaction.execute_batch(step)?;
    }
    if (version as usize) < MIGRATIONS.len() {
        transaction.pragma_update(None, "user_version", MIGRATIONS.len() as i32)?;
    }
    transaction.commit()?;
    Ok(Ok(()))
}
