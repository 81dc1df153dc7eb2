//! One suite for every backend: `contract` runs on all of them, the other modules on the one they name.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "this is a test")]

mod child;
mod contract;
mod disk_full;
mod kill;
mod memory;
mod random;
mod sqlite;
mod world;
