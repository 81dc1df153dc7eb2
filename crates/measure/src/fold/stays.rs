//! Stays in queues: an interaction comes, waits, and leaves one way or another.

use model::{InteractionId, QueueId, Timestamp};

use super::Measures;
use crate::queue::Left;

impl Measures {
    /// It waits in a queue; `entered` is earlier than now where a customer's place was kept.
    pub(super) fn enter(&mut self, id: InteractionId, queue: QueueId, entered: Timestamp) {
        let Some(open) = self.open.get_mut(&id) else { return };
        (open.queue, open.waiting) = (Some(queue), Some(entered));
        self.queues.entry(queue).or_default().enter(self.day, self.at, (entered, id));
    }

    /// Ends the stay in the queue, if there is one.
    pub(super) fn leave(&mut self, id: InteractionId, how: Left) {
        let Some(open) = self.open.get_mut(&id) else { return };
        let (Some(entered), Some(queue)) = (open.waiting.take(), open.queue) else { return };
        if how == Left::Diverted {
            open.queue = None;
        }
        let promised_ms = self.setup.service_level(queue).threshold_ms;
        let stays = self.queues.entry(queue).or_default();
        stays.leave(self.day, self.at, (entered, id), how, promised_ms);
        if how == Left::Diverted
            && let Some(open) = self.open.get_mut(&id)
            && let Some((counted, stage)) = open.counted.take()
        {
            // It belongs to no queue now.
            self.queues.entry(counted).or_default().move_between(Some(stage), None);
        }
    }
}
