//! Outward protocols: what goes from here to other systems.
//!
//! | Module | What goes out |
//! |---|---|
//! | `webhooks` | public events, signed, to addresses that a tenant names |
//! | `questions` | what scripts ask other systems |
//!
//! Whoever acts outside follows what happens with a cursor of its own, acts at least once, and says each
//! time which event it is, so that the other side can tell a repetition.

mod address;
pub mod questions;
pub mod webhooks;
