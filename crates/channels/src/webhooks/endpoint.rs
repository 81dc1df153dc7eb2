//! The task of one webhook: takes in events, sends them, keeps what came of it.

use std::{sync::Arc, time::Duration};

use model::{TenantId, WebhookId, config::Webhook, time::Millis};
use stream::{Message, Stream, StreamError};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
    time::{Instant, sleep_until},
};

use super::{
    body,
    client::{Attempt, Client, Post, wall_clock},
    line::{Fate, Item, Job, Line},
    signature,
    store::{Burial, Changes, Label, State, Store},
};

/// Events looked at in one go.
const LOOK: usize = 256;
/// How long what happened may wait to be kept together with more. What is lost with a death of the process is
/// sent again.
const KEEP_AFTER: Duration = Duration::from_millis(200);
/// How long to wait after the stream or the store failed.
const RETRY: Duration = Duration::from_secs(1);
/// How long to sleep at most before looking at the clock again: somebody may have set it.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// What a webhook's task is told.
pub(super) enum Order {
    /// The settings were saved. Answered when what follows from it is on disk.
    Change(Webhook, oneshot::Sender<()>),
    /// Dead letters are to be tried again: one, or all. Answered with how many.
    Revive(Option<u64>, oneshot::Sender<u64>),
    /// The webhook is no more.
    Forget(oneshot::Sender<()>),
}

/// What all webhooks of a tenant share.
#[derive(Clone)]
pub(super) struct Ground {
    pub(super) tenant: TenantId,
    pub(super) stream: Stream,
    pub(super) store: Arc<Store>,
    pub(super) client: Client,
}

struct Endpoint {
    ground: Ground,
    webhook: Webhook,
    line: Line,
    gone: bool,
    changes: Changes,
    /// What is under way.
    jobs: JoinSet<Done>,
    keep_at: Option<Instant>,
}

/// A job that was done, or could not be.
struct Done {
    item: Item,
    sent: Option<Sent>,
}

/// What was sent, and how it went.
struct Sent {
    label: Label,
    key: u64,
    retry: u32,
    body: String,
    attempt: Attempt,
}

/// Runs until the webhook is no more, or nobody can tell it anything: then the server goes down.
pub(super) async fn run(ground: Ground, webhook: Webhook, mut orders: mpsc::Receiver<Order>) {
    let mut endpoint = loop {
        match Endpoint::load(&ground, &webhook).await {
            Ok(endpoint) => break endpoint,
            Err(error) => {
                tracing::warn!(webhook = webhook.id.0, error, "a webhook cannot begin");
                tokio::time::sleep(RETRY).await;
            }
        }
    };
    endpoint.serve(&mut orders).await;
}

impl Endpoint {
    async fn load(ground: &Ground, webhook: &Webhook) -> Result<Self, String> {
        let id = webhook.id;
        let known = ground.on_disk(move |store| Ok((store.load(id)?, store.reviving(id)?))).await?;
        let (line, gone) = match known.0 {
            Some(state) => {
                let mut line = Line::restore(state.line);
                if webhook.enabled && !state.enabled {
                    line.pass(ground.latest().await?);
                }
                (line, state.gone)
            }
            None => (Line::new(ground.latest().await?), false),
        };
        let mut endpoint = Self {
            ground: ground.clone(),
            webhook: webhook.clone(),
            line,
            gone,
            changes: Changes::default(),
            jobs: JoinSet::new(),
            keep_at: None,
        };
        for (number, key) in known.1 {
            endpoint.line.revive(number, key, wall_clock());
        }
        endpoint.keep().await?;
        Ok(endpoint)
    }

