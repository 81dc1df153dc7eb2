//! The durable log: opaque records at gap-free positions, one fenced writer per log, cursors and snapshots.
//!
//! A [`Store`] keeps many named logs. A log is written by the holder of the newest [`Claim`] and read by
//! anyone. Nothing here knows what a record means; the crate depends on nothing of ours.
//!
//! ```text
//! claim ──► append(after, records, done) ──► [queue] ──► one commit for all logs ──► done(Ok(end))
//!                                                              │
//! read(after, limit) ◄──── only durable records ◄──────────────┘
//! ```
//!
//! Backends: [`SqliteStore`] (one machine, the default) and [`MemoryStore`] (tests, with injected faults).
//! What a record's acknowledgement promises is the same in both: it survives a crash of the process and,
//! in SQLite, of the machine.

mod answer;
mod checksum;
mod error;
mod log;
mod memory;
mod sqlite;

pub use error::LogError;
pub use log::{Claim, Done, Position, Record, Snapshot, Store, limits};
pub use memory::{Faults, MemoryStore};
pub use sqlite::{SqliteStore, backup_database};
