//! Everything the linter finds, that each fix mends it, and that a good flow is left in peace.

use std::sync::Arc;

use kernel::flow::{References, lint};
use model::{
    AgentId, QueueId, ScheduleId, ScriptId, SkillId,
    config::{Exception, Schedule},
    flow::{CollectDigits, Finding, Flow, Menu, Node, NodeKind, Severity, ToQueue},
};

use super::{
    fix::{exists, mend},
    world::{flow, node},
};

mod params;
mod route;
mod shape;
mod values;

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
        announce_wait: false,
        options: Vec::new(),
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
