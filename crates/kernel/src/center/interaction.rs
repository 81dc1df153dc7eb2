//! One customer's contact from arrival to history.

use alloc::{boxed::Box, sync::Arc, vec::Vec};

use model::{
    AgentId, ChannelId, Event, InteractionId, QueueId, Text, Timestamp,
    config::SkillLevel,
    event::{InteractionCreated, WrapUpCompleted},
    interaction::{Direction, EndCause, Media, Message, Target},
    variable::Variable,
};
use serde::{Deserialize, Serialize};

use crate::{
    State,
    center::{
        desk::Work,
        place::{Paper, Place, Run},
        waiting::Standing,
    },
};

mod apply;
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
    /// Who dialled.
    pub direction: Direction,
    /// The channel reached, or dialled from.
    pub channel: ChannelId,
    /// What was dialled.
    pub to: Text,
    /// Who dialled: number or address.
    pub from: Text,
    /// The customer's name.
    pub caller_name: Option<Text>,
    /// SIP Call-ID or the like.
    pub call_id: Option<Text>,
    /// When the customer arrived.
    pub created: Timestamp,
    /// The agent who dialled.
    pub agent: Option<AgentId>,
    /// The queue on whose behalf an agent dialled, or into which the customer falls back.
    pub queue: Option<QueueId>,
    /// GUID of the interaction that the customer was handed on from.
    pub original: Option<Text>,
    /// It is the second line on which `agent` consults somebody about this interaction.
    pub line_of: Option<InteractionId>,
    /// Nobody is on the line: the customer is rung when an agent accepts.
    pub callback: bool,
    /// The customer is called back about it; once is enough.
    pub(crate) called_back: bool,
    /// The queue that the customer left last without an agent, and since when the wait there had been.
    pub(crate) left: Option<(QueueId, Timestamp)>,
    /// Custom variables in order of first writing.
    pub variables: Vec<Variable>,
    /// What the customer has said for the agents, oldest first.
    pub messages: Vec<Message>,
    /// Priority set by the script; the queue's own otherwise.
    pub priority: Option<u8>,
    /// Skills required by the script, sorted.
    pub skills: Arc<[SkillLevel]>,
    /// Where it is.
    pub place: Place,
    /// How far its script has come.
    pub run: Option<Run>,
    /// Agents who took part and have not yet put down what is to be put down.
    pub papers: Vec<Paper>,
    /// To whom the customer is being handed on, and the GUID to go on with; within one turn.
    pub(crate) handover: Option<Box<(Target, Text)>>,
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
    if let Some(short) = short_id(&created.guid) {
        state.identifiers.entry(short.into()).or_insert(id);
    }
    if let Some(call_id) = created.call_id.clone() {
        // The customer's line goes on with the interaction that the customer was handed to.
        let line = state.identifiers.entry(call_id).or_insert(id);
        if created.original.is_some() {
            *line = id;
        }
    }
    let interaction = Interaction {
        id,
        guid: created.guid.clone(),
        media: created.media,
        direction: created.direction,
        channel: created.channel,
        to: created.to.clone(),
        from: created.from.clone(),
        caller_name: created.caller_name.clone(),
        call_id: created.call_id.clone(),
        created: at,
        agent: created.agent,
        queue: created.queue,
        original: created.original.clone(),
        line_of: created.line_of,
        callback: created.callback,
        called_back: false,
        left: None,
        variables: Vec::new(),
        messages: Vec::new(),
        priority: None,
        skills: Arc::from([]),
        place: Place::Script,
        run: None,
        papers: Vec::new(),
        handover: None,
        declined: Vec::new(),
    };
    state.interactions.insert(id, interaction);
    if created.callback
        && let Some(from) = created.original.as_ref().and_then(|guid| state.identifiers.get(guid))
        && let Some(from) = state.interactions.get_mut(from)
    {
        from.called_back = true;
    }
    if let Some(agent) = created.agent {
        super::desk::apply_work(state, Work::Taken { agent, at, offer: None }, id);
    }
}

