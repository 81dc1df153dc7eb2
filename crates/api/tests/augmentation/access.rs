//! Who may ask, and how often.

use std::convert::Infallible;

use api::Secret;
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use engine::Clock;
use futures_util::stream;
use serde_json::json;
use tower::ServiceExt;

use super::path;
use crate::util::{OTHER, OTHER_NUMBER, TENANT, World, basic, local};

#[tokio::test]
async fn the_order_of_checks() {
    let world = World::with(Clock::Wall, |tenant| tenant.augmentation_per_minute = 2).await;
    let bad = |path: &str| world.post(path).header("content-type", "text/plain").body("x");
    let unknown = path("int-0-none");
    bad(&unknown).send().await.refused(401, "Authentication failed");
    for _ in 0..2 {
        let known = bad(&unknown).basic(TENANT, &world.action_token).send().await;
        known.refused(404, "Interaction not found");
    }
    let limited = bad(&unknown).basic(TENANT, &world.action_token).send().await;
    limited.refused(429, "Rate limit exceeded");
    bad(&unknown)
        .basic(TENANT, &world.data_token)
        .send()
        .await
        .refused(401, "Authentication failed");
}

/// Nobody fills memory whom the tenant does not know.
#[tokio::test]
async fn a_large_body_is_read_only_from_who_may_send_it() {
    let world = World::new().await;
    let call = world.call().await;
    let ask = async |token: &Secret, body: Body| {
        let request = Request::post(path(&call.guid)).extension(local());
        let request = request.header("authorization", basic(TENANT, token.reveal()));
        world.router.clone().oneshot(request.body(body).unwrap()).await.unwrap().status()
    };
    let unread = || -> Result<&str, Infallible> { panic!("it was read") };
    let unread = Body::from_stream(stream::once(async move { unread() }));
    assert_eq!(ask(&world.data_token, unread).await, StatusCode::UNAUTHORIZED);
    let streamed = async || Ok::<_, Infallible>("{\"variables\":[]}");
    let streamed = Body::from_stream(stream::once(streamed()));
    assert_eq!(ask(&world.action_token, streamed).await, StatusCode::OK);
}

#[tokio::test]
async fn the_rate_limit_counts_all_forms_together() {
    let world = World::with(Clock::Wall, |tenant| tenant.augmentation_per_minute = 100).await;
    let call = world.call().await;
    for n in 0..100 {
        let answer = match n % 3 {
            0 => world.data(&call.guid).await,
            1 => world.set(&call, json!([])).await,
            _ => {
                let path = format!("/cc/v1/eivr/interaction/data/callId/{}", call.id);
                let ask = world.get(&path).header("x-api-key", world.api_key.reveal());
                ask.header("x-8x8-tenant", TENANT).send().await
            }
        };
        answer.ok(200);
        assert_eq!(answer.header("ratelimit-limit"), Some("100"));
        assert_eq!(answer.header("ratelimit-remaining"), Some(&*(99 - n).to_string()));
    }
    let refused = world.data(&call.guid).await;
    refused.refused(429, "Rate limit exceeded");
    let retry: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&retry), "{retry}");
    assert_eq!(refused.header("ratelimit-remaining"), Some("0"));
    assert_eq!(refused.header("ratelimit-reset"), refused.header("retry-after"));
    // Another tenant has its own.
    let other = world.call_to(OTHER_NUMBER).await;
    let ask = world.get(&path(&other.guid)).basic(OTHER, &world.other_action_token);
    ask.send().await.ok(200);
}

#[tokio::test]
async fn credentials() {
    let world = World::new().await;
    let call = world.call().await;
    let token = world.action_token.reveal();
    let pair = basic(TENANT, token);
    let pair = pair.strip_prefix("Basic ").unwrap();
    let key = world.api_key.reveal();
    for (headers, good) in [
        (vec![("authorization", basic(TENANT, token))], true),
        (vec![("x-api-key", key.to_owned()), ("x-8x8-tenant", TENANT.to_owned())], true),
        (vec![("x-api-key", token.to_owned()), ("x-8x8-tenant", TENANT.to_owned())], true),
        (vec![("x-api-key", pair.to_owned())], true),
        (vec![("x-api-key", pair.to_owned()), ("x-8x8-tenant", TENANT.to_owned())], true),
        (vec![("x-api-key", pair.to_owned()), ("x-8x8-tenant", OTHER.to_owned())], false),
        (vec![("x-api-key", key.to_owned()), ("x-8x8-tenant", OTHER.to_owned())], false),
        (vec![("x-api-key", key.to_owned())], false),
        (
            vec![
                ("x-api-key", world.stream_key.reveal().to_owned()),
                ("x-8x8-tenant", TENANT.to_owned()),
            ],
            false,
        ),
        (vec![("authorization", basic(TENANT, key))], false),
        (vec![("authorization", basic(OTHER, token))], false),
        (vec![("authorization", basic("nobody", token))], false),
        (vec![("authorization", basic("no-body", token))], false),
        (vec![("authorization", basic(TENANT, ""))], false),
        (vec![("authorization", "Basic".to_owned())], false),
        (vec![("authorization", format!("Bearer {token}"))], false),
    ] {
        let mut ask = world.get(&path(&call.guid));
        for (name, value) in &headers {
            ask = ask.header(name, value);
        }
        let answer = ask.send().await;
        if good {
            answer.ok(200);
        } else {
            answer.refused(401, "Authentication failed");
            assert_eq!(answer.header("www-authenticate"), Some("Basic realm=\"8x8\""));
        }
    }
}

#[tokio::test]
async fn another_tenants_interaction_does_not_exist() {
    let world = World::new().await;
    let call = world.call().await;
    for identifier in [&call.guid, &call.id] {
        let ask =
            |method| world.ask(method, &path(identifier)).basic(OTHER, &world.other_action_token);
        ask(Method::GET).send().await.refused(404, "Interaction not found");
        let body = json!({"variables": [{"name": "_a", "value": "1"}]});
        ask(Method::POST).json(&body).send().await.refused(404, "Interaction not found");
    }
    assert_eq!(world.data(&call.guid).await.ok(200)["variables"], json!([]));
}
