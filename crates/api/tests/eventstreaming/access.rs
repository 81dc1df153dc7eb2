//! Who is let in, how they show it, when they are put out, and what others are told.

use api::Secret;
use model::{
    access::{ApiKey, Product, Tokens, TokensMade},
    config::Setting,
};

use super::*;
use crate::util::{OTHER, basic};

const READER: &str = "/ws/v2/reader/persistent/acmecorp01/event-v1/all";
const CONSUMER: &str = "/ws/v2/consumer/persistent/acmecorp01/event-v1/all";

#[tokio::test]
async fn every_documented_form_of_authentication() {
    let served = Served::new().await;
    let (token, key) = (served.world.data_token.reveal(), served.world.stream_key.reveal());
    let pair = basic(TENANT, token);
    let coded = pair.strip_prefix("Basic ").unwrap();
    let escaped = coded.replace('=', "%3D").replace('+', "%2B").replace('/', "%2F");
    for (query, headers) in [
        (String::new(), vec![("x-api-key", key)]),
        (String::new(), vec![("x-api-key", token)]),
        (String::new(), vec![("x-api-key", coded)]),
        (String::new(), vec![("authorization", pair.as_str())]),
        (format!("?x-api-key={key}"), vec![]),
        (format!("?x-api-key={token}"), vec![]),
        (format!("?token=Basic+{escaped}"), vec![]),
        (format!("?token=Basic%20{escaped}"), vec![]),
        ("?x-api-key=wrong".to_owned(), vec![("x-api-key", key)]),
    ] {
        let opened = served.connect(&format!("{READER}{query}"), &headers).await;
        assert!(opened.is_ok(), "{query} {headers:?}: {:?}", opened.err());
    }
}

#[tokio::test]
async fn who_is_refused() {
    let served = Served::new().await;
    let world = &served.world;
    let key = world.stream_key.reveal();
    let elsewhere = READER.replace(TENANT, OTHER);
    let nowhere = READER.replace(TENANT, "nosuchtenant");
    let odd = READER.replace(TENANT, "no-tenant");
    let action = basic(TENANT, world.action_token.reveal());
    let foreign = basic(OTHER, world.data_token.reveal());
    let unauthenticated = (401, "Failed to authenticate".to_owned());
    for (path, headers) in [
        (READER, vec![]),
        (READER, vec![("x-api-key", "wrong")]),
        (READER, vec![("api-key", key)]),
        (READER, vec![("authorization", action.as_str())]),
        (READER, vec![("x-api-key", world.action_token.reveal())]),
        (READER, vec![("authorization", foreign.as_str())]),
        (&elsewhere, vec![("x-api-key", key)]),
        (&nowhere, vec![("x-api-key", key)]),
        (&odd, vec![("x-api-key", key)]),
        ("/ws/v2/producer/persistent/acmecorp01/event-v1/all", vec![]),
    ] {
        let refused = served.connect(path, &headers).await.err();
        assert_eq!(refused.as_ref(), Some(&unauthenticated), "{path} {headers:?}");
    }
    let gateway = served.connect(READER, &[("x-api-key", world.api_key.reveal())]).await.err();
    assert_eq!(gateway, Some((403, "This key is not for event streaming".to_owned())));
}

