//! The client side of a running server's HTTP APIs.

use std::{fs, path::Path, time::Duration};

use anyhow::{Context, bail};
use reqwest::{Certificate, Method, RequestBuilder, Response, StatusCode};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// How long one request may take.
const REQUEST: Duration = Duration::from_secs(10);

/// A server somewhere.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
}

/// What the server said instead of yes.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) code: String,
    pub(crate) message: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (HTTP {}, {})", self.message, self.status.as_u16(), self.code)
    }
}

impl std::error::Error for Refusal {}

impl Client {
    /// A client of the server at `base`, as in `http://127.0.0.1:8088`. `ca` is a PEM file of
    /// certificates to trust instead of the system's.
    pub(crate) fn new(base: &str, ca: Option<&Path>) -> anyhow::Result<Self> {
        let mut builder = reqwest::Client::builder()
            .timeout(REQUEST)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none());
        if let Some(ca) = ca {
            let pem = fs::read(ca).with_context(|| format!("reading {}", ca.display()))?;
            let trusted = Certificate::from_pem_bundle(&pem)
                .with_context(|| format!("{} holds no certificates", ca.display()))?;
            builder = builder.tls_certs_only(trusted);
        }
        let http = builder.build().context("preparing the HTTP client")?;
        Ok(Self { http, base: base.trim_end_matches('/').to_owned() })
    }

    /// A request to a path, to be sent with [`answer`] or [`done`].
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        answer(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &impl Serialize) -> anyhow::Result<()> {
        done(self.request(Method::POST, path).json(body)).await
    }
}

/// Sends a request and reads its answer.
pub(crate) async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> anyhow::Result<T> {
    let response = accepted(request).await?;
    let url = response.url().to_string();
    response.json().await.with_context(|| format!("reading the answer of {url}"))
}

/// Sends a request whose answer does not matter beyond its success.
pub(crate) async fn done(request: RequestBuilder) -> anyhow::Result<()> {
    accepted(request).await.map(drop)
}

async fn accepted(request: RequestBuilder) -> anyhow::Result<Response> {
    let response = match request.send().await {
        Ok(response) => response,
        Err(error) if error.is_connect() => {
            let at = error.url().map_or_else(String::new, |url| format!(" at {}", origin(url)));
            return Err(anyhow::Error::new(error).context(format!("no server answers{at}")));
        }
        Err(error) => return Err(error.into()),
    };
    if response.status().is_success() {
        return Ok(response);
    }
    bail!(refusal(response).await)
}

fn origin(url: &reqwest::Url) -> String {
    url.origin().ascii_serialization()
}

async fn refusal(response: Response) -> Refusal {
    let status = response.status();
    let body: Value = response.json().await.unwrap_or_default();
    let text = |field: &str| body.get(field).and_then(Value::as_str).map(str::to_owned);
    let reason = || status.canonical_reason().unwrap_or("refused").to_owned();
    Refusal {
        status,
        code: text("code").unwrap_or_else(reason),
        message: text("message").unwrap_or_else(reason),
    }
}
