//! What scripts have beyond other settings: publication, versions, where their interactions are.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::{Path, State},
};
use engine::State as Rules;
use kernel::center::{interaction::Interaction, place::Place};
use model::{
    InteractionId, ScriptId, Text,
    config::{Script as Version, ScriptDraft, Setting, SettingKey},
};
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    limit,
    resource::{Detail, Item, Named, find},
    wire::script::{LiveNode, LiveScript, Script, ScriptVersion, ScriptVersions},
};
use crate::{
    app::App,
    auth::{Administrator, Caller},
    error::{ErrorBody, Invalid, Problem},
    headers::IdempotencyKey,
    path::Parameters,
    settings::{self, Seen},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(publish))
        .routes(routes!(versions))
        .routes(routes!(version))
        .routes(routes!(restore))
        .routes(routes!(live))
}

/// Makes the draft the version that serves new interactions.
#[utoipa::path(
    post, path = "/admin/v1/scripts/{id}/publish", tag = "administration",
    operation_id = "publishScript",
    params(("id" = u32, Path), ("If-Match" = String, Header, description = "The ETag of what was seen.")),
    responses(
        (status = 200, body = ref("#/components/schemas/ScriptItem")),
        (status = 400, body = ErrorBody, description = "`invalidScript`, with all `faults`."),
        (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 412, body = ErrorBody),
        (status = 428, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn publish(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
    seen: Seen,
    key: IdempotencyKey,
) -> Result<Item<Script>, Problem> {
    let make = move |rules: &Rules| {
        let id = ScriptId(id);
        let draft = rules.config.drafts.get(&id).ok_or(Problem::NotFound)?;
        let version = rules.config.script(id).map_or(1, |last| last.version + 1);
        let (name, flow) = (draft.name.clone(), draft.flow.clone());
        Ok(Setting::Script(Arc::new(Version { id, version, name, flow, published: None })))
    };
    change(&app, &caller, &key, "publish", (id, seen), make).await
}

/// Makes an earlier version the draft; publish it to go back to it.
#[utoipa::path(
    post, path = "/admin/v1/scripts/{id}/versions/{version}/restore", tag = "administration",
    operation_id = "restoreScript",
    params(
        ("id" = u32, Path), ("version" = u32, Path),
        ("If-Match" = String, Header, description = "The ETag of what was seen."),
    ),
    responses(
        (status = 200, body = ref("#/components/schemas/ScriptItem")),
        (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 412, body = ErrorBody),
        (status = 428, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn restore(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
    Path((_, version)): Path<(String, String)>,
    seen: Seen,
    key: IdempotencyKey,
) -> Result<Item<Script>, Problem> {
    let version: u32 = version.parse().map_err(|_| Problem::NotFound)?;
    let make = move |rules: &Rules| {
        let id = ScriptId(id);
        let before = rules.config.scripts.get(&(id, version)).ok_or(Problem::NotFound)?;
        let layout = rules.config.drafts.get(&id).map(|draft| draft.layout.clone());
        Ok(Setting::ScriptDraft(Arc::new(ScriptDraft {
            id,
            name: before.name.clone(),
            flow: before.flow.clone(),
            layout: layout.unwrap_or_default(),
        })))
    };
    let act = format!("restore {version}");
    change(&app, &caller, &key, &act, (id, seen), make).await
}

async fn change(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    act: &str,
    (id, seen): (u32, Seen),
    make: impl FnOnce(&Rules) -> Result<Setting, Problem> + Send + 'static,
) -> Result<Item<Script>, Problem> {
    let what = [act, &SettingKey::Script(ScriptId(id)).to_string()];
    let make = move |rules: &Rules| Ok(vec![seen.change(make(rules)?)]);
    settings::change_seen(app, caller, key, &what, &Value::Null, make).await?;
    find(app, caller, id).await
}

/// The published versions, newest first.
#[utoipa::path(
    get, path = "/admin/v1/scripts/{id}/versions", tag = "administration",
    operation_id = "listScriptVersions",
    params(
        ("id" = u32, Path),
        ("before" = Option<u32>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "1 to 200"),
    ),
    responses(
        (status = 200, body = ScriptVersions), (status = 400, body = ErrorBody),
        (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn versions(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
    parameters: Parameters,
) -> Result<Json<ScriptVersions>, Problem> {
    let limit = limit(&parameters)?;
    let before = parameters.number("before")?.map(u32::try_from).transpose();
    let no_cursor = |_| Invalid::field("before", "Must be `next` of the page before.");
    let before = before.map_err(no_cursor)?.unwrap_or(u32::MAX);
    let look = move |rules: &Rules, _| {
        let id = ScriptId(id);
        rules.config.drafts.get(&id)?;
        let older = rules.config.versions(id).rev().filter(|script| script.version < before);
        let mut older = older.map(|script| ScriptVersion::of(rules, script, Detail::Listed));
        let items: Vec<_> = older.by_ref().take(limit).collect();
        let next = items.last().filter(|_| older.next().is_some()).map(ScriptVersion::version);
        Some(ScriptVersions { items, next })
    };
    let found = app.engine().query(&caller.tenant, look).await?;
    found.map(Json).ok_or(Problem::NotFound)
}

/// One published version with its flow.
#[utoipa::path(
    get, path = "/admin/v1/scripts/{id}/versions/{version}", tag = "administration",
    operation_id = "getScriptVersion",
    params(("id" = u32, Path), ("version" = u32, Path)),
    responses(
        (status = 200, body = ScriptVersion), (status = 401, body = ErrorBody),
        (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
        (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn version(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
    Path((_, version)): Path<(String, String)>,
) -> Result<Json<ScriptVersion>, Problem> {
    let version: u32 = version.parse().map_err(|_| Problem::NotFound)?;
    let look = move |rules: &Rules, _| {
        let script = rules.config.scripts.get(&(ScriptId(id), version))?;
        Some(ScriptVersion::of(rules, script, Detail::Whole))
    };
    let found = app.engine().query(&caller.tenant, look).await?;
    found.map(Json).ok_or(Problem::NotFound)
}

/// How many open interactions are in each node now, of all versions.
#[utoipa::path(
    get, path = "/admin/v1/scripts/{id}/live", tag = "administration",
    operation_id = "getLiveScript",
    params(("id" = u32, Path)),
    responses(
        (status = 200, body = LiveScript), (status = 401, body = ErrorBody),
        (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
        (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn live(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
) -> Result<Json<LiveScript>, Problem> {
    let look = move |rules: &Rules, position| {
        let id = ScriptId(id);
        rules.config.drafts.get(&id)?;
        let open = rules.interactions_after(InteractionId(0)).filter(|open| in_script(open));
        let runs = open.filter_map(|open| open.run.as_ref()).filter(|run| run.script == id);
        let mut counts: BTreeMap<(u32, Text), u64> = BTreeMap::new();
        for run in runs {
            *counts.entry((run.version, run.node.clone())).or_default() += 1;
        }
        let node = |((version, node), count)| LiveNode { version, node, count };
        Some(LiveScript { position, nodes: counts.into_iter().map(node).collect() })
    };
    let found = app.engine().query(&caller.tenant, look).await?;
    found.map(Json).ok_or(Problem::NotFound)
}

/// Whether the script serves the customer, in a queue and on the way to somebody too. A run is kept
/// after that, for the path on screen.
fn in_script(open: &Interaction) -> bool {
    match &open.place {
        Place::Script
        | Place::Waiting(_)
        | Place::Offered(..)
        | Place::Asked(_)
        | Place::Dialling(_)
        | Place::Bridged(_) => true,
        Place::Talking(_) | Place::Ended(_) => false,
    }
}
