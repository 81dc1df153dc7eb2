//! A simulated carrier: plays the customers, for demonstrations and tests. Only for callers on this
//! machine, and without credentials, because whoever can reach it could read the data directory too.

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{StatusCode, request::Parts},
};
use engine::{State as Rules, SubmitError};
use model::{
    Command, TenantId, Text,
    command::{InteractionCommand, Request},
    interaction::{DialEnd, Media},
};
use utoipa::IntoResponses;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    error::{ErrorBody, Problem, Responses, refusals},
    fields::Input,
    guard::Connection,
    guid::{base62, interaction_guid},
    headers::IdempotencyKey,
    limits::{PAGE_DEFAULT, PAGE_MAX},
    path::{Identifier, Parameters},
    read,
};

mod call;
mod list;
mod wire;

use wire::{Call, CallPlaced, CallState, Calls, PlaceCall, PressDigits, RecordMessage};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(place, list_calls))
        .routes(routes!(look))
        .routes(routes!(press))
        .routes(routes!(record))
        .routes(routes!(hang_up))
        .routes(routes!(answer))
        .routes(routes!(busy))
        .routes(routes!(no_answer))
        .routes(routes!(outside_hangs_up))
}

/// A caller on this machine.
struct Local;

impl<S: Sync> FromRequestParts<S> for Local {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let local = parts.extensions.get::<Connection>().is_some_and(Connection::is_local);
        let denied = Problem::Forbidden("The simulated carrier serves this machine only.");
        if local { Ok(Self) } else { Err(denied) }
    }
}

impl IntoResponses for Local {
    fn responses() -> Responses {
        refusals(&[StatusCode::FORBIDDEN, StatusCode::SERVICE_UNAVAILABLE])
    }
}

/// Places a call. The same `sipCallId`, or the same Idempotency-Key, again is the same call.
#[utoipa::path(
    post, path = "/sim/v1/calls", tag = "simulated carrier", operation_id = "placeCall",
    request_body = PlaceCall,
    responses(
        (status = 201, body = CallPlaced),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody, description = "`numberUnknown`"),
        (status = 409, body = ErrorBody, description = "`identifierTaken`: another call has this SIP Call-ID."),
        Local,
    ),
)]
async fn place(
    State(app): State<App>,
    _: Local,
    key: IdempotencyKey,
    Input(call): Input<PlaceCall>,
) -> Result<(StatusCode, Json<CallPlaced>), Problem> {
    let tenant = tenant_of_number(&app, &call.to).await?;
    let key = key.within(&["carrier", &call.from, &call.to]);
    // Made from the key, so that a repeated request is the same call even when its answer was lost.
    let call_id = call.sip_call_id.or_else(|| key.as_ref().map(|key| format!("{key}@sim").into()));
    let call_id = call_id.unwrap_or_else(|| Text::from(format!("{}@sim", base62::<22>())));
    let guid = interaction_guid(&tenant, Media::Phone, app.engine().now());
    let begin = InteractionCommand::Begin {
        guid,
        media: Media::Phone,
        to: call.to,
        from: call.from,
        caller_name: call.caller_name,
        call_id: Some(call_id.clone()),
    };
    let request = Request { key, command: Command::Interaction(begin) };
    let done = app.engine().submit(&tenant, request).await?;
    // It may be over already: a script can end a call at once.
    let interaction_guid = read::guid(&app, &tenant, done.position, &call_id).await?;
    let interaction_guid = interaction_guid.ok_or(Problem::AlreadyEnded)?;
    let placed = CallPlaced { call_id: call_id.as_ref().to_owned(), interaction_guid };
    Ok((StatusCode::CREATED, Json(placed)))
}

