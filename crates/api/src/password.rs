//! Passwords take a core and memory to check and to hash, so that only a few at a time are.

use model::Text;
use tokio::{sync::SemaphorePermit, time::timeout};

use crate::{
    app::App,
    error::Problem,
    limits::PASSWORD_CHECK_WAIT,
    secret::{hash_password, is_password},
};

/// Which of the hashes is the password's. Somebody unknown takes as long as somebody known.
pub(crate) async fn matching(
    app: &App,
    password: Text,
    hashes: Vec<Text>,
) -> Result<Option<usize>, Problem> {
    let _permit = permit(app).await?;
    let check = move || {
        if hashes.is_empty() {
            // As much work as the check of one password.
            let _ = hash_password(&password);
        }
        hashes.iter().position(|hash| is_password(&password, hash))
    };
    tokio::task::spawn_blocking(check).await.map_err(|_| Problem::Internal)
}

/// What recognises a new password.
pub(crate) async fn hashed(app: &App, password: Text) -> Result<Text, Problem> {
    let _permit = permit(app).await?;
    let hash = move || Text::from(hash_password(&password));
    tokio::task::spawn_blocking(hash).await.map_err(|_| Problem::Internal)
}

async fn permit(app: &App) -> Result<SemaphorePermit<'_>, Problem> {
    let busy = Problem::Unavailable { retry_ms: 1_000 };
    let permit = timeout(PASSWORD_CHECK_WAIT, app.password_checks().acquire()).await;
    permit.map_err(|_| busy)?.map_err(|_| Problem::Internal)
}
