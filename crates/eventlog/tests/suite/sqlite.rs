//! What only the SQLite store has: files, a lock, a writer thread, backups.

use std::fs;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Instant;

use eventlog::{Claim, LogError, Position, Snapshot, SqliteStore, Store, backup_database};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::world::{PATIENCE, World, answer, append, queue, records};

#[test]
fn a_second_store_is_locked_out() {
    let mut world = World::sqlite();
    let link = world.path().with_file_name("other-name.db");
    std::os::unix::fs::symlink(world.path(), &link).unwrap();
    for path in [&world.path(), &link] {
        let error = SqliteStore::open(path).err().unwrap();
        let pid = Some(std::process::id());
        let lock = fs::canonicalize(world.path().with_file_name("events.db.lock")).unwrap();
        assert_eq!(error, LogError::Locked { path: lock, pid });
    }
    world.restart();
}

/// Between its making and its own program a child has every file of its parent.
#[test]
fn a_process_that_is_being_started_does_not_keep_the_lock() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("events.db");
    let spawning = std::thread::spawn(|| {
        for _ in 0..200 {
            std::process::Command::new("true").status().unwrap();
        }
    });
    while !spawning.is_finished() {
        drop(SqliteStore::open(&path).unwrap());
    }
    spawning.join().unwrap();
}

#[test]
fn only_event_logs_are_opened() {
    let directory = TempDir::new().unwrap();
    let refused = |name: &str| SqliteStore::open(&directory.path().join(name)).err().unwrap();

    fs::write(directory.path().join("text"), "no database ".repeat(500)).unwrap();
    assert!(matches!(refused("text"), LogError::Corrupt(_)));

    let foreign = Connection::open(directory.path().join("foreign")).unwrap();
    foreign.execute_batch("CREATE TABLE appointment (day TEXT)").unwrap();
    assert!(matches!(refused("foreign"), LogError::Incompatible(_)));
    let tables = "SELECT count(*) FROM sqlite_schema";
    assert_eq!(foreign.query_row(tables, [], |row| row.get(0)), Ok(1));

    drop(SqliteStore::open(&directory.path().join("newer")).unwrap());
    let newer = Connection::open(directory.path().join("newer")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    let LogError::Incompatible(why) = refused("newer") else { panic!("it was not refused so") };
    assert!(why.contains("version is 99"), "{why}");

    assert!(matches!(refused("missing/directory"), LogError::Unavailable(_)));
}

#[test]
fn others_cannot_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::sqlite();
    let store = world.store();
    let claim = store.claim("sales").unwrap();
    append(&*store, &claim, 0, records(["a"])).unwrap();
    let snapshot = Snapshot { position: 1, version: 1, bytes: Vec::new() };
    store.save_snapshot("sales", &snapshot).unwrap();
    backup_database(&world.path(), &world.path().with_file_name("copy"), &mut |_, _| {}).unwrap();
    let mut directories = vec![world.path().parent().unwrap().to_owned()];
    let mut files = 0;
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{}: {mode:o}", path.display());
            if path.is_dir() { directories.push(path) } else { files += 1 }
        }
    }
    assert_eq!(files, 6, "database, -wal, -shm, .lock, copy, one snapshot");
}

#[test]
fn a_dropped_store_has_done_what_was_queued() {
    let mut world = World::sqlite();
    let store = world.store();
    let claim = store.claim("sales").unwrap();
    let hold = world.hold();
    let queued: Vec<_> =
        (0..10).map(|after| queue(&*store, &claim, after, records(["a"]))).collect();
    let (cursor_set, is_set) = channel();
    let reader = Arc::clone(&store);
    let done = move |_| {
        reader.set_cursor("sales", "views", 10).unwrap();
        drop(reader);
        cursor_set.send(()).unwrap();
    };
    store.append(&claim, 10, Vec::new(), Box::new(done));
    drop(hold);
    is_set.recv_timeout(PATIENCE).unwrap();
    drop(store);
    world.stop();
    for queued in queued {
        answer(queued).unwrap();
    }
    let names = fs::read_dir(world.path().parent().unwrap()).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["events.db", "events.db.lock"], "the write-ahead log is tidied away");
    world.start();
    assert_eq!(world.store().end("sales"), Ok(10));
    assert_eq!(world.store().cursor("sales", "views"), Ok(10));
}

#[test]
fn the_last_reference_may_be_dropped_by_an_answer() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("events.db");
    let store = Arc::new(SqliteStore::open(&path).unwrap());
    let claim = store.claim("sales").unwrap();
    let (go, may_go) = channel::<()>();
    let (last, was_last) = channel();
    let kept = Arc::clone(&store);
    let done = move |_| {
        may_go.recv().unwrap();
        last.send(Arc::into_inner(kept).is_some()).unwrap();
    };
    store.append(&claim, 0, records(["a"]), Box::new(done));
    drop(store);
    go.send(()).unwrap();
    assert!(was_last.recv_timeout(PATIENCE).unwrap());
    // The writer ends by itself, and gives up the lock when it has.
    let reopened = wait_for(|| SqliteStore::open(&path).ok());
    assert_eq!(reopened.end("sales"), Ok(1));
}

/// For what gives no signal.
fn wait_for<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "it does not happen");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn a_cursor_is_written_without_an_append() {
    let world = World::sqlite();
    let store = world.store();
    let claim = store.claim("sales").unwrap();
    append(&*store, &claim, 0, records(["a", "b"])).unwrap();
    store.set_cursor("sales", "views", 1).unwrap();
    store.set_cursor("sales", "views", 2).unwrap();
    let database = Connection::open(world.path()).unwrap();
    let written =
        || database.query_row("SELECT position FROM cursor", [], |row| row.get::<_, i64>(0));
    assert_eq!(wait_for(|| written().ok()), 2);
    assert_eq!(store.cursor("sales", "views"), Ok(2));
}

