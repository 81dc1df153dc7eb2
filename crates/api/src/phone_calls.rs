//! Phone calls, as published: other systems place calls for agents, set their transaction codes, and hang up.
//!
//! Checked in this order, and the first fault is the answer: transport, the Action Request Token, the tenant in the
//! path, the body, what it is about.

use axum::{
    Json, Router,
    body::Body,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing,
};
use engine::{State as Rules, SubmitError};
use kernel::center::interaction::Interaction;
use model::{
    AgentId, Command, QueueId, Rejection, TenantId, Text,
    command::{AgentCommand, InteractionCommand},
    config::Channel,
    interaction::{Draft, Media},
    status::Status,
};

use crate::{
    app::App,
    auth::program::Token,
    body,
    error::{Invalid, Problem},
    guid::{base62, interaction_guid, uuid},
    json::Json as Value,
    limits::BODY_MAX,
    path::Parameters,
    platform, read,
};

mod ask;
mod hang_up;
mod refusal;
mod wire;

use ask::PlaceCall;
use refusal::Refused;
pub(crate) use refusal::answer;
use wire::{Envelope, Placed};

pub(crate) fn routes() -> Router<App> {
    const BASE: &str = "/api/v1/tenants/{tenantId}";
    Router::new()
        .route(&format!("{BASE}/calls"), routing::post(place))
        .route(&format!("{BASE}/calls/{{id}}"), routing::delete(end))
        .route(&format!("{BASE}/calls/{{id}}/agent/{{agentId}}"), routing::delete(leave))
        .route(
            &format!("{BASE}/calls/{{id}}/agent/{{agentId}}/transaction-codes"),
            routing::put(set_codes),
        )
        .route(&format!("{BASE}/agents/{{agentId}}/calls"), routing::delete(free))
        .route(
            &format!("{BASE}/agents/{{agentId}}/calls/line/{{line}}"),
            routing::delete(free_line),
        )
}

type Answered = Result<Response, Refused>;

/// The caller's tenant, when the token is good and the path names no other, and what is looked at.
async fn enter<T: Send + 'static>(
    app: &App,
    headers: &HeaderMap,
    tenant: &str,
    look: impl FnOnce(&Rules) -> T + Send + 'static,
) -> Result<(TenantId, T), Problem> {
    let (own, seen) = platform::enter(app, headers, Token::Action, |state, _| look(state)).await?;
    if own.as_str() != tenant {
        return Err(Problem::Forbidden("The token is another tenant's."));
    }
    Ok((own, seen))
}

async fn json_body(headers: &HeaderMap, body: Body) -> Result<axum::body::Bytes, Problem> {
    body::check_media_type(headers, body::Untyped::Json)?;
    body::read(headers, body, BODY_MAX).await
}

fn parse(bytes: &[u8]) -> Result<Value<'_>, Invalid> {
    Value::read(bytes).map_err(|fault| Invalid::body(format!("The body is not JSON: {fault}.")))
}

fn done(reason: String) -> Response {
    Json(Envelope::ok(reason)).into_response()
}

