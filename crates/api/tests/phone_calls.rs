//! Phone calls: request in, exact answer out.

use axum::http::Method;
use serde_json::{Value, json};

use crate::util::{Answer, CALLER, Call, OTHER, Person, TENANT, Vendor, World, agent_id, text};

const BASE: &str = "/api/v1/tenants/acmecorp01";

/// Requests with the Action Request Token.
async fn send(world: &World, method: Method, path: &str, body: &Value) -> Answer {
    let ask = world.ask(method, &format!("{BASE}/{path}")).basic(TENANT, &world.action_token);
    if body.is_null() { ask.send().await } else { ask.json(body).send().await }
}

async fn place(world: &World, body: &Value) -> Answer {
    send(world, Method::POST, "calls", body).await
}

async fn delete(world: &World, path: &str) -> Answer {
    send(world, Method::DELETE, path, &Value::Null).await
}

fn call_for(name: &str) -> Value {
    json!({"agentId": agent_id(name).as_str(), "prefix": "", "number": CALLER, "callerId": 0})
}

/// A call that is placed and answered.
async fn answered(world: &World, name: &str) -> Call {
    let placed = place(world, &call_for(name)).await.ok(200);
    let guid = text(&placed["id"]);
    world.post(&format!("/sim/v1/calls/{guid}/answer")).send().await.ok(204);
    Call { id: guid.clone(), guid }
}

/// A customer's call that an agent has taken.
async fn taken(world: &World, agent: &Person, key: &str) -> Call {
    let call = world.call().await;
    world.press(&call, key).await;
    let offer = world.state(agent).await["work"][0]["offer"]["id"].clone();
    world.act(agent, &call, "accept", json!({ "offerId": offer })).await.ok(200);
    call
}

#[track_caller]
fn refused(answer: &Answer, status: u16, reason: &str) {
    let words = match status {
        400 => "Bad Request",
        404 => "Not Found",
        _ => "Gone",
    };
    assert_eq!(answer.ok(status), json!({"reasons": [reason], "message": words}));
}

#[tokio::test]
async fn a_call_is_placed_and_ended() {
    let world = World::new().await;
    let ana = world.available("ana").await;
    let body = json!({
        "agentId": agent_id("ana").as_str(), "prefix": "+1", "number": 6175551234_u64,
        "callerId": 18005551234_u64, "queueId": "101", "forceCall": false,
        "extTransactionData": [{"name": "record", "value": "C-7"}],
    });
    let placed = place(&world, &body).await.ok(200);
    assert_eq!(placed["reasons"], json!(["Call successfully initiated"]));
    assert_eq!((&placed["message"], &placed["id"]), (&json!("OK"), &placed["interactionGuid"]));
    let guid = text(&placed["id"]);
    let milliseconds = guid.split('-').nth(1).and_then(|hex| u64::from_str_radix(hex, 16).ok());
    assert!(world.engine.now().since(model::Timestamp(milliseconds.unwrap())) < 60_000);
    let state = world.state(&ana).await;
    let work = &state["work"][0];
    assert_eq!((&work["interactionId"], &work["queue"]["id"]), (&json!(guid), &json!(101)));
    assert_eq!(work["variables"][0]["name"], "_record");
    world.post(&format!("/sim/v1/calls/{guid}/answer")).send().await.ok(204);
    let ended = delete(&world, &format!("calls/{guid}")).await.ok(200);
    let reason = format!("Ending call with interactionGuid=[{guid}] was successful");
    assert_eq!(ended, json!({"reasons": [reason], "message": "OK"}));
    let again = delete(&world, &format!("calls/{guid}")).await;
    refused(&again, 410, &format!("Interaction is already terminated {guid}"));
    // The paperwork is still there, until somebody does not want to wait for it.
    assert_eq!(world.state(&ana).await["work"].as_array().unwrap().len(), 1);
    delete(&world, &format!("calls/{guid}?endPostProcessing=true")).await.ok(200);
    assert_eq!(world.state(&ana).await["work"], json!([]));
    let gone = delete(&world, &format!("calls/{guid}?endPostProcessing=true")).await;
    refused(&gone, 410, &format!("Interaction is already terminated {guid}"));
}

