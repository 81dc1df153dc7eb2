//! The accept loop. Our own, because a ready-made one never closes a connection that says nothing.

use std::{
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{self, Poll},
    time::Duration,
};

use api::Connection;
use axum::{Router, body::Body, http::Request};
use hyper::{
    body::Incoming,
    rt::{Read, ReadBufCursor, Write},
    server::conn::http1,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// How long a client may take to send a request's head, and to begin the next one.
const HEAD: Duration = Duration::from_secs(10);
/// How long the TLS handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long what was sent may stay without an answer from the other machine. A connection that was cut, or
/// whose client does not read, is dropped then, also when nobody waits for it.
#[cfg(target_os = "linux")]
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);
/// Connections at once, WebSockets included. More wait in the kernel's backlog until one closes.
const CONNECTIONS_MAX: u32 = 10_000;
/// How long to wait when the system has no file descriptor left.
const EXHAUSTED: Duration = Duration::from_millis(100);
/// How long requests under way may take once the server is going down.
const GRACE: Duration = Duration::from_secs(3);

/// Serves until `halted` changes, then lets the requests under way finish and the WebSockets close.
pub(super) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    app: Router,
    mut halted: watch::Receiver<bool>,
) {
    let slots = Arc::new(Semaphore::new(CONNECTIONS_MAX as usize));
    let client = Client { app, tls, halted: halted.clone() };
    let accept = async {
        loop {
            let slot = slots.clone().acquire_owned().await.expect("it is never closed");
            let (stream, peer) = accept(&listener).await;
            tokio::spawn(client.clone().greet(stream, peer, slot));
        }
    };
    tokio::select! {
        () = accept => {}
        () = halt(&mut halted) => {}
    }
    drop(listener);
    // All slots are back when the last connection has closed.
    if timeout(GRACE, slots.acquire_many(CONNECTIONS_MAX)).await.is_err() {
        tracing::warn!("some connections were still open when the server went down");
    }
}

/// Ready when the server goes down.
async fn halt(halted: &mut watch::Receiver<bool>) {
    // An error would mean that whoever could say so is gone.
    _ = halted.wait_for(|halted| *halted).await;
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections now");
                sleep(EXHAUSTED).await;
            }
        }
    }
}

#[cfg(target_os = "linux")]
fn give_up_on_silence(stream: &TcpStream) {
    let ms = u32::try_from(UNACKNOWLEDGED.as_millis()).unwrap_or(u32::MAX);
    // A socket that refuses is still good: it only lasts longer when it is cut.
    _ = rustix::net::sockopt::set_tcp_user_timeout(stream, ms);
}

/// Other systems have no such option.
#[cfg(not(target_os = "linux"))]
fn give_up_on_silence(_: &TcpStream) {}

/// The client went before it was served; the next one may be fine.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// What every connection is served with.
#[derive(Clone)]
struct Client {
    app: Router,
    tls: Option<TlsAcceptor>,
    halted: watch::Receiver<bool>,
}

impl Client {
    async fn greet(self, stream: TcpStream, peer: SocketAddr, slot: OwnedSemaphorePermit) {
        // Small frames leave at once; a socket that refuses is still good.
        _ = stream.set_nodelay(true);
        give_up_on_silence(&stream);
        let Some(tls) = self.tls.clone() else {
            return self.speak(stream, slot, Connection { peer, tls: false }).await;
        };
        match timeout(HANDSHAKE, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.speak(stream, slot, Connection { peer, tls: true }).await,
            Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
            Err(_) => tracing::debug!("a TLS handshake took too long"),
        }
    }

    async fn speak<S>(mut self, stream: S, slot: OwnedSemaphorePermit, connection: Connection)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let app = self.app.map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(connection);
            request.map(Body::new)
        });
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .serve_connection(
                Counted { stream: TokioIo::new(stream), _slot: slot },
                TowerToHyperService::new(app),
            )
            .with_upgrades();
        let mut served = pin!(served);
        let ended = tokio::select! {
            ended = served.as_mut() => ended,
            () = halt(&mut self.halted) => {
                served.as_mut().graceful_shutdown();
                served.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

/// A stream that gives its slot back when it closes, as a WebSocket too.
struct Counted<S> {
    stream: TokioIo<S>,
    _slot: OwnedSemaphorePermit,
}

impl<S: AsyncRead + Unpin> Read for Counted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> Write for Counted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }
}
