//! API keys: for which products, and what they are exchanged with for access tokens.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, StatusCode, header},
};
use engine::State as Rules;
use model::{
    Text,
    access::{ApiKey, Product, SecretHash},
    config::{Setting, SettingKey},
    limits::SHORT_TEXT_CHARS_MAX,
};
use serde::{Deserialize, Serialize, de::IntoDeserializer};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{limit, page, tokens::shown_once};
use crate::{
    app::App,
    auth::{Administrator, Caller},
    error::{ErrorBody, Invalid, Problem},
    fields::{Fields, Input, Parse},
    headers::IdempotencyKey,
    path::{Identifier, Parameters},
    secret::Secret,
    settings::{self, Seen, etag},
};

/// Letters of a key's hash that tell it from all others: 96 bits.
const ID_LEN: usize = 24;
/// What a key begins with, so that it is recognised where it should not be.
const PREFIX: &str = "eght_";
/// Products in one request: as many as there are.
const PRODUCTS_MAX: usize = 5;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(get, replace, revoke))
}

/// A key, without what it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApiKey)]
struct Item {
    /// The beginning of the key's hash.
    id: String,
    name: String,
    /// What it opens: `contactCenter`, `eventStream`, `analytics`, `statistics`, `schedules`.
    products: Vec<String>,
    /// It is exchanged for access tokens, with a secret.
    with_secret: bool,
    revision: u32,
}

/// Some of the keys.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKeyPage)]
struct Page {
    items: Vec<Item>,
    /// What to ask for as `after`, if there are more.
    #[schema(required)]
    next: Option<String>,
}

/// A new key, shown once.
#[derive(Serialize, ToSchema)]
#[schema(as = NewApiKey)]
struct New {
    #[serde(flatten)]
    item: Item,
    /// The key itself.
    key: String,
    /// The secret itself, if it has one.
    #[schema(required)]
    secret: Option<String>,
}

/// A key to be.
#[derive(Debug, ToSchema)]
#[schema(as = CreateApiKey)]
struct Create {
    #[schema(value_type = String, max_length = 128)]
    name: Text,
    #[schema(value_type = Vec<String>)]
    products: Vec<Product>,
    /// It gets a secret with which it is exchanged for access tokens.
    #[schema(value_type = Option<bool>)]
    with_secret: bool,
}

impl Parse for Create {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let Save { name, products } = Save::parse(fields)?;
        let with_secret = fields.optional_bool("withSecret")?.unwrap_or(false);
        Ok(Self { name, products, with_secret })
    }
}

/// What can be changed of a key.
#[derive(Debug, ToSchema)]
#[schema(as = SaveApiKey)]
struct Save {
    #[schema(value_type = String, max_length = 128)]
    name: Text,
    #[schema(value_type = Vec<String>)]
    products: Vec<Product>,
}

impl Parse for Save {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let name = fields.text("name", SHORT_TEXT_CHARS_MAX)?;
        let words = fields.optional_texts("products", PRODUCTS_MAX, SHORT_TEXT_CHARS_MAX)?;
        if words.is_empty() {
            return Err(Invalid::field("products", "Must name at least one."));
        }
        let mut products = Vec::with_capacity(words.len());
        for (n, word) in words.iter().enumerate() {
            let fault = |message: &str| Invalid::field(format!("products[{n}]"), message);
            let product = Product::deserialize((**word).into_deserializer())
                .map_err(|_: serde::de::value::Error| fault("There is no such product."))?;
            if products.contains(&product) {
                return Err(fault("Is named twice."));
            }
            products.push(product);
        }
        Ok(Self { name, products })
    }
}

impl Item {
    fn of(state: &Rules, key: &ApiKey) -> Self {
        let word = |product: &Product| {
            let word = serde_json::to_value(product).expect("a word can be written");
            word.as_str().unwrap_or_default().to_owned()
        };
        Self {
            id: id_of(&key.hash),
            name: key.name.as_ref().to_owned(),
            products: key.products.iter().map(word).collect(),
            with_secret: key.secret.is_some(),
            revision: state.config.revision(&SettingKey::ApiKey(key.hash.clone())),
        }
    }
}

fn id_of(hash: &SecretHash) -> String {
    hash.0.chars().take(ID_LEN).collect()
}

fn find<'s>(state: &'s Rules, id: &str) -> Option<&'s ApiKey> {
    let from = SecretHash(id.into());
    let (_, key) = state.access.api_keys.range(from..).next()?;
    (id_of(&key.hash) == id).then_some(key)
}

/// The key with this id, as it is now.
async fn look(app: &App, caller: &Caller, id: String) -> Result<Item, Problem> {
    let look = move |state: &Rules, _| find(state, &id).map(|key| Item::of(state, key));
    app.engine().query(&caller.tenant, look).await?.ok_or(Problem::NotFound)
}

type Answer = ([(HeaderName, String); 1], Json<Item>);

