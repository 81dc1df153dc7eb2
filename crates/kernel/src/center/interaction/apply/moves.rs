//! The events that move an interaction from one place to another, and agents into it and out of it.

use alloc::{boxed::Box, vec, vec::Vec};

use model::{
    AgentId, Event, Text, Timestamp,
    event::{InteractionOffered, OfferEnded},
    interaction::{OfferEnd, Recording},
};

use super::Interaction;
use crate::center::{
    desk::Work,
    place::{Bridge, Dial, Offer, Paper, Place, Seat, Talk, Wait},
};

impl Interaction {
    pub(super) fn move_on(&mut self, event: &Event, at: Timestamp) -> Option<Work> {
        let place = core::mem::replace(&mut self.place, Place::Script);
        match (place, event) {
            (place @ (Place::Waiting(_) | Place::Script), Event::InteractionOffered(offered)) => {
                return Some(self.ask(place, offered, at));
            }
            (Place::Offered(wait, offer), Event::OfferEnded(ended)) => {
                self.remember_decline(ended);
                self.place = Place::Waiting(wait);
                return Some(given_back(&offer));
            }
            (Place::Asked(offer), Event::OfferEnded(_)) => return Some(given_back(&offer)),
            (Place::Offered(wait, offer), Event::OfferAccepted { .. }) => {
                self.declined.clear();
                let Wait { queue, entered, .. } = wait;
                self.talk(Some(queue), entered, vec![seat(offer.agent, Some(offer), at)], at);
            }
            (Place::Asked(offer), Event::OfferAccepted { .. }) => {
                let host = self.agent.filter(|_| self.line_of.is_some());
                let mut seats: Vec<Seat> =
                    host.into_iter().map(|agent| seat(agent, None, at)).collect();
                seats.push(seat(offer.agent, Some(offer), at));
                self.talk(self.queue, self.created, seats, at);
            }
            (Place::Script, Event::Dialled { agent, to, deadline, .. }) => {
                self.place = Place::Dialling(dial(*agent, to, at, *deadline, None));
            }
            // The agent has accepted, and the customer is called back.
            (Place::Talking(talk), Event::Dialled { agent, to, deadline, .. }) => {
                let talk = Some(Box::new(talk));
                self.place = Place::Dialling(dial(*agent, to, at, *deadline, talk));
            }
            (Place::Dialling(dial), Event::DialEnded { .. }) => {
                // An agent stays on the line until the interaction ends; a customer goes on.
                if dial.agent.is_some() {
                    self.place = Place::Dialling(dial);
                }
            }
            (Place::Dialling(dial), Event::PartyAnswered { .. }) => match (dial.talk, dial.agent) {
                (Some(talk), _) => {
                    self.place = Place::Talking(Talk { answered: at, ..beginning(*talk, at) });
                }
                (None, Some(agent)) => {
                    self.talk(self.queue, self.created, vec![seat(agent, None, at)], at);
                }
                (None, None) => self.place = Place::Bridged(Bridge { to: dial.to, since: at }),
            },
            (Place::Bridged(_), Event::PartyLeft { .. }) => {}
            (Place::Talking(talk), event) => return self.regroup(talk, event, at),
            (place, Event::AgentReleased { agent, .. }) => {
                self.place = place;
                return Some(self.release(*agent, at));
            }
            (place, Event::InteractionEnded { cause, .. }) => {
                self.part(place, at);
                self.place = Place::Ended(*cause);
            }
            (place, Event::WrapUpStarted { agent, deadline, .. }) => {
                self.place = place;
                self.begin_paper(*agent, at, *deadline);
            }
            // Says where, not what: the event may hold a private value.
            (place, _) => panic!("interaction {}: an event that cannot follow {place:?}", self.id),
        }
        None
    }

    /// What changes a conversation while it lasts, or ends it.
    fn regroup(&mut self, mut talk: Talk, event: &Event, at: Timestamp) -> Option<Work> {
        let mut work = None;
        if let Event::AgentJoined { agent, .. } = event {
            talk.seats.push(seat(*agent, None, at));
            work = Some(Work::Taken { agent: *agent, at, offer: None });
        } else if let Event::PartyJoined { number, .. } = event {
            talk.guests.push(number.clone());
        } else if let Event::AgentLeft { agent, .. } = event {
            let place = talk.seats.iter().position(|seat| seat.agent == *agent);
            let seat = talk.seats.remove(place.expect("who leaves took part"));
            self.papers.push(paper(&talk, seat, at));
        } else if let Event::InteractionEnded { cause, .. } = event {
            self.part(Place::Talking(talk), at);
            self.place = Place::Ended(*cause);
            return None;
        } else if let Event::WrapUpStarted { agent, deadline, .. } = event {
            self.begin_paper(*agent, at, *deadline);
        } else if let Event::AgentReleased { agent, .. } = event {
            work = Some(self.release(*agent, at));
        } else {
            panic!("interaction {}: an event that cannot follow {talk:?}", self.id);
        }
        self.place = if !talk.seats.is_empty() {
            Place::Talking(talk)
        } else if let Some(to) = talk.guests.pop() {
            Place::Bridged(Bridge { to, since: at })
        } else {
            // The customer is alone for the rest of the turn: somebody is about to be rung.
            Place::Script
        };
        work
    }

