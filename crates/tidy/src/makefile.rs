//! The Makefile is a menu: short, and every dish described.

use crate::{Finding, Source};

/// Targets that people call.
const TARGETS_MAX: usize = 12;

pub(crate) fn check(source: &Source, findings: &mut Vec<Finding>) {
    if source.path != "Makefile" {
        return;
    }
    let phony = source.text.lines().find_map(|line| line.strip_prefix(".PHONY:")).unwrap_or("");
    let targets: Vec<&str> = phony.split_whitespace().collect();
    if targets.is_empty() || targets.len() > TARGETS_MAX {
        let message =
            format!("{} targets in .PHONY; 1 to {TARGETS_MAX} fit on a menu", targets.len());
        findings.push(Finding::new(&source.path, 0, message));
    }
    for target in targets {
        let begins = format!("{target}:");
        let rule = source.text.lines().find(|line| line.starts_with(&begins));
        if !rule.is_some_and(|rule| rule.contains(" ## ")) {
            let message = format!("`{target}` needs a rule with `## one line of help`");
            findings.push(Finding::new(&source.path, 0, message));
        }
    }
}
