//! Real-time metrics: request in, exact answer out.

use std::collections::BTreeMap;

use axum::http::Method;
use engine::{Clock, ManualClock};
use model::Timestamp;
use serde_json::{Value, json};

use crate::util::{Answer, Call, Person, TENANT, Vendor, World, agent_id, basic, text};

mod numbers;

const BASE: &str = "/analytics/cc/v5/realtime-metrics";
/// Monday, 23 November 2026, 12:00 in New York.
const NOON: Timestamp = Timestamp(1_795_453_200_000);
const SECOND: u64 = 1_000;

/// A world, its clock, and an access token.
struct Scene {
    world: World,
    clock: ManualClock,
    token: String,
}

impl Scene {
    async fn new() -> Self {
        let clock = ManualClock::new(NOON);
        let world = World::with(Clock::Manual(clock.clone()), |_| {}).await;
        let own = basic(world.app_key.reveal(), world.app_secret.reveal());
        let ask = world.post("/oauth/v2/token").header("authorization", own);
        let issued = ask.body("grant_type=client_credentials").send().await.ok(200);
        Self { token: text(&issued["access_token"]), world, clock }
    }

    async fn get(&self, path: &str) -> Answer {
        self.at(&format!("{BASE}/{path}")).await
    }

    async fn at(&self, path: &str) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        self.world.get(path).header("authorization", bearer).send().await
    }

    async fn refused(&self, path: &str, message: &str) {
        let expected = json!({"message": format!("Bad request: {message}")});
        assert_eq!(self.get(path).await.ok(400), expected, "{path}");
    }

    async fn take(&self, agent: &Person, call: &Call) {
        let offer = self.world.state(agent).await["work"][0]["offer"]["id"].clone();
        let body = json!({ "offerId": offer });
        self.world.act(agent, call, "accept", body).await.ok(200);
    }

    /// Ana takes one call after 12 s, talks for 30 s, 10 of them on hold, and wraps up in 8; one customer has gone
    /// after 3 s, one after 7; one waits.
    async fn a_morning(&self) {
        let (world, clock) = (&self.world, &self.clock);
        let leave = async |call: &Call| {
            world.post(&format!("/sim/v1/calls/{}/hangup", call.id)).send().await.ok(204);
        };
        for seconds in [3, 7] {
            let call = world.call().await;
            world.press(&call, "1").await;
            clock.advance(seconds * SECOND);
            leave(&call).await;
        }
        let ana = world.available("ana").await;
        let call = world.call().await;
        world.press(&call, "1").await;
        clock.advance(12 * SECOND);
        self.take(&ana, &call).await;
        clock.advance(20 * SECOND);
        world.act(&ana, &call, "hold", json!({"held": true})).await.ok(200);
        clock.advance(10 * SECOND);
        world.act(&ana, &call, "end", Value::Null).await.ok(200);
        clock.advance(8 * SECOND);
        let codes = json!({"disposition": 1000, "codes": [1]});
        world.act(&ana, &call, "wrapup", codes).await.ok(200);
        world
            .put("/workspace/v1/status")
            .bearer(&ana)
            .json(&json!({"status": "onBreak"}))
            .send()
            .await
            .ok(200);
        let waiting = world.call().await;
        world.press(&waiting, "1").await;
        clock.advance(5 * SECOND);
    }
}

/// The metrics of the first element, by key.
fn metrics(body: &Value) -> BTreeMap<String, Value> {
    by_key(&body[0])
}

fn by_key(element: &Value) -> BTreeMap<String, Value> {
    let metrics = element["metrics"].as_array().unwrap().iter();
    metrics.map(|metric| (text(&metric["key"]), metric["value"].clone())).collect()
}