    fn ask(&mut self, place: Place, offered: &InteractionOffered, at: Timestamp) -> Work {
        let InteractionOffered { offer: id, agent, deadline, .. } = *offered;
        let explanation = offered.explanation.clone();
        let offer = Offer { id, agent, offered: at, deadline, explanation };
        self.place = if let Place::Waiting(wait) = place {
            Place::Offered(wait, offer)
        } else {
            Place::Asked(offer)
        };
        Work::Taken { agent, at, offer: Some(id) }
    }

    fn remember_decline(&mut self, ended: &OfferEnded) {
        if ended.end != OfferEnd::Withdrawn {
            self.declined.retain(|(declined, _)| *declined != ended.agent);
            self.declined.push((ended.agent, ended.spared_until));
        }
    }

    fn talk(
        &mut self,
        queue: Option<model::QueueId>,
        entered: Timestamp,
        seats: Vec<Seat>,
        at: Timestamp,
    ) {
        self.place = Place::Talking(Talk {
            queue,
            entered,
            seats,
            guests: Vec::new(),
            answered: at,
            held: None,
            recording: Recording::Off,
        });
    }

    /// Every agent who was connected gets something to put down.
    fn part(&mut self, place: Place, at: Timestamp) {
        match place {
            Place::Talking(talk) => self.part_all(talk, at),
            Place::Dialling(Dial { talk: Some(talk), .. }) => {
                self.part_all(beginning(*talk, at), at);
            }
            Place::Dialling(Dial { agent: Some(agent), since, .. }) => {
                self.part_alone(agent, since, at)
            }
            Place::Script => {
                // A second line on which nobody took the call.
                if let Some(host) = self.agent.filter(|_| self.line_of.is_some()) {
                    self.part_alone(host, self.created, at);
                }
            }
            Place::Dialling(Dial { agent: None, .. })
            | Place::Waiting(_)
            | Place::Offered(..)
            | Place::Asked(_)
            | Place::Bridged(_)
            | Place::Ended(_) => {}
        }
    }

    fn part_all(&mut self, mut talk: Talk, at: Timestamp) {
        for seat in core::mem::take(&mut talk.seats) {
            self.papers.push(paper(&talk, seat, at));
        }
    }

    /// An agent who was connected to nobody.
    fn part_alone(&mut self, agent: AgentId, joined: Timestamp, at: Timestamp) {
        let seat = seat(agent, None, joined);
        let (queue, entered) = (self.queue, self.created);
        self.papers.push(Paper { queue, entered, seat, left: at, time: None });
    }

    fn begin_paper(&mut self, agent: AgentId, at: Timestamp, deadline: Timestamp) {
        let paper = self.papers.iter_mut().find(|paper| paper.seat.agent == agent);
        paper.expect("who wraps up took part").time = Some((at, deadline));
    }

    fn release(&mut self, agent: AgentId, at: Timestamp) -> Work {
        self.papers.retain(|paper| paper.seat.agent != agent);
        Work::Done { agent, idle_since: at }
    }
}

fn dial(
    agent: Option<AgentId>,
    to: &Text,
    since: Timestamp,
    deadline: Timestamp,
    talk: Option<Box<Talk>>,
) -> Dial {
    Dial { to: to.clone(), agent, since, deadline, talk }
}

/// A conversation that begins after the ringing: until then nobody took part.
fn beginning(mut talk: Talk, at: Timestamp) -> Talk {
    talk.seats.iter_mut().for_each(|seat| seat.joined = at);
    talk
}

fn given_back(offer: &Offer) -> Work {
    Work::Done { agent: offer.agent, idle_since: offer.idle_before() }
}

fn seat(agent: AgentId, offer: Option<Offer>, joined: Timestamp) -> Seat {
    Seat { agent, offer, joined, muted: false, draft: None::<Box<_>> }
}

fn paper(talk: &Talk, seat: Seat, left: Timestamp) -> Paper {
    Paper { queue: talk.queue, entered: talk.entered, seat, left, time: None }
}
