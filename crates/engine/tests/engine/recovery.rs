//! A state taken from snapshot and log is the state that was.

use engine::{OpenError, Readiness};
use eventlog::{Claim, MemoryStore, Store};
use model::{Command, status::Status};

use crate::{
    store::WatchedStore,
    world::{World, begin, set, start, status},
};

async fn busy(world: &World) {
    for n in 0..20 {
        world.whole_call(n).await;
    }
    for n in 0..20 {
        world.submit(begin(100 + n, "pin")).await.unwrap();
        world.submit(set(100 + n, "_pin", "1234", true)).await.unwrap();
    }
    world.submit(status(Status::Available)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn snapshot_and_replay_give_the_same_state() {
    let mut world = World::new().await;
    busy(&world).await;
    let live = world.state().await;
    world.stop();
    let saved = world.store.memory().snapshot("acmecorp01").unwrap().expect("saved at the end");
    let end = world.engine.position(&world.tenant).unwrap();
    assert_eq!((saved.position, saved.version), (end, kernel::VERSION));
    world.start_again().await;
    assert_eq!(world.state().await, live, "from the snapshot");
    world.stop();
    world.store.memory().damage_snapshot("acmecorp01");
    world.start_again().await;
    assert_eq!(world.state().await, live, "from the log alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_and_the_records_after_it_give_the_same_state() {
    let mut world = World::new().await;
    busy(&world).await;
    world.restart().await;
    world.submit(begin(500, "sales")).await.unwrap();
    world.submit(set(500, "_tier", "VIP", false)).await.unwrap();
    let live = world.state().await;
    world.crash().await;
    assert_eq!(world.state().await, live);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_of_other_rules_is_not_used() {
    let mut world = World::new().await;
    busy(&world).await;
    let live = world.state().await;
    world.stop();
    let memory = world.store.memory();
    let mut snapshot = memory.snapshot("acmecorp01").unwrap().unwrap();
    snapshot.version += 1;
    memory.save_snapshot("acmecorp01", &snapshot).unwrap();
    world.start_again().await;
    assert_eq!(world.state().await, live);
}

#[tokio::test(flavor = "multi_thread")]
async fn snapshots_are_saved_while_working() {
    let store = WatchedStore::new(MemoryStore::new());
    let world = World::empty(store.clone());
    world.stop();
    let options = engine::Options {
        clock: engine::Clock::Manual(world.clock.clone()),
        snapshot_every_events: 10,
        ..engine::Options::new(world.dir.path(), world.key.clone())
    };
    let engine = engine::Engine::start(store.clone(), options).unwrap();
    let world = World { engine, ..world };
    world.engine.open(&world.tenant).await.unwrap();
    world.submit(Command::Configure(crate::world::settings())).await.unwrap();
    let mut n = 0;
    while world.engine.metrics().tenants[0].snapshots == 0 {
        world.submit(begin(n, "sales")).await.unwrap();
        n += 1;
    }
    let snapshot = store.snapshot("acmecorp01").unwrap().unwrap();
    assert!(snapshot.position <= world.engine.position(&world.tenant).unwrap());
}

fn append(store: &MemoryStore, claim: &Claim, bytes: &[u8]) {
    let done = Box::new(|done: Result<_, _>| assert!(done.is_ok()));
    store.append(claim, claim.end(), vec![bytes.to_vec()], done);
}

async fn refusal(world: &World) -> String {
    match world.engine.open(&world.tenant).await {
        Err(OpenError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_cannot_be_read_refuses_the_tenant() {
    let memory = MemoryStore::new();
    let claim = memory.claim("acmecorp01").unwrap();
    append(&memory, &claim, b"{\"at\":1,\"event\":{\"interactionCre");
    let world = World::empty(WatchedStore::new(memory));
    let why = refusal(&world).await;
    assert!(why.starts_with("record 1: unreadable event"), "{why}");
    let Readiness::Refused(told) = world.engine.tenants().remove(0).readiness else { panic!() };
    assert_eq!(told, why);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_does_not_fit_refuses_the_tenant() {
    let memory = MemoryStore::new();
    let claim = memory.claim("acmecorp01").unwrap();
    append(
        &memory,
        &claim,
        b"{\"at\":1,\"event\":{\"prioritySet\":{\"interaction\":7,\"priority\":1}}}",
    );
    let world = World::empty(WatchedStore::new(memory));
    assert_eq!(refusal(&world).await, "record 1 does not fit what was before it");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_master_key_refuses_the_tenant_and_leaves_others_alone() {
    let mut world = World::new().await;
    let other = model::TenantId::parse("other").unwrap();
    world.engine.open(&other).await.unwrap();
    world.submit(begin(1, "sales")).await.unwrap();
    world.submit(set(1, "_pin", "1234", true)).await.unwrap();
    world.stop();
    world.key = engine::Key::random().unwrap();
    world.engine = start(world.store.clone(), world.dir.path(), &world.key, &world.clock);
    let why = refusal(&world).await;
    assert!(why.contains("does not open with this master key"), "{why}");
    world.engine.open(&other).await.unwrap();
}