#[tokio::test]
async fn lists_pages_and_totals() {
    let scene = Scene::new().await;
    scene.a_morning().await;
    let list = scene.get("queues?metrics=entered.today").await;
    for (name, value) in
        [("x-page-size", "100"), ("x-page", "0"), ("x-total-pages", "1"), ("x-total-elements", "3")]
    {
        assert_eq!(list.header(name), Some(value), "{name}");
    }
    let ids = |body: &Value| -> Vec<Value> {
        body.as_array().unwrap().iter().map(|element| element["id"].clone()).collect()
    };
    assert_eq!(ids(&list.ok(200)), [json!("101"), json!("102"), json!("103")]);
    let second = scene.get("queues?size=2&page=1&metrics=entered.today").await;
    assert_eq!(ids(&second.ok(200)), [json!("103")]);
    assert_eq!(second.header("x-total-pages"), Some("2"));
    let joined = scene.get("queues?queue-ids=101,103&metrics=entered.today").await.ok(200);
    let repeated = scene.get("queues?queue-ids=103&queue-ids=101&metrics=entered.today").await;
    assert_eq!(joined, repeated.ok(200));
    assert_eq!(ids(&joined), [json!("101"), json!("103")]);
    let summary = scene.get("groups?summary=true&group-ids=9&metrics=x").await.ok(200);
    assert_eq!(summary, json!([{"id": "1", "name": "Front line"}]));
    let summary = scene.get("agents?summary=true").await.ok(200);
    assert_eq!(
        summary[0],
        json!({
            "id": agent_id("ana").as_str(), "name": "Ana Ruiz", "groupId": "1", "groupName": "Front line",
        })
    );
    let totals = scene.get("queues?includeTotals=true&size=1").await.ok(200);
    assert_eq!(totals.as_array().unwrap().len(), 2);
    assert_eq!((&totals[1]["id"], &totals[1]["name"]), (&json!(null), &json!("totals")));
    let total = by_key(&totals[1]);
    assert_eq!(total.len(), 99);
    assert_eq!(total["total.entered.today"], 4);
    assert_eq!(total["total.slaPercentage.today"], json!(0.5));
    assert_eq!(total["total.interactionsLongestWaitInQueue.rt"], 5_000);
    let agents = scene.get("queues/101/agents?includeTotals=true").await.ok(200);
    let total = by_key(&agents[3]);
    assert_eq!(total["total.accepted.today.inQueue"], 1);
    assert_eq!(total.get("total.status.rt"), None);
    let nobody = scene.get("groups?includeTotals=true").await.ok(200);
    assert_eq!(ids(&nobody), [json!("1")], "groups have no totals");
}

#[tokio::test]
async fn agents_by_queue() {
    let scene = Scene::new().await;
    let empty = scene.get("agents-in-queue-groups").await.ok(200);
    assert_eq!(empty, json!({"agents": [], "queues": []}));
    scene.a_morning().await;
    scene.world.available("ben").await;
    scene.world.available("cara").await;
    let path = "agents-in-queue-groups?metrics=accepted.today.inQueue,status.rt";
    let body = scene.get(path).await.ok(200);
    let (ana, ben, cara) = (agent_id("ana"), agent_id("ben"), agent_id("cara"));
    let named = |id: model::AgentId, name: &str, metrics: Value| json!({"id": id.as_str(), "name": name, "metrics": metrics});
    // Ben gets the call that waits.
    let expected = json!({
        "agents": [
            named(ana, "Ana Ruiz", json!({"status.rt": "OnBreak"})),
            named(ben, "Ben Okafor", json!({"status.rt": "Offering"})),
        ],
        "queues": [{
            "queueId": "101",
            "assignedAgents": [ana.as_str(), ben.as_str(), cara.as_str()],
            "agentMetrics": [
                named(ana, "Ana Ruiz", json!({"accepted.today.inQueue": 1})),
                named(ben, "Ben Okafor", json!({"accepted.today.inQueue": 0})),
            ],
        }],
    });
    assert_eq!(body, expected);
    let enabled = scene.get(&format!("{path}&showEnabledAgents=true&size=1&page=2")).await.ok(200);
    assert_eq!(
        enabled["agents"],
        json!([named(cara, "Cara Lind", json!({"status.rt": "Available"}))])
    );
    assert_eq!(enabled["queues"], expected["queues"]);
    let other = scene.get("agents-in-queue-groups?queue-ids=103").await.ok(200);
    assert_eq!(other, json!({"agents": [], "queues": []}));
}

