//! The web pages, embedded at build time. Every address that is neither an API's nor a file's leads to the
//! application, which finds its own page from it.

use api::Connection;
use axum::{
    Json, Router,
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use memory_serve::CacheControl;
use serde_json::json;
use tower::ServiceExt;

/// What the pages may load and talk to: only this server. Styles may stand in elements, because the
/// component library puts them there.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/// The folder of files with a hash of their content in their names: they never change.
const HASHED: &str = "/assets/";

#[expect(unused_qualifications, reason = "the list of files is generated")]
fn files() -> Router {
    memory_serve::load!()
        .index_file(Some("/index.html"))
        .html_cache_control(CacheControl::NoCache)
        .cache_control(CacheControl::NoCache)
        .into_router()
}

/// Adds the pages to the APIs.
pub(crate) fn with_pages(apis: Router) -> Router {
    let files = files();
    apis.fallback(move |request: Request<Body>| page(files.clone(), request))
}

async fn page(files: Router, request: Request<Body>) -> Response {
    let path = request.uri().path().to_owned();
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let tls = request.extensions().get::<Connection>().is_some_and(|connection| connection.tls);
    let wants_page = wants_page(&path, request.headers());
    let conditions = request.headers().clone();
    let method = request.method().clone();
    let found = files.clone().oneshot(request).await.into_response();
    if found.status() != StatusCode::NOT_FOUND {
        return with_headers(found, &path, tls);
    }
    if !wants_page {
        return not_found();
    }
    let mut index = Request::new(Body::empty());
    *index.method_mut() = method;
    *index.headers_mut() = conditions;
    *index.uri_mut() = Uri::from_static("/");
    with_headers(files.oneshot(index).await.into_response(), "/", tls)
}

/// A page's address has no dot in its last part, and whoever asks for it takes HTML.
fn wants_page(path: &str, headers: &HeaderMap) -> bool {
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    !is_file && accept.is_none_or(|accept| accept.contains("text/html") || accept.contains("*/*"))
}

fn with_headers(mut response: Response, path: &str, tls: bool) -> Response {
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    if tls {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if path.starts_with(HASHED) {
        set(header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    }
    response
}

fn not_found() -> Response {
    let body = json!({
        "code": "notFound",
        "message": "There is nothing at this address.",
        "field": null,
        "retryable": false,
    });
    (StatusCode::NOT_FOUND, Json(body)).into_response()
}
