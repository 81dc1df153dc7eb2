//! What the contracts of the gateway share: a key of the right product, and errors as `{"message":…}`.

use axum::{
    Json,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use engine::{Position, State};
use model::{TenantId, access::Product};
use serde::Serialize;

use crate::{
    app::App,
    auth::program::{Credential, Opens},
    error::Problem,
};

#[derive(Serialize)]
struct Message<'m> {
    message: &'m str,
}

/// The answer to a problem.
pub(crate) fn answer(problem: Problem) -> Response {
    let message = match &problem {
        Problem::Invalid(invalid) => &invalid.message,
        _ => problem.status().canonical_reason().unwrap_or("Error"),
    };
    let mut response = (problem.status(), Json(Message { message })).into_response();
    problem.add_retry_after(&mut response);
    response
}

/// Checks a request's key and looks at its tenant's state, in one.
///
/// # Errors
/// `Unauthenticated` when the key is missing or unknown, `Forbidden` when it is for other products.
pub(crate) async fn enter<T: Send + 'static>(
    app: &App,
    headers: &HeaderMap,
    product: Product,
    look: impl FnOnce(&State, Position) -> T + Send + 'static,
) -> Result<(TenantId, T), Problem> {
    let credential = Credential::key(headers).ok_or(Problem::Unauthenticated)?;
    let tenant = credential.tenant.clone();
    let check = move |state: &State, position| match credential.opens(state, product) {
        Opens::Nothing => Err(Problem::Unauthenticated),
        Opens::OtherProducts => Err(Problem::Forbidden("The key is not for this product.")),
        Opens::Product => Ok(look(state, position)),
    };
    let seen = app.engine().query(&tenant, check).await??;
    Ok((tenant, seen))
}
