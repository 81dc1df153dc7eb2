//! One customer's contact from arrival to history.

use alloc::{boxed::Box, collections::BTreeMap, string::String, sync::Arc, vec::Vec};

use model::{
    AgentId, ChannelId, Event, InteractionId, Text, Timestamp,
    config::{Queue, SkillLevel},
    event::{InteractionCreated, InteractionQueued, OfferEnded, WrapUpCompleted},
    interaction::{Disposition, EndCause, Media, OfferEnd},
    variable::Variable,
};
use serde::{Deserialize, Serialize};

use crate::{
    State,
    center::{
        desk::Work,
        place::{Offer, Place, Run, Talk, Wait, WrapUp},
        waiting::Standing,
    },
    state::Config,
};

mod wake;
pub(crate) use wake::wake;

/// One customer's contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interaction {
    /// Identity inside the tenant.
    pub id: InteractionId,
    /// Identity on the wire.
    pub guid: Text,
    /// How the customer came.
    pub media: Media,
    /// The channel reached.
    pub channel: ChannelId,
    /// Its number or address.
    pub to: Text,
    /// The customer's number or address.
    pub from: Text,
    /// The customer's name.
    pub caller_name: Option<Text>,
    /// SIP Call-ID or the like.
    pub call_id: Option<Text>,
    /// When the customer arrived.
    pub created: Timestamp,
    /// Custom variables in order of first writing.
    pub variables: Vec<Variable>,
    /// Priority set by the script; the queue's own otherwise.
    pub priority: Option<u8>,
    /// Skills required by the script, sorted.
    pub skills: Arc<[SkillLevel]>,
    /// Where it is.
    pub place: Place,
    /// How far its script has come.
    pub run: Option<Run>,
    /// Agents who declined it, each spared until then.
    pub declined: Vec<(AgentId, Timestamp)>,
}

/// The short identifier: `int-`, the time and the first six characters of the random part.
#[must_use]
pub fn short_id(guid: &str) -> Option<&str> {
    let (time_end, _) = guid.match_indices('-').nth(1)?;
    let random = guid.get(time_end + 1..)?;
    let end = random.find('-').unwrap_or(random.len()).min(6);
    guid.get(..time_end + 1 + end)
}

pub(crate) fn create(state: &mut State, created: &InteractionCreated, at: Timestamp) {
    let id = created.interaction;
    state.last_interaction = id;
    state.identifiers.insert(created.guid.clone(), id);
    for other in
        [short_id(&created.guid).map(Text::from), created.call_id.clone()].into_iter().flatten()
    {
        state.identifiers.entry(other).or_insert(id);
    }
    let interaction = Interaction {
        id,
        guid: created.guid.clone(),
        media: created.media,
        channel: created.channel,
        to: created.to.clone(),
        from: created.from.clone(),
        caller_name: created.caller_name.clone(),
        call_id: created.call_id.clone(),
        created: at,
        variables: Vec::new(),
        priority: None,
        skills: Arc::from([]),
        place: Place::Script,
        run: None,
        declined: Vec::new(),
    };
    state.interactions.insert(id, interaction);
}

pub(crate) fn delete(state: &mut State, id: InteractionId, at: Timestamp) {
    if let Some(agent) = state.interactions[&id].place.agent() {
        super::desk::apply_work(state, Work::Done { agent, idle_since: at }, id);
    }
    // Through `change`, so that the indexes forget it too.
    state.change(id, |interaction, _| {
        interaction.place = Place::Ended(EndCause::Script, None);
        interaction.run = None;
        interaction.declined.clear();
    });
    let interaction = state.interactions.remove(&id).expect("looked at above");
    let others = [short_id(&interaction.guid).map(Text::from), interaction.call_id.clone()];
    for identifier in others.into_iter().flatten().chain([interaction.guid.clone()]) {
        if state.identifiers.get(&identifier) == Some(&id) {
            state.identifiers.remove(&identifier);
        }
    }
}

