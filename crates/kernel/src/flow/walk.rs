//! The walker: what a node does on arrival, on keys, and when its time has passed.

use alloc::{borrow::Cow, string::String, vec, vec::Vec};

use model::{
    QueueId, ScheduleId, Text, Timestamp,
    config::Schedule,
    flow::{Node, NodeId, NodeKind, QueueTest, Split, Switch, TestQueue},
    variable::{DataType, VariableName, value_fits},
};

use super::{
    condition::{self, NOT_IVR_ENABLED},
    hours, template,
};

mod ask;
use ask::{
    Answer, ask_api, ask_digits, ask_digits_again, ask_menu, ask_menu_again, ask_to_speak,
    is_answer, read_digits, take_digits,
};
pub use ask::{queue_options, recorded, recording_ms};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// No such variable.
    Missing,
    /// There is one, but scripts may not test it (`ivr` is false): it counts as missing.
    NotIvrEnabled,
    /// There is one.
    Value {
        /// Its value.
        text: Cow<'a, str>,
        /// How the value is meant.
        kind: DataType,
        /// It may be tested but never be spoken or shown.
        private: bool,
    },
}

/// What a flow can see of the world it runs in.
pub trait Scope {
    /// A variable by its whole name: `_custom` or `$system`.
    fn variable(&self, name: &str) -> Lookup<'_>;
    /// Decides Split together with the node's id; the same for a whole run.
    fn seed(&self) -> u64;
    /// Opening hours; `None` when there are none of this id.
    fn schedule(&self, id: ScheduleId) -> Option<&Schedule>;
    /// Whether this holds for the queue now; `None` when there is no such queue.
    fn queue_test(&self, queue: QueueId, test: QueueTest) -> Option<bool>;
}

/// What the driver has to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Leave the node; always the last move.
    Pass {
        /// By this exit.
        exit: Text,
        /// What the trace says beside it; never a value.
        note: Option<Text>,
    },
    /// Set a custom variable: later tests can read it whatever its `ivr` was before; its other
    /// properties stay.
    Assign {
        /// The name, a valid one.
        variable: Text,
        /// The new value, which keeps the contract's bound.
        value: Text,
        /// The value comes from a private source, so the variable is private from now on. When
        /// false, it stays what it was.
        private: bool,
    },
    /// Speak to the customer; private values are left out of the text already.
    Say(Text),
    /// Stop until keys come or the time has passed; always the last move.
    Await {
        /// The keys that are answers; empty when only time is awaited.
        keys: Text,
        /// When the waiting ends.
        until: Timestamp,
    },
    /// Ask another system, and stop until it has answered or the time has passed; always the only move.
    Ask(Question),
    /// The driver performs the node itself; always the only move.
    Act,
}

/// What another system is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Where; no private value is in it.
    pub url: Text,
    /// Headers by name; private values may be in them.
    pub headers: Vec<(Text, Text)>,
    /// When the waiting ends.
    pub until: Timestamp,
}

/// How far the asking has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// How often asked so far: 1 after the first asking.
    pub tries: u8,
    /// Keys since the last asking.
    pub digits: &'a str,
}

/// Arrival at a node.
///
/// A reference that is gone, or a value that cannot be had, leaves by `error` with a note.
#[must_use]
pub fn enter(id: &NodeId, node: &Node, scope: &dyn Scope, now: Timestamp) -> Vec<Move> {
    match &node.kind {
        NodeKind::TestVariable(test) => {
            let verdict = condition::evaluate(test, scope);
            vec![pass(verdict.outcome.exit(), verdict.note)]
        }
        NodeKind::Switch(switch) => vec![choose_case(switch, scope)],
        NodeKind::Split(split) => vec![choose_share(split, scope.seed(), id)],
        NodeKind::Schedule { schedule } => vec![match scope.schedule(*schedule) {
            None => pass("error", Some("unknown-schedule")),
            Some(schedule) => hours::exit_at(schedule, now)
                .map_or_else(|fault| pass("error", Some(fault)), |exit| pass(exit, None)),
        }],
        NodeKind::TestQueue(test) => vec![test_queue(test, scope)],
        NodeKind::SetVariable { variable, value } => set_variable(variable, value, scope),
        NodeKind::GetFromApi(get) => vec![ask_api(get, scope, now)],
        NodeKind::Wait { ms } => vec![Move::Await { keys: "".into(), until: now.plus(*ms) }],
        NodeKind::Say { text } => vec![say(text, scope), pass("next", None)],
        NodeKind::Menu(menu) => ask_menu(menu, scope, now),
        NodeKind::CollectDigits(collect) => ask_digits(collect, scope, now),
        NodeKind::Record(record) => ask_to_speak(&record.text, record.max_ms, scope, now),
        NodeKind::Voicemail(to) => ask_to_speak(&to.text, to.max_ms, scope, now),
        NodeKind::SetPriority { .. }
        | NodeKind::RequireSkill { .. }
        | NodeKind::DropSkill { .. }
        | NodeKind::ToQueue(_)
        | NodeKind::ToAgent { .. }
        | NodeKind::ToNumber(_)
        | NodeKind::ToExternalIvr(_)
        | NodeKind::Callback(_)
        | NodeKind::ToScript { .. }
        | NodeKind::Disconnect => vec![Move::Act],
    }
}

