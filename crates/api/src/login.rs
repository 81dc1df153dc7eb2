//! Sessions of people: login, what a reloaded page needs to know, logout.

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{
    Command, TenantId,
    access::{Session, User},
    command::AccessCommand,
    limits::SESSION_MS,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::{self, Caller},
    error::{ErrorBody, Problem},
    fields::Input,
    guard::Connection,
    password,
    secret::Secret,
};

mod throttle;
mod wire;
pub(crate) use throttle::Throttle;
use wire::{LoginDone, LoginRequest, RoleWord, SessionAnswer, SessionTenant, SessionUser};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(login)).routes(routes!(session)).routes(routes!(logout))
}

/// Begins a session.
#[utoipa::path(
    post, path = "/auth/v1/login", tag = "auth", request_body = LoginRequest,
    responses(
        (status = 200, body = LoginDone, description = "The session has begun; a cookie is set too."),
        (status = 400, body = ErrorBody, description = "A field is wrong."),
        (status = 401, body = ErrorBody, description = "E-mail or password is wrong (`loginFailed`)."),
        (status = 429, body = ErrorBody, description = "Too many failed logins; see Retry-After."),
    ),
)]
async fn login(
    State(app): State<App>,
    connection: Option<axum::Extension<Connection>>,
    Input(request): Input<LoginRequest>,
) -> Result<Response, Problem> {
    let peer = connection.as_ref().map(|connection| connection.peer.ip());
    let attempt = app.throttle().begin(&request.email, peer)?;
    let found = identify(&app, &request).await;
    if !matches!(found, Err(Problem::LoginFailed)) {
        app.throttle().forgive(attempt);
    }
    let (tenant, user) = found?;
    let token = auth::mint_token(&tenant);
    let csrf = auth::csrf_token(&token);
    let session = Session {
        hash: token.hash(),
        csrf: csrf.hash(),
        user: user.id,
        expires: app.engine().now().plus(SESSION_MS),
    };
    let answer = LoginDone {
        token: token.reveal().to_owned(),
        session: session_answer(&app, &tenant, &user, &csrf, session.expires.0).await?,
    };
    let open = Command::Access(AccessCommand::OpenSession(session));
    app.engine().submit(&tenant, open.into()).await?;
    let tls = connection.is_some_and(|connection| connection.tls);
    Ok(with_cookie(Json(answer), Some(&token), tls, SESSION_MS / 1_000))
}

/// What a reloaded page needs to know.
#[utoipa::path(
    get, path = "/auth/v1/session", tag = "auth", operation_id = "getSession",
    responses(
        (status = 200, body = SessionAnswer),
        (status = 401, body = ErrorBody, description = "There is no session."),
    ),
)]
async fn session(State(app): State<App>, caller: Caller) -> Result<Response, Problem> {
    let id = caller.user;
    let find = move |state: &engine::State, _| state.access.users.get(&id).cloned();
    let user = app.engine().query(&caller.tenant, find).await?.ok_or(Problem::Unauthenticated)?;
    let csrf = auth::csrf_token(&caller.token);
    let answer = session_answer(&app, &caller.tenant, &user, &csrf, caller.expires.0).await?;
    Ok(Json(answer).into_response())
}

/// Ends the session.
#[utoipa::path(
    post, path = "/auth/v1/logout", tag = "auth",
    responses(
        (status = 204, description = "The session is over."),
        (status = 401, body = ErrorBody, description = "There was no session."),
        (status = 403, body = ErrorBody, description = "The CSRF token is missing."),
    ),
)]
async fn logout(
    State(app): State<App>,
    connection: Option<axum::Extension<Connection>>,
    caller: Caller,
) -> Result<Response, Problem> {
    let close = Command::Access(AccessCommand::CloseSession(caller.session));
    app.engine().submit(&caller.tenant, close.into()).await?;
    let tls = connection.is_some_and(|connection| connection.tls);
    Ok(with_cookie(StatusCode::NO_CONTENT, None, tls, 0))
}

fn with_cookie(
    answer: impl IntoResponse,
    token: Option<&Secret>,
    tls: bool,
    max_age_s: u64,
) -> Response {
    let mut response = answer.into_response();
    let cookie = auth::cookie(token, tls, max_age_s);
    let cookie = HeaderValue::try_from(cookie).expect("tokens are visible ASCII");
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response
}

async fn session_answer(
    app: &App,
    tenant: &TenantId,
    user: &User,
    csrf: &Secret,
    expires_at: u64,
) -> Result<SessionAnswer, Problem> {
    let name = |state: &engine::State, _| state.config.tenant.as_ref().map(|own| own.name.clone());
    let name = app.engine().query(tenant, name).await?;
    Ok(SessionAnswer {
        csrf_token: csrf.reveal().to_owned(),
        expires_at,
        user: SessionUser {
            id: user.id.to_string(),
            email: user.email.as_ref().to_owned(),
            name: user.name.as_ref().to_owned(),
            role: RoleWord::from(user.role),
            agent_id: user.agent.map(|agent| agent.to_string()),
        },
        tenant: SessionTenant {
            id: tenant.to_string(),
            name: name.as_deref().unwrap_or(tenant.as_str()).to_owned(),
        },
    })
}

/// Finds the person with this e-mail and password, in whatever tenant.
async fn identify(app: &App, request: &LoginRequest) -> Result<(TenantId, User), Problem> {
    let mut known: Vec<(TenantId, User)> = Vec::new();
    let mut silent = None;
    for tenant in app.engine().tenants() {
        let email = request.email.clone();
        let find = move |state: &engine::State, _| state.access.user_by_email(&email).cloned();
        // A tenant that cannot answer now must not keep the others' people out.
        match app.engine().query(&tenant.id, find).await {
            Ok(user) => known.extend(user.map(|user| (tenant.id, user))),
            Err(error) => silent = Some(error),
        }
    }
    let hashes = known.iter().map(|(_, user)| user.password.clone()).collect();
    let right = password::matching(app, request.password.clone(), hashes).await?;
    let nobody = || silent.map_or(Problem::LoginFailed, Problem::from);
    right.map(|index| known.swap_remove(index)).ok_or_else(nobody)
}
