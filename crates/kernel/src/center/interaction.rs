//! One customer's contact from arrival to history.

use alloc::{boxed::Box, sync::Arc, vec::Vec};

use model::{
    AgentId, ChannelId, Event, InteractionId, Text, Timestamp,
    config::SkillLevel,
    event::{InteractionCreated, WrapUpCompleted},
    interaction::{Disposition, EndCause, Media},
    variable::Variable,
};
use serde::{Deserialize, Serialize};

use crate::{
    State,
    center::{
        desk::Work,
        place::{Place, Run},
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
