//! The event socket, over a real connection.

use std::time::Duration;

use api::Connection;
use axum::{Extension, Router};
use engine::{Clock, ManualClock};
use futures_util::{SinkExt, StreamExt};
use model::Timestamp;
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, handshake::client::Request},
};

use crate::util::{Call, Person, World, local};

/// How long a frame may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server on a port of its own.
pub(crate) struct Served {
    pub(crate) world: World,
    address: String,
}

/// An open socket.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Served {
    pub(crate) async fn new(world: World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let connection: Connection = local();
        let router: Router = world.router.clone().layer(Extension(connection));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { world, address }
    }

    fn request(&self, query: &str) -> Request {
        let address = format!("ws://{}/workspace/v1/events{query}", self.address);
        address.into_client_request().unwrap()
    }

    async fn open(&self, person: &Person, query: &str) -> Socket {
        self.connect(person, self.request(query)).await
    }

    /// Opens any other socket.
    pub(crate) async fn open_at(&self, person: &Person, path: &str) -> Socket {
        let request = format!("ws://{}{path}", self.address).into_client_request().unwrap();
        self.connect(person, request).await
    }

    async fn connect(&self, person: &Person, mut request: Request) -> Socket {
        let bearer = format!("Bearer {}", person.token).parse().unwrap();
        request.headers_mut().insert("authorization", bearer);
        Socket(connect_async(request).await.unwrap().0)
    }

    async fn refused(&self, request: Request) -> (u16, String) {
        match connect_async(request).await {
            Err(Error::Http(answer)) => {
                let body: Value = serde_json::from_slice(answer.body().as_ref().unwrap()).unwrap();
                (answer.status().as_u16(), body["code"].as_str().unwrap().to_owned())
            }
            other => panic!("not refused: {other:?}"),
        }
    }
}

impl Socket {
    /// The next frame of text that is not a heartbeat.
    pub(crate) async fn frame(&mut self) -> Value {
        loop {
            let frame: Value = match self.message().await {
                Message::Text(text) => serde_json::from_str(&text).unwrap(),
                other => panic!("no text: {other:?}"),
            };
            if frame["type"] != "heartbeat" {
                return frame;
            }
        }
    }

    async fn message(&mut self) -> Message {
        loop {
            let next = timeout(PATIENCE, self.0.next()).await;
            let message = next.expect("a frame comes").unwrap().unwrap();
            if !message.is_ping() && !message.is_pong() {
                return message;
            }
        }
    }

    /// The next state frame.
    async fn state(&mut self) -> Value {
        loop {
            let frame: Value = match self.message().await {
                Message::Text(text) => serde_json::from_str(&text).unwrap(),
                other => panic!("no text: {other:?}"),
            };
            if frame["type"] == "state" {
                return frame;
            }
        }
    }

    /// State frames until one of them is as wanted.
    async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let frame = self.state().await;
            if wanted(&frame) {
                return frame;
            }
        }
    }

    pub(crate) async fn closed(&mut self) -> u16 {
        loop {
            if let Message::Close(frame) = self.message().await {
                return frame.unwrap().code.into();
            }
        }
    }
}

fn place(frame: &Value) -> &str {
    frame["state"]["work"][0]["place"].as_str().unwrap_or("none")
}

fn kinds(frame: &Value) -> Vec<&str> {
    let changes = frame["changes"].as_array().unwrap().iter();
    changes.map(|change| change["kind"].as_str().unwrap()).collect()
}

/// A call that rings at an agent.
async fn ring(world: &World) -> Call {
    let call = world.call().await;
    world.press(&call, "1").await;
    call
}

