//! One command, run until the rules are quiet.

use alloc::{collections::VecDeque, vec::Vec};

use model::{
    Command, Event, Rejection, Timestamp,
    command::Request,
    config::{Change, SettingKey},
    limits::{EVENTS_PER_TURN_MAX, IDEMPOTENCY_KEPT_MS, TIMERS_PER_WAKE_MAX},
};

use crate::{State, center};

/// A `Wake` handles no further timers once it has caused so many events.
const EVENTS_PER_WAKE: usize = 1_000;

/// The events of one command as they come to be.
#[derive(Debug)]
pub(crate) struct Turn<'s> {
    pub(crate) now: Timestamp,
    pub(crate) state: &'s mut State,
    /// Seen by every rule.
    settled: Vec<Event>,
    /// Applied, not yet seen.
    fresh: VecDeque<Event>,
}

impl Turn<'_> {
    /// The only way an event comes to be: applied and recorded in one step, so that whatever reacts
    /// next sees the true state.
    pub(crate) fn emit(&mut self, event: Event) {
        assert!(self.settled.len() + self.fresh.len() < EVENTS_PER_TURN_MAX, "a turn must settle");
        self.state.apply(&event, self.now);
        self.fresh.push_back(event);
    }

    /// Lets every rule see every event once, in order, until none causes another.
    fn settle(&mut self) {
        while let Some(event) = self.fresh.pop_front() {
            center::react(self, &event);
            self.settled.push(event);
        }
    }
}

/// Runs one command until the rules are quiet. Same state, request and `now`: same events, always.
/// A request whose key was seen within a day changes nothing and succeeds without events.
///
/// # Errors
/// The rules' refusal; the state is then as it was.
pub fn execute(
    state: &mut State,
    request: &Request,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    if request.key.as_ref().is_some_and(|key| state.remembers(key, now)) {
        return Ok(Vec::new());
    }
    let decided = center::decide(state, &request.command, now)?;
    let mut turn = Turn { now, state, settled: Vec::new(), fresh: VecDeque::new() };
    decided.into_iter().for_each(|event| turn.emit(event));
    if let Some(key) = &request.key {
        let (key, until) = (key.clone(), now.plus(IDEMPOTENCY_KEPT_MS));
        turn.emit(Event::KeyRemembered { key, until, made: made(&request.command) });
    }
    turn.settle();
    if matches!(request.command, Command::Wake) {
        for id in turn.state.due(now, TIMERS_PER_WAKE_MAX) {
            center::interaction::wake(&mut turn, id);
            turn.settle();
            if turn.settled.len() > EVENTS_PER_WAKE {
                break;
            }
        }
    }
    Ok(turn.settled)
}

/// The one setting that a request makes: whoever repeats it is told which.
fn made(command: &Command) -> Option<SettingKey> {
    let Command::Administer(administration) = command else { return None };
    match administration.changes.as_slice() {
        [Change { setting, expects: Some(0) }] => Some(setting.key()),
        _ => None,
    }
}
