//! What programs come in with, as administrators make it anew: shown once, and the old one dead at once.

use axum::http::Method;
use serde_json::{Value, json};

use crate::util::{Answer, Person, TENANT, World, basic, text};

const TOKEN: &str = "/admin/v1/api-token";
const CRM: &str = "/admin/v1/crm-api";
const KEYS: &str = "/admin/v1/api-keys";

async fn get(world: &World, ada: &Person, path: &str) -> Answer {
    world.get(path).bearer(ada).send().await
}

async fn save(world: &World, ada: &Person, path: &str, revision: &str, body: &Value) -> Answer {
    world.put(path).bearer(ada).header("if-match", revision).json(body).send().await
}

/// Whether a token opens something.
async fn opens(world: &World, token: &str, path: &str) -> u16 {
    world.get(path).header("authorization", basic(TENANT, token)).send().await.status
}

#[tokio::test]
async fn a_token_made_anew_takes_the_place_of_the_old_one() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let none = json!({"madeAt": null, "by": null});
    let before = get(&world, &ada, TOKEN).await.ok(200);
    assert_eq!(before["dataRequestToken"], none);
    for (which, field, old, path) in [
        (
            "data-request-token",
            "dataRequestToken",
            &world.data_token,
            "/api/rtstats/stats/queue/101.json",
        ),
        (
            "action-request-token",
            "actionRequestToken",
            &world.action_token,
            "/api/v1/tenants/acmecorp01/agentstatus/agents",
        ),
    ] {
        assert_eq!(opens(&world, old.reveal(), path).await, 200, "{path}");
        let renew = world.post(&format!("{TOKEN}/{which}")).bearer(&ada);
        let new = renew.header("idempotency-key", "k").send().await.ok(201);
        assert_eq!(new["username"], TENANT);
        assert_eq!(opens(&world, old.reveal(), path).await, 401, "{which}");
        assert_eq!(opens(&world, &text(&new["token"]), path).await, 200, "{which}");
        let shown = get(&world, &ada, TOKEN).await;
        assert!(!shown.text.contains(&text(&new["token"])));
        assert_eq!(shown.ok(200)[field]["by"]["name"], "ada");
        assert!(shown.json()[field]["madeAt"].is_u64());
        let again = world.post(&format!("{TOKEN}/{which}")).bearer(&ada);
        again.header("idempotency-key", "k").send().await.is(409, "shownOnce");
        assert_eq!(opens(&world, &text(&new["token"]), path).await, 200, "a repetition makes none");
    }
}

#[tokio::test]
async fn two_tokens_made_at_the_same_time_do_not_undo_each_other() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let renew = async |which: &str| {
        let answer = world.post(&format!("{TOKEN}/{which}")).bearer(&ada).send().await;
        text(&answer.ok(201)["token"])
    };
    let (data, action) = tokio::join!(renew("data-request-token"), renew("action-request-token"));
    assert_eq!(opens(&world, &data, "/api/rtstats/stats/queue/101.json").await, 200);
    let agents = "/api/v1/tenants/acmecorp01/agentstatus/agents";
    assert_eq!(opens(&world, &action, agents).await, 200);
}

#[tokio::test]
async fn the_crm_api_is_set_up() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let before = get(&world, &ada, CRM).await;
    assert_eq!(before.header("etag"), Some("\"0\""));
    let expected = json!({"enabled": false, "username": "crm", "rights": [], "revision": 0});
    assert_eq!(before.ok(200), expected);
    let body =
        json!({"enabled": true, "username": "acme-crm", "rights": ["casesGet", "customersAdd"]});
    world.put(CRM).bearer(&ada).json(&body).send().await.is(428, "preconditionRequired");
    let saved = save(&world, &ada, CRM, "\"0\"", &body).await;
    assert_eq!(saved.header("etag"), Some("\"1\""));
    let rights = json!(["customersAdd", "casesGet"]);
    assert_eq!(
        (&saved.ok(200)["rights"], &saved.json()["username"]),
        (&rights, &json!("acme-crm"))
    );
    save(&world, &ada, CRM, "\"0\"", &body).await.is(412, "changedMeanwhile");
    for (field, body) in [
        ("rights[0]", json!({"enabled": true, "username": "a", "rights": ["customersDelete"]})),
        ("rights[1]", json!({"enabled": true, "username": "a", "rights": ["faqGet", "faqGet"]})),
        ("username", json!({"enabled": true, "username": "a:b", "rights": []})),
        ("enabled", json!({"username": "a", "rights": []})),
    ] {
        let refused = save(&world, &ada, CRM, "\"1\"", &body).await.is(400, "invalid");
        assert_eq!(refused["field"], field);
    }
    let made = world.post(&format!("{CRM}/password")).bearer(&ada).send().await.ok(201);
    assert_eq!(made["username"], "acme-crm");
    assert!(made["password"].as_str().unwrap().len() > 40);
    let agents = "/api/v1/tenants/acmecorp01/agentstatus/agents";
    assert_eq!(opens(&world, world.action_token.reveal(), agents).await, 200, "others stay");
}

