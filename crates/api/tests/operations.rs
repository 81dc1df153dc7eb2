//! What all routes have in common, and what those who run the server need.

use api::{Api, Connection, Options};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::util::{TENANT, World, local, remote};

#[tokio::test]
async fn health_readiness_and_metrics() {
    let world = World::new().await;
    let health = world.get("/healthz").over(None).send().await;
    assert_eq!((health.status, &*health.text), (200, "ok"));
    let ready = world.get("/readyz").send().await.ok(200);
    assert_eq!(ready["ready"], true);
    assert_eq!(ready["tenants"][0]["id"], TENANT);
    assert_eq!(ready["tenants"][0]["state"], "ready");
    let ready = world.get("/readyz").over(Some(remote())).send().await.ok(200);
    assert_eq!(ready, json!({"ready": true, "tenants": []}), "names are for this machine only");
    world.call().await;
    let metrics = world.get("/metrics").send().await;
    assert_eq!(metrics.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let line =
        "cordboard_http_answers_total{route=\"/sim/v1/calls\",method=\"POST\",status=\"201\"} 1\n";
    assert!(metrics.text.contains(line), "{}", metrics.text);
    assert!(metrics.text.contains("\ncordboard_engine_ready 2\n"), "{}", metrics.text);
    assert!(!metrics.text.contains(TENANT));
    for line in metrics.text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').unwrap();
        assert!(name.starts_with("cordboard_") && value.parse::<f64>().is_ok(), "{line}");
    }
    world.stop();
    let ready = world.get("/readyz").send().await.ok(503);
    assert_eq!(ready["tenants"][0]["state"], "stopped");
    let refused = world.get("/workspace/v1/state").header("authorization", "Bearer acmecorp01.x");
    let refused = refused.send().await;
    assert_eq!(refused.is(503, "unavailable")["retryable"], true);
    assert_eq!(refused.header("retry-after"), Some("1"));
    let refused = world.data("int-0-none").await;
    refused.refused(503, "Service unavailable");
    assert_eq!(refused.header("retry-after"), Some("1"));
}

#[tokio::test]
async fn the_document_is_served() {
    let world = World::new().await;
    let document = world.get("/openapi.json").send().await;
    assert_eq!(document.header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!(document.ok(200)["openapi"], "3.1.0");
    assert_eq!(document.text, api::openapi_document());
}

#[tokio::test]
async fn nothing_is_answered_as_json_in_each_contracts_form() {
    let world = World::new().await;
    for path in [
        "/auth",
        "/auth/",
        "/auth/v1",
        "/auth/v2/login",
        "/workspace/v1",
        "/workspace/v1/",
        "/workspace/v1/x",
        "/admin",
        "/admin/v1/x",
        "/sim",
        "/sim/v2",
    ] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            world.ask(method, path).send().await.is(404, "notFound");
        }
    }
    let wrong = world.ask(Method::DELETE, "/workspace/v1/state").send().await;
    wrong.is(405, "methodNotAllowed");
    assert_eq!(wrong.header("allow"), Some("GET,HEAD"));
    let wrong = world.get("/auth/v1/login").send().await;
    wrong.is(405, "methodNotAllowed");
    assert_eq!(wrong.header("allow"), Some("POST"));
    world.post("/healthz").send().await.is(405, "methodNotAllowed");
    // The pages are somebody else's: here is nothing at all.
    for page in ["/", "/login", "/workspace"] {
        let answer = world.get(page).send().await;
        assert_eq!((answer.status, &*answer.text), (404, ""));
    }
}

#[tokio::test]
async fn without_tls_only_this_machine_is_served() {
    let world = World::new().await;
    let plain = Connection { tls: false, ..remote() };
    let own = || world.get("/auth/v1/session");
    let published = || world.get("/api/v1/interaction/data/x");
    for connection in [None, Some(plain)] {
        own().over(connection).send().await.is(403, "insecureTransport");
        published().over(connection).send().await.refused(403, "HTTPS required");
        world.get("/healthz").over(connection).send().await;
    }
    own().over(Some(local())).send().await.is(401, "unauthenticated");
    let mapped = Connection { peer: "[::ffff:127.0.0.1]:1".parse().unwrap(), tls: false };
    own().over(Some(mapped)).send().await.is(401, "unauthenticated");
    let secure = own().over(Some(remote())).send().await;
    secure.is(401, "unauthenticated");
    assert_eq!(secure.header("strict-transport-security"), Some("max-age=31536000"));
    // Unless it is allowed, not even this machine.
    let options = Options { sim_enabled: false, ..Options::default() };
    let (engine, streams) = (world.engine.clone(), world.streams.clone());
    let strict = api::router(Api { engine, streams, webhooks: world.webhooks.clone(), options });
    let ask = |path: &str, connection: Connection| {
        let mut request = Request::get(path).body(Body::empty()).unwrap();
        request.extensions_mut().insert(connection);
        strict.clone().oneshot(request)
    };
    let refused = ask("/auth/v1/session", local()).await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let absent = ask("/sim/v1/calls", Connection { tls: true, ..local() }).await.unwrap();
    assert_eq!(absent.status(), StatusCode::NOT_FOUND, "the carrier is not enabled");
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let world = World::new().await;
    for path in ["/auth/v1/session", "/api/v1/interaction/data/x", "/openapi.json", "/sim/v1/calls"]
    {
        let answer = world.get(path).send().await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        let policy = "default-src 'none'; frame-ancestors 'none'";
        assert_eq!(answer.header("content-security-policy"), Some(policy));
        assert_eq!(answer.header("strict-transport-security"), None);
    }
}

#[tokio::test]
async fn requests_are_bounded() {
    let world = World::new().await;
    let long = format!("/sim/v1/calls?after={}", "a".repeat(4096));
    world.get(&long).send().await.is(414, "uriTooLong");
    let wide = world.get("/sim/v1/calls").header("x-wide", "a".repeat(16 * 1024));
    wide.send().await.is(431, "headersTooLarge");
    let body = format!("{{\"from\":\"{}\"}}", "a".repeat(64 * 1024));
    let large = world.post("/sim/v1/calls").header("content-type", "application/json").body(body);
    large.send().await.is(413, "tooLarge");
    let nested = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let deep = world.post("/sim/v1/calls").header("content-type", "application/json").body(nested);
    assert_eq!(deep.send().await.is(400, "invalid")["field"], Value::Null);
}
