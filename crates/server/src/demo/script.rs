//! The demo's scripts: what customers meet before an agent does.

use std::collections::BTreeMap;

use model::{
    QueueId, Text,
    flow::{
        Condition, Expected, Flow, FlowEnd, FlowTest, Given, Menu, Node, NodeKind, Operand,
        Operator, Test, ToQueue,
    },
    time::Millis,
    variable::{DataType, Variable, VariableName},
};

use super::settings::{ALWAYS_OPEN, BUSINESS_HOURS, queue, skill};

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;

/// How long the main line waits for a language, in which integrations attach their variables.
const LANGUAGE_MS: Millis = 15 * SECOND;
/// How often those who wait hear their position.
const ANNOUNCE_MS: Millis = 20 * SECOND;

/// Draws a flow node by node.
struct Drawing(Flow);

impl Drawing {
    fn starting_at(start: &str) -> Self {
        Self(Flow { start: start.into(), nodes: BTreeMap::new(), tests: Vec::new() })
    }

    fn node(mut self, id: &str, label: &str, kind: NodeKind, exits: &[(&str, &str)]) -> Self {
        let exits = exits.iter().map(|(exit, to)| (Text::from(*exit), Text::from(*to))).collect();
        self.0.nodes.insert(id.into(), Node { label: label.into(), kind, exits });
        self
    }

    fn say(self, id: &str, label: &str, text: &str, next: &str) -> Self {
        self.node(id, label, NodeKind::Say { text: text.into() }, &[("next", next)])
    }

    /// Waits `minutes` at most; whoever cannot be served there goes on at `otherwise`.
    fn queue(self, id: &str, label: &str, to: QueueId, minutes: Millis, otherwise: &str) -> Self {
        let kind = NodeKind::ToQueue(ToQueue {
            queue: to,
            timeout_ms: Some(minutes * MINUTE),
            announce_ms: Some(ANNOUNCE_MS),
            preferred: None,
            leave_when_unstaffed: false,
            announce_wait: false,
            options: Vec::new(),
        });
        let exits = ["timeout", "atCapacity", "noAgents"].map(|exit| (exit, otherwise));
        self.node(id, label, kind, &exits)
    }

    fn test(self, id: &str, label: &str, test: (&str, Operator, &str), exits: [&str; 2]) -> Self {
        let (variable, operator, right) = test;
        let condition = Condition::Test(Test {
            variable: variable.into(),
            operator,
            right: vec![Operand::Text(right.into())],
            compare_as: None,
            ignore_case: false,
        });
        let exits = [("true", exits[0]), ("false", exits[1])];
        self.node(id, label, NodeKind::TestVariable(condition), &exits)
    }

    /// What every script needs at its end.
    fn with_ends(self) -> Self {
        let busy = "We are sorry: nobody could take your call in time. Please call again later.";
        let closed = "Our office is closed at this time. Please call again during opening hours.";
        self.say("busy", "Nobody in time", busy, "bye").say("closed", "Closed", closed, "bye").node(
            "bye",
            "Hang up",
            NodeKind::Disconnect,
            &[],
        )
    }
}

/// The main line: a language, then the customer's variables decide on the queue.
pub(super) fn main_line() -> Flow {
    let welcome = "Welcome to Acme Corp.";
    let language = Menu {
        text: "For English, press 1. Para español, oprima 2.".into(),
        keys: "12".into(),
        timeout_ms: LANGUAGE_MS,
        tries: 1,
        again: None,
    };
    let languages = [("1", "tier"), ("2", "spanish"), ("noInput", "tier"), ("noMatch", "tier")];
    let hours = NodeKind::Schedule { schedule: ALWAYS_OPEN };
    let spanish = NodeKind::RequireSkill { skill: skill::SPANISH, level: 3 };
    let raise = NodeKind::SetPriority { priority: 60 };
    let balance = "_accountBalance";
    let mut flow = Drawing::starting_at("hours")
        .node("hours", "Open?", hours, &[("open", "welcome"), ("closed", "closed")])
        .say("welcome", "Welcome", welcome, "language")
        .node("language", "Language", NodeKind::Menu(language), &languages)
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
            ["toVip", "toStandard"],
        )
        .node("spanish", "Needs Spanish", spanish, &[("next", "toSpanish")])
        .queue("toPriority", "Priority", queue::PRIORITY, 3, "raise")
        .queue("toBilling", "Billing", queue::BILLING, 3, "raise")
        .queue("toCollections", "Collections", queue::COLLECTIONS, 3, "raise")
        .queue("toVip", "VIP Support", queue::VIP_SUPPORT, 3, "raise")
        .queue("toSpanish", "Spanish", queue::SPANISH, 10, "busy")
        .node("raise", "Raise priority", raise, &[("next", "toStandard")])
        .queue("toStandard", "Standard", queue::STANDARD, 10, "busy")
        .with_ends()
        .0;
    flow.tests = main_line_tests();
    flow
}

/// The second number: open on working days.
pub(super) fn business_hours() -> Flow {
    let hours = NodeKind::Schedule { schedule: BUSINESS_HOURS };
    let exits = [("open", "welcome"), ("closed", "closed"), ("exception1", "holiday")];
    Drawing::starting_at("hours")
        .node("hours", "Business hours?", hours, &exits)
        .say("welcome", "Welcome", "You have reached Acme Corp's office.", "toStandard")
        .say("holiday", "Holiday", "Today is a holiday at Acme Corp.", "bye")
        .queue("toStandard", "Standard", queue::STANDARD, 10, "busy")
        .with_ends()
        .0
}

/// The chat on the website.
pub(super) fn website_chat() -> Flow {
    Drawing::starting_at("hello")
        .say("hello", "Hello", "Hello! An agent will be with you in a moment.", "toChat")
        .queue("toChat", "Website chat", queue::CHAT, 10, "busy")
        .with_ends()
        .0
}

/// Trial runs kept with the script: they are run before every publication.
fn main_line_tests() -> Vec<FlowTest> {
    let text = |name, value| variable(name, value, None);
    let amount = |value| variable("_accountBalance", value, Some(DataType::Currency));
    let english = "1";
    vec![
        test("A VIP comes first", english, vec![text("_customerTier", "VIP")], queue::PRIORITY),
        test("A payment is due", english, vec![text("_paymentDue", "true")], queue::BILLING),
        test("A negative balance", english, vec![amount("-0.01")], queue::COLLECTIONS),
        test("A large balance", english, vec![amount("$12,500.00")], queue::VIP_SUPPORT),
        test("9 is less than 10000", english, vec![amount("9")], queue::STANDARD),
        test("Nothing is known", "", Vec::new(), queue::STANDARD),
        test("Spanish", "2", vec![text("_customerTier", "VIP")], queue::SPANISH),
    ]
}

fn test(name: &str, digits: &str, variables: Vec<Variable>, end: QueueId) -> FlowTest {
    let given = Given { variables, digits: vec![digits.into()], ..Given::default() };
    let expect = Expected { end: Some(FlowEnd::Queue(end)), ..Expected::default() };
    FlowTest { name: name.into(), given, expect }
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