#[tokio::test]
async fn the_screen_follows_the_work() {
    let served = Served::new(World::new().await).await;
    let world = &served.world;
    let ana = world.available("ana").await;
    let mut socket = served.open(&ana, "").await;
    let first = socket.state().await;
    assert_eq!((&first["missed"], &first["changes"]), (&json!(0), &json!([])));
    assert_eq!(first["position"], first["state"]["position"]);
    assert_eq!(first["state"]["agent"]["status"], "available");

    let call = ring(world).await;
    let offered = socket.until(|frame| place(frame) == "offered").await;
    assert_eq!(offered["missed"], 0);
    assert_eq!(kinds(&offered), ["offered"]);
    assert_eq!(offered["changes"][0]["interactionId"], call.guid.as_str());
    let timeline = offered["state"]["work"][0]["timeline"].as_array().unwrap();
    assert_eq!(timeline.last().unwrap()["text"], "Offered to Ana Ruiz");

    world.set(&call, json!([{"name": "_a", "value": "1", "display": true}])).await.ok(200);
    let told = socket.until(|frame| kinds(frame) == ["variables"]).await;
    assert_eq!(told["state"]["work"][0]["variables"][0]["value"], "1");

    let offer = offered["state"]["work"][0]["offer"]["id"].clone();
    world.act(&ana, &call, "accept", json!({"offerId": offer})).await.ok(200);
    assert_eq!(place(&socket.state().await), "talking");
    world.post(&format!("/sim/v1/calls/{}/hangup", call.id)).send().await.ok(204);
    let ended = socket.until(|frame| place(frame) == "wrapUp").await;
    assert_eq!(kinds(&ended), ["ended", "wrapUp"]);
    assert_eq!(ended["changes"][0]["text"], "The customer ended the conversation");
    let paper = json!({"disposition": 1000, "codes": []});
    world.act(&ana, &call, "wrapup", paper).await.ok(200);
    let done = socket.until(|frame| place(frame) == "none").await;
    assert_eq!(kinds(&done), ["completed"]);
    assert_eq!(
        done["changes"][0]["interactionId"],
        call.guid.as_str(),
        "known although it is gone"
    );
}

#[tokio::test]
async fn what_was_missed_is_counted_and_told() {
    let served = Served::new(World::new().await).await;
    let world = &served.world;
    let ana = world.available("ana").await;
    let seen = world.state(&ana).await["position"].as_u64().unwrap();
    let call = ring(world).await;
    world.post(&format!("/sim/v1/calls/{}/hangup", call.id)).send().await.ok(204);
    let mut socket = served.open(&ana, &format!("?after={seen}")).await;
    let first = socket.state().await;
    assert_eq!(first["missed"], 2);
    assert_eq!(kinds(&first), ["offered", "offerEnded"]);
    assert_eq!(first["changes"][1]["interactionId"], call.guid.as_str());
    assert_eq!(first["state"]["work"], json!([]));
    let seen = first["position"].as_u64().unwrap();
    let mut socket = served.open(&ana, &format!("?after={seen}")).await;
    assert_eq!(socket.state().await["missed"], 0);
    // A client of a log that was since restored from a backup.
    let mut ahead = served.open(&ana, &format!("?after={}", seen + 1_000)).await;
    assert_eq!(ahead.closed().await, 4409);
}

#[tokio::test]
async fn what_became_of_the_work_at_hand_is_told() {
    let served = Served::new(World::new().await).await;
    let world = &served.world;
    let ana = world.available("ana").await;
    let call = ring(world).await;
    let offer = world.state(&ana).await["work"][0]["offer"]["id"].clone();
    world.act(&ana, &call, "accept", json!({"offerId": offer})).await.ok(200);
    let talking = world.state(&ana).await["position"].as_u64().unwrap();
    world.post(&format!("/sim/v1/calls/{}/hangup", call.id)).send().await.ok(204);
    let mut socket = served.open(&ana, &format!("?after={talking}")).await;
    let still_there = socket.state().await;
    assert_eq!(kinds(&still_there), ["ended", "wrapUp"]);
    assert_eq!(still_there["missed"], 2);

    let paper = json!({"disposition": 1000, "codes": []});
    world.act(&ana, &call, "wrapup", paper).await.ok(200);
    let mut socket = served.open(&ana, &format!("?after={talking}")).await;
    let gone = socket.state().await;
    assert_eq!(kinds(&gone), ["ended", "wrapUp", "completed"]);
    assert_eq!(gone["changes"][0]["interactionId"], call.guid.as_str());
}

#[tokio::test]
async fn queue_counters_of_others_work() {
    let served = Served::new(World::new().await).await;
    let world = &served.world;
    let ana = world.login("ana").await;
    let mut socket = served.open(&ana, "").await;
    socket.state().await;
    for _ in 0..3 {
        ring(world).await;
    }
    let frame = socket.until(|frame| frame["state"]["queues"][0]["waiting"] == 3).await;
    assert_eq!(frame["changes"], json!([]));
    let ben = world.available("ben").await;
    let offer = world.state(&ben).await["work"][0].clone();
    let id = offer["interactionId"].as_str().unwrap().to_owned();
    let call = Call { id: String::new(), guid: id };
    let body = json!({"offerId": offer["offer"]["id"]});
    world.act(&ben, &call, "accept", body).await.ok(200);
    socket.until(|frame| frame["state"]["queues"][0]["waiting"] == 2).await;
}

