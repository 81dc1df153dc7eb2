//! The event socket: keeps one agent's screen in step with the log.
//!
//! Every state frame is whole, so a client that misses one is not wrong for longer than until the next.
//! A reader that does not read falls behind alone: its frames are made when it can take them, from the
//! log, and nobody waits for it.

use std::time::Duration;

use axum::{
    extract::ws::{Message, WebSocket, WebSocketUpgrade},
    response::Response,
};
use engine::{Batch, Follower, Position};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::{
    change::{Happened, Impact, Watch},
    state::{self, Draft},
    wire::{Change, Frame, QueueLoad, State},
};
use crate::{
    app::App,
    auth::Agent,
    error::Problem,
    limits::TIMELINE_MAX,
    read,
    socket::{self, Ending, FRAME_EVERY, HEARTBEAT, SILENCE_MAX, UNAVAILABLE_MAX},
};

/// Changes told in one frame; older ones give way.
const CHANGES_MAX: usize = 200;
/// Records looked at to tell what a client missed.
const MISSED_RECORDS_MAX: u64 = 10_000;

pub(super) fn open(
    app: App,
    agent: Agent,
    after: Option<Position>,
    upgrade: WebSocketUpgrade,
) -> Response {
    socket::bounded(upgrade).on_upgrade(move |socket| serve(app, agent, after, socket))
}

async fn serve(app: App, agent: Agent, after: Option<Position>, mut socket: WebSocket) {
    let stop = app.options().stop.clone();
    let ending = tokio::select! {
        ending = run(&app, &agent, after, &mut socket) => ending,
        () = stop.thrown() => Ending::GoingDown,
    };
    socket::close(socket, ending).await;
}

/// Runs until something ends it.
async fn run(app: &App, agent: &Agent, after: Option<Position>, socket: &mut WebSocket) -> Ending {
    let mut feed = match Feed::open(app, agent, after) {
        Ok(feed) => feed,
        Err(ending) => return ending,
    };
    let mut last = match feed.show(socket).await {
        Ok(state) => state,
        Err(ending) => return ending,
    };
    let mut heartbeat = interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    heartbeat.reset();
    let mut heard = Instant::now();
    let mut queues_due: Option<Instant> = None;
    let mut queues_sent = Instant::now();
    loop {
        let queues_at = queues_due.unwrap_or_else(Instant::now);
        let done = tokio::select! {
            batch = feed.follower.next_batch() => match batch {
                Ok(batch) => {
                    let seen = feed.take_in(&batch);
                    if seen.queues && queues_due.is_none() {
                        queues_due = Some(queues_sent + FRAME_EVERY);
                    }
                    if seen.screen {
                        (queues_due, queues_sent) = (None, Instant::now());
                        feed.show(socket).await.map(|state| last = state)
                    } else {
                        Ok(())
                    }
                }
                Err(error) => Err(Ending::from(&error)),
            },
            () = sleep_until(queues_at), if queues_due.is_some() => {
                (queues_due, queues_sent) = (None, Instant::now());
                feed.show_queues(socket, &mut last).await
            }
            _ = heartbeat.tick() => {
                if heard.elapsed() > SILENCE_MAX { Err(Ending::Gone) } else { feed.beat(socket).await }
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => Err(Ending::Gone),
                Some(Ok(_)) => {
                    heard = Instant::now();
                    Ok(())
                }
            },
        };
        if let Err(ending) = done {
            return ending;
        }
    }
}

/// One agent's view of the log, and what it has to tell.
struct Feed<'a> {
    app: &'a App,
    agent: &'a Agent,
    follower: Follower,
    watch: Watch,
    happened: Vec<Happened>,
    /// How many there were, those that gave way included.
    count: usize,
    /// The client waits to be told what it missed.
    first: bool,
}

/// What some records mean.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    queues: bool,
    screen: bool,
}

impl<'a> Feed<'a> {
    fn open(app: &'a App, agent: &'a Agent, after: Option<Position>) -> Result<Self, Ending> {
        let tenant = &agent.caller.tenant;
        let end = app.engine().position(tenant).map_err(|_| Ending::SessionOver)?;
        if after.is_some_and(|after| after > end) {
            return Err(Ending::AheadOfLog);
        }
        let start = after.unwrap_or(end).max(end.saturating_sub(MISSED_RECORDS_MAX));
        let follower = app.engine().follow(tenant, start).map_err(|_| Ending::SessionOver)?;
        let watch = Watch::new(agent.id, agent.caller.session.clone());
        let first = after.is_some();
        Ok(Self { app, agent, follower, watch, happened: Vec::new(), count: 0, first })
    }

    fn take_in(&mut self, batch: &Batch) -> Seen {
        let mut seen = Seen::default();
        for entry in batch.iter() {
            match self.watch.judge(&entry) {
                Impact::None => {}
                Impact::Queues => seen.queues = true,
                Impact::Screen => seen.screen = true,
                Impact::Told(happened) => {
                    seen.screen = true;
                    self.count += 1;
                    self.happened.push(happened);
                }
            }
        }
        let surplus = self.happened.len().saturating_sub(CHANGES_MAX);
        self.happened.drain(..surplus);
        seen
    }