#[tokio::test]
async fn what_is_wrong_is_said() {
    let scene = Scene::new().await;
    scene.refused("queues?size=1001", "Field 'size' must be less than or equal to 1000").await;
    scene.refused("queues?size=0", "Field 'size' must be greater than or equal to 1").await;
    let pages = |n: u64| {
        format!(
            "Field 'page' must be greater than or equal to 0 and less than the total number of pages, \
             which is {n} for this request"
        )
    };
    scene.refused("queues?page=1", &pages(1)).await;
    scene.refused("queues?size=2&page=2", &pages(2)).await;
    scene.refused("queues?page=-1", &pages(1)).await;
    scene
        .refused("queues?queue-ids=101,7", "Field 'queue-ids' has a value that does not exist")
        .await;
    scene.refused("agents?group-ids=x", "Field 'group-ids' has a value that does not exist").await;
    let metric = "Field 'metrics' has a value that is no metric of this resource";
    scene.refused("queues?metrics=accepted.int-12h", metric).await;
    scene.refused("queues/101?metrics=x", metric).await;
    let zone = "Field 'timezone' must be the default time zone of the tenant";
    scene.refused("queues?timezone=Europe/Helsinki", zone).await;
    scene.get("queues?timezone=America/New_York").await.ok(200);
    scene.refused("queues?summary=x", "Field 'summary' must be true or false").await;
    for missing in ["queues/7", "queues/x", "queues/7/agents", "groups/7", "groups/1/agents/x", "x"]
    {
        assert_eq!(scene.get(missing).await.ok(404), json!({"message": "Not Found"}), "{missing}");
    }
}

#[tokio::test]
async fn versions_and_regions() {
    let scene = Scene::new().await;
    for region in ["", "/eu", "/au", "/ca"] {
        let count = async |version: &str| {
            let path = format!("{region}/analytics/cc/{version}/realtime-metrics/queues/101");
            metrics(&scene.at(&path).await.ok(200)).len()
        };
        assert_eq!((count("v1").await, count("v5").await), (84, 101));
    }
    let at = async |version: &str, rest: &str| {
        scene.at(&format!("/analytics/cc/{version}/realtime-metrics/{rest}")).await.status
    };
    assert_eq!(at("v4", "agents").await, 404);
    assert_eq!(at("v5", "agents").await, 200);
    for wrong in ["v0", "v6", "5", "x"] {
        assert_eq!(at(wrong, "queues").await, 404, "{wrong}");
    }
}

#[tokio::test]
async fn who_may_ask() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let path = format!("{BASE}/queues");
    let unauthorized = json!({"message": "Unauthorized"});
    assert_eq!(world.get(&path).send().await.ok(401), unauthorized);
    let keyed = world.get(&path).header("x-api-key", world.app_key.reveal());
    assert_eq!(keyed.header("x-8x8-tenant", TENANT).send().await.ok(401), unauthorized);
    let bearer = format!("Bearer {}", scene.token);
    let named = async |tenant: &str| {
        let ask = world.get(&path).header("authorization", bearer.clone());
        ask.header("x-tenant-info", tenant).send().await
    };
    named(TENANT).await.ok(200);
    let wrong = json!({"message": "Bad request: Invalid value for X-Tenant-Info header."});
    assert_eq!(named("othercorp").await.ok(400), wrong);
    let posted = world.ask(Method::POST, &path).header("authorization", bearer.clone());
    assert_eq!(posted.send().await.ok(405), json!({"message": "Method Not Allowed"}));
    scene.clock.advance(1_798 * SECOND);
    scene.get("queues").await.ok(200);
    scene.clock.advance(SECOND);
    assert_eq!(scene.get("queues").await.ok(401), unauthorized, "expired");
}