#[tokio::test]
async fn who_cannot_be_given_a_call() {
    let world = World::new().await;
    let id = agent_id("ana");
    let unavailable = format!("Agent=[{id}] not available to handle interaction");
    refused(&place(&world, &call_for("ana")).await, 400, &unavailable);
    let ana = world.available("ana").await;
    let lunch = json!({"status": "onBreak", "reason": "lunch"});
    world.put("/workspace/v1/status").bearer(&ana).json(&lunch).send().await.ok(200);
    refused(&place(&world, &call_for("ana")).await, 400, &unavailable);
    let available = json!({"status": "available"});
    world.put("/workspace/v1/status").bearer(&ana).json(&available).send().await.ok(200);
    answered(&world, "ana").await;
    let busy = place(&world, &call_for("ana")).await;
    refused(&busy, 400, &format!("{unavailable}, already on busy phone interaction"));
    // Force does not make a line.
    let mut forced = call_for("ana");
    forced["forceCall"] = json!(true);
    refused(&place(&world, &forced).await, 400, &unavailable);
    let mut unknown = call_for("ana");
    unknown["agentId"] = json!("nobody\u{7}");
    let nobody = "Agent=[nobody] not available to handle interaction";
    refused(&place(&world, &unknown).await, 400, nobody);
}

#[tokio::test]
async fn what_is_wrong_is_said() {
    let world = World::new().await;
    world.available("ana").await;
    for (name, value, reason) in [
        ("agentId", json!(7), "Invalid agentId"),
        ("prefix", Value::Null, "Invalid prefix"),
        ("number", json!("x"), "Invalid number"),
        ("number", json!(""), "Invalid number"),
        ("callerId", json!([]), "Invalid callerId"),
        ("queueId", json!("x"), "Invalid queueId"),
        ("queueId", json!(7), "Invalid queueId"),
        ("forceCall", json!("true"), "Invalid forceCall"),
        ("ctlUserData", json!({}), "Invalid ctlUserData"),
    ] {
        let mut body = call_for("ana");
        body[name] = value;
        refused(&place(&world, &body).await, 400, reason);
    }
    let broken = world.post(&format!("{BASE}/calls")).basic(TENANT, &world.action_token);
    let broken = broken.header("content-type", "application/json").body("{").send().await;
    assert_eq!(broken.ok(400)["message"], "Bad Request");
}

#[tokio::test]
async fn transaction_codes() {
    let world = World::new().await;
    let ana = world.available("ana").await;
    let call = taken(&world, &ana, "2").await;
    let path =
        |id: &str, name: &str| format!("calls/{id}/agent/{}/transaction-codes", agent_id(name));
    let select = |list: u32, items: &[u32]| {
        let codes: Vec<Value> = items.iter().map(|id| json!({ "id": id })).collect();
        json!({"selections": [{"id": list, "codes": codes}]})
    };
    let put = async |path: String, body: Value| send(&world, Method::PUT, &path, &body).await;
    let done = json!({"reasons": ["Transaction codes successfully set"], "message": "OK"});
    // 2 is below 1, which is a list and a code.
    assert_eq!(put(path(&call.guid, "ana"), select(1, &[2, 1])).await.ok(200), done);
    let wrong = put(path(&call.guid, "ana"), select(2, &[2])).await;
    refused(&wrong, 400, "Invalid transaction code, listId=[2] itemId=[2]");
    let wrong = put(path(&call.guid, "ana"), select(1, &[9])).await;
    refused(&wrong, 400, "Invalid transaction code, listId=[1] itemId=[9]");
    let many = put(path(&call.guid, "ana"), select(1, &[2; 7])).await;
    refused(&many, 400, "Invalid transaction codes, at most 6 can be set");
    refused(&put(path(&call.guid, "ana"), json!({})).await, 400, "Invalid selections");
    let ben = agent_id("ben");
    let other = put(path(&call.guid, "ben"), select(1, &[2])).await;
    refused(&other, 404, &format!("Interaction [{}] for agent [{ben}] was not found", call.guid));
    let missing = put(path("int-0-x", "ana"), select(1, &[2])).await;
    refused(&missing, 404, "Interaction [int-0-x] was not found.");
    // The queue asks for a code, and there are some: the paperwork can be ended.
    delete(&world, &format!("calls/{}?endPostProcessing", call.guid)).await.ok(200);
    assert_eq!(world.state(&ana).await["work"], json!([]));
    let gone = put(path(&call.guid, "ana"), select(1, &[2])).await;
    refused(&gone, 410, &format!("Interaction is already terminated {}", call.guid));
}