    /// Sends the whole screen, with everything that happened up to it.
    async fn show(&mut self, socket: &mut WebSocket) -> Result<State, Ending> {
        let until = Instant::now() + UNAVAILABLE_MAX;
        let (state, changes) = loop {
            match self.screen().await {
                Ok(screen) => break screen,
                Err(Failure::Ending(ending)) => return Err(ending),
                Err(Failure::Problem(Problem::Unavailable { .. })) if Instant::now() > until => {
                    return Err(Ending::GoingDown);
                }
                Err(Failure::Problem(Problem::Unavailable { retry_ms })) => {
                    tokio::time::sleep(Duration::from_millis(retry_ms)).await;
                }
                Err(Failure::Problem(_)) => return Err(Ending::SessionOver),
            }
        };
        let missed = if std::mem::take(&mut self.first) { self.count } else { 0 };
        self.count = 0;
        socket::send_frame(
            socket,
            &Frame::State {
                position: state.position,
                now: state.now,
                missed,
                changes,
                state: &state,
            },
        )
        .await?;
        Ok(state)
    }

    async fn screen(&mut self) -> Result<(State, Vec<Change>), Failure> {
        let draft = state::draft(self.app, self.agent).await?;
        // The state is durable, so what led to it is there to be read.
        let mut batches = Vec::new();
        while self.follower.position() < draft.state.position {
            let batch = self.follower.next_batch().await;
            batches.push(batch.map_err(|error| Failure::Ending(Ending::from(&error)))?);
        }
        if self.first {
            // The client had work when it went, and is told what became of it.
            self.watch.recall(batches.iter().flat_map(Batch::iter), &draft.work);
        }
        for batch in &batches {
            self.take_in(batch);
        }
        self.fill(draft).await
    }

    /// Adds from the views what the rules do not keep: timelines, and names of what is already gone.
    async fn fill(&mut self, draft: Draft) -> Result<(State, Vec<Change>), Failure> {
        let guids = draft.state.work.iter().map(|work| work.interaction_id.clone());
        let shown: Vec<_> = draft.work.iter().copied().zip(guids).collect();
        let missing = |happened: &Happened| {
            let id = happened.interaction?;
            let known =
                shown.iter().any(|(shown, _)| *shown == id) || self.watch.guid(id).is_some();
            (!known).then_some(id)
        };
        let missing: Vec<_> = self.happened.iter().filter_map(missing).collect();
        let (tenant, work) = (&self.agent.caller.tenant, draft.work.clone());
        let position = draft.state.position;
        let read = move |views: &engine::views::Reader<'_>| {
            let lines = work.iter().map(|id| views.timeline(*id, TIMELINE_MAX));
            let timelines = lines.collect::<Result<Vec<_>, _>>()?;
            let mut found = Vec::new();
            for id in missing {
                found.extend(views.interaction(id)?.map(|row| (id, row.guid)));
            }
            Ok((timelines, found))
        };
        let (timelines, found) =
            read::views(self.app, tenant, position, read::Lag::Tolerate, read).await?;
        let guid = |id| {
            let named = |(known, guid): &(_, String)| (*known == id).then(|| guid.clone());
            let elsewhere = || self.watch.guid(id).map(str::to_owned);
            shown.iter().chain(&found).find_map(named).or_else(elsewhere)
        };
        let changes = std::mem::take(&mut self.happened).into_iter().map(|happened| {
            let interaction_id = happened.interaction.and_then(guid);
            Change { interaction_id, ..happened.change }
        });
        let changes = changes.collect();
        self.watch.saw(shown.into_iter());
        Ok((draft.finish(timelines), changes))
    }

    /// Sends the last screen with new queue counters, if they are new.
    async fn show_queues(&self, socket: &mut WebSocket, last: &mut State) -> Result<(), Ending> {
        let (id, now) = (self.agent.id, self.app.engine().now());
        let look = move |state: &engine::State, _| state::queues(state, id);
        let queues: Vec<QueueLoad> =
            match self.app.engine().query(&self.agent.caller.tenant, look).await {
                Ok(queues) => queues,
                // The next change asks again.
                Err(_) => return Ok(()),
            };
        if queues == last.queues {
            return Ok(());
        }
        last.queues = queues;
        (last.position, last.now) = (self.follower.position(), now.0);
        let frame = Frame::State {
            position: last.position,
            now: last.now,
            missed: 0,
            changes: Vec::new(),
            state: last,
        };
        socket::send_frame(socket, &frame).await
    }

    async fn beat(&self, socket: &mut WebSocket) -> Result<(), Ending> {
        let now = self.app.engine().now();
        if now >= self.agent.caller.expires {
            return Err(Ending::SessionOver);
        }
        let position = self.follower.position();
        socket::send_frame(socket, &Frame::Heartbeat { position, now: now.0 }).await?;
        socket::ping(socket).await
    }
}

/// Why there is no screen.
enum Failure {
    Ending(Ending),
    Problem(Problem),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}
