//! Data Augmentation, as published: other systems attach variables to an interaction.
//!
//! Checked in this order, and the first fault is the answer: transport, credentials, rate limit,
//! identifier, media type and size, JSON, number of variables, each variable. Nothing is stored unless all
//! of it can be.

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{IntoResponse, Response},
    routing,
};
use engine::{Position, SubmitError};
use kernel::center::interaction::Interaction;
use model::{
    Command, Rejection, TenantId, Text, Timestamp, command::InteractionCommand, command::Request,
    limits::VARIABLES_PER_INTERACTION_MAX,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::program::Credential,
    body,
    error::Problem,
    headers::IdempotencyKey,
    limits::{AUGMENTATION_BODY_MAX, window::Room},
    path::Identifier,
    read,
};

mod parse;
mod refusal;
mod wire;

use parse::Profile;
use refusal::Refusal;
pub(crate) use refusal::answer;
use wire::{ErrorBody, InteractionData, SetDone, SetRequest, VariableOut};

/// Requests a minute of a tenant that has not been set up yet.
const PER_MINUTE: u32 = 100;

/// An alias of older clients.
const ALIAS: &str = "/api/tstats/interaction/data/{identifier}";
/// The gateway's form. A SIP Call-ID may hold slashes, and the client it is for does not encode them.
const GATEWAY: &str = "/cc/v1/eivr/interaction/data/callId/{*sipCallId}";

pub(crate) fn routes() -> OpenApiRouter<App> {
    let mut routes = OpenApiRouter::new()
        .routes(routes!(set, get))
        .route(ALIAS, routing::post(set).get(get))
        .route(GATEWAY, routing::post(set_by_call).get(get_by_call));
    let (_, documented, _) = routes!(set_by_call, get_by_call);
    routes.get_openapi_mut().paths.paths.extend(documented.paths);
    routes
}

/// Attaches variables to an interaction, by name: all, or none. Also at
/// `/api/tstats/interaction/data/{identifier}`.
#[utoipa::path(
    post, path = "/api/v1/interaction/data/{identifier}", tag = "data augmentation",
    operation_id = "setInteractionData",
    params(("identifier" = String, Path, description = "GUID, short id or SIP Call-ID, percent-encoded.")),
    request_body = SetRequest,
    responses(
        (status = 200, body = SetDone),
        (status = 400, body = ErrorBody, description = "The message names the field."),
        (status = 401, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 413, body = ErrorBody),
        (status = 415, body = ErrorBody),
        (status = 429, body = ErrorBody, description = "See Retry-After and the RateLimit headers."),
        (status = 503, body = ErrorBody, description = "See Retry-After."),
    ),
    security(("actionRequestToken" = [])),
)]
async fn set(
    State(app): State<App>,
    identifier: Result<Identifier, Problem>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let credential = Credential::basic(&headers).or_else(|| Credential::key(&headers));
    set_with(&app, credential, identifier, &headers, body, Profile::Strict).await
}

/// Reads an interaction's data: while it is open, and until its retention is over. Also at
/// `/api/tstats/interaction/data/{identifier}`.
#[utoipa::path(
    get, path = "/api/v1/interaction/data/{identifier}", tag = "data augmentation",
    operation_id = "getInteractionData",
    params(("identifier" = String, Path, description = "GUID, short id or SIP Call-ID, percent-encoded.")),
    responses(
        (status = 200, body = InteractionData),
        (status = 401, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 429, body = ErrorBody, description = "See Retry-After and the RateLimit headers."),
        (status = 503, body = ErrorBody, description = "See Retry-After."),
    ),
    security(("actionRequestToken" = [])),
)]
async fn get(
    State(app): State<App>,
    identifier: Result<Identifier, Problem>,
    headers: HeaderMap,
) -> Response {
    let credential = Credential::basic(&headers).or_else(|| Credential::key(&headers));
    get_with(&app, credential, identifier).await
}

