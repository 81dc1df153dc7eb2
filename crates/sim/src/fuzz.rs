//! Wrong requests to the real binary, from outside: of every operation in its OpenAPI document. None may be
//! answered with a failure, end the server, or change anything when it is refused.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    rc::Rc,
    time::Duration,
};

use anyhow::{Context as _, ensure};
use rand::{RngExt as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_pcg::Pcg64;
use serde_json::Value;
use tokio::time::timeout;

use crate::{
    http::{Answer, Connection},
    server::{self, Server},
    site::{self, Site},
};

mod cast;
mod document;
mod mutate;
mod watch;

use cast::Cast;
use document::{Document, Draft, Route};
use watch::Seen;

/// What came of a run.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Operations in the document.
    pub operations: BTreeSet<String>,
    /// Answers by status; 0 counts those that are not owed and were not given.
    pub statuses: BTreeMap<u16, u64>,
    /// Operations that were done at least once.
    pub done: BTreeSet<String>,
    /// Statuses that the document does not name, by operation.
    pub undocumented: BTreeMap<String, u64>,
    /// What must not be.
    pub faults: Vec<String>,
}

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Requests between two new calls.
const RESTOCK: u64 = 40;
const AGENTS: u32 = 3;
/// Any operation may answer these, whatever its document says: they are about HTTP, not about it.
const ALWAYS: [u16; 9] = [400, 404, 405, 408, 413, 414, 415, 431, 503];

/// Sends so many requests, the same for the same seed as far as the server answers alike.
///
/// # Errors
/// When the server does not start, or goes away.
pub fn run(binary: &Path, seed: u64, requests: u64) -> anyhow::Result<Outcome> {
    let data = server::directory()?;
    let site = site::prepare(data.path(), AGENTS)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let server = Server::start(binary, data.path()).await?;
        let mut fuzzer = Fuzzer::begin(&server, &site, seed).await?;
        for number in 0..requests {
            if number.is_multiple_of(RESTOCK) {
                fuzzer.restock().await?;
            }
            fuzzer.shoot(number).await?;
        }
        let Fuzzer { mut outcome, cast, seen, .. } = fuzzer;
        let logged = server.logged();
        let panics = logged.lines().filter(|line| line.contains("panic"));
        outcome.faults.extend(panics.map(|line| format!("the log says: {line}")));
        // What a restart makes of the log is what there was.
        server.kill()?;
        let server = Server::start(binary, data.path()).await?;
        let again = watch::look(&mut server.connect().await?, &cast).await?;
        let difference = watch::difference(&seen, &again);
        outcome.faults.extend(difference.map(|what| format!("after a restart, {what}")));
        Ok(outcome)
    })
}

struct Fuzzer<'s> {
    server: &'s Server,
    rng: Pcg64,
    document: Rc<Document>,
    cast: Cast,
    /// For requests that are right.
    straight: Connection,
    /// For requests that may be wrong.
    crooked: Connection,
    seen: Seen,
    wakes: u64,
    outcome: Outcome,
}

impl<'s> Fuzzer<'s> {
    async fn begin(server: &'s Server, site: &Site, seed: u64) -> anyhow::Result<Self> {
        let mut straight = server.connect().await?;
        let answer = straight.call("GET", "/openapi.json", &[], &Value::Null).await?;
        let document = Rc::new(Document::read(&answer.json()));
        ensure!(!document.routes.is_empty(), "/openapi.json has no operations");
        let cast = Cast::log_in(&mut straight, site).await?;
        let outcome = Outcome {
            operations: document.routes.iter().map(Route::name).collect(),
            ..Outcome::default()
        };
        let rng = Pcg64::seed_from_u64(seed);
        let crooked = server.connect().await?;
        let seen = Seen::new();
        Ok(Self { server, rng, document, cast, straight, crooked, seen, wakes: 0, outcome })
    }

    async fn restock(&mut self) -> anyhow::Result<()> {
        self.cast.restock(&mut self.straight, &mut self.rng).await?;
        self.settle().await
    }

    /// Whatever there is now is right.
    async fn settle(&mut self) -> anyhow::Result<()> {
        self.wakes = watch::wakes(&mut self.straight).await?;
        self.seen = watch::look(&mut self.straight, &self.cast).await?;
        for agent in 0..self.cast.watchers.len() {
            self.cast.see(agent, &self.seen[&watch::state_of(agent)]);
        }
        Ok(())
    }

