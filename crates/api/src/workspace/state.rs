//! An agent's screen, made from the rules' state and the views.

use engine::{Position, State, views::TimelineRow};
use model::{
    AgentId, InteractionId, Timestamp,
    config::{self, ReasonFor},
    status::Status,
};

use super::{desk::work, wire};
use crate::{
    app::App,
    auth::{self, Agent},
    error::Problem,
    limits::TIMELINE_MAX,
    read, shown,
};

/// A screen whose timelines are still empty.
pub(super) struct Draft {
    pub(super) state: wire::State,
    /// The interactions of `state.work`, in the same order.
    pub(super) work: Vec<InteractionId>,
}

/// The agent's screen now.
pub(super) async fn read(app: &App, agent: &Agent) -> Result<wire::State, Problem> {
    let draft = draft(app, agent).await?;
    let timelines = {
        let work = draft.work.clone();
        let (tenant, position) = (&agent.caller.tenant, draft.state.position);
        read::views(app, tenant, position, read::Lag::Tolerate, move |views| {
            work.iter().map(|id| views.timeline(*id, TIMELINE_MAX)).collect()
        })
        .await?
    };
    Ok(draft.finish(timelines))
}

/// What the rules know of the screen. Refused once the session is over.
pub(super) async fn draft(app: &App, agent: &Agent) -> Result<Draft, Problem> {
    let (id, session, now) = (agent.id, agent.caller.session.clone(), app.engine().now());
    let look = move |state: &State, position| {
        let (_, _, works_as, _) = auth::person(state, &session, now)?;
        works_as.filter(|works_as| *works_as == id)?;
        Some(of(state, id, position, now))
    };
    let draft = app.engine().query(&agent.caller.tenant, look).await?;
    draft.ok_or(Problem::Unauthenticated)
}

impl Draft {
    /// Adds the timelines, one for each interaction.
    pub(super) fn finish(self, timelines: Vec<Vec<TimelineRow>>) -> wire::State {
        let mut state = self.state;
        for (work, timeline) in state.work.iter_mut().zip(timelines) {
            work.timeline = timeline.into_iter().filter_map(shown::timeline_entry).collect();
        }
        state
    }
}

fn of(state: &State, id: AgentId, position: Position, now: Timestamp) -> Draft {
    let work: Vec<(InteractionId, wire::Work)> =
        state.work_of(id).filter_map(|open| Some((open.id, work(state, open, id)?))).collect();
    let (ids, work) = work.into_iter().unzip();
    let screen = wire::State {
        position,
        now: now.0,
        tenant: shown::tenant(state),
        agent: agent(state, id),
        statuses: shown::statuses(state),
        reject_reasons: shown::reasons(state, ReasonFor::Reject),
        queues: queues(state, id),
        work,
    };
    Draft { state: screen, work: ids }
}

fn agent(state: &State, id: AgentId) -> wire::Agent {
    let name = state.config.agents.get(&id).map_or(id.as_str(), |agent| &agent.name);
    let desk = state.desk(id);
    let next = desk.and_then(|desk| desk.next.as_ref());
    wire::Agent {
        id: id.to_string(),
        name: name.to_owned(),
        status: desk.map_or(Status::LoggedOut, |desk| desk.status).into(),
        reason: desk.and_then(|desk| desk.reason.as_deref()).map(str::to_owned),
        since: desk.map_or(0, |desk| desk.since.0),
        next: next.map(|(status, reason)| wire::NextStatus {
            status: (*status).into(),
            reason: reason.as_deref().map(str::to_owned),
        }),
    }
}

/// The agent's queues and how many wait in them.
pub(super) fn queues(state: &State, agent: AgentId) -> Vec<wire::QueueLoad> {
    let own = state.config.agents.get(&agent).map_or(&[][..], |agent| &agent.queues);
    let load = |queue: &config::Queue| {
        let (waiting, longest) = state.queue_load(queue.id);
        wire::QueueLoad {
            id: queue.id.0,
            name: queue.name.as_ref().to_owned(),
            media_type: queue.media.into(),
            waiting,
            longest_since: longest.map(|since| since.0),
        }
    };
    own.iter().filter_map(|id| state.config.queues.get(id)).map(|queue| load(queue)).collect()
}
