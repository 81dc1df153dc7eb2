//! Several consumers of one subscription.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

#[tokio::test]
async fn exclusive_admits_one_and_failover_waits() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    let _only = served.consumer("one", "").await;
    let busy = "The subscription has consumers that do not share it in this way";
    for query in ["", "subscriptionType=Shared", "subscriptionMode=NonDurable"] {
        let refused = served.try_consumer("one", query).await.err();
        assert_eq!(refused, Some((409, busy.to_owned())), "{query}");
    }
    let failover = "subscriptionType=failover";
    let mut first = served.consumer("two", failover).await;
    let mut standby = served.consumer("two", failover).await;
    served.publish(&ana, 2).await;
    let taken = first.take(2).await;
    standby.is_silent().await;
    drop(first);
    let moved = standby.take(2).await;
    assert_eq!(seqs(&moved), seqs(&taken));
    assert!(moved.iter().all(|message| message.redeliveries == 1));
}

/// A message as a worker saw it.
struct Seen {
    worker: usize,
    message: Received,
}

/// Two workers that acknowledge and one that does not, until everything is acknowledged.
async fn work(served: &Served, sharing: &str, ana: &Person) -> (Vec<Seen>, BTreeSet<u64>) {
    let query = format!("subscriptionType={sharing}&ackTimeoutMillis=200&receiverQueueSize=5");
    let mut workers = Vec::new();
    for _ in 0..3 {
        workers.push(served.consumer("shared", &query).await);
    }
    let mut all = served.reader(ALL, "").await;
    for _ in 0..8 {
        let call = served.world.call().await;
        served.world.press(&call, "1").await;
        served.world.post(&format!("/sim/v1/calls/{}/hangup", call.id)).send().await.ok(204);
        served.publish(ana, 2).await;
    }
    let (sent, mut seen) = tokio::sync::mpsc::unbounded_channel();
    for (worker, mut client) in workers.into_iter().enumerate() {
        let sent = sent.clone();
        tokio::spawn(async move {
            loop {
                let message = client.next().await;
                let id = message.id.clone();
                sent.send(Seen { worker, message }).unwrap();
                if worker > 0 {
                    client.ack(&id).await;
                }
            }
        });
    }
    let mut expected = BTreeSet::new();
    let last = served.world.call().await;
    loop {
        let message = all.next().await;
        all.ack(&message.id).await;
        expected.insert(message.seq());
        if message.guid() == last.guid {
            break;
        }
    }
    let (mut story, mut acked) = (Vec::new(), BTreeSet::new());
    let done = async {
        while !expected.is_subset(&acked) {
            let next = seen.recv().await.unwrap();
            if next.worker > 0 {
                acked.insert(next.message.seq());
            }
            story.push(next);
        }
    };
    timeout(PATIENCE, done).await.expect("everything is acknowledged by somebody");
    (story, expected)
}

#[tokio::test]
async fn shared_loses_nothing_to_a_worker_that_never_acknowledges() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    let (story, expected) = work(&served, "Shared", &ana).await;
    assert!(expected.len() > 30, "{}", expected.len());
    let idle: Vec<_> = story.iter().filter(|seen| seen.worker == 0).collect();
    assert!(idle.len() >= 5, "it had its window full");
    let rescued = |seen: &&Seen| seen.worker > 0 && seen.message.redeliveries > 0;
    assert!(story.iter().filter(rescued).count() >= 5, "what it had went to others");
}

#[tokio::test]
async fn key_shared_keeps_the_order_of_an_interaction() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    let (story, _) = work(&served, "key_shared", &ana).await;
    let mut first: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let mut workers: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for Seen { worker, message } in &story {
        let key = match message.guid() {
            "" => message.event["agentId"].as_str().unwrap().to_owned(),
            guid => guid.to_owned(),
        };
        if message.redeliveries == 0 {
            first.entry(key.clone()).or_default().push(message.seq());
            workers.entry(key).or_default().insert(*worker);
        }
    }
    assert!(first.len() > 8);
    for (key, seqs) in &first {
        assert!(seqs.is_sorted(), "{key}: {seqs:?}");
    }
    let used: BTreeSet<_> = workers.values().flatten().collect();
    assert!(used.len() > 1, "keys are spread over workers");
}
