//! Simulated agents: each works as one of the demo's agents while no person does.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use reqwest::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::{
    HICCUP, Presence,
    chance::{between, percent, pick},
    tokens::Tokens,
};
use crate::{
    client::{Client, Refusal, answer, done},
    demo::Login,
};

/// How often an agent looks at the screen.
const LOOK: Duration = Duration::from_secs(1);
/// How often to look whether a person has gone.
const ASIDE: Duration = Duration::from_secs(5);

/// One agent.
pub(super) struct Simulated {
    client: Client,
    login: Login,
    presence: Presence,
    tokens: Tokens,
    /// What is meant to be done when, by interaction.
    plans: BTreeMap<String, Plan>,
    aside: bool,
}

/// What is meant to be done next with one interaction, at its place.
struct Plan {
    place: Place,
    at: Instant,
    /// The customer will be put on hold before the talk ends.
    hold: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct State {
    agent: Agent,
    reject_reasons: Vec<Reason>,
    work: Vec<Work>,
}

#[derive(Deserialize)]
struct Agent {
    status: String,
    next: Option<Value>,
}

#[derive(Deserialize)]
struct Reason {
    code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Work {
    interaction_id: String,
    place: Place,
    offer: Option<Offer>,
    talk: Option<Talk>,
    wrap_up: Option<WrapUp>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Place {
    Offered,
    Dialling,
    Talking,
    WrapUp,
}

#[derive(Deserialize)]
struct Offer {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Talk {
    held_since: Option<u64>,
}

#[derive(Deserialize)]
struct WrapUp {
    codes: Vec<Code>,
}

#[derive(Deserialize)]
struct Code {
    id: u32,
    parent: Option<u32>,
}

#[derive(Deserialize)]
struct Session {
    token: String,
}

impl Simulated {
    pub(super) fn new(client: &Client, login: Login, presence: Presence, tokens: Tokens) -> Self {
        let (client, plans) = (client.clone(), BTreeMap::new());
        Self { client, login, presence, tokens, plans, aside: false }
    }

    /// Works, for ever.
    pub(super) async fn work(mut self) {
        loop {
            let own = self.tokens.get(&self.login.email);
            if self.presence.is_person(&self.login.email, own.as_deref()).await {
                self.step_aside(true);
                sleep(ASIDE).await;
                continue;
            }
            self.step_aside(false);
            match self.look(own).await {
                Ok(()) => sleep(LOOK).await,
                Err(error) => {
                    tracing::debug!(error = format!("{error:#}"), "a simulated agent failed");
                    sleep(HICCUP).await;
                }
            }
        }
    }

    fn step_aside(&mut self, aside: bool) {
        if aside != self.aside {
            self.aside = aside;
            self.plans.clear();
            let agent = &self.login.email;
            if aside {
                tracing::info!(agent, "a person is logged in: the simulated agent stands aside");
            } else {
                tracing::info!(agent, "nobody is logged in: the simulated agent takes over");
            }
        }
    }

    /// Looks at the screen and does what is due.
    async fn look(&mut self, token: Option<String>) -> anyhow::Result<()> {
        let token = match token {
            Some(token) => token,
            None => self.log_in().await?,
        };
        let request = self.client.request(Method::GET, "/workspace/v1/state").bearer_auth(&token);
        let state: State = match answer(request).await {
            Err(error) if is_logged_out(&error) => {
                self.tokens.set(&self.login.email, None);
                return Ok(());
            }
            state => state?,
        };
        let desk = Desk { client: &self.client, token: &token };
        if state.agent.status != "available" && state.agent.next.is_none() && state.work.is_empty()
        {
            desk.put("/workspace/v1/status", &json!({ "status": "available" })).await?;
        }
        let open: BTreeSet<&str> =
            state.work.iter().map(|work| work.interaction_id.as_str()).collect();
        self.plans.retain(|interaction, _| open.contains(interaction.as_str()));
        for work in &state.work {
            let plan = match self.plans.get_mut(&work.interaction_id) {
                Some(plan) if plan.place == work.place => plan,
                _ => {
                    self.plans.insert(work.interaction_id.clone(), Plan::new(work.place));
                    continue;
                }
            };
            if plan.at <= Instant::now() {
                desk.perform(work, plan, &state.reject_reasons).await?;
            }
        }
        Ok(())
    }

    async fn log_in(&self) -> anyhow::Result<String> {
        let (email, password) = (&self.login.email, &self.login.password);
        let request = self.client.request(Method::POST, "/auth/v1/login");
        let session: Session =
            answer(request.json(&json!({ "email": email, "password": password }))).await?;
        self.tokens.set(email, Some(session.token.clone()));
        Ok(session.token)
    }
}

fn is_logged_out(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<Refusal>()
        .is_some_and(|refusal| refusal.status == StatusCode::UNAUTHORIZED)
}

impl Plan {
    fn new(place: Place) -> Self {
        let pause = match place {
            Place::Offered => between(1_000, 5_000),
            Place::Dialling => between(15_000, 30_000),
            Place::Talking => between(6_000, 24_000),
            Place::WrapUp => between(2_000, 6_000),
        };
        Self { place, at: Instant::now() + pause, hold: percent(20) }
    }
}

/// An agent's hands.
struct Desk<'a> {
    client: &'a Client,
    token: &'a str,
}

impl Desk<'_> {
    async fn perform(
        &self,
        work: &Work,
        plan: &mut Plan,
        reasons: &[Reason],
    ) -> anyhow::Result<()> {
        match (&work.place, &work.offer, &work.talk, &work.wrap_up) {
            (Place::Offered, Some(offer), ..) if percent(3) && !reasons.is_empty() => {
                let reason = &pick(reasons).code;
                self.act(work, "reject", &json!({ "offerId": offer.id, "reason": reason })).await
            }
            (Place::Offered, Some(offer), ..) => {
                self.act(work, "accept", &json!({ "offerId": offer.id })).await
            }
            (Place::Talking, _, Some(talk), _) if talk.held_since.is_some() => {
                plan.at = Instant::now() + between(3_000, 8_000);
                self.act(work, "resume", &json!({})).await
            }
            (Place::Talking, ..) if plan.hold => {
                (plan.hold, plan.at) = (false, Instant::now() + between(3_000, 8_000));
                self.act(work, "hold", &json!({})).await
            }
            (Place::Talking | Place::Dialling, ..) => self.act(work, "end", &json!({})).await,
            (Place::WrapUp, _, _, Some(wrap_up)) => {
                let disposition = if percent(85) { 1000 } else { *pick(&[1001, 1002]) };
                let wrap_up = json!({ "disposition": disposition, "codes": wrap_up.codes() });
                self.act(work, "wrapup", &wrap_up).await
            }
            _ => Ok(()),
        }
    }

    /// Does one thing. That it is no longer possible is no failure: the customer may have hung up.
    async fn act(&self, work: &Work, what: &str, body: &Value) -> anyhow::Result<()> {
        let path = format!("/workspace/v1/interactions/{}/{what}", work.interaction_id);
        let request = self.client.request(Method::POST, &path).bearer_auth(self.token);
        let acted = done(request.json(body)).await;
        acted.or_else(|error| match error.downcast_ref::<Refusal>() {
            Some(refusal) if refusal.status.is_client_error() => {
                tracing::debug!(what, %refusal, "a simulated agent was refused");
                Ok(())
            }
            _ => Err(error),
        })
    }

    async fn put(&self, path: &str, body: &Value) -> anyhow::Result<()> {
        let request = self.client.request(Method::PUT, path).bearer_auth(self.token);
        done(request.json(body)).await
    }
}

impl WrapUp {
    /// One code that has none below it.
    fn codes(&self) -> Vec<u32> {
        let above: BTreeSet<u32> = self.codes.iter().filter_map(|code| code.parent).collect();
        let leaves: Vec<u32> =
            self.codes.iter().map(|code| code.id).filter(|id| !above.contains(id)).collect();
        if leaves.is_empty() { Vec::new() } else { vec![*pick(&leaves)] }
    }
}
