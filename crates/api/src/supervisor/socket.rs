//! The wallboard's socket: keeps a supervisor's screen in step with the log.
//!
//! Rows are made when the client can take them and are then the newest there are: a reader that is slow
//! gets fewer frames, not older ones, and nothing is kept for it but the rows it has.

use std::time::Duration;

use axum::{
    extract::ws::{Message, WebSocket, WebSocketUpgrade},
    response::Response,
};
use engine::{Batch, Follower};
use model::Event;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::{
    board,
    wire::{Frame, Wallboard},
};
use crate::{
    app::App,
    auth::Caller,
    error::Problem,
    socket::{self, Ending, FRAME_EVERY, HEARTBEAT, SILENCE_MAX, UNAVAILABLE_MAX},
};

pub(super) fn open(app: App, caller: Caller, upgrade: WebSocketUpgrade) -> Response {
    socket::bounded(upgrade).on_upgrade(move |socket| serve(app, caller, socket))
}

async fn serve(app: App, caller: Caller, mut socket: WebSocket) {
    let stop = app.options().stop.clone();
    let ending = tokio::select! {
        ending = run(&app, &caller, &mut socket) => ending,
        () = stop.thrown() => Ending::GoingDown,
    };
    socket::close(socket, ending).await;
}

/// Runs until something ends it.
async fn run(app: &App, caller: &Caller, socket: &mut WebSocket) -> Ending {
    match watch(app, caller, socket).await {
        Ok(never) => match never {},
        Err(ending) => ending,
    }
}

async fn watch(
    app: &App,
    caller: &Caller,
    socket: &mut WebSocket,
) -> Result<std::convert::Infallible, Ending> {
    let tenant = &caller.tenant;
    let position = app.engine().position(tenant).map_err(|_| Ending::SessionOver)?;
    let mut follower = app.engine().follow(tenant, position).map_err(|_| Ending::SessionOver)?;
    let mut screen = Screen { app, caller, shown: None };
    screen.show(socket).await?;
    let mut heartbeat = interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    heartbeat.reset();
    let (mut heard, mut sent) = (Instant::now(), Instant::now());
    let mut due: Option<Instant> = None;
    loop {
        let due_at = due.unwrap_or_else(Instant::now);
        tokio::select! {
            seen = next(&mut follower) => match seen? {
                Seen::Nothing => {}
                Seen::Rows => due = due.or(Some(sent + FRAME_EVERY)),
                Seen::Settings => {
                    screen.shown = None;
                    due = due.or(Some(sent + FRAME_EVERY));
                }
            },
            () = sleep_until(due_at), if due.is_some() => {
                screen.show(socket).await?;
                (due, sent) = (None, Instant::now());
            }
            _ = heartbeat.tick() => {
                if heard.elapsed() > SILENCE_MAX {
                    return Err(Ending::Gone);
                }
                // Some numbers change by the clock alone.
                screen.show(socket).await?;
                screen.beat(socket, &follower).await?;
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Ending::Gone),
                Some(Ok(_)) => heard = Instant::now(),
            },
        }
    }
}

/// What some records mean for the screen, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Nothing,
    /// Rows may have changed.
    Rows,
    /// There may be other rows.
    Settings,
}

async fn next(follower: &mut Follower) -> Result<Seen, Ending> {
    match follower.next_batch().await {
        Ok(batch) => Ok(seen(&batch)),
        Err(error) => Err(Ending::from(&error)),
    }
}

fn seen(batch: &Batch) -> Seen {
    let of = |event: &Event| match event {
        Event::Configured(_) => Seen::Settings,
        // These happen often, and no row tells of them.
        Event::KeyRemembered { .. }
        | Event::SessionOpened(_)
        | Event::NodeEntered { .. }
        | Event::NodePassed(_)
        | Event::PromptPlayed { .. }
        | Event::InputAwaited { .. }
        | Event::DigitsPressed { .. }
        | Event::VariablesSet { .. }
        | Event::PrioritySet { .. }
        | Event::SkillsRequired { .. }
        | Event::PositionAnnounced { .. }
        | Event::WrapUpDrafted { .. }
        | Event::MuteChanged { .. } => Seen::Nothing,
        _ => Seen::Rows,
    };
    batch.iter().map(|entry| of(entry.event)).max().unwrap_or(Seen::Nothing)
}

/// One supervisor's screen.
struct Screen<'a> {
    app: &'a App,
    caller: &'a Caller,
    /// What the client has; nothing when it is to get everything.
    shown: Option<Wallboard>,
}

impl Screen<'_> {
    /// Sends what is not as the client has it.
    async fn show(&mut self, socket: &mut WebSocket) -> Result<(), Ending> {
        let board = self.board().await?;
        let (position, now) = (board.position, board.now);
        match &self.shown {
            None => {
                let frame = Frame::Wallboard { position, now, wallboard: &board };
                socket::send_frame(socket, &frame).await?;
            }
            Some(shown) => {
                let queues = changed(&shown.queues, &board.queues);
                let agents = changed(&shown.agents, &board.agents);
                if !queues.is_empty() || !agents.is_empty() {
                    let frame = Frame::Changes { position, now, queues, agents };
                    socket::send_frame(socket, &frame).await?;
                }
            }
        }
        self.shown = Some(board);
        Ok(())
    }

    async fn board(&self) -> Result<Wallboard, Ending> {
        let until = Instant::now() + UNAVAILABLE_MAX;
        loop {
            match board::read(self.app, self.caller).await {
                Ok(board) => return Ok(board),
                Err(Problem::Unavailable { .. }) if Instant::now() > until => {
                    return Err(Ending::GoingDown);
                }
                Err(Problem::Unavailable { retry_ms }) => {
                    tokio::time::sleep(Duration::from_millis(retry_ms)).await;
                }
                Err(_) => return Err(Ending::SessionOver),
            }
        }
    }

    async fn beat(&self, socket: &mut WebSocket, follower: &Follower) -> Result<(), Ending> {
        let now = self.app.engine().now();
        if now >= self.caller.expires {
            return Err(Ending::SessionOver);
        }
        let shown = self.shown.as_ref().map_or(0, |shown| shown.position);
        let position = follower.position().max(shown);
        socket::send_frame(socket, &Frame::Heartbeat { position, now: now.0 }).await?;
        socket::ping(socket).await
    }
}

/// The rows that are not as they were. Both come from the same settings, in the same order.
fn changed<'n, R: PartialEq>(before: &[R], now: &'n [R]) -> Vec<&'n R> {
    let same = |(place, row): &(usize, &R)| before.get(*place) == Some(*row);
    now.iter().enumerate().filter(|row| !same(row)).map(|(_, row)| row).collect()
}
