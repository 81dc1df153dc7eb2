//! The newest messages in memory, for all who are up to date.

use std::{collections::VecDeque, sync::Arc};

use crate::Message;

/// How many messages the tail keeps.
const MESSAGES_MAX: usize = 1 << 15;
/// How many bytes of texts the tail keeps.
const BYTES_MAX: u64 = 32 << 20;

/// The newest messages, without gaps.
#[derive(Default)]
pub(crate) struct Tail {
    messages: VecDeque<Arc<Message>>,
}

impl Tail {
    pub(crate) fn push(&mut self, message: Arc<Message>) {
        let newest = message.total;
        self.messages.push_back(message);
        // A message is within the bound when everything after it and itself is.
        while self.messages.len() > MESSAGES_MAX
            || self.messages.front().is_some_and(|oldest| newest - oldest.total > BYTES_MAX)
        {
            self.messages.pop_front();
        }
    }

    /// What follows `after`; `None` when that is, at least in part, only on disk.
    pub(crate) fn read(&self, after: u64, limit: usize) -> Option<Vec<Arc<Message>>> {
        let oldest = self.messages.front()?.seq;
        let skip = usize::try_from((after + 1).checked_sub(oldest)?).ok()?;
        Some(self.messages.iter().skip(skip).take(limit).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use model::Timestamp;

    use super::*;
    use crate::Kind;

    fn message(seq: u64, bytes: u64) -> Arc<Message> {
        Arc::new(Message {
            seq,
            at: Timestamp(1),
            kind: Kind::AgentStatusChange,
            interaction: None,
            agents: Vec::new(),
            json: "{}".into(),
            total: seq * bytes,
        })
    }

    fn read(tail: &Tail, after: u64, limit: usize) -> Option<Vec<u64>> {
        let messages = tail.read(after, limit)?;
        Some(messages.iter().map(|message| message.seq).collect())
    }

    #[test]
    fn it_answers_only_what_it_has_without_a_gap() {
        let mut tail = Tail::default();
        assert_eq!(read(&tail, 0, 10), None);
        (4..=6).for_each(|seq| tail.push(message(seq, 1)));
        assert_eq!(read(&tail, 2, 10), None, "3 is on disk");
        assert_eq!(read(&tail, 3, 2), Some(vec![4, 5]));
        assert_eq!(read(&tail, 6, 10), Some(vec![]));
        assert_eq!(read(&tail, 9, 10), Some(vec![]), "ahead");
    }

    #[test]
    fn it_is_bounded_in_bytes_and_number() {
        let mut tail = Tail::default();
        (1..=5).for_each(|seq| tail.push(message(seq, BYTES_MAX / 2)));
        assert_eq!(read(&tail, 1, 10), None);
        assert_eq!(read(&tail, 2, 10), Some(vec![3, 4, 5]));
        let mut tail = Tail::default();
        let last = MESSAGES_MAX as u64 + 10;
        (1..=last).for_each(|seq| tail.push(message(seq, 1)));
        assert_eq!(read(&tail, 9, 1), None);
        assert_eq!(read(&tail, 10, 1), Some(vec![11]));
    }
}
