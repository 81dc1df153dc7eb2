//! Event Streaming through restarts and deaths of the server: no gap, and nothing acknowledged comes back
//! after a restart in order.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use crate::harness::{LONG, Server, run, words};

struct Events(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// One message: its id and its number.
struct Received {
    id: String,
    seq: u64,
    interaction: String,
}

impl Events {
    /// Connects as the demo's API key may, as soon as the server has noticed who left.
    async fn open(server: &Server, kind: &str, rest: &str) -> Self {
        Self::open_as(server, server, kind, rest).await
    }

    /// The same at a server that is a copy of `demo`.
    async fn open_as(server: &Server, demo: &Server, kind: &str, rest: &str) -> Self {
        let (tenant, key) = (demo.text("tenantId"), demo.text("apiKey"));
        let address = server.url().replace("http://", "ws://");
        let address = format!("{address}/ws/v2/{kind}/persistent/{tenant}/event-v1/all{rest}");
        let connect = async {
            loop {
                let mut request = address.as_str().into_client_request().unwrap();
                request.headers_mut().insert("x-api-key", key.parse().unwrap());
                match connect_async(request).await {
                    Ok((socket, _)) => return Self(socket),
                    Err(Error::Http(busy)) if busy.status() == 409 => {
                        tokio::task::yield_now().await
                    }
                    Err(other) => panic!("{other}"),
                }
            }
        };
        timeout(LONG, connect).await.expect("it connects")
    }

    /// The next message; `None` when the connection has ended.
    async fn next(&mut self) -> Option<Received> {
        loop {
            let frame = timeout(LONG, self.0.next()).await.expect("a frame comes");
            let Some(Ok(frame)) = frame else { return None };
            let Message::Text(text) = frame else { continue };
            let frame: Value = serde_json::from_str(&text).unwrap();
            let payload = STANDARD.decode(frame["payload"].as_str().unwrap()).unwrap();
            let payload: Value = serde_json::from_slice(&payload).unwrap();
            let event = payload.as_object().unwrap().values().next().unwrap();
            return Some(Received {
                id: frame["messageId"].as_str().unwrap().to_owned(),
                seq: event["msgInfo"]["sequenceId"].as_u64().unwrap(),
                interaction: event["interactionGUID"].as_str().unwrap_or_default().to_owned(),
            });
        }
    }

    /// Acknowledges; an error is what the next `next` tells.
    async fn ack(&mut self, message: &Received) {
        _ = self.0.send(Message::text(json!({ "messageId": message.id }).to_string())).await;
    }

    /// Everything up to the first message about an interaction, acknowledged.
    async fn until(&mut self, interaction: &str) -> Vec<u64> {
        let mut seen = Vec::new();
        loop {
            let message = self.next().await.expect("the connection lasts");
            self.ack(&message).await;
            seen.push(message.seq);
            if message.interaction == interaction {
                return seen;
            }
        }
    }
}

#[tokio::test]
async fn a_restart_repeats_nothing_acknowledged_and_leaves_no_gap() {
    let mut server = Server::start();
    let mut consumer = Events::open(&server, "consumer", "/sub").await;
    let (first, _) = server.dial().await;
    let mut seen = consumer.until(&first).await;
    server.signal("TERM");
    while consumer.next().await.is_some_and(|message| {
        seen.push(message.seq);
        true
    }) {}
    assert!(server.ended().await.success());
    let server = server.again(&["--demo"]);
    let (last, _) = server.dial().await;
    let mut consumer = Events::open(&server, "consumer", "/sub").await;
    let acknowledged = *seen.first().unwrap();
    let after = consumer.until(&last).await;
    assert!(!after.contains(&acknowledged), "{after:?}");
    seen.extend(after);
    let all: BTreeSet<u64> = seen.iter().copied().collect();
    let whole: BTreeSet<u64> = (acknowledged..=*all.last().unwrap()).collect();
    assert_eq!(all, whole, "no gap");
}

#[tokio::test]
async fn a_death_leaves_no_gap() {
    let mut server = Server::start();
    let mut seen = BTreeSet::new();
    let consumer = "/sub?subscriptionType=Shared";
    let mut events = Events::open(&server, "consumer", consumer).await;
    for round in 0..3 {
        let mut guid = String::new();
        for _ in 0..5 {
            (guid, _) = server.dial().await;
        }
        seen.extend(events.until(&guid).await);
        let (missed, _) = server.dial().await;
        server.signal("KILL");
        _ = server.ended().await;
        server = server.again(&["--demo"]);
        events = Events::open(&server, "consumer", consumer).await;
        seen.extend(events.until(&missed).await);
        assert!(!seen.is_empty(), "round {round}");
    }
    let whole: BTreeSet<u64> = (*seen.first().unwrap()..=*seen.last().unwrap()).collect();
    assert_eq!(seen, whole, "no gap");
    // A reader finds the same, from the beginning.
    let mut reader = Events::open(&server, "reader", "?messageId=earliest").await;
    for expected in 1..=*whole.last().unwrap() {
        let message = reader.next().await.unwrap();
        assert_eq!(message.seq, expected);
        reader.ack(&message).await;
    }
}

#[tokio::test]
async fn a_copy_goes_on_where_its_subscriptions_were() {
    let server = Server::start();
    let mut consumer = Events::open(&server, "consumer", "/sub").await;
    let (first, _) = server.dial().await;
    let acknowledged = consumer.until(&first).await;
    drop(consumer);
    let (missed, _) = server.dial().await;
    let (copy, data) = (server.scratch("copy"), server.data_dir().display().to_string());
    let backup = run(&["backup", &copy, "--data-dir", &data, "--include-key"]);
    assert!(backup.status.success(), "{}", words(&backup.stderr));
    server.dial().await;

    let restored = Server::restored(&copy, &[]);
    let mut consumer = Events::open_as(&restored, &server, "consumer", "/sub").await;
    let after = consumer.until(&missed).await;
    let (begins, last) = (after[0], *acknowledged.last().unwrap());
    assert!(begins <= last + 1, "{begins} after {last}");
    assert_eq!(after, (begins..).take(after.len()).collect::<Vec<_>>(), "no gap");
}
