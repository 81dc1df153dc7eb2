//! Flows: directed graphs of typed nodes with named exits. IVR scripts are the first kind; bots and
//! journeys will be others, walked by the same interpreter.

mod api;
mod ask;
mod condition;
mod finding;
mod route;
mod test;

pub use api::{ApiField, ApiHeader, GetFromApi};
pub use ask::{CollectDigits, Menu, Record, Voicemail};
pub use condition::{CompareAs, Condition, Operand, Operator, Test};
pub use finding::{Finding, Fix, Severity};
pub use route::{Callback, NamedAgent, NamedNumber, Preferred, QueueOption, ToNumber, ToQueue};
pub use test::{
    Assigned, Expected, FlowEnd, FlowReport, FlowRun, FlowStep, FlowTest, Given, GivenAnswer,
    Passage, QueueFacts,
};

use alloc::{collections::BTreeMap, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{QueueId, ScheduleId, ScriptId, SkillId, Text, time::Millis};

/// Identity of a node inside its flow.
pub type NodeId = Text;

/// A graph. `start` and every exit name nodes that exist: the linter sees to it before publication.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Flow {
    /// Where it begins.
    pub start: NodeId,
    /// The nodes.
    pub nodes: BTreeMap<NodeId, Node>,
    /// Trial runs that must come out as they say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<FlowTest>,
}

/// A step of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Words for people; at most 21 characters for export.
    pub label: Text,
    /// What it does.
    pub kind: NodeKind,
    /// Where its exits lead. Beside those of its kind every node has `error`. An exit that is
    /// absent leads where `error` does, and without that to the flow's end; before that, Test
    /// Variable's `missing` and `notComparable` fold into `false`.
    #[serde(default)]
    pub exits: BTreeMap<Text, NodeId>,
}

/// What a node does, with its parameters. The exits are listed with each kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NodeKind {
    /// `true`, `false`, `missing`, `notComparable`.
    TestVariable(Condition),
    /// One exit per case, `default`.
    Switch(Switch),
    /// One exit per share. Which one depends only on the run's seed and the node.
    Split(Split),
    /// `open`, `closed`, `exception1` to `exception6`.
    Schedule {
        /// The opening hours.
        schedule: ScheduleId,
    },
    /// One exit per condition in order, `none`.
    TestQueue(TestQueue),
    /// `next`.
    SetVariable {
        /// The variable; created when absent, usable by later tests.
        variable: Text,
        /// Its new value; `{_name}` inserts a variable.
        value: Text,
    },
    /// Asks another system: `ok`, `timeout`.
    GetFromApi(GetFromApi),
    /// `next`, after the time.
    Wait {
        /// How long.
        ms: Millis,
    },
    /// `next`.
    Say {
        /// What the customer hears; `{_name}` inserts a variable that is not private.
        text: Text,
    },
    /// One exit per key (`0` to `9`, `*`, `#`), `noInput`, `noMatch`.
    Menu(Menu),
    /// `next`, `noInput`, `noMatch`.
    CollectDigits(CollectDigits),
    /// `next`, `noInput`.
    Record(Record),
    /// `next`.
    SetPriority {
        /// 0 to 100.
        priority: u8,
    },
    /// `next`.
    RequireSkill {
        /// The skill.
        skill: SkillId,
        /// The lowest level that is enough.
        level: u8,
    },
    /// `next`.
    DropSkill {
        /// The skill that is no longer asked for.
        skill: SkillId,
    },
    /// One exit per option, `timeout`, `atCapacity`, `noAgents`; an accepted interaction leaves the
    /// flow.
    ToQueue(ToQueue),
    /// `busy`, `noAnswer`, `invalid`; an accepted interaction leaves the flow.
    ToAgent {
        /// Whom to ask.
        agent: NamedAgent,
    },
    /// Connects the customer to a number outside: `done` when that hangs up, `busy`, `noAnswer`,
    /// `invalid`.
    ToNumber(ToNumber),
    /// Connects the customer to an IVR outside, and goes on by `resume` when that gives the call back;
    /// `timeout` when it does not answer. Meanwhile it can set variables (Data Augmentation gateway).
    ToExternalIvr(ToNumber),
    /// Keeps the customer's place in a queue and has an agent call back: `done` at once. The script
    /// goes on with the customer, usually to say goodbye.
    Callback(Callback),
    /// Takes a message and has an agent call back about it: `done`, `noInput`. The script goes on with
    /// the customer.
    Voicemail(Voicemail),
    /// Goes on at the start of another script; `error` when that script is gone.
    ToScript {
        /// The script.
        script: ScriptId,
    },
    /// No exits: the customer is disconnected.
    Disconnect,
}

/// Many values of one variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Switch {
    /// The variable.
    pub variable: Text,
    /// The cases; the first that matches wins.
    pub cases: Vec<Case>,
}

/// One case of a switch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Case {
    /// The value, compared as Test Variable's `equals` does, by the variable's own data type.
    pub value: Text,
    /// The exit's name.
    pub exit: Text,
}

/// Shares of a hundred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Split {
    /// The shares; their sum is 100.
    pub shares: Vec<Share>,
}

/// One share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// Of a hundred.
    pub percent: u8,
    /// The exit's name.
    pub exit: Text,
}

/// Conditions of a queue, tried in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TestQueue {
    /// The queue.
    pub queue: QueueId,
    /// The conditions.
    pub conditions: Vec<QueueCondition>,
}

/// One condition and its exit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueueCondition {
    /// What must hold.
    pub when: QueueTest,
    /// The exit's name.
    pub exit: Text,
}

/// What can be asked of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum QueueTest {
    /// No agent who could serve this interaction has a place free.
    NoAgentAvailable,
    /// No agent who could serve this interaction is logged in.
    NoAgentLoggedIn,
    /// More than so many wait.
    MoreWaitingThan(u32),
    /// The first has waited longer than so many milliseconds.
    LongestWaitOver(Millis),
    /// Whoever comes now is expected to wait longer than so many milliseconds. False while the
    /// expected wait is not known.
    ExpectedWaitOver(Millis),
}
