//! What is due happens when its time has come, and not before.

use model::{Event, Timestamp, interaction::OfferEnd, status::Status};

use crate::world::{START, World, begin, status};

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_times_out_by_the_clock() {
    let world = World::new().await;
    world.submit(status(Status::Available)).await.unwrap();
    let begun = world.submit(begin(1, "sales")).await.unwrap();
    let mut follower = world.engine.follow(&world.tenant, begun.position).unwrap();
    world.clock.advance(19_999);
    let position = world.engine.query(&world.tenant, |_, position| position).await.unwrap();
    assert_eq!(position, begun.position, "one millisecond is left");
    world.clock.advance(1);
    let batch = follower.next_batch().await.unwrap();
    let ended = batch.iter().next().unwrap();
    assert!(matches!(ended.event, Event::OfferEnded(ended) if ended.end == OfferEnd::TimedOut));
    assert_eq!(ended.at, START.plus(20_000));
    assert_eq!(world.engine.metrics().tenants[0].wakes, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_due_while_nobody_ran_happens_at_the_start() {
    let mut world = World::new().await;
    world.submit(status(Status::Available)).await.unwrap();
    let begun = world.submit(begin(1, "sales")).await.unwrap();
    world.stop();
    world.clock.advance(3_600_000);
    world.start_again().await;
    let mut follower = world.engine.follow(&world.tenant, begun.position).unwrap();
    let batch = follower.next_batch().await.unwrap();
    let first = batch.iter().next().unwrap();
    assert!(matches!(first.event, Event::OfferEnded(_)));
    assert_eq!(first.at, START.plus(3_600_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn time_never_goes_back_in_a_log() {
    let mut world = World::new().await;
    world.clock.set(START.plus(5_000));
    let later = world.submit(begin(1, "sales")).await.unwrap();
    world.clock.set(Timestamp(0));
    assert_eq!(world.submit(begin(2, "sales")).await.unwrap().at, later.at);
    world.restart().await;
    assert_eq!(world.submit(begin(3, "sales")).await.unwrap().at, later.at);
    world.clock.set(START.plus(5_001));
    assert_eq!(world.submit(begin(4, "sales")).await.unwrap().at, START.plus(5_001));
}
