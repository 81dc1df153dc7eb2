//! What an event of the log means for one agent's screen.

use std::collections::{BTreeMap, BTreeSet};

use engine::Entry;
use model::{
    AgentId, Event, InteractionId,
    access::SecretHash,
    config::Setting,
    interaction::{DialEnd, EndCause, OfferEnd, Recording},
    status::Status,
};

use super::wire::{Change, ChangeKind};

/// Watches the log with one agent's eyes: knows which interactions are at the agent's desk.
pub(super) struct Watch {
    agent: AgentId,
    session: SecretHash,
    /// The work at hand, and what is known of it.
    work: BTreeMap<InteractionId, Known>,
}

#[derive(Default)]
struct Known {
    guid: Option<String>,
    /// It has left the desk; kept until the next screen, which still speaks of it.
    gone: bool,
}

/// Something that happened, whose interaction may not be known by its GUID yet.
#[derive(Debug)]
pub(super) struct Happened {
    pub(super) interaction: Option<InteractionId>,
    pub(super) change: Change,
}

/// What an event means.
#[derive(Debug)]
pub(super) enum Impact {
    /// Nothing.
    None,
    /// How many wait may have changed.
    Queues,
    /// The screen shows it, without a word about it.
    Screen,
    /// The agent is told.
    Told(Happened),
}

impl Watch {
    pub(super) fn new(agent: AgentId, session: SecretHash) -> Self {
        Self { agent, session, work: BTreeMap::new() }
    }

    /// Takes over what a screen shows.
    pub(super) fn saw(&mut self, work: impl Iterator<Item = (InteractionId, String)>) {
        self.work = work.map(|(id, guid)| (id, Known { guid: Some(guid), gone: false })).collect();
    }

