//! A shard between two failures: its state, its claim on the log, and the replies that wait.

use std::{
    collections::VecDeque,
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant},
};

use eventlog::{Claim, Position};
use kernel::State;
use model::{Command, Rejection, Timestamp, command::Request};
use tracing::error;

use super::{
    Fault,
    company::Company,
    inbox::{Answer, Executed, Item, Release, Wanted},
    recovery::Recovered,
    snapshots::Snapshots,
};
use crate::{Committed, Readiness, clock::Ticker, feed::Chunk, tenant::Tenant};

/// How many requests and queries make a batch at most.
const BATCH_ITEMS: usize = 512;
/// A batch is appended once its records have so many bytes; one command can add a few MiB more.
const BATCH_BYTES: usize = 8 << 20;
/// How many appends may wait for the disk while the next batch is executed.
const IN_FLIGHT_MAX: usize = 4;
/// While an append waits for the disk, requests gather until it is durable or until there are so many. A commit
/// costs as much as some forty requests, so that many small ones leave no time for the requests.
const CROWD: usize = 128;

/// A shard between two failures.
pub(super) struct Life<'t> {
    tenant: &'t Tenant,
    number: u64,
    claim: Claim,
    state: State,
    /// The last event executed; the log follows.
    position: Position,
    ticker: Ticker,
    /// When a `Wake` last did nothing although something was due; it is not repeated in that instant.
    fruitless: Option<Timestamp>,
    in_flight: VecDeque<InFlight>,
    company: Company,
    snapshots: Snapshots<'t>,
}

/// An append that is not known to be durable, and who waits for it.
struct InFlight {
    since: Instant,
    chunk: Arc<Chunk>,
    replies: Vec<Reply>,
}

/// What is answered once it is durable. Dropped instead, the client hears "unavailable".
enum Reply {
    Executed(Executed, Result<Committed, Rejection>),
    Seen(Release),
}

impl Reply {
    fn release(self) {
        match self {
            Self::Executed(executed, answer) => executed(answer),
            Self::Seen(release) => release(),
        }
    }
}

/// A batch being executed.
struct Batch {
    after: Position,
    bytes: usize,
    turns: Vec<Committed>,
    records: Vec<Vec<u8>>,
    replies: Vec<Reply>,
}

impl Batch {
    fn new(after: Position) -> Self {
        Self { after, bytes: 0, turns: Vec::new(), records: Vec::new(), replies: Vec::new() }
    }
}

impl<'t> Life<'t> {
    pub(super) fn new(
        tenant: &'t Tenant,
        number: u64,
        recovered: Recovered,
        snapshot_every: u64,
    ) -> Self {
        let Recovered { claim, state, at, snapshot } = recovered;
        Self {
            number,
            position: claim.end(),
            claim,
            state,
            ticker: Ticker::new(tenant.clock.clone(), at),
            fruitless: None,
            in_flight: VecDeque::new(),
            company: Company::of(0, Duration::ZERO),
            snapshots: Snapshots::new(tenant, snapshot_every, snapshot),
            tenant,
        }
    }

    /// How many items to take next, at least and at most, and how long to wait for them.
    pub(super) fn appetite(&mut self) -> (usize, usize, Option<Duration>) {
        let (min, gathering) = match self.in_flight.len() {
            0 => self.company.expected(),
            IN_FLIGHT_MAX.. => return (usize::MAX, 0, None),
            _ => (CROWD, None),
        };
        let now = self.ticker.tick();
        let patience = if self.is_due(now) {
            Some(Duration::ZERO)
        } else {
            let next = self.state.next_wakeup().map(|due| due.max(now.plus(1)));
            self.ticker.sleep(next)
        };
        (min, BATCH_ITEMS, gathering.into_iter().chain(patience).min())
    }

    /// Executes what was taken, after whatever is due, and appends what it causes.
    pub(super) fn execute(&mut self, items: Vec<Item>) {
        let now = self.ticker.tick();
        let mut batch = Batch::new(self.position);
        if self.in_flight.len() < IN_FLIGHT_MAX && self.is_due(now) {
            self.wake(&mut batch, now);
        }
        for item in items {
            let reply = self.answer(&mut batch, item, now);
            if batch.records.is_empty() && self.in_flight.is_empty() {
                // All that it depends on is durable.
                reply.into_iter().for_each(Reply::release);
                continue;
            }
            batch.replies.extend(reply);
            if batch.bytes >= BATCH_BYTES {
                let full = mem::replace(&mut batch, Batch::new(self.position));
                self.append(full);
            }
        }
        self.append(batch);
    }

    fn is_due(&self, now: Timestamp) -> bool {
        self.fruitless != Some(now) && self.state.next_wakeup().is_some_and(|due| due <= now)
    }