    /// Sends one request and judges the answer.
    async fn shoot(&mut self, number: u64) -> anyhow::Result<()> {
        let document = Rc::clone(&self.document);
        let route = document.routes.choose(&mut self.rng).context("there are operations")?;
        let mut draft = document.draft(route, &self.cast, &mut self.rng);
        for _ in 0..self.rng.random_range(0..4) {
            mutate::mutate(&mut draft, &mut self.rng);
        }
        let answer = timeout(PATIENCE, self.send(&draft)).await;
        let fault = match answer {
            Err(_) => Some("has no answer in time".to_owned()),
            Ok(None) => {
                *self.outcome.statuses.entry(0).or_default() += 1;
                (!may_be_unanswered(&draft)).then(|| "has no answer".to_owned())
            }
            Ok(Some(answer)) => {
                *self.outcome.statuses.entry(answer.status).or_default() += 1;
                if answer.status == 101 {
                    self.babble(route.path.starts_with("/workspace")).await?;
                }
                let name = judge_document(&mut self.outcome, route, &draft, answer.status);
                self.judge(&name, &answer).await?
            }
        };
        if let Some(fault) = fault {
            let sent =
                String::from_utf8_lossy(&draft.bytes()).chars().take(600).collect::<String>();
            self.outcome.faults.push(format!("request {number} {fault}; it was {sent:?}"));
            self.crooked = self.server.connect().await?;
            self.settle().await?;
        }
        Ok(())
    }

    /// Sends a request, again on a new connection if the server has closed the old one meanwhile.
    async fn send(&mut self, draft: &Draft) -> Option<Answer> {
        if self.crooked.is_open()
            && let Some(answer) = send(&mut self.crooked, draft).await
        {
            return Some(answer);
        }
        self.crooked = self.server.connect().await.ok()?;
        send(&mut self.crooked, draft).await
    }

    async fn judge(&mut self, name: &str, answer: &Answer) -> anyhow::Result<Option<String>> {
        if answer.status >= 500 && answer.status != 503 {
            return Ok(Some(format!("({name}) is answered {} {}", answer.status, answer.json())));
        }
        if answer.status < 400 {
            self.settle().await?;
            return Ok(None);
        }
        let own = [
            "/admin",
            "/api",
            "/auth",
            "/cc",
            "/handover",
            "/sim",
            "/supervisor",
            "/workspace",
            "/ws",
        ];
        let is_ours = own.iter().any(|start| name.contains(start));
        if is_ours && !answer.body.is_empty() && !answer.json().is_object() {
            return Ok(Some(format!("({name}) is answered {} without JSON", answer.status)));
        }
        let now = watch::look(&mut self.straight, &self.cast).await?;
        let Some(difference) = watch::difference(&self.seen, &now) else { return Ok(None) };
        let wakes = watch::wakes(&mut self.straight).await?;
        let timed = wakes > self.wakes;
        (self.seen, self.wakes) = (now, wakes);
        let refused = || format!("({name}) is refused ({}), but {difference}", answer.status);
        Ok((!timed).then(refused))
    }

    /// The socket is open: frames that are none, then a new connection.
    async fn babble(&mut self, server_speaks_first: bool) -> anyhow::Result<()> {
        const FRAMES: [&[u8]; 6] = [
            b"\x81\x05hello",
            b"\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0",
            b"\xf1\x80\0\0\0\0",
            b"\x09\x80\0\0\0\0",
            b"\x88\x82\0\0\0\0\x03\xe8",
            b"GET / HTTP/1.1\r\n\r\n",
        ];
        let frame = *FRAMES.choose(&mut self.rng).expect("there are some");
        if server_speaks_first {
            // Its first frame has begun to arrive, or the connection is closed already.
            let _ = timeout(PATIENCE, self.crooked.take(2)).await;
        }
        let _ = self.crooked.write(frame).await;
        self.crooked = self.server.connect().await?;
        Ok(())
    }
}

/// Whether the server may close the connection instead of answering.
fn may_be_unanswered(draft: &Draft) -> bool {
    let long = draft.headers.iter().map(|(_, value)| value.len()).sum::<usize>() > 8_000;
    draft.incomplete || long || draft.body.as_ref().is_some_and(|body| body.len() > 50_000)
}

/// Notes a status that the operation's document does not name; gives the operation's name.
fn judge_document(outcome: &mut Outcome, route: &Route, draft: &Draft, status: u16) -> String {
    let name = format!("{} {}", draft.method, route.path);
    let known = route.statuses.contains(&status) || ALWAYS.contains(&status);
    if draft.is_documented && matches!(status, 101 | 200..300) {
        outcome.done.insert(route.name());
    }
    if !known && draft.is_documented {
        *outcome.undocumented.entry(format!("{status} {name}")).or_default() += 1;
    }
    name
}

/// The answer; nothing when the connection breaks instead.
async fn send(connection: &mut Connection, draft: &Draft) -> Option<Answer> {
    let bodiless = draft.method == "HEAD";
    // The server may refuse before it has read everything.
    let sent = connection.write(&draft.bytes()).await;
    if draft.incomplete {
        let _ = connection.finish_sending().await;
    }
    loop {
        match connection.answer(bodiless).await {
            Ok(answer) if answer.status == 100 => {}
            Ok(answer) => {
                if sent.is_err() {
                    let _ = connection.finish_sending().await;
                }
                return Some(answer);
            }
            Err(_) => return None,
        }
    }
}