    async fn serve(&mut self, orders: &mut mpsc::Receiver<Order>) {
        loop {
            if self.is_sending() {
                for job in self.line.next(wall_clock()) {
                    self.begin(job);
                }
            }
            let wakeup = self.line.wakeup().filter(|_| self.is_sending()).map(instant);
            let room = if self.is_sending() { self.line.room() } else { 0 };
            let next = self.ground.stream.next(self.line.read(), room.min(LOOK));
            tokio::select! {
                order = orders.recv() => match order {
                    Some(Order::Forget(done)) => return self.forget(done).await,
                    Some(order) => self.obey(order).await,
                    None => {
                        self.jobs.shutdown().await;
                        return self.keep_or_retry().await;
                    }
                },
                messages = next, if room > 0 => match messages {
                    Ok(messages) => self.take_in(&messages),
                    // The engine stops; what is under way may still end.
                    Err(StreamError::Closed) => self.pause().await,
                    Err(error) => {
                        tracing::warn!(%error, "a webhook cannot read events");
                        self.pause().await;
                    }
                },
                done = self.jobs.join_next(), if !self.jobs.is_empty() => {
                    match done.expect("there is one") {
                        Ok(done) => self.done(done),
                        Err(error) => tracing::error!(%error, "a delivery panicked"),
                    }
                }
                () = sleep_until(wakeup.unwrap_or_else(Instant::now)), if wakeup.is_some() => {}
                () = sleep_until(self.keep_at.unwrap_or_else(Instant::now)), if self.keep_at.is_some() => {
                    self.keep_or_retry().await;
                }
            }
        }
    }

    async fn pause(&self) {
        tokio::time::sleep(RETRY).await;
    }

    fn is_sending(&self) -> bool {
        self.webhook.enabled && !self.gone
    }

    async fn obey(&mut self, order: Order) {
        match order {
            Order::Change(webhook, done) => {
                if webhook.enabled && !self.webhook.enabled {
                    // What happened meanwhile is not for it.
                    match self.ground.latest().await {
                        Ok(latest) => self.line.pass(latest),
                        Err(error) => tracing::warn!(error, "a webhook begins too early"),
                    }
                }
                self.webhook = webhook;
                self.gone = false;
                self.keep_or_retry().await;
                _ = done.send(());
            }
            Order::Revive(one, count) => {
                let id = self.webhook.id;
                let revived = self.ground.on_disk(move |store| store.revive(id, one)).await;
                let revived = revived.unwrap_or_else(|error| {
                    tracing::warn!(error, "dead letters cannot be tried again");
                    Vec::new()
                });
                for (number, key) in &revived {
                    self.line.revive(*number, *key, wall_clock());
                }
                _ = count.send(revived.len() as u64);
            }
            Order::Forget(done) => self.forget(done).await,
        }
    }

    async fn forget(&mut self, done: oneshot::Sender<()>) {
        self.jobs.shutdown().await;
        let id = self.webhook.id;
        if let Err(error) = self.ground.on_disk(move |store| store.forget(id)).await {
            tracing::warn!(error, "a webhook cannot be forgotten");
        }
        _ = done.send(());
    }

    fn take_in(&mut self, messages: &[Arc<Message>]) {
        for message in messages {
            if is_wanted(&self.webhook, message) {
                self.line.take_in(message.seq, message.key(), message.at.0);
            } else {
                self.line.pass(message.seq);
            }
        }
        self.keep_soon();
    }

    fn begin(&mut self, job: Job) {
        let (ground, uri) = (self.ground.clone(), Arc::clone(&self.webhook.uri));
        self.jobs.spawn(async move {
            let Job { item, retry } = job;
            let sent = match ground.find(item).await {
                Ok(Some((label, key, body))) => {
                    let (tenant, event_id) = (ground.tenant.clone(), label.event_id.clone());
                    let post = Post { uri, tenant, event_id, retry, body: body.clone() };
                    let attempt = ground.client.send(post).await;
                    Some(Sent { label, key, retry, body, attempt })
                }
                Ok(None) => None,
                Err(error) => {
                    tracing::warn!(error, "an event for a webhook cannot be read");
                    tokio::time::sleep(RETRY).await;
                    None
                }
            };
            Done { item, sent }
        });
    }

