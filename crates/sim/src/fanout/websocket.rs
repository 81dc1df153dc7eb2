//! Readers of Event Streaming.

use std::net::SocketAddr;

use anyhow::ensure;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

use super::{Frame, Protocol, connect, read_until};

/// A text frame of a server, and a ping.
const TEXT: u8 = 0x81;
const PING: u8 = 0x89;
/// `{}` as a client's text frame, masked with zeros: gives one credit back.
const CREDIT: [u8; 8] = [0x81, 0x82, 0, 0, 0, 0, b'{', b'}'];

/// Frames of Event Streaming.
#[derive(Debug)]
pub struct WebSocket;

/// Opens a reader of everything that happens from now on.
///
/// # Errors
/// When it is refused.
pub async fn reader(address: SocketAddr, tenant: &str, basic: &str) -> anyhow::Result<TcpStream> {
    let mut stream = connect(address).await?;
    let head = format!(
        "GET /ws/v2/reader/persistent/{tenant}/event-v1/all HTTP/1.1\r\nHost: 127.0.0.1\r\n\
         Authorization: {basic}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    let answer = read_until(&mut stream, b"\r\n\r\n").await?;
    let answer = String::from_utf8_lossy(&answer);
    ensure!(answer.starts_with("HTTP/1.1 101"), "a reader is refused: {answer}");
    Ok(stream)
}

impl Protocol for WebSocket {
    fn next(bytes: &[u8]) -> anyhow::Result<Option<Frame<'_>>> {
        let (head, length) = match *bytes {
            [_, 126, a, b, ..] => (4, usize::from(u16::from_be_bytes([a, b]))),
            [_, 127, 0, 0, 0, 0, a, b, c, d, ..] => {
                (10, usize::try_from(u32::from_be_bytes([a, b, c, d]))?)
            }
            [_, short, ..] if short < 126 => (2, usize::from(short)),
            _ => return Ok(None),
        };
        let Some(content) = bytes.get(head..head + length) else { return Ok(None) };
        let kind = bytes[0];
        ensure!(kind == TEXT || kind == PING, "the server closes: {content:?}");
        Ok(Some((head + length, (kind == TEXT).then_some(content))))
    }

    fn happened(message: &[u8]) -> Option<u64> {
        // …"publishTime":"2026-11-24T13:05:05.123Z","redeliveryCount":0}
        let end = message.iter().rposition(|byte| *byte == b'Z')?;
        let time = std::str::from_utf8(message.get(end.checked_sub(12)?..end)?).ok()?;
        let number = |range: std::ops::Range<usize>| time.get(range)?.parse::<u64>().ok();
        let (hours, minutes) = (number(0..2)?, number(3..5)?);
        let (seconds, ms) = (number(6..8)?, number(9..12)?);
        Some(((hours * 60 + minutes) * 60 + seconds) * 1_000 + ms)
    }

    fn thanks(messages: u64) -> Vec<u8> {
        CREDIT.repeat(usize::try_from(messages).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_times_are_read() {
        let text = br#"{"publishTime":"2026-11-24T13:05:05.123Z","redeliveryCount":0}"#;
        let frame = [&[TEXT, text.len() as u8][..], text].concat();
        let (length, message) = WebSocket::next(&frame).unwrap().unwrap();
        assert_eq!((length, message), (frame.len(), Some(&text[..])));
        assert!(WebSocket::next(&frame[..10]).unwrap().is_none());
        let expected = ((13 * 60 + 5) * 60 + 5) * 1_000 + 123;
        assert_eq!(WebSocket::happened(text), Some(expected));
        let long = [&[TEXT, 126, 1, 0][..], &[b'x'; 256]].concat();
        assert_eq!(WebSocket::next(&long).unwrap().unwrap().0, 260);
        assert!(WebSocket::next(&[0x88, 2, 3, 0xe8]).is_err());
    }
}