#[test]
fn damage_to_a_record_is_found() {
    let world = World::sqlite();
    let store = world.store();
    let claim = store.claim("sales").unwrap();
    append(&*store, &claim, 0, records(["a", "b", "c", "d"])).unwrap();
    let database = Connection::open(world.path()).unwrap();
    database.execute("UPDATE record SET bytes = x'00' WHERE key & 0xFF = 2", []).unwrap();
    let corrupt = |after, text: &str| match store.read("sales", after, 10) {
        Err(LogError::Corrupt(what)) => assert_eq!(what, text),
        other => panic!("{other:?}"),
    };
    corrupt(0, "log sales: record 2 has changed");
    database.execute("DELETE FROM record WHERE key & 0xFF = 3", []).unwrap();
    corrupt(2, "log sales: record 3 is missing");
    assert_eq!(store.read("sales", 3, 10).unwrap().len(), 1);
}

#[test]
fn the_write_ahead_log_stays_small() {
    let world = World::sqlite();
    let store = world.store();
    let claim = store.claim("sales").unwrap();
    let mut largest = 0;
    for after in 0..100 {
        let record = vec![b'x'; 1 << 20];
        append(&*store, &claim, after, vec![record]).unwrap();
        let size = fs::metadata(world.path().with_file_name("events.db-wal")).unwrap().len();
        largest = largest.max(size);
    }
    assert!(largest < 48 << 20, "100 MiB were written, the file grew to {largest}");
}

/// Appends one record after another until it is told to stop.
fn write_on(store: Arc<dyn Store>, claim: Claim) -> impl FnOnce() -> Position {
    let (stop, stopped) = channel::<()>();
    let writer = std::thread::spawn(move || {
        let mut end = claim.end();
        while stopped.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty) {
            end = append(&*store, &claim, end, records(["written meanwhile"])).unwrap();
        }
        end
    });
    move || {
        drop(stop);
        writer.join().unwrap()
    }
}

#[test]
fn a_backup_is_made_while_the_log_is_written() {
    let World::Sqlite { directory, store: Some(store) } = World::sqlite() else { panic!() };
    let claim = store.claim("sales").unwrap();
    append(&*store, &claim, 0, vec![vec![b'x'; 100_000]; 300]).unwrap();
    let claim = store.claim("sales").unwrap();
    let stop = write_on(Arc::clone(&store) as Arc<dyn Store>, claim);
    let copy = directory.path().join("copy.db");
    let mut reports = Vec::new();
    store.backup(&copy, &mut |done, all| reports.push((done, all))).unwrap();
    let end = stop();

    assert!(reports.len() > 3 && reports.is_sorted(), "{reports:?}");
    let (done, pages) = reports[reports.len() - 1];
    assert!(done == pages && pages > 7000, "{done} of {pages}");
    let exists = store.backup(&copy, &mut |_, _| {});
    assert!(matches!(exists, Err(LogError::Unavailable(_))), "{exists:?}");

    let copied = SqliteStore::open(&copy).unwrap();
    let claim = copied.claim("sales").unwrap();
    assert!((300..=end).contains(&claim.end()), "{} of {end}", claim.end());
    assert_eq!(copied.read("sales", 299, 1), store.read("sales", 299, 1));
    assert_eq!(append(&copied, &claim, claim.end(), records(["on"])), Ok(claim.end() + 1));
}

#[test]
fn a_backup_that_fails_leaves_nothing() {
    let directory = TempDir::new().unwrap();
    let (text, copy) = (directory.path().join("text"), directory.path().join("copy"));
    fs::write(&text, "no database ".repeat(500)).unwrap();
    assert!(matches!(backup_database(&text, &copy, &mut |_, _| {}), Err(LogError::Corrupt(_))));
    let missing = directory.path().join("missing");
    let error = backup_database(&missing, &copy, &mut |_, _| {});
    assert!(matches!(error, Err(LogError::Unavailable(_))), "{error:?}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

/// Restores a backup beside left-over snapshots, and lets the log grow past them with other records.
#[test]
fn snapshots_of_another_history_are_not_used() {
    let mut world = World::sqlite();
    let store = world.store();
    let at = |position| Snapshot { position, version: 1, bytes: b"state".to_vec() };
    let claim = store.claim("sales").unwrap();
    append(&*store, &claim, 0, records(["a", "b"])).unwrap();
    store.save_snapshot("sales", &at(1)).unwrap();
    let backup = world.path().with_file_name("backup.db");
    backup_database(&world.path(), &backup, &mut |_, _| {}).unwrap();
    append(&*store, &claim, 2, records(["c", "d"])).unwrap();
    store.save_snapshot("sales", &at(3)).unwrap();
    drop(store);
    world.stop();
    fs::rename(&backup, world.path()).unwrap();
    world.start();

    let store = world.store();
    assert_eq!(store.snapshot("sales"), Ok(Some(at(1))), "3 is past the end");
    let claim = store.claim("sales").unwrap();
    append(&*store, &claim, 2, records(["x", "y"])).unwrap();
    assert_eq!(store.snapshot("sales"), Ok(Some(at(1))), "3 is now another record");
    store.save_snapshot("sales", &at(2)).unwrap();
    assert_eq!(store.snapshot("sales"), Ok(Some(at(2))));
}
