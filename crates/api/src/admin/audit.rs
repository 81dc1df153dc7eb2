//! The audit log: who did what that has to be accounted for.

use axum::{Json, extract::State};
use engine::views::{AuditFilter, AuditRow, Reader};
use model::{Timestamp, UserId};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Person, limit};
use crate::{
    app::App,
    auth::Administrator,
    error::{ErrorBody, Invalid, Problem},
    path::Parameters,
    read,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// One entry.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditEntry)]
struct Entry {
    /// 1 and up, without gaps.
    sequence: u64,
    /// In epoch milliseconds.
    at: u64,
    /// Who; `null` for the operator, and for whoever had a one-time link.
    #[schema(required)]
    by: Option<Person>,
    /// `created`, `changed`, `deleted`, `published`, `opened`, `revoked`, …
    action: String,
    /// The kind of thing: `queue`, `apiKey`, `secretLink`, …
    resource: String,
    /// Which one; empty where there is only one.
    id: String,
    /// What it was called.
    name: String,
    /// What of it changed. Secrets and long values are `null`.
    #[schema(value_type = Vec<FieldChange>)]
    changes: Box<RawValue>,
    /// SHA-256 over the hash before and this entry.
    hash: String,
}

/// One field that changed.
#[derive(ToSchema)]
#[schema(as = AuditChange)]
#[expect(dead_code, reason = "the rows have it as text: this describes it")]
struct FieldChange {
    field: String,
    before: serde_json::Value,
    after: serde_json::Value,
}

/// Some of the entries.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditPage)]
struct Page {
    items: Vec<Entry>,
    /// What to ask for as `before`, if there are more.
    #[schema(required)]
    next: Option<u64>,
}

impl Entry {
    fn of(row: AuditRow) -> Self {
        let none = || RawValue::from_string("[]".to_owned()).expect("an empty list is JSON");
        Self {
            sequence: row.sequence,
            at: row.at.0,
            by: row.by.map(|(id, name)| Person { id: id.0, name }),
            action: row.action,
            resource: row.resource,
            id: row.id,
            name: row.name,
            changes: RawValue::from_string(row.changes).unwrap_or_else(|_| none()),
            hash: row.hash,
        }
    }
}

/// What was done, newest first.
#[utoipa::path(
    get, path = "/admin/v1/audit", tag = "administration", operation_id = "listAudit",
    params(
        ("before" = Option<u64>, Query, description = "`next` of the page before"),
        ("limit" = Option<u64>, Query, description = "1 to 200"),
        ("user" = Option<u32>, Query, description = "Whose entries, by the person's number"),
        ("resource" = Option<String>, Query, description = "Entries of this kind of thing"),
        ("id" = Option<String>, Query, description = "Entries of this one of them"),
        ("from" = Option<u64>, Query, description = "Not before this, in epoch milliseconds"),
        ("to" = Option<u64>, Query, description = "Before this"),
    ),
    responses((status = 200, body = Page), (status = 400, body = ErrorBody), Administrator),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn list(
    State(app): State<App>,
    Administrator(caller): Administrator,
    parameters: Parameters,
) -> Result<Json<Page>, Problem> {
    let limit = limit(&parameters)?;
    let before = parameters.number("before")?.unwrap_or(u64::MAX);
    let user = parameters.number("user")?.map(|user| {
        let user = u32::try_from(user);
        user.map(UserId).map_err(|_| Invalid::field("user", "There is no such person."))
    });
    let text = |name| parameters.text(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let filter = AuditFilter {
        user: user.transpose()?,
        resource: text("resource"),
        id: text("id"),
        from: parameters.number("from")?.map(Timestamp),
        to: parameters.number("to")?.map(Timestamp),
    };
    // Whoever has just changed something finds it.
    let position = app.engine().query(&caller.tenant, |_, position| position).await?;
    let look = move |views: &Reader<'_>| views.audit(&filter, before, limit + 1);
    let rows = read::views(&app, &caller.tenant, position, read::Lag::Refuse, look).await?;
    let more = rows.len() > limit;
    let items: Vec<Entry> = rows.into_iter().take(limit).map(Entry::of).collect();
    let next = items.last().filter(|_| more).map(|last| last.sequence);
    Ok(Json(Page { items, next }))
}
