//! Agent status: request in, exact answer out.

use axum::http::Method;
use serde_json::{Value, json};

use crate::util::{Answer, OTHER, TENANT, Vendor, World, agent_id};

const BASE: &str = "/api/v1/tenants/acmecorp01/agentstatus/agents";
const AGENTS: &str = "/tenants/{tenantId}/agentstatus/agents";

fn path(name: &str) -> String {
    format!("{BASE}/{}", agent_id(name))
}

async fn get(world: &World, path: &str) -> Answer {
    world.get(path).basic(TENANT, &world.action_token).send().await
}

async fn put(world: &World, name: &str, body: Value) -> Answer {
    world.put(&path(name)).basic(TENANT, &world.action_token).json(&body).send().await
}

/// The same for one that is refused.
#[track_caller]
fn refused(answer: &Answer, status: u16, reason: &str) {
    let expected = json!({
        "reason": reason,
        "change-status": status,
        "message": "Agent status change failed",
    });
    assert_eq!(answer.ok(status), expected);
}

fn lunch() -> u32 {
    use model::{config::Reason, config::ReasonFor, status::Status};
    let of = ReasonFor::Status(Status::OnBreak);
    Reason { code: "lunch".into(), text: "Lunch".into(), of }.number()
}

#[tokio::test]
async fn what_agents_do_by_number() {
    let world = World::new().await;
    let id = agent_id("ana").as_str().to_owned();
    let never = json!({"agent-id": id, "name": "Ana Ruiz", "agent-status": 0});
    assert_eq!(get(&world, &path("ana")).await.ok(200), never);
    let ana = world.available("ana").await;
    let own = async || get(&world, &path("ana")).await.ok(200);
    let status = async || own().await["agent-status"].clone();
    let known = json!({
        "agent-id": id, "name": "Ana Ruiz", "agent-status": 4, "agent-sub-status": "none",
    });
    assert_eq!(own().await, known);
    let call = world.call().await;
    world.press(&call, "2").await;
    assert_eq!(status().await, 6);
    let offer = world.state(&ana).await["work"][0]["offer"]["id"].clone();
    world.act(&ana, &call, "accept", json!({ "offerId": offer })).await.ok(200);
    assert_eq!(status().await, 7);
    // A wish that waits for the end of the work: the agent takes nothing new.
    let wish = json!({"status": "onBreak", "reason": "lunch"});
    world.put("/workspace/v1/status").bearer(&ana).json(&wish).send().await.ok(200);
    assert_eq!(own().await["agent-sub-status"], "stopnew");
    world.act(&ana, &call, "end", Value::Null).await.ok(200);
    assert_eq!(status().await, 8);
    let codes = json!({"disposition": 1000, "codes": [1]});
    world.act(&ana, &call, "wrapup", codes).await.ok(200);
    let on_break = json!({
        "agent-id": id, "name": "Ana Ruiz", "agent-status": 3, "agent-sub-status": "none",
        "status-code-list-id": 3, "status-code-item-id": lunch(),
        "status-code-item-short-code": "lunch",
    });
    assert_eq!(own().await, on_break);
    let all = get(&world, BASE).await.ok(200);
    let data = all["data"].as_array().unwrap();
    assert_eq!((data.len(), all.as_object().unwrap().len()), (3, 1), "no page");
    assert!(data.contains(&on_break));
    let grouped = get(&world, &format!("{BASE}?groupId=1&pageSize=1&pageIndex=7")).await.ok(200);
    assert_eq!(grouped, all, "everybody is in group 1, and paging is not available");
    for group in ["2", "x", ""] {
        let none = get(&world, &format!("{BASE}?groupId={group}")).await;
        assert_eq!(none.ok(200), json!({"data": []}), "{group}");
    }
}

