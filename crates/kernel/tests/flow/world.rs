//! What the tests share: a world of variables, and short ways to write nodes.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use kernel::flow::{Lookup, Scope};
use model::{
    QueueId, ScheduleId,
    config::Schedule,
    flow::{Condition, Flow, Node, NodeKind, Operand, Operator, QueueFacts, QueueTest, Test},
    variable::{DataType, Variable, VariableName},
};

/// Variables, queues and opening hours for one walk.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) variables: Vec<Variable>,
    pub(crate) system: BTreeMap<String, String>,
    pub(crate) seed: u64,
    pub(crate) queues: BTreeMap<QueueId, QueueFacts>,
    pub(crate) schedules: BTreeMap<ScheduleId, Arc<Schedule>>,
}

impl World {
    pub(crate) fn with(variables: impl IntoIterator<Item = Variable>) -> Self {
        Self { variables: variables.into_iter().collect(), ..Self::default() }
    }
}

impl Scope for World {
    fn variable(&self, name: &str) -> Lookup<'_> {
        if let Some(text) = self.system.get(name) {
            return Lookup::Value {
                text: Cow::Borrowed(text),
                kind: DataType::Text,
                private: false,
            };
        }
        match self.variables.iter().find(|variable| variable.name.as_str() == name) {
            None => Lookup::Missing,
            Some(variable) if !variable.is_ivr() => Lookup::NotIvrEnabled,
            Some(variable) => Lookup::Value {
                text: Cow::Borrowed(&variable.value),
                kind: variable.kind(),
                private: variable.is_private(),
            },
        }
    }

    fn seed(&self) -> u64 {
        self.seed
    }

    fn schedule(&self, id: ScheduleId) -> Option<&Schedule> {
        self.schedules.get(&id).map(|schedule| &**schedule)
    }

    fn queue_test(&self, queue: QueueId, test: QueueTest) -> Option<bool> {
        self.queues.get(&queue).map(|facts| facts.holds(test))
    }
}

/// A variable that scripts may test.
pub(crate) fn variable(name: &str, value: &str) -> Variable {
    Variable {
        name: VariableName::parse(name).unwrap(),
        value: value.into(),
        ivr: Some(true),
        display: None,
        display_name: None,
        data_type: None,
        privacy: None,
    }
}

pub(crate) fn typed(name: &str, value: &str, kind: DataType) -> Variable {
    Variable { data_type: Some(kind), ..variable(name, value) }
}

pub(crate) fn private(name: &str, value: &str) -> Variable {
    Variable { privacy: Some(true), ..variable(name, value) }
}

pub(crate) fn test(name: &str, operator: Operator, right: &[&str]) -> Test {
    let operand = |text: &&str| match text.strip_prefix('=') {
        Some(name) => Operand::Variable(name.into()),
        None => Operand::Text((*text).into()),
    };
    Test {
        variable: name.into(),
        operator,
        right: right.iter().map(operand).collect(),
        compare_as: None,
        ignore_case: false,
    }
}

pub(crate) fn test_node(name: &str, operator: Operator, right: &[&str]) -> NodeKind {
    NodeKind::TestVariable(Condition::Test(test(name, operator, right)))
}

pub(crate) fn node(kind: NodeKind, exits: &[(&str, &str)]) -> Node {
    let exits = exits.iter().map(|(exit, to)| ((*exit).into(), (*to).into())).collect();
    Node { label: "".into(), kind, exits }
}

/// A flow that begins at its first node; labels are the ids.
pub(crate) fn flow(nodes: impl IntoIterator<Item = (&'static str, Node)>) -> Flow {
    let mut flow = Flow::default();
    for (id, node) in nodes {
        if flow.nodes.is_empty() {
            flow.start = id.into();
        }
        flow.nodes.insert(id.into(), Node { label: id.into(), ..node });
    }
    flow
}
