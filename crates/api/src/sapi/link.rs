//! The two transports, and how each knows what has arrived.
//!
//! After messages a WebSocket is sent a ping with the last one's number; the pong that comes back says that the
//! client's library has everything before it. A response has no way back: what the connection has sent
//! counts as arrived, unless the client leaves without having been told to; then the last of it may be
//! lost on the way, and is told again, with the same numbers.

use std::{
    collections::VecDeque,
    convert::Infallible,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    extract::ws::{CloseFrame, Message, WebSocket},
};
use futures_util::{SinkExt, stream};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, timeout},
};

/// Chunks that wait for the connection to take them.
const CHUNKS: usize = 16;
/// How long a client may take to read before it is dropped.
const SEND_TIME: Duration = Duration::from_secs(60);
/// How long to wait for the last word of a client that is told to go.
const GOODBYE: Duration = Duration::from_secs(2);

/// Apart at least are the entries of what was sent when.
const GRAIN: Duration = Duration::from_millis(100);
/// How long what was sent when is remembered.
const MEMORY: Duration = Duration::from_secs(60);

/// The client has gone, or does not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gone;

/// A connection to a client.
pub(super) enum Link {
    Socket(Box<WebSocket>),
    Body(Feed),
}

/// Our end of a response that does not end.
pub(super) struct Feed {
    chunks: mpsc::Sender<(u64, String)>,
    flushed: watch::Receiver<u64>,
    /// What had been sent when, oldest first.
    history: VecDeque<(Instant, u64)>,
}

impl Link {
    pub(super) fn socket(socket: WebSocket) -> Self {
        Self::Socket(Box::new(socket))
    }

    /// A response's body, and the link that fills it.
    pub(super) fn body() -> (Self, Body) {
        let (sender, chunks) = mpsc::channel(CHUNKS);
        let (flushes, flushed) = watch::channel(0);
        let mut drain = Drain { chunks, flushes, yielded: 0, waited: false };
        let body = stream::poll_fn(move |context| drain.poll(context));
        let feed = Feed { chunks: sender, flushed, history: VecDeque::new() };
        (Self::Body(feed), Body::from_stream(body))
    }

    /// Hands a text over: a frame, or a chunk. `seq` is the number of the message, 0 for what is none.
    pub(super) async fn send(&mut self, seq: u64, text: String) -> Result<(), Gone> {
        match self {
            Self::Socket(socket) => in_time(socket.feed(Message::Text(text.into()))).await,
            Self::Body(feed) => in_time(feed.chunks.send((seq, text))).await,
        }
    }

    /// Lets what was handed over go, and asks for a sign that it has arrived up to `seq`.
    pub(super) async fn flush(&mut self, seq: u64) -> Result<(), Gone> {
        match self {
            Self::Socket(socket) => {
                let mark = Bytes::copy_from_slice(&seq.to_be_bytes());
                in_time(socket.send(Message::Ping(mark))).await
            }
            Self::Body(_) => Ok(()),
        }
    }

    /// Waits for something from the client: the number of the last message that has arrived, or `None` for
    /// what says nothing. Nothing is lost when the future is dropped.
    pub(super) async fn heard(&mut self) -> Result<Option<u64>, Gone> {
        match self {
            Self::Socket(socket) => match socket.recv().await {
                Some(Ok(Message::Pong(mark))) => Ok(seq_of(&mark)),
                Some(Ok(Message::Close(_)) | Err(_)) | None => Err(Gone),
                Some(Ok(_)) => Ok(None),
            },
            Self::Body(feed) => match feed.flushed.changed().await {
                Ok(()) => Ok(Some(feed.remember())),
                Err(_) => Err(Gone),
            },
        }
    }

    /// Of a response, the number of the last message that was sent before so long ago, 0 if none was; of a
    /// WebSocket nothing, because its pongs tell.
    pub(super) fn sent_before(&self, ago: Duration) -> Option<u64> {
        let Self::Body(feed) = self else { return None };
        let early = feed.history.iter().rev().find(|(at, _)| at.elapsed() > ago);
        Some(early.map_or(0, |(_, seq)| *seq))
    }

    /// Ends it in an orderly way after the message `sent`. Gives the number of the last message that has
    /// arrived, if it is heard.
    pub(super) async fn close(self, sent: u64, code: u16, reason: &'static str) -> Option<u64> {
        let mut last = None;
        match self {
            Self::Socket(mut socket) => {
                let close = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
                let mark = Bytes::copy_from_slice(&sent.to_be_bytes());
                let goodbye = async {
                    socket.feed(Message::Ping(mark)).await.ok()?;
                    socket.send(close).await.ok()?;
                    while let Some(Ok(message)) = socket.recv().await {
                        if let Message::Pong(mark) = message {
                            last = seq_of(&mark).or(last);
                        }
                    }
                    Some(())
                };
                let _ = timeout(GOODBYE, goodbye).await;
            }
            Self::Body(Feed { chunks, mut flushed, .. }) => {
                drop(chunks);
                let goodbye = async { while flushed.changed().await.is_ok() {} };
                let _ = timeout(GOODBYE, goodbye).await;
                last = Some(*flushed.borrow());
            }
        }
        last
    }
}

impl Feed {
    /// Notes what has been sent.
    fn remember(&mut self) -> u64 {
        let (now, seq) = (Instant::now(), *self.flushed.borrow_and_update());
        while self.history.front().is_some_and(|(at, _)| now - *at > MEMORY) {
            self.history.pop_front();
        }
        if self.history.back().is_none_or(|(at, _)| now - *at >= GRAIN) {
            self.history.push_back((now, seq));
        }
        seq
    }
}

fn seq_of(mark: &Bytes) -> Option<u64> {
    Some(u64::from_be_bytes(mark.as_ref().try_into().ok()?))
}

async fn in_time<E>(sent: impl Future<Output = Result<(), E>>) -> Result<(), Gone> {
    match timeout(SEND_TIME, sent).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Gone),
    }
}

/// The connection's end of a response that does not end.
struct Drain {
    chunks: mpsc::Receiver<(u64, String)>,
    flushes: watch::Sender<u64>,
    /// The last message that the connection took.
    yielded: u64,
    /// The connection was told to wait since: it has sent what it could.
    waited: bool,
}

impl Drain {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        match self.chunks.poll_recv(context) {
            Poll::Ready(Some((seq, text))) => {
                self.yielded = self.yielded.max(seq);
                self.waited = false;
                Poll::Ready(Some(Ok(text.into())))
            }
            Poll::Ready(None) => {
                self.flushes.send_replace(self.yielded);
                Poll::Ready(None)
            }
            Poll::Pending => {
                if self.waited {
                    self.flushes.send_if_modified(|flushed| {
                        let more = *flushed < self.yielded;
                        *flushed = self.yielded;
                        more
                    });
                } else {
                    // The connection sends when it is told to wait, and then comes back.
                    self.waited = true;
                    context.waker().wake_by_ref();
                }
                Poll::Pending
            }
        }
    }
}