    /// Takes over what must have been at the desk before these records: what is there after them or
    /// acts there in them, and was not offered in them first.
    pub(super) fn recall<'e>(
        &mut self,
        records: impl Iterator<Item = Entry<'e>>,
        after: &[InteractionId],
    ) {
        let mut offered = BTreeSet::new();
        let mut before = BTreeSet::new();
        for entry in records {
            let (new, agent) = match entry.event {
                Event::InteractionOffered(new) => (new.interaction, Some(new.agent)),
                Event::InteractionCreated(new) => (new.interaction, new.agent),
                Event::AgentJoined { interaction, agent, .. } => (*interaction, Some(*agent)),
                _ => Default::default(),
            };
            if agent == Some(self.agent) {
                offered.insert(new);
            } else if let Some(id) = acted_on_by(entry.event, self.agent)
                && !offered.contains(&id)
            {
                before.insert(id);
            }
        }
        before.extend(after.iter().filter(|id| !offered.contains(id)));
        self.work = before.into_iter().map(|id| (id, Known::default())).collect();
    }

    /// The GUID of an interaction that is or was at the desk, if a screen has shown it.
    pub(super) fn guid(&self, id: InteractionId) -> Option<&str> {
        self.work.get(&id)?.guid.as_deref()
    }

    /// What an event means for this agent.
    pub(super) fn judge(&mut self, entry: &Entry<'_>) -> Impact {
        let at = entry.at.0;
        let tell = |interaction, kind, text: &str| {
            let change = Change { at, interaction_id: None, kind, text: text.to_owned() };
            Impact::Told(Happened { interaction, change })
        };
        match entry.event {
            Event::StatusChanged(changed) if changed.agent == self.agent => {
                tell(None, ChangeKind::Status, changed.status.text())
            }
            Event::NextStatusSet { agent, next } if *agent == self.agent => {
                tell(None, ChangeKind::Status, &next_text(next.as_ref().map(|(next, _)| *next)))
            }
            Event::InteractionOffered(offered) if offered.agent == self.agent => {
                self.work.insert(offered.interaction, Known::default());
                tell(Some(offered.interaction), ChangeKind::Offered, "Offered to you")
            }
            Event::OfferEnded(ended) if ended.agent == self.agent => {
                self.leave(ended.interaction);
                let text = match ended.end {
                    OfferEnd::Rejected => "You rejected the offer",
                    OfferEnd::TimedOut => "You did not answer the offer in time",
                    OfferEnd::Withdrawn => "The offer was withdrawn: the customer left",
                    OfferEnd::Recalled => "The offer was taken back by a supervisor",
                };
                tell(Some(ended.interaction), ChangeKind::OfferEnded, text)
            }
            Event::OfferAccepted { interaction, agent, .. } if *agent == self.agent => {
                tell(Some(*interaction), ChangeKind::Accepted, "You accepted")
            }
            Event::InteractionCreated(created) if created.agent == Some(self.agent) => {
                self.work.insert(created.interaction, Known::default());
                Impact::Screen
            }
            Event::AgentJoined { interaction, agent, .. } if *agent == self.agent => {
                self.work.insert(*interaction, Known::default());
                tell(Some(*interaction), ChangeKind::Line, "You take part")
            }
            Event::AgentReleased { interaction, agent } if *agent == self.agent => {
                self.leave(*interaction);
                Impact::Screen
            }
            Event::Configured(setting) => self.reconfigured(setting, tell),
            Event::SessionClosed(session) if *session == self.session => Impact::Screen,
            Event::OfferAccepted { interaction, .. } if !self.has(*interaction) => Impact::Queues,
            Event::InteractionQueued(_) | Event::InteractionDequeued { .. } => Impact::Queues,
            other => self.judge_work(other, tell),
        }
    }

    /// Events of the work at hand.
    fn judge_work(
        &mut self,
        event: &Event,
        tell: impl Fn(Option<InteractionId>, ChangeKind, &str) -> Impact,
    ) -> Impact {
        let Some(id) = interaction_of(event) else { return Impact::None };
        if !self.has(id) {
            return match event {
                Event::InteractionEnded { .. } => Impact::Queues,
                _ => Impact::None,
            };
        }
        let (kind, text) = match event {
            Event::VariablesSet { .. } => (ChangeKind::Variables, "New information"),
            Event::HoldChanged { held: true, .. } => (ChangeKind::Hold, "On hold"),
            Event::HoldChanged { held: false, .. } => (ChangeKind::Hold, "Off hold"),
            Event::MuteChanged { muted: true, .. } => (ChangeKind::Mute, "Muted"),
            Event::MuteChanged { muted: false, .. } => (ChangeKind::Mute, "No longer muted"),
            Event::InteractionEnded { cause, .. } => (ChangeKind::Ended, ended_text(*cause)),
            Event::WrapUpStarted { agent, .. } if *agent == self.agent => {
                (ChangeKind::WrapUp, "Wrap up now")
            }
            Event::RecordingChanged { recording, .. } => {
                (ChangeKind::Recording, recording_text(*recording))
            }
            Event::DialEnded { end, .. } => (ChangeKind::Line, dial_text(*end)),
            Event::PartyAnswered { .. } => (ChangeKind::Line, "Answered"),
            Event::OfferAccepted { .. } => (ChangeKind::Line, "Your colleague answered"),
            Event::AgentJoined { .. } => (ChangeKind::Line, "A colleague joined"),
            Event::AgentLeft { agent, .. } if *agent != self.agent => {
                (ChangeKind::Line, "A colleague left")
            }
            Event::OfferEnded(_) => (ChangeKind::Line, "Your colleague did not take it"),
            Event::WrapUpCompleted(done) if done.agent != self.agent => return Impact::Screen,
            Event::WrapUpCompleted(done) if done.timed_out => {
                (ChangeKind::Completed, "The time for wrap-up ran out")
            }
            Event::WrapUpCompleted(_) => (ChangeKind::Completed, "Wrap-up completed"),
            Event::InteractionDeleted { .. } => {
                self.leave(id);
                return Impact::Screen;
            }
            _ => return Impact::Screen,
        };
        tell(Some(id), kind, text)
    }

    fn reconfigured(
        &self,
        setting: &Setting,
        tell: impl Fn(Option<InteractionId>, ChangeKind, &str) -> Impact,
    ) -> Impact {
        match setting {
            Setting::Agent(agent) if agent.id != self.agent => Impact::None,
            Setting::Agent(_) => tell(None, ChangeKind::Settings, "Your settings were changed"),
            Setting::Tenant(_)
            | Setting::Skill(_)
            | Setting::Queue(_)
            | Setting::TransactionCode(_)
            | Setting::Reason(_)
            | Setting::User(_)
            | Setting::Deleted(_) => Impact::Screen,
            Setting::Group(_)
            | Setting::Schedule(_)
            | Setting::Script(_)
            | Setting::ScriptDraft(_)
            | Setting::Channel(_)
            | Setting::Tokens(_)
            | Setting::Crm(_)
            | Setting::ApiKey(_)
            | Setting::Webhook(_)
            | Setting::WebhookDeleted(_) => Impact::None,
        }
    }

    fn has(&self, id: InteractionId) -> bool {
        self.work.get(&id).is_some_and(|known| !known.gone)
    }

    fn leave(&mut self, id: InteractionId) {
        self.work.entry(id).or_default().gone = true;
    }
}

