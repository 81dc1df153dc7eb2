//! Outward protocols: the simulated carrier.
