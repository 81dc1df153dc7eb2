//! Documents: decisions have a title and say context, choice and price; links lead somewhere.

use crate::{Finding, Source, Tree};

/// What every decision says.
const PARTS: [&str; 3] = ["## Context", "## Choice", "## Price"];

pub(crate) fn check_decision(source: &Source, findings: &mut Vec<Finding>) {
    let Some(name) = source.path.strip_prefix("docs/decisions/") else { return };
    let number = name.get(..4).filter(|number| number.bytes().all(|b| b.is_ascii_digit()));
    let titled = number.is_some_and(|number| {
        source.text.strip_prefix(&format!("# {number}: ")).is_some_and(|title| title.len() > 8)
    });
    if !titled {
        let message = "must be named `NNNN-words.md` and begin with `# NNNN: Title`";
        findings.push(Finding::new(&source.path, 1, message));
    }
    for part in PARTS.into_iter().filter(|part| !source.text.lines().any(|line| line == *part)) {
        findings.push(Finding::new(&source.path, 0, format!("has no part `{part}`")));
    }
}

pub(crate) fn check_links(tree: &Tree, source: &Source, findings: &mut Vec<Finding>) {
    if source.extension() != "md" {
        return;
    }
    let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    for (i, line) in source.text.lines().enumerate() {
        for target in line.split("](").skip(1).filter_map(|rest| rest.split_once(')')) {
            let path = target.0.split('#').next().unwrap_or_default();
            let outside = path.is_empty() || path.contains("://") || path.starts_with("mailto:");
            if !outside && !tree.has(format!("{folder}/{path}").trim_start_matches('/')) {
                let message = format!("the link to `{path}` leads nowhere");
                findings.push(Finding::new(&source.path, i + 1, message));
            }
        }
    }
}
