//! What supervisors do to other people's work: set a status, give what waits to an agent, take it back.

use alloc::{boxed::Box, sync::Arc, vec::Vec};

use model::{
    AgentId, Event, OfferId, QueueId, Rejection, Text, Timestamp, UserId,
    command::SupervisorCommand,
    event::{Act, Administered, InteractionOffered},
    explanation::{Exclusion, NamedBy},
};

use crate::{
    State,
    center::{
        config,
        conversation::find,
        desk,
        interaction::Interaction,
        place::{Offer, Place},
        routing, successor,
    },
};

/// By which exit an interaction leaves its queue for another: no node has such an exit.
const MOVED: &str = "moved";

/// What is done follows on who did it. What is so already needs no event.
pub(crate) fn decide(
    state: &State,
    by: UserId,
    command: &SupervisorCommand,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let (act, done) = match command {
        SupervisorCommand::SetStatus { agent, status, reason } => {
            let done = desk::set_status(state, *agent, *status, reason.as_ref())?;
            let (agent, status, reason) = (*agent, *status, reason.clone());
            (Act::StatusSet { agent, status, reason }, done)
        }
        SupervisorCommand::Assign { interaction, agent } => {
            let on = find(state, interaction)?;
            let done = assign(state, by, on, *agent, now)?;
            (Act::Assigned { interaction: on.id, agent: *agent }, done)
        }
        SupervisorCommand::Requeue { interaction, queue } => {
            let on = find(state, interaction)?;
            let (queue, done) = requeue(state, on, *queue, now)?;
            (Act::Requeued { interaction: on.id, queue }, done)
        }
    };
    if done.is_empty() {
        return Ok(done);
    }
    let who = Event::Administered(Box::new(Administered { by, act }));
    Ok([who].into_iter().chain(done).collect())
}

/// Skills, queues, earlier rejections and holding for another do not count; being there and having room
/// do.
fn assign(
    state: &State,
    by: UserId,
    on: &Interaction,
    agent: AgentId,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let settings = state.config.agents.get(&agent).ok_or(Rejection::AgentUnknown)?;
    let wait = on.place.wait().ok_or(Rejection::NotWaiting)?;
    let before = on.place.offer();
    if before.is_some_and(|offer| offer.agent == agent) {
        return Ok(Vec::new());
    }
    match routing::exclusion(state, on, wait, settings) {
        Some(Exclusion::NotAvailable(status)) => return Err(Rejection::AgentNotAvailable(status)),
        Some(Exclusion::AtCapacity) => return Err(Rejection::AgentAtCapacity),
        Some(
            Exclusion::MissingSkill { .. } | Exclusion::Declined | Exclusion::HeldForPreferred(_),
        )
        | None => {}
    }
    let named_by = NamedBy::Supervisor(by);
    let explanation = routing::explain_named(state, wait, settings, named_by, now);
    let offered = InteractionOffered {
        interaction: on.id,
        offer: OfferId(state.last_offer.0 + 1),
        agent,
        deadline: now.plus(config::offer_ms(state, Some(wait.queue))),
        explanation: Arc::new(explanation),
    };
    let recalled = before.map(|offer| recalled(state, on, offer, now));
    let offered = Event::InteractionOffered(Box::new(offered));
    Ok(recalled.into_iter().chain([offered]).collect())
}

/// Into which queue it goes, and what has to happen for it.
fn requeue(
    state: &State,
    on: &Interaction,
    wanted: Option<QueueId>,
    now: Timestamp,
) -> Result<(QueueId, Vec<Event>), Rejection> {
    let (own, offer) = match &on.place {
        Place::Waiting(wait) => (Some(wait.queue), None),
        Place::Offered(wait, offer) => (Some(wait.queue), Some(offer)),
        // A colleague on a second line is asked for an agent, not for the customer.
        Place::Asked(offer) if on.line_of.is_none() => {
            (on.queue.filter(|_| on.falls_back()), Some(offer))
        }
        Place::Script => (None, None),
        Place::Asked(_) | Place::Dialling(_) | Place::Talking(_) | Place::Bridged(_) => {
            return Err(Rejection::Connected);
        }
        Place::Ended(_) => return Err(Rejection::AlreadyEnded),
    };
    let queue = wanted.or(own).ok_or(Rejection::QueueRequired)?;
    let recalled = offer.map(|offer| recalled(state, on, offer, now)).into_iter();
    let before = match on.place.wait() {
        Some(wait) if wait.queue == queue => return Ok((queue, recalled.collect())),
        before => before,
    };
    successor::has_room(state, queue, on.media)?;
    let interaction = on.id;
    let left = before.map(|wait| {
        let (queue, exit) = (wait.queue, Text::from(MOVED));
        Event::InteractionDequeued { interaction, queue, exit }
    });
    // Nobody waits anew for having been moved.
    let queued = successor::queued(state, interaction, queue, before.map(|wait| wait.entered));
    Ok((queue, recalled.chain(left).chain([queued]).collect()))
}

/// The agent is spared it as if the agent had declined, or it would ring there again at once.
fn recalled(state: &State, on: &Interaction, offer: &Offer, now: Timestamp) -> Event {
    let spare_ms = on.place.wait().map_or(0, |wait| config::decline_ms(state, wait.queue));
    Event::OfferEnded(offer.recalled(on.id, now.plus(spare_ms)))
}
