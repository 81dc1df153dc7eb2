//! Loops in which nothing is waited for.
//!
//! While nothing is waited for no time passes, so every test says the same again unless the loop
//! itself changes what is tested. A loop that changes nothing never ends; one that does may.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::String,
    vec::Vec,
};

use model::{
    flow::{Flow, Node, NodeId, NodeKind},
    limits::FLOW_STEPS_PER_TURN_MAX,
};

use super::Report;
use crate::flow::{exits, follow};

type Graph<'f> = BTreeMap<&'f NodeId, BTreeSet<&'f NodeId>>;

pub(super) fn check(flow: &Flow, report: &mut Report) {
    let all: Graph<'_> =
        flow.nodes.iter().map(|(id, node)| (id, instant_targets(flow, node))).collect();
    let idle = |id: &NodeId| flow.nodes.get(id).is_some_and(|node| !changes_tests(&node.kind));
    let idle_only: Graph<'_> = all
        .iter()
        .filter(|(id, _)| idle(id))
        .map(|(id, targets)| (*id, targets.iter().copied().filter(|to| idle(to)).collect()))
        .collect();
    let endless = cycles(&idle_only);
    for cycle in &endless {
        report.node = cycle.first().map(|id| (*id).clone());
        let message = format!(
            "an endless loop: {} lead to each other and none of them waits for anything",
            list(cycle)
        );
        report.error("exits", message);
    }
    for cycle in cycles(&all) {
        if endless.iter().flatten().any(|id| cycle.contains(id)) {
            continue;
        }
        report.node = cycle.first().map(|id| (*id).clone());
        let message = format!(
            "a loop without a pause: {} lead to each other; unless what they set ends it, the \
             customer is disconnected after {FLOW_STEPS_PER_TURN_MAX} nodes",
            list(&cycle)
        );
        report.warning("exits", message);
    }
    report.node = None;
}

/// Where a node can lead without having waited.
fn instant_targets<'f>(flow: &'f Flow, node: &'f Node) -> BTreeSet<&'f NodeId> {
    let possible = exits(&node.kind);
    let error = can_fail(&node.kind).then_some("error");
    let names = possible.iter().map(|exit| &**exit).chain(error);
    names
        .filter(|exit| is_instant(&node.kind, exit))
        .filter_map(|exit| follow(node, exit))
        .filter(|to| flow.nodes.contains_key(*to))
        .collect()
}

fn is_instant(kind: &NodeKind, exit: &str) -> bool {
    match kind {
        NodeKind::Wait { .. }
        | NodeKind::Menu(_)
        | NodeKind::CollectDigits(_)
        | NodeKind::Record(_)
        | NodeKind::Voicemail(_) => false,
        NodeKind::ToQueue(to) => {
            exit != "timeout" && !to.options.iter().any(|option| &*option.exit == exit)
        }
        NodeKind::ToAgent { .. } => exit != "noAnswer",
        NodeKind::ToNumber(_) => !matches!(exit, "done" | "busy" | "noAnswer"),
        NodeKind::ToExternalIvr(_) => !matches!(exit, "resume" | "timeout"),
        NodeKind::GetFromApi(_) => exit == "error",
        NodeKind::TestVariable(_)
        | NodeKind::Switch(_)
        | NodeKind::Split(_)
        | NodeKind::Schedule { .. }
        | NodeKind::TestQueue(_)
        | NodeKind::SetVariable { .. }
        | NodeKind::Say { .. }
        | NodeKind::SetPriority { .. }
        | NodeKind::RequireSkill { .. }
        | NodeKind::DropSkill { .. }
        | NodeKind::Callback(_)
        | NodeKind::ToScript { .. }
        | NodeKind::Disconnect => true,
    }
}

/// Whether a node that passed the linter can still be left by `error`.
fn can_fail(kind: &NodeKind) -> bool {
    match kind {
        NodeKind::Schedule { .. }
        | NodeKind::TestQueue(_)
        | NodeKind::GetFromApi(_)
        | NodeKind::SetVariable { .. }
        | NodeKind::ToQueue(_)
        | NodeKind::ToExternalIvr(_)
        | NodeKind::Callback(_)
        | NodeKind::Voicemail(_)
        | NodeKind::ToScript { .. } => true,
        NodeKind::TestVariable(_)
        | NodeKind::Switch(_)
        | NodeKind::Split(_)
        | NodeKind::Wait { .. }
        | NodeKind::Say { .. }
        | NodeKind::Menu(_)
        | NodeKind::CollectDigits(_)
        | NodeKind::Record(_)
        | NodeKind::SetPriority { .. }
        | NodeKind::RequireSkill { .. }
        | NodeKind::DropSkill { .. }
        | NodeKind::ToAgent { .. }
        | NodeKind::ToNumber(_)
        | NodeKind::Disconnect => false,
    }
}

/// Whether a later test in the same breath can come out differently because of the node.
fn changes_tests(kind: &NodeKind) -> bool {
    match kind {
        NodeKind::SetVariable { .. }
        | NodeKind::RequireSkill { .. }
        | NodeKind::DropSkill { .. } => true,
        NodeKind::TestVariable(_)
        | NodeKind::Switch(_)
        | NodeKind::Split(_)
        | NodeKind::Schedule { .. }
        | NodeKind::GetFromApi(_)
        | NodeKind::TestQueue(_)
        | NodeKind::Wait { .. }
        | NodeKind::Say { .. }
        | NodeKind::Menu(_)
        | NodeKind::CollectDigits(_)
        | NodeKind::Record(_)
        | NodeKind::Voicemail(_)
        | NodeKind::SetPriority { .. }
        | NodeKind::ToQueue(_)
        | NodeKind::ToAgent { .. }
        | NodeKind::ToNumber(_)
        | NodeKind::ToExternalIvr(_)
        | NodeKind::Callback(_)
        | NodeKind::ToScript { .. }
        | NodeKind::Disconnect => false,
    }
}

/// Groups of nodes each of which leads to all the others, or to itself.
fn cycles<'f>(graph: &Graph<'f>) -> Vec<Vec<&'f NodeId>> {
    let reach: Graph<'_> = graph.keys().map(|id| (*id, reached_from(graph, id))).collect();
    let leads = |from: &NodeId, to: &NodeId| reach.get(from).is_some_and(|all| all.contains(to));
    let mut cycles: Vec<Vec<&'f NodeId>> = Vec::new();
    for id in graph.keys().filter(|id| leads(id, id)) {
        match cycles.iter_mut().find(|cycle| leads(cycle[0], id) && leads(id, cycle[0])) {
            Some(cycle) => cycle.push(id),
            None => cycles.push(alloc::vec![id]),
        }
    }
    cycles
}

fn reached_from<'f>(graph: &Graph<'f>, from: &NodeId) -> BTreeSet<&'f NodeId> {
    let targets = |id: &NodeId| graph.get(id).into_iter().flatten().copied();
    let mut reached = BTreeSet::new();
    let mut next: Vec<&NodeId> = targets(from).collect();
    while let Some(id) = next.pop() {
        if reached.insert(id) {
            next.extend(targets(id));
        }
    }
    reached
}

fn list(cycle: &[&NodeId]) -> String {
    let named: Vec<String> = cycle.iter().take(5).map(|id| format!("`{id}`")).collect();
    let more = cycle.len() - named.len();
    let named = named.join(", ");
    if more == 0 { named } else { format!("{named} and {more} more") }
}
