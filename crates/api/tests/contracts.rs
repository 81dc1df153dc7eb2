//! The HTTP surface, contract by contract, over a real engine.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod augmentation;
mod carrier;
mod eventstreaming;
mod fuzz;
mod login;
mod openapi;
mod operations;
mod socket;
mod util;
mod workspace;
