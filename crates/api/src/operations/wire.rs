//! The JSON of operations.

use serde::Serialize;
use utoipa::ToSchema;

/// Whether the server serves.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Readiness {
    /// All tenants serve.
    pub(crate) ready: bool,
    /// The tenants by name. Empty for callers from other machines.
    pub(crate) tenants: Vec<TenantReadiness>,
}

/// Whether a tenant serves.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TenantReadiness {
    pub(crate) id: String,
    /// `recovering`, `ready`, `unavailable`, `refused` or `stopped`.
    #[schema(example = "ready")]
    pub(crate) state: &'static str,
    /// The last durable record.
    pub(crate) position: u64,
}
