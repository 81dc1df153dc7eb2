//! Seeds, fault plans, workloads and oracles; not shipped.
