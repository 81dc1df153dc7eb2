//! What administrators set up, as resources.

use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    app::App,
    error::Invalid,
    limits::{PAGE_DEFAULT, PAGE_MAX},
    path::Parameters,
};

mod api_keys;
mod api_token;
mod audit;
mod body;
mod crm_api;
mod document;
mod event_subscriptions;
mod flows;
mod resource;
mod scripts;
mod secret_links;
mod tokens;
mod webhooks;
mod wire;

use resource::{Only, Resource};

pub(crate) fn routes() -> OpenApiRouter<App> {
    let kinds = [
        many::<wire::agent::Agent>(),
        many::<wire::channel::Channel>(),
        many::<wire::named::Group>(),
        many::<wire::named::Skill>(),
        many::<wire::named::TransactionCode>(),
        many::<wire::queue::Queue>(),
        many::<wire::reason::Reason>(),
        many::<wire::schedule::Schedule>(),
        many::<wire::script::Script>(),
        many::<wire::user::User>(),
        many::<wire::webhook::Webhook>(),
        only::<wire::tenant::Tenant>(),
    ];
    let kinds = kinds.into_iter().fold(OpenApiRouter::new(), OpenApiRouter::merge);
    kinds
        .merge(flows::routes())
        .merge(scripts::routes())
        .merge(webhooks::routes())
        .merge(api_token::routes())
        .merge(crm_api::routes())
        .merge(api_keys::routes())
        .merge(secret_links::routes())
        .merge(audit::routes())
        .merge(event_subscriptions::routes())
}

/// Somebody who did something.
#[derive(Debug, Serialize, ToSchema)]
struct Person {
    id: u32,
    name: String,
}

/// How many elements a page is to have.
fn limit(parameters: &Parameters) -> Result<usize, Invalid> {
    let limit = parameters.number("limit")?.unwrap_or(PAGE_DEFAULT as u64);
    let limit = usize::try_from(limit).ok().filter(|limit| (1..=PAGE_MAX).contains(limit));
    limit.ok_or_else(|| Invalid::field("limit", format!("Must be 1 to {PAGE_MAX}.")))
}

/// A page of what was found when one more was asked for, and the name of its last when there is more.
fn page<T, N>(mut found: Vec<T>, limit: usize, name: impl Fn(&T) -> N) -> (Vec<T>, Option<N>) {
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(name);
    (found, next)
}

/// A kind of which there are many.
fn many<R: Resource>() -> OpenApiRouter<App> {
    described(document::many::<R>(), resource::routes::<R>())
}

/// A kind of which there is one.
fn only<R: Resource<Id = Only>>() -> OpenApiRouter<App> {
    described(document::only::<R>(), resource::only_routes::<R>())
}

fn described(document: utoipa::openapi::OpenApi, routes: axum::Router<App>) -> OpenApiRouter<App> {
    let mut described = OpenApiRouter::from(routes);
    *described.get_openapi_mut() = document;
    described
}
