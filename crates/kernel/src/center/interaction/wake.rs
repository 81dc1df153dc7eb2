//! What is due on an interaction. One thing at a time: what else is due follows with the next look,
//! on the state that the first has left.

use alloc::{format, string::String, vec::Vec};

use model::{
    Event, InteractionId, OfferId, QueueId, Text, Timestamp,
    event::OfferEnded,
    interaction::{DialEnd, OfferEnd},
    time::Millis,
};

use crate::{
    center::{
        config,
        interaction::{self, Interaction},
        place::{Offer, Paper, Place, Wait},
        script,
    },
    turn::Turn,
};

/// Positions further back than this are said as "or more".
const POSITION_SAID_MAX: usize = 100;

/// Handles the first thing that is due, if any.
pub(crate) fn wake(turn: &mut Turn<'_>, id: InteractionId) {
    let now = turn.now;
    let Some(interaction) = turn.state.interactions.get(&id) else { return };
    let overdue = |paper: &&Paper| is_due(paper.time.map(|(_, deadline)| deadline), now);
    if let Some(paper) = interaction.papers.iter().find(overdue) {
        let event = interaction::wrap_up_by_clock(id, paper);
        return turn.emit(event);
    }
    match &interaction.place {
        Place::Script => script::expire(turn, id),
        Place::Waiting(wait) => {
            let events = waited(turn, id, wait);
            events.into_iter().for_each(|event| turn.emit(event));
        }
        Place::Offered(wait, offer) => {
            let event = if offer.deadline <= now {
                unanswered(turn, id, Some(wait.queue), offer)
            } else if is_due(wait.ring_at, now) {
                Event::RingWidened { interaction: id, ring: wait.ring + 1 }
            } else {
                return;
            };
            turn.emit(event);
        }
        Place::Asked(offer) if offer.deadline <= now => {
            let event = unanswered(turn, id, None, offer);
            turn.emit(event);
        }
        Place::Dialling(dial) if dial.deadline <= now => {
            turn.emit(Event::DialEnded { interaction: id, end: DialEnd::NoAnswer });
        }
        Place::Asked(_)
        | Place::Dialling(_)
        | Place::Talking(_)
        | Place::Bridged(_)
        | Place::Ended(_) => {}
    }
}

fn is_due(at: Option<Timestamp>, now: Timestamp) -> bool {
    at.is_some_and(|at| at <= now)
}

fn unanswered(turn: &Turn<'_>, id: InteractionId, queue: Option<QueueId>, offer: &Offer) -> Event {
    let Offer { id: offer, agent, .. } = *offer;
    let spare_ms = queue.map_or(0, |queue| config::decline_ms(turn.state, queue));
    let spared_until = turn.now.plus(spare_ms);
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
    } else if let Some(option) = wait.next_option().filter(|option| option.at <= now) {
        let (text, key) = (option.text.clone(), option.key.clone());
        events.push(Event::PromptPlayed { interaction: id, text });
        events.push(Event::OptionSaid { interaction: id, key });
    } else if is_due(wait.announce_at, now)
        && let Some(every) = wait.announce_ms
    {
        let text = standing(turn, interaction, wait).into();
        events.push(Event::PromptPlayed { interaction: id, text });
        events.push(Event::PositionAnnounced { interaction: id, next: now.plus(every.max(1_000)) });
    }
    events
}

/// What is said to somebody who waits: the position, and how long it is likely to take.
fn standing(turn: &Turn<'_>, interaction: &Interaction, wait: &Wait) -> String {
    const MINUTE: Millis = 60_000;
    let position = turn.state.waiting.position(interaction, POSITION_SAID_MAX).unwrap_or(1);
    if position >= POSITION_SAID_MAX {
        return format!("You are number {position} or more in the queue.");
    }
    let expected = turn.state.expected_wait_ms(wait.queue, position);
    let minutes = expected.filter(|_| wait.announce_wait).map(|ms| ms.div_ceil(MINUTE));
    let long = match minutes {
        None => return format!("You are number {position} in the queue."),
        Some(0 | 1) => "less than a minute".into(),
        Some(minutes @ 2..=60) => format!("about {minutes} minutes"),
        Some(_) => String::from("more than an hour"),
    };
    format!("You are number {position} in the queue. The expected wait is {long}.")
}
