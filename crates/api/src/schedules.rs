//! Schedules, as published: opening hours, and whether it is open now.
//!
//! | Form | Credential | Without suffix and `Accept` |
//! |---|---|---|
//! | `/api/provisioning/schedules…` | a token of the tenant | XML |
//! | `/cc/v1/schedules…` | a key for schedules | JSON |

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing,
};
use model::{ScheduleId, access::Product, config::Schedule};

use crate::{
    app::App,
    auth::program::Token,
    error::Problem,
    gateway, platform,
    projection::{Empty, Form},
};

mod wire;

/// Paths of the platform form that belong to this contract also where nothing is.
pub(crate) const PLATFORM: &str = "/api/provisioning";
/// The same for the gateway form.
pub(crate) const GATEWAY: &str = "/cc/v1/schedules";

pub(crate) fn platform_routes() -> Router<App> {
    const ALL: &str = "/api/provisioning/schedules";
    let mut routes = Router::new()
        .route(&format!("{ALL}/{{id}}"), routing::get(platform_one))
        .route(&format!("{ALL}/{{id}}/{{status}}"), routing::get(platform_status));
    for (suffix, form) in [("", None), (".json", Some(Form::Json)), (".xml", Some(Form::Xml))] {
        let all = move |state: State<App>, headers: HeaderMap| platform_all(state, headers, form);
        routes = routes.route(&format!("{ALL}{suffix}"), routing::get(all));
    }
    routes
}

pub(crate) fn gateway_routes() -> Router<App> {
    Router::new()
        .route(GATEWAY, routing::get(gateway_all))
        .route("/cc/v1/schedules/{id}/status", routing::get(gateway_status))
}

/// A problem as each family words it.
struct Platform(Problem);
struct Gateway(Problem);

impl IntoResponse for Platform {
    fn into_response(self) -> Response {
        platform::answer(self.0)
    }
}

impl IntoResponse for Gateway {
    fn into_response(self) -> Response {
        gateway::answer(self.0)
    }
}

async fn platform_all(
    State(app): State<App>,
    headers: HeaderMap,
    form: Option<Form>,
) -> Result<Response, Platform> {
    let form = form.unwrap_or_else(|| Form::of("", &headers, Form::Xml).1);
    let (_, all) = platform::enter(&app, &headers, Token::Either, |state, _| everything(state))
        .await
        .map_err(Platform)?;
    Ok(wire::list(&all).answer("schedules", form, true, Empty::Text))
}

async fn platform_one(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Platform> {
    let (id, form) = Form::of(&id, &headers, Form::Xml);
    let found = find_on_platform(&app, &headers, id).await.map_err(Platform)?;
    Ok(wire::one(&found).answer("schedule", form, true, Empty::Text))
}

async fn platform_status(
    State(app): State<App>,
    Path((id, status)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Platform> {
    let (status, form) = Form::of(&status, &headers, Form::Xml);
    let found = find_on_platform(&app, &headers, &id).await.map_err(Platform)?;
    if status != "status" {
        return Err(Platform(Problem::NotFound));
    }
    let now = app.engine().now();
    Ok(wire::status(&found, now).answer("schedule-status", form, true, Empty::Text))
}

async fn find_on_platform(
    app: &App,
    headers: &HeaderMap,
    id: &str,
) -> Result<Arc<Schedule>, Problem> {
    let id = id.to_owned();
    let look = move |state: &engine::State, _| find(state, &id);
    let (_, found) = platform::enter(app, headers, Token::Either, look).await?;
    found.ok_or(Problem::NotFound)
}

async fn gateway_all(State(app): State<App>, headers: HeaderMap) -> Result<Response, Gateway> {
    let (_, form) = Form::of("", &headers, Form::Json);
    let look = |state: &engine::State, _| everything(state);
    let (_, all) =
        gateway::enter(&app, &headers, Product::Schedules, look).await.map_err(Gateway)?;
    Ok(wire::list(&all).answer("schedules", form, true, Empty::List))
}

async fn gateway_status(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Gateway> {
    let (_, form) = Form::of("", &headers, Form::Json);
    let look = move |state: &engine::State, _| find(state, &id);
    let (_, found) =
        gateway::enter(&app, &headers, Product::Schedules, look).await.map_err(Gateway)?;
    let found = found.ok_or(Gateway(Problem::NotFound))?;
    let now = app.engine().now();
    Ok(wire::status(&found, now).answer("schedule-status", form, true, Empty::List))
}

fn everything(state: &engine::State) -> Vec<Arc<Schedule>> {
    state.config.schedules.values().cloned().collect()
}

/// By number, or by name.
fn find(state: &engine::State, id: &str) -> Option<Arc<Schedule>> {
    let schedules = &state.config.schedules;
    let by_id = id.parse().ok().and_then(|id| schedules.get(&ScheduleId(id)));
    by_id.or_else(|| schedules.values().find(|schedule| &*schedule.name == id)).cloned()
}
