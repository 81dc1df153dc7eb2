//! Clients of the Streaming API: a WebSocket's, and one that reads a response that does not end.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use axum::{Extension, Router};
use futures_util::{SinkExt, StreamExt};
use model::{AgentId, Command, TenantId, command::AgentCommand, status::Status};
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpSocket, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, client_async, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, handshake::client::Request},
};

use crate::util::{TENANT, World, basic, local};

/// How long a message may take before the test gives up.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

pub(super) const PATH: &str = "/api/streaming/v1/clientconnect/subscribe";

/// A server on a port of its own.
pub(super) struct Served {
    pub(super) world: World,
    pub(super) address: String,
    changes: AtomicUsize,
}

impl Served {
    pub(super) async fn new(world: World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let router: Router = world.router.clone().layer(Extension(local()));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { world, address, changes: AtomicUsize::new(0) }
    }

    pub(super) fn stream(&self) -> stream::Stream {
        self.world.streams.tenant(&TenantId::parse(TENANT).unwrap()).unwrap()
    }

    /// The names of the subscriptions that are kept.
    pub(super) async fn kept(&self) -> Vec<String> {
        let kept = self.stream().list_cursors("sapi/").await.unwrap();
        kept.into_iter().map(|(name, _)| name).collect()
    }

    /// Waits until so many clients are connected.
    pub(super) async fn connected(&self, count: usize) {
        let wanted = format!("\ncordboard_streaming_clients {count}\n");
        let look = async {
            while !self.world.get("/metrics").send().await.text.contains(&wanted) {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, look).await.expect("it is noticed");
    }

    /// How many calls there were: all messages but the skills that the settings tell of.
    pub(super) async fn total_calls(&self) -> usize {
        let stream = self.stream();
        let head = stream.latest().await.unwrap();
        let mut calls = 0;
        let mut after = 0;
        while after < head {
            let messages = stream.next(after, 1_000).await.unwrap();
            let created = |message: &&std::sync::Arc<stream::Message>| {
                message.kind == stream::Kind::InteractionCreated
            };
            calls += messages.iter().filter(created).count();
            after = messages.last().unwrap().seq;
        }
        calls
    }

    /// So many messages about an agent who changes her status.
    pub(super) async fn status_messages(&self, count: usize) {
        let tenant = TenantId::parse(TENANT).unwrap();
        let agent = AgentId::parse(&format!("ag{:0>22}", "ana")).unwrap();
        let mut sent = Vec::new();
        let mut messages = 0;
        while messages < count {
            let n = self.changes.fetch_add(1, Ordering::Relaxed);
            // The first tells that she logs in, too.
            messages += if n == 0 { 2 } else { 1 };
            let status = [Status::OnBreak, Status::WorkOffline][n % 2];
            let command = AgentCommand::SetStatus { agent, status, reason: None };
            sent.push(self.world.engine.submit(&tenant, Command::Agent(command).into()));
        }
        for change in sent {
            change.await.unwrap();
        }
    }

    pub(super) fn url(&self, topic: &str, query: &str) -> String {
        format!("ws://{}{PATH}/{topic}?{query}", self.address)
    }
}

/// The number of a message.
pub(super) fn seq_of(text: &str) -> u64 {
    let event: Value = serde_json::from_str(text).unwrap();
    let (_, event) = event.as_object().unwrap().iter().next().unwrap();
    event["msgInfo"]["sequenceId"].as_u64().unwrap()
}

/// A WebSocket.
pub(super) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub(super) async fn open(served: &Served, name: &str, query: &str) -> Self {
        Self::open_of(served, TENANT, name, query).await
    }

