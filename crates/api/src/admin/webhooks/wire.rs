//! The spelling of webhooks.

use channels::webhooks::{Attempt, DeadLetter, Delivery};
use model::{
    Text,
    config::Webhook,
    limits::{SHORT_TEXT_CHARS_MAX, URI_CHARS_MAX},
};
use serde::Serialize;
use stream::{Kind, Root};
use utoipa::ToSchema;

use crate::{
    error::Invalid,
    fields::{Fields, Parse},
};

/// Names of events in one webhook: more than there are.
const EVENTS_MAX: usize = 100;

/// The address that an event is sent to, and which events.
#[derive(Debug, ToSchema)]
pub(crate) struct SaveWebhook {
    /// For people.
    #[schema(value_type = String, max_length = 128)]
    pub(crate) name: Text,
    /// `https`, to the public internet, unless the installation allows more.
    #[schema(value_type = String, max_length = 2048, example = "https://example.com/events")]
    pub(crate) uri: Text,
    /// Names of events; none, or no list, means all.
    #[schema(value_type = Option<Vec<String>>)]
    pub(crate) events: Vec<Text>,
    /// Events are sent; they are unless it says otherwise.
    #[schema(value_type = Option<bool>)]
    pub(crate) enabled: bool,
}

impl Parse for SaveWebhook {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let name = fields.text("name", SHORT_TEXT_CHARS_MAX)?;
        let uri = fields.text("uri", URI_CHARS_MAX)?;
        let events = fields.optional_texts("events", EVENTS_MAX, SHORT_TEXT_CHARS_MAX)?;
        let known =
            |event: &str| Kind::parse(event).is_some() || event == Root::AgentProvChange.as_str();
        if let Some(n) = events.iter().position(|event| !known(event)) {
            return Err(Invalid::field(format!("events[{n}]"), "There is no such event."));
        }
        let enabled = fields.optional_bool("enabled")?.unwrap_or(true);
        Ok(Self { name, uri, events, enabled })
    }
}

/// A webhook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WebhookAnswer {
    id: u32,
    name: String,
    uri: String,
    /// Names of events; none means all.
    events: Vec<String>,
    enabled: bool,
    /// The receiver answered 410: nothing is sent until the webhook is saved again.
    gone: bool,
}

impl WebhookAnswer {
    pub(super) fn of(webhook: &Webhook, gone: bool) -> Self {
        Self {
            id: webhook.id.0,
            name: webhook.name.as_ref().to_owned(),
            uri: webhook.uri.as_ref().to_owned(),
            events: webhook.events.iter().map(|event| event.as_ref().to_owned()).collect(),
            enabled: webhook.enabled,
            gone,
        }
    }
}

/// Some of the webhooks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WebhookPage {
    pub(super) webhooks: Vec<WebhookAnswer>,
    /// What to ask for as `after`, if there are more.
    #[schema(required)]
    pub(super) next: Option<u32>,
}

/// How an attempt went.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AttemptAnswer {
    /// When it began.
    at: u64,
    /// How long it took.
    took_ms: u64,
    /// The status, if there was one.
    #[schema(required)]
    status: Option<u16>,
    /// `delivered`, `refused`, `timedOut`, `noConnection` or `addressRefused`.
    outcome: &'static str,
}

impl From<Attempt> for AttemptAnswer {
    fn from(attempt: Attempt) -> Self {
        let Attempt { at, took_ms, status, outcome } = attempt;
        Self { at, took_ms, status, outcome: outcome.as_str() }
    }
}

/// One attempt to deliver an event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeliveryAnswer {
    id: u64,
    /// `x-8x8-event-id`: the same for all attempts.
    event_id: String,
    /// The event's name.
    event: String,
    /// How often it was tried before.
    retry: u32,
    #[serde(flatten)]
    attempt: AttemptAnswer,
}

impl From<Delivery> for DeliveryAnswer {
    fn from(delivery: Delivery) -> Self {
        let Delivery { id, event_id, event, retry, attempt } = delivery;
        Self { id, event_id, event, retry, attempt: attempt.into() }
    }
}

/// Attempts, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveryPage {
    pub(super) deliveries: Vec<DeliveryAnswer>,
    /// What to ask for as `before`, if there are more.
    #[schema(required)]
    pub(super) next: Option<u64>,
}

/// An event that was given up.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeadLetterAnswer {
    id: u64,
    event_id: String,
    /// The event's name.
    event: String,
    /// How often it was tried.
    attempts: u32,
    /// When it was last tried.
    at: u64,
    /// The last status, if there was one.
    #[schema(required)]
    status: Option<u16>,
    /// How the last attempt went.
    outcome: &'static str,
    /// It is being tried again.
    replaying: bool,
}

impl From<DeadLetter> for DeadLetterAnswer {
    fn from(letter: DeadLetter) -> Self {
        let DeadLetter { id, event_id, event, attempts, at, status, outcome, reviving } = letter;
        let (outcome, replaying) = (outcome.as_str(), reviving);
        Self { id, event_id, event, attempts, at, status, outcome, replaying }
    }
}

/// Dead letters, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeadLetterPage {
    pub(super) dead_letters: Vec<DeadLetterAnswer>,
    /// What to ask for as `before`, if there are more.
    #[schema(required)]
    pub(super) next: Option<u64>,
}

/// How many dead letters are being tried again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Replayed {
    pub(super) replayed: u64,
}
