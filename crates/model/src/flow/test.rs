//! Trial runs of a flow, kept with it: given this, expect that; no telephony.

use alloc::{collections::BTreeMap, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    QueueId, ScriptId, Text, Timestamp,
    flow::{NodeId, QueueTest},
    time::Millis,
    variable::Variable,
};

/// A trial run and what must come of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowTest {
    /// Words for people.
    pub name: Text,
    /// The world it runs in.
    #[serde(default)]
    pub given: Given,
    /// What must come of it.
    pub expect: Expected,
}

/// The world a trial run sees.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Given {
    /// When it begins. Time then moves only by waiting.
    pub at: Timestamp,
    /// Decides Split.
    pub seed: u64,
    /// Custom variables.
    pub variables: Vec<Variable>,
    /// System variables by their names, `$` included.
    pub system: BTreeMap<Text, Text>,
    /// The keys pressed at each asking in turn. An empty text lets the time pass, and so does every
    /// asking after the last.
    pub digits: Vec<Text>,
    /// How long what is said at each recording in turn is, in milliseconds. 0 is silence, and so is every
    /// recording after the last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recordings: Vec<Millis>,
    /// What each Get from API in turn is answered. After the last, nobody answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub api_answers: Vec<GivenAnswer>,
    /// Queues that are not quiet. All others are staffed, with an agent free and nobody waiting.
    pub queues: BTreeMap<QueueId, QueueFacts>,
    /// The exit by which each To Queue in turn is left, such as `timeout` or an option's. After the
    /// last, the run ends in the queue.
    pub queue_exits: Vec<Text>,
    /// The exit by which each To Agent and To Number that finds somebody to ring is left in turn, such
    /// as `busy`. After the last, the agent takes the customer or the number answers, and the run ends.
    pub call_exits: Vec<Text>,
}

/// How a Get from API is left in a trial run, and what it has set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GivenAnswer {
    /// By this exit: `ok` or `error`.
    pub exit: Text,
    /// Values by their variables.
    #[serde(default)]
    pub values: BTreeMap<Text, Text>,
}

/// What Test Queue finds in a trial run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct QueueFacts {
    /// No agent who could serve has a place free.
    pub no_agent_available: bool,
    /// No agent who could serve is logged in, which implies that none is available.
    pub no_agent_logged_in: bool,
    /// How many wait.
    pub waiting: u32,
    /// How long the first has waited, in milliseconds.
    pub longest_wait_ms: Millis,
    /// How long whoever comes now is expected to wait, in milliseconds; `None` when that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_wait_ms: Option<Millis>,
}

impl QueueFacts {
    /// Whether a condition holds.
    #[must_use]
    pub fn holds(self, test: QueueTest) -> bool {
        match test {
            QueueTest::NoAgentAvailable => self.no_agent_available || self.no_agent_logged_in,
            QueueTest::NoAgentLoggedIn => self.no_agent_logged_in,
            QueueTest::MoreWaitingThan(count) => self.waiting > count,
            QueueTest::LongestWaitOver(ms) => self.longest_wait_ms > ms,
            QueueTest::ExpectedWaitOver(ms) => self.expected_wait_ms.is_some_and(|wait| wait > ms),
        }
    }
}

/// What must come of a trial run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Expected {
    /// Nodes that must be left by these exits, in this order; others may lie between.
    pub through: Vec<Passage>,
    /// How the run must end; `None` when any end will do.
    pub end: Option<FlowEnd>,
}

/// A node and the exit by which it is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Passage {
    /// The node.
    pub node: NodeId,
    /// Its exit.
    pub exit: Text,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FlowEnd {
    /// Waiting for an agent in this queue.
    Queue(QueueId),
    /// With the agent whom the script asked by name.
    Agent,
    /// Connected to the number that the script rang.
    Number,
    /// In another script.
    Script(ScriptId),
    /// At a Disconnect node.
    Disconnect,
    /// By an exit that leads nowhere, which disconnects the customer.
    RanOff,
    /// It passed more nodes than a run may: a loop without an end.
    Endless,
    /// It came to a node that does not exist.
    NoSuchNode,
}

/// What a trial run did. Values of private variables are never in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowRun {
    /// The nodes, in order.
    pub steps: Vec<FlowStep>,
    /// How it ended.
    pub end: FlowEnd,
}

/// One node of a trial run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowStep {
    /// The node.
    pub node: NodeId,
    /// The exit; `None` when the run ended at the node.
    pub exit: Option<Text>,
    /// What the trace says beside it (`not-ivr-enabled`); never a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// What the customer heard here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Text>,
    /// What was assigned here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assigned: Vec<Assigned>,
}

/// A variable that got a value in a trial run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assigned {
    /// The variable.
    pub variable: Text,
    /// Its value; `None` when it is private.
    pub value: Option<Text>,
}

/// How a trial run compares with what was expected of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowReport {
    /// The test.
    pub name: Text,
    /// What came out otherwise, for people; empty when the test passed.
    pub faults: Vec<Text>,
    /// What the run did.
    pub run: FlowRun,
}
