//! Replies wait until what they depend on is durable; what waits shares an append.

use std::task::Poll;

use engine::{Prepared, QueryError, SubmitError};
use eventlog::Faults;
use model::{Command, Rejection, command::InteractionCommand};
use tokio::sync::oneshot;

use crate::world::{World, begin, guid};

const HANGING: Faults = Faults { fail_append_at: None, lose_after: Some(0), torn: 0 };

async fn is_pending<F: Future + Unpin>(future: &mut F) -> bool {
    std::future::poll_fn(|context| {
        let polled = std::pin::Pin::new(&mut *future).poll(context);
        Poll::Ready(polled.is_pending())
    })
    .await
}

/// Lets the shard execute everything that was sent before, twice over.
async fn let_shard_pass(world: &World) {
    for _ in 0..2 {
        let (seen, executed) = oneshot::channel();
        let query = world.engine.query(&world.tenant, move |_, _| seen.send(()).unwrap());
        executed.await.unwrap();
        drop(query);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reply_leaves_before_what_it_depends_on_is_durable() {
    let world = World::new().await;
    world.store.memory().set_faults(HANGING);
    let before = world.store.appends();

    let mut command = Box::pin(world.engine.submit(&world.tenant, begin(1, "sales").into()));
    world.store.appended(before + 1).await;
    let unknown = InteractionCommand::Leave { interaction: "nobody".into() };
    let unknown = Command::Interaction(unknown);
    let mut refusal = Box::pin(world.engine.submit(&world.tenant, unknown.into()));
    let open = |state: &engine::State, _| state.open_count();
    let mut query = Box::pin(world.engine.query(&world.tenant, open));
    let mut unmade = Box::pin(prepared(&world, |_| None));
    assert!(is_pending(&mut unmade).await);
    let_shard_pass(&world).await;
    assert!(is_pending(&mut command).await, "the call is not durable");
    assert!(is_pending(&mut refusal).await, "a refusal depends on what was before it");
    assert!(is_pending(&mut query).await, "a query saw what is not durable");
    assert!(is_pending(&mut unmade).await, "so did who made no request of it");
    assert!(world.engine.views(&world.tenant).unwrap().position() < before + 100);

    world.store.memory().set_faults(Faults::default());
    let committed = command.await.unwrap();
    assert_eq!(committed.position, world.engine.position(&world.tenant).unwrap());
    assert_eq!(refusal.await, Err(SubmitError::Rejected(Rejection::InteractionUnknown)));
    assert_eq!(query.await, Ok(1));
    assert_eq!(unmade.await, Ok(Err(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_slow_disk_shares_an_append() {
    let world = World::new().await;
    world.store.memory().set_faults(HANGING);
    let before = world.store.appends();

    // As many appends as may be in flight, then a crowd.
    let mut sent = Vec::new();
    for n in 0..4 {
        sent.push(world.send(begin(n, "sales").into()));
        world.store.appended(before + u64::from(n) + 1).await;
    }
    let crowd: Vec<_> =
        (4..504).map(|n| world.engine.submit(&world.tenant, begin(n, "sales").into())).collect();
    assert_eq!(world.store.appends(), before + 4, "the disk is behind, so the crowd gathers");

    world.store.memory().set_faults(Faults::default());
    for reply in sent {
        reply.await.unwrap().unwrap();
    }
    let mut positions = Vec::new();
    for reply in crowd {
        positions.push(reply.await.unwrap().position);
    }
    assert!(positions.is_sorted(), "replies tell the order of execution");
    assert_eq!(world.store.appends(), before + 5, "500 requests, one append");
    let metrics = world.engine.metrics();
    assert_eq!(metrics.tenants[0].batches[9], 1, "{metrics:?}");
}

/// A command made of how many interactions are open, or none.
fn prepared(
    world: &World,
    make: fn(usize) -> Option<Command>,
) -> impl Future<Output = Result<Prepared<usize, usize>, QueryError>> + use<> {
    world.engine.submit_with(&world.tenant, move |state, _| {
        let open = state.open_count();
        make(open).map(|command| (command.into(), open)).ok_or(open)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_made_of_the_state_it_is_executed_on() {
    let world = World::new().await;
    let next = |open| Some(begin(u32::try_from(open).unwrap(), "sales"));
    let sent: Vec<_> = (0..200).map(|_| prepared(&world, next)).collect();
    for (made, expected) in sent.into_iter().zip(0..) {
        let (open, executed) = made.await.unwrap().unwrap();
        assert_eq!((open, executed.unwrap().events.is_empty()), (expected, false));
    }
    let end = world.engine.position(&world.tenant);
    let refused = prepared(&world, |_| Some(begin(200, "nobody"))).await;
    assert_eq!(refused, Ok(Ok((200, Err(Rejection::NumberUnknown)))));
    let panicked = prepared(&world, |_| panic!("not made")).await;
    assert!(matches!(panicked, Err(QueryError::Unavailable { .. })), "{panicked:?}");
    assert_eq!(prepared(&world, |_| None).await, Ok(Err(200)), "the shard lives on");
    assert_eq!(world.engine.position(&world.tenant), end);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_inbox_turns_requests_away() {
    let world = World::new().await;
    world.store.memory().set_faults(HANGING);
    let before = world.store.appends();
    let mut sent = Vec::new();
    for n in 0..4 {
        sent.push(world.send(begin(n, "sales").into()));
        world.store.appended(before + u64::from(n) + 1).await;
    }
    let submit = |n| world.engine.submit(&world.tenant, begin(n, "sales").into());
    let waiting: Vec<_> = (4..4 + 8_192).map(submit).collect();
    let turned_away = submit(9_999).await;
    assert!(matches!(turned_away, Err(SubmitError::Unavailable { retry_ms: 1.. })));
    world.store.memory().set_faults(Faults::default());
    for reply in waiting {
        reply.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_is_done_once() {
    let world = World::new().await;
    let request =
        |n| model::command::Request { key: Some("k1".into()), command: begin(n, "sales") };
    let first = world.send(request(1)).await.unwrap().unwrap();
    let second = world.send(request(1)).await.unwrap().unwrap();
    assert!(!first.events.is_empty() && second.events.is_empty());
    assert_eq!(second.position, first.position, "the answer holds as of there");
    let found = world.engine.query(&world.tenant, |state, _| state.find(&guid(1)).is_some());
    assert_eq!(found.await, Ok(true));
}
