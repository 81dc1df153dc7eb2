//! What all kinds of settings have in common: lists, revisions, creation, replacement, deletion.

use axum::{
    Json, Router,
    extract::{FromRequestParts, Path, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing,
};
use engine::State as Rules;
use model::{
    AgentId, Text,
    config::{Setting, SettingKey},
};
use serde::{Serialize, Serializer, de::DeserializeOwned};
use serde_json::Value;
use utoipa::ToSchema;

use super::{body::Body, limit};
use crate::{
    app::App,
    auth::{Administrator, Caller},
    error::{Invalid, Problem},
    headers::IdempotencyKey,
    limits::{BODY_MAX, IDENTIFIER_MAX},
    path::Parameters,
    settings::{self, Seen, etag},
};

/// A kind of setting as its JSON, without what is alike in all: `id` and `revision`. What is only
/// answered has a default and is not looked at when it comes in.
pub(super) trait Resource: Serialize + DeserializeOwned + ToSchema + Send + 'static {
    /// What tells one from another.
    type Id: Id;
    /// The last part of its path.
    const PATH: &'static str;
    /// The word for one of them in the OpenAPI document.
    const NAME: &'static str;
    /// Bytes of a body.
    const BODY_MAX: usize = BODY_MAX;

    /// Which setting it is.
    fn key(id: &Self::Id) -> SettingKey;

    /// Those there are, in order, after one of them.
    fn ids<'r>(
        rules: &'r Rules,
        after: Option<&Self::Id>,
    ) -> Box<dyn Iterator<Item = Self::Id> + 'r>;

    /// How one of them is set up.
    fn look(rules: &Rules, id: &Self::Id, detail: Detail) -> Option<Self>;

    /// The identity of one that is made.
    fn new_id(&self, rules: &Rules) -> Result<Self::Id, Problem>;

    /// What takes time or can be said before the settings are looked at.
    fn prepare(&mut self, _: &App) -> impl Future<Output = Result<(), Problem>> + Send {
        async { Ok(()) }
    }

    /// The setting that it asks for.
    fn setting(self, rules: &Rules, id: &Self::Id) -> Result<Setting, Problem>;

    /// Waits until what was changed is in force also where others than the rules follow it.
    fn settle(_: &App, _: &Caller) -> impl Future<Output = Result<(), Problem>> + Send {
        async { Ok(()) }
    }
}

/// How much of a setting is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// What a list shows.
    Listed,
    /// All of it.
    Whole,
}

/// What tells settings of a kind apart, as it stands in paths and in JSON.
pub(super) trait Id: Clone + Ord + Serialize + Send + Sync + 'static {
    /// Whether it is a number in JSON.
    const IS_NUMBER: bool;
    /// Whether there is one setting of the kind.
    const IS_ONLY: bool = false;

    /// Reads it; `None` when it names nothing.
    fn parse(text: &str) -> Option<Self>;

    /// Whether there is nothing to tell apart, and then no `id` in JSON.
    fn is_only(&self) -> bool {
        Self::IS_ONLY
    }
}

impl Id for u32 {
    const IS_NUMBER: bool = true;

    fn parse(text: &str) -> Option<Self> {
        text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
    }
}

impl Id for AgentId {
    const IS_NUMBER: bool = false;

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl Id for Text {
    const IS_NUMBER: bool = false;

    fn parse(text: &str) -> Option<Self> {
        (text.len() <= IDENTIFIER_MAX).then(|| text.into())
    }
}

/// What a setting is named of which there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Only;

impl Serialize for Only {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

impl Id for Only {
    const IS_NUMBER: bool = false;
    const IS_ONLY: bool = true;

    fn parse(_: &str) -> Option<Self> {
        Some(Self)
    }
}

/// The next number of a kind.
pub(super) fn next_number<R: Resource<Id = u32>>(rules: &Rules) -> Result<u32, Problem> {
    let unused = rules.config.unused(|id| R::key(&id));
    unused.ok_or(Problem::Conflict("full", "All numbers have been used."))
}

/// One of them, with what is alike in all.
#[derive(Serialize)]
pub(super) struct Item<R: Resource> {
    #[serde(skip_serializing_if = "R::Id::is_only")]
    id: R::Id,
    #[serde(flatten)]
    body: R,
    revision: u32,
}

impl<R: Resource> Item<R> {
    pub(super) fn look(rules: &Rules, id: R::Id, detail: Detail) -> Option<Self> {
        let body = R::look(rules, &id, detail)?;
        let revision = rules.config.revision(&R::key(&id));
        Some(Self { id, body, revision })
    }
}

impl<R: Resource> IntoResponse for Item<R> {
    fn into_response(self) -> Response {
        (etag(self.revision), Json(self)).into_response()
    }
}

/// Some of them.
#[derive(Serialize)]
pub(super) struct Page<R: Resource> {
    items: Vec<Item<R>>,
    next: Option<R::Id>,
}

/// The identity in a path; what is none names nothing.
pub(super) struct Named<I>(pub(super) I);

impl<S: Send + Sync, I: Id> FromRequestParts<S> for Named<I> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<Vec<(String, String)>>::from_request_parts(parts, state);
        let Path(path) = path.await.map_err(|_| Problem::NotFound)?;
        let id = path.first().and_then(|(_, text)| I::parse(text));
        id.map(Self).ok_or(Problem::NotFound)
    }
}

