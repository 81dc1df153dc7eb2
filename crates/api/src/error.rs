//! What Cordboard's own contracts answer when a request cannot be done. The published contracts have
//! bodies of their own and are given the same [`Problem`] to translate.

use std::collections::BTreeMap;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::time::Millis;
use serde::Serialize;
use utoipa::ToSchema;

mod rejection;

/// Why a request was not done. Nothing of it was: a refused request leaves no trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// The interaction is over.
    AlreadyEnded,
    /// Somebody has changed it since the caller saw it.
    ChangedMeanwhile,
    /// It cannot be done as things stand: a word for programs and a sentence for people.
    Conflict(&'static str, &'static str),
    /// The script is not asking for keys now.
    DigitsNotAwaited,
    /// The caller is known, and may not do this.
    Forbidden(&'static str),
    /// A one-time link that does not wait to be opened: it was opened, taken back, destroyed, or never was.
    Gone,
    /// More headers, or longer ones, than [`crate::limits`] allow.
    HeadersTooLarge,
    /// The GUID or SIP Call-ID belongs to another interaction.
    IdentifierTaken,
    /// It cannot be deleted, and what uses it.
    InUse(String),
    /// Plain HTTP where only TLS is served.
    InsecureTransport,
    /// A bug.
    Internal,
    /// One thing is wrong with the request itself.
    Invalid(Invalid),
    /// The script cannot be published, and all that is wrong with it.
    InvalidScript(Vec<Invalid>),
    /// E-mail and password do not belong together.
    LoginFailed,
    /// The path exists, with other methods.
    MethodNotAllowed,
    /// No such resource, or not the caller's.
    NotFound,
    /// The agent is not talking on this interaction.
    NotInTalk,
    /// The agent is not wrapping this interaction up.
    NotInWrapUp,
    /// No channel has this number.
    NumberUnknown,
    /// The offer is over; the text says how.
    OfferGone(&'static str),
    /// The request does not say in `If-Match` which revision it is about.
    PreconditionRequired,
    /// Too many requests.
    RateLimited {
        /// When the next one has a chance.
        retry_ms: Millis,
    },
    /// The request did not arrive in time.
    RequestTimeout,
    /// The body is larger than the resource takes.
    TooLarge,
    /// No session, or one that is over.
    Unauthenticated,
    /// The tenant cannot answer now.
    Unavailable {
        /// When to try again.
        retry_ms: Millis,
    },
    /// The body is not JSON by its Content-Type.
    UnsupportedMediaType,
    /// The path and query are longer than [`crate::limits`] allow.
    UriTooLong,
    /// Not the passphrase of the link.
    WrongPassphrase,
}

/// One thing wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invalid {
    /// The field, as a path in the JSON that came in; `None` when it is the body as a whole.
    pub(crate) field: Option<String>,
    /// What is wrong with it, for people. Never a value that came in.
    pub(crate) message: String,
}

impl Invalid {
    /// Something wrong with one field.
    pub(crate) fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: Some(field.into()), message: message.into() }
    }

    /// Something wrong with the body as a whole.
    pub(crate) fn body(message: impl Into<String>) -> Self {
        Self { field: None, message: message.into() }
    }
}

/// The body of an error.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorBody {
    /// What happened, for programs: `invalid`, `offerGone`, `unauthenticated`…
    #[schema(example = "offerGone")]
    code: &'static str,
    /// What happened, for people.
    #[schema(example = "This offer is no longer yours: it timed out.")]
    message: String,
    /// The field that is wrong, as a path in the JSON that came in.
    #[schema(required)]
    field: Option<String>,
    /// Whether the same request can succeed later.
    retryable: bool,
    /// Everything that is wrong, where that can be more than one thing (`invalidScript`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    faults: Vec<FaultBody>,
}

/// One of the things that are wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Fault)]
pub(crate) struct FaultBody {
    /// The field, as a path in the JSON that came in.
    #[schema(required)]
    field: Option<String>,
    /// What is wrong with it, for people.
    message: String,
}

