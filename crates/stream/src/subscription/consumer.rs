//! One consumer of a subscription: what it asked for and how much it has.

use model::time::Millis;

/// Messages that a pulling consumer can have without acknowledging any, however many it permits.
const PULLED_MAX: u32 = 10_000;

/// A consumer, as long as it is connected. Never used twice within a subscription.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConsumerId(pub u64);

/// What a consumer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Messages it takes without acknowledging any; at least 1. Not for those that pull.
    pub window: u32,
    /// It says how many it will take, and gets no more.
    pub pull: bool,
    /// How long it has to acknowledge a message before that goes to another.
    pub ack_timeout_ms: Option<Millis>,
    /// After what time a message it refuses comes again.
    pub nack_delay_ms: Millis,
    /// How often a message comes again before it is given up.
    pub redeliveries_max: Option<u32>,
    /// Lower comes first.
    pub priority: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Consumer {
    pub(super) id: ConsumerId,
    pub(super) terms: Terms,
    /// How many more it has pulled for.
    pub(super) permits: u32,
    /// How many it has.
    pub(super) flying: u32,
}

impl Consumer {
    pub(super) fn new(id: ConsumerId, terms: Terms) -> Self {
        Self { id, terms, permits: 0, flying: 0 }
    }

    /// How many more it takes now.
    pub(super) fn free(&self) -> usize {
        let free = if self.terms.pull {
            self.permits.min(PULLED_MAX.saturating_sub(self.flying))
        } else {
            self.terms.window.saturating_sub(self.flying)
        };
        free as usize
    }

    pub(super) fn has_room(&self) -> bool {
        self.free() > 0
    }

    /// Orders consumers differently for each key (rendezvous hashing): when one goes, only its keys move.
    pub(super) fn weight(&self, key: u64) -> u64 {
        let mut x = key ^ self.id.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }
}
