//! `crash`: kills the real binary under load and checks that nothing acknowledged is lost. One JSON object
//! per kill, and one at the end; the exit code says whether anything was lost.

use std::{process::ExitCode, time::Duration};

use anyhow::Context as _;
use clap::Parser;
use serde_json::json;
use sim::{
    crash::{self, Killed, Plan},
    server,
};

/// Power cuts.
#[derive(Parser)]
struct Options {
    /// The same seed kills at the same moments.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How often the server is killed.
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// Calls kept alive.
    #[arg(long, default_value_t = 1_000)]
    calls: usize,
    /// Agents at work.
    #[arg(long, default_value_t = 40)]
    agents: u32,
}

/// Within what time the server must serve again.
const BUDGET: Duration = Duration::from_secs(2);

#[expect(clippy::print_stdout, reason = "the lines are what the program is for")]
fn main() -> anyhow::Result<ExitCode> {
    let Options { seed, rounds, calls, agents } = Options::parse();
    let binary = server::binary().context("build it first: make build")?;
    let mut restarts = Vec::new();
    let faults = crash::run(&binary, Plan { seed, rounds, calls, agents }, |killed| {
        let Killed { round, open, acknowledged, restart, checked, repeated, faults } = killed;
        restarts.push(restart);
        let [calls, variables, offers] = checked;
        let line = json!({
            "crash": round, "seed": seed, "open": open, "acknowledged": acknowledged,
            "restartMs": ms(restart), "calls": calls, "variables": variables, "offers": offers,
            "repeated": repeated, "faults": faults,
        });
        println!("{line}");
    })?;
    restarts.sort_unstable();
    let (middle, longest) = (restarts[restarts.len() / 2], restarts[restarts.len() - 1]);
    for fault in &faults {
        println!("{}", json!({ "fault": fault, "seed": seed }));
    }
    let line = json!({
        "bench": "restart after kill -9", "seed": seed, "kills": rounds, "calls": calls,
        "lostOrDoubled": faults.len(), "restartMs": ms(middle), "restartMsMax": ms(longest),
        "budgetMs": ms(BUDGET), "ratioToBudget": ms(BUDGET) / ms(longest).max(1.0),
    });
    println!("{line}");
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn ms(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e3).round()
}
