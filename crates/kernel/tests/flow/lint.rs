//! Everything the linter finds, that each fix mends it, and that a good flow is left in peace.

use std::sync::Arc;

use kernel::flow::{References, lint};
use model::{
    AgentId, QueueId, ScheduleId, ScriptId, SkillId,
    config::{Exception, Schedule},
    flow::{
        Case, CollectDigits, CompareAs, Condition, Expected, Finding, Flow, FlowTest, Given, Menu,
        Node, NodeKind, Operator, Passage, QueueCondition, QueueTest, Severity, Share, Split,
        Switch, Test, TestQueue, ToQueue,
    },
};

use super::{
    fix::{exists, mend},
    world::{flow, node, test, test_node},
};

mod route;

fn references() -> References {
    let schedule = Schedule {
        id: ScheduleId(1),
        name: "Office".into(),
        time_zone: "Europe/Berlin".into(),
        open: vec![],
        exceptions: vec![Exception { date: "2026-12-24".into(), exit: 2 }],
    };
    References {
        queues: [QueueId(101)].into(),
        skills: [SkillId(1)].into(),
        scripts: [ScriptId(1)].into(),
        agents: [AgentId::parse("ag64oyEUb_Sk6bxVB9P5yaaa").unwrap()].into(),
        schedules: [(ScheduleId(1), Arc::new(schedule))].into(),
        system: ["$callerPhoneNumber".into()].into(),
    }
}

fn end() -> Node {
    node(NodeKind::Disconnect, &[])
}

fn say(text: &str, exits: &[(&str, &str)]) -> Node {
    node(NodeKind::Say { text: text.into() }, exits)
}

fn to_queue() -> ToQueue {
    ToQueue {
        queue: QueueId(101),
        timeout_ms: None,
        announce_ms: None,
        preferred: None,
        leave_when_unstaffed: false,
    }
}

fn menu() -> Menu {
    Menu { text: "1 or 2?".into(), keys: "12".into(), timeout_ms: 5_000, tries: 3, again: None }
}

fn collect() -> CollectDigits {
    CollectDigits {
        text: "Number?".into(),
        variable: "_number".into(),
        privacy: false,
        min: 1,
        max: 9,
        timeout_ms: 5_000,
        tries: 3,
    }
}

fn findings(flow: &Flow) -> Vec<Finding> {
    lint(flow, &references())
}

/// Lints one node whose exits all lead to a Disconnect.
fn alone(kind: NodeKind) -> Flow {
    let exits = kernel::flow::exits(&kind);
    let exits: Vec<(&str, &str)> = exits.iter().map(|exit| (&**exit, "end")).collect();
    flow([("n", node(kind.clone(), &exits)), ("end", end())])
}

/// The flow has exactly this finding; its fix, if it has one, leaves nothing to find.
#[track_caller]
fn finds(flow: &Flow, severity: Severity, field: &str, words: &str, fixable: bool) {
    let found = findings(flow);
    let [finding] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((finding.severity, &*finding.field), (severity, field), "{finding:?}");
    assert!(finding.message.contains(words), "{finding:?}");
    assert_eq!(finding.fix.is_some(), fixable, "{finding:?}");
    if let Some(node) = &finding.node {
        assert!(exists(flow, node, field), "{field}");
    }
    if let Some(fix) = &finding.fix {
        let mended = mend(flow, fix);
        assert_eq!(findings(&mended), [], "after {fix:?}");
    }
}

#[track_caller]
fn error(flow: &Flow, field: &str, words: &str) {
    finds(flow, Severity::Error, field, words, false);
}

#[track_caller]
fn error_with_fix(flow: &Flow, field: &str, words: &str) {
    finds(flow, Severity::Error, field, words, true);
}

#[track_caller]
fn warning(flow: &Flow, field: &str, words: &str) {
    finds(flow, Severity::Warning, field, words, false);
}

#[track_caller]
fn warning_with_fix(flow: &Flow, field: &str, words: &str) {
    finds(flow, Severity::Warning, field, words, true);
}

/// A script with every kind of node, every option used, and nothing to complain about.
pub(crate) fn exemplary() -> Flow {
    serde_json::from_str(include_str!("exemplary.json")).unwrap()
}

