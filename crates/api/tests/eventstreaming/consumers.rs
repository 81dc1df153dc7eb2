//! One consumer of a subscription.

use super::*;

const QUICK: &str = "negativeAckRedeliveryDelay=1";

#[tokio::test]
async fn what_is_not_acknowledged_comes_again() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    let mut consumer = served.consumer("sub", "").await;
    served.publish(&ana, 3).await;
    let first = consumer.take(3).await;
    assert!(first.iter().all(|message| message.redeliveries == 0));
    consumer.ack(&first[1].id).await;
    consumer.is_silent().await;
    drop(consumer);
    // While nobody listens, too.
    served.publish(&ana, 1).await;
    let mut again = until_free(&served, "sub", "").await;
    let second = again.take(3).await;
    assert_eq!(seqs(&second[..2]), [first[0].seq(), first[2].seq()]);
    // The third may have been on its way to the consumer that left.
    assert!(second[..2].iter().all(|message| message.redeliveries == 1));
    assert_eq!(second[2].seq(), first[2].seq() + 1);
    again.is_silent().await;
}

/// The server learns of a connection's end a little later than the client.
async fn until_free(served: &Served, name: &str, query: &str) -> Client {
    let connect = async {
        loop {
            match served.try_consumer(name, query).await {
                Ok(client) => return client,
                Err((409, _)) => tokio::task::yield_now().await,
                Err(other) => panic!("{other:?}"),
            }
        }
    };
    timeout(PATIENCE, connect).await.unwrap()
}

#[tokio::test]
async fn a_new_subscription_begins_now_and_one_that_is_deleted_begins_anew() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    served.publish(&ana, 2).await;
    let mut consumer = served.consumer("sub", "").await;
    consumer.is_silent().await;
    served.publish(&ana, 1).await;
    consumer.next().await;
    consumer.say(json!({"type": "unsubscribe"})).await;
    assert_eq!(consumer.closed().await.0, 1000);
    let mut anew = served.consumer("sub", "").await;
    anew.is_silent().await;
    let mut passing = served.consumer("passing", "subscriptionMode=NonDurable").await;
    passing.is_silent().await;
}

#[tokio::test]
async fn a_window_that_is_full_waits_for_an_acknowledgement() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    let mut consumer = served.consumer("sub", &format!("receiverQueueSize=2&{QUICK}")).await;
    served.publish(&ana, 5).await;
    let first = consumer.take(2).await;
    consumer.is_silent().await;
    consumer.ack("CAEQ//8/").await;
    consumer.is_silent().await;
    consumer.ack(&first[0].id).await;
    let third = consumer.next().await;
    assert_eq!(third.seq(), first[1].seq() + 1);
    consumer.nack(&third.id).await;
    // It makes room, and comes again by and by.
    let mut seen = Vec::new();
    while !seen.contains(&(third.seq(), 1)) {
        let next = consumer.next().await;
        seen.push((next.seq(), next.redeliveries));
        consumer.ack(&next.id).await;
    }
}

#[tokio::test]
async fn who_pulls_gets_as_many_as_it_permits() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    let mut consumer = served.consumer("sub", "pullMode=true").await;
    served.publish(&ana, 5).await;
    consumer.is_silent().await;
    consumer.say(json!({"type": "permit", "permitMessages": 2})).await;
    consumer.take(2).await;
    consumer.is_silent().await;
    consumer.say(json!({"type": "permit", "permitMessages": 1})).await;
    let third = consumer.next().await;
    consumer.is_silent().await;
    // An acknowledgement permits nothing.
    consumer.ack(&third.id).await;
    consumer.is_silent().await;
    consumer.say(json!({"type": "permit"})).await;
    assert_eq!(consumer.closed().await, (4003, "permitMessages is missing".to_owned()));
}

#[tokio::test]
async fn frames_that_say_nothing_end_the_connection() {
    let served = Served::new().await;
    for (frame, reason) in [
        ("nonsense", "not a JSON object of a known form"),
        ("[]", "not a JSON object of a known form"),
        ("{}", "messageId is missing"),
        (r#"{"messageId":"!"}"#, "messageId is not a message id of this topic"),
        (r#"{"type":"negativeAcknowledge"}"#, "messageId is missing"),
        (r#"{"type":"permit","permitMessages":-1}"#, "not a JSON object of a known form"),
    ] {
        let mut consumer = served.consumer("sub", "subscriptionType=Shared").await;
        consumer.0.send(Message::text(frame)).await.unwrap();
        assert_eq!(consumer.closed().await, (4003, reason.to_owned()), "{frame}");
    }
}

#[tokio::test]
async fn what_is_given_up_can_be_read() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    let mut consumer = served.consumer("sub", &format!("maxRedeliverCount=1&{QUICK}")).await;
    let mut graves = served.reader("event-v1/all-sub-DLQ", "messageId=earliest").await;
    served.publish(&ana, 1).await;
    for redeliveries in 0..2 {
        let message = consumer.next().await;
        assert_eq!(message.redeliveries, redeliveries);
        consumer.nack(&message.id).await;
    }
    let dead = graves.next().await;
    assert_eq!((dead.kind(), dead.id.as_str()), ("AgentStatusChange", "CAEQAQ=="));
    consumer.is_silent().await;
    let mut graves = served.reader("event-v1/all-sub-DLQ", "messageId=latest").await;
    graves.is_silent().await;
}

#[tokio::test]
async fn administrators_see_subscriptions_and_their_backlog() {
    let served = Served::new().await;
    let ada = served.world.login("ada").await;
    let ana = served.world.available("ana").await;
    let mut consumer = served.consumer("sub", "subscriptionType=Shared&receiverQueueSize=2").await;
    served.publish(&ana, 5).await;
    let taken = consumer.take(2).await;
    consumer.ack(&taken[0].id).await;
    consumer.next().await;
    let list = async || {
        let path = "/admin/v1/event-subscriptions";
        let listed = served.world.get(path).bearer(&ada).send().await.ok(200);
        listed["subscriptions"].clone()
    };
    let expected = json!([{"topic": "event-v1/all", "name": "sub", "type": "Shared",
        "durable": true, "consumers": 1, "backlog": 4}]);
    let tenant = model::TenantId::parse(TENANT).unwrap();
    served.world.streams.tenant(&tenant).unwrap().latest().await.unwrap();
    assert_eq!(list().await, expected);
    drop(consumer);
    let left = async {
        while list().await[0]["consumers"] != 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, left).await.expect("it is noticed");
    let standing = list().await;
    assert_eq!((&standing[0]["type"], &standing[0]["backlog"]), (&Value::Null, &json!(4)));
}
