//! Real-time metrics, as published: queues, groups and agents in numbers, now and over intervals.
//!
//! Checked in this order, and the first fault is the answer: transport, the access token, `X-Tenant-Info`, the version,
//! the query. Versions 1 to 5 are side by side: a later one has more metrics and resources.

use axum::{
    Json, Router,
    extract::{RawPathParams, State},
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header},
    response::{IntoResponse, Response},
    routing,
};
use engine::measure::Reading;
use model::{AgentId, GroupId, QueueId, TenantId, access::Product};

use crate::{app::App, auth::access_token, error::Problem, gateway, projection::Form, read};

mod agent;
mod ask;
mod catalogue;
mod grouped;
mod queue;
mod value;
mod wire;

use agent::AgentView;
use ask::{Page, Query};
use catalogue::{Context, Key};
use queue::QueueView;
use value::Value;
use wire::{Element, Kind};

/// Where the published hosts put a region; all are answered alike.
const REGIONS: [&str; 4] = ["", "/eu", "/au", "/ca"];
/// The newest version.
const NEWEST: u8 = 5;

/// Paths that belong to this contract also where nothing is.
pub(crate) const BELOW: [&str; 4] =
    ["/analytics", "/eu/analytics", "/au/analytics", "/ca/analytics"];

pub(crate) fn routes() -> Router<App> {
    let mut routes = Router::new();
    for region in REGIONS {
        let base = format!("{region}/analytics/cc/{{version}}/realtime-metrics");
        for (path, resource) in [
            ("queues", Resource::Queues),
            ("queues/{id}", Resource::Queue),
            ("queues/{id}/agents", Resource::QueueAgents),
            ("queues/{id}/agents/{agentId}", Resource::QueueAgent),
            ("groups", Resource::Groups),
            ("groups/{id}", Resource::Group),
            ("groups/{id}/agents", Resource::GroupAgents),
            ("groups/{id}/agents/{agentId}", Resource::GroupAgent),
            ("agents", Resource::Agents),
            ("agents-in-queue-groups", Resource::AgentsInQueues),
        ] {
            let answer = move |State(app): State<App>,
                               path: RawPathParams,
                               uri: Uri,
                               headers: HeaderMap| async move {
                respond(&app, resource, &path, &uri, &headers).await.unwrap_or_else(gateway::answer)
            };
            routes = routes.route(&format!("{base}/{path}"), routing::get(answer));
        }
    }
    routes
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Resource {
    Queues,
    Queue,
    QueueAgents,
    QueueAgent,
    Groups,
    Group,
    GroupAgents,
    GroupAgent,
    Agents,
    AgentsInQueues,
}

impl Resource {
    fn since(self) -> u8 {
        if matches!(self, Self::Agents | Self::AgentsInQueues) { NEWEST } else { 1 }
    }

    fn is_list(self) -> bool {
        !matches!(self, Self::Queue | Self::QueueAgent | Self::Group | Self::GroupAgent)
    }
}

/// A request whose token is good.
struct Asked<'r> {
    resource: Resource,
    version: u8,
    /// The identifiers in the path, from left to right.
    ids: Vec<&'r str>,
    query: Query,
}

async fn respond(
    app: &App,
    resource: Resource,
    path: &RawPathParams,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let (tenant, position) =
        access_token::enter(app, headers, Product::Analytics, |_, position| position).await?;
    ask::check_tenant(headers, &tenant)?;
    let mut parameters = path.iter().map(|(_, value)| value);
    let version = parameters.next().and_then(|version| version.strip_prefix('v'));
    let version = version.and_then(|version| version.parse().ok()).unwrap_or(0);
    if !(resource.since()..=NEWEST).contains(&version) {
        return Err(Problem::NotFound);
    }
    let query = Query::read(uri.query());
    let asked = Asked { resource, version, ids: parameters.collect(), query };
    let form = match resource {
        Resource::Agents | Resource::AgentsInQueues => Form::Json,
        _ => Form::of("", headers, Form::Json).1,
    };
    read_and_show(app, &tenant, position, &asked, form).await
}

