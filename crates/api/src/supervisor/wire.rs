//! The JSON of supervisors: the wallboard.

use engine::measure::{self, Doing};
use serde::Serialize;
use utoipa::ToSchema;

use crate::shown::{MediaType, NextStatus, StatusChoice, StatusWord, Tenant};

mod interaction;
mod measures;
mod request;
mod story;

pub(crate) use interaction::{InteractionPage, InteractionRow, NamedAgent, PlaceWord, ScriptPoint};
pub(crate) use measures::{MeasureList, MeasureUnit, ShownMeasure};
pub(crate) use request::{Assign, Requeue, SetSkills};
pub(crate) use story::{ChosenCode, PathStep, ScriptName, Story};

/// Everything a wallboard shows, as of one position of the log.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wallboard {
    /// The position of the log that it includes.
    pub(crate) position: u64,
    /// The server's time, epoch milliseconds.
    pub(crate) now: u64,
    pub(crate) tenant: Tenant,
    /// What an agent's status can be changed to, in order.
    pub(crate) statuses: Vec<StatusChoice>,
    /// What agents can be good at.
    pub(crate) skills: Vec<SkillName>,
    pub(crate) queues: Vec<QueueRow>,
    pub(crate) agents: Vec<AgentRow>,
}

/// A skill, named.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SkillName {
    pub(crate) id: u32,
    pub(crate) name: String,
}

/// A queue. Counts are of the tenant's day; what a figure is made of is told by `measures`.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueueRow {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) media_type: MediaType,
    /// Wait, and nobody is being asked.
    pub(crate) waiting: u32,
    /// Wait while an agent is being asked.
    pub(crate) offered: u32,
    /// Since when the first has waited, offered or not, epoch milliseconds.
    #[schema(required)]
    pub(crate) longest_since: Option<u64>,
    /// How long whoever comes now is likely to wait; `null` until the queue's pace is known.
    #[schema(required)]
    pub(crate) expected_wait_ms: Option<u64>,
    /// Are being talked on.
    pub(crate) talking: u32,
    /// Are being wrapped up.
    pub(crate) wrap_up: u32,
    pub(crate) staff: Staff,
    /// Were in the queue today, those carried over midnight included.
    pub(crate) entered: u64,
    /// Were accepted by an agent.
    pub(crate) answered: u64,
    /// Left before an agent accepted, short ones included.
    pub(crate) abandoned: u64,
    /// Percent that are to be answered in time.
    pub(crate) target_percent: u8,
    /// Milliseconds of waiting that are in time.
    pub(crate) threshold_ms: u64,
    pub(crate) service_level: Ratio,
    pub(crate) abandonment: Ratio,
    /// Milliseconds.
    pub(crate) speed_of_answer: Ratio,
    /// Milliseconds.
    pub(crate) handle_time: Ratio,
    /// The last hour in steps of five minutes, oldest first; the last one is running.
    pub(crate) hour: Vec<Step>,
}

/// The agents of a queue, each counted once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = QueueStaff)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Staff {
    /// Take offers and have nothing to do.
    pub(crate) available: u32,
    /// Have to do with interactions, of whatever queue.
    pub(crate) busy: u32,
    pub(crate) on_break: u32,
    pub(crate) work_offline: u32,
    pub(crate) logged_out: u32,
}

impl From<measure::Staff> for Staff {
    fn from(staff: measure::Staff) -> Self {
        Self {
            available: staff.available_idle,
            busy: staff.busy(),
            on_break: staff.on_break,
            work_offline: staff.working_offline,
            logged_out: staff.logged_out,
        }
    }
}

/// A ratio with its origin. A denominator of 0 means that there is nothing to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ratio {
    pub(crate) numerator: u64,
    pub(crate) denominator: u64,
}

impl From<(u64, u64)> for Ratio {
    fn from((numerator, denominator): (u64, u64)) -> Self {
        Self { numerator, denominator }
    }
}

/// Five minutes of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = QueueStep)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Step {
    /// When it began, epoch milliseconds.
    pub(crate) from: u64,
    /// Entered the queue.
    pub(crate) entered: u64,
    pub(crate) answered: u64,
    /// Of these, in time.
    pub(crate) answered_in_time: u64,
    /// Short ones included.
    pub(crate) abandoned: u64,
    /// The most who waited at once.
    pub(crate) waiting: u64,
}

