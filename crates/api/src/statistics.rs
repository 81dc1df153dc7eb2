//! Statistics, as published: queues and agents at this moment, and the list of queues.
//!
//! | Form | Credential | Without suffix and `Accept` |
//! |---|---|---|
//! | `/api/rtstats/stats/…`, `/api/stats/…` | a token of the tenant | XML |
//! | `/cc/v1/stats/rt/…` | a key for statistics | JSON |

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing,
};
use engine::{Position, measure::Reading};
use model::{AgentId, QueueId, TenantId, access::Product};

use crate::{
    app::App,
    auth::program::Token,
    error::Problem,
    gateway, platform,
    projection::{Empty, Form, Tree},
    read,
};

mod wire;

/// Paths of the platform form that belong to this contract also where nothing is.
pub(crate) const PLATFORM: [&str; 2] = ["/api/rtstats", "/api/stats"];
/// The same for the gateway form.
pub(crate) const GATEWAY: &str = "/cc/v1/stats";

pub(crate) fn platform_routes() -> Router<App> {
    const LIVE: &str = "/api/rtstats/stats";
    let mut routes = Router::new()
        .route(&format!("{LIVE}/queue/{{id}}"), routing::get(queue))
        .route(&format!("{LIVE}/agent/{{id}}"), routing::get(agent))
        .route("/api/stats/queues.csv", routing::get(queue_table));
    for (suffix, form) in [("", None), (".json", Some(Form::Json)), (".xml", Some(Form::Xml))] {
        for (path, list) in [
            (format!("{LIVE}/queues{suffix}"), List::LiveQueues),
            (format!("{LIVE}/agents{suffix}"), List::LiveAgents),
            (format!("/api/stats/queues{suffix}"), List::Queues),
        ] {
            let answer = move |State(app): State<App>, headers: HeaderMap| async move {
                all(&app, &headers, list, form).await.unwrap_or_else(platform::answer)
            };
            routes = routes.route(&path, routing::get(answer));
        }
    }
    routes
}

pub(crate) fn gateway_routes() -> Router<App> {
    Router::new()
        .route("/cc/v1/stats/rt/queues", routing::get(gateway_queues))
        .route("/cc/v1/stats/rt/queue/{id}", routing::get(gateway_queue))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    LiveQueues,
    LiveAgents,
    Queues,
}

async fn all(
    app: &App,
    headers: &HeaderMap,
    list: List,
    form: Option<Form>,
) -> Result<Response, Problem> {
    let form = form.unwrap_or_else(|| Form::of("", headers, Form::Xml).1);
    let (tenant, position) = enter(app, headers).await?;
    Ok(match list {
        List::LiveQueues => {
            let tree = read::measures(app, &tenant, position, |reading| live_queues(&reading));
            tree.await?.answer("queues", form, false, Empty::List)
        }
        List::LiveAgents => {
            let tree = read::measures(app, &tenant, position, |reading| live_agents(&reading));
            tree.await?.answer("agents", form, false, Empty::List)
        }
        List::Queues => {
            let tree = read::measures(app, &tenant, position, |reading| wire::queues(&reading));
            tree.await?.answer("queues", form, true, Empty::Text)
        }
    })
}

async fn enter(app: &App, headers: &HeaderMap) -> Result<(TenantId, Position), Problem> {
    platform::enter(app, headers, Token::Either, |_, position| position).await
}

fn live_queues(reading: &Reading<'_>) -> Tree {
    let queues = reading.setup().queues.keys();
    Tree::Many("queue", queues.filter_map(|id| wire::live_queue(reading, *id)).collect())
}

fn live_agents(reading: &Reading<'_>) -> Tree {
    let agents = reading.setup().agents.keys();
    Tree::Many("agent", agents.filter_map(|id| wire::live_agent(reading, *id)).collect())
}

async fn queue(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let one = async {
        let (id, form) = Form::of(&id, &headers, Form::Xml);
        let (tenant, position) = enter(&app, &headers).await?;
        let tree = find_queue(&app, &tenant, position, id).await?;
        Ok(tree.answer("queue", form, true, Empty::List))
    };
    one.await.unwrap_or_else(platform::answer)
}

/// By the agent's identity, or by the login name of whoever works as the agent.
async fn agent(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let one = async {
        let (id, form) = Form::of(&id, &headers, Form::Xml);
        let login = id.to_lowercase();
        let look = move |state: &engine::State, position| {
            (position, state.access.user_by_email(&login).and_then(|user| user.agent))
        };
        let (tenant, (position, named)) =
            platform::enter(&app, &headers, Token::Either, look).await?;
        let id = AgentId::parse(id).or(named).ok_or(Problem::NotFound)?;
        let tree =
            read::measures(&app, &tenant, position, |reading| wire::live_agent(&reading, id));
        Ok(tree.await?.ok_or(Problem::NotFound)?.answer("agent", form, true, Empty::List))
    };
    one.await.unwrap_or_else(platform::answer)
}

async fn find_queue(
    app: &App,
    tenant: &TenantId,
    position: Position,
    id: &str,
) -> Result<Tree, Problem> {
    let id = id.parse().map(QueueId).map_err(|_| Problem::NotFound)?;
    let tree = read::measures(app, tenant, position, |reading| wire::live_queue(&reading, id));
    tree.await?.ok_or(Problem::NotFound)
}

async fn queue_table(State(app): State<App>, headers: HeaderMap) -> Response {
    let table = async {
        let (tenant, position) = enter(&app, &headers).await?;
        let table = read::measures(&app, &tenant, position, |reading| wire::queue_table(&reading));
        Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], table.await?).into_response())
    };
    table.await.unwrap_or_else(platform::answer)
}

async fn gateway_queues(State(app): State<App>, headers: HeaderMap) -> Response {
    let list = async {
        let (_, form) = Form::of("", &headers, Form::Json);
        let (tenant, position) = enter_gateway(&app, &headers).await?;
        let tree = read::measures(&app, &tenant, position, |reading| live_queues(&reading)).await?;
        Ok(tree.answer("queues", form, false, Empty::List))
    };
    list.await.unwrap_or_else(gateway::answer)
}

async fn gateway_queue(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let one = async {
        let (_, form) = Form::of("", &headers, Form::Json);
        let (tenant, position) = enter_gateway(&app, &headers).await?;
        let tree = find_queue(&app, &tenant, position, &id).await?;
        Ok(tree.answer("queue", form, true, Empty::List))
    };
    one.await.unwrap_or_else(gateway::answer)
}

async fn enter_gateway(app: &App, headers: &HeaderMap) -> Result<(TenantId, Position), Problem> {
    gateway::enter(app, headers, Product::Statistics, |_, position| position).await
}
