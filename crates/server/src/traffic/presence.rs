//! Whether a person works as one of the demo's agents.

use engine::Engine;
use model::TenantId;

use crate::secret;

/// Looks at the open sessions.
#[derive(Clone)]
pub(crate) struct Presence {
    engine: Engine,
    tenant: TenantId,
}

impl Presence {
    pub(crate) fn new(engine: Engine, tenant: TenantId) -> Self {
        Self { engine, tenant }
    }

    /// Whether this user has a session other than `own`. A server that cannot tell is one to leave alone.
    pub(super) async fn is_person(&self, email: &str, own: Option<&str>) -> bool {
        let (email, own) = (email.to_owned(), own.map(secret::hash));
        let now = self.engine.now();
        let asked = self.engine.query(&self.tenant, move |state, _| {
            let user = state.access.user_by_email(&email)?.id;
            let mut others = state.access.sessions.values().filter(|session| {
                session.user == user && session.expires > now && Some(&session.hash) != own.as_ref()
            });
            Some(others.next().is_some())
        });
        asked.await.ok().flatten().unwrap_or(true)
    }
}
