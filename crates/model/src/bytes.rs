//! The byte form of an event: one JSON object, its tag the only key of `event`.

use alloc::vec::Vec;
use core::fmt;

use crate::Recorded;

/// Bytes that are no event this version knows.
#[derive(Debug)]
pub struct Unreadable(serde_json::Error);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unreadable event: {}", self.0)
    }
}

impl core::error::Error for Unreadable {}

/// Writes one record.
#[must_use]
pub fn encode(recorded: &Recorded) -> Vec<u8> {
    serde_json::to_vec(recorded).expect("events hold only what JSON can hold")
}

/// Reads one record.
///
/// # Errors
/// When the bytes are damaged, or come from a newer version.
pub fn decode(bytes: &[u8]) -> Result<Recorded, Unreadable> {
    serde_json::from_slice(bytes).map_err(Unreadable)
}