/// The gateway's form of setting variables: a name without underscore gets one, numbers and booleans
/// become text.
#[utoipa::path(
    post, path = "/cc/v1/eivr/interaction/data/callId/{sipCallId}", tag = "data augmentation",
    operation_id = "setInteractionDataByCallId",
    params(
        ("sipCallId" = String, Path, description = "SIP Call-ID; GUID and short id too."),
        ("X-8x8-Tenant" = String, Header, description = "The tenant's name."),
    ),
    request_body = SetRequest,
    responses(
        (status = 200, body = SetDone),
        (status = 400, body = ErrorBody, description = "The message names the field."),
        (status = 401, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 413, body = ErrorBody),
        (status = 415, body = ErrorBody),
        (status = 429, body = ErrorBody, description = "See Retry-After and the RateLimit headers."),
        (status = 503, body = ErrorBody, description = "See Retry-After."),
    ),
    security(("apiKey" = [])),
)]
async fn set_by_call(
    State(app): State<App>,
    identifier: Result<Identifier, Problem>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let credential = Credential::key(&headers).or_else(|| Credential::basic(&headers));
    set_with(&app, credential, identifier, &headers, body, Profile::Lenient).await
}

/// The gateway's form of reading an interaction's data.
#[utoipa::path(
    get, path = "/cc/v1/eivr/interaction/data/callId/{sipCallId}", tag = "data augmentation",
    operation_id = "getInteractionDataByCallId",
    params(
        ("sipCallId" = String, Path, description = "SIP Call-ID; GUID and short id too."),
        ("X-8x8-Tenant" = String, Header, description = "The tenant's name."),
    ),
    responses(
        (status = 200, body = InteractionData),
        (status = 401, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 429, body = ErrorBody, description = "See Retry-After and the RateLimit headers."),
        (status = 503, body = ErrorBody, description = "See Retry-After."),
    ),
    security(("apiKey" = [])),
)]
async fn get_by_call(
    State(app): State<App>,
    identifier: Result<Identifier, Problem>,
    headers: HeaderMap,
) -> Response {
    let credential = Credential::key(&headers).or_else(|| Credential::basic(&headers));
    get_with(&app, credential, identifier).await
}

async fn set_with(
    app: &App,
    credential: Option<Credential>,
    identifier: Result<Identifier, Problem>,
    headers: &HeaderMap,
    body: Body,
    profile: Profile,
) -> Response {
    let gate = match enter(app, credential, identifier, Use::Write, |open| open.guid.clone()).await
    {
        Ok(gate) => gate,
        Err(refusal) => return refusal.into_response(),
    };
    let room = gate.room;
    let done = set_variables(app, gate, headers, body, profile).await;
    with_rate_limit(done.map(Json).into_response(), room)
}

async fn set_variables(
    app: &App,
    gate: Gate<Text>,
    headers: &HeaderMap,
    body: Body,
    profile: Profile,
) -> Result<SetDone, Refusal> {
    let guid = gate.found.ok_or_else(Refusal::interaction_not_found)?;
    body::check_media_type(headers, body::Untyped::Json)?;
    let bytes = body::read(headers, body, AUGMENTATION_BODY_MAX).await?;
    let key = IdempotencyKey::read(headers).map_err(|_| {
        Refusal::bad_request("Invalid Idempotency-Key: must be 1 to 128 visible ASCII characters")
    })?;
    let variables = parse::variables(&bytes, profile)?;
    let variables_set = variables.len();
    let interaction = guid.clone();
    let command = Command::Interaction(InteractionCommand::SetVariables { interaction, variables });
    let request = Request { key: key.within(&["augmentation", &guid]), command };
    match app.engine().submit(&gate.tenant, request).await {
        Ok(_) => Ok(SetDone {
            status: "success",
            message: "Variables successfully set",
            interaction_id: guid.as_ref().to_owned(),
            variables_set,
        }),
        Err(SubmitError::Rejected(Rejection::InteractionUnknown)) => {
            Err(Refusal::interaction_not_found())
        }
        Err(SubmitError::Rejected(Rejection::TooManyVariables)) => {
            Err(Refusal::bad_request(format!(
                "Too many variables: maximum is {VARIABLES_PER_INTERACTION_MAX} per interaction"
            )))
        }
        Err(error) => Err(Problem::from(error).into()),
    }
}

async fn get_with(
    app: &App,
    credential: Option<Credential>,
    identifier: Result<Identifier, Problem>,
) -> Response {
    let gate = match enter(app, credential, identifier, Use::Read, live_data).await {
        Ok(gate) => gate,
        Err(refusal) => return refusal.into_response(),
    };
    let room = gate.room;
    let data = match gate.found {
        Some(data) => Ok(data),
        None => finished_data(app, &gate.tenant, gate.position, gate.identifier).await,
    };
    with_rate_limit(data.map(Json).into_response(), room)
}

