//! What scripts do with callers, seen from the telephone and from the agent's screen.

use std::sync::Arc;

use model::{
    Event, ScriptId, TenantId,
    config::{Script, Setting},
    flow::Flow,
};
use serde_json::{Value, json};

use crate::util::{Answer, Call, TENANT, World};

/// Publishes the next version of the script that serves the tenant's number.
async fn publish(world: &World, nodes: Value) {
    let flow: Flow = serde_json::from_value(json!({"start": "start", "nodes": nodes})).unwrap();
    let script = Script { id: ScriptId(1), version: 2, name: "Main".into(), flow, published: None };
    world.configure(TENANT, vec![Setting::Script(Arc::new(script))]).await;
}

fn node(kind: Value, exits: Value) -> Value {
    json!({"label": "n", "kind": kind, "exits": exits})
}

fn say(text: &str, next: &str) -> Value {
    node(json!({"say": {"text": text}}), json!({"next": next}))
}

async fn carrier(world: &World, call: &Call, what: &str, body: Value) -> Answer {
    world.post(&format!("/sim/v1/calls/{}/{what}", call.id)).json(&body).send().await
}

/// Follows the log until somebody who waits has heard of an option.
async fn option_said(world: &World) {
    let tenant = TenantId::parse(TENANT).unwrap();
    let mut follower = world.engine.follow(&tenant, 0).unwrap();
    let is_it = |entry: engine::Entry<'_>| matches!(entry.event, Event::OptionSaid { .. });
    while !follower.next_batch().await.unwrap().iter().any(is_it) {}
}

fn last_prompt(call: &Value) -> &str {
    call["prompts"].as_array().unwrap().last().unwrap()["text"].as_str().unwrap()
}

#[tokio::test]
async fn who_waits_chooses_to_be_called_back() {
    let world = World::new().await;
    let option =
        json!({"key": "1", "text": "Press 1 and we call you.", "afterMs": 0, "exit": "back"});
    let nodes = json!({
        "start": node(json!({"toQueue": {"queue": 101, "options": [option]}}), json!({"back": "back"})),
        "back": node(json!({"callback": {"queue": 101}}), json!({"done": "bye"})),
        "bye": say("We call you.", "end"),
        "end": node(json!("disconnect"), json!({})),
    });
    publish(&world, nodes).await;
    let call = world.call().await;
    option_said(&world).await;
    let heard = world.look(&call).await;
    assert_eq!(heard["awaiting"], json!({"kind": "menu", "keys": "1"}));
    assert_eq!(last_prompt(&heard), "Press 1 and we call you.");
    world.press(&call, "1").await;
    assert_eq!(last_prompt(&world.look(&call).await), "We call you.");
    let ana = world.available("ana").await;
    let work = &world.state(&ana).await["work"][0];
    assert_eq!((&work["place"], &work["callback"]), (&json!("offered"), &json!(true)));
    assert_eq!((&work["queue"]["id"], &work["direction"]), (&json!(101), &json!("out")));
    let guid = work["interactionId"].as_str().unwrap().to_owned();
    let back = Call { id: guid.clone(), guid };
    carrier(&world, &back, "hangup", json!({})).await.is(409, "notDialling");
    let offer = json!({"offerId": work["offer"]["id"]});
    let state = world.act(&ana, &back, "accept", offer.clone()).await.ok(200);
    assert_eq!(state["work"][0]["place"], "dialling");
    assert_eq!(
        world.act(&ana, &back, "accept", offer).await.ok(200)["work"][0]["place"],
        "dialling"
    );
    carrier(&world, &back, "answer", json!({})).await.ok(204);
    assert_eq!(world.state(&ana).await["work"][0]["place"], "talking");
}

#[tokio::test]
async fn a_message_is_read_by_the_agent_who_calls_back_and_by_nobody_else() {
    let world = World::new().await;
    let mail = json!({"voicemail": {"text": "Speak now.", "maxMs": 60_000, "queue": 101}});
    let nodes = json!({
        "start": node(mail, json!({"done": "bye", "noInput": "bye"})),
        "bye": say("Thank you.", "end"),
        "end": node(json!("disconnect"), json!({})),
    });
    publish(&world, nodes).await;
    let call = world.call().await;
    let awaiting = world.look(&call).await["awaiting"].clone();
    assert_eq!((&awaiting["kind"], &awaiting["keys"]), (&json!("recording"), &json!("")));
    for (wrong, field) in [
        (json!({"durationMs": 5}), "text"),
        (json!({"text": "", "durationMs": 5}), "text"),
        (json!({"text": "a".repeat(4001), "durationMs": 5}), "text"),
        (json!({"text": "a"}), "durationMs"),
        (json!({"text": "a", "durationMs": 0}), "durationMs"),
    ] {
        let refused = carrier(&world, &call, "recording", wrong).await.is(400, "invalid");
        assert_eq!(refused["field"], field);
    }
    carrier(&world, &call, "digits", json!({"digits": "1"})).await.is(409, "digitsNotAwaited");
    let said = json!({"text": "canary-4711, after five", "durationMs": 90_000});
    carrier(&world, &call, "recording", said.clone()).await.ok(204);
    carrier(&world, &call, "recording", said).await.is(409, "alreadyEnded");
    let ana = world.available("ana").await;
    let state = world.state(&ana).await;
    let message = &state["work"][0]["messages"][0];
    assert_eq!(message["text"], "canary-4711, after five");
    assert_eq!(message["durationMs"], 60_000, "cut where the script stops to listen");
    let guid = state["work"][0]["interactionId"].as_str().unwrap();
    let told = [
        state["work"][0]["timeline"].to_string(),
        world.data(guid).await.ok(200).to_string(),
        world.look(&call).await.to_string(),
    ];
    assert!(told.iter().all(|told| !told.contains("canary")), "{told:?}");
}

#[tokio::test]
async fn an_ivr_outside_sets_variables_by_the_call_id_and_gives_the_call_back() {
    let world = World::new().await;
    let ivr = json!({"toExternalIvr": {"number": {"number": "5550100"}, "timeoutMs": 600_000}});
    let paid = json!({"testVariable": {"test": {
        "variable": "_paid", "operator": "equals", "right": [{"text": "yes"}],
    }}});
    let nodes = json!({
        "start": node(ivr, json!({"resume": "paid", "timeout": "end"})),
        "paid": node(paid, json!({"true": "bye", "false": "end"})),
        "bye": say("Thank you.", "pause"),
        "pause": node(json!({"wait": {"ms": 600_000}}), json!({"next": "end"})),
        "end": node(json!("disconnect"), json!({})),
    });
    publish(&world, nodes).await;
    let call = world.call().await;
    assert_eq!(world.look(&call).await["outside"], "5550100");
    carrier(&world, &call, "answer", json!({})).await.ok(204);
    let path = format!("/cc/v1/eivr/interaction/data/callId/{}", call.id);
    let ask = world.post(&path).header("x-api-key", world.api_key.reveal());
    let body = json!({"data": {"variables": [{"name": "_paid", "value": "yes", "ivr": true}]}});
    ask.header("x-8x8-tenant", TENANT).json(&body).send().await.ok(200);
    carrier(&world, &call, "outside/hangup", json!({})).await.ok(204);
    let heard = world.look(&call).await;
    assert_eq!((&heard["state"], last_prompt(&heard)), (&json!("script"), "Thank you."));
}
