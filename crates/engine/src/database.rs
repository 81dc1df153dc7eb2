//! Private SQLite databases that are caches: of another form, or none, and they begin empty.

use std::{
    fs::{self, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

mod filling;
mod readers;

pub use filling::{Filling, Stop};
pub use readers::Readers;

/// How long a reader waits for a lock, which WAL mode needs only while the database is opened or closed.
const BUSY: Duration = Duration::from_secs(5);

/// Pages in the write-ahead log (4 KiB each) before they are moved into the database.
const CHECKPOINT_PAGES: u32 = 4_000;

/// Statements kept prepared on a connection.
const STATEMENTS_KEPT: usize = 64;

/// Opens a database for writing. One of another `version` (any number but 0), or none, is replaced by an
/// empty one with these `tables`.
///
/// # Errors
/// When the file cannot be made, read or written.
pub fn open_to_write(path: &Path, version: i64, tables: &str) -> rusqlite::Result<Connection> {
    let connection = connect(path)?;
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found == version {
        return Ok(connection);
    }
    drop(connection);
    remove(path).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    let mut connection = connect(path)?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(tables)?;
    transaction.pragma_update(None, "user_version", version)?;
    transaction.commit()?;
    Ok(connection)
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    create_private(path)?;
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    // What a power cut takes from the end of a WAL is made again by whoever fills the database; nothing
    // is torn.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(connection)
}

/// Creates the file here for its mode, which SQLite gives its other files too.
fn create_private(path: &Path) -> rusqlite::Result<()> {
    let private = OpenOptions::new().append(true).create(true).mode(0o600).open(path);
    private.map(drop).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// Copies a database as it is now to the new file `to`, while others may be writing it.
///
/// # Errors
/// When one of them cannot be opened, read or written.
pub fn copy(from: &Path, to: &Path) -> rusqlite::Result<()> {
    create_private(to)?;
    // Reading alone is not enough: a log of writes that lies there may have to be taken in.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(from, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}

/// Opens a database for reading.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(connection)
}

/// Removes a database and what SQLite puts beside it.
///
/// # Errors
/// When a file is there and cannot be removed.
pub fn remove(path: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(suffix);
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// A number as SQLite keeps it: with a sign. Positions, sizes and milliseconds do not come near its end.
#[must_use]
pub fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// The way back from [`int`].
#[must_use]
pub fn uint(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
