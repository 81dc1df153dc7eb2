//! Trial runs: given this, expect that.

use std::collections::BTreeMap;

use kernel::flow::test::{check, run};
use model::{
    QueueId, ScheduleId, ScriptId, SkillId, Timestamp,
    config::{Hours, Schedule},
    flow::{
        Assigned, CollectDigits, Expected, Flow, FlowEnd, FlowTest, Given, Menu, NamedAgent,
        NamedNumber, NodeKind, Operator, Passage, QueueCondition, QueueFacts, QueueOption,
        QueueTest, TestQueue, ToNumber, ToQueue,
    },
    variable::Variable,
};

use super::world::{flow, node, private, test_node, variable};

/// VIPs go to the head of queue 101; others choose between giving a number and queue 102.
fn shop() -> Flow {
    let menu = Menu {
        text: "1 to give your number, 2 for an agent.".into(),
        keys: "12".into(),
        timeout_ms: 5_000,
        tries: 2,
        again: Some("Sorry.".into()),
    };
    let collect = CollectDigits {
        text: "Your PIN?".into(),
        variable: "_pin".into(),
        privacy: true,
        min: 4,
        max: 4,
        timeout_ms: 5_000,
        tries: 1,
    };
    let queue = |id| {
        NodeKind::ToQueue(ToQueue {
            queue: QueueId(id),
            timeout_ms: Some(60_000),
            announce_ms: None,
            preferred: None,
            leave_when_unstaffed: false,
            announce_wait: false,
            options: Vec::new(),
        })
    };
    let set = NodeKind::SetVariable { variable: "_copy".into(), value: "is {_pin}".into() };
    flow([
        (
            "vip",
            node(
                test_node("_tier", Operator::Equals, &["VIP"]),
                &[("true", "first"), ("false", "menu")],
            ),
        ),
        ("first", node(NodeKind::SetPriority { priority: 100 }, &[("next", "fast")])),
        ("fast", node(queue(101), &[("timeout", "hello")])),
        ("menu", node(NodeKind::Menu(menu), &[("1", "pin"), ("2", "slow")])),
        ("pin", node(NodeKind::CollectDigits(collect), &[("next", "copy"), ("error", "end")])),
        ("copy", node(set, &[("next", "hello")])),
        (
            "hello",
            node(NodeKind::Say { text: "Hi {_name}{_pin}{_copy}!".into() }, &[("next", "end")]),
        ),
        ("slow", node(queue(102), &[])),
        ("end", node(NodeKind::Disconnect, &[])),
    ])
}

fn path(flow: &Flow, given: &Given) -> (Vec<(String, Option<String>)>, FlowEnd) {
    let run = run(flow, given, &BTreeMap::new());
    let step = |step: &model::flow::FlowStep| {
        (step.node.to_string(), step.exit.as_ref().map(ToString::to_string))
    };
    (run.steps.iter().map(step).collect(), run.end)
}

fn steps(of: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
    let exit = |exit: &str| (!exit.is_empty()).then(|| exit.into());
    of.iter().map(|(node, by)| ((*node).into(), exit(by))).collect()
}

#[test]
fn a_vip_goes_to_the_head_of_the_queue() {
    let given = Given { variables: vec![variable("_tier", "VIP")], ..Given::default() };
    let expected = steps(&[("vip", "true"), ("first", "next"), ("fast", "")]);
    assert_eq!(path(&shop(), &given), (expected, FlowEnd::Queue(QueueId(101))));
    let left = Given { queue_exits: vec!["timeout".into()], ..given };
    let expected = steps(&[
        ("vip", "true"),
        ("first", "next"),
        ("fast", "timeout"),
        ("hello", "next"),
        ("end", ""),
    ]);
    assert_eq!(path(&shop(), &left), (expected, FlowEnd::Disconnect));
}