#[tokio::test]
async fn keys_are_made_changed_and_revoked() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let body = json!({"name": "Reports", "products": ["analytics"], "withSecret": true});
    let create = world.post(KEYS).bearer(&ada).json(&body).send().await;
    let made = create.ok(201);
    let id = text(&made["id"]);
    let path = format!("{KEYS}/{id}");
    assert_eq!(create.header("location"), Some(&*path));
    assert_eq!((create.header("etag"), &made["revision"]), (Some("\"1\""), &json!(1)));
    let (key, secret) = (text(&made["key"]), text(&made["secret"]));
    assert!(key.starts_with("eght_"));
    let issue = async || {
        let ask = world.post("/oauth/v2/token").header("authorization", basic(&key, &secret));
        ask.body("grant_type=client_credentials").send().await
    };
    let token = format!("Bearer {}", text(&issue().await.ok(200)["access_token"]));
    let metrics = async || {
        let path = "/analytics/cc/v5/realtime-metrics/queues?metrics=entered.today";
        world.get(path).header("authorization", token.clone()).send().await.status
    };
    assert_eq!(metrics().await, 200);

    let one = get(&world, &ada, &path).await;
    assert!(!one.text.contains(&key) && !one.text.contains(&secret), "{}", one.text);
    let expected = json!({"id": id, "name": "Reports", "products": ["analytics"],
        "withSecret": true, "revision": 1});
    assert_eq!(one.ok(200), expected);
    let change = json!({"name": "Schedules", "products": ["schedules"]});
    let changed = save(&world, &ada, &path, "\"1\"", &change).await.ok(200);
    assert_eq!((&changed["name"], &changed["revision"]), (&json!("Schedules"), &json!(2)));
    assert_eq!(metrics().await, 403, "its tokens open no more than it does");
    save(&world, &ada, &path, "\"1\"", &change).await.is(412, "changedMeanwhile");

    let revoke = |revision: &str| {
        let ask = world.ask(Method::DELETE, &path).bearer(&ada);
        ask.header("if-match", revision).send()
    };
    revoke("\"1\"").await.is(412, "changedMeanwhile");
    revoke("\"2\"").await.ok(204);
    assert_eq!(metrics().await, 401);
    assert_eq!(issue().await.status, 401);
    get(&world, &ada, &path).await.is(404, "notFound");
    for (field, body) in [
        ("name", json!({"products": ["analytics"]})),
        ("products", json!({"name": "x", "products": []})),
        ("products[0]", json!({"name": "x", "products": ["everything"]})),
    ] {
        let refused = world.post(KEYS).bearer(&ada).json(&body).send().await.is(400, "invalid");
        assert_eq!(refused["field"], field);
    }
}

#[tokio::test]
async fn keys_come_in_pages() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let mut seen = Vec::new();
    let mut path = format!("{KEYS}?limit=2");
    loop {
        let page = get(&world, &ada, &path).await.ok(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| text(&item["id"])));
        match page["next"].as_str() {
            Some(next) => path = format!("{KEYS}?limit=2&after={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 3, "those of the world");
    assert!(seen.is_sorted());
    get(&world, &ada, &format!("{KEYS}?limit=201")).await.is(400, "invalid");
}

#[tokio::test]
async fn all_of_this_is_for_administrators() {
    let world = World::new().await;
    let ana = world.login("ana").await;
    for path in [TOKEN, CRM, KEYS, "/admin/v1/secret-links"] {
        get(&world, &ana, path).await.is(403, "forbidden");
        world.get(path).send().await.is(401, "unauthenticated");
    }
    let renew = world.post(&format!("{TOKEN}/data-request-token")).bearer(&ana).send().await;
    renew.is(403, "forbidden");
}