#[tokio::test]
async fn an_agents_part_is_ended() {
    let world = World::new().await;
    let ana = world.available("ana").await;
    let id = agent_id("ana");
    let idle = delete(&world, &format!("agents/{id}/calls")).await;
    refused(&idle, 404, &format!("Agent [{id}] has no phone interactions in progress."));
    let idle = delete(&world, &format!("agents/{id}/calls/line/1")).await;
    let reason = format!("Failed to find any interaction on line [1] for agent [{id}].");
    refused(&idle, 404, &reason);
    refused(&delete(&world, &format!("agents/{id}/calls/line/3")).await, 400, "Invalid lineNo");
    let leg = |answer: &Answer, before: &str, after: &str| {
        let body = answer.ok(200);
        let reason = text(&body["reasons"][0]);
        let start = format!("{before} [{TENANT}-{id}-");
        assert!(reason.starts_with(&start) && reason.ends_with(after), "{reason}");
    };
    let finish = async |guid: &str| {
        delete(&world, &format!("calls/{guid}?endPostProcessing=true")).await.ok(200);
    };
    let call = taken(&world, &ana, "1").await;
    let answer = delete(&world, &format!("calls/{}/agent/{id}", call.guid)).await;
    let after = format!("] leg in interaction [{}] was successful", call.guid);
    leg(&answer, "Hangup for agent", &after);
    let again = delete(&world, &format!("calls/{}/agent/{id}", call.guid)).await;
    refused(&again, 410, &format!("Interaction is already terminated {}", call.guid));
    finish(&call.guid).await;
    let call = taken(&world, &ana, "1").await;
    let other = delete(&world, &format!("calls/{}/agent/{}", call.guid, agent_id("ben"))).await;
    let ben = agent_id("ben");
    refused(&other, 404, &format!("Interaction [{}] for agent [{ben}] was not found", call.guid));
    let answer = delete(&world, &format!("agents/{id}/calls/line/1")).await;
    let after =
        format!("] leg on line [1] assigned to interaction [{}] was successful.", call.guid);
    leg(&answer, "Hangup for agent", &after);
    finish(&call.guid).await;
    // Ringing numbers and offers are ended as well.
    place(&world, &call_for("ana")).await.ok(200);
    let answer = delete(&world, &format!("agents/{id}/calls")).await;
    leg(&answer, "Hangup all calls for agent", "] was successful.");
    assert_eq!(world.state(&ana).await["work"], json!([]));
    let call = world.call().await;
    world.press(&call, "1").await;
    delete(&world, &format!("agents/{id}/calls")).await.ok(200);
    assert_eq!(world.look(&call).await["state"], "queued", "the customer waits for somebody else");
    delete(&world, &format!("calls/{}", call.guid)).await.ok(200);
}

#[tokio::test]
async fn who_may_ask() {
    let world = World::new().await;
    let path = format!("{BASE}/calls");
    let unauthorized = "<API><Error>401 - Unauthorized.</Error></API>";
    let data = world.post(&path).basic(TENANT, &world.data_token).json(&json!({})).send().await;
    assert_eq!((data.status, &*data.text), (401, unauthorized));
    let other = world.post(&path).basic(OTHER, &world.other_action_token).json(&json!({}));
    let other = other.send().await;
    assert_eq!((other.status, &*other.text), (403, "<API><Error>403 - Forbidden.</Error></API>"));
    let got = world.get(&path).send().await;
    assert_eq!(got.ok(405)["message"], "Method Not Allowed");
}