#[test]
fn keys_answer_one_asking_each() {
    let of = |digits: &[&str]| {
        let digits = digits.iter().map(|keys| (*keys).into()).collect();
        path(&shop(), &Given { digits, ..Given::default() })
    };
    let chosen = steps(&[("vip", "missing"), ("menu", "2"), ("slow", "")]);
    assert_eq!(of(&["2"]), (chosen.clone(), FlowEnd::Queue(QueueId(102))));
    assert_eq!(of(&["", "2"]), (chosen.clone(), FlowEnd::Queue(QueueId(102))));
    assert_eq!(of(&["9", "2"]), (chosen, FlowEnd::Queue(QueueId(102))));
    let silent = steps(&[("vip", "missing"), ("menu", "noInput")]);
    assert_eq!(of(&[]), (silent, FlowEnd::RanOff));
    let short = steps(&[("vip", "missing"), ("menu", "1"), ("pin", "noMatch"), ("end", "")]);
    assert_eq!(of(&["1", "12"]), (short, FlowEnd::Disconnect));
}

#[test]
fn a_private_value_is_nowhere_in_the_trace() {
    let variables = vec![
        variable("_name", "Ada"),
        private("_secret", "canary-7391"),
        Variable { ivr: None, ..private("_hidden", "canary-7391") },
    ];
    let given = Given { variables, digits: vec!["1".into(), "7391".into()], ..Given::default() };
    let run = run(&shop(), &given, &BTreeMap::new());
    assert_eq!(run.end, FlowEnd::Disconnect);
    let hello = run.steps.iter().find(|step| &*step.node == "hello").unwrap();
    assert_eq!(*hello.said, ["Hi Ada!".into()]);
    let copy = run.steps.iter().find(|step| &*step.node == "copy").unwrap();
    assert_eq!(copy.assigned, [Assigned { variable: "_copy".into(), value: None }]);
    let trace = serde_json::to_string(&run).unwrap() + &format!("{run:?}");
    assert!(!trace.contains("7391"), "{trace}");
}

#[test]
fn what_is_assigned_can_be_tested_and_stays_private_once_it_is() {
    let set = |variable: &str, value: &str| NodeKind::SetVariable {
        variable: variable.into(),
        value: value.into(),
    };
    let flow = flow([
        ("a", node(set("_x", "5"), &[("next", "b")])),
        ("b", node(test_node("_x", Operator::Equals, &["5"]), &[("true", "c")])),
        ("c", node(NodeKind::Say { text: "{_x}".into() }, &[])),
    ]);
    let unseen = Variable { ivr: Some(false), ..private("_x", "1") };
    for (held, heard) in [(vec![], "5"), (vec![unseen], "")] {
        let given = Given { variables: held, ..Given::default() };
        let run = run(&flow, &given, &BTreeMap::new());
        assert_eq!(*run.steps[2].said, [heard.into()]);
    }
}

#[test]
fn time_moves_only_by_waiting() {
    let hours = Hours { weekday: 4, from_minute: 1, to_minute: 2 };
    let schedule = Schedule {
        id: ScheduleId(1),
        name: "".into(),
        time_zone: "UTC".into(),
        open: vec![hours],
        exceptions: vec![],
    };
    let schedules = [(ScheduleId(1), schedule.into())].into();
    let open = NodeKind::Schedule { schedule: ScheduleId(1) };
    let flow = flow([
        ("a", node(open, &[("closed", "b")])),
        ("b", node(NodeKind::Wait { ms: 20_000 }, &[("next", "a")])),
    ]);
    // The epoch was a Thursday: it opens a minute later, after three pauses.
    let run = run(&flow, &Given::default(), &schedules);
    assert_eq!((run.steps.len(), run.end), (7, FlowEnd::RanOff));
    assert_eq!(run.steps[6].exit, Some("open".into()));
    let later = Given { at: Timestamp(60_000), ..Given::default() };
    assert_eq!(kernel::flow::test::run(&flow, &later, &schedules).steps.len(), 1);
}

