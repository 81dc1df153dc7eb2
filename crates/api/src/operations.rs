//! For those who run the server: liveness, readiness, metrics, the OpenAPI document.

use std::sync::OnceLock;

use axum::{
    Extension, Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, guard::Connection, openapi};

mod wire;
use wire::{Readiness, TenantReadiness};

/// What the guard protects like all else.
pub(crate) fn routes() -> OpenApiRouter<App> {
    let mut routes = OpenApiRouter::new().routes(routes!(metrics)).routes(routes!(document));
    for (_, documented, _) in [routes!(healthz), routes!(readyz)] {
        routes.get_openapi_mut().paths.paths.extend(documented.paths);
    }
    routes
}

/// What load balancers ask, also in the clear: nobody's credentials are in it.
pub(crate) fn health() -> Router<App> {
    Router::new().route("/healthz", routing::get(healthz)).route("/readyz", routing::get(readyz))
}

/// The process lives.
#[utoipa::path(
    get, path = "/healthz", tag = "operations",
    responses((status = 200, body = String, content_type = "text/plain", description = "`ok`")),
)]
async fn healthz() -> &'static str {
    "ok"
}

/// All tenants serve.
#[utoipa::path(
    get, path = "/readyz", tag = "operations",
    responses((status = 200, body = Readiness), (status = 503, body = Readiness)),
)]
async fn readyz(State(app): State<App>, connection: Option<Extension<Connection>>) -> Response {
    let tenants = app.engine().tenants();
    let ready = tenants.iter().all(|tenant| tenant.readiness == engine::Readiness::Ready);
    let told = connection.is_some_and(|connection| connection.is_local());
    let tenants = tenants.iter().filter(|_| told).map(|tenant| TenantReadiness {
        id: tenant.id.to_string(),
        state: tenant.readiness.as_str(),
        position: tenant.position,
    });
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Readiness { ready, tenants: tenants.collect() })).into_response()
}

/// What was counted, as Prometheus text. Sums over all tenants.
#[utoipa::path(
    get, path = "/metrics", tag = "operations",
    responses((status = 200, body = String, content_type = "text/plain")),
)]
async fn metrics(State(app): State<App>) -> Response {
    let text = app.metrics().render(&app.engine().metrics(), app.live().count());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

/// This document.
#[utoipa::path(
    get, path = "/openapi.json", tag = "operations",
    responses((status = 200, body = Object, description = "OpenAPI 3.1")),
)]
async fn document() -> Response {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    let text = DOCUMENT.get_or_init(openapi::document).as_str();
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}
