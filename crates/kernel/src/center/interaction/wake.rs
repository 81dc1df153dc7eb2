//! What is due on an interaction. One thing at a time: what else is due follows with the next look,
//! on the state that the first has left.

use alloc::vec::Vec;

use model::{
    Event, InteractionId, OfferId, QueueId, Text, Timestamp, event::OfferEnded,
    interaction::OfferEnd,
};

use crate::{
    center::{
        config, interaction,
        place::{Offer, Place, Wait},
        script,
    },
    turn::Turn,
};

/// Positions further back than this are said as "or more".
const POSITION_SAID_MAX: usize = 100;

/// Handles the first thing that is due, if any.
pub(crate) fn wake(turn: &mut Turn<'_>, id: InteractionId) {
    let Some(interaction) = turn.state.interactions.get(&id) else { return };
    match &interaction.place {
        Place::Script => script::expire(turn, id),
        Place::Waiting(wait) => {
            let events = waited(turn, id, wait);
            events.into_iter().for_each(|event| turn.emit(event));
        }
        Place::Offered(wait, offer) => {
            let event = if offer.deadline <= turn.now {
                unanswered(turn, id, wait.queue, offer)
            } else if is_due(wait.ring_at, turn.now) {
                Event::RingWidened { interaction: id, ring: wait.ring + 1 }
            } else {
                return;
            };
            turn.emit(event);
        }
        Place::WrapUp(wrap_up) if wrap_up.deadline <= turn.now => {
            let event = interaction::wrap_up_by_clock(id, wrap_up.talk.offer.agent);
            turn.emit(event);
        }
        Place::Talking(_) | Place::Ended(..) | Place::WrapUp(_) => {}
    }
}

fn is_due(at: Option<Timestamp>, now: Timestamp) -> bool {
    at.is_some_and(|at| at <= now)
}

fn unanswered(turn: &Turn<'_>, id: InteractionId, queue: QueueId, offer: &Offer) -> Event {
    let Offer { id: offer, agent, .. } = *offer;
    let spared_until = turn.now.plus(config::decline_ms(turn.state, queue));
    ended(id, offer, agent, OfferEnd::TimedOut, spared_until)
}

fn ended(
    interaction: InteractionId,
    offer: OfferId,
    agent: model::AgentId,
    end: OfferEnd,
    spared_until: Timestamp,
) -> Event {
    Event::OfferEnded(OfferEnded { interaction, offer, agent, end, reason: None, spared_until })
}

/// What a waiting interaction has waited for. Leaving goes last: whoever can still be served, is.
fn waited(turn: &Turn<'_>, id: InteractionId, wait: &Wait) -> Vec<Event> {
    let now = turn.now;
    let interaction = &turn.state.interactions[&id];
    let mut events = Vec::new();
    if is_due(wait.ring_at, now) {
        events.push(Event::RingWidened { interaction: id, ring: wait.ring + 1 });
    } else if is_due(wait.held.map(|(_, until)| until), now) {
        events.push(Event::PreferredReleased { interaction: id });
    } else if let Some((agent, _)) = interaction.declined.iter().find(|(_, until)| *until <= now) {
        events.push(Event::DeclineForgotten { interaction: id, agent: *agent });
    } else if is_due(wait.leave_at, now) {
        events.push(Event::InteractionDequeued {
            interaction: id,
            queue: wait.queue,
            exit: Text::from("timeout"),
        });
    } else if is_due(wait.announce_at, now)
        && let Some(every) = wait.announce_ms
    {
        let position = turn.state.waiting.position(interaction, POSITION_SAID_MAX).unwrap_or(1);
        let text = if position < POSITION_SAID_MAX {
            alloc::format!("You are number {position} in the queue.")
        } else {
            alloc::format!("You are number {position} or more in the queue.")
        };
        events.push(Event::PromptPlayed { interaction: id, text: text.into() });
        events.push(Event::PositionAnnounced { interaction: id, next: now.plus(every.max(1_000)) });
    }
    events
}
