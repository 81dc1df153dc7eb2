//! Event Streaming over real connections: readers, and the client that all its tests use.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use api::Connection;
use axum::{Extension, Router};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use crate::util::{Person, TENANT, World, local};

mod access;
mod consumers;
mod sharing;

/// How long a frame may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

const ALL: &str = "event-v1/all";

/// A server on a port of its own.
struct Served {
    world: World,
    address: String,
    published: AtomicUsize,
}

/// An open connection.
struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// One message.
#[derive(Debug)]
struct Received {
    id: String,
    redeliveries: u64,
    /// The event below its root.
    event: Value,
    root: String,
}

impl Received {
    fn kind(&self) -> &str {
        self.event["event"].as_str().unwrap_or(&self.root)
    }

    fn guid(&self) -> &str {
        self.event["interactionGUID"].as_str().unwrap_or_default()
    }

    fn seq(&self) -> u64 {
        self.event["msgInfo"]["sequenceId"].as_u64().unwrap()
    }
}

impl Served {
    async fn new() -> Self {
        let world = World::new().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let connection: Connection = local();
        let router: Router = world.router.clone().layer(Extension(connection));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { world, address, published: AtomicUsize::new(0) }
    }

    /// A connection, or the status and reason of the refusal.
    async fn connect(
        &self,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Client, (u16, String)> {
        let address = format!("ws://{}{path}", self.address);
        let mut request = address.into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Client(socket)),
            Err(Error::Http(answer)) => {
                let body: Value = serde_json::from_slice(answer.body().as_ref().unwrap()).unwrap();
                let reason = body["reason"].as_str().unwrap().to_owned();
                Err((answer.status().as_u16(), reason))
            }
            Err(other) => panic!("not refused: {other:?}"),
        }
    }

    /// A connection with the tenant's key for the event stream.
    async fn open(&self, path: &str) -> Result<Client, (u16, String)> {
        self.connect(path, &[("x-api-key", self.world.stream_key.reveal())]).await
    }

    async fn reader(&self, topic: &str, query: &str) -> Client {
        self.open(&format!("/ws/v2/reader/persistent/{TENANT}/{topic}?{query}")).await.unwrap()
    }

    async fn consumer(&self, subscription: &str, query: &str) -> Client {
        self.try_consumer(subscription, query).await.unwrap()
    }

    async fn try_consumer(&self, name: &str, query: &str) -> Result<Client, (u16, String)> {
        self.open(&format!("/ws/v2/consumer/persistent/{TENANT}/{ALL}/{name}?{query}")).await
    }

    /// Lets the status of an agent, who is available at first, change so often.
    async fn publish(&self, agent: &Person, count: usize) {
        for _ in 0..count {
            let before = self.published.fetch_add(1, Ordering::Relaxed);
            let status = if before.is_multiple_of(2) { "onBreak" } else { "available" };
            let wish = json!({ "status": status });
            self.world.put("/workspace/v1/status").bearer(agent).json(&wish).send().await.ok(200);
        }
    }
}

impl Client {
    async fn frame(&mut self) -> Message {
        loop {
            let next = timeout(PATIENCE, self.0.next()).await;
            let message = next.expect("a frame comes").unwrap().unwrap();
            if !message.is_ping() && !message.is_pong() {
                return message;
            }
        }
    }

    async fn json(&mut self) -> Value {
        match self.frame().await {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("no text: {other:?}"),
        }
    }

    /// The next message, which has exactly the five fields.
    async fn next(&mut self) -> Received {
        let frame = self.json().await;
        let names: Vec<_> = frame.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = ["messageId", "payload", "properties", "publishTime", "redeliveryCount"];
        assert_eq!(names, expected);
        assert_eq!(frame["properties"], json!({}));
        let time = frame["publishTime"].as_str().unwrap();
        assert!(time.len() == 24 && time.ends_with('Z'), "{time}");
        let payload = STANDARD.decode(frame["payload"].as_str().unwrap()).unwrap();
        let payload: Value = serde_json::from_slice(&payload).unwrap();
        let (root, event) = payload.as_object().unwrap().iter().next().unwrap();
        Received {
            id: frame["messageId"].as_str().unwrap().to_owned(),
            redeliveries: frame["redeliveryCount"].as_u64().unwrap(),
            root: root.clone(),
            event: event.clone(),
        }
    }

    async fn take(&mut self, count: usize) -> Vec<Received> {
        let mut taken = Vec::new();
        for _ in 0..count {
            taken.push(self.next().await);
        }
        taken
    }

    async fn say(&mut self, frame: Value) {
        self.0.send(Message::text(frame.to_string())).await.unwrap();
    }

    async fn ack(&mut self, id: &str) {
        self.say(json!({ "messageId": id })).await;
    }

    async fn nack(&mut self, id: &str) {
        self.say(json!({"type": "negativeAcknowledge", "messageId": id})).await;
    }

