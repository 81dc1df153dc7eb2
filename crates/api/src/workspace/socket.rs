//! The event socket: keeps one agent's screen in step with the log.
//!
//! Every state frame is whole, so a client that misses one is not wrong for longer than until the next.
//! A reader that does not read falls behind alone: its frames are made when it can take them, from the
//! log, and nobody waits for it.

use std::time::Duration;

use axum::{
    extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    response::Response,
};
use engine::{Batch, FollowError, Follower, Position};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::{
    change::{Happened, Impact, Watch},
    state::{self, Draft},
    wire::{Change, Frame, QueueLoad, State},
};
use crate::{app::App, auth::Agent, error::Problem, limits::TIMELINE_MAX, read};

/// Bytes for reading, per connection. Clients say next to nothing.
const READ_BUFFER: usize = 4_096;
/// Bytes of a message from a client.
const MESSAGE_MAX: usize = 4_096;
/// How long a client may take to read a frame before it is dropped.
const SEND_TIME: Duration = Duration::from_secs(10);
/// How often the client is told that the connection lives.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// How long a client may be silent: browsers answer the pings that go out with the heartbeats.
const SILENCE_MAX: Duration = Duration::from_secs(60);
/// How long a tenant may be unavailable before its clients are asked to connect again.
const UNAVAILABLE_MAX: Duration = Duration::from_secs(10);
/// How often queue counters alone make a frame: four times a second.
const QUEUES_EVERY: Duration = Duration::from_millis(250);
/// Changes told in one frame; older ones give way.
const CHANGES_MAX: usize = 200;
/// Records looked at to tell what a client missed.
const MISSED_RECORDS_MAX: u64 = 10_000;

/// Why a socket is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// The client has gone, or does not read.
    Gone,
    /// The client has seen a position that the log has not reached.
    AheadOfLog,
    /// The session is over.
    SessionOver,
    /// The server goes down, or cannot follow the log.
    GoingDown,
}

pub(super) fn open(
    app: App,
    agent: Agent,
    after: Option<Position>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade
        .read_buffer_size(READ_BUFFER)
        .max_message_size(MESSAGE_MAX)
        .max_frame_size(MESSAGE_MAX)
        .on_upgrade(move |socket| serve(app, agent, after, socket))
}

async fn serve(app: App, agent: Agent, after: Option<Position>, mut socket: WebSocket) {
    let stop = app.options().stop.clone();
    let ending = tokio::select! {
        ending = run(&app, &agent, after, &mut socket) => ending,
        () = stop.thrown() => Ending::GoingDown,
    };
    let (code, reason) = match ending {
        Ending::Gone => return,
        Ending::AheadOfLog => (4409, "position is ahead of the log"),
        Ending::SessionOver => (4401, "session ended"),
        Ending::GoingDown => (1012, "service restart"),
    };
    let frame = CloseFrame { code, reason: reason.into() };
    let _ = timeout(SEND_TIME, socket.send(Message::Close(Some(frame)))).await;
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
                        queues_due = Some(queues_sent + QUEUES_EVERY);
                    }
                    if seen.screen {
                        (queues_due, queues_sent) = (None, Instant::now());
                        feed.show(socket).await.map(|state| last = state)
                    } else {
                        Ok(())
                    }
                }
                Err(error) => Err(ending_of(&error)),
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

fn ending_of(error: &FollowError) -> Ending {
    match error {
        FollowError::AheadOfLog { .. } => Ending::AheadOfLog,
        FollowError::Closed | FollowError::Log(_) | FollowError::Unreadable(_) => Ending::GoingDown,
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
        self.send(
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
            batches.push(batch.map_err(|error| Failure::Ending(ending_of(&error)))?);
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
        self.send(socket, &frame).await
    }

    async fn beat(&self, socket: &mut WebSocket) -> Result<(), Ending> {
        let now = self.app.engine().now();
        if now >= self.agent.caller.expires {
            return Err(Ending::SessionOver);
        }
        let position = self.follower.position();
        self.send(socket, &Frame::Heartbeat { position, now: now.0 }).await?;
        send(socket, Message::Ping(Vec::new().into())).await
    }

    async fn send(&self, socket: &mut WebSocket, frame: &Frame<'_>) -> Result<(), Ending> {
        let text = serde_json::to_string(frame).expect("frames hold only what JSON can hold");
        send(socket, Message::Text(text.into())).await
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

/// A client that does not read is dropped: what it holds back is needed by others.
async fn send(socket: &mut WebSocket, message: Message) -> Result<(), Ending> {
    match timeout(SEND_TIME, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Ending::Gone),
    }
}
