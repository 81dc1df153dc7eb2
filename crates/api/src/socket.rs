//! Event sockets of Cordboard's own contracts: who may open one, how it lives, how it ends.

use std::time::Duration;

use axum::{
    extract::{
        WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    http::{HeaderMap, header},
};
use engine::FollowError;
use serde::Serialize;
use tokio::time::timeout;

use crate::{auth::Caller, error::Problem};

/// How often the client is told that the connection lives.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(5);
/// How long a client may be silent: browsers answer the pings that go out with the heartbeats.
pub(crate) const SILENCE_MAX: Duration = Duration::from_secs(60);
/// How long a tenant may be unavailable before its clients are asked to connect again.
pub(crate) const UNAVAILABLE_MAX: Duration = Duration::from_secs(10);
/// The shortest time between two frames that nobody waits for: four a second.
pub(crate) const FRAME_EVERY: Duration = Duration::from_millis(250);
/// Bytes for reading, per connection. Clients say next to nothing.
const READ_BUFFER: usize = 4_096;
/// Bytes of a message from a client.
const MESSAGE_MAX: usize = 4_096;
/// How long a client may take to read a frame before it is dropped.
const SEND_TIME: Duration = Duration::from_secs(10);

/// Why a socket is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The client has gone, or does not read.
    Gone,
    /// The client has seen a position that the log has not reached.
    AheadOfLog,
    /// The session is over.
    SessionOver,
    /// The server goes down, or cannot follow the log.
    GoingDown,
}

impl From<&FollowError> for Ending {
    fn from(error: &FollowError) -> Self {
        match error {
            FollowError::AheadOfLog { .. } => Self::AheadOfLog,
            FollowError::Closed | FollowError::Log(_) | FollowError::Unreadable(_) => {
                Self::GoingDown
            }
        }
    }
}

/// Browsers send the cookie whatever page asks, and no header of ours; `Origin` they cannot forge.
pub(crate) fn check_page(caller: &Caller, headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
    let is_own = origin.is_some() && origin.map(|(_, host)| host) == text(header::HOST);
    if caller.by_cookie && !is_own {
        return Err(Problem::Forbidden("The page that asks is not of this server."));
    }
    Ok(())
}

/// Bounds what a client can send.
pub(crate) fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade.read_buffer_size(READ_BUFFER).max_message_size(MESSAGE_MAX).max_frame_size(MESSAGE_MAX)
}

/// Sends one frame as JSON text.
pub(crate) async fn send_frame(
    socket: &mut WebSocket,
    frame: &impl Serialize,
) -> Result<(), Ending> {
    let text = serde_json::to_string(frame).expect("frames hold only what JSON can hold");
    send(socket, Message::Text(text.into())).await
}

/// Asks a client whether it is still there.
pub(crate) async fn ping(socket: &mut WebSocket) -> Result<(), Ending> {
    send(socket, Message::Ping(Vec::new().into())).await
}

/// A client that does not read is dropped: what it holds back is needed by others.
async fn send(socket: &mut WebSocket, message: Message) -> Result<(), Ending> {
    match timeout(SEND_TIME, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Ending::Gone),
    }
}

/// Says why it ends.
pub(crate) async fn close(mut socket: WebSocket, ending: Ending) {
    let (code, reason) = match ending {
        Ending::Gone => return,
        Ending::AheadOfLog => (4409, "position is ahead of the log"),
        Ending::SessionOver => (4401, "session ended"),
        Ending::GoingDown => (1012, "service restart"),
    };
    let frame = CloseFrame { code, reason: reason.into() };
    let _ = timeout(SEND_TIME, socket.send(Message::Close(Some(frame)))).await;
}
