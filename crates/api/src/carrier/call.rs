//! One call, live or over.

use engine::{
    Position, State,
    views::{InteractionRow, Reader, TimelineRow},
};
use kernel::center::{interaction::Interaction, place::Place};
use model::{
    AgentId, InteractionId, QueueId, TenantId,
    flow::NodeKind,
    interaction::{Direction, Media},
};

use super::wire::{Awaiting, AwaitingKind, Call, CallAgent, CallQueue, CallState, EndedBy, Prompt};
use crate::{app::App, error::Problem, read};

/// Positions are counted up to here.
const POSITION_MAX: usize = 100;
/// Lines of a timeline looked at for prompts.
const LINES_MAX: usize = 1_000;

/// Where a call was found.
pub(super) enum Found {
    /// Among the open interactions.
    Live(InteractionId, Box<Call>),
    /// In the views.
    Over(Box<InteractionRow>),
}

/// Finds a call of whatever tenant.
pub(super) async fn find(app: &App, id: &str) -> Result<(TenantId, (Position, Found)), Problem> {
    let mut behind = Vec::new();
    for tenant in app.engine().tenants() {
        let wanted = id.to_owned();
        let look = move |state: &State, position| {
            let open = state.find(&wanted).filter(|open| open.media == Media::Phone);
            (position, open.map(|open| Found::Live(open.id, Box::new(live(state, open)))))
        };
        match app.engine().query(&tenant.id, look).await? {
            (position, Some(found)) => return Ok((tenant.id, (position, found))),
            (position, None) => behind.push((tenant.id, position)),
        }
    }
    for (tenant, position) in behind {
        let wanted = id.to_owned();
        let find = move |views: &Reader<'_>| views.find(&wanted);
        let row = read::views(app, &tenant, position, read::Lag::Refuse, find).await?;
        if let Some(row) = row.filter(|row| row.media == Media::Phone) {
            return Ok((tenant, (position, Found::Over(Box::new(row)))));
        }
    }
    Err(Problem::NotFound)
}

/// How a call stands, with everything its caller has heard.
pub(super) async fn look(app: &App, id: &str) -> Result<Call, Problem> {
    let (tenant, (position, found)) = find(app, id).await?;
    let (id, mut call) = match found {
        Found::Live(id, call) => (id, *call),
        Found::Over(row) => (row.id, over(&row)),
    };
    let read = move |views: &Reader<'_>| views.timeline(id, LINES_MAX);
    let lines = read::views(app, &tenant, position, read::Lag::Refuse, read).await?;
    call.prompts = prompts(lines);
    Ok(call)
}

pub(super) fn prompts(lines: Vec<TimelineRow>) -> Vec<Prompt> {
    let prompts = lines.into_iter().filter(|line| line.kind == "prompt");
    prompts.map(|line| Prompt { text: line.text, at: line.at.0 }).collect()
}

/// An open interaction, as its caller knows it.
pub(super) fn live(state: &State, open: &Interaction) -> Call {
    let call_state = state_of(&open.place);
    let waits = matches!(call_state, CallState::Queued | CallState::Ringing);
    let position = waits.then(|| state.queue_position(open.id, POSITION_MAX)).flatten();
    let (ended_by, outside) = match &open.place {
        Place::Ended(cause) => (Some(*cause), None),
        Place::Dialling(dial) => (None, Some(dial.to.to_string())),
        Place::Bridged(bridge) => (None, Some(bridge.to.to_string())),
        Place::Script
        | Place::Waiting(_)
        | Place::Offered(..)
        | Place::Asked(_)
        | Place::Talking(_) => (None, None),
    };
    Call {
        call_id: open.call_id.as_ref().unwrap_or(&open.guid).to_string(),
        interaction_guid: open.guid.to_string(),
        state: call_state,
        to: open.to.to_string(),
        outside,
        prompts: Vec::new(),
        queue_position: position,
        queue: open.last_queue().map(|queue| queue_name(state, queue)),
        agent: open.agents().next().map(|agent| agent_name(state, agent)),
        awaiting: awaiting(state, open),
        ended_by: ended_by.map(EndedBy::from),
    }
}

/// Where an open interaction is for its caller: the agent's paperwork is not the caller's business.
pub(super) fn state_of(place: &Place) -> CallState {
    match place {
        Place::Script => CallState::Script,
        Place::Waiting(_) => CallState::Queued,
        Place::Offered(..) | Place::Asked(_) => CallState::Ringing,
        Place::Dialling(_) => CallState::Dialling,
        Place::Talking(_) => CallState::Talking,
        Place::Bridged(_) => CallState::Bridged,
        Place::Ended(_) => CallState::Ended,
    }
}

/// A finished interaction, as its caller knows it.
pub(super) fn over(row: &InteractionRow) -> Call {
    let queue = row.queue.as_ref();
    let agent = row.agent.as_ref();
    Call {
        call_id: row.call_id.as_ref().unwrap_or(&row.guid).clone(),
        interaction_guid: row.guid.clone(),
        state: CallState::Ended,
        to: match row.direction {
            Direction::In => row.channel.clone(),
            Direction::Out => row.ani.clone(),
        },
        outside: None,
        prompts: Vec::new(),
        queue_position: None,
        queue: queue.map(|(id, name, _)| CallQueue { id: id.0, name: name.clone() }),
        agent: agent.map(|(id, name, _)| CallAgent { id: id.to_string(), name: name.clone() }),
        awaiting: None,
        ended_by: row.ended.map(|(_, cause)| EndedBy::from(cause)),
    }
}

fn queue_name(state: &State, id: QueueId) -> CallQueue {
    let name = state.config.queues.get(&id).map(|queue| queue.name.to_string());
    CallQueue { id: id.0, name: name.unwrap_or_default() }
}

fn agent_name(state: &State, id: AgentId) -> CallAgent {
    let name = state.config.agents.get(&id).map(|agent| agent.name.to_string());
    CallAgent { id: id.to_string(), name: name.unwrap_or_default() }
}

/// The keys that can be pressed: answers to the script, or what can be chosen in a queue. While only time
/// has to pass, there are none.
fn awaiting(state: &State, open: &Interaction) -> Option<Awaiting> {
    if let Some(wait) = open.place.wait() {
        let keys: String = wait.open_options().iter().map(|option| &*option.key).collect();
        return (!keys.is_empty()).then(|| Awaiting {
            kind: AwaitingKind::Menu,
            keys,
            deadline: wait.leave_at.map(|at| at.0),
        });
    }
    let run = open.run.as_ref().filter(|run| open.place == Place::Script && run.until.is_some())?;
    let script = state.config.scripts.get(&(run.script, run.version))?;
    let kind = match script.flow.nodes.get(&run.node)?.kind {
        NodeKind::Record(_) | NodeKind::Voicemail(_) => AwaitingKind::Recording,
        _ if run.keys.is_empty() => return None,
        NodeKind::CollectDigits(_) => AwaitingKind::Digits,
        _ => AwaitingKind::Menu,
    };
    Some(Awaiting { kind, keys: run.keys.to_string(), deadline: run.until.map(|at| at.0) })
}