impl Interaction {
    /// The variable of this name.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.name.as_str() == name)
    }

    /// When something is due: the earliest of what its place awaits.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        let spared = || self.declined.iter().map(|(_, until)| *until).min();
        match &self.place {
            Place::Script => self.run.as_ref().and_then(|run| run.until),
            Place::Waiting(wait) => {
                let held = wait.held.map(|(_, until)| until);
                [wait.ring_at, held, wait.leave_at, wait.announce_at, spared()]
                    .into_iter()
                    .flatten()
                    .min()
            }
            Place::Offered(wait, offer) => {
                [Some(offer.deadline), wait.ring_at].into_iter().flatten().min()
            }
            Place::Talking(_) | Place::Ended(..) => None,
            Place::WrapUp(wrap_up) => Some(wrap_up.deadline),
        }
    }

    pub(crate) fn waiting_place(&self) -> Option<Standing> {
        match &self.place {
            Place::Waiting(wait) => Some(Standing::new(wait, true)),
            Place::Offered(wait, _) => Some(Standing::new(wait, false)),
            Place::Script | Place::Talking(_) | Place::Ended(..) | Place::WrapUp(_) => None,
        }
    }

    /// Whether the agent is spared this interaction for now.
    pub(crate) fn is_declined_by(&self, agent: AgentId) -> bool {
        self.declined.iter().any(|(declined, _)| *declined == agent)
    }

    /// Applies an event of this interaction; says what changes on an agent's desk.
    pub(crate) fn apply(&mut self, event: &Event, at: Timestamp, config: &Config) -> Option<Work> {
        match event {
            Event::VariablesSet { variables, .. } => self.set_variables(variables),
            Event::PrioritySet { priority, .. } => self.priority = Some(*priority),
            Event::SkillsRequired { skills, .. } => self.skills = skills.as_slice().into(),
            Event::InteractionQueued(queued) => self.enter_queue(queued, at, config),
            Event::RingWidened { ring, .. } => self.widen(*ring, config),
            Event::PreferredReleased { .. } => self.wait_mut().held = None,
            Event::DeclineForgotten { agent, .. } => {
                self.declined.retain(|(declined, _)| declined != agent)
            }
            Event::PositionAnnounced { next, .. } => self.wait_mut().announce_at = Some(*next),
            Event::InteractionDequeued { .. } => {
                self.place = Place::Script;
                self.declined.clear();
            }
            Event::HoldChanged { held, .. } => self.talk_mut().held = held.then_some(at),
            Event::MuteChanged { muted, .. } => self.talk_mut().muted = *muted,
            Event::InteractionOffered(_)
            | Event::OfferEnded(_)
            | Event::OfferAccepted { .. }
            | Event::InteractionEnded { .. }
            | Event::WrapUpStarted { .. }
            | Event::WrapUpCompleted(_) => return self.move_on(event, at),
            Event::NodeEntered { .. }
            | Event::NodePassed(_)
            | Event::PromptPlayed { .. }
            | Event::InputAwaited { .. }
            | Event::DigitsPressed { .. } => self.apply_script(event),
            Event::Configured(_)
            | Event::KeyRemembered { .. }
            | Event::SessionOpened(_)
            | Event::SessionClosed(_)
            | Event::StatusChanged(_)
            | Event::NextStatusSet { .. }
            | Event::InteractionCreated(_)
            | Event::InteractionDeleted { .. } => {
                unreachable!("{event:?} is not applied to an open interaction")
            }
        }
        None
    }

    /// The events that move it from one place to another.
    fn move_on(&mut self, event: &Event, at: Timestamp) -> Option<Work> {
        match (core::mem::replace(&mut self.place, Place::Script), event) {
            (Place::Waiting(wait), Event::InteractionOffered(offered)) => {
                let (id, agent, deadline) = (offered.offer, offered.agent, offered.deadline);
                let explanation = offered.explanation.clone();
                self.place =
                    Place::Offered(wait, Offer { id, agent, offered: at, deadline, explanation });
                Some(Work::Taken { agent, at, offer: id })
            }
            (
                Place::Offered(wait, offer),
                Event::OfferEnded(OfferEnded { end, agent, spared_until, .. }),
            ) => {
                if *end != OfferEnd::Withdrawn {
                    self.declined.retain(|(declined, _)| declined != agent);
                    self.declined.push((*agent, *spared_until));
                }
                self.place = Place::Waiting(wait);
                Some(Work::Done { agent: *agent, idle_since: offer.idle_before() })
            }
            (Place::Offered(wait, offer), Event::OfferAccepted { .. }) => {
                let Wait { queue, entered, .. } = wait;
                self.declined.clear();
                self.place = Place::Talking(Talk {
                    queue,
                    entered,
                    offer,
                    answered: at,
                    held: None,
                    muted: false,
                    ended: None,
                });
                None
            }
            (Place::Talking(talk), Event::InteractionEnded { cause, .. }) => {
                self.place =
                    Place::Ended(*cause, Some(Talk { ended: Some(at), held: None, ..talk }));
                None
            }
            (_, Event::InteractionEnded { cause, .. }) => {
                self.place = Place::Ended(*cause, None);
                None
            }
            (Place::Ended(cause, Some(talk)), Event::WrapUpStarted { deadline, .. }) => {
                self.place = Place::WrapUp(WrapUp {
                    talk,
                    cause,
                    started: at,
                    deadline: *deadline,
                    completed: false,
                });
                None
            }
            (Place::WrapUp(wrap_up), Event::WrapUpCompleted(_)) => {
                self.place = Place::WrapUp(WrapUp { completed: true, ..wrap_up });
                None
            }
            (place, event) => panic!("{event:?} cannot follow {place:?}"),
        }
    }

    fn apply_script(&mut self, event: &Event) {
        match (event, &mut self.run) {
            (Event::NodeEntered { script, version, node, .. }, run) => {
                let (steps, burst) = run.as_ref().map_or((0, 0), |run| (run.steps, run.burst));
                *run = Some(Run {
                    script: *script,
                    version: *version,
                    node: node.clone(),
                    steps: steps + 1,
                    burst: burst + 1,
                    tries: 0,
                    digits: String::new(),
                    keys: Text::from(""),
                    until: None,
                });
            }
            (Event::InputAwaited { keys, until, .. }, Some(run)) => {
                run.tries = run.tries.saturating_add(1);
                (run.keys, run.until, run.burst) = (keys.clone(), Some(*until), 0);
                run.digits.clear();
            }
            (Event::DigitsPressed { digits, .. }, Some(run)) => run.digits.push_str(digits),
            (Event::NodePassed(_), Some(run)) => {
                run.until = None;
                run.digits.clear();
            }
            _ => {}
        }
    }

    fn set_variables(&mut self, variables: &[Variable]) {
        for variable in variables {
            match self.variables.iter_mut().find(|known| known.name == variable.name) {
                Some(known) => known.clone_from(variable),
                None => self.variables.push(variable.clone()),
            }
        }
    }

    fn enter_queue(&mut self, queued: &InteractionQueued, at: Timestamp, config: &Config) {
        let wait = Wait {
            queue: queued.queue,
            entered: at,
            priority: queued.priority,
            ring: 0,
            ring_at: None,
            needs: Arc::from([]),
            held: queued.preferred,
            leave_at: queued.leave_at,
            announce_ms: queued.announce_ms,
            announce_at: queued.announce_ms.map(|ms| at.plus(ms)),
        };
        self.place = Place::Waiting(wait);
        self.declined.clear();
        self.widen(0, config);
    }

    /// Opens the first `ring` rings. Also used when the queue's settings change under a waiting one.
    pub(crate) fn widen(&mut self, ring: u8, config: &Config) {
        let skills = self.skills.clone();
        let wait = self.wait_mut();
        let Some(queue) = config.queues.get(&wait.queue) else { return };
        wait.ring = ring.min(u8::try_from(queue.rings.len()).unwrap_or(u8::MAX));
        wait.needs = needs(queue, &skills, wait.ring);
        wait.ring_at =
            queue.rings.get(usize::from(wait.ring)).map(|next| wait.entered.plus(next.after_ms));
    }

    fn wait_mut(&mut self) -> &mut Wait {
        match &mut self.place {
            Place::Waiting(wait) | Place::Offered(wait, _) => wait,
            place @ (Place::Script | Place::Talking(_) | Place::Ended(..) | Place::WrapUp(_)) => {
                panic!("not in a queue: {place:?}")
            }
        }
    }

    fn talk_mut(&mut self) -> &mut Talk {
        match &mut self.place {
            Place::Talking(talk) => talk,
            place @ (Place::Script
            | Place::Waiting(_)
            | Place::Offered(..)
            | Place::Ended(..)
            | Place::WrapUp(_)) => {
                panic!("not in talk: {place:?}")
            }
        }
    }
}

/// What the rings opened so far leave of the queue's and the script's requirements; the stricter of
/// two levels for the same skill counts.
fn needs(queue: &Queue, skills: &[SkillLevel], ring: u8) -> Arc<[SkillLevel]> {
    let mut needs = BTreeMap::new();
    for need in queue.required.iter().chain(skills) {
        let level = needs.entry(need.skill).or_insert(need.level);
        *level = (*level).max(need.level);
    }
    for (skill, relaxed) in queue.rings.iter().take(usize::from(ring)).flat_map(|ring| &ring.relax)
    {
        match relaxed {
            Some(level) => needs.insert(*skill, *level),
            None => needs.remove(skill),
        };
    }
    needs.into_iter().map(|(skill, level)| SkillLevel { skill, level }).collect()
}

/// The paperwork of somebody who did not come to it.
pub(crate) fn wrap_up_by_clock(id: InteractionId, agent: AgentId) -> Event {
    Event::WrapUpCompleted(Box::new(WrapUpCompleted {
        interaction: id,
        agent,
        disposition: Disposition::None,
        codes: Vec::new(),
        note: None,
        timed_out: true,
    }))
}
