//! Who is asking: a person by session, or a program by the tenant's tokens and keys.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
};
use engine::State;
use model::{
    AgentId, TenantId, Timestamp, UserId,
    access::{Role, SecretHash},
};

use utoipa::IntoResponses;

use crate::{
    app::App,
    error::{Problem, Responses, refusals},
    guard::Connection,
    secret::Secret,
};

pub(crate) mod access_token;
pub(crate) mod program;
pub(crate) mod revocation;

/// The session's cookie in the clear, on this machine only.
const COOKIE: &str = "cordboard_session";
/// The session's cookie over TLS: the prefix makes browsers refuse it from anywhere else.
const SECURE_COOKIE: &str = "__Host-cordboard_session";
/// The header that shows that a write comes from our own page.
const CSRF: &str = "x-csrf-token";
/// What the CSRF token is derived for.
const CSRF_PURPOSE: &str = "csrf";

/// A person with an open session.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) tenant: TenantId,
    pub(crate) user: UserId,
    pub(crate) role: Role,
    pub(crate) agent: Option<AgentId>,
    /// Recognises the session.
    pub(crate) session: SecretHash,
    pub(crate) expires: Timestamp,
    pub(crate) token: Secret,
    /// The token came in a cookie, which browsers also send when another site asks them to.
    pub(crate) by_cookie: bool,
}

/// A person who works as an agent.
#[derive(Clone, Debug)]
pub(crate) struct Agent {
    pub(crate) caller: Caller,
    pub(crate) id: AgentId,
}

/// A person who watches and steers the agents' work.
#[derive(Clone, Debug)]
pub(crate) struct Supervisor(pub(crate) Caller);

/// A person who configures the tenant.
#[derive(Clone, Debug)]
pub(crate) struct Administrator(pub(crate) Caller);

/// A session token for a tenant. It names its tenant, so that no other tenant is ever asked for it.
pub(crate) fn mint_token(tenant: &TenantId) -> Secret {
    Secret::mint(&format!("{tenant}."))
}

/// The token that guards a session's writes. Its owner can always make it anew, nobody else can.
pub(crate) fn csrf_token(token: &Secret) -> Secret {
    token.derive(CSRF_PURPOSE)
}

/// The `Set-Cookie` of a session, or of its end.
pub(crate) fn cookie(token: Option<&Secret>, tls: bool, max_age_s: u64) -> String {
    let (name, secure) = if tls { (SECURE_COOKIE, "; Secure") } else { (COOKIE, "") };
    let value = token.map_or("", Secret::reveal);
    format!("{name}={value}; HttpOnly; SameSite=Strict; Path=/; Max-Age={max_age_s}{secure}")
}

/// The token in a request and whether it came by cookie.
fn presented(headers: &HeaderMap, tls: bool) -> Option<(Secret, bool)> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| scheme(value, "bearer"));
    if let Some(token) = bearer {
        return Some((Secret::presented(token), false));
    }
    let name = if tls { SECURE_COOKIE } else { COOKIE };
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.split_once('='));
    let token = pairs.find(|(key, _)| key.trim() == name)?.1.trim();
    Some((Secret::presented(token), true))
}

/// What follows an authorization scheme.
fn scheme<'v>(value: &'v str, name: &str) -> Option<&'v str> {
    let (scheme, rest) = value.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case(name).then(|| rest.trim())
}

/// Who holds an open session, by the state of its tenant.
pub(crate) fn person(
    state: &State,
    session: &SecretHash,
    now: Timestamp,
) -> Option<(UserId, Role, Option<AgentId>, Timestamp)> {
    let open = state.access.session(session, now)?;
    let user = state.access.users.get(&open.user)?;
    Some((user.id, user.role, user.agent, open.expires))
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let tls = parts.extensions.get::<Connection>().is_some_and(|connection| connection.tls);
        let (token, by_cookie) = presented(&parts.headers, tls).ok_or(Problem::Unauthenticated)?;
        let tenant = token.reveal().split_once('.').and_then(|(tenant, _)| TenantId::parse(tenant));
        let tenant = tenant.ok_or(Problem::Unauthenticated)?;
        let session = token.hash();
        let now = app.engine().now();
        let asked = session.clone();
        let found = app.engine().query(&tenant, move |state, _| person(state, &asked, now)).await?;
        let (user, role, agent, expires) = found.ok_or(Problem::Unauthenticated)?;
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        if by_cookie && !reads && !is_own_write(&parts.headers, &token) {
            return Err(Problem::Forbidden("Send the session's CSRF token in X-CSRF-Token."));
        }
        Ok(Self { tenant, user, role, agent, session, expires, token, by_cookie })
    }
}

fn is_own_write(headers: &HeaderMap, token: &Secret) -> bool {
    let sent = headers.get(CSRF).and_then(|value| value.to_str().ok());
    sent.is_some_and(|sent| Secret::presented(sent).is(&csrf_token(token).hash()))
}

impl FromRequestParts<App> for Agent {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let id =
            caller.agent.ok_or(Problem::Forbidden("This is for people who work as agents."))?;
        Ok(Self { caller, id })
    }
}

impl FromRequestParts<App> for Supervisor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, app).await?;
        match caller.role {
            Role::Supervisor | Role::Administrator => Ok(Self(caller)),
            Role::Agent => Err(Problem::Forbidden("This is for supervisors and administrators.")),
        }
    }
}

impl FromRequestParts<App> for Administrator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, app).await?;
        match caller.role {
            Role::Administrator => Ok(Self(caller)),
            Role::Agent | Role::Supervisor => {
                Err(Problem::Forbidden("This is for administrators."))
            }
        }
    }
}

/// How any request by session can be refused.
const BY_SESSION: [StatusCode; 3] =
    [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::SERVICE_UNAVAILABLE];

impl IntoResponses for Agent {
    fn responses() -> Responses {
        refusals(&BY_SESSION)
    }
}

impl IntoResponses for Supervisor {
    fn responses() -> Responses {
        refusals(&BY_SESSION)
    }
}

impl IntoResponses for Administrator {
    fn responses() -> Responses {
        refusals(&BY_SESSION)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), value.parse().unwrap()));
        pairs.collect()
    }

    #[test]
    fn tokens_in_requests() {
        let found = |pairs: &[(&'static str, &str)], tls| {
            presented(&headers(pairs), tls).map(|(token, by)| (token.reveal().to_owned(), by))
        };
        let token = |text: &str, by_cookie| Some((text.to_owned(), by_cookie));
        assert_eq!(found(&[("authorization", "bearer  acme.x ")], false), token("acme.x", false));
        let cookie = [("cookie", "a=b; cordboard_session=acme.y; c")];
        assert_eq!(found(&cookie, false), token("acme.y", true));
        assert_eq!(found(&cookie, true), None, "not the one that is bound to this host");
        assert_eq!(found(&[("cookie", "__Host-cordboard_session=z")], true), token("z", true));
        assert_eq!(found(&[("authorization", "Basic YTpi")], false), None);
        assert_eq!(found(&[], false), None);
    }

    #[test]
    fn cookies_are_bound_to_their_origin() {
        let token = Secret::presented("acme.x");
        assert_eq!(
            cookie(Some(&token), true, 60),
            "__Host-cordboard_session=acme.x; HttpOnly; SameSite=Strict; Path=/; Max-Age=60; Secure"
        );
        assert_eq!(
            cookie(None, false, 0),
            "cordboard_session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"
        );
    }
}
