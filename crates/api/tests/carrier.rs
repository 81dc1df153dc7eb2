//! The simulated carrier.

use axum::http::Method;
use serde_json::{Value, json};

use crate::util::{CALLER, NUMBER, OTHER_NUMBER, World, remote};

async fn place(world: &World, body: Value, key: Option<&str>) -> crate::util::Answer {
    let ask = world.post("/sim/v1/calls").json(&body);
    match key {
        Some(key) => ask.header("idempotency-key", key).send().await,
        None => ask.send().await,
    }
}

async fn page(world: &World, query: &str) -> (Vec<String>, Value) {
    let page = world.get(&format!("/sim/v1/calls{query}")).send().await.ok(200);
    let calls = page["calls"].as_array().unwrap().iter();
    let guids = calls.map(|call| call["interactionGuid"].as_str().unwrap().to_owned());
    (guids.collect(), page["next"].clone())
}

#[tokio::test]
async fn the_same_call_is_placed_once() {
    let world = World::new().await;
    let call = json!({"from": CALLER, "to": NUMBER, "sipCallId": "abc@10.0.0.1"});
    let first = place(&world, call.clone(), None).await.ok(201);
    assert_eq!(first["callId"], "abc@10.0.0.1");
    assert_eq!(place(&world, call, None).await.ok(201), first, "by its SIP Call-ID");
    let other = json!({"from": "1", "to": NUMBER, "sipCallId": "abc@10.0.0.1"});
    place(&world, other, None).await.is(409, "identifierTaken");
    let call = json!({"from": CALLER, "to": NUMBER});
    let keyed = place(&world, call.clone(), Some("k")).await.ok(201);
    assert_eq!(place(&world, call.clone(), Some("k")).await.ok(201), keyed, "by its key");
    let hang_up = format!("/sim/v1/calls/{}/hangup", keyed["callId"].as_str().unwrap());
    world.post(&hang_up).send().await.ok(204);
    assert_eq!(place(&world, call.clone(), Some("k")).await.ok(201), keyed, "also when it is over");
    assert_ne!(place(&world, call, None).await.ok(201), keyed);
}

#[tokio::test]
async fn calls_that_cannot_be_placed() {
    let world = World::new().await;
    place(&world, json!({"from": "1", "to": "2"}), None).await.is(404, "numberUnknown");
    for (body, field) in [
        (json!({"to": NUMBER}), json!("from")),
        (json!({"from": "", "to": NUMBER}), json!("from")),
        (json!({"from": "1".repeat(129), "to": NUMBER}), json!("from")),
        (json!({"from": "1", "to": NUMBER, "sipCallId": "a b"}), json!("sipCallId")),
        (json!({"from": "1", "to": NUMBER, "callerName": 5}), json!("callerName")),
        (json!({"from": "1", "to": NUMBER, "colour": 5}), json!("colour")),
        (json!("call"), Value::Null),
    ] {
        let refused = place(&world, body, None).await.is(400, "invalid");
        assert_eq!(refused["field"], field);
    }
}

#[tokio::test]
async fn a_caller_waits_and_hangs_up() {
    let world = World::new().await;
    let (first, second) = (world.call().await, world.call().await);
    world.press(&first, "1").await;
    world.press(&second, "1").await;
    let heard = world.look(&second).await;
    assert_eq!((&heard["state"], &heard["queuePosition"]), (&json!("queued"), &json!(2)));
    assert_eq!(heard["queue"], json!({"id": 101, "name": "Standard"}));
    assert_eq!(heard["prompts"][0]["text"], "Welcome to Acme.");
    assert!(heard["prompts"][0]["at"].is_u64());
    assert!(heard.get("awaiting").is_none() && heard.get("agent").is_none());
    let path = format!("/sim/v1/calls/{}", second.id);
    let press = |digits: &str| {
        world.post(&format!("{path}/digits")).json(&json!({ "digits": digits })).send()
    };
    press("1").await.is(409, "digitsNotAwaited");
    for bad in ["", "a", "12 3", &"1".repeat(33)] {
        assert_eq!(press(bad).await.is(400, "invalid")["field"], "digits");
    }
    for _ in 0..2 {
        world.post(&format!("{path}/hangup")).send().await.ok(204);
    }
    press("1").await.is(409, "alreadyEnded");
    let heard = world.look(&second).await;
    assert_eq!((&heard["state"], &heard["endedBy"]), (&json!("ended"), &json!("abandoned")));
    let by_guid = world.get(&format!("/sim/v1/calls/{}", second.guid)).send().await.ok(200);
    assert_eq!(by_guid, heard);
    world.get("/sim/v1/calls/none").send().await.is(404, "notFound");
    world.post("/sim/v1/calls/none/hangup").send().await.is(404, "notFound");
}

