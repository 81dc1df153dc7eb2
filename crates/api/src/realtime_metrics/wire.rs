//! The JSON and XML of real-time metrics, as published.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{catalogue::Key, value::Value};
use crate::projection::escape;

/// A queue, group or agent with its metrics.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Element {
    /// `None` for the totals.
    pub(super) id: Option<String>,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) group_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) group_name: Option<String>,
    /// `None` in a summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) metrics: Option<Vec<Metric>>,
}

/// One metric.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Metric {
    key: String,
    value: Json,
}

/// An agent with metrics by name.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Mapped {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) metrics: Map<String, Json>,
}

/// A queue's agents.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct QueueAgents {
    pub(super) queue_id: String,
    pub(super) assigned_agents: Vec<String>,
    pub(super) agent_metrics: Vec<Mapped>,
}

/// Agents by queue.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AgentsInQueues {
    pub(super) agents: Vec<Mapped>,
    pub(super) queues: Vec<QueueAgents>,
}

pub(super) fn metrics(keys: &[Key], mut value: impl FnMut(&Key) -> Value) -> Vec<Metric> {
    keys.iter().map(|key| Metric { key: key.text.clone(), value: value(key).shown() }).collect()
}

pub(super) fn mapped<'k>(
    keys: impl Iterator<Item = &'k Key>,
    value: impl Fn(&Key) -> Value,
) -> Map<String, Json> {
    keys.map(|key| (key.text.clone(), value(key).shown())).collect()
}

/// The last element of a list: everything that adds up.
pub(super) fn totals(keys: &[Key], rows: &[Vec<Value>]) -> Element {
    let total = |(n, key): (usize, &Key)| {
        let mut values = rows.iter().map(|row| &row[n]);
        let first = values.next()?.clone();
        let sum = values.try_fold(first, |sum, value| sum.plus(value))?;
        sum.adds_up().then(|| Metric { key: format!("total.{}", key.text), value: sum.shown() })
    };
    let metrics = keys.iter().enumerate().filter_map(total).collect();
    let name = "totals".to_owned();
    Element { id: None, name, group_id: None, group_name: None, metrics: Some(metrics) }
}

/// How many elements an answer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    List,
    Single,
}

/// The same as XML.
pub(super) fn xml(elements: &[Element], kind: Kind) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    match (kind, elements) {
        (Kind::Single, [element]) => write(element, "MetricsResponse", &mut text),
        _ => {
            text.push_str("<UnmodifiableRandomAccessList>");
            elements.iter().for_each(|element| write(element, "item", &mut text));
            text.push_str("</UnmodifiableRandomAccessList>");
        }
    }
    text
}

fn write(element: &Element, tag: &str, text: &mut String) {
    text.push_str(&format!("<{tag}"));
    for (name, value) in [("id", element.id.as_deref()), ("name", Some(&*element.name))] {
        if let Some(value) = value {
            text.push_str(&format!(" {name}=\""));
            escape(value, text);
            text.push('"');
        }
    }
    text.push('>');
    if let Some(metrics) = &element.metrics {
        text.push_str("<metrics>");
        for Metric { key, value } in metrics {
            text.push_str(&format!("<metrics><key>{key}</key>"));
            write_value(value, "value", text);
            text.push_str("</metrics>");
        }
        text.push_str("</metrics>");
    }
    text.push_str(&format!("</{tag}>"));
}

fn write_value(value: &Json, tag: &str, text: &mut String) {
    match value {
        Json::Null => text.push_str(&format!("<{tag}/>")),
        Json::Array(items) => {
            text.push_str(&format!("<{tag}>"));
            items.iter().for_each(|item| write_value(item, "item", text));
            text.push_str(&format!("</{tag}>"));
        }
        Json::Object(members) => {
            text.push_str(&format!("<{tag}>"));
            members.iter().for_each(|(name, value)| write_value(value, name, text));
            text.push_str(&format!("</{tag}>"));
        }
        Json::String(word) => {
            text.push_str(&format!("<{tag}>"));
            escape(word, text);
            text.push_str(&format!("</{tag}>"));
        }
        Json::Bool(_) | Json::Number(_) => text.push_str(&format!("<{tag}>{value}</{tag}>")),
    }
}
