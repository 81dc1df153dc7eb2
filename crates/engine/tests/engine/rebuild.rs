//! Whatever kills a shard, it comes back with everything that was acknowledged.

use std::collections::BTreeSet;

use engine::{OpenError, Readiness, SubmitError};
use eventlog::Faults;
use model::{Event, Text};

use crate::world::{World, begin, guid};

/// The calls in the log.
async fn logged(world: &World) -> BTreeSet<Text> {
    let end = world.engine.position(&world.tenant).unwrap();
    let mut follower = world.engine.follow(&world.tenant, 0).unwrap();
    let mut calls = BTreeSet::new();
    while follower.position() < end {
        let batch = follower.next_batch().await.unwrap();
        calls.extend(batch.iter().filter_map(|entry| match entry.event {
            Event::InteractionCreated(created) => Some(created.guid.clone()),
            _ => None,
        }));
    }
    calls
}

/// Sends calls while something breaks. Everything acknowledged must be there, in state and log, and only
/// what was sent.
async fn survives(world: &World, breaking: impl FnOnce()) {
    let sent: Vec<_> = (0..50).map(|n| world.send(begin(n, "sales").into())).collect();
    breaking();
    let mut more: Vec<_> = (50..100).map(|n| world.send(begin(n, "sales").into())).collect();
    let mut acknowledged = BTreeSet::new();
    let mut all = sent;
    all.append(&mut more);
    for (n, reply) in (0..).zip(all) {
        match reply.await.unwrap() {
            Ok(_) => _ = acknowledged.insert(guid(n)),
            Err(SubmitError::Unavailable { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    world.ready().await;
    let later = world.submit(begin(1_000, "sales")).await;
    let later = match later {
        Err(SubmitError::Unavailable { .. }) => {
            world.ready().await;
            world.submit(begin(1_000, "sales")).await
        }
        other => other,
    };
    later.expect("the shard is back");
    acknowledged.insert(guid(1_000));
    let logged = logged(world).await;
    assert!(acknowledged.is_subset(&logged), "acknowledged calls are lost");
    let state = logged.clone();
    let query = world.engine.query(&world.tenant, move |open, _| {
        open.open_count() == state.len() && state.iter().all(|guid| open.find(guid).is_some())
    });
    assert_eq!(query.await, Ok(true), "the state is what the log says");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_append() {
    let world = World::new().await;
    let fault = Faults { fail_append_at: Some(1), ..Faults::default() };
    survives(&world, || world.store.memory().set_faults(fault)).await;
    assert_eq!(world.engine.metrics().tenants[0].rebuilds, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_that_took_over() {
    let world = World::new().await;
    survives(&world, || world.store.fence("acmecorp01")).await;
    assert_eq!(world.engine.metrics().tenants[0].rebuilds, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_on_the_shards_thread() {
    let world = World::new().await;
    survives(&world, || world.store.panic_next()).await;
    assert_eq!(world.engine.metrics().tenants[0].rebuilds, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panicking_query_costs_nobody_anything() {
    let world = World::new().await;
    let query = world.engine.query(&world.tenant, |_, _| panic!("a mistake in a contract"));
    let answer: Result<(), _> = query.await;
    assert!(answer.is_err());
    world.submit(begin(1, "sales")).await.unwrap();
    assert_eq!(world.engine.metrics().tenants[0].rebuilds, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_power_cut_keeps_what_was_acknowledged_and_no_more_is_promised() {
    let mut world = World::new().await;
    world.submit(begin(1, "sales")).await.unwrap();
    let before = world.store.appends();
    let hang = Faults { lose_after: Some(0), torn: 1, ..Faults::default() };
    world.store.memory().set_faults(hang);
    let lost = world.send(begin(2, "sales").into());
    world.store.appended(before + 1).await;
    world.crash().await;
    assert!(matches!(lost.await.unwrap(), Err(SubmitError::Unavailable { .. })));
    let found = world.engine.query(&world.tenant, |state, _| {
        (state.find(&guid(1)).is_some(), state.find(&guid(2)).is_some())
    });
    // A torn append of a replicated log: the arrival was stored, although nobody was told.
    assert_eq!(found.await, Ok((true, true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_tells_what_happens() {
    let world = World::new().await;
    let readiness = || world.engine.tenants().remove(0).readiness;
    assert_eq!(readiness(), Readiness::Ready);
    world.stop();
    assert_eq!(readiness(), Readiness::Stopped);
    assert_eq!(world.engine.open(&world.tenant).await, Err(OpenError::Stopped));
    let after = world.submit(begin(1, "sales")).await;
    assert!(matches!(after, Err(SubmitError::Unavailable { .. })));
    let other = model::TenantId::parse("other").unwrap();
    assert_eq!(world.engine.open(&other).await, Err(OpenError::Stopped));
    let request = model::Command::Wake.into();
    let unknown = world.engine.submit(&other, request).await;
    assert_eq!(unknown, Err(SubmitError::TenantUnknown));
}
