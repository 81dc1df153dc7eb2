//! First deliveries as they are sent, made once for all who are sent them.

use std::sync::{Arc, Mutex};

use axum::extract::ws::Utf8Bytes;
use stream::Message;

use super::wire;
use crate::app::lock;

/// Envelopes kept per tenant. Those who are up to date want the same few at about the same time.
const KEPT: usize = 512;

/// The newest envelopes of a tenant's stream, each in the place that its number gives it.
pub(super) struct Envelopes(Box<[Mutex<Option<Kept>>]>);

struct Kept {
    message: Arc<Message>,
    text: Utf8Bytes,
}

impl Default for Envelopes {
    fn default() -> Self {
        Self((0..KEPT).map(|_| Mutex::default()).collect())
    }
}

impl Envelopes {
    /// The envelope of a message, delivered for the first or a later time.
    pub(super) fn of(&self, entry: u64, redeliveries: u32, message: &Arc<Message>) -> Utf8Bytes {
        if redeliveries > 0 || entry != message.seq {
            return wire::envelope(entry, redeliveries, message).into();
        }
        let place = usize::try_from(entry).unwrap_or_default() % KEPT;
        let mut place = lock(&self.0[place]);
        match &*place {
            Some(kept) if Arc::ptr_eq(&kept.message, message) => kept.text.clone(),
            _ => {
                let text = Utf8Bytes::from(wire::envelope(entry, redeliveries, message));
                *place = Some(Kept { message: Arc::clone(message), text: text.clone() });
                text
            }
        }
    }
}
