//! One-time links, as administrators make them: to hand credentials over to somebody who has no session here.

use axum::{Json, extract::State, http::StatusCode};
use engine::State as Rules;
use model::{
    Command, Event, SecretLinkId, Text,
    command::{Request, SecretLinkCommand},
    limits::{SECRET_LINK_BYTES_MAX, SECRET_LINK_MS_MAX, SECRET_LINK_MS_MIN},
    secret_link::SecretLink,
    time::Millis,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{limit, page, resource::Named, tokens::SHOWN_ONCE};
use crate::{
    app::App,
    auth::{self, Administrator},
    error::{ErrorBody, Invalid, Problem},
    fields::Input,
    headers::IdempotencyKey,
    path::Parameters,
    sealed_link::{self, Contents},
    secret::Secret,
};

mod wire;

use wire::{Item, Made, Make, Page};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(revoke))
}

/// The links, in the order in which they were made: how they stand, never what they hold.
#[utoipa::path(
    get, path = "/admin/v1/secret-links", tag = "administration", operation_id = "listSecretLinks",
    params(
        ("after" = Option<u64>, Query, description = "`next` of the page before"),
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
    let after = parameters.number("after")?.unwrap_or(0);
    let after = SecretLinkId(u32::try_from(after).unwrap_or(u32::MAX));
    let (limit, now) = (limit(&parameters)?, app.engine().now());
    let look = move |state: &Rules, _| {
        let links = state.secret_links.after(after).take(limit + 1);
        links.map(|link| Item::of(state, link, now)).collect::<Vec<_>>()
    };
    let (items, next) = page(app.engine().query(&caller.tenant, look).await?, limit, Item::id);
    Ok(Json(Page { items, next }))
}

/// Makes a link, which is shown once. What it holds is kept only under a key that the link itself gives.
#[utoipa::path(
    post, path = "/admin/v1/secret-links", tag = "administration",
    operation_id = "createSecretLink",
    request_body = Make,
    responses(
        (status = 201, body = Made),
        (status = 400, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`shownOnce`: this key has made one already; `tooManySecretLinks`."),
        Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn create(
    State(app): State<App>,
    Administrator(caller): Administrator,
    key: IdempotencyKey,
    Input(Make { title, items, expires_in_ms, passphrase }): Input<Make>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    if !(SECRET_LINK_MS_MIN..=SECRET_LINK_MS_MAX).contains(&Millis::from(expires_in_ms)) {
        return Err(Invalid::field("expiresInMs", "Must be from a minute to thirty days.").into());
    }
    let token = auth::mint_token(&caller.tenant);
    let with_passphrase = passphrase.is_some();
    let sealed = seal(&app, &token, passphrase, Contents { items }).await?;
    if sealed.len() > SECRET_LINK_BYTES_MAX {
        return Err(Invalid::field("items", "Hold more than a link can.").into());
    }
    let expires = app.engine().now().plus(expires_in_ms.into());
    let link = SecretLink {
        id: SecretLinkId::default(),
        title,
        by: caller.user,
        expires,
        token: token.hash(),
        passphrase: with_passphrase,
        sealed: sealed.into(),
    };
    let key = key.within(&["admin", "secretLinks", &caller.user.to_string()]);
    let command = Command::SecretLink(SecretLinkCommand::Make(link));
    let done = app.engine().submit(&caller.tenant, Request { key, command }).await?;
    let made = |event: &Event| match event {
        Event::SecretLinkMade(link) => Some(link.id.0),
        _ => None,
    };
    let id = done.events.iter().find_map(made).ok_or(SHOWN_ONCE)?;
    let url = format!("/handover#{}", token.reveal());
    Ok((StatusCode::CREATED, Json(Made { id, url, expires_at: expires.0 })))
}

async fn seal(
    app: &App,
    token: &Secret,
    passphrase: Option<Text>,
    contents: Contents,
) -> Result<String, Problem> {
    let _permit = app.password_checks().acquire().await.map_err(|_| Problem::Internal)?;
    let token = token.clone();
    let seal = move || sealed_link::seal(&token, passphrase.as_deref(), &contents);
    tokio::task::spawn_blocking(seal).await.map_err(|_| Problem::Internal)
}

/// Takes a link back: nobody can open it any more.
#[utoipa::path(
    delete, path = "/admin/v1/secret-links/{secretLinkId}", tag = "administration",
    operation_id = "revokeSecretLink",
    params(("secretLinkId" = u32, Path)),
    responses(
        (status = 204, description = "It is revoked."),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "`gone`: it does not wait any more."),
        Administrator,
    ),
    security(("session" = []), ("sessionCookie" = [])),
)]
async fn revoke(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Named(id): Named<u32>,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    let id = SecretLinkId(id);
    let exists = move |state: &Rules, _| state.secret_links.get(id).is_some();
    if !app.engine().query(&caller.tenant, exists).await? {
        return Err(Problem::NotFound);
    }
    let scope = ["admin", "secretLinks", &id.to_string(), &caller.user.to_string()];
    let command = Command::SecretLink(SecretLinkCommand::Revoke { by: caller.user, id });
    let request = Request { key: key.within(&scope), command };
    match app.engine().submit(&caller.tenant, request).await {
        Ok(_) => Ok(StatusCode::NO_CONTENT),
        Err(engine::SubmitError::Rejected(model::Rejection::SecretLinkGone)) => {
            Err(Problem::Conflict("gone", "Nobody could open this link any more."))
        }
        Err(error) => Err(error.into()),
    }
}
