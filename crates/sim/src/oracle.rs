//! What an outsider who sees only the events may expect: kept apart from the kernel, so that both
//! cannot be wrong in the same way.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{
    State,
    center::{place::Place, routing},
};
use model::{
    AgentId, Event, InteractionId, OfferId, Timestamp, explanation::NamedBy, interaction::OfferEnd,
    status::Status,
};

/// Where an interaction is, by the events alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Seen {
    #[default]
    Script,
    Queued,
    Offered(OfferId, AgentId),
    Asked(OfferId, AgentId),
    Dialling(Option<AgentId>),
    Talking,
    Bridged,
    Ended,
}

/// An open interaction, and which agents are connected or have something to put down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Open {
    seen: Seen,
    /// Whoever accepts rings the customer.
    callback: bool,
    guests: u32,
    talking: BTreeSet<AgentId>,
    papers: BTreeSet<AgentId>,
}

/// A second opinion on the log, event by event.
#[derive(Clone, Debug, Default)]
pub struct Oracle {
    open: BTreeMap<InteractionId, Open>,
    status: BTreeMap<AgentId, Status>,
    last_offer: OfferId,
    /// Interactions that came and went.
    pub finished: u64,
    /// Offers made.
    pub offers: u64,
    /// Offers accepted.
    pub accepted: u64,
    /// Offers rejected, timed out, and withdrawn or taken back.
    pub declined: [u64; 3],
    /// Calls dialled, answered; customers handed on; agents who joined others.
    pub lines: [u64; 4],
}

impl Oracle {
    /// Judges one event; `before` is the state it was decided on, rebuilt by replay.
    ///
    /// # Errors
    /// Says what the event contradicts.
    pub fn see(&mut self, event: &Event, before: &State, at: Timestamp) -> Result<(), String> {
        match event {
            Event::InteractionCreated(created) => {
                let talking = created.agent.into_iter().collect();
                let callback = created.callback;
                let open = Open { seen: Seen::Script, callback, talking, ..Open::default() };
                let known = self.open.insert(created.interaction, open);
                require(known.is_none(), event, known)
            }
            Event::StatusChanged(changed) => {
                self.status.insert(changed.agent, changed.status);
                Ok(())
            }
            Event::InteractionOffered(offered) => self.see_offer(offered, before, at),
            Event::InteractionDeleted { interaction, agent } => {
                self.finished += 1;
                let open = self.open.remove(interaction);
                let left: BTreeSet<AgentId> = agent.iter().copied().collect();
                let fits = open
                    .as_ref()
                    .is_some_and(|open| open.seen == Seen::Ended && open.papers == left);
                require(fits, event, open)
            }
            _ => {
                self.count(event);
                let Some(id) = about(event) else { return Ok(()) };
                let open = self.open.get_mut(&id).ok_or_else(|| format!("{event:?} of nothing"))?;
                let was = open.clone();
                let fits = open.step(event);
                require(fits, event, Some(was))
            }
        }
    }

    fn see_offer(
        &mut self,
        offered: &model::event::InteractionOffered,
        before: &State,
        at: Timestamp,
    ) -> Result<(), String> {
        self.offers += 1;
        if offered.offer <= self.last_offer {
            return Err(format!("offer {} is not new", offered.offer));
        }
        self.last_offer = offered.offer;
        if self.status.get(&offered.agent) != Some(&Status::Available) {
            return Err(format!("offer {}: {} is not available", offered.offer, offered.agent));
        }
        let open = self.open.get_mut(&offered.interaction).ok_or("an offer of nothing")?;
        let named_by = offered.explanation.named_by;
        let waits = matches!(named_by, None | Some(NamedBy::Supervisor(_)));
        let fits = open.seen == if waits { Seen::Queued } else { Seen::Script };
        require(fits, &Event::InteractionOffered(Box::new(offered.clone())), Some(open.clone()))?;
        let (offer, agent) = (offered.offer, offered.agent);
        open.seen = if waits { Seen::Offered(offer, agent) } else { Seen::Asked(offer, agent) };
        if named_by.is_some() { Ok(()) } else { recompute(offered, before, at) }
    }

    fn count(&mut self, event: &Event) {
        match event {
            Event::OfferEnded(ended) => {
                self.declined[match ended.end {
                    OfferEnd::Rejected => 0,
                    OfferEnd::TimedOut => 1,
                    OfferEnd::Withdrawn | OfferEnd::Recalled => 2,
                }] += 1;
            }
            Event::OfferAccepted { .. } => self.accepted += 1,
            Event::Dialled { .. } => self.lines[0] += 1,
            Event::PartyAnswered { .. } => self.lines[1] += 1,
            Event::TransferRequested { .. } => self.lines[2] += 1,
            Event::AgentJoined { .. } => self.lines[3] += 1,
            _ => {}
        }
    }

    /// Interactions that have come and not gone.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.open.len()
    }
}

