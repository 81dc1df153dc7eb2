//! How events change an interaction: the only place where one moves.

use alloc::{boxed::Box, collections::BTreeMap, string::String, sync::Arc};

use model::{
    AgentId, Event, Text, Timestamp,
    config::{Queue, SkillLevel},
    event::InteractionQueued,
    interaction::Message,
    variable::Variable,
};

use super::Interaction;
use crate::{
    center::{
        desk::Work,
        place::{Place, Run, Seat, Talk, Wait},
    },
    state::Config,
};

mod moves;

impl Interaction {
    /// Applies an event of this interaction; says what changes on an agent's desk.
    pub(crate) fn apply(&mut self, event: &Event, at: Timestamp, config: &Config) -> Option<Work> {
        self.waited(event);
        match event {
            Event::VariablesSet { variables, .. } => self.set_variables(variables),
            Event::MessageRecorded { message, .. } => self.messages.push(Message::clone(message)),
            Event::PrioritySet { priority, .. } => self.priority = Some(*priority),
            Event::SkillsRequired { skills, .. } => self.skills = skills.as_slice().into(),
            Event::InteractionQueued(queued) => self.enter_queue(queued, at, config),
            Event::RingWidened { ring, .. } => self.widen(*ring, config),
            Event::PreferredReleased { .. } => self.wait_mut().held = None,
            Event::DeclineForgotten { agent, .. } => {
                self.declined.retain(|(declined, _)| declined != agent)
            }
            Event::PositionAnnounced { next, .. } => self.wait_mut().announce_at = Some(*next),
            Event::OptionSaid { .. } => self.wait_mut().said += 1,
            Event::InteractionDequeued { .. } => {
                self.left = self.place.wait().map(|wait| (wait.queue, wait.entered));
                self.place = Place::Script;
                self.declined.clear();
            }
            Event::HoldChanged { held, .. } => self.talk_mut().held = held.then_some(at),
            Event::MuteChanged { agent, muted, .. } => self.seat_mut(*agent).muted = *muted,
            Event::RecordingChanged { recording, .. } => self.talk_mut().recording = *recording,
            Event::WrapUpDrafted { agent, draft, .. } => {
                self.seat_mut(*agent).draft = Some(draft.clone());
            }
            Event::TransferRequested { to, successor, .. } => {
                let successor = successor.clone();
                self.handover = successor.map(|guid| Box::new((to.clone(), guid)));
            }
            Event::LinesJoined { .. } | Event::WrapUpCompleted(_) => {}
            Event::InteractionOffered(_)
            | Event::OfferEnded(_)
            | Event::OfferAccepted { .. }
            | Event::Dialled { .. }
            | Event::DialEnded { .. }
            | Event::PartyAnswered { .. }
            | Event::PartyLeft { .. }
            | Event::AgentJoined { .. }
            | Event::PartyJoined { .. }
            | Event::AgentLeft { .. }
            | Event::AgentReleased { .. }
            | Event::InteractionEnded { .. }
            | Event::WrapUpStarted { .. } => return self.move_on(event, at),
            Event::NodeEntered { .. }
            | Event::NodePassed(_)
            | Event::PromptPlayed { .. }
            | Event::InputAwaited { .. }
            | Event::ApiAsked(_)
            | Event::ApiAnswered { .. }
            | Event::DigitsPressed { .. } => self.apply_script(event),
            Event::Configured(_)
            | Event::Administered(_)
            | Event::KeyRemembered { .. }
            | Event::SessionOpened(_)
            | Event::SessionClosed(_)
            | Event::SecretLinkMade(_)
            | Event::SecretLinkTried(_)
            | Event::SecretLinkOpened(_)
            | Event::SecretLinkRevoked { .. }
            | Event::StatusChanged(_)
            | Event::NextStatusSet { .. }
            | Event::InteractionCreated(_)
            | Event::InteractionDeleted { .. } => {
                unreachable!("not an event of an open interaction")
            }
        }
        None
    }

    /// A script that has waited for something may pass nodes again.
    fn waited(&mut self, event: &Event) {
        if let Event::InteractionDequeued { .. }
        | Event::OfferEnded(_)
        | Event::DialEnded { .. }
        | Event::PartyLeft { .. } = event
            && let Some(run) = &mut self.run
        {
            run.burst = 0;
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
                    asked: None,
                });
            }
            (Event::InputAwaited { keys, until, .. }, Some(run)) => {
                run.tries = run.tries.saturating_add(1);
                (run.keys, run.until, run.burst) = (keys.clone(), Some(*until), 0);
                run.digits.clear();
            }
            (Event::DigitsPressed { digits, .. }, Some(run)) => run.digits.push_str(digits),
            (Event::ApiAsked(asked), Some(run)) => {
                (run.until, run.burst) = (Some(asked.until), 0);
                run.asked = Some(asked.clone());
            }
            (Event::ApiAnswered { .. }, Some(run)) => run.asked = None,
            (Event::NodePassed(_), Some(run)) => {
                (run.until, run.asked) = (None, None);
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
            entered: queued.entered.unwrap_or(at),
            priority: queued.priority,
            ring: 0,
            ring_at: None,
            needs: Arc::from([]),
            held: queued.preferred,
            leave_at: queued.leave_at,
            announce_ms: queued.announce_ms,
            announce_at: queued.announce_ms.map(|ms| at.plus(ms)),
            announce_wait: queued.announce_wait,
            options: queued.options.as_slice().into(),
            said: 0,
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
            place @ (Place::Script
            | Place::Asked(_)
            | Place::Dialling(_)
            | Place::Talking(_)
            | Place::Bridged(_)
            | Place::Ended(_)) => panic!("not in a queue: {place:?}"),
        }
    }

    fn talk_mut(&mut self) -> &mut Talk {
        match &mut self.place {
            Place::Talking(talk) => talk,
            place @ (Place::Script
            | Place::Waiting(_)
            | Place::Offered(..)
            | Place::Asked(_)
            | Place::Dialling(_)
            | Place::Bridged(_)
            | Place::Ended(_)) => panic!("not in talk: {place:?}"),
        }
    }

    /// An agent's part, in the conversation or after it.
    fn seat_mut(&mut self, agent: AgentId) -> &mut Seat {
        let seats = match &mut self.place {
            Place::Talking(talk) => talk.seats.as_mut_slice(),
            Place::Script
            | Place::Waiting(_)
            | Place::Offered(..)
            | Place::Asked(_)
            | Place::Dialling(_)
            | Place::Bridged(_)
            | Place::Ended(_) => &mut [],
        };
        let papers = self.papers.iter_mut().map(|paper| &mut paper.seat);
        let mut all = seats.iter_mut().chain(papers);
        all.find(|seat| seat.agent == agent).expect("events name agents who take part")
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