#[test]
fn queues_are_as_given() {
    let conditions =
        vec![QueueCondition { when: QueueTest::MoreWaitingThan(9), exit: "busy".into() }];
    let test = NodeKind::TestQueue(TestQueue { queue: QueueId(1), conditions });
    let flow = flow([("a", node(test, &[]))]);
    let facts = QueueFacts { waiting: 10, ..QueueFacts::default() };
    let busy = Given { queues: [(QueueId(1), facts)].into(), ..Given::default() };
    assert_eq!(path(&flow, &busy).0, steps(&[("a", "busy")]));
    assert_eq!(path(&flow, &Given::default()).0, steps(&[("a", "none")]));
    let long = QueueFacts { expected_wait_ms: Some(60_001), ..QueueFacts::default() };
    assert!(long.holds(QueueTest::ExpectedWaitOver(60_000)));
    assert!(!long.holds(QueueTest::ExpectedWaitOver(60_001)));
    assert!(!QueueFacts::default().holds(QueueTest::ExpectedWaitOver(0)));
}

#[test]
fn a_choice_while_waiting_takes_the_time_until_it_is_said() {
    let option = QueueOption {
        key: "1".into(),
        text: "Press 1.".into(),
        after_ms: 40_000,
        exit: "leave".into(),
    };
    let NodeKind::ToQueue(plain) = shop().nodes["slow"].kind.clone() else { unreachable!() };
    let to = NodeKind::ToQueue(ToQueue { options: vec![option], ..plain });
    let hours = Hours { weekday: 4, from_minute: 1, to_minute: 2 };
    let schedule = Schedule {
        id: ScheduleId(1),
        name: "".into(),
        time_zone: "UTC".into(),
        open: vec![hours],
        exceptions: vec![],
    };
    let schedules = [(ScheduleId(1), schedule.into())].into();
    let flow = flow([
        ("a", node(to, &[("leave", "b")])),
        ("b", node(NodeKind::Schedule { schedule: ScheduleId(1) }, &[("closed", "a")])),
    ]);
    // A minute after it began, which is the second time that 40 seconds have passed.
    let given = Given { queue_exits: vec!["leave".into(); 2], ..Given::default() };
    let run = run(&flow, &given, &schedules);
    assert_eq!((run.steps.len(), run.end), (4, FlowEnd::RanOff));
}

#[test]
fn every_end_has_a_name() {
    let end = |kind| path(&flow([("a", node(kind, &[("next", "a")]))]), &Given::default()).1;
    assert_eq!(end(NodeKind::ToScript { script: ScriptId(7) }), FlowEnd::Script(ScriptId(7)));
    assert_eq!(end(NodeKind::Disconnect), FlowEnd::Disconnect);
    assert_eq!(end(NodeKind::Say { text: "".into() }), FlowEnd::Endless);
    assert_eq!(end(NodeKind::DropSkill { skill: SkillId(1) }), FlowEnd::Endless);
    assert_eq!(end(NodeKind::Wait { ms: 0 }), FlowEnd::Endless);
    assert_eq!(path(&Flow::default(), &Given::default()).1, FlowEnd::NoSuchNode);
}

#[test]
fn a_run_passes_as_many_nodes_as_a_live_one() {
    let steps =
        |kind| path(&flow([("a", node(kind, &[("next", "a")]))]), &Given::default()).0.len();
    assert_eq!(steps(NodeKind::Say { text: "".into() }), 200);
    assert_eq!(steps(NodeKind::Wait { ms: 1 }), 5_000);
}