impl Open {
    /// Takes an event in; false when it cannot follow.
    fn step(&mut self, event: &Event) -> bool {
        let (fits, next) = match (event, self.seen) {
            (Event::InteractionQueued(_), was) => (was == Seen::Script, Seen::Queued),
            (Event::InteractionDequeued { .. }, was) => (was == Seen::Queued, Seen::Script),
            (Event::OfferEnded(ended), Seen::Offered(offer, agent)) => {
                ((ended.offer, ended.agent) == (offer, agent), Seen::Queued)
            }
            (Event::OfferEnded(ended), Seen::Asked(offer, agent)) => {
                ((ended.offer, ended.agent) == (offer, agent), Seen::Script)
            }
            (
                Event::OfferAccepted { offer, agent, .. },
                Seen::Offered(asked, whom) | Seen::Asked(asked, whom),
            ) => ((*offer, *agent) == (asked, whom) && self.talking.insert(whom), Seen::Talking),
            (Event::Dialled { agent, .. }, Seen::Script) => (true, Seen::Dialling(*agent)),
            (Event::Dialled { agent: Some(agent), .. }, Seen::Talking) => {
                let fits = self.callback && self.talking.contains(agent);
                self.callback = false;
                (fits, Seen::Dialling(Some(*agent)))
            }
            (Event::DialEnded { .. }, Seen::Dialling(None)) => (true, Seen::Script),
            (Event::DialEnded { .. }, was @ Seen::Dialling(Some(_))) => (true, was),
            (Event::PartyAnswered { .. }, Seen::Dialling(None)) => (true, Seen::Bridged),
            (Event::PartyAnswered { .. }, Seen::Dialling(Some(_))) => (true, Seen::Talking),
            (Event::PartyLeft { .. }, was) => (was == Seen::Bridged, Seen::Script),
            (Event::AgentJoined { agent, .. }, was) => {
                (was == Seen::Talking && self.talking.insert(*agent), was)
            }
            (Event::PartyJoined { .. }, was) => {
                self.guests += 1;
                (was == Seen::Talking, was)
            }
            (Event::AgentLeft { agent, .. }, was) => {
                let fits = was == Seen::Talking && self.leave(*agent);
                let alone = if self.guests > 0 { Seen::Bridged } else { Seen::Script };
                (fits, if self.talking.is_empty() { alone } else { was })
            }
            (Event::InteractionEnded { .. }, was) => {
                self.papers.append(&mut self.talking);
                let offered = matches!(was, Seen::Offered(..) | Seen::Asked(..) | Seen::Ended);
                (!offered, Seen::Ended)
            }
            (Event::WrapUpStarted { agent, .. } | Event::WrapUpDrafted { agent, .. }, was) => {
                (self.papers.contains(agent) || self.talking.contains(agent), was)
            }
            (Event::AgentReleased { agent, .. }, was) => {
                let more = was != Seen::Ended || self.papers.len() > 1;
                (self.papers.remove(agent) && more, was)
            }
            (_, was) => (false, was),
        };
        self.seen = next;
        fits
    }

    fn leave(&mut self, agent: AgentId) -> bool {
        self.talking.remove(&agent) && self.papers.insert(agent)
    }
}

/// The interaction of an event that moves one.
fn about(event: &Event) -> Option<InteractionId> {
    match event {
        Event::InteractionQueued(queued) => Some(queued.interaction),
        Event::OfferEnded(ended) => Some(ended.interaction),
        Event::InteractionDequeued { interaction, .. }
        | Event::OfferAccepted { interaction, .. }
        | Event::Dialled { interaction, .. }
        | Event::DialEnded { interaction, .. }
        | Event::PartyAnswered { interaction }
        | Event::PartyLeft { interaction }
        | Event::AgentJoined { interaction, .. }
        | Event::PartyJoined { interaction, .. }
        | Event::AgentLeft { interaction, .. }
        | Event::AgentReleased { interaction, .. }
        | Event::InteractionEnded { interaction, .. }
        | Event::WrapUpStarted { interaction, .. }
        | Event::WrapUpDrafted { interaction, .. } => Some(*interaction),
        _ => None,
    }
}

fn require(fits: bool, event: &Event, was: Option<Open>) -> Result<(), String> {
    if fits { Ok(()) } else { Err(format!("{event:?} after {was:?}")) }
}

/// The explanation in the log is the one that the state before it gives.
fn recompute(
    offered: &model::event::InteractionOffered,
    before: &State,
    at: Timestamp,
) -> Result<(), String> {
    let interaction = before.interaction(offered.interaction).ok_or("an offer of nothing")?;
    let Place::Waiting(wait) = &interaction.place else {
        return Err("an offer of what does not wait".to_owned());
    };
    let again = routing::explain(before, interaction, wait, offered.agent, at);
    if again.candidates.first().map(|chosen| chosen.agent) != Some(offered.agent) {
        return Err(format!("offer {} went to an excluded agent: {again:?}", offered.offer));
    }
    if again == *offered.explanation {
        Ok(())
    } else {
        Err(format!("offer {} explains otherwise", offered.offer))
    }
}
