//! What a client is told that is not let in (Event Streaming, "Status and close codes").

use std::borrow::Cow;

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use stream::AttachError;
use utoipa::ToSchema;

use crate::error::Problem;

/// Why a client is not let in.
#[derive(Debug)]
pub(in crate::eventstreaming) struct Refusal {
    status: StatusCode,
    reason: Cow<'static, str>,
}

/// The body of a refusal.
#[derive(Serialize, ToSchema)]
pub(in crate::eventstreaming) struct RefusalBody {
    /// What is wrong.
    #[schema(example = "Failed to authenticate")]
    reason: String,
}

impl Refusal {
    pub(in crate::eventstreaming) const UNAUTHENTICATED: Self =
        Self::new(StatusCode::UNAUTHORIZED, "Failed to authenticate");
    pub(in crate::eventstreaming) const FORBIDDEN: Self =
        Self::new(StatusCode::FORBIDDEN, "This key is not for event streaming");
    pub(in crate::eventstreaming) const NO_PRODUCERS: Self =
        Self::new(StatusCode::FORBIDDEN, "Nothing can be produced here");
    pub(in crate::eventstreaming) const NOT_FOUND: Self =
        Self::new(StatusCode::NOT_FOUND, "There is no such topic");
    pub(in crate::eventstreaming) const NO_HANDSHAKE: Self =
        Self::new(StatusCode::BAD_REQUEST, "This is a WebSocket: send its handshake");
    pub(in crate::eventstreaming) const TOO_MANY: Self =
        Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many connections");
    pub(in crate::eventstreaming) const UNAVAILABLE: Self =
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "Not ready; try again");

    const fn new(status: StatusCode, reason: &'static str) -> Self {
        Self { status, reason: Cow::Borrowed(reason) }
    }

    /// A query parameter, or the subscription's name, is wrong.
    pub(in crate::eventstreaming) fn parameter(what: &str) -> Self {
        let reason = format!("Invalid query params: {what}").into();
        Self { status: StatusCode::BAD_REQUEST, reason }
    }
}

impl From<AttachError> for Refusal {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::Busy => Self::new(
                StatusCode::CONFLICT,
                "The subscription has consumers that do not share it in this way",
            ),
            AttachError::TooMany => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many subscriptions")
            }
            AttachError::Unavailable => Self::UNAVAILABLE,
            AttachError::Stream(error) => {
                tracing::warn!(%error, "a subscription cannot be opened");
                Self::UNAVAILABLE
            }
        }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { status: problem.status(), reason: problem.message().to_owned().into() }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let retry = self.status == StatusCode::SERVICE_UNAVAILABLE
            || self.status == StatusCode::TOO_MANY_REQUESTS;
        let body = Json(RefusalBody { reason: self.reason.into_owned() });
        let mut response = (self.status, body).into_response();
        if retry {
            response.headers_mut().insert(header::RETRY_AFTER, 1.into());
        }
        response
    }
}

/// How this contract words what is wrong before it is asked.
pub(crate) fn answer(problem: Problem) -> Response {
    Refusal::from(problem).into_response()
}
