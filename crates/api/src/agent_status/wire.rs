//! The JSON of agent status, as published.

use engine::measure::{Agent, Doing, Reading};
use model::{AgentId, interaction::Media, status::Status};
use serde::Serialize;

use super::{change::Outcome, code::Codes};

/// One agent.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct AgentStatus {
    agent_id: String,
    name: String,
    agent_status: u8,
    /// `none`, or `stopnew` when the agent takes nothing new.
    #[serde(skip_serializing_if = "Option::is_none")]
    agent_sub_status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code_list_id: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code_item_id: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code_item_short_code: Option<String>,
}

/// A list in its envelope.
#[derive(Debug, Serialize)]
pub(super) struct Listed<T> {
    pub(super) data: Vec<T>,
}

/// What came of a change.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Changed {
    reason: &'static str,
    change_status: u16,
    message: &'static str,
}

/// What came of a change, and whose it was.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ChangedAgent {
    pub(super) agent_id: String,
    #[serde(flatten)]
    pub(super) changed: Changed,
}

/// Problem JSON; the type is `about:blank`, which need not be said.
#[derive(Debug, Serialize)]
pub(super) struct Problem<'p> {
    pub(super) title: &'static str,
    pub(super) status: u16,
    pub(super) detail: &'p str,
}

impl From<&Outcome> for Changed {
    fn from(outcome: &Outcome) -> Self {
        let message = match outcome.status {
            200 => "Agent status change successful",
            _ => "Agent status change failed",
        };
        Self { reason: outcome.reason, change_status: outcome.status, message }
    }
}

impl AgentStatus {
    /// What is known of an agent; `None` when there is no such agent.
    pub(super) fn of(reading: &Reading<'_>, id: AgentId, codes: &Codes) -> Option<Self> {
        let (setup, agent) = (reading.setup().agents.get(&id)?, reading.agent(id)?);
        let known = agent.status_since.is_some();
        let code = agent.reason.as_ref().filter(|_| !agent.doing.is_busy());
        let reason = code.and_then(|code| codes.reason(agent.status, code));
        Some(Self {
            agent_id: id.as_str().to_owned(),
            name: setup.name.as_ref().to_owned(),
            agent_status: number(reading, id, agent),
            agent_sub_status: known.then_some(if agent.stops { "stopnew" } else { "none" }),
            status_code_list_id: reason.map(|reason| reason.of.list_number()),
            status_code_item_id: reason.map(model::config::Reason::number),
            status_code_item_short_code: reason.map(|reason| reason.code.as_ref().to_owned()),
        })
    }
}

/// The published number of what an agent does (Agent status, "Status numbers").
fn number(reading: &Reading<'_>, id: AgentId, agent: &Agent) -> u8 {
    match agent.doing {
        Doing::Offering => 6,
        Doing::WrapUp => 8,
        Doing::Handling => {
            let at_hand = agent.at_hand.iter().filter_map(|at_hand| reading.open(*at_hand));
            let mut talks = at_hand.filter(|open| open.is_talking(id));
            match talks.next() {
                Some(open) if open.media == Media::Email => 11,
                Some(open) if open.queue.is_none() => 10,
                _ => 7,
            }
        }
        Doing::LoggedOut if agent.status_since.is_none() => 0,
        Doing::Available | Doing::OnBreak | Doing::WorkingOffline | Doing::LoggedOut => {
            match agent.status {
                Status::LoggedOut => 1,
                Status::OnBreak => 3,
                Status::Available => 4,
                Status::WorkOffline => 5,
            }
        }
    }
}
