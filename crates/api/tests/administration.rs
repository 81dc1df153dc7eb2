//! Settings over `/admin/v1`: what is alike in all kinds, by one table, and what only some have.

use serde_json::{Value, json};

use crate::util::{Answer, Ask, OTHER, Person, World, agent_id};

mod people;
mod scripts;

/// A kind of setting, as a table's row.
struct Kind {
    path: &'static str,
    /// What can be made.
    body: Value,
    /// A change to it.
    change: (&'static str, Value),
    /// A change that is refused, the field that is named, and why.
    wrong: (&'static str, Value, &'static str, &'static str),
    /// One that is there and used, and by what.
    used: Option<(&'static str, &'static str)>,
}

fn queue() -> Value {
    json!({
        "name": "Returns", "mediaType": "phone", "priority": 50,
        "required": [{"skillId": 1, "level": 5}], "preferred": [1],
        "rings": [{"afterMs": 1000, "relax": [{"skillId": 1, "level": null}]}],
        "offerMs": 20000, "declineMs": 0, "onReject": "stay", "onTimeout": "break",
        "wrapUpMs": 0, "codesRequired": false, "waitingMax": 10,
        "serviceLevel": {"targetPercent": 80, "thresholdMs": 20000}, "recorded": false,
    })
}

fn agent() -> Value {
    json!({
        "name": "Eve", "skills": [{"skillId": 1, "level": 5}], "queueIds": [101],
        "capacity": {"phone": 1}, "groupId": 1,
    })
}

fn user() -> Value {
    json!({
        "name": "Eve", "email": "Eve@acmecorp01.example", "role": "supervisor",
        "permissions": ["monitor"], "agentId": null, "password": "correct horse",
    })
}

fn kinds() -> Vec<Kind> {
    work().into_iter().chain(words()).collect()
}

/// Who works, on what, reached how.
fn work() -> Vec<Kind> {
    let level = json!([{"skillId": 1, "level": 11}]);
    let channel =
        json!({"name": "New", "mediaType": "phone", "address": "18005550000", "scriptId": 1});
    let row = |path, body, change, wrong, used| Kind { path, body, change, wrong, used };
    vec![
        row(
            "skills",
            json!({"name": "French"}),
            ("name", json!("German")),
            ("name", json!(""), "name", "Is empty."),
            Some(("1", "Queue Spanish and 2 more use it.")),
        ),
        row(
            "groups",
            json!({"name": "Night"}),
            ("name", json!("Day")),
            ("name", json!(7), "name", "Must be a string."),
            Some(("1", "Agent Ana Ruiz and 2 more use it.")),
        ),
        row(
            "queues",
            queue(),
            ("priority", json!(60)),
            ("offerMs", json!(1), "offerMs", "At least 1000."),
            Some(("101", "Agent Ana Ruiz and 3 more use it.")),
        ),
        row(
            "agents",
            agent(),
            ("queueIds", json!([])),
            ("skills", level, "skills[0].level", "At most 10."),
            None,
        ),
        row(
            "users",
            user(),
            ("role", json!("agent")),
            ("agentId", json!(agent_id("nobody")), "agentId", "No such agent."),
            None,
        ),
        row(
            "channels",
            channel,
            ("address", json!("18005550001")),
            ("scriptId", json!(9), "scriptId", "No such script, or none that is published."),
            None,
        ),
    ]
}

/// Hours, codes, scripts and webhooks.
fn words() -> Vec<Kind> {
    let week = json!([{"weekday": 8, "fromMinute": 0, "toMinute": 60}]);
    let schedule = json!({"name": "Night", "timeZone": "UTC", "open": [], "exceptions": []});
    let busy = json!({"code": "tired", "text": "Tired", "of": "onBreak"});
    let row = |path, body, change, wrong, used| Kind { path, body, change, wrong, used };
    vec![
        row(
            "schedules",
            schedule,
            ("timeZone", json!("Europe/Paris")),
            ("open", week, "open[0].weekday", "1 (Monday) to 7 (Sunday)."),
            None,
        ),
        row(
            "reasons",
            busy,
            ("text", json!("Very tired")),
            (
                "of",
                json!("asleep"),
                "of",
                "Must be one of: loggedOut, onBreak, available, workOffline, reject.",
            ),
            None,
        ),
        row(
            "transaction-codes",
            json!({"text": "Return", "parentId": null}),
            ("parentId", json!(1)),
            ("parentId", json!(99), "parentId", "No such transaction code."),
            None,
        ),
        row(
            "scripts",
            json!({"name": "New", "flow": {"start": "", "nodes": {}}}),
            ("layout", json!({"a": [1, -2]})),
            ("flow", json!({"start": 1}), "flow.start", "Must be a string."),
            Some(("1", "Channel Main line uses it.")),
        ),
        row(
            "webhooks",
            json!({"name": "Warehouse", "uri": "https://example.com/", "events": [], "enabled": true}),
            ("enabled", json!(false)),
            ("events", json!(["Other"]), "events[0]", "There is no such event."),
            None,
        ),
    ]
}

impl Kind {
    fn path(&self) -> String {
        format!("/admin/v1/{}", self.path)
    }
}

fn with(body: &Value, (field, value): (&str, &Value)) -> Value {
    let mut body = body.clone();
    body[field] = value.clone();
    body
}

pub(crate) fn put<'w>(world: &'w World, by: &Person, path: &str, seen: &str) -> Ask<'w> {
    world.put(path).bearer(by).header("if-match", seen)
}

