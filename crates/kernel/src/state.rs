//! Everything a tenant's rules know, and the only way it changes.

mod access;
mod config;

pub use access::Access;
pub use config::Config;

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use model::{
    AgentId, Event, InteractionId, OfferId, QueueId, Text, Timestamp, config::SettingKey,
    interaction::Media, limits::IDEMPOTENCY_KEYS_MAX, time::Millis,
};
use serde::{Deserialize, Serialize};

use crate::center::{
    desk::{self, Desk},
    interaction::Interaction,
    secret_link::{self, SecretLinks},
    waiting::{Available, Waiting},
};

/// A tenant's state: what the rules read, in memory, rebuilt from the log at any time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// How the tenant is set up.
    pub config: Config,
    /// Who may come in, and who is in.
    pub access: Access,
    /// Links that hand secrets over.
    pub secret_links: SecretLinks,
    /// The agents' desks: status and work at hand.
    pub(crate) desks: BTreeMap<AgentId, Desk>,
    /// The open interactions.
    pub(crate) interactions: BTreeMap<InteractionId, Interaction>,
    /// GUID, short id and call id of each open interaction.
    pub(crate) identifiers: BTreeMap<Text, InteractionId>,
    /// Derived: who waits where, best first.
    pub(crate) waiting: Waiting,
    /// Derived: which agents could take something, longest idle first.
    pub(crate) available: Available,
    /// Derived: what is due when.
    pub(crate) timers: BTreeSet<(Timestamp, InteractionId)>,
    /// Requests done, by idempotency key.
    pub(crate) keys: BTreeMap<Text, Done>,
    /// The same by time, oldest first.
    pub(crate) keys_by_time: BTreeSet<(Timestamp, Text)>,
    /// The last interaction's id.
    pub(crate) last_interaction: InteractionId,
    /// The last offer's id.
    pub(crate) last_offer: OfferId,
    /// The last asking of another system.
    pub(crate) last_ask: u64,
}

/// A request that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Done {
    /// When it may be forgotten.
    until: Timestamp,
    /// The one setting that it made.
    made: Option<SettingKey>,
}

impl State {
    /// An interaction that is not yet history, by GUID, short id or call id.
    #[must_use]
    pub fn find(&self, identifier: &str) -> Option<&Interaction> {
        self.interactions.get(self.identifiers.get(identifier)?)
    }

    /// An interaction that is not yet history.
    #[must_use]
    pub fn interaction(&self, id: InteractionId) -> Option<&Interaction> {
        self.interactions.get(&id)
    }

    /// The interactions that are not yet history, oldest first, after `id`.
    pub fn interactions_after(&self, id: InteractionId) -> impl Iterator<Item = &Interaction> {
        use core::ops::Bound::{Excluded, Unbounded};
        self.interactions.range((Excluded(id), Unbounded)).map(|(_, interaction)| interaction)
    }

