//! Handing a customer on: at once to a queue, an agent or a number, or to whoever was consulted; and
//! making one conversation of two lines. The customer is never without a place to go.

use alloc::{vec, vec::Vec};

use model::{
    AgentId, Event, InteractionId, Rejection, Text, Timestamp,
    event::InteractionCreated,
    explanation::NamedBy,
    interaction::{EndCause, Media, Target},
    limits::DIAL_MS,
};

use crate::{
    State,
    center::{
        conversation::talking,
        interaction::Interaction,
        lines,
        place::{Place, Talk},
        successor,
    },
    turn::Turn,
};

/// The customer goes on with whoever is on the second line.
pub(crate) fn hand_over(
    state: &State,
    agent: AgentId,
    identifier: &str,
) -> Result<Vec<Event>, Rejection> {
    let (on, talk) = talking(state, agent, identifier)?;
    let (line, to) = consulted(state, agent, on)?;
    let interaction = on.id;
    let requested =
        Event::TransferRequested { interaction, agent, to: to.clone(), successor: None };
    let mut events = vec![requested];
    events.extend(joined(interaction, talk, line, to, agent));
    events.extend([Event::AgentLeft { interaction, agent }, merged(line)]);
    Ok(events)
}

/// The two lines become one conversation.
pub(crate) fn join(
    state: &State,
    agent: AgentId,
    identifier: &str,
) -> Result<Vec<Event>, Rejection> {
    let (on, talk) = talking(state, agent, identifier)?;
    let (line, to) = consulted(state, agent, on)?;
    let mut events = vec![Event::LinesJoined { interaction: on.id, line: line.id, agent }];
    events.extend(joined(on.id, talk, line, to, agent));
    events.push(merged(line));
    Ok(events)
}

/// The agent's second line and who is on it.
fn consulted<'s>(
    state: &'s State,
    agent: AgentId,
    on: &Interaction,
) -> Result<(&'s Interaction, Target), Rejection> {
    let line = lines::second_line(state, agent, on.id).ok_or(Rejection::NoSecondLine)?;
    let talk = line.place.talk().ok_or(Rejection::NoSecondLine)?;
    let colleague = talk.seats.iter().find(|seat| seat.agent != agent);
    let to =
        colleague.map_or_else(|| Target::Number(line.to.clone()), |seat| Target::Agent(seat.agent));
    Ok((line, to))
}

/// Who was on the second line takes part in the first, and the customer is off hold.
fn joined(
    interaction: InteractionId,
    talk: &Talk,
    line: &Interaction,
    to: Target,
    agent: AgentId,
) -> Vec<Event> {
    let line = line.id;
    let held = talk.held.map(|_| Event::HoldChanged { interaction, agent, held: false });
    let joins = match to {
        Target::Agent(agent) => Some(Event::AgentJoined { interaction, agent, line }),
        Target::Number(number) => Some(Event::PartyJoined { interaction, number, line }),
        Target::Queue(_) => None,
    };
    held.into_iter().chain(joins).collect()
}

fn merged(line: &Interaction) -> Event {
    Event::InteractionEnded { interaction: line.id, cause: EndCause::Merged }
}

/// The customer goes on elsewhere at once.
pub(crate) fn hand_on(
    state: &State,
    agent: AgentId,
    identifier: &str,
    to: &Target,
    guid: &Text,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let (on, talk) = talking(state, agent, identifier)?;
    if on.line_of.is_some() || lines::second_line(state, agent, on.id).is_some() {
        return Err(Rejection::OnSecondLine);
    }
    if talk.seats.len() > 1 || !talk.guests.is_empty() {
        return Err(Rejection::InConference);
    }
    let interaction = on.id;
    let requested =
        |successor| Event::TransferRequested { interaction, agent, to: to.clone(), successor };
    match to {
        Target::Number(number) => {
            if on.media != Media::Phone {
                return Err(Rejection::NotACall);
            }
            let held = Event::HoldChanged { interaction, agent, held: false };
            let rings = Event::Dialled {
                interaction,
                agent: None,
                to: number.clone(),
                deadline: now.plus(DIAL_MS),
            };
            let left = Event::AgentLeft { interaction, agent };
            let held = talk.held.map(|_| held);
            return Ok([requested(None)].into_iter().chain(held).chain([left, rings]).collect());
        }
        Target::Queue(queue) => successor::has_room(state, *queue, on.media)?,
        Target::Agent(other) => {
            talk.queue.ok_or(Rejection::ConsultFirst)?;
            if !state.could_take(*other, on.media) {
                return Err(Rejection::AgentUnavailable);
            }
        }
    }
    if state.find(guid).is_some() {
        return Err(Rejection::IdentifierTaken);
    }
    let over = Event::InteractionEnded { interaction, cause: EndCause::Transferred };
    Ok(vec![requested(Some(guid.clone())), over])
}

/// The customer goes on with an interaction of its own; one who was handed to an agent by name and is
/// not taken waits in the queue the conversation came from.
pub(crate) fn react(turn: &mut Turn<'_>, event: &Event) {
    if let Event::InteractionEnded { interaction, cause: EndCause::Transferred } = event {
        succeed(turn, *interaction);
    } else if let Event::OfferEnded(ended) = event {
        let on = turn.state.interactions.get(&ended.interaction);
        let on = on.filter(|on| on.place == Place::Script && on.falls_back());
        if let Some((id, queue)) = on.and_then(|on| Some((on.id, on.queue?))) {
            successor::enqueue(turn, id, queue, None);
        }
    }
}

fn succeed(turn: &mut Turn<'_>, old: InteractionId) {
    let Some(on) = turn.state.interactions.get(&old) else { return };
    let Some((to, guid)) = on.handover.as_deref().cloned() else { return };
    let Some(paper) = on.papers.last() else { return };
    let (giver, fallback) = (paper.seat.agent, paper.queue);
    let queue = match to {
        Target::Queue(queue) => Some(queue),
        Target::Agent(_) | Target::Number(_) => fallback,
    };
    let interaction = InteractionId(turn.state.last_interaction.0 + 1);
    let created = InteractionCreated {
        interaction,
        guid,
        media: on.media,
        channel: on.channel,
        to: on.to.clone(),
        from: on.from.clone(),
        caller_name: on.caller_name.clone(),
        call_id: on.call_id.clone(),
        direction: on.direction,
        agent: None,
        queue,
        original: Some(on.guid.clone()),
        line_of: None,
        callback: false,
    };
    successor::create(turn, created, old);
    let asked = match to {
        Target::Agent(agent) => {
            lines::ask(turn.state, interaction, agent, NamedBy::Agent(giver), turn.now)
        }
        Target::Queue(_) | Target::Number(_) => None,
    };
    match (asked, queue) {
        (Some(asked), _) => turn.emit(asked),
        (None, Some(queue)) => successor::enqueue(turn, interaction, queue, None),
        (None, None) => {
            turn.emit(Event::InteractionEnded { interaction, cause: EndCause::Unanswered });
        }
    }
}
