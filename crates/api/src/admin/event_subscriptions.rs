//! Who listens to the tenant's events, and how far each has come.

use axum::{Json, extract::State};
use serde::Serialize;
use stream::subscription::Sharing;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, auth::Administrator, error::Problem};

/// When to try again what is not available now.
const RETRY_MS: u64 = 1_000;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Who listens.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EventSubscriptions {
    /// Clients of the Streaming API that are connected.
    stream_clients: Vec<StreamClient>,
    /// Subscriptions of Event Streaming, connected or not.
    subscriptions: Vec<Subscription>,
}

/// A client of the Streaming API that is connected.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct StreamClient {
    subscription_id: String,
    /// In epoch milliseconds.
    connected_since: u64,
    /// `JSON`, `XML`, `NEWLINE_JSON` or `NEWLINE_XML`.
    output_type: &'static str,
    /// The last event that it was sent.
    sequence: u64,
    /// Events that it was not sent yet.
    lag: u64,
}

/// A subscription of Event Streaming.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventSubscription)]
struct Subscription {
    topic: String,
    name: String,
    /// How its consumers share: `Exclusive`, `Failover`, `Shared`, `Key_Shared`; `null` while there are none.
    #[serde(rename = "type")]
    #[schema(required)]
    sharing: Option<&'static str>,
    /// It outlives its consumers.
    durable: bool,
    consumers: usize,
    /// Messages that nobody has acknowledged, at most: those for other topics may be among them.
    backlog: u64,
}

/// Who listens to the tenant's events. All of them: at most three clients, and some 1,000 subscriptions.
#[utoipa::path(
    get, path = "/admin/v1/event-subscriptions", tag = "administration",
    operation_id = "listEventSubscriptions",
    responses((status = 200, body = EventSubscriptions), Administrator),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn list(
    State(app): State<App>,
    Administrator(caller): Administrator,
) -> Result<Json<EventSubscriptions>, Problem> {
    let unavailable = Problem::Unavailable { retry_ms: RETRY_MS };
    let stream = app.streams().tenant(&caller.tenant).ok_or_else(|| unavailable.clone())?;
    let clients = app.live().clients(&caller.tenant).into_iter();
    let stream_clients = clients
        .map(|client| StreamClient {
            connected_since: client.since.0,
            output_type: client.output,
            sequence: client.sent,
            lag: stream.head().saturating_sub(client.sent),
            subscription_id: client.subscription,
        })
        .collect();
    let listed = app.event_streaming().subscriptions().list(&caller.tenant).await;
    let listed = listed.map_err(|error| {
        tracing::warn!(tenant = %caller.tenant, %error, "subscriptions cannot be listed");
        unavailable
    })?;
    let subscriptions = listed
        .into_iter()
        .map(|one| Subscription {
            topic: one.topic.as_ref().to_owned(),
            name: one.name.as_ref().to_owned(),
            sharing: one.sharing.map(word),
            durable: one.durable,
            consumers: one.consumers,
            backlog: one.backlog,
        })
        .collect();
    Ok(Json(EventSubscriptions { stream_clients, subscriptions }))
}

fn word(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Exclusive => "Exclusive",
        Sharing::Failover => "Failover",
        Sharing::Shared => "Shared",
        Sharing::KeyShared => "Key_Shared",
    }
}
