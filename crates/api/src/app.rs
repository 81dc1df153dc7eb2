//! What all handlers share.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use channels::webhooks::Webhooks;
use engine::Engine;
use model::TenantId;
use stream::{Streams, Subscriptions};
use tokio::sync::Semaphore;

use crate::{
    auth::{access_token::AccessTokens, revocation::Changes},
    eventstreaming,
    limits::{
        AUGMENTATION_WINDOW, EVENT_CONNECTIONS_MAX, PASSWORD_CHECKS_MAX, window::Room,
        window::Windows,
    },
    login::Throttle,
    metrics::Metrics,
    sapi::{Live, StreamingLimits},
    stop::Stop,
};

/// The HTTP surface, to be given to [`router`](crate::router()).
#[derive(Clone)]
pub struct Api {
    /// Where commands go and answers come from.
    pub engine: Engine,
    /// Everything that happens, for those who subscribe to it.
    pub streams: Streams,
    /// What is sent to other systems.
    pub webhooks: Webhooks,
    /// How it is set up.
    pub options: Options,
}

/// How the HTTP surface is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// Requests without TLS are answered when they come from this machine. Without it, and from
    /// other machines always, they are refused (403), never redirected: they carry credentials.
    pub plain_http_allowed: bool,
    /// The simulated carrier is there, for callers on this machine.
    pub sim_enabled: bool,
    /// Event Streaming connections of one tenant.
    pub event_connections_max: usize,
    /// The limits of the Streaming API.
    pub streaming: StreamingLimits,
    /// Closes the event sockets when the server goes down.
    pub stop: Stop,
}

impl Default for Options {
    /// TLS only, no simulated carrier, and the limits of the contracts.
    fn default() -> Self {
        Self {
            plain_http_allowed: false,
            sim_enabled: false,
            event_connections_max: EVENT_CONNECTIONS_MAX,
            streaming: StreamingLimits::default(),
            stop: Stop::default(),
        }
    }
}

/// Shared by all handlers.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

struct Inner {
    api: Api,
    metrics: Metrics,
    event_streaming: eventstreaming::Shared,
    live: Live,
    augmentation: Mutex<Windows<TenantId>>,
    throttle: Throttle,
    access_tokens: AccessTokens,
    changes: Changes,
    password_checks: Semaphore,
}

impl App {
    pub(crate) fn new(api: Api) -> Self {
        let subscriptions = Subscriptions::new(api.streams.clone());
        let connections_max = api.options.event_connections_max;
        Self(Arc::new(Inner {
            api,
            event_streaming: eventstreaming::Shared::new(subscriptions, connections_max),
            metrics: Metrics::default(),
            live: Live::default(),
            augmentation: Mutex::new(Windows::new(AUGMENTATION_WINDOW)),
            throttle: Throttle::default(),
            access_tokens: AccessTokens::default(),
            changes: Changes::default(),
            password_checks: Semaphore::new(PASSWORD_CHECKS_MAX),
        }))
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.0.api.engine
    }

    pub(crate) fn streams(&self) -> &Streams {
        &self.0.api.streams
    }

    /// The clients of the Streaming API.
    pub(crate) fn live(&self) -> &Live {
        &self.0.live
    }

    pub(crate) fn webhooks(&self) -> &Webhooks {
        &self.0.api.webhooks
    }

    pub(crate) fn options(&self) -> &Options {
        &self.0.api.options
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub(crate) fn event_streaming(&self) -> &eventstreaming::Shared {
        &self.0.event_streaming
    }

    pub(crate) fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    pub(crate) fn access_tokens(&self) -> &AccessTokens {
        &self.0.access_tokens
    }

    /// Tells open connections when to look whether they may still be.
    pub(crate) fn changes(&self) -> &Changes {
        &self.0.changes
    }

    pub(crate) fn password_checks(&self) -> &Semaphore {
        &self.0.password_checks
    }

    /// Counts one Data Augmentation request of a tenant, unless it has had `limit` this minute.
    pub(crate) fn admit_augmentation(&self, tenant: &TenantId, limit: u32) -> Room {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        lock(&self.0.augmentation).admit(tenant, limit, Instant::now())
    }
}

/// A panic while the lock was held leaves counters that are still good.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
