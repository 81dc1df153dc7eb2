//! What each node does on arrival, on keys, and when its time has passed.

use kernel::flow::{Move, Progress, enter, expired, follow, pressed, wants_private_digits};
use model::{
    QueueId, ScheduleId, SkillId, Timestamp,
    flow::{
        Case, CollectDigits, Menu, Node, NodeKind, Operator, QueueCondition, QueueFacts, QueueTest,
        Share, Split, Switch, TestQueue,
    },
    variable::{DataType, Variable},
};

use super::world::{World, node, private, test_node, typed, variable};

const NOW: Timestamp = Timestamp(1_000);

fn arrive(kind: NodeKind, world: &World) -> Vec<Move> {
    enter(&"n".into(), &node(kind, &[]), world, NOW)
}

fn pass(exit: &str) -> Move {
    Move::Pass { exit: exit.into(), note: None }
}

fn pass_noted(exit: &str, note: &str) -> Move {
    Move::Pass { exit: exit.into(), note: Some(note.into()) }
}

fn say(text: &str) -> Move {
    Move::Say(text.into())
}

fn wait(keys: &str, until: u64) -> Move {
    Move::Await { keys: keys.into(), until: Timestamp(until) }
}

fn assign(variable: &str, value: &str, private: bool) -> Move {
    Move::Assign { variable: variable.into(), value: value.into(), private }
}

#[test]
fn test_variable_leaves_by_its_outcome() {
    let world = World::with([
        variable("_tier", "VIP"),
        Variable { ivr: None, ..variable("_hidden", "VIP") },
    ]);
    let of = |name, operator, right| arrive(test_node(name, operator, &[right]), &world);
    assert_eq!(of("_tier", Operator::Equals, "VIP"), [pass("true")]);
    assert_eq!(of("_tier", Operator::Equals, "vip"), [pass("false")]);
    assert_eq!(of("_tier", Operator::LessThan, "5"), [pass("notComparable")]);
    assert_eq!(of("_none", Operator::Equals, "VIP"), [pass("missing")]);
    assert_eq!(of("_hidden", Operator::Equals, "VIP"), [pass_noted("missing", "not-ivr-enabled")]);
}

#[test]
fn an_unwired_exit_folds_into_false_then_into_error_then_ends_the_flow() {
    let test = || test_node("_x", Operator::IsEmpty, &[]);
    let all = node(test(), &[("true", "t"), ("false", "f"), ("missing", "m"), ("error", "e")]);
    assert_eq!(follow(&all, "missing"), Some(&"m".into()));
    assert_eq!(follow(&all, "notComparable"), Some(&"f".into()));
    let no_false = node(test(), &[("true", "t"), ("error", "e")]);
    assert_eq!(follow(&no_false, "missing"), Some(&"e".into()));
    assert_eq!(follow(&no_false, "false"), Some(&"e".into()));
    let only_true = node(test(), &[("true", "t")]);
    assert_eq!(follow(&only_true, "false"), None);
    // Only Test Variable folds: the same names at another kind do not.
    let switch = Switch { variable: "_x".into(), cases: vec![] };
    let switch = node(NodeKind::Switch(switch), &[("false", "f")]);
    assert_eq!(follow(&switch, "missing"), None);
}

#[test]
fn switch_takes_the_first_case_that_matches_by_the_variables_type() {
    let case = |value: &str, exit: &str| Case { value: value.into(), exit: exit.into() };
    let of = |held: Variable| {
        let cases = vec![case("5.0", "five"), case("5", "second"), case("x", "letter")];
        let switch = Switch { variable: "_x".into(), cases };
        arrive(NodeKind::Switch(switch), &World::with([held]))
    };
    assert_eq!(of(typed("_x", "5", DataType::Number)), [pass("five")]);
    assert_eq!(of(variable("_x", "5")), [pass("second")]);
    assert_eq!(of(variable("_x", "y")), [pass("default")]);
    assert_eq!(of(typed("_x", "y", DataType::Number)), [pass_noted("default", "not-comparable")]);
    assert_eq!(of(variable("_other", "5")), [pass_noted("default", "missing")]);
    let hidden = Variable { ivr: None, ..variable("_x", "5") };
    assert_eq!(of(hidden), [pass_noted("default", "not-ivr-enabled")]);
}

#[test]
fn split_keeps_its_shares_over_many_runs_and_its_choice_within_one() {
    let share = |percent, exit: &str| Share { percent, exit: exit.into() };
    let split = |seed| {
        let shares = vec![share(70, "a"), share(0, "never"), share(30, "b")];
        let world = World { seed, ..World::default() };
        arrive(NodeKind::Split(Split { shares }), &world)
    };
    let a = (0..10_000).filter(|seed| split(*seed) == [pass("a")]).count();
    let b = (0..10_000).filter(|seed| split(*seed) == [pass("b")]).count();
    assert_eq!(a + b, 10_000);
    assert!((6_800..7_200).contains(&a), "{a}");
    assert!((0..100).all(|seed| split(seed) == split(seed)));
    let none = arrive(NodeKind::Split(Split { shares: vec![] }), &World::default());
    assert_eq!(none, [pass_noted("error", "no-shares")]);
}