/// The tenant that has a number.
async fn tenant_of_number(app: &App, number: &Text) -> Result<TenantId, Problem> {
    for tenant in app.engine().tenants() {
        let to = number.clone();
        let has = move |state: &Rules, _| {
            state.config.channel_at(&to).is_some_and(|channel| channel.media == Media::Phone)
        };
        if app.engine().query(&tenant.id, has).await? {
            return Ok(tenant.id);
        }
    }
    Err(Problem::NumberUnknown)
}

/// How a call stands.
#[utoipa::path(
    get, path = "/sim/v1/calls/{callId}", tag = "simulated carrier", operation_id = "getCall",
    params(("callId" = String, Path, description = "SIP Call-ID, percent-encoded; GUID too.")),
    responses(
        (status = 200, body = Call),
        (status = 404, body = ErrorBody),
        Local,
    ),
)]
async fn look(
    State(app): State<App>,
    _: Local,
    Identifier(id): Identifier,
) -> Result<Json<Call>, Problem> {
    call::look(&app, &id).await.map(Json)
}

/// Calls, a page at a time: without `state` those that are not over, oldest first; with `state=ended`
/// those that are, newest first.
#[utoipa::path(
    get, path = "/sim/v1/calls", tag = "simulated carrier", operation_id = "listCalls",
    params(
        ("state" = Option<CallState>, Query),
        ("after" = Option<String>, Query, description = "`next` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 unless given."),
    ),
    responses(
        (status = 200, body = Calls),
        (status = 400, body = ErrorBody),
        Local,
    ),
)]
async fn list_calls(
    State(app): State<App>,
    _: Local,
    parameters: Parameters,
) -> Result<Json<Calls>, Problem> {
    let state = parameters.text("state").map(CallState::parse).transpose()?;
    let after = parameters.text("after").map(list::Cursor::parse).transpose()?;
    let limit = list::limit(parameters.number("limit")?, PAGE_DEFAULT, PAGE_MAX)?;
    list::page(&app, state, after, limit).await.map(Json)
}

/// Presses keys.
#[utoipa::path(
    post, path = "/sim/v1/calls/{callId}/digits", tag = "simulated carrier",
    operation_id = "pressDigits",
    params(("callId" = String, Path, description = "SIP Call-ID, percent-encoded; GUID too.")),
    request_body = PressDigits,
    responses(
        (status = 204),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`digitsNotAwaited` or `alreadyEnded`."),
        Local,
    ),
)]
async fn press(
    State(app): State<App>,
    _: Local,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(PressDigits { digits }): Input<PressDigits>,
) -> Result<StatusCode, Problem> {
    let key = key.within(&["carrier", "digits", &id]);
    let press = |interaction| InteractionCommand::Press { interaction, digits };
    command(&app, &id, key, press).await
}

/// Says something while the script records: the words take the place of the sound.
#[utoipa::path(
    post, path = "/sim/v1/calls/{callId}/recording", tag = "simulated carrier",
    operation_id = "recordMessage",
    params(("callId" = String, Path, description = "SIP Call-ID, percent-encoded; GUID too.")),
    request_body = RecordMessage,
    responses(
        (status = 204),
        (status = 400, body = ErrorBody),
        (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notRecording`, `tooManyMessages` or `alreadyEnded`."),
        (status = 503, body = ErrorBody),
    ),
)]
async fn record(
    State(app): State<App>,
    _: Local,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(RecordMessage { text, duration_ms }): Input<RecordMessage>,
) -> Result<StatusCode, Problem> {
    let key = key.within(&["carrier", "recording", &id]);
    let record = |interaction| InteractionCommand::Record { interaction, text, duration_ms };
    command(&app, &id, key, record).await
}

/// Hangs up. Doing so twice is no error.
#[utoipa::path(
    post, path = "/sim/v1/calls/{callId}/hangup", tag = "simulated carrier", operation_id = "hangUp",
    params(("callId" = String, Path, description = "SIP Call-ID, percent-encoded; GUID too.")),
    responses(
        (status = 204),
        (status = 404, body = ErrorBody),
        Local,
    ),
)]
async fn hang_up(
    State(app): State<App>,
    _: Local,
    Identifier(id): Identifier,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    let key = key.within(&["carrier", "hangup", &id]);
    let leave = |interaction| InteractionCommand::Leave { interaction };
    match command(&app, &id, key, leave).await {
        Err(Problem::AlreadyEnded) => Ok(StatusCode::NO_CONTENT),
        done => done,
    }
}

/// Answers a call of the center.
#[utoipa::path(
    post, path = "/sim/v1/calls/{callId}/answer", tag = "simulated carrier", operation_id = "answer",
    params(("callId" = String, Path, description = "SIP Call-ID, percent-encoded; GUID too.")),
    responses(
        (status = 204),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notDialling` or `alreadyEnded`."),
        Local,
    ),
)]
async fn answer(
    State(app): State<App>,
    _: Local,
    Identifier(id): Identifier,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    let key = key.within(&["carrier", "answer", &id]);
    command(&app, &id, key, |interaction| InteractionCommand::PartyAnswers { interaction }).await
}

