//! A receiver: an HTTP server of a few lines, which tells what it was sent and answers as it is told.

use std::{collections::HashMap, net::SocketAddr, sync::Arc, time::Duration};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};

/// More than anything here takes on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A request as it came in.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", self.headers))
    }

    pub(crate) fn retry(&self) -> u32 {
        self.header("x-8x8-retry").parse().unwrap()
    }

    pub(crate) fn event(&self) -> Value {
        let body: Value = serde_json::from_str(&self.body).unwrap();
        body.as_object().unwrap().values().next().unwrap().clone()
    }

    pub(crate) fn agent(&self) -> String {
        self.event()["agentId"].as_str().unwrap().to_owned()
    }

    pub(crate) fn seq(&self) -> u64 {
        self.event()["msgInfo"]["sequenceId"].as_u64().unwrap()
    }
}

/// What a receiver does with a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reply {
    Status(u16),
    /// Says nothing for ever.
    Hang,
    /// Closes the connection instead of answering.
    Close,
    /// Answers, and then once more.
    Twice,
    /// Sends the client to another path.
    Redirect,
    /// Begins an answer that never ends.
    Endless,
}

/// A receiver on a port of its own.
pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    requests: mpsc::UnboundedReceiver<Request>,
}

impl Receiver {
    pub(crate) async fn start(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (told, requests) = mpsc::unbounded_channel();
        let reply = Arc::new(reply);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (told, reply) = (told.clone(), Arc::clone(&reply));
                tokio::spawn(async move { serve(stream, &told, &*reply).await });
            }
        });
        Self { address, requests }
    }

    pub(crate) fn uri(&self) -> String {
        format!("http://{}/events", self.address)
    }

    /// The next request.
    pub(crate) async fn next(&mut self) -> Request {
        timeout(PATIENCE, self.requests.recv()).await.expect("a request comes").unwrap()
    }

    pub(crate) async fn take(&mut self, count: usize) -> Vec<Request> {
        let mut taken = Vec::new();
        for _ in 0..count {
            taken.push(self.next().await);
        }
        taken
    }

    /// Whether a request has come that nobody has looked at.
    pub(crate) fn is_quiet(&mut self) -> bool {
        self.requests.is_empty()
    }
}

async fn serve(
    stream: TcpStream,
    told: &mpsc::UnboundedSender<Request>,
    reply: &(impl Fn(&Request) -> Reply + ?Sized),
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let request = read(&mut stream).await?;
        let answer = reply(&request);
        // Nobody listens when the test is over.
        _ = told.send(request);
        let text = match answer {
            Reply::Status(status) => {
                format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\n\r\nok")
            }
            Reply::Twice => "HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n".repeat(2),
            Reply::Redirect => {
                "HTTP/1.1 302 X\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n".to_owned()
            }
            Reply::Endless => {
                format!("HTTP/1.1 200 X\r\nContent-Length: 1000000\r\n\r\n{}", "x".repeat(100_000))
            }
            Reply::Close => return None,
            Reply::Hang => std::future::pending().await,
        };
        stream.get_mut().write_all(text.as_bytes()).await.ok()?;
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(Request { path, headers, body: String::from_utf8(body).ok()? })
}
