//! Agents and numbers that a node names: fixed, or held by a variable.

use model::{
    AgentId, Text,
    flow::{NamedAgent, NamedNumber},
    phone,
};

use super::{Lookup, Scope, condition::NOT_IVR_ENABLED};

/// Whom a node names; `None` when the variable holds no agent's id.
#[must_use]
pub fn agent(named: &NamedAgent, scope: &dyn Scope) -> Option<AgentId> {
    match named {
        NamedAgent::Agent(agent) => Some(*agent),
        NamedAgent::Variable(name) => match scope.variable(name) {
            Lookup::Value { text, .. } => AgentId::parse(&text),
            Lookup::Missing | Lookup::NotIvrEnabled => None,
        },
    }
}

/// The number that a node names, as a carrier takes it.
///
/// # Errors
/// What the trace says when there is none to ring: the variable is missing, private, or no number.
pub fn number(named: &NamedNumber, scope: &dyn Scope) -> Result<Text, &'static str> {
    let dialable = |text: &str| phone::dialable(text).ok_or("not-a-number");
    match named {
        NamedNumber::Number(number) => dialable(number),
        NamedNumber::Variable(name) => match scope.variable(name) {
            Lookup::Missing => Err("missing"),
            Lookup::NotIvrEnabled => Err(NOT_IVR_ENABLED),
            Lookup::Value { private: true, .. } => Err("private"),
            Lookup::Value { text, .. } => dialable(&text),
        },
    }
}