/// A request whose credentials are good and whose tenant has not asked too often.
struct Gate<T> {
    tenant: TenantId,
    identifier: String,
    room: Room,
    position: Position,
    /// What was read of the interaction, if it is open.
    found: Option<T>,
}

/// What an open interaction is looked up for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// To be told.
    Read,
    /// To be written to.
    Write,
}

/// Credentials, rate limit and identifier, in this order, with one look at the tenant's state.
async fn enter<T: Clone + Send + 'static>(
    app: &App,
    credential: Option<Credential>,
    identifier: Result<Identifier, Problem>,
    wanted_for: Use,
    look: fn(&Interaction) -> T,
) -> Result<Gate<T>, Refusal> {
    let credential = credential.ok_or(Problem::Unauthenticated)?;
    let tenant = credential.tenant.clone();
    // An identifier that cannot be read is one that nobody has, but only for who may ask.
    let Identifier(identifier) = identifier.unwrap_or(Identifier(String::new()));
    let wanted = identifier.clone();
    let check = move |state: &engine::State, position| {
        let opens = credential.opens_augmentation(state);
        let own = state.config.tenant.as_ref();
        let per_minute = own.map_or(PER_MINUTE, |own| own.augmentation_per_minute);
        opens.then(|| (per_minute, position, state.find(&wanted).map(look)))
    };
    let may_write = |seen: &Option<(_, _, Option<T>)>| {
        wanted_for == Use::Write && seen.as_ref().is_some_and(|(.., found)| found.is_some())
    };
    let seen = read::glance(app, &tenant, check, may_write).await.map_err(Problem::from)?;
    let (per_minute, position, found) = seen.ok_or(Problem::Unauthenticated)?;
    let room = app.admit_augmentation(&tenant, per_minute);
    if room.admitted {
        return Ok(Gate { tenant, identifier, room, position, found });
    }
    Err(Refusal::rate_limited(room))
}

fn live_data(open: &Interaction) -> InteractionData {
    InteractionData {
        interaction_id: open.guid.as_ref().to_owned(),
        channel: open.to.as_ref().to_owned(),
        create_time: iso8601(open.created),
        ani: open.from.as_ref().to_owned(),
        caller_name: open.caller_name.as_deref().unwrap_or_default().to_owned(),
        variables: open.variables.iter().map(VariableOut::from).collect(),
    }
}

/// The data of an interaction that is history, as long as it is kept.
async fn finished_data(
    app: &App,
    tenant: &TenantId,
    position: Position,
    identifier: String,
) -> Result<InteractionData, Refusal> {
    let find = move |views: &engine::views::Reader<'_>| views.find(&identifier);
    let row = read::views(app, tenant, position, read::Lag::Refuse, find).await?;
    let now = app.engine().now();
    let kept = row.filter(|row| row.retained_until.is_none_or(|until| until > now));
    let row = kept.ok_or_else(Refusal::interaction_not_found)?;
    Ok(InteractionData {
        interaction_id: row.guid,
        channel: row.channel,
        create_time: iso8601(row.created_at),
        ani: row.ani,
        caller_name: row.caller_name.unwrap_or_default(),
        variables: row.variables.iter().map(VariableOut::from).collect(),
    })
}

/// Whole seconds in UTC, as the contract's sample has them.
fn iso8601(at: Timestamp) -> String {
    let seconds = i64::try_from(at.0 / 1_000).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX).to_string()
}

/// Tells how many requests are left (IETF draft "RateLimit header fields for HTTP").
fn with_rate_limit(mut response: Response, room: Room) -> Response {
    let reset = u64::try_from(room.reset.as_millis().div_ceil(1_000)).unwrap_or(u64::MAX);
    for (name, number) in [
        ("ratelimit-limit", room.limit as u64),
        ("ratelimit-remaining", room.remaining as u64),
        ("ratelimit-reset", reset),
    ] {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from(number));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_whole_seconds_in_utc() {
        assert_eq!(iso8601(Timestamp(1_705_314_600_999)), "2024-01-15T10:30:00Z");
        assert_eq!(iso8601(Timestamp(0)), "1970-01-01T00:00:00Z");
    }
}