#[test]
fn two_splits_in_a_row_decide_independently() {
    let share = |exit: &str| Share { percent: 50, exit: exit.into() };
    let split = NodeKind::Split(Split { shares: vec![share("a"), share("b")] });
    let split = node(split, &[]);
    let same = (0..10_000).filter(|seed| {
        let world = World { seed: *seed, ..World::default() };
        enter(&"one".into(), &split, &world, NOW) == enter(&"two".into(), &split, &world, NOW)
    });
    let same = same.count();
    assert!((4_700..5_300).contains(&same), "{same}");
}

#[test]
fn test_queue_takes_the_first_condition_that_holds() {
    let when = |when, exit: &str| QueueCondition { when, exit: exit.into() };
    let of = |queue, facts: QueueFacts| {
        let conditions = vec![
            when(QueueTest::NoAgentLoggedIn, "unstaffed"),
            when(QueueTest::MoreWaitingThan(9), "busy"),
            when(QueueTest::LongestWaitOver(60_000), "slow"),
        ];
        let test = TestQueue { queue: QueueId(queue), conditions };
        let world = World { queues: [(QueueId(1), facts)].into(), ..World::default() };
        arrive(NodeKind::TestQueue(test), &world)
    };
    let quiet = QueueFacts::default();
    assert_eq!(of(1, quiet), [pass("none")]);
    assert_eq!(of(1, QueueFacts { waiting: 9, longest_wait_ms: 60_000, ..quiet }), [pass("none")]);
    assert_eq!(of(1, QueueFacts { waiting: 10, longest_wait_ms: 70_000, ..quiet }), [pass("busy")]);
    assert_eq!(of(1, QueueFacts { longest_wait_ms: 60_001, ..quiet }), [pass("slow")]);
    let deserted = QueueFacts { no_agent_logged_in: true, waiting: 10, ..quiet };
    assert_eq!(of(1, deserted), [pass("unstaffed")]);
    assert_eq!(of(2, quiet), [pass_noted("error", "unknown-queue")]);
}

#[test]
fn a_schedule_that_is_gone_leaves_by_error() {
    let kind = NodeKind::Schedule { schedule: ScheduleId(1) };
    assert_eq!(arrive(kind, &World::default()), [pass_noted("error", "unknown-schedule")]);
}

#[test]
fn say_leaves_private_and_missing_values_out() {
    let hidden = Variable { ivr: None, ..variable("_hidden", "secret") };
    let mut world = World::with([variable("_name", "Ada {_pin}"), private("_pin", "1234"), hidden]);
    world.system.insert("$callerPhoneNumber".into(), "+1555".into());
    let of = |text: &str| arrive(NodeKind::Say { text: text.into() }, &world);
    assert_eq!(of("Hello {_name}."), [say("Hello Ada {_pin}."), pass("next")]);
    assert_eq!(of("PIN {_pin}{_hidden}{_none}!"), [say("PIN !"), pass("next")]);
    assert_eq!(of("{$callerPhoneNumber}"), [say("+1555"), pass("next")]);
    assert_eq!(of("{{_name}} costs {5}"), [say("{_name} costs {5}"), pass("next")]);
}

#[test]
fn what_is_spoken_has_a_bound() {
    let world = World::with([variable("_x", &"é".repeat(1000))]);
    let moves = arrive(NodeKind::Say { text: "{_x}".repeat(5).into() }, &world);
    let Move::Say(text) = &moves[0] else { panic!("{moves:?}") };
    assert_eq!(text.chars().count(), 4_000);
}

#[test]
fn set_variable_fills_in_and_stays_private() {
    let world = World::with([variable("_name", "Ada"), private("_pin", "1234")]);
    let of = |variable: &str, value: &str| {
        let kind = NodeKind::SetVariable { variable: variable.into(), value: value.into() };
        arrive(kind, &world)
    };
    assert_eq!(of("_greeting", "Hi {_name}"), [assign("_greeting", "Hi Ada", false), pass("next")]);
    assert_eq!(of("_copy", "{_pin}"), [assign("_copy", "1234", true), pass("next")]);
    assert_eq!(of("_x", ""), [assign("_x", "", false), pass("next")]);
    assert_eq!(of("$x", "1"), [pass_noted("error", "bad-variable-name")]);
    assert_eq!(of("_x", &"a".repeat(1000))[1], pass("next"));
    assert_eq!(of("_x", &"a".repeat(1001)), [pass_noted("error", "value-too-long")]);
}

#[test]
fn wait_ends_when_its_time_has_passed_and_ignores_keys() {
    let pause = node(NodeKind::Wait { ms: 500 }, &[]);
    let world = World::default();
    let progress = Progress { tries: 1, digits: "5" };
    assert_eq!(enter(&"n".into(), &pause, &world, NOW), [wait("", 1_500)]);
    assert_eq!(pressed(&pause, progress, &world, NOW), []);
    assert_eq!(expired(&pause, progress, &world, NOW), [pass("next")]);
}