#[test]
fn a_good_script_is_left_in_peace() {
    assert_eq!(findings(&exemplary()), []);
}

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
fn names_of_variables() {
    let tested = |name: &str| alone(test_node(name, Operator::IsEmpty, &[]));
    let field = "kind.testVariable.test.variable";
    error(&tested("tier"), field, "begin with `_`");
    error(&tested("_a-b"), field, "only letters");
    error(&tested(&format!("_{}", "a".repeat(25))), field, "25");
    warning(&tested("$weather"), field, "no system variable");
    assert_eq!(findings(&tested("$callerPhoneNumber")), []);
    let set =
        |name: &str| alone(NodeKind::SetVariable { variable: name.into(), value: "x".into() });
    error(&set("$callerPhoneNumber"), "kind.setVariable.variable", "cannot be set");
    error(&set("_"), "kind.setVariable.variable", "must follow");
    let right = alone(test_node("_x", Operator::Equals, &["=y"]));
    error(&right, "kind.testVariable.test.right[0].variable", "begin with `_`");
}

#[test]
fn comparisons_that_cannot_succeed() {
    let of = |operator, right: &[&str]| alone(test_node("_x", operator, right));
    let text = "kind.testVariable.test.right[0].text";
    error(&of(Operator::LessThan, &["ten"]), text, "never comparable");
    error(&of(Operator::GreaterThan, &["1e400"]), text, "no number, no amount and no date");
    error_with_fix(&of(Operator::AtLeast, &[" 10"]), text, "never comparable");
    for fine in ["10", "$1,000", "2024-07-10"] {
        assert_eq!(findings(&of(Operator::AtMost, &[fine])), [], "{fine}");
    }
    error(&of(Operator::Between, &["10", "5"]), "kind.testVariable.test.right", "lower first");
    error(&of(Operator::Between, &["10"]), "kind.testVariable.test.right", "2 values");
    error(&of(Operator::Equals, &[]), "kind.testVariable.test.right", "one value");
    error(&of(Operator::IsEmpty, &["x"]), "kind.testVariable.test.right", "nothing");
    error(&of(Operator::In, &[]), "kind.testVariable.test.right", "1 to 100 values");
    let typed = |compare_as, operator, right: &str| {
        let test = Test { compare_as: Some(compare_as), ..test("_x", operator, &[right]) };
        alone(NodeKind::TestVariable(Condition::Test(test)))
    };
    error(&typed(CompareAs::Number, Operator::Equals, "$5"), text, "no number");
    error(&typed(CompareAs::Text, Operator::LessThan, "$5"), text, "no number");
    error(&typed(CompareAs::Currency, Operator::Equals, "five"), text, "no amount");
    error(&typed(CompareAs::Date, Operator::AtMost, "2024-7-9"), text, "no date");
    error(&typed(CompareAs::Boolean, Operator::NotEquals, "yes"), text, "neither true nor false");
    let order = typed(CompareAs::Boolean, Operator::LessThan, "true");
    error(&order, "kind.testVariable.test.compareAs", "no order");
    let group = |condition| alone(NodeKind::TestVariable(condition));
    error(&group(Condition::All(vec![])), "kind.testVariable.all", "0 entries");
    let deep = Condition::Any(vec![
        Condition::Test(test("_x", Operator::IsEmpty, &[])),
        Condition::All(vec![Condition::Test(test("_x", Operator::LessThan, &["x"]))]),
    ]);
    error(&group(deep), "kind.testVariable.any[1].all[0].test.right[0].text", "never comparable");
}

#[test]
fn comparisons_that_mean_something_else() {
    let of = |operator, right: &str| alone(test_node("_x", operator, &[right]));
    let text = "kind.testVariable.test.right[0].text";
    warning_with_fix(&of(Operator::Equals, " VIP "), text, "blanks");
    warning(&of(Operator::Equals, ""), text, "isEmpty");
    warning(&of(Operator::NotEquals, "EMPTY"), text, "isNotEmpty");
    warning(&of(Operator::Contains, ""), text, "always true");
    error(&of(Operator::Equals, &"a".repeat(1001)), text, "1000");
}

