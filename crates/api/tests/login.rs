//! Sessions of people.

use axum::http::Method;
use engine::{Clock, ManualClock};
use model::Timestamp;
use serde_json::{Value, json};

use crate::util::{Answer, PASSWORD, TENANT, World, local, remote, text};

fn body(email: &str, password: &str) -> Value {
    json!({"email": email, "password": password})
}

async fn login(world: &World, email: &str, password: &str) -> Answer {
    world.post("/auth/v1/login").json(&body(email, password)).send().await
}

#[tokio::test]
async fn a_session_from_login_to_logout() {
    let world = World::new().await;
    let answer = login(&world, &format!(" Ana@{}.EXAMPLE ", TENANT.to_uppercase()), PASSWORD).await;
    let session = answer.ok(200);
    assert_eq!(
        session["user"],
        json!({
            "id": "1", "email": format!("ana@{TENANT}.example"), "name": "ana", "role": "agent",
            "agentId": "ag0000000000000000000ana",
        })
    );
    assert_eq!(session["tenant"], json!({"id": TENANT, "name": "Acme Corp"}));
    let token = text(&session["token"]);
    let cookie = answer.header("set-cookie").unwrap();
    let expected =
        format!("cordboard_session={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age=43200");
    assert_eq!(cookie, expected);
    let bearer = format!("Bearer {token}");
    let ask = |method, path| world.ask(method, path).header("authorization", &bearer);
    let again = ask(Method::GET, "/auth/v1/session").send().await.ok(200);
    assert_eq!(again["csrfToken"], session["csrfToken"]);
    assert_eq!(again["expiresAt"], session["expiresAt"]);
    assert!(again.get("token").is_none());
    let out = ask(Method::POST, "/auth/v1/logout").send().await;
    out.ok(204);
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
    ask(Method::GET, "/auth/v1/session").send().await.is(401, "unauthenticated");
    ask(Method::POST, "/auth/v1/logout").send().await.is(401, "unauthenticated");
}

#[tokio::test]
async fn somebody_without_an_agent_has_no_agent_id() {
    let world = World::new().await;
    let sam = world.login("sam").await;
    let session = world.get("/auth/v1/session").bearer(&sam).send().await.ok(200);
    assert_eq!(session["user"]["role"], "supervisor");
    assert!(session["user"].get("agentId").is_none());
    world.get("/workspace/v1/state").bearer(&sam).send().await.is(403, "forbidden");
}

#[tokio::test]
async fn a_wrong_login_does_not_say_what_is_wrong() {
    let world = World::new().await;
    let known = login(&world, &format!("ana@{TENANT}.example"), "wrong").await;
    let unknown = login(&world, "nobody@example.com", PASSWORD).await;
    assert_eq!(known.is(401, "loginFailed"), unknown.is(401, "loginFailed"));
    assert!(known.header("set-cookie").is_none());
    for (body, field) in [
        (json!({"password": "x"}), json!("email")),
        (json!({"email": "a", "password": 1}), json!("password")),
        (json!({"email": "a", "password": "x".repeat(1025)}), json!("password")),
        (json!({"email": "a", "password": "x", "remember": true}), json!("remember")),
        (json!([]), Value::Null),
    ] {
        let answer = world.post("/auth/v1/login").json(&body).send().await;
        assert_eq!(answer.is(400, "invalid")["field"], field, "{body}");
    }
    // Another site's page can send JSON without asking only when it does not say so.
    let untyped = world.post("/auth/v1/login").body(body("a", "b").to_string()).send().await;
    untyped.is(415, "unsupportedMediaType");
}

#[tokio::test]
async fn the_cookie_needs_the_csrf_token_to_write() {
    let world = World::new().await;
    let ana = world.login("ana").await;
    world.get("/workspace/v1/state").cookie(&ana).send().await.ok(200);
    let put = || {
        let wish = json!({"status": "available"});
        world.put("/workspace/v1/status").json(&wish).cookie(&ana)
    };
    put().send().await.is(403, "forbidden");
    put().header("x-csrf-token", "wrong").send().await.is(403, "forbidden");
    put().header("x-csrf-token", &ana.token).send().await.is(403, "forbidden");
    let ben = world.login("ben").await;
    put().header("x-csrf-token", &ben.csrf).send().await.is(403, "forbidden");
    put().header("x-csrf-token", &ana.csrf).send().await.ok(200);
    world.post("/auth/v1/logout").cookie(&ana).send().await.is(403, "forbidden");
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let world = World::new().await;
    let body = body(&format!("ana@{TENANT}.example"), PASSWORD);
    let answer = world.post("/auth/v1/login").json(&body).over(Some(remote())).send().await;
    let token = text(&answer.ok(200)["token"]);
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with(&format!("__Host-cordboard_session={token}; ")), "{cookie}");
    assert!(cookie.ends_with("; Secure"), "{cookie}");
    let ask = |name: &str, connection| {
        let ask = world.get("/auth/v1/session").header("cookie", format!("{name}={token}"));
        ask.over(Some(connection))
    };
    ask("__Host-cordboard_session", remote()).send().await.ok(200);
    ask("cordboard_session", remote()).send().await.is(401, "unauthenticated");
    ask("cordboard_session", local()).send().await.ok(200);
}

#[tokio::test]
async fn a_session_ends_after_its_time() {
    let clock = ManualClock::new(Timestamp(1_800_000_000_000));
    let world = World::with(Clock::Manual(clock.clone()), |_| {}).await;
    let ana = world.login("ana").await;
    clock.advance(12 * 60 * 60 * 1000 - 1);
    world.get("/auth/v1/session").bearer(&ana).send().await.ok(200);
    clock.advance(1);
    world.get("/auth/v1/session").bearer(&ana).send().await.is(401, "unauthenticated");
}

#[tokio::test]
async fn tokens_that_are_none() {
    let world = World::new().await;
    let ana = world.login("ana").await;
    let (_, secret) = ana.token.split_once('.').unwrap();
    for token in [
        String::new(),
        secret.to_owned(),
        format!("othercorp.{secret}"),
        format!("nobody.{secret}"),
        format!("no-body.{secret}"),
        format!("{}x", ana.token),
        ana.csrf.clone(),
    ] {
        let ask = world.get("/auth/v1/session").header("authorization", format!("Bearer {token}"));
        ask.send().await.is(401, "unauthenticated");
    }
}

#[tokio::test]
async fn failed_logins_close_the_door_for_a_while() {
    let world = World::new().await;
    let email = format!("ben@{TENANT}.example");
    for _ in 0..10 {
        login(&world, &email, "wrong").await.is(401, "loginFailed");
    }
    let refused = login(&world, &email, PASSWORD).await;
    assert_eq!(refused.is(429, "rateLimited")["retryable"], true);
    let retry: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=300).contains(&retry), "{retry}");
    // From this address nobody is let in either; from another one others are.
    login(&world, &format!("ana@{TENANT}.example"), PASSWORD).await.is(429, "rateLimited");
    let elsewhere = |email: &str| {
        world.post("/auth/v1/login").json(&body(email, PASSWORD)).over(Some(remote()))
    };
    elsewhere(&email).send().await.is(429, "rateLimited");
    elsewhere(&format!("ana@{TENANT}.example")).send().await.ok(200);
}