/// Keys came; they are in `progress.digits` already.
///
/// A menu takes the first key. Collect Digits takes digits up to its most, or up to `#`. Whatever
/// follows in the same breath is dropped: nobody can answer a question that was not heard yet. A key
/// that is no answer, and `#` too early, count as `noMatch`.
#[must_use]
pub fn pressed(
    node: &Node,
    progress: Progress<'_>,
    scope: &dyn Scope,
    now: Timestamp,
) -> Vec<Move> {
    match &node.kind {
        NodeKind::Menu(menu) => {
            let Some(key) = progress.digits.chars().next() else {
                return Vec::new();
            };
            if menu.keys.contains(key) {
                let mut exit = [0; 4];
                return vec![pass(key.encode_utf8(&mut exit), None)];
            }
            ask_menu_again(menu, progress.tries, "noMatch", scope, now)
        }
        NodeKind::CollectDigits(collect) => match read_digits(collect, progress.digits) {
            Answer::Unfinished => Vec::new(),
            Answer::Complete(digits) => take_digits(collect, digits),
            Answer::Wrong => ask_digits_again(collect, progress.tries, "noMatch", scope, now),
        },
        NodeKind::TestVariable(_)
        | NodeKind::Switch(_)
        | NodeKind::Split(_)
        | NodeKind::Schedule { .. }
        | NodeKind::TestQueue(_)
        | NodeKind::GetFromApi(_)
        | NodeKind::SetVariable { .. }
        | NodeKind::Wait { .. }
        | NodeKind::Record(_)
        | NodeKind::Voicemail(_)
        | NodeKind::Say { .. }
        | NodeKind::SetPriority { .. }
        | NodeKind::RequireSkill { .. }
        | NodeKind::DropSkill { .. }
        | NodeKind::ToQueue(_)
        | NodeKind::ToAgent { .. }
        | NodeKind::ToNumber(_)
        | NodeKind::ToExternalIvr(_)
        | NodeKind::Callback(_)
        | NodeKind::ToScript { .. }
        | NodeKind::Disconnect => Vec::new(),
    }
}

/// The awaited time has passed.
///
/// Collect Digits then takes what is there when it is enough; too few digits are `noMatch`, none at
/// all `noInput`.
#[must_use]
pub fn expired(
    node: &Node,
    progress: Progress<'_>,
    scope: &dyn Scope,
    now: Timestamp,
) -> Vec<Move> {
    match &node.kind {
        NodeKind::Wait { .. } => vec![pass("next", None)],
        NodeKind::Record(_) | NodeKind::Voicemail(_) => vec![pass("noInput", None)],
        NodeKind::GetFromApi(_) => vec![pass("timeout", None)],
        NodeKind::Menu(menu) => ask_menu_again(menu, progress.tries, "noInput", scope, now),
        NodeKind::CollectDigits(collect) => {
            let digits = progress.digits;
            if digits.is_empty() {
                return ask_digits_again(collect, progress.tries, "noInput", scope, now);
            }
            if is_answer(collect, digits) {
                return take_digits(collect, digits);
            }
            ask_digits_again(collect, progress.tries, "noMatch", scope, now)
        }
        NodeKind::TestVariable(_)
        | NodeKind::Switch(_)
        | NodeKind::Split(_)
        | NodeKind::Schedule { .. }
        | NodeKind::TestQueue(_)
        | NodeKind::SetVariable { .. }
        | NodeKind::Say { .. }
        | NodeKind::SetPriority { .. }
        | NodeKind::RequireSkill { .. }
        | NodeKind::DropSkill { .. }
        | NodeKind::ToQueue(_)
        | NodeKind::ToAgent { .. }
        | NodeKind::ToNumber(_)
        | NodeKind::ToExternalIvr(_)
        | NodeKind::Callback(_)
        | NodeKind::ToScript { .. }
        | NodeKind::Disconnect => Vec::new(),
    }
}

