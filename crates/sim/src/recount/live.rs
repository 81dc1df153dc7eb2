//! What is measured now, beside the rules' own state.

use std::collections::BTreeMap;

use kernel::{State, center::place::Place};
use measure::{QueueLive, Reading};
use model::{InteractionId, QueueId};

use super::QUEUES;

/// Compares what is live with the rules' own state.
///
/// # Errors
/// Says what differs.
pub fn agree(reading: Reading<'_>, state: &State) -> Result<(), String> {
    let mut live: BTreeMap<QueueId, QueueLive> = BTreeMap::new();
    for open in state.interactions_after(InteractionId(0)) {
        let Some(queue) = open.last_queue() else { continue };
        let queue = live.entry(queue).or_default();
        match &open.place {
            Place::Waiting(_) => queue.waiting += 1,
            Place::Offered(..) => queue.offered += 1,
            Place::Talking(_) => queue.handling += 1,
            Place::Dialling(dial) if dial.agent.is_some() => queue.handling += 1,
            _ if !open.papers.is_empty() => queue.wrap_up += 1,
            Place::Script
            | Place::Asked(_)
            | Place::Dialling(_)
            | Place::Bridged(_)
            | Place::Ended(_) => {}
        }
    }
    for queue in QUEUES {
        let (theirs, ours) = (live.remove(&queue).unwrap_or_default(), reading.queue_live(queue));
        if ours != theirs {
            return Err(format!("queue {queue}: measured {ours:?}, the rules have {theirs:?}"));
        }
        let (count, first) = state.queue_load(queue);
        let waits = first.map(|entered| reading.now().since(entered));
        if count != ours.in_queue() as usize || waits != reading.longest_wait_ms(queue) {
            return Err(format!("queue {queue}: {count} wait, the first for {waits:?} ms"));
        }
    }
    for (id, desk) in state.desks() {
        let Some(agent) = reading.agent(id) else { return Err(format!("{id} is not measured")) };
        let same = agent.status == desk.status
            && agent.reason == desk.reason
            && agent.stops == desk.next.is_some()
            && agent.at_hand == desk.work
            && agent.doing.is_busy() != desk.work.is_empty();
        if !same {
            return Err(format!("{id}: measured {agent:?}, the rules have {desk:?}"));
        }
    }
    Ok(())
}
