//! Questions: asked, asked again, answered.

use alloc::{string::ToString, vec, vec::Vec};

use model::{
    Timestamp,
    event::WaitOption,
    flow::{ApiHeader, CollectDigits, GetFromApi, Menu, Node, NodeKind, ToQueue},
    limits::URI_CHARS_MAX,
    time::Millis,
};

use super::{Move, Question, Scope, assign, pass, say};
use crate::flow::template;

/// What a customer who comes to a queue now may choose instead of waiting on, in the order in which it
/// is said.
#[must_use]
pub fn queue_options(to: &ToQueue, scope: &dyn Scope, now: Timestamp) -> Vec<WaitOption> {
    let option = |option: &model::flow::QueueOption| WaitOption {
        key: option.key.clone(),
        text: template::speak(&option.text, scope).into(),
        at: now.plus(option.after_ms),
        exit: option.exit.clone(),
    };
    let mut options: Vec<WaitOption> = to.options.iter().map(option).collect();
    options.sort_by_key(|option| option.at);
    options
}

/// Another system is asked nothing that would put a private value into an address.
pub(super) fn ask_api(get: &GetFromApi, scope: &dyn Scope, now: Timestamp) -> Move {
    let url = match template::fill_url(&get.url, scope) {
        Ok(url) => url.into(),
        Err(note) => return pass("error", Some(note)),
    };
    let header = |header: &ApiHeader| {
        let value = template::fill(&header.value, scope).text;
        let sendable = !value.chars().any(char::is_control) && value.len() <= URI_CHARS_MAX;
        sendable.then(|| (header.name.clone(), value.into()))
    };
    match get.headers.iter().map(header).collect() {
        Some(headers) => Move::Ask(Question { url, headers, until: now.plus(get.timeout_ms) }),
        None => pass("error", Some("bad-header")),
    }
}

pub(super) fn ask_menu(menu: &Menu, scope: &dyn Scope, now: Timestamp) -> Vec<Move> {
    let until = now.plus(menu.timeout_ms);
    vec![say(&menu.text, scope), Move::Await { keys: menu.keys.clone(), until }]
}

/// Asks again, or leaves by the exit that says what went wrong last.
pub(super) fn ask_menu_again(
    menu: &Menu,
    tries: u8,
    fault: &str,
    scope: &dyn Scope,
    now: Timestamp,
) -> Vec<Move> {
    if tries >= menu.tries {
        return vec![pass(fault, None)];
    }
    let mut moves: Vec<Move> = menu.again.iter().map(|text| say(text, scope)).collect();
    moves.extend(ask_menu(menu, scope, now));
    moves
}

pub(super) fn ask_digits(collect: &CollectDigits, scope: &dyn Scope, now: Timestamp) -> Vec<Move> {
    let until = now.plus(collect.timeout_ms);
    vec![say(&collect.text, scope), Move::Await { keys: "0123456789#".into(), until }]
}

pub(super) fn ask_digits_again(
    collect: &CollectDigits,
    tries: u8,
    fault: &str,
    scope: &dyn Scope,
    now: Timestamp,
) -> Vec<Move> {
    if tries >= collect.tries {
        return vec![pass(fault, None)];
    }
    ask_digits(collect, scope, now)
}

pub(super) fn ask_to_speak(
    text: &str,
    max_ms: Millis,
    scope: &dyn Scope,
    now: Timestamp,
) -> Vec<Move> {
    vec![say(text, scope), Move::Await { keys: "".into(), until: now.plus(max_ms) }]
}

/// How long at most what is recorded at this node may be; `None` when it records nothing.
#[must_use]
pub fn recording_ms(node: &Node) -> Option<Millis> {
    if let NodeKind::Record(record) = &node.kind {
        Some(record.max_ms)
    } else if let NodeKind::Voicemail(to) = &node.kind {
        Some(to.max_ms)
    } else {
        None
    }
}

/// The customer has said something of this length, which is kept.
#[must_use]
pub fn recorded(node: &Node, duration_ms: Millis) -> Vec<Move> {
    if let NodeKind::Record(record) = &node.kind {
        assign(&record.variable, duration_ms.div_ceil(1_000).to_string(), false)
    } else if matches!(node.kind, NodeKind::Voicemail(_)) {
        vec![Move::Act]
    } else {
        Vec::new()
    }
}

pub(super) fn take_digits(collect: &CollectDigits, digits: &str) -> Vec<Move> {
    assign(&collect.variable, digits.into(), collect.privacy)
}

/// What the keys so far amount to.
pub(super) enum Answer<'a> {
    Unfinished,
    Complete(&'a str),
    Wrong,
}

pub(super) fn read_digits<'a>(collect: &CollectDigits, keys: &'a str) -> Answer<'a> {
    let count = keys.bytes().take_while(u8::is_ascii_digit).count();
    let most = usize::from(collect.max);
    if count >= most {
        return Answer::Complete(&keys[..most]);
    }
    let (digits, rest) = keys.split_at(count);
    match rest.chars().next() {
        None => Answer::Unfinished,
        Some('#') if is_answer(collect, digits) => Answer::Complete(digits),
        Some(_) => Answer::Wrong,
    }
}

pub(super) fn is_answer(collect: &CollectDigits, digits: &str) -> bool {
    (usize::from(collect.min)..=usize::from(collect.max)).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}
