//! One attempt to deliver: a signed POST, ten seconds, no redirects (webhooks, "Delivery").

use std::{
    io,
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use engine::Engine;
use ipnet::IpNet;
use model::TenantId;
use reqwest::{Response, StatusCode, header};
use tokio::sync::OnceCell;

use super::signature::Signer;
use crate::address::{self, AddressFault, Clients};

/// How long an attempt may take, from the name to the status.
const ATTEMPT: Duration = Duration::from_secs(10);
/// Bytes of an answer that are read so that the connection can be used again.
const ANSWER_MAX: usize = 16 * 1024;

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The other side took it: any status of 200 to 299.
    Delivered,
    /// The other side answered with another status.
    Refused,
    /// There was no status in time.
    TimedOut,
    /// No connection came about, or it ended before the status.
    NoConnection,
    /// Nothing is sent to this address.
    AddressRefused,
}

impl Outcome {
    pub(super) const ALL: [Self; 5] =
        [Self::Delivered, Self::Refused, Self::TimedOut, Self::NoConnection, Self::AddressRefused];

    /// The word in JSON and on disk.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Refused => "refused",
            Self::TimedOut => "timedOut",
            Self::NoConnection => "noConnection",
            Self::AddressRefused => "addressRefused",
        }
    }
}

/// One attempt, when it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When it began, in milliseconds since 1970.
    pub at: u64,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// The status, if there was one.
    pub status: Option<u16>,
    /// What came of it.
    pub outcome: Outcome,
}

impl Attempt {
    /// The other side wants no more of it.
    pub(super) fn is_gone(&self) -> bool {
        self.status == Some(StatusCode::GONE.as_u16())
    }
}

/// What is sent.
#[derive(Clone, Debug)]
pub(super) struct Post {
    pub(super) uri: Arc<str>,
    pub(super) tenant: TenantId,
    pub(super) event_id: String,
    pub(super) retry: u32,
    pub(super) body: String,
}

/// Sends.
#[derive(Clone)]
pub(super) struct Client {
    clients: Clients,
    engine: Engine,
    /// Made, or read, when it is first needed: making one takes a moment.
    signer: Arc<OnceCell<Signer>>,
}

impl Client {
    pub(super) fn new(engine: Engine, allowed: Arc<[IpNet]>) -> reqwest::Result<Self> {
        let (clients, signer) = (Clients::new(allowed)?, Arc::default());
        Ok(Self { clients, engine, signer })
    }

    /// What signs deliveries.
    pub(super) async fn signer(&self) -> io::Result<&Signer> {
        let open = async || {
            let engine = self.engine.clone();
            let opened = tokio::task::spawn_blocking(move || Signer::open(&engine)).await;
            opened.map_err(io::Error::other)?
        };
        self.signer.get_or_try_init(open).await
    }

    pub(super) fn check(&self, uri: &str) -> Result<(), AddressFault> {
        self.clients.check(uri).map(drop)
    }

    /// Makes one attempt.
    pub(super) async fn send(&self, post: Post) -> Attempt {
        let (at, start) = (wall_clock(), Instant::now());
        let sent = self.post(&post, at).await;
        let took_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (status, outcome) = match sent {
            Ok(response) => {
                let status = response.status();
                drain(response).await;
                let ok = status.is_success();
                (Some(status.as_u16()), if ok { Outcome::Delivered } else { Outcome::Refused })
            }
            Err(outcome) => (None, outcome),
        };
        Attempt { at, took_ms, status, outcome }
    }

    async fn post(&self, post: &Post, at: u64) -> Result<Response, Outcome> {
        let uri = self.clients.check(&post.uri).map_err(|_| Outcome::AddressRefused)?;
        let Post { tenant, event_id, retry, body, .. } = post;
        let signer = self.signer().await.map_err(|error| {
            tracing::error!(%error, "deliveries cannot be signed");
            Outcome::NoConnection
        })?;
        let signature = signer.sign(tenant.as_str(), event_id, *retry, at, body.as_bytes());
        let request = self.clients.of(&uri).post(uri).timeout(ATTEMPT);
        let request = request
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-8x8-tenant-id", tenant.as_str())
            .header("x-8x8-customer-id", tenant.as_str())
            .header("x-8x8-event-id", event_id)
            .header("x-8x8-transmission-time", at)
            .header("x-8x8-retry", *retry)
            .header("x-8x8-signature", signature)
            .body(body.clone());
        request.send().await.map_err(|error| outcome(&error))
    }
}

fn outcome(error: &reqwest::Error) -> Outcome {
    if address::is_refused(error) {
        Outcome::AddressRefused
    } else if error.is_timeout() {
        Outcome::TimedOut
    } else {
        Outcome::NoConnection
    }
}

/// What is left of a short answer is read; the connection of a long one is closed.
async fn drain(mut response: Response) {
    let mut left = ANSWER_MAX;
    while let Ok(Some(chunk)) = response.chunk().await {
        match left.checked_sub(chunk.len()) {
            Some(less) => left = less,
            None => return,
        }
    }
}

/// Milliseconds since 1970.
pub(super) fn wall_clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
