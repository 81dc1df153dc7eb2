//! The public key that receivers of webhooks check signatures with (webhooks, "Signature"). Public: no
//! credentials are asked for.

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    error::{ErrorBody, Problem},
};

/// When to ask again for a key that cannot be read now.
const RETRY_MS: u64 = 1_000;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(key)).routes(routes!(key_of_region))
}

/// The key of this id.
#[utoipa::path(
    get, path = "/chat-gateway/v1/jwk/{jwkId}/public", tag = "webhooks", operation_id = "getWebhookKey",
    params(("jwkId" = String, Path, description = "`kid` in a signature's header")),
    responses(
        (status = 200, body = Object, description = "A JWK"),
        (status = 404, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
)]
async fn key(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    find(&app, &id).await
}

/// The same key, where published receivers look for it.
#[utoipa::path(
    get, path = "/vcc/{region}/chat/v2/jwk/{kid}/public", tag = "webhooks",
    operation_id = "getWebhookKeyOfRegion",
    params(
        ("region" = String, Path, description = "Any"),
        ("kid" = String, Path, description = "`kid` in a signature's header"),
    ),
    responses(
        (status = 200, body = Object, description = "A JWK"),
        (status = 404, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
)]
async fn key_of_region(
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    find(&app, &id).await
}

async fn find(app: &App, id: &str) -> Result<Response, Problem> {
    let unavailable = |_| Problem::Unavailable { retry_ms: RETRY_MS };
    let key = app.webhooks().jwk().await.map_err(unavailable)?;
    if key.kid != id {
        return Err(Problem::NotFound);
    }
    let key: Value = serde_json::to_value(key).map_err(|_| Problem::Internal)?;
    Ok(Json(key).into_response())
}
