//! Measures of small logs that can be added up by hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod agents;
mod intervals;
mod lines;
mod log;
mod service_level;
