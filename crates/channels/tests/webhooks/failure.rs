//! What goes wrong at the other side, and what does not go there at all.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use channels::webhooks::Outcome;

use crate::{
    receiver::{Receiver, Reply},
    world::{ID, World, tenant, until, webhook},
};

#[tokio::test]
async fn odd_answers_are_survived() {
    let world = World::new().await;
    let count = AtomicUsize::new(0);
    let mut receiver = Receiver::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::Close,
        1 => Reply::Redirect,
        2 => Reply::Twice,
        3 => Reply::Endless,
        _ => Reply::Status(299),
    })
    .await;
    world.save(webhook(&receiver.uri())).await;
    world.publish("ann", 3).await;
    let requests = receiver.take(5).await;
    let retries: Vec<_> = requests.iter().map(|request| request.retry()).collect();
    assert_eq!(retries, [0, 1, 2, 0, 0]);
    assert!(requests.iter().all(|request| request.path == "/events"), "no redirect is followed");
    let mut logged = world.deliveries(5).await;
    logged.reverse();
    let outcomes: Vec<_> =
        logged.iter().map(|one| (one.attempt.outcome, one.attempt.status)).collect();
    assert_eq!(
        outcomes,
        [
            (Outcome::NoConnection, None),
            (Outcome::Refused, Some(302)),
            (Outcome::Delivered, Some(200)),
            (Outcome::Delivered, Some(200)),
            (Outcome::Delivered, Some(299)),
        ]
    );
}

#[tokio::test]
async fn who_hangs_is_left_after_ten_seconds() {
    let world = World::new().await;
    let mut receiver =
        Receiver::start(
            |request| {
                if request.retry() == 0 { Reply::Hang } else { Reply::Status(200) }
            },
        )
        .await;
    world.save(webhook(&receiver.uri())).await;
    world.publish("ann", 1).await;
    receiver.take(2).await;
    let logged = world.deliveries(2).await;
    assert_eq!(logged[1].attempt.outcome, Outcome::TimedOut);
    assert!(logged[1].attempt.took_ms >= 10_000);
}

#[tokio::test]
async fn who_is_gone_is_sent_nothing_until_its_webhook_is_saved_again() {
    let world = World::new().await;
    let answers = Arc::new(AtomicUsize::new(410));
    let told = Arc::clone(&answers);
    let mut receiver =
        Receiver::start(move |_| Reply::Status(told.load(Ordering::SeqCst) as u16)).await;
    world.save(webhook(&receiver.uri())).await;
    world.publish("ann", 1).await;
    let first = receiver.next().await;
    until(async || world.webhooks.standing(&tenant(), ID).await.unwrap().gone.then_some(())).await;
    world.publish("ann", 2).await;
    let world = world.again().await;
    answers.store(200, Ordering::SeqCst);
    assert!(receiver.is_quiet());
    world.save(webhook(&receiver.uri())).await;
    let again = receiver.next().await;
    assert_eq!(again.header("x-8x8-event-id"), first.header("x-8x8-event-id"));
    assert!(!world.webhooks.standing(&tenant(), ID).await.unwrap().gone);
}

#[tokio::test]
async fn what_is_too_old_is_given_up_and_can_be_tried_again() {
    let world = World::with(73, &["127.0.0.0/8"]).await;
    let answers = Arc::new(AtomicUsize::new(500));
    let told = Arc::clone(&answers);
    let mut receiver =
        Receiver::start(move |_| Reply::Status(told.load(Ordering::SeqCst) as u16)).await;
    world.save(webhook(&receiver.uri())).await;
    world.publish("ann", 3).await;
    let first = receiver.take(3).await;
    let dead = world.dead(3).await;
    assert_eq!((dead[2].attempts, dead[2].status, dead[2].reviving), (1, Some(500), false));
    let ids: Vec<_> = first.iter().map(|request| request.header("x-8x8-event-id")).collect();
    let buried: Vec<_> = dead.iter().rev().map(|letter| letter.event_id.as_str()).collect();
    assert_eq!(ids, buried);

    answers.store(200, Ordering::SeqCst);
    let one = world.webhooks.revive(&tenant(), ID, Some(dead[1].id)).await.unwrap();
    assert_eq!(one, 1);
    let again = receiver.next().await;
    assert_eq!(again.header("x-8x8-event-id"), dead[1].event_id);
    assert_eq!(again.body, first[1].body);
    world.dead(2).await;
    // The others after a restart, which does not forget that they were to be tried.
    answers.store(503, Ordering::SeqCst);
    assert_eq!(world.webhooks.revive(&tenant(), ID, None).await.unwrap(), 2);
    receiver.next().await;
    let world = world.again().await;
    answers.store(200, Ordering::SeqCst);
    world.dead(0).await;
    assert_eq!(world.webhooks.revive(&tenant(), ID, Some(1)).await.unwrap(), 0, "there is none");
}

#[tokio::test]
async fn this_machine_is_not_sent_to_unless_it_is_allowed() {
    let world = World::with(0, &[]).await;
    let mut receiver = Receiver::start(|_| Reply::Status(200)).await;
    let port = receiver.address.port();
    for uri in [
        format!("http://127.0.0.1:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        format!("https://[::ffff:127.0.0.1]:{port}/"),
        format!("https://localhost:{port}/"),
    ] {
        let attempt = world.webhooks.probe(&tenant(), &uri, "{}").await;
        assert_eq!(attempt.outcome, Outcome::AddressRefused, "{uri}");
    }
    world.save(webhook(&format!("https://localhost:{port}/"))).await;
    world.publish("ann", 1).await;
    let logged = world.deliveries(1).await;
    assert_eq!(logged[0].attempt.outcome, Outcome::AddressRefused, "also when it is saved already");
    assert!(receiver.is_quiet());
}