    fn wake(&mut self, batch: &mut Batch, now: Timestamp) {
        self.tenant.counters.wakes.add(1);
        let woken = self.run(batch, &Command::Wake.into(), now);
        self.fruitless = match woken {
            Ok(turn) if !turn.events.is_empty() => None,
            _ => Some(now),
        };
    }

    /// Lets one item look, and executes what it wants. `None` when there is nobody to answer.
    fn answer(&mut self, batch: &mut Batch, item: Item, now: Timestamp) -> Option<Reply> {
        // It only reads, so that its panic is its own affair.
        let wanted = catch_unwind(AssertUnwindSafe(|| item(&self.state, self.position)));
        let counters = &self.tenant.counters;
        match wanted {
            Ok(Wanted::Execute(request, executed)) => {
                counters.commands.add(1);
                let answer = self.run(batch, &request, now);
                self.tenant.counters.rejections.add(usize::from(answer.is_err()));
                Some(Reply::Executed(executed, answer))
            }
            Ok(Wanted::Answer(release)) => {
                counters.queries.add(1);
                Some(Reply::Seen(release))
            }
            Err(_) => {
                counters.queries.add(1);
                error!(tenant = %self.tenant.id, "a query panicked");
                None
            }
        }
    }

    fn run(
        &mut self,
        batch: &mut Batch,
        request: &Request,
        now: Timestamp,
    ) -> Result<Committed, Rejection> {
        let events = kernel::execute(&mut self.state, request, now)?;
        let mut kept = Vec::with_capacity(events.len());
        for event in events {
            let (record, event) = self.tenant.codec.encode(now, event);
            batch.bytes += record.len();
            batch.records.push(record);
            kept.push(event);
        }
        self.position += kept.len() as Position;
        let turn = Committed { position: self.position, at: now, events: kept.into() };
        if !turn.events.is_empty() {
            batch.turns.push(turn.clone());
        }
        Ok(turn)
    }

    /// Hands a batch to the log. Without records its replies depend on what is in flight.
    fn append(&mut self, batch: Batch) {
        let Batch { after, bytes, turns, records, replies } = batch;
        if records.is_empty() {
            if let Some(last) = self.in_flight.back_mut() {
                last.replies.extend(replies);
            }
            return;
        }
        let chunk = Arc::new(Chunk { after, until: self.position, turns, bytes });
        self.in_flight.push_back(InFlight { since: Instant::now(), chunk, replies });
        let (inbox, life) = (Arc::clone(&self.tenant.inbox), self.number);
        let done = Box::new(move |result| inbox.answer(Answer { life, result }));
        self.tenant.store.append(&self.claim, after, records, done);
    }

    /// Takes the log's answer: what is durable is published, then answered.
    pub(super) fn settle(&mut self, answer: Answer) -> Result<(), Fault> {
        if answer.life != self.number {
            return Ok(());
        }
        let durable = answer
            .result
            .map_err(|error| Fault::Lost(format!("the log did not take records: {error}")))?;
        while let Some(first) = self.in_flight.pop_front_if(|first| first.chunk.until <= durable) {
            let InFlight { since, chunk, replies } = first;
            let counters = &self.tenant.counters;
            counters.commits.add(1);
            counters.batch(chunk.turns.len());
            counters.events.add(chunk.turns.iter().map(|turn| turn.events.len()).sum());
            self.tenant.feed.publish(chunk);
            self.company = Company::of(replies.len(), since.elapsed());
            replies.into_iter().for_each(Reply::release);
        }
        self.snapshots.durable(durable);
        Ok(())
    }

    /// Nothing is in flight and nothing waits.
    pub(super) fn is_quiet(&self) -> bool {
        self.in_flight.is_empty() && self.tenant.inbox.waiting() == 0
    }

    pub(super) fn save_snapshot_if_due(&mut self) {
        if self.snapshots.is_due(self.position) {
            self.snapshots.take(&self.state, self.position, self.ticker.tick());
            if self.in_flight.is_empty() {
                self.snapshots.durable(self.position);
            }
        }
    }

    /// Saves a last snapshot, when all is durable.
    pub(super) fn finish(mut self) {
        let now = self.ticker.tick();
        self.snapshots.finish(&self.state, self.position, now);
    }
}

/// Whoever still waits for an answer will not get one from here. It is known that the tenant is down before
/// they learn of it, so that waiting until it serves again waits for the next life.
impl Drop for Life<'_> {
    fn drop(&mut self) {
        if self.tenant.inbox.ending().is_none() {
            let down = Readiness::Unavailable("the shard was dropped".to_owned());
            self.tenant.readiness.send_replace(down);
        }
        self.tenant.counters.unavailable.add(self.tenant.inbox.shut());
        let waiting = self.in_flight.iter().map(|batch| batch.replies.len()).sum();
        self.tenant.counters.unavailable.add(waiting);
    }
}
