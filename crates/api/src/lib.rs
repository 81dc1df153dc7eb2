//! Inward protocols: one module per contract.
