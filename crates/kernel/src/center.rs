//! The contact center's rules. They talk to each other through events and read shared state; no rule
//! calls another rule's code, except that all may read the indexes in [`waiting`].

use alloc::vec::Vec;

use model::{Command, Event, Rejection, Timestamp};

use crate::{State, turn::Turn};

pub(crate) mod access;
pub mod config;
pub(crate) mod conversation;
pub(crate) mod customer;
pub mod desk;
pub mod interaction;
pub(crate) mod lines;
pub mod place;
pub mod routing;
pub(crate) mod script;
pub mod secret_link;
pub(crate) mod successor;
pub(crate) mod supervise;
pub(crate) mod transfer;
pub mod waiting;
pub(crate) mod wrap_up;

pub(crate) fn decide(
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Administer(administration) => config::administer(state, administration, now),
        Command::Access(command) => access::decide(state, command, now),
        Command::Agent(command) => conversation::decide(state, command, now),
        Command::Configure(settings) => config::decide(state, settings),
        Command::Interaction(command) => customer::decide(state, command, now),
        Command::SecretLink(command) => secret_link::decide(state, command, now),
        Command::Supervise { by, command } => supervise::decide(state, *by, command, now),
        Command::Wake => Ok(Vec::new()),
    }
}

/// Wrap-up begins before a customer who was handed on arrives elsewhere, and an interaction is closed
/// only after that: the published order of events.
pub(crate) fn react(turn: &mut Turn<'_>, event: &Event) {
    script::react(turn, event);
    lines::react(turn, event);
    conversation::react(turn, event);
    wrap_up::begin(turn, event);
    transfer::react(turn, event);
    wrap_up::conclude(turn, event);
    desk::react(turn, event);
    routing::react(turn, event);
}
