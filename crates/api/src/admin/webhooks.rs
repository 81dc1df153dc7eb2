//! What webhooks have beyond other settings: whether anybody is there, what became of events, and trying again what
//! was given up.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use channels::webhooks::Unavailable;
use engine::State as Rules;
use model::{TenantId, WebhookId, config::Webhook};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{limit, page, resource::Named};
use crate::{
    app::App,
    auth::Administrator,
    error::{ErrorBody, Invalid, Problem},
    path::Parameters,
};

mod wire;

use wire::{AttemptAnswer, DeadLetterPage, DeliveryPage, Replayed, WebhookState};

/// What is sent to see whether anybody is there.
const VERIFY: &str = r#"{"eventType":"WEB_HOOK_VERIFY"}"#;
/// When to try again what is not available now.
const RETRY_MS: u64 = 1_000;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(state))
        .routes(routes!(verify))
        .routes(routes!(deliveries))
        .routes(routes!(dead_letters))
        .routes(routes!(replay_all))
        .routes(routes!(replay))
}

impl From<Unavailable> for Problem {
    fn from(_: Unavailable) -> Self {
        Self::Unavailable { retry_ms: RETRY_MS }
    }
}

/// How a webhook gets on: is its receiver there, what waits, what was given up.
#[utoipa::path(
    get, path = "/admin/v1/webhooks/{id}/state", tag = "administration",
    operation_id = "getWebhookState",
    params(("id" = u32, Path)),
    responses((status = 200, body = WebhookState), (status = 404, body = ErrorBody), Administrator),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn state(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
) -> Result<Json<WebhookState>, Problem> {
    let Webhook { id, .. } = find(&app, &caller.tenant, id).await?;
    let standing = app.webhooks().standing(&caller.tenant, id).await?;
    Ok(Json(standing.into()))
}

/// Sends `{"eventType":"WEB_HOOK_VERIFY"}`, signed like an event, and tells how it went.
#[utoipa::path(
    post, path = "/admin/v1/webhooks/{id}/verify", tag = "administration",
    operation_id = "verifyWebhook",
    params(("id" = u32, Path)),
    responses(
        (status = 200, body = AttemptAnswer), (status = 404, body = ErrorBody), Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn verify(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
) -> Result<Json<AttemptAnswer>, Problem> {
    let webhook = find(&app, &caller.tenant, id).await?;
    let attempt = app.webhooks().probe(&caller.tenant, &webhook.uri, VERIFY).await;
    Ok(Json(attempt.into()))
}

/// Attempts to deliver, newest first.
#[utoipa::path(
    get, path = "/admin/v1/webhooks/{id}/deliveries", tag = "administration",
    operation_id = "listDeliveries",
    params(
        ("id" = u32, Path),
        ("before" = Option<u64>, Query, description = "`next` of the page before"),
        ("limit" = Option<u64>, Query, description = "1 to 200"),
    ),
    responses(
        (status = 200, body = DeliveryPage), (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody), Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn deliveries(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
    parameters: Parameters,
) -> Result<Json<DeliveryPage>, Problem> {
    let Webhook { id, .. } = find(&app, &caller.tenant, id).await?;
    let (before, limit) = (before(&parameters)?, limit(&parameters)?);
    let found = app.webhooks().deliveries(&caller.tenant, id, before, limit + 1).await?;
    let (found, next) = page(found, limit, |last| last.id);
    Ok(Json(DeliveryPage { deliveries: found.into_iter().map(Into::into).collect(), next }))
}

/// Events that were given up, newest first.
#[utoipa::path(
    get, path = "/admin/v1/webhooks/{id}/dead-letters", tag = "administration",
    operation_id = "listDeadLetters",
    params(
        ("id" = u32, Path),
        ("before" = Option<u64>, Query, description = "`next` of the page before"),
        ("limit" = Option<u64>, Query, description = "1 to 200"),
    ),
    responses(
        (status = 200, body = DeadLetterPage), (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody), Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn dead_letters(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
    parameters: Parameters,
) -> Result<Json<DeadLetterPage>, Problem> {
    let Webhook { id, .. } = find(&app, &caller.tenant, id).await?;
    let (before, limit) = (before(&parameters)?, limit(&parameters)?);
    let found = app.webhooks().dead_letters(&caller.tenant, id, before, limit + 1).await?;
    let (found, next) = page(found, limit, |last| last.id);
    Ok(Json(DeadLetterPage { dead_letters: found.into_iter().map(Into::into).collect(), next }))
}

/// Tries all of a webhook's dead letters again.
#[utoipa::path(
    post, path = "/admin/v1/webhooks/{id}/dead-letters/replay", tag = "administration",
    operation_id = "replayDeadLetters",
    params(("id" = u32, Path)),
    responses(
        (status = 202, body = Replayed), (status = 404, body = ErrorBody), Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn replay_all(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
) -> Result<(StatusCode, Json<Replayed>), Problem> {
    let Webhook { id, .. } = find(&app, &caller.tenant, id).await?;
    let replayed = app.webhooks().revive(&caller.tenant, id, None).await?;
    Ok((StatusCode::ACCEPTED, Json(Replayed { replayed })))
}

/// Tries one dead letter again.
#[utoipa::path(
    post, path = "/admin/v1/webhooks/{id}/dead-letters/{letter}/replay",
    tag = "administration", operation_id = "replayDeadLetter",
    params(("id" = u32, Path), ("letter" = u64, Path)),
    responses(
        (status = 202, body = Replayed), (status = 404, body = ErrorBody), Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn replay(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
    Path((_, letter)): Path<(String, String)>,
) -> Result<(StatusCode, Json<Replayed>), Problem> {
    let Webhook { id, .. } = find(&app, &caller.tenant, id).await?;
    let letter = letter.parse().map_err(|_| Problem::NotFound)?;
    match app.webhooks().revive(&caller.tenant, id, Some(letter)).await? {
        0 => Err(Problem::NotFound),
        replayed => Ok((StatusCode::ACCEPTED, Json(Replayed { replayed }))),
    }
}

async fn find(app: &App, tenant: &TenantId, id: u32) -> Result<Webhook, Problem> {
    let look = move |rules: &Rules, _| rules.config.webhooks.get(&WebhookId(id)).cloned();
    app.engine().query(tenant, look).await?.ok_or(Problem::NotFound)
}

fn before(parameters: &Parameters) -> Result<u64, Invalid> {
    Ok(parameters.number("before")?.unwrap_or(u64::MAX))
}
