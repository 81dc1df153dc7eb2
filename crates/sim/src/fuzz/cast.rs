//! Who and what occurs in requests, so that many of them mean something.

use anyhow::{Context as _, ensure};
use rand::RngExt as _;
use rand_pcg::Pcg64;
use serde_json::{Value, json};

use crate::{
    http::Connection,
    site::{NUMBER, PASSWORD, Site},
};

/// How many of the newest interactions and offers occur in requests.
const KEPT: usize = 12;
/// More than logouts in a run, mostly.
const SPARES: usize = 40;

/// Who and what occurs in requests, so that many of them mean something.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub(super) basic: String,
    sessions: Vec<Session>,
    /// Of somebody who supervises and administers.
    chief: Session,
    /// Sessions of each agent that take the place of one that was ended. Begun before anything goes wrong:
    /// wrong logins keep everybody from this address out for a while.
    spares: Vec<Vec<Session>>,
    /// Sessions that only watch, and are never part of a wrong request.
    pub(super) watchers: Vec<String>,
    /// What is on the agents' desks now.
    pub(super) works: Vec<Work>,
    pub(super) guids: Vec<String>,
    pub(super) call_ids: Vec<String>,
    pub(super) offers: Vec<String>,
}

/// An interaction on a desk.
#[derive(Clone, Debug)]
pub(super) struct Work {
    agent: usize,
    pub(super) guid: String,
    pub(super) offer: String,
}

/// One session.
#[derive(Clone, Debug, Default)]
struct Session {
    token: String,
    csrf: String,
}

impl Session {
    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

impl Cast {
    /// Everybody logs in.
    pub(super) async fn log_in(connection: &mut Connection, site: &Site) -> anyhow::Result<Self> {
        let chief = log_in(connection, site.administrator).await?;
        let mut cast = Self { basic: site.basic.clone(), chief, ..Self::default() };
        for email in &site.agents {
            cast.sessions.push(log_in(connection, email).await?);
            cast.watchers.push(log_in(connection, email).await?.bearer());
            let mut spares = Vec::new();
            for _ in 0..SPARES {
                spares.push(log_in(connection, email).await?);
            }
            cast.spares.push(spares);
        }
        Ok(cast)
    }

    /// The headers that a security scheme of the document asks for: of the agent whose work it is about, or
    /// of any; where agents may do nothing, mostly of who may.
    pub(super) fn credential(
        &self,
        scheme: &str,
        path: &str,
        about: Option<&Work>,
        rng: &mut Pcg64,
    ) -> Vec<(&'static str, String)> {
        let any = rng.random_range(0..self.sessions.len());
        // With new tokens those of this program would be dead.
        let led = path.starts_with("/supervisor")
            || path.starts_with("/admin") && !path.starts_with("/admin/v1/api-token");
        let session = match about {
            _ if led && rng.random_bool(0.8) => &self.chief,
            Some(work) => &self.sessions[work.agent],
            None => &self.sessions[any],
        };
        match scheme {
            "actionRequestToken" | "dataRequestToken" => {
                vec![("Authorization", self.basic.clone())]
            }
            "apiKey" => vec![("X-API-Key", self.basic.trim_start_matches("Basic ").to_owned())],
            "sessionCookie" => vec![
                ("Cookie", format!("cordboard_session={}", session.token)),
                ("X-CSRF-Token", session.csrf.clone()),
                ("Origin", "http://127.0.0.1".to_owned()),
            ],
            _ => vec![("Authorization", session.bearer())],
        }
    }

    /// Takes in what an agent's state shows on the desk.
    pub(super) fn see(&mut self, agent: usize, state: &Value) {
        self.works.retain(|work| work.agent != agent);
        for work in state["work"].as_array().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let (guid, offer) = (text(&work["interactionId"]), text(&work["offer"]["id"]));
            self.works.push(Work { agent, guid, offer });
        }
    }

    /// New calls, one of them in a queue, an agent who is ready, and sessions where some were ended.
    pub(super) async fn restock(
        &mut self,
        connection: &mut Connection,
        rng: &mut Pcg64,
    ) -> anyhow::Result<()> {
        for digits in [None, Some("1")] {
            let number = rng.random_range(0..10_000_000);
            let body = json!({ "from": format!("+1617{number:07}"), "to": NUMBER });
            let placed = connection.call("POST", "/sim/v1/calls", &[], &body).await?.json();
            let id = placed["callId"].as_str().context("a call is placed")?.to_owned();
            if let Some(digits) = digits {
                let (path, body) =
                    (format!("/sim/v1/calls/{id}/digits"), json!({ "digits": digits }));
                connection.call("POST", &path, &[], &body).await?;
            }
            self.call_ids.push(id);
            self.guids.extend(placed["interactionGuid"].as_str().map(str::to_owned));
        }
        for (agent, watcher) in self.watchers.clone().iter().enumerate() {
            let headers = [("Authorization", watcher.as_str())];
            let wish = json!({ "status": "available" });
            let ready = connection.call("PUT", "/workspace/v1/status", &headers, &wish).await?;
            for work in ready.json()["work"].as_array().into_iter().flatten() {
                self.guids.extend(work["interactionId"].as_str().map(str::to_owned));
                self.offers.extend(work["offer"]["id"].as_str().map(str::to_owned));
            }
            let bearer = self.sessions[agent].bearer();
            let headers = [("Authorization", bearer.as_str())];
            let session = connection.call("GET", "/auth/v1/session", &headers, &Value::Null);
            if session.await?.status == 401
                && let Some(spare) = self.spares[agent].pop()
            {
                self.sessions[agent] = spare;
            }
        }
        for ids in [&mut self.guids, &mut self.call_ids, &mut self.offers] {
            ids.drain(..ids.len().saturating_sub(KEPT));
        }
        Ok(())
    }
}

async fn log_in(connection: &mut Connection, email: &str) -> anyhow::Result<Session> {
    let body = json!({ "email": email, "password": PASSWORD });
    let answer = connection.call("POST", "/auth/v1/login", &[], &body).await?;
    ensure!(answer.status == 200, "{email} logs in: {} {}", answer.status, answer.json());
    let answer = answer.json();
    let text = |field: &str| answer[field].as_str().unwrap_or_default().to_owned();
    Ok(Session { token: text("token"), csrf: text("csrfToken") })
}
