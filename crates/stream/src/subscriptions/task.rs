//! The task of one live subscription: takes in messages, hands them out, saves what was acknowledged.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Duration,
};

use model::{Text, time::Millis};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, sleep_until},
};

use super::{AttachError, Consumer, Delivered, Hub, Id, Wish, cursor::Cursor, listing::Live, lock};
use crate::{
    Message, Page, Source, StreamError,
    subscription::{ConsumerId, Delivery, Subscription},
};

/// How long an acknowledgement may wait to be saved together with others.
const SAVE_AFTER: Duration = Duration::from_millis(500);
/// How often it is noted that somebody consumes, although nothing is acknowledged.
const NOTE_EVERY: Duration = Duration::from_secs(60 * 60);
/// How long to wait after the store failed.
const RETRY: Duration = Duration::from_secs(1);
/// Messages that were read and wait in memory to be handed out; others are read again.
const FRESH_MAX: usize = 1_024;
/// Orders taken at once, before messages are handed out again.
const ORDERS_AT_ONCE: usize = 256;

/// What consumers want.
#[derive(Debug)]
pub(super) enum Order {
    Attach {
        wish: Wish,
        orders: mpsc::Sender<Self>,
        reply: oneshot::Sender<Result<Consumer, AttachError>>,
    },
    Ack(u64),
    Nack(u64),
    Permit(ConsumerId, u32),
    Detach(ConsumerId, Option<oneshot::Sender<()>>),
    Unsubscribe(oneshot::Sender<()>),
    Describe(oneshot::Sender<Live>),
}

/// Where a consumer's messages go.
struct Outlet {
    messages: mpsc::UnboundedSender<Delivered>,
    dead_letters: Text,
}

struct Task {
    source: Source,
    /// The name of its cursor, if it is durable.
    cursor: Option<String>,
    subscription: Subscription,
    outlets: BTreeMap<ConsumerId, Outlet>,
    next_id: u64,
    /// Read, and probably about to be handed out.
    fresh: HashMap<u64, Arc<Message>>,
    start: Instant,
    save_at: Instant,
}

/// Runs until the last consumer has left.
pub(super) async fn run(hub: Arc<Hub>, id: Id, source: Source, mut orders: mpsc::Receiver<Order>) {
    loop {
        match orders.recv().await {
            Some(Order::Attach { wish, orders: own, reply }) => {
                match Task::begin(&id, &wish, &source).await {
                    Ok(mut task) => {
                        task.attach(wish, own, reply);
                        task.serve(&mut orders).await;
                    }
                    Err(error) => _ = reply.send(Err(error)),
                }
            }
            // From a consumer that was sent away.
            Some(_) => {}
            None => return,
        }
        // Under the lock, so that nobody comes between looking and leaving.
        let mut live = lock(&hub.live);
        if orders.is_empty() {
            live.remove(&id);
            return;
        }
    }
}

impl Task {
    /// Finds the subscription, or makes it.
    async fn begin(id: &Id, wish: &Wish, source: &Source) -> Result<Self, AttachError> {
        let (name, now) = (Cursor::name(id), wall_clock());
        let stream = source.stream();
        let known = match wish.durable {
            true => Cursor::load(stream, &name, now).await.map_err(AttachError::Stream)?,
            false => None,
        };
        let is_new = known.is_none();
        if wish.durable && is_new {
            Cursor::admit(stream, now).await?;
        }
        let subscription = match known {
            Some(cursor) => Subscription::restore(wish.sharing, &cursor.saved),
            None => {
                let latest = source.latest().await.map_err(AttachError::Stream)?;
                Subscription::new(wish.sharing, latest)
            }
        };
        let start = Instant::now();
        let task = Self {
            source: source.clone(),
            cursor: wish.durable.then_some(name),
            subscription,
            outlets: BTreeMap::new(),
            next_id: 1,
            fresh: HashMap::new(),
            start,
            save_at: start + NOTE_EVERY,
        };
        if is_new {
            task.save().await.map_err(AttachError::Stream)?;
        }
        Ok(task)
    }

    /// Serves until nobody consumes any more.
    async fn serve(&mut self, orders: &mut mpsc::Receiver<Order>) {
        while !self.subscription.is_idle() {
            self.hand_out().await;
            self.bury().await;
            self.wait(orders).await;
        }
    }

    /// Waits until there is something to do: new messages, what consumers want, the time.
    async fn wait(&mut self, orders: &mut mpsc::Receiver<Order>) {
        let wakeup = self.subscription.wakeup().map(|at| self.start + Duration::from_millis(at));
        let (read, room) = (self.subscription.read(), self.subscription.room());
        tokio::select! {
            order = orders.recv() => {
                let Some(order) = order else { return self.everybody_leaves() };
                self.obey(order).await;
                for _ in 1..ORDERS_AT_ONCE {
                    let Ok(order) = orders.try_recv() else { break };
                    self.obey(order).await;
                }
            }
            page = self.source.next(read, room), if room > 0 => match page {
                Ok(page) => self.take_in(page),
                Err(StreamError::Closed) => {
                    self.save_or_retry().await;
                    self.everybody_leaves();
                }
                Err(error) => {
                    tracing::warn!(%error, "a subscription cannot read its topic");
                    tokio::time::sleep(RETRY).await;
                }
            },
            () = sleep_until(wakeup.unwrap_or(self.start)), if wakeup.is_some() => {}
            () = sleep_until(self.save_at) => self.save_or_retry().await,
        }
    }

