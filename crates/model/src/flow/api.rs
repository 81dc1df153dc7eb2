//! A node that asks another system about the customer.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{Text, time::Millis};

/// A GET, and what to take from its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetFromApi {
    /// Whom to ask; `{_name}` inserts a variable that is not private, percent-encoded.
    pub url: Text,
    /// Headers to send.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<ApiHeader>,
    /// How long to wait for the answer.
    pub timeout_ms: Millis,
    /// What of the answer goes where.
    pub answers: Vec<ApiField>,
}

/// A header of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiHeader {
    /// Its name.
    pub name: Text,
    /// Its value; `{_name}` inserts a variable, private ones too. Filled in, it is sealed at rest.
    pub value: Text,
}

/// A field of an answer and the variable that gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiField {
    /// Where it is in the JSON: names and, in lists, places counted from 0, with dots between them
    /// (`orders.0.status`). A field that is not there, or `null`, sets nothing.
    pub field: Text,
    /// The variable.
    pub variable: Text,
}