/// Answers in the OpenAPI document, by status.
pub(crate) type Responses = BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::Response>>;

/// Refusals in the OpenAPI document. What an extractor refuses it says itself, once for all handlers.
pub(crate) fn refusals(statuses: &[StatusCode]) -> Responses {
    use utoipa::openapi::{Content, Ref, ResponseBuilder};
    let body = || Content::new(Some(Ref::from_schema_name(ErrorBody::name())));
    let refusal = || ResponseBuilder::new().content("application/json", body()).build();
    statuses.iter().map(|status| (status.as_u16().to_string(), refusal().into())).collect()
}

impl Problem {
    /// The HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::AlreadyEnded
            | Self::Conflict(..)
            | Self::DigitsNotAwaited
            | Self::IdentifierTaken
            | Self::InUse(_)
            | Self::NotInTalk
            | Self::NotInWrapUp
            | Self::OfferGone(_) => StatusCode::CONFLICT,
            Self::ChangedMeanwhile => StatusCode::PRECONDITION_FAILED,
            Self::Forbidden(_) | Self::InsecureTransport | Self::WrongPassphrase => {
                StatusCode::FORBIDDEN
            }
            Self::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Invalid(_) | Self::InvalidScript(_) => StatusCode::BAD_REQUEST,
            Self::LoginFailed | Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Gone | Self::NotFound | Self::NumberUnknown => StatusCode::NOT_FOUND,
            Self::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::UriTooLong => StatusCode::URI_TOO_LONG,
        }
    }

    /// The word for programs.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::AlreadyEnded => "alreadyEnded",
            Self::ChangedMeanwhile => "changedMeanwhile",
            Self::Conflict(code, _) => code,
            Self::DigitsNotAwaited => "digitsNotAwaited",
            Self::Forbidden(_) => "forbidden",
            Self::Gone => "gone",
            Self::HeadersTooLarge => "headersTooLarge",
            Self::IdentifierTaken => "identifierTaken",
            Self::InUse(_) => "inUse",
            Self::InsecureTransport => "insecureTransport",
            Self::Internal => "internal",
            Self::Invalid(_) => "invalid",
            Self::InvalidScript(_) => "invalidScript",
            Self::LoginFailed => "loginFailed",
            Self::MethodNotAllowed => "methodNotAllowed",
            Self::NotFound => "notFound",
            Self::NotInTalk => "notInTalk",
            Self::NotInWrapUp => "notInWrapUp",
            Self::NumberUnknown => "numberUnknown",
            Self::OfferGone(_) => "offerGone",
            Self::PreconditionRequired => "preconditionRequired",
            Self::RateLimited { .. } => "rateLimited",
            Self::RequestTimeout => "requestTimeout",
            Self::TooLarge => "tooLarge",
            Self::Unauthenticated => "unauthenticated",
            Self::Unavailable { .. } => "unavailable",
            Self::UnsupportedMediaType => "unsupportedMediaType",
            Self::UriTooLong => "uriTooLong",
            Self::WrongPassphrase => "wrongPassphrase",
        }
    }

    /// The sentence for people.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::AlreadyEnded => "The interaction is over.",
            Self::ChangedMeanwhile => "Somebody has changed it meanwhile.",
            Self::Conflict(_, message) => message,
            Self::DigitsNotAwaited => "The script is not asking for keys now.",
            Self::Forbidden(why) => why,
            Self::Gone => {
                "This link opens nothing: it was opened or taken back, or its time is over."
            }
            Self::HeadersTooLarge => "The request's headers are too large.",
            Self::IdentifierTaken => "This identifier belongs to another interaction.",
            Self::InsecureTransport => "Use HTTPS: this server takes no requests in the clear.",
            Self::Internal => "Something went wrong here. It has been noted.",
            Self::InUse(by) => by,
            Self::Invalid(invalid) => &invalid.message,
            Self::InvalidScript(_) => "The script cannot be published.",
            Self::LoginFailed => "E-mail or password is wrong.",
            Self::MethodNotAllowed => "This resource does not take this method; see Allow.",
            Self::NotFound => "There is nothing here.",
            Self::NotInTalk => "You are not talking on this interaction.",
            Self::NotInWrapUp => "You are not wrapping up this interaction.",
            Self::NumberUnknown => "No channel has this number.",
            Self::OfferGone(how) => how,
            Self::PreconditionRequired => "Send the ETag of what you have seen in If-Match.",
            Self::RateLimited { .. } => "Too many requests; see Retry-After.",
            Self::RequestTimeout => "The request's body did not arrive in time.",
            Self::TooLarge => "The request's body is too large.",
            Self::Unauthenticated => "Log in first: there is no session, or it is over.",
            Self::Unavailable { .. } => "Not available now; see Retry-After.",
            Self::UnsupportedMediaType => "Send JSON with Content-Type: application/json.",
            Self::UriTooLong => "The request's path and query are too long.",
            Self::WrongPassphrase => {
                "The passphrase is wrong. After five tries nobody can open it."
            }
        }
    }

    /// After how many whole seconds to try again, where that is known.
    pub(crate) fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::RateLimited { retry_ms } | Self::Unavailable { retry_ms } => {
                Some(retry_ms.div_ceil(1_000).max(1))
            }
            Self::AlreadyEnded
            | Self::ChangedMeanwhile
            | Self::Conflict(..)
            | Self::DigitsNotAwaited
            | Self::Forbidden(_)
            | Self::Gone
            | Self::HeadersTooLarge
            | Self::IdentifierTaken
            | Self::InUse(_)
            | Self::InsecureTransport
            | Self::Internal
            | Self::Invalid(_)
            | Self::InvalidScript(_)
            | Self::LoginFailed
            | Self::MethodNotAllowed
            | Self::NotFound
            | Self::NotInTalk
            | Self::NotInWrapUp
            | Self::NumberUnknown
            | Self::OfferGone(_)
            | Self::PreconditionRequired
            | Self::RequestTimeout
            | Self::TooLarge
            | Self::Unauthenticated
            | Self::UnsupportedMediaType
            | Self::UriTooLong
            | Self::WrongPassphrase => None,
        }
    }

    /// Whether the same request can succeed later.
    pub(crate) fn retryable(&self) -> bool {
        self.retry_after_s().is_some() || matches!(self, Self::RequestTimeout)
    }

    /// The answer in the form of Cordboard's own contracts.
    pub(crate) fn answer(self) -> Response {
        let body = ErrorBody {
            code: self.code(),
            message: self.message().to_owned(),
            field: self.field().map(str::to_owned),
            retryable: self.retryable(),
            faults: self.faults(),
        };
        let mut response = (self.status(), Json(body)).into_response();
        self.add_retry_after(&mut response);
        response
    }

    /// Says when to try again, where that is known.
    pub(crate) fn add_retry_after(&self, response: &mut Response) {
        if let Some(seconds) = self.retry_after_s() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }

    fn field(&self) -> Option<&str> {
        if let Self::Invalid(invalid) = self { invalid.field.as_deref() } else { None }
    }

    fn faults(&self) -> Vec<FaultBody> {
        let Self::InvalidScript(faults) = self else { return Vec::new() };
        let body = |fault: &Invalid| FaultBody {
            field: fault.field.clone(),
            message: fault.message.clone(),
        };
        faults.iter().map(body).collect()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.answer()
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<engine::QueryError> for Problem {
    fn from(error: engine::QueryError) -> Self {
        match error {
            engine::QueryError::Unavailable { retry_ms } => Self::Unavailable { retry_ms },
            engine::QueryError::TenantUnknown => Self::Unauthenticated,
        }
    }
}

impl From<engine::SubmitError> for Problem {
    fn from(error: engine::SubmitError) -> Self {
        match error {
            engine::SubmitError::Rejected(rejection) => rejection.into(),
            engine::SubmitError::Unavailable { retry_ms } => Self::Unavailable { retry_ms },
            engine::SubmitError::TenantUnknown => Self::Unauthenticated,
        }
    }
}
