//! What of a subscription outlives its consumers and the process.

use serde::{Deserialize, Serialize};

use super::{Entry, Place, Sharing, Subscription};

/// A subscription's durable state. As large as what is unsettled, however much came before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The last message taken in or passed over.
    pub read: u64,
    /// Of those, the unsettled: sequence, redeliveries so far, key.
    pub unsettled: Vec<(u64, u32, u64)>,
}

impl Subscription {
    /// What to keep. A message in flight counts as delivered once more when it is restored.
    #[must_use]
    pub fn saved(&self) -> Saved {
        let entry = |(seq, entry): (&u64, &Entry)| {
            let flying = matches!(entry.place, Place::Flying(..));
            (*seq, entry.redeliveries.saturating_add(flying.into()), entry.key)
        };
        Saved { read: self.read, unsettled: self.unsettled.iter().map(entry).collect() }
    }

    /// Goes on from what was kept. Messages that were put off are ready at once.
    #[must_use]
    pub fn restore(sharing: Sharing, saved: &Saved) -> Self {
        let mut restored = Self::new(sharing, saved.read);
        for (seq, redeliveries, key) in saved.unsettled.iter().copied() {
            restored.unsettled.insert(seq, Entry { key, redeliveries, place: Place::Ready });
            restored.ready.insert(seq);
        }
        restored
    }
}
