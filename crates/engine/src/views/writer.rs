//! Writing events into the tables.

use std::{
    collections::{HashMap, hash_map},
    path::Path,
};

use eventlog::Position;
use model::{
    AgentId, Event, InteractionId, ScriptId, Timestamp, UserId,
    config::Setting,
    event::{
        InteractionCreated, InteractionOffered, InteractionQueued, NodePassed, WrapUpCompleted,
    },
    flow::NodeId,
    interaction::{Direction, OfferEnd},
    time::Millis,
    variable::Variable,
};
use rusqlite::{Connection, OptionalExtension, ToSql, Transaction, TransactionBehavior};

use super::{MASK, audit::Account, names::Names, schema, text};
use crate::{
    Batch, Entry,
    database::{int, uint},
};

/// The only connection that writes, and what it knows of the tables.
pub(super) struct Writer {
    connection: Connection,
    known: Known,
}

/// What the tables say, kept in memory. After any failure it may be ahead of them and is read anew.
struct Known {
    position: Position,
    at: Timestamp,
    retention_ms: Option<Millis>,
    names: Names,
    account: Account,
    /// The scripts of interactions that are not over.
    scripts: HashMap<InteractionId, (ScriptId, u32)>,
    /// Variables that the batch at hand has changed: an interaction's row is written once for all of them.
    variables: HashMap<InteractionId, Vec<Variable>>,
}

impl Writer {
    pub(super) fn open(path: &Path) -> rusqlite::Result<Self> {
        let connection = schema::open_to_write(path)?;
        let known = Known::read(&connection)?;
        Ok(Self { connection, known })
    }

    /// The last record that the tables include.
    pub(super) fn position(&self) -> Position {
        self.known.position
    }

    /// Writes a batch and its position: all of it, or nothing. After an error this writer is spent.
    pub(super) fn write(&mut self, batch: &Batch) -> rusqlite::Result<()> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for entry in batch.iter() {
            self.known.write(&transaction, &entry)?;
            (self.known.position, self.known.at) = (entry.position, entry.at);
        }
        self.known.write_variables(&transaction)?;
        self.known.prune(&transaction)?;
        let progress = "UPDATE progress SET position = ?1, at = ?2, retention_ms = ?3,
            account_by = ?4, account_left = ?5";
        let Known { position, at, retention_ms, account, .. } = self.known;
        let (by, left) = (account.by.map(|by| by.0), account.left);
        let retention = retention_ms.map(int);
        run(&transaction, progress, &[&int(position), &int(at.0), &retention, &by, &left])?;
        transaction.commit()
    }
}

