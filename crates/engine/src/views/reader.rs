//! Reading the tables.

use eventlog::Position;
use model::{
    AgentId, ChannelId, InteractionId, OfferId, QueueId, ScriptId, Timestamp,
    explanation::Explanation,
    flow::NodeId,
    interaction::{Direction, Disposition, EndCause, Media},
    variable::Variable,
};
use rusqlite::{Connection, Params, Row, Transaction};
use serde::{
    Deserialize,
    de::{IntoDeserializer, value::Error as WordError},
};

use super::ViewError;
use crate::database::{int, uint};

/// How many rows one page has at most.
pub const PAGE_MAX: usize = 1_000;

/// What is known about one interaction, open or finished, until its retention is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InteractionRow {
    /// Identity inside the tenant.
    pub id: InteractionId,
    /// Identity on the wire.
    pub guid: String,
    /// Its short form.
    pub short_id: Option<String>,
    /// SIP Call-ID or the like.
    pub call_id: Option<String>,
    /// How the customer came.
    pub media: Media,
    /// The channel reached.
    pub channel_id: ChannelId,
    /// Its number or address.
    pub channel: String,
    /// The customer's number or address.
    pub ani: String,
    /// The customer's name.
    pub caller_name: Option<String>,
    /// When the customer arrived.
    pub created_at: Timestamp,
    /// Who dialled.
    pub direction: Direction,
    /// GUID of the interaction that the customer was handed on from.
    pub original: Option<String>,
    /// The last queue, its name, and when the interaction entered it.
    pub queue: Option<(QueueId, String, Timestamp)>,
    /// The agent who accepted, dialled or joined last, the agent's name then, and when.
    pub agent: Option<(AgentId, String, Timestamp)>,
    /// When the conversation, or the wait, ended, and who ended it.
    pub ended: Option<(Timestamp, EndCause)>,
    /// When it became history.
    pub deleted_at: Option<Timestamp>,
    /// What the agent decided.
    pub disposition: Option<Disposition>,
    /// Transaction codes.
    pub codes: Vec<u32>,
    /// The agent's note.
    pub note: Option<String>,
    /// Variables in order of first writing; the value of a private one is [`MASK`](super::MASK).
    pub variables: Vec<Variable>,
    /// When it will be forgotten: the retention after it became history.
    pub retained_until: Option<Timestamp>,
}

/// One offer to one agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferRow {
    /// Which offer.
    pub id: OfferId,
    /// Which interaction.
    pub interaction: InteractionId,
    /// Who was asked.
    pub agent: AgentId,
    /// The agent's name at that time.
    pub agent_name: String,
    /// When.
    pub offered_at: Timestamp,
    /// `pending`, `accepted`, `rejected`, `timedOut`, `withdrawn` or `recalled`.
    pub outcome: String,
    /// Why this agent.
    pub explanation: Explanation,
}

/// One line of an interaction's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineRow {
    /// The record it tells of.
    pub position: Position,
    /// When it happened.
    pub at: Timestamp,
    /// `script`, `prompt`, `digits`, `variables`, `queue`, `offer`, `talk` or `system`.
    pub kind: String,
    /// What happened, for people.
    pub text: String,
}

/// One node of a script that an interaction came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathRow {
    /// The record that tells of it.
    pub position: Position,
    /// When it came there.
    pub at: Timestamp,
    /// The script and its version.
    pub script: (ScriptId, u32),
    /// The node.
    pub node: NodeId,
    /// Its label at that time.
    pub label: String,
    /// When it left, and by which exit; `None` while it is there, or when it ended there.
    pub left: Option<(Timestamp, String)>,
    /// What the script noted beside the exit (`not-ivr-enabled`).
    pub note: Option<String>,
}

/// The tables as of one position.
pub struct Reader<'c> {
    tables: Transaction<'c>,
}

const INTERACTION: &str = "SELECT id, guid, short_id, call_id, media, channel_id, channel, ani,
    caller_name, created_at, direction, original, queue_id, queue, queued_at, agent_id, agent, accepted_at, ended_at,
    cause, deleted_at, disposition, codes, note, variables, retained_until FROM interactions";