    /// How many interactions are open.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.interactions.len()
    }

    /// An agent's desk.
    #[must_use]
    pub fn desk(&self, agent: AgentId) -> Option<&Desk> {
        self.desks.get(&agent)
    }

    /// Whether an agent could take one more interaction of a kind now.
    #[must_use]
    pub fn could_take(&self, agent: AgentId, media: Media) -> bool {
        let (Some(settings), Some(desk)) = (self.config.agents.get(&agent), self.desks.get(&agent))
        else {
            return false;
        };
        desk::takes_offers(desk) && desk::has_room(self, settings, desk, media)
    }

    /// How many agents could take something from a queue now.
    #[must_use]
    pub fn free_count(&self, queue: QueueId) -> usize {
        self.available.idle(queue).count()
    }

    /// How many wait in a queue, offered ones included, and since when the first has.
    #[must_use]
    pub fn queue_load(&self, queue: QueueId) -> (usize, Option<Timestamp>) {
        self.waiting.load(queue)
    }

    /// Position in its queue, 1 for the next; counted up to `max`, which then means "or more".
    #[must_use]
    pub fn queue_position(&self, id: InteractionId, max: usize) -> Option<usize> {
        self.waiting.position(self.interactions.get(&id)?, max)
    }

    /// How long whoever has this position in a queue (1 for the next) is likely to wait still, in
    /// milliseconds; `None` until agents were seen to take one after the other from it while somebody
    /// waited. Whoever comes now gets the position after all who wait.
    #[must_use]
    pub fn expected_wait_ms(&self, queue: QueueId, position: usize) -> Option<Millis> {
        let position = u64::try_from(position).unwrap_or(u64::MAX);
        self.waiting.pace(queue).map(|pace| pace.saturating_mul(position))
    }

    /// When the shell must send `Wake`; `None` when nothing is awaited.
    #[must_use]
    pub fn next_wakeup(&self) -> Option<Timestamp> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// Remembers that something happened. The only mutator: history cannot fail, so what does not
    /// fit is a bug and panics.
    pub fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Configured(setting) => crate::center::config::apply(self, setting),
            Event::KeyRemembered { key, until, made } => {
                self.remember(key, Done { until: *until, made: made.clone() }, at);
            }
            Event::Administered(_) => {}
            Event::SessionOpened(session) => self.access.open(session.clone()),
            Event::SessionClosed(hash) => self.access.close(hash),
            Event::SecretLinkMade(_)
            | Event::SecretLinkTried(_)
            | Event::SecretLinkOpened(_)
            | Event::SecretLinkRevoked { .. } => {
                secret_link::apply(&mut self.secret_links, event, at);
            }
            Event::StatusChanged(_) | Event::NextStatusSet { .. } => desk::apply(self, event, at),
            Event::InteractionCreated(created) => {
                crate::center::interaction::create(self, created, at)
            }
            Event::InteractionDeleted { interaction, .. } => {
                crate::center::interaction::delete(self, *interaction, at)
            }
            Event::NodeEntered { interaction, .. }
            | Event::NodePassed(model::event::NodePassed { interaction, .. })
            | Event::PromptPlayed { interaction, .. }
            | Event::InputAwaited { interaction, .. }
            | Event::DigitsPressed { interaction, .. }
            | Event::VariablesSet { interaction, .. }
            | Event::MessageRecorded { interaction, .. }
            | Event::ApiAnswered { interaction, .. }
            | Event::PrioritySet { interaction, .. }
            | Event::SkillsRequired { interaction, .. }
            | Event::RingWidened { interaction, .. }
            | Event::PreferredReleased { interaction }
            | Event::DeclineForgotten { interaction, .. }
            | Event::PositionAnnounced { interaction, .. }
            | Event::OptionSaid { interaction, .. }
            | Event::InteractionDequeued { interaction, .. }
            | Event::HoldChanged { interaction, .. }
            | Event::MuteChanged { interaction, .. }
            | Event::RecordingChanged { interaction, .. }
            | Event::Dialled { interaction, .. }
            | Event::DialEnded { interaction, .. }
            | Event::PartyAnswered { interaction }
            | Event::PartyLeft { interaction }
            | Event::TransferRequested { interaction, .. }
            | Event::LinesJoined { interaction, .. }
            | Event::AgentJoined { interaction, .. }
            | Event::PartyJoined { interaction, .. }
            | Event::AgentLeft { interaction, .. }
            | Event::AgentReleased { interaction, .. }
            | Event::WrapUpDrafted { interaction, .. }
            | Event::InteractionEnded { interaction, .. }
            | Event::WrapUpStarted { interaction, .. } => self.apply_to(*interaction, event, at),
            Event::OfferAccepted { interaction, .. } => {
                let waits = self.interactions.get(interaction).and_then(|open| open.place.wait());
                if let Some(queue) = waits.map(|wait| wait.queue) {
                    self.waiting.take(queue, at);
                }
                self.apply_to(*interaction, event, at);
            }
            Event::ApiAsked(asked) => {
                self.last_ask = asked.ask;
                self.apply_to(asked.interaction, event, at);
            }
            Event::InteractionQueued(queued) => self.apply_to(queued.interaction, event, at),
            Event::InteractionOffered(offered) => self.apply_to(offered.interaction, event, at),
            Event::OfferEnded(ended) => self.apply_to(ended.interaction, event, at),
            Event::WrapUpCompleted(completed) => self.apply_to(completed.interaction, event, at),
        }
    }

    fn apply_to(&mut self, id: InteractionId, event: &Event, at: Timestamp) {
        if let Some(work) =
            self.change(id, |interaction, config| interaction.apply(event, at, config))
        {
            desk::apply_work(self, work, id);
        }
    }

    fn remember(&mut self, key: &Text, done: Done, at: Timestamp) {
        self.keys_by_time.insert((done.until, key.clone()));
        self.keys.insert(key.clone(), done);
        while let Some((end, _)) = self.keys_by_time.first()
            && (*end <= at || self.keys.len() > IDEMPOTENCY_KEYS_MAX)
        {
            let (_, oldest) = self.keys_by_time.pop_first().expect("looked at above");
            self.keys.remove(&oldest);
        }
    }

    /// Whether a request with this key was done and is still remembered.
    #[must_use]
    pub fn remembers(&self, key: &str, now: Timestamp) -> bool {
        self.keys.get(key).is_some_and(|done| done.until > now)
    }

    /// The one setting that the request with this key made.
    #[must_use]
    pub fn made_by(&self, key: &str) -> Option<&SettingKey> {
        self.keys.get(key)?.made.as_ref()
    }

    /// Whether there is such a setting.
    #[must_use]
    pub fn has_setting(&self, key: &SettingKey) -> bool {
        self.config.has(key) || self.access.has(key)
    }

    /// Changes one interaction and keeps the derived indexes in step with it.
    pub(crate) fn change<T>(
        &mut self,
        id: InteractionId,
        change: impl FnOnce(&mut Interaction, &Config) -> T,
    ) -> T {
        let interaction = self.interactions.get_mut(&id).expect("events name open interactions");
        let (due_before, place_before) = (interaction.due(), interaction.waiting_place());
        let result = change(interaction, &self.config);
        let (due_after, place_after) = (interaction.due(), interaction.waiting_place());
        if due_before != due_after {
            self.reschedule(id, due_before, due_after);
        }
        if place_before != place_after {
            self.waiting.move_between(id, place_before.as_ref(), place_after);
        }
        result
    }

    fn reschedule(
        &mut self,
        id: InteractionId,
        before: Option<Timestamp>,
        after: Option<Timestamp>,
    ) {
        if let Some(due) = before {
            self.timers.remove(&(due, id));
        }
        if let Some(due) = after {
            self.timers.insert((due, id));
        }
    }

    /// The open interactions an agent works on, oldest first.
    pub fn work_of(&self, agent: AgentId) -> impl Iterator<Item = &Interaction> {
        let work: &[InteractionId] = self.desks.get(&agent).map_or(&[], |desk| &desk.work);
        work.iter().filter_map(|id| self.interactions.get(id))
    }

    /// Every agent with a desk.
    pub fn desks(&self) -> impl Iterator<Item = (AgentId, &Desk)> {
        self.desks.iter().map(|(agent, desk)| (*agent, desk))
    }

    /// The agents of a queue.
    #[must_use]
    pub fn members(&self, queue: QueueId) -> &[AgentId] {
        self.available.members(queue)
    }

    pub(crate) fn due(&self, now: Timestamp, max: usize) -> Vec<InteractionId> {
        self.timers.iter().take_while(|(at, _)| *at <= now).take(max).map(|(_, id)| *id).collect()
    }
}
