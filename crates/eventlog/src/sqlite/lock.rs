//! The lock file that keeps a second writer away from a database.
//!
//! SQLite alone would let two processes take turns, and the epochs would then fence them in turn. The lock
//! makes a second start fail at once and say why. The operating system releases it with the process.

use std::fs::{File, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use super::{fault, private};
use crate::LogError;

/// Locks `<database>.lock` until the file is dropped. The file stays behind; only the lock counts.
pub(super) fn acquire(database: &Path) -> Result<File, LogError> {
    let path = private::beside(database, ".lock");
    let failed = |error| fault::file("locking", &path, &error);
    let mut file = private::file().create(true).truncate(false).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(LogError::Locked { pid: holder(&mut file), path });
        }
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    file.set_len(0)
        .and_then(|()| file.write_all(std::process::id().to_string().as_bytes()))
        .map_err(failed)?;
    Ok(file)
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.parse().ok()
}
