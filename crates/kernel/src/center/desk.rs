//! An agent's desk: the status the agent chose, the one to come, and the work at hand.

use alloc::{vec, vec::Vec};

use model::{
    AgentId, Event, InteractionId, OfferId, QueueId, Rejection, Text, Timestamp,
    config::{Agent, Declined, ReasonFor},
    event::{OfferEnded, StatusChanged},
    interaction::{Media, OfferEnd},
    status::Status,
};
use serde::{Deserialize, Serialize};

use crate::{State, center::waiting, turn::Turn};

/// Code of the reason shown when a rule puts an agent on a break because an offer was not answered.
pub const NO_ANSWER: &str = "noAnswer";
/// Code of the reason shown when a rule puts an agent on a break because an offer was rejected.
pub const REJECTED: &str = "rejected";

/// An agent's desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// The status.
    pub status: Status,
    /// Code of its reason.
    pub reason: Option<Text>,
    /// Since when.
    pub since: Timestamp,
    /// The status to come once the work is done, and its reason.
    pub next: Option<(Status, Option<Text>)>,
    /// Since when the agent has had nothing new: the longest idle is asked first.
    pub idle_since: Timestamp,
    /// The interactions offered, dialled, talked on or wrapped up here, oldest first.
    pub work: Vec<InteractionId>,
}

/// What an interaction changes on a desk.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Work {
    /// It came here: offered, dialled or joined.
    Taken { agent: AgentId, at: Timestamp, offer: Option<OfferId> },
    /// It left.
    Done { agent: AgentId, idle_since: Timestamp },
}

pub(crate) fn apply_work(state: &mut State, work: Work, id: InteractionId) {
    let agent = match work {
        Work::Taken { agent, at, offer } => {
            state.last_offer = offer.unwrap_or(state.last_offer);
            let desk = state.desks.get_mut(&agent).expect("offers go to agents");
            desk.work.push(id);
            desk.idle_since = at;
            agent
        }
        Work::Done { agent, idle_since } => {
            let desk = state.desks.get_mut(&agent).expect("work is at agents' desks");
            desk.work.retain(|at_hand| *at_hand != id);
            desk.idle_since = idle_since;
            agent
        }
    };
    refresh(state, agent);
}

pub(crate) fn apply(state: &mut State, event: &Event, at: Timestamp) {
    if let Event::StatusChanged(StatusChanged { agent, status, reason }) = event {
        let desk = state.desks.entry(*agent).or_default();
        if desk.status != Status::Available && *status == Status::Available {
            desk.idle_since = at;
        }
        (desk.status, desk.reason, desk.since, desk.next) = (*status, reason.clone(), at, None);
        refresh(state, *agent);
    } else if let Event::NextStatusSet { agent, next } = event {
        state.desks.entry(*agent).or_default().next.clone_from(next);
        refresh(state, *agent);
    }
}

/// Brings the index of available agents in step with a desk.
pub(crate) fn refresh(state: &mut State, agent: AgentId) {
    let (Some(settings), Some(desk)) = (state.config.agents.get(&agent), state.desks.get(&agent))
    else {
        return;
    };
    let mut queues: Vec<QueueId> = Vec::new();
    if takes_offers(desk) {
        let fits = |queue: &QueueId| {
            let media = state.config.queues.get(queue).map(|queue| queue.media);
            media.is_some_and(|media| has_room(state, settings, desk, media))
        };
        queues.extend(settings.queues.iter().filter(|queue| fits(queue)));
    }
    let idle_since = desk.idle_since;
    state.available.list(agent, idle_since, queues);
}

/// Available, and not about to become something else.
pub(crate) fn takes_offers(desk: &Desk) -> bool {
    desk.status == Status::Available && desk.next.is_none()
}

/// Whether one more interaction of a kind fits on the desk. A second line that the agent opened counts
/// with the first.
pub(crate) fn has_room(state: &State, agent: &Agent, desk: &Desk, media: Media) -> bool {
    let used = desk
        .work
        .iter()
        .filter_map(|id| state.interactions.get(id))
        .filter(|open| open.media == media && !open.is_second_line_of(agent.id))
        .count();
    waiting::room(agent, media, u8::try_from(used).unwrap_or(u8::MAX)) > 0
}

/// After work: the status to come comes. After a declined offer: what the queue says.
pub(crate) fn react(turn: &mut Turn<'_>, event: &Event) {
    if let Event::OfferEnded(OfferEnded { interaction, agent, end, .. }) = event {
        come_next(turn, *agent);
        send_on_break(turn, *interaction, *agent, *end);
    } else if let Event::InteractionDeleted { agent: Some(agent), .. }
    | Event::AgentReleased { agent, .. } = event
    {
        come_next(turn, *agent);
    }
}

fn come_next(turn: &mut Turn<'_>, agent: AgentId) {
    let Some(desk) = turn.state.desks.get(&agent) else { return };
    if let (Some((status, reason)), true) = (desk.next.clone(), desk.work.is_empty()) {
        turn.emit(Event::StatusChanged(StatusChanged { agent, status, reason }));
    }
}

fn send_on_break(turn: &mut Turn<'_>, interaction: InteractionId, agent: AgentId, end: OfferEnd) {
    let Some(wait) =
        turn.state.interactions.get(&interaction).and_then(|waiting| waiting.place.wait())
    else {
        return;
    };
    let Some(queue) = turn.state.config.queues.get(&wait.queue) else { return };
    let (consequence, reason) = match end {
        OfferEnd::Rejected => (queue.on_reject, REJECTED),
        OfferEnd::TimedOut => (queue.on_timeout, NO_ANSWER),
        OfferEnd::Withdrawn | OfferEnd::Recalled => return,
    };
    let available =
        turn.state.desks.get(&agent).is_some_and(|desk| desk.status == Status::Available);
    if consequence == Declined::Break && available {
        let reason = Some(Text::from(reason));
        turn.emit(Event::StatusChanged(StatusChanged { agent, status: Status::OnBreak, reason }));
    }
}

pub(crate) fn check_reason(
    state: &State,
    reason: Option<&Text>,
    of: ReasonFor,
) -> Result<(), Rejection> {
    let Some(code) = reason else { return Ok(()) };
    let known = state.config.reasons.get(code).is_some_and(|known| known.of == of);
    if known { Ok(()) } else { Err(Rejection::ReasonUnknown) }
}

/// Work at hand is never lost to a change of status: the wish then waits for the work to end.
pub(crate) fn set_status(
    state: &State,
    agent: AgentId,
    status: Status,
    reason: Option<&Text>,
) -> Result<Vec<Event>, Rejection> {
    if !state.config.agents.contains_key(&agent) {
        return Err(Rejection::AgentUnknown);
    }
    check_reason(state, reason, ReasonFor::Status(status))?;
    let reason = reason.cloned();
    let Some(desk) = state.desks.get(&agent) else {
        return Ok(vec![Event::StatusChanged(StatusChanged { agent, status, reason })]);
    };
    let unchanged = desk.status == status && desk.reason == reason;
    if status == Status::Available || desk.work.is_empty() {
        return Ok(match (unchanged, desk.next.is_some()) {
            (true, false) => Vec::new(),
            (true, true) => vec![Event::NextStatusSet { agent, next: None }],
            (false, _) => vec![Event::StatusChanged(StatusChanged { agent, status, reason })],
        });
    }
    let next = if unchanged { None } else { Some((status, reason)) };
    Ok(if desk.next == next { Vec::new() } else { vec![Event::NextStatusSet { agent, next }] })
}
