//! The words of a contact center: ids, configuration, commands, events, rejections and limits.
//!
//! Nothing here acts. There is no clock, no I/O and no randomness, and `no_std` makes the compiler
//! hold us to it. Two promises are made by this crate: a value that exists is valid (text from
//! outside is parsed into these types at the edge), and the bytes of an event once written can be
//! read for ever (`tests/golden`).
#![no_std]
#![deny(clippy::float_arithmetic, clippy::wildcard_enum_match_arm)]

extern crate alloc;

pub mod access;
pub mod bytes;
pub mod command;
pub mod config;
pub mod event;
pub mod explanation;
pub mod flow;
pub mod id;
pub mod interaction;
pub mod limits;
pub mod phone;
pub mod rejection;
pub mod secret_link;
pub mod status;
pub mod time;
pub mod variable;

/// Shared immutable text: cheap to clone into events, state and views.
pub type Text = alloc::sync::Arc<str>;

pub use command::Command;
pub use event::{Event, Recorded};
pub use id::{
    AgentId, ChannelId, GroupId, InteractionId, OfferId, QueueId, ScheduleId, ScriptId,
    SecretLinkId, SkillId, TenantId, UserId, WebhookId,
};
pub use rejection::Rejection;
pub use time::Timestamp;
