//! What the contracts of the platform family share: Basic with one of the tenant's tokens, and errors as
//! XML, whatever form the answer would have had (conventions, "Platform-family format rules").

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use engine::{Position, State};
use model::TenantId;

use crate::{
    app::App,
    auth::program::{Credential, Token},
    error::Problem,
};

/// The answer to a problem.
pub(crate) fn answer(problem: Problem) -> Response {
    let status = problem.status();
    let reason = status.canonical_reason().unwrap_or("Error");
    let body = format!("<API><Error>{} - {reason}.</Error></API>", status.as_u16());
    let mut response = (status, [(header::CONTENT_TYPE, "text/xml")], body).into_response();
    if status == StatusCode::UNAUTHORIZED {
        let challenge = HeaderValue::from_static("Basic realm=\"8x8\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    problem.add_retry_after(&mut response);
    response
}

/// Checks a request's token and looks at its tenant's state, in one.
///
/// # Errors
/// `Unauthenticated` when the token is missing, unknown, or of the wrong kind.
pub(crate) async fn enter<T: Send + 'static>(
    app: &App,
    headers: &HeaderMap,
    token: Token,
    look: impl FnOnce(&State, Position) -> T + Send + 'static,
) -> Result<(TenantId, T), Problem> {
    let credential = Credential::basic(headers).ok_or(Problem::Unauthenticated)?;
    let tenant = credential.tenant.clone();
    let check = move |state: &State, position| {
        credential.is_token(state, token).then(|| look(state, position))
    };
    let seen = app.engine().query(&tenant, check).await?;
    Ok((tenant, seen.ok_or(Problem::Unauthenticated)?))
}
