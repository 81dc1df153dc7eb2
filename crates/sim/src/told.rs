//! What the tenant's subscribers are told, checked against itself and against the state: stories have a
//! beginning and an end, agents are shown as they are, and whoever goes on from what was kept goes on
//! to the same bytes.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hasher as _},
};

use engine::Entry;
use kernel::State;
use model::{AgentId, Event, Recorded, TenantId, Text, Timestamp, status::Status};
use serde_json::Value;
use stream::{Kind, Message, Projection, Root};

/// Everything that was told so far.
pub struct Told {
    projection: Projection,
    /// The projection's state, as it would lie on disk.
    kept: BTreeMap<String, String>,
    position: u64,
    seq: u64,
    total: u64,
    /// The agents who were asked and not yet told to be free, by open interaction.
    open: BTreeMap<Text, BTreeSet<AgentId>>,
    gone: BTreeSet<Text>,
    /// What was told of each agent last.
    states: BTreeMap<AgentId, u64>,
    digest: DefaultHasher,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            projection: Projection::new(tenant(), 0, 0),
            kept: BTreeMap::new(),
            position: 0,
            seq: 0,
            total: 0,
            open: BTreeMap::new(),
            gone: BTreeSet::new(),
            states: BTreeMap::new(),
            digest: DefaultHasher::new(),
        }
    }
}

fn tenant() -> TenantId {
    TenantId::parse("sim").expect("a tenant's name")
}

impl Told {
    /// Tells of an event.
    ///
    /// # Errors
    /// What is wrong with what is told.
    pub fn see(&mut self, event: &Event, at: Timestamp) -> Result<(), String> {
        self.position += 1;
        let mut messages = Vec::new();
        self.projection.take(&Entry { position: self.position, at, event }, &mut messages);
        for message in messages {
            self.hear(&message).map_err(|fault| format!("{fault}: {}", message.json))?;
            self.digest.write(message.json.as_bytes());
        }
        Ok(())
    }

    fn hear(&mut self, message: &Message) -> Result<(), String> {
        (self.seq, self.total) = (self.seq + 1, self.total + message.json.len() as u64);
        if (message.seq, message.total) != (self.seq, self.total) {
            return Err("a number is left out".to_owned());
        }
        match message.kind.root() {
            Root::AgentStatusChange => {
                let event: Value =
                    serde_json::from_str(&message.json).map_err(|e| e.to_string())?;
                let state = event["AgentStatusChange"]["newState"].as_u64().ok_or("no state")?;
                let agent = *message.agents.first().ok_or("no agent")?;
                if self.states.insert(agent, state) == Some(state) && state != 3 && state != 5 {
                    return Err("told twice".to_owned());
                }
                Ok(())
            }
            Root::AgentProvChange => Ok(()),
            Root::Interaction => self.follow(message),
        }
    }

    fn follow(&mut self, message: &Message) -> Result<(), String> {
        let guid = message.interaction.clone().ok_or("no interaction")?;
        if self.gone.contains(&guid) {
            return Err("it is gone".to_owned());
        }
        if message.kind == Kind::InteractionCreated {
            let known = self.open.insert(guid, BTreeSet::new()).is_some();
            return if known { Err("born twice".to_owned()) } else { Ok(()) };
        }
        let asked = self.open.get_mut(&guid).ok_or("not born yet")?;
        let agent = message.agents.first().copied().ok_or("no agent");
        match message.kind {
            Kind::InteractionAssigned => drop(asked.insert(agent?)),
            Kind::InteractionRejected | Kind::InteractionDeassigned => drop(asked.remove(&agent?)),
            Kind::InteractionDeleted if !asked.is_empty() => {
                return Err(format!("{asked:?} are not free of it"));
            }
            Kind::InteractionDeleted => {
                self.open.remove(&guid);
                self.gone.insert(guid);
            }
            _ => {}
        }
        Ok(())
    }

    /// Goes on from what is kept, as after a restart.
    ///
    /// # Errors
    /// What cannot be read again.
    pub fn restart(&mut self) -> Result<(), String> {
        for (piece, json) in self.projection.changes() {
            match json {
                Some(json) => drop(self.kept.insert(piece, json)),
                None => drop(self.kept.remove(&piece)),
            }
        }
        self.projection = Projection::new(tenant(), self.seq, self.total);
        for (piece, json) in &self.kept {
            let restored = self.projection.restore(piece, json);
            restored.ok_or_else(|| format!("{piece} cannot be read again: {json}"))?;
        }
        Ok(())
    }

    /// Looks whether agents are shown as they are.
    ///
    /// # Errors
    /// Who is not.
    pub fn agree(&self, state: &State) -> Result<(), String> {
        for (agent, desk) in state.desks() {
            let told = self.states.get(&agent).copied();
            let fits = match (desk.work.is_empty(), desk.status) {
                (false, _) => matches!(told, Some(6..=8)),
                (true, Status::LoggedOut) => matches!(told, None | Some(1)),
                (true, Status::OnBreak) => told == Some(3),
                (true, Status::Available) => told == Some(4),
                (true, Status::WorkOffline) => told == Some(5),
            };
            if !fits {
                return Err(format!("{agent} is told to be {told:?} with {desk:?}"));
            }
        }
        Ok(())
    }

    /// Whether whoever reads the whole log in one go is told the same.
    ///
    /// # Errors
    /// When not, or when somebody is still told to be at work.
    pub fn end<'l>(&self, log: impl Iterator<Item = &'l Recorded>) -> Result<(), String> {
        if !self.open.is_empty() || self.gone.is_empty() {
            return Err(format!("never told to be gone: {:?}", self.open));
        }
        let (mut again, mut digest) = (Projection::new(tenant(), 0, 0), DefaultHasher::new());
        let mut messages = Vec::new();
        for (position, Recorded { at, event }) in (1..).zip(log) {
            again.take(&Entry { position, at: *at, event }, &mut messages);
            messages.drain(..).for_each(|message| digest.write(message.json.as_bytes()));
        }
        if digest.finish() == self.digest.finish() {
            Ok(())
        } else {
            Err("the same log tells something else".to_owned())
        }
    }
}