#[tokio::test]
async fn transitions() {
    let world = World::new().await;
    world.available("ana").await;
    let done = json!({
        "reason": "OK", "change-status": 200, "message": "Agent status change successful",
    });
    for to in [4, 3, 4, 5, 3, 5, 4, 4, 3, 3, 1] {
        let answer = put(&world, "ana", json!({ "agent-status": to })).await;
        assert_eq!(answer.ok(200), done, "to {to}");
        assert_eq!(get(&world, &path("ana")).await.ok(200)["agent-status"], to);
    }
    const NOT_ALLOWED: &str = "The agent status change is not allowed.";
    for to in [1, 3, 4, 5] {
        let logged_out = put(&world, "ana", json!({ "agent-status": to })).await;
        refused(&logged_out, 400, NOT_ALLOWED);
        let never_here = put(&world, "ben", json!({ "agent-status": to })).await;
        refused(&never_here, 400, NOT_ALLOWED);
    }
    world.available("cara").await;
    let call = world.call().await;
    world.press(&call, "1").await;
    assert_eq!(get(&world, &path("cara")).await.ok(200)["agent-status"], 6);
    refused(&put(&world, "cara", json!({"agent-status": 3})).await, 400, NOT_ALLOWED);
}

#[tokio::test]
async fn codes() {
    let world = World::new().await;
    world.available("ana").await;
    let put = async |body: Value| put(&world, "ana", body).await;
    let code = |list: Value, item: Value, short: Value| {
        json!({
            "agent-status": 3, "status-code-list-id": list, "status-code-item-id": item,
            "status-code-item-short-code": short,
        })
    };
    put(code(json!(3), json!(lunch()), json!("lunch"))).await.ok(200);
    let own = get(&world, &path("ana")).await.ok(200);
    assert_eq!(own["status-code-item-short-code"], "lunch");
    // The same status with another code, here none.
    put(json!({"agent-status": 3})).await.ok(200);
    assert_eq!(get(&world, &path("ana")).await.ok(200).get("status-code-list-id"), None);
    let list = "The status code list id is invalid.";
    refused(&put(code(json!(4), json!(lunch()), Value::Null)).await, 400, list);
    refused(&put(code(json!("3"), Value::Null, Value::Null)).await, 400, list);
    let item = "The status code item id is invalid.";
    refused(&put(code(json!(3), json!(12), Value::Null)).await, 400, item);
    let short = "The status code item short code is invalid.";
    refused(&put(code(json!(3), json!(lunch()), json!("x"))).await, 400, short);
    let status = "The agent status is invalid: it can be set to 1, 3, 4 or 5.";
    for wrong in [json!(0), json!(2), json!(9), json!("4"), json!(3.5), Value::Null] {
        refused(&put(json!({ "agent-status": wrong })).await, 400, status);
    }
    refused(&put(json!({})).await, 400, status);
}

#[tokio::test]
async fn many_at_once_with_either_method() {
    let world = World::new().await;
    world.available("ana").await;
    world.available("cara").await;
    let entry = |id: &str, status: Value| json!({"agent-id": id, "agent-status": status});
    let (ana, ben, cara) = (agent_id("ana"), agent_id("ben"), agent_id("cara"));
    let agents = json!({"agents": [
        entry(ana.as_str(), json!(3)),
        entry(ben.as_str(), json!(4)),
        entry("agNobody", json!(4)),
        entry(agent_id("nobody").as_str(), json!(4)),
        entry(cara.as_str(), json!(2)),
        7,
        entry(cara.as_str(), json!(1)),
    ]});
    let bulk = format!("{BASE}/bulk");
    let ask = |method: Method, body: &Value| {
        world.ask(method, &bulk).basic(TENANT, &world.action_token).json(body)
    };
    let done = ask(Method::PUT, &agents).send().await.ok(207);
    let results: Vec<(String, u64)> = done["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (one["agent-id"].as_str().unwrap().to_owned(), one["change-status"].as_u64().unwrap())
        })
        .collect();
    let id = |id: model::AgentId| id.as_str().to_owned();
    let expected = [
        (id(ana), 200),
        (id(ben), 400),
        (String::new(), 404),
        (id(agent_id("nobody")), 404),
        (id(cara), 400),
        (String::new(), 404),
        (id(cara), 200),
    ];
    assert_eq!(results, expected);
    let again = json!({"agents": [entry(ana.as_str(), json!(4))]});
    ask(Method::POST, &again).send().await.ok(207);
    for wrong in [json!({"agents": []}), json!({}), json!({"agents": vec![1; 101]}), json!([])] {
        let problem = ask(Method::PUT, &wrong).send().await.ok(400);
        assert_eq!((&problem["title"], &problem["status"]), (&json!("Bad Request"), &json!(400)));
        assert!(problem["detail"].is_string());
    }
}