impl Known {
    fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let progress = "SELECT position, at, retention_ms, account_by, account_left FROM progress";
        let (position, at, retention_ms, account): (i64, i64, Option<i64>, Account) = connection
            .query_row(progress, [], |row| {
                let by = row.get::<_, Option<u32>>(3)?.map(UserId);
                let account = Account { by, left: row.get(4)? };
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, account))
            })?;
        let mut names = Names::default();
        let mut rows = connection.prepare("SELECT kind, id, name FROM names")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, id, name): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            names.learn(&kind, &id, name.into()).ok_or(rusqlite::Error::InvalidQuery)?;
        }
        let running = "SELECT id, script_id, script_version FROM interactions
            WHERE deleted_at IS NULL AND script_id IS NOT NULL";
        let mut running = connection.prepare(running)?;
        let scripts = running.query_map([], |row| {
            let id = InteractionId(uint(row.get(0)?));
            Ok((id, (ScriptId(row.get(1)?), row.get(2)?)))
        })?;
        let scripts = scripts.collect::<rusqlite::Result<_>>()?;
        let at = Timestamp(uint(at));
        let retention_ms = retention_ms.map(uint);
        let (position, variables) = (uint(position), HashMap::new());
        Ok(Self { position, at, retention_ms, names, account, scripts, variables })
    }

    fn write(&mut self, to: &Transaction<'_>, entry: &Entry<'_>) -> rusqlite::Result<()> {
        match entry.event {
            Event::Configured(setting) => self.configure(to, setting)?,
            Event::InteractionCreated(created) => create(to, created, entry.at)?,
            Event::NodeEntered { interaction, script, version, node } => {
                self.enter(to, *interaction, (*script, *version))?;
                self.pass_by(to, *interaction, node, entry)?;
            }
            Event::NodePassed(passed) => pass(to, passed, entry.at)?,
            Event::VariablesSet { interaction, variables } => {
                self.set_variables(to, *interaction, variables)?;
            }
            Event::InteractionQueued(queued) => queue(to, queued, entry.at)?,
            Event::InteractionOffered(offered) => self.offer(to, offered, entry.at)?,
            Event::OfferEnded(ended) => {
                let outcome = match ended.end {
                    OfferEnd::Rejected => "rejected",
                    OfferEnd::TimedOut => "timedOut",
                    OfferEnd::Withdrawn => "withdrawn",
                    OfferEnd::Recalled => "recalled",
                };
                run(to, OUTCOME, &[&int(ended.offer.0), &outcome])?;
            }
            Event::OfferAccepted { interaction, offer, agent } => {
                run(to, OUTCOME, &[&int(offer.0), &"accepted"])?;
                self.talks(to, *interaction, *agent, entry.at)?;
            }
            Event::Dialled { interaction, agent: Some(agent), .. }
            | Event::AgentJoined { interaction, agent, .. } => {
                self.talks(to, *interaction, *agent, entry.at)?;
            }
            Event::InteractionEnded { interaction, cause } => {
                let ended = "UPDATE interactions SET ended_at = ?2, cause = ?3 WHERE id = ?1";
                run(to, ended, &[&int(interaction.0), &int(entry.at.0), &cause.as_str()])?;
            }
            Event::WrapUpCompleted(completed) => wrap_up(to, completed)?,
            Event::InteractionDeleted { interaction, .. } => {
                self.scripts.remove(interaction);
                let deleted = "UPDATE interactions SET deleted_at = ?2, retained_until = ?2 + ?3
                    WHERE id = ?1";
                let retention = self.retention_ms.map(int);
                run(to, deleted, &[&int(interaction.0), &int(entry.at.0), &retention])?;
            }
            _ => {}
        }
        self.account.write(to, entry, &self.names)?;
        let scripts = &self.scripts;
        let line = text::line(entry.event, &self.names, |id| scripts.get(&id).copied());
        if let Some(text::Line { interaction, kind, text }) = line {
            let (id, position, at) = (int(interaction.0), int(entry.position), int(entry.at.0));
            let line = "INSERT INTO timeline VALUES (?1, ?2, ?3, ?4, ?5)";
            run(to, line, &[&id, &position, &at, &kind, &text])?;
        }
        Ok(())
    }

    fn configure(&mut self, to: &Transaction<'_>, setting: &Setting) -> rusqlite::Result<()> {
        for (kind, id, name) in Names::rows(setting) {
            let row = "INSERT INTO names VALUES (?1, ?2, ?3)
                ON CONFLICT DO UPDATE SET name = excluded.name";
            run(to, row, &[&kind, &id, &&*name])?;
            self.names.learn(kind, &id, name).ok_or(rusqlite::Error::InvalidQuery)?;
        }
        if let Setting::Tenant(tenant) = setting
            && self.retention_ms != Some(tenant.retention_ms)
        {
            // What was over by the old rule goes first, so that the rows do not depend on batches.
            self.prune(to)?;
            self.retention_ms = Some(tenant.retention_ms);
            let retained = "UPDATE interactions SET retained_until = deleted_at + ?1
                WHERE deleted_at IS NOT NULL";
            run(to, retained, &[&int(tenant.retention_ms)])?;
        }
        Ok(())
    }

    fn enter(
        &mut self,
        to: &Transaction<'_>,
        id: InteractionId,
        script: (ScriptId, u32),
    ) -> rusqlite::Result<()> {
        if self.scripts.insert(id, script) == Some(script) {
            return Ok(());
        }
        let entered = "UPDATE interactions SET script_id = ?2, script_version = ?3 WHERE id = ?1";
        run(to, entered, &[&int(id.0), &script.0.0, &script.1])
    }

    fn pass_by(
        &self,
        to: &Transaction<'_>,
        id: InteractionId,
        node: &NodeId,
        entry: &Entry<'_>,
    ) -> rusqlite::Result<()> {
        let Some(script) = self.scripts.get(&id) else { return Ok(()) };
        let label = self.names.label(Some(*script), node);
        let step = "INSERT INTO path VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, NULL, NULL)";
        let (id, position, at) = (int(id.0), int(entry.position), int(entry.at.0));
        run(to, step, &[&id, &position, &at, &script.0.0, &script.1, &&**node, &&*label])
    }

    fn set_variables(
        &mut self,
        to: &Transaction<'_>,
        id: InteractionId,
        changed: &[Variable],
    ) -> rusqlite::Result<()> {
        let variables = match self.variables.entry(id) {
            hash_map::Entry::Occupied(known) => known.into_mut(),
            hash_map::Entry::Vacant(unknown) => match read_variables(to, id)? {
                Some(known) => unknown.insert(known),
                None => return Ok(()),
            },
        };
        for variable in changed {
            let mut variable = variable.clone();
            if variable.is_private() {
                variable.value = MASK.into();
            }
            match variables.iter_mut().find(|known| known.name == variable.name) {
                Some(known) => *known = variable,
                None => variables.push(variable),
            }
        }
        Ok(())
    }

    fn write_variables(&mut self, to: &Transaction<'_>) -> rusqlite::Result<()> {
        for (id, variables) in self.variables.drain() {
            let text = serde_json::to_string(&variables).expect("variables are plain data");
            run(to, "UPDATE interactions SET variables = ?2 WHERE id = ?1", &[&int(id.0), &text])?;
        }
        Ok(())
    }

    fn talks(
        &self,
        to: &Transaction<'_>,
        interaction: InteractionId,
        agent: AgentId,
        at: Timestamp,
    ) -> rusqlite::Result<()> {
        let talks = "UPDATE interactions SET agent_id = ?2, agent = ?3, accepted_at = ?4
            WHERE id = ?1";
        let name = self.names.agent(agent);
        run(to, talks, &[&int(interaction.0), &agent.as_str(), &&*name, &int(at.0)])
    }

    fn offer(
        &self,
        to: &Transaction<'_>,
        offered: &InteractionOffered,
        at: Timestamp,
    ) -> rusqlite::Result<()> {
        let explanation =
            serde_json::to_string(&offered.explanation).expect("an explanation is plain data");
        let (id, interaction) = (int(offered.offer.0), int(offered.interaction.0));
        let (agent, name) = (offered.agent.as_str(), self.names.agent(offered.agent));
        let offer = "INSERT INTO offers VALUES (?1, ?2, ?3, ?4, ?5, 'pending', ?6)";
        run(to, offer, &[&id, &interaction, &agent, &&*name, &int(at.0), &explanation])
    }

    /// Deletes what is over as of the last event.
    fn prune(&self, to: &Transaction<'_>) -> rusqlite::Result<()> {
        let now = int(self.at.0);
        let over = "SELECT 1 FROM interactions WHERE retained_until <= ?1 LIMIT 1";
        let any = to.prepare_cached(over)?.query_row([now], |_| Ok(())).optional()?;
        if any.is_none() {
            return Ok(());
        }
        for table in ["timeline", "offers", "path"] {
            let prune = format!(
                "DELETE FROM {table} WHERE interaction IN
                    (SELECT id FROM interactions WHERE retained_until <= ?1)"
            );
            run(to, &prune, &[&now])?;
        }
        run(to, "DELETE FROM interactions WHERE retained_until <= ?1", &[&now])
    }
}

