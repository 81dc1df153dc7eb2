//! Placing a call for an agent.

use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::HeaderMap,
    response::IntoResponse,
};
use engine::{State as Rules, SubmitError};
use model::{
    AgentId, Command, QueueId, Rejection, TenantId, Text, command::AgentCommand, config::Channel,
    interaction::Media, status::Status,
};

use super::{
    Answered,
    ask::PlaceCall,
    enter, json_body, parse,
    refusal::Refused,
    wire::{Envelope, Placed},
};
use crate::{
    app::App,
    guid::{base62, interaction_guid},
    headers::Once,
    read,
};

pub(super) async fn place(
    State(app): State<App>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Answered {
    let (tenant, ()) = enter(&app, &headers, &tenant, |_| ()).await?;
    let bytes = json_body(&headers, body).await?;
    let call = PlaceCall::read(&parse(&bytes)?)?;
    let agent = AgentId::parse(&call.agent).ok_or_else(|| Refused::unavailable(&call.agent))?;
    let once = Once::read(app.engine(), &headers, &["phoneCalls", "place", &call.agent])?;
    // Made from the key, so that a repeated request finds the call that it made.
    let random = || base62::<22>();
    let call_id = format!("{}@cordboard", once.key().map_or_else(random, Text::to_string));
    let (caller, force, asked) = (call.caller_id.clone(), call.force, once.clone());
    let look = move |state: &Rules, position| {
        (position, asked.is_done(state), readiness(state, agent, &caller, force))
    };
    let (position, done, (ready, caller_id)) = app.engine().query(&tenant, look).await?;
    if done {
        return placed(&app, &tenant, position, &call_id, false).await;
    }
    let busy = match ready {
        Readiness::Free => false,
        Readiness::Busy => true,
        Readiness::OnThePhone => return Err(Refused::on_the_phone(&call.agent)),
        Readiness::Unavailable => return Err(Refused::unavailable(&call.agent)),
    };
    let command = AgentCommand::Dial {
        agent,
        to: call.number,
        queue: call.queue.map(QueueId),
        caller_id,
        guid: interaction_guid(&tenant, Media::Phone, app.engine().now()),
        call_id: call_id.as_str().into(),
        variables: call.variables,
    };
    let request = once.request(Command::Agent(command));
    let done = app.engine().submit(&tenant, request).await.map_err(|error| match error {
        SubmitError::Rejected(Rejection::NoLineFree | Rejection::AgentUnknown) => {
            Refused::unavailable(&call.agent)
        }
        SubmitError::Rejected(Rejection::QueueUnknown) => Refused::bad("Invalid queueId"),
        SubmitError::Rejected(Rejection::NumberUnknown) => Refused::bad("Invalid callerId"),
        error => Refused::from(error),
    })?;
    placed(&app, &tenant, done.position, &call_id, busy).await
}

/// The call that was placed, by this request or by an earlier one with its key.
async fn placed(
    app: &App,
    tenant: &TenantId,
    position: engine::Position,
    call_id: &str,
    busy: bool,
) -> Answered {
    let guid = read::guid(app, tenant, position, call_id).await?;
    let guid = guid.ok_or_else(|| Refused::over(call_id))?;
    let mut envelope = Envelope::ok("Call successfully initiated".to_owned());
    if busy {
        envelope.reasons.push("Agent is handling other interactions".to_owned());
    }
    Ok(Json(Placed { id: guid.clone(), interaction_guid: guid, envelope }).into_response())
}

/// Whether an agent can be given a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readiness {
    Free,
    /// Has other work; the caller wants it all the same.
    Busy,
    OnThePhone,
    Unavailable,
}

/// The same with the channel whose number is to be shown; a number that is none of the tenant's is left alone.
fn readiness(
    state: &Rules,
    agent: AgentId,
    caller_id: &str,
    force: bool,
) -> (Readiness, Option<Text>) {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let shown = digits(caller_id);
    let is_it = |channel: &&Channel| {
        channel.media == Media::Phone && !shown.is_empty() && digits(&channel.address) == shown
    };
    let named = state.config.channels.values().find(is_it).map(|channel| channel.address.clone());
    let desk = state.desk(agent);
    let works =
        desk.is_some_and(|desk| matches!(desk.status, Status::Available | Status::WorkOffline));
    let busy = state.work_of(agent).next().is_some();
    let on_the_phone = state.work_of(agent).any(|open| open.media == Media::Phone);
    let ready = match (works, on_the_phone, busy) {
        (false, ..) => Readiness::Unavailable,
        (true, true, _) if !force => Readiness::OnThePhone,
        (true, _, true) => Readiness::Busy,
        (true, _, false) => Readiness::Free,
    };
    (ready, named)
}
