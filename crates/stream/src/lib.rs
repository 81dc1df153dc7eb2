//! Everything that happens, as public events: one gap-free sequence of messages per tenant.
//!
//! ```text
//! log ──► follower thread ──► project (pure) ──► store ──► Stream::read, Stream::next
//!                             events in,         one transaction:   memory for those who are up to
//!                             messages out       messages, state,   date, disk for those behind
//!                                                position
//! ```
//!
//! - The same log gives the same messages, byte by byte: what is stored can be thrown away and made again.
//! - Messages are kept for a time and up to a size; numbers are never used twice.
//! - A [`subscription`] hands messages to consumers and keeps what they acknowledged.
//! - Subscribers keep what they need to go on in a [`Stream`]'s cursors, which are not made from the log.
//!
//! Contracts that carry these messages to somebody (a WebSocket, a webhook) are elsewhere.

mod cursors;
mod dead_letters;
mod error;
mod filler;
mod message;
mod project;
mod source;
mod store;
mod stream;
mod streams;
pub mod subscription;
mod subscriptions;
mod tail;
mod topic;
mod xml;

pub use cursors::{CURSOR_BYTES_MAX, CURSOR_NAME_BYTES_MAX, CURSORS_MAX};
pub use error::StreamError;
pub use message::{INSTANCE, Kind, Message, Root};
pub use project::Projection;
pub use source::{Page, Source};
pub use stream::{READ_MAX, Stream};
pub use streams::{Options, Streams};
pub use subscriptions::{AttachError, Consumer, Delivered, Standing, Subscriptions, Wish};
pub use topic::Topic;
pub use xml::xml;
