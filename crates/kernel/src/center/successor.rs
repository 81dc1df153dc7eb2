//! The interaction with which a customer goes on: what it takes over from the one before, and its place in
//! a queue.

use alloc::{boxed::Box, vec::Vec};

use model::{
    Event, InteractionId, QueueId, Rejection, Text, Timestamp,
    event::{InteractionCreated, InteractionQueued},
    interaction::Media,
};

use crate::{State, center::lines, turn::Turn};

/// Characters of a GUID's random part (conventions, "Identifier grammar").
const RANDOM: usize = 25;

/// Begins it, with the variables, messages, skills and priority of the one before.
pub(crate) fn create(turn: &mut Turn<'_>, created: InteractionCreated, before: InteractionId) {
    let interaction = created.interaction;
    let Some(on) = turn.state.interactions.get(&before) else { return };
    let (variables, messages) = (on.variables.clone(), on.messages.clone());
    let (skills, priority) = (on.skills.to_vec(), on.priority);
    turn.emit(Event::InteractionCreated(Box::new(created)));
    if !variables.is_empty() {
        turn.emit(Event::VariablesSet { interaction, variables });
    }
    for message in messages {
        turn.emit(Event::MessageRecorded { interaction, message: Box::new(message) });
    }
    if !skills.is_empty() {
        turn.emit(Event::SkillsRequired { interaction, skills });
    }
    if let Some(priority) = priority {
        turn.emit(Event::PrioritySet { interaction, priority });
    }
}

/// Has it wait in a queue: since `entered`, if the customer has waited there before.
pub(crate) fn enqueue(
    turn: &mut Turn<'_>,
    interaction: InteractionId,
    queue: QueueId,
    entered: Option<Timestamp>,
) {
    let queued = queued(turn.state, interaction, queue, entered);
    turn.emit(queued);
}

/// It waits in a queue that no script takes it out of again.
pub(crate) fn queued(
    state: &State,
    interaction: InteractionId,
    queue: QueueId,
    entered: Option<Timestamp>,
) -> Event {
    let settings = state.config.queues.get(&queue);
    let priority = state.interactions.get(&interaction).and_then(|open| open.priority);
    Event::InteractionQueued(Box::new(InteractionQueued {
        interaction,
        queue,
        queue_name: settings.map_or_else(|| Text::from(""), |queue| queue.name.clone()),
        priority: priority.or_else(|| settings.map(|queue| queue.priority)).unwrap_or_default(),
        leave_at: None,
        announce_ms: None,
        preferred: None,
        announce_wait: false,
        options: Vec::new(),
        entered,
    }))
}

/// Whether one more may wait in a queue.
pub(crate) fn has_room(state: &State, queue: QueueId, media: Media) -> Result<(), Rejection> {
    lines::known_queue(state, queue, media)?;
    let most = state.config.queues.get(&queue).map_or(0, |queue| queue.waiting_max);
    let (waiting, _) = state.queue_load(queue);
    let full = waiting >= usize::try_from(most).unwrap_or(usize::MAX);
    if full { Err(Rejection::QueueFull) } else { Ok(()) }
}

/// A GUID for an interaction that no request brings one for. It is made from the one before and the new
/// number, so that the rules need no randomness; both differ for any two interactions.
pub(crate) fn guid(before: &str, interaction: InteractionId, now: Timestamp) -> Text {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    // FNV-1a over all of it, mixed anew for each letter.
    let bytes = before.bytes().chain(interaction.0.to_le_bytes());
    let mut hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let random = (0..RANDOM).map(|_| {
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 29;
        char::from(LETTERS[usize::from(hash.to_le_bytes()[7] % 62)])
    });
    let random: alloc::string::String = random.collect();
    let rest = before.splitn(4, '-').nth(3).unwrap_or("phone-01");
    alloc::format!("int-{:x}-{random}-{rest}", now.0).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_follows_the_grammar_and_is_new() {
        let before = "int-184a63564dc-oxOZZv0hhvgHug7i3yFjyUZEy-phone-01-acmecorp01";
        let now = Timestamp(1_669_235_827_932);
        let of = |id| guid(before, InteractionId(id), now);
        let parts: Vec<_> = of(7).split('-').map(Text::from).collect();
        assert_eq!((&*parts[0], &*parts[1], parts[2].len()), ("int", "184a63564dc", RANDOM));
        assert!(parts[2].bytes().all(|b| b.is_ascii_alphanumeric()));
        assert_eq!(parts[3..].join("-"), "phone-01-acmecorp01");
        assert_ne!(of(7), of(8));
        assert_eq!(of(7), of(7));
    }
}
