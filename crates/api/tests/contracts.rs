//! The HTTP surface, contract by contract, over a real engine.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod administration;
mod agent_status;
mod audit;
mod augmentation;
mod carrier;
mod credentials;
mod eventstreaming;
mod fuzz;
mod handover;
mod lines;
mod login;
mod oauth;
mod openapi;
mod operations;
mod phone_calls;
mod realtime_metrics;
mod sapi;
mod schedules;
mod scripts;
mod socket;
mod statistics;
mod supervisor;
mod util;
mod webhooks;
mod workspace;
