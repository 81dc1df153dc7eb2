//! What the events of a contact center add up to, now and over intervals.
//!
//! [`Measures`] is a fold over a tenant's log: the same events give the same numbers, wherever and
//! whenever they are added up. There is no clock and no I/O in here, and no float: a ratio is a
//! numerator and a denominator ([`Figure`]), and whoever shows it divides.
//!
//! ```text
//! apply(position, at, event) ─► Measures ◄─ reading(now): queues, agents, figures
//! ```
//!
//! Memory is bounded by the settings and by what is open: one bucket for each interval of each queue
//! and agent. An interval is aligned to the tenant's midnight and is the one that is running. What began
//! before it and goes on counts from the interval's beginning.
#![deny(clippy::float_arithmetic)]

mod agent;
mod counts;
mod figure;
mod fold;
mod interval;
mod open;
mod queue;
mod reading;
mod setup;
mod steps;
mod windows;

pub use agent::{Agent, Doing};
pub use counts::{DoingTimes, QueueCounts, WorkCounts};
pub use figure::{AgentRatio, Figure, Policy, QueueRatio};
pub use fold::Measures;
pub use interval::{Day, Interval};
pub use open::{Open, Phase, Stage, Work};
pub use queue::QueueLive;
pub use reading::{Reading, Staff};
pub use setup::{AgentSetup, QueueSetup, Setup};
pub use steps::{STEP_MS, STEPS, Step};

/// Version of the saved form: changes whenever [`Measures`] does, and an older one is then thrown
/// away and the log added up again.
pub const VERSION: u32 = 3;

/// A customer who leaves sooner has not been kept waiting: fixed by the published analytics
/// (glossary, "Short abandoned").
pub const SHORT_ABANDON_MS: model::time::Millis = 5_000;
