//! Where a tenant's events are sent to, what became of them, and trying again what was given up.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use channels::webhooks::Unavailable;
use engine::Committed;
use model::{
    Command, TenantId, WebhookId,
    command::Request,
    config::{Setting, Webhook},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::{Administrator, Caller},
    error::{ErrorBody, Invalid, Problem},
    fields::Input,
    headers::IdempotencyKey,
    path::Parameters,
};

mod wire;

use super::limit;
use wire::{
    AttemptAnswer, DeadLetterPage, DeliveryPage, Replayed, SaveWebhook, WebhookAnswer, WebhookPage,
};

/// What is sent to see whether anybody is there.
const VERIFY: &str = r#"{"eventType":"WEB_HOOK_VERIFY"}"#;
/// When to try again what is not available now.
const RETRY_MS: u64 = 1_000;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, replace, delete))
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

/// The number in a path; what is none names nothing.
struct Id(WebhookId);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        state: &S,
    ) -> Result<Self, Problem> {
        let path =
            Path::<std::collections::HashMap<String, String>>::from_request_parts(parts, state);
        let Path(path) = path.await.map_err(|_| Problem::NotFound)?;
        let id = path.get("webhookId").and_then(|id| id.parse().ok());
        id.map(|id| Self(WebhookId(id))).ok_or(Problem::NotFound)
    }
}