async fn place(
    State(app): State<App>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Answered {
    let (tenant, ()) = enter(&app, &headers, &tenant, |_| ()).await?;
    let bytes = json_body(&headers, body).await?;
    let call = PlaceCall::read(&parse(&bytes)?)?;
    let agent = AgentId::parse(&call.agent).ok_or_else(|| Refused::unavailable(&call.agent))?;
    let (caller, force) = (call.caller_id.clone(), call.force);
    let look = move |state: &Rules, _| readiness(state, agent, &caller, force);
    let (ready, caller_id) = app.engine().query(&tenant, look).await?;
    let busy = match ready {
        Readiness::Free => false,
        Readiness::Busy => true,
        Readiness::OnThePhone => return Err(Refused::on_the_phone(&call.agent)),
        Readiness::Unavailable => return Err(Refused::unavailable(&call.agent)),
    };
    let guid = interaction_guid(&tenant, Media::Phone, app.engine().now());
    let command = AgentCommand::Dial {
        agent,
        to: call.number,
        queue: call.queue.map(QueueId),
        caller_id,
        guid: guid.clone(),
        call_id: format!("{}@cordboard", base62::<22>()).into(),
        variables: call.variables,
    };
    app.engine().submit(&tenant, Command::Agent(command).into()).await.map_err(
        |error| match error {
            SubmitError::Rejected(Rejection::NoLineFree | Rejection::AgentUnknown) => {
                Refused::unavailable(&call.agent)
            }
            SubmitError::Rejected(Rejection::QueueUnknown) => Refused::bad("Invalid queueId"),
            SubmitError::Rejected(Rejection::NumberUnknown) => Refused::bad("Invalid callerId"),
            error => Refused::from(error),
        },
    )?;
    let mut envelope = Envelope::ok("Call successfully initiated".to_owned());
    if busy {
        envelope.reasons.push("Agent is handling other interactions".to_owned());
    }
    let guid = guid.as_ref().to_owned();
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

async fn set_codes(
    State(app): State<App>,
    Path((tenant, id, agent)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Answered {
    let (tenant, ()) = enter(&app, &headers, &tenant, |_| ()).await?;
    let bytes = json_body(&headers, body).await?;
    let selections = ask::selections(&parse(&bytes)?)?;
    let wanted = AgentId::parse(&agent).ok_or_else(|| Refused::not_on_it(&id, &agent))?;
    let (asked, codes) = (id.clone(), selections.clone());
    let look = move |state: &Rules, position| {
        let wrong = codes.iter().find(|(list, item)| !is_code(state, *list, *item)).copied();
        let on = state.find(&asked);
        (position, wrong, on.is_some(), on.and_then(|on| draft(on, wanted)))
    };
    let (position, wrong, open, draft) = app.engine().query(&tenant, look).await?;
    if let Some((list, item)) = wrong {
        return Err(Refused::no_code(list, item));
    }
    let draft = match (open, draft) {
        (_, Some(draft)) => draft,
        (true, None) => return Err(Refused::not_on_it(&id, &agent)),
        (false, None) => return Err(gone_or_unknown(&app, &tenant, position, &id).await?),
    };
    let mut codes: Vec<u32> = selections.into_iter().map(|(_, item)| item).collect();
    codes.sort_unstable();
    codes.dedup();
    let draft = Draft { codes, ..draft };
    let command = AgentCommand::Draft { agent: wanted, interaction: Text::from(&*id), draft };
    submit(&app, &tenant, Command::Agent(command), &id, &agent).await?;
    Ok(done("Transaction codes successfully set".to_owned()))
}

/// What an agent has put down so far; `None` when the agent has no part in it.
fn draft(on: &Interaction, agent: AgentId) -> Option<Draft> {
    let talking = on.place.talk().and_then(|talk| talk.seat(agent));
    let seat = talking.or_else(|| on.paper(agent).map(|paper| &paper.seat))?;
    Some(seat.draft.as_deref().cloned().unwrap_or_default())
}

/// A list is a code without a code above it; its items are those below, and itself.
fn is_code(state: &Rules, list: u32, item: u32) -> bool {
    let codes = &state.config.transaction_codes;
    let mut at = codes.get(&item);
    // Nothing keeps settings from going in circles.
    for _ in 0..codes.len() {
        match at {
            Some(code) if code.parent.is_none() => return code.id == list,
            Some(code) => at = code.parent.and_then(|parent| codes.get(&parent)),
            None => return false,
        }
    }
    false
}

async fn end(
    State(app): State<App>,
    Path((tenant, id)): Path<(String, String)>,
    headers: HeaderMap,
    parameters: Result<Parameters, Problem>,
) -> Answered {
    let asked = id.clone();
    let look = move |state: &Rules| {
        let on = state.find(&asked);
        on.map(|on| (on.guid.clone(), hang_up::whole(state, on)))
    };
    let (tenant, found) = enter(&app, &headers, &tenant, look).await?;
    let parameters = parameters?;
    // Present means yes, unless it says otherwise.
    let finish = parameters.text("endPostProcessing").is_some_and(|value| value != "false");
    let Some((guid, commands)) = found else {
        let position = app.engine().position(&tenant).map_err(|_| Problem::NotFound)?;
        return Err(gone_or_unknown(&app, &tenant, position, &id).await?);
    };
    if commands.is_none() && !finish {
        return Err(Refused::over(&id));
    }
    for command in commands.into_iter().flatten() {
        submit(&app, &tenant, command, &id, "").await?;
    }
    if finish {
        let command = InteractionCommand::FinishWrapUp { interaction: guid.clone() };
        match app.engine().submit(&tenant, Command::Interaction(command).into()).await {
            // Nobody had anything to put down.
            Ok(_)
            | Err(SubmitError::Rejected(Rejection::NotInWrapUp | Rejection::InteractionUnknown)) => {
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(done(format!("Ending call with interactionGuid=[{guid}] was successful")))
}

async fn leave(
    State(app): State<App>,
    Path((tenant, id, agent)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Answered {
    let (asked, wanted) = (id.clone(), AgentId::parse(&agent));
    let look = move |state: &Rules| {
        let on = state.find(&asked)?;
        let part = wanted.and_then(|agent| hang_up::part(state, agent, on));
        let over = wanted.is_some_and(|agent| on.paper(agent).is_some());
        Some((on.guid.clone(), part, over))
    };
    let (tenant, found) = enter(&app, &headers, &tenant, look).await?;
    match found {
        None => {
            let position = app.engine().position(&tenant).map_err(|_| Problem::NotFound)?;
            Err(gone_or_unknown(&app, &tenant, position, &id).await?)
        }
        Some((_, None, true)) => Err(Refused::over(&id)),
        Some((_, None, false)) => Err(Refused::not_on_it(&id, &agent)),
        Some((guid, Some(commands), _)) => {
            for command in commands {
                submit(&app, &tenant, command, &id, &agent).await?;
            }
            let leg = leg(&tenant, &agent);
            Ok(done(format!("Hangup for agent [{leg}] leg in interaction [{guid}] was successful")))
        }
    }
}

async fn free(
    State(app): State<App>,
    Path((tenant, agent)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answered {
    let wanted = AgentId::parse(&agent);
    let look = move |state: &Rules| {
        let Some(agent) = wanted else { return Vec::new() };
        let lines = hang_up::lines(state, agent).into_iter();
        // A second line goes with the first.
        let firsts = lines.filter(|on| !on.is_second_line_of(agent));
        firsts.filter_map(|on| Some((on.guid.clone(), hang_up::part(state, agent, on)?))).collect()
    };
    let (tenant, calls) = enter(&app, &headers, &tenant, look).await?;
    if calls.is_empty() {
        return Err(Refused::idle(&agent));
    }
    for (guid, commands) in calls {
        for command in commands {
            submit(&app, &tenant, command, &guid, &agent).await?;
        }
    }
    let leg = leg(&tenant, &agent);
    Ok(done(format!("Hangup all calls for agent [{leg}] was successful.")))
}

async fn free_line(
    State(app): State<App>,
    Path((tenant, agent, line)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Answered {
    let number = line.parse::<u8>().ok().filter(|line| (1..=2).contains(line));
    let wanted = AgentId::parse(&agent).zip(number);
    let look = move |state: &Rules| {
        let (agent, number) = wanted?;
        let lines = hang_up::lines(state, agent);
        let on = *lines.get(usize::from(number) - 1)?;
        Some((on.guid.clone(), hang_up::part(state, agent, on)?))
    };
    let (tenant, found) = enter(&app, &headers, &tenant, look).await?;
    let number = number.ok_or_else(|| Refused::bad("Invalid lineNo"))?;
    let (guid, commands) = found.ok_or_else(|| Refused::idle_line(number, &agent))?;
    for command in commands {
        submit(&app, &tenant, command, &guid, &agent).await?;
    }
    let leg = leg(&tenant, &agent);
    Ok(done(format!(
        "Hangup for agent [{leg}] leg on line [{number}] assigned to interaction [{guid}] was successful."
    )))
}

/// The name of an agent's leg; nothing else is known by it.
fn leg(tenant: &TenantId, agent: &str) -> String {
    format!("{tenant}-{agent}-{}", uuid())
}

async fn submit(
    app: &App,
    tenant: &TenantId,
    command: Command,
    id: &str,
    agent: &str,
) -> Result<(), Refused> {
    match app.engine().submit(tenant, command.into()).await {
        Ok(_) => Ok(()),
        Err(SubmitError::Rejected(rejection)) => Err(Refused::hanging_up(rejection, id, agent)),
        Err(error) => Err(error.into()),
    }
}

/// An interaction that is not open: it is over, or never was.
async fn gone_or_unknown(
    app: &App,
    tenant: &TenantId,
    position: engine::Position,
    id: &str,
) -> Result<Refused, Problem> {
    let asked = id.to_owned();
    let find = move |views: &engine::views::Reader<'_>| views.find(&asked);
    let row = read::views(app, tenant, position, read::Lag::Refuse, find).await?;
    Ok(row.map_or_else(|| Refused::no_call(id), |_| Refused::over(id)))
}
