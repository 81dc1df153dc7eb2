//! What agents do with the customer they are offered or talk to: take, decline, hold, mute, record, end.

use alloc::{vec, vec::Vec};

use model::{
    AgentId, Event, OfferId, Rejection, Text, Timestamp,
    command::AgentCommand,
    config::ReasonFor,
    event::OfferEnded,
    interaction::{DialEnd, Draft, EndCause, OfferEnd, Recording},
    rejection::OfferGone,
};

use crate::{
    State,
    center::{
        config, desk,
        interaction::Interaction,
        lines::{self, Line},
        place::{Offer, Place, Talk},
        transfer, wrap_up,
    },
    turn::Turn,
};

pub(crate) fn decide(
    state: &State,
    command: &AgentCommand,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    match command {
        AgentCommand::Accept { agent, interaction, offer } => {
            accept(state, *agent, interaction, *offer, now)
        }
        AgentCommand::Reject { agent, interaction, offer, reason } => {
            reject(state, *agent, interaction, *offer, reason.as_ref(), now)
        }
        AgentCommand::Hold { agent, interaction, held } => {
            let (on, talk) = talking(state, *agent, interaction)?;
            let change = Event::HoldChanged { interaction: on.id, agent: *agent, held: *held };
            Ok(if talk.held.is_some() == *held { Vec::new() } else { vec![change] })
        }
        AgentCommand::Mute { agent, interaction, muted } => {
            let (on, talk) = talking(state, *agent, interaction)?;
            let change = Event::MuteChanged { interaction: on.id, agent: *agent, muted: *muted };
            let same = talk.seat(*agent).is_some_and(|seat| seat.muted == *muted);
            Ok(if same { Vec::new() } else { vec![change] })
        }
        AgentCommand::Record { agent, interaction, recording } => {
            let (on, talk) = talking(state, *agent, interaction)?;
            let (interaction, agent) = (on.id, Some(*agent));
            let change = Event::RecordingChanged { interaction, agent, recording: *recording };
            Ok(if talk.recording == *recording { Vec::new() } else { vec![change] })
        }
        AgentCommand::End { agent, interaction, for_all } => {
            end(state, *agent, interaction, *for_all)
        }
        AgentCommand::Dial { agent, to, queue, caller_id, guid, call_id, variables } => {
            let line = Line { agent: *agent, guid, call_id: Some(call_id), to, now };
            lines::dial(state, &line, *queue, caller_id.as_ref(), variables)
        }
        AgentCommand::Consult { agent, interaction, to, guid, call_id } => {
            lines::consult(state, *agent, interaction, to, guid, call_id, now)
        }
        AgentCommand::Transfer { agent, interaction, to: Some(to), guid } => {
            transfer::hand_on(state, *agent, interaction, to, guid, now)
        }
        AgentCommand::Transfer { agent, interaction, to: None, .. } => {
            transfer::hand_over(state, *agent, interaction)
        }
        AgentCommand::Join { agent, interaction } => transfer::join(state, *agent, interaction),
        AgentCommand::Draft { agent, interaction, draft } => {
            wrap_up::put_down(state, *agent, interaction, draft)
        }
        AgentCommand::WrapUp { agent, interaction, disposition, codes, note } => {
            let (disposition, note) = (*disposition, note.clone());
            let draft = Draft { disposition, codes: codes.clone(), note };
            wrap_up::complete(state, *agent, interaction, draft)
        }
        AgentCommand::SetStatus { agent, status, reason } => {
            desk::set_status(state, *agent, *status, reason.as_ref())
        }
    }
}

/// Conversations of queues that record are recorded from the first word.
pub(crate) fn react(turn: &mut Turn<'_>, event: &Event) {
    if let Event::OfferAccepted { interaction, .. } | Event::PartyAnswered { interaction } = event {
        let Some(on) = turn.state.interactions.get(interaction) else { return };
        let queue = on.place.talk().and_then(|talk| turn.state.config.queues.get(&talk.queue?));
        if queue.is_some_and(|queue| queue.recorded) && on.line_of.is_none() {
            let (interaction, recording) = (*interaction, Recording::On);
            turn.emit(Event::RecordingChanged { interaction, agent: None, recording });
        }
    }
}

pub(crate) fn find<'s>(state: &'s State, identifier: &str) -> Result<&'s Interaction, Rejection> {
    state.find(identifier).ok_or(Rejection::InteractionUnknown)
}