#[tokio::test]
async fn as_xml() {
    let scene = Scene::new().await;
    let xml = async |path: &str| {
        let ask = scene.world.get(&format!("{BASE}/{path}"));
        let ask = ask.header("authorization", format!("Bearer {}", scene.token));
        ask.header("accept", "application/xml").send().await
    };
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let single = xml("queues/101?metrics=entered.today,avgDivertedTime.today").await;
    assert_eq!(single.header("content-type"), Some("application/xml; charset=utf-8"));
    let metrics = "<metrics><metrics><key>avgDivertedTime.today</key><value/></metrics>\
        <metrics><key>entered.today</key><value>0</value></metrics></metrics>";
    let expected =
        format!("{head}<MetricsResponse id=\"101\" name=\"Standard\">{metrics}</MetricsResponse>");
    assert_eq!(single.text, expected);
    let list = xml("groups?summary=true").await;
    let expected = format!(
        "{head}<UnmodifiableRandomAccessList><item id=\"1\" name=\"Front line\"></item></UnmodifiableRandomAccessList>"
    );
    assert_eq!(list.text, expected);
    let json_only = xml("agents?summary=true").await;
    assert_eq!(json_only.header("content-type"), Some("application/json; charset=utf-8"));
}

#[tokio::test]
async fn answers_fit_the_published_description() {
    let file = "8x8_analytics_for_contact_center_real-time_metrics_api.json";
    let Some(mut vendor) = Vendor::open(file) else { return };
    // Quirks of the description (docs/contracts/real-time-metrics.md): a value is also null, a word or a list; the
    // totals have no id; values by name are numbers where it says strings.
    vendor.change("/components/schemas/MetricItem/properties/value", json!({}));
    for name in ["SingleQueueResponse", "SingleAgentResponse", "SingleAgentWithMetricsResponse"] {
        let id = format!("/components/schemas/{name}/properties/id");
        vendor.change(&id, json!({"type": ["string", "null"]}));
    }
    let mapped =
        "/components/schemas/AgentsInQueueResponse/properties/metrics/additionalProperties";
    vendor.change(mapped, json!({}));
    let scene = Scene::new().await;
    scene.a_morning().await;
    let ana = agent_id("ana");
    // It describes most lists as their elements.
    for (path, schema) in [
        ("queues?includeTotals=true".to_owned(), "MultiQueueResponse"),
        ("queues/101".to_owned(), "MultiQueueResponse"),
        ("queues/101/agents?includeTotals=true".to_owned(), "MultiAgentResponse"),
        (format!("queues/101/agents/{ana}"), "MultiAgentResponse"),
        ("groups".to_owned(), "MultiQueueResponse"),
        ("groups/1".to_owned(), "MultiQueueResponse"),
        ("groups/1/agents".to_owned(), "MultiAgentResponse"),
        (format!("groups/1/agents/{ana}"), "MultiAgentResponse"),
        ("agents?includeTotals=true".to_owned(), "AgentsResponse"),
        ("agents-in-queue-groups?showEnabledAgents=true".to_owned(), "AgentsInQueueGroupsResponse"),
    ] {
        let body = scene.get(&path).await.ok(200);
        vendor.matches(&vendor.schema(schema), &body);
    }
    vendor.fits("get", "/agents", &scene.get("agents").await);
    vendor.fits("get", "/agents-in-queue-groups", &scene.get("agents-in-queue-groups").await);
    for (path, asked) in [("/queues", "queues?size=1001"), ("/queues/{id}", "queues/7")] {
        vendor.fits("get", path, &scene.get(asked).await);
    }
    // Every metric that it names is understood.
    for (path, asked) in [
        ("/queues", "queues".to_owned()),
        ("/queues/{queueId}/agents", "queues/101/agents".to_owned()),
        ("/groups", "groups".to_owned()),
        ("/groups/{groupId}/agents", "groups/1/agents".to_owned()),
        ("/agents", "agents".to_owned()),
        ("/agents-in-queue-groups", "agents-in-queue-groups".to_owned()),
    ] {
        for metric in vendor.examples("get", path, "metrics") {
            let answer = scene.get(&format!("{asked}?metrics={metric}")).await;
            assert_eq!(answer.status, 200, "{path} {metric}: {}", answer.text);
        }
    }
}