    fn take_in(&mut self, page: Page) {
        for (entry, message) in page.entries {
            self.subscription.take_in(entry, message.key());
            if self.fresh.len() < FRESH_MAX {
                self.fresh.insert(entry, message);
            }
        }
        self.subscription.pass(page.until);
    }

    fn everybody_leaves(&mut self) {
        for id in std::mem::take(&mut self.outlets).into_keys() {
            self.subscription.detach(id);
        }
    }

    async fn obey(&mut self, order: Order) {
        match order {
            Order::Attach { wish, orders, reply } => self.attach(wish, orders, reply),
            Order::Ack(entry) => {
                self.subscription.ack(entry);
                self.save_soon();
            }
            Order::Nack(entry) => self.subscription.nack(entry, self.now()),
            Order::Permit(id, more) => self.subscription.permit(id, more),
            Order::Detach(id, done) => {
                self.detach(id).await;
                done.map(|done| done.send(()));
            }
            Order::Describe(reply) => {
                let subscription = &self.subscription;
                _ = reply.send(Live {
                    durable: self.cursor.is_some(),
                    sharing: subscription.sharing(),
                    consumers: self.outlets.len(),
                    read: subscription.read(),
                    unsettled: subscription.unsettled(),
                });
            }
            Order::Unsubscribe(done) => {
                self.everybody_leaves();
                if let Some(name) = self.cursor.take() {
                    let deleted = self.source.stream().delete_cursor(&name).await;
                    if let Err(error) = deleted {
                        tracing::warn!(%error, "a subscription cannot be deleted");
                    }
                }
                _ = done.send(());
            }
        }
    }

    fn attach(
        &mut self,
        wish: Wish,
        orders: mpsc::Sender<Order>,
        reply: oneshot::Sender<Result<Consumer, AttachError>>,
    ) {
        let id = ConsumerId(self.next_id);
        if wish.durable != self.cursor.is_some()
            || !self.subscription.attach(id, wish.sharing, wish.terms)
        {
            _ = reply.send(Err(AttachError::Busy));
            return;
        }
        self.next_id += 1;
        let (messages, delivered) = mpsc::unbounded_channel();
        self.outlets.insert(id, Outlet { messages, dead_letters: wish.dead_letters });
        if reply.send(Ok(Consumer { id, orders, delivered })).is_err() {
            // Whoever asked is gone already.
            self.outlets.remove(&id);
            self.subscription.detach(id);
        }
    }

    async fn detach(&mut self, id: ConsumerId) {
        if self.outlets.contains_key(&id) {
            self.subscription.detach(id);
            self.bury().await;
            self.outlets.remove(&id);
            self.save_or_retry().await;
        }
    }

    async fn hand_out(&mut self) {
        for Delivery { consumer, seq, redeliveries } in self.subscription.deliver(self.now()) {
            let message = match self.fresh.remove(&seq) {
                Some(message) => Ok(Some(message)),
                None => self.source.get(seq).await,
            };
            match message {
                Ok(Some(message)) => {
                    self.send(consumer, Delivered { entry: seq, redeliveries, message }).await;
                }
                // Older than what is kept: nobody can have it any more.
                Ok(None) => self.subscription.ack(seq),
                Err(error) => {
                    tracing::warn!(%error, seq, "a subscription's message cannot be read");
                    self.subscription.nack(seq, self.now());
                }
            }
        }
    }

    async fn send(&mut self, to: ConsumerId, delivered: Delivered) {
        let outlet = self.outlets.get(&to);
        if outlet.is_none_or(|outlet| outlet.messages.send(delivered).is_err()) {
            // The consumer has gone without a word.
            self.detach(to).await;
        }
    }

    /// Keeps what was given up under its name. What cannot be kept is lost, and that is said.
    async fn bury(&mut self) {
        for dead in self.subscription.take_dead() {
            let name = self.outlets.get(&dead.consumer).map(|outlet| &*outlet.dead_letters);
            let buried = match (name, self.source.get(dead.seq).await) {
                (Some(name), Ok(Some(message))) => {
                    self.source.dead_letters().add(name, &[message.seq]).await
                }
                (None, _) | (_, Ok(None)) => Ok(()),
                (_, Err(error)) => Err(error),
            };
            if let Err(error) = buried {
                tracing::warn!(%error, seq = dead.seq, "a dead letter is lost");
            }
            self.save_soon();
        }
    }

    fn save_soon(&mut self) {
        self.save_at = self.save_at.min(Instant::now() + SAVE_AFTER);
    }

    async fn save_or_retry(&mut self) {
        let saved = self.save().await;
        let next = if saved.is_ok() { NOTE_EVERY } else { RETRY };
        self.save_at = Instant::now() + next;
        if let Err(error) = saved {
            tracing::warn!(%error, "a subscription cannot be saved");
        }
    }

    async fn save(&self) -> Result<(), StreamError> {
        let Some(name) = &self.cursor else { return Ok(()) };
        let cursor = Cursor { used: wall_clock(), saved: self.subscription.saved() };
        cursor.save(self.source.stream(), name).await
    }

    fn now(&self) -> Millis {
        Millis::try_from(self.start.elapsed().as_millis()).unwrap_or(Millis::MAX)
    }
}

/// Milliseconds since 1970.
fn wall_clock() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|since| u64::try_from(since.as_millis()).ok()).unwrap_or(0)
}
