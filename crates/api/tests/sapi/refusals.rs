//! Who is not let in, and who is put out.

use std::time::Duration;

use tokio_tungstenite::tungstenite::{client::IntoClientRequest, handshake::client::Request};

use super::{Body, Served, Socket, calls, client::PATH, served};
use crate::util::{OTHER, TENANT, basic, text};

/// A request to be let in.
fn request(
    served: &Served,
    topic: &str,
    query: &str,
    headers: &[(&'static str, String)],
) -> Request {
    let mut request = served.url(topic, query).into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    request
}

const TOPIC: &str = "TenantUpdates-acmecorp01-a";

async fn refused(served: &Served, topic: &str, query: &str, credentials: String) -> u16 {
    let headers = [("authorization", credentials)];
    let (status, body, _) = Socket::refused(request(served, topic, query, &headers)).await;
    assert!(body.contains(r#""status":"error""#), "{body}");
    status
}

#[tokio::test]
async fn without_credentials_there_is_a_challenge() {
    let served = served(|_| {}).await;
    let (status, body, headers) = Socket::refused(request(&served, TOPIC, "", &[])).await;
    assert_eq!(status, 401);
    assert_eq!(body, r#"{"status":"error","code":401,"message":"Authentication failed"}"#);
    let challenge = "Basic realm=\"Streaming API for Tenant updates\"";
    assert_eq!(headers["www-authenticate"], challenge);
    let plain = served.world.get(&format!("{PATH}/{TOPIC}")).send().await;
    assert_eq!((plain.status, plain.header("www-authenticate")), (401, Some(challenge)));
}

#[tokio::test]
async fn only_the_data_request_token_opens_it() {
    let served = served(|_| {}).await;
    let world = &served.world;
    let data = world.data_token.reveal().to_owned();
    for wrong in [world.action_token.reveal(), world.api_key.reveal(), "", "x"] {
        assert_eq!(refused(&served, TOPIC, "", basic(TENANT, wrong)).await, 401);
    }
    assert_eq!(refused(&served, TOPIC, "", basic("nobody", &data)).await, 401);
    // The other way round it is refused, too.
    let ask = world.get("/api/v1/interaction/data/x").basic(TENANT, &world.data_token);
    ask.send().await.refused(401, "Authentication failed");

    let pair = basic(TENANT, &data);
    let encoded = pair.strip_prefix("Basic ").unwrap().to_owned();
    let forms = [
        ("", ("authorization", pair.clone())),
        ("", ("x-api-key", encoded.clone())),
        ("tenantId=acmecorp01", ("x-api-key", data)),
        (&*format!("token=Basic+{}", encoded.replace('=', "%3D")), ("x-other", String::new())),
    ];
    for (query, header) in forms {
        let request = request(&served, TOPIC, query, &[header]);
        tokio_tungstenite::connect_async(request).await.unwrap();
    }
}

#[tokio::test]
async fn another_tenants_stream_is_forbidden() {
    let served = served(|_| {}).await;
    let ours = || basic(TENANT, served.world.data_token.reveal());
    let topic = format!("TenantUpdates-{OTHER}-a");
    assert_eq!(refused(&served, &topic, "", ours()).await, 403);
    assert_eq!(refused(&served, TOPIC, &format!("tenantId={OTHER}"), ours()).await, 403);
    for (topic, query) in [
        ("Tenant-acmecorp01-a", ""),
        ("TenantUpdates-acmecorp01-", ""),
        (TOPIC, "subsId=b"),
        (TOPIC, "desiredOutputType=yaml"),
    ] {
        assert_eq!(refused(&served, topic, query, ours()).await, 400, "{topic}?{query}");
    }
    let head = served.world.ask(axum::http::Method::HEAD, &format!("{PATH}/{TOPIC}"));
    assert_eq!(head.header("authorization", ours()).send().await.status, 405);
    let nothing = served.world.get("/api/streaming/v2/clientconnect").send().await;
    nothing.refused(404, "There is nothing here.");
}

#[tokio::test]
async fn there_are_three_places() {
    let served = served(|_| {}).await;
    let a = Socket::open(&served, "a", "").await;
    let _b = Body::open(&served, "b", "").await;
    let mut c = Socket::open(&served, "c", "").await;
    let credentials = ("authorization", basic(TENANT, served.world.data_token.reveal()));
    let fourth =
        || request(&served, "TenantUpdates-acmecorp01-d", "", std::slice::from_ref(&credentials));
    let (status, _, headers) = Socket::refused(fourth()).await;
    assert_eq!((status, headers["retry-after"].to_str().unwrap()), (429, "60"));
    let _other = Socket::open_of(&served, OTHER, "d", "").await;
    a.close().await;
    served.connected(3).await;
    tokio_tungstenite::connect_async(fourth()).await.unwrap();
    calls(&served, 1).await;
    c.text().await;
}

#[tokio::test]
async fn a_new_token_puts_the_old_ones_clients_out() {
    let served = served(|_| {}).await;
    let mut socket = Socket::open(&served, "a", "").await;
    let mut body = Body::open(&served, "b", "").await;
    let ada = served.world.login("ada").await;
    let renew = served.world.post("/admin/v1/api-token/data-request-token").bearer(&ada);
    let new = text(&renew.send().await.ok(201)["token"]);
    assert_eq!(socket.rest().await.1, 4401);
    assert!(body.rest().await.is_empty(), "it ends");
    let old = basic(TENANT, served.world.data_token.reveal());
    assert_eq!(refused(&served, TOPIC, "", old).await, 401);
    let headers = [("authorization", basic(TENANT, &new))];
    assert!(tokio_tungstenite::connect_async(request(&served, TOPIC, "", &headers)).await.is_ok());
}

#[tokio::test]
async fn who_does_not_answer_pings_is_dropped() {
    let served = served(|limits| limits.ping = Duration::from_millis(100)).await;
    let mut here = Socket::open(&served, "here", "").await;
    // Nobody reads it, so that no ping is answered.
    let _silent = Socket::open(&served, "silent", "").await;
    served.connected(2).await;
    tokio::select! {
        ended = here.rest() => panic!("who answers was dropped: {ended:?}"),
        () = served.connected(1) => {}
    }
}

#[tokio::test]
async fn what_clients_say_does_not_matter() {
    let served = served(|_| {}).await;
    let mut loud = Socket::open(&served, "loud", "").await;
    let mut quiet = Socket::open(&served, "quiet", "").await;
    loud.say("X".into()).await.unwrap();
    loud.say("{\"messageId\":1}".into()).await.unwrap();
    calls(&served, 1).await;
    loud.text().await;
    quiet.text().await;
    _ = loud.say("x".repeat(1 << 20)).await;
    while loud.message().await.is_some() {}
    calls(&served, 1).await;
    quiet.text().await;
    let mut again = Socket::open(&served, "loud", "").await;
    again.text().await;
}
