//! The rules of a contact center as a pure state machine: commands in, events out.
//!
//! There is no clock, no I/O, no randomness and no float in here, and `no_std` makes the compiler
//! hold us to it; time and random ids come in with the command. Four kinds of functions:
//!
//! - `decide(&State, command, now)` may refuse and cannot change anything;
//! - `react(&mut Turn, &Event)` cannot refuse and emits more events;
//! - `State::apply(&Event, at)` is the only mutator, and all that replay calls;
//! - `State::next_wakeup()` says when the shell must send `Wake`.
#![no_std]
#![deny(clippy::float_arithmetic, clippy::wildcard_enum_match_arm)]

extern crate alloc;

pub mod center;
pub mod flow;
pub mod invariant;
pub mod state;
mod turn;

pub use state::State;
pub use turn::execute;

/// Version of the snapshot form: changes whenever `State` does, and older snapshots are then
/// thrown away and the log is replayed.
pub const VERSION: u32 = 7;
