//! Seeded simulation of the kernel: a tenant's day with impatient customers, agents who reject or do
//! not answer, clocks that step back and machines that crash, checked after every turn.
//!
//! One seed is one day: the same seed gives the same bytes. Nothing of this is shipped.

pub mod oracle;
pub mod tenant;
pub mod workload;
pub mod world;

pub use world::{Report, run};
