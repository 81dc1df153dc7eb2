//! What an outsider who sees only the events may expect: kept apart from the kernel, so that both
//! cannot be wrong in the same way.

use std::collections::BTreeMap;

use kernel::{
    State,
    center::{place::Place, routing},
};
use model::{
    AgentId, Event, InteractionId, OfferId, Timestamp, interaction::OfferEnd, status::Status,
};

/// Where an interaction is, by the events alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    Script,
    Queued,
    Offered(OfferId, AgentId),
    Talking(AgentId),
    Ended,
    WrapUp(AgentId),
}

/// A second opinion on the log, event by event.
#[derive(Clone, Debug, Default)]
pub struct Oracle {
    open: BTreeMap<InteractionId, Seen>,
    status: BTreeMap<AgentId, Status>,
    last_offer: OfferId,
    /// Interactions that came and went.
    pub finished: u64,
    /// Offers made.
    pub offers: u64,
    /// Offers accepted.
    pub accepted: u64,
    /// Offers rejected, timed out and withdrawn.
    pub declined: [u64; 3],
}

impl Oracle {
    /// Judges one event; `before` is the state it was decided on, rebuilt by replay.
    ///
    /// # Errors
    /// Says what the event contradicts.
    pub fn see(&mut self, event: &Event, before: &State, at: Timestamp) -> Result<(), String> {
        match event {
            Event::InteractionCreated(created) => {
                self.step(created.interaction, &[None], Some(Seen::Script))
            }
            Event::InteractionQueued(queued) => {
                self.step(queued.interaction, &[Some(Seen::Script)], Some(Seen::Queued))
            }
            Event::InteractionDequeued { interaction, .. } => {
                self.step(*interaction, &[Some(Seen::Queued)], Some(Seen::Script))
            }
            Event::InteractionOffered(offered) => {
                self.offers += 1;
                if offered.offer <= self.last_offer {
                    return Err(format!("offer {} is not new", offered.offer));
                }
                self.last_offer = offered.offer;
                if self.status.get(&offered.agent) != Some(&Status::Available) {
                    return Err(format!(
                        "{} is offered {} but not available",
                        offered.agent, offered.interaction
                    ));
                }
                recompute(offered, before, at)?;
                let to = Seen::Offered(offered.offer, offered.agent);
                self.step(offered.interaction, &[Some(Seen::Queued)], Some(to))
            }
            Event::OfferEnded(ended) => {
                self.declined[match ended.end {
                    OfferEnd::Rejected => 0,
                    OfferEnd::TimedOut => 1,
                    OfferEnd::Withdrawn => 2,
                }] += 1;
                self.step(
                    ended.interaction,
                    &[Some(Seen::Offered(ended.offer, ended.agent))],
                    Some(Seen::Queued),
                )
            }
            Event::OfferAccepted { interaction, offer, agent } => {
                self.accepted += 1;
                self.step(
                    *interaction,
                    &[Some(Seen::Offered(*offer, *agent))],
                    Some(Seen::Talking(*agent)),
                )
            }
            Event::InteractionEnded { interaction, .. } => {
                let from = self.open.get(interaction).copied();
                let fits = matches!(from, Some(Seen::Script | Seen::Queued | Seen::Talking(_)));
                if fits {
                    self.step(*interaction, &[from], Some(Seen::Ended))
                } else {
                    Err(format!("{event:?} after {from:?}"))
                }
            }
            Event::WrapUpStarted { interaction, agent, .. } => {
                self.step(*interaction, &[Some(Seen::Ended)], Some(Seen::WrapUp(*agent)))
            }
            Event::InteractionDeleted { interaction, agent } => {
                self.finished += 1;
                let paperwork = agent.map(Seen::WrapUp);
                self.step(*interaction, &[paperwork, Some(Seen::Ended)], None)
            }
            Event::StatusChanged(changed) => {
                self.status.insert(changed.agent, changed.status);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn step(
        &mut self,
        id: InteractionId,
        from: &[Option<Seen>],
        to: Option<Seen>,
    ) -> Result<(), String> {
        let was = self.open.remove(&id);
        if let Some(to) = to {
            self.open.insert(id, to);
        }
        if from.contains(&was) {
            Ok(())
        } else {
            Err(format!("interaction {id} went from {was:?} to {to:?}"))
        }
    }

    /// Interactions that have come and not gone.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.open.len()
    }
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