#[test]
fn a_test_says_what_came_out_otherwise() {
    let check = |through: &[(&str, &str)], end| {
        let passage =
            |(node, exit): &(&str, &str)| Passage { node: (*node).into(), exit: (*exit).into() };
        let expect = Expected { through: through.iter().map(passage).collect(), end };
        let given = Given { variables: vec![variable("_tier", "VIP")], ..Given::default() };
        let test = FlowTest { name: "VIP".into(), given, expect };
        let report = check(&shop(), &test, &BTreeMap::new());
        report.faults.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let queue = Some(FlowEnd::Queue(QueueId(101)));
    assert_eq!(check(&[("vip", "true"), ("first", "next")], queue), [""; 0]);
    assert_eq!(check(&[("first", "next")], None), [""; 0]);
    assert_eq!(check(&[("vip", "false")], queue), ["left `vip` by `true`, not by `false`"]);
    assert_eq!(check(&[("menu", "1")], queue), ["did not come to `menu`"]);
    assert_eq!(
        check(&[("fast", "timeout")], queue),
        ["ended at `fast` and did not leave it by `timeout`"]
    );
    assert_eq!(
        check(&[("first", "next"), ("vip", "true")], queue),
        ["left `vip` by `true`, but not after what is expected before it"]
    );
    let script = Some(FlowEnd::Script(ScriptId(1)));
    assert_eq!(check(&[], script), ["ended in queue 101, not in script 1"]);
}

#[test]
fn tests_are_kept_with_the_flow_and_read_like_sentences() {
    let json = serde_json::json!({
        "start": "a",
        "nodes": { "a": { "label": "Bye", "kind": "disconnect" } },
        "tests": [{
            "name": "everybody is disconnected",
            "given": {
                "variables": [{ "name": "_tier", "value": "VIP", "ivr": true }],
                "digits": ["1"],
                "queues": { "101": { "waiting": 12 } },
            },
            "expect": { "end": "disconnect" },
        }],
    });
    let flow: Flow = serde_json::from_value(json).unwrap();
    let report = check(&flow, &flow.tests[0], &BTreeMap::new());
    assert_eq!(report.faults, []);
    assert_eq!(flow.tests[0].given.queues[&QueueId(101)].waiting, 12);
    let untested = Flow { tests: vec![], ..flow };
    assert!(serde_json::to_value(&untested).unwrap().get("tests").is_none());
}

#[test]
fn calls_end_as_given_and_only_where_there_is_somebody_to_ring() {
    let agent = NodeKind::ToAgent { agent: NamedAgent::Variable("_agent".into()) };
    let number = NamedNumber::Variable("_number".into());
    let number = NodeKind::ToNumber(ToNumber { number, timeout_ms: 30_000 });
    let calls = flow([
        ("owner", node(agent, &[("busy", "outside"), ("invalid", "outside")])),
        ("outside", node(number, &[("done", "end"), ("invalid", "end")])),
        ("end", node(NodeKind::Disconnect, &[])),
    ]);
    let known = vec![variable("_agent", "ag0000000000000000000000"), variable("_number", "555 12")];
    let of = |variables: &[Variable], exits: &[&str]| {
        let call_exits = exits.iter().map(|exit| (*exit).into()).collect();
        path(&calls, &Given { variables: variables.to_vec(), call_exits, ..Given::default() })
    };
    assert_eq!(of(&known, &[]), (steps(&[("owner", "")]), FlowEnd::Agent));
    let outside = steps(&[("owner", "busy"), ("outside", "")]);
    assert_eq!(of(&known, &["busy"]), (outside, FlowEnd::Number));
    let over = steps(&[("owner", "busy"), ("outside", "done"), ("end", "")]);
    assert_eq!(of(&known, &["busy", "done"]), (over, FlowEnd::Disconnect));
    let nobody = steps(&[("owner", "invalid"), ("outside", "invalid"), ("end", "")]);
    assert_eq!(of(&[], &["busy"]), (nobody.clone(), FlowEnd::Disconnect));
    let secret = [variable("_agent", "Ann"), private("_number", "5551234")];
    assert_eq!(of(&secret, &[]), (nobody, FlowEnd::Disconnect));
}
