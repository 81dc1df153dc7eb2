//! Flows: directed graphs of typed nodes with named exits. IVR scripts are the first kind; bots and
//! journeys will be others, walked by the same interpreter.

mod finding;
mod test;

pub use finding::{Finding, Fix, Severity};
pub use test::{
    Assigned, Expected, FlowEnd, FlowReport, FlowRun, FlowStep, FlowTest, Given, Passage,
    QueueFacts,
};

use alloc::{collections::BTreeMap, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    AgentId, QueueId, ScheduleId, ScriptId, SkillId, Text, time::Millis, variable::DataType,
};

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
    /// `timeout`, `atCapacity`, `noAgents`; an accepted interaction leaves the flow.
    ToQueue(ToQueue),
    /// `busy`, `noAnswer`, `invalid`; an accepted interaction leaves the flow.
    ToAgent {
        /// Whom to ask.
        agent: NamedAgent,
    },
    /// Connects the customer to a number outside: `done` when that hangs up, `busy`, `noAnswer`,
    /// `invalid`.
    ToNumber(ToNumber),
    /// Goes on at the start of another script; `error` when that script is gone.
    ToScript {
        /// The script.
        script: ScriptId,
    },
    /// No exits: the customer is disconnected.
    Disconnect,
}

/// A test with three-valued outcome: true, false, or not to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Condition {
    /// One comparison.
    Test(Test),
    /// True when all are true.
    All(Vec<Self>),
    /// True when any is true.
    Any(Vec<Self>),
}

/// One comparison of a variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Test {
    /// The variable: `_custom`, or `$system`.
    pub variable: Text,
    /// How to compare.
    pub operator: Operator,
    /// With what.
    #[serde(default)]
    pub right: Vec<Operand>,
    /// As what to compare equality; `None` takes the variable's own data type.
    #[serde(default)]
    pub compare_as: Option<CompareAs>,
    /// `VIP` equals `vip`.
    #[serde(default)]
    pub ignore_case: bool,
}

/// The right side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operand {
    /// A fixed text.
    Text(Text),
    /// Another variable.
    Variable(Text),
}

/// How Test Variable compares. The first four are the published ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operator {
    /// Equals one text, or one number when compared as numbers.
    Equals,
    /// Less than, as decimals or strict ISO dates; never in text order.
    LessThan,
    /// Greater than, likewise.
    GreaterThan,
    /// Unset or empty.
    IsEmpty,
    /// Set and not empty.
    IsNotEmpty,
    /// Not equal; a missing variable is missing, not unequal.
    NotEquals,
    /// Less or equal.
    AtMost,
    /// Greater or equal.
    AtLeast,
    /// From the first to the second operand, both included.
    Between,
    /// Equal to one of the operands.
    In,
    /// Contains the text.
    Contains,
    /// Starts with the text.
    StartsWith,
    /// Ends with the text.
    EndsWith,
}

/// As what two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CompareAs {
    /// Letter by letter.
    Text,
    /// As decimals.
    Number,
    /// As amounts: `$1,250.75` is 1250.75.
    Currency,
    /// As strict ISO dates.
    Date,
    /// `true` and `TRUE` are the same.
    Boolean,
}

impl From<DataType> for CompareAs {
    fn from(kind: DataType) -> Self {
        match kind {
            DataType::Text | DataType::Phone | DataType::Time => Self::Text,
            DataType::Number => Self::Number,
            DataType::Currency => Self::Currency,
            DataType::Date => Self::Date,
        }
    }
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
}

/// A question with one digit as its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Menu {
    /// The question.
    pub text: Text,
    /// The keys that are answers.
    pub keys: Text,
    /// How long to wait for a key.
    pub timeout_ms: Millis,
    /// How often to ask in all, 1 to 9.
    pub tries: u8,
    /// Said before asking again.
    #[serde(default)]
    pub again: Option<Text>,
}

/// A question with digits as its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectDigits {
    /// The question.
    pub text: Text,
    /// Where the digits go.
    pub variable: Text,
    /// The digits are sealed and never shown.
    #[serde(default)]
    pub privacy: bool,
    /// Fewest digits.
    pub min: u8,
    /// Most digits; the answer is complete with the last, or with `#`.
    pub max: u8,
    /// How long to wait for the answer.
    pub timeout_ms: Millis,
    /// How often to ask in all, 1 to 9.
    pub tries: u8,
}

/// The way to the agents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToQueue {
    /// The queue.
    pub queue: QueueId,
    /// Leave by `timeout` after so long; `None` waits for ever.
    #[serde(default)]
    pub timeout_ms: Option<Millis>,
    /// Say the position this often; `None` never.
    #[serde(default)]
    pub announce_ms: Option<Millis>,
    /// An agent to be asked first.
    #[serde(default)]
    pub preferred: Option<Preferred>,
    /// Leave by `noAgents` when nobody who could serve is logged in.
    #[serde(default)]
    pub leave_when_unstaffed: bool,
}

/// An agent to be asked first, and for how long the interaction waits for that agent alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preferred {
    /// Who.
    pub agent: NamedAgent,
    /// How long.
    pub hold_ms: Millis,
}

/// Where the id of an agent who is asked by name comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NamedAgent {
    /// Fixed.
    Agent(AgentId),
    /// A variable that holds an agent id.
    Variable(Text),
}

/// The way to a number outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToNumber {
    /// Which.
    pub number: NamedNumber,
    /// How long it rings before it counts as not answered.
    pub timeout_ms: Millis,
}

/// Where the telephone number that is rung comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NamedNumber {
    /// Fixed.
    Number(Text),
    /// A variable that holds a number and is not private: what is rung can be read in the log.
    Variable(Text),
}
