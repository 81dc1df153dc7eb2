//! What a designer asks about flows that are not saved: the palette, the linter, trial runs.

use axum::{
    Json,
    extract::{Request, State},
};
use engine::State as Rules;
use kernel::{center::config::references, flow};
use model::limits::{ENTRIES_MAX, FLOW_NODES_MAX, LABEL_CHARS_MAX};
use serde::de::DeserializeOwned;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    body,
    wire::script::{Findings, LintFlow, Palette, Report, Reports, TestFlow},
};
use crate::{
    app::App,
    auth::Administrator,
    error::{ErrorBody, Invalid, Problem},
    limits::FLOW_BODY_MAX,
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(palette)).routes(routes!(lint)).routes(routes!(test))
}

/// The kinds of nodes and all that their forms need.
#[utoipa::path(
    get, path = "/admin/v1/flows/palette", tag = "administration", operation_id = "getPalette",
    responses(
        (status = 200, body = Palette), (status = 401, body = ErrorBody),
        (status = 403, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn palette(_: Administrator) -> Json<Palette> {
    Json(Palette {
        kinds: flow::palette::IVR,
        operators: flow::palette::OPERATORS,
        compare_as: flow::palette::COMPARE_AS,
        system_variables: kernel::center::config::system_variables(),
        nodes_max: FLOW_NODES_MAX,
        entries_max: ENTRIES_MAX,
        label_chars_max: LABEL_CHARS_MAX,
    })
}

/// What is wrong with a flow, by the settings as they are.
#[utoipa::path(
    post, path = "/admin/v1/flows/lint", tag = "administration", operation_id = "lintFlow",
    request_body = LintFlow,
    responses(
        (status = 200, body = Findings), (status = 400, body = ErrorBody),
        (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 413, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn lint(
    State(app): State<App>,
    Administrator(caller): Administrator,
    request: Request,
) -> Result<Json<Findings>, Problem> {
    let LintFlow { flow } = read(request).await?;
    let known = |rules: &Rules, _| references(&rules.config);
    let references = app.engine().query(&caller.tenant, known).await?;
    let findings = aside(move || flow::lint(&flow, &references)).await?;
    Ok(Json(Findings { findings }))
}

/// What comes of a flow's own tests, or of one more.
#[utoipa::path(
    post, path = "/admin/v1/flows/test", tag = "administration", operation_id = "testFlow",
    request_body = TestFlow,
    responses(
        (status = 200, body = Reports), (status = 400, body = ErrorBody),
        (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 413, body = ErrorBody), (status = 503, body = ErrorBody),
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn test(
    State(app): State<App>,
    Administrator(caller): Administrator,
    request: Request,
) -> Result<Json<Reports>, Problem> {
    let TestFlow { flow, test } = read(request).await?;
    if flow.tests.len() > ENTRIES_MAX {
        return Err(Invalid::field("flow.tests", "At most 100.").into());
    }
    let known = |rules: &Rules, _| rules.config.schedules.clone();
    let schedules = app.engine().query(&caller.tenant, known).await?;
    let check = move || {
        let tests = test.as_ref().map_or(&flow.tests[..], std::slice::from_ref);
        let reports = tests.iter().map(|test| flow::test::check(&flow, test, &schedules));
        reports.map(Report::from).collect()
    };
    Ok(Json(Reports { reports: aside(check).await? }))
}

async fn read<T: DeserializeOwned>(request: Request) -> Result<T, Problem> {
    let json = body::value(request, FLOW_BODY_MAX).await?;
    Ok(body::parse(&json, |_| false)?)
}

/// On a thread of its own: a large flow takes milliseconds.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Problem::Internal)
}
