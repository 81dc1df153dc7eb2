//! The shape of a flow: where it begins, what can be reached, exits, loops, labels.

use model::{
    ScheduleId,
    flow::{Expected, Flow, FlowTest, Given, NodeKind, Operator, Passage, ToQueue},
};

use super::{end, error, error_with_fix, findings, say, to_queue, warning, warning_with_fix};
use crate::flow::world::{flow, node, test_node};

#[test]
fn where_it_begins() {
    error(&Flow::default(), "nodes", "no nodes");
    let mut lost = flow([("n", say("Hi", &[("next", "end")])), ("end", end())]);
    lost.start = "gone".into();
    error_with_fix(&lost, "start", "`gone`");
    lost.nodes.insert("other".into(), lost.nodes["n"].clone());
    let found = findings(&lost);
    assert!(found.iter().any(|finding| &*finding.field == "start" && finding.fix.is_none()));
    let crowd = (0..501).map(|i| (format!("n{i}").into(), end())).collect();
    error(&Flow { start: "n0".into(), nodes: crowd, tests: vec![] }, "nodes", "500");
}

#[test]
fn nodes_nobody_comes_to() {
    let island = flow([("n", end()), ("island", end())]);
    warning_with_fix(&island, "id", "no path");
}

#[test]
fn exits_that_do_not_exist_or_lead_nowhere() {
    let next = [("next", "end")];
    let with =
        |exits: &[(&str, &str)]| flow([("n", say("Hi", &[&next, exits].concat())), ("end", end())]);
    error_with_fix(&with(&[("other", "end")]), "exits.other", "no exit `other`");
    error_with_fix(&with(&[("error", "gone")]), "exits.error", "`gone`, which does not exist");
    let loose = flow([("n", say("Hi", &[]))]);
    warning(&loose, "exits.next", "disconnected");
    let caught = flow([("n", say("Hi", &[("error", "end")])), ("end", end())]);
    warning(&caught, "exits.next", "`error` does, to `end`");
    let past = flow([("n", node(NodeKind::Disconnect, &[("next", "n")]))]);
    error_with_fix(&past, "exits.next", "no exit");
    let past = flow([("n", node(NodeKind::Disconnect, &[("error", "n")]))]);
    error_with_fix(&past, "exits.error", "no exit");
}

#[test]
fn exits_that_depend_on_parameters() {
    let queue = |exits: &[(&str, &str)]| {
        let exits = [&[("atCapacity", "end")], exits].concat();
        flow([("n", node(NodeKind::ToQueue(to_queue()), &exits)), ("end", end())])
    };
    assert_eq!(findings(&queue(&[])), []);
    warning_with_fix(&queue(&[("timeout", "end")]), "exits.timeout", "never taken");
    warning_with_fix(&queue(&[("noAgents", "end")]), "exits.noAgents", "never taken");
    let hours = |exits: &[(&str, &str)]| {
        let exits = [&[("open", "end"), ("closed", "end")], exits].concat();
        let kind = NodeKind::Schedule { schedule: ScheduleId(1) };
        flow([("n", node(kind, &exits)), ("end", end())])
    };
    warning(&hours(&[]), "exits.exception2", "disconnected");
    assert_eq!(findings(&hours(&[("exception2", "end")])), []);
}

#[test]
fn the_published_test_variable_needs_only_two_exits() {
    let kind = test_node("_x", Operator::Equals, &["1"]);
    let both =
        flow([("n", node(kind.clone(), &[("true", "end"), ("false", "end")])), ("end", end())]);
    assert_eq!(findings(&both), []);
    let one = flow([("n", node(kind, &[("true", "end")])), ("end", end())]);
    warning(&one, "exits.false", "disconnected");
}

#[test]
fn loops_that_never_wait() {
    let circle = flow([("a", say("Hi", &[("next", "b")])), ("b", say("Ho", &[("next", "a")]))]);
    error(&circle, "exits", "`a`, `b`");
    let own = flow([("a", say("Hi", &[("next", "a")]))]);
    error(&own, "exits", "endless");
    let pause = flow([
        ("a", say("Hi", &[("next", "b")])),
        ("b", node(NodeKind::Wait { ms: 1 }, &[("next", "a")])),
    ]);
    assert_eq!(findings(&pause), []);
    let full = flow([
        ("a", node(NodeKind::ToQueue(to_queue()), &[("atCapacity", "b")])),
        ("b", say("Full", &[("next", "a")])),
    ]);
    error(&full, "exits", "endless");
    let patient = ToQueue { timeout_ms: Some(60_000), ..to_queue() };
    let patient = flow([
        ("a", node(NodeKind::ToQueue(patient), &[("timeout", "b"), ("atCapacity", "end")])),
        ("b", say("Still busy", &[("next", "a")])),
        ("end", end()),
    ]);
    assert_eq!(findings(&patient), []);
    let folded = flow([
        ("a", node(test_node("_x", Operator::Equals, &["1"]), &[("true", "end"), ("false", "a")])),
        ("end", end()),
    ]);
    error(&folded, "exits", "endless");
}

#[test]
fn a_loop_that_changes_what_it_tests_may_end() {
    let set = NodeKind::SetVariable { variable: "_x".into(), value: "1".into() };
    let once = flow([
        ("a", node(test_node("_x", Operator::IsEmpty, &[]), &[("true", "b"), ("false", "end")])),
        ("b", node(set, &[("next", "a")])),
        ("end", end()),
    ]);
    warning(&once, "exits", "`a`, `b`");
}

#[test]
fn labels_that_an_export_would_cut_or_confuse() {
    let labelled = |one: &str, other: &str| {
        let mut flow = flow([("a", say("Hi", &[("next", "b")])), ("b", end())]);
        flow.nodes.get_mut("a").unwrap().label = one.into();
        flow.nodes.get_mut("b").unwrap().label = other.into();
        flow
    };
    assert_eq!(findings(&labelled("Twenty-one characters", "b")), []);
    warning_with_fix(&labelled("Twenty-two characters!", "b"), "label", "21");
    warning_with_fix(&labelled("Twenty-two characters!", "Twenty-two characters"), "label", "21");
    warning_with_fix(&labelled("Same", "Same"), "label", "too");
    warning_with_fix(&labelled("", "b"), "label", "no label");
}

#[test]
fn tests_of_nodes_that_are_gone() {
    let mut flow = flow([("n", end())]);
    let through = vec![Passage { node: "gone".into(), exit: "next".into() }];
    let expect = Expected { through, end: None };
    flow.tests = vec![FlowTest { name: "t".into(), given: Given::default(), expect }];
    warning(&flow, "tests[0].expect.through[0].node", "`gone`");
}
