//! The views say what the log says, also after they were deleted.

use std::path::{Path, PathBuf};

use engine::views::MASK;
use eventlog::MemoryStore;
use model::{
    Command,
    command::{AgentCommand, InteractionCommand},
    interaction::{Disposition, EndCause},
    status::Status,
};
use rusqlite::{Connection, types::Value};

use crate::{
    store::WatchedStore,
    world::{RETENTION_MS, START, World, agent, begin, guid, offered, set, status, tenant_setting},
};

fn file(world: &World) -> PathBuf {
    engine::layout::views(world.dir.path()).join("acmecorp01.db")
}

fn delete(world: &World) {
    for ending in ["", "-wal", "-shm"] {
        let file = format!("{}{ending}", file(world).display());
        if Path::new(&file).exists() {
            std::fs::remove_file(file).unwrap();
        }
    }
}

/// Every row of every table.
fn dump(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
    let mut tables = connection.prepare(tables).unwrap();
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut rows = Vec::new();
    for table in tables {
        let table = table.unwrap();
        let mut all = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = all.column_count();
        let read = all.query_map([], |row| {
            let row: Vec<Value> = (0..columns).map(|i| row.get(i)).collect::<Result<_, _>>()?;
            Ok(format!("{table} {row:?}"))
        });
        rows.extend(read.unwrap().map(Result::unwrap));
    }
    rows.sort();
    rows
}