async fn read_and_show(
    app: &App,
    tenant: &TenantId,
    position: u64,
    asked: &Asked<'_>,
    form: Form,
) -> Result<Response, Problem> {
    if asked.resource == Resource::AgentsInQueues {
        let read = |reading: Reading<'_>| grouped::agents_in_queues(asked, &reading);
        return read::measures(app, tenant, position, read).await?;
    }
    let read = |reading: Reading<'_>| asked.answer(&reading);
    let (elements, pages) = read::measures(app, tenant, position, read).await??;
    let kind = if asked.resource.is_list() { Kind::List } else { Kind::Single };
    let mut response = match form {
        Form::Json => Json(&elements).into_response(),
        Form::Xml => {
            let kind = wire::xml(&elements, kind);
            ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], kind).into_response()
        }
    };
    if let Some(pages) = pages {
        pages.add_headers(&mut response);
    }
    Ok(response)
}

/// What the paging headers say.
struct Pages {
    page: Page,
    pages: u64,
    elements: usize,
}

impl Pages {
    fn add_headers(&self, response: &mut Response) {
        for (name, number) in [
            ("x-page-size", self.page.size),
            ("x-page", self.page.number),
            ("x-total-pages", self.pages),
            ("x-total-elements", self.elements as u64),
        ] {
            response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from(number));
        }
    }
}

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Queue(QueueId),
    Group(GroupId),
    Agent(AgentId, Option<QueueId>),
}