/// Refuses a call of the center: the line is busy.
#[utoipa::path(
    post, path = "/sim/v1/calls/{callId}/busy", tag = "simulated carrier", operation_id = "busy",
    params(("callId" = String, Path, description = "SIP Call-ID, percent-encoded; GUID too.")),
    responses(
        (status = 204),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notDialling` or `alreadyEnded`."),
        Local,
    ),
)]
async fn busy(
    State(app): State<App>,
    _: Local,
    Identifier(id): Identifier,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    decline(&app, &id, &key, DialEnd::Busy).await
}

/// Does not answer a call of the center.
#[utoipa::path(
    post, path = "/sim/v1/calls/{callId}/noanswer", tag = "simulated carrier",
    operation_id = "noAnswer",
    params(("callId" = String, Path, description = "SIP Call-ID, percent-encoded; GUID too.")),
    responses(
        (status = 204),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notDialling` or `alreadyEnded`."),
        Local,
    ),
)]
async fn no_answer(
    State(app): State<App>,
    _: Local,
    Identifier(id): Identifier,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    decline(&app, &id, &key, DialEnd::NoAnswer).await
}

/// The number outside that the caller was connected to hangs up; the script goes on.
#[utoipa::path(
    post, path = "/sim/v1/calls/{callId}/outside/hangup", tag = "simulated carrier",
    operation_id = "outsideHangsUp",
    params(("callId" = String, Path, description = "SIP Call-ID, percent-encoded; GUID too.")),
    responses(
        (status = 204),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notDialling` or `alreadyEnded`."),
        Local,
    ),
)]
async fn outside_hangs_up(
    State(app): State<App>,
    _: Local,
    Identifier(id): Identifier,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    let key = key.within(&["carrier", "outside", &id]);
    command(&app, &id, key, |interaction| InteractionCommand::PartyLeaves { interaction }).await
}

async fn decline(
    app: &App,
    id: &str,
    key: &IdempotencyKey,
    end: DialEnd,
) -> Result<StatusCode, Problem> {
    let key = key.within(&["carrier", "decline", id]);
    command(app, id, key, |interaction| InteractionCommand::PartyDeclines { interaction, end })
        .await
}

/// Does something to a call. One that is over is told from one that never was.
async fn command(
    app: &App,
    id: &str,
    key: Option<Text>,
    command: impl FnOnce(Text) -> InteractionCommand,
) -> Result<StatusCode, Problem> {
    let (tenant, _) = call::find(app, id).await?;
    let request = Request { key, command: Command::Interaction(command(id.into())) };
    match app.engine().submit(&tenant, request).await {
        Ok(_) => Ok(StatusCode::NO_CONTENT),
        Err(SubmitError::Rejected(model::Rejection::InteractionUnknown)) => {
            Err(Problem::AlreadyEnded)
        }
        Err(error) => Err(error.into()),
    }
}
