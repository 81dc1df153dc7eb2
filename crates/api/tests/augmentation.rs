//! Data Augmentation: the published cases, every bound, and what the cases leave open.

use std::{fs, path::Path};

use axum::http::Method;
use engine::{Clock, ManualClock};
use model::Timestamp;
use serde_json::{Value, json};

use crate::util::{Answer, Call, NUMBER, TENANT, World, basic, logged};

mod access;
mod faults;

const SET: &str = "Variables successfully set";

fn path(identifier: &str) -> String {
    format!("/api/v1/interaction/data/{identifier}")
}

/// One published case.
struct Case {
    name: String,
    json: Value,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/augmentation");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<Case> = files
        .filter(|file| file.extension().is_some_and(|kind| kind == "json"))
        .map(|file| Case {
            name: file.file_stem().unwrap().to_string_lossy().into_owned(),
            json: serde_json::from_slice(&fs::read(&file).unwrap()).unwrap(),
        })
        .collect();
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    cases
}

/// The case's text with the call's identifiers put in.
fn fill(value: &Value, call: &Call) -> Value {
    let text = value.to_string();
    let text = text.replace("{interaction}", &call.guid).replace("{sipCallId}", &call.id);
    serde_json::from_str(&text).unwrap()
}

async fn ask(world: &World, request: &Value) -> Answer {
    let method: Method = request["method"].as_str().unwrap().parse().unwrap();
    let mut ask = world.ask(method, request["path"].as_str().unwrap());
    ask = match request["auth"].as_str().unwrap() {
        "action-token" => ask.basic(TENANT, &world.action_token),
        "data-token" => ask.basic(TENANT, &world.data_token),
        "wrong" => ask.header("authorization", basic(TENANT, "wrong")),
        "api-key" => ask.header("x-api-key", world.api_key.reveal()).header("X-8x8-Tenant", TENANT),
        "none" => ask,
        other => panic!("unknown auth {other}"),
    };
    match &request["body"] {
        Value::Null => ask.send().await,
        Value::String(raw) => {
            ask.header("content-type", "application/json").body(raw.as_str()).send().await
        }
        body => ask.json(body).send().await,
    }
}

fn check(name: &str, answer: &Answer, expect: &Value) {
    let body = answer.json();
    assert_eq!(u64::from(answer.status), expect["status"], "{name}: {body}");
    if !expect["body"].is_null() {
        assert_eq!(body, expect["body"], "{name}");
    }
    for (field, value) in expect["bodyFields"].as_object().into_iter().flatten() {
        assert_eq!(body[field], *value, "{name}: {field}");
    }
    if let Some(part) = expect["messageContains"].as_str() {
        let message = body["message"].as_str().unwrap();
        assert!(message.contains(part), "{name}: {message:?} does not contain {part:?}");
    }
}

#[tokio::test]
async fn the_published_cases() {
    let world = World::new().await;
    let cases = cases();
    assert_eq!(cases.len(), 36);
    for case in cases {
        let call = world.call().await;
        let json = fill(&case.json, &call);
        let answer = ask(&world, &json["request"]).await;
        check(&case.name, &answer, &json["expect"]);
        let data = world.data(&call.guid).await;
        data.ok(200);
        for absent in json["expect"]["absentAfter"].as_array().into_iter().flatten() {
            assert!(!data.text.contains(absent.as_str().unwrap()), "{}", case.name);
        }
        if let Some(never) = json["expect"]["never"].as_str() {
            let values = data.json()["variables"].clone();
            let value = |variable: &Value| variable["value"].as_str().unwrap().contains(never);
            let shown = values.as_array().unwrap().iter().find(|variable| value(variable));
            // Numbers and identifiers beside the variables can hold the same digits by chance.
            assert!(shown.is_none(), "{}: {shown:?}", case.name);
        }
    }
}

#[tokio::test]
async fn what_was_set_is_read_in_the_documented_form() {
    let world = World::new().await;
    let call = world.call().await;
    let variables = json!([
        {"name": "_customerTier", "value": "VIP", "ivr": "TRUE", "display": false},
        {"name": "_balance", "value": "1250.75", "displayName": "Balance", "dataType": "CURRENCY"},
        {"name": "_pin", "value": "9381", "privacy": true},
    ]);
    world.set(&call, variables).await.ok(200);
    let data = world.data(&call.guid).await.ok(200);
    let created = data["createTime"].as_str().unwrap();
    assert_eq!((created.len(), &created[19..]), (20, "Z"));
    assert_eq!(
        data,
        json!({
            "interactionId": call.guid,
            "channel": NUMBER,
            "createTime": created,
            "ani": "16175551234",
            "callerName": "John Doe",
            "variables": [
                {"name": "_customerTier", "value": "VIP", "ivr": true, "display": false},
                {"name": "_balance", "value": "1250.75", "displayName": "Balance", "dataType": "currency"},
                {"name": "_pin", "value": "****", "privacy": true},
            ],
        })
    );
}

