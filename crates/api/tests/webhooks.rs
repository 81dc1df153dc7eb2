//! Webhooks as administrators set them up, and the key that their receivers ask for.

use std::sync::{
    Arc,
    atomic::{AtomicU16, Ordering},
};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc, time::timeout};

use crate::{
    administration::{delete, put},
    util::{Answer, Person, World},
};

const PATH: &str = "/admin/v1/webhooks";
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// A receiver on a port of its own.
struct Receiver {
    uri: String,
    status: Arc<AtomicU16>,
    requests: mpsc::UnboundedReceiver<(HeaderMap, Value)>,
}

impl Receiver {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let uri = format!("http://{}/events", listener.local_addr().unwrap());
        let (told, requests) = mpsc::unbounded_channel();
        let status = Arc::new(AtomicU16::new(200));
        let answers = Arc::clone(&status);
        let receive = move |headers: HeaderMap, body: Bytes| async move {
            told.send((headers, serde_json::from_slice(&body).unwrap())).unwrap();
            StatusCode::from_u16(answers.load(Ordering::SeqCst)).unwrap()
        };
        let router = Router::new().fallback(receive);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { uri, status, requests }
    }

    async fn next(&mut self) -> (HeaderMap, Value) {
        timeout(PATIENCE, self.requests.recv()).await.expect("a request comes").unwrap()
    }
}

async fn create(world: &World, admin: &Person, body: &Value) -> Answer {
    world.post(PATH).bearer(admin).json(body).send().await
}

async fn get(world: &World, admin: &Person, path: &str) -> Value {
    world.get(&format!("{PATH}{path}")).bearer(admin).send().await.ok(200)
}