pub(crate) fn delete<'w>(world: &'w World, by: &Person, path: &str, seen: &str) -> Ask<'w> {
    world.ask(axum::http::Method::DELETE, path).bearer(by).header("if-match", seen)
}

/// The path of what was made.
pub(crate) fn location(made: &Answer) -> String {
    made.header("location").expect("it is made").to_owned()
}

#[tokio::test]
async fn every_kind_is_made_read_replaced_and_deleted() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    for kind in kinds() {
        let made = world.post(&kind.path()).bearer(&ada).json(&kind.body).send().await;
        let item = made.ok(201);
        assert_eq!((made.header("etag"), &item["revision"]), (Some("\"1\""), &json!(1)));
        let path = location(&made);
        let read = world.get(&path).bearer(&ada).send().await;
        assert_eq!((read.ok(200), read.header("etag")), (item.clone(), Some("\"1\"")), "{path}");
        // What was answered can be sent back.
        let changed = with(&item, (kind.change.0, &kind.change.1));
        let saved = put(&world, &ada, &path, "\"1\"").json(&changed).send().await;
        assert_eq!(saved.header("etag"), Some("\"2\""), "{}", saved.text);
        assert_eq!(saved.json()[kind.change.0], kind.change.1);
        let stale = put(&world, &ada, &path, "\"1\"").json(&changed).send().await;
        stale.is(412, "changedMeanwhile");
        delete(&world, &ada, &path, "\"1\"").send().await.is(412, "changedMeanwhile");
        world.put(&path).bearer(&ada).json(&changed).send().await.is(428, "preconditionRequired");
        delete(&world, &ada, &path, "W/\"2\"").send().await.is(400, "invalid");
        delete(&world, &ada, &path, "\"2\"").send().await.ok(204);
        world.get(&path).bearer(&ada).send().await.is(404, "notFound");
        put(&world, &ada, &path, "\"3\"").json(&changed).send().await.is(404, "notFound");
    }
}

#[tokio::test]
async fn what_is_wrong_is_named_as_it_came_in() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    for kind in kinds() {
        let (field, value, named, why) = &kind.wrong;
        let body = with(&kind.body, (field, value));
        let refused = world.post(&kind.path()).bearer(&ada).json(&body).send().await;
        let refused = refused.is(400, "invalid");
        assert_eq!((&refused["field"], &refused["message"]), (&json!(named), &json!(why)));
        let body = with(&kind.body, ("other", &json!(1)));
        let refused = world.post(&kind.path()).bearer(&ada).json(&body).send().await;
        assert_eq!(refused.is(400, "invalid")["field"], "other", "{}", kind.path);
    }
}

#[tokio::test]
async fn what_is_used_is_not_deleted_and_it_says_by_what() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    for kind in kinds() {
        let Some((id, by)) = kind.used else { continue };
        let path = format!("{}/{id}", kind.path());
        let refused = delete(&world, &ada, &path, "\"1\"").send().await.is(409, "inUse");
        assert_eq!(refused["message"], by, "{path}");
    }
}

#[tokio::test]
async fn only_administrators_of_the_tenant_come_in() {
    let world = World::new().await;
    let (ada, ana, sam) =
        (world.login("ada").await, world.login("ana").await, world.login("sam").await);
    let body =
        json!({"email": format!("ada@{OTHER}.example"), "password": "correct horse battery"});
    let other = world.post("/auth/v1/login").json(&body).send().await.ok(200);
    let other = Person { token: other["token"].as_str().unwrap().to_owned(), ..ada.clone() };
    for kind in kinds() {
        world.get(&kind.path()).send().await.is(401, "unauthenticated");
        for by in [&ana, &sam] {
            world.get(&kind.path()).bearer(by).send().await.is(403, "forbidden");
            let made = world.post(&kind.path()).bearer(by).json(&kind.body).send().await;
            made.is(403, "forbidden");
        }
        let made = world.post(&kind.path()).bearer(&ada).json(&kind.body).send().await;
        let path = location(&made);
        world.get(&path).bearer(&other).send().await.is(404, "notFound");
        delete(&world, &other, &path, "\"1\"").send().await.is(404, "notFound");
        for nothing in ["x", "-1", "4294967296", "99999"] {
            let path = format!("{}/{nothing}", kind.path());
            world.get(&path).bearer(&ada).send().await.is(404, "notFound");
        }
    }
}

