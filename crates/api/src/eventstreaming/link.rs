//! One connection: frames in and out, pings, and how it ends.

use std::time::Duration;

use axum::{
    extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade},
    response::Response,
};
use futures_util::SinkExt;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

/// Bytes for reading, per connection. Clients say next to nothing.
const READ_BUFFER: usize = 4_096;
/// Bytes gathered before they are written.
const WRITE_BUFFER: usize = 32 * 1024;
/// Bytes of a frame beside its content, at most.
const FRAME_HEAD: usize = 10;
/// Bytes of a client's frame (Event Streaming, "Status and close codes").
const FRAME_MAX: usize = 1024 * 1024;
/// Bytes after which a connection is cut off without a word.
const FRAME_CUT: usize = 2 * FRAME_MAX;
/// How often the client is asked whether it is there.
const PING: Duration = Duration::from_secs(30);
/// Pings that a client may leave without any answer.
const UNANSWERED_MAX: u32 = 2;
/// How long a client may take to read what it is sent.
const SEND_TIME: Duration = Duration::from_secs(60);
/// How long it may take to read why it is sent away.
const CLOSE_TIME: Duration = Duration::from_secs(5);

/// Why a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The client has gone, or does not read.
    Gone,
    /// The client has unsubscribed.
    Unsubscribed,
    /// The client sent what cannot be read. Says why.
    Unreadable(&'static str),
    /// The client sent a frame that is too long.
    TooLong,
    /// The credential is no longer good.
    Unauthenticated,
    /// The subscription was deleted by another consumer, or the stream ended.
    Over,
    /// The server goes down.
    GoingDown,
}

/// What comes from a client.
pub(super) enum Heard {
    /// A frame of text.
    Text(Utf8Bytes),
    /// A sign of life.
    Life,
    /// Nothing, and it is time for [`beat`](Link::beat).
    Nothing,
}

/// A connection.
pub(super) struct Link {
    socket: WebSocket,
    /// Bytes gathered and not yet written.
    gathered: usize,
    pings: Interval,
    unanswered: u32,
}

pub(super) fn open<F, S>(upgrade: WebSocketUpgrade, serve: S) -> Response
where
    F: Future<Output = ()> + Send + 'static,
    S: FnOnce(Link) -> F + Send + 'static,
{
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_message_size(FRAME_CUT)
        .max_frame_size(FRAME_CUT)
        .on_upgrade(move |socket| {
            let mut pings = interval(PING);
            pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
            pings.reset();
            serve(Link { socket, gathered: 0, pings, unanswered: 0 })
        })
}

impl Link {
    /// What the client says next. Nothing is lost when the future is dropped.
    pub(super) async fn hear(&mut self) -> Result<Heard, Ending> {
        let received = tokio::select! {
            received = self.socket.recv() => received,
            _ = self.pings.tick() => return Ok(Heard::Nothing),
        };
        let heard = match received {
            Some(Ok(Message::Text(text))) if text.len() > FRAME_MAX => return Err(Ending::TooLong),
            Some(Ok(Message::Text(text))) => Heard::Text(text),
            Some(Ok(Message::Binary(_))) => {
                return Err(Ending::Unreadable("only text frames are read"));
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Heard::Life,
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Ending::Gone),
        };
        self.unanswered = 0;
        Ok(heard)
    }

    /// Asks whether the client is there.
    pub(super) async fn beat(&mut self) -> Result<(), Ending> {
        if self.unanswered >= UNANSWERED_MAX {
            return Err(Ending::Gone);
        }
        self.unanswered += 1;
        self.gather(Message::Ping(Vec::new().into())).await?;
        self.flush().await
    }

    /// Sends a text with those before and after it.
    pub(super) async fn send(&mut self, text: Utf8Bytes) -> Result<(), Ending> {
        self.gather(Message::Text(text)).await?;
        if self.gathered >= WRITE_BUFFER { self.flush().await } else { Ok(()) }
    }

    /// Sends what was gathered.
    pub(super) async fn flush(&mut self) -> Result<(), Ending> {
        if self.gathered == 0 {
            return Ok(());
        }
        self.gathered = 0;
        match timeout(SEND_TIME, self.socket.flush()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Ending::Gone),
        }
    }

    async fn gather(&mut self, message: Message) -> Result<(), Ending> {
        let content = if let Message::Text(text) = &message { text.len() } else { 0 };
        self.gathered += FRAME_HEAD + content;
        match timeout(SEND_TIME, self.socket.feed(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Ending::Gone),
        }
    }

    /// Tells the client why it ends. Codes from 4000 on are Pulsar's own numbers, which WebSockets cannot
    /// carry as they are.
    pub(super) async fn close(mut self, ending: Ending) {
        let (code, reason) = match ending {
            Ending::Gone => return,
            Ending::Unsubscribed => (1000, "unsubscribed"),
            Ending::Over => (1000, "the subscription is over"),
            Ending::Unreadable(why) => (4003, why),
            Ending::TooLong => (1009, "a frame is at most 1 MiB"),
            Ending::Unauthenticated => (4005, "Failed to authenticate"),
            Ending::GoingDown => (1012, "service restart"),
        };
        let frame = CloseFrame { code, reason: reason.into() };
        let _ = timeout(CLOSE_TIME, self.socket.send(Message::Close(Some(frame)))).await;
    }
}
