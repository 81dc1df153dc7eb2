//! An agent's public state: what the agent chose, or what the work makes of it (Streaming API, "Agent
//! states").

use std::collections::BTreeMap;

use model::{InteractionId, QueueId, Text, config::Reason, status::Status};
use serde::{Deserialize, Serialize};

/// What an agent does with an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Work {
    Offered,
    Handling,
    WrapUp,
}

/// The numbers of the states.
pub(super) mod state {
    pub(in crate::project) const LOGGED_OUT: u8 = 1;
    pub(in crate::project) const LOGGED_IN: u8 = 2;
    pub(super) const ON_BREAK: u8 = 3;
    pub(super) const AVAILABLE: u8 = 4;
    pub(super) const WORK_OFFLINE: u8 = 5;
    pub(super) const OFFERED: u8 = 6;
    pub(super) const HANDLING: u8 = 7;
    pub(super) const POST_PROCESS: u8 = 8;
}

/// One agent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Desk {
    pub(super) status: Status,
    pub(super) reason: Option<Text>,
    /// A status is to come once the work is done.
    pub(super) next: bool,
    pub(super) work: BTreeMap<InteractionId, Work>,
    /// What was sent last.
    pub(super) shown: Option<Shown>,
    /// The queues that the agent was ever given, and whether the agent has them now.
    pub(super) queues: BTreeMap<QueueId, bool>,
}

/// A public state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shown {
    pub(super) state: u8,
    /// `{list}={item}`.
    pub(super) reason: Option<String>,
}

impl Desk {
    /// The state to send now; `None` when the last one sent still holds.
    pub(super) fn show(&mut self) -> Option<Shown> {
        let now = self.now();
        if self.shown.as_ref() == Some(&now) {
            return None;
        }
        self.shown = Some(now.clone());
        Some(now)
    }

    /// Whether the last one sent says that the agent is out, or none was.
    pub(super) fn is_out(&self) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.state == state::LOGGED_OUT)
    }

    /// Talking before paperwork before ringing, and any work before what the agent chose.
    fn now(&self) -> Shown {
        let has = |work| self.work.values().any(|at_hand| *at_hand == work);
        let state = if has(Work::Handling) {
            state::HANDLING
        } else if has(Work::WrapUp) {
            state::POST_PROCESS
        } else if has(Work::Offered) {
            state::OFFERED
        } else {
            let state = status(self.status);
            // The list of a status code has the number of the state that it explains.
            let item = |code: &Text| format!("{state}={}", Reason::number_of(code));
            let reason = self.reason.as_ref().map(item);
            return Shown { state, reason };
        };
        Shown { state, reason: None }
    }
}

/// The number of a status that agents choose.
pub(super) fn status(status: Status) -> u8 {
    match status {
        Status::LoggedOut => state::LOGGED_OUT,
        Status::Available => state::AVAILABLE,
        Status::OnBreak => state::ON_BREAK,
        Status::WorkOffline => state::WORK_OFFLINE,
    }
}
