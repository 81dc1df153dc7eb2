//! What supervisors see and do: a live wallboard, the open interactions, the story of each, and the means to
//! change other people's work.

use axum::{
    Json,
    extract::{State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::HeaderMap,
    response::Response,
};
use model::{
    AgentId, Command, Text,
    command::{Request, SupervisorCommand},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Supervisor,
    error::{ErrorBody, Invalid, Problem},
    fields::Input,
    headers::IdempotencyKey,
    path::{Identifier, Parameters},
    settings::{self, Seen},
    shown::SetStatus,
    socket::check_page,
};

mod board;
mod interactions;
mod measures;
mod skills;
mod socket;
mod story;
mod wire;

use wire::{
    Assign, Done, Frame, InteractionPage, MeasureList, PlaceWord, Requeue, SetSkills, Story,
    Wallboard,
};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(wallboard))
        .routes(routes!(events))
        .routes(routes!(measures))
        .routes(routes!(list))
        .routes(routes!(tell))
        .routes(routes!(set_status))
        .routes(routes!(set_skills))
        .routes(routes!(assign))
        .routes(routes!(requeue))
}

/// The queues and agents now.
#[utoipa::path(
    get, path = "/supervisor/v1/wallboard", tag = "supervisor", operation_id = "getWallboard",
    responses(
        (status = 200, body = Wallboard),
        Supervisor,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn wallboard(
    State(app): State<App>,
    Supervisor(caller): Supervisor,
) -> Result<Json<Wallboard>, Problem> {
    board::read(&app, &caller).await.map(Json)
}

/// A WebSocket of text frames, each one `WallboardFrame`: first everything, then what changes, at most four
/// times a second.
#[utoipa::path(
    get, path = "/supervisor/v1/events", tag = "supervisor", operation_id = "watchWallboard",
    responses(
        (status = 101, body = Frame<'static>, description = "Close codes: 4401 the session ended, \
            1012 the server goes down."),
        (status = 400, body = ErrorBody),
        Supervisor,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn events(
    State(app): State<App>,
    Supervisor(caller): Supervisor,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    check_page(&caller, &headers)?;
    let upgrade = upgrade.map_err(|_| Invalid::body("Open this address as a WebSocket."))?;
    Ok(socket::open(app, caller, upgrade))
}

/// What every number of a wallboard means.
#[utoipa::path(
    get, path = "/supervisor/v1/measures", tag = "supervisor", operation_id = "getMeasures",
    responses(
        (status = 200, body = MeasureList),
        Supervisor,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn measures(Supervisor(_): Supervisor) -> Json<MeasureList> {
    Json(MeasureList { items: measures::ALL.to_vec() })
}

/// The open interactions, oldest first.
#[utoipa::path(
    get, path = "/supervisor/v1/interactions", tag = "supervisor",
    operation_id = "listInteractions",
    params(
        ("queue" = Option<u32>, Query, description = "Those of this queue"),
        ("state" = Option<PlaceWord>, Query, description = "Those in this state"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u64>, Query, description = "1 to 200, unless said otherwise 50"),
    ),
    responses(
        (status = 200, body = InteractionPage),
        (status = 400, body = ErrorBody),
        Supervisor,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn list(
    State(app): State<App>,
    Supervisor(caller): Supervisor,
    parameters: Parameters,
) -> Result<Json<InteractionPage>, Problem> {
    let ask = interactions::Ask::read(&parameters)?;
    interactions::page(&app, &caller.tenant, ask).await.map(Json)
}

/// All that happened to an interaction, open or over.
#[utoipa::path(
    get, path = "/supervisor/v1/interactions/{id}/story", tag = "supervisor",
    operation_id = "getStory",
    params(
        ("id" = String, Path, description = "GUID, short id or SIP Call-ID of the interaction."),
        ("after" = Option<u64>, Query, description = "`next` of the page of the timeline before"),
    ),
    responses(
        (status = 200, body = Story),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        Supervisor,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn tell(
    State(app): State<App>,
    Supervisor(caller): Supervisor,
    Identifier(id): Identifier,
    parameters: Parameters,
) -> Result<Json<Story>, Problem> {
    let after = parameters.number("after")?.unwrap_or_default();
    story::read(&app, &caller.tenant, id, after).await.map(Json)
}

/// Changes an agent's status, at once or after the work at hand.
#[utoipa::path(
    post, path = "/supervisor/v1/agents/{id}/status", tag = "supervisor",
    operation_id = "setAgentStatus",
    params(("id" = String, Path, description = "The agent's id.")),
    request_body = SetStatus,
    responses(
        (status = 200, body = Done),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        Supervisor,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn set_status(
    State(app): State<App>,
    supervisor: Supervisor,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(wish): Input<SetStatus>,
) -> Result<Json<Done>, Problem> {
    let agent = AgentId::parse(&id).ok_or(Problem::NotFound)?;
    let SetStatus { status, reason } = wish;
    let command = SupervisorCommand::SetStatus { agent, status, reason };
    perform(&app, &supervisor, &key, &id, command).await
}

/// Replaces what an agent is good at, over the revision that the wallboard showed.
#[utoipa::path(
    put, path = "/supervisor/v1/agents/{id}/skills", tag = "supervisor",
    operation_id = "setAgentSkills",
    params(
        ("id" = String, Path, description = "The agent's id."),
        ("If-Match" = String, Header, description = "The row's `revision`, quoted."),
    ),
    request_body = SetSkills,
    responses(
        (status = 200, body = Done),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 412, body = ErrorBody, description = "`changedMeanwhile`"),
        (status = 428, body = ErrorBody, description = "`preconditionRequired`"),
        Supervisor,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn set_skills(
    State(app): State<App>,
    Supervisor(caller): Supervisor,
    Identifier(id): Identifier,
    seen: Seen,
    key: IdempotencyKey,
    Input(wish): Input<SetSkills>,
) -> Result<Json<Done>, Problem> {
    let agent = AgentId::parse(&id).ok_or(Problem::NotFound)?;
    let json = serde_json::to_value(&wish).expect("numbers are JSON");
    let make = move |rules: &engine::State| skills::change(rules, agent, seen, &wish);
    let what = ["supervisor", "skills", &id];
    settings::change_seen(&app, &caller, &key, &what, &json, make).await?;
    let position = app.engine().query(&caller.tenant, |_, position| position).await?;
    Ok(Json(Done { position }))
}

/// Offers what waits to this agent and to nobody else.
#[utoipa::path(
    post, path = "/supervisor/v1/interactions/{id}/assign", tag = "supervisor",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    request_body = Assign,
    responses(
        (status = 200, body = Done),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody, description = "No such interaction, or no such agent."),
        (status = 409, body = ErrorBody, description = "`notWaiting`, `agentNotAvailable` or \
            `agentAtCapacity`."),
        Supervisor,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn assign(
    State(app): State<App>,
    supervisor: Supervisor,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(Assign { agent_id }): Input<Assign>,
) -> Result<Json<Done>, Problem> {
    let command = SupervisorCommand::Assign { interaction: Text::from(&*id), agent: agent_id };
    perform(&app, &supervisor, &key, &id, command).await
}

/// Takes an interaction back from an offer to its place in the queue, or into another queue.
#[utoipa::path(
    post, path = "/supervisor/v1/interactions/{id}/requeue", tag = "supervisor",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    request_body = Requeue,
    responses(
        (status = 200, body = Done),
        (status = 400, body = ErrorBody, description = "Also when it comes from no queue and none is \
            named."),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`connected`, `queueFull` or \
            `alreadyEnded`."),
        Supervisor,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn requeue(
    State(app): State<App>,
    supervisor: Supervisor,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(Requeue { queue_id }): Input<Requeue>,
) -> Result<Json<Done>, Problem> {
    let command = SupervisorCommand::Requeue { interaction: Text::from(&*id), queue: queue_id };
    perform(&app, &supervisor, &key, &id, command).await
}

async fn perform(
    app: &App,
    Supervisor(caller): &Supervisor,
    key: &IdempotencyKey,
    of: &str,
    command: SupervisorCommand,
) -> Result<Json<Done>, Problem> {
    let verb = match command {
        SupervisorCommand::SetStatus { .. } => "status",
        SupervisorCommand::Assign { .. } => "assign",
        SupervisorCommand::Requeue { .. } => "requeue",
    };
    let key = key.within(&["supervisor", &caller.user.to_string(), verb, of]);
    let command = Command::Supervise { by: caller.user, command };
    let done = app.engine().submit(&caller.tenant, Request { key, command }).await?;
    Ok(Json(Done { position: done.position }))
}
