//! What a whole contact costs, what a restart costs, and what the bytes of an event cost.
//!
//! `cargo bench -p engine` prints one JSON object per line. Each measurement is repeated in turn with the
//! others and its median counts. Names of parts (`cycle`, `recovery`, `encoding`) can be given to run only them.
#![expect(clippy::print_stdout, reason = "the lines are what the program is for")]

use std::{path::Path, time::Duration};

use engine::{Engine, Options};
use eventlog::SqliteStore;

mod center;
mod cycle;
mod day;
mod encoding;
mod recovery;

fn main() {
    // Tests of the workspace build this too, and run it with `--test`.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let parts: [(&str, fn()); 3] =
        [("cycle", cycle::run), ("recovery", recovery::run), ("encoding", encoding::run)];
    for (name, part) in parts {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            part();
        }
    }
}

/// A directory on the disk of the target directory: `/tmp` is memory on some machines.
fn directory() -> tempfile::TempDir {
    tempfile::TempDir::new_in(env!("CARGO_TARGET_TMPDIR"))
        .expect("the target directory is writable")
}

/// The log of a data directory, which has its key first: without it a log is refused.
fn store(data_dir: &Path) -> std::sync::Arc<SqliteStore> {
    options(data_dir);
    let store = SqliteStore::open(&engine::layout::log(data_dir)).expect("the directory is ours");
    std::sync::Arc::new(store)
}

fn options(data_dir: &Path) -> Options {
    let key = engine::Key::load_or_create(data_dir).expect("the directory is ours");
    Options::new(data_dir, key)
}

fn start(data_dir: &Path) -> Engine {
    Engine::start(store(data_dir), options(data_dir)).expect("the log is good")
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Processor time of this thread: unlike the time on the wall, it does not count what other programs take.
fn cpu() -> Duration {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(spent).expect("processor time only grows")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Prints one line.
fn line(fields: serde_json::Value) {
    println!("{fields}");
}
