//! What the telephone shows.

use std::{
    io::{self, IsTerminal},
    time::{SystemTime, UNIX_EPOCH},
};

use serde_json::{Value, json};

use super::carrier::{Awaiting, Call, Line, State};
use crate::terminal::say;

/// Shows what changes, as words or as one JSON object per line.
pub(super) struct Screen {
    json: bool,
}

impl Screen {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    pub(super) fn connected(&mut self, line: &Line, to: &str) {
        let (call, interaction) = (&line.call_id, &line.interaction_guid);
        self.tell(
            || format!("calling {to}; the interaction is {interaction}"),
            || json!({ "event": "connected", "callId": call, "interactionGuid": interaction }),
        );
        if !self.json && io::stdin().is_terminal() {
            say("(digits and Enter press keys; h and Enter, or Ctrl-C, hangs up)");
        }
    }

    /// Shows what is new in `call` since it was `heard` of last.
    pub(super) fn show(&mut self, heard: &Call, call: &Call) {
        for prompt in call.prompts.iter().skip(heard.prompts.len()) {
            self.tell(
                || format!("  \"{}\"", prompt.text),
                || json!({ "event": "prompt", "text": prompt.text, "at": prompt.at }),
            );
        }
        if let Some(awaiting) =
            call.awaiting.as_ref().filter(|new| heard.awaiting.as_ref() != Some(new))
        {
            self.asked(awaiting);
        }
        if call.state != heard.state || call.queue_position != heard.queue_position {
            self.moved(call);
        }
    }

    fn asked(&mut self, awaiting: &Awaiting) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let left = awaiting.deadline.map(|deadline| {
            let left = u128::from(deadline).saturating_sub(now).div_ceil(1000);
            format!(" ({left} s)")
        });
        let keys: Vec<String> = awaiting.keys.chars().map(String::from).collect();
        self.tell(
            || format!("  ? keys {}{}", keys.join(" "), left.unwrap_or_default()),
            || {
                let Awaiting { kind, keys, deadline } = awaiting;
                json!({ "event": "awaiting", "kind": kind, "keys": keys, "deadline": deadline })
            },
        );
    }

    fn moved(&mut self, call: &Call) {
        let queue = call.queue.as_ref().map_or("a queue", |queue| &queue.name);
        let agent = call.agent.as_ref().map_or("an agent", |agent| &agent.name);
        let position = call.queue_position.map_or_else(String::new, |n| format!(", position {n}"));
        let words = || match call.state {
            State::Script => "in the script".to_owned(),
            State::Queued => format!("waiting in {queue}{position}"),
            State::Ringing => format!("ringing at {agent}"),
            State::Dialling => "being connected to a number outside".to_owned(),
            State::Talking => format!("talking with {agent}"),
            State::Bridged => "talking with a number outside".to_owned(),
            State::Ended => {
                let by = call.ended_by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
                format!("the call is over{by}")
            }
        };
        self.tell(|| format!("* {}", words()), || moved_json(call));
    }

    /// Something for people only.
    pub(super) fn hint(&mut self, words: &str) {
        if !self.json {
            say(&format!("({words})"));
        }
    }

    fn tell(&mut self, words: impl FnOnce() -> String, value: impl FnOnce() -> Value) {
        if self.json {
            say(&value().to_string());
        } else {
            say(&words());
        }
    }
}

fn moved_json(call: &Call) -> Value {
    let state = match call.state {
        State::Script => "script",
        State::Queued => "queued",
        State::Ringing => "ringing",
        State::Dialling => "dialling",
        State::Talking => "talking",
        State::Bridged => "bridged",
        State::Ended => "ended",
    };
    json!({
        "event": "state",
        "state": state,
        "queue": call.queue.as_ref().map(|queue| &queue.name),
        "queuePosition": call.queue_position,
        "agent": call.agent.as_ref().map(|agent| &agent.name),
        "endedBy": call.ended_by,
    })
}
