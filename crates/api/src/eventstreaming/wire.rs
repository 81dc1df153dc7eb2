//! The spelling of Event Streaming: topics, parameters, messages, answers and close codes.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use model::{AgentId, Text};
use serde::Deserialize;
use stream::{
    Kind, Message, Root, Topic,
    subscription::{Sharing, Terms},
};

use crate::path::Parameters;

pub(super) mod message_id;
mod refusal;

pub(crate) use refusal::answer;
pub(super) use refusal::{Refusal, RefusalBody};

/// Namespaces (Event Streaming, "Topics").
const EVENTS: &str = "event-v1";
const AGENTS: &str = "agent-v1";
/// The topic of everything.
const ALL: &str = "all";

/// Characters of a topic's name: with the subscription's it makes the name of a cursor.
const TOPIC_CHARS_MAX: usize = 100;
/// Characters of a subscription's name.
const SUBSCRIPTION_CHARS_MAX: usize = 128;
/// The largest window, and the one without the parameter.
const WINDOW_MAX: u32 = 1_000;
/// After what time a refused message comes again, without the parameter.
const NACK_DELAY_MS: u64 = 60_000;

/// Where a reader begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// With the oldest message that is kept.
    Earliest,
    /// With what happens from now on.
    Latest,
    /// After this entry.
    After(u64),
}

/// What a reader asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReaderWish {
    pub(super) start: Start,
    pub(super) window: u32,
}

/// What a consumer asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ConsumerWish {
    pub(super) durable: bool,
    pub(super) sharing: Sharing,
    pub(super) terms: Terms,
    pub(super) dead_letters: Text,
}

/// What a client says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Ack(u64),
    Nack(u64),
    Permit(u32),
    Unsubscribe,
    IsEndOfTopic,
}

/// A client's frame; what else is in it is ignored.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Frame {
    r#type: Option<String>,
    message_id: Option<String>,
    permit_messages: Option<u32>,
}

/// The answer to `isEndOfTopic`: live topics never end.
pub(super) const END_OF_TOPIC: &str = r#"{"endOfTopic":false}"#;

/// The topic of this name, and its full name; `None` when there is no such namespace or it is no name.
/// Other names are those of dead letters, and empty as long as there are none.
pub(super) fn topic(namespace: &str, name: &str) -> Option<(Topic, Text)> {
    if !is_name(name, TOPIC_CHARS_MAX) {
        return None;
    }
    let full: Text = format!("{namespace}/{name}").into();
    let known = match namespace {
        EVENTS if name == ALL => Some(Topic::All),
        EVENTS if name == Root::AgentProvChange.as_str() => {
            Some(Topic::Root(Root::AgentProvChange))
        }
        EVENTS => Kind::parse(name).map(Topic::Kind),
        AGENTS => AgentId::parse(name).map(Topic::Agent),
        _ => return None,
    };
    Some((known.unwrap_or_else(|| Topic::DeadLetters(full.clone())), full))
}

/// Whether it is a subscription's name.
pub(super) fn is_subscription(name: &str) -> bool {
    is_name(name, SUBSCRIPTION_CHARS_MAX)
}

fn is_name(name: &str, max: usize) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    (1..=max).contains(&name.len()) && name.bytes().all(fits)
}

impl ReaderWish {
    pub(super) fn read(parameters: &Parameters) -> Result<Self, Refusal> {
        let start = match parameters.text("messageId") {
            None | Some("latest") => Start::Latest,
            Some("earliest") => Start::Earliest,
            Some(id) => message_id::decode(id).map(Start::After).ok_or_else(|| {
                Refusal::parameter(
                    "messageId must be latest, earliest or a message id of this topic",
                )
            })?,
        };
        Ok(Self { start, window: window(parameters)? })
    }
}

