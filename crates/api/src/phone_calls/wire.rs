//! The JSON of phone calls, as published.

use serde::Serialize;

/// Every answer, good or bad.
#[derive(Debug, Serialize)]
pub(super) struct Envelope {
    pub(super) reasons: Vec<String>,
    /// `OK`, or the words of the HTTP status.
    pub(super) message: &'static str,
}

/// A call that was placed: the documentation names its id one way, the description another.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Placed {
    pub(super) id: String,
    pub(super) interaction_guid: String,
    #[serde(flatten)]
    pub(super) envelope: Envelope,
}

impl Envelope {
    /// It was done.
    pub(super) fn ok(reason: String) -> Self {
        Self { reasons: vec![reason], message: "OK" }
    }
}
