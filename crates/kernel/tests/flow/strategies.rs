//! Flows, conditions and values of any kind, for properties.

use kernel::flow::exits;
use model::{
    QueueId, ScheduleId, ScriptId, SkillId, Timestamp,
    flow::{
        ApiField, ApiHeader, Callback, Case, CollectDigits, CompareAs, Condition, Flow, GetFromApi,
        Given, Menu, NamedAgent, NamedNumber, Node, NodeKind, Operand, Operator, QueueCondition,
        QueueOption, QueueTest, Record, Share, Split, Switch, Test, TestQueue, ToNumber, ToQueue,
        Voicemail,
    },
    variable::{DataType, Variable},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::world::{test_node, typed};

pub(crate) const OPERATORS: [Operator; 13] = [
    Operator::Equals,
    Operator::LessThan,
    Operator::GreaterThan,
    Operator::IsEmpty,
    Operator::IsNotEmpty,
    Operator::NotEquals,
    Operator::AtMost,
    Operator::AtLeast,
    Operator::Between,
    Operator::In,
    Operator::Contains,
    Operator::StartsWith,
    Operator::EndsWith,
];

pub(crate) const COMPARE_AS: [CompareAs; 5] =
    [CompareAs::Text, CompareAs::Number, CompareAs::Currency, CompareAs::Date, CompareAs::Boolean];

pub(crate) const TYPES: [DataType; 6] = [
    DataType::Text,
    DataType::Number,
    DataType::Phone,
    DataType::Date,
    DataType::Time,
    DataType::Currency,
];

/// Texts that are numbers, amounts, dates, nearly so, or anything at all.
pub(crate) fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        number(),
        "[$€+-]{0,2}[0-9]{1,3}(,[0-9]{3}){0,2}(\\.[0-9]{0,3})?( ?(USD|\\$))?",
        "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}",
        "[-+0-9eE.,$€ ]{0,8}",
        "[Tt][Rr][Uu][Ee]|false|NaN|Infinity|1e400||VIP",
        any::<String>(),
    ]
}

pub(crate) fn number() -> impl Strategy<Value = String> {
    "[+-]?0{0,2}[0-9]{1,30}(\\.[0-9]{1,20}0{0,2})?"
}

pub(crate) fn variables() -> impl Strategy<Value = Vec<Variable>> {
    let one = (
        select(vec!["_a", "_b", "_c"]),
        value(),
        select(TYPES.to_vec()),
        option::of(any::<bool>()),
    );
    let one =
        one.prop_map(|(name, value, kind, ivr)| Variable { ivr, ..typed(name, &value, kind) });
    vec(one, 0..3)
}

pub(crate) fn name() -> impl Strategy<Value = String> {
    prop_oneof![select(vec!["_a", "_b", "_c", "$d", ""]).prop_map(String::from), any::<String>()]
}

pub(crate) fn condition() -> impl Strategy<Value = Condition> {
    let operand = prop_oneof![
        value().prop_map(|text| Operand::Text(text.into())),
        name().prop_map(|name| Operand::Variable(name.into())),
    ];
    let compare_as = option::of(select(COMPARE_AS.to_vec()));
    let test = (name(), select(OPERATORS.to_vec()), vec(operand, 0..3), compare_as, any::<bool>())
        .prop_map(|(variable, operator, right, compare_as, ignore_case)| {
            let variable = variable.into();
            Condition::Test(Test { variable, operator, right, compare_as, ignore_case })
        });
    test.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Condition::All),
            vec(inner, 0..4).prop_map(Condition::Any),
        ]
    })
}

pub(crate) fn text() -> impl Strategy<Value = model::Text> {
    prop_oneof![
        select(vec!["{_a}{_b}", "Hi {_c}", "{{_a}}", "{", "}{_a"]).prop_map(String::from),
        any::<String>()
    ]
    .prop_map(Into::into)
}

/// Few enough exits and targets that they meet.
pub(crate) fn exit() -> impl Strategy<Value = model::Text> {
    select(vec!["next", "x", "true", "false", "1", "open", "closed", "none", "error", "timeout"])
        .prop_map(Into::into)
}

