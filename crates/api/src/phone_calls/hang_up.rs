//! What must be said to the rules to end a call, or one agent's part in it.

use engine::State;
use kernel::center::{interaction::Interaction, place::Place};
use model::{
    AgentId, Command, InteractionId,
    command::{AgentCommand, InteractionCommand},
    interaction::Media,
};

/// Commands for an agent's part; `None` when there is none, or only paperwork.
pub(super) fn part(state: &State, agent: AgentId, on: &Interaction) -> Option<Vec<Command>> {
    let interaction = on.guid.clone();
    if let Some(offer) = on.place.offer().filter(|offer| offer.agent == agent) {
        let (offer, reason) = (offer.id, None);
        return Some(vec![Command::Agent(AgentCommand::Reject {
            agent,
            interaction,
            offer,
            reason,
        })]);
    }
    let takes_part = match &on.place {
        Place::Dialling(dial) => dial.agent == Some(agent),
        Place::Talking(talk) => talk.seat(agent).is_some(),
        Place::Asked(_) => on.is_second_line_of(agent),
        Place::Script
        | Place::Waiting(_)
        | Place::Offered(..)
        | Place::Bridged(_)
        | Place::Ended(_) => false,
    };
    takes_part.then(|| {
        let mut commands = second_lines(state, on.id, Some(agent));
        commands.push(end(agent, on, false));
        commands
    })
}

/// Commands that end a call for everybody; `None` when only paperwork is left.
pub(super) fn whole(state: &State, on: &Interaction) -> Option<Vec<Command>> {
    let mut commands = second_lines(state, on.id, None);
    let interaction = on.guid.clone();
    commands.push(match &on.place {
        Place::Talking(talk) => end(talk.seats.first()?.agent, on, true),
        Place::Dialling(dial) if dial.agent.is_some() => end(dial.agent?, on, true),
        Place::Asked(_) if on.line_of.is_some() => end(on.agent?, on, true),
        Place::Script
        | Place::Waiting(_)
        | Place::Offered(..)
        | Place::Asked(_)
        | Place::Dialling(_)
        | Place::Bridged(_) => Command::Interaction(InteractionCommand::Leave { interaction }),
        Place::Ended(_) => return None,
    });
    Some(commands)
}

/// The telephone lines of an agent, the older first: calls that the agent takes part in.
pub(super) fn lines(state: &State, agent: AgentId) -> Vec<&Interaction> {
    let calls = state.work_of(agent).filter(|on| on.media == Media::Phone);
    calls.filter(|on| part(state, agent, on).is_some()).collect()
}

/// Second lines go first: the first line cannot be left while there is one.
fn second_lines(state: &State, about: InteractionId, whose: Option<AgentId>) -> Vec<Command> {
    let lines = state.interactions_after(about).filter(|line| line.line_of == Some(about));
    let own = lines.filter_map(|line| Some((line.agent?, line)));
    own.filter(|(agent, _)| whose.is_none_or(|whose| whose == *agent))
        .map(|(agent, line)| end(agent, line, true))
        .collect()
}

fn end(agent: AgentId, on: &Interaction, for_all: bool) -> Command {
    Command::Agent(AgentCommand::End { agent, interaction: on.guid.clone(), for_all })
}
