//! One-time links, from making to opening.

use axum::http::Method;
use engine::{Clock, ManualClock};
use model::Timestamp;
use serde_json::{Value, json};

use crate::util::{Answer, Person, World, text};

const LINKS: &str = "/admin/v1/secret-links";
const SECRET: &str = "4711-do-not-tell";
const HOUR: u64 = 60 * 60 * 1_000;

async fn make(world: &World, ada: &Person, passphrase: Option<&str>) -> (u64, String) {
    let items = json!([{"label": "Token", "value": SECRET}, {"label": "User", "value": "acme"}]);
    let body = json!({"title": "Keys of Acme", "items": items, "expiresInMs": HOUR,
        "passphrase": passphrase});
    let made = world.post(LINKS).bearer(ada).json(&body).send().await.ok(201);
    let url = text(&made["url"]);
    let token = url.strip_prefix("/handover#").expect("behind the hash").to_owned();
    (made["id"].as_u64().unwrap(), token)
}

async fn look(world: &World, token: &str) -> Answer {
    world.post("/handover/v1/look").json(&json!({ "token": token })).send().await
}

async fn open(world: &World, token: &str, passphrase: Option<&str>) -> Answer {
    let body = json!({"token": token, "passphrase": passphrase});
    world.post("/handover/v1/open").json(&body).send().await
}

async fn state(world: &World, ada: &Person, id: u64) -> Value {
    let listed = world.get(LINKS).bearer(ada).send().await;
    assert!(!listed.text.contains(SECRET), "{}", listed.text);
    let listed = listed.ok(200);
    let items = listed["items"].as_array().unwrap();
    items.iter().find(|item| item["id"] == id).unwrap()["state"].clone()
}

#[tokio::test]
async fn a_link_opens_once() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let (id, token) = make(&world, &ada, None).await;
    for _ in 0..2 {
        let seen = look(&world, &token).await;
        assert!(!seen.text.contains(SECRET));
        let seen = seen.ok(200);
        assert_eq!(
            (&seen["title"], &seen["needsPassphrase"]),
            (&json!("Keys of Acme"), &json!(false))
        );
        assert!(seen["expiresAt"].is_u64());
    }
    assert_eq!(state(&world, &ada, id).await, "waiting");
    let opened = open(&world, &token, None).await.ok(200);
    let items = json!([{"label": "Token", "value": SECRET}, {"label": "User", "value": "acme"}]);
    assert_eq!(opened, json!({"title": "Keys of Acme", "items": items}));
    open(&world, &token, None).await.is(404, "gone");
    look(&world, &token).await.is(404, "gone");
    assert_eq!(state(&world, &ada, id).await, "opened");
}

#[tokio::test]
async fn of_many_who_open_it_at_once_one_does() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    for passphrase in [None, Some("open sesame")] {
        let (_, token) = make(&world, &ada, passphrase).await;
        let both = async || open(&world, &token, passphrase).await.status;
        let (a, b, c, d) = tokio::join!(both(), both(), both(), both());
        let mut statuses = [a, b, c, d];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 404, 404, 404], "{passphrase:?}");
    }
}

#[tokio::test]
async fn five_wrong_passphrases_destroy_it() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let (id, token) = make(&world, &ada, Some("open sesame")).await;
    assert_eq!(look(&world, &token).await.ok(200)["needsPassphrase"], true);
    let missing = open(&world, &token, None).await.is(400, "invalid");
    assert_eq!(missing["field"], "passphrase");
    for n in 0..4 {
        open(&world, &token, Some(&format!("guess {n}"))).await.is(403, "wrongPassphrase");
    }
    assert_eq!(state(&world, &ada, id).await, "waiting");
    open(&world, &token, Some("guess 4")).await.is(403, "wrongPassphrase");
    assert_eq!(state(&world, &ada, id).await, "destroyed");
    open(&world, &token, Some("open sesame")).await.is(404, "gone");
    // Many at the same time are as many tries.
    let (_, token) = make(&world, &ada, Some("open sesame")).await;
    let guess = async || open(&world, &token, Some("wrong")).await.status;
    let guesses = tokio::join!(guess(), guess(), guess(), guess(), guess(), guess(), guess());
    let (a, b, c, d, e, f, g) = guesses;
    let looked_at = [a, b, c, d, e, f, g].into_iter().filter(|status| *status == 403).count();
    assert_eq!(looked_at, 5);
    open(&world, &token, Some("open sesame")).await.is(404, "gone");
    let (_, token) = make(&world, &ada, Some("open sesame")).await;
    open(&world, &token, Some("open Sesame")).await.is(403, "wrongPassphrase");
    open(&world, &token, Some("open sesame")).await.ok(200);
}

#[tokio::test]
async fn its_time_ends_and_it_can_be_taken_back() {
    let clock = ManualClock::new(Timestamp(1_800_000_000_000));
    let world = World::with(Clock::Manual(clock.clone()), |_| {}).await;
    let ada = world.login("ada").await;
    let ((late, late_token), (back, back_token)) =
        (make(&world, &ada, None).await, make(&world, &ada, None).await);
    let revoke = async |id: u64| {
        world.ask(Method::DELETE, &format!("{LINKS}/{id}")).bearer(&ada).send().await
    };
    revoke(back).await.ok(204);
    open(&world, &back_token, None).await.is(404, "gone");
    assert_eq!(state(&world, &ada, back).await, "revoked");
    revoke(back).await.is(409, "gone");
    revoke(99).await.is(404, "notFound");
    clock.advance(HOUR);
    open(&world, &late_token, None).await.is(404, "gone");
    assert_eq!(state(&world, &ada, late).await, "expired");
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let item = json!({"label": "a", "value": "b"});
    let body = |items: Value, ms: u64| json!({"title": "x", "items": items, "expiresInMs": ms});
    for (field, body) in [
        ("title", json!({"items": [item], "expiresInMs": HOUR})),
        ("items", body(json!([]), HOUR)),
        ("items", body(vec![item.clone(); 21].into(), HOUR)),
        ("items[1].value", body(json!([item, {"label": "a"}]), HOUR)),
        ("items[0].x", body(json!([{"label": "a", "value": "b", "x": 1}]), HOUR)),
        ("items[0]", body(json!(["a"]), HOUR)),
        ("expiresInMs", body(json!([item]), 59_999)),
        ("expiresInMs", body(json!([item]), 30 * 24 * HOUR + 1)),
    ] {
        let refused = world.post(LINKS).bearer(&ada).json(&body).send().await.is(400, "invalid");
        assert_eq!(refused["field"], field);
    }
    for token in ["x", "acmecorp01.x", "nobody.x", "no tenant.x"] {
        look(&world, token).await.is(404, "gone");
        open(&world, token, None).await.is(404, "gone");
    }
    let keyed = async || {
        let ask = world.post(LINKS).bearer(&ada).header("idempotency-key", "k");
        ask.json(&body(json!([{"label": "a", "value": "b"}]), HOUR)).send().await
    };
    keyed().await.ok(201);
    keyed().await.is(409, "shownOnce");
}
