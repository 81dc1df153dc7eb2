//! A subscription's cursor: its state on disk, and when it was last used.

use model::Text;
use serde::{Deserialize, Serialize};

use super::{AttachError, Id, SUBSCRIPTIONS_MAX, UNUSED_MAX};
use crate::{Stream, StreamError, subscription::Saved};

const PREFIX: &str = "subscription/";

/// What is on disk.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Cursor {
    /// When it was last known to have a consumer, in milliseconds since 1970.
    pub(super) used: u64,
    /// How far it has come.
    pub(super) saved: Saved,
}

impl Cursor {
    pub(super) fn name(id: &Id) -> String {
        format!("{PREFIX}{}/{}", id.topic, id.name)
    }

    fn is_used(&self, now: u64) -> bool {
        let unused = u64::try_from(UNUSED_MAX.as_millis()).unwrap_or(u64::MAX);
        now.saturating_sub(self.used) < unused
    }

    /// Reads a cursor that is still in use.
    pub(super) async fn load(
        stream: &Stream,
        name: &str,
        now: u64,
    ) -> Result<Option<Self>, StreamError> {
        let Some(bytes) = stream.cursor(name).await? else { return Ok(None) };
        Self::read(&bytes).map(|cursor| Some(cursor).filter(|cursor| cursor.is_used(now)))
    }

    /// Those of all durable subscriptions: topic, name, and how far it has come.
    pub(super) async fn all(stream: &Stream) -> Result<Vec<(Text, Text, Saved)>, StreamError> {
        let cursors = stream.list_cursors(PREFIX).await?.into_iter();
        let named = cursors.filter_map(|(id, bytes)| {
            let (topic, name) = id.strip_prefix(PREFIX)?.rsplit_once('/')?;
            Some((Text::from(topic), Text::from(name), Self::read(&bytes).ok()?.saved))
        });
        Ok(named.collect())
    }

    fn read(bytes: &[u8]) -> Result<Self, StreamError> {
        serde_json::from_slice(bytes).map_err(|_| StreamError::Unreadable("state"))
    }

    pub(super) async fn save(&self, stream: &Stream, name: &str) -> Result<(), StreamError> {
        let bytes = serde_json::to_vec(self).expect("numbers can be written");
        stream.save_cursor(name, &bytes).await
    }

    /// Makes room for one more: those that nobody uses go.
    pub(super) async fn admit(stream: &Stream, now: u64) -> Result<(), AttachError> {
        let cursors = stream.list_cursors(PREFIX).await.map_err(AttachError::Stream)?;
        let mut left = cursors.len();
        for (name, bytes) in cursors {
            if !Self::read(&bytes).is_ok_and(|cursor| cursor.is_used(now)) {
                stream.delete_cursor(&name).await.map_err(AttachError::Stream)?;
                left -= 1;
            }
        }
        if left < SUBSCRIPTIONS_MAX { Ok(()) } else { Err(AttachError::TooMany) }
    }
}
