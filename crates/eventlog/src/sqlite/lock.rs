//! The lock file that keeps a second writer away from a database.
//!
//! SQLite alone would let two processes take turns, and the epochs would then fence them in turn. The lock
//! makes a second start fail at once and say why. The operating system releases it with the process.

use std::fs::{File, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use super::{fault, private};
use crate::LogError;

/// A lock that is held until it is dropped. The file stays behind; only the lock counts.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing would not do: a process that is just being started has the file too until it runs its own
        // program. When this fails, closing is what is left.
        let _ = self.0.unlock();
    }
}

/// Locks `<database>.lock`.
pub(super) fn acquire(database: &Path) -> Result<Lock, LogError> {
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
    Ok(Lock(file))
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.parse().ok()
}
