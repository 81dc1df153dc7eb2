//! What the engine has counted, as plain numbers for whoever shows them.

use std::sync::atomic::{AtomicU64, Ordering};

use eventlog::Position;
use model::TenantId;

/// Buckets of [`TenantMetrics::batches`].
pub const BATCH_BUCKETS: usize = 10;

/// What was counted for each tenant since the engine started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metrics {
    /// The tenants, sorted by name.
    pub tenants: Vec<TenantMetrics>,
}

/// What was counted for one tenant since the engine started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantMetrics {
    /// Which tenant.
    pub tenant: TenantId,
    /// Whether it serves now.
    pub ready: bool,
    /// The last durable record.
    pub position: Position,
    /// Requests executed, refused ones included.
    pub commands: u64,
    /// Requests refused by the rules.
    pub rejections: u64,
    /// Requests and queries turned away or left without an answer because the tenant was unavailable.
    pub unavailable: u64,
    /// Queries answered.
    pub queries: u64,
    /// `Wake`s sent because something was due.
    pub wakes: u64,
    /// Events that became durable.
    pub events: u64,
    /// Appends that became durable: each is one batch of requests.
    pub commits: u64,
    /// Appends by the number of requests and wakes in them: bucket `n` counts those with at most `2^n`
    /// (and more than `2^(n-1)`); the last takes what is larger.
    pub batches: [u64; BATCH_BUCKETS],
    /// Requests and queries waiting in the inbox now.
    pub waiting: u64,
    /// How often the shard was rebuilt after a failure.
    pub rebuilds: u64,
    /// Snapshots saved.
    pub snapshots: u64,
    /// Followers now.
    pub followers: u64,
    /// How many records the slowest follower is behind.
    pub follower_lag: u64,
    /// How many records the views are behind.
    pub views_lag: u64,
}

/// Counted while running.
#[derive(Default)]
pub(crate) struct Counters {
    pub(crate) commands: Counter,
    pub(crate) rejections: Counter,
    pub(crate) unavailable: Counter,
    pub(crate) queries: Counter,
    pub(crate) wakes: Counter,
    pub(crate) events: Counter,
    pub(crate) commits: Counter,
    batches: [Counter; BATCH_BUCKETS],
    pub(crate) rebuilds: Counter,
}

/// A number that only grows.
#[derive(Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self, n: usize) {
        self.0.fetch_add(n as u64, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Counters {
    /// Counts an append that carries the events of `turns` requests and wakes.
    pub(crate) fn batch(&self, turns: usize) {
        let bucket = turns.max(1).next_power_of_two().trailing_zeros() as usize;
        self.batches[bucket.min(BATCH_BUCKETS - 1)].add(1);
    }

    pub(crate) fn batches(&self) -> [u64; BATCH_BUCKETS] {
        std::array::from_fn(|bucket| self.batches[bucket].get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_fall_into_powers_of_two() {
        let counters = Counters::default();
        for turns in [0, 1, 2, 3, 4, 512, 100_000] {
            counters.batch(turns);
        }
        assert_eq!(counters.batches(), [2, 1, 2, 0, 0, 0, 0, 0, 0, 2]);
    }
}
