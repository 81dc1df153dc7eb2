//! Everything that can be read, so that a refused request can be shown to have changed nothing.

use std::collections::BTreeMap;

use anyhow::ensure;
use serde_json::Value;

use super::cast::Cast;
use crate::http::Connection;

/// What was read, by path.
pub(super) type Seen = BTreeMap<String, Value>;

/// Interactions whose data is read.
const DATA: usize = 3;

/// Reads agents' states, calls, data of some interactions, and the log's position.
pub(super) async fn look(connection: &mut Connection, cast: &Cast) -> anyhow::Result<Seen> {
    let mut seen = Seen::new();
    for (n, watcher) in cast.watchers.iter().enumerate() {
        let state = get(connection, "/workspace/v1/state", watcher).await?;
        seen.insert(state_of(n), state);
    }
    for path in ["/sim/v1/calls?limit=200", "/readyz"] {
        seen.insert(path.to_owned(), get(connection, path, "").await?);
    }
    for guid in cast.guids.iter().rev().take(DATA) {
        let path = format!("/api/v1/interaction/data/{guid}");
        seen.insert(path.clone(), get(connection, &path, &cast.basic).await?);
    }
    Ok(seen)
}

/// Where an agent's state is kept.
pub(super) fn state_of(agent: usize) -> String {
    format!("state of agent {agent}")
}

async fn get(connection: &mut Connection, path: &str, who: &str) -> anyhow::Result<Value> {
    let answer = connection.call("GET", path, &[("Authorization", who)], &Value::Null).await?;
    ensure!(answer.status < 500, "{path} is answered {} {}", answer.status, answer.json());
    let mut value = answer.json();
    if let Value::Object(members) = &mut value {
        members.remove("now");
    }
    Ok(value)
}

/// What differs, if anything does.
pub(super) fn difference(before: &Seen, after: &Seen) -> Option<String> {
    let changed = |path: &&String| before.get(*path) != after.get(*path);
    let path = before.keys().chain(after.keys()).find(changed)?;
    let [was, is] = [before, after].map(|seen| seen.get(path).map(Value::to_string));
    Some(format!("{path} was {was:?} and is {is:?}"))
}

/// How often the tenant did something because its time had come.
pub(super) async fn wakes(connection: &mut Connection) -> anyhow::Result<u64> {
    let answer = connection.call("GET", "/metrics", &[], &Value::Null).await?;
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("cordboard_engine_wakes_total "));
    Ok(line.and_then(|count| count.trim().parse().ok()).unwrap_or(0))
}
