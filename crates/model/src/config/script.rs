//! Scripts: what is published, and what is being drawn.

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    ScriptId, Text, Timestamp, UserId,
    flow::{Flow, NodeId},
};

/// One published version of a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Script {
    /// Identity.
    pub id: ScriptId,
    /// 1 and up, each publication one more.
    pub version: u32,
    /// Name for people.
    pub name: Text,
    /// The graph.
    pub flow: Flow,
    /// When a person published it, and who; the rules fill it in. `None` when the operator did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Publication>,
}

/// How a version came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Publication {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: UserId,
}

/// A script as it is being drawn: nobody is served by it, so it may be half-done. Publishing makes the
/// next [`Script`] of it. Every script has one, that of a new version being the version itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScriptDraft {
    /// Identity: the script's.
    pub id: ScriptId,
    /// Name for people.
    pub name: Text,
    /// The graph so far.
    pub flow: Flow,
    /// Where nodes were put by hand, right and down, in the designer's units. It means nothing here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub layout: BTreeMap<NodeId, (i32, i32)>,
}
