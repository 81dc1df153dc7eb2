//! The wallboard: what the rules know of queues and agents now, and what measuring knows of the day.

use engine::{
    Position, State,
    measure::{Interval, Policy, QueueRatio, Reading},
};
use kernel::center::{interaction::Interaction, place::Place};
use model::{AgentId, QueueId, Timestamp, access::Role, config, status::Status};

use super::wire::{
    AgentRow, AgentWork, DeskPlace, DoingWord, QueueRow, SkillLevel, SkillName, Staff, Step,
    Wallboard,
};
use crate::{
    app::App,
    auth::{self, Caller},
    error::Problem,
    read,
    shown::{self, NextStatus},
};

/// The wallboard now. Refused once the session is over or its person no longer may.
pub(super) async fn read(app: &App, caller: &Caller) -> Result<Wallboard, Problem> {
    let (session, now) = (caller.session.clone(), app.engine().now());
    let look = move |state: &State, position| {
        let (_, role, ..) = auth::person(state, &session, now)?;
        matches!(role, Role::Supervisor | Role::Administrator).then(|| of(state, position, now))
    };
    let board = app.engine().query(&caller.tenant, look).await?;
    let board = board.ok_or(Problem::Unauthenticated)?;
    let position = board.position;
    read::measures(app, &caller.tenant, position, |reading| measured(board, reading)).await
}

/// What the rules know. Numbers are still to be filled in.
fn of(state: &State, position: Position, now: Timestamp) -> Wallboard {
    let skill = |skill: &config::Skill| SkillName { id: skill.id.0, name: skill.name.to_string() };
    Wallboard {
        position,
        now: now.0,
        tenant: shown::tenant(state),
        statuses: shown::statuses(state),
        skills: state.config.skills.values().map(skill).collect(),
        queues: state.config.queues.values().map(|settings| queue(state, settings)).collect(),
        agents: state.config.agents.values().map(|settings| agent(state, settings)).collect(),
    }
}

fn queue(state: &State, settings: &config::Queue) -> QueueRow {
    let (waiting, _) = state.queue_load(settings.id);
    QueueRow {
        id: settings.id.0,
        name: settings.name.to_string(),
        media_type: settings.media.into(),
        waiting: 0,
        offered: 0,
        longest_since: None,
        expected_wait_ms: state.expected_wait_ms(settings.id, waiting + 1),
        talking: 0,
        wrap_up: 0,
        staff: Staff { available: 0, busy: 0, on_break: 0, work_offline: 0, logged_out: 0 },
        entered: 0,
        answered: 0,
        abandoned: 0,
        target_percent: settings.service_level.target_percent,
        threshold_ms: settings.service_level.threshold_ms,
        service_level: (0, 0).into(),
        abandonment: (0, 0).into(),
        speed_of_answer: (0, 0).into(),
        handle_time: (0, 0).into(),
        hour: Vec::new(),
    }
}

fn agent(state: &State, settings: &config::Agent) -> AgentRow {
    let id = settings.id;
    let desk = state.desk(id);
    let next = desk.and_then(|desk| desk.next.as_ref());
    let skill =
        |(skill, level): (&model::SkillId, &u8)| SkillLevel { skill_id: skill.0, level: *level };
    AgentRow {
        id: id.to_string(),
        revision: state.config.revision(&config::SettingKey::Agent(id)),
        name: settings.name.to_string(),
        status: desk.map_or(Status::LoggedOut, |desk| desk.status).into(),
        reason: desk.and_then(|desk| desk.reason.as_deref()).map(str::to_owned),
        since: desk.map_or(0, |desk| desk.since.0),
        next: next.map(|(status, reason)| NextStatus {
            status: (*status).into(),
            reason: reason.as_deref().map(str::to_owned),
        }),
        doing: DoingWord::LoggedOut,
        doing_since: 0,
        work: state.work_of(id).filter_map(|open| work(open, id)).collect(),
        queue_ids: settings.queues.iter().map(|queue| queue.0).collect(),
        skills: settings.skills.iter().map(skill).collect(),
        handled: 0,
    }
}

/// An interaction as it lies at an agent's desk.
fn work(open: &Interaction, agent: AgentId) -> Option<AgentWork> {
    let (place, since) = if let Some(paper) = open.paper(agent) {
        (DeskPlace::WrapUp, paper.time.map_or(paper.left, |(since, _)| since))
    } else {
        match &open.place {
            Place::Offered(_, offer) => (DeskPlace::Offered, offer.offered),
            Place::Asked(offer) if offer.agent == agent => (DeskPlace::Offered, offer.offered),
            Place::Asked(offer) => (DeskPlace::Dialling, offer.offered),
            Place::Dialling(dial) => (DeskPlace::Dialling, dial.since),
            Place::Talking(talk) => (DeskPlace::Talking, talk.seat(agent)?.joined),
            Place::Script | Place::Waiting(_) | Place::Bridged(_) | Place::Ended(_) => return None,
        }
    };
    let held = open.place.talk().and_then(|talk| talk.held);
    Some(AgentWork {
        interaction_id: open.guid.to_string(),
        media_type: open.media.into(),
        place,
        since: since.0,
        held_since: held.filter(|_| place == DeskPlace::Talking).map(|since| since.0),
        queue_id: open.last_queue().map(|queue| queue.0),
        customer: open.caller_name.as_ref().unwrap_or_else(|| open.customer()).to_string(),
    })
}

/// Fills in the numbers.
fn measured(board: Wallboard, reading: Reading<'_>) -> Wallboard {
    let queues = board.queues.into_iter().map(|row| measured_queue(row, &reading));
    let agents = board.agents.into_iter().map(|row| measured_agent(row, &reading));
    Wallboard { queues: queues.collect(), agents: agents.collect(), ..board }
}

fn measured_queue(row: QueueRow, reading: &Reading<'_>) -> QueueRow {
    let id = QueueId(row.id);
    let (live, counts) = (reading.queue_live(id), reading.queue_counts(id, Interval::Day));
    let longest = reading.longest_wait_ms(id);
    let ratio = |ratio: QueueRatio| ratio.parts(&counts).into();
    QueueRow {
        waiting: live.waiting,
        offered: live.offered,
        longest_since: longest.map(|waited| reading.now().0.saturating_sub(waited)),
        talking: live.handling,
        wrap_up: live.wrap_up,
        staff: reading.queue_staff(id).into(),
        entered: counts.entered(),
        answered: counts.accepted,
        abandoned: counts.abandoned_in_all(),
        service_level: ratio(QueueRatio::ServiceLevel(Policy::OfferedLessShort)),
        abandonment: ratio(QueueRatio::Abandonment),
        speed_of_answer: ratio(QueueRatio::SpeedOfAnswer),
        handle_time: ratio(QueueRatio::HandleTime),
        hour: reading.queue_hour(id).map(Step::from).to_vec(),
        ..row
    }
}

fn measured_agent(row: AgentRow, reading: &Reading<'_>) -> AgentRow {
    let id = AgentId::parse(&row.id);
    let Some((id, agent)) = id.and_then(|id| Some((id, reading.agent(id)?))) else { return row };
    AgentRow {
        doing: agent.doing.into(),
        doing_since: agent.doing_since.0,
        handled: reading.agent_counts(id, None, Interval::Day).handled,
        ..row
    }
}
