//! Test Variable's truth table, row by row.

use kernel::flow::condition::{
    NOT_IVR_ENABLED,
    Outcome::{self, False, Missing, NotComparable, True},
    Verdict, evaluate,
};
use model::{
    flow::{
        CompareAs::{Boolean, Currency, Date, Number, Text},
        Condition,
        Operator::{
            self, AtLeast, AtMost, Between, Contains, EndsWith, Equals, GreaterThan, In, IsEmpty,
            IsNotEmpty, LessThan, NotEquals, StartsWith,
        },
        Test,
    },
    variable::{DataType, Variable},
};

use super::world::{World, private, test, typed, variable};

fn outcome(left: Variable, test: Test) -> Outcome {
    evaluate(&Condition::Test(test), &World::with([left])).outcome
}

/// The left value, its data type, the operator, the right side, and what comes of it.
type Row<'a> = (&'a str, DataType, Operator, &'a [&'a str], Outcome);

fn check(rows: &[Row<'_>]) {
    for (left, kind, operator, right, expected) in rows {
        let held = typed("_x", left, *kind);
        let got = outcome(held, test("_x", *operator, right));
        assert_eq!(got, *expected, "{left:?} as {kind:?} {operator:?} {right:?}");
    }
}

#[test]
fn the_published_rows() {
    let text = DataType::Text;
    check(&[
        ("1250.75", text, GreaterThan, &["10000"], False),
        ("$1,250.75", DataType::Currency, GreaterThan, &["1000"], True),
        ("$1,250.75", text, GreaterThan, &["1000"], NotComparable),
        ("-5", text, LessThan, &["0"], True),
        ("9", text, LessThan, &["10"], True),
        ("9", text, LessThan, &["10a"], NotComparable),
        ("VIP", text, Equals, &["vip"], False),
        ("VIP", text, Equals, &["VIP"], True),
        (" VIP ", text, Equals, &["VIP"], False),
        ("1250.750", DataType::Number, Equals, &["1250.75"], True),
        ("1250.750", text, Equals, &["1250.75"], False),
        ("true", text, Equals, &["TRUE"], False),
        ("true", text, Equals, &["true"], True),
        ("", text, IsEmpty, &[], True),
        ("", text, IsNotEmpty, &[], False),
        ("", text, Equals, &[""], True),
        ("2024-07-10", DataType::Date, LessThan, &["2024-7-9"], NotComparable),
        ("2024-07-10", DataType::Date, LessThan, &["2024-07-11"], True),
        ("2024-07-10", text, LessThan, &["2024-07-11"], NotComparable),
        ("NaN", text, LessThan, &["1"], NotComparable),
        ("1e400", DataType::Number, GreaterThan, &["1"], NotComparable),
        ("Infinity", DataType::Currency, AtLeast, &["1"], NotComparable),
        ("1", text, AtMost, &["Infinity"], NotComparable),
    ]);
}

#[test]
fn a_boolean_and_a_case_can_be_asked_for_at_the_node() {
    let as_of = |value, compare_as, right: &[&str]| {
        let test = Test { compare_as: Some(compare_as), ..test("_x", Equals, right) };
        outcome(variable("_x", value), test)
    };
    assert_eq!(as_of("true", Boolean, &["TRUE"]), True);
    assert_eq!(as_of("true", Boolean, &["False"]), False);
    assert_eq!(as_of("true", Boolean, &["yes"]), NotComparable);
    assert_eq!(as_of("1250.750", Number, &["1250.75"]), True);
    assert_eq!(as_of("1250.750", Text, &["1250.75"]), False);
    assert_eq!(as_of("$5", Currency, &["5.00"]), True);
    assert_eq!(as_of("$5", Currency, &["€5"]), NotComparable);
    assert_eq!(as_of("2024-02-30", Date, &["2024-02-30"]), NotComparable);

    let folded = |value, right| {
        let test = Test { ignore_case: true, ..test("_x", Equals, &[right]) };
        outcome(variable("_x", value), test)
    };
    assert_eq!(folded("VIP", "vip"), True);
    assert_eq!(folded("ΟΔΟΣ", "οδος"), True);
    assert_eq!(folded("Straße", "STRASSE"), True);
    assert_eq!(folded("VIP", "vap"), False);
}

#[test]
fn an_unset_variable_is_missing_for_all_but_the_test_of_emptiness() {
    let of = |operator, right: &[&str]| {
        evaluate(&Condition::Test(test("_x", operator, right)), &World::default())
    };
    for operator in [
        Equals,
        NotEquals,
        LessThan,
        GreaterThan,
        AtMost,
        AtLeast,
        Between,
        In,
        Contains,
        StartsWith,
        EndsWith,
    ] {
        assert_eq!(of(operator, &[""]), Verdict { outcome: Missing, note: None }, "{operator:?}");
    }
    assert_eq!(of(IsEmpty, &[]).outcome, True);
    assert_eq!(of(IsNotEmpty, &[]).outcome, False);
}

#[test]
fn a_variable_that_is_not_for_scripts_is_missing_and_the_trace_says_why() {
    let hidden = Variable { ivr: Some(false), ..variable("_x", "VIP") };
    let unsaid = Variable { ivr: None, ..variable("_y", "VIP") };
    let world = World::with([hidden, unsaid, variable("_z", "VIP")]);
    let of = |test| evaluate(&Condition::Test(test), &world);
    let note = Some(NOT_IVR_ENABLED);
    assert_eq!(of(test("_x", Equals, &["VIP"])), Verdict { outcome: Missing, note });
    assert_eq!(of(test("_y", NotEquals, &["VIP"])), Verdict { outcome: Missing, note });
    assert_eq!(of(test("_x", IsEmpty, &[])), Verdict { outcome: True, note });
    assert_eq!(of(test("_x", IsNotEmpty, &[])), Verdict { outcome: False, note });
    assert_eq!(of(test("_z", Equals, &["=_x"])), Verdict { outcome: Missing, note });
}

#[test]
fn a_private_variable_is_compared_like_any_other() {
    assert_eq!(outcome(private("_pin", "1234"), test("_pin", Equals, &["1234"])), True);
    assert_eq!(outcome(private("_pin", "1234"), test("_pin", LessThan, &["1000"])), False);
}

#[test]
fn what_goes_beyond_the_published_operators() {
    let (text, number) = (DataType::Text, DataType::Number);
    check(&[
        ("5", text, NotEquals, &["5"], False),
        ("5", text, NotEquals, &["6"], True),
        ("5", number, NotEquals, &["5.0"], False),
        ("five", number, NotEquals, &["5"], NotComparable),
        ("five", number, Equals, &["five"], NotComparable),
        ("5", text, AtMost, &["5.0"], True),
        ("5", text, AtLeast, &["5.0"], True),
        ("5", text, LessThan, &["5.0"], False),
        ("5", text, Between, &["5", "10"], True),
        ("10", text, Between, &["5", "10"], True),
        ("11", text, Between, &["5", "10"], False),
        ("11", text, Between, &["5", "ten"], NotComparable),
        ("4", text, Between, &["5", "ten"], False),
        ("gold", text, In, &["silver", "gold"], True),
        ("iron", text, In, &["silver", "gold"], False),
        ("5", number, In, &["x", "5.0"], True),
        ("5", number, In, &["x", "6"], NotComparable),
        ("CUST-123456", text, Contains, &["-123"], True),
        ("CUST-123456", text, Contains, &["cust"], False),
        ("CUST-123456", text, StartsWith, &["CUST-"], True),
        ("CUST-123456", text, EndsWith, &["456"], True),
        ("CUST-123456", text, EndsWith, &["CUST"], False),
        ("+15551234567", DataType::Phone, StartsWith, &["+1"], True),
    ]);
}

#[test]
fn a_test_with_the_wrong_number_of_right_sides_is_not_comparable() {
    let text = DataType::Text;
    check(&[
        ("5", text, Equals, &[], NotComparable),
        ("5", text, Equals, &["5", "5"], NotComparable),
        ("5", text, Between, &["1"], NotComparable),
        ("5", text, In, &[], False),
    ]);
}

#[test]
fn the_right_side_can_be_another_variable() {
    let world = World::with([variable("_balance", "90"), variable("_limit", "100.0")]);
    let of = |test| evaluate(&Condition::Test(test), &world).outcome;
    assert_eq!(of(test("_balance", LessThan, &["=_limit"])), True);
    assert_eq!(of(test("_limit", LessThan, &["=_balance"])), False);
    assert_eq!(of(test("_balance", LessThan, &["=_nothing"])), Missing);
    assert_eq!(of(test("_balance", Between, &["0", "=_limit"])), True);
}

#[test]
fn groups_are_three_valued_and_the_order_of_their_parts_never_matters() {
    let world = World::with([variable("_x", "5")]);
    let part = |outcome| {
        Condition::Test(match outcome {
            True => test("_x", Equals, &["5"]),
            False => test("_x", Equals, &["6"]),
            Missing => test("_nothing", Equals, &["5"]),
            NotComparable => test("_x", LessThan, &["x"]),
        })
    };
    let rows = [
        (True, True, True, True),
        (True, False, False, True),
        (False, False, False, False),
        (True, Missing, Missing, True),
        (False, Missing, False, Missing),
        (True, NotComparable, NotComparable, True),
        (False, NotComparable, False, NotComparable),
        (Missing, NotComparable, Missing, Missing),
        (Missing, Missing, Missing, Missing),
    ];
    for (one, other, all, any) in rows {
        for parts in [vec![part(one), part(other)], vec![part(other), part(one)]] {
            assert_eq!(evaluate(&Condition::All(parts.clone()), &world).outcome, all);
            assert_eq!(evaluate(&Condition::Any(parts), &world).outcome, any);
        }
    }
    assert_eq!(evaluate(&Condition::All(vec![]), &world).outcome, True);
    assert_eq!(evaluate(&Condition::Any(vec![]), &world).outcome, False);
}
