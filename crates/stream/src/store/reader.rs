//! Reading messages that are no longer in memory.

use std::sync::Arc;

use engine::database::{int, uint};
use model::{AgentId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::{Kind, Message, StreamError};

/// At most `limit` messages after a number, oldest first.
pub(crate) fn read(
    from: &Connection,
    after: u64,
    limit: usize,
) -> Result<Vec<Arc<Message>>, StreamError> {
    let sql = "SELECT seq, at, total, kind, interaction, agents, json FROM messages
        WHERE seq > ?1 ORDER BY seq LIMIT ?2";
    let mut statement = from.prepare_cached(sql)?;
    let mut rows = statement.query([int(after), int(limit as u64)])?;
    let mut messages = Vec::new();
    while let Some(row) = rows.next()? {
        messages.push(Arc::new(message(row)?));
    }
    Ok(messages)
}

fn message(row: &Row<'_>) -> Result<Message, StreamError> {
    let kind = Kind::parse(row.get_ref(3)?.as_str().unwrap_or_default());
    let agents: String = row.get(5)?;
    let agents = agents.split_whitespace().map(AgentId::parse).collect::<Option<_>>();
    let interaction: Option<String> = row.get(4)?;
    Ok(Message {
        seq: row.get(0).map(uint)?,
        at: Timestamp(row.get(1).map(uint)?),
        kind: kind.ok_or(StreamError::Unreadable("kind"))?,
        interaction: interaction.map(Into::into),
        agents: agents.ok_or(StreamError::Unreadable("agents"))?,
        json: row.get::<_, String>(6)?.into(),
        total: row.get(2).map(uint)?,
    })
}

/// The lowest number after `after` from which on there are no more than `bytes` of texts. A search in
/// halves, because totals only grow.
pub(crate) fn next_within(
    from: &Connection,
    after: u64,
    head: u64,
    total: u64,
    bytes: u64,
) -> Result<u64, StreamError> {
    let beyond = total.saturating_sub(bytes);
    let mut statement = from.prepare_cached("SELECT total FROM messages WHERE seq = ?1")?;
    let (mut low, mut high) = (after, head);
    while low < high {
        let middle = low + (high - low) / 2;
        // What is gone is beyond any bound.
        let found: Option<i64> = statement.query_row([int(middle)], |row| row.get(0)).optional()?;
        if found.map_or(0, uint) < beyond { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}
