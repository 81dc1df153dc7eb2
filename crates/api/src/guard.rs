//! Every request passes here first: transport, sizes, panics, the log line, the headers of the answer.

use std::{any::Any, net::SocketAddr, time::Instant};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::{self, Next},
    response::Response,
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    app::App,
    error::Problem,
    limits::{HEADERS_MAX, URI_MAX},
};

/// How a request came in. The accept loop puts it into each request's extensions; a request without
/// it counts as one in the clear from an unknown machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Who is at the other end.
    pub peer: SocketAddr,
    /// The connection is encrypted, here or by a trusted proxy.
    pub tls: bool,
}

impl Connection {
    /// Whether the other end is this machine.
    pub(crate) fn is_local(&self) -> bool {
        self.peer.ip().to_canonical().is_loopback()
    }
}

/// How a contract words a problem.
pub(crate) type Answer = fn(Problem) -> Response;

/// What a contract asks of the transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    /// Nothing: there are no credentials in it.
    Any,
    /// TLS, or this machine where that is allowed.
    Trusted,
}

/// Gives a contract's routes what all routes have. The routes of one contract answer alike whatever
/// goes wrong, so this is done once for each.
pub(crate) fn guarded(
    routes: Router<App>,
    app: &App,
    transport: Transport,
    answer: Answer,
) -> Router<App> {
    let panicked = move |_: Box<dyn Any + Send>| {
        tracing::error!("a request's handler panicked");
        answer(Problem::Internal)
    };
    let app = app.clone();
    routes
        .method_not_allowed_fallback(move || async move { answer(Problem::MethodNotAllowed) })
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state((app, transport, answer), guard))
}

async fn guard(
    State((app, transport, answer)): State<(App, Transport, Answer)>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let tls = request.extensions().get::<Connection>().is_some_and(|connection| connection.tls);
    let mut response = match check(&app, transport, &request) {
        Ok(()) => next.run(request).await,
        Err(problem) => answer(problem),
    };
    add_headers(response.headers_mut(), tls);
    let (route, took) = (route.as_ref().map_or("", MatchedPath::as_str), start.elapsed());
    let status = response.status().as_u16();
    app.metrics().answered(&method, route, status, took);
    // The route's template, never the path: paths hold identifiers.
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if response.status().is_server_error() {
        tracing::warn!(target: "http", %method, route, status, ms, "failed");
    } else {
        tracing::info!(target: "http", %method, route, status, ms, "answered");
    }
    response
}

fn check(app: &App, transport: Transport, request: &Request) -> Result<(), Problem> {
    let connection = request.extensions().get::<Connection>();
    let local = connection.is_some_and(Connection::is_local);
    let encrypted = connection.is_some_and(|connection| connection.tls);
    let allowed_plain = local && app.options().plain_http_allowed;
    if transport == Transport::Trusted && !encrypted && !allowed_plain {
        return Err(Problem::InsecureTransport);
    }
    if request.uri().path_and_query().is_some_and(|uri| uri.as_str().len() > URI_MAX) {
        return Err(Problem::UriTooLong);
    }
    let headers = request.headers().iter();
    let size: usize = headers.map(|(name, value)| name.as_str().len() + value.len()).sum();
    if size > HEADERS_MAX { Err(Problem::HeadersTooLarge) } else { Ok(()) }
}

/// An answer is data: nobody may cache it, frame it, guess its type or run what it holds.
fn add_headers(headers: &mut HeaderMap, tls: bool) {
    const ALWAYS: [(HeaderName, &str); 5] = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if tls {
        let a_year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, a_year);
    }
    // The published contract names the charset; for JSON it changes nothing.
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json") {
        let kind = HeaderValue::from_static("application/json; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, kind);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::{body::Body, http::StatusCode, routing};
    use tower::ServiceExt;

    use super::*;
    use crate::{Api, Options, augmentation};

    async fn panics(answer: Answer) -> (StatusCode, String) {
        _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let dir = tempfile::tempdir().unwrap();
        let store = Arc::new(eventlog::MemoryStore::new());
        let options = engine::Options::new(dir.path(), engine::Key::random().unwrap());
        let engine = engine::Engine::start(store, options).unwrap();
        let streams =
            stream::Streams::start(engine.clone(), dir.path(), stream::Options::default());
        let (streams, options) = (streams.unwrap(), Options::default());
        let webhooks =
            channels::webhooks::Webhooks::start(engine.clone(), streams.clone(), dir.path(), &[]);
        let app = App::new(Api { engine, streams, webhooks: webhooks.unwrap(), options });
        let routes = Router::new().route("/x", routing::get(async || -> String { panic!("4711") }));
        let routes = guarded(routes, &app, Transport::Any, answer).with_state(app);
        let request = Request::get("/x").body(Body::empty()).unwrap();
        let response = routes.oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1_000).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_answered_and_tells_nothing() {
        let (status, body) = panics(Problem::answer).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(body.contains("\"code\":\"internal\"") && !body.contains("4711"), "{body}");
        let (status, body) = panics(augmentation::answer).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        let expected = r#"{"status":"error","code":500,"message":"Internal server error"}"#;
        assert_eq!(body, expected);
    }
}
