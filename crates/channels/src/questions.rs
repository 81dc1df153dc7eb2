//! Questions: what scripts ask other systems (Get from API), and their answers.
//!
//! A question is in the log and in the rules' state until it is answered or its time has passed, so nothing
//! is kept here: after a start those that are open are asked again. The rules take the first answer of each.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use engine::{Engine, Follower, QueryError, State};
use ipnet::IpNet;
use model::{
    Command, Event, InteractionId, TenantId, Text, command::InteractionCommand, event::ApiAsked,
    limits::API_ANSWER_BYTES_MAX,
};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::{
    sync::Semaphore,
    task::JoinSet,
    time::{interval, sleep, timeout},
};

use crate::address::{self, Clients};

mod fields;

/// Questions of one tenant that are asked at a time; the others wait for their turn, and their time runs.
const AT_ONCE: usize = 16;
/// How often to look for tenants that were made since.
const TENANTS_EVERY: Duration = Duration::from_secs(1);
/// How long to wait for a tenant that recovers.
const RETRY: Duration = Duration::from_millis(500);

/// All questions of an installation. Clones are the same.
#[derive(Clone)]
pub struct Questions {
    running: Arc<Mutex<JoinSet<()>>>,
}

impl Questions {
    /// Begins to ask for all tenants, also for those to come. `allowed` are networks that are asked although
    /// they are not public, also without encryption.
    ///
    /// # Errors
    /// When there is no cryptography for TLS.
    ///
    /// # Panics
    /// Outside a Tokio runtime.
    pub fn start(engine: Engine, allowed: &[IpNet]) -> reqwest::Result<Self> {
        let clients = Clients::new(allowed.into())?;
        let mut running = JoinSet::new();
        running.spawn(async move {
            let mut tenants: BTreeMap<TenantId, ()> = BTreeMap::new();
            let mut asking = JoinSet::new();
            let mut look = interval(TENANTS_EVERY);
            loop {
                look.tick().await;
                for tenant in engine.tenants() {
                    if tenants.insert(tenant.id.clone(), ()).is_none() {
                        let (engine, clients) = (engine.clone(), clients.clone());
                        asking.spawn(ask_for(Asker { engine, tenant: tenant.id, clients }));
                    }
                }
            }
        });
        Ok(Self { running: Arc::new(Mutex::new(running)) })
    }

    /// Asks no more: what is under way is broken off, and asked again after the next start.
    pub async fn stop(&self) {
        let mut running =
            std::mem::take(&mut *self.running.lock().unwrap_or_else(PoisonError::into_inner));
        running.shutdown().await;
    }
}

#[derive(Clone)]
struct Asker {
    engine: Engine,
    tenant: TenantId,
    clients: Clients,
}

/// Asks what is open, then follows the log for as long as there is one.
async fn ask_for(asker: Asker) {
    let Some((open, mut follower)) = begin(&asker).await else { return };
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut asking = JoinSet::new();
    for asked in open {
        asking.spawn(ask(asker.clone(), asked, Arc::clone(&turns)));
    }
    loop {
        while asking.try_join_next().is_some() {}
        match follower.next_batch().await {
            Ok(batch) => {
                for entry in batch.iter() {
                    if let Event::ApiAsked(asked) = entry.event {
                        asking.spawn(ask(asker.clone(), asked.clone(), Arc::clone(&turns)));
                    }
                }
            }
            Err(engine::FollowError::Log(error)) => {
                tracing::warn!(%error, "what scripts ask cannot be read");
                sleep(RETRY).await;
            }
            Err(_) => return,
        }
    }
}

/// The open questions, and the log after them.
async fn begin(asker: &Asker) -> Option<(Vec<Box<ApiAsked>>, Follower)> {
    let look = |state: &State, position| {
        let runs = state.interactions_after(InteractionId(0)).filter_map(|open| open.run.as_ref());
        (runs.filter_map(|run| run.asked.clone()).collect(), position)
    };
    loop {
        match asker.engine.query(&asker.tenant, look).await {
            Ok((open, position)) => {
                return Some((open, asker.engine.follow(&asker.tenant, position).ok()?));
            }
            Err(QueryError::TenantUnknown) => return None,
            Err(QueryError::Unavailable { .. }) => sleep(RETRY).await,
        }
    }
}

async fn ask(asker: Asker, asked: Box<ApiAsked>, turns: Arc<Semaphore>) {
    let left = Duration::from_millis(asked.until.since(asker.engine.now()));
    let answer = async {
        let _turn = turns.acquire().await.map_err(|_| "not-asked")?;
        get(&asker, &asked).await
    };
    // The rules' own timer says when it is too late.
    let Ok(answer) = timeout(left, answer).await else { return };
    let values = answer.map_err(Text::from);
    let (interaction, ask) = (asked.interaction, asked.ask);
    let command = InteractionCommand::ApiAnswers { interaction, ask, values };
    let told = asker.engine.submit(&asker.tenant, Command::Interaction(command).into()).await;
    if let Err(error) = told {
        tracing::warn!(tenant = %asker.tenant, ask, %error, "an answer could not be handed on");
    }
}

/// Asks once, and reads what is wanted of the answer; or says what was wrong, for the trace.
async fn get(asker: &Asker, asked: &ApiAsked) -> Result<Vec<Option<Text>>, &'static str> {
    let url = asker.clients.check(&asked.url).map_err(|_| "address-refused")?;
    let headers = headers(asker, asked).ok_or("bad-header")?;
    let request = asker.clients.of(&url).get(url).headers(headers);
    let mut response = request.send().await.map_err(|error| {
        if address::is_refused(&error) { "address-refused" } else { "no-connection" }
    })?;
    if !response.status().is_success() {
        return Err("bad-status");
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| "no-connection")? {
        body.extend_from_slice(&chunk);
        if body.len() > API_ANSWER_BYTES_MAX {
            return Err("answer-too-long");
        }
    }
    fields::read(&body, &asked.fields)
}

fn headers(asker: &Asker, asked: &ApiAsked) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert("accept", HeaderValue::from_static("application/json"));
    for (name, value) in &asked.headers {
        let mut value = HeaderValue::from_str(value).ok()?;
        value.set_sensitive(true);
        headers.insert(HeaderName::from_bytes(name.as_bytes()).ok()?, value);
    }
    let key = format!("{}-ask-{}", asker.tenant, asked.ask);
    headers.insert("idempotency-key", HeaderValue::from_str(&key).ok()?);
    Some(headers)
}
