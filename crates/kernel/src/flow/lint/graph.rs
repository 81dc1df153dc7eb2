//! The shape of the graph: where it begins and what can be reached.

use alloc::{collections::BTreeSet, format, vec, vec::Vec};

use model::{
    flow::{Fix, Flow, NodeId, Severity},
    limits::SHORT_TEXT_CHARS_MAX,
};

use super::Report;

pub(super) fn check(flow: &Flow, report: &mut Report) {
    if flow.nodes.is_empty() {
        report.error("nodes", "the flow has no nodes");
        return;
    }
    check_tests(flow, report);
    for id in flow.nodes.keys() {
        if id.is_empty() || id.chars().nth(SHORT_TEXT_CHARS_MAX).is_some() {
            report.node = Some(id.clone());
            report.error("id", format!("a node's id has 1 to {SHORT_TEXT_CHARS_MAX} characters"));
            report.node = None;
        }
    }
    if !flow.nodes.contains_key(&flow.start) {
        let fix = only_root(flow).map(|node| Fix::SetStart { node });
        let message = format!("the flow begins at `{}`, which does not exist", flow.start);
        report.add(Severity::Error, "start".into(), message.into(), fix);
        return;
    }
    let reached = reach(flow);
    for id in flow.nodes.keys().filter(|id| !reached.contains(*id)) {
        report.node = Some(id.clone());
        let fix = Fix::RemoveNode { node: id.clone() };
        let message = "no path leads here from the start".into();
        report.add(Severity::Warning, "id".into(), message, Some(fix));
    }
    report.node = None;
}

fn check_tests(flow: &Flow, report: &mut Report) {
    for (i, test) in flow.tests.iter().enumerate() {
        for (k, passage) in test.expect.through.iter().enumerate() {
            if !flow.nodes.contains_key(&passage.node) {
                report.warning(
                    format!("tests[{i}].expect.through[{k}].node"),
                    format!("the test expects the node `{}`, which does not exist", passage.node),
                );
            }
        }
    }
}

/// The node to which no exit leads, when there is exactly one.
fn only_root(flow: &Flow) -> Option<NodeId> {
    let targets: BTreeSet<&NodeId> =
        flow.nodes.values().flat_map(|node| node.exits.values()).collect();
    let mut roots = flow.nodes.keys().filter(|id| !targets.contains(id));
    let root = roots.next()?;
    roots.next().is_none().then(|| root.clone())
}

fn reach(flow: &Flow) -> BTreeSet<&NodeId> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&NodeId> = vec![&flow.start];
    while let Some(id) = next.pop() {
        if let Some(node) = flow.nodes.get(id)
            && reached.insert(id)
        {
            next.extend(node.exits.values());
        }
    }
    reached
}
