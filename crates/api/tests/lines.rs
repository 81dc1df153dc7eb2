//! Telephone lines: an agent calls, asks a colleague, hands the customer on, confers, records.

use serde_json::{Value, json};

use crate::util::{Answer, Call, NUMBER, Person, World, agent_id};

const NONE: Value = Value::Null;

/// A customer who talks to Ana.
async fn talking(world: &World) -> (Person, Call) {
    let ana = world.available("ana").await;
    let call = world.call().await;
    world.press(&call, "1").await;
    take(world, &ana).await;
    (ana, call)
}

/// Accepts what is offered.
async fn take(world: &World, agent: &Person) -> Value {
    let state = world.state(agent).await;
    let work = state["work"].as_array().unwrap().iter();
    let offered = work.clone().find(|work| work["place"] == "offered").unwrap();
    let call = of(offered);
    let offer = json!({"offerId": offered["offer"]["id"]});
    world.act(agent, &call, "accept", offer).await.ok(200)
}

fn of(work: &Value) -> Call {
    let guid = work["interactionId"].as_str().unwrap().to_owned();
    Call { id: guid.clone(), guid }
}

async fn carrier(world: &World, call: &Call, what: &str) -> Answer {
    world.post(&format!("/sim/v1/calls/{}/{what}", call.guid)).send().await
}

async fn dial(world: &World, agent: &Person, body: Value) -> Answer {
    world.post("/workspace/v1/calls").bearer(agent).json(&body).send().await
}

#[tokio::test]
async fn an_agent_calls_somebody_who_answers() {
    let world = World::new().await;
    let ana = world.available("ana").await;
    let call = json!({"to": "+1 (617) 555-0199", "queueId": 101});
    let state = dial(&world, &ana, call).await.ok(200);
    let work = &state["work"][0];
    assert_eq!((&work["place"], &work["direction"]), (&json!("dialling"), &json!("out")));
    assert_eq!((&work["ani"], &work["channel"]), (&json!("+16175550199"), &json!(NUMBER)));
    assert_eq!((&work["why"], &work["queue"]["id"]), (&NONE, &json!(101)));
    assert_eq!(
        work["participants"],
        json!([{"kind": "number", "name": "+16175550199", "ringing": true}])
    );
    let call = of(work);
    assert_eq!(world.look(&call).await["state"], "dialling");
    dial(&world, &ana, json!({"to": "911"})).await.is(409, "noLineFree");
    carrier(&world, &call, "answer").await.ok(204);
    carrier(&world, &call, "answer").await.is(409, "notDialling");
    let state = world.state(&ana).await;
    assert_eq!(state["work"][0]["place"], "talking");
    let draft = json!({"disposition": 1001, "codes": [1], "note": "later"});
    let path = format!("/workspace/v1/interactions/{}/draft", call.guid);
    let state = world.put(&path).bearer(&ana).json(&draft).send().await.ok(200);
    assert_eq!(state["work"][0]["wrapUp"]["draft"], draft);
    carrier(&world, &call, "hangup").await.ok(204);
    let state = world.state(&ana).await;
    assert_eq!(state["work"][0]["place"], "wrapUp");
    assert_eq!(state["work"][0]["wrapUp"]["draft"], draft, "what was put down is still there");
    assert_eq!(world.data(&call.guid).await.ok(200)["ani"], "+16175550199");
}

#[tokio::test]
async fn a_call_that_is_not_answered() {
    let world = World::new().await;
    let ana = world.available("ana").await;
    let state = dial(&world, &ana, json!({"to": "6175550199"})).await.ok(200);
    let call = of(&state["work"][0]);
    carrier(&world, &call, "busy").await.ok(204);
    assert_eq!(world.state(&ana).await["work"], json!([]), "there is nothing to put down");
    assert_eq!(world.look(&call).await["endedBy"], "unanswered");
    for (body, field) in [
        (json!({}), json!("to")),
        (json!({"to": "call me"}), json!("to")),
        (json!({"to": "1234567890123456789012"}), json!("to")),
        (json!({"to": "911", "queueId": 9}), json!("queueId")),
        (json!({"to": "911", "queueId": "x"}), json!("queueId")),
        (json!({"to": "911", "colour": 1}), json!("colour")),
    ] {
        assert_eq!(dial(&world, &ana, body).await.is(400, "invalid")["field"], field);
    }
}

