//! Agents by queue, in one answer (real-time metrics, `/agents-in-queue-groups`).

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use engine::measure::{Interval, Reading};
use model::{AgentId, QueueId};

use super::{
    Asked, Pages,
    agent::AgentView,
    ask,
    catalogue::{Context, Key},
    wire::{self, AgentsInQueues, Mapped, QueueAgents},
};
use crate::error::Problem;

/// Agents who had something to do today, and the queues in which it was; with `showEnabledAgents` also those who
/// are logged in and had nothing to do.
pub(super) fn agents_in_queues(
    asked: &Asked<'_>,
    reading: &Reading<'_>,
) -> Result<Response, Problem> {
    let setup = reading.setup();
    asked.query.check_time_zone(setup)?;
    let keys = asked.query.metrics(Context::AgentInQueue, asked.version)?;
    let (of_queue, of_all): (Vec<&Key>, Vec<&Key>) = keys.iter().partition(|key| key.in_queue);
    let show_enabled = asked.query.flag("showEnabledAgents")?;
    let queues = selected(asked, reading)?;
    let members = |queue: &QueueId| setup.members(*queue).iter().copied();
    let listed = |agent: &AgentId| {
        let Some(view) = AgentView::of(reading, *agent, None) else { return false };
        let active = queues.iter().any(|queue| was_active(reading, *agent, *queue));
        active || (show_enabled && view.is_logged_in())
    };
    let mut agents: Vec<AgentId> = queues.iter().flat_map(members).collect();
    agents.sort_unstable();
    agents.dedup();
    agents.retain(listed);
    let page = asked.query.page()?;
    let (pages, first) = page.place(agents.len())?;
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    let elements = agents.len();
    let agents = agents.into_iter().skip(first).take(size);
    let body = AgentsInQueues {
        agents: agents.filter_map(|agent| mapped(reading, agent, None, &of_all)).collect(),
        queues: queues
            .iter()
            .filter(|queue| is_active(reading, **queue))
            .map(|queue| QueueAgents {
                queue_id: queue.to_string(),
                assigned_agents: members(queue).map(|agent| agent.to_string()).collect(),
                agent_metrics: members(queue)
                    .filter(|agent| was_active(reading, *agent, *queue))
                    .filter_map(|agent| mapped(reading, agent, Some(*queue), &of_queue))
                    .collect(),
            })
            .collect(),
    };
    let mut response = Json(body).into_response();
    Pages { page, pages, elements }.add_headers(&mut response);
    Ok(response)
}

fn selected(asked: &Asked<'_>, reading: &Reading<'_>) -> Result<Vec<QueueId>, Problem> {
    let all = &reading.setup().queues;
    let Some(ids) = asked.query.list("queue-ids") else { return Ok(all.keys().copied().collect()) };
    let known = |id: &str| id.parse().ok().map(QueueId).filter(|id| all.contains_key(id));
    let found: Option<Vec<QueueId>> = ids.into_iter().map(known).collect();
    let mut found = found.ok_or_else(|| ask::unknown("queue-ids"))?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn was_active(reading: &Reading<'_>, agent: AgentId, queue: QueueId) -> bool {
    AgentView::of(reading, agent, Some(queue)).is_some_and(|view| view.was_active())
}

fn is_active(reading: &Reading<'_>, queue: QueueId) -> bool {
    let members = reading.setup().members(queue).iter();
    reading.queue_counts(queue, Interval::Day).entered() > 0
        || members.into_iter().any(|agent| was_active(reading, *agent, queue))
}

fn mapped(
    reading: &Reading<'_>,
    agent: AgentId,
    queue: Option<QueueId>,
    keys: &[&Key],
) -> Option<Mapped> {
    let view = AgentView::of(reading, agent, queue)?;
    let name = reading.setup().agents.get(&agent)?.name.as_ref().to_owned();
    let metrics = wire::mapped(keys.iter().copied(), |key| view.value(key));
    Some(Mapped { id: agent.to_string(), name, metrics })
}
