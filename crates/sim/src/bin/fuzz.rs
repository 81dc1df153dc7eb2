//! `fuzz`: wrong requests to the real binary. Prints what was answered as one JSON object, after one for each
//! fault; the exit code says whether there were any.

use std::{process::ExitCode, time::Instant};

use anyhow::Context as _;
use clap::Parser;
use serde_json::json;
use sim::{fuzz, server};

/// Wrong requests.
#[derive(Parser)]
struct Options {
    /// The same seed sends the same requests, as far as the server answers alike.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many.
    #[arg(long, default_value_t = 10_000)]
    requests: u64,
}

#[expect(clippy::print_stdout, reason = "the lines are what the program is for")]
fn main() -> anyhow::Result<ExitCode> {
    let Options { seed, requests } = Options::parse();
    let binary = server::binary().context("build it first: make build")?;
    let begun = Instant::now();
    let outcome = fuzz::run(&binary, seed, requests)?;
    for fault in &outcome.faults {
        println!("{}", json!({ "fault": fault, "seed": seed }));
    }
    let line = json!({
        "bench": "wrong requests", "seed": seed, "requests": requests, "operations": outcome.operations.len(),
        "neverDone": outcome.operations.difference(&outcome.done).collect::<Vec<_>>(),
        "answers": outcome.statuses, "undocumented": outcome.undocumented,
        "faults": outcome.faults.len(), "seconds": begun.elapsed().as_secs(),
    });
    println!("{line}");
    Ok(if outcome.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
