//! All contracts as one service.

use axum::{Router, routing};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    admin, agent_status,
    app::{Api, App},
    augmentation, carrier,
    error::Problem,
    eventstreaming, gateway,
    guard::{Answer, Transport, guarded},
    handover, login, oauth, openapi, operations, phone_calls, platform, realtime_metrics, sapi,
    schedules, statistics, supervisor, webhook_key, workspace,
};

/// Paths that belong to the API also where nothing is: they never fall through to the web pages.
const PUBLISHED: [&str; 2] = ["/api", "/cc"];
const EVENT_STREAMING: [&str; 1] = ["/ws"];
const STREAMING: [&str; 2] = ["/api/streaming", "/api/sapi"];
const OWN: [&str; 6] =
    ["/auth", "/workspace/v1", "/supervisor/v1", "/admin", "/handover/v1", "/sim"];

/// Everything this crate serves. Other paths are not found, unless the caller adds a fallback (the web
/// pages). Requests carry a [`Connection`](crate::Connection) among their extensions.
pub fn router(api: Api) -> Router {
    let app = App::new(api);
    let sim = app.options().sim_enabled;
    let published = without_document(augmentation::routes());
    let own = without_document(login::routes()).merge(without_document(workspace::routes()));
    let own = own
        .merge(without_document(supervisor::routes()))
        .merge(without_document(admin::routes()))
        .merge(without_document(handover::routes()))
        .merge(without_document(webhook_key::routes()));
    let own = if sim { own.merge(without_document(carrier::routes())) } else { own };
    let published = with_nothing_else(published, &PUBLISHED, augmentation::answer);
    let own = with_nothing_else(own, &OWN, Problem::answer);
    let events = without_document(eventstreaming::routes());
    let events = with_nothing_else(events, &EVENT_STREAMING, eventstreaming::answer);
    let streaming = without_document(sapi::routes());
    let streaming = with_nothing_else(streaming, &STREAMING, sapi::answer);
    let operations = without_document(operations::routes());
    let health = guarded(operations::health(), &app, Transport::Any, Problem::answer);
    let guarded = |routes, answer| guarded(routes, &app, Transport::Trusted, answer);
    guarded(published, augmentation::answer)
        .merge(guarded(events, eventstreaming::answer))
        .merge(measured(guarded))
        .merge(guarded(streaming, sapi::answer))
        .merge(guarded(own.merge(operations), Problem::answer))
        .merge(health)
        .with_state(app)
}

/// The published contracts about what goes on: status, statistics, schedules, and the tokens for them.
fn measured(guarded: impl Fn(Router<App>, Answer) -> Router<App>) -> Router<App> {
    let schedules = schedules::platform_routes();
    let schedules = with_nothing_else(schedules, &[schedules::PLATFORM], platform::answer);
    let oauth = with_nothing_else(oauth::routes(), &["/oauth"], oauth::answer);
    let statistics = statistics::platform_routes();
    let statistics = with_nothing_else(statistics, &statistics::PLATFORM, platform::answer);
    let on_gateway = with_nothing_else(
        schedules::gateway_routes().merge(statistics::gateway_routes()),
        &[statistics::GATEWAY],
        gateway::answer,
    );
    let metrics = realtime_metrics::routes();
    let metrics = with_nothing_else(metrics, &realtime_metrics::BELOW, gateway::answer);
    guarded(agent_status::routes(), agent_status::answer)
        .merge(guarded(phone_calls::routes(), phone_calls::answer))
        .merge(guarded(metrics, gateway::answer))
        .merge(guarded(oauth, oauth::answer))
        .merge(guarded(schedules, platform::answer))
        .merge(guarded(statistics, platform::answer))
        .merge(guarded(on_gateway, gateway::answer))
}

fn without_document(routes: OpenApiRouter<App>) -> Router<App> {
    routes.split_for_parts().0
}

/// Answers 404 in the contract's own form below these paths.
fn with_nothing_else(routes: Router<App>, below: &[&str], answer: Answer) -> Router<App> {
    let nothing = move || async move { answer(Problem::NotFound) };
    below.iter().fold(routes, |routes, path| {
        routes
            .route(path, routing::any(nothing))
            .route(&format!("{path}/"), routing::any(nothing))
            .route(&format!("{path}/{{*rest}}"), routing::any(nothing))
    })
}

/// The document of all contracts, the simulated carrier included.
pub(crate) fn documented() -> utoipa::openapi::OpenApi {
    let all = OpenApiRouter::with_openapi(openapi::head())
        .merge(augmentation::routes())
        .merge(eventstreaming::routes())
        .merge(sapi::routes())
        .merge(login::routes())
        .merge(workspace::routes())
        .merge(supervisor::routes())
        .merge(admin::routes())
        .merge(handover::routes())
        .merge(webhook_key::routes())
        .merge(carrier::routes())
        .merge(operations::routes());
    all.split_for_parts().1
}
