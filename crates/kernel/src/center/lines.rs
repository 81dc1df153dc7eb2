//! Telephone lines that the center opens: an agent calls somebody, or consults somebody on a second
//! line while the customer is on hold; the script connects the customer to a number.

use alloc::{boxed::Box, sync::Arc, vec, vec::Vec};

use model::{
    AgentId, Event, InteractionId, OfferId, QueueId, Rejection, Text, Timestamp,
    config::Channel,
    event::{InteractionCreated, InteractionOffered},
    explanation::{Candidate, Explanation, NamedBy},
    interaction::{DialEnd, Direction, EndCause, Media, OfferEnd, Target},
    limits::DIAL_MS,
    status::Status,
    variable::Variable,
};

use crate::{
    State,
    center::{config, conversation::talking, desk, interaction::Interaction, place::Place, script},
    turn::Turn,
};

/// A line that an agent opens.
pub(crate) struct Line<'a> {
    pub(crate) agent: AgentId,
    pub(crate) guid: &'a Text,
    pub(crate) call_id: Option<&'a Text>,
    pub(crate) to: &'a Text,
    pub(crate) now: Timestamp,
}

impl Line<'_> {
    fn created(&self, state: &State, from: &Channel) -> InteractionCreated {
        InteractionCreated {
            interaction: InteractionId(state.last_interaction.0 + 1),
            guid: self.guid.clone(),
            media: Media::Phone,
            channel: from.id,
            to: self.to.clone(),
            from: from.address.clone(),
            caller_name: None,
            call_id: self.call_id.cloned(),
            direction: Direction::Out,
            agent: Some(self.agent),
            queue: None,
            original: None,
            line_of: None,
            callback: false,
        }
    }

    fn rings(&self, interaction: InteractionId) -> Event {
        let (agent, to) = (Some(self.agent), self.to.clone());
        Event::Dialled { interaction, agent, to, deadline: self.now.plus(DIAL_MS) }
    }

    /// A GUID or Call-ID that is known already is another interaction's.
    fn is_new(&self, state: &State) -> Result<(), Rejection> {
        let mut ids = self.call_id.into_iter().chain([self.guid]);
        let taken = ids.any(|id| state.find(id).is_some());
        if taken { Err(Rejection::IdentifierTaken) } else { Ok(()) }
    }
}

/// An agent calls somebody.
pub(crate) fn dial(
    state: &State,
    line: &Line<'_>,
    queue: Option<QueueId>,
    caller_id: Option<&Text>,
    variables: &[Variable],
) -> Result<Vec<Event>, Rejection> {
    let settings = state.config.agents.get(&line.agent).ok_or(Rejection::AgentUnknown)?;
    let desk = state.desks.get(&line.agent).filter(|desk| desk.status != Status::LoggedOut);
    let free = desk.is_some_and(|desk| desk::has_room(state, settings, desk, Media::Phone));
    if !free {
        return Err(Rejection::NoLineFree);
    }
    if let Some(queue) = queue {
        known_queue(state, queue, Media::Phone)?;
    }
    line.is_new(state)?;
    let named = caller_id.and_then(|number| state.config.channel_at(number));
    let phones = |channel: &&Channel| channel.media == Media::Phone;
    let from = named.filter(phones).or_else(|| state.config.channels.values().find(phones));
    let from = from.ok_or(Rejection::NumberUnknown)?;
    let created = InteractionCreated { queue, ..line.created(state, from) };
    let id = created.interaction;
    let mut events = vec![Event::InteractionCreated(Box::new(created))];
    if !variables.is_empty() {
        events.push(Event::VariablesSet { interaction: id, variables: variables.to_vec() });
    }
    events.push(line.rings(id));
    Ok(events)
}

/// An agent asks somebody on a second line.
pub(crate) fn consult(
    state: &State,
    agent: AgentId,
    identifier: &str,
    to: &Target,
    guid: &Text,
    call_id: &Text,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let (on, talk) = talking(state, agent, identifier)?;
    if on.media != Media::Phone {
        return Err(Rejection::NotACall);
    }
    if on.line_of.is_some() || second_line(state, agent, on.id).is_some() {
        return Err(Rejection::OnSecondLine);
    }
    let mut events = Vec::new();
    if talk.held.is_none() {
        events.push(Event::HoldChanged { interaction: on.id, agent, held: true });
    }
    let from = state.config.channels.get(&on.channel).ok_or(Rejection::NumberUnknown)?;
    let number = match to {
        Target::Number(number) => number.clone(),
        Target::Agent(other) => Text::from(other.as_str()),
        Target::Queue(_) => return Err(Rejection::QueueUnknown),
    };
    // A colleague is reached without a carrier.
    let call_id = Some(call_id).filter(|_| matches!(to, Target::Number(_)));
    let line = Line { agent, guid, call_id, to: &number, now };
    line.is_new(state)?;
    let created = InteractionCreated { line_of: Some(on.id), ..line.created(state, from) };
    let id = created.interaction;
    events.push(Event::InteractionCreated(Box::new(created)));
    events.push(if let Target::Agent(other) = to {
        if on.agents().any(|taking_part| taking_part == *other) {
            return Err(Rejection::AgentUnavailable);
        }
        ask(state, id, *other, NamedBy::Agent(agent), now).ok_or(Rejection::AgentUnavailable)?
    } else {
        line.rings(id)
    });
    Ok(events)
}

