//! The main line: a language, then the customer's variables decide on the queue.

use model::{
    flow::{Flow, NodeKind, Operator, QueueCondition, QueueTest, TestQueue},
    time::Millis,
};

use super::{
    super::settings::{ALWAYS_OPEN, queue, skill},
    MINUTE, SECOND,
    drawing::Drawing,
    tests,
};

/// How long the main line waits for a language, in which integrations attach their variables.
const LANGUAGE_MS: Millis = 15 * SECOND;
/// How long the choice between waiting and being called back is open.
const CHOICE_MS: Millis = 8 * SECOND;
/// From this expected wait on, customers are asked before they wait.
const LONG_WAIT_MS: Millis = 5 * MINUTE;
/// How long somebody has waited before the ways out are named.
const OPTIONS_AFTER_MS: Millis = 45 * SECOND;

pub(in crate::demo) fn main_line() -> Flow {
    let greeted = Drawing::starting_at("hours")
        .hours("hours", "Open?", ALWAYS_OPEN, &[("open", "welcome"), ("closed", "closed")])
        .say("welcome", "Welcome", "Welcome to Acme Corp.", "language")
        .menu(
            "language",
            "Language",
            ("For English, press 1. Para español, oprima 2.", LANGUAGE_MS),
            &[("1", "tier"), ("2", "spanish")],
            "tier",
        );
    let mut flow = ends(standard(spanish(tests_of_customer(greeted)))).flow();
    flow.tests = tests::main_line();
    flow
}

/// The first that is true decides on the queue.
fn tests_of_customer(drawing: Drawing) -> Drawing {
    let raise = NodeKind::SetPriority { priority: 60 };
    let balance = "_accountBalance";
    drawing
        .test("tier", "VIP?", ("_customerTier", Operator::Equals, "VIP"), ["toPriority", "due"])
        .test(
            "due",
            "Payment due?",
            ("_paymentDue", Operator::Equals, "true"),
            ["toBilling", "owes"],
        )
        .test(
            "owes",
            "Balance below 0?",
            (balance, Operator::LessThan, "0"),
            ["toCollections", "rich"],
        )
        .test(
            "rich",
            "Balance over 10000?",
            (balance, Operator::GreaterThan, "10000"),
            ["toVip", "long"],
        )
        .queue("toPriority", "Priority", queue::PRIORITY, 3)
        .otherwise("raise", "raise")
        .queue("toBilling", "Billing", queue::BILLING, 3)
        .otherwise("raise", "raise")
        .queue("toCollections", "Collections", queue::COLLECTIONS, 3)
        .otherwise("raise", "raise")
        .queue("toVip", "VIP Support", queue::VIP_SUPPORT, 3)
        .otherwise("raise", "raise")
        .node("raise", "Raise priority", raise, &[("next", "toStandard")])
}

fn spanish(drawing: Drawing) -> Drawing {
    let needs = NodeKind::RequireSkill { skill: skill::SPANISH, level: 3 };
    let leave = "Nadie puede atenderle ahora. Deje su mensaje después del tono.";
    drawing
        .node("spanish", "Needs Spanish", needs, &[("next", "toSpanish")])
        .queue("toSpanish", "Spanish", queue::SPANISH, 10)
        .otherwise("mensaje", "mensaje")
        .option("message", later("2"), "Para dejar un mensaje, oprima 2.", "mensaje")
        .message("mensaje", "Spanish message", leave, queue::SPANISH)
}

/// Everybody else. Nobody waits long without having chosen to.
fn standard(drawing: Drawing) -> Drawing {
    let long = NodeKind::TestQueue(TestQueue {
        queue: queue::STANDARD,
        conditions: vec![QueueCondition {
            when: QueueTest::ExpectedWaitOver(LONG_WAIT_MS),
            exit: "long".into(),
        }],
    });
    let choose = "You would wait for more than five minutes. To be called back, press 1. \
                  To leave a message, press 2. To wait, stay on the line.";
    let leave = "Please leave a message after the tone, and we will call you back.";
    drawing
        .node("long", "A long wait?", long, &[("long", "choice"), ("none", "toStandard")])
        .menu(
            "choice",
            "Wait or callback",
            (choose, CHOICE_MS),
            &[("1", "callback"), ("2", "message")],
            "toStandard",
        )
        .queue("toStandard", "Standard", queue::STANDARD, 10)
        .announcing_wait()
        .otherwise("message", "busy")
        .option("callback", later("1"), "To be called back instead, press 1.", "callback")
        .option("message", later("2"), "To leave a message, press 2.", "message")
        .callback("callback", "Call back", queue::STANDARD, "message")
        .message("message", "Leave a message", leave, queue::STANDARD)
}

/// A key that is named to those who have waited for a while.
fn later(key: &str) -> (&str, Millis) {
    (key, OPTIONS_AFTER_MS)
}

fn ends(drawing: Drawing) -> Drawing {
    let closed = "Our office is closed at this time. Please call again during opening hours.";
    drawing.with_ends().say("closed", "Closed", closed, "bye")
}