/// Calls that end in every way, with retention passing and being changed on the way.
async fn history(world: &World) {
    for n in 0..5 {
        world.whole_call(n).await;
        world.views_caught_up().await;
        world.clock.advance(RETENTION_MS / 3);
    }
    world.submit(Command::Configure(vec![tenant_setting(RETENTION_MS / 2)])).await.unwrap();
    world.submit(Command::Configure(vec![tenant_setting(RETENTION_MS * 2)])).await.unwrap();
    for n in 10..15 {
        world.submit(begin(n, "pin")).await.unwrap();
        world.submit(set(n, "_tier", "VIP", false)).await.unwrap();
        world.submit(set(n, "_pin", "0815", true)).await.unwrap();
        world.submit(set(n, "_tier", "basic", false)).await.unwrap();
        let leave = InteractionCommand::Leave { interaction: guid(n) };
        world.submit(Command::Interaction(leave)).await.unwrap();
        world.clock.advance(RETENTION_MS / 7);
    }
    world.submit(begin(20, "sales")).await.unwrap();
    world.views_caught_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deleted_views_come_back_equal() {
    let mut world = World::new().await;
    history(&world).await;
    world.stop();
    let before = dump(&file(&world));
    delete(&world);
    world.start_again().await;
    world.views_caught_up().await;
    world.stop();
    assert_eq!(dump(&file(&world)), before);
    assert!(before.iter().filter(|row| row.starts_with("interactions")).count() > 2, "{before:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_can_be_found_and_told() {
    let world = World::new().await;
    world.whole_call(7).await;
    world.views_caught_up().await;
    let views = world.engine.views(&world.tenant).unwrap();
    for identifier in [&*guid(7), "int-18a4b5c6d7e-000007", "call-7@carrier"] {
        let wanted = identifier.to_owned();
        let found = views.read(move |reader| reader.find(&wanted)).await.unwrap();
        assert_eq!(found.map(|row| row.guid).as_deref(), Some(&*guid(7)), "{identifier}");
    }
    let (row, offers, timeline) = views
        .read(|reader| {
            let row = reader.find(&guid(7))?.expect("found above");
            let (offers, timeline) = (reader.offers(row.id)?, reader.timeline(row.id, 200)?);
            Ok((row, offers, timeline))
        })
        .await
        .unwrap();
    assert_eq!(row.created_at, START);
    assert_eq!((&*row.channel, &*row.ani), ("sales", "+16175551234"));
    assert_eq!(row.agent.unwrap().1, "Ann Lee");
    assert_eq!(row.queue.unwrap().1, "Sales");
    assert_eq!(row.ended, Some((START.plus(4_000), EndCause::Agent)));
    assert_eq!(row.disposition, Some(Disposition::TryAgain));
    assert_eq!(row.note.as_deref(), Some("call again"));
    assert_eq!(row.retained_until, Some(row.deleted_at.unwrap().plus(RETENTION_MS)));
    assert_eq!(offers.len(), 1);
    assert_eq!((&*offers[0].agent_name, &*offers[0].outcome), ("Ann Lee", "accepted"));
    assert_eq!(offers[0].explanation.candidates[0].agent, agent("ann"));
    let told: Vec<_> =
        timeline.iter().map(|line| format!("{}: {}", line.kind, line.text)).collect();
    assert_eq!(
        told,
        [
            "system: Call from +16175551234 to sales",
            "queue: Waits in Sales with priority 50",
            "offer: Offered to Ann Lee",
            "talk: Accepted by Ann Lee",
            "talk: Put on hold by Ann Lee",
            "talk: Taken off hold by Ann Lee",
            "system: Ended by the agent",
            "talk: Wrap-up begun by Ann Lee",
            "talk: Wrap-up of Ann Lee completed, disposition Try Again",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_the_customer_and_declined_offers_are_told() {
    let world = World::new().await;
    world.submit(status(Status::Available)).await.unwrap();
    world.submit(begin(1, "pin")).await.unwrap();
    world.submit(set(1, "_tier", "VIP", false)).await.unwrap();
    let digits = InteractionCommand::Press { interaction: guid(1), digits: "471108#".into() };
    let pressed = world.submit(Command::Interaction(digits)).await.unwrap();
    let reject = AgentCommand::Reject {
        agent: agent("ann"),
        interaction: guid(1),
        offer: offered(&pressed),
        reason: Some("busy".into()),
    };
    let position = world.submit(Command::Agent(reject)).await.unwrap().position;
    let views = world.engine.views(&world.tenant).unwrap();
    views.wait(position).await.unwrap();
    let (row, timeline, page) = views
        .read(|reader| {
            let row = reader.find(&guid(1))?.expect("it waits");
            Ok((row.clone(), reader.timeline(row.id, 200)?, reader.interactions(None, 10)?))
        })
        .await
        .unwrap();
    let values = row.variables.iter().map(|variable| (variable.name.as_str(), &*variable.value));
    assert_eq!(values.collect::<Vec<_>>(), [("_tier", "VIP"), ("_pin", MASK)]);
    let told: Vec<_> =
        timeline.iter().map(|line| format!("{}: {}", line.kind, line.text)).collect();
    assert_eq!(
        told[1..],
        [
            "prompt: Enter your PIN.",
            "variables: Set _tier",
            "digits: Pressed ****",
            "variables: Set _pin",
            "script: Ask PIN",
            "queue: Waits in Sales with priority 50",
            "offer: Offered to Ann Lee",
            "offer: Rejected by Ann Lee: Busy with a colleague",
        ]
    );
    assert_eq!(page, [row]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_go_back_in_time() {
    let world = World::new().await;
    for n in 0..25 {
        world.submit(begin(n, "sales")).await.unwrap();
    }
    world.views_caught_up().await;
    let views = world.engine.views(&world.tenant).unwrap();
    let mut seen = Vec::new();
    loop {
        let before = seen.last().copied();
        let page = views.read(move |reader| reader.interactions(before, 10)).await.unwrap();
        if page.is_empty() {
            break;
        }
        seen.extend(page.into_iter().map(|row| row.id));
    }
    assert_eq!(seen.len(), 25);
    assert!(seen.is_sorted_by(|a, b| a > b));
}

#[tokio::test(flavor = "multi_thread")]
async fn finished_interactions_are_forgotten_when_their_retention_is_over() {
    let world = World::new().await;
    world.whole_call(1).await;
    world.submit(begin(2, "sales")).await.unwrap();
    world.clock.advance(RETENTION_MS);
    world.submit(begin(3, "sales")).await.unwrap();
    world.views_caught_up().await;
    world.stop();
    let rows = dump(&file(&world));
    let of_first = |row: &&String| row.contains(&*guid(1)) || row.contains("Ended by the agent");
    assert_eq!(rows.iter().find(of_first), None);
    let kept = rows.iter().filter(|row| row.starts_with("interactions")).count();
    assert_eq!(kept, 2, "those that are not over stay");
}

#[tokio::test(flavor = "multi_thread")]
async fn views_of_another_form_are_filled_again() {
    let mut world = World::new().await;
    history(&world).await;
    world.stop();
    let before = dump(&file(&world));
    let connection = Connection::open(file(&world)).unwrap();
    connection.execute_batch("DELETE FROM interactions; PRAGMA user_version = 999").unwrap();
    drop(connection);
    world.start_again().await;
    world.views_caught_up().await;
    world.stop();
    assert_eq!(dump(&file(&world)), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn views_that_are_no_database_are_filled_again() {
    let mut world = World::new().await;
    history(&world).await;
    world.stop();
    let before = dump(&file(&world));
    delete(&world);
    std::fs::write(file(&world), "not a database, and long enough to be read as one".repeat(100))
        .unwrap();
    world.start_again().await;
    world.views_caught_up().await;
    world.stop();
    assert_eq!(dump(&file(&world)), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn views_ahead_of_the_log_are_filled_again() {
    let mut world = World::new().await;
    history(&world).await;
    world.stop();
    world.store = WatchedStore::new(MemoryStore::new());
    world.start_again().await;
    world.submit(Command::Configure(vec![tenant_setting(1)])).await.unwrap();
    world.views_caught_up().await;
    let views = world.engine.views(&world.tenant).unwrap();
    let rows = views.read(|reader| reader.interactions(None, 10)).await.unwrap();
    assert_eq!(rows, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_files_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new().await;
    world.views_caught_up().await;
    for entry in std::fs::read_dir(file(&world).parent().unwrap()).unwrap() {
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_never_opens_does_not_keep_the_engine_from_stopping() {
    let world = World::empty(WatchedStore::new(MemoryStore::new()));
    let in_the_way = file(&world).join("a folder where the database should be");
    std::fs::create_dir_all(in_the_way).unwrap();
    world.engine.open(&world.tenant).await.unwrap();
    world.stop();
}