impl<'c> Reader<'c> {
    pub(super) fn begin(connection: &'c mut Connection) -> Result<Self, ViewError> {
        Ok(Self { tables: connection.transaction()? })
    }

    /// The last record that the tables include.
    ///
    /// # Errors
    /// When the database fails.
    pub fn position(&self) -> Result<Position, ViewError> {
        let progress = "SELECT position FROM progress";
        Ok(self.tables.query_row(progress, [], |row| row.get(0).map(uint))?)
    }

    /// The interaction with this GUID, short id or call id, tried in this order (Data Augmentation,
    /// "identifier"); of several with the same, the newest.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find(&self, identifier: &str) -> Result<Option<InteractionRow>, ViewError> {
        for column in ["guid", "short_id", "call_id"] {
            let sql = format!("{INTERACTION} WHERE {column} = ?1 ORDER BY id DESC LIMIT 1");
            let found = self.rows(&sql, [identifier], interaction)?.pop();
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// One interaction.
    ///
    /// # Errors
    /// When the database fails.
    pub fn interaction(&self, id: InteractionId) -> Result<Option<InteractionRow>, ViewError> {
        let sql = format!("{INTERACTION} WHERE id = ?1");
        Ok(self.rows(&sql, [int(id.0)], interaction)?.pop())
    }

    /// A page of interactions, newest first: those before `before`, or the newest; at most `limit`, and
    /// never more than [`PAGE_MAX`]. The last one's id asks for the next page.
    ///
    /// # Errors
    /// When the database fails.
    pub fn interactions(
        &self,
        before: Option<InteractionId>,
        limit: usize,
    ) -> Result<Vec<InteractionRow>, ViewError> {
        let before = before.map_or(i64::MAX, |id| int(id.0));
        let sql = format!("{INTERACTION} WHERE id < ?1 ORDER BY id DESC LIMIT ?2");
        self.rows(&sql, [before, page(limit)], interaction)
    }

    /// All offers of an interaction, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn offers(&self, id: InteractionId) -> Result<Vec<OfferRow>, ViewError> {
        let sql = "SELECT id, interaction, agent_id, agent, offered_at, outcome, explanation
            FROM offers WHERE interaction = ?1 ORDER BY id";
        self.rows(sql, [int(id.0)], offer)
    }

    /// The newest `limit` lines of an interaction's timeline (never more than [`PAGE_MAX`]), newest last.
    ///
    /// # Errors
    /// When the database fails.
    pub fn timeline(&self, id: InteractionId, limit: usize) -> Result<Vec<TimelineRow>, ViewError> {
        let sql = "SELECT position, at, kind, text FROM timeline WHERE interaction = ?1
            ORDER BY position DESC LIMIT ?2";
        let mut lines = self.rows(sql, [int(id.0), page(limit)], line)?;
        lines.reverse();
        Ok(lines)
    }

    /// A page of an interaction's timeline, oldest first: at most `limit` lines after `after`, and never more
    /// than [`PAGE_MAX`]. The last one's position asks for the next page.
    ///
    /// # Errors
    /// When the database fails.
    pub fn timeline_after(
        &self,
        id: InteractionId,
        after: Position,
        limit: usize,
    ) -> Result<Vec<TimelineRow>, ViewError> {
        let sql = "SELECT position, at, kind, text FROM timeline
            WHERE interaction = ?1 AND position > ?2 ORDER BY position LIMIT ?3";
        self.rows(sql, [int(id.0), int(after), page(limit)], line)
    }

    /// The nodes that an interaction passed, oldest first: the first `limit`, and never more than
    /// [`PAGE_MAX`].
    ///
    /// # Errors
    /// When the database fails.
    pub fn path(&self, id: InteractionId, limit: usize) -> Result<Vec<PathRow>, ViewError> {
        let sql = "SELECT position, at, script_id, script_version, node, label, left_at, exit, note
            FROM path WHERE interaction = ?1 ORDER BY position LIMIT ?2";
        self.rows(sql, [int(id.0), page(limit)], |row| {
            let left_at: Option<i64> = row.get(6)?;
            Ok(PathRow {
                position: uint(row.get(0)?),
                at: stamp(row.get(1)?),
                script: (ScriptId(row.get(2)?), row.get(3)?),
                node: row.get::<_, String>(4)?.into(),
                label: row.get(5)?,
                left: left_at.map(stamp).zip(row.get(7)?),
                note: row.get(8)?,
            })
        })
    }

