//! Scripts: drafts, versions, where their interactions are.

use std::{collections::BTreeMap, sync::Arc};

use engine::State as Rules;
use model::{
    ScriptId, Text,
    config::{Script as Version, ScriptDraft, Setting, SettingKey},
    flow::Flow,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Short, keys_after};
use crate::{
    admin::resource::{Detail, Resource, next_number},
    error::{Invalid, Problem},
    limits::FLOW_BODY_MAX,
};

/// A script as it is being drawn.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveScript)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Script {
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Short,
    /// The graph, as the palette describes it; lists leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object, required = false)]
    flow: Option<Flow>,
    /// Where nodes were put by hand: `[right, down]` by node.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Vec<i32>>, required = false)]
    layout: BTreeMap<Text, (i32, i32)>,
    /// The version that serves new interactions.
    #[serde(default)]
    #[schema(required, read_only)]
    published_version: Option<u32>,
    /// What is drawn is not what is published.
    #[serde(default)]
    #[schema(required, read_only)]
    draft_differs: bool,
    /// The channels that lead here.
    #[serde(default)]
    #[schema(required, read_only)]
    channels: Vec<ScriptChannel>,
}

/// A channel that leads to a script.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ScriptChannel {
    id: u32,
    #[schema(value_type = String)]
    name: Text,
    #[schema(value_type = String)]
    address: Text,
}

impl Resource for Script {
    type Id = u32;
    const PATH: &'static str = "scripts";
    const NAME: &'static str = "Script";
    const BODY_MAX: usize = FLOW_BODY_MAX;

    fn key(id: &u32) -> SettingKey {
        SettingKey::Script(ScriptId(*id))
    }

    fn ids<'r>(rules: &'r Rules, after: Option<&u32>) -> Box<dyn Iterator<Item = u32> + 'r> {
        let after = after.copied().map(ScriptId);
        Box::new(keys_after(&rules.config.drafts, after).map(|id| id.0))
    }

    fn look(rules: &Rules, id: &u32, detail: Detail) -> Option<Self> {
        let id = ScriptId(*id);
        let draft = rules.config.drafts.get(&id)?;
        let published = rules.config.script(id);
        let is_draft =
            |version: &Arc<Version>| version.name == draft.name && version.flow == draft.flow;
        let channels = rules.config.channels.values().filter(|channel| channel.script == id);
        let channel = |channel: &model::config::Channel| ScriptChannel {
            id: channel.id.0,
            name: channel.name.clone(),
            address: channel.address.clone(),
        };
        let whole = detail == Detail::Whole;
        Some(Self {
            name: Short(draft.name.clone()),
            flow: whole.then(|| draft.flow.clone()),
            layout: if whole { draft.layout.clone() } else { BTreeMap::new() },
            published_version: published.map(|version| version.version),
            draft_differs: !published.is_some_and(is_draft),
            channels: channels.map(channel).collect(),
        })
    }

    fn new_id(&self, rules: &Rules) -> Result<u32, Problem> {
        next_number::<Self>(rules)
    }

    fn setting(self, _: &Rules, id: &u32) -> Result<Setting, Problem> {
        let Self { name: Short(name), flow, layout, .. } = self;
        let flow = flow.ok_or_else(|| Invalid::field("flow", "Is missing."))?;
        let id = ScriptId(*id);
        Ok(Setting::ScriptDraft(Arc::new(ScriptDraft { id, name, flow, layout })))
    }
}

/// Published versions, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScriptVersions {
    pub(crate) items: Vec<ScriptVersion>,
    /// What to ask for as `before`, if there are more.
    #[schema(required)]
    pub(crate) next: Option<u32>,
}

/// A published version.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScriptVersion {
    version: u32,
    #[schema(value_type = String)]
    name: Text,
    /// When it was published; not known when the operator did it.
    #[schema(required)]
    published_at: Option<u64>,
    /// Who published it.
    #[schema(required)]
    by: Option<Publisher>,
    /// The graph; lists leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object, required = false)]
    flow: Option<Flow>,
}

/// Who published a version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Publisher {
    id: u32,
    /// The name; not known when the person is gone.
    #[schema(required, value_type = Option<String>)]
    name: Option<Text>,
}