#[tokio::test]
async fn calls_in_pages() {
    let world = World::new().await;
    let mut all = Vec::new();
    for _ in 0..5 {
        all.push(world.call().await);
    }
    let other = world.call_to(OTHER_NUMBER).await;
    let guids: Vec<_> = all.iter().map(|call| call.guid.clone()).collect();
    let (first, next) = page(&world, "?limit=2").await;
    assert_eq!(first, guids[..2]);
    let after = |next: &Value| format!("?limit=2&after={}", next.as_str().unwrap());
    let (second, next) = page(&world, &after(&next)).await;
    assert_eq!(second, guids[2..4]);
    let (third, next) = page(&world, &after(&next)).await;
    assert_eq!(third, [guids[4].clone(), other.guid.clone()], "tenant after tenant");
    let rest = if next.is_null() { Vec::new() } else { page(&world, &after(&next)).await.0 };
    assert_eq!(rest, Vec::<String>::new());
    let (exact, next) = page(&world, "?limit=5").await;
    assert_eq!(exact, guids);
    let (rest, next) = page(&world, &after(&next)).await;
    assert_eq!((rest, next), (vec![other.guid.clone()], Value::Null));

    world.press(&all[3], "1").await;
    assert_eq!(page(&world, "?state=queued").await.0, [guids[3].clone()]);
    assert_eq!(page(&world, "?state=ringing").await.0, Vec::<String>::new());
    for call in &all[..3] {
        world.post(&format!("/sim/v1/calls/{}/hangup", call.id)).send().await.ok(204);
    }
    let (newest, next) = page(&world, "?state=ended&limit=2").await;
    assert_eq!(newest, [guids[2].clone(), guids[1].clone()]);
    let (oldest, next) = page(&world, &format!("{}&state=ended", after(&next))).await;
    assert_eq!(oldest, [guids[0].clone()]);
    assert_eq!(next, Value::Null);
    assert_eq!(page(&world, "").await.0, [guids[3].clone(), guids[4].clone(), other.guid]);
    for (query, field) in [
        ("?state=dead", "state"),
        ("?limit=0", "limit"),
        ("?limit=201", "limit"),
        ("?limit=-1", "limit"),
        ("?after=x", "after"),
        ("?after=no-body.1", "after"),
    ] {
        let refused = world.get(&format!("/sim/v1/calls{query}")).send().await.is(400, "invalid");
        assert_eq!(refused["field"], field);
    }
}

#[tokio::test]
async fn only_for_callers_on_this_machine() {
    let world = World::new().await;
    let call = world.call().await;
    let one = format!("/sim/v1/calls/{}", call.id);
    for (method, path) in [
        (Method::GET, "/sim/v1/calls".to_owned()),
        (Method::POST, "/sim/v1/calls".to_owned()),
        (Method::GET, one.clone()),
        (Method::POST, format!("{one}/hangup")),
        (Method::POST, format!("{one}/digits")),
    ] {
        world.ask(method, &path).over(Some(remote())).send().await.is(403, "forbidden");
    }
}
