//! Who gets whom. An interaction that waits goes to the agent with the best preferred skills, among
//! equals to the longest idle; an agent who becomes free gets the interaction with the highest
//! score. Offers are made whenever either side appears, so that nobody who could be served waits.

use alloc::{boxed::Box, sync::Arc};

use model::{
    AgentId, Event, InteractionId, OfferId,
    config::{Agent, Queue, Setting, SkillLevel},
    event::{InteractionOffered, OfferEnded},
    status::Status,
};

use crate::{
    State,
    center::{
        config, desk,
        interaction::Interaction,
        place::{Place, Wait},
        waiting::has,
    },
    turn::Turn,
};

mod explain;
pub use explain::explain;
pub(crate) use explain::{exclusion, explain_named};

pub(crate) fn react(turn: &mut Turn<'_>, event: &Event) {
    if let Event::InteractionQueued(queued) = event {
        offer(turn, queued.interaction);
    } else if let Event::RingWidened { interaction, .. }
    | Event::PreferredReleased { interaction }
    | Event::DeclineForgotten { interaction, .. } = event
    {
        offer(turn, *interaction);
    } else if let Event::OfferEnded(OfferEnded { interaction, agent, .. }) = event {
        offer(turn, *interaction);
        serve(turn, *agent);
    } else if let Event::StatusChanged(changed) = event {
        if changed.status == Status::Available {
            serve(turn, changed.agent);
        }
    } else if let Event::NextStatusSet { agent, next: None }
    | Event::InteractionDeleted { agent: Some(agent), .. }
    | Event::AgentReleased { agent, .. } = event
    {
        serve(turn, *agent);
    } else if let Event::Configured(setting) = event {
        reconfigured(turn, setting);
    }
}

/// New settings can make possible what was not.
fn reconfigured(turn: &mut Turn<'_>, setting: &Setting) {
    if let Setting::Agent(agent) = setting {
        serve(turn, agent.id);
    } else if let Setting::Queue(queue) = setting {
        let members = turn.state.members(queue.id).to_vec();
        members.into_iter().for_each(|agent| serve(turn, agent));
    }
}

/// Asks the best agent for a waiting interaction, if there is one.
fn offer(turn: &mut Turn<'_>, id: InteractionId) -> bool {
    let Some(interaction) = turn.state.interactions.get(&id) else { return false };
    let Place::Waiting(wait) = &interaction.place else { return false };
    let Some(agent) = best_agent(turn.state, interaction, wait) else { return false };
    let explanation = Arc::new(explain(turn.state, interaction, wait, agent, turn.now));
    let offered = InteractionOffered {
        interaction: id,
        offer: OfferId(turn.state.last_offer.0 + 1),
        agent,
        deadline: turn.now.plus(config::offer_ms(turn.state, Some(wait.queue))),
        explanation,
    };
    turn.emit(Event::InteractionOffered(Box::new(offered)));
    true
}

/// Offers an agent what waits, best first, while there is room at the desk.
fn serve(turn: &mut Turn<'_>, agent: AgentId) {
    while let Some(id) = best_interaction(turn.state, agent) {
        if !offer(turn, id) {
            break;
        }
    }
}

fn best_agent(state: &State, interaction: &Interaction, wait: &Wait) -> Option<AgentId> {
    let queue = state.config.queues.get(&wait.queue)?;
    let fits = |agent: &Agent| suits(agent, interaction, wait);
    let idle = state.available.idle(wait.queue);
    let candidates =
        idle.filter_map(|(since, id)| state.config.agents.get(&id).map(|agent| (since, agent)));
    let mut candidates = candidates.filter(|(_, agent)| fits(agent));
    if queue.preferred.is_empty() {
        return candidates.next().map(|(_, agent)| agent.id);
    }
    let best = candidates
        .min_by_key(|(since, agent)| (u16::MAX - preferred_score(queue, agent), *since, agent.id));
    best.map(|(_, agent)| agent.id)
}

fn best_interaction(state: &State, id: AgentId) -> Option<InteractionId> {
    let (agent, desk) = (state.config.agents.get(&id)?, state.desks.get(&id)?);
    if !desk::takes_offers(desk) {
        return None;
    }
    let with_room = agent.queues.iter().filter(|queue| {
        let media = state.config.queues.get(queue).map(|queue| queue.media);
        media.is_some_and(|media| desk::has_room(state, agent, desk, media))
    });
    let declined = |waiting: InteractionId| state.interactions[&waiting].is_declined_by(id);
    with_room
        .filter_map(|queue| state.waiting.best_for(*queue, agent, declined))
        .min()
        .map(|(_, id)| id)
}

/// Whether an agent with room may be asked for this interaction now.
fn suits(agent: &Agent, interaction: &Interaction, wait: &Wait) -> bool {
    wait.held.is_none_or(|(held, _)| held == agent.id)
        && wait.needs.iter().all(|need| has(agent, *need))
        && !interaction.is_declined_by(agent.id)
}

/// Sum of the agent's levels in the skills the queue prefers.
fn preferred_score(queue: &Queue, agent: &Agent) -> u16 {
    queue
        .preferred
        .iter()
        .filter_map(|skill| agent.skills.get(skill))
        .map(|level| u16::from(*level))
        .sum()
}

/// Whether an agent has the queue's skills and these.
fn is_qualified(agent: &Agent, queue: &Queue, skills: &[SkillLevel]) -> bool {
    queue.required.iter().chain(skills).all(|need| has(agent, *need))
}

/// Whether any qualified agent has room now.
pub(crate) fn is_any_free(state: &State, queue: &Queue, skills: &[SkillLevel]) -> bool {
    let mut free =
        state.available.idle(queue.id).filter_map(|(_, id)| state.config.agents.get(&id));
    free.any(|agent| is_qualified(agent, queue, skills))
}

/// Whether any qualified agent is at work, in whatever status.
pub(crate) fn is_any_logged_in(state: &State, queue: &Queue, skills: &[SkillLevel]) -> bool {
    let is_in = |id| state.desk(id).is_some_and(|desk| desk.status != Status::LoggedOut);
    let mut present = state.members(queue.id).iter().filter(|id| is_in(**id));
    present.any(|id| {
        state.config.agents.get(id).is_some_and(|agent| is_qualified(agent, queue, skills))
    })
}
