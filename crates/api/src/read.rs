//! Reading views and measures, no older than what was just learned.

use std::time::Duration;

use engine::{
    Position, State,
    measure::Reading,
    views::{Reader, ViewError},
};
use model::TenantId;
use tokio::time::timeout;

use crate::{app::App, error::Problem};

/// How long to wait for views that are behind; they usually are by a few milliseconds.
const PATIENCE: Duration = Duration::from_secs(2);
/// When to ask again for views that are further behind.
const RETRY_MS: u64 = 1_000;

/// What to do when the views stay behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lag {
    /// Answer "unavailable": something that exists must not be denied.
    Refuse,
    /// Read what there is: an older story is better than none.
    Tolerate,
}

/// Reads the views as of `position` or later.
pub(crate) async fn views<T: Send + 'static>(
    app: &App,
    tenant: &TenantId,
    position: Position,
    lag: Lag,
    read: impl FnOnce(&Reader<'_>) -> Result<T, ViewError> + Send + 'static,
) -> Result<T, Problem> {
    let views = app.engine().views(tenant).map_err(|_| Problem::Unauthenticated)?;
    let unavailable = Problem::Unavailable { retry_ms: RETRY_MS };
    let arrived = matches!(timeout(PATIENCE, views.wait(position)).await, Ok(Ok(())));
    if !arrived && lag == Lag::Refuse {
        return Err(unavailable);
    }
    views.read(read).await.map_err(|error| {
        tracing::warn!(%tenant, %error, "views cannot be read");
        unavailable
    })
}

/// The GUID of the interaction with this identifier, open or over, as of `position` or later.
pub(crate) async fn guid(
    app: &App,
    tenant: &TenantId,
    position: Position,
    identifier: &str,
) -> Result<Option<String>, Problem> {
    let wanted = identifier.to_owned();
    let look = move |state: &State, _| state.find(&wanted).map(|open| open.guid.to_string());
    if let Some(guid) = app.engine().query(tenant, look).await? {
        return Ok(Some(guid));
    }
    let wanted = identifier.to_owned();
    let find = move |views: &Reader<'_>| views.find(&wanted);
    Ok(views(app, tenant, position, Lag::Refuse, find).await?.map(|row| row.guid))
}

/// Reads the measures as of `position` or later.
pub(crate) async fn measures<T>(
    app: &App,
    tenant: &TenantId,
    position: Position,
    read: impl FnOnce(Reading<'_>) -> T,
) -> Result<T, Problem> {
    let measured = app.engine().measured(tenant).map_err(|_| Problem::Unauthenticated)?;
    match timeout(PATIENCE, measured.wait(position)).await {
        Ok(Ok(())) => Ok(measured.read(app.engine().now(), read)),
        _ => Err(Problem::Unavailable { retry_ms: RETRY_MS }),
    }
}
