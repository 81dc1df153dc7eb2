//! From the log's events to public events: pure, so that the same log gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use engine::Entry;
use model::{AgentId, Event, InteractionId, TenantId, Text, Timestamp, config::Agent};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Kind, Message};

mod agents;
mod attached;
mod contact;
mod desk;
mod interactions;
mod lines;
mod names;
mod render;

use contact::Contact;
use desk::Desk;
use names::{Name, Names};
use render::Object;

/// Turns a tenant's events into messages. Fed in the order of the log, from its beginning or from where
/// its state was kept.
pub struct Projection {
    tenant: TenantId,
    /// The last message's number.
    seq: u64,
    /// Bytes of all messages so far.
    total: u64,
    names: Names,
    desks: BTreeMap<AgentId, Desk>,
    contacts: BTreeMap<InteractionId, Contact>,
    /// What of the state is not kept yet.
    changed: BTreeSet<Piece>,
    /// When what is being told happened.
    at: Timestamp,
    told: Vec<Message>,
}

/// One part of the state, kept on its own, so that keeping costs what changed and not what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Name(Name),
    Desk(AgentId),
    Contact(InteractionId),
}

impl Projection {
    /// A projection that has sent messages up to number `seq`, of `total` bytes; its state follows by
    /// [`restore`](Self::restore). Both are 0 at the beginning of the log.
    #[must_use]
    pub fn new(tenant: TenantId, seq: u64, total: u64) -> Self {
        Self {
            tenant,
            seq,
            total,
            names: Names::default(),
            desks: BTreeMap::new(),
            contacts: BTreeMap::new(),
            changed: BTreeSet::new(),
            at: Timestamp(0),
            told: Vec::new(),
        }
    }

    /// Takes in what happened next and adds what is to be told of it.
    pub fn take(&mut self, entry: &Entry<'_>, messages: &mut Vec<Message>) {
        self.at = entry.at;
        match entry.event {
            Event::Configured(setting) => {
                if let Some(name) = self.names.take(setting) {
                    self.changed.insert(Piece::Name(name));
                }
                if let model::config::Setting::Agent(agent) = &**setting {
                    self.set_up(agent);
                }
            }
            Event::StatusChanged(changed) => self.change_status(changed),
            Event::NextStatusSet { agent, next } => self.desk(*agent).next = next.is_some(),
            event => self.take_interaction(event),
        }
        messages.append(&mut self.told);
    }

    /// What of the state has changed since the last call: a name, and the text to keep under it; `None` when
    /// there is nothing to keep any more.
    pub fn changes(&mut self) -> Vec<(String, Option<String>)> {
        let changed = std::mem::take(&mut self.changed);
        changed.into_iter().map(|piece| (piece.name(), self.keep(piece))).collect()
    }

    /// Takes in what was kept; `None` when it is not something that [`changes`](Self::changes) gives.
    #[must_use]
    pub fn restore(&mut self, name: &str, json: &str) -> Option<()> {
        match Piece::parse(name)? {
            Piece::Name(Name::TimeZone) => self.names.time_zone = read(json)?,
            Piece::Name(Name::Queue(id)) => drop(self.names.queues.insert(id, read(json)?)),
            Piece::Name(Name::Channel(id)) => drop(self.names.channels.insert(id, read(json)?)),
            Piece::Name(Name::Code(id)) => drop(self.names.codes.insert(id, read(json)?)),
            Piece::Desk(id) => drop(self.desks.insert(id, read(json)?)),
            Piece::Contact(id) => drop(self.contacts.insert(id, read(json)?)),
        }
        Some(())
    }

    fn keep(&self, piece: Piece) -> Option<String> {
        match piece {
            Piece::Name(Name::TimeZone) => Some(written(&self.names.time_zone)),
            Piece::Name(Name::Queue(id)) => self.names.queues.get(&id).map(written),
            Piece::Name(Name::Channel(id)) => self.names.channels.get(&id).map(written),
            Piece::Name(Name::Code(id)) => self.names.codes.get(&id).map(written),
            Piece::Desk(id) => self.desks.get(&id).map(written),
            Piece::Contact(id) => self.contacts.get(&id).map(written),
        }
    }

    /// An agent, to be changed.
    fn desk(&mut self, agent: AgentId) -> &mut Desk {
        self.changed.insert(Piece::Desk(agent));
        self.desks.entry(agent).or_default()
    }

    /// An interaction, to be changed; `None` when the log never began it, which it always does.
    fn contact(&mut self, id: InteractionId) -> Option<&mut Contact> {
        self.changed.insert(Piece::Contact(id));
        self.contacts.get_mut(&id)
    }

    fn send(
        &mut self,
        kind: Kind,
        interaction: Option<Text>,
        agents: Vec<AgentId>,
        mut event: Object,
    ) {
        self.seq += 1;
        event.put_msg_info(self.seq, self.at);
        let json = format!(r#"{{"{}":{}}}"#, kind.root().as_str(), event.write());
        self.total += json.len() as u64;
        let (seq, total, at) = (self.seq, self.total, self.at);
        self.told.push(Message { seq, at, kind, interaction, agents, json: json.into(), total });
    }

    fn set_up(&mut self, agent: &Agent) {
        let desk = self.desks.get(&agent.id);
        let changes = agents::queue_changes(desk, agent);
        for (queue, enabled, kind) in changes {
            self.desk(agent.id).queues.insert(queue, enabled);
            self.tell_skill(agent.id, queue, enabled, kind);
        }
    }
}

impl Piece {
    fn name(self) -> String {
        match self {
            Self::Name(Name::TimeZone) => "timeZone -".to_owned(),
            Self::Name(Name::Queue(id)) => format!("queue {id}"),
            Self::Name(Name::Channel(id)) => format!("channel {id}"),
            Self::Name(Name::Code(id)) => format!("code {id}"),
            Self::Desk(id) => format!("desk {id}"),
            Self::Contact(id) => format!("interaction {id}"),
        }
    }

    fn parse(name: &str) -> Option<Self> {
        let (kind, id) = name.split_once(' ')?;
        let number = || id.parse().ok();
        match kind {
            "timeZone" => Some(Self::Name(Name::TimeZone)),
            "queue" => Some(Self::Name(Name::Queue(model::QueueId(number()?)))),
            "channel" => Some(Self::Name(Name::Channel(model::ChannelId(number()?)))),
            "code" => Some(Self::Name(Name::Code(number()?))),
            "desk" => Some(Self::Desk(AgentId::parse(id)?)),
            "interaction" => Some(Self::Contact(InteractionId(id.parse().ok()?))),
            _ => None,
        }
    }
}

fn read<T: DeserializeOwned>(json: &str) -> Option<T> {
    serde_json::from_str(json).ok()
}

fn written<T: Serialize>(part: &T) -> String {
    serde_json::to_string(part).expect("the state is plain data")
}