/// The interaction, when the event names this agent as the one at whose desk it is.
fn acted_on_by(event: &Event, by: AgentId) -> Option<InteractionId> {
    let (interaction, agent) = match event {
        Event::OfferEnded(ended) => (ended.interaction, Some(ended.agent)),
        Event::OfferAccepted { interaction, agent, .. }
        | Event::HoldChanged { interaction, agent, .. }
        | Event::MuteChanged { interaction, agent, .. }
        | Event::AgentLeft { interaction, agent }
        | Event::AgentReleased { interaction, agent }
        | Event::WrapUpDrafted { interaction, agent, .. }
        | Event::WrapUpStarted { interaction, agent, .. } => (*interaction, Some(*agent)),
        Event::Dialled { interaction, agent, .. }
        | Event::RecordingChanged { interaction, agent, .. } => (*interaction, *agent),
        Event::WrapUpCompleted(done) => (done.interaction, Some(done.agent)),
        Event::InteractionDeleted { interaction, agent } => (*interaction, *agent),
        _ => return None,
    };
    (agent == Some(by)).then_some(interaction)
}

fn next_text(next: Option<Status>) -> String {
    match next {
        Some(status) => format!("{} after this", status.text()),
        None => "No change of status to come".to_owned(),
    }
}

fn recording_text(recording: Recording) -> &'static str {
    match recording {
        Recording::On => "Recording",
        Recording::Paused => "Recording paused",
        Recording::Off => "Recording stopped",
    }
}

fn dial_text(end: DialEnd) -> &'static str {
    match end {
        DialEnd::NoAnswer => "Nobody answered",
        DialEnd::Busy => "The line is busy",
        DialEnd::Failed => "The number could not be reached",
        DialEnd::Cancelled => "You gave up",
    }
}

fn ended_text(cause: EndCause) -> &'static str {
    match cause {
        EndCause::Agent => "An agent ended the conversation",
        EndCause::Customer => "The customer ended the conversation",
        EndCause::Abandoned => "The customer left",
        EndCause::Script | EndCause::ScriptError => "The script ended it",
        EndCause::Unanswered => "Nobody answered",
        EndCause::Transferred => "You handed the customer on",
        EndCause::Merged => "The lines became one",
        EndCause::Party => "The number outside hung up",
    }
}

/// The interaction an event is about, of those events that can concern work at a desk.
fn interaction_of(event: &Event) -> Option<InteractionId> {
    match event {
        Event::VariablesSet { interaction, .. }
        | Event::RecordingChanged { interaction, .. }
        | Event::Dialled { interaction, .. }
        | Event::DialEnded { interaction, .. }
        | Event::PartyAnswered { interaction }
        | Event::PartyJoined { interaction, .. }
        | Event::TransferRequested { interaction, .. }
        | Event::LinesJoined { interaction, .. }
        | Event::AgentJoined { interaction, .. }
        | Event::AgentLeft { interaction, .. }
        | Event::AgentReleased { interaction, .. }
        | Event::WrapUpDrafted { interaction, .. }
        | Event::OfferAccepted { interaction, .. }
        | Event::PromptPlayed { interaction, .. }
        | Event::PositionAnnounced { interaction, .. }
        | Event::PrioritySet { interaction, .. }
        | Event::RingWidened { interaction, .. }
        | Event::PreferredReleased { interaction }
        | Event::HoldChanged { interaction, .. }
        | Event::MuteChanged { interaction, .. }
        | Event::InteractionEnded { interaction, .. }
        | Event::WrapUpStarted { interaction, .. }
        | Event::InteractionDeleted { interaction, .. } => Some(*interaction),
        Event::WrapUpCompleted(done) => Some(done.interaction),
        Event::OfferEnded(ended) => Some(ended.interaction),
        Event::InteractionOffered(offered) => Some(offered.interaction),
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
        | Event::NodeEntered { .. }
        | Event::NodePassed(_)
        | Event::InputAwaited { .. }
        | Event::MessageRecorded { .. }
        | Event::ApiAsked(_)
        | Event::ApiAnswered { .. }
        | Event::DigitsPressed { .. }
        | Event::SkillsRequired { .. }
        | Event::InteractionQueued(_)
        | Event::DeclineForgotten { .. }
        | Event::OptionSaid { .. }
        | Event::InteractionDequeued { .. }
        | Event::PartyLeft { .. } => None,
    }
}
