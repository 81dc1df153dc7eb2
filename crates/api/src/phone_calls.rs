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
    AgentId, Command, Rejection, TenantId, Text,
    command::{AgentCommand, InteractionCommand, Request},
    interaction::Draft,
};

use crate::{
    app::App,
    auth::program::Token,
    body,
    error::{Invalid, Problem},
    guid::uuid,
    headers::Once,
    json::Json as Value,
    limits::BODY_MAX,
    path::Parameters,
    platform, read,
};

mod ask;
mod hang_up;
mod place;
mod refusal;
mod wire;

use place::place;
use refusal::Refused;
pub(crate) use refusal::answer;
use wire::Envelope;

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
    let once = Once::read(app.engine(), &headers, &["phoneCalls", "codes", &id, &agent])?;
    let (asked, codes, same) = (id.clone(), selections.clone(), once.clone());
    let look = move |state: &Rules, position| {
        let wrong = codes.iter().find(|(list, item)| !is_code(state, *list, *item)).copied();
        let on = state.find(&asked);
        let draft = on.and_then(|on| draft(on, wanted));
        (position, same.is_done(state), wrong, on.is_some(), draft)
    };
    let (position, done_before, wrong, open, draft) = app.engine().query(&tenant, look).await?;
    if done_before {
        return Ok(codes_set());
    }
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
    submit(&app, &tenant, vec![Command::Agent(command)], Some(&once), &id, &agent).await?;
    Ok(codes_set())
}

