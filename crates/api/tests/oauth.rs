//! OAuth tokens: request in, exact answer out.

use engine::{Clock, ManualClock};
use model::Timestamp;
use serde_json::json;

use crate::util::{Answer, World, basic, text};

async fn token(world: &World, authorization: &str, form: &str) -> Answer {
    let ask = world.post("/oauth/v2/token").header("authorization", authorization);
    ask.header("content-type", "application/x-www-form-urlencoded").body(form).send().await
}

#[tokio::test]
async fn a_key_and_its_secret_are_exchanged_for_a_token() {
    let clock = ManualClock::new(Timestamp(1_683_045_181_383));
    let world = World::with(Clock::Manual(clock), |_| {}).await;
    let own = basic(world.app_key.reveal(), world.app_secret.reveal());
    let issued = token(&world, &own, "grant_type=client_credentials").await;
    assert_eq!(issued.header("cache-control"), Some("no-store"));
    let mut issued = issued.ok(200);
    let first = issued["access_token"].take();
    assert!(first.as_str().unwrap().len() >= 28);
    let products =
        ["analytics realtime-api", "Analytics for Contact Center", "Contact Center Schedule"];
    let expected = json!({
        "access_token": null,
        "token_type": "BearerToken",
        "expires_in": "1799",
        "issued_at": "1683045181383",
        "status": "approved",
        "scope": "",
        "refresh_token_expires_in": "0",
        "refresh_count": "0",
        "client_id": "deprecated",
        "developer.email": "deprecated",
        "api_product_list": format!("[{}]", products.join(", ")),
        "api_product_list_json": products,
    });
    assert_eq!(issued, expected);
    let second = token(&world, &own, "a=b&grant_type=client%5Fcredentials").await.ok(200);
    assert_ne!(second["access_token"], first, "several live side by side");
}

#[tokio::test]
async fn what_is_wrong_is_said_in_oauths_words() {
    let world = World::new().await;
    let own = basic(world.app_key.reveal(), world.app_secret.reveal());
    let form = "grant_type=client_credentials";
    for wrong in [
        "Basic !!!".to_owned(),
        "Bearer x".to_owned(),
        basic(world.app_key.reveal(), ""),
        basic(world.app_key.reveal(), world.app_key.reveal()),
        basic("acmecorp01", world.action_token.reveal()),
        // A key without a secret is not exchanged.
        basic(world.api_key.reveal(), ""),
    ] {
        let refused = token(&world, &wrong, form).await;
        assert_eq!(refused.ok(401), json!({"error": "invalid_client"}), "{wrong}");
        assert_eq!(refused.header("www-authenticate"), Some("Basic realm=\"8x8\""));
    }
    for wrong in ["", "grant_type=password", "x=client_credentials"] {
        let refused = token(&world, &own, wrong).await;
        assert_eq!(refused.ok(400), json!({"error": "unsupported_grant_type"}), "{wrong}");
    }
    let large = token(&world, &own, &"a".repeat(5_000)).await;
    assert_eq!(large.ok(413), json!({"error": "invalid_request"}));
    let got = world.get("/oauth/v2/token").send().await;
    assert_eq!(got.ok(405), json!({"error": "invalid_request"}));
}

#[tokio::test]
async fn a_token_outlives_a_restart() {
    let mut world = World::new().await;
    let own = basic(world.app_key.reveal(), world.app_secret.reveal());
    let issued = token(&world, &own, "grant_type=client_credentials").await.ok(200);
    let issued = format!("Bearer {}", text(&issued["access_token"]));
    let metrics = async |world: &World| {
        let path = "/analytics/cc/v5/realtime-metrics/queues?metrics=entered.today";
        world.get(path).header("authorization", issued.clone()).send().await.status
    };
    assert_eq!(metrics(&world).await, 200);
    world.serve_anew();
    assert_eq!(metrics(&world).await, 200);
    let forged = format!("{issued}x");
    let path = "/analytics/cc/v5/realtime-metrics/queues?metrics=entered.today";
    assert_eq!(world.get(path).header("authorization", forged).send().await.status, 401);
}