/// The webhooks, in the order of their numbers.
#[utoipa::path(
    get, path = "/admin/v1/webhooks", tag = "administration", operation_id = "listWebhooks",
    params(
        ("after" = Option<u64>, Query, description = "`next` of the page before"),
        ("limit" = Option<u64>, Query, description = "1 to 200"),
    ),
    responses(
        (status = 200, body = WebhookPage), (status = 400, body = ErrorBody),
        (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn list(
    State(app): State<App>,
    Administrator(caller): Administrator,
    parameters: Parameters,
) -> Result<Json<WebhookPage>, Problem> {
    let after = parameters.number("after")?.unwrap_or(0);
    let limit = limit(&parameters)?;
    let look = move |state: &engine::State, _| {
        let webhooks = state.config.webhooks.values();
        let later = webhooks.filter(|webhook| u64::from(webhook.id.0) > after);
        later.take(limit + 1).cloned().collect::<Vec<_>>()
    };
    let mut found = app.engine().query(&caller.tenant, look).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| last.id.0);
    let mut webhooks = Vec::new();
    for webhook in &found {
        webhooks.push(answer(&app, &caller.tenant, webhook).await?);
    }
    Ok(Json(WebhookPage { webhooks, next }))
}

/// Makes a webhook: what happens from now on is sent.
#[utoipa::path(
    post, path = "/admin/v1/webhooks", tag = "administration", operation_id = "createWebhook",
    request_body = SaveWebhook,
    responses(
        (status = 201, body = WebhookAnswer), (status = 400, body = ErrorBody),
        (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn create(
    State(app): State<App>,
    Administrator(caller): Administrator,
    key: IdempotencyKey,
    Input(wish): Input<SaveWebhook>,
) -> Result<(StatusCode, Json<WebhookAnswer>), Problem> {
    check(&app, &wish)?;
    let _one = app.numbering().lock().await;
    let last = |state: &engine::State, _| state.config.webhooks.keys().next_back().copied();
    let last = app.engine().query(&caller.tenant, last).await?.unwrap_or_default();
    let webhook = saved(WebhookId(last.0.saturating_add(1)), wish);
    let scope = key.within(&[&caller.user.to_string(), "webhooks"]);
    configure(&app, &caller, scope, Setting::Webhook(webhook.clone())).await?;
    // The same key again has made nothing: the answer is what it made the first time.
    let made = move |state: &engine::State, _| {
        let same = |known: &&Webhook| known.name == webhook.name && known.uri == webhook.uri;
        let webhooks = &state.config.webhooks;
        webhooks.get(&webhook.id).or_else(|| webhooks.values().find(same)).cloned()
    };
    let made = app.engine().query(&caller.tenant, made).await?.ok_or(Problem::NotFound)?;
    Ok((StatusCode::CREATED, Json(answer(&app, &caller.tenant, &made).await?)))
}

/// One webhook.
#[utoipa::path(
    get, path = "/admin/v1/webhooks/{webhookId}", tag = "administration", operation_id = "getWebhook",
    params(("webhookId" = u32, Path)),
    responses(
        (status = 200, body = WebhookAnswer), (status = 401, body = ErrorBody),
        (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
        (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn get(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Id(id): Id,
) -> Result<Json<WebhookAnswer>, Problem> {
    let webhook = find(&app, &caller.tenant, id).await?;
    Ok(Json(answer(&app, &caller.tenant, &webhook).await?))
}

/// Replaces a webhook's settings. One whose receiver was gone is tried again.
#[utoipa::path(
    put, path = "/admin/v1/webhooks/{webhookId}", tag = "administration", operation_id = "replaceWebhook",
    params(("webhookId" = u32, Path)),
    request_body = SaveWebhook,
    responses(
        (status = 200, body = WebhookAnswer), (status = 400, body = ErrorBody),
        (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn replace(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Id(id): Id,
    key: IdempotencyKey,
    Input(wish): Input<SaveWebhook>,
) -> Result<Json<WebhookAnswer>, Problem> {
    check(&app, &wish)?;
    let _one = app.numbering().lock().await;
    find(&app, &caller.tenant, id).await?;
    let webhook = saved(id, wish);
    let scope = key.within(&[&caller.user.to_string(), &format!("webhooks/{id}")]);
    configure(&app, &caller, scope, Setting::Webhook(webhook.clone())).await?;
    Ok(Json(answer(&app, &caller.tenant, &webhook).await?))
}

/// Deletes a webhook, with its log and its dead letters.
#[utoipa::path(
    delete, path = "/admin/v1/webhooks/{webhookId}", tag = "administration",
    operation_id = "deleteWebhook",
    params(("webhookId" = u32, Path)),
    responses(
        (status = 204, description = "It is deleted."), (status = 400, body = ErrorBody),
        (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn delete(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Id(id): Id,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    let _one = app.numbering().lock().await;
    find(&app, &caller.tenant, id).await?;
    let scope = key.within(&[&caller.user.to_string(), &format!("webhooks/{id} delete")]);
    configure(&app, &caller, scope, Setting::WebhookDeleted(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends `{"eventType":"WEB_HOOK_VERIFY"}`, signed like an event, and tells how it went.
#[utoipa::path(
    post, path = "/admin/v1/webhooks/{webhookId}/verify", tag = "administration",
    operation_id = "verifyWebhook",
    params(("webhookId" = u32, Path)),
    responses(
        (status = 200, body = AttemptAnswer), (status = 401, body = ErrorBody),
        (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
        (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn verify(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Id(id): Id,
) -> Result<Json<AttemptAnswer>, Problem> {
    let webhook = find(&app, &caller.tenant, id).await?;
    let attempt = app.webhooks().probe(&caller.tenant, &webhook.uri, VERIFY).await;
    Ok(Json(attempt.into()))
}

/// Attempts to deliver, newest first.
#[utoipa::path(
    get, path = "/admin/v1/webhooks/{webhookId}/deliveries", tag = "administration",
    operation_id = "listDeliveries",
    params(
        ("webhookId" = u32, Path),
        ("before" = Option<u64>, Query, description = "`next` of the page before"),
        ("limit" = Option<u64>, Query, description = "1 to 200"),
    ),
    responses(
        (status = 200, body = DeliveryPage), (status = 400, body = ErrorBody),
        (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn deliveries(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Id(id): Id,
    parameters: Parameters,
) -> Result<Json<DeliveryPage>, Problem> {
    find(&app, &caller.tenant, id).await?;
    let (before, limit) = (before(&parameters)?, limit(&parameters)?);
    let mut found = app.webhooks().deliveries(&caller.tenant, id, before, limit + 1).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| last.id);
    Ok(Json(DeliveryPage { deliveries: found.into_iter().map(Into::into).collect(), next }))
}

/// Events that were given up, newest first.
#[utoipa::path(
    get, path = "/admin/v1/webhooks/{webhookId}/dead-letters", tag = "administration",
    operation_id = "listDeadLetters",
    params(
        ("webhookId" = u32, Path),
        ("before" = Option<u64>, Query, description = "`next` of the page before"),
        ("limit" = Option<u64>, Query, description = "1 to 200"),
    ),
    responses(
        (status = 200, body = DeadLetterPage), (status = 400, body = ErrorBody),
        (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn dead_letters(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Id(id): Id,
    parameters: Parameters,
) -> Result<Json<DeadLetterPage>, Problem> {
    find(&app, &caller.tenant, id).await?;
    let (before, limit) = (before(&parameters)?, limit(&parameters)?);
    let mut found = app.webhooks().dead_letters(&caller.tenant, id, before, limit + 1).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| last.id);
    Ok(Json(DeadLetterPage { dead_letters: found.into_iter().map(Into::into).collect(), next }))
}

/// Tries all of a webhook's dead letters again.
#[utoipa::path(
    post, path = "/admin/v1/webhooks/{webhookId}/dead-letters/replay", tag = "administration",
    operation_id = "replayDeadLetters",
    params(("webhookId" = u32, Path)),
    responses(
        (status = 202, body = Replayed), (status = 401, body = ErrorBody),
        (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
        (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn replay_all(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Id(id): Id,
) -> Result<(StatusCode, Json<Replayed>), Problem> {
    find(&app, &caller.tenant, id).await?;
    let replayed = app.webhooks().revive(&caller.tenant, id, None).await?;
    Ok((StatusCode::ACCEPTED, Json(Replayed { replayed })))
}

/// Tries one dead letter again.
#[utoipa::path(
    post, path = "/admin/v1/webhooks/{webhookId}/dead-letters/{deadLetterId}/replay",
    tag = "administration", operation_id = "replayDeadLetter",
    params(("webhookId" = u32, Path), ("deadLetterId" = u64, Path)),
    responses(
        (status = 202, body = Replayed), (status = 401, body = ErrorBody),
        (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
        (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn replay(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Id(id): Id,
    Path((_, letter)): Path<(String, String)>,
) -> Result<(StatusCode, Json<Replayed>), Problem> {
    find(&app, &caller.tenant, id).await?;
    let letter = letter.parse().map_err(|_| Problem::NotFound)?;
    match app.webhooks().revive(&caller.tenant, id, Some(letter)).await? {
        0 => Err(Problem::NotFound),
        replayed => Ok((StatusCode::ACCEPTED, Json(Replayed { replayed }))),
    }
}

fn check(app: &App, wish: &SaveWebhook) -> Result<(), Invalid> {
    app.webhooks().check(&wish.uri).map_err(|fault| Invalid::field("uri", format!("It {fault}.")))
}

fn saved(id: WebhookId, wish: SaveWebhook) -> Webhook {
    let SaveWebhook { name, uri, events, enabled } = wish;
    Webhook { id, name, uri, events, enabled }
}

/// Saves a setting and waits until it is in force.
async fn configure(
    app: &App,
    caller: &Caller,
    key: Option<model::Text>,
    setting: Setting,
) -> Result<(), Problem> {
    let request = Request { key, command: Command::Configure(vec![setting]) };
    let Committed { position, .. } = app.engine().submit(&caller.tenant, request).await?;
    if app.webhooks().settled(&caller.tenant, position).await.is_err() {
        tracing::warn!(tenant = %caller.tenant, "a webhook's settings are not in force yet");
    }
    Ok(())
}

async fn find(app: &App, tenant: &TenantId, id: WebhookId) -> Result<Webhook, Problem> {
    let look = move |state: &engine::State, _| state.config.webhooks.get(&id).cloned();
    app.engine().query(tenant, look).await?.ok_or(Problem::NotFound)
}

async fn answer(app: &App, tenant: &TenantId, webhook: &Webhook) -> Result<WebhookAnswer, Problem> {
    let gone = app.webhooks().is_gone(tenant, webhook.id).await?;
    Ok(WebhookAnswer::of(webhook, gone))
}

fn before(parameters: &Parameters) -> Result<u64, Invalid> {
    Ok(parameters.number("before")?.unwrap_or(u64::MAX))
}