#[tokio::test]
async fn an_agent_asks_a_colleague_and_hands_the_customer_over() {
    let world = World::new().await;
    let (ana, call) = talking(&world).await;
    let ben = json!({"agentId": agent_id("ben")});
    world.act(&ana, &call, "consult", ben.clone()).await.is(409, "agentUnavailable");
    let asked = world.available("ben").await;
    let state = world.act(&ana, &call, "consult", ben).await.ok(200);
    let (first, second) = (&state["work"][0], &state["work"][1]);
    assert!(first["talk"]["heldSince"].is_u64(), "the customer waits");
    assert_eq!(
        (&second["lineOf"], &second["place"]),
        (&first["interactionId"], &json!("dialling"))
    );
    assert_eq!(second["participants"][0]["ringing"], true);
    assert_eq!(second["wrapUp"], NONE);
    world.act(&ana, &call, "transfer", json!({})).await.is(409, "noSecondLine");
    let state = world.state(&asked).await;
    let why = state["work"][0]["why"]["text"].as_str().unwrap();
    assert!(why.contains("Ana Ruiz"), "{why}");
    take(&world, &asked).await;
    world.act(&ana, &call, "end", NONE).await.is(409, "onSecondLine");
    let state = world.act(&ana, &call, "transfer", json!({})).await.ok(200);
    assert_eq!(state["work"].as_array().unwrap().len(), 1, "the second line is gone");
    assert_eq!(state["work"][0]["place"], "wrapUp");
    let state = world.state(&asked).await;
    assert_eq!(state["work"][0]["interactionId"], call.guid.as_str());
    assert_eq!(state["work"][0]["place"], "talking");
    assert_eq!(state["work"][0]["talk"]["heldSince"], NONE);
    world.act(&ana, &call, "wrapup", json!({"disposition": 1000, "codes": [1]})).await.ok(200);
    assert_eq!(world.state(&ana).await["work"], json!([]));
    assert_eq!(world.look(&call).await["state"], "talking");
}

#[tokio::test]
async fn a_conference_outlives_who_leaves_it() {
    let world = World::new().await;
    let (ana, call) = talking(&world).await;
    let ben = world.available("ben").await;
    world.act(&ana, &call, "consult", json!({"agentId": agent_id("ben")})).await.ok(200);
    take(&world, &ben).await;
    let state = world.act(&ana, &call, "conference", NONE).await.ok(200);
    assert_eq!(
        state["work"][0]["participants"],
        json!([{"kind": "agent", "name": "Ben Okafor", "ringing": false}])
    );
    world.act(&ana, &call, "transfer", json!({"queueId": 101})).await.is(409, "inConference");
    let state = world.act(&ana, &call, "end", NONE).await.ok(200);
    assert_eq!(state["work"][0]["place"], "wrapUp");
    assert_eq!(world.look(&call).await["state"], "talking");
    world.act(&ben, &call, "end", NONE).await.ok(200);
    assert_eq!(world.look(&call).await["state"], "ended");
}

#[tokio::test]
async fn a_customer_handed_to_a_queue_goes_on_with_another_interaction() {
    let world = World::new().await;
    let (ana, call) = talking(&world).await;
    world
        .set(&call, json!([{"name": "_customerId", "value": "C1", "display": true}]))
        .await
        .ok(200);
    world.act(&ana, &call, "transfer", json!({"queueId": 999})).await.is(400, "invalid");
    let both = json!({"queueId": 101, "number": "911"});
    world.act(&ana, &call, "transfer", both).await.is(400, "invalid");
    world.act(&ana, &call, "transfer", json!({"queueId": 101})).await.ok(200);
    let old = world.get(&format!("/sim/v1/calls/{}", call.guid)).send().await.ok(200);
    assert_eq!((&old["state"], &old["endedBy"]), (&json!("ended"), &json!("transferred")));
    let by_call_id = world.look(&call).await;
    assert_eq!(by_call_id["state"], "queued", "the customer's line goes on");
    assert_ne!(by_call_id["interactionGuid"], call.guid.as_str());
    let guid = by_call_id["interactionGuid"].as_str().unwrap();
    let data = world.data(guid).await.ok(200);
    assert_eq!(data["variables"][0]["value"], "C1", "what is known of the customer goes along");
}

#[tokio::test]
async fn recording_is_paused_and_targets_are_listed() {
    let world = World::new().await;
    let (ana, call) = talking(&world).await;
    let record = |what: &str| json!({ "recording": what });
    let state = world.act(&ana, &call, "recording", record("on")).await.ok(200);
    assert_eq!(state["work"][0]["talk"]["recording"], "on");
    let state = world.act(&ana, &call, "recording", record("paused")).await.ok(200);
    assert_eq!(state["work"][0]["talk"]["recording"], "paused");
    world.act(&ana, &call, "recording", record("loud")).await.is(400, "invalid");
    let targets = world.get("/workspace/v1/targets?query=B").bearer(&ana).send().await.ok(200);
    assert_eq!(targets["agents"][0]["name"], "Ben Okafor");
    assert_eq!(targets["agents"][0]["available"], false);
    assert_eq!(targets["more"], false);
}
