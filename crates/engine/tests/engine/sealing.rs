//! Private values are never readable at rest.

use std::{fs, path::Path, sync::Arc};

use engine::Key;
use eventlog::SqliteStore;
use model::{Command, command::InteractionCommand, status::Status};

use crate::world::{self, World, begin, guid, set, status};

const VALUE: &str = "canary-7Q2x-in-a-coal-mine";
const DIGITS: &str = "9180273645546372";

/// All files below a directory.
fn files(dir: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn assert_nowhere(dir: &Path) {
    let files = files(dir);
    assert!(files.len() > 1, "{files:?}");
    for path in files {
        let bytes = fs::read(&path).unwrap();
        for canary in [VALUE, DIGITS] {
            let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!found, "{canary} is readable in {}", path.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_canary_is_found_in_no_file() {
    let (dir, backup) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (key, clock) = (Key::random().unwrap(), engine::ManualClock::new(world::START));
    let open = || Arc::new(SqliteStore::open(&engine::layout::log(dir.path())).unwrap());
    let engine = world::start(open(), dir.path(), &key, &clock);
    let tenant = world::tenant();
    engine.open(&tenant).await.unwrap();
    let submit = |engine: &engine::Engine, command: Command| {
        let submitted = engine.submit(&tenant, command.into());
        async move { submitted.await.unwrap() }
    };
    submit(&engine, Command::Configure(world::settings())).await;
    submit(&engine, status(Status::Available)).await;
    submit(&engine, begin(1, "pin")).await;
    submit(&engine, set(1, "_secret", VALUE, true)).await;
    let press = InteractionCommand::Press { interaction: guid(1), digits: DIGITS.into() };
    let end = submit(&engine, Command::Interaction(press)).await.position;
    engine.views(&tenant).unwrap().wait(end).await.unwrap();
    assert_nowhere(dir.path());
    engine.backup(backup.path(), false, &mut |_, _| {}).unwrap();
    assert_nowhere(backup.path());
    tokio::task::block_in_place(|| engine.stop());
    let snapshots = engine.metrics().tenants[0].snapshots;
    assert_eq!(snapshots, 1);
    assert_nowhere(dir.path());

    // The rules still know them.
    drop(engine);
    let engine = world::start(open(), dir.path(), &key, &clock);
    engine.open(&tenant).await.unwrap();
    let known = engine.query(&tenant, |state, _| {
        let call = state.find(&guid(1)).unwrap();
        ["_secret", "_pin"].map(|name| call.variable(name).unwrap().value.to_string())
    });
    assert_eq!(known.await.unwrap(), [VALUE, DIGITS]);
    assert_nowhere(dir.path());
}

#[tokio::test(flavor = "multi_thread")]
async fn debug_output_of_records_shows_no_private_value() {
    let world = World::new().await;
    world.submit(begin(1, "sales")).await.unwrap();
    let turn = world.submit(set(1, "_secret", VALUE, true)).await.unwrap();
    assert!(!format!("{turn:?}").contains(VALUE));
}
