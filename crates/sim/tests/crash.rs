//! A short run of power cuts against the real binary, when it is built.

use std::io::{self, Write as _};

use sim::{
    crash::{self, Plan},
    server,
};

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let Some(binary) = server::binary() else {
        // Past the test harness, which would keep it to itself.
        let why = "target/release/cordboard is not built, and CORDBOARD_BIN names no other";
        writeln!(io::stderr(), "skipped: {why}").unwrap();
        return;
    };
    let plan = Plan { seed: 7, rounds: 3, calls: 100, agents: 8 };
    let mut rounds = Vec::new();
    let faults = crash::run(&binary, plan, |killed| rounds.push(killed)).unwrap();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(rounds.iter().all(|round| round.checked.iter().all(|count| *count > 0)), "{rounds:?}");
}
