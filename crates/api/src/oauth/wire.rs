//! The JSON of OAuth tokens, as published: numbers are strings.

use model::Timestamp;
use serde::Serialize;

use crate::secret::Secret;

/// A token.
#[derive(Serialize)]
pub(super) struct Issued {
    access_token: String,
    token_type: &'static str,
    expires_in: String,
    issued_at: String,
    status: &'static str,
    scope: &'static str,
    refresh_token_expires_in: &'static str,
    refresh_count: &'static str,
    client_id: &'static str,
    #[serde(rename = "developer.email")]
    developer_email: &'static str,
    api_product_list: String,
    api_product_list_json: Vec<String>,
}

/// An error.
#[derive(Serialize)]
pub(super) struct Error {
    pub(super) error: &'static str,
}

impl Issued {
    pub(super) fn new(token: &Secret, products: &[&str], now: Timestamp, life_s: u64) -> Self {
        Self {
            access_token: token.reveal().to_owned(),
            token_type: "BearerToken",
            expires_in: life_s.to_string(),
            issued_at: now.0.to_string(),
            status: "approved",
            scope: "",
            refresh_token_expires_in: "0",
            refresh_count: "0",
            client_id: "deprecated",
            developer_email: "deprecated",
            api_product_list: format!("[{}]", products.join(", ")),
            api_product_list_json: products.iter().map(|&product| product.to_owned()).collect(),
        }
    }
}
