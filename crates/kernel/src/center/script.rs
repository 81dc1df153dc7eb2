//! Scripts: drives the flow interpreter for each interaction.

use alloc::vec::Vec;

use model::{
    Event, InteractionId, Text, Timestamp,
    event::{NodePassed, OfferEnded},
    flow::{Node, NodeId},
    interaction::{Direction, EndCause},
    limits::{FLOW_STEPS_PER_RUN_MAX, FLOW_STEPS_PER_TURN_MAX, VARIABLES_PER_INTERACTION_MAX},
    time::Millis,
    variable::{Variable, VariableName},
};

use crate::{
    State,
    center::{
        interaction::Interaction,
        place::{Place, Run},
    },
    flow::{self, Move, Progress, Scope},
    turn::Turn,
};

mod act;
mod api;
mod calls;
mod sight;

use act::act;
pub(crate) use api::answered;
pub(crate) use sight::SYSTEM_VARIABLES;
use sight::Sight;

pub(crate) fn react(turn: &mut Turn<'_>, event: &Event) {
    if let Event::InteractionCreated(created) = event {
        if created.direction == Direction::Out || created.original.is_some() {
            return;
        }
        let channel = turn.state.config.channels.get(&created.channel);
        let script = channel.and_then(|channel| turn.state.config.script(channel.script)).cloned();
        match script {
            Some(script) => {
                enter(turn, created.interaction, script.id, script.version, &script.flow.start)
            }
            None => end(turn, created.interaction, EndCause::ScriptError),
        }
    } else if let Event::NodeEntered { interaction, .. } = event {
        arrive(turn, *interaction);
    } else if let Event::NodePassed(passed) = event {
        leave(turn, passed.interaction, &passed.node, &passed.exit);
    } else if let Event::DigitsPressed { interaction, .. } = event {
        progress(turn, *interaction, flow::pressed);
    } else if let Event::MessageRecorded { interaction, message } = event {
        let moves = running(turn.state, *interaction)
            .map(|(_, _, node)| flow::recorded(node, message.duration_ms));
        perform(turn, *interaction, moves.unwrap_or_default());
    } else if let Event::ApiAnswered { interaction, fault, .. } = event {
        api::go_on(turn, *interaction, fault.as_ref());
    } else if let Event::InteractionDequeued { interaction, exit, .. } = event {
        pass(turn, *interaction, exit, None);
    } else if let Event::OfferEnded(OfferEnded { interaction, .. })
    | Event::DialEnded { interaction, .. }
    | Event::PartyLeft { interaction } = event
    {
        let exit = running(turn.state, *interaction)
            .and_then(|(_, _, node)| calls::exit_after_call(&node.kind, event));
        if let Some(exit) = exit {
            pass(turn, *interaction, exit, None);
        }
    }
}

/// Whether the script goes on after a call that it made itself.
pub(crate) fn goes_on(state: &State, id: InteractionId, event: &Event) -> bool {
    running(state, id)
        .is_some_and(|(_, _, node)| calls::exit_after_call(&node.kind, event).is_some())
}

/// The awaited time has passed.
pub(crate) fn expire(turn: &mut Turn<'_>, id: InteractionId) {
    let due =
        turn.state.interactions.get(&id).and_then(|interaction| interaction.run.as_ref()?.until);
    if due.is_some_and(|until| until <= turn.now) {
        progress(turn, id, flow::expired);
    }
}

/// Whether the keys pressed now are a private value.
pub(crate) fn wants_private_digits(state: &State, run: &Run) -> bool {
    node_of(state, run).is_some_and(flow::wants_private_digits)
}

/// How long at most what is recorded now may be; `None` when nothing is.
pub(crate) fn records(state: &State, on: &Interaction) -> Option<Millis> {
    let (_, run, node) = running(state, on.id)?;
    flow::recording_ms(node).filter(|_| run.until.is_some())
}

fn node_of<'s>(state: &'s State, run: &Run) -> Option<&'s Node> {
    state.config.scripts.get(&(run.script, run.version))?.flow.nodes.get(&run.node)
}

/// The interaction, its run and its node, while the script serves the customer.
fn running(state: &State, id: InteractionId) -> Option<(&Interaction, &Run, &Node)> {
    let interaction =
        state.interactions.get(&id).filter(|interaction| interaction.place == Place::Script)?;
    let run = interaction.run.as_ref()?;
    Some((interaction, run, node_of(state, run)?))
}

