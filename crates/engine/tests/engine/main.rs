//! The engine from outside, over a log in memory that fails when told to, and over SQLite.
//!
//! A [`World`](world::World) is an engine with one tenant, a small center (ann and ben in sales), and a clock
//! that stands still. Its store counts appends, so that tests wait for events and never sleep.
#![expect(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod audit;
mod backup;
mod clock;
mod durability;
mod follow;
mod measures;
mod rebuild;
mod recovery;
mod sealing;
mod store;
mod views;
mod world;