impl ScriptVersion {
    pub(crate) fn of(rules: &Rules, version: &Version, detail: Detail) -> Self {
        let person = |id: model::UserId| Publisher {
            id: id.0,
            name: rules.access.users.get(&id).map(|user| user.name.clone()),
        };
        Self {
            version: version.version,
            name: version.name.clone(),
            published_at: version.published.map(|published| published.at.0),
            by: version.published.map(|published| person(published.by)),
            flow: (detail == Detail::Whole).then(|| version.flow.clone()),
        }
    }

    pub(crate) fn version(&self) -> u32 {
        self.version
    }
}

/// How many open interactions are in each node.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LiveScript {
    /// The position of the log that the numbers are of.
    pub(crate) position: u64,
    pub(crate) nodes: Vec<LiveNode>,
}

/// How many open interactions are in a node of a version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LiveNode {
    pub(crate) version: u32,
    #[schema(value_type = String)]
    pub(crate) node: Text,
    pub(crate) count: u64,
}

/// A flow to be looked at.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct LintFlow {
    #[schema(value_type = Object)]
    pub(crate) flow: Flow,
}

/// What the linter found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Findings {
    #[schema(value_type = Vec<FindingBody>)]
    pub(crate) findings: Vec<model::flow::Finding>,
}

/// One thing the linter found.
#[derive(ToSchema)]
#[schema(as = Finding)]
#[expect(dead_code, reason = "describes the model's own form")]
pub(crate) struct FindingBody {
    /// `error` or `warning`.
    severity: String,
    /// The node; none when it is about the flow itself.
    #[schema(required)]
    node: Option<String>,
    /// The field, as a path in the JSON of the node, or of the flow.
    field: String,
    /// What is wrong and what comes of it, for people.
    message: String,
    /// A change that mends it: an object with one key, the kind of change.
    #[schema(value_type = Option<Object>)]
    fix: Option<()>,
}

/// A flow to be tried, by its own tests or by one more.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TestFlow {
    #[schema(value_type = Object)]
    pub(crate) flow: Flow,
    /// One test; without it all of the flow's own.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub(crate) test: Option<model::flow::FlowTest>,
}

/// What came of tests.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reports {
    pub(crate) reports: Vec<Report>,
}

/// What came of a test.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Report {
    #[schema(value_type = String)]
    name: Text,
    /// It came out as expected.
    passed: bool,
    /// What came out otherwise, for people.
    #[schema(value_type = Vec<String>)]
    faults: Vec<Text>,
    /// The nodes passed, in order: `node`, `exit`, `note`, `said`, `assigned`.
    #[schema(value_type = Vec<Object>)]
    steps: Vec<model::flow::FlowStep>,
    /// How it ended: a word, or an object with one key.
    #[schema(value_type = Object)]
    end: model::flow::FlowEnd,
}

impl From<model::flow::FlowReport> for Report {
    fn from(report: model::flow::FlowReport) -> Self {
        let model::flow::FlowReport { name, faults, run } = report;
        Self { name, passed: faults.is_empty(), faults, steps: run.steps, end: run.end }
    }
}

/// What a designer needs to know of flows.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Palette {
    /// The kinds of nodes: `kind`, `group`, `title`, `summary`, `params`, `exits`.
    #[schema(value_type = Vec<Object>)]
    pub(crate) kinds: &'static [kernel::flow::palette::KindDescription],
    /// The operators of a test: `operator`, `title`, `operandsMin`, `operandsMax`, `ordering`.
    #[schema(value_type = Vec<Object>)]
    pub(crate) operators: &'static [kernel::flow::palette::OperatorDescription],
    /// As what values can be compared: `compareAs`, `title`, `summary`.
    #[schema(value_type = Vec<Object>)]
    pub(crate) compare_as: &'static [kernel::flow::palette::CompareDescription],
    /// Variables that every script can read.
    pub(crate) system_variables: &'static [&'static str],
    /// Nodes of one flow.
    pub(crate) nodes_max: usize,
    /// Entries of a node's list, and tests of a flow.
    pub(crate) entries_max: usize,
    /// Characters of a label.
    pub(crate) label_chars_max: usize,
}
