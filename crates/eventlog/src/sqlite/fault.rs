//! From what SQLite and the file system report to [`LogError`].

use std::io;
use std::path::Path;

use rusqlite::ErrorCode;

use crate::LogError;

/// What `error` means to the caller; `doing` is what was tried.
pub(super) fn sqlite(doing: &str, error: &rusqlite::Error) -> LogError {
    let code = error.sqlite_error().map_or(0, |error| error.extended_code);
    let text = format!("{doing}: {error} (SQLite code {code})");
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => LogError::Corrupt(text),
        _ => LogError::Unavailable(text),
    }
}

/// The same for a file operation.
pub(super) fn file(doing: &str, path: &Path, error: &io::Error) -> LogError {
    LogError::Unavailable(format!("{doing} {}: {error}", path.display()))
}
