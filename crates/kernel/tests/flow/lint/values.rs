//! Names of variables, values that are compared, texts.

use model::flow::{
    Case, CollectDigits, CompareAs, Condition, NodeKind, Operator, Share, Split, Switch, Test,
};

use super::{alone, collect, end, error, error_with_fix, findings, say, warning, warning_with_fix};
use crate::flow::world::{flow, node, test, test_node};

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