/// The line on which an agent consults somebody about an interaction.
pub(crate) fn second_line(
    state: &State,
    agent: AgentId,
    about: InteractionId,
) -> Option<&Interaction> {
    let is_it = |line: &&Interaction| line.line_of == Some(about) && line.agent == Some(agent);
    state.work_of(agent).find(is_it)
}

pub(crate) fn known_queue(state: &State, queue: QueueId, media: Media) -> Result<(), Rejection> {
    let known = state.config.queues.get(&queue).is_some_and(|queue| queue.media == media);
    if known { Ok(()) } else { Err(Rejection::QueueUnknown) }
}

/// Asks an agent by name; `None` when the agent could not take an interaction from a queue either.
pub(crate) fn ask(
    state: &State,
    interaction: InteractionId,
    agent: AgentId,
    named_by: NamedBy,
    now: Timestamp,
) -> Option<Event> {
    let media = state.interactions.get(&interaction).map_or(Media::Phone, |open| open.media);
    let desk = state.desks.get(&agent).filter(|_| state.could_take(agent, media))?;
    let idle_ms = now.since(desk.idle_since);
    let explanation = Explanation {
        score: 0,
        priority: 0,
        waited_ms: 0,
        ring: 0,
        skills: Vec::new(),
        candidates: vec![Candidate { agent, idle_ms, preferred_score: 0 }],
        excluded: Vec::new(),
        more: 0,
        named_by: Some(named_by),
    };
    Some(Event::InteractionOffered(Box::new(InteractionOffered {
        interaction,
        offer: OfferId(state.last_offer.0 + 1),
        agent,
        deadline: now.plus(config::offer_ms(state, None)),
        explanation: Arc::new(explanation),
    })))
}

/// The number that is being rung answers.
pub(crate) fn answers(on: &Interaction) -> Result<Vec<Event>, Rejection> {
    dialling(on)?;
    Ok(vec![Event::PartyAnswered { interaction: on.id }])
}

/// The number that is being rung does not answer.
pub(crate) fn declines(on: &Interaction, end: DialEnd) -> Result<Vec<Event>, Rejection> {
    dialling(on)?;
    Ok(vec![Event::DialEnded { interaction: on.id, end }])
}

fn dialling(on: &Interaction) -> Result<(), Rejection> {
    if matches!(on.place, Place::Dialling(_)) { Ok(()) } else { Err(Rejection::NotDialling) }
}

/// A customer who is called back is rung as soon as an agent has accepted; a line that leads nowhere ends.
pub(crate) fn react(turn: &mut Turn<'_>, event: &Event) {
    if let Event::OfferAccepted { interaction, agent, .. } = event {
        return call_back(turn, *interaction, *agent);
    }
    let (interaction, cause) = if let Event::DialEnded { interaction, .. } = event {
        (*interaction, EndCause::Unanswered)
    } else if let Event::PartyLeft { interaction } = event {
        (*interaction, EndCause::Party)
    } else if let Event::OfferEnded(ended) = event
        // Whoever takes an offer back says what comes next.
        && !matches!(ended.end, OfferEnd::Withdrawn | OfferEnd::Recalled)
    {
        (ended.interaction, EndCause::Unanswered)
    } else {
        return;
    };
    let Some(on) = turn.state.interactions.get(&interaction) else { return };
    let waits = match &on.place {
        Place::Dialling(dial) => dial.agent.is_some(),
        Place::Script => true,
        Place::Waiting(_)
        | Place::Offered(..)
        | Place::Asked(_)
        | Place::Talking(_)
        | Place::Bridged(_)
        | Place::Ended(_) => false,
    };
    // Whom a colleague does not take over has a queue to fall back into.
    let falls_back = matches!(event, Event::OfferEnded(_)) && on.falls_back();
    if waits && !falls_back && !script::goes_on(turn.state, interaction, event) {
        turn.emit(Event::InteractionEnded { interaction, cause });
    }
}

fn call_back(turn: &mut Turn<'_>, interaction: InteractionId, agent: AgentId) {
    let on = turn.state.interactions.get(&interaction).filter(|on| on.callback);
    if let Some(to) = on.map(|on| on.to.clone()) {
        let deadline = turn.now.plus(DIAL_MS);
        turn.emit(Event::Dialled { interaction, agent: Some(agent), to, deadline });
    }
}
