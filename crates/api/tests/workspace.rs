//! The agents' workspace: a whole call, what can go wrong in it, and why it went where it went.

use engine::{Clock, ManualClock};
use model::Timestamp;
use serde_json::{Value, json};

use crate::util::{Answer, CALLER, Call, NUMBER, Person, TENANT, World};

const NONE: Value = Value::Null;

async fn why(world: &World, person: &Person, call: &Call) -> Answer {
    let path = format!("/workspace/v1/interactions/{}/why", call.guid);
    world.get(&path).bearer(person).send().await
}

fn offer(state: &Value) -> Value {
    json!({"offerId": state["work"][0]["offer"]["id"]})
}

fn texts<'v>(timeline: &'v Value, kind: &str) -> Vec<&'v str> {
    let lines = timeline.as_array().unwrap().iter().filter(|line| line["kind"] == kind);
    lines.map(|line| line["text"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_whole_call() {
    let world = World::new().await;
    let ana = world.available("ana").await;
    let call = world.call().await;
    let variables = json!([
        {"name": "_customerTier", "value": "VIP", "ivr": true},
        {"name": "_orderValue", "value": "299.99", "display": true, "displayName": "Order Value",
         "dataType": "currency"},
        {"name": "_orderStatus", "value": "shipped", "display": true},
    ]);
    world.set(&call, variables).await.ok(200);
    let heard = world.look(&call).await;
    assert_eq!(heard["state"], "script");
    assert_eq!(heard["awaiting"]["kind"], "menu");
    assert_eq!(heard["awaiting"]["keys"], "123");
    world.press(&call, "1").await;

    let state = world.state(&ana).await;
    let work = &state["work"][0];
    assert_eq!(work["interactionId"], call.guid.as_str());
    assert_eq!(work["place"], "offered");
    assert_eq!(work["queue"], json!({"id": 103, "name": "Priority"}), "a VIP goes first");
    assert_eq!((&work["channel"], &work["ani"]), (&json!(NUMBER), &json!(CALLER)));
    assert_eq!((&work["callerName"], &work["priority"]), (&json!("John Doe"), &json!(90)));
    assert_eq!(
        work["variables"],
        json!([
            {"name": "_orderValue", "displayName": "Order Value", "value": "299.99",
             "dataType": "currency", "privacy": false},
            {"name": "_orderStatus", "displayName": "orderStatus", "value": "shipped",
             "dataType": "text", "privacy": false},
        ])
    );
    assert_eq!(work["offer"]["why"], work["why"]);
    assert_eq!((&work["talk"], &work["wrapUp"]), (&NONE, &NONE));
    assert_eq!(texts(&work["timeline"], "prompt"), ["Welcome to Acme.", "Press 1, 2 or 3."]);
    assert_eq!(texts(&work["timeline"], "offer"), ["Offered to Ana Ruiz"]);
    assert_eq!(world.look(&call).await["state"], "ringing");

    let state = world.act(&ana, &call, "accept", offer(&state)).await.ok(200);
    assert_eq!(state["work"][0]["place"], "talking");
    assert_eq!(state["work"][0]["offer"], NONE);
    assert_eq!(state["work"][0]["talk"]["muted"], false);
    let heard = world.look(&call).await;
    assert_eq!(heard["agent"]["name"], "Ana Ruiz");
    assert_eq!(heard["state"], "talking");

    let state = world.act(&ana, &call, "hold", NONE).await.ok(200);
    assert!(state["work"][0]["talk"]["heldSince"].is_u64());
    let state = world.act(&ana, &call, "resume", NONE).await.ok(200);
    assert_eq!(state["work"][0]["talk"]["heldSince"], NONE);
    let state = world.act(&ana, &call, "mute", json!({"muted": true})).await.ok(200);
    assert_eq!(state["work"][0]["talk"]["muted"], true);

    let state = world.act(&ana, &call, "end", NONE).await.ok(200);
    let wrap_up = &state["work"][0]["wrapUp"];
    assert_eq!(state["work"][0]["place"], "wrapUp");
    assert_eq!(wrap_up["dispositions"][2], json!({"code": 1002, "text": "Schedule Callback"}));
    assert_eq!(
        wrap_up["codes"],
        json!([
            {"id": 1, "text": "Billing", "parent": null}, {"id": 2, "text": "Refund", "parent": 1},
        ])
    );
    let heard = world.look(&call).await;
    assert_eq!((&heard["state"], &heard["endedBy"]), (&json!("ended"), &json!("agent")));

    let paper = json!({"disposition": 1001, "codes": [2], "note": "Refunded."});
    let state = world.act(&ana, &call, "wrapup", paper.clone()).await.ok(200);
    assert_eq!(state["work"], json!([]));
    assert_eq!(world.look(&call).await["endedBy"], "agent");
    world.act(&ana, &call, "wrapup", paper).await.is(404, "notFound");
}

#[tokio::test]
async fn the_screen_of_an_agent_without_work() {
    let world = World::new().await;
    let ana = world.login("ana").await;
    let state = world.state(&ana).await;
    assert_eq!(
        state["tenant"],
        json!({
            "id": TENANT, "name": "Acme Corp", "locale": "en-US", "currency": "USD",
            "timeZone": "America/New_York",
        })
    );
    assert_eq!(
        state["agent"],
        json!({
            "id": "ag0000000000000000000ana", "name": "Ana Ruiz", "status": "loggedOut",
            "reason": null, "since": 0, "next": null,
        })
    );
    assert_eq!(
        state["statuses"][1],
        json!({
            "status": "onBreak", "text": "On break", "reasons": [{"code": "lunch", "text": "lunch"}],
        })
    );
    assert_eq!(state["rejectReasons"], json!([{"code": "busy", "text": "busy"}]));
    assert_eq!(
        state["queues"][0],
        json!({
            "id": 101, "name": "Standard", "mediaType": "phone", "waiting": 0, "longestSince": null,
        })
    );
    let call = world.call().await;
    world.press(&call, "1").await;
    let queue = &world.state(&ana).await["queues"][0];
    assert_eq!(queue["waiting"], 1);
    assert!(queue["longestSince"].is_u64());
}

#[tokio::test]
async fn an_offer_that_is_gone_says_how() {
    let clock = ManualClock::new(Timestamp(1_800_000_000_000));
    let world = World::with(Clock::Manual(clock.clone()), |_| {}).await;
    let ana = world.available("ana").await;
    let call = world.call().await;
    world.press(&call, "1").await;
    let late = offer(&world.state(&ana).await);
    clock.advance(20_000);
    let gone = world.act(&ana, &call, "accept", late.clone()).await.is(409, "offerGone");
    assert_eq!(gone["message"], "This offer is no longer yours: it timed out.");
    assert_eq!(gone["retryable"], false);
    clock.advance(60_000);
    let reoffered = offer(&world.state(&ana).await);
    assert_ne!(reoffered, late);
    let rejected = json!({"offerId": reoffered["offerId"], "reason": "busy"});
    world.act(&ana, &call, "reject", rejected.clone()).await.ok(200);
    let gone = world.act(&ana, &call, "reject", rejected).await.is(409, "offerGone");
    assert_eq!(gone["message"], "This offer is no longer yours: you rejected it.");
    clock.advance(60_000);
    let offered = offer(&world.state(&ana).await);
    world.post(&format!("/sim/v1/calls/{}/hangup", call.id)).send().await.ok(204);
    let gone = world.act(&ana, &call, "accept", offered).await.is(409, "offerGone");
    assert_eq!(gone["message"], "This offer is no longer yours: the customer left.");
    let never = json!({"offerId": "4711"});
    world.act(&ana, &call, "accept", never).await.is(409, "offerGone");
}

#[tokio::test]
async fn what_an_agent_cannot_do() {
    let world = World::new().await;
    let (ana, ben) = (world.available("ana").await, world.login("ben").await);
    let call = world.call().await;
    world.press(&call, "2").await;
    world.act(&ana, &call, "hold", NONE).await.is(409, "notInTalk");
    world.act(&ana, &call, "end", NONE).await.is(409, "notInTalk");
    let paper = |codes: Value| json!({"disposition": 1000, "codes": codes});
    world.act(&ana, &call, "wrapup", paper(json!([1]))).await.is(409, "notInWrapUp");
    let accept = offer(&world.state(&ana).await);
    world.act(&ben, &call, "accept", accept.clone()).await.is(409, "offerGone");
    let no_reason = json!({"offerId": accept["offerId"], "reason": "lunch"});
    let refused = world.act(&ana, &call, "reject", no_reason).await.is(400, "invalid");
    assert_eq!(refused["field"], "reason");
    world.act(&ana, &call, "accept", accept.clone()).await.ok(200);
    world.act(&ana, &call, "accept", accept).await.ok(200);
    world.act(&ben, &call, "hold", NONE).await.is(409, "notInTalk");
    world.act(&ana, &call, "end", NONE).await.ok(200);
    world.act(&ana, &call, "end", NONE).await.is(409, "alreadyEnded");
    for (body, field) in [
        (paper(json!([])), "codes"),
        (paper(json!([99])), "codes"),
        (paper(json!([1, "2"])), "codes[1]"),
        (json!({"disposition": 1003, "codes": [1]}), "disposition"),
        (json!({"disposition": 1000}), "codes"),
        (json!({"disposition": 1000, "codes": [1], "note": "x".repeat(4001)}), "note"),
    ] {
        let refused = world.act(&ana, &call, "wrapup", body).await.is(400, "invalid");
        assert_eq!(refused["field"], field);
    }
    world.act(&ben, &call, "wrapup", paper(json!([1]))).await.is(409, "notInWrapUp");
    world.act(&ana, &call, "wrapup", paper(json!([1]))).await.ok(200);
    let unknown = Call { id: String::new(), guid: "int-0-none".to_owned() };
    world.act(&ana, &unknown, "hold", NONE).await.is(404, "notFound");
    world.act(&ana, &unknown, "dance", NONE).await.is(404, "notFound");
}

#[tokio::test]
async fn a_status_waits_for_the_work_at_hand() {
    let world = World::new().await;
    let ana = world.available("ana").await;
    let put = |body: Value| world.put("/workspace/v1/status").bearer(&ana).json(&body).send();
    let call = world.call().await;
    world.press(&call, "1").await;
    let state = put(json!({"status": "onBreak", "reason": "lunch"})).await.ok(200);
    assert_eq!(state["agent"]["status"], "available");
    assert_eq!(state["agent"]["next"], json!({"status": "onBreak", "reason": "lunch"}));
    let state = put(json!({"status": "available"})).await.ok(200);
    assert_eq!(state["agent"]["next"], NONE);
    for (body, field) in [
        (json!({"status": "asleep"}), "status"),
        (json!({"status": 1}), "status"),
        (json!({"status": "onBreak", "reason": "busy"}), "reason"),
        (json!({"reason": "lunch"}), "status"),
    ] {
        assert_eq!(put(body).await.is(400, "invalid")["field"], field);
    }
}

#[tokio::test]
async fn a_repeated_write_has_no_second_effect() {
    let world = World::new().await;
    let ana = world.available("ana").await;
    let call = world.call().await;
    world.press(&call, "1").await;
    let accept = offer(&world.state(&ana).await);
    world.act(&ana, &call, "accept", accept).await.ok(200);
    let write = |verb: &str| {
        let path = format!("/workspace/v1/interactions/{}/{verb}", call.guid);
        world.post(&path).bearer(&ana).header("idempotency-key", "k").send()
    };
    write("hold").await.ok(200);
    write("resume").await.ok(200);
    let state = write("hold").await.ok(200);
    assert_eq!(state["work"][0]["talk"]["heldSince"], NONE, "was done before");
    write("end").await.ok(200);
    write("end").await.ok(200);
    let path = format!("/workspace/v1/interactions/{}/end", call.guid);
    let bad = world.post(&path).bearer(&ana).header("idempotency-key", "a b").send().await;
    assert_eq!(bad.is(400, "invalid")["field"], "Idempotency-Key");
}

#[tokio::test]
async fn why_this_agent_and_not_the_others() {
    let world = World::new().await;
    let ana = world.available("ana").await;
    let (ben, cara) = (world.available("ben").await, world.available("cara").await);
    let lunch = json!({"status": "onBreak", "reason": "lunch"});
    world.put("/workspace/v1/status").bearer(&ben).json(&lunch).send().await.ok(200);
    let call = world.call().await;
    world.press(&call, "2").await;
    let answer = why(&world, &ana, &call).await.ok(200);
    assert_eq!(answer["interactionId"], call.guid.as_str());
    let offer = &answer["offers"][0];
    assert_eq!((&offer["agentName"], &offer["outcome"]), (&json!("Ana Ruiz"), &json!("pending")));
    let why_ana = &offer["why"];
    assert_eq!(
        why_ana["skills"],
        json!([
            {"id": 1, "name": "Spanish", "needed": 6, "level": 8, "required": true},
        ])
    );
    assert_eq!(why_ana["candidates"].as_array().unwrap().len(), 1);
    assert_eq!(why_ana["candidates"][0]["name"], "Ana Ruiz");
    assert_eq!(
        why_ana["excluded"],
        json!([
            {"agentId": "ag0000000000000000000ben", "name": "Ben Okafor", "reason": "notAvailable",
             "text": "Ben Okafor: on break"},
            {"agentId": "ag000000000000000000cara", "name": "Cara Lind", "reason": "missingSkill",
             "text": "Cara Lind: Spanish 3, needs 6"},
        ])
    );
    assert_eq!(why_ana["excludedMore"], 0);
    let text = "Ana Ruiz was the only one who could take it; it had waited 0 s with priority 50.";
    assert_eq!(why_ana["text"], text);
    assert_eq!(*why_ana, world.state(&ana).await["work"][0]["why"]);
    // Those who watch may know; other agents may not, nor may other tenants.
    let sam = world.login("sam").await;
    why(&world, &sam, &call).await.ok(200);
    why(&world, &cara, &call).await.is(404, "notFound");
    let unknown = Call { id: String::new(), guid: "int-0-none".to_owned() };
    why(&world, &sam, &unknown).await.is(404, "notFound");
    world.post(&format!("/sim/v1/calls/{}/hangup", call.id)).send().await.ok(204);
    let answer = why(&world, &ana, &call).await.ok(200);
    assert_eq!(answer["offers"][0]["outcome"], "withdrawn");
}

#[tokio::test]
async fn the_reasons_in_words() {
    let clock = ManualClock::new(Timestamp(1_800_000_000_000));
    let world = World::with(Clock::Manual(clock.clone()), |_| {}).await;
    let ana = world.available("ana").await;
    clock.advance(200_000);
    let ben = world.available("ben").await;
    clock.advance(5_000);
    let call = world.call().await;
    world.press(&call, "1").await;
    let state = world.state(&ana).await;
    let why_ana = &state["work"][0]["why"];
    let text = "Ana Ruiz was asked first of 2 who could take it, idle the longest (3 min 25 s); \
        it had waited 0 s with priority 50.";
    assert_eq!(why_ana["text"], text);
    assert_eq!(why_ana["excluded"][0]["text"], "Cara Lind: logged out");
    assert_eq!((&why_ana["score"], &why_ana["waitedMs"]), (&json!(500_000), &json!(0)));
    world.act(&ana, &call, "reject", offer(&state)).await.ok(200);
    let why_ben = &world.state(&ben).await["work"][0]["why"];
    assert_eq!(why_ben["excluded"][0]["text"], "Ana Ruiz: declined it a moment ago");
    let outcomes = why(&world, &ana, &call).await.ok(200);
    assert_eq!(outcomes["offers"][0]["outcome"], "rejected");
    assert_eq!(outcomes["offers"][1]["agentName"], "Ben Okafor");
    let second = world.call().await;
    world.press(&second, "1").await;
    let why_second = &world.state(&ana).await["work"][0]["why"];
    assert_eq!(why_second["excluded"][0]["text"], "Ben Okafor: has no place free");
}

#[tokio::test]
async fn private_digits_are_not_told() {
    let world = World::new().await;
    let ana = world.available("ana").await;
    let call = world.call().await;
    world.press(&call, "3").await;
    world.press(&call, "7291").await;
    let state = world.get("/workspace/v1/state").bearer(&ana).send().await;
    let digits = state.ok(200)["work"][0]["timeline"].clone();
    assert_eq!(texts(&digits, "digits"), ["Pressed 3", "Pressed ****"]);
    let data = world.data(&call.guid).await.ok(200);
    assert_eq!(data["variables"][0]["value"], "****");
}