    /// One whose buffer for what comes in is small.
    pub(super) async fn narrow(served: &Served, name: &str) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4_096).unwrap();
        let stream = socket.connect(served.address.parse().unwrap()).await.unwrap();
        let request = Self::request(served, TENANT, name, "");
        let stream = client_async(request, MaybeTlsStream::Plain(stream)).await.unwrap().0;
        Self(stream)
    }

    pub(super) async fn open_of(served: &Served, tenant: &str, name: &str, query: &str) -> Self {
        let request = Self::request(served, tenant, name, query);
        Self(connect_async(request).await.unwrap().0)
    }

    fn request(served: &Served, tenant: &str, name: &str, query: &str) -> Request {
        let query = format!("tenantId={tenant}&subsId={name}{query}");
        let url = served.url(&format!("TenantUpdates-{tenant}-{name}"), &query);
        let mut request = url.into_client_request().unwrap();
        let credentials = basic(tenant, served.world.data_token.reveal()).parse().unwrap();
        request.headers_mut().insert("authorization", credentials);
        request
    }

    /// Why a request is not let in, and its headers.
    pub(super) async fn refused(request: Request) -> (u16, String, axum::http::HeaderMap) {
        match connect_async(request).await {
            Err(Error::Http(answer)) => {
                let body = answer.body().as_deref().unwrap_or_default();
                let body = String::from_utf8(body.to_vec()).unwrap();
                (answer.status().as_u16(), body, answer.headers().clone())
            }
            other => panic!("not refused: {other:?}"),
        }
    }

    pub(super) async fn message(&mut self) -> Option<Message> {
        let next = timeout(PATIENCE, self.0.next()).await.expect("something comes");
        next.and_then(Result::ok)
    }

    pub(super) async fn say(&mut self, text: String) -> Result<(), Error> {
        self.0.send(Message::text(text)).await
    }

    /// The next text.
    pub(super) async fn text(&mut self) -> String {
        loop {
            match self.message().await {
                Some(Message::Text(text)) => return text.as_str().to_owned(),
                Some(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("no text: {other:?}"),
            }
        }
    }

    /// The numbers of the next messages, which this client then confirms.
    pub(super) async fn seqs(&mut self, count: usize) -> Vec<u64> {
        let mut seqs = Vec::new();
        while seqs.len() < count {
            seqs.push(seq_of(&self.text().await));
        }
        loop {
            match self.message().await {
                Some(Message::Ping(mark)) => {
                    let mark = u64::from_be_bytes(mark.as_ref().try_into().unwrap());
                    self.0.flush().await.unwrap();
                    if mark >= *seqs.last().unwrap() {
                        return seqs;
                    }
                }
                other => panic!("no ping: {other:?}"),
            }
        }
    }

    /// The numbers of all messages until the server closes, and its code.
    pub(super) async fn rest(&mut self) -> (Vec<u64>, u16) {
        let mut seqs = Vec::new();
        loop {
            match self.message().await {
                Some(Message::Text(text)) => seqs.push(seq_of(&text)),
                Some(Message::Close(Some(frame))) => {
                    while self.message().await.is_some() {}
                    return (seqs, frame.code.into());
                }
                Some(_) => {}
                None => return (seqs, 0),
            }
        }
    }

    /// Leaves in an orderly way.
    pub(super) async fn close(mut self) {
        self.0.close(None).await.unwrap();
        while self.message().await.is_some() {}
    }
}

/// A response that does not end.
pub(super) struct Body(BufReader<TcpStream>);

impl Body {
    pub(super) async fn open(served: &Served, name: &str, query: &str) -> Self {
        Self::open_at(served, PATH, name, query).await
    }

    pub(super) async fn open_at(served: &Served, path: &str, name: &str, query: &str) -> Self {
        let stream = TcpStream::connect(&served.address).await.unwrap();
        let mut stream = BufReader::new(stream);
        let credentials = basic(TENANT, served.world.data_token.reveal());
        let request = format!(
            "GET {path}/TenantUpdates-{TENANT}-{name}?tenantId={TENANT}&subsId={name}{query} HTTP/1.1\r\n\
             Host: x\r\nAuthorization: {credentials}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let read = stream.read_line(&mut head);
            assert_ne!(timeout(PATIENCE, read).await.unwrap().unwrap(), 0, "{head}");
        }
        let head = head.to_lowercase();
        assert!(head.starts_with("http/1.1 200 "), "{head}");
        for header in
            ["content-type: text/plain;charset=utf-8", "transfer-encoding: chunked", "no-store"]
        {
            assert!(head.contains(header), "{head}");
        }
        Self(stream)
    }

    /// The next chunk; empty at the end.
    pub(super) async fn chunk(&mut self) -> String {
        let read = async {
            let mut size = String::new();
            self.0.read_line(&mut size).await.unwrap();
            let size = usize::from_str_radix(size.trim(), 16).unwrap();
            let mut chunk = vec![0; size + 2];
            self.0.read_exact(&mut chunk).await.unwrap();
            chunk.truncate(size);
            String::from_utf8(chunk).unwrap()
        };
        timeout(PATIENCE, read).await.expect("a chunk comes")
    }

    pub(super) async fn seq(&mut self) -> u64 {
        seq_of(&self.chunk().await)
    }

    /// The numbers of all messages until the body ends in an orderly way.
    pub(super) async fn rest(&mut self) -> Vec<u64> {
        let mut seqs = Vec::new();
        loop {
            match self.chunk().await {
                end if end.is_empty() => return seqs,
                text => seqs.push(seq_of(&text)),
            }
        }
    }
}
