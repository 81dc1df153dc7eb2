//! A small HTTP/1.1 client: one connection, kept alive, with every byte of a request in our hands. It is
//! cheap enough not to be what a load test measures, and lets a request be as wrong as somebody wants.

use std::{
    io::{self, ErrorKind},
    net::SocketAddr,
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// Bytes of an answer at most.
const ANSWER_MAX: usize = 64 << 20;

/// A connection to a server.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    /// What was received and not yet taken.
    buffer: Vec<u8>,
    /// Whether the server still takes requests.
    open: bool,
}

/// What the server said.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

/// The bytes of a request. A body is sent with its length, and as JSON unless `headers` name a type.
#[must_use]
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if let Some(body) = body {
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            head.push_str("Content-Type: application/json\r\n");
        }
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    [head.as_bytes(), body.unwrap_or_default()].concat()
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(4_096), open: true })
    }

    /// Whether the server still takes requests on this connection.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Sends the bytes of a request and waits for the answer to it.
    ///
    /// # Errors
    /// When the connection breaks, or what comes back is no HTTP.
    pub async fn send(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.stream.write_all(request).await?;
        self.answer(request.starts_with(b"HEAD ")).await
    }

    /// Sends a request with a JSON body, or none if it is null, and waits for the answer.
    ///
    /// # Errors
    /// When the connection breaks, or what comes back is no HTTP.
    pub async fn call(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> io::Result<Answer> {
        let text = body.to_string();
        let body = (!body.is_null()).then_some(text.as_bytes());
        self.send(&request(method, path, headers, body)).await
    }

    /// Sends bytes without waiting for anything.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await
    }

    /// Says that nothing more will be sent.
    ///
    /// # Errors
    /// When the connection is broken already.
    pub async fn finish_sending(&mut self) -> io::Result<()> {
        self.open = false;
        self.stream.shutdown().await
    }

    /// Waits for an answer; one without a body, if `bodiless`.
    ///
    /// # Errors
    /// When the connection breaks, or what comes back is no HTTP.
    pub async fn answer(&mut self, bodiless: bool) -> io::Result<Answer> {
        let head_end = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.receive().await?;
        };
        let head: Vec<u8> = self.buffer.drain(..head_end).collect();
        let head = String::from_utf8(head).map_err(|_| broken("the head is no text"))?;
        let status = head.get(9..12).and_then(|digits| digits.parse().ok());
        let status = status.ok_or_else(|| broken("there is no status"))?;
        let mut answer = Answer { status, head, body: Vec::new() };
        if answer.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close")) {
            self.open = false;
        }
        if !(bodiless || matches!(status, 100..200 | 204 | 304)) {
            answer.body = self.body(&answer).await?;
        }
        Ok(answer)
    }

    async fn body(&mut self, answer: &Answer) -> io::Result<Vec<u8>> {
        if answer.header("transfer-encoding").is_some() {
            return self.chunks().await;
        }
        let length = answer.header("content-length").and_then(|length| length.parse().ok());
        self.take(length.unwrap_or(0)).await
    }

    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line_end = loop {
                if let Some(end) = find(&self.buffer, b"\r\n") {
                    break end;
                }
                self.receive().await?;
            };
            let size = std::str::from_utf8(&self.buffer[..line_end]).ok();
            let size = size.and_then(|size| usize::from_str_radix(size, 16).ok());
            let size = size.ok_or_else(|| broken("a chunk has no size"))?;
            self.buffer.drain(..line_end + 2);
            body.extend(self.take(size).await?);
            self.take(2).await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    /// Takes so many bytes, once they are there.
    ///
    /// # Errors
    /// When the connection breaks before.
    pub async fn take(&mut self, count: usize) -> io::Result<Vec<u8>> {
        if count > ANSWER_MAX {
            return Err(broken("the answer is too long"));
        }
        while self.buffer.len() < count {
            self.receive().await?;
        }
        Ok(self.buffer.drain(..count).collect())
    }

    async fn receive(&mut self) -> io::Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? > 0 {
            return Ok(());
        }
        self.open = false;
        Err(io::Error::new(ErrorKind::UnexpectedEof, "the server closed the connection"))
    }
}

impl Answer {
    /// Whether it says yes.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The value of a header, its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        let mut named = pairs.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim())
    }

    /// The body as JSON; null when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn broken(why: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn answers_follow_each_other_on_one_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let answers = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 204 No Content\r\n\r\n\
                           HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
                           3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n";
            stream.write_all(answers.as_bytes()).await.unwrap();
        });
        let mut connection = Connection::open(address).await.unwrap();
        assert_eq!(connection.answer(false).await.unwrap().body, b"ok");
        assert_eq!(connection.answer(false).await.unwrap().status, 204);
        assert!(connection.is_open());
        assert_eq!(connection.answer(false).await.unwrap().json()["a"], 1);
        assert!(!connection.is_open() && connection.answer(false).await.is_err());
        served.await.unwrap();
    }

    #[test]
    fn a_request_is_these_bytes() {
        let bytes = request("POST", "/a", &[("X-Key", "k")], Some(b"{}"));
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "POST /a HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Key: k\r\nContent-Type: application/json\r\n\
             Content-Length: 2\r\n\r\n{}"
        );
    }
}
