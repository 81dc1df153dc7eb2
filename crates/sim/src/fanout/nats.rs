//! A NATS server of our own, for as long as somebody compares with it, and its subscribers.

use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

use super::{Frame, Protocol, connect, read_until};
use crate::server::directory;

const START: Duration = Duration::from_secs(20);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// A running NATS server. Killed when dropped.
#[derive(Debug)]
pub struct Nats {
    child: Child,
    _directory: tempfile::TempDir,
    /// Where it listens.
    pub address: SocketAddr,
}

/// What NATS sends its clients.
#[derive(Debug)]
pub struct Frames;

impl Nats {
    /// Starts one on a free port; `None` when it is not installed.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start() -> anyhow::Result<Option<Self>> {
        let directory = directory()?;
        let ports = directory.path().display().to_string();
        let mut command = Command::new("nats-server");
        command.args(["--addr", "127.0.0.1", "--port", "-1", "--ports_file_dir", &ports]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let Ok(child) = command.spawn() else { return Ok(None) };
        let file = directory.path().join(format!("nats-server_{}.ports", child.id()));
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut nats = Self { child, _directory: directory, address: nowhere };
        let begun = Instant::now();
        nats.address = loop {
            let text = std::fs::read(&file).unwrap_or_default();
            let ports: serde_json::Value = serde_json::from_slice(&text).unwrap_or_default();
            let url = ports["nats"][0].as_str().and_then(|url| url.strip_prefix("nats://"));
            if let Some(address) = url.and_then(|url| url.parse().ok()) {
                break address;
            }
            ensure!(begun.elapsed() < START, "nats-server does not start");
            tokio::time::sleep(LOOK_AGAIN).await;
        };
        Ok(Some(nats))
    }

    /// A connection that has said hello; it subscribes if it is to receive.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn client(&self, subscribes: bool) -> anyhow::Result<TcpStream> {
        let mut stream = connect(self.address).await?;
        read_until(&mut stream, b"\r\n").await?;
        let wish = if subscribes { "SUB events 1\r\n" } else { "" };
        let hello = format!("CONNECT {{\"verbose\":false,\"pedantic\":false}}\r\n{wish}PING\r\n");
        stream.write_all(hello.as_bytes()).await?;
        read_until(&mut stream, b"PONG\r\n").await?;
        Ok(stream)
    }
}

/// A message as it is published.
#[must_use]
pub fn publication(message: &[u8]) -> Vec<u8> {
    [format!("PUB events {}\r\n", message.len()).as_bytes(), message, b"\r\n"].concat()
}

impl Drop for Nats {
    fn drop(&mut self) {
        // It may be gone already, and then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Protocol for Frames {
    fn next(bytes: &[u8]) -> anyhow::Result<Option<Frame<'_>>> {
        let Some(end) = bytes.windows(2).take(64).position(|pair| pair == b"\r\n") else {
            return Ok(None);
        };
        let line = std::str::from_utf8(&bytes[..end])?;
        let start = end + 2;
        if !line.starts_with("MSG ") {
            ensure!(!line.starts_with("-ERR"), "NATS says {line}");
            return Ok(Some((start, None)));
        }
        let length: usize = line.rsplit(' ').next().context("a length")?.parse()?;
        let message = bytes.get(start..start + length + 2);
        Ok(message.map(|message| (start + length + 2, Some(&message[..length]))))
    }

    fn happened(_: &[u8]) -> Option<u64> {
        None
    }

    fn thanks(_: u64) -> Vec<u8> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read() {
        let frame = b"MSG events 1 5\r\nhello\r\nPING\r\n";
        let (length, message) = Frames::next(frame).unwrap().unwrap();
        assert_eq!((length, message), (23, Some(&b"hello"[..])));
        assert_eq!(Frames::next(&frame[length..]).unwrap(), Some((6, None)));
        assert_eq!(Frames::next(&frame[..20]).unwrap(), None);
        assert!(Frames::next(b"-ERR 'no'\r\n").is_err());
        assert_eq!(publication(b"hello"), b"PUB events 5\r\nhello\r\n");
    }
}