pub(crate) fn kind() -> impl Strategy<Value = NodeKind> {
    let case = (value(), exit()).prop_map(|(value, exit)| Case { value: value.into(), exit });
    let share = (any::<u8>(), exit()).prop_map(|(percent, exit)| Share { percent, exit });
    let when = prop_oneof![
        Just(QueueTest::NoAgentAvailable),
        Just(QueueTest::NoAgentLoggedIn),
        any::<u32>().prop_map(QueueTest::MoreWaitingThan),
        any::<u64>().prop_map(QueueTest::LongestWaitOver),
        any::<u64>().prop_map(QueueTest::ExpectedWaitOver),
    ];
    let when = (when, exit()).prop_map(|(when, exit)| QueueCondition { when, exit });
    let menu = (text(), "[0-9*#x]{0,4}", any::<u64>(), any::<u8>(), option::of(text())).prop_map(
        |(text, keys, timeout_ms, tries, again)| {
            NodeKind::Menu(Menu { text, keys: keys.into(), timeout_ms, tries, again })
        },
    );
    let digits = (text(), name(), any::<bool>(), any::<(u8, u8, u64, u8)>()).prop_map(
        |(text, variable, privacy, (min, max, timeout_ms, tries))| {
            let variable = variable.into();
            NodeKind::CollectDigits(CollectDigits {
                text,
                variable,
                privacy,
                min,
                max,
                timeout_ms,
                tries,
            })
        },
    );
    prop_oneof![
        condition().prop_map(NodeKind::TestVariable),
        (name(), vec(case, 0..3)).prop_map(|(variable, cases)| {
            NodeKind::Switch(Switch { variable: variable.into(), cases })
        }),
        vec(share, 0..3).prop_map(|shares| NodeKind::Split(Split { shares })),
        Just(NodeKind::Schedule { schedule: ScheduleId(1) }),
        vec(when, 0..3).prop_map(|conditions| {
            NodeKind::TestQueue(TestQueue { queue: QueueId(1), conditions })
        }),
        (name(), text()).prop_map(|(variable, value)| {
            NodeKind::SetVariable { variable: variable.into(), value }
        }),
        any::<u64>().prop_map(|ms| NodeKind::Wait { ms }),
        (text(), text(), any::<u64>(), name()).prop_map(|(url, value, timeout_ms, name)| {
            let headers = Vec::from([ApiHeader { name: "x".into(), value }]);
            let answers = Vec::from([ApiField { field: "a".into(), variable: name.into() }]);
            NodeKind::GetFromApi(GetFromApi { url, headers, timeout_ms, answers })
        }),
        text().prop_map(|text| NodeKind::Say { text }),
        menu,
        digits,
        Just(NodeKind::SetPriority { priority: 1 }),
        Just(NodeKind::DropSkill { skill: SkillId(1) }),
        on_the_way(),
        (text(), any::<u64>(), name()).prop_map(|(text, max_ms, name)| {
            NodeKind::Record(Record { text, max_ms, variable: name.into() })
        }),
        (text(), any::<u64>()).prop_map(|(text, max_ms)| {
            NodeKind::Voicemail(Voicemail { text, max_ms, queue: QueueId(1) })
        }),
        Just(NodeKind::ToScript { script: ScriptId(1) }),
        Just(NodeKind::Disconnect),
    ]
}

