//! What agents do: take offers, talk, end, wrap up, change status.

use alloc::{boxed::Box, vec, vec::Vec};

use model::{
    AgentId, Event, InteractionId, OfferId, Rejection, Text, Timestamp,
    command::AgentCommand,
    config::ReasonFor,
    event::{OfferEnded, StatusChanged, WrapUpCompleted},
    interaction::{Disposition, OfferEnd},
    rejection::OfferGone,
    status::Status,
};

use crate::{
    State,
    center::{
        config,
        interaction::Interaction,
        place::{Offer, Place, Talk, Wait},
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
            let (id, talk) = talking(state, *agent, interaction)?;
            let change = Event::HoldChanged { interaction: id, agent: *agent, held: *held };
            Ok(if talk.held.is_some() == *held { Vec::new() } else { vec![change] })
        }
        AgentCommand::Mute { agent, interaction, muted } => {
            let (id, talk) = talking(state, *agent, interaction)?;
            let change = Event::MuteChanged { interaction: id, agent: *agent, muted: *muted };
            Ok(if talk.muted == *muted { Vec::new() } else { vec![change] })
        }
        AgentCommand::End { agent, interaction } => {
            let (id, _) = talking(state, *agent, interaction)?;
            Ok(vec![Event::InteractionEnded {
                interaction: id,
                cause: model::interaction::EndCause::Agent,
            }])
        }
        AgentCommand::WrapUp { agent, interaction, disposition, codes, note } => {
            wrap_up(state, *agent, interaction, *disposition, codes, note.as_ref())
        }
        AgentCommand::SetStatus { agent, status, reason } => {
            set_status(state, *agent, *status, reason.as_ref())
        }
    }
}

fn find<'s>(state: &'s State, identifier: &str) -> Result<&'s Interaction, Rejection> {
    state.find(identifier).ok_or(Rejection::InteractionUnknown)
}

/// The live offer that an agent acts on, unless its deadline has passed: the clock decides, not the
/// moment at which somebody looks at it.
fn offered(
    interaction: &Interaction,
    agent: AgentId,
    offer: OfferId,
    now: Timestamp,
) -> Result<(&Wait, &Offer), Rejection> {
    match &interaction.place {
        Place::Offered(wait, live)
            if live.id == offer && live.agent == agent && now < live.deadline =>
        {
            Ok((wait, live))
        }
        Place::Ended(..) | Place::WrapUp(_) => Err(Rejection::OfferGone(OfferGone::Ended)),
        Place::Script | Place::Waiting(_) | Place::Offered(..) | Place::Talking(_) => {
            Err(Rejection::OfferGone(OfferGone::Over))
        }
    }
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
    if matches!(&interaction.place, Place::Talking(talk) if talk.offer.id == offer && talk.offer.agent == agent)
    {
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
    let (wait, _) = offered(interaction, agent, offer, now)?;
    check_reason(state, reason, ReasonFor::Reject)?;
    Ok(vec![Event::OfferEnded(OfferEnded {
        interaction: interaction.id,
        offer,
        agent,
        end: OfferEnd::Rejected,
        reason: reason.cloned(),
        spared_until: now.plus(config::decline_ms(state, wait.queue)),
    })])
}

fn check_reason(state: &State, reason: Option<&Text>, of: ReasonFor) -> Result<(), Rejection> {
    let Some(code) = reason else { return Ok(()) };
    let known = state.config.reasons.get(code).is_some_and(|known| known.of == of);
    if known { Ok(()) } else { Err(Rejection::ReasonUnknown) }
}

fn talking<'s>(
    state: &'s State,
    agent: AgentId,
    identifier: &str,
) -> Result<(InteractionId, &'s Talk), Rejection> {
    let interaction = find(state, identifier)?;
    match &interaction.place {
        Place::Talking(talk) if talk.offer.agent == agent => Ok((interaction.id, talk)),
        Place::WrapUp(wrap_up) if wrap_up.talk.offer.agent == agent => Err(Rejection::AlreadyEnded),
        Place::Script
        | Place::Waiting(_)
        | Place::Offered(..)
        | Place::Talking(_)
        | Place::Ended(..)
        | Place::WrapUp(_) => Err(Rejection::NotInTalk),
    }
}

fn wrap_up(
    state: &State,
    agent: AgentId,
    identifier: &str,
    disposition: Disposition,
    codes: &[u32],
    note: Option<&Text>,
) -> Result<Vec<Event>, Rejection> {
    let interaction = find(state, identifier)?;
    let Place::WrapUp(wrap_up) = &interaction.place else { return Err(Rejection::NotInWrapUp) };
    if wrap_up.talk.offer.agent != agent {
        return Err(Rejection::NotInWrapUp);
    }
    if let Some(unknown) =
        codes.iter().find(|code| !state.config.transaction_codes.contains_key(code))
    {
        return Err(Rejection::TransactionCodeUnknown(*unknown));
    }
    let required =
        state.config.queues.get(&wrap_up.talk.queue).is_some_and(|queue| queue.codes_required);
    if required && codes.is_empty() {
        return Err(Rejection::TransactionCodeRequired);
    }
    Ok(vec![Event::WrapUpCompleted(Box::new(WrapUpCompleted {
        interaction: interaction.id,
        agent,
        disposition,
        codes: codes.to_vec(),
        note: note.cloned(),
        timed_out: false,
    }))])
}

/// Work at hand is never lost to a change of status: the wish then waits for the work to end.
fn set_status(
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

/// After the conversation: wrap-up where the queue has one, history otherwise.
pub(crate) fn react(turn: &mut Turn<'_>, event: &Event) {
    if let Event::InteractionEnded { interaction, .. } = event {
        let Some(Interaction { place: Place::Ended(_, talk), .. }) =
            turn.state.interactions.get(interaction)
        else {
            return;
        };
        let paperwork = talk
            .as_ref()
            .map(|talk| (talk.offer.agent, config::wrap_up_ms(turn.state, talk.queue)));
        turn.emit(match paperwork {
            Some((agent, ms)) if ms > 0 => Event::WrapUpStarted {
                interaction: *interaction,
                agent,
                deadline: turn.now.plus(ms),
            },
            Some((agent, _)) => {
                Event::InteractionDeleted { interaction: *interaction, agent: Some(agent) }
            }
            None => Event::InteractionDeleted { interaction: *interaction, agent: None },
        });
    } else if let Event::WrapUpCompleted(completed) = event {
        turn.emit(Event::InteractionDeleted {
            interaction: completed.interaction,
            agent: Some(completed.agent),
        });
    }
}
