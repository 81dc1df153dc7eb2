//! What must hold after every turn. Simulation and property tests ask; the product never does.

use alloc::{collections::BTreeMap, format, string::String, vec::Vec};

use model::{AgentId, InteractionId, interaction::Media};

use crate::{
    State,
    center::{desk, place::Place},
};

/// Checks every invariant.
///
/// # Errors
/// Says which one is broken, and by what.
pub fn check(state: &State) -> Result<(), String> {
    check_since(&Loads::default(), state)
}

/// Checks every invariant after a turn that may have lowered what agents can take: work that is at
/// hand then stays.
///
/// # Errors
/// Says which one is broken, and by what.
pub fn check_since(before: &Loads, state: &State) -> Result<(), String> {
    work_and_places_agree(state)?;
    capacity_holds(before, state)?;
    identifiers_lead_home(state)?;
    timers_are_exact(state)?;
    nobody_waits_in_vain(state)
}

/// An interaction is at the desks of exactly the agents who take part in it, and is not kept once it is
/// over for all of them.
fn work_and_places_agree(state: &State) -> Result<(), String> {
    let mut at_desks: BTreeMap<InteractionId, Vec<AgentId>> = BTreeMap::new();
    for (agent, desk) in state.desks() {
        for id in &desk.work {
            at_desks.entry(*id).or_default().push(agent);
        }
    }
    for (id, open) in &state.interactions {
        let mut agents: Vec<AgentId> = open.agents().collect();
        agents.sort_unstable();
        let desks = at_desks.remove(id).unwrap_or_default();
        if agents != desks {
            return Err(format!("{id} is with {agents:?} by {:?}, at {desks:?}", open.place));
        }
        if matches!(open.place, Place::Ended(_)) && open.papers.is_empty() {
            return Err(format!("interaction {id} has ended but is still there"));
        }
        if open.papers.iter().any(|paper| paper.time.is_none())
            || open.handover.is_some() && !matches!(open.place, Place::Ended(_))
        {
            return Err(format!("interaction {id} stopped half-way: {:?}", open.papers));
        }
        if open.line_of.is_some() && matches!(open.place, Place::Script) {
            return Err(format!("second line {id} leads nowhere"));
        }
    }
    at_desks
        .first_key_value()
        .map_or(Ok(()), |(id, agents)| Err(format!("{agents:?} work on {id}, which is gone")))
}

/// How much of each kind is at the agents' desks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loads(BTreeMap<(AgentId, Media), usize>);

impl Loads {
    /// What is at the desks now.
    #[must_use]
    pub fn of(state: &State) -> Self {
        let mut loads = BTreeMap::new();
        for (id, desk) in state.desks() {
            let open = desk.work.iter().filter_map(|work| state.interactions.get(work));
            for open in open.filter(|open| !open.is_second_line_of(id)) {
                *loads.entry((id, open.media)).or_default() += 1;
            }
        }
        Self(loads)
    }
}

/// No agent is given more than fits.
fn capacity_holds(before: &Loads, state: &State) -> Result<(), String> {
    for ((id, media), used) in Loads::of(state).0 {
        let agent = state.config.agents.get(&id);
        let capacity = agent.and_then(|agent| agent.capacity.get(&media)).copied().unwrap_or(0);
        let had = before.0.get(&(id, media)).copied().unwrap_or(0);
        if used > usize::from(capacity).max(had) {
            return Err(format!("{id} has {used} of {media:?}, room for {capacity}"));
        }
    }
    Ok(())
}

/// Every identifier names an open interaction, and each can be found by its GUID.
fn identifiers_lead_home(state: &State) -> Result<(), String> {
    for (identifier, id) in &state.identifiers {
        if !state.interactions.contains_key(id) {
            return Err(format!("{identifier} names {id}, which is gone"));
        }
    }
    let lost = state
        .interactions
        .values()
        .find(|open| state.identifiers.get(&open.guid) != Some(&open.id));
    lost.map_or(Ok(()), |lost| Err(format!("{} cannot be found by its GUID", lost.id)))
}

/// The timers are exactly what the interactions await.
fn timers_are_exact(state: &State) -> Result<(), String> {
    let due = state.interactions.values().filter_map(|open| open.due().map(|due| (due, open.id)));
    let awaited: alloc::collections::BTreeSet<_> = due.collect();
    if awaited == state.timers {
        Ok(())
    } else {
        Err(format!("timers {:?} for {awaited:?}", state.timers))
    }
}

/// No agent with room is left idle beside an interaction that the agent could take.
fn nobody_waits_in_vain(state: &State) -> Result<(), String> {
    for (id, desk) in state.desks().filter(|(_, desk)| desk::takes_offers(desk)) {
        let Some(agent) = state.config.agents.get(&id) else { continue };
        for queue in &agent.queues {
            let media = state.config.queues.get(queue).map(|queue| queue.media);
            let room = media.is_some_and(|media| desk::has_room(state, agent, desk, media));
            let declined = |waiting: InteractionId| state.interactions[&waiting].is_declined_by(id);
            if room && let Some((_, waiting)) = state.waiting.best_for(*queue, agent, declined) {
                return Err(format!("{id} is idle while {waiting} waits in queue {queue}"));
            }
        }
    }
    Ok(())
}
