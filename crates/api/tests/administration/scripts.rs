//! Scripts: drawn, checked, tried, published, taken back.

use serde_json::{Value, json};

use super::{location, put};
use crate::util::{NUMBER, Person, World};

fn flow(text: &str) -> Value {
    json!({
        "start": "hello",
        "nodes": {
            "hello": {"label": "hello", "kind": {"say": {"text": text}}, "exits": {"next": "bye"}},
            "bye": {"label": "bye", "kind": "disconnect"},
        },
        "tests": [{
            "name": "ends",
            "expect": {"through": [{"node": "hello", "exit": "next"}], "end": "disconnect"},
        }],
    })
}

async fn make(world: &World, ada: &Person, flow: &Value) -> String {
    let body = json!({"name": "New", "flow": flow});
    location(&world.post("/admin/v1/scripts").bearer(ada).json(&body).send().await)
}

async fn publish(world: &World, ada: &Person, path: &str, seen: &str) -> crate::util::Answer {
    let ask = world.post(&format!("{path}/publish")).bearer(ada).header("if-match", seen);
    ask.send().await
}

#[tokio::test]
async fn a_draft_is_published_and_an_earlier_version_comes_back() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let path = make(&world, &ada, &flow("Hello.")).await;
    let draft = world.get(&path).bearer(&ada).send().await.ok(200);
    assert_eq!((&draft["publishedVersion"], &draft["draftDiffers"]), (&Value::Null, &json!(true)));
    let published = publish(&world, &ada, &path, "\"1\"").await.ok(200);
    let seen = |item: &Value| (item["publishedVersion"].clone(), item["draftDiffers"].clone());
    assert_eq!(seen(&published), (json!(1), json!(false)));
    publish(&world, &ada, &path, "\"1\"").await.is(412, "changedMeanwhile");
    let body = json!({"name": "New", "flow": flow("Good day."), "layout": {"bye": [3, 4]}});
    let saved = put(&world, &ada, &path, "\"2\"").json(&body).send().await.ok(200);
    assert_eq!(seen(&saved), (json!(1), json!(true)));
    publish(&world, &ada, &path, "\"3\"").await.ok(200);
    let versions = world.get(&format!("{path}/versions?limit=1")).bearer(&ada).send().await.ok(200);
    let newest = &versions["items"][0];
    assert_eq!((&newest["version"], &newest["by"]["name"]), (&json!(2), &json!("ada")));
    assert!(newest["publishedAt"].is_u64() && newest.get("flow").is_none(), "{newest}");
    assert_eq!(versions["next"], 2);
    let first = world.get(&format!("{path}/versions/1")).bearer(&ada).send().await.ok(200);
    assert_eq!(first["flow"]["nodes"]["hello"]["kind"]["say"]["text"], "Hello.");
    let restore = world.post(&format!("{path}/versions/1/restore")).bearer(&ada);
    let restored = restore.header("if-match", "\"4\"").send().await.ok(200);
    assert_eq!(seen(&restored), (json!(2), json!(true)));
    assert_eq!(restored["flow"], first["flow"]);
    assert_eq!(restored["layout"], json!({"bye": [3, 4]}));
    let rolled_back = publish(&world, &ada, &path, "\"5\"").await.ok(200);
    assert_eq!(seen(&rolled_back), (json!(3), json!(false)));
    let list = world.get("/admin/v1/scripts").bearer(&ada).send().await.ok(200);
    assert!(list["items"][0].get("flow").is_none(), "{list}");
    assert_eq!(list["items"][0]["channels"][0]["address"], NUMBER);
    let missing = format!("{path}/versions/9");
    world.get(&missing).bearer(&ada).send().await.is(404, "notFound");
}

#[tokio::test]
async fn all_that_keeps_a_draft_from_being_published_is_told() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let mut broken = flow("A {stray} brace");
    broken["nodes"]["hello"]["exits"]["next"] = json!("nowhere");
    let path = make(&world, &ada, &broken).await;
    let refused = publish(&world, &ada, &path, "\"1\"").await.is(400, "invalidScript");
    let fields: Vec<&Value> =
        refused["faults"].as_array().unwrap().iter().map(|fault| &fault["field"]).collect();
    assert!(fields.contains(&&json!("flow.nodes[hello].exits.next")), "{refused}");
    let mut failing = flow("Hello.");
    failing["tests"][0]["expect"]["end"] = json!("ranOff");
    let path = make(&world, &ada, &failing).await;
    let refused = publish(&world, &ada, &path, "\"1\"").await.is(400, "invalidScript");
    assert_eq!(refused["faults"][0]["field"], "flow.tests[0]");
}

#[tokio::test]
async fn flows_are_checked_and_tried_without_being_saved() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let post = |path: &str, body: Value| world.post(path).bearer(&ada).json(&body).send();
    let mut lost = flow("Hello.");
    lost["nodes"]["bye"] = json!({"label": "bye", "kind": {"toQueue": {"queue": 999}}});
    let found = post("/admin/v1/flows/lint", json!({"flow": lost})).await.ok(200);
    let found = found["findings"].as_array().unwrap().clone();
    let queue = found.iter().find(|finding| finding["field"] == "kind.toQueue.queue").unwrap();
    assert_eq!((&queue["severity"], &queue["node"]), (&json!("error"), &json!("bye")));
    let tried = post("/admin/v1/flows/test", json!({"flow": flow("Hello.")})).await.ok(200);
    let report = &tried["reports"][0];
    assert_eq!((&report["passed"], &report["end"]), (&json!(true), &json!("disconnect")));
    assert_eq!(report["steps"][0]["said"], json!(["Hello."]));
    let test = json!({"name": "other", "expect": {"end": "ranOff"}});
    let body = json!({"flow": flow("Hello."), "test": test});
    let tried = post("/admin/v1/flows/test", body).await.ok(200);
    assert_eq!(tried["reports"][0]["passed"], false);
    assert!(tried["reports"][0]["faults"][0].as_str().unwrap().starts_with("ended in"));
    let mut typo = flow("Hello.");
    typo["nodes"]["hello"]["kind"]["say"]["txt"] = json!("x");
    let refused = post("/admin/v1/flows/lint", json!({"flow": typo})).await.is(400, "invalid");
    assert_eq!(refused["field"], "flow.nodes.hello.kind.txt");
    let palette = world.get("/admin/v1/flows/palette").bearer(&ada).send().await.ok(200);
    let kinds: Vec<&Value> =
        palette["kinds"].as_array().unwrap().iter().map(|kind| &kind["kind"]).collect();
    assert!(kinds.contains(&&json!("testVariable")), "{kinds:?}");
}

#[tokio::test]
async fn a_call_goes_by_what_is_published_and_is_seen_in_its_node() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    world.call().await;
    let live = world.get("/admin/v1/scripts/1/live").bearer(&ada).send().await.ok(200);
    assert_eq!(live["nodes"], json!([{"version": 1, "node": "menu", "count": 1}]));
    world.get("/admin/v1/scripts/99/live").bearer(&ada).send().await.is(404, "notFound");
}
