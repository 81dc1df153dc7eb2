//! Instants and durations as whole milliseconds.

use serde::{Deserialize, Serialize};

/// Milliseconds since the Unix epoch. The kernel never asks for it: it comes with the command.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub u64);

/// A length of time in milliseconds.
pub type Millis = u64;

impl Timestamp {
    /// The instant `ms` later; stays at the end of time instead of wrapping.
    #[must_use]
    pub fn plus(self, ms: Millis) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to here; 0 when `earlier` is in fact later (a clock stepped back).
    #[must_use]
    pub fn since(self, earlier: Self) -> Millis {
        self.0.saturating_sub(earlier.0)
    }
}
