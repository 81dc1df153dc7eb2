//! What each kind of node is called and by which exits it can be left.

use alloc::{string::String, vec, vec::Vec};

use model::{Text, flow::NodeKind};

use super::hours;

/// The kind's name in JSON.
#[must_use]
pub fn kind_name(kind: &NodeKind) -> &'static str {
    match kind {
        NodeKind::TestVariable(_) => "testVariable",
        NodeKind::Switch(_) => "switch",
        NodeKind::Split(_) => "split",
        NodeKind::Schedule { .. } => "schedule",
        NodeKind::TestQueue(_) => "testQueue",
        NodeKind::SetVariable { .. } => "setVariable",
        NodeKind::GetFromApi(_) => "getFromApi",
        NodeKind::Wait { .. } => "wait",
        NodeKind::Say { .. } => "say",
        NodeKind::Menu(_) => "menu",
        NodeKind::CollectDigits(_) => "collectDigits",
        NodeKind::Record(_) => "record",
        NodeKind::SetPriority { .. } => "setPriority",
        NodeKind::RequireSkill { .. } => "requireSkill",
        NodeKind::DropSkill { .. } => "dropSkill",
        NodeKind::ToQueue(_) => "toQueue",
        NodeKind::ToAgent { .. } => "toAgent",
        NodeKind::ToNumber(_) => "toNumber",
        NodeKind::ToExternalIvr(_) => "toExternalIvr",
        NodeKind::Callback(_) => "callback",
        NodeKind::Voicemail(_) => "voicemail",
        NodeKind::ToScript { .. } => "toScript",
        NodeKind::Disconnect => "disconnect",
    }
}

/// The exits by which a node with these parameters can be left, each once and in the order of its
/// parameters. Beside them every kind but Disconnect has `error`.
#[must_use]
pub fn exits(kind: &NodeKind) -> Vec<Text> {
    match kind {
        NodeKind::TestVariable(_) => names(["true", "false", "missing", "notComparable"]),
        NodeKind::Switch(switch) => named(switch.cases.iter().map(|case| &case.exit), &["default"]),
        NodeKind::Split(split) => named(split.shares.iter().map(|share| &share.exit), &[]),
        NodeKind::Schedule { .. } => {
            let exceptions = (1..=6).filter_map(hours::exception_exit);
            ["open", "closed"].into_iter().chain(exceptions).map(Into::into).collect()
        }
        NodeKind::TestQueue(test) => {
            named(test.conditions.iter().map(|condition| &condition.exit), &["none"])
        }
        NodeKind::Menu(menu) => {
            let keys: Vec<Text> = menu.keys.chars().map(|key| String::from(key).into()).collect();
            named(keys.iter(), &["noInput", "noMatch"])
        }
        NodeKind::CollectDigits(_) => names(["next", "noInput", "noMatch"]),
        NodeKind::ToQueue(to) => {
            let timeout = to.timeout_ms.is_some().then_some("timeout");
            let no_agents = to.leave_when_unstaffed.then_some("noAgents");
            let own: Vec<&str> =
                timeout.into_iter().chain(["atCapacity"]).chain(no_agents).collect();
            named(to.options.iter().map(|option| &option.exit), &own)
        }
        NodeKind::ToAgent { .. } => names(["busy", "noAnswer", "invalid"]),
        NodeKind::ToNumber(_) => names(["done", "busy", "noAnswer", "invalid"]),
        NodeKind::ToExternalIvr(_) => names(["resume", "timeout"]),
        NodeKind::Callback(_) => names(["done"]),
        NodeKind::GetFromApi(_) => names(["ok", "timeout"]),
        NodeKind::Record(_) => names(["next", "noInput"]),
        NodeKind::Voicemail(_) => names(["done", "noInput"]),
        NodeKind::SetVariable { .. }
        | NodeKind::Wait { .. }
        | NodeKind::Say { .. }
        | NodeKind::SetPriority { .. }
        | NodeKind::RequireSkill { .. }
        | NodeKind::DropSkill { .. } => names(["next"]),
        NodeKind::ToScript { .. } | NodeKind::Disconnect => vec![],
    }
}

fn names<const N: usize>(all: [&str; N]) -> Vec<Text> {
    all.into_iter().map(Into::into).collect()
}

fn named<'t>(own: impl Iterator<Item = &'t Text>, last: &[&str]) -> Vec<Text> {
    let mut all: Vec<Text> = Vec::new();
    for name in own.cloned().chain(last.iter().map(|name| Text::from(*name))) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}
