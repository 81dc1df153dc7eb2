//! What customers, carriers and integrations do to interactions.

use alloc::{boxed::Box, vec, vec::Vec};

use model::{
    Event, InteractionId, Rejection, Text, Timestamp,
    command::InteractionCommand,
    event::{InteractionCreated, WaitOption},
    interaction::{DialEnd, Direction, EndCause, Media, Message},
    limits::{MESSAGES_PER_INTERACTION_MAX, VARIABLES_PER_INTERACTION_MAX},
    variable::Variable,
};

use crate::{
    State,
    center::{
        interaction::Interaction,
        lines,
        place::{Place, Wait},
        script, wrap_up,
    },
};

pub(crate) fn decide(
    state: &State,
    command: &InteractionCommand,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    match command {
        InteractionCommand::Begin { guid, media, to, from, caller_name, call_id } => {
            begin(state, guid, *media, to, from, caller_name.as_ref(), call_id.as_ref())
        }
        InteractionCommand::Press { interaction, digits } => {
            press(open(state, interaction)?, digits, state)
        }
        InteractionCommand::Record { interaction, text, duration_ms } => {
            let message = Message { text: text.clone(), duration_ms: *duration_ms, at: now };
            record(open(state, interaction)?, message, state)
        }
        InteractionCommand::ApiAnswers { interaction, ask, values } => {
            Ok(script::answered(state, *interaction, *ask, values.as_deref()))
        }
        InteractionCommand::Leave { interaction } => leave(open(state, interaction)?),
        InteractionCommand::PartyAnswers { interaction } => {
            lines::answers(open(state, interaction)?)
        }
        InteractionCommand::PartyDeclines { interaction, end } => {
            lines::declines(open(state, interaction)?, *end)
        }
        InteractionCommand::PartyLeaves { interaction } => {
            let on = open(state, interaction)?;
            let bridged = matches!(on.place, Place::Bridged(_));
            let left = Event::PartyLeft { interaction: on.id };
            if bridged { Ok(vec![left]) } else { Err(Rejection::NotDialling) }
        }
        InteractionCommand::FinishWrapUp { interaction } => {
            wrap_up::finish(open(state, interaction)?)
        }
        InteractionCommand::SetVariables { interaction, variables } => {
            set_variables(open(state, interaction)?, variables)
        }
    }
}

fn open<'s>(state: &'s State, identifier: &str) -> Result<&'s Interaction, Rejection> {
    state.find(identifier).ok_or(Rejection::InteractionUnknown)
}

fn begin(
    state: &State,
    guid: &Text,
    media: Media,
    to: &Text,
    from: &Text,
    caller_name: Option<&Text>,
    call_id: Option<&Text>,
) -> Result<Vec<Event>, Rejection> {
    let channel = state.config.channel_at(to).filter(|channel| channel.media == media);
    let channel = channel.ok_or(Rejection::NumberUnknown)?;
    if let Some(known) = call_id.and_then(|id| state.find(id)) {
        // A carrier that repeats itself after a lost answer must not ring twice.
        let same = known.call_id.as_ref() == call_id && known.to == *to && known.from == *from;
        return if same { Ok(Vec::new()) } else { Err(Rejection::IdentifierTaken) };
    }
    if state.find(guid).is_some() {
        return Err(Rejection::IdentifierTaken);
    }
    Ok(vec![Event::InteractionCreated(Box::new(InteractionCreated {
        interaction: InteractionId(state.last_interaction.0 + 1),
        guid: guid.clone(),
        media,
        channel: channel.id,
        to: to.clone(),
        from: from.clone(),
        caller_name: caller_name.cloned(),
        call_id: call_id.cloned(),
        direction: Direction::In,
        agent: None,
        queue: None,
        original: None,
        line_of: None,
        callback: false,
    }))])
}

