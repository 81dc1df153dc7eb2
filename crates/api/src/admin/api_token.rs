//! The tenant's two tokens for programs (Configuration Manager, "API Token").

use axum::{Json, extract::State, http::StatusCode};
use model::{UserId, access::Made};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Person, tokens};
use crate::{
    app::App,
    auth::Administrator,
    error::{ErrorBody, Problem},
    headers::IdempotencyKey,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get))
        .routes(routes!(renew_data_request_token))
        .routes(routes!(renew_action_request_token))
}

/// The tokens without what they are: nobody can look at them again.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ApiToken {
    /// The user name of both: the tenant's name.
    username: String,
    data_request_token: TokenMade,
    action_request_token: TokenMade,
}

/// When and by whom a token was made; both `null` when it came with the tenant.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TokenMade {
    /// In epoch milliseconds.
    #[schema(required)]
    made_at: Option<u64>,
    #[schema(required)]
    by: Option<Person>,
}

/// A new token, shown once.
#[derive(Serialize, ToSchema)]
struct NewToken {
    username: String,
    token: String,
}

/// The tokens: when they were made, and by whom.
#[utoipa::path(
    get, path = "/admin/v1/api-token", tag = "administration", operation_id = "getApiToken",
    responses((status = 200, body = ApiToken), Administrator),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn get(
    State(app): State<App>,
    Administrator(caller): Administrator,
) -> Result<Json<ApiToken>, Problem> {
    let look = |state: &engine::State, _| {
        let made = state.access.tokens.as_ref().map(|tokens| tokens.made).unwrap_or_default();
        let told = |made: Option<Made>| TokenMade {
            made_at: made.map(|made| made.at.0),
            by: made.map(|made| Person::of(state, made.by)),
        };
        (told(made.data_request), told(made.action_request))
    };
    let (data_request_token, action_request_token) =
        app.engine().query(&caller.tenant, look).await?;
    let username = caller.tenant.to_string();
    Ok(Json(ApiToken { username, data_request_token, action_request_token }))
}

/// Makes a new Data Request Token. The old one is dead at once: streams that were opened with it end.
#[utoipa::path(
    post, path = "/admin/v1/api-token/data-request-token", tag = "administration",
    operation_id = "renewDataRequestToken",
    responses(
        (status = 201, body = NewToken),
        (status = 409, body = ErrorBody, description = "`shownOnce`: this key has made one already."),
        Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn renew_data_request_token(
    State(app): State<App>,
    Administrator(caller): Administrator,
    key: IdempotencyKey,
) -> Result<(StatusCode, Json<NewToken>), Problem> {
    let (_, token) =
        tokens::renew(&app, &caller, &key, "dataRequestToken", |tokens, hash, made| {
            (tokens.data_request, tokens.made.data_request) = (hash, Some(made));
        })
        .await?;
    let (username, token) = (caller.tenant.to_string(), token.reveal().to_owned());
    Ok((StatusCode::CREATED, Json(NewToken { username, token })))
}

/// Makes a new Action Request Token. The old one is dead at once.
#[utoipa::path(
    post, path = "/admin/v1/api-token/action-request-token", tag = "administration",
    operation_id = "renewActionRequestToken",
    responses(
        (status = 201, body = NewToken),
        (status = 409, body = ErrorBody, description = "`shownOnce`: this key has made one already."),
        Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn renew_action_request_token(
    State(app): State<App>,
    Administrator(caller): Administrator,
    key: IdempotencyKey,
) -> Result<(StatusCode, Json<NewToken>), Problem> {
    let (_, token) =
        tokens::renew(&app, &caller, &key, "actionRequestToken", |tokens, hash, made| {
            (tokens.action_request, tokens.made.action_request) = (hash, Some(made));
        })
        .await?;
    let (username, token) = (caller.tenant.to_string(), token.reveal().to_owned());
    Ok((StatusCode::CREATED, Json(NewToken { username, token })))
}

impl Person {
    /// Somebody by name, or by number when there is nobody of that number any more.
    pub(super) fn of(state: &engine::State, id: UserId) -> Self {
        let name = state.access.users.get(&id).map(|user| user.name.as_ref().to_owned());
        Self { id: id.0, name: name.unwrap_or_else(|| format!("user {id}")) }
    }
}
