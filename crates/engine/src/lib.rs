//! The shell around the kernel: shards, clock, timers, group commit, followers, views.