/// Where an exit leads; `None` is the flow's end.
///
/// Test Variable's unwired `missing` and `notComparable` fold into `false`. Any other unwired exit
/// leads where `error` does, if that is wired.
#[must_use]
pub fn follow<'f>(node: &'f Node, exit: &str) -> Option<&'f NodeId> {
    let folds = matches!(node.kind, NodeKind::TestVariable(_))
        && matches!(exit, "missing" | "notComparable");
    let folded = if folds { node.exits.get("false") } else { None };
    node.exits.get(exit).or(folded).or_else(|| node.exits.get("error"))
}

/// Whether keys pressed at this node are a private value.
#[must_use]
pub fn wants_private_digits(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::CollectDigits(collect) if collect.privacy)
}

fn pass(exit: &str, note: Option<&str>) -> Move {
    Move::Pass { exit: exit.into(), note: note.map(Into::into) }
}

fn say(text: &str, scope: &dyn Scope) -> Move {
    Move::Say(template::speak(text, scope).into())
}

fn choose_case(switch: &Switch, scope: &dyn Scope) -> Move {
    let (left, kind) = match scope.variable(&switch.variable) {
        Lookup::Missing => return pass("default", Some("missing")),
        Lookup::NotIvrEnabled => return pass("default", Some(NOT_IVR_ENABLED)),
        Lookup::Value { text, kind, private: _ } => (text, kind),
    };
    let mut incomparable = false;
    for case in &switch.cases {
        match condition::equal(&left, &case.value, kind.into(), false) {
            Some(true) => return pass(&case.exit, None),
            Some(false) => {}
            None => incomparable = true,
        }
    }
    pass("default", incomparable.then_some("not-comparable"))
}

/// The same run and node always come to the same share, so that a replay, and a loop, do too.
fn choose_share(split: &Split, seed: u64, id: &NodeId) -> Move {
    let total: u64 = split.shares.iter().map(|share| u64::from(share.percent)).sum();
    let Some(mut point) = hash(seed, id).checked_rem(total) else {
        return pass("error", Some("no-shares"));
    };
    for share in &split.shares {
        match point.checked_sub(u64::from(share.percent)) {
            None => return pass(&share.exit, None),
            Some(rest) => point = rest,
        }
    }
    pass("error", Some("no-shares"))
}

/// FNV-1a over the seed and the node, its bits then mixed (the low ones alone are too regular).
fn hash(seed: u64, id: &NodeId) -> u64 {
    let bytes = seed.to_le_bytes().into_iter().chain(id.bytes());
    let fnv = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (fnv ^ (fnv >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

fn test_queue(test: &TestQueue, scope: &dyn Scope) -> Move {
    for condition in &test.conditions {
        match scope.queue_test(test.queue, condition.when) {
            Some(true) => return pass(&condition.exit, None),
            Some(false) => {}
            None => return pass("error", Some("unknown-queue")),
        }
    }
    pass("none", None)
}

fn set_variable(variable: &Text, value: &str, scope: &dyn Scope) -> Vec<Move> {
    let filled = template::fill(value, scope);
    if !value_fits(&filled.text) {
        return vec![pass("error", Some("value-too-long"))];
    }
    assign(variable, filled.text, filled.private)
}

fn assign(variable: &Text, value: String, private: bool) -> Vec<Move> {
    if VariableName::parse(variable).is_err() {
        return vec![pass("error", Some("bad-variable-name"))];
    }
    let set = Move::Assign { variable: variable.clone(), value: value.into(), private };
    vec![set, pass("next", None)]
}
