//! Why something about phone calls was not done, in the published envelope and sentences.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use model::Rejection;

use super::wire::Envelope;
use crate::{error::Problem, platform};

/// Characters of an identifier that are given back.
const SHOWN_MAX: usize = 128;

/// A refusal.
#[derive(Debug)]
pub(super) enum Refused {
    /// In the contract's own words.
    Reason(StatusCode, String),
    /// Like everywhere.
    Problem(Problem),
}

impl Refused {
    /// Something is wrong with the request.
    pub(super) fn bad(reason: impl Into<String>) -> Self {
        Self::Reason(StatusCode::BAD_REQUEST, reason.into())
    }

    /// The agent cannot take a call.
    pub(super) fn unavailable(agent: &str) -> Self {
        Self::bad(format!("Agent=[{}] not available to handle interaction", shown(agent)))
    }

    /// The agent is on the telephone.
    pub(super) fn on_the_phone(agent: &str) -> Self {
        let agent = shown(agent);
        Self::bad(format!(
            "Agent=[{agent}] not available to handle interaction, already on busy phone interaction"
        ))
    }

    /// No transaction code of this list.
    pub(super) fn no_code(list: u32, item: u32) -> Self {
        Self::bad(format!("Invalid transaction code, listId=[{list}] itemId=[{item}]"))
    }

    /// There is no such interaction.
    pub(super) fn no_call(id: &str) -> Self {
        Self::missing(format!("Interaction [{}] was not found.", shown(id)))
    }

    /// The agent has nothing to do with it.
    pub(super) fn not_on_it(id: &str, agent: &str) -> Self {
        let (id, agent) = (shown(id), shown(agent));
        Self::missing(format!("Interaction [{id}] for agent [{agent}] was not found"))
    }

    /// The agent is not on the telephone.
    pub(super) fn idle(agent: &str) -> Self {
        Self::missing(format!("Agent [{}] has no phone interactions in progress.", shown(agent)))
    }

    /// The agent has nothing on this line.
    pub(super) fn idle_line(line: u8, agent: &str) -> Self {
        let agent = shown(agent);
        Self::missing(format!(
            "Failed to find any interaction on line [{line}] for agent [{agent}]."
        ))
    }

    /// It is over already.
    pub(super) fn over(id: &str) -> Self {
        let reason = format!("Interaction is already terminated {}", shown(id));
        Self::Reason(StatusCode::GONE, reason)
    }

    fn missing(reason: String) -> Self {
        Self::Reason(StatusCode::NOT_FOUND, reason)
    }

    /// What the rules say to ending an agent's part in a call.
    pub(super) fn hanging_up(rejection: Rejection, id: &str, agent: &str) -> Self {
        match rejection {
            Rejection::AlreadyEnded | Rejection::InteractionUnknown | Rejection::OfferGone(_) => {
                Self::over(id)
            }
            Rejection::NotInTalk | Rejection::NotInWrapUp => Self::not_on_it(id, agent),
            other => Self::Problem(other.into()),
        }
    }

    #[cfg(test)]
    pub(super) fn reason(self) -> String {
        match self {
            Self::Reason(_, reason) => reason,
            Self::Problem(problem) => problem.message().to_owned(),
        }
    }
}

/// An identifier as it is given back: hostile text, clipped.
fn shown(id: &str) -> String {
    id.chars().filter(|c| !c.is_control()).take(SHOWN_MAX).collect()
}

impl<P: Into<Problem>> From<P> for Refused {
    fn from(problem: P) -> Self {
        Self::Problem(problem.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Reason(status, reason) => envelope(status, reason),
            Self::Problem(problem) => answer(problem),
        }
    }
}

/// The answer to a problem: who may not ask is told so in the platform's XML.
pub(crate) fn answer(problem: Problem) -> Response {
    let status = problem.status();
    if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return platform::answer(problem);
    }
    let mut response = envelope(status, problem.message().to_owned());
    problem.add_retry_after(&mut response);
    response
}

fn envelope(status: StatusCode, reason: String) -> Response {
    let message = status.canonical_reason().unwrap_or("Error");
    (status, Json(Envelope { reasons: vec![reason], message })).into_response()
}