    /// Nothing is on its way: the answer to a question comes first.
    async fn is_silent(&mut self) {
        self.say(json!({"type": "isEndOfTopic"})).await;
        assert_eq!(self.json().await, json!({"endOfTopic": false}));
    }

    /// Code and reason of the close that comes next.
    async fn closed(&mut self) -> (u16, String) {
        loop {
            if let Message::Close(frame) = self.frame().await {
                let frame = frame.unwrap();
                return (frame.code.into(), frame.reason.as_str().to_owned());
            }
        }
    }
}

fn seqs(received: &[Received]) -> Vec<u64> {
    received.iter().map(Received::seq).collect()
}

#[tokio::test]
async fn a_reader_begins_anywhere() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    served.publish(&ana, 4).await;
    let mut earliest = served.reader(ALL, "messageId=earliest").await;
    let first = earliest.take(4).await;
    assert_eq!(seqs(&first), [1, 2, 3, 4]);
    let id = first[1].id.replace('=', "%3D");
    let mut after = served.reader(ALL, &format!("messageId={id}")).await;
    assert_eq!(seqs(&after.take(2).await), [3, 4], "exclusive of the id");
    let mut latest = served.reader(ALL, "").await;
    latest.is_silent().await;
    served.world.call().await;
    let next = latest.next().await;
    assert_eq!(next.kind(), "InteractionCreated");
    // What has not happened yet is not waited for.
    let mut ahead = served.reader(ALL, "messageId=CAEQ//8/").await;
    ahead.is_silent().await;
    served.world.call().await;
    assert_eq!(ahead.next().await.kind(), "InteractionCreated");
}

#[tokio::test]
async fn a_reader_stops_without_credit() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    served.publish(&ana, 10).await;
    let mut reader = served.reader(ALL, "messageId=earliest&receiverQueueSize=3").await;
    assert_eq!(seqs(&reader.take(3).await), [1, 2, 3]);
    reader.is_silent().await;
    // Any JSON object gives a credit back.
    reader.say(json!({"x": [1]})).await;
    reader.ack("CAEQAQ==").await;
    assert_eq!(seqs(&reader.take(2).await), [4, 5]);
    reader.is_silent().await;
    reader.0.send(Message::text("{")).await.unwrap();
    assert_eq!(reader.closed().await.0, 4003);
}

#[tokio::test]
async fn topics_hold_what_they_say() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    let call = served.world.call().await;
    served.world.press(&call, "1").await;
    let agent = served.world.state(&ana).await["agent"]["id"].as_str().unwrap().to_owned();
    let mut of_kind = served.reader("event-v1/InteractionAssigned", "messageId=earliest").await;
    let assigned = of_kind.next().await;
    assert_eq!((assigned.kind(), assigned.guid()), ("InteractionAssigned", call.guid.as_str()));
    of_kind.is_silent().await;
    let mut of_agent = served.reader(&format!("agent-v1/{agent}"), "messageId=earliest").await;
    let mut seen = Vec::new();
    loop {
        let next = of_agent.next().await;
        seen.push(next.kind().to_owned());
        if next.seq() >= assigned.seq() {
            break;
        }
    }
    assert!(seen.contains(&"AgentStatusChange".to_owned()), "{seen:?}");
    assert!(seen.contains(&"InteractionAssigned".to_owned()), "{seen:?}");
    assert!(!seen.contains(&"InteractionCreated".to_owned()), "{seen:?}");
    for unknown in ["event-v1/SomethingElse", "agent-v1/nobody", "event-v1/AgentProvChange"] {
        served.reader(unknown, "messageId=latest").await.is_silent().await;
    }
}

#[tokio::test]
async fn a_frame_that_is_too_long_ends_only_its_own_connection() {
    let served = Served::new().await;
    let ana = served.world.available("ana").await;
    let mut other = served.reader(ALL, "").await;
    let mut long = served.reader(ALL, "").await;
    long.0.send(Message::text("x".repeat(1024 * 1024))).await.unwrap();
    assert_eq!(long.closed().await.0, 4003, "as long as a frame may be, and no JSON");
    let mut longer = served.reader(ALL, "").await;
    longer.0.send(Message::text(" ".repeat(1024 * 1024 + 1))).await.unwrap();
    assert_eq!(longer.closed().await.0, 1009);
    let mut binary = served.reader(ALL, "").await;
    binary.0.send(Message::binary(vec![0; 10])).await.unwrap();
    assert_eq!(binary.closed().await.0, 4003);
    served.publish(&ana, 1).await;
    assert_eq!(other.next().await.kind(), "AgentStatusChange");
}

#[tokio::test]
async fn a_server_that_goes_down_says_so_to_readers_and_consumers() {
    let served = Served::new().await;
    let mut reader = served.reader(ALL, "").await;
    let mut consumer = served.consumer("sub", "").await;
    served.world.stop.throw();
    assert_eq!(reader.closed().await.0, 1012);
    assert_eq!(consumer.closed().await.0, 1012);
}