fn codes_set() -> Response {
    done("Transaction codes successfully set".to_owned())
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
    let (asked, wanted) = (id.clone(), |part| ["phoneCalls", part, id.as_str()]);
    let ending = Once::read(app.engine(), &headers, &wanted("end"));
    let finishing = Once::read(app.engine(), &headers, &wanted("finish"));
    let both = [ending.clone(), finishing.clone()];
    let look = move |state: &Rules| {
        let done = both.iter().flatten().any(|once| once.is_done(state));
        let on = state.find(&asked);
        (done, on.map(|on| (on.guid.clone(), hang_up::whole(state, on))))
    };
    let (tenant, (done_before, found)) = enter(&app, &headers, &tenant, look).await?;
    let (parameters, ending, finishing) = (parameters?, ending?, finishing?);
    // Present means yes, unless it says otherwise.
    let finish = parameters.text("endPostProcessing").is_some_and(|value| value != "false");
    let Some((guid, commands)) = found else {
        if done_before {
            return Ok(ended(&id));
        }
        let position = app.engine().position(&tenant).map_err(|_| Problem::NotFound)?;
        return Err(gone_or_unknown(&app, &tenant, position, &id).await?);
    };
    if commands.is_none() && !finish && !done_before {
        return Err(Refused::over(&id));
    }
    submit(&app, &tenant, commands.unwrap_or_default(), Some(&ending), &id, "").await?;
    if finish {
        let command = InteractionCommand::FinishWrapUp { interaction: guid.clone() };
        let request = finishing.request(Command::Interaction(command));
        match app.engine().submit(&tenant, request).await {
            // Nobody had anything to put down.
            Ok(_)
            | Err(SubmitError::Rejected(Rejection::NotInWrapUp | Rejection::InteractionUnknown)) => {
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(ended(&guid))
}

fn ended(guid: &str) -> Response {
    done(format!("Ending call with interactionGuid=[{guid}] was successful"))
}

async fn leave(
    State(app): State<App>,
    Path((tenant, id, agent)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Answered {
    let once = Once::read(app.engine(), &headers, &["phoneCalls", "leave", &id, &agent]);
    let (asked, wanted, same) = (id.clone(), AgentId::parse(&agent), once.clone());
    let look = move |state: &Rules| {
        let found = state.find(&asked).map(|on| {
            let part = wanted.and_then(|agent| hang_up::part(state, agent, on));
            let over = wanted.is_some_and(|agent| on.paper(agent).is_some());
            (on.guid.clone(), part, over)
        });
        (same.is_ok_and(|once| once.is_done(state)), found)
    };
    let (tenant, (done_before, found)) = enter(&app, &headers, &tenant, look).await?;
    let once = once?;
    let guid = match found {
        _ if done_before => Text::from(&*id),
        None => {
            let position = app.engine().position(&tenant).map_err(|_| Problem::NotFound)?;
            return Err(gone_or_unknown(&app, &tenant, position, &id).await?);
        }
        Some((_, None, true)) => return Err(Refused::over(&id)),
        Some((_, None, false)) => return Err(Refused::not_on_it(&id, &agent)),
        Some((guid, Some(commands), _)) => {
            submit(&app, &tenant, commands, Some(&once), &id, &agent).await?;
            guid
        }
    };
    let leg = leg(&tenant, &agent);
    Ok(done(format!("Hangup for agent [{leg}] leg in interaction [{guid}] was successful")))
}

async fn free(
    State(app): State<App>,
    Path((tenant, agent)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answered {
    let once = Once::read(app.engine(), &headers, &["phoneCalls", "free", &agent]);
    let (wanted, same) = (AgentId::parse(&agent), once.clone());
    let look = move |state: &Rules| {
        let lines = wanted.map(|agent| (agent, hang_up::lines(state, agent)));
        let parts = lines.into_iter().flat_map(|(agent, lines)| {
            // A second line goes with the first.
            let firsts = lines.into_iter().filter(move |on| !on.is_second_line_of(agent));
            firsts.filter_map(move |on| Some((on.guid.clone(), hang_up::part(state, agent, on)?)))
        });
        (same.is_ok_and(|once| once.is_done(state)), parts.collect::<Vec<_>>())
    };
    let (tenant, (done_before, calls)) = enter(&app, &headers, &tenant, look).await?;
    let once = once?;
    if calls.is_empty() && !done_before {
        return Err(Refused::idle(&agent));
    }
    let calls = if done_before { Vec::new() } else { calls };
    let last = calls.len().saturating_sub(1);
    for (n, (guid, commands)) in calls.into_iter().enumerate() {
        let once = Some(&once).filter(|_| n == last);
        submit(&app, &tenant, commands, once, &guid, &agent).await?;
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
    let once = Once::read(app.engine(), &headers, &["phoneCalls", "line", &agent, &line]);
    let (wanted, same) = (AgentId::parse(&agent).zip(number), once.clone());
    let look = move |state: &Rules| {
        let found = wanted.and_then(|(agent, number)| {
            let lines = hang_up::lines(state, agent);
            let on = *lines.get(usize::from(number) - 1)?;
            Some((on.guid.clone(), hang_up::part(state, agent, on)?))
        });
        (same.is_ok_and(|once| once.is_done(state)), found)
    };
    let (tenant, (done_before, found)) = enter(&app, &headers, &tenant, look).await?;
    let once = once?;
    let number = number.ok_or_else(|| Refused::bad("Invalid lineNo"))?;
    let leg = leg(&tenant, &agent);
    if done_before {
        // Which interaction it was is not remembered, and there may be another on the line now.
        let reason = format!("Hangup for agent [{leg}] leg on line [{number}] was successful.");
        return Ok(done(reason));
    }
    let (guid, commands) = found.ok_or_else(|| Refused::idle_line(number, &agent))?;
    submit(&app, &tenant, commands, Some(&once), &guid, &agent).await?;
    Ok(done(format!(
        "Hangup for agent [{leg}] leg on line [{number}] assigned to interaction [{guid}] was successful."
    )))
}

/// The name of an agent's leg; nothing else is known by it.
fn leg(tenant: &TenantId, agent: &str) -> String {
    format!("{tenant}-{agent}-{}", uuid())
}

/// Does one thing after the other. The key goes with the last, so that it is remembered when all are done.
async fn submit(
    app: &App,
    tenant: &TenantId,
    mut commands: Vec<Command>,
    once: Option<&Once>,
    id: &str,
    agent: &str,
) -> Result<(), Refused> {
    let keyed = |command: Command| match once {
        Some(once) => once.request(command),
        None => command.into(),
    };
    let last = commands.pop().map(keyed);
    for request in commands.into_iter().map(Request::from).chain(last) {
        match app.engine().submit(tenant, request).await {
            Ok(_) => {}
            Err(SubmitError::Rejected(rejection)) => {
                return Err(Refused::hanging_up(rejection, id, agent));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
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
