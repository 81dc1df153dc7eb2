//! Statistics: request in, exact answer out.

use engine::{Clock, ManualClock};
use model::Timestamp;
use serde_json::{Value, json};

use crate::util::{Answer, OTHER, TENANT, World, agent_id};

mod load;

/// Monday, 23 November 2026, 12:00 in New York.
const NOON: Timestamp = Timestamp(1_795_453_200_000);
const SECOND: u64 = 1_000;
const LIVE: &str = "/api/rtstats/stats";

async fn platform(world: &World, path: &str) -> Answer {
    world.get(path).basic(TENANT, &world.data_token).send().await
}

async fn gateway(world: &World, path: &str) -> Answer {
    let ask = world.get(path).header("x-api-key", world.app_key.reveal());
    ask.header("x-8x8-tenant", TENANT).send().await
}

/// Ana has taken a call after 21 s, talked for 30 and wraps up; ben is on a break; one call waits for 9 s.
async fn a_morning() -> World {
    let clock = ManualClock::new(NOON);
    let world = World::with(Clock::Manual(clock.clone()), |_| {}).await;
    let call = world.call().await;
    world.press(&call, "1").await;
    clock.advance(21 * SECOND);
    let ana = world.available("ana").await;
    let offer = world.state(&ana).await["work"][0]["offer"]["id"].clone();
    world.act(&ana, &call, "accept", json!({ "offerId": offer })).await.ok(200);
    let ben = world.available("ben").await;
    let lunch = json!({"status": "onBreak", "reason": "lunch"});
    world.put("/workspace/v1/status").bearer(&ben).json(&lunch).send().await.ok(200);
    clock.advance(30 * SECOND);
    world.act(&ana, &call, "end", Value::Null).await.ok(200);
    let waiting = world.call().await;
    world.press(&waiting, "1").await;
    clock.advance(9 * SECOND);
    world
}

fn standard() -> Value {
    json!({
        "agent-count-busy": 0, "agent-count-loggedOut": 1, "agent-count-onBreak": 1,
        "agent-count-postProcess": 1, "agent-count-waitTransact": 0, "agent-count-workOffline": 0,
        "assigned-agent-count": 3, "enabled-agent-count": 3,
        "day-abandoned": 0, "day-accepted": 1, "day-avg-duration": 30, "day-avg-wait-time": 21,
        "day-queued": 2, "day-sla-activity": 0,
        "longest-wait-time": 9, "media-type": "phone", "number-in-offered": 0, "number-in-progress": 0,
        "queue-id": 101, "queue-name": "Standard", "queue-size": 1, "queue-type": "",
        "sla-activity": 0, "sla-target": 80,
        "thirty-min-abandoned": 0, "thirty-min-accepted": 1, "thirty-min-avg-duration": 30,
        "thirty-min-avg-wait-time": 21, "thirty-min-longest-wait-time": 21, "thirty-min-queued": 2,
        "thirty-min-sla-activity": 0,
    })
}

#[tokio::test]
async fn queues_at_this_moment() {
    let world = a_morning().await;
    assert_eq!(standard().as_object().unwrap().len(), 31);
    let one = json!({ "queue": standard() });
    assert_eq!(platform(&world, &format!("{LIVE}/queue/101.json")).await.ok(200), one);
    assert_eq!(gateway(&world, "/cc/v1/stats/rt/queue/101").await.ok(200), one);
    let list = platform(&world, &format!("{LIVE}/queues.json")).await.ok(200);
    assert_eq!(list["queue"][0], standard(), "no queues around it");
    assert_eq!(list["queue"].as_array().unwrap().len(), 3);
    assert_eq!(gateway(&world, "/cc/v1/stats/rt/queues").await.ok(200), list);
    let xml = platform(&world, &format!("{LIVE}/queues")).await;
    assert_eq!(xml.header("content-type"), Some("text/xml; charset=utf-8"));
    let begin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<queues><queue><agent-count-busy>0</agent-count-busy>";
    assert!(xml.text.starts_with(begin), "{}", xml.text);
    assert!(xml.text.contains("<queue-type/>") && xml.text.ends_with("</queue></queues>"));
    let xml = platform(&world, &format!("{LIVE}/queue/101.xml")).await;
    assert!(xml.text.contains("<queue><agent-count-busy>"), "{}", xml.text);
}

