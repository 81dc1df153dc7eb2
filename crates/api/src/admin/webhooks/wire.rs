//! The spelling of what becomes of webhooks' events.

use channels::webhooks::{Attempt, DeadLetter, Delivery, Standing};
use serde::Serialize;
use utoipa::ToSchema;

/// How a webhook gets on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WebhookState {
    /// The receiver answered 410: nothing is sent until the webhook is saved again.
    gone: bool,
    /// Events that are taken in and not settled: being sent, or to be tried again. At most 1,000; more wait in the
    /// stream.
    pending: usize,
    /// Events that were given up.
    dead_letters: u64,
    /// The newest attempt to deliver, if there was one.
    #[schema(required)]
    last_attempt: Option<AttemptAnswer>,
}

impl From<Standing> for WebhookState {
    fn from(Standing { gone, pending, dead_letters, last }: Standing) -> Self {
        Self { gone, pending, dead_letters, last_attempt: last.map(Into::into) }
    }
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
