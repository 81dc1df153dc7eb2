//! Labels, names of variables, and texts with variables in them.

use alloc::{
    borrow::ToOwned,
    collections::BTreeSet,
    format,
    string::{String, ToString},
};

use model::{
    Text,
    flow::{Fix, Flow, NodeKind, Severity},
    limits::{LABEL_CHARS_MAX, SPOKEN_CHARS_MAX, VARIABLE_NAME_CHARS_MAX},
    variable::{NameFault, VariableName},
};

use super::Report;
use crate::flow::template::{self, Part};

/// Labels must be short and unique to survive an export (Configuration Manager, script objects).
pub(super) fn check_labels(flow: &Flow, report: &mut Report) {
    let mut taken: BTreeSet<Text> = flow.nodes.values().map(|node| node.label.clone()).collect();
    let mut seen: BTreeSet<&Text> = BTreeSet::new();
    for (id, node) in &flow.nodes {
        let label = &node.label;
        let message = if label.is_empty() {
            "has no label".into()
        } else if label.chars().nth(LABEL_CHARS_MAX).is_some() {
            format!("has more than {LABEL_CHARS_MAX} characters and would be cut by an export")
        } else if !seen.insert(label) {
            format!("another node is called `{label}` too")
        } else {
            continue;
        };
        let wish = if label.is_empty() { id } else { label };
        let free = free_label(wish, &taken);
        taken.insert(free.clone());
        report.node = Some(id.clone());
        let fix = Fix::SetLabel { node: id.clone(), label: free };
        report.add(Severity::Warning, "label".into(), message.into(), Some(fix));
    }
    report.node = None;
}

/// The label cut to size, with a number behind it where that is taken.
fn free_label(wish: &str, taken: &BTreeSet<Text>) -> Text {
    let cut = |size: usize| wish.chars().take(size).collect::<String>().trim_end().to_owned();
    let whole: Text = cut(LABEL_CHARS_MAX).into();
    if !whole.is_empty() && !taken.contains(&whole) {
        return whole;
    }
    let mut numbered = (2_u32..).map(|number| {
        let number = number.to_string();
        Text::from(format!("{} {number}", cut(LABEL_CHARS_MAX - 1 - number.len())))
    });
    numbered.find(|label| !taken.contains(label)).expect("there are more numbers than nodes")
}

/// Variables that the flow itself makes private.
pub(super) fn private_variables(flow: &Flow) -> BTreeSet<Text> {
    let private = |kind: &NodeKind| match kind {
        NodeKind::CollectDigits(collect) if collect.privacy => Some(collect.variable.clone()),
        NodeKind::CollectDigits(_)
        | NodeKind::Record(_)
        | NodeKind::Voicemail(_)
        | NodeKind::TestVariable(_)
        | NodeKind::Switch(_)
        | NodeKind::Split(_)
        | NodeKind::Schedule { .. }
        | NodeKind::TestQueue(_)
        | NodeKind::SetVariable { .. }
        | NodeKind::GetFromApi(_)
        | NodeKind::Wait { .. }
        | NodeKind::Say { .. }
        | NodeKind::Menu(_)
        | NodeKind::SetPriority { .. }
        | NodeKind::RequireSkill { .. }
        | NodeKind::DropSkill { .. }
        | NodeKind::ToQueue(_)
        | NodeKind::ToAgent { .. }
        | NodeKind::ToNumber(_)
        | NodeKind::ToExternalIvr(_)
        | NodeKind::Callback(_)
        | NodeKind::ToScript { .. }
        | NodeKind::Disconnect => None,
    };
    flow.nodes.values().filter_map(|node| private(&node.kind)).collect()
}

/// A variable that is written.
pub(super) fn check_written(field: &str, name: &str, report: &mut Report) {
    if name.starts_with('$') {
        report.error(field, format!("`{name}` is a system variable and cannot be set"));
    } else if let Err(fault) = VariableName::parse(name) {
        report.error(field, format!("`{name}` is no name of a variable: {}", words(fault)));
    }
}

/// A variable that is read.
pub(super) fn check_read(field: &str, name: &str, system: &BTreeSet<Text>, report: &mut Report) {
    if name.starts_with('$') {
        if !system.contains(name) {
            report.warning(field, format!("there is no system variable `{name}`: it is missing"));
        }
    } else {
        check_written(field, name, report);
    }
}

fn words(fault: NameFault) -> String {
    match fault {
        NameFault::BadCharacter => "only letters, digits and underscores may follow `_`".into(),
        NameFault::Empty => "a letter or digit must follow `_`".into(),
        NameFault::NoUnderscore => "it must begin with `_`".into(),
        NameFault::TooLong => {
            format!("it has more than {VARIABLE_NAME_CHARS_MAX} characters")
        }
    }
}

/// A text that is spoken.
pub(super) fn check_spoken(
    field: &str,
    text: &str,
    system: &BTreeSet<Text>,
    private: &BTreeSet<Text>,
    report: &mut Report,
) {
    if text.trim().is_empty() {
        report.warning(field, "nothing is said");
    }
    if text.chars().nth(SPOKEN_CHARS_MAX).is_some() {
        report.error(field, format!("has more than {SPOKEN_CHARS_MAX} characters"));
    }
    check_template(field, text, system, report);
    for part in template::parts(text) {
        if let Part::Insert(name) = part
            && private.contains(name)
        {
            report.warning(field, format!("`{name}` is private and is left out when spoken"));
        }
    }
}

/// A text with variables in it.
pub(super) fn check_template(
    field: &str,
    text: &str,
    system: &BTreeSet<Text>,
    report: &mut Report,
) {
    let mut stray = false;
    for part in template::parts(text) {
        match part {
            Part::Literal(_) => {}
            Part::Insert(name) => check_read(field, name, system, report),
            Part::Stray(_) => stray = true,
        }
    }
    if stray {
        let value = doubled(text).into();
        let fix = Fix::SetText { node: report.here(), field: field.into(), value };
        let message = "a single brace: a variable is inserted by `{_name}`, and a brace that is \
                       meant is written twice";
        report.add(Severity::Error, field.into(), message.into(), Some(fix));
    }
}

/// The text with every stray brace written twice, so that it says what it says now.
fn doubled(text: &str) -> String {
    let mut all = String::new();
    for part in template::parts(text) {
        match part {
            Part::Literal(brace @ ("{" | "}")) | Part::Stray(brace) => {
                all.push_str(brace);
                all.push_str(brace);
            }
            Part::Literal(text) => all.push_str(text),
            Part::Insert(name) => {
                all.push('{');
                all.push_str(name);
                all.push('}');
            }
        }
    }
    all
}