pub(crate) fn delete(state: &mut State, id: InteractionId, at: Timestamp) {
    // Through `change`, so that the indexes forget it too.
    let papers = state.change(id, |interaction, _| {
        interaction.place = Place::Ended(EndCause::Script);
        interaction.run = None;
        interaction.declined.clear();
        core::mem::take(&mut interaction.papers)
    });
    for Paper { seat, .. } in papers {
        let done = Work::Done { agent: seat.agent, idle_since: at };
        super::desk::apply_work(state, done, id);
    }
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

    /// The customer's number or address.
    #[must_use]
    pub fn customer(&self) -> &Text {
        match self.direction {
            Direction::In => &self.from,
            Direction::Out => &self.to,
        }
    }

    /// The channel's number or address.
    #[must_use]
    pub fn channel_address(&self) -> &Text {
        match self.direction {
            Direction::In => &self.to,
            Direction::Out => &self.from,
        }
    }

    /// The agents at whose desks it is.
    pub fn agents(&self) -> impl Iterator<Item = AgentId> {
        let host = self.agent.filter(|_| self.line_of.is_some());
        let (first, second) = match &self.place {
            Place::Offered(_, offer) => (Some(offer.agent), None),
            Place::Asked(offer) => (Some(offer.agent), host),
            Place::Dialling(dial) => (dial.agent, None),
            Place::Script
            | Place::Waiting(_)
            | Place::Talking(_)
            | Place::Bridged(_)
            | Place::Ended(_) => (None, None),
        };
        let seats = self.place.talk().map_or(&[][..], |talk| &talk.seats);
        let papers = self.papers.iter().map(|paper| paper.seat.agent);
        let seats = seats.iter().map(|seat| seat.agent);
        first.into_iter().chain(second).chain(seats).chain(papers)
    }

    /// The queue it is in, came through, or was dialled for.
    #[must_use]
    pub fn last_queue(&self) -> Option<QueueId> {
        let wait = self.place.wait().map(|wait| wait.queue);
        let talk = || self.place.taken().and_then(|talk| talk.queue);
        let paper = || self.papers.last().and_then(|paper| paper.queue);
        wait.or_else(talk).or_else(paper).or(self.queue)
    }

    /// What an agent has to put down.
    #[must_use]
    pub fn paper(&self, agent: AgentId) -> Option<&Paper> {
        self.papers.iter().find(|paper| paper.seat.agent == agent)
    }

    /// Whether a queue takes the customer whom the agent asked by name does not take.
    pub(crate) fn falls_back(&self) -> bool {
        self.original.is_some() && self.queue.is_some()
    }

    /// Whether it is the second line that this agent opened.
    #[must_use]
    pub fn is_second_line_of(&self, agent: AgentId) -> bool {
        self.line_of.is_some() && self.agent == Some(agent)
    }

    /// When something is due: the earliest of what its place awaits and its agents have to put down.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        let spared = || self.declined.iter().map(|(_, until)| *until).min();
        let place = match &self.place {
            Place::Script => self.run.as_ref().and_then(|run| run.until),
            Place::Waiting(wait) => {
                let held = wait.held.map(|(_, until)| until);
                let option = wait.next_option().map(|option| option.at);
                [wait.ring_at, held, wait.leave_at, wait.announce_at, option, spared()]
                    .into_iter()
                    .flatten()
                    .min()
            }
            Place::Offered(wait, offer) => {
                [Some(offer.deadline), wait.ring_at].into_iter().flatten().min()
            }
            Place::Asked(offer) => Some(offer.deadline),
            Place::Dialling(dial) => Some(dial.deadline),
            Place::Talking(_) | Place::Bridged(_) | Place::Ended(_) => None,
        };
        let papers = self.papers.iter().filter_map(|paper| paper.time);
        papers.map(|(_, deadline)| deadline).chain(place).min()
    }

    pub(crate) fn waiting_place(&self) -> Option<Standing> {
        match &self.place {
            Place::Waiting(wait) => Some(Standing::new(wait, true)),
            Place::Offered(wait, _) => Some(Standing::new(wait, false)),
            Place::Script
            | Place::Asked(_)
            | Place::Dialling(_)
            | Place::Talking(_)
            | Place::Bridged(_)
            | Place::Ended(_) => None,
        }
    }

    /// Whether the agent is spared this interaction for now.
    pub(crate) fn is_declined_by(&self, agent: AgentId) -> bool {
        self.declined.iter().any(|(declined, _)| *declined == agent)
    }
}

/// The paperwork of somebody who did not come to complete it: what was put down counts.
pub(crate) fn wrap_up_by_clock(id: InteractionId, paper: &Paper) -> Event {
    let draft = paper.seat.draft.as_deref().cloned().unwrap_or_default();
    Event::WrapUpCompleted(Box::new(WrapUpCompleted {
        interaction: id,
        agent: paper.seat.agent,
        disposition: draft.disposition,
        codes: draft.codes,
        note: draft.note,
        timed_out: true,
    }))
}
