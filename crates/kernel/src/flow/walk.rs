//! The walker: what a node does on arrival, on keys, and when its time has passed.

use alloc::{borrow::Cow, vec::Vec};

use model::{
    QueueId, ScheduleId, Text, Timestamp,
    config::Schedule,
    flow::{Node, NodeId, NodeKind, QueueTest},
    variable::DataType,
};

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
    /// Set a variable, which later tests can read whatever its `ivr` was before.
    Assign {
        /// The name.
        variable: Text,
        /// The new value, at most 1,000 scalar values.
        value: Text,
        /// It came from a private source: the variable is private from now on.
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
    /// The driver performs the node itself; always the only move.
    Act,
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
#[must_use]
pub fn enter(id: &NodeId, node: &Node, scope: &dyn Scope, now: Timestamp) -> Vec<Move> {
    let _ = (id, node, scope, now);
    Vec::new()
}

/// Keys came; they are in `progress.digits` already.
#[must_use]
pub fn pressed(
    node: &Node,
    progress: Progress<'_>,
    scope: &dyn Scope,
    now: Timestamp,
) -> Vec<Move> {
    let _ = (node, progress, scope, now);
    Vec::new()
}

/// The awaited time has passed.
#[must_use]
pub fn expired(
    node: &Node,
    progress: Progress<'_>,
    scope: &dyn Scope,
    now: Timestamp,
) -> Vec<Move> {
    let _ = (node, progress, scope, now);
    Vec::new()
}

/// Where an exit leads; `None` is the flow's end.
///
/// Test Variable's unwired `missing` and `notComparable` fold into `false`. Any other unwired exit
/// leads where `error` does, if that is wired.
#[must_use]
pub fn follow<'f>(node: &'f Node, exit: &str) -> Option<&'f NodeId> {
    let folded = match (&node.kind, exit) {
        (NodeKind::TestVariable(_), "missing" | "notComparable") => node.exits.get("false"),
        _ => None,
    };
    node.exits.get(exit).or(folded).or_else(|| node.exits.get("error"))
}

/// Whether keys pressed at this node are a private value.
#[must_use]
pub fn wants_private_digits(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::CollectDigits(collect) if collect.privacy)
}
