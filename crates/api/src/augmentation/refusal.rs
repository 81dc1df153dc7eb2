//! The errors of Data Augmentation: the documented body with the documented texts where there are any.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::wire::ErrorBody;
use crate::{
    error::Problem,
    limits::{AUGMENTATION_BODY_MAX, window::Room},
};

/// An error and what it says.
#[derive(Debug)]
pub(crate) struct Refusal {
    problem: Problem,
    message: String,
    room: Option<Room>,
}

impl Refusal {
    /// Something is wrong with what was sent.
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        let message = message.into();
        let invalid = crate::error::Invalid::body(message.clone());
        Self { problem: Problem::Invalid(invalid), message, room: None }
    }

    /// Unknown, another tenant's, or past its retention: nobody can tell which.
    pub(super) fn interaction_not_found() -> Self {
        let message = "Interaction not found".to_owned();
        Self { problem: Problem::NotFound, message, room: None }
    }

    /// The tenant has asked too often.
    pub(super) fn rate_limited(room: Room) -> Self {
        let retry_ms = u64::try_from(room.reset.as_millis()).unwrap_or(u64::MAX);
        Self::from(Problem::RateLimited { retry_ms }).within(room)
    }

    /// The request counted: the answer tells how many are left.
    pub(super) fn within(self, room: Room) -> Self {
        Self { room: Some(room), ..self }
    }
}

/// The answer to a problem that is not special to this contract.
pub(crate) fn answer(problem: Problem) -> Response {
    Refusal::from(problem).into_response()
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let message = match &problem {
            Problem::Internal => "Internal server error".to_owned(),
            Problem::InsecureTransport => "HTTPS required".to_owned(),
            Problem::MethodNotAllowed => "Method not allowed".to_owned(),
            Problem::NotFound => "Not found".to_owned(),
            Problem::RateLimited { .. } => "Rate limit exceeded".to_owned(),
            Problem::RequestTimeout => "Request timeout".to_owned(),
            Problem::TooLarge => {
                format!("Request body too large: maximum is {AUGMENTATION_BODY_MAX} bytes")
            }
            Problem::Unauthenticated => "Authentication failed".to_owned(),
            Problem::Unavailable { .. } => "Service unavailable".to_owned(),
            Problem::UnsupportedMediaType => {
                "Unsupported media type: Content-Type must be application/json".to_owned()
            }
            Problem::AlreadyEnded
            | Problem::ChangedMeanwhile
            | Problem::DigitsNotAwaited
            | Problem::Forbidden(_)
            | Problem::Gone
            | Problem::HeadersTooLarge
            | Problem::IdentifierTaken
            | Problem::InUse(_)
            | Problem::Invalid(_)
            | Problem::InvalidScript(_)
            | Problem::LoginFailed
            | Problem::NotInTalk
            | Problem::NotInWrapUp
            | Problem::Conflict(..)
            | Problem::NumberUnknown
            | Problem::OfferGone(_)
            | Problem::PreconditionRequired
            | Problem::UriTooLong
            | Problem::WrongPassphrase => problem.message().to_owned(),
        };
        Self { problem, message, room: None }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.problem.status();
        let body = ErrorBody { status: "error", code: status.as_u16(), message: self.message };
        let mut response = (status, Json(body)).into_response();
        self.problem.add_retry_after(&mut response);
        if status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Basic realm=\"8x8\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        match self.room {
            Some(room) => super::with_rate_limit(response, room),
            None => response,
        }
    }
}
