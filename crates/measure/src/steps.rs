//! The last hour of a queue, in steps of five minutes.

use std::collections::VecDeque;

use model::{Timestamp, time::Millis};
use serde::{Deserialize, Serialize};

/// How long a step is. Steps are aligned to UTC, which suits every time zone there is.
pub const STEP_MS: Millis = 5 * 60_000;
/// How many steps there are, the running one included: an hour of them.
pub const STEPS: usize = 12;

/// Five minutes of a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When it began.
    pub from: Timestamp,
    /// Waited when it began.
    pub carried: u64,
    /// Entered the queue.
    pub came: u64,
    /// Were accepted by an agent.
    pub accepted: u64,
    /// Of these, after no longer a wait than the queue promises.
    pub accepted_in_time: u64,
    /// Left before an agent accepted, however soon.
    pub abandoned: u64,
    /// The most who waited at once.
    pub waiting: u64,
}

/// The steps in which something happened, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Steps(VecDeque<Step>);

impl Steps {
    /// The step of an instant; `waiting` is how many wait until then.
    pub(crate) fn at(&mut self, at: Timestamp, waiting: u64) -> &mut Step {
        let from = start_of(at);
        if self.0.back().is_none_or(|last| last.from != from) {
            if self.0.len() == STEPS {
                self.0.pop_front();
            }
            self.0.push_back(Step { from, carried: waiting, waiting, ..Step::default() });
        }
        self.0.back_mut().expect("it is there by now")
    }

    /// The hour up to now, oldest first; `waiting` is how many wait now. Where nothing happened, as many
    /// waited as before the next thing that did.
    pub(crate) fn hour(&self, now: Timestamp, waiting: u64) -> [Step; STEPS] {
        let mut hour = [Step::default(); STEPS];
        let (mut from, mut waiting) = (start_of(now), waiting);
        for step in hour.iter_mut().rev() {
            let known = self.0.iter().rev().find(|known| known.from == from);
            let quiet = Step { from, carried: waiting, waiting, ..Step::default() };
            *step = known.copied().unwrap_or(quiet);
            waiting = step.carried;
            from = Timestamp(from.0.saturating_sub(STEP_MS));
        }
        hour
    }
}

fn start_of(at: Timestamp) -> Timestamp {
    Timestamp(at.0 - at.0 % STEP_MS)
}
