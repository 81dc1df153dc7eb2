//! Data Augmentation, as published: other systems attach variables to an interaction.
//!
//! Checked in this order, and the first fault is the answer: transport, credentials, rate limit,
//! identifier, media type and size, JSON, number of variables, each variable. Nothing is stored unless all
//! of it can be.

use axum::{
    Json,
    body::{Body, HttpBody},
    extract::{Request as HttpRequest, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{IntoResponse, Response},
    routing,
};
use engine::Position;
use kernel::center::interaction::Interaction;
use model::{
    Command, Rejection, TenantId, Timestamp, command::InteractionCommand, command::Request,
    limits::VARIABLES_PER_INTERACTION_MAX, variable::Variable,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::program::Credential,
    body,
    error::Problem,
    headers::IdempotencyKey,
    limits::{AUGMENTATION_BODY_MAX, AUGMENTATION_BODY_UNASKED_MAX, window::Room},
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
    request: HttpRequest,
) -> Response {
    let headers = request.headers();
    let credential = Credential::basic(headers).or_else(|| Credential::key(headers));
    set_with(&app, credential, identifier, request, Profile::Strict).await
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
    request: HttpRequest,
) -> Response {
    let headers = request.headers();
    let credential = Credential::basic(headers).or_else(|| Credential::key(headers));
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
    request: HttpRequest,
) -> Response {
    let headers = request.headers();
    let credential = Credential::key(headers).or_else(|| Credential::basic(headers));
    set_with(&app, credential, identifier, request, Profile::Lenient).await
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
    request: HttpRequest,
) -> Response {
    let headers = request.headers();
    let credential = Credential::key(headers).or_else(|| Credential::basic(headers));
    get_with(&app, credential, identifier).await
}

async fn set_with(
    app: &App,
    credential: Option<Credential>,
    identifier: Result<Identifier, Problem>,
    request: HttpRequest,
    profile: Profile,
) -> Response {
    let gate = Gate::new(app, credential, identifier);
    match set_variables(gate, request, profile).await {
        Ok((done, room)) => with_rate_limit(Json(done).into_response(), room),
        Err(refusal) => refusal.into_response(),
    }
}

/// The body is read before anything is checked, so that checks and write are one visit to the tenant's
/// shard. What is wrong with it is told only if nothing is wrong before it.
async fn set_variables(
    gate: Result<Gate, Refusal>,
    request: HttpRequest,
    profile: Profile,
) -> Result<(SetDone, Room), Refusal> {
    let gate = gate?;
    let (app, tenant) = (gate.app.clone(), gate.credential.tenant.clone());
    let (parts, body) = request.into_parts();
    if body.size_hint().upper().is_none_or(|size| size > AUGMENTATION_BODY_UNASKED_MAX) {
        gate.recognise().await?;
    }
    let sent = read_request(&parts.headers, body, profile).await;
    let prepare = move |state: &engine::State, _| {
        let (room, found) = gate.enter(state)?;
        let guid = match found {
            Some(open) => open.guid.clone(),
            None => return Err(Refusal::interaction_not_found().within(room)),
        };
        let (key, variables) = sent.map_err(|refusal| refusal.within(room))?;
        let (key, count) = (key.within(&["augmentation", &guid]), variables.len());
        let interaction = guid.clone();
        let command =
            Command::Interaction(InteractionCommand::SetVariables { interaction, variables });
        Ok((Request { key, command }, (room, guid, count)))
    };
    let answer = app.engine().submit_with(&tenant, prepare).await.map_err(Problem::from)?;
    let ((room, guid, variables_set), executed) = answer?;
    executed.map_err(|rejection| refuse(rejection).within(room))?;
    let done = SetDone {
        status: "success",
        message: "Variables successfully set",
        interaction_id: guid.as_ref().to_owned(),
        variables_set,
    };
    Ok((done, room))
}

async fn read_request(
    headers: &HeaderMap,
    body: Body,
    profile: Profile,
) -> Result<(IdempotencyKey, Vec<Variable>), Refusal> {
    body::check_media_type(headers, body::Untyped::Json)?;
    let bytes = body::read(headers, body, AUGMENTATION_BODY_MAX).await?;
    let key = IdempotencyKey::read(headers).map_err(|_| {
        Refusal::bad_request("Invalid Idempotency-Key: must be 1 to 128 visible ASCII characters")
    })?;
    Ok((key, parse::variables(&bytes, profile)?))
}

fn refuse(rejection: Rejection) -> Refusal {
    match rejection {
        Rejection::InteractionUnknown => Refusal::interaction_not_found(),
        Rejection::TooManyVariables => Refusal::bad_request(format!(
            "Too many variables: maximum is {VARIABLES_PER_INTERACTION_MAX} per interaction"
        )),
        other => Problem::from(other).into(),
    }
}

async fn get_with(
    app: &App,
    credential: Option<Credential>,
    identifier: Result<Identifier, Problem>,
) -> Response {
    let gate = Gate::new(app, credential, identifier);
    match get_data(gate).await {
        Ok((data, room)) => with_rate_limit(Json(data).into_response(), room),
        Err(refusal) => refusal.into_response(),
    }
}

async fn get_data(gate: Result<Gate, Refusal>) -> Result<(InteractionData, Room), Refusal> {
    let gate = gate?;
    let (app, tenant) = (gate.app.clone(), gate.credential.tenant.clone());
    let identifier = gate.identifier.clone();
    let look = move |state: &engine::State, position| {
        gate.enter(state).map(|(room, found)| (room, position, found.map(live_data)))
    };
    let seen = app.engine().query(&tenant, look).await.map_err(Problem::from)?;
    let (room, position, found) = seen?;
    match found {
        Some(data) => Ok((data, room)),
        None => match finished_data(&app, &tenant, position, identifier).await {
            Ok(data) => Ok((data, room)),
            Err(refusal) => Err(refusal.within(room)),
        },
    }
}

/// What every request has to pass: credentials, rate limit and identifier, in this order.
struct Gate {
    app: App,
    credential: Credential,
    identifier: String,
}

impl Gate {
    fn new(
        app: &App,
        credential: Option<Credential>,
        identifier: Result<Identifier, Problem>,
    ) -> Result<Self, Refusal> {
        let credential = credential.ok_or(Problem::Unauthenticated)?;
        // An identifier that cannot be read is one that nobody has, but only for who may ask.
        let Identifier(identifier) = identifier.unwrap_or(Identifier(String::new()));
        Ok(Self { app: app.clone(), credential, identifier })
    }

    /// Checks the credentials alone.
    async fn recognise(&self) -> Result<(), Refusal> {
        let credential = self.credential.clone();
        let look = move |state: &engine::State, _| credential.opens_augmentation(state);
        let opens = self.app.engine().query(&self.credential.tenant, look).await;
        if opens.map_err(Problem::from)? { Ok(()) } else { Err(Problem::Unauthenticated.into()) }
    }

    /// Lets a request in, and finds the interaction if it is open.
    fn enter<'s>(
        &self,
        state: &'s engine::State,
    ) -> Result<(Room, Option<&'s Interaction>), Refusal> {
        if !self.credential.opens_augmentation(state) {
            return Err(Problem::Unauthenticated.into());
        }
        let own = state.config.tenant.as_ref();
        let per_minute = own.map_or(PER_MINUTE, |own| own.augmentation_per_minute);
        let room = self.app.admit_augmentation(&self.credential.tenant, per_minute);
        if room.admitted {
            Ok((room, state.find(&self.identifier)))
        } else {
            Err(Refusal::rate_limited(room))
        }
    }
}

fn live_data(open: &Interaction) -> InteractionData {
    InteractionData {
        interaction_id: open.guid.as_ref().to_owned(),
        channel: open.channel_address().as_ref().to_owned(),
        create_time: iso8601(open.created),
        ani: open.customer().as_ref().to_owned(),
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