#[tokio::test]
async fn what_is_refused() {
    let served = Served::new().await;
    for (path, status, reason) in [
        (READER.replace("event-v1", "event-v2"), 404, "There is no such topic"),
        (READER.replace("/all", "/a%20b"), 404, "There is no such topic"),
        (READER.replace("persistent", "non-persistent"), 404, "There is nothing here."),
        ("/ws/v3/consumer/sub?topics=all".to_owned(), 404, "There is nothing here."),
        (READER.replace("reader", "producer"), 403, "Nothing can be produced here"),
        (format!("{READER}?messageId=CAEQAw+="), 400, MESSAGE_ID),
        (format!("{READER}?messageId=x"), 400, MESSAGE_ID),
        (format!("{READER}?messageId=CAMQADAA"), 400, MESSAGE_ID),
        (
            format!("{READER}?receiverQueueSize=-1"),
            400,
            "Invalid query params: receiverQueueSize must be a whole number",
        ),
        (
            format!("{CONSUMER}/a%2Fb"),
            400,
            "Invalid query params: a subscription's name is [A-Za-z0-9._-]{1,128}",
        ),
        (
            format!("{CONSUMER}/sub?subscriptionType=Mine"),
            400,
            "Invalid query params: subscriptionType must be Exclusive, Failover, Shared or Key_Shared",
        ),
        (
            format!("{CONSUMER}/sub?subscriptionMode=x"),
            400,
            "Invalid query params: subscriptionMode must be Durable or NonDurable",
        ),
        (
            format!("{CONSUMER}/sub?pullMode=1"),
            400,
            "Invalid query params: pullMode must be true or false",
        ),
        (
            format!("{CONSUMER}/sub?maxRedeliverCount=0"),
            400,
            "Invalid query params: maxRedeliverCount must be at least 1",
        ),
        (
            format!("{CONSUMER}/sub?ackTimeoutMillis=1s"),
            400,
            "Invalid query params: ackTimeoutMillis must be a whole number",
        ),
    ] {
        let refused = served.open(&path).await.err();
        assert_eq!(refused, Some((status, reason.to_owned())), "{path}");
    }
    let taken = format!("{CONSUMER}/sub?maxRedeliverCount=1&deadLetterTopic=all");
    assert_eq!(served.open(&taken).await.err().unwrap().0, 400);
    let plain = served.world.get(READER).header("x-api-key", served.world.stream_key.reveal());
    let plain = plain.send().await.ok(400);
    assert_eq!(plain["reason"], "This is a WebSocket: send its handshake");
}

#[tokio::test]
async fn a_credential_that_is_replaced_ends_its_connections_at_once() {
    let served = Served::new().await;
    let world = &served.world;
    let token = world.data_token.reveal();
    let mut by_token = served.connect(READER, &[("x-api-key", token)]).await.unwrap();
    let mut by_key = served.consumer("sub", "").await;
    let tokens = Setting::Tokens(Tokens {
        data_request: Secret::mint("").hash(),
        action_request: world.action_token.hash(),
        crm_username: "crm".into(),
        crm_password: Secret::mint("").hash(),
        made: TokensMade::default(),
    });
    world.configure(TENANT, vec![tokens]).await;
    let put_out = (4005, "Failed to authenticate".to_owned());
    assert_eq!(by_token.closed().await, put_out);
    assert_eq!(served.connect(READER, &[("x-api-key", token)]).await.err().unwrap().0, 401);
    let call = world.call().await;
    assert_eq!(by_key.next().await.guid(), call.guid, "the key is as good as before");
    let key = Setting::ApiKey(ApiKey {
        hash: world.stream_key.hash(),
        name: "key".into(),
        products: vec![Product::Schedules],
        secret: None,
    });
    world.configure(TENANT, vec![key]).await;
    assert_eq!(by_key.closed().await, put_out);
}

const MESSAGE_ID: &str =
    "Invalid query params: messageId must be latest, earliest or a message id of this topic";

#[tokio::test]
async fn another_tenant_s_events_are_never_seen() {
    let served = Served::new().await;
    let mut reader = served.reader(ALL, "messageId=earliest").await;
    served.world.call_to(crate::util::OTHER_NUMBER).await;
    let own = served.world.call().await;
    loop {
        let message = reader.next().await;
        assert!(!message.event.to_string().contains(OTHER), "{message:?}");
        if message.guid() == own.guid {
            break;
        }
    }
}

#[tokio::test]
async fn connections_of_a_tenant_are_limited() {
    let served = Served::new().await;
    let mut open = Vec::new();
    for _ in 0..200 {
        open.push(served.reader(ALL, "").await);
    }
    let refused = served.open(READER).await.err();
    assert_eq!(refused, Some((429, "Too many connections".to_owned())));
}
