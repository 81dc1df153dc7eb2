//! Inward protocols: one module per contract, wire types only in that contract's `wire`.
//!
//! ```text
//! guard (TLS, sizes, log line) ─► contract ─► auth ─► parse ─► engine.submit / query / views
//! ```
//!
//! | Module | Contract |
//! |---|---|
//! | `augmentation` | Data Augmentation, as published for the 8x8 Contact Center |
//! | `eventstreaming` | Event Streaming over WebSockets, as published for the 8x8 Contact Center |
//! | `sapi` | the Streaming API, as published for the 8x8 Contact Center |
//! | `login` | sessions of people |
//! | `webhook_key` | the public key of webhooks' signatures, as published |
//! | `workspace` | the agents' screen, and why an offer went where it went |
//! | `supervisor` | the wallboard, open interactions, the story of each, and what supervisors change |
//! | `carrier` | a simulated carrier that plays the customers |
//! | `admin` | what administrators set up |
//! | `handover` | one-time links, for whoever was given one |
//! | `agent_status` | Agent status, as published |
//! | `phone_calls` | Phone calls, as published |
//! | `realtime_metrics` | Real-time metrics, as published |
//! | `statistics` | Statistics, as published |
//! | `oauth` | access tokens, as published |
//! | `schedules` | Schedules, as published |
//! | `operations` | liveness, readiness, metrics, the OpenAPI document |
//!
//! Contracts never import each other. What they share: `auth` (who is asking), `json`, `fields` and
//! `body` (what is asked), `error` (why not), `limits`, `read` (views and measures, at a position), `settings` (changing them), `shown` (what
//! is shown alike), `socket` (event sockets); and those
//! published for the same family of hosts `platform` or `gateway`, and `projection`.

mod admin;
mod agent_status;
mod app;
mod augmentation;
mod auth;
mod body;
mod carrier;
mod error;
mod eventstreaming;
mod fields;
mod gateway;
mod guard;
mod guid;
mod handover;
mod headers;
mod json;
mod limits;
mod login;
mod metrics;
mod oauth;
mod openapi;
mod operations;
mod password;
mod path;
mod phone_calls;
mod platform;
mod projection;
mod read;
mod realtime_metrics;
mod router;
mod sapi;
mod schedules;
mod sealed_link;
mod secret;
mod settings;
mod shown;
mod socket;
mod statistics;
mod stop;
mod supervisor;
mod webhook_key;
mod workspace;

pub use app::{Api, Options};
pub use guard::Connection;
pub use guid::interaction_guid;
pub use openapi::document as openapi_document;
pub use router::router;
pub use sapi::StreamingLimits;
pub use secret::{Secret, hash_password};
pub use stop::Stop;