impl From<measure::Step> for Step {
    fn from(step: measure::Step) -> Self {
        Self {
            from: step.from.0,
            entered: step.came,
            answered: step.accepted,
            answered_in_time: step.accepted_in_time,
            abandoned: step.abandoned,
            waiting: step.waiting,
        }
    }
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AgentRow {
    pub(crate) id: String,
    /// Of the agent's setting, for `If-Match`.
    pub(crate) revision: u32,
    pub(crate) name: String,
    pub(crate) status: StatusWord,
    /// Code of the reason.
    #[schema(required)]
    pub(crate) reason: Option<String>,
    /// Since when, epoch milliseconds; 0 when the agent was never there.
    pub(crate) since: u64,
    /// The status to come once the work at hand is done.
    #[schema(required)]
    pub(crate) next: Option<NextStatus>,
    /// What the agent does: work before status.
    pub(crate) doing: DoingWord,
    /// Since when, epoch milliseconds.
    pub(crate) doing_since: u64,
    /// What is at the agent's desk, oldest first.
    pub(crate) work: Vec<AgentWork>,
    /// Where the agent works.
    pub(crate) queue_ids: Vec<u32>,
    pub(crate) skills: Vec<SkillLevel>,
    /// Conversations that ended today.
    pub(crate) handled: u64,
}

/// A skill at a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AgentSkillLevel)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SkillLevel {
    pub(crate) skill_id: u32,
    /// 0 to 10.
    pub(crate) level: u8,
}

/// What an agent does: exactly one thing at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AgentDoing)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DoingWord {
    Talking,
    Offered,
    WrapUp,
    Available,
    OnBreak,
    WorkOffline,
    LoggedOut,
}

impl From<Doing> for DoingWord {
    fn from(doing: Doing) -> Self {
        match doing {
            Doing::Handling => Self::Talking,
            Doing::Offering => Self::Offered,
            Doing::WrapUp => Self::WrapUp,
            Doing::Available => Self::Available,
            Doing::OnBreak => Self::OnBreak,
            Doing::WorkingOffline => Self::WorkOffline,
            Doing::LoggedOut => Self::LoggedOut,
        }
    }
}

/// An interaction at an agent's desk.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AgentWork {
    /// GUID.
    pub(crate) interaction_id: String,
    pub(crate) media_type: MediaType,
    pub(crate) place: DeskPlace,
    /// Since when, epoch milliseconds.
    pub(crate) since: u64,
    /// Since when the customer is on hold, epoch milliseconds.
    #[schema(required)]
    pub(crate) held_since: Option<u64>,
    /// The queue it came through or was dialled for.
    #[schema(required)]
    pub(crate) queue_id: Option<u32>,
    /// The customer's name, or else number or address.
    pub(crate) customer: String,
}

/// Where an interaction at a desk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DeskPlace {
    Offered,
    /// A number or a colleague is being rung.
    Dialling,
    Talking,
    WrapUp,
}

/// A text frame of the wallboard's socket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WallboardFrame)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(crate) enum Frame<'a> {
    /// Everything, to replace what was before: the first frame, and one after each change of settings.
    #[serde(rename_all = "camelCase")]
    Wallboard {
        /// The position of the log that it includes.
        position: u64,
        /// Epoch milliseconds.
        now: u64,
        wallboard: &'a Wallboard,
    },
    /// The rows that are not as they were.
    #[serde(rename_all = "camelCase")]
    Changes {
        /// The position of the log that they include.
        position: u64,
        /// Epoch milliseconds.
        now: u64,
        queues: Vec<&'a QueueRow>,
        agents: Vec<&'a AgentRow>,
    },
    /// The connection lives.
    #[serde(rename_all = "camelCase")]
    Heartbeat {
        /// The position of the log that the rows include, or later without a change to them.
        position: u64,
        /// Epoch milliseconds.
        now: u64,
    },
}

/// Something was done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SupervisorDone)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Done {
    /// A wallboard of this position or later shows it.
    pub(crate) position: u64,
}
