//! Event Streaming: the WebSocket form of Apache Pulsar, as published for the 8x8 Contact Center.
//!
//! A reader begins anywhere and keeps no state here; a consumer takes part in a subscription, whose rules
//! are those of [`stream::subscription`]. This module reads and writes frames, and nothing else.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    extract::{
        FromRequestParts, Path,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::request::Parts,
    response::Response,
};
use model::{TenantId, Text};
use stream::{Source, Subscriptions, Topic, Wish};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{App, lock},
    auth::revocation::revoked,
    path::Parameters,
};

mod consumer;
mod credential;
mod envelopes;
mod link;
mod reader;
mod wire;

use credential::{Credential, Rights};
use envelopes::Envelopes;
pub(crate) use wire::answer;
use wire::{ConsumerWish, ReaderWish, Refusal, RefusalBody};

/// How long a client waits for the stream to have come to what happens now: well under the 45 s that
/// published clients give a handshake.
const PATIENCE: Duration = Duration::from_secs(10);

/// Shared by all connections.
pub(crate) struct Shared {
    subscriptions: Subscriptions,
    connections_max: usize,
    tenants: Mutex<HashMap<TenantId, Tenant>>,
}

/// What the connections of one tenant share.
#[derive(Clone)]
struct Tenant {
    slots: Arc<Semaphore>,
    envelopes: Arc<Envelopes>,
}

impl Shared {
    pub(crate) fn new(subscriptions: Subscriptions, connections_max: usize) -> Self {
        Self { subscriptions, connections_max, tenants: Mutex::default() }
    }

    /// All subscriptions.
    pub(crate) fn subscriptions(&self) -> &Subscriptions {
        &self.subscriptions
    }

    fn tenant(&self, tenant: &TenantId) -> Tenant {
        let mut tenants = lock(&self.tenants);
        let made = || Tenant {
            slots: Arc::new(Semaphore::new(self.connections_max)),
            envelopes: Arc::default(),
        };
        tenants.entry(tenant.clone()).or_insert_with(made).clone()
    }
}

/// The routes of this contract.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(reader)).routes(routes!(consumer)).routes(routes!(producer))
}

/// A client that may read its tenant's events, on its way to a WebSocket.
struct Client {
    app: App,
    credential: Credential,
    parameters: Parameters,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
}

/// What a client is let in with.
struct Grant {
    app: App,
    credential: Credential,
    envelopes: Arc<Envelopes>,
    _slot: OwnedSemaphorePermit,
}

impl FromRequestParts<App> for Client {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let Path(path) = path.map_err(|_| Refusal::NOT_FOUND)?;
        let tenant = path.get("tenant").and_then(|tenant| TenantId::parse(tenant));
        let tenant = tenant.ok_or(Refusal::UNAUTHENTICATED)?;
        let parameters = Parameters::from_request_parts(parts, app).await;
        let parameters = parameters.map_err(|_| Refusal::parameter("they cannot be read"))?;
        let credential = Credential::read(&tenant, &parts.headers, &parameters);
        let credential = credential.ok_or(Refusal::UNAUTHENTICATED)?;
        match rights(app, &credential).await? {
            Rights::Events => {}
            Rights::Other => return Err(Refusal::FORBIDDEN),
            Rights::None => return Err(Refusal::UNAUTHENTICATED),
        }
        let upgrade = WebSocketUpgrade::from_request_parts(parts, app).await;
        Ok(Self { app: app.clone(), credential, parameters, upgrade })
    }
}

/// What a credential opens now. A tenant that is not known opens nothing.
async fn rights(app: &App, credential: &Credential) -> Result<Rights, Refusal> {
    let asked = credential.clone();
    let look = move |state: &engine::State, _| asked.rights(state);
    match app.engine().query(&credential.tenant, look).await {
        Ok(rights) => Ok(rights),
        Err(engine::QueryError::TenantUnknown) => Ok(Rights::None),
        Err(engine::QueryError::Unavailable { .. }) => Err(Refusal::UNAVAILABLE),
    }
}

impl Grant {
    /// Waits until the credential opens the events no more.
    async fn revoked(&self) {
        let Self { app, credential, .. } = self;
        let is_good =
            || async { Ok::<_, Refusal>(rights(app, credential).await? == Rights::Events) };
        revoked(app, &credential.tenant, is_good).await;
    }
}

impl Client {
    /// Finds the topic.
    fn topic(&self, topic: Topic) -> Result<Source, Refusal> {
        let found = self.app.event_streaming().subscriptions.source(&self.credential.tenant, topic);
        found.ok_or(Refusal::UNAVAILABLE)
    }

    /// Lets it in, if there is room. The handshake is the last thing that can be wrong.
    fn admit(self) -> Result<(Grant, WebSocketUpgrade), Refusal> {
        let upgrade = self.upgrade.map_err(|_| Refusal::NO_HANDSHAKE)?;
        let Tenant { slots, envelopes } =
            self.app.event_streaming().tenant(&self.credential.tenant);
        let slot = slots.try_acquire_owned().map_err(|_| Refusal::TOO_MANY)?;
        let (app, credential) = (self.app, self.credential);
        Ok((Grant { app, credential, envelopes, _slot: slot }, upgrade))
    }
}

