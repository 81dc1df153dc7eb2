//! The promise that every append is answered exactly once.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{Done, LogError, Position};

/// Holds a [`Done`] and calls it once: by `give`, or with `Unavailable` when it is dropped unanswered,
/// which happens only when the store's thread has died.
pub(crate) struct Answer(Option<Done>);

impl Answer {
    pub(crate) fn new(done: Done) -> Self {
        Self(Some(done))
    }

    pub(crate) fn give(mut self, result: Result<Position, LogError>) {
        self.call(result);
    }

    /// A panic of one shard's answer must not take the writer thread, and so all other logs, with it.
    fn call(&mut self, result: Result<Position, LogError>) {
        if let Some(done) = self.0.take()
            && catch_unwind(AssertUnwindSafe(|| done(result))).is_err()
        {
            tracing::error!("the answer to an append panicked");
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.call(Err(LogError::Unavailable("the store has stopped".to_owned())));
    }
}