#[tokio::test]
async fn a_session_that_ends_closes_its_socket() {
    let served = Served::new(World::new().await).await;
    let (ana, again) = (served.world.login("ana").await, served.world.login("ana").await);
    let mut socket = served.open(&ana, "").await;
    let mut other = served.open(&again, "").await;
    socket.state().await;
    other.state().await;
    served.world.post("/auth/v1/logout").bearer(&ana).send().await.ok(204);
    assert_eq!(socket.closed().await, 4401);
    served
        .world
        .put("/workspace/v1/status")
        .bearer(&again)
        .json(&json!({"status": "available"}))
        .send()
        .await
        .ok(200);
    assert_eq!(kinds(&other.state().await), ["status"], "another session of the same person lives");
}

#[tokio::test]
async fn a_session_that_expires_closes_its_socket() {
    let clock = ManualClock::new(Timestamp(1_800_000_000_000));
    let served = Served::new(World::with(Clock::Manual(clock.clone()), |_| {}).await).await;
    let ana = served.world.login("ana").await;
    let mut socket = served.open(&ana, "").await;
    socket.state().await;
    clock.advance(12 * 60 * 60 * 1000);
    assert_eq!(socket.closed().await, 4401, "at the latest with the next heartbeat");
}

#[tokio::test]
async fn a_server_that_goes_down_says_so() {
    let served = Served::new(World::new().await).await;
    let ana = served.world.login("ana").await;
    let mut socket = served.open(&ana, "").await;
    socket.state().await;
    served.world.stop.throw();
    assert_eq!(socket.closed().await, 1012);
    let mut late = served.open(&ana, "").await;
    assert_eq!(late.closed().await, 1012);
}

#[tokio::test]
async fn who_may_open_it() {
    let served = Served::new(World::new().await).await;
    let (ana, sam) = (served.world.login("ana").await, served.world.login("sam").await);
    let unauthenticated = (401, "unauthenticated".to_owned());
    let forbidden = (403, "forbidden".to_owned());
    assert_eq!(served.refused(served.request("")).await, unauthenticated);
    let with = |headers: &[(&'static str, String)]| {
        let mut request = served.request("");
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        request
    };
    let bearer = ("authorization", format!("Bearer {}", sam.token));
    assert_eq!(served.refused(with(&[bearer])).await, forbidden);
    let cookie = ("cookie", ana.cookie.clone());
    assert_eq!(served.refused(with(std::slice::from_ref(&cookie))).await, forbidden, "no origin");
    let elsewhere = ("origin", "http://evil.example".to_owned());
    assert_eq!(served.refused(with(&[cookie.clone(), elsewhere])).await, forbidden);
    let own = ("origin", format!("http://{}", served.address));
    let (stream, _) = connect_async(with(&[cookie, own])).await.unwrap();
    Socket(stream).state().await;
    let mut bad = with(&[("authorization", format!("Bearer {}", ana.token))]);
    *bad.uri_mut() =
        format!("ws://{}/workspace/v1/events?after=x", served.address).parse().unwrap();
    assert_eq!(served.refused(bad).await, (400, "invalid".to_owned()));
    let plain = served.world.get("/workspace/v1/events").bearer(&ana).send().await;
    plain.is(400, "invalid");
}

#[tokio::test]
async fn a_client_that_says_too_much_is_dropped() {
    let served = Served::new(World::new().await).await;
    let ana = served.world.login("ana").await;
    let mut socket = served.open(&ana, "").await;
    socket.state().await;
    socket.0.send(Message::text("hello")).await.unwrap();
    let _ = socket.0.send(Message::text("x".repeat(5_000))).await;
    let end = timeout(PATIENCE, async { while let Some(Ok(_)) = socket.0.next().await {} });
    end.await.expect("the connection ends");
}

#[tokio::test]
async fn a_client_that_does_not_read_harms_nobody() {
    let served = Served::new(World::new().await).await;
    let world = &served.world;
    let (ana, ben) = (world.available("ana").await, world.login("ben").await);
    let _silent = served.open(&ana, "").await;
    let mut reader = served.open(&ben, "").await;
    reader.state().await;
    let call = ring(world).await;
    // Some 10 MB for the one who does not read: far more than the sockets' buffers take.
    let value = "é".repeat(1_000);
    let many: Vec<_> = (0..50)
        .map(|n| json!({"name": format!("_v{n}"), "value": value, "display": true}))
        .collect();
    for _ in 0..100 {
        world.set(&call, json!(many)).await.ok(200);
    }
    let wish = json!({"status": "available"});
    world.put("/workspace/v1/status").bearer(&ben).json(&wish).send().await.ok(200);
    let told = reader.until(|frame| kinds(frame) == ["status"]).await;
    assert_eq!(told["state"]["agent"]["status"], "available");
}
