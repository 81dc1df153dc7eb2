//! Webhooks against a real receiver that does what receivers do: fail, hang, close early, say too much.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod delivery;
mod failure;
mod receiver;
mod signature;
mod world;
