//! The real binary, from outside: started as an operator would, stopped as an operator should not.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod calling;
mod eventstreaming;
mod handover;
mod harness;
mod lasting;
mod listening;
mod operating;
mod serving;
mod streaming;
mod webhooks;
