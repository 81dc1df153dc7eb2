//! Other systems: asked by a script, and their answers.

use alloc::{boxed::Box, vec, vec::Vec};

use model::{
    Event, InteractionId, Text,
    event::ApiAsked,
    flow::{ApiField, NodeKind},
    limits::VARIABLES_PER_INTERACTION_MAX,
    variable::{Variable, value_fits},
};

use super::{pass, running, variable_of};
use crate::{State, center::interaction::Interaction, flow::Question, turn::Turn};

pub(super) fn ask(turn: &mut Turn<'_>, interaction: InteractionId, question: Question) {
    let Some((.., node)) = running(turn.state, interaction) else { return };
    let NodeKind::GetFromApi(get) = &node.kind else { return };
    let Question { url, headers, until } = question;
    let (ask, fields) = (turn.state.last_ask + 1, get.answers.clone());
    let asked = ApiAsked { interaction, ask, url, headers, fields, until };
    turn.emit(Event::ApiAsked(Box::new(asked)));
}

/// What comes of an answer: nothing, when nobody waits for it any more.
pub(crate) fn answered(
    state: &State,
    interaction: InteractionId,
    ask: u64,
    values: Result<&[Option<Text>], &Text>,
) -> Vec<Event> {
    let Some((on, run, _)) = running(state, interaction) else { return Vec::new() };
    let Some(asked) = run.asked.as_ref().filter(|asked| asked.ask == ask) else {
        return Vec::new();
    };
    let variables = values
        .map_err(Text::clone)
        .and_then(|values| variables(on, &asked.fields, values).map_err(Text::from));
    let done = |fault| Event::ApiAnswered { interaction, ask, fault };
    match variables {
        Err(fault) => vec![done(Some(fault))],
        Ok(variables) if variables.is_empty() => vec![done(None)],
        Ok(variables) => vec![Event::VariablesSet { interaction, variables }, done(None)],
    }
}

/// The variables with their new values; of fields with the same variable the last counts.
fn variables(
    on: &Interaction,
    fields: &[ApiField],
    values: &[Option<Text>],
) -> Result<Vec<Variable>, &'static str> {
    let mut variables: Vec<Variable> = Vec::new();
    for (field, value) in fields.iter().zip(values) {
        let Some(value) = value else { continue };
        if !value_fits(value) {
            return Err("value-too-long");
        }
        let variable = variable_of(on, &field.variable, value.clone(), false);
        let variable = variable.ok_or("bad-variable-name")?;
        variables.retain(|other| other.name != variable.name);
        variables.push(variable);
    }
    let new = variables.iter().filter(|new| on.variable(new.name.as_str()).is_none()).count();
    let most = VARIABLES_PER_INTERACTION_MAX;
    if on.variables.len() + new > most { Err("too-many-variables") } else { Ok(variables) }
}

pub(super) fn go_on(turn: &mut Turn<'_>, interaction: InteractionId, fault: Option<&Text>) {
    match fault {
        None => pass(turn, interaction, "ok", None),
        Some(fault) => pass(turn, interaction, "error", Some(fault.clone())),
    }
}
