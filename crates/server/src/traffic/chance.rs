//! Chance, for what people do.

use std::time::Duration;

use rand::RngExt;

/// A time between two numbers of milliseconds.
pub(super) fn between(from_ms: u64, to_ms: u64) -> Duration {
    Duration::from_millis(rand::rng().random_range(from_ms..=to_ms))
}

/// True in so many of a hundred cases.
pub(super) fn percent(chance: u32) -> bool {
    rand::rng().random_range(0..100) < chance
}

/// One of them.
pub(super) fn pick<T>(of: &[T]) -> &T {
    &of[rand::rng().random_range(0..of.len())]
}

/// The time until the next of many who come independently, `per_minute` on average; at most a minute.
pub(super) fn until_next(per_minute: u32) -> Duration {
    let mean = 60.0 / f64::from(per_minute.max(1));
    let uniform: f64 = rand::rng().random_range(f64::EPSILON..1.0);
    Duration::from_secs_f64((-uniform.ln() * mean).min(60.0))
}
