//! Exits: those that exist, and where they lead.

use alloc::{collections::BTreeSet, format, string::String};

use model::{
    Text,
    flow::{Fix, Flow, Node, NodeId, NodeKind, Severity},
};

use super::{References, Report};
use crate::flow::{exits, follow, hours};

pub(super) fn check(
    flow: &Flow,
    id: &NodeId,
    node: &Node,
    references: &References,
    report: &mut Report,
) {
    let possible = exits(&node.kind);
    let ends = matches!(node.kind, NodeKind::Disconnect);
    for (exit, to) in &node.exits {
        let field: Text = format!("exits.{exit}").into();
        let fix = Some(Fix::RemoveExit { node: id.clone(), exit: exit.clone() });
        let is_error = &**exit == "error" && !ends;
        if let Some(why) = dormant(&node.kind, exit) {
            report.add(Severity::Warning, field.clone(), why.into(), fix.clone());
        } else if !is_error && !possible.contains(exit) {
            let message = format!("there is no exit `{exit}` here");
            report.add(Severity::Error, field.clone(), message.into(), fix.clone());
        }
        if !flow.nodes.contains_key(to) {
            let message = format!("leads to `{to}`, which does not exist");
            report.add(Severity::Error, field, message.into(), fix);
        }
    }
    for exit in possible.iter().filter(|exit| !node.exits.contains_key(*exit)) {
        if let Some(message) = what_happens(node, exit, references) {
            report.warning(format!("exits.{exit}"), message);
        }
    }
}

/// Why an exit of this kind is never taken with these parameters.
fn dormant(kind: &NodeKind, exit: &str) -> Option<&'static str> {
    let NodeKind::ToQueue(to) = kind else { return None };
    match exit {
        "timeout" if to.timeout_ms.is_none() => {
            Some("is never taken: no time is set after which the customer leaves the queue")
        }
        "noAgents" if !to.leave_when_unstaffed => {
            Some("is never taken: the node does not leave an unstaffed queue")
        }
        _ => None,
    }
}

/// What comes of an exit that is not wired; `None` when nobody will be surprised.
fn what_happens(node: &Node, exit: &str, references: &References) -> Option<String> {
    let expected = match &node.kind {
        // Without them the node is 8x8's, with `true` and `false` only.
        NodeKind::TestVariable(_) => matches!(exit, "missing" | "notComparable"),
        NodeKind::Schedule { schedule } => {
            let used: BTreeSet<&str> = references
                .schedules
                .get(schedule)
                .into_iter()
                .flat_map(|schedule| &schedule.exceptions)
                .filter_map(|exception| hours::exception_exit(exception.exit))
                .collect();
            exit.starts_with("exception") && !used.contains(exit)
        }
        NodeKind::Switch(_)
        | NodeKind::Split(_)
        | NodeKind::TestQueue(_)
        | NodeKind::SetVariable { .. }
        | NodeKind::GetFromApi(_)
        | NodeKind::Wait { .. }
        | NodeKind::Say { .. }
        | NodeKind::Menu(_)
        | NodeKind::CollectDigits(_)
        | NodeKind::Record(_)
        | NodeKind::Voicemail(_)
        | NodeKind::SetPriority { .. }
        | NodeKind::RequireSkill { .. }
        | NodeKind::DropSkill { .. }
        | NodeKind::ToQueue(_)
        | NodeKind::ToAgent { .. }
        | NodeKind::ToNumber(_)
        | NodeKind::ToExternalIvr(_)
        | NodeKind::Callback(_)
        | NodeKind::ToScript { .. }
        | NodeKind::Disconnect => false,
    };
    let message = || match follow(node, exit) {
        Some(to) => format!("is not wired: it leads where `error` does, to `{to}`"),
        None => "is not wired: the customer is disconnected".into(),
    };
    (!expected).then(message)
}
