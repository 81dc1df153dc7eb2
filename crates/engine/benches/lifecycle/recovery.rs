//! How fast a tenant is back: from its log alone, and from a snapshot of many open interactions.

use std::{
    path::Path,
    sync::{Arc, mpsc::channel},
    time::{Duration, Instant},
};

use engine::{Clock, Engine, ManualClock, Options, Position};
use eventlog::{SqliteStore, Store};
use kernel::State;
use model::{Timestamp, bytes};
use serde_json::json;

use crate::{center, cpu, day::Day, directory, line, median, options, runtime, store};

const LOG_EVENTS: usize = 1_000_000;
const AGENTS_BUSY: usize = center::AGENTS as usize;
const OPEN: usize = 100_000;
const ROUNDS: usize = 5;
const BUDGET_EVENTS_PER_S: f64 = 500_000.0;
const BUDGET_SNAPSHOT_S: f64 = 2.0;

pub(crate) fn run() {
    replay();
    snapshot();
}

/// A log of finished contacts, without a snapshot.
fn replay() {
    let directory = directory();
    let mut day = Day::begin(center::AGENTS);
    let end = write(directory.path(), &mut day, |day, events| {
        if day.open_count() >= AGENTS_BUSY * 2 {
            day.serve();
        }
        day.arrive();
        events >= LOG_EVENTS
    });
    let opening = Opening { data_dir: directory.path(), now: day.now };
    // The first time, the views are filled from the log too.
    let begun = Instant::now();
    let engine = opening.open();
    let views = engine.views(&center::tenant()).expect("the tenant is open");
    runtime().block_on(views.wait(end)).expect("the views are filled");
    let views_per_s = end as f64 / begun.elapsed().as_secs_f64();
    opening.abandon(engine);

    let seconds = median((0..ROUNDS).map(|_| opening.seconds()).collect());
    let per_s = end as f64 / seconds;
    line(json!({
        "bench": "recovery by replay, no snapshot",
        "events": end,
        "seconds": round(seconds),
        "eventsPerS": per_s as u64,
        "cpuNsPerEvent": phases(directory.path(), end),
        "viewsRebuiltEventsPerS": views_per_s as u64,
        "budgetEventsPerS": BUDGET_EVENTS_PER_S,
        "ratioToBudget": round(per_s / BUDGET_EVENTS_PER_S),
    }));
}

/// A snapshot with so many customers in the queues.
fn snapshot() {
    let directory = directory();
    let mut day = Day::begin(0);
    let end = write(directory.path(), &mut day, |day, _| {
        day.arrive();
        day.open_count() >= OPEN
    });
    let opening = Opening { data_dir: directory.path(), now: day.now };
    let engine = opening.open();
    let begun = Instant::now();
    engine.stop();
    let saved = begun.elapsed().as_secs_f64();
    drop(engine);
    let kept = store(directory.path()).snapshot("bench").expect("the log is good");
    let kept = kept.expect("a snapshot was saved when the engine stopped");
    assert_eq!(kept.position, end, "the snapshot has everything");

    let seconds = median((0..ROUNDS).map(|_| opening.seconds()).collect());
    line(json!({
        "bench": "recovery from a snapshot",
        "openInteractions": OPEN,
        "snapshotBytes": kept.bytes.len(),
        "seconds": round(seconds),
        "secondsToStopAndSave": round(saved),
        "budgetSeconds": BUDGET_SNAPSHOT_S,
        "ratioToBudget": round(BUDGET_SNAPSHOT_S / seconds),
    }));
}

/// Writes the day's log until `step` says that it is enough.
fn write(
    data_dir: &Path,
    day: &mut Day,
    mut step: impl FnMut(&mut Day, usize) -> bool,
) -> Position {
    let store = store(data_dir);
    let claim = store.claim("bench").expect("the log is ours");
    let (mut end, mut enough) = (0, false);
    while !enough {
        while day.records.len() < 10_000 && !enough {
            enough = step(day, end as usize + day.records.len());
        }
        let records = day.records.drain(..).map(|recorded| bytes::encode(&recorded)).collect();
        let (answer, answered) = channel();
        let done = Box::new(move |result| answer.send(result).expect("it is awaited"));
        store.append(&claim, end, records, done);
        end = answered.recv().expect("it is answered").expect("the disk works");
    }
    end
}

/// Opens the tenant again and again, at an hour at which nothing is due.
struct Opening<'d> {
    data_dir: &'d Path,
    now: Timestamp,
}

impl Opening<'_> {
    fn open(&self) -> Engine {
        let clock = Clock::Manual(ManualClock::new(self.now));
        let options = Options { clock, snapshot_every_events: 0, ..options(self.data_dir) };
        let engine = Engine::start(store(self.data_dir), options).expect("the log is good");
        runtime().block_on(engine.open(&center::tenant())).expect("the tenant serves again");
        engine
    }

    /// From closed files to a tenant that serves.
    fn seconds(&self) -> f64 {
        let begun = Instant::now();
        let engine = self.open();
        let seconds = begun.elapsed().as_secs_f64();
        self.abandon(engine);
        seconds
    }

    /// Drops the engine without a snapshot, and waits until its threads have let the files go.
    fn abandon(&self, engine: Engine) {
        drop(engine);
        while SqliteStore::open(&engine::layout::log(self.data_dir)).is_err() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// What a record costs to read, to decode and to apply: each alone, in nanoseconds of
/// processor time. Reading and decoding share one thread when a shard recovers, applying
/// has another.
fn phases(data_dir: &Path, end: Position) -> serde_json::Value {
    let store: Arc<SqliteStore> = store(data_dir);
    let (mut read, mut decode, mut apply) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let (mut after, mut state) = (0, State::default());
    while after < end {
        let begun = cpu();
        let records = store.read("bench", after, 4_096).expect("the log is good");
        read += cpu() - begun;
        after += records.len() as Position;
        let begun = cpu();
        let decoded: Vec<_> = records
            .iter()
            .map(|record| bytes::decode(&record.bytes).expect("the log is good"))
            .collect();
        decode += cpu() - begun;
        let begun = cpu();
        for recorded in &decoded {
            state.apply(&recorded.event, recorded.at);
        }
        apply += cpu() - begun;
    }
    let each = |spent: Duration| (spent.as_nanos() / u128::from(end)) as u64;
    json!({ "read": each(read), "decode": each(decode), "apply": each(apply) })
}

fn round(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