#[tokio::test]
async fn lists_have_pages() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    for name in ["b", "c", "d", "e"] {
        world
            .post("/admin/v1/skills")
            .bearer(&ada)
            .json(&json!({"name": name}))
            .send()
            .await
            .ok(201);
    }
    let page = async |query: &str| {
        let path = format!("/admin/v1/skills?{query}");
        world.get(&path).bearer(&ada).send().await.ok(200)
    };
    let names = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items.map(|item| item["name"].as_str().unwrap().to_owned()).collect()
    };
    let first = page("limit=3").await;
    assert_eq!((names(&first).len(), &first["next"]), (3, &json!(3)));
    let second = page("limit=3&after=3").await;
    assert_eq!((names(&second), &second["next"]), (vec!["d".into(), "e".into()], &Value::Null));
    assert_eq!(page("after=5").await["items"], json!([]));
    for wrong in ["limit=0", "limit=201", "limit=x", "after=x"] {
        let path = format!("/admin/v1/skills?{wrong}");
        world.get(&path).bearer(&ada).send().await.is(400, "invalid");
    }
}

#[tokio::test]
async fn the_same_key_makes_and_changes_once() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let make = || {
        let ask = world.post("/admin/v1/skills").bearer(&ada).header("idempotency-key", "k");
        ask.json(&json!({"name": "French"})).send()
    };
    let made = make().await.ok(201);
    assert_eq!(make().await.ok(201), made);
    let path = format!("/admin/v1/skills/{}", made["id"]);
    let change = || {
        let ask = put(&world, &ada, &path, "\"1\"").header("idempotency-key", "k");
        ask.json(&json!({"name": "German"})).send()
    };
    assert_eq!(change().await.ok(200)["revision"], 2);
    assert_eq!(change().await.ok(200)["revision"], 2);
    let remove = || delete(&world, &ada, &path, "\"2\"").header("idempotency-key", "k").send();
    remove().await.ok(204);
    remove().await.ok(204);
}

#[tokio::test]
async fn of_two_administrators_who_save_at_once_one_is_told() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let save = |name: &str| {
        let body = json!({"name": name});
        put(&world, &ada, "/admin/v1/skills/1", "\"1\"").json(&body).send()
    };
    let (one, other) = tokio::join!(save("one"), save("other"));
    let mut both = [one.status, other.status];
    both.sort_unstable();
    assert_eq!(both, [200, 412]);
    let make = || world.post("/admin/v1/skills").bearer(&ada).json(&json!({"name": "x"})).send();
    let (one, other) = tokio::join!(make(), make());
    assert_ne!(one.ok(201)["id"], other.ok(201)["id"], "each has a number of its own");
}

#[tokio::test]
async fn the_tenant_is_one() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let path = "/admin/v1/tenant";
    let read = world.get(path).bearer(&ada).send().await;
    let mut tenant = read.ok(200);
    assert_eq!((&tenant["tenantId"], read.header("etag")), (&json!("acmecorp01"), Some("\"1\"")));
    tenant["timeZone"] = json!("Mars/Olympus");
    let refused = put(&world, &ada, path, "\"1\"").json(&tenant).send().await.is(400, "invalid");
    assert_eq!(refused["field"], "timeZone");
    tenant["timeZone"] = json!("UTC");
    let saved = put(&world, &ada, path, "\"1\"").json(&tenant).send().await.ok(200);
    assert_eq!((&saved["timeZone"], &saved["revision"]), (&json!("UTC"), &json!(2)));
    put(&world, &ada, path, "\"1\"").json(&tenant).send().await.is(412, "changedMeanwhile");
}

#[tokio::test]
async fn an_entry_named_twice_is_refused() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let twice = json!([{"skillId": 1, "level": 5}, {"skillId": 1, "level": 6}]);
    let body = with(&agent(), ("skills", &twice));
    let refused = world.post("/admin/v1/agents").bearer(&ada).json(&body).send().await;
    assert_eq!(refused.is(400, "invalid")["field"], "skills[1].skillId");
    let gone =
        json!([{"afterMs": 1, "relax": [{"skillId": 1, "level": 1}, {"skillId": 8, "level": 1}]}]);
    let body = with(&queue(), ("rings", &gone));
    let refused = world.post("/admin/v1/queues").bearer(&ada).json(&body).send().await;
    assert_eq!(refused.is(400, "invalid")["field"], "rings[0].relax[1].skillId");
}
