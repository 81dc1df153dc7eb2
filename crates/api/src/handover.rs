//! Opening one-time links: for whoever was given one, without a session.
//!
//! A link says first what it is about, so that nobody opens it by looking: mail programs follow links, too.

use axum::{Json, extract::State};
use engine::{QueryError, State as Rules, SubmitError};
use model::{
    Command, Rejection, TenantId, Text, command::SecretLinkCommand, secret_link::SecretLink,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    error::{ErrorBody, Invalid, Problem},
    fields::Input,
    sealed_link::{self, Contents},
    secret::Secret,
};

mod wire;

use wire::{LookAtLink, OpenLink, Opened, Seen};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(look)).routes(routes!(open))
}

/// What a link is about. Does not open it.
#[utoipa::path(
    post, path = "/handover/v1/look", tag = "handover", operation_id = "lookAtLink",
    request_body = LookAtLink,
    responses(
        (status = 200, body = Seen),
        (status = 400, body = ErrorBody),
        (status = 404, body = ErrorBody, description = "`gone`: opened, revoked, destroyed or expired, or it never was."),
        (status = 503, body = ErrorBody),
    ),
)]
async fn look(
    State(app): State<App>,
    Input(LookAtLink { token }): Input<LookAtLink>,
) -> Result<Json<Seen>, Problem> {
    let (_, link) = find(&app, &Secret::presented(&token)).await?;
    Ok(Json(Seen::of(&link)))
}

/// Opens a link: once. Whoever comes later finds it gone.
#[utoipa::path(
    post, path = "/handover/v1/open", tag = "handover", operation_id = "openLink",
    request_body = OpenLink,
    responses(
        (status = 200, body = Opened),
        (status = 400, body = ErrorBody),
        (status = 403, body = ErrorBody, description = "`wrongPassphrase`: the fifth destroys the link."),
        (status = 404, body = ErrorBody, description = "`gone`: opened, revoked, destroyed or expired, or it never was."),
        (status = 503, body = ErrorBody),
    ),
)]
async fn open(
    State(app): State<App>,
    Input(OpenLink { token, passphrase }): Input<OpenLink>,
) -> Result<Json<Opened>, Problem> {
    let token = Secret::presented(&token);
    let (tenant, link) = find(&app, &token).await?;
    let passphrase = if link.passphrase {
        let passphrase = passphrase.ok_or_else(|| Invalid::field("passphrase", "Is missing."))?;
        // Before it is known whether it is right: of many at the same time only five are looked at.
        submit(&app, &tenant, SecretLinkCommand::Try(token.hash())).await?;
        Some(passphrase)
    } else {
        None
    };
    let contents = unseal(&app, &token, passphrase, link.sealed).await?;
    let contents = contents.ok_or(Problem::WrongPassphrase)?;
    // The rules let one through, whoever else has come as far as this.
    submit(&app, &tenant, SecretLinkCommand::Open(token.hash())).await?;
    Ok(Json(Opened { title: link.title.as_ref().to_owned(), items: contents.items }))
}

/// The link with this token, if it waits.
async fn find(app: &App, token: &Secret) -> Result<(TenantId, SecretLink), Problem> {
    let tenant = token.reveal().split_once('.').and_then(|(tenant, _)| TenantId::parse(tenant));
    let tenant = tenant.ok_or(Problem::Gone)?;
    let (hash, now) = (token.hash(), app.engine().now());
    let look = move |state: &Rules, _| {
        state.secret_links.waiting(&hash, now).map(|link| link.made.clone())
    };
    match app.engine().query(&tenant, look).await {
        Ok(found) => Ok((tenant, found.ok_or(Problem::Gone)?)),
        Err(QueryError::TenantUnknown) => Err(Problem::Gone),
        Err(error) => Err(error.into()),
    }
}

async fn submit(app: &App, tenant: &TenantId, command: SecretLinkCommand) -> Result<(), Problem> {
    match app.engine().submit(tenant, Command::SecretLink(command).into()).await {
        Ok(_) => Ok(()),
        Err(SubmitError::Rejected(Rejection::SecretLinkGone)) => Err(Problem::Gone),
        Err(error) => Err(error.into()),
    }
}

async fn unseal(
    app: &App,
    token: &Secret,
    passphrase: Option<Text>,
    sealed: Text,
) -> Result<Option<Contents>, Problem> {
    let _permit = app.password_checks().acquire().await.map_err(|_| Problem::Internal)?;
    let token = token.clone();
    let open = move || sealed_link::open(&token, passphrase.as_deref(), &sealed);
    tokio::task::spawn_blocking(open).await.map_err(|_| Problem::Internal)
}