/// Keys count only while the script asks or the queue has offered a choice; others are refused, so that
/// nobody waits for their effect.
fn press(interaction: &Interaction, digits: &Text, state: &State) -> Result<Vec<Event>, Rejection> {
    if let Some(wait) = interaction.place.wait() {
        return choose(interaction, wait, digits);
    }
    let asking = interaction.run.as_ref().filter(|run| run.until.is_some() && !run.keys.is_empty());
    let (Place::Script, Some(run)) = (&interaction.place, asking) else {
        return Err(Rejection::DigitsNotAwaited);
    };
    let private = script::wants_private_digits(state, run);
    Ok(vec![Event::DigitsPressed { interaction: interaction.id, digits: digits.clone(), private }])
}

/// What is said counts only while the script records; a longer message than it asked for is cut.
fn record(on: &Interaction, mut message: Message, state: &State) -> Result<Vec<Event>, Rejection> {
    let max_ms = script::records(state, on).ok_or(Rejection::NotRecording)?;
    if on.messages.len() >= MESSAGES_PER_INTERACTION_MAX {
        return Err(Rejection::TooManyMessages);
    }
    message.duration_ms = message.duration_ms.min(max_ms);
    Ok(vec![Event::MessageRecorded { interaction: on.id, message: Box::new(message) }])
}

/// The first key decides, as in a menu. An agent who is being asked is asked no longer.
fn choose(on: &Interaction, wait: &Wait, digits: &Text) -> Result<Vec<Event>, Rejection> {
    let chosen = |option: &&WaitOption| digits.starts_with(&*option.key);
    let option = wait.open_options().iter().find(chosen).ok_or(Rejection::DigitsNotAwaited)?;
    let (interaction, queue, exit) = (on.id, wait.queue, option.exit.clone());
    let digits = digits.clone();
    let pressed = Event::DigitsPressed { interaction, digits, private: false };
    let withdrawn = on.place.offer().map(|offer| Event::OfferEnded(offer.withdrawn(interaction)));
    let left = Event::InteractionDequeued { interaction, queue, exit };
    Ok([pressed].into_iter().chain(withdrawn).chain([left]).collect())
}

/// The customer hangs up. Doing so twice, or after the agent did, is no error.
fn leave(interaction: &Interaction) -> Result<Vec<Event>, Rejection> {
    let id = interaction.id;
    let end = |cause| Event::InteractionEnded { interaction: id, cause };
    Ok(match &interaction.place {
        // Who is to be called back is not on the line and cannot leave it.
        Place::Waiting(_) | Place::Offered(..) if interaction.callback => {
            return Err(Rejection::NotDialling);
        }
        Place::Script | Place::Waiting(_) => vec![end(EndCause::Abandoned)],
        Place::Offered(_, offer) | Place::Asked(offer) => {
            vec![Event::OfferEnded(offer.withdrawn(id)), end(EndCause::Abandoned)]
        }
        // Whoever is rung by an agent and hangs up does not take the call.
        Place::Dialling(dial) if dial.agent.is_some() => {
            vec![Event::DialEnded { interaction: id, end: DialEnd::Busy }]
        }
        Place::Dialling(_) => {
            let given_up = Event::DialEnded { interaction: id, end: DialEnd::Cancelled };
            vec![given_up, end(EndCause::Abandoned)]
        }
        Place::Talking(_) | Place::Bridged(_) => vec![end(EndCause::Customer)],
        Place::Ended(_) => Vec::new(),
    })
}

fn set_variables(
    interaction: &Interaction,
    variables: &[Variable],
) -> Result<Vec<Event>, Rejection> {
    let new = variables
        .iter()
        .filter(|variable| interaction.variable(variable.name.as_str()).is_none())
        .count();
    if interaction.variables.len() + new > VARIABLES_PER_INTERACTION_MAX {
        return Err(Rejection::TooManyVariables);
    }
    if variables.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Event::VariablesSet { interaction: interaction.id, variables: variables.to_vec() }])
}
