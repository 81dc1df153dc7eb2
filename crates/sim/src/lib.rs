//! Seeded simulation of the kernel: a tenant's day with impatient customers, agents who reject or do
//! not answer, clocks that step back and machines that crash, checked after every turn.
//!
//! One seed is one day: the same seed gives the same bytes. Nothing of this is shipped.
//!
//! The programs `load`, `crash` and `fuzz` do the same to the real binary, from outside.

pub mod crash;
pub mod fanout;
pub mod fuzz;
pub mod http;
pub mod oracle;
pub mod postgres;
pub mod recount;
pub mod server;
pub mod site;
pub mod tenant;
pub mod told;
pub mod workload;
pub mod world;

pub use world::{Report, run};
