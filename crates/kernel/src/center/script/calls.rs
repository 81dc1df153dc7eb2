//! Calls that a script makes: to an agent by name, to a number outside, and later back to the customer.

use model::{
    AgentId, Event, InteractionId, QueueId, Rejection, Text,
    event::InteractionCreated,
    explanation::NamedBy,
    flow::{NamedAgent, NamedNumber, NodeKind, ToNumber},
    interaction::{DialEnd, Direction, Media, OfferEnd},
    phone,
};

use super::{pass, running, sight::Sight};
use crate::{
    center::{lines, successor},
    flow::named,
    turn::Turn,
};

/// An agent who could not take an interaction from a queue either is busy.
pub(super) fn to_agent(turn: &mut Turn<'_>, id: InteractionId, agent: &NamedAgent) {
    let Some((interaction, ..)) = running(turn.state, id) else { return };
    let sight = Sight { state: turn.state, interaction, now: turn.now };
    let known = |agent: &AgentId| turn.state.config.agents.contains_key(agent);
    let Some(agent) = named::agent(agent, &sight).filter(known) else {
        return pass(turn, id, "invalid", Some("unknown-agent".into()));
    };
    match lines::ask(turn.state, id, agent, NamedBy::Script, turn.now) {
        Some(asked) => turn.emit(asked),
        None => pass(turn, id, "busy", None),
    }
}

/// Rings a number; `unreached` is the exit when there is none to ring.
pub(super) fn to_number(turn: &mut Turn<'_>, id: InteractionId, to: &ToNumber, unreached: &str) {
    let Some((interaction, ..)) = running(turn.state, id) else { return };
    let sight = Sight { state: turn.state, interaction, now: turn.now };
    let number = match named::number(&to.number, &sight) {
        _ if interaction.media != Media::Phone => Err("not-a-call"),
        number => number,
    };
    match number {
        Ok(to_ring) => {
            let deadline = turn.now.plus(to.timeout_ms);
            turn.emit(Event::Dialled { interaction: id, agent: None, to: to_ring, deadline });
        }
        Err(note) => pass(turn, id, unreached, Some(note.into())),
    }
}

/// By which exit a call that the script made has left its node; `None` when the script made none, or
/// an agent did so later.
pub(super) fn exit_after_call(kind: &NodeKind, event: &Event) -> Option<&'static str> {
    match (kind, event) {
        (NodeKind::ToAgent { .. }, Event::OfferEnded(ended)) => match ended.end {
            OfferEnd::Rejected => Some("busy"),
            OfferEnd::TimedOut => Some("noAnswer"),
            OfferEnd::Withdrawn | OfferEnd::Recalled => None,
        },
        (NodeKind::ToNumber(_), Event::DialEnded { end, .. }) => match end {
            DialEnd::Busy => Some("busy"),
            DialEnd::NoAnswer => Some("noAnswer"),
            DialEnd::Failed => Some("invalid"),
            DialEnd::Cancelled => None,
        },
        (NodeKind::ToNumber(_), Event::PartyLeft { .. }) => Some("done"),
        (NodeKind::ToExternalIvr(_), Event::DialEnded { end, .. }) => match end {
            DialEnd::NoAnswer => Some("timeout"),
            DialEnd::Busy | DialEnd::Failed => Some("error"),
            DialEnd::Cancelled => None,
        },
        (NodeKind::ToExternalIvr(_), Event::PartyLeft { .. }) => Some("resume"),
        _ => None,
    }
}

/// Keeps the customer's place: an interaction of its own waits, and the script goes on.
pub(super) fn callback(
    turn: &mut Turn<'_>,
    id: InteractionId,
    queue: QueueId,
    number: Option<&NamedNumber>,
) {
    let Some((interaction, ..)) = running(turn.state, id) else { return };
    let sight = Sight { state: turn.state, interaction, now: turn.now };
    let number = match number {
        Some(number) => named::number(number, &sight),
        None => phone::dialable(interaction.customer()).ok_or("not-a-number"),
    };
    match number.and_then(|number| call_back(turn, id, queue, number)) {
        Ok(()) => pass(turn, id, "done", None),
        Err(note) => pass(turn, id, "error", Some(note.into())),
    }
}

/// Has an agent call the number when it is the customer's turn in the queue.
fn call_back(
    turn: &mut Turn<'_>,
    id: InteractionId,
    queue: QueueId,
    number: Text,
) -> Result<(), &'static str> {
    let Some((on, ..)) = running(turn.state, id) else { return Ok(()) };
    if on.media != Media::Phone {
        return Err("not-a-call");
    }
    if on.called_back {
        return Err("called-back-already");
    }
    successor::has_room(turn.state, queue, Media::Phone).map_err(|rejection| {
        if rejection == Rejection::QueueFull { "queue-full" } else { "unknown-queue" }
    })?;
    let interaction = InteractionId(turn.state.last_interaction.0 + 1);
    let created = InteractionCreated {
        interaction,
        guid: successor::guid(&on.guid, interaction, turn.now),
        media: Media::Phone,
        channel: on.channel,
        to: number,
        from: on.channel_address().clone(),
        caller_name: on.caller_name.clone(),
        call_id: None,
        direction: Direction::Out,
        agent: None,
        queue: None,
        original: Some(on.guid.clone()),
        line_of: None,
        callback: true,
    };
    let entered = on.left.filter(|(left, _)| *left == queue).map(|(_, entered)| entered);
    successor::create(turn, created, id);
    successor::enqueue(turn, interaction, queue, entered);
    Ok(())
}