#[tokio::test]
async fn agents_at_this_moment() {
    let world = a_morning().await;
    let agent = |name: &str, full: &str, status: u8, time: u64, line_time: u64| {
        json!({
            "agent-id": agent_id(name).as_str(), "agent-name": full, "group-id": 1,
            "agent-status": status, "time-in-status": time,
            "phone-line1-status": 0, "phone-line1-status-time": line_time,
            "phone-line2-status": 0, "phone-line2-status-time": 0,
        })
    };
    let ana = agent("ana", "Ana Ruiz", 3, 9, 9);
    let all = json!({"agent": [
        ana, agent("ben", "Ben Okafor", 4, 39, 0), agent("cara", "Cara Lind", 9, 0, 0),
    ]});
    assert_eq!(platform(&world, &format!("{LIVE}/agents.json")).await.ok(200), all);
    for id in [agent_id("ana").as_str(), "ana@acmecorp01.example", "Ana%40acmecorp01.example"] {
        let one = platform(&world, &format!("{LIVE}/agent/{id}.json")).await;
        assert_eq!(one.ok(200), json!({ "agent": ana }), "{id}");
    }
    let xml = platform(&world, &format!("{LIVE}/agents")).await;
    assert!(xml.text.contains("<agents><agent><agent-id>"), "{}", xml.text);
}

#[tokio::test]
async fn the_list_of_queues() {
    let world = a_morning().await;
    let queue = |id: u32, name: &str| json!({"queue-id": id, "queue-name": name, "queue-desc": "", "media-type": "T"});
    let expected = json!({"queues": {"queue": [
        queue(101, "Standard"), queue(102, "Spanish"), queue(103, "Priority"),
    ]}});
    assert_eq!(platform(&world, "/api/stats/queues.json").await.ok(200), expected);
    let table = platform(&world, "/api/stats/queues.csv").await;
    assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines: Vec<&str> = table.text.split("\r\n").collect();
    let expected = [
        "queue-id,queue-name,queue-desc,media-type",
        "101,\"Standard\",,T",
        "102,\"Spanish\",,T",
        "103,\"Priority\",,T",
        "",
    ];
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn who_may_ask() {
    let world = World::new().await;
    let xml = |answer: &Answer, status: u16, words: &str| {
        let expected = format!("<API><Error>{status} - {words}.</Error></API>");
        assert_eq!((answer.status, &answer.text), (status, &expected));
    };
    let path = format!("{LIVE}/queues.json");
    xml(&world.get(&path).send().await, 401, "Unauthorized");
    world.get(&path).basic(TENANT, &world.action_token).send().await.ok(200);
    xml(&world.get(&path).basic(OTHER, &world.action_token).send().await, 401, "Unauthorized");
    for missing in ["queue/7.json", "queue/x", "agent/x.json", "x"] {
        xml(&platform(&world, &format!("{LIVE}/{missing}")).await, 404, "Not Found");
    }
    xml(&platform(&world, "/api/stats/x").await, 404, "Not Found");
    let missing = gateway(&world, "/cc/v1/stats/rt/queue/7").await;
    assert_eq!(missing.ok(404), json!({"message": "Not Found"}));
    let keyed = world.get("/cc/v1/stats/rt/queues").header("x-api-key", world.api_key.reveal());
    let other = keyed.header("x-8x8-tenant", TENANT).send().await;
    assert_eq!(other.ok(403), json!({"message": "Forbidden"}));
    let deleted = world.ask(axum::http::Method::DELETE, &path).basic(TENANT, &world.data_token);
    xml(&deleted.send().await, 405, "Method Not Allowed");
}
