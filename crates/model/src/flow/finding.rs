//! What the linter has to say about a flow, and how each thing can be mended with one click.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{Text, flow::NodeId};

/// One thing the linter found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Where; `None` when it is about the flow itself.
    pub node: Option<NodeId>,
    /// Which field, as a path in the JSON of the node (`kind.split.shares[1].percent`,
    /// `exits.true`, `label`), or of the flow when there is no node (`start`, `nodes`).
    pub field: Text,
    /// What is wrong and what comes of it, for people.
    pub message: Text,
    /// What mends it, where there is one obvious way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// The flow cannot be published.
    Error,
    /// It can be, and does what the message says.
    Warning,
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fix {
    /// Begin at this node.
    SetStart {
        /// The node.
        node: NodeId,
    },
    /// Remove the node, and every exit that leads to it.
    RemoveNode {
        /// The node.
        node: NodeId,
    },
    /// Make the exit lead nowhere.
    RemoveExit {
        /// The node.
        node: NodeId,
        /// The exit.
        exit: Text,
    },
    /// Give the node another label.
    SetLabel {
        /// The node.
        node: NodeId,
        /// The label.
        label: Text,
    },
    /// Replace a text parameter.
    SetText {
        /// The node.
        node: NodeId,
        /// Which, as in the finding.
        field: Text,
        /// The new text.
        value: Text,
    },
    /// Replace a number parameter.
    SetNumber {
        /// The node.
        node: NodeId,
        /// Which, as in the finding.
        field: Text,
        /// The new number.
        value: u64,
    },
    /// Replace the percentages of a Split.
    SetShares {
        /// The node.
        node: NodeId,
        /// The list, as a path in the JSON of the node.
        field: Text,
        /// The percentages, in the order of the shares.
        percents: Vec<u8>,
    },
    /// Put a list's entry before another one.
    MoveBefore {
        /// The node.
        node: NodeId,
        /// The list, as a path in the JSON of the node.
        field: Text,
        /// The entry's place.
        from: u32,
        /// The place it gets.
        to: u32,
    },
    /// Remove a list's entry.
    RemoveEntry {
        /// The node.
        node: NodeId,
        /// The list, as a path in the JSON of the node.
        field: Text,
        /// The entry's place.
        at: u32,
    },
}