/// The routes of a kind.
pub(super) fn routes<R: Resource>() -> Router<App> {
    let all = format!("/admin/v1/{}", R::PATH);
    let one = format!("{all}/{{id}}");
    Router::new()
        .route(&all, routing::get(list::<R>).post(create::<R>))
        .route(&one, routing::get(get::<R>).put(replace::<R>).delete(remove::<R>))
}

/// The routes of a kind of which there is one.
pub(super) fn only_routes<R: Resource<Id = Only>>() -> Router<App> {
    let path = format!("/admin/v1/{}", R::PATH);
    Router::new().route(&path, routing::get(get_only::<R>).put(replace_only::<R>))
}

async fn get_only<R: Resource<Id = Only>>(
    State(app): State<App>,
    Administrator(caller): Administrator,
) -> Result<Item<R>, Problem> {
    find(&app, &caller, Only).await
}

async fn replace_only<R: Resource<Id = Only>>(
    State(app): State<App>,
    Administrator(caller): Administrator,
    seen: Seen,
    key: IdempotencyKey,
    body: Body<R>,
) -> Result<Item<R>, Problem> {
    put(&app, &caller, &key, Only, seen, body).await
}

async fn list<R: Resource>(
    State(app): State<App>,
    Administrator(caller): Administrator,
    parameters: Parameters,
) -> Result<Json<Page<R>>, Problem> {
    let limit = limit(&parameters)?;
    let no_cursor = || Invalid::field("after", "Must be `next` of the page before.");
    let after = parameters.text("after").map(|text| R::Id::parse(text).ok_or_else(no_cursor));
    let after = after.transpose()?;
    let look = move |rules: &Rules, _| {
        let mut ids = R::ids(rules, after.as_ref());
        let shown: Vec<R::Id> = ids.by_ref().take(limit).collect();
        let next = shown.last().filter(|_| ids.next().is_some()).cloned();
        let items = shown.into_iter().filter_map(|id| Item::look(rules, id, Detail::Listed));
        Page { items: items.collect(), next }
    };
    Ok(Json(app.engine().query(&caller.tenant, look).await?))
}

async fn get<R: Resource>(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<R::Id>,
) -> Result<Item<R>, Problem> {
    find(&app, &caller, id).await
}

async fn create<R: Resource>(
    State(app): State<App>,
    Administrator(caller): Administrator,
    key: IdempotencyKey,
    Body { mut wish, json }: Body<R>,
) -> Result<Response, Problem> {
    wish.prepare(&app).await?;
    let make = move |rules: &Rules| {
        let id = wish.new_id(rules)?;
        Ok((vec![Seen::NONE.change(wish.setting(rules, &id)?)], id))
    };
    let id = match settings::change(&app, &caller, &key, &["POST", R::PATH], make).await {
        Ok(id) => id,
        Err(refused) => {
            let made = refused.unless_done(&json)?;
            let named =
                move |rules: &Rules, _| R::ids(rules, None).find(|id| Some(R::key(id)) == made);
            app.engine().query(&caller.tenant, named).await?.ok_or(Problem::NotFound)?
        }
    };
    R::settle(&app, &caller).await?;
    let item = find::<R>(&app, &caller, id).await?;
    let name = serde_json::to_value(&item.id).expect("an id is text or a number");
    let name = name.as_str().map_or_else(|| name.to_string(), crate::path::encoded);
    let location = format!("/admin/v1/{}/{name}", R::PATH);
    let location = HeaderValue::try_from(location).expect("what is encoded is visible ASCII");
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], item).into_response())
}

async fn replace<R: Resource>(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<R::Id>,
    seen: Seen,
    key: IdempotencyKey,
    body: Body<R>,
) -> Result<Item<R>, Problem> {
    put(&app, &caller, &key, id, seen, body).await
}

/// Replaces one.
pub(super) async fn put<R: Resource>(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    id: R::Id,
    seen: Seen,
    Body { mut wish, json }: Body<R>,
) -> Result<Item<R>, Problem> {
    wish.prepare(app).await?;
    let (setting, named) = (R::key(&id), id.clone());
    let what = ["PUT", &setting.to_string()];
    let make = move |rules: &Rules| {
        seen.check(rules, &setting)?;
        Ok(vec![seen.change(wish.setting(rules, &named)?)])
    };
    settings::change_seen(app, caller, key, &what, &json, make).await?;
    R::settle(app, caller).await?;
    find(app, caller, id).await
}

async fn remove<R: Resource>(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<R::Id>,
    seen: Seen,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    let setting = R::key(&id);
    let what = ["DELETE", &setting.to_string()];
    let make = move |rules: &Rules| {
        seen.check(rules, &setting)?;
        Ok(vec![seen.change(Setting::Deleted(setting))])
    };
    settings::change_seen(&app, &caller, &key, &what, &Value::Null, make).await?;
    R::settle(&app, &caller).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One that is there.
pub(super) async fn find<R: Resource>(
    app: &App,
    caller: &Caller,
    id: R::Id,
) -> Result<Item<R>, Problem> {
    let look = move |rules: &Rules, _| Item::look(rules, id, Detail::Whole);
    app.engine().query(&caller.tenant, look).await?.ok_or(Problem::NotFound)
}
