//! What is delivered: everything wanted, in order per interaction or agent, at least once.

use std::collections::HashMap;

use channels::webhooks::Outcome;
use model::config::{Setting, Webhook};

use crate::{
    receiver::{Receiver, Reply},
    world::{ID, World, agent, tenant, webhook},
};

#[tokio::test]
async fn events_are_posted_with_the_contract_s_headers_and_logged() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Status(200)).await;
    world.publish("ann", 1).await;
    world.save(webhook(&receiver.uri())).await;
    world.publish("ben", 1).await;
    let request = receiver.next().await;
    assert_eq!(request.path, "/events");
    assert_eq!(request.agent(), agent("ben").to_string(), "what was before it is not sent");
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(request.header("x-8x8-tenant-id"), "acmecorp01");
    assert_eq!(request.header("x-8x8-customer-id"), "acmecorp01");
    assert_eq!(request.header("x-8x8-event-id").len(), 22);
    assert_eq!(request.retry(), 0);
    let logged = world.deliveries(1).await.remove(0);
    assert_eq!(logged.event, "AgentStatusChange");
    assert_eq!(logged.event_id, request.header("x-8x8-event-id"));
    assert_eq!(logged.attempt.at.to_string(), request.header("x-8x8-transmission-time"));
    assert_eq!((logged.attempt.status, logged.attempt.outcome), (Some(200), Outcome::Delivered));
}

#[tokio::test]
async fn one_that_fails_holds_up_its_own_agent_only() {
    let world = World::new().await;
    let ann = agent("ann").to_string();
    // Ann's breaks fail twice.
    let mut receiver = Receiver::start(move |request| {
        let fails = request.agent() == ann && request.retry() < 2;
        if fails && request.event()["newState"] == 4 {
            Reply::Status(503)
        } else {
            Reply::Status(204)
        }
    })
    .await;
    world.save(webhook(&receiver.uri())).await;
    world.publish("ann", 2).await;
    world.publish("ben", 4).await;
    let mut ids: HashMap<u64, Vec<(u32, String)>> = HashMap::new();
    let mut order: HashMap<String, Vec<u64>> = HashMap::new();
    // Four of ben's, one of ann's three times, one of ann's.
    for request in receiver.take(8).await {
        let id = request.header("x-8x8-event-id").to_owned();
        ids.entry(request.seq()).or_default().push((request.retry(), id));
        order.entry(request.agent()).or_default().push(request.seq());
    }
    let first = ids.values().find(|tries| tries.len() == 3).expect("one came three times");
    assert_eq!(first.iter().map(|(retry, _)| *retry).collect::<Vec<_>>(), [0, 1, 2]);
    assert!(first.iter().all(|(_, id)| *id == first[0].1), "its id is the same");
    for (agent, seqs) in &order {
        assert!(seqs.is_sorted(), "{agent}: {seqs:?}");
    }
    assert_eq!(order[&agent("ben").to_string()].len(), 4);
    assert_eq!(order[&agent("ann").to_string()].len(), 4);
}

#[tokio::test]
async fn only_what_is_wanted_is_sent_and_only_while_it_is_enabled() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Status(200)).await;
    let other = vec!["InteractionCreated".into()];
    world.save(Webhook { events: other, ..webhook(&receiver.uri()) }).await;
    world.publish("ann", 2).await;
    let own = vec!["AgentStatusChange".into()];
    world.save(Webhook { events: own.clone(), enabled: false, ..webhook(&receiver.uri()) }).await;
    world.publish("ann", 2).await;
    world.save(Webhook { events: own, ..webhook(&receiver.uri()) }).await;
    world.publish("ben", 1).await;
    assert_eq!(receiver.next().await.agent(), agent("ben").to_string());
    let position = world.configure(Setting::WebhookDeleted(ID)).await;
    world.webhooks.settled(&tenant(), position).await.unwrap();
    world.publish("ann", 2).await;
    assert!(world.webhooks.deliveries(&tenant(), ID, u64::MAX, 10).await.unwrap().is_empty());
    // Whoever takes its number begins anew.
    world.save(webhook(&receiver.uri())).await;
    world.publish("ben", 2).await;
    assert_eq!(receiver.next().await.agent(), agent("ben").to_string());
}

#[tokio::test]
async fn a_restart_loses_nothing_and_goes_on_counting() {
    let mut world = World::new().await;
    let mut failing = Receiver::start(|_| Reply::Status(500)).await;
    world.save(webhook(&failing.uri())).await;
    world.publish("ann", 3).await;
    let first = failing.next().await;
    world.deliveries(1).await;
    world = world.again().await;
    world.publish("ben", 1).await;
    let again = loop {
        let request = failing.next().await;
        if request.agent() == first.agent() && request.retry() > 0 {
            break request;
        }
    };
    assert_eq!(again.header("x-8x8-event-id"), first.header("x-8x8-event-id"));
    let mut receiver = Receiver::start(|_| Reply::Status(200)).await;
    world.save(webhook(&receiver.uri())).await;
    let mut seqs: Vec<_> = receiver.take(4).await.iter().map(|request| request.seq()).collect();
    seqs.sort_unstable();
    assert_eq!(seqs, (first.seq()..first.seq() + 4).collect::<Vec<_>>());
}