/// Reads a topic from any place on.
///
/// Every frame from the client gives back one credit; after `receiverQueueSize` messages without one the
/// stream pauses.
#[utoipa::path(
    get, path = "/ws/v2/reader/persistent/{tenant}/{namespace}/{topic}", tag = "event streaming",
    params(
        ("tenant" = String, Path,), ("namespace" = String, Path, description = "`event-v1` or `agent-v1`"),
        ("topic" = String, Path, description = "`all`, an event type, or an agent id"),
        ("messageId" = Option<String>, Query, description = "`earliest`, `latest` or the id before the first"),
        ("receiverQueueSize" = Option<u32>, Query, description = "1 to 1000"),
    ),
    responses(
        (status = 101, description = "The messages follow"),
        (status = 400, body = RefusalBody), (status = 401, body = RefusalBody),
        (status = 403, body = RefusalBody), (status = 404, body = RefusalBody),
        (status = 429, body = RefusalBody), (status = 503, body = RefusalBody),
    ),
    security(("dataRequestToken" = []), ("streamKey" = [])),
)]
async fn reader(
    Path((_, namespace, topic)): Path<(String, String, String)>,
    client: Client,
) -> Result<Response, Refusal> {
    let (topic, _) = wire::topic(&namespace, &topic).ok_or(Refusal::NOT_FOUND)?;
    let wish = ReaderWish::read(&client.parameters)?;
    let source = client.topic(topic)?;
    let (grant, upgrade) = client.admit()?;
    let after = reader::start(&source, wish.start).await?;
    Ok(link::open(upgrade, move |socket| reader::serve(grant, source, after, wish.window, socket)))
}

/// Takes part in a subscription of a topic.
///
/// What is not acknowledged comes again; a durable subscription outlives its consumers.
#[utoipa::path(
    get, path = "/ws/v2/consumer/persistent/{tenant}/{namespace}/{topic}/{subscription}",
    tag = "event streaming",
    params(
        ("tenant" = String, Path,), ("namespace" = String, Path, description = "`event-v1` or `agent-v1`"),
        ("topic" = String, Path, description = "`all`, an event type, or an agent id"),
        ("subscription" = String, Path, description = "1 to 128 letters, digits, `.`, `_` or `-`"),
        ("subscriptionType" = Option<String>, Query, description = "`Exclusive`, `Failover`, `Shared` or `Key_Shared`"),
        ("subscriptionMode" = Option<String>, Query, description = "`Durable` or `NonDurable`"),
        ("receiverQueueSize" = Option<u32>, Query, description = "1 to 1000"),
        ("ackTimeoutMillis" = Option<u32>, Query,),
        ("negativeAckRedeliveryDelay" = Option<u32>, Query,),
        ("maxRedeliverCount" = Option<u32>, Query,),
        ("deadLetterTopic" = Option<String>, Query,),
        ("priorityLevel" = Option<u32>, Query,),
        ("pullMode" = Option<bool>, Query,),
    ),
    responses(
        (status = 101, description = "The messages follow"),
        (status = 400, body = RefusalBody), (status = 401, body = RefusalBody),
        (status = 403, body = RefusalBody), (status = 404, body = RefusalBody),
        (status = 409, body = RefusalBody, description = "Others consume it, and not in this way"),
        (status = 429, body = RefusalBody), (status = 503, body = RefusalBody),
    ),
    security(("dataRequestToken" = []), ("streamKey" = [])),
)]
async fn consumer(
    Path((_, namespace, topic_name, name)): Path<(String, String, String, String)>,
    client: Client,
) -> Result<Response, Refusal> {
    let (topic, full_name) = wire::topic(&namespace, &topic_name).ok_or(Refusal::NOT_FOUND)?;
    if !wire::is_subscription(&name) {
        return Err(Refusal::parameter("a subscription's name is [A-Za-z0-9._-]{1,128}"));
    }
    let tenant = client.credential.tenant.clone();
    let names = (&*namespace, &*topic_name);
    let ConsumerWish { durable, sharing, terms, dead_letters } =
        ConsumerWish::read(&client.parameters, tenant.as_str(), names, &name)?;
    let (grant, upgrade) = client.admit()?;
    let wish = Wish {
        tenant,
        topic,
        topic_name: full_name,
        name: Text::from(name),
        durable,
        sharing,
        terms,
        dead_letters,
    };
    let attached = grant.app.event_streaming().subscriptions.attach(wish);
    let consumer = timeout(PATIENCE, attached).await.map_err(|_| Refusal::UNAVAILABLE)??;
    Ok(link::open(upgrade, move |socket| consumer::serve(grant, consumer, socket)))
}

/// Not offered: events come from what happens.
#[utoipa::path(
    get, path = "/ws/v2/producer/persistent/{tenant}/{namespace}/{topic}", tag = "event streaming",
    params(("tenant" = String, Path,), ("namespace" = String, Path,), ("topic" = String, Path,)),
    responses((status = 401, body = RefusalBody), (status = 403, body = RefusalBody)),
    security(("dataRequestToken" = []), ("streamKey" = [])),
)]
async fn producer(_: Client) -> Refusal {
    Refusal::NO_PRODUCERS
}