/// Looks again until something is as wanted.
async fn until(
    world: &World,
    admin: &Person,
    path: &str,
    wanted: impl Fn(&Value) -> bool,
) -> Value {
    let look = async {
        loop {
            let found = get(world, admin, path).await;
            if wanted(&found) {
                return found;
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, look).await.expect("it comes about")
}

#[tokio::test]
async fn a_webhook_from_making_to_deleting() {
    let world = World::new().await;
    let admin = world.login("ada").await;
    let mut receiver = Receiver::start().await;
    let body = json!({"name": "Warehouse", "uri": receiver.uri, "events": ["InteractionCreated"]});
    let made = create(&world, &admin, &body).await.ok(201);
    let expected = json!({
        "id": 1, "name": "Warehouse", "uri": receiver.uri, "events": ["InteractionCreated"],
        "enabled": true, "revision": 1,
    });
    assert_eq!(made, expected);
    assert_eq!(get(&world, &admin, "").await, json!({"items": [expected], "next": null}));
    assert_eq!(get(&world, &admin, "/1").await, expected);

    let verified = world.post(&format!("{PATH}/1/verify")).bearer(&admin).send().await.ok(200);
    assert_eq!((&verified["status"], &verified["outcome"]), (&json!(200), &json!("delivered")));
    let (headers, sent) = receiver.next().await;
    assert_eq!(sent, json!({"eventType": "WEB_HOOK_VERIFY"}));
    check_key(&world, &headers).await;

    let state = get(&world, &admin, "/1/state").await;
    let idle = json!({"gone": false, "pending": 0, "deadLetters": 0, "lastAttempt": null});
    assert_eq!(state, idle, "what was sent to verify is no delivery");

    let call = world.call().await;
    let (headers, event) = receiver.next().await;
    assert_eq!(event["Interaction"]["interactionGUID"], call.guid.as_str());
    let logged =
        until(&world, &admin, "/1/deliveries", |page| page["deliveries"] != json!([])).await;
    let delivery = &logged["deliveries"][0];
    assert_eq!(delivery["eventId"], headers["x-8x8-event-id"].to_str().unwrap());
    assert_eq!((&delivery["event"], &delivery["retry"]), (&json!("InteractionCreated"), &json!(0)));
    let state = get(&world, &admin, "/1/state").await;
    assert_eq!(state["lastAttempt"]["at"], delivery["at"]);

    let off = json!({"name": "Warehouse", "uri": receiver.uri, "enabled": false});
    let save = |seen: &str| put(&world, &admin, &format!("{PATH}/1"), seen).json(&off).send();
    let changed = save("\"1\"").await.ok(200);
    assert_eq!((&changed["enabled"], &changed["events"]), (&json!(false), &json!([])));
    save("\"1\"").await.is(412, "changedMeanwhile");
    let delete = || delete(&world, &admin, &format!("{PATH}/1"), "\"2\"").send();
    delete().await.ok(204);
    delete().await.is(404, "notFound");
    world.get(&format!("{PATH}/1/deliveries")).bearer(&admin).send().await.is(404, "notFound");
}

/// The key of a signature is published at both paths, and nothing else is.
async fn check_key(world: &World, headers: &HeaderMap) {
    let signature = headers["x-8x8-signature"].to_str().unwrap();
    let header = URL_SAFE_NO_PAD.decode(signature.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    let kid = header["kid"].as_str().unwrap();
    let path = format!("/chat-gateway/v1/jwk/{kid}/public");
    let key = world.get(&path).send().await.ok(200);
    let names: Vec<_> = key.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["e", "kid", "kty", "n"]);
    assert_eq!((&key["kty"], &key["kid"]), (&json!("RSA"), &json!(kid)));
    let same = world.get(&format!("/vcc/us/chat/v2/jwk/{kid}/public")).send().await.ok(200);
    assert_eq!(same, key);
    world.get("/chat-gateway/v1/jwk/other/public").send().await.is(404, "notFound");
}

#[tokio::test]
async fn who_is_gone_is_shown_and_tried_again() {
    let world = World::new().await;
    let admin = world.login("ada").await;
    let mut receiver = Receiver::start().await;
    receiver.status.store(410, Ordering::SeqCst);
    let body = json!({"name": "a", "uri": receiver.uri, "events": ["InteractionCreated"]});
    create(&world, &admin, &body).await.ok(201);
    world.call().await;
    let (first, _) = receiver.next().await;
    let state = until(&world, &admin, "/1/state", |state| state["gone"] == true).await;
    assert_eq!((&state["pending"], &state["lastAttempt"]["status"]), (&json!(1), &json!(410)));
    let none = get(&world, &admin, "/1/dead-letters").await;
    assert_eq!(none, json!({"deadLetters": [], "next": null}));
    let replayed = world.post(&format!("{PATH}/1/dead-letters/replay")).bearer(&admin).send().await;
    assert_eq!(replayed.ok(202), json!({"replayed": 0}));
    let one = world.post(&format!("{PATH}/1/dead-letters/7/replay")).bearer(&admin).send().await;
    one.is(404, "notFound");
    receiver.status.store(200, Ordering::SeqCst);
    put(&world, &admin, &format!("{PATH}/1"), "\"1\"").json(&body).send().await.ok(200);
    assert_eq!(get(&world, &admin, "/1/state").await["gone"], false);
    assert_eq!(receiver.next().await.0["x-8x8-event-id"], first["x-8x8-event-id"]);
}

#[tokio::test]
async fn what_is_refused() {
    let world = World::new().await;
    let admin = world.login("ada").await;
    for (body, field, message) in [
        (json!({"uri": "https://example.com/"}), "name", "Is missing."),
        (json!({"name": "a"}), "uri", "Is missing."),
        (json!({"name": "a", "uri": "example"}), "uri", "It is no URI with a host."),
        (json!({"name": "a", "uri": "ftp://a/"}), "uri", "It must begin with https://."),
        (
            json!({"name": "a", "uri": "https://169.254.169.254/latest"}),
            "uri",
            "It leads to a network that this installation does not send to.",
        ),
        (
            json!({"name": "a", "uri": "https://u:p@example.com/"}),
            "uri",
            "It must not carry a name or password.",
        ),
        (
            json!({"name": "a", "uri": "https://example.com/", "events": ["Other"]}),
            "events[0]",
            "There is no such event.",
        ),
        (
            json!({"name": "a", "uri": "https://example.com/", "enabled": 1}),
            "enabled",
            "Must be true or false.",
        ),
    ] {
        let refused = create(&world, &admin, &body).await.is(400, "invalid");
        assert_eq!((&refused["field"], &refused["message"]), (&json!(field), &json!(message)));
    }
    assert_eq!(get(&world, &admin, "").await["items"], json!([]));
    let body = json!({"name": "a", "uri": "https://example.com/"});
    for _ in 0..20 {
        create(&world, &admin, &body).await.ok(201);
    }
    let refused = create(&world, &admin, &body).await.is(400, "invalid");
    assert_eq!(refused["message"], "At most 20 webhooks.");
    let page = get(&world, &admin, "?limit=15").await;
    assert_eq!((page["items"].as_array().unwrap().len(), &page["next"]), (15, &json!(15)));
    let rest = get(&world, &admin, "?limit=15&after=15").await;
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (5, &Value::Null));
    for name in ["ana", "sam"] {
        let other = world.login(name).await;
        world.get(PATH).bearer(&other).send().await.is(403, "forbidden");
        create(&world, &other, &body).await.is(403, "forbidden");
    }
    world.get(PATH).send().await.is(401, "unauthenticated");
    for path in ["/x", "/99", "/99/state", "/99/deliveries", "/99/dead-letters"] {
        world.get(&format!("{PATH}{path}")).bearer(&admin).send().await.is(404, "notFound");
    }
    let missing = put(&world, &admin, &format!("{PATH}/99"), "\"1\"").json(&body).send().await;
    missing.is(404, "notFound");
    let unseen = world.put(&format!("{PATH}/1")).bearer(&admin).json(&body).send().await;
    unseen.is(428, "preconditionRequired");
}

#[tokio::test]
async fn the_same_key_makes_one_webhook() {
    let world = World::new().await;
    let admin = world.login("ada").await;
    let body = json!({"name": "a", "uri": "https://example.com/"});
    let send = || world.post(PATH).bearer(&admin).header("idempotency-key", "k").json(&body).send();
    assert_eq!(send().await.ok(201)["id"], 1);
    assert_eq!(send().await.ok(201)["id"], 1);
    assert_eq!(get(&world, &admin, "").await["items"].as_array().unwrap().len(), 1);
}
