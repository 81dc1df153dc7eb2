//! OAuth tokens, as published: a key and its secret are exchanged for a token that opens for half an hour what
//! the key is for.

use axum::{
    Json, Router,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing,
};
use engine::Readiness;
use model::{
    TenantId,
    access::{ApiKey, Product, SecretHash},
};

use crate::{
    app::App,
    auth::{access_token::Grant, program::basic_pair},
    body,
    error::Problem,
    secret::{Secret, is_same},
};

mod wire;

/// Bytes of a request: one short form.
const FORM_MAX: usize = 4 * 1024;
/// How long a token opens something, in seconds.
const LIFE_S: u64 = 1_799;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/oauth/v2/token", routing::post(token))
}

/// The answer to a problem that is not one of OAuth's own.
pub(crate) fn answer(problem: Problem) -> Response {
    let error = match problem.status() {
        StatusCode::UNAUTHORIZED => "invalid_client",
        status if status.is_server_error() => "temporarily_unavailable",
        _ => "invalid_request",
    };
    let mut response = (problem.status(), Json(wire::Error { error })).into_response();
    if problem.status() == StatusCode::UNAUTHORIZED {
        let challenge = HeaderValue::from_static("Basic realm=\"8x8\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    problem.add_retry_after(&mut response);
    response
}

async fn token(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    match grant(&app, &headers, body).await {
        Ok(response) => response,
        Err(problem) => answer(problem),
    }
}

async fn grant(app: &App, headers: &HeaderMap, body: Body) -> Result<Response, Problem> {
    let (key, secret) = basic_pair(headers).ok_or(Problem::Unauthenticated)?;
    let (tenant, key) = find(app, &Secret::presented(&key), &Secret::presented(&secret)).await?;
    let bytes = body::read(headers, body, FORM_MAX).await?;
    if grant_type(&bytes).as_deref() != Some("client_credentials") {
        let body = Json(wire::Error { error: "unsupported_grant_type" });
        return Ok((StatusCode::BAD_REQUEST, body).into_response());
    }
    let now = app.engine().now();
    let grant = Grant { tenant, key: key.hash, expires: now.plus(LIFE_S * 1_000) };
    let token = app.access_tokens().issue(app.engine(), &grant).await?;
    let products: Vec<&str> = key.products.iter().copied().map(Product::as_str).collect();
    Ok(Json(wire::Issued::new(&token, &products, now, LIFE_S)).into_response())
}

/// Whose key it is, when the secret is right. Keys do not name their tenant, so that all are asked.
async fn find(app: &App, key: &Secret, secret: &Secret) -> Result<(TenantId, ApiKey), Problem> {
    let (key, secret) = (key.hash(), secret.hash());
    for tenant in app.engine().tenants() {
        if tenant.readiness != Readiness::Ready {
            continue;
        }
        let (key, secret) = (key.clone(), secret.clone());
        let look = move |state: &engine::State, _| known(state, &key, &secret);
        if let Some(key) = app.engine().query(&tenant.id, look).await? {
            return Ok((tenant.id, key));
        }
    }
    Err(Problem::Unauthenticated)
}

fn known(state: &engine::State, key: &SecretHash, secret: &SecretHash) -> Option<ApiKey> {
    let keys = state.access.api_keys.values();
    let known = |known: &&ApiKey| {
        let right = known.secret.as_ref().is_some_and(|known| is_same(known, secret));
        is_same(&known.hash, key) & right
    };
    keys.fold(None, |found, one| if known(&one) { Some(one.clone()) } else { found })
}

/// The field `grant_type` of a form.
fn grant_type(form: &[u8]) -> Option<String> {
    let mut fields = form_urlencoded::parse(form);
    fields.find(|(name, _)| name == "grant_type").map(|(_, value)| value.into_owned())
}