#[tokio::test]
async fn who_may_ask() {
    let world = World::new().await;
    let forbidden = "<API><Error>403 - Forbidden.</Error></API>";
    let unauthorized = "<API><Error>401 - Unauthorized.</Error></API>";
    let without = world.get(BASE).send().await;
    assert_eq!((without.status, &*without.text), (401, unauthorized));
    assert_eq!(without.header("content-type"), Some("text/xml"));
    assert_eq!(without.header("www-authenticate"), Some("Basic realm=\"8x8\""));
    // Even to read, the data token is not enough.
    let data = world.get(BASE).basic(TENANT, &world.data_token).send().await;
    assert_eq!((data.status, &*data.text), (401, unauthorized));
    let other = world.get(BASE).basic(OTHER, &world.other_action_token).send().await;
    assert_eq!((other.status, &*other.text), (403, forbidden));
    let unknown = get(&world, &path("nobody")).await;
    assert_eq!(unknown.ok(404)["title"], "Not Found");
    assert_eq!(get(&world, &format!("{BASE}/x")).await.ok(404)["status"], 404);
    refused(
        &put(&world, "nobody", json!({"agent-status": 4})).await,
        404,
        "The agent does not exist.",
    );
    let deleted = world.ask(Method::DELETE, BASE).basic(TENANT, &world.action_token).send().await;
    assert_eq!(deleted.ok(405)["title"], "Method Not Allowed");
}

#[tokio::test]
async fn answers_fit_the_published_description() {
    let Some(vendor) = Vendor::open("contact_center_agent_status_api.json") else { return };
    let world = World::new().await;
    world.available("ana").await;
    put(&world, "ana", json!({"agent-status": 3, "status-code-item-short-code": "lunch"})).await;
    let one = "/tenants/{tenantId}/agentstatus/agents/{agentId}";
    vendor.fits("get", AGENTS, &get(&world, BASE).await);
    vendor.fits("get", AGENTS, &world.get(BASE).send().await);
    vendor.fits("get", one, &get(&world, &path("ana")).await);
    vendor.fits("get", one, &get(&world, &path("ben")).await);
    vendor.fits("get", one, &get(&world, &path("nobody")).await);
    vendor.fits("put", one, &put(&world, "ana", json!({"agent-status": 4})).await);
    vendor.fits("put", one, &put(&world, "ana", json!({"agent-status": 0})).await);
    let bulk = format!("{BASE}/bulk");
    let ask = |body: &Value| world.post(&bulk).basic(TENANT, &world.action_token).json(body);
    let agents = json!({"agents": [
        {"agent-id": agent_id("ana").as_str(), "agent-status": 3},
        {"agent-id": agent_id("ben").as_str(), "agent-status": 3},
    ]});
    let bulk_path = "/tenants/{tenantId}/agentstatus/agents/bulk";
    vendor.fits("post", bulk_path, &ask(&agents).send().await);
    let problem = ask(&json!({})).send().await;
    vendor.fits("post", bulk_path, &problem);
    vendor.matches(&vendor.schema("Problem"), &problem.json());
}

#[tokio::test]
async fn a_key_does_it_once() {
    let world = World::new().await;
    world.available("ana").await;
    let keyed = async |body: Value| {
        let ask = world.put(&path("ana")).basic(TENANT, &world.action_token);
        ask.header("idempotency-key", "k1").json(&body).send().await
    };
    let on_break = json!({"agent-status": 3});
    let first = keyed(on_break.clone()).await.ok(200);
    put(&world, "ana", json!({"agent-status": 5})).await.ok(200);
    assert_eq!(keyed(on_break).await.ok(200), first);
    let status = get(&world, &path("ana")).await.ok(200);
    assert_eq!(status["agent-status"], 5, "{status}");
}