/// Nodes on the way to somebody who talks to the customer.
pub(crate) fn on_the_way() -> impl Strategy<Value = NodeKind> {
    let choice =
        ("[0-9*#x]{0,2}", text(), any::<u64>(), exit()).prop_map(|(key, text, after_ms, exit)| {
            QueueOption { key: key.into(), text, after_ms, exit }
        });
    let queue = (option::of(any::<u64>()), any::<bool>(), any::<bool>(), vec(choice, 0..3))
        .prop_map(|(timeout_ms, leave_when_unstaffed, announce_wait, options)| {
            NodeKind::ToQueue(ToQueue {
                queue: QueueId(1),
                timeout_ms,
                announce_ms: None,
                preferred: None,
                leave_when_unstaffed,
                announce_wait,
                options,
            })
        });
    prop_oneof![
        queue,
        name().prop_map(|name| NodeKind::ToAgent { agent: NamedAgent::Variable(name.into()) }),
        (name(), any::<u64>()).prop_map(|(name, timeout_ms)| {
            NodeKind::ToNumber(ToNumber { number: NamedNumber::Variable(name.into()), timeout_ms })
        }),
        (name(), any::<u64>()).prop_map(|(name, timeout_ms)| {
            let number = NamedNumber::Variable(name.into());
            NodeKind::ToExternalIvr(ToNumber { number, timeout_ms })
        }),
        option::of(name()).prop_map(|name| {
            let number = name.map(|name| NamedNumber::Variable(name.into()));
            NodeKind::Callback(Callback { queue: QueueId(1), number })
        }),
    ]
}

pub(crate) fn flow() -> impl Strategy<Value = Flow> {
    let id = || select(vec!["a", "b", "c", "d", "gone"]);
    let exits = proptest::collection::btree_map(exit(), id().prop_map(Into::into), 0..6);
    let node = (kind(), exits).prop_map(|(kind, exits)| Node { label: "n".into(), kind, exits });
    let nodes = proptest::collection::btree_map(id().prop_map(Into::into), node, 0..5);
    (id(), nodes).prop_map(|(start, nodes)| Flow { start: start.into(), nodes, tests: vec![] })
}

pub(crate) fn given() -> impl Strategy<Value = Given> {
    let digits = vec("[0-9*#]{0,12}".prop_map(Into::into), 0..6);
    (any::<u64>(), any::<u64>(), variables(), digits, vec(exit(), 0..3)).prop_map(
        |(at, seed, variables, digits, exits)| Given {
            at: Timestamp(at),
            seed,
            variables,
            digits,
            queue_exits: exits.clone(),
            call_exits: exits,
            recordings: vec![seed % 3_000; 3],
            ..Given::default()
        },
    )
}

/// Flows whose nodes are faultless, wired at random.
pub(crate) fn sound_flow() -> impl Strategy<Value = Flow> {
    let share = |exit: &str| Share { percent: 50, exit: exit.into() };
    let kind = select(vec![
        test_node("_a", Operator::Equals, &["1"]),
        NodeKind::Split(Split { shares: vec![share("a"), share("b")] }),
        NodeKind::SetVariable { variable: "_a".into(), value: "1".into() },
        NodeKind::Say { text: "Hi".into() },
        NodeKind::Wait { ms: 1 },
        NodeKind::Menu(Menu {
            text: "1?".into(),
            keys: "1".into(),
            timeout_ms: 1,
            tries: 2,
            again: None,
        }),
        NodeKind::ToQueue(ToQueue {
            queue: QueueId(1),
            timeout_ms: Some(1),
            announce_ms: None,
            preferred: None,
            leave_when_unstaffed: false,
            announce_wait: false,
            options: Vec::new(),
        }),
        NodeKind::ToNumber(ToNumber {
            number: NamedNumber::Number("5551234".into()),
            timeout_ms: 1,
        }),
        NodeKind::Disconnect,
    ]);
    let targets = vec(option::weighted(0.8, 0_usize..8), 4);
    vec((kind, targets), 1..8).prop_map(|nodes| {
        let count = nodes.len();
        let id = |i: usize| model::Text::from(format!("n{i}"));
        let wire = |(kind, targets): (NodeKind, Vec<Option<usize>>)| {
            let wired = exits(&kind).into_iter().zip(targets);
            let exits = wired.filter_map(|(exit, to)| Some((exit, id(to? % count)))).collect();
            Node { label: "n".into(), kind, exits }
        };
        let nodes = nodes.into_iter().map(wire).enumerate();
        let nodes = nodes.map(|(i, node)| (id(i), node)).collect();
        Flow { start: id(0), nodes, tests: vec![] }
    })
}