fn menu(again: Option<&str>) -> Node {
    let menu = Menu {
        text: "Press 1 or star.".into(),
        keys: "1*".into(),
        timeout_ms: 5_000,
        tries: 2,
        again: again.map(Into::into),
    };
    node(NodeKind::Menu(menu), &[])
}

#[test]
fn a_menu_asks_as_often_as_it_may() {
    let world = World::default();
    let menu = menu(Some("Sorry."));
    let first = Progress { tries: 1, digits: "" };
    let second = Progress { tries: 2, digits: "" };
    let question = [say("Press 1 or star."), wait("1*", 6_000)];
    assert_eq!(enter(&"n".into(), &menu, &world, NOW), question);
    let again = [say("Sorry."), question[0].clone(), question[1].clone()];
    assert_eq!(expired(&menu, first, &world, NOW), again);
    assert_eq!(expired(&menu, second, &world, NOW), [pass("noInput")]);
    assert_eq!(pressed(&menu, Progress { digits: "7", ..first }, &world, NOW), again);
    assert_eq!(pressed(&menu, Progress { digits: "7", ..second }, &world, NOW), [pass("noMatch")]);
}

#[test]
fn a_menu_takes_the_first_key_and_drops_the_rest() {
    let world = World::default();
    let of = |digits| pressed(&menu(None), Progress { tries: 1, digits }, &world, NOW);
    assert_eq!(of("1"), [pass("1")]);
    assert_eq!(of("*1"), [pass("*")]);
    assert_eq!(of("19"), [pass("1")]);
    assert_eq!(of(""), []);
    assert_eq!(of("91"), [say("Press 1 or star."), wait("1*", 6_000)]);
}

fn digits(min: u8, max: u8, privacy: bool) -> Node {
    let collect = CollectDigits {
        text: "Your number?".into(),
        variable: "_number".into(),
        privacy,
        min,
        max,
        timeout_ms: 5_000,
        tries: 2,
    };
    node(NodeKind::CollectDigits(collect), &[])
}

#[test]
fn digits_are_complete_with_the_last_or_with_the_hash_key() {
    let world = World::default();
    let collect = digits(2, 4, true);
    let of = |digits| pressed(&collect, Progress { tries: 2, digits }, &world, NOW);
    let taken = |value| vec![assign("_number", value, true), pass("next")];
    assert_eq!(of("1"), []);
    assert_eq!(of("123"), []);
    assert_eq!(of("1234"), taken("1234"));
    assert_eq!(of("1234#"), taken("1234"));
    assert_eq!(of("12345"), taken("1234"));
    assert_eq!(of("12#"), taken("12"));
    assert_eq!(of("12#9"), taken("12"));
    assert_eq!(of("1#"), [pass("noMatch")]);
    assert_eq!(of("#"), [pass("noMatch")]);
    assert_eq!(of("1*"), [pass("noMatch")]);
}

#[test]
fn when_the_time_has_passed_enough_digits_are_taken() {
    let world = World::default();
    let collect = digits(2, 4, false);
    let of = |digits, tries| expired(&collect, Progress { tries, digits }, &world, NOW);
    let again = [say("Your number?"), wait("0123456789#", 6_000)];
    assert_eq!(of("12", 1), [assign("_number", "12", false), pass("next")]);
    assert_eq!(of("1", 1), again);
    assert_eq!(of("", 1), again);
    assert_eq!(of("1", 2), [pass("noMatch")]);
    assert_eq!(of("", 2), [pass("noInput")]);
}

#[test]
fn an_empty_answer_is_one_where_no_digit_is_needed() {
    let world = World::default();
    let collect = digits(0, 4, false);
    let hash = pressed(&collect, Progress { tries: 1, digits: "#" }, &world, NOW);
    assert_eq!(hash, [assign("_number", "", false), pass("next")]);
    let silence = expired(&collect, Progress { tries: 2, digits: "" }, &world, NOW);
    assert_eq!(silence, [pass("noInput")]);
}

#[test]
fn only_private_digits_are_private() {
    assert!(wants_private_digits(&digits(1, 1, true)));
    assert!(!wants_private_digits(&digits(1, 1, false)));
    assert!(!wants_private_digits(&menu(None)));
}

#[test]
fn the_driver_performs_its_own_kinds() {
    for kind in [
        NodeKind::SetPriority { priority: 80 },
        NodeKind::RequireSkill { skill: SkillId(1), level: 5 },
        NodeKind::DropSkill { skill: SkillId(1) },
        NodeKind::Disconnect,
    ] {
        let own = node(kind, &[]);
        let progress = Progress { tries: 1, digits: "1" };
        let world = World::default();
        assert_eq!(enter(&"n".into(), &own, &world, NOW), [Move::Act]);
        assert_eq!(pressed(&own, progress, &world, NOW), []);
        assert_eq!(expired(&own, progress, &world, NOW), []);
    }
}