#[tokio::test]
async fn answers_fit_the_published_description() {
    let Some(vendor) = Vendor::open("contact_center_call_api.json") else { return };
    let world = World::new().await;
    let ana = world.available("ana").await;
    let id = agent_id("ana");
    let calls = "/tenants/{tenantId}/calls";
    let one = "/tenants/{tenantId}/calls/{interactionId}";
    let part = "/tenants/{tenantId}/calls/{interactionId}/agent/{agentId}";
    let codes = "/tenants/{tenantId}/calls/{interactionId}/agent/{agentId}/transaction-codes";
    let all = "/tenants/{tenantId}/agents/{agentId}/calls";
    let line = "/tenants/{tenantId}/agents/{agentId}/calls/line/{lineNo}";
    let placed = place(&world, &call_for("ana")).await;
    vendor.fits("post", calls, &placed);
    vendor.fits("post", calls, &place(&world, &call_for("ana")).await);
    vendor.fits("delete", line, &delete(&world, &format!("agents/{id}/calls/line/1")).await);
    vendor.fits("delete", line, &delete(&world, &format!("agents/{id}/calls/line/2")).await);
    vendor.fits("delete", all, &delete(&world, &format!("agents/{id}/calls")).await);
    let guid = text(&placed.json()["id"]);
    vendor.fits("delete", one, &delete(&world, &format!("calls/{guid}")).await);
    vendor.fits("delete", one, &delete(&world, "calls/int-0-x").await);
    let call = taken(&world, &ana, "1").await;
    let selections = json!({"selections": [{"id": 1, "codes": [{"id": 2}]}]});
    let path = format!("calls/{}/agent/{id}/transaction-codes", call.guid);
    vendor.fits("put", codes, &send(&world, Method::PUT, &path, &selections).await);
    vendor.fits("put", codes, &send(&world, Method::PUT, &path, &json!({})).await);
    vendor.fits("delete", part, &delete(&world, &format!("calls/{}/agent/{id}", call.guid)).await);
    vendor.fits("delete", part, &delete(&world, &format!("calls/{}/agent/{id}", call.guid)).await);
    vendor.fits("delete", one, &world.ask(Method::DELETE, &format!("{BASE}/calls/x")).send().await);
}

/// A request with a key that is sent again has no second effect, and the same answer.
#[tokio::test]
async fn a_key_does_it_once() {
    let world = World::new().await;
    let ana = world.available("ana").await;
    let send = async |method: Method, path: &str, key: &str, body: &Value| {
        let ask = world.ask(method, &format!("{BASE}/{path}")).basic(TENANT, &world.action_token);
        ask.header("idempotency-key", key).json(body).send().await
    };
    let body = call_for("ana");
    let (one, two) = tokio::join!(
        send(Method::POST, "calls", "k1", &body),
        send(Method::POST, "calls", "k1", &body)
    );
    let guid = text(&one.ok(200)["id"]);
    assert_eq!(two.ok(200)["id"], guid);
    assert_eq!(world.state(&ana).await["work"].as_array().unwrap().len(), 1);
    let other = send(Method::POST, "calls", "k2", &body).await;
    let busy = "not available to handle interaction, already on busy phone interaction";
    refused(&other, 400, &format!("Agent=[{}] {busy}", agent_id("ana").as_str()));

    let line = format!("agents/{}/calls/line/1", agent_id("ana").as_str());
    send(Method::DELETE, &line, "k3", &Value::Null).await.ok(200);
    let again = send(Method::POST, "calls", "k1", &body).await.ok(200);
    assert_eq!(again["id"], guid, "it is over, and was placed once");
    let next = text(&send(Method::POST, "calls", "k4", &body).await.ok(200)["id"]);
    send(Method::DELETE, &line, "k3", &Value::Null).await.ok(200);
    let state = world.state(&ana).await;
    assert_eq!(state["work"][0]["interactionId"], next, "the next call goes on");

    let call = format!("calls/{next}?endPostProcessing=true");
    for _ in 0..2 {
        let ended = send(Method::DELETE, &call, "k5", &Value::Null).await.ok(200);
        let reason = format!("Ending call with interactionGuid=[{next}] was successful");
        assert_eq!(ended["reasons"], json!([reason]));
    }
    let unkeyed = delete(&world, &call).await;
    refused(&unkeyed, 410, &format!("Interaction is already terminated {next}"));
    let long = send(Method::DELETE, &call, &"k".repeat(129), &Value::Null).await;
    assert_eq!(long.ok(400)["reasons"], json!(["Must be 1 to 128 visible ASCII characters."]));
}
