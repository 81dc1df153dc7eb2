//! What holds for any input.

use std::{cmp::Ordering, collections::BTreeMap};

use kernel::flow::{
    References,
    condition::{Outcome, evaluate},
    decimal::{Amount, Decimal, date},
    lint,
    test::run,
};
use model::{
    QueueId,
    flow::{Condition, FlowEnd, NodeKind, Operand, Operator, Severity, Test},
};
use proptest::{prelude::*, sample::select};

use super::{
    strategies::{TYPES, condition, flow, given, number, sound_flow, value, variables},
    world::{World, test, typed},
};

proptest! {
    #[test]
    fn nothing_panics_on_any_condition(condition in condition(), variables in variables()) {
        let world = World::with(variables);
        let verdict = evaluate(&condition, &world);
        prop_assert_eq!(verdict, evaluate(&condition, &world));
    }

    #[test]
    fn numbers_are_totally_ordered(a in number(), b in number(), c in number()) {
        let of = |text| Decimal::parse(text).expect("the strategy makes numbers");
        let (a, b, c) = (of(&a), of(&b), of(&c));
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
        let mut one = [a.clone(), b.clone(), c.clone()];
        let mut other = [c, a, b];
        one.sort();
        other.sort();
        prop_assert_eq!(one, other);
    }

    #[test]
    fn small_numbers_are_ordered_as_integers_are(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000) {
        let cents = |n: i64| {
            let sign = if n < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", n.abs() / 100, n.abs() % 100)
        };
        let (one, other) = (cents(a), cents(b));
        prop_assert_eq!(Decimal::parse(&one).cmp(&Decimal::parse(&other)), a.cmp(&b));
        let priced = format!("${}", one.trim_start_matches('-'));
        let amount = Amount::parse(&priced).map(|amount| amount.value);
        prop_assert_eq!(amount, Decimal::parse(one.trim_start_matches('-')));
    }

    #[test]
    fn any_two_values_compare_one_way_or_not_at_all(
        a in value(),
        b in value(),
        kind in select(TYPES.to_vec()),
    ) {
        let of = |left: &str, operator, right: &str| {
            let world = World::with([typed("_x", left, kind)]);
            let right = vec![Operand::Text(right.into())];
            let test = Test { right, ..test("_x", operator, &[]) };
            evaluate(&Condition::Test(test), &world).outcome
        };
        let less = of(&a, Operator::LessThan, &b);
        let greater = of(&a, Operator::GreaterThan, &b);
        prop_assert_eq!(less, of(&b, Operator::GreaterThan, &a));
        prop_assert_eq!(less == Outcome::NotComparable, greater == Outcome::NotComparable);
        prop_assert!(!(less == Outcome::True && greater == Outcome::True));
        let opposite = |outcome| match outcome {
            Outcome::True => Outcome::False,
            Outcome::False => Outcome::True,
            Outcome::Missing => Outcome::Missing,
            Outcome::NotComparable => Outcome::NotComparable,
        };
        prop_assert_eq!(of(&a, Operator::AtMost, &b), opposite(greater));
        prop_assert_eq!(of(&a, Operator::AtLeast, &b), opposite(less));
        prop_assert_eq!(of(&a, Operator::NotEquals, &b), opposite(of(&a, Operator::Equals, &b)));
        prop_assert_eq!(of(&a, Operator::In, &b), of(&a, Operator::Equals, &b));
    }

    #[test]
    fn a_number_is_an_amount_of_the_same_value_and_never_a_date(text in value()) {
        if let Some(number) = Decimal::parse(&text) {
            prop_assert_eq!(Amount::parse(&text).map(|amount| amount.value), Some(number));
            prop_assert!(date(&text).is_none());
        }
    }

    #[test]
    fn every_run_ends_within_its_bounds(flow in flow(), given in given()) {
        let first = run(&flow, &given, &BTreeMap::new());
        prop_assert!(first.steps.len() <= 5_000);
        prop_assert_eq!(first, run(&flow, &given, &BTreeMap::new()));
    }

    #[test]
    fn the_linter_reads_anything(flow in flow()) {
        let found = lint(&flow, &References::default());
        prop_assert_eq!(found, lint(&flow, &References::default()));
    }

    /// What the linter lets through never loops without a pause, unless it warned of that.
    #[test]
    fn a_flow_without_errors_keeps_its_promise(flow in sound_flow(), given in given()) {
        let references =
            References { queues: [QueueId(1)].into(), ..References::default() };
        let found = lint(&flow, &references);
        let loops = found.iter().any(|finding| &*finding.field == "exits");
        let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
        prop_assert!(errors == 0 || loops, "{:#?}", found);
        let run = run(&flow, &given, &BTreeMap::new());
        if !loops {
            prop_assert_ne!(run.end, FlowEnd::NoSuchNode);
            let paused = run.steps.iter().any(|step| is_pause(&flow.nodes[&step.node].kind));
            prop_assert!(run.end != FlowEnd::Endless || paused, "{:?}", run);
        }
    }
}

fn is_pause(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Wait { .. } | NodeKind::Menu(_) | NodeKind::ToQueue(_) | NodeKind::ToNumber(_)
    )
}