/// The conversation in which an agent takes part.
pub(crate) fn talking<'s>(
    state: &'s State,
    agent: AgentId,
    identifier: &str,
) -> Result<(&'s Interaction, &'s Talk), Rejection> {
    let interaction = find(state, identifier)?;
    match &interaction.place {
        Place::Talking(talk) if talk.seat(agent).is_some() => Ok((interaction, talk)),
        _ if interaction.paper(agent).is_some() => Err(Rejection::AlreadyEnded),
        Place::Script
        | Place::Waiting(_)
        | Place::Offered(..)
        | Place::Asked(_)
        | Place::Dialling(_)
        | Place::Talking(_)
        | Place::Bridged(_)
        | Place::Ended(_) => Err(Rejection::NotInTalk),
    }
}

/// The live offer that an agent acts on, unless its deadline has passed: the clock decides, not the
/// moment at which somebody looks at it.
fn offered(
    interaction: &Interaction,
    agent: AgentId,
    offer: OfferId,
    now: Timestamp,
) -> Result<&Offer, Rejection> {
    let live = interaction.place.offer().filter(|live| live.id == offer && live.agent == agent);
    live.filter(|live| now < live.deadline).ok_or(Rejection::OfferGone(match interaction.place {
        Place::Ended(_) => OfferGone::Ended,
        Place::Script
        | Place::Waiting(_)
        | Place::Offered(..)
        | Place::Asked(_)
        | Place::Dialling(_)
        | Place::Talking(_)
        | Place::Bridged(_) => OfferGone::Over,
    }))
}

fn accept(
    state: &State,
    agent: AgentId,
    identifier: &str,
    offer: OfferId,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    // A customer who left takes the interaction along: the agent is told the offer is over, not 404.
    let interaction = state.find(identifier).ok_or(Rejection::OfferGone(OfferGone::Ended))?;
    let seat = interaction.place.taken().and_then(|talk| talk.seat(agent));
    if seat.and_then(|seat| seat.offer.as_ref()).is_some_and(|taken| taken.id == offer) {
        return Ok(Vec::new());
    }
    offered(interaction, agent, offer, now)?;
    Ok(vec![Event::OfferAccepted { interaction: interaction.id, offer, agent }])
}

fn reject(
    state: &State,
    agent: AgentId,
    identifier: &str,
    offer: OfferId,
    reason: Option<&Text>,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let interaction = state.find(identifier).ok_or(Rejection::OfferGone(OfferGone::Ended))?;
    offered(interaction, agent, offer, now)?;
    desk::check_reason(state, reason, ReasonFor::Reject)?;
    let spare = |queue| config::decline_ms(state, queue);
    let spare_ms = interaction.place.wait().map_or(0, |wait| spare(wait.queue));
    Ok(vec![Event::OfferEnded(OfferEnded {
        interaction: interaction.id,
        offer,
        agent,
        end: OfferEnd::Rejected,
        reason: reason.cloned(),
        spared_until: now.plus(spare_ms),
    })])
}

/// An agent among others leaves; the last one, or one who says so, ends it for all. Who still rings
/// somebody gives up.
fn end(
    state: &State,
    agent: AgentId,
    identifier: &str,
    for_all: bool,
) -> Result<Vec<Event>, Rejection> {
    let on = find(state, identifier)?;
    let over = Event::InteractionEnded { interaction: on.id, cause: EndCause::Agent };
    if let Place::Dialling(dial) = &on.place
        && dial.agent == Some(agent)
    {
        let given_up = Event::DialEnded { interaction: on.id, end: DialEnd::Cancelled };
        return Ok(vec![given_up, over]);
    }
    if let Place::Asked(offer) = &on.place
        && on.is_second_line_of(agent)
    {
        return Ok(vec![Event::OfferEnded(offer.withdrawn(on.id)), over]);
    }
    let (on, talk) = talking(state, agent, identifier)?;
    if lines::second_line(state, agent, on.id).is_some() {
        return Err(Rejection::OnSecondLine);
    }
    let alone = on.line_of.is_some() || talk.seats.len() == 1;
    Ok(if alone || for_all {
        vec![over]
    } else {
        vec![Event::AgentLeft { interaction: on.id, agent }]
    })
}
