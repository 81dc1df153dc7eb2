//! Calls, a page at a time.

use engine::{State, views::Reader};
use model::{InteractionId, TenantId, interaction::Media};

use super::{
    call,
    wire::{Call, CallState, Calls},
};
use crate::{
    app::App,
    error::{Invalid, Problem},
    read,
};

/// Interactions looked at for one page; a page can be short because of it, and `next` then goes on.
const LOOKED_AT_MAX: usize = 10_000;
/// Lines of a timeline looked at for prompts.
const LINES_MAX: usize = 200;

/// Rows read from the views at once.
const ROWS: usize = 500;

/// Where a page begins: after this interaction of this tenant, or with the tenant's first.
pub(super) struct Cursor {
    tenant: TenantId,
    id: Option<InteractionId>,
}

impl Cursor {
    /// Reads `acmecorp01.42`.
    pub(super) fn parse(text: &str) -> Result<Self, Invalid> {
        let parts = text.split_once('.');
        let parts =
            parts.and_then(|(tenant, id)| Some((TenantId::parse(tenant)?, id.parse().ok()?)));
        let (tenant, id) =
            parts.ok_or_else(|| Invalid::field("after", "Must be `next` of the page before."))?;
        Ok(Self { tenant, id: (id > 0).then_some(InteractionId(id)) })
    }

    /// Interactions count from 1, so 0 says that none has been told.
    fn text(&self) -> String {
        format!("{}.{}", self.tenant, self.id.unwrap_or_default())
    }
}

/// How many calls a page has at most.
pub(super) fn limit(given: Option<u64>, default: usize, max: usize) -> Result<usize, Invalid> {
    let Some(given) = given else { return Ok(default) };
    let fitting = usize::try_from(given).ok().filter(|limit| (1..=max).contains(limit));
    fitting.ok_or_else(|| Invalid::field("limit", format!("Must be 1 to {max}.")))
}

/// One page, tenant after tenant in the order of their names.
pub(super) async fn page(
    app: &App,
    state: Option<CallState>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Calls, Problem> {
    let mut calls = Vec::new();
    let first = after.as_ref().map(|after| after.tenant.clone());
    let tenants = app.engine().tenants().into_iter().map(|tenant| tenant.id);
    for tenant in tenants.filter(|tenant| first.as_ref().is_none_or(|first| tenant >= first)) {
        let room = limit - calls.len();
        if room == 0 {
            return Ok(Calls { calls, next: Some(Cursor { tenant, id: None }.text()) });
        }
        let begin = after.as_ref().filter(|after| after.tenant == tenant);
        let begin = begin.and_then(|after| after.id);
        let (found, next) = match state {
            Some(CallState::Ended) => over(app, &tenant, begin, room).await?,
            _ => live(app, &tenant, state, begin, room).await?,
        };
        calls.extend(found);
        if next.is_some() {
            return Ok(Calls { calls, next: Some(Cursor { tenant, id: next }.text()) });
        }
    }
    Ok(Calls { calls, next: None })
}

/// Some calls, and after which one to go on, if there may be more.
type Page = (Vec<Call>, Option<InteractionId>);

async fn live(
    app: &App,
    tenant: &TenantId,
    wanted: Option<CallState>,
    after: Option<InteractionId>,
    room: usize,
) -> Result<Page, Problem> {
    let after = after.unwrap_or_default();
    let look = move |state: &State, position| {
        let mut calls = Vec::new();
        let mut last = None;
        for (looked_at, open) in state.interactions_after(after).enumerate() {
            if calls.len() == room || looked_at == LOOKED_AT_MAX {
                return (position, calls, last);
            }
            last = Some(open.id);
            let is = call::state_of(&open.place);
            let fits = wanted.map_or(is != CallState::Ended, |wanted| wanted == is);
            if open.media == Media::Phone && fits {
                calls.push((open.id, call::live(state, open)));
            }
        }
        (position, calls, None)
    };
    let (position, calls, next) = app.engine().query(tenant, look).await?;
    let read = move |views: &Reader<'_>| {
        let told = calls.into_iter().map(|(id, call)| told(views, id, call));
        told.collect::<Result<Vec<_>, _>>()
    };
    let calls = read::views(app, tenant, position, read::Lag::Refuse, read).await?;
    Ok((calls, next))
}

fn told(
    views: &Reader<'_>,
    id: InteractionId,
    call: Call,
) -> Result<Call, engine::views::ViewError> {
    Ok(Call { prompts: call::prompts(views.timeline(id, LINES_MAX)?), ..call })
}

async fn over(
    app: &App,
    tenant: &TenantId,
    before: Option<InteractionId>,
    room: usize,
) -> Result<Page, Problem> {
    let position = app.engine().position(tenant).map_err(|_| Problem::NotFound)?;
    let read = move |views: &Reader<'_>| {
        let mut calls = Vec::new();
        let mut before = before;
        for _ in 0..LOOKED_AT_MAX / ROWS {
            let rows = views.interactions(before, ROWS)?;
            let is_last = rows.len() < ROWS;
            for row in rows {
                if calls.len() == room {
                    return Ok((calls, before));
                }
                before = Some(row.id);
                if row.media == Media::Phone && row.ended.is_some() {
                    calls.push(told(views, row.id, call::over(&row))?);
                }
            }
            if is_last {
                return Ok((calls, None));
            }
        }
        Ok((calls, before))
    };
    read::views(app, tenant, position, read::Lag::Refuse, read).await
}