#[tokio::test]
async fn a_variable_is_replaced_whole_and_keeps_its_place() {
    let world = World::new().await;
    let call = world.call().await;
    let first = json!([
        {"name": "_a", "value": "1", "display": true, "displayName": "A"},
        {"name": "_b", "value": "2"},
    ]);
    world.set(&call, first).await.ok(200);
    world
        .set(&call, json!([{"name": "_a", "value": "3"}, {"name": "_A", "value": "4"}]))
        .await
        .ok(200);
    let data = world.data(&call.guid).await.ok(200);
    assert_eq!(
        data["variables"],
        json!([
            {"name": "_a", "value": "3"},
            {"name": "_b", "value": "2"},
            {"name": "_A", "value": "4"},
        ])
    );
}

#[tokio::test]
async fn identifiers_of_all_kinds() {
    let world = World::new().await;
    let body = json!({"from": "1", "to": NUMBER, "sipCallId": "a/b%c@10.0.0.1"});
    let placed = world.post("/sim/v1/calls").json(&body).send().await.ok(201);
    let guid = placed["interactionGuid"].as_str().unwrap();
    let random = guid.split('-').nth(2).unwrap();
    let short = guid.split_at(guid.find(random).unwrap() + 6).0;
    for identifier in [guid, short, "a%2Fb%25c%4010.0.0.1"] {
        let data = world.data(identifier).await.ok(200);
        assert_eq!(data["interactionId"], guid, "{identifier}");
        assert_eq!(data["callerName"], "", "not known");
    }
    let alias = world.get(&format!("/api/tstats/interaction/data/{guid}"));
    alias.basic(TENANT, &world.action_token).send().await.ok(200);
    // The client of the gateway does not encode the Call-ID.
    for encoded in ["a/b%25c@10.0.0.1", "a%2Fb%25c%4010.0.0.1"] {
        let path = format!("/cc/v1/eivr/interaction/data/callId/{encoded}");
        let ask = world.post(&path).header("x-api-key", world.api_key.reveal());
        let body = json!({"data": {"variables": []}});
        let done = ask.header("x-8x8-tenant", TENANT).json(&body).send().await.ok(200);
        assert_eq!(done["interactionId"], guid);
    }
    for unknown in ["x", "%FF", "%00", &"a".repeat(600)] {
        world.data(unknown).await.refused(404, "Interaction not found");
    }
}

#[tokio::test]
async fn the_gateway_is_lenient() {
    let world = World::new().await;
    let call = world.call().await;
    let gateway = |body: Value| {
        let path = format!("/cc/v1/eivr/interaction/data/callId/{}", call.id);
        let ask = world.post(&path).header("x-api-key", world.api_key.reveal());
        ask.header("x-8x8-tenant", TENANT).json(&body)
    };
    let body = json!({"data": {"variables": [
        {"name": "variable1", "value": "x", "ivr": "true", "display": "true", "displayName": "Title"},
        {"name": "_balance", "value": true},
    ]}});
    let done = gateway(body).send().await.ok(200);
    assert_eq!((&done["status"], &done["message"]), (&json!("success"), &json!(SET)));
    // Numbers keep the digits in which they were written.
    let path = format!("/cc/v1/eivr/interaction/data/callId/{}", call.id);
    let raw = "{\"variables\":[{\"name\":\"amount\",\"value\":1250.50}]}";
    let ask = world.post(&path).header("x-api-key", world.api_key.reveal());
    ask.header("x-8x8-tenant", TENANT).body(raw).send().await.ok(200);
    let data = world.data(&call.guid).await.ok(200);
    assert_eq!(
        data["variables"],
        json!([
            {"name": "_variable1", "value": "x", "ivr": true, "display": true, "displayName": "Title"},
            {"name": "_balance", "value": "true"},
            {"name": "_amount", "value": "1250.50"},
        ])
    );
    let long = "a".repeat(25);
    for (name, message) in [
        (&*long, "Invalid variable name: too long, maximum is 25 characters"),
        ("a b", "Invalid variable name: only letters, digits and underscores are allowed"),
        ("", "Invalid variable name: nothing follows the underscore"),
    ] {
        let body = json!({"data": {"variables": [{"name": name, "value": "1"}]}});
        gateway(body).send().await.refused(400, message);
    }
    let both = json!({"variables": [{"name": "a", "value": 1}, {"name": "_a", "value": 2}]});
    gateway(both).send().await.refused(400, "Duplicate variable name (variables[1] \"_a\")");
    let null = json!({"variables": [{"name": "a", "value": null}]});
    gateway(null).send().await.refused(400, "Invalid variable value: must be a string, not null");
}

