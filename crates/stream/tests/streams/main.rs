//! The projection and its store, fed by the real kernel.
#![expect(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod golden;
mod lines;
mod store;
mod subscriptions;
mod world;
