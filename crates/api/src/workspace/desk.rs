//! One interaction at an agent's desk, as that agent sees it.

use engine::State;
use kernel::center::{
    interaction::Interaction,
    place::{Offer, Paper, Place, Seat, Talk},
};
use model::{
    AgentId, Timestamp, config,
    interaction::{self, Recording},
};

use super::wire::{self, WorkPlace};
use crate::shown::{self, why};

/// What the agent has to do with an interaction.
struct Part<'s> {
    place: WorkPlace,
    offer: Option<&'s Offer>,
    /// The agent's part in a conversation, and whose rules apply.
    seat: Option<(&'s Seat, Option<model::QueueId>)>,
    talk: Option<&'s Talk>,
    paper: Option<&'s Paper>,
    /// When the interaction had entered its queue, or began.
    entered: Timestamp,
}

impl<'s> Part<'s> {
    fn of(open: &'s Interaction, agent: AgentId) -> Option<Self> {
        let part = |place, entered| Self {
            place,
            offer: None,
            seat: None,
            talk: None,
            paper: None,
            entered,
        };
        if let Some(paper) = open.paper(agent) {
            let (seat, paper) = (Some((&paper.seat, paper.queue)), Some(paper));
            let entered = paper.map_or(open.created, |paper| paper.entered);
            return Some(Self { seat, paper, ..part(WorkPlace::WrapUp, entered) });
        }
        Some(match &open.place {
            Place::Offered(wait, offer) => {
                Self { offer: Some(offer), ..part(WorkPlace::Offered, wait.entered) }
            }
            Place::Asked(offer) if offer.agent == agent => {
                Self { offer: Some(offer), ..part(WorkPlace::Offered, open.created) }
            }
            Place::Asked(_) | Place::Dialling(_) => {
                let entered = open.place.taken().map_or(open.created, |talk| talk.entered);
                part(WorkPlace::Dialling, entered)
            }
            Place::Talking(talk) => {
                let seat = talk.seat(agent).map(|seat| (seat, talk.queue));
                Self { seat, talk: Some(talk), ..part(WorkPlace::Talking, talk.entered) }
            }
            Place::Script | Place::Waiting(_) | Place::Bridged(_) | Place::Ended(_) => return None,
        })
    }
}

pub(super) fn work(state: &State, open: &Interaction, agent: AgentId) -> Option<wire::Work> {
    let part = Part::of(open, agent)?;
    let asked = part.offer.or_else(|| part.seat?.0.offer.as_ref());
    let why = asked.map(|offer| why::of(state, &offer.explanation));
    let name = |queue| state.config.queues.get(&queue).map(|queue| queue.name.to_string());
    let queue = open.last_queue();
    let first_line = open.line_of.and_then(|first| state.interaction(first));
    Some(wire::Work {
        interaction_id: open.guid.as_ref().to_owned(),
        media_type: open.media.into(),
        direction: open.direction.into(),
        place: part.place,
        callback: open.callback,
        queue: queue.map(|id| wire::QueueName { id: id.0, name: name(id).unwrap_or_default() }),
        line_of: first_line.map(|first| first.guid.to_string()),
        channel: open.channel_address().as_ref().to_owned(),
        ani: open.customer().as_ref().to_owned(),
        caller_name: open.caller_name.as_deref().unwrap_or_default().to_owned(),
        created_at: open.created.0,
        queued_at: part.entered.0,
        priority: asked.map_or(0, |offer| offer.explanation.priority),
        variables: open
            .variables
            .iter()
            .filter(|shown| shown.is_display())
            .map(shown::variable)
            .collect(),
        messages: open.messages.iter().map(message).collect(),
        offer: part.offer.zip(why.clone()).map(|(offer, why)| wire::Offer {
            id: offer.id.to_string(),
            offered_at: offer.offered.0,
            deadline: offer.deadline.0,
            why,
        }),
        why,
        participants: participants(state, open, agent),
        talk: conversation(&part),
        wrap_up: part.seat.filter(|_| open.line_of.is_none()).map(|(seat, queue)| {
            wrap_up(state, seat, queue, part.paper.and_then(|paper| paper.time))
        }),
        timeline: Vec::new(),
    })
}

fn message(said: &interaction::Message) -> wire::Message {
    let (duration_ms, at) = (said.duration_ms, said.at.0);
    wire::Message { text: said.text.to_string(), duration_ms, at }
}

/// The others, the customer left out.
fn participants(state: &State, open: &Interaction, me: AgentId) -> Vec<wire::Participant> {
    let agent = |id: AgentId, ringing| {
        let name = state.config.agents.get(&id).map(|agent| agent.name.to_string());
        let (kind, name) = (wire::ParticipantKind::Agent, name.unwrap_or_default());
        wire::Participant { kind, name, ringing }
    };
    let number = |number: &model::Text, ringing| {
        let (kind, name) = (wire::ParticipantKind::Number, number.to_string());
        wire::Participant { kind, name, ringing }
    };
    match &open.place {
        Place::Talking(talk) => {
            let agents = talk.seats.iter().filter(|seat| seat.agent != me);
            let agents = agents.map(|seat| agent(seat.agent, false));
            agents.chain(talk.guests.iter().map(|guest| number(guest, false))).collect()
        }
        Place::Asked(offer) if offer.agent != me => vec![agent(offer.agent, true)],
        Place::Asked(_) => open.agent.into_iter().map(|host| agent(host, false)).collect(),
        Place::Dialling(dial) => vec![number(&dial.to, true)],
        Place::Bridged(bridge) => vec![number(&bridge.to, false)],
        Place::Script | Place::Waiting(_) | Place::Offered(..) | Place::Ended(_) => Vec::new(),
    }
}

fn conversation(part: &Part<'_>) -> Option<wire::Talk> {
    let (seat, _) = part.seat?;
    let talk = part.talk;
    Some(wire::Talk {
        answered_at: talk.map_or(seat.joined, |talk| talk.answered).0,
        held_since: talk.and_then(|talk| talk.held).map(|since| since.0),
        muted: seat.muted,
        recording: talk.map_or(Recording::Off, |talk| talk.recording).into(),
        ended_at: part.paper.map(|paper| paper.left.0),
    })
}

fn wrap_up(
    state: &State,
    seat: &Seat,
    queue: Option<model::QueueId>,
    time: Option<(Timestamp, Timestamp)>,
) -> wire::WrapUp {
    let disposition = |known: interaction::Disposition| wire::Disposition {
        code: known.code(),
        text: known.text().to_owned(),
    };
    let code = |code: &config::TransactionCode| wire::TransactionCode {
        id: code.id,
        text: code.text.as_ref().to_owned(),
        parent: code.parent,
    };
    let draft = seat.draft.as_deref();
    let queue = queue.and_then(|queue| state.config.queues.get(&queue));
    wire::WrapUp {
        started_at: time.map(|(started, _)| started.0),
        deadline: time.map(|(_, deadline)| deadline.0),
        draft: wire::Draft {
            disposition: draft.map_or_else(Default::default, |draft| draft.disposition).code(),
            codes: draft.map_or_else(Vec::new, |draft| draft.codes.clone()),
            note: draft.and_then(|draft| draft.note.as_deref()).map(str::to_owned),
        },
        dispositions: interaction::Disposition::ALL.into_iter().map(disposition).collect(),
        codes: state.config.transaction_codes.values().map(code).collect(),
        codes_required: queue.is_some_and(|queue| queue.codes_required),
    }
}
