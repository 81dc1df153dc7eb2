//! What agents do with telephone lines: call, consult, hand on, join, record; and what they put down
//! while they talk.

use axum::{Json, extract::State};
use engine::State as Rules;
use model::{
    Text,
    command::AgentCommand,
    interaction::{Draft, Media},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    perform,
    wire::{
        CompleteWrapUp, Consult, HandOn, PlaceCall, SetRecording, State as Shown, TargetAgent,
        TargetQueue, Targets,
    },
};
use crate::{
    app::App,
    auth::Agent,
    error::{ErrorBody, Problem},
    fields::Input,
    guid::{base62, interaction_guid},
    headers::IdempotencyKey,
    path::{Identifier, Parameters},
};

/// Agents and queues on one page of targets.
const TARGETS_MAX: usize = 50;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(dial))
        .routes(routes!(consult))
        .routes(routes!(transfer))
        .routes(routes!(conference))
        .routes(routes!(record))
        .routes(routes!(draft))
        .routes(routes!(targets))
}

/// Calls somebody.
#[utoipa::path(
    post, path = "/workspace/v1/calls", tag = "workspace", operation_id = "dial",
    request_body = PlaceCall,
    responses(
        (status = 200, body = Shown),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody, description = "`numberUnknown`: there is no phone channel."),
        (status = 409, body = ErrorBody, description = "`noLineFree`."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn dial(
    State(app): State<App>,
    agent: Agent,
    key: IdempotencyKey,
    Input(call): Input<PlaceCall>,
) -> Result<Json<Shown>, Problem> {
    let command = AgentCommand::Dial {
        agent: agent.id,
        to: call.to,
        queue: call.queue_id,
        caller_id: call.caller_id,
        guid: new_guid(&app, &agent),
        call_id: new_call_id(),
        variables: Vec::new(),
    };
    perform(&app, &agent, &key, "", command).await
}

fn new_guid(app: &App, agent: &Agent) -> Text {
    interaction_guid(&agent.caller.tenant, Media::Phone, app.engine().now())
}

fn new_call_id() -> Text {
    format!("{}@cordboard", base62::<22>()).into()
}

/// Asks somebody on a second line; the customer is put on hold.
#[utoipa::path(
    post, path = "/workspace/v1/interactions/{id}/consult", tag = "workspace",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    request_body = Consult,
    responses(
        (status = 200, body = Shown),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`agentUnavailable`, `onSecondLine`, `notInTalk`, `notACall`."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn consult(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(whom): Input<Consult>,
) -> Result<Json<Shown>, Problem> {
    let command = AgentCommand::Consult {
        agent: agent.id,
        interaction: Text::from(&*id),
        to: whom.to()?,
        guid: new_guid(&app, &agent),
        call_id: new_call_id(),
    };
    perform(&app, &agent, &key, &id, command).await
}

/// Hands the customer on: to an agent, a queue or a number at once, or to whoever is on the second line.
#[utoipa::path(
    post, path = "/workspace/v1/interactions/{id}/transfer", tag = "workspace",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    request_body = HandOn,
    responses(
        (status = 200, body = Shown),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`agentUnavailable`, `queueFull`, `consultFirst`, `noSecondLine`, `inConference`, `onSecondLine`, `notInTalk`."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn transfer(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(target): Input<HandOn>,
) -> Result<Json<Shown>, Problem> {
    let command = AgentCommand::Transfer {
        agent: agent.id,
        interaction: Text::from(&*id),
        to: target.to(),
        guid: new_guid(&app, &agent),
    };
    perform(&app, &agent, &key, &id, command).await
}

/// Makes one conversation of the two lines.
#[utoipa::path(
    post, path = "/workspace/v1/interactions/{id}/conference", tag = "workspace",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    responses(
        (status = 200, body = Shown),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`noSecondLine` or `notInTalk`."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn conference(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    key: IdempotencyKey,
) -> Result<Json<Shown>, Problem> {
    let command = AgentCommand::Join { agent: agent.id, interaction: Text::from(&*id) };
    perform(&app, &agent, &key, &id, command).await
}

/// Starts, pauses or stops the recording.
#[utoipa::path(
    post, path = "/workspace/v1/interactions/{id}/recording", tag = "workspace",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    request_body = SetRecording,
    responses(
        (status = 200, body = Shown),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notInTalk` or `alreadyEnded`."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn record(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(SetRecording { recording }): Input<SetRecording>,
) -> Result<Json<Shown>, Problem> {
    let interaction = Text::from(&*id);
    let command = AgentCommand::Record { agent: agent.id, interaction, recording };
    perform(&app, &agent, &key, &id, command).await
}

/// Puts down something for the wrap-up, during the talk or after it; the whole replaces what was there.
#[utoipa::path(
    put, path = "/workspace/v1/interactions/{id}/draft", tag = "workspace",
    params(("id" = String, Path, description = "GUID of the interaction.")),
    request_body = CompleteWrapUp,
    responses(
        (status = 200, body = Shown),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`notInTalk`."),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn draft(
    State(app): State<App>,
    agent: Agent,
    Identifier(id): Identifier,
    key: IdempotencyKey,
    Input(paper): Input<CompleteWrapUp>,
) -> Result<Json<Shown>, Problem> {
    let CompleteWrapUp { disposition, codes, note } = paper;
    let draft = Draft { disposition, codes, note };
    let interaction = Text::from(&*id);
    let command = AgentCommand::Draft { agent: agent.id, interaction, draft };
    perform(&app, &agent, &key, &id, command).await
}

/// To whom a customer could be handed on now, the agent left out.
#[utoipa::path(
    get, path = "/workspace/v1/targets", tag = "workspace",
    params(("query" = Option<String>, Query, description = "A part of the name, of any case.")),
    responses(
        (status = 200, body = Targets),
        (status = 400, body = ErrorBody),
        Agent,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn targets(
    State(app): State<App>,
    agent: Agent,
    parameters: Parameters,
) -> Result<Json<Targets>, Problem> {
    let wanted = parameters.text("query").unwrap_or_default().to_lowercase();
    let me = agent.id;
    let look = move |rules: &Rules, _| {
        let fits = |name: &str| name.to_lowercase().contains(&wanted);
        let agents = rules.config.agents.values().filter(|other| other.id != me);
        let mut agents: Vec<TargetAgent> = agents
            .filter(|other| fits(&other.name))
            .map(|other| TargetAgent {
                id: other.id.to_string(),
                name: other.name.to_string(),
                status: rules.desk(other.id).map(|desk| desk.status).unwrap_or_default().into(),
                available: rules.could_take(other.id, Media::Phone),
            })
            .collect();
        let queues = rules.config.queues.values().filter(|queue| fits(&queue.name));
        let mut queues: Vec<TargetQueue> = queues
            .map(|queue| TargetQueue {
                id: queue.id.0,
                name: queue.name.to_string(),
                media_type: queue.media.into(),
                waiting: rules.queue_load(queue.id).0,
                free: rules.free_count(queue.id),
            })
            .collect();
        agents.sort_by(|one, other| {
            (!one.available, &one.name, &one.id).cmp(&(!other.available, &other.name, &other.id))
        });
        queues.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        let more = agents.len() > TARGETS_MAX || queues.len() > TARGETS_MAX;
        agents.truncate(TARGETS_MAX);
        queues.truncate(TARGETS_MAX);
        Targets { agents, queues, more }
    };
    Ok(Json(app.engine().query(&agent.caller.tenant, look).await?))
}
