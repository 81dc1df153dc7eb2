//! Trial runs kept with the demo's scripts: they are run before every publication.

use model::{
    Timestamp,
    flow::{Expected, FlowEnd, FlowTest, Given, Passage, QueueFacts},
    variable::{DataType, Variable, VariableName},
};

use super::{super::settings::queue, MINUTE, SECOND};

/// The key for English.
const ENGLISH: &str = "1";

pub(super) fn main_line() -> Vec<FlowTest> {
    let text = |name, value| vec![variable(name, value, None)];
    let amount = |value| vec![variable("_accountBalance", value, Some(DataType::Currency))];
    let routed = |name, digits: &str, variables, end| FlowTest {
        expect: Expected { end: Some(FlowEnd::Queue(end)), ..Expected::default() },
        ..test(name, Given { variables, digits: vec![digits.into()], ..Given::default() }, &[])
    };
    let full = QueueFacts { expected_wait_ms: Some(9 * MINUTE), ..QueueFacts::default() };
    let called_back = Given {
        digits: vec![ENGLISH.into(), "1".into()],
        queues: [(queue::STANDARD, full)].into(),
        ..Given::default()
    };
    let left_message = Given {
        digits: vec![ENGLISH.into()],
        queue_exits: vec!["message".into()],
        recordings: vec![20 * SECOND],
        ..Given::default()
    };
    vec![
        routed("A VIP comes first", ENGLISH, text("_customerTier", "VIP"), queue::PRIORITY),
        routed("A payment is due", ENGLISH, text("_paymentDue", "true"), queue::BILLING),
        routed("A negative balance", ENGLISH, amount("-0.01"), queue::COLLECTIONS),
        routed("A large balance", ENGLISH, amount("$12,500.00"), queue::VIP_SUPPORT),
        routed("9 is less than 10000", ENGLISH, amount("9"), queue::STANDARD),
        routed("Nothing is known", "", Vec::new(), queue::STANDARD),
        routed("Spanish", "2", text("_customerTier", "VIP"), queue::SPANISH),
        test("A long wait, and a callback", called_back, &[("choice", "1"), ("callback", "done")]),
        test(
            "Waits, then a message",
            left_message,
            &[("toStandard", "message"), ("message", "done")],
        ),
    ]
}

/// 10 o'clock in New York on a Monday, a Sunday and a holiday.
const MONDAY: Timestamp = Timestamp(1795446000000);
const SUNDAY: Timestamp = Timestamp(1795359600000);
const HOLIDAY: Timestamp = Timestamp(1795705200000);

pub(super) fn business_hours() -> Vec<FlowTest> {
    let at = |at| Given { at, recordings: vec![20 * SECOND], ..Given::default() };
    let unstaffed = Given { queue_exits: vec!["noAgents".into()], ..at(MONDAY) };
    vec![
        test("On a working day", at(MONDAY), &[("hours", "open"), ("welcome", "next")]),
        test("On a Sunday", at(SUNDAY), &[("hours", "closed"), ("message", "done")]),
        test("On a holiday", at(HOLIDAY), &[("hours", "exception1"), ("message", "done")]),
        test("Nobody is there", unstaffed, &[("toStandard", "noAgents"), ("message", "done")]),
    ]
}

fn test(name: &str, given: Given, through: &[(&str, &str)]) -> FlowTest {
    let passage =
        |(node, exit): &(&str, &str)| Passage { node: (*node).into(), exit: (*exit).into() };
    let through = through.iter().map(passage).collect();
    FlowTest { name: name.into(), given, expect: Expected { through, end: None } }
}

fn variable(name: &str, value: &str, data_type: Option<DataType>) -> Variable {
    Variable {
        name: VariableName::parse(name).expect("a variable's name"),
        value: value.into(),
        ivr: Some(true),
        display: None,
        display_name: None,
        data_type,
        privacy: None,
    }
}
