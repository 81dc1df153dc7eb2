//! One change of one agent's status: what is asked, whether it may be, and what came of it.

use engine::{State, SubmitError};
use model::{
    AgentId, Command, Rejection, TenantId, Text, Timestamp, command::AgentCommand, status::Status,
};

use super::code::{Asked, Codes};
use crate::{app::App, error::Problem, headers::Once, json::Json};

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    status: Status,
    code: Asked,
}

/// What came of a change, with the status it would have as an answer of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) status: u16,
    pub(super) reason: &'static str,
}

impl Outcome {
    const DONE: Self = Self { status: 200, reason: "OK" };

    fn refused(reason: &'static str) -> Self {
        Self { status: 400, reason }
    }

    pub(super) fn unknown_agent() -> Self {
        Self { status: 404, reason: "The agent does not exist." }
    }
}

impl Wish {
    /// Reads what a request asks for. Members that are not known are left alone.
    pub(super) fn read(value: &Json<'_>) -> Result<Self, Outcome> {
        const STATUS: &str = "The agent status is invalid: it can be set to 1, 3, 4 or 5.";
        let status = match number(value, "agent-status", STATUS)? {
            Some(1) => Status::LoggedOut,
            Some(3) => Status::OnBreak,
            Some(4) => Status::Available,
            Some(5) => Status::WorkOffline,
            _ => return Err(Outcome::refused(STATUS)),
        };
        const SHORT: &str = "status-code-item-short-code";
        let short = match value.member(SHORT) {
            None | Some(Json::Null) => None,
            Some(Json::Text(text)) => Some(text.clone().into_owned()),
            Some(_) => {
                return Err(Outcome::refused("The status code item short code is invalid."));
            }
        };
        let list = number(value, "status-code-list-id", "The status code list id is invalid.")?;
        let item = number(value, "status-code-item-id", "The status code item id is invalid.")?;
        Ok(Self { status, code: Asked { list, item, short } })
    }
}

fn number(value: &Json<'_>, name: &str, otherwise: &'static str) -> Result<Option<i64>, Outcome> {
    match value.member(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Number(digits)) => {
            digits.parse().map(Some).map_err(|_| Outcome::refused(otherwise))
        }
        Some(_) => Err(Outcome::refused(otherwise)),
    }
}

/// Does it, if it may be done and was not done before.
pub(super) async fn change(
    app: &App,
    tenant: &TenantId,
    once: &Once,
    agent: AgentId,
    wish: &Wish,
    codes: &Codes,
) -> Result<Outcome, Problem> {
    let reason = match codes.find(wish.status, &wish.code) {
        Ok(reason) => reason,
        Err(fault) => return Ok(Outcome::refused(fault)),
    };
    let (status, wanted, same) = (wish.status, reason.clone(), once.clone());
    let look = move |state: &State, _| {
        if same.is_done(state) { Ok(()) } else { may(state, agent, status, wanted.as_ref()) }
    };
    if let Err(outcome) = app.engine().query(tenant, look).await? {
        return Ok(outcome);
    }
    let command = Command::Agent(AgentCommand::SetStatus { agent, status, reason });
    match app.engine().submit(tenant, once.request(command)).await {
        Ok(_) => Ok(Outcome::DONE),
        Err(SubmitError::Rejected(Rejection::AgentUnknown)) => Ok(Outcome::unknown_agent()),
        Err(SubmitError::Rejected(Rejection::ReasonUnknown)) => {
            Ok(Outcome::refused("The status code item id is invalid."))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether an agent can be put into a status now: the published transitions (Agent status, "Transitions").
fn may(state: &State, agent: AgentId, to: Status, reason: Option<&Text>) -> Result<(), Outcome> {
    if !state.config.agents.contains_key(&agent) {
        return Err(Outcome::unknown_agent());
    }
    let refused = Err(Outcome::refused("The agent status change is not allowed."));
    let Some(desk) = state.desk(agent).filter(|desk| desk.since > Timestamp(0)) else {
        return refused;
    };
    if desk.status == Status::LoggedOut || !desk.work.is_empty() {
        return refused;
    }
    // The same again is allowed; with another code only where there is one to choose.
    let same = desk.status == to && desk.reason.as_ref() != reason && to == Status::Available;
    if same { refused } else { Ok(()) }
}
