//! The Streaming API, as published: everything that happens to a tenant, pushed to at most three clients, over
//! a WebSocket or over a response that does not end.
//!
//! ```text
//! subscribe ─► handshake (what is asked) ─► live (a place among the clients) ─► cache (where to go on)
//!                                                                                   │
//!                   link (WebSocket or body) ◄─ session (the loop) ◄─ stream ◄──────┘
//! ```

use std::time::Duration;

use axum::{
    extract::{State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::{HeaderMap, Method, header},
    response::{IntoResponse, Response},
    routing,
};
use tokio::time::timeout;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::program::Credential,
    error::{Invalid, Problem},
    path::{Identifier, Parameters},
};

mod cache;
mod handshake;
mod link;
mod live;
mod session;
mod wire;

pub(crate) use live::Live;
pub(crate) use wire::answer;

use session::Session;

/// An alias of older clients.
const ALIAS: &str = "/api/sapi/atmosphere/subscribe/{topic}";

/// Bytes for reading, per connection. Clients say next to nothing.
const READ_BUFFER: usize = 4_096;
/// Bytes of a message from a client.
const MESSAGE_MAX: usize = 64 * 1024;
/// How long a new subscription waits until the stream has come to what happens now.
const PATIENCE: Duration = Duration::from_secs(5);
/// When to try again after that.
const RETRY_MS: u64 = 1_000;

/// The limits of the Streaming API (its "Connection lifecycle").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamingLimits {
    /// Clients of one tenant that are connected at once.
    pub clients: usize,
    /// How long a connection lasts.
    pub connection: Duration,
    /// How long a client that has gone can come back and is told what it missed.
    pub cache: Duration,
    /// How many messages it is told at most; older ones are dropped.
    pub cache_messages: u64,
    /// How many bytes of messages it is told at most.
    pub cache_bytes: u64,
    /// How many clients of one tenant that have gone are remembered; the longest gone gives way.
    pub dormant: usize,
    /// How often a connection says that it lives.
    pub heartbeat: Duration,
    /// How often a WebSocket is asked whether its client is there. It may leave two such pings unanswered, and
    /// is gone half a ping later.
    pub ping: Duration,
    /// How many bytes of messages a client that was up to date may fall behind.
    pub unsent_bytes: u64,
}

impl Default for StreamingLimits {
    fn default() -> Self {
        Self {
            clients: 3,
            connection: Duration::from_secs(60 * 60),
            cache: Duration::from_secs(2 * 60 * 60),
            cache_messages: 200_000,
            cache_bytes: 64 << 20,
            dormant: 8,
            heartbeat: Duration::from_secs(45),
            ping: Duration::from_secs(30),
            unsent_bytes: 8 << 20,
        }
    }
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(subscribe)).route(ALIAS, routing::get(subscribe))
}

/// Everything that happens to the tenant, from now on or from where this subscription was when it last
/// went: each message a frame of a WebSocket, or a chunk of a response that does not end. Also at
/// `/api/sapi/atmosphere/subscribe/{topic}`.
#[utoipa::path(
    get, path = "/api/streaming/v1/clientconnect/subscribe/{topic}", tag = "streaming",
    operation_id = "subscribe",
    params(
        ("topic" = String, Path, description = "`TenantUpdates-{tenant}-{subscription}`"),
        ("tenantId" = Option<String>, Query, description = "The tenant again."),
        ("subsId" = Option<String>, Query, description = "The subscription again."),
        ("desiredOutputType" = Option<String>, Query,
            description = "`JSON` (default), `XML`, `NEWLINE_JSON` or `NEWLINE_XML`, in any case."),
    ),
    responses(
        (status = 101, description = "A WebSocket."),
        (status = 200, body = String, content_type = "text/plain", description = "Does not end."),
        (status = 400, body = wire::ErrorBody),
        (status = 401, body = wire::ErrorBody, description = "With a Basic challenge."),
        (status = 403, body = wire::ErrorBody, description = "Another tenant's, or no TLS."),
        (status = 429, body = wire::ErrorBody, description = "Three clients are connected."),
        (status = 503, body = wire::ErrorBody, description = "See Retry-After."),
    ),
    security(("dataRequestToken" = [])),
)]
async fn subscribe(
    State(app): State<App>,
    method: Method,
    topic: Result<Identifier, Problem>,
    parameters: Result<Parameters, Problem>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let opened = async {
        // HEAD would take a place and be gone at once.
        if method != Method::GET {
            return Err(Problem::MethodNotAllowed);
        }
        let (Identifier(topic), parameters) = (topic?, parameters?);
        let session = enter(&app, &topic, &parameters, &headers).await?;
        match upgrade {
            Ok(upgrade) => Ok(upgrade
                .read_buffer_size(READ_BUFFER)
                .max_message_size(MESSAGE_MAX)
                .max_frame_size(MESSAGE_MAX)
                .on_upgrade(move |socket| session.serve(link::Link::socket(socket)))),
            Err(_) if headers.contains_key(header::UPGRADE) => {
                Err(Invalid::body("This is not how a WebSocket is opened.").into())
            }
            Err(_) => {
                let (link, body) = link::Link::body();
                tokio::spawn(session.serve(link));
                Ok(([(header::CONTENT_TYPE, wire::CONTENT_TYPE)], body).into_response())
            }
        }
    };
    opened.await.unwrap_or_else(answer)
}

/// Everything that can be refused, and the place that the client then has.
async fn enter(
    app: &App,
    topic: &str,
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Session, Problem> {
    let credential = presented(headers, parameters).ok_or(Problem::Unauthenticated)?;
    let tenant = credential.tenant.clone();
    if !session::is_good(app, &credential).await? {
        return Err(Problem::Unauthenticated);
    }
    let ask = handshake::read(topic, parameters, &tenant)?;
    let stream = app.streams().tenant(&tenant).ok_or(Problem::Unauthenticated)?;
    let limits = app.options().streaming;
    let (slot, earlier) = app.live().claim(app, &tenant, &ask, limits.clients)?;
    if let Some(earlier) = earlier {
        earlier.end().await;
    }
    let now = app.engine().now();
    let start = timeout(PATIENCE, cache::enter(&stream, &ask.subscription, now, &limits)).await;
    let start = start.unwrap_or(Err(stream::StreamError::Unavailable)).map_err(|error| {
        tracing::warn!(%tenant, %error, "subscription cannot begin");
        Problem::Unavailable { retry_ms: RETRY_MS }
    })?;
    Ok(Session::new(app.clone(), stream, slot, credential, ask, start))
}

/// What shows who asks: a header, or where a browser cannot send one, a parameter.
fn presented(headers: &HeaderMap, parameters: &Parameters) -> Option<Credential> {
    let key = headers.get("x-api-key").and_then(|key| key.to_str().ok());
    let tenant = parameters.text(wire::TENANT);
    Credential::basic(headers)
        .or_else(|| Credential::key(headers))
        .or_else(|| Credential::token(tenant?, key?))
        .or_else(|| Credential::parameter(parameters.text(wire::TOKEN)?))
}
