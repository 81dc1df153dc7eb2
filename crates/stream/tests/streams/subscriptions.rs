//! What becomes of a subscription that is slower than the stream forgets.

use std::time::Duration;

use model::status::Status;
use stream::{
    Consumer, Delivered, Options, Subscriptions, Topic, Wish,
    subscription::{Sharing, Terms},
};
use tokio::time::timeout;

use crate::world::{World, tenant};

/// More than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// One consumer that has at most two messages at a time.
fn slow() -> Wish {
    Wish {
        tenant: tenant(),
        topic: Topic::All,
        topic_name: "event-v1/all".into(),
        name: "slow".into(),
        durable: true,
        sharing: Sharing::Exclusive,
        terms: Terms {
            window: 2,
            pull: false,
            ack_timeout_ms: None,
            nack_delay_ms: 0,
            redeliveries_max: None,
            priority: 0,
        },
        dead_letters: "event-v1/all-slow-DLQ".into(),
    }
}

async fn next(consumer: &mut Consumer) -> Delivered {
    timeout(PATIENCE, consumer.next()).await.expect("a message comes").expect("it goes on")
}

#[tokio::test]
async fn a_slow_subscription_goes_on_with_the_oldest_that_is_kept() {
    let mut world = World::with(Options { retention_ms: 60_000, ..Options::default() }).await;
    world.status("ann", Status::Available).await;
    let subscriptions = Subscriptions::new(world.streams.clone());
    let mut consumer = subscriptions.attach(slow()).await.unwrap();
    world.whole_call().await;
    let (first, second) = (next(&mut consumer).await, next(&mut consumer).await);
    assert_eq!(second.entry, first.entry + 1);
    // It keeps both, and dies.
    consumer.detach().await;
    let before = world.stream().latest().await.unwrap();
    assert!(before > second.entry, "there is more that it has not seen");
    world.clock.advance(120_000);
    world.whole_call().await;
    let stream = world.stream();
    let latest = stream.latest().await.unwrap();
    assert_eq!(stream.first(), before + 1, "what it had not acknowledged is gone, and more");

    let mut consumer = subscriptions.attach(slow()).await.unwrap();
    let mut seen = Vec::new();
    while seen.last() != Some(&latest) {
        let Delivered { entry, redeliveries, .. } = next(&mut consumer).await;
        assert_eq!(redeliveries, 0);
        consumer.ack(entry).await;
        seen.push(entry);
    }
    assert_eq!(seen, (before + 1..=latest).collect::<Vec<_>>());
}
