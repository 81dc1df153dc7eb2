//! After a conversation: each agent who took part puts down what came of it, at the agent's own pace;
//! when nobody is connected and nothing is left to put down, the interaction is history.

use alloc::{boxed::Box, vec, vec::Vec};

use model::{
    AgentId, Event, InteractionId, Rejection, event::WrapUpCompleted, interaction::Draft,
    time::Millis,
};

use crate::{
    State,
    center::{
        config,
        conversation::{find, talking},
        interaction::Interaction,
        place::{Paper, Place},
    },
    turn::Turn,
};

/// An agent says that all is put down.
pub(crate) fn complete(
    state: &State,
    agent: AgentId,
    identifier: &str,
    draft: Draft,
) -> Result<Vec<Event>, Rejection> {
    let on = find(state, identifier)?;
    let paper = on.paper(agent).ok_or(Rejection::NotInWrapUp)?;
    let Draft { disposition, codes, note } = draft;
    check_codes(state, &codes)?;
    let queue = paper.queue.and_then(|queue| state.config.queues.get(&queue));
    if codes.is_empty() && queue.is_some_and(|queue| queue.codes_required) {
        return Err(Rejection::TransactionCodeRequired);
    }
    let (interaction, timed_out) = (on.id, false);
    let done = WrapUpCompleted { interaction, agent, disposition, codes, note, timed_out };
    Ok(vec![Event::WrapUpCompleted(Box::new(done))])
}

/// Somebody who need not wait for the agents says that all is put down, codes or not.
pub(crate) fn finish(on: &Interaction) -> Result<Vec<Event>, Rejection> {
    if on.papers.is_empty() {
        return Err(Rejection::NotInWrapUp);
    }
    let done = |paper: &Paper| {
        let draft = paper.seat.draft.as_deref().cloned().unwrap_or_default();
        let (interaction, agent) = (on.id, paper.seat.agent);
        let Draft { disposition, codes, note } = draft;
        let timed_out = false;
        let done = WrapUpCompleted { interaction, agent, disposition, codes, note, timed_out };
        Event::WrapUpCompleted(Box::new(done))
    };
    Ok(on.papers.iter().map(done).collect())
}

/// An agent puts down what comes up, during the talk or after it.
pub(crate) fn put_down(
    state: &State,
    agent: AgentId,
    identifier: &str,
    draft: &Draft,
) -> Result<Vec<Event>, Rejection> {
    let on = find(state, identifier)?;
    let seat = match on.paper(agent) {
        Some(paper) => &paper.seat,
        None => talking(state, agent, identifier)?.1.seat(agent).ok_or(Rejection::NotInTalk)?,
    };
    check_codes(state, &draft.codes)?;
    let (interaction, draft) = (on.id, Box::new(draft.clone()));
    let same = seat.draft.as_ref() == Some(&draft);
    Ok(if same { Vec::new() } else { vec![Event::WrapUpDrafted { interaction, agent, draft }] })
}

fn check_codes(state: &State, codes: &[u32]) -> Result<(), Rejection> {
    let unknown = codes.iter().find(|code| !state.config.transaction_codes.contains_key(code));
    unknown.map_or(Ok(()), |unknown| Err(Rejection::TransactionCodeUnknown(*unknown)))
}

/// Begins the wrap-up of whoever just left a conversation that asks for one.
pub(crate) fn begin(turn: &mut Turn<'_>, event: &Event) {
    let (Event::InteractionEnded { interaction, .. } | Event::AgentLeft { interaction, .. }) =
        event
    else {
        return;
    };
    for (agent, ms) in unwritten(turn.state, *interaction) {
        if ms > 0 {
            let deadline = turn.now.plus(ms);
            turn.emit(Event::WrapUpStarted { interaction: *interaction, agent, deadline });
        }
    }
}

/// Whoever has nothing to put down, or has done so, is free; the last one closes the interaction.
pub(crate) fn conclude(turn: &mut Turn<'_>, event: &Event) {
    if let Event::WrapUpCompleted(done) = event {
        release(turn, done.interaction, done.agent);
    } else if let Event::InteractionEnded { interaction, .. }
    | Event::AgentLeft { interaction, .. } = event
    {
        let agents = unwritten(turn.state, *interaction);
        agents.into_iter().for_each(|(agent, _)| release(turn, *interaction, agent));
        let open = turn.state.interactions.get(interaction);
        if open.is_some_and(|open| matches!(open.place, Place::Ended(_)) && open.papers.is_empty())
        {
            turn.emit(Event::InteractionDeleted { interaction: *interaction, agent: None });
        }
    }
}

/// Who has not begun to put down anything, and how long it may take.
fn unwritten(state: &State, interaction: InteractionId) -> Vec<(AgentId, Millis)> {
    let Some(on) = state.interactions.get(&interaction) else { return Vec::new() };
    // What came of a second line belongs to the first.
    let ms = |paper: &Paper| {
        if on.line_of.is_some() { 0 } else { config::wrap_up_ms(state, paper.queue) }
    };
    let fresh = on.papers.iter().filter(|paper| paper.time.is_none());
    fresh.map(|paper| (paper.seat.agent, ms(paper))).collect()
}

fn release(turn: &mut Turn<'_>, interaction: InteractionId, agent: AgentId) {
    let Some(on) = turn.state.interactions.get(&interaction) else { return };
    let last = matches!(on.place, Place::Ended(_)) && on.papers.len() == 1;
    turn.emit(if last {
        Event::InteractionDeleted { interaction, agent: Some(agent) }
    } else {
        Event::AgentReleased { interaction, agent }
    });
}
