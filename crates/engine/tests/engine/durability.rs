//! Replies wait until what they depend on is durable; what waits shares an append.

use std::{ops::Range, task::Poll};

use engine::{Prepared, QueryError, SubmitError};
use eventlog::Faults;
use model::{Command, Rejection, command::InteractionCommand};
use tokio::sync::mpsc;

use crate::world::{World, begin, guid};

const HANGING: Faults = Faults { fail_append_at: None, lose_after: Some(0), torn: 0 };

async fn is_pending<F: Future + Unpin>(future: &mut F) -> bool {
    std::future::poll_fn(|context| {
        let polled = std::pin::Pin::new(&mut *future).poll(context);
        Poll::Ready(polled.is_pending())
    })
    .await
}

/// Lets the shard execute everything that was sent before, also while an append waits for the disk: so many
/// together do not.
async fn let_shard_pass(world: &World) {
    for _ in 0..2 {
        let (seen, mut executed) = mpsc::unbounded_channel();
        let look = |_| {
            let seen = seen.clone();
            world.engine.query(&world.tenant, move |_, _| seen.send(()).is_ok())
        };
        let _crowd: Vec<_> = (0..128).map(look).collect();
        executed.recv().await.unwrap();
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

/// Sends so many calls, from this number on.
fn crowd(world: &World, calls: Range<u32>) -> Vec<impl Future<Output = Outcome> + use<>> {
    calls.map(|n| world.engine.submit(&world.tenant, begin(n, "sales").into())).collect()
}

type Outcome = Result<engine::Committed, SubmitError>;

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_slow_disk_shares_an_append() {
    let world = World::new().await;
    world.store.memory().set_faults(HANGING);
    let before = world.store.appends();

    // One append is at the disk, so that a few gather until it is durable.
    let mut sent = crowd(&world, 0..1);
    world.store.appended(before + 1).await;
    sent.extend(crowd(&world, 1..101));
    // Many do not wait so long, until as many appends as may be are in flight; then a crowd gathers.
    for (n, end) in [(2, 129), (3, 257), (4, 385)] {
        assert_eq!(world.store.appends(), before + n - 1, "fewer than 128 wait");
        sent.extend(crowd(&world, sent.len().try_into().unwrap()..end));
        world.store.appended(before + n).await;
    }
    sent.extend(crowd(&world, 385..885));
    assert_eq!(world.store.appends(), before + 4, "the disk is behind");

    world.store.memory().set_faults(Faults::default());
    let mut positions = Vec::new();
    for reply in sent {
        positions.push(reply.await.unwrap().position);
    }
    assert!(positions.is_sorted(), "replies tell the order of execution");
    assert_eq!(world.store.appends(), before + 5, "500 requests, one append");
    let metrics = world.engine.metrics();
    assert_eq!(metrics.tenants[0].batches[7..], [3, 0, 1], "{metrics:?}");
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
    for (appends, calls) in [(1, 0..1), (2, 1..129), (3, 129..257), (4, 257..385)] {
        sent.extend(crowd(&world, calls));
        world.store.appended(before + appends).await;
    }
    sent.extend(crowd(&world, 385..385 + 8_192));
    let turned_away = world.engine.submit(&world.tenant, begin(9_999, "sales").into()).await;
    assert!(matches!(turned_away, Err(SubmitError::Unavailable { retry_ms: 1.. })));
    world.store.memory().set_faults(Faults::default());
    for reply in sent {
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
