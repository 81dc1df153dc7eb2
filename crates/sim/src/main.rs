//! `sim`: plays days by seed and prints one JSON line each.

use std::process::ExitCode;

use clap::Parser;

/// Plays simulated days and checks every turn.
#[derive(Parser)]
struct Options {
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many seeds, counting up.
    #[arg(long, default_value_t = 20)]
    seeds: u64,
    /// Turns of each day before it drains.
    #[arg(long, default_value_t = 5_000)]
    turns: u64,
}

#[expect(clippy::print_stdout, reason = "the lines are what the program is for")]
fn main() -> ExitCode {
    let options = Options::parse();
    let mut failed = 0;
    for seed in options.seed..options.seed.saturating_add(options.seeds) {
        match sim::run(seed, options.turns) {
            Ok(report) => println!("{}", line(&report)),
            Err(fault) => {
                failed += 1;
                println!("{{\"seed\":{seed},\"fault\":{fault:?}}}");
            }
        }
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn line(report: &sim::Report) -> String {
    let sim::Report { seed, turns, refused, events, crashes, finished, offers, lines, digest } =
        report;
    format!(
        "{{\"seed\":{seed},\"turns\":{turns},\"refused\":{refused},\"events\":{events},\"crashes\":{crashes},\
         \"finished\":{finished},\"offersMadeAcceptedRejectedTimedOutWithdrawn\":{offers:?},\
         \"linesDialledAnsweredHandedOnJoined\":{lines:?},\"digest\":\"{digest:016x}\"}}"
    )
}
