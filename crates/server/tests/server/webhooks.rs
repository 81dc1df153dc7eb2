//! Webhooks of the real binary: set up by an administrator, delivered through deaths of the server.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};

use crate::harness::{LONG, Server, answer};

/// What a receiver was sent: the event's id and the event.
type Sent = (String, Value);

/// A receiver that answers every request with 200.
async fn receiver() -> (String, mpsc::UnboundedReceiver<Sent>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}/events", listener.local_addr().unwrap());
    let (told, sent) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (told, mut stream) = (told.clone(), BufReader::new(stream));
            tokio::spawn(async move { while serve(&mut stream, &told).await.is_some() {} });
        }
    });
    (uri, sent)
}

async fn serve(
    stream: &mut BufReader<TcpStream>,
    told: &mpsc::UnboundedSender<Sent>,
) -> Option<()> {
    let (mut length, mut id) = (0, String::new());
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().ok()?;
        } else if line.starts_with("x-8x8-event-id: ") {
            id = line;
        } else if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    told.send((id, serde_json::from_slice(&body).ok()?)).ok()?;
    stream.get_mut().write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.ok()
}

/// Events until the one about the birth of an interaction; their numbers.
async fn until(sent: &mut mpsc::UnboundedReceiver<Sent>, interaction: &str) -> BTreeSet<u64> {
    let mut seen = BTreeSet::new();
    loop {
        let (id, event) = timeout(LONG, sent.recv()).await.expect("an event comes").unwrap();
        let event = event.as_object().unwrap().values().next().unwrap();
        assert!(!id.is_empty());
        seen.insert(event["msgInfo"]["sequenceId"].as_u64().unwrap());
        if event["interactionGUID"] == interaction {
            return seen;
        }
    }
}

#[tokio::test]
async fn deaths_of_the_server_lose_no_event() {
    let place = tempfile::tempdir().unwrap();
    let config = place.path().join("config.toml");
    std::fs::write(&config, "[webhooks]\nallow = [\"127.0.0.0/8\"]\n").unwrap();
    let config = config.display().to_string();
    let flags = ["--demo", "--config", &config];
    let mut server = Server::with(&flags);
    let (uri, mut sent) = receiver().await;
    let admin = server.ready["users"].as_array().unwrap().iter();
    let admin = admin.clone().find(|user| user["role"] == "administrator").unwrap();
    let login = json!({ "email": admin["email"], "password": admin["password"] });
    let (status, session) = server.post("/auth/v1/login", &login).await;
    assert_eq!(status, StatusCode::OK, "{session}");
    let create = server.request(Method::POST, "/admin/v1/webhooks");
    let create = create.bearer_auth(session["token"].as_str().unwrap());
    let (status, made) = answer(create.json(&json!({ "name": "all", "uri": uri }))).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let mut seen = BTreeSet::new();
    for _ in 0..3 {
        let (first, _) = server.dial().await;
        seen.extend(until(&mut sent, &first).await);
        // Whatever is not yet sent, or sent and not yet noted.
        let (last, _) = server.dial().await;
        server.signal("KILL");
        _ = server.ended().await;
        server = server.again(&flags);
        seen.extend(until(&mut sent, &last).await);
    }
    let whole: BTreeSet<u64> = (*seen.first().unwrap()..=*seen.last().unwrap()).collect();
    assert_eq!(seen, whole, "no gap");
}