#[tokio::test]
async fn a_finished_interaction_is_read_until_its_retention_is_over() {
    let clock = ManualClock::new(Timestamp(1_800_000_000_000));
    let world = World::with(Clock::Manual(clock.clone()), |_| {}).await;
    let call = world.call().await;
    let pin =
        json!([{"name": "_a", "value": "1"}, {"name": "_pin", "value": "9381", "privacy": true}]);
    world.set(&call, pin).await.ok(200);
    let before = world.data(&call.guid).await.ok(200);
    let hang_up = format!("/sim/v1/calls/{}/hangup", call.id);
    world.post(&hang_up).send().await.ok(204);
    for identifier in [&call.guid, &call.id] {
        assert_eq!(world.data(identifier).await.ok(200), before, "as it was");
    }
    world.set(&call, json!([])).await.refused(404, "Interaction not found");
    clock.advance(86_400_000 - 1);
    world.data(&call.guid).await.ok(200);
    clock.advance(1);
    world.data(&call.guid).await.refused(404, "Interaction not found");
}

#[tokio::test]
async fn a_repeated_request_has_no_second_effect() {
    let world = World::new().await;
    let call = world.call().await;
    let set = |value: &str, key: &str| {
        let body = json!({"variables": [{"name": "_a", "value": value}]});
        let ask = world.post(&path(&call.guid)).basic(TENANT, &world.action_token);
        ask.header("idempotency-key", key).json(&body)
    };
    set("1", "k").send().await.ok(200);
    set("2", "other").send().await.ok(200);
    let position = world.position();
    set("1", "k").send().await.ok(200);
    assert_eq!(world.position(), position);
    assert_eq!(world.data(&call.guid).await.ok(200)["variables"][0]["value"], "2");
    let bad = set("1", "a b").send().await;
    bad.refused(400, "Invalid Idempotency-Key: must be 1 to 128 visible ASCII characters");
}

#[tokio::test]
async fn a_private_value_is_never_shown() {
    const CANARY: &str = "canary-5f1b";
    let world = World::new().await;
    let ana = world.available("ana").await;
    let call = world.call().await;
    let body = json!([
        {"name": "_secret", "value": CANARY, "privacy": true, "display": true, "ivr": true},
        {"name": "_secret", "value": CANARY, "privacy": true},
    ]);
    let mut shown = vec![world.set(&call, body.clone()).await];
    shown[0].refused(400, "Duplicate variable name (variables[1] \"_secret\")");
    shown.push(world.set(&call, json!([body[0]])).await);
    world.press(&call, "1").await;
    shown.push(world.data(&call.guid).await);
    let state = world.get("/workspace/v1/state").bearer(&ana).send().await;
    let work = &state.ok(200)["work"][0];
    assert_eq!(
        work["variables"],
        json!([{
            "name": "_secret", "displayName": "secret", "value": null, "dataType": "text", "privacy": true,
        }])
    );
    shown.push(state);
    shown.push(world.get(&format!("/sim/v1/calls/{}", call.id)).send().await);
    shown.push(world.get("/metrics").send().await);
    world.post(&format!("/sim/v1/calls/{}/hangup", call.id)).send().await.ok(204);
    shown.push(world.data(&call.guid).await);
    for answer in shown {
        assert!(!answer.text.contains(CANARY), "{}", answer.text);
    }
    let log = logged();
    assert!(log.contains("/api/v1/interaction/data/{identifier}"), "requests are logged");
    for never in [CANARY, &call.guid, &call.id, "16175551234", &ana.token, &ana.csrf] {
        assert!(!log.contains(never), "{never} was logged");
    }
}