const OUTCOME: &str = "UPDATE offers SET outcome = ?2 WHERE id = ?1";

fn create(
    to: &Transaction<'_>,
    created: &InteractionCreated,
    at: Timestamp,
) -> rusqlite::Result<()> {
    let InteractionCreated {
        interaction,
        guid,
        media,
        channel,
        to: reached,
        from,
        caller_name,
        call_id,
        direction,
        original,
        ..
    } = created;
    let (channel_address, customer) = match direction {
        Direction::In => (reached, from),
        Direction::Out => (from, reached),
    };
    let row = "INSERT INTO interactions (id, guid, short_id, call_id, media, channel_id, channel,
        ani, caller_name, created_at, direction, original)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    let short_id = kernel::center::interaction::short_id(guid);
    let params: [&dyn ToSql; 12] = [
        &int(interaction.0),
        &&**guid,
        &short_id,
        &call_id.as_deref(),
        &media.as_str(),
        &channel.0,
        &&**channel_address,
        &&**customer,
        &caller_name.as_deref(),
        &int(at.0),
        &direction.as_str(),
        &original.as_deref(),
    ];
    run(to, row, &params)
}

fn read_variables(
    from: &Transaction<'_>,
    id: InteractionId,
) -> rusqlite::Result<Option<Vec<Variable>>> {
    let known = "SELECT variables FROM interactions WHERE id = ?1";
    let known: Option<String> =
        from.prepare_cached(known)?.query_row([int(id.0)], |row| row.get(0)).optional()?;
    let read = |text: String| serde_json::from_str(&text);
    known.map(read).transpose().map_err(|_| rusqlite::Error::InvalidQuery)
}

fn queue(to: &Transaction<'_>, queued: &InteractionQueued, at: Timestamp) -> rusqlite::Result<()> {
    let row = "UPDATE interactions SET queue_id = ?2, queue = ?3, queued_at = ?4 WHERE id = ?1";
    let (id, queue) = (int(queued.interaction.0), queued.queue.0);
    let entered = queued.entered.unwrap_or(at);
    run(to, row, &[&id, &queue, &&*queued.queue_name, &int(entered.0)])
}

/// The node that was entered last is left.
fn pass(to: &Transaction<'_>, passed: &NodePassed, at: Timestamp) -> rusqlite::Result<()> {
    let row = "UPDATE path SET left_at = ?2, exit = ?3, note = ?4 WHERE interaction = ?1
        AND position = (SELECT MAX(position) FROM path WHERE interaction = ?1)";
    let (id, note) = (int(passed.interaction.0), passed.note.as_deref());
    run(to, row, &[&id, &int(at.0), &&*passed.exit, &note])
}

fn wrap_up(to: &Transaction<'_>, completed: &WrapUpCompleted) -> rusqlite::Result<()> {
    let row = "UPDATE interactions SET disposition = ?2, codes = ?3, note = ?4 WHERE id = ?1";
    let codes = serde_json::to_string(&completed.codes).expect("codes are plain data");
    let (id, disposition) = (int(completed.interaction.0), completed.disposition.code());
    run(to, row, &[&id, &disposition, &codes, &completed.note.as_deref()])
}

pub(super) fn run(to: &Transaction<'_>, sql: &str, params: &[&dyn ToSql]) -> rusqlite::Result<()> {
    to.prepare_cached(sql)?.execute(params).map(drop)
}
