//! A short run of power cuts against the real binary, when it is built.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
};

use sim::{
    crash::{self, Plan},
    server,
};

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let Some(binary) = server::binary_or_say() else { return };
    let plan = Plan { seed: 7, rounds: 3, calls: 100, agents: 8 };
    let mut rounds = Vec::new();
    let faults = crash::run(&binary, plan, |killed| rounds.push(killed)).unwrap();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(rounds.iter().all(|round| round.checked.iter().all(|count| *count > 0)), "{rounds:?}");
}

/// A check that never fails proves nothing: here is a server whose disk forgets the latest commits.
#[test]
fn a_loss_is_noticed() {
    let Some(binary) = server::binary_or_say() else { return };
    let directory = server::directory().unwrap();
    let forgetful = directory.path().join("forgetful");
    let script = format!(
        "#!/bin/sh\nfor data do [ -d \"$data\" ] && rm -f \"$data\"/events.db-wal; done\nexec {} \"$@\"\n",
        binary.display()
    );
    fs::write(&forgetful, script).unwrap();
    fs::set_permissions(&forgetful, Permissions::from_mode(0o700)).unwrap();
    let plan = Plan { seed: 7, rounds: 1, calls: 30, agents: 2 };
    let faults = crash::run(&forgetful, plan, |_| {}).unwrap();
    assert!(!faults.is_empty());
}