    pub(super) fn rows<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: fn(&Row<'_>) -> Result<T, ViewError>,
    ) -> Result<Vec<T>, ViewError> {
        let mut statement = self.tables.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }
}

fn page(limit: usize) -> i64 {
    int(limit.min(PAGE_MAX) as u64)
}

fn interaction(row: &Row<'_>) -> Result<InteractionRow, ViewError> {
    let instant = |column| Ok::<_, ViewError>(row.get::<_, Option<i64>>(column)?.map(stamp));
    let queue: Option<u32> = row.get("queue_id")?;
    let agent: Option<String> = row.get("agent_id")?;
    let agent = agent.map(|id| AgentId::parse(&id).ok_or(ViewError::Unreadable("agent_id")));
    let cause: Option<String> = row.get("cause")?;
    let cause = cause.map(|cause| word(&cause, "cause")).transpose()?;
    let disposition: Option<u16> = row.get("disposition")?;
    let disposition = disposition.map(Disposition::try_from).transpose();
    Ok(InteractionRow {
        id: InteractionId(uint(row.get("id")?)),
        guid: row.get("guid")?,
        short_id: row.get("short_id")?,
        call_id: row.get("call_id")?,
        media: word(&row.get::<_, String>("media")?, "media")?,
        channel_id: ChannelId(row.get("channel_id")?),
        channel: row.get("channel")?,
        ani: row.get("ani")?,
        caller_name: row.get("caller_name")?,
        created_at: stamp(row.get("created_at")?),
        direction: word(&row.get::<_, String>("direction")?, "direction")?,
        original: row.get("original")?,
        queue: match queue {
            Some(id) => Some((QueueId(id), row.get("queue")?, stamp(row.get("queued_at")?))),
            None => None,
        },
        agent: match agent.transpose()? {
            Some(id) => Some((id, row.get("agent")?, stamp(row.get("accepted_at")?))),
            None => None,
        },
        ended: instant("ended_at")?.zip(cause),
        deleted_at: instant("deleted_at")?,
        disposition: disposition.map_err(|_| ViewError::Unreadable("disposition"))?,
        codes: json(&row.get::<_, String>("codes")?, "codes")?,
        note: row.get("note")?,
        variables: json(&row.get::<_, String>("variables")?, "variables")?,
        retained_until: instant("retained_until")?,
    })
}

fn offer(row: &Row<'_>) -> Result<OfferRow, ViewError> {
    let agent: String = row.get(2)?;
    Ok(OfferRow {
        id: OfferId(uint(row.get(0)?)),
        interaction: InteractionId(uint(row.get(1)?)),
        agent: AgentId::parse(&agent).ok_or(ViewError::Unreadable("agent_id"))?,
        agent_name: row.get(3)?,
        offered_at: stamp(row.get(4)?),
        outcome: row.get(5)?,
        explanation: json(&row.get::<_, String>(6)?, "explanation")?,
    })
}

fn line(row: &Row<'_>) -> Result<TimelineRow, ViewError> {
    let (position, at) = (uint(row.get(0)?), stamp(row.get(1)?));
    Ok(TimelineRow { position, at, kind: row.get(2)?, text: row.get(3)? })
}

fn stamp(ms: i64) -> Timestamp {
    Timestamp(uint(ms))
}

fn json<T: for<'de> Deserialize<'de>>(text: &str, column: &'static str) -> Result<T, ViewError> {
    serde_json::from_str(text).map_err(|_| ViewError::Unreadable(column))
}

/// A word that the model writes in JSON as a string.
fn word<'de, T: Deserialize<'de>>(text: &'de str, column: &'static str) -> Result<T, ViewError> {
    let text = IntoDeserializer::<WordError>::into_deserializer(text);
    T::deserialize(text).map_err(|_| ViewError::Unreadable(column))
}