#[test]
fn cases_and_shares() {
    let case = |value: &str, exit: &str| Case { value: value.into(), exit: exit.into() };
    let switch = |cases| alone(NodeKind::Switch(Switch { variable: "_x".into(), cases }));
    error(&switch(vec![]), "kind.switch.cases", "0 entries");
    let twice = switch(vec![case("a", "one"), case("b", "two"), case("a", "one")]);
    error_with_fix(&twice, "kind.switch.cases[2].value", "never reached");
    warning_with_fix(&switch(vec![case("a ", "one")]), "kind.switch.cases[0].value", "blanks");
    error(&switch(vec![case("a", "")]), "kind.switch.cases[0].exit", "1 to 128");
    let split = |shares: &[(u8, &str)]| {
        let share =
            |(percent, exit): &(u8, &str)| Share { percent: *percent, exit: (*exit).into() };
        alone(NodeKind::Split(Split { shares: shares.iter().map(share).collect() }))
    };
    let none = flow([("n", node(NodeKind::Split(Split { shares: vec![] }), &[]))]);
    error(&none, "kind.split.shares", "0 entries");
    error_with_fix(&split(&[(50, "a"), (40, "b")]), "kind.split.shares", "add up to 90");
    error_with_fix(&split(&[(99, "a"), (99, "b"), (1, "c")]), "kind.split.shares", "199");
    let none = split(&[(0, "a")]);
    assert!(findings(&none).iter().any(|finding| finding.fix.is_none()));
    warning(&split(&[(100, "a"), (0, "b")]), "kind.split.shares[1].percent", "`b` is never taken");
}

#[test]
fn conditions_of_a_queue_that_are_never_reached() {
    let of = |tests: &[QueueTest]| {
        let condition = |(i, when): (usize, &QueueTest)| QueueCondition {
            when: *when,
            exit: format!("e{i}").into(),
        };
        let conditions = tests.iter().enumerate().map(condition).collect();
        alone(NodeKind::TestQueue(TestQueue { queue: QueueId(101), conditions }))
    };
    let second = "kind.testQueue.conditions[1]";
    let more = QueueTest::MoreWaitingThan;
    let over = QueueTest::LongestWaitOver;
    assert_eq!(findings(&of(&[more(9), more(5)])), []);
    error_with_fix(&of(&[more(5), more(9)]), second, "condition 1 above");
    error_with_fix(&of(&[over(9), over(90)]), second, "never reached");
    let (free, logged_in) = (QueueTest::NoAgentAvailable, QueueTest::NoAgentLoggedIn);
    error_with_fix(&of(&[free, logged_in]), second, "never reached");
    assert_eq!(findings(&of(&[logged_in, free])), []);
    error_with_fix(&of(&[more(0), over(5)]), second, "never reached");
    assert_eq!(findings(&of(&[more(1), over(5), free])), []);
    error(&of(&[]), "kind.testQueue.conditions", "0 entries");
    // Equal conditions: the later goes, and with it the exit it alone had.
    let twice = of(&[more(5), more(5)]);
    let found = findings(&twice);
    assert_eq!(&*found[0].field, second);
    let mended = mend(&twice, found[0].fix.as_ref().unwrap());
    error_with_fix(&mended, "exits.e1", "no exit");
}

#[test]
fn questions() {
    let of = |menu| alone(NodeKind::Menu(menu));
    error(&of(Menu { keys: "".into(), ..menu() }), "kind.menu.keys", "needs a key");
    let doubled = flow_with_all_exits(Menu { keys: "121".into(), ..menu() });
    error_with_fix(&doubled, "kind.menu.keys", "each once");
    error_with_fix(&of(Menu { tries: 0, ..menu() }), "kind.menu.tries", "from 1 to 9");
    error_with_fix(&of(Menu { tries: 10, ..menu() }), "kind.menu.tries", "from 1 to 9");
    error_with_fix(&of(Menu { timeout_ms: 0, ..menu() }), "kind.menu.timeoutMs", "is 0");
    warning(&of(Menu { again: Some("".into()), ..menu() }), "kind.menu.again", "nothing is said");
    let of = |collect| alone(NodeKind::CollectDigits(collect));
    let path = |field: &str| format!("kind.collectDigits.{field}");
    error_with_fix(&of(CollectDigits { min: 10, ..collect() }), &path("min"), "at most 9");
    error_with_fix(&of(CollectDigits { max: 33, ..collect() }), &path("max"), "from 1 to 32");
    error_with_fix(&of(CollectDigits { tries: 0, ..collect() }), &path("tries"), "is 0");
    error(&of(CollectDigits { variable: "n".into(), ..collect() }), &path("variable"), "`_`");
}

