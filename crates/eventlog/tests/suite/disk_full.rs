//! The disk takes no more, and later does again. A limit on the size of files stands in for the disk.

use std::process::Command;

use eventlog::{LogError, SqliteStore, Store};
use tempfile::TempDir;

use crate::child;
use crate::world::{all, answer, append, queue, records};

/// Sets this process's own limit on the size of a file: bytes, or `unlimited`.
fn limit_files(size: &str) {
    let pid = std::process::id().to_string();
    let limit = format!("--fsize={size}:");
    assert!(Command::new("prlimit").args(["--pid", &pid, &limit]).status().unwrap().success());
}

/// In the child, since the limit is of the whole process.
#[test]
fn writer() {
    let Some(directory) = child::directory() else { return };
    let path = directory.join("events.db");
    let store = SqliteStore::open(&path).unwrap();
    let claim = store.claim("sales").unwrap();
    let other = store.claim("care").unwrap();
    append(&store, &other, 0, records(["x"])).unwrap();
    limit_files("1048576");

    let mut end = 0;
    let error = loop {
        match append(&store, &claim, end, vec![vec![b'x'; 10_000]; 3]) {
            Ok(next) => end = next,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, LogError::Unavailable(_)), "{error}");
    assert!((9..120).contains(&end), "{end}");
    // Nothing of the failed append is visible, and all can be read.
    assert_eq!(all(&store, "sales").len() as u64, end);
    assert_eq!(all(&store, "care"), ["x"]);
    let spent = Err(LogError::ClaimSpent { log: "sales".into() });
    assert_eq!(append(&store, &claim, end, Vec::new()), spent);
    // Cursors wait until they can be written.
    store.set_cursor("care", "views", 1).unwrap();
    let refused = queue(&store, &other, 1, vec![vec![b'x'; 100_000]; 30]);
    let refused = answer(refused);
    assert!(matches!(refused, Err(LogError::Unavailable(_))), "{refused:?}");

    limit_files("unlimited");
    let claim = store.claim("sales").unwrap();
    assert_eq!(claim.end(), end);
    assert_eq!(append(&store, &claim, end, records(["after"])), Ok(end + 1));
    drop(store);

    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(all(&store, "sales").len() as u64, end + 1);
    assert_eq!(all(&store, "care"), ["x"]);
    assert_eq!(store.cursor("care", "views"), Ok(1));
}

#[test]
fn a_full_disk_refuses_appends_and_nothing_else() {
    let directory = TempDir::new().unwrap();
    assert!(child::start("disk_full::writer", directory.path()).passed());
}
