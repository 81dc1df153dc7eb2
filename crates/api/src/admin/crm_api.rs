//! Whether the CRM API answers, to whom, and what it may do (Configuration Manager, "CRM API").

use axum::{
    Json,
    extract::State,
    http::{HeaderName, StatusCode},
};
use engine::State as Rules;
use model::{
    Text,
    access::{Crm, CrmRight, Tokens},
    config::{Change, Setting, SettingKey},
    limits::SHORT_TEXT_CHARS_MAX,
};
use serde::{Deserialize, Serialize, de::IntoDeserializer};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::tokens;
use crate::{
    app::App,
    auth::{Administrator, Caller},
    error::{ErrorBody, Invalid, Problem},
    fields::{Fields, Input, Parse},
    headers::IdempotencyKey,
    settings::{self, Seen, etag},
};

/// Rights in one request: as many as there are.
const RIGHTS_MAX: usize = 14;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get, replace)).routes(routes!(renew_password))
}

/// What the CRM API may do.
#[derive(Debug, Serialize, ToSchema)]
struct CrmApi {
    /// It answers at all.
    enabled: bool,
    /// The name that programs use.
    username: String,
    /// What it may do: `customersAdd`, `casesGet`, …
    rights: Vec<String>,
    /// What `If-Match` names; 0 before it was ever saved.
    revision: u32,
}

/// What the CRM API is to do.
#[derive(Debug, ToSchema)]
#[schema(as = SaveCrmApi)]
struct Save {
    enabled: bool,
    #[schema(value_type = String, max_length = 128)]
    username: Text,
    #[schema(value_type = Vec<String>)]
    rights: Vec<CrmRight>,
}

impl Parse for Save {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let enabled = fields.bool("enabled")?;
        let username = fields.text("username", SHORT_TEXT_CHARS_MAX)?;
        if username.contains(':') || username.chars().any(char::is_control) {
            return Err(Invalid::field("username", "Must not hold colons or control characters."));
        }
        let words = fields.optional_texts("rights", RIGHTS_MAX, SHORT_TEXT_CHARS_MAX)?;
        let mut rights = Vec::with_capacity(words.len());
        for (n, word) in words.iter().enumerate() {
            let fault = |message: &str| Invalid::field(format!("rights[{n}]"), message);
            let word = (**word).into_deserializer();
            let right = CrmRight::deserialize(word)
                .map_err(|_: serde::de::value::Error| fault("There is no such right."))?;
            if rights.contains(&right) {
                return Err(fault("Is named twice."));
            }
            rights.push(right);
        }
        rights.sort_unstable();
        Ok(Self { enabled, username, rights })
    }
}

/// A new password, shown once.
#[derive(Serialize, ToSchema)]
struct NewPassword {
    username: String,
    password: String,
}

/// Everything that is known of it, as of one moment.
struct Known {
    crm: Crm,
    revision: u32,
    tokens: Option<Tokens>,
}

async fn look(app: &App, caller: &Caller) -> Result<Known, Problem> {
    let look = |state: &Rules, _| Known {
        crm: state.access.crm.clone().unwrap_or_default(),
        revision: state.config.revision(&SettingKey::Crm),
        tokens: state.access.tokens.clone(),
    };
    Ok(app.engine().query(&caller.tenant, look).await?)
}

impl CrmApi {
    fn of(seen: Known) -> Self {
        let tokens = seen.tokens.unwrap_or_else(tokens::nobody_s);
        let word = |right: &CrmRight| {
            let word = serde_json::to_value(right).expect("a word can be written");
            word.as_str().unwrap_or_default().to_owned()
        };
        Self {
            enabled: seen.crm.enabled,
            username: tokens.crm_username.as_ref().to_owned(),
            rights: seen.crm.rights.iter().map(word).collect(),
            revision: seen.revision,
        }
    }
}

type Answer = ([(HeaderName, String); 1], Json<CrmApi>);

/// Whether the CRM API answers, to whom, and what it may do.
#[utoipa::path(
    get, path = "/admin/v1/crm-api", tag = "administration", operation_id = "getCrmApi",
    responses((status = 200, body = CrmApi), Administrator),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn get(
    State(app): State<App>,
    Administrator(caller): Administrator,
) -> Result<Answer, Problem> {
    let seen = look(&app, &caller).await?;
    Ok((etag(seen.revision), Json(CrmApi::of(seen))))
}

/// Replaces what the CRM API may do.
#[utoipa::path(
    put, path = "/admin/v1/crm-api", tag = "administration", operation_id = "replaceCrmApi",
    request_body = Save,
    responses(
        (status = 200, body = CrmApi),
        (status = 400, body = ErrorBody),
        (status = 412, body = ErrorBody, description = "`changedMeanwhile`"),
        (status = 428, body = ErrorBody, description = "`preconditionRequired`"),
        Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn replace(
    State(app): State<App>,
    Administrator(caller): Administrator,
    seen: Seen,
    key: IdempotencyKey,
    Input(Save { enabled, username, rights }): Input<Save>,
) -> Result<Answer, Problem> {
    let make = move |rules: &Rules| {
        let mut changes = vec![seen.change(Setting::Crm(Crm { enabled, rights }))];
        let tokens = rules.access.tokens.clone().unwrap_or_else(tokens::nobody_s);
        if tokens.crm_username != username {
            let setting = Setting::Tokens(Tokens { crm_username: username, ..tokens });
            changes.push(Change { setting, expects: None });
        }
        Ok(changes)
    };
    settings::change_seen(&app, &caller, &key, &["crmApi"], &Value::Null, make).await?;
    let seen = look(&app, &caller).await?;
    Ok((etag(seen.revision), Json(CrmApi::of(seen))))
}

/// Makes a new password. The old one is dead at once.
#[utoipa::path(
    post, path = "/admin/v1/crm-api/password", tag = "administration",
    operation_id = "renewCrmPassword",
    responses(
        (status = 201, body = NewPassword),
        (status = 409, body = ErrorBody, description = "`shownOnce`: this key has made one already."),
        Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn renew_password(
    State(app): State<App>,
    Administrator(caller): Administrator,
    key: IdempotencyKey,
) -> Result<(StatusCode, Json<NewPassword>), Problem> {
    let (tokens, password) =
        tokens::renew(&app, &caller, &key, "crmPassword", |tokens, hash, made| {
            (tokens.crm_password, tokens.made.crm_password) = (hash, Some(made));
        })
        .await?;
    let username = tokens.crm_username.as_ref().to_owned();
    let password = password.reveal().to_owned();
    Ok((StatusCode::CREATED, Json(NewPassword { username, password })))
}
