//! An online copy of the database.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, ffi};

use super::{fault, private, schema};
use crate::LogError;

/// What is copied between two reports of progress, in pages of 4 KiB.
const STEP_PAGES: i32 = 1024;

/// Copies the event log at `from` as it is now to the new file `to`, while any process may be writing it.
///
/// `progress` gets the pages done and the pages in all. The copy appears under its name when it is complete
/// and on the disk. Snapshots are not copied: they are a cache. Cursors are as of the last commit.
///
/// Errors: `Unavailable` if `to` exists or a file cannot be read or written, `Incompatible`, `Corrupt`.
pub fn backup_database(
    from: &Path,
    to: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), LogError> {
    if to.exists() {
        return Err(LogError::Unavailable(format!("{} exists already", to.display())));
    }
    let partial = private::beside(to, ".partial");
    let copied = copy(from, &partial, progress).and_then(|()| {
        publish(&partial, to).map_err(|error| fault::file("writing the backup", to, &error))
    });
    copied.inspect_err(|_| drop(fs::remove_file(&partial)))
}

fn copy(from: &Path, partial: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<(), LogError> {
    let failed = |error: rusqlite::Error| fault::sqlite("copying the event log", &error);
    let source = schema::open(from, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(failed)?;
    if let Err(why) = schema::check(&source).map_err(failed)? {
        return Err(LogError::Incompatible(format!("{}: {why}", from.display())));
    }
    private::file()
        .create(true)
        .truncate(true)
        .open(partial)
        .map_err(|error| fault::file("creating", partial, &error))?;
    copy_pages(&source, partial, progress).map_err(failed)
}

fn copy_pages(
    source: &Connection,
    partial: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> rusqlite::Result<()> {
    let mut target = schema::open(partial, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // The copy is thrown away if it is not finished, and brought to the disk once, at the end.
    target.pragma_update(None, "journal_mode", "OFF")?;
    target.pragma_update(None, "synchronous", "OFF")?;
    // One read transaction around it all: every commit meanwhile would otherwise start the copy anew.
    let snapshot = source.unchecked_transaction()?;
    snapshot.query_row("SELECT count(*) FROM log", [], |_| Ok(()))?;
    let backup = Backup::new(&snapshot, &mut target)?;
    loop {
        let step = backup.step(STEP_PAGES)?;
        let pages = backup.progress();
        progress((pages.pagecount - pages.remaining) as u64, pages.pagecount as u64);
        match step {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => {
                return Err(rusqlite::Error::SqliteFailure(
                    ffi::Error::new(ffi::SQLITE_BUSY),
                    None,
                ));
            }
        }
    }
}

fn publish(partial: &Path, to: &Path) -> io::Result<()> {
    File::open(partial)?.sync_all()?;
    fs::rename(partial, to)?;
    let directory = to.parent().filter(|directory| !directory.as_os_str().is_empty());
    File::open(directory.unwrap_or_else(|| Path::new(".")))?.sync_all()
}