/// Keys `1` and `2` wired whatever `keys` says.
fn flow_with_all_exits(menu: Menu) -> Flow {
    let exits = [("1", "end"), ("2", "end"), ("noInput", "end"), ("noMatch", "end")];
    flow([("n", node(NodeKind::Menu(menu), &exits)), ("end", end())])
}

#[test]
fn texts() {
    let of = |text: &str| alone(NodeKind::Say { text: text.into() });
    error_with_fix(&of("Hello {name}"), "kind.say.text", "single brace");
    error_with_fix(&of("}{{{_a}} {_"), "kind.say.text", "single brace");
    error(&of("Hello {_averyveryverylongname1234}"), "kind.say.text", "25");
    warning(&of("{$weather}"), "kind.say.text", "no system variable");
    warning(&of(" "), "kind.say.text", "nothing is said");
    error(&of(&"a".repeat(4001)), "kind.say.text", "4000");
    let set =
        |value: &str| alone(NodeKind::SetVariable { variable: "_x".into(), value: value.into() });
    error(&set(&"a".repeat(1001)), "kind.setVariable.value", "1000");
    assert_eq!(findings(&set("")), []);
}

#[test]
fn a_private_answer_is_not_read_back() {
    let secret = CollectDigits { variable: "_pin".into(), privacy: true, ..collect() };
    let exits = [("next", "b"), ("noInput", "b"), ("noMatch", "b")];
    let echo = flow([
        ("a", node(NodeKind::CollectDigits(secret), &exits)),
        ("b", say("You said {_pin}", &[("next", "c")])),
        ("c", end()),
    ]);
    warning(&echo, "kind.say.text", "`_pin` is private");
}

#[test]
fn references_and_bounds() {
    let schedule = NodeKind::Schedule { schedule: ScheduleId(9) };
    error(&alone(schedule), "kind.schedule.schedule", "no schedule 9");
    let test = TestQueue {
        queue: QueueId(9),
        conditions: vec![QueueCondition { when: QueueTest::NoAgentAvailable, exit: "x".into() }],
    };
    error(&alone(NodeKind::TestQueue(test)), "kind.testQueue.queue", "no queue 9");
    let skill = SkillId(9);
    error(&alone(NodeKind::DropSkill { skill }), "kind.dropSkill.skill", "no skill 9");
    let require = NodeKind::RequireSkill { skill, level: 1 };
    error(&alone(require), "kind.requireSkill.skill", "no skill 9");
    let require = NodeKind::RequireSkill { skill: SkillId(1), level: 11 };
    error_with_fix(&alone(require), "kind.requireSkill.level", "from 0 to 10");
    let priority = NodeKind::SetPriority { priority: 101 };
    error_with_fix(&alone(priority), "kind.setPriority.priority", "from 0 to 100");
    error_with_fix(&alone(NodeKind::Wait { ms: 0 }), "kind.wait.ms", "is 0");
    let script = flow([("n", node(NodeKind::ToScript { script: ScriptId(9) }, &[]))]);
    error(&script, "kind.toScript.script", "no script 9");
}

#[test]
fn a_schedule_in_an_unknown_time_zone() {
    let mut references = references();
    let mut schedule = (*references.schedules[&ScheduleId(1)]).clone();
    schedule.time_zone = "Mars/Olympus".into();
    references.schedules.insert(ScheduleId(1), Arc::new(schedule));
    let kind = NodeKind::Schedule { schedule: ScheduleId(1) };
    let found = lint(&alone(kind), &references);
    assert!(matches!(found.as_slice(), [one] if one.message.contains("Mars/Olympus")), "{found:?}");
}

#[test]
fn tests_of_nodes_that_are_gone() {
    let mut flow = flow([("n", end())]);
    let through = vec![Passage { node: "gone".into(), exit: "next".into() }];
    let expect = Expected { through, end: None };
    flow.tests = vec![FlowTest { name: "t".into(), given: Given::default(), expect }];
    warning(&flow, "tests[0].expect.through[0].node", "`gone`");
}