impl ConsumerWish {
    /// `topic` and `subscription` name the dead letters when the client does not.
    pub(super) fn read(
        parameters: &Parameters,
        tenant: &str,
        (namespace, topic_name): (&str, &str),
        subscription: &str,
    ) -> Result<Self, Refusal> {
        let redeliveries_max = whole(parameters, "maxRedeliverCount")?;
        if redeliveries_max == Some(0) {
            return Err(Refusal::parameter("maxRedeliverCount must be at least 1"));
        }
        let named = parameters.text("deadLetterTopic").map(|name| {
            let prefix = format!("persistent://{tenant}/{namespace}/");
            name.strip_prefix(&prefix).unwrap_or(name).to_owned()
        });
        let named = named.unwrap_or_else(|| format!("{topic_name}-{subscription}-DLQ"));
        let dead_letters = match topic(namespace, &named) {
            Some((Topic::DeadLetters(_), full)) => full,
            _ if redeliveries_max.is_none() => Text::default(),
            _ => {
                return Err(Refusal::parameter(
                    "deadLetterTopic must be a topic of this namespace that holds nothing else, \
                     [A-Za-z0-9._-]{1,100}",
                ));
            }
        };
        Ok(Self {
            durable: durable(parameters)?,
            sharing: sharing(parameters)?,
            terms: Terms {
                window: window(parameters)?,
                pull: flag(parameters, "pullMode")?,
                ack_timeout_ms: whole(parameters, "ackTimeoutMillis")?
                    .filter(|ms| *ms > 0)
                    .map(u64::from),
                nack_delay_ms: whole(parameters, "negativeAckRedeliveryDelay")?
                    .map_or(NACK_DELAY_MS, u64::from),
                redeliveries_max,
                priority: whole(parameters, "priorityLevel")?.unwrap_or(0),
            },
            dead_letters,
        })
    }
}

fn durable(parameters: &Parameters) -> Result<bool, Refusal> {
    match parameters.text("subscriptionMode").map(str::to_ascii_lowercase).as_deref() {
        None | Some("durable") => Ok(true),
        Some("nondurable") => Ok(false),
        Some(_) => Err(Refusal::parameter("subscriptionMode must be Durable or NonDurable")),
    }
}

fn sharing(parameters: &Parameters) -> Result<Sharing, Refusal> {
    match parameters.text("subscriptionType").map(str::to_ascii_lowercase).as_deref() {
        None | Some("exclusive") => Ok(Sharing::Exclusive),
        Some("failover") => Ok(Sharing::Failover),
        Some("shared") => Ok(Sharing::Shared),
        Some("key_shared") => Ok(Sharing::KeyShared),
        Some(_) => Err(Refusal::parameter(
            "subscriptionType must be Exclusive, Failover, Shared or Key_Shared",
        )),
    }
}

fn window(parameters: &Parameters) -> Result<u32, Refusal> {
    let wished = whole(parameters, "receiverQueueSize")?;
    Ok(wished.map_or(WINDOW_MAX, |wished| wished.clamp(1, WINDOW_MAX)))
}

fn whole(parameters: &Parameters, name: &str) -> Result<Option<u32>, Refusal> {
    let parse = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        number.ok_or_else(|| Refusal::parameter(&format!("{name} must be a whole number")))
    };
    parameters.text(name).map(parse).transpose()
}

fn flag(parameters: &Parameters, name: &str) -> Result<bool, Refusal> {
    match parameters.text(name).map(str::to_ascii_lowercase).as_deref() {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Refusal::parameter(&format!("{name} must be true or false"))),
    }
}

impl Said {
    /// Reads a consumer's frame. Says what is wrong with it.
    pub(super) fn by_consumer(text: &str) -> Result<Self, &'static str> {
        let frame = frame(text)?;
        let id = || {
            let id = frame.message_id.as_deref().ok_or("messageId is missing")?;
            message_id::decode(id).ok_or("messageId is not a message id of this topic")
        };
        match frame.r#type.as_deref() {
            Some("permit") => {
                frame.permit_messages.map(Self::Permit).ok_or("permitMessages is missing")
            }
            Some("unsubscribe") => Ok(Self::Unsubscribe),
            Some("isEndOfTopic") => Ok(Self::IsEndOfTopic),
            Some("negativeAcknowledge") => id().map(Self::Nack),
            _ => id().map(Self::Ack),
        }
    }

    /// Reads a reader's frame: whether it asks for the end of the topic. All others give back a credit.
    pub(super) fn asks_for_end(text: &str) -> Result<bool, &'static str> {
        Ok(frame(text)?.r#type.as_deref() == Some("isEndOfTopic"))
    }
}

fn frame(text: &str) -> Result<Frame, &'static str> {
    serde_json::from_str(text).map_err(|_| "not a JSON object of a known form")
}

/// A message as it is sent: exactly five fields, because published clients read strictly.
pub(super) fn envelope(entry: u64, redeliveries: u32, message: &Message) -> String {
    let id = message_id::encode(entry);
    let payload = STANDARD.encode(message.json.as_bytes());
    let at = i64::try_from(message.at.0).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let at = at.unwrap_or(Timestamp::MAX);
    format!(
        r#"{{"messageId":"{id}","payload":"{payload}","properties":{{}},"publishTime":"{at:.3}","redeliveryCount":{redeliveries}}}"#
    )
}
