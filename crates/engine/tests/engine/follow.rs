//! Followers see every durable record once, in order, whatever happens to the shard.

use std::sync::Arc;

use engine::{FollowError, Follower};
use eventlog::{Faults, Position};
use model::{Command, Event, config::Setting, config::Skill, id::SkillId};

use crate::world::{World, begin};

/// Follows to `until` and checks that every position comes once and in order.
async fn positions(follower: &mut Follower, until: Position) -> Vec<Event> {
    let mut events = Vec::new();
    while follower.position() < until {
        let before = follower.position();
        let batch = follower.next_batch().await.unwrap();
        let seen: Vec<_> = batch.iter().map(|entry| entry.position).collect();
        assert_eq!(seen, (before + 1..=batch.position()).collect::<Vec<_>>());
        events.extend(batch.iter().map(|entry| entry.event.clone()));
    }
    events
}

#[tokio::test(flavor = "multi_thread")]
async fn every_record_once_and_in_order_across_a_rebuild() {
    let world = World::new().await;
    let mut live = world.engine.follow(&world.tenant, 0).unwrap();
    let middle = world.submit(begin(1, "sales")).await.unwrap().position;
    let mut seen = positions(&mut live, middle).await;
    let fault = Faults { fail_append_at: Some(1), ..Faults::default() };
    world.store.memory().set_faults(fault);
    assert!(world.submit(begin(2, "sales")).await.is_err());
    world.ready().await;
    let end = world.submit(begin(3, "sales")).await.unwrap().position;
    seen.extend(positions(&mut live, end).await);
    let mut late = world.engine.follow(&world.tenant, 0).unwrap();
    assert_eq!(positions(&mut late, end).await, seen);
    let mut within = world.engine.follow(&world.tenant, end - 1).unwrap();
    assert_eq!(positions(&mut within, end).await, seen[seen.len() - 1..]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_the_future_is_told() {
    let world = World::new().await;
    let end = world.engine.position(&world.tenant).unwrap();
    let mut follower = world.engine.follow(&world.tenant, end + 1).unwrap();
    let ahead = follower.next_batch().await.unwrap_err();
    assert_eq!(ahead, FollowError::AheadOfLog { after: end + 1, end });
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_end_followers_have_had_everything() {
    let world = World::new().await;
    let mut follower = world.engine.follow(&world.tenant, 0).unwrap();
    let end = world.submit(begin(1, "sales")).await.unwrap().position;
    world.stop();
    positions(&mut follower, end).await;
    assert_eq!(follower.next_batch().await.unwrap_err(), FollowError::Closed);
}

/// A slow follower falls out of what is kept in memory and is served from the log.
#[tokio::test(flavor = "multi_thread")]
async fn who_falls_behind_memory_is_served_from_the_log() {
    let world = World::new().await;
    let mut slow = world.engine.follow(&world.tenant, 0).unwrap();
    let mut end = 0;
    for _ in 0..36 {
        let skill = |id| Setting::Skill(Skill { id: SkillId(id), name: "one of many".into() });
        let skills = (1..=2_000).map(skill).collect();
        end = world.submit(Command::Configure(skills)).await.unwrap().position;
    }
    assert!(end > 70_000);
    let metrics = world.engine.metrics();
    assert_eq!(metrics.tenants[0].follower_lag, end, "{metrics:?}");
    let mut fast = world.engine.follow(&world.tenant, end - 5_000).unwrap();
    let events = positions(&mut fast, end).await;
    assert_eq!(events.len(), 5_000);
    assert_eq!(positions(&mut slow, end).await.len() as u64, end);
    drop(slow);
    drop(fast);
    // Views and measures follow too.
    assert_eq!(world.engine.metrics().tenants[0].followers, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_followers_get_the_same_records() {
    let world = Arc::new(World::new().await);
    let start = world.engine.position(&world.tenant).unwrap();
    let followers: Vec<_> = (0..1_000)
        .map(|_| {
            let mut follower = world.engine.follow(&world.tenant, start).unwrap();
            tokio::spawn(async move {
                let mut batches = Vec::new();
                while batches.last().is_none_or(|last| last < &(start + 30)) {
                    batches.push(follower.next_batch().await.unwrap().position());
                }
                batches
            })
        })
        .collect();
    for n in 0..20 {
        world.submit(begin(n, "sales")).await.unwrap();
    }
    for follower in followers {
        assert!(follower.await.unwrap().is_sorted());
    }
}
