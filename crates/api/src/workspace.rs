//! The agents' workspace: one state, the writes that change it, and a socket that keeps it fresh.

use axum::{
    Json,
    extract::{State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::HeaderMap,
    response::Response,
};
use model::{
    Command, OfferId, Text,
    command::{AgentCommand, Request},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::{Agent, Caller},
    error::{ErrorBody, Invalid, Problem},
    fields::Input,
    headers::IdempotencyKey,
    path::{Identifier, Parameters},
};

mod calls;
mod change;
mod desk;
mod socket;
mod state;
mod why;
mod wire;

use wire::{
    AcceptOffer, CompleteWrapUp, Frame, MuteMicrophone, RejectOffer, SetStatus, State as Shown,
    WhyAnswer,
};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_state))
        .routes(routes!(set_status))
        .routes(routes!(accept))
        .routes(routes!(reject))
        .routes(routes!(hold))
        .routes(routes!(resume))
        .routes(routes!(mute))
        .routes(routes!(end))
        .routes(routes!(wrap_up))
        .routes(routes!(explain))
        .routes(routes!(events))
        .merge(calls::routes())
}

/// The agent's whole screen.
#[utoipa::path(
    get, path = "/workspace/v1/state", tag = "workspace", operation_id = "getState",
    responses(
        (status = 200, body = Shown),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn get_state(State(app): State<App>, agent: Agent) -> Result<Json<Shown>, Problem> {
    state::read(&app, &agent).await.map(Json)
}

/// Changes status, at once or after the work at hand.
#[utoipa::path(
    put, path = "/workspace/v1/status", tag = "workspace", operation_id = "setStatus",
    request_body = SetStatus,
    responses(
        (status = 200, body = Shown),
        (status = 400, body = ErrorBody),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn set_status(
    State(app): State<App>,
    agent: Agent,
    key: IdempotencyKey,
    Input(wish): Input<SetStatus>,
) -> Result<Json<Shown>, Problem> {
    let SetStatus { status, reason } = wish;
    let command = AgentCommand::SetStatus { agent: agent.id, status, reason };
    perform(&app, &agent, &key, "", command).await
}

/// Takes an offer.
#[utoipa::path(
    post, path = "/workspace/v1/interactions/{id}/accept", tag = "workspace",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    request_body = AcceptOffer,
    responses(
        (status = 200, body = Shown),
        (status = 400, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`offerGone`: the message says how."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn accept(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(AcceptOffer { offer_id }): Input<AcceptOffer>,
) -> Result<Json<Shown>, Problem> {
    let interaction = Text::from(&*id);
    let command = AgentCommand::Accept { agent: agent.id, interaction, offer: offer_id };
    let done = perform(&app, &agent, &key, &id, command).await;
    explained(&app, &agent, &id, offer_id, done).await
}

/// Does not take an offer.
#[utoipa::path(
    post, path = "/workspace/v1/interactions/{id}/reject", tag = "workspace",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    request_body = RejectOffer,
    responses(
        (status = 200, body = Shown),
        (status = 400, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`offerGone`: the message says how."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn reject(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(RejectOffer { offer_id, reason }): Input<RejectOffer>,
) -> Result<Json<Shown>, Problem> {
    let interaction = Text::from(&*id);
    let command = AgentCommand::Reject { agent: agent.id, interaction, offer: offer_id, reason };
    let done = perform(&app, &agent, &key, &id, command).await;
    explained(&app, &agent, &id, offer_id, done).await
}

/// Puts the customer on hold.
#[utoipa::path(
    post, path = "/workspace/v1/interactions/{id}/hold", tag = "workspace",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    responses(
        (status = 200, body = Shown),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notInTalk` or `alreadyEnded`."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn hold(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    key: IdempotencyKey,
) -> Result<Json<Shown>, Problem> {
    let interaction = Text::from(&*id);
    let command = AgentCommand::Hold { agent: agent.id, interaction, held: true };
    perform(&app, &agent, &key, &id, command).await
}

/// Takes the customer back from hold.
#[utoipa::path(
    post, path = "/workspace/v1/interactions/{id}/resume", tag = "workspace",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    responses(
        (status = 200, body = Shown),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notInTalk` or `alreadyEnded`."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn resume(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    key: IdempotencyKey,
) -> Result<Json<Shown>, Problem> {
    let interaction = Text::from(&*id);
    let command = AgentCommand::Hold { agent: agent.id, interaction, held: false };
    perform(&app, &agent, &key, &id, command).await
}

/// Silences the agent's microphone, or opens it.
#[utoipa::path(
    post, path = "/workspace/v1/interactions/{id}/mute", tag = "workspace",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    request_body = MuteMicrophone,
    responses(
        (status = 200, body = Shown),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notInTalk` or `alreadyEnded`."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn mute(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(MuteMicrophone { muted }): Input<MuteMicrophone>,
) -> Result<Json<Shown>, Problem> {
    let interaction = Text::from(&*id);
    let command = AgentCommand::Mute { agent: agent.id, interaction, muted };
    perform(&app, &agent, &key, &id, command).await
}

/// Ends the conversation; leaves it to the other agents who take part, unless for all.
#[utoipa::path(
    post, path = "/workspace/v1/interactions/{id}/end", tag = "workspace",
    params(
        ("id" = String, Path, description = "GUID of the interaction."),
        ("forAll" = Option<bool>, Query, description = "Also for the other agents."),
    ),
    responses(
        (status = 200, body = Shown),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notInTalk`, `onSecondLine` or `alreadyEnded`."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn end(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    parameters: Parameters,
    key: IdempotencyKey,
) -> Result<Json<Shown>, Problem> {
    let for_all = match parameters.text("forAll") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Invalid::field("forAll", "Must be true or false.").into()),
    };
    let interaction = Text::from(&*id);
    let command = AgentCommand::End { agent: agent.id, interaction, for_all };
    perform(&app, &agent, &key, &id, command).await
}

/// Completes the wrap-up.
#[utoipa::path(
    post, path = "/workspace/v1/interactions/{id}/wrapup", tag = "workspace",
    operation_id = "wrapUp",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    request_body = CompleteWrapUp,
    responses(
        (status = 200, body = Shown),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notInWrapUp`."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn wrap_up(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(paper): Input<CompleteWrapUp>,
) -> Result<Json<Shown>, Problem> {
    let CompleteWrapUp { disposition, codes, note } = paper;
    let interaction = Text::from(&*id);
    let command = AgentCommand::WrapUp { agent: agent.id, interaction, disposition, codes, note };
    perform(&app, &agent, &key, &id, command).await
}

/// Why an interaction was offered to whom. Agents see it of interactions that were offered to them,
/// supervisors and administrators of all.
#[utoipa::path(
    get, path = "/workspace/v1/interactions/{id}/why", tag = "workspace",
    operation_id = "why",
    params(("id" = String, Path, description = "GUID, short id or SIP Call-ID of the interaction.")),
    responses(
        (status = 200, body = WhyAnswer),
        (status = 401, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn explain(
    State(app): State<App>,
    caller: Caller,
    Identifier(id): Identifier,
) -> Result<Json<WhyAnswer>, Problem> {
    why::answer(&app, &caller, id).await.map(Json)
}

/// A WebSocket of text frames, each one `WorkspaceFrame`.
#[utoipa::path(
    get, path = "/workspace/v1/events", tag = "workspace",
    params(("after" = Option<u64>, Query, description = "The position that the client has seen.")),
    responses(
        (status = 101, body = Frame<'static>, description = "Close codes: 4401 the session ended, \
            4409 `after` is ahead of the log, 1012 the server goes down."),
        (status = 400, body = ErrorBody),
        (status = 401, body = ErrorBody),
        (status = 403, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn events(
    State(app): State<App>,
    agent: Agent,
    parameters: Parameters,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let after = parameters.number("after")?;
    crate::socket::check_page(&agent.caller, &headers)?;
    let upgrade = upgrade.map_err(|_| Invalid::body("Open this address as a WebSocket."))?;
    Ok(socket::open(app, agent, after, upgrade))
}

/// Executes a command and answers with the state it leads to.
async fn perform(
    app: &App,
    agent: &Agent,
    key: &IdempotencyKey,
    interaction: &str,
    command: AgentCommand,
) -> Result<Json<Shown>, Problem> {
    let key = key.within(&["workspace", agent.id.as_str(), verb(&command), interaction]);
    let request = Request { key, command: Command::Agent(command) };
    app.engine().submit(&agent.caller.tenant, request).await?;
    state::read(app, agent).await.map(Json)
}

fn verb(command: &AgentCommand) -> &'static str {
    match command {
        AgentCommand::Accept { .. } => "accept",
        AgentCommand::Reject { .. } => "reject",
        AgentCommand::Hold { held: true, .. } => "hold",
        AgentCommand::Hold { held: false, .. } => "resume",
        AgentCommand::Mute { .. } => "mute",
        AgentCommand::Record { .. } => "record",
        AgentCommand::Dial { .. } => "dial",
        AgentCommand::Consult { .. } => "consult",
        AgentCommand::Transfer { .. } => "transfer",
        AgentCommand::Join { .. } => "conference",
        AgentCommand::Draft { .. } => "draft",
        AgentCommand::End { .. } => "end",
        AgentCommand::WrapUp { .. } => "wrapUp",
        AgentCommand::SetStatus { .. } => "status",
    }
}

/// Says what became of an offer that is gone.
async fn explained(
    app: &App,
    agent: &Agent,
    interaction: &str,
    offer: OfferId,
    done: Result<Json<Shown>, Problem>,
) -> Result<Json<Shown>, Problem> {
    match done {
        Err(Problem::OfferGone(how)) => {
            let found = why::fate(app, agent, interaction.to_owned(), offer).await;
            Err(Problem::OfferGone(found.unwrap_or(how)))
        }
        done => done,
    }
}
