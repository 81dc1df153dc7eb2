//! Agent status, as published: who does what, and putting agents into another status.
//!
//! Checked in this order, and the first fault is the answer: transport, the Action Request Token, the tenant in the
//! path, the body as a whole, then each change by itself.

use axum::{
    Json, Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing,
};
use engine::measure::Reading;
use model::{AgentId, GroupId, TenantId};

use crate::{
    app::App,
    auth::program::Token,
    body,
    error::{Invalid, Problem},
    headers::Once,
    json::Json as Value,
    limits::BODY_MAX,
    path::Parameters,
    platform, read,
};

mod change;
mod code;
mod wire;

use change::{Outcome, Wish};
use code::Codes;
use wire::{AgentStatus, Changed, ChangedAgent, Listed, Problem as ProblemBody};

/// Changes in one bulk request (Agent status, "Bulk").
const BULK_MAX: usize = 100;

pub(crate) fn routes() -> Router<App> {
    const BASE: &str = "/api/v1/tenants/{tenantId}/agentstatus/agents";
    Router::new()
        .route(BASE, routing::get(list))
        // Documented with either method.
        .route(&format!("{BASE}/bulk"), routing::put(set_many).post(set_many))
        .route(&format!("{BASE}/{{agentId}}"), routing::get(get).put(set))
}

/// The answer to a problem: problem JSON, except that who may not ask is told so in the platform's XML.
pub(crate) fn answer(problem: Problem) -> Response {
    let status = problem.status();
    if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return platform::answer(problem);
    }
    let title = status.canonical_reason().unwrap_or("Error");
    let body = ProblemBody { title, status: status.as_u16(), detail: problem.message() };
    let mut response = (status, Json(body)).into_response();
    problem.add_retry_after(&mut response);
    response
}

type Answered = Result<Response, Refused>;

/// A problem in this contract's form.
struct Refused(Problem);

impl<P: Into<Problem>> From<P> for Refused {
    fn from(problem: P) -> Self {
        Self(problem.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        answer(self.0)
    }
}

/// The caller's tenant, when the token is good and the path names no other, and its reason codes.
async fn enter(
    app: &App,
    headers: &HeaderMap,
    tenant: &str,
) -> Result<(TenantId, u64, Codes), Problem> {
    let look = |state: &engine::State, position| (position, Codes::of(&state.config));
    let (own, (position, codes)) = platform::enter(app, headers, Token::Action, look).await?;
    if own.as_str() != tenant {
        return Err(Problem::Forbidden("The token is another tenant's."));
    }
    Ok((own, position, codes))
}

async fn list(
    State(app): State<App>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    parameters: Result<Parameters, Problem>,
) -> Answered {
    let (tenant, position, codes) = enter(&app, &headers, &tenant).await?;
    let parameters = parameters?;
    let group = parameters.text("groupId").map(|id| id.parse().ok().map(GroupId));
    let data = read::measures(&app, &tenant, position, move |reading| {
        let agents = reading.setup().agents.iter();
        let wanted = agents.filter(|(_, setup)| {
            group.is_none_or(|group| {
                // No group has an id that is not a number.
                group.is_some() && setup.group == group
            })
        });
        wanted.filter_map(|(id, _)| AgentStatus::of(&reading, *id, &codes)).collect()
    })
    .await?;
    Ok(Json(Listed { data }).into_response())
}

async fn get(
    State(app): State<App>,
    Path((tenant, agent)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answered {
    let (tenant, position, codes) = enter(&app, &headers, &tenant).await?;
    let id = AgentId::parse(&agent).ok_or(Problem::NotFound)?;
    let look = move |reading: Reading<'_>| AgentStatus::of(&reading, id, &codes);
    let status = read::measures(&app, &tenant, position, look).await?;
    Ok(Json(status.ok_or(Problem::NotFound)?).into_response())
}

async fn set(
    State(app): State<App>,
    Path((tenant, agent)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answered {
    let (tenant, _, codes) = enter(&app, &headers, &tenant).await?;
    let bytes = json_body(&headers, body).await?;
    let once = Once::read(app.engine(), &headers, &["agentStatus", &agent])?;
    let value = parse(&bytes)?;
    let outcome = match (Wish::read(&value), AgentId::parse(&agent)) {
        (_, None) => Outcome::unknown_agent(),
        (Err(outcome), _) => outcome,
        (Ok(wish), Some(agent)) => {
            change::change(&app, &tenant, &once, agent, &wish, &codes).await?
        }
    };
    let status = StatusCode::from_u16(outcome.status).unwrap_or(StatusCode::BAD_REQUEST);
    Ok((status, Json(Changed::from(&outcome))).into_response())
}

async fn set_many(
    State(app): State<App>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Answered {
    let (tenant, _, codes) = enter(&app, &headers, &tenant).await?;
    let bytes = json_body(&headers, body).await?;
    let value = parse(&bytes)?;
    let entries = match value.member("agents") {
        Some(Value::List(entries)) if (1..=BULK_MAX).contains(&entries.len()) => entries,
        Some(Value::List(_)) => {
            return Err(Invalid::field("agents", "Must have 1 to 100 elements.").into());
        }
        _ => return Err(Invalid::field("agents", "Must be an array.").into()),
    };
    let mut data = Vec::with_capacity(entries.len());
    for (n, entry) in entries.iter().enumerate() {
        // Of a request that was cut short, what was not done yet is done.
        let once = Once::read(app.engine(), &headers, &["agentStatus", "many", &n.to_string()])?;
        let named = match entry.member("agent-id") {
            Some(Value::Text(id)) => id.as_ref(),
            _ => "",
        };
        let outcome = match (AgentId::parse(named), Wish::read(entry)) {
            (None, _) => Outcome::unknown_agent(),
            (_, Err(outcome)) => outcome,
            (Some(agent), Ok(wish)) => {
                change::change(&app, &tenant, &once, agent, &wish, &codes).await?
            }
        };
        // Given back only when it could be an agent's.
        let agent_id = AgentId::parse(named).map(|id| id.as_str().to_owned()).unwrap_or_default();
        data.push(ChangedAgent { agent_id, changed: Changed::from(&outcome) });
    }
    Ok((StatusCode::MULTI_STATUS, Json(Listed { data })).into_response())
}

async fn json_body(headers: &HeaderMap, body: Body) -> Result<axum::body::Bytes, Problem> {
    body::check_media_type(headers, body::Untyped::Json)?;
    body::read(headers, body, BODY_MAX).await
}

fn parse(bytes: &[u8]) -> Result<Value<'_>, Invalid> {
    let value = Value::read(bytes)
        .map_err(|fault| Invalid::body(format!("The body is not JSON: {fault}.")))?;
    match value {
        Value::Object(_) => Ok(value),
        other => Err(Invalid::body(format!("The body must be an object, not {}.", other.kind()))),
    }
}