    fn done(&mut self, Done { item, sent }: Done) {
        self.keep_soon();
        let Some(Sent { label, key, retry, body, attempt }) = sent else {
            // Older than what is kept, or unreadable: it counts as a failure until it is given up.
            if self.line.done(item, false, wall_clock()) == Fate::Dead {
                tracing::warn!(webhook = self.webhook.id.0, "an event was gone before it was sent");
                if let Item::Dead(number) = item {
                    self.changes.revived.push(number);
                }
            }
            return;
        };
        self.changes.tried.push((label.clone(), retry, attempt));
        if attempt.is_gone() {
            // It is sent again when the webhook is saved again.
            self.gone = true;
            return self.line.put_back(item);
        }
        let ok = attempt.outcome == super::Outcome::Delivered;
        let (fate, attempts) = (self.line.done(item, ok, wall_clock()), retry.saturating_add(1));
        match (fate, item) {
            (Fate::Again, _) | (Fate::Settled, Item::Event(_)) => {}
            (Fate::Settled, Item::Dead(number)) => self.changes.revived.push(number),
            (Fate::Dead, Item::Dead(number)) => {
                self.changes.reburied.push((number, attempts, attempt));
            }
            (Fate::Dead, Item::Event(_)) => {
                self.changes.buried.push(Burial { label, key, attempts, last: attempt, body });
            }
        }
    }

    fn keep_soon(&mut self) {
        self.keep_at.get_or_insert_with(|| Instant::now() + KEEP_AFTER);
    }

    async fn keep_or_retry(&mut self) {
        self.keep_at = None;
        if let Err(error) = self.keep().await {
            tracing::warn!(error, "a webhook's state cannot be kept");
            self.keep_at = Some(Instant::now() + RETRY);
        }
    }

    /// Keeps what happened. When that fails nothing of it is forgotten.
    async fn keep(&mut self) -> Result<(), String> {
        let id = self.webhook.id;
        let (enabled, gone) = (self.webhook.enabled, self.gone);
        let state = State { line: self.line.saved(), enabled, gone };
        let changes = std::mem::take(&mut self.changes);
        let (kept, changes) = self.ground.write(id, state, changes).await?;
        if kept.is_err() {
            self.changes = changes;
        }
        kept
    }
}

impl Ground {
    /// Works on the store where blocking is allowed.
    pub(super) async fn on_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, String> {
        let store = Arc::clone(&self.store);
        let done = tokio::task::spawn_blocking(move || work(&store)).await;
        done.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
    }

    async fn write(
        &self,
        id: WebhookId,
        state: State,
        changes: Changes,
    ) -> Result<(Result<(), String>, Changes), String> {
        self.on_disk(move |store| {
            let kept = store.write(id, &state, &changes).map_err(|error| error.to_string());
            Ok((kept, changes))
        })
        .await
    }

    async fn latest(&self) -> Result<u64, String> {
        self.stream.latest().await.map_err(|error| error.to_string())
    }

    /// What an item says; `None` when it is no longer kept.
    async fn find(&self, item: Item) -> Result<Option<(Label, u64, String)>, String> {
        match item {
            Item::Event(seq) => {
                let found = self.stream.read(seq.saturating_sub(1), 1).await;
                let found = found.map_err(|error| error.to_string())?;
                let found = found.into_iter().find(|message| message.seq == seq);
                Ok(found.map(|message| {
                    let event_id = signature::event_id(self.tenant.as_str(), seq);
                    let event = message.kind.as_str().to_owned();
                    let body = body::portable(&message.json).into_owned();
                    (Label { event_id, event }, message.key(), body)
                }))
            }
            Item::Dead(number) => {
                let found = self.on_disk(move |store| store.body(number)).await?;
                Ok(found.map(|(label, body)| (label, 0, body)))
            }
        }
    }
}

fn is_wanted(webhook: &Webhook, message: &Message) -> bool {
    let names = [message.kind.as_str(), message.kind.root().as_str()];
    let events = &webhook.events;
    events.is_empty() || events.iter().any(|event| names.contains(&&**event))
}

/// The moment at which the wall clock shows `at`, or when to look again.
fn instant(at: Millis) -> Instant {
    let wait = Duration::from_millis(at.saturating_sub(wall_clock()));
    Instant::now() + wait.min(LOOK_AGAIN)
}
