//! What group commit is worth, and what the size of a record costs. Prints one JSON object per line.
//!
//! `cargo bench -p eventlog` runs it on the disk of the target directory; every ratio is against another
//! measurement of the same run, so it means the same on a slower disk. The sizes are those of one event
//! (an agent accepts an offer) in JSON and in MessagePack.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "this is a bench")]

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use eventlog::{MemoryStore, Position, SqliteStore, Store};
use tempfile::TempDir;

const JSON_BYTES: usize = 229;
const MESSAGEPACK_BYTES: usize = 140;
/// How long each measurement runs.
const RUN: Duration = Duration::from_millis(700);
/// Cases are measured in turn, so often; ratios are taken within a round and their median counts. Disks have
/// moods that last longer than a round.
const ROUNDS: usize = 9;

fn main() {
    // Tests of the workspace build this too, and run it with `--test`.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    per_commit();
    record_size();
    latency();
    replay();
}

/// Records per second when `records` of them are committed at a time.
fn rate(records: usize, bytes: usize) -> f64 {
    let (directory, store) = open();
    let claim = store.claim("bench").unwrap();
    let batch = vec![vec![b'x'; bytes]; records];
    let begun = Instant::now();
    let mut end = 0;
    while begun.elapsed() < RUN {
        let (answer, answered) = channel();
        let done = Box::new(move |result| answer.send(result).unwrap());
        store.append(&claim, end, batch.clone(), done);
        end = answered.recv().unwrap().unwrap();
    }
    let rate = end as f64 / begun.elapsed().as_secs_f64();
    drop((store, directory));
    rate
}

fn open() -> (TempDir, Arc<SqliteStore>) {
    let directory = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let store = SqliteStore::open(&directory.path().join("events.db")).unwrap();
    (directory, Arc::new(store))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// For each case its median rate, and the median of its ratios to the last case.
fn compare(cases: &[(usize, usize)]) -> Vec<(f64, f64)> {
    let mut measured = vec![(Vec::new(), Vec::new()); cases.len()];
    for _ in 0..ROUNDS {
        let rates: Vec<f64> = cases.iter().map(|(records, bytes)| rate(*records, *bytes)).collect();
        for (rate, (rates_of, ratios)) in std::iter::zip(&rates, &mut measured) {
            rates_of.push(*rate);
            ratios.push(rate / rates[cases.len() - 1]);
        }
    }
    measured.into_iter().map(|(rates, ratios)| (median(rates), median(ratios))).collect()
}

fn per_commit() {
    let cases = [1024, 128, 16, 1].map(|records| (records, JSON_BYTES));
    for ((records, _), (rate, ratio)) in std::iter::zip(cases, compare(&cases)) {
        println!(
            r#"{{"bench":"append/per_commit","records_per_commit":{records},"records_per_s":{rate:.0},"ratio_to_1":{ratio:.1}}}"#
        );
    }
}

fn record_size() {
    let disk = disk_bytes(JSON_BYTES) / disk_bytes(MESSAGEPACK_BYTES);
    for records in [1, 16, 128, 1024] {
        let rates = compare(&[(records, JSON_BYTES), (records, MESSAGEPACK_BYTES)]);
        let [(json, ratio), (messagepack, _)] = rates[..] else { unreachable!("two cases") };
        println!(
            r#"{{"bench":"append/record_size","records_per_commit":{records},"json_bytes":{JSON_BYTES},"messagepack_bytes":{MESSAGEPACK_BYTES},"json_records_per_s":{json:.0},"messagepack_records_per_s":{messagepack:.0},"json_to_messagepack":{ratio:.2},"disk_json_to_messagepack":{disk:.2}}}"#
        );
    }
}

/// What a record of this size takes in the database file, in bytes.
fn disk_bytes(bytes: usize) -> f64 {
    const RECORDS: usize = 100_000;
    let (directory, store) = open();
    let claim = store.claim("bench").unwrap();
    let (answer, answered) = channel();
    let done = Box::new(move |result| answer.send(result).unwrap());
    store.append(&claim, 0, vec![vec![b'x'; bytes]; RECORDS], done);
    answered.recv().unwrap().unwrap();
    // The last connection moves everything into the file.
    drop(store);
    let size = std::fs::metadata(directory.path().join("events.db")).unwrap().len();
    size as f64 / RECORDS as f64
}

/// How long appends wait when 64 logs keep one small append each in the queue, as busy tenants do.
fn latency() {
    const LOGS: usize = 64;
    let (_directory, store) = open();
    let begun = Instant::now();
    let deadline = begun + 5 * RUN;
    let mut waits: Vec<Duration> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..LOGS)
            .map(|log| {
                let store = &store;
                scope.spawn(move || write_until(&**store, &format!("log{log}"), deadline))
            })
            .collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    let rate = waits.len() as f64 / begun.elapsed().as_secs_f64();
    waits.sort();
    let at = |part: f64| waits[(waits.len() as f64 * part) as usize].as_secs_f64() * 1e3;
    let (p50, p99, p999) = (at(0.5), at(0.99), at(0.999));
    let (max, spread) = (at(0.999_999), p99 / p50);
    println!(
        r#"{{"bench":"append/64_logs","records_per_s":{rate:.0},"p50_ms":{p50:.2},"p99_ms":{p99:.2},"p999_ms":{p999:.2},"max_ms":{max:.2},"p99_to_p50":{spread:.1}}}"#
    );
}

fn write_until(store: &dyn Store, log: &str, deadline: Instant) -> Vec<Duration> {
    let claim = store.claim(log).unwrap();
    let mut end: Position = 0;
    let mut waits = Vec::new();
    while Instant::now() < deadline {
        let begun = Instant::now();
        let (answer, answered): (_, Receiver<Position>) = channel();
        let done = Box::new(move |result: Result<_, _>| answer.send(result.unwrap()).unwrap());
        store.append(&claim, end, vec![vec![b'x'; JSON_BYTES]], done);
        end = answered.recv().unwrap();
        waits.push(begun.elapsed());
    }
    waits
}

/// Reading a log from its beginning, against copying the same records in memory.
fn replay() {
    let (_directory, store) = open();
    let (mut rates, mut ratios) = (Vec::new(), Vec::new());
    let memory = MemoryStore::new();
    fill(&*store);
    fill(&memory);
    for _ in 0..ROUNDS {
        let (disk, copied) = (read_rate(&*store), read_rate(&memory));
        rates.push(disk);
        ratios.push(disk / copied);
    }
    let (rate, ratio) = (median(rates), median(ratios));
    println!(
        r#"{{"bench":"read/replay","records":{REPLAYED},"records_per_s":{rate:.0},"ratio_to_memory":{ratio:.2}}}"#
    );
}

const REPLAYED: Position = 500_000;

fn fill(store: &dyn Store) {
    let claim = store.claim("bench").unwrap();
    for after in (0..REPLAYED).step_by(10_000) {
        let (answer, answered) = channel();
        let done = Box::new(move |result| answer.send(result).unwrap());
        store.append(&claim, after, vec![vec![b'x'; JSON_BYTES]; 10_000], done);
        answered.recv().unwrap().unwrap();
    }
}

fn read_rate(store: &dyn Store) -> f64 {
    let begun = Instant::now();
    let mut after = 0;
    while after < REPLAYED {
        after += store.read("bench", after, usize::MAX).unwrap().len() as Position;
    }
    REPLAYED as f64 / begun.elapsed().as_secs_f64()
}