impl Asked<'_> {
    fn answer(&self, reading: &Reading<'_>) -> Result<(Vec<Element>, Option<Pages>), Problem> {
        self.query.check_time_zone(reading.setup())?;
        let context = match self.resource {
            Resource::Queues | Resource::Queue => Context::Queue,
            Resource::Groups | Resource::Group => Context::Group,
            Resource::QueueAgents | Resource::QueueAgent => Context::AgentInQueue,
            Resource::GroupAgents
            | Resource::GroupAgent
            | Resource::Agents
            | Resource::AgentsInQueues => Context::Agent,
        };
        if !self.resource.is_list() {
            let keys = self.query.metrics(context, self.version)?;
            let subject = self.subject(reading)?;
            return Ok((vec![self.element(reading, subject, Some(&keys))], None));
        }
        let summary = self.query.flag("summary")?;
        let subjects = if summary { self.subjects(reading)? } else { self.selected(reading)? };
        let page = self.query.page()?;
        let (pages, first) = page.place(subjects.len())?;
        let size = usize::try_from(page.size).unwrap_or(usize::MAX);
        let shown = subjects.iter().skip(first).take(size);
        let keys = if summary { None } else { Some(self.query.metrics(context, self.version)?) };
        let mut elements: Vec<Element> =
            shown.map(|subject| self.element(reading, *subject, keys.as_deref())).collect();
        if let Some(keys) = keys.filter(|_| self.resource != Resource::Groups)
            && self.query.flag("includeTotals")?
        {
            let rows: Vec<Vec<Value>> =
                subjects.iter().map(|subject| values(reading, *subject, &keys)).collect();
            elements.push(wire::totals(&keys, &rows));
        }
        Ok((elements, Some(Pages { page, pages, elements: subjects.len() })))
    }

    fn queue(&self, reading: &Reading<'_>) -> Result<QueueId, Problem> {
        let id = self.ids.first().and_then(|id| id.parse().ok()).map(QueueId);
        id.filter(|id| reading.setup().queues.contains_key(id)).ok_or(Problem::NotFound)
    }

    fn group(&self, reading: &Reading<'_>) -> Result<GroupId, Problem> {
        let id = self.ids.first().and_then(|id| id.parse().ok()).map(GroupId);
        id.filter(|id| reading.setup().groups.contains_key(id)).ok_or(Problem::NotFound)
    }

    /// What the path of a single resource names.
    fn subject(&self, reading: &Reading<'_>) -> Result<Subject, Problem> {
        match self.resource {
            Resource::Queue => Ok(Subject::Queue(self.queue(reading)?)),
            Resource::Group => Ok(Subject::Group(self.group(reading)?)),
            _ => {
                let id = self.ids.get(1).and_then(|id| AgentId::parse(id));
                let of = |subject: &Subject| matches!(subject, Subject::Agent(agent, _) if Some(*agent) == id);
                self.subjects(reading)?.into_iter().find(of).ok_or(Problem::NotFound)
            }
        }
    }

    /// All elements of a list.
    fn subjects(&self, reading: &Reading<'_>) -> Result<Vec<Subject>, Problem> {
        let setup = reading.setup();
        Ok(match self.resource {
            Resource::Queues | Resource::Queue => {
                setup.queues.keys().copied().map(Subject::Queue).collect()
            }
            Resource::Groups | Resource::Group => {
                setup.groups.keys().copied().map(Subject::Group).collect()
            }
            Resource::QueueAgents | Resource::QueueAgent => {
                let queue = self.queue(reading)?;
                let members = setup.members(queue).iter();
                members.map(|agent| Subject::Agent(*agent, Some(queue))).collect()
            }
            Resource::GroupAgents | Resource::GroupAgent => {
                let group = self.group(reading)?;
                setup.group(group).map(|agent| Subject::Agent(agent, None)).collect()
            }
            Resource::Agents | Resource::AgentsInQueues => {
                setup.agents.keys().map(|agent| Subject::Agent(*agent, None)).collect()
            }
        })
    }

    /// Those of a list that are asked for.
    fn selected(&self, reading: &Reading<'_>) -> Result<Vec<Subject>, Problem> {
        let mut subjects = self.subjects(reading)?;
        if self.resource == Resource::Agents
            && let Some(groups) = self.query.list("group-ids")
        {
            let known = |id: &&str| {
                id.parse().ok().map(GroupId).filter(|id| reading.setup().groups.contains_key(id))
            };
            let groups: Option<Vec<GroupId>> = groups.iter().map(known).collect();
            let groups = groups.ok_or_else(|| ask::unknown("group-ids"))?;
            subjects.retain(|subject| {
                let Subject::Agent(agent, _) = subject else { return false };
                let group = reading.setup().agents.get(agent).and_then(|setup| setup.group);
                group.is_some_and(|group| groups.contains(&group))
            });
        }
        let name = match self.resource {
            Resource::Queues | Resource::Queue => "queue-ids",
            Resource::Groups | Resource::Group => "group-ids",
            _ => "agent-ids",
        };
        let Some(asked) = self.query.list(name) else { return Ok(subjects) };
        let asked: std::collections::BTreeSet<&str> = asked.into_iter().collect();
        subjects.retain(|subject| asked.contains(&*subject.id()));
        // One that is not there is a fault, not an element less.
        if subjects.len() == asked.len() { Ok(subjects) } else { Err(ask::unknown(name)) }
    }

    fn element(&self, reading: &Reading<'_>, subject: Subject, keys: Option<&[Key]>) -> Element {
        let setup = reading.setup();
        let agent = |id: &AgentId| setup.agents.get(id);
        let name = match subject {
            Subject::Queue(id) => setup.queues.get(&id).map(|queue| queue.name.clone()),
            Subject::Group(id) => setup.groups.get(&id).cloned(),
            Subject::Agent(id, _) => agent(&id).map(|agent| agent.name.clone()),
        };
        let group = match subject {
            Subject::Agent(id, _) if self.resource == Resource::Agents => {
                agent(&id).and_then(|agent| agent.group)
            }
            _ => None,
        };
        let group_name = group.and_then(|group| setup.groups.get(&group));
        Element {
            id: Some(subject.id()),
            name: name.as_deref().unwrap_or_default().to_owned(),
            group_id: group.map(|group| group.to_string()),
            group_name: group_name.map(|name| name.as_ref().to_owned()),
            metrics: keys.map(|keys| {
                let values = values(reading, subject, keys);
                let mut values = values.into_iter();
                wire::metrics(keys, |_| values.next().expect("one for each key"))
            }),
        }
    }
}

impl Subject {
    fn id(self) -> String {
        match self {
            Self::Queue(id) => id.to_string(),
            Self::Group(id) => id.to_string(),
            Self::Agent(id, _) => id.to_string(),
        }
    }
}

fn values(reading: &Reading<'_>, subject: Subject, keys: &[Key]) -> Vec<Value> {
    match subject {
        Subject::Queue(id) => {
            let view = QueueView::of(reading, id);
            keys.iter().map(|key| view.value(key)).collect()
        }
        Subject::Group(id) => keys.iter().map(|key| queue::of_group(reading, id, key)).collect(),
        Subject::Agent(id, queue) => {
            let view = AgentView::of(reading, id, queue);
            let none = || Value::Single(serde_json::Value::Null);
            keys.iter().map(|key| view.as_ref().map_or_else(none, |view| view.value(key))).collect()
        }
    }
}