fn enter(
    turn: &mut Turn<'_>,
    interaction: InteractionId,
    script: model::ScriptId,
    version: u32,
    node: &NodeId,
) {
    turn.emit(Event::NodeEntered { interaction, script, version, node: node.clone() });
}

fn end(turn: &mut Turn<'_>, interaction: InteractionId, cause: EndCause) {
    turn.emit(Event::InteractionEnded { interaction, cause });
}

fn pass(turn: &mut Turn<'_>, interaction: InteractionId, exit: &str, note: Option<Text>) {
    let Some((_, run, _)) = running(turn.state, interaction) else { return };
    let node = run.node.clone();
    turn.emit(Event::NodePassed(NodePassed { interaction, node, exit: exit.into(), note }));
}

fn leave(turn: &mut Turn<'_>, id: InteractionId, node: &NodeId, exit: &str) {
    let Some((_, run, at)) = running(turn.state, id) else { return };
    if run.node != *node {
        return;
    }
    let (script, version) = (run.script, run.version);
    match flow::follow(at, exit).cloned() {
        Some(next) => enter(turn, id, script, version, &next),
        None if exit == "error" => end(turn, id, EndCause::ScriptError),
        None => end(turn, id, EndCause::Script),
    }
}

fn arrive(turn: &mut Turn<'_>, id: InteractionId) {
    let Some((interaction, run, node)) = running(turn.state, id) else {
        if turn.state.interactions.get(&id).is_some_and(|lost| lost.place == Place::Script) {
            end(turn, id, EndCause::ScriptError);
        }
        return;
    };
    let endless = usize::try_from(run.burst).map_or(true, |burst| burst > FLOW_STEPS_PER_TURN_MAX);
    if endless || run.steps > FLOW_STEPS_PER_RUN_MAX {
        return end(turn, id, EndCause::ScriptError);
    }
    let moves = flow::enter(
        &run.node,
        node,
        &Sight { state: turn.state, interaction, now: turn.now },
        turn.now,
    );
    perform(turn, id, moves);
}

type Continue = fn(&Node, Progress<'_>, &dyn Scope, Timestamp) -> Vec<Move>;

fn progress(turn: &mut Turn<'_>, id: InteractionId, go_on: Continue) {
    let Some((interaction, run, node)) = running(turn.state, id) else { return };
    let progress = Progress { tries: run.tries, digits: &run.digits };
    let moves =
        go_on(node, progress, &Sight { state: turn.state, interaction, now: turn.now }, turn.now);
    perform(turn, id, moves);
}

fn perform(turn: &mut Turn<'_>, interaction: InteractionId, moves: Vec<Move>) {
    for next in moves {
        match next {
            Move::Pass { exit, note } => pass(turn, interaction, &exit, note),
            Move::Assign { variable, value, private } => {
                if !assign(turn, interaction, &variable, value, private) {
                    return pass(turn, interaction, "error", Some("too-many-variables".into()));
                }
            }
            Move::Say(text) => turn.emit(Event::PromptPlayed { interaction, text }),
            Move::Await { keys, until } => {
                turn.emit(Event::InputAwaited { interaction, keys, until })
            }
            Move::Ask(question) => api::ask(turn, interaction, question),
            Move::Act => act(turn, interaction),
        }
    }
}

/// False when the interaction cannot carry one more.
fn assign(turn: &mut Turn<'_>, id: InteractionId, name: &str, value: Text, private: bool) -> bool {
    let Some(interaction) = turn.state.interactions.get(&id) else { return false };
    let full = interaction.variables.len() >= VARIABLES_PER_INTERACTION_MAX;
    if interaction.variable(name).is_none() && full {
        return false;
    }
    let Some(variable) = variable_of(interaction, name, value, private) else { return false };
    turn.emit(Event::VariablesSet { interaction: id, variables: alloc::vec![variable] });
    true
}

/// A script's variable keeps what an integration said about showing it; it becomes testable, and
/// private when its source is. `None` when the name is none.
fn variable_of(on: &Interaction, name: &str, value: Text, private: bool) -> Option<Variable> {
    let name = VariableName::parse(name).ok()?;
    let known = on.variable(name.as_str()).cloned();
    let was_private = known.as_ref().is_some_and(Variable::is_private);
    let (display, display_name, data_type) = known
        .map_or((None, None, None), |known| (known.display, known.display_name, known.data_type));
    let privacy = (private || was_private).then_some(true);
    Some(Variable { name, value, ivr: Some(true), display, display_name, data_type, privacy })
}
