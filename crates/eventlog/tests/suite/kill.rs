//! A process that writes is killed at any moment: what it has acknowledged is there, and nothing is torn.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, mpsc};
use std::thread;

use eventlog::{LogError, Position, SqliteStore, Store};
use tempfile::TempDir;

use crate::child;
use crate::world::PATIENCE;

const LOGS: [&str; 4] = ["a", "b", "c", "d"];
/// Large enough that the write-ahead log is copied and cut several times in a run.
const RECORD_BYTES: usize = 3000;

/// What the record must be, whoever wrote it and when.
fn record(log: &str, position: Position) -> Vec<u8> {
    let mut record = format!("{log} {position} ").into_bytes();
    record.resize(RECORD_BYTES + position as usize % 100, b'.');
    record
}

/// In the child: appends to all logs for ever, and prints each acknowledgement.
#[test]
fn writer() {
    let Some(directory) = child::directory() else { return };
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&directory.join("events.db")).unwrap());
    for log in LOGS {
        let store = Arc::clone(&store);
        thread::spawn(move || write(&*store, log));
    }
    loop {
        thread::park();
    }
}

fn write(store: &dyn Store, log: &'static str) {
    let claim = store.claim(log).unwrap();
    let mut end = claim.end();
    let (acknowledged, acknowledgements) = mpsc::channel();
    let mut in_flight = 0;
    for size in (1..=7).cycle() {
        let records = (1..=size).map(|i| record(log, end + i)).collect();
        let acknowledged = acknowledged.clone();
        let done = move |result: Result<Position, LogError>| {
            let end = result.unwrap();
            // In one piece: a line that is cut off must not look like an acknowledgement.
            std::io::stdout().write_all(format!("ack {log} {end}\n").as_bytes()).unwrap();
            acknowledged.send(()).unwrap();
        };
        store.append(&claim, end, records, Box::new(done));
        end += size;
        in_flight += 1;
        if in_flight == 16 {
            acknowledgements.recv_timeout(PATIENCE).unwrap();
            in_flight -= 1;
        }
    }
}

#[test]
fn acknowledged_records_survive_kill_9() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("events.db");
    // Each round goes on with the database of the one before.
    for kill_after in [1, 10, 400, 2500, 2] {
        let mut writer = child::start("kill::writer", directory.path());
        let mut acknowledged = HashMap::new();
        let mut seen = 0;
        let mut killed = false;
        // After the kill the pipe still has what was acknowledged before.
        while let Some(line) = writer.line() {
            let words: Vec<&str> = line.split(' ').collect();
            let ["ack", log, end] = words[..] else { continue };
            acknowledged.insert(log.to_owned(), end.parse::<Position>().unwrap());
            seen += 1;
            if seen == 1 {
                locked_by(&path, writer.id());
            }
            if seen >= kill_after && !killed {
                writer.kill();
                killed = true;
            }
        }
        assert!(killed, "the writer ended by itself");

        let store = SqliteStore::open(&path).unwrap();
        for (log, acknowledged) in acknowledged {
            let claim = store.claim(&log).unwrap();
            assert!(claim.end() >= acknowledged, "{log}: {} < {acknowledged}", claim.end());
            check(&store, &log, claim.end());
        }
    }
}

fn locked_by(path: &std::path::Path, pid: u32) {
    let error = SqliteStore::open(path).err().unwrap();
    assert!(
        matches!(error, LogError::Locked { pid: Some(holder), .. } if holder == pid),
        "{error}"
    );
}

fn check(store: &dyn Store, log: &str, end: Position) {
    let mut after = 0;
    while after < end {
        for found in store.read(log, after, 1000).unwrap() {
            after += 1;
            assert_eq!(found.position, after);
            assert_eq!(found.bytes, record(log, after), "{log} {after}");
        }
    }
    assert_eq!(store.end(log), Ok(end));
}
