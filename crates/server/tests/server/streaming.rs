//! The Streaming API over restarts, deaths and the end of each connection: nothing is missed, and in order.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::StreamExt;
use reqwest::Method;
use serde_json::Value;
use tokio::{sync::watch, task::JoinHandle, time::timeout};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::harness::{LONG, Server};

/// Where a client subscribes, and with what.
#[derive(Clone)]
struct Door {
    url: String,
    tenant: String,
    token: String,
}

impl Door {
    fn of(server: &Server) -> Self {
        let [url, tenant, token] = ["url", "tenantId", "dataRequestToken"].map(|f| server.text(f));
        Self { url, tenant, token }
    }

    fn address(&self, name: &str) -> String {
        let Self { url, tenant, .. } = self;
        format!(
            "{url}/api/streaming/v1/clientconnect/subscribe/TenantUpdates-{tenant}-{name}\
             ?tenantId={tenant}&subsId={name}&desiredOutputType=NEWLINE_JSON"
        )
    }
}

/// What a client has been told: numbers, and whether it is up to the call that ends the test.
struct Told {
    seqs: Vec<u64>,
    last_call: watch::Receiver<Option<String>>,
}

impl Told {
    /// Takes a message in; whether it is the one that ends the test.
    fn take(&mut self, line: &str) -> bool {
        let event: Value = serde_json::from_str(line).unwrap();
        if event.get("ClientCheck").is_some() {
            return false;
        }
        let (_, event) = event.as_object().unwrap().iter().next().unwrap();
        self.seqs.push(event["msgInfo"]["sequenceId"].as_u64().unwrap());
        let guid = event["interactionGUID"].as_str();
        guid.is_some() && guid == self.last_call.borrow().as_deref()
    }
}

/// A client that comes back whenever its connection ends.
async fn over_a_socket(door: Door, mut told: Told, connects: watch::Sender<u32>) -> Vec<u64> {
    let mut pause = tokio::time::interval(Duration::from_millis(20));
    loop {
        pause.tick().await;
        let address = door.address("socket").replace("http://", "ws://");
        let mut request = address.into_client_request().unwrap();
        let pair = STANDARD.encode(format!("{}:{}", door.tenant, door.token));
        request.headers_mut().insert("authorization", format!("Basic {pair}").parse().unwrap());
        let Ok((mut socket, _)) = connect_async(request).await else { continue };
        connects.send_modify(|connects| *connects += 1);
        while let Some(Ok(message)) = socket.next().await {
            if let Message::Text(line) = message
                && told.take(line.trim())
            {
                return told.seqs;
            }
        }
    }
}

/// The same over a response that does not end.
async fn over_a_response(door: Door, mut told: Told, connects: watch::Sender<u32>) -> Vec<u64> {
    let mut pause = tokio::time::interval(Duration::from_millis(20));
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    loop {
        pause.tick().await;
        let request = http.get(door.address("response"));
        let request = request.basic_auth(&door.tenant, Some(&door.token));
        let Ok(mut response) = request.send().await else { continue };
        if !response.status().is_success() {
            continue;
        }
        connects.send_modify(|connects| *connects += 1);
        let mut text = Vec::new();
        while let Ok(Some(bytes)) = response.chunk().await {
            text.extend_from_slice(&bytes);
            while let Some(end) = text.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = text.drain(..=end).collect();
                if told.take(std::str::from_utf8(&line).unwrap().trim()) {
                    return told.seqs;
                }
            }
        }
    }
}

/// The customer hangs up.
async fn hang_up(server: &Server, call: &str) {
    let hang_up = server.request(Method::POST, &format!("/sim/v1/calls/{call}/hangup"));
    assert!(hang_up.send().await.unwrap().status().is_success());
}

/// Waits until a client has connected once more.
async fn connects_again(connects: &mut watch::Receiver<u32>) {
    let before = *connects.borrow_and_update();
    let again = connects.wait_for(|connects| *connects > before);
    timeout(LONG, again).await.expect("it connects").unwrap();
}

#[tokio::test]
async fn nothing_is_missed_whatever_happens_to_the_server() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("cordboard.toml");
    std::fs::write(&config, "[streaming]\nconnection_s = 1\n").unwrap();
    let flags = ["--demo", "--config", config.to_str().unwrap()];
    let mut server = Server::with(&flags);
    let (last_call, last) = watch::channel(None);
    let told = || Told { seqs: Vec::new(), last_call: last.clone() };
    let door = Door::of(&server);
    let ((one, mut socket), (two, mut response)) = (watch::channel(0), watch::channel(0));
    let clients: [JoinHandle<Vec<u64>>; 2] = [
        tokio::spawn(over_a_socket(door.clone(), told(), one)),
        tokio::spawn(over_a_response(door, told(), two)),
    ];
    timeout(LONG, socket.wait_for(|connects| *connects > 0)).await.unwrap().unwrap();
    timeout(LONG, response.wait_for(|connects| *connects > 0)).await.unwrap().unwrap();
    for round in 0..6 {
        for _ in 0..10 {
            let (_, call) = server.dial().await;
            hang_up(&server, &call).await;
        }
        match round {
            1 => {
                server.signal("TERM");
                server.ended().await;
                server = server.again(&flags);
            }
            // SIGKILL
            3 => server = server.again(&flags),
            // The end of the connections.
            _ => {
                connects_again(&mut socket).await;
                connects_again(&mut response).await;
            }
        }
    }
    let (guid, call) = server.dial().await;
    last_call.send_replace(Some(guid));
    hang_up(&server, &call).await;
    for client in clients {
        let seqs = timeout(LONG, client).await.expect("it comes to the end").unwrap();
        let mut next = seqs[0];
        for seq in &seqs {
            assert!(*seq <= next, "after {} comes {seq}", next - 1);
            next = next.max(seq + 1);
        }
        assert!(next - seqs[0] >= 120, "{} messages", next - seqs[0]);
    }
}
