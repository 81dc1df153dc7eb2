//! The linter: what is wrong with a flow, before a customer finds out.
//!
//! Errors keep a flow from being published. Warnings do not: they say what the flow will do where
//! its author may not expect it.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    sync::Arc,
    vec::Vec,
};

use model::{
    AgentId, QueueId, ScheduleId, ScriptId, SkillId, Text,
    config::Schedule,
    flow::{Finding, Fix, Flow, NodeId, Severity},
    limits::{ENTRIES_MAX, FLOW_NODES_MAX},
};

mod condition;
mod exits;
mod graph;
mod loops;
mod params;
mod queue;
mod words;

/// What a flow may refer to.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// Queues.
    pub queues: BTreeSet<QueueId>,
    /// Skills.
    pub skills: BTreeSet<SkillId>,
    /// Scripts, the one that is published included.
    pub scripts: BTreeSet<ScriptId>,
    /// Agents.
    pub agents: BTreeSet<AgentId>,
    /// Opening hours.
    pub schedules: BTreeMap<ScheduleId, Arc<Schedule>>,
    /// System variables, `$` included.
    pub system: BTreeSet<Text>,
}

/// Everything there is to say about a flow: first about its shape, then node by node.
#[must_use]
pub fn lint(flow: &Flow, references: &References) -> Vec<Finding> {
    let mut report = Report { node: None, findings: Vec::new() };
    if flow.nodes.len() > FLOW_NODES_MAX {
        let found = flow.nodes.len();
        report.error("nodes", format!("a flow has at most {FLOW_NODES_MAX} nodes, not {found}"));
        return report.findings;
    }
    graph::check(flow, &mut report);
    loops::check(flow, &mut report);
    words::check_labels(flow, &mut report);
    let private = words::private_variables(flow);
    for (id, node) in &flow.nodes {
        report.node = Some(id.clone());
        exits::check(flow, id, node, references, &mut report);
        let mut of_node = params::Params { references, private: &private, report: &mut report };
        of_node.check(&node.kind);
    }
    report.findings
}

/// Findings so far, and the node that is looked at.
struct Report {
    node: Option<NodeId>,
    findings: Vec<Finding>,
}

impl Report {
    fn error(&mut self, field: impl Into<Text>, message: impl Into<Text>) {
        self.add(Severity::Error, field.into(), message.into(), None);
    }

    fn warning(&mut self, field: impl Into<Text>, message: impl Into<Text>) {
        self.add(Severity::Warning, field.into(), message.into(), None);
    }

    fn add(&mut self, severity: Severity, field: Text, message: Text, fix: Option<Fix>) {
        let node = self.node.clone();
        self.findings.push(Finding { severity, node, field, message, fix });
    }

    fn check_count(&mut self, field: &str, count: usize) {
        if !(1..=ENTRIES_MAX).contains(&count) {
            self.error(field, format!("has {count} entries, and must have 1 to {ENTRIES_MAX}"));
        }
    }

    /// The node a fix is for.
    fn here(&self) -> NodeId {
        self.node.clone().unwrap_or_else(|| "".into())
    }
}
