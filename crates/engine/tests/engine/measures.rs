//! Measures are what the log adds up to, whatever happens to the engine.

use engine::measure::{Interval, Measures};
use eventlog::{MemoryStore, Position};
use model::{Command, QueueId, status::Status};

use crate::{
    store::WatchedStore,
    world::{World, begin, status},
};

/// The whole log, added up from its beginning.
async fn recounted(world: &World, until: Position) -> Measures {
    let mut follower = world.engine.follow(&world.tenant, 0).unwrap();
    let mut measures = Measures::default();
    while measures.position() < until {
        let batch = follower.next_batch().await.unwrap();
        for entry in batch.iter() {
            measures.apply(entry.position, entry.at, entry.event);
        }
    }
    measures
}

/// What is measured now, as text, with its position.
async fn live(world: &World) -> (Position, String) {
    let position = world.engine.position(&world.tenant).unwrap();
    let measured = world.engine.measured(&world.tenant).unwrap();
    measured.wait(position).await.unwrap();
    measured.read(world.engine.now(), |reading| (reading.position(), format!("{reading:?}")))
}

async fn same(world: &World) {
    let (position, live) = live(world).await;
    let recounted = recounted(world, position).await;
    assert_eq!(live, format!("{:?}", recounted.reading(world.engine.now())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_gives_the_same_numbers() {
    let mut world = World::new().await;
    world.whole_call(1).await;
    world.submit(begin(2, "sales")).await.unwrap();
    let before = live(&world).await;
    same(&world).await;
    world.restart().await;
    assert_eq!(live(&world).await, before);
    // Without what was saved.
    world.stop();
    std::fs::remove_dir_all(engine::layout::measures(world.dir.path())).unwrap();
    world.start_again().await;
    assert_eq!(live(&world).await, before);
    world.clock.advance(60 * 60 * 1_000);
    world.whole_call(3).await;
    same(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn saved_measures_that_are_ahead_of_the_log_are_thrown_away() {
    let mut world = World::new().await;
    world.whole_call(1).await;
    live(&world).await;
    world.stop();
    // The log that is found at the next start has not come so far.
    world.store = WatchedStore::new(MemoryStore::new());
    world.start_again().await;
    world.submit(status(Status::Available)).await.unwrap_err();
    world.submit(Command::Wake).await.unwrap();
    same(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn measures_agree_with_the_rules_in_the_middle_of_things() {
    let world = World::new().await;
    world.submit(status(Status::Available)).await.unwrap();
    for n in 1..=5 {
        world.submit(begin(n, "sales")).await.unwrap();
        world.clock.advance(1_000);
    }
    let queues = world.engine.query(&world.tenant, |state, _| {
        state.config.queues.keys().map(|id| (*id, state.queue_load(*id))).collect::<Vec<_>>()
    });
    let queues = queues.await.unwrap();
    live(&world).await;
    let (measured, now) = (world.engine.measured(&world.tenant).unwrap(), world.engine.now());
    for (queue, (waiting, first)) in queues {
        measured.read(now, |reading| {
            assert_eq!(reading.queue_live(queue).in_queue() as usize, waiting);
            assert_eq!(reading.longest_wait_ms(queue), first.map(|entered| now.since(entered)));
        });
    }
    let counts = measured.read(now, |reading| reading.queue_counts(QueueId(1), Interval::Day));
    assert_eq!(counts.carried, 0);
}