/// The keys, in the order of their ids.
#[utoipa::path(
    get, path = "/admin/v1/api-keys", tag = "administration", operation_id = "listApiKeys",
    params(
        ("after" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u64>, Query, description = "1 to 200"),
    ),
    responses((status = 200, body = Page), (status = 400, body = ErrorBody), Administrator),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn list(
    State(app): State<App>,
    Administrator(caller): Administrator,
    parameters: Parameters,
) -> Result<Json<Page>, Problem> {
    let after = parameters.text("after").unwrap_or_default().to_owned();
    let limit = limit(&parameters)?;
    let look = move |state: &Rules, _| {
        let keys = state.access.api_keys.range(SecretHash(after.as_str().into())..);
        let keys = keys.map(|(_, key)| key).filter(|key| id_of(&key.hash) != after);
        keys.take(limit + 1).map(|key| Item::of(state, key)).collect::<Vec<_>>()
    };
    let found = app.engine().query(&caller.tenant, look).await?;
    let (items, next) = page(found, limit, |last| last.id.clone());
    Ok(Json(Page { items, next }))
}

/// Makes a key, which is shown once.
#[utoipa::path(
    post, path = "/admin/v1/api-keys", tag = "administration", operation_id = "createApiKey",
    request_body = Create,
    responses(
        (status = 201, body = New),
        (status = 400, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`shownOnce`: this Idempotency-Key has made one already."),
        Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn create(
    State(app): State<App>,
    Administrator(caller): Administrator,
    idempotency: IdempotencyKey,
    Input(Create { name, products, with_secret }): Input<Create>,
) -> Result<(StatusCode, [(HeaderName, String); 2], Json<New>), Problem> {
    let (key, secret) = (Secret::mint(PREFIX), with_secret.then(|| Secret::mint("")));
    let hash = key.hash();
    let secret_hash = secret.as_ref().map(Secret::hash);
    let made = ApiKey { hash: hash.clone(), name, products, secret: secret_hash };
    let make = move |_: &Rules| Ok((vec![Seen::NONE.change(Setting::ApiKey(made))], ()));
    let done = settings::change(&app, &caller, &idempotency, &["apiKeys"], make).await;
    done.map_err(shown_once)?;
    let item = look(&app, &caller, id_of(&hash)).await?;
    let [(name, tag)] = etag(item.revision);
    let location = (header::LOCATION, format!("/admin/v1/api-keys/{}", item.id));
    let (key, secret) = (key.reveal().to_owned(), secret.map(|secret| secret.reveal().to_owned()));
    Ok((StatusCode::CREATED, [(name, tag), location], Json(New { item, key, secret })))
}

/// One key.
#[utoipa::path(
    get, path = "/admin/v1/api-keys/{apiKeyId}", tag = "administration", operation_id = "getApiKey",
    params(("apiKeyId" = String, Path)),
    responses((status = 200, body = Item), (status = 404, body = ErrorBody), Administrator),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn get(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Identifier(id): Identifier,
) -> Result<Answer, Problem> {
    let item = look(&app, &caller, id).await?;
    Ok((etag(item.revision), Json(item)))
}

/// Changes what a key is called and opens. What it no longer opens ends at once.
#[utoipa::path(
    put, path = "/admin/v1/api-keys/{apiKeyId}", tag = "administration",
    operation_id = "replaceApiKey",
    params(("apiKeyId" = String, Path)),
    request_body = Save,
    responses(
        (status = 200, body = Item),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 412, body = ErrorBody, description = "`changedMeanwhile`"),
        (status = 428, body = ErrorBody, description = "`preconditionRequired`"),
        Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn replace(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Identifier(id): Identifier,
    seen: Seen,
    idempotency: IdempotencyKey,
    Input(Save { name, products }): Input<Save>,
) -> Result<Answer, Problem> {
    let named = id.clone();
    let make = move |rules: &Rules| {
        let known = find(rules, &named).cloned().ok_or(Problem::NotFound)?;
        Ok(vec![seen.change(Setting::ApiKey(ApiKey { name, products, ..known }))])
    };
    let what = ["apiKeys", &id];
    settings::change_seen(&app, &caller, &idempotency, &what, &Value::Null, make).await?;
    let item = look(&app, &caller, id).await?;
    Ok((etag(item.revision), Json(item)))
}

/// Revokes a key: it opens nothing any more, and what is open ends.
#[utoipa::path(
    delete, path = "/admin/v1/api-keys/{apiKeyId}", tag = "administration",
    operation_id = "revokeApiKey",
    params(("apiKeyId" = String, Path)),
    responses(
        (status = 204, description = "It is revoked."),
        (status = 404, body = ErrorBody),
        (status = 412, body = ErrorBody, description = "`changedMeanwhile`"),
        (status = 428, body = ErrorBody, description = "`preconditionRequired`"),
        Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn revoke(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Identifier(id): Identifier,
    seen: Seen,
    idempotency: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    let what = ["apiKeys", &id, "revoke"];
    let named = id.clone();
    let make = move |rules: &Rules| {
        let known = find(rules, &named).ok_or(Problem::NotFound)?;
        let setting = Setting::Deleted(SettingKey::ApiKey(known.hash.clone()));
        Ok(vec![seen.change(setting)])
    };
    settings::change_seen(&app, &caller, &idempotency, &what, &Value::Null, make).await?;
    Ok(StatusCode::NO_CONTENT)
}
