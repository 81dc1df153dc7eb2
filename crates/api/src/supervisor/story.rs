//! The story of one interaction: what happened, who was asked and why, and its way through scripts.

use engine::{
    Position, State,
    views::{InteractionRow as Row, OfferRow, PathRow, Reader, TimelineRow, ViewError},
};
use model::TenantId;

use super::{
    interactions,
    wire::{ChosenCode, NamedAgent, PathStep, ScriptName, Story},
};
use crate::{
    app::App,
    error::Problem,
    read,
    shown::{self, QueueName, why},
};

/// Lines of the timeline on one page.
const LINES: usize = 500;
/// Nodes of the path.
const STEPS: usize = 1_000;

/// What the views tell.
struct Told {
    row: Row,
    offers: Vec<OfferRow>,
    path: Vec<PathRow>,
    lines: Vec<TimelineRow>,
    next: Option<Position>,
}

/// The story of an interaction, with the page of its timeline after a position.
pub(super) async fn read(
    app: &App,
    tenant: &TenantId,
    identifier: String,
    after: Position,
) -> Result<Story, Problem> {
    let position = app.engine().position(tenant).map_err(|_| Problem::Unauthenticated)?;
    let find = move |views: &Reader<'_>| told(views, &identifier, after);
    let told = read::views(app, tenant, position, read::Lag::Refuse, find).await?;
    let told = told.ok_or(Problem::NotFound)?;
    let now = app.engine().now();
    let finish = move |state: &State, position| {
        let story = story(state, told);
        Story { position, now: now.0, ..story }
    };
    Ok(app.engine().query(tenant, finish).await?)
}

fn told(views: &Reader<'_>, identifier: &str, after: Position) -> Result<Option<Told>, ViewError> {
    let Some(row) = views.find(identifier)? else { return Ok(None) };
    let mut lines = views.timeline_after(row.id, after, LINES + 1)?;
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let next = lines.last().filter(|_| more).map(|last| last.position);
    let (offers, path) = (views.offers(row.id)?, views.path(row.id, STEPS)?);
    Ok(Some(Told { row, offers, path, lines, next }))
}

/// Names what the views only number.
fn story(state: &State, told: Told) -> Story {
    let Told { row, offers, path, lines, next } = told;
    let code = |id: u32| {
        let known = state.config.transaction_codes.get(&id);
        let text = known.map_or_else(|| format!("code {id}"), |code| code.text.to_string());
        ChosenCode { id, text }
    };
    let open = state.interaction(row.id);
    Story {
        position: 0,
        now: 0,
        tenant: shown::tenant(state),
        interaction_id: row.guid,
        open: open.map(|open| interactions::row(state, open)),
        media_type: row.media.into(),
        direction: row.direction.into(),
        customer: row.ani,
        caller_name: row.caller_name.unwrap_or_default(),
        channel: row.channel,
        created_at: row.created_at.0,
        ended_at: row.ended.map(|(at, _)| at.0),
        original: row.original,
        queue: row.queue.map(|(id, name, _)| QueueName { id: id.0, name }),
        agent: row.agent.map(|(id, name, _)| NamedAgent { id: id.to_string(), name }),
        disposition: row.disposition.map(|disposition| disposition.text().to_owned()),
        codes: row.codes.into_iter().map(code).collect(),
        note: row.note,
        variables: row.variables.iter().map(shown::variable).collect(),
        offers: offers.into_iter().map(|offer| why::offer(state, offer)).collect(),
        path: path.into_iter().map(|step| path_step(state, step)).collect(),
        timeline: lines.into_iter().filter_map(shown::timeline_entry).collect(),
        next,
    }
}

fn path_step(state: &State, step: PathRow) -> PathStep {
    let (id, version) = step.script;
    let script = state.config.scripts.get(&step.script);
    let name = script.map_or_else(|| format!("script {id}"), |script| script.name.to_string());
    let (left_at, exit) = step.left.unzip();
    PathStep {
        at: step.at.0,
        script: ScriptName { id: id.0, name, version },
        node: step.node.to_string(),
        label: step.label,
        left_at: left_at.map(|at| at.0),
        exit,
        note: step.note,
    }
}
