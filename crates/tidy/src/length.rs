//! How long files and functions may be, and how a file begins.

use std::collections::BTreeSet;

use crate::{Finding, Ratchet, Source, Tree, functions};

/// Lines of a file that need no excuse.
const FILE_SOFT: usize = 400;
/// Lines that no file may pass, excuse or not.
const FILE_HARD: usize = 800;
/// Lines of code in a function's body (comments and blank lines do not count, as in clippy).
const FUNCTION: usize = 70;

/// A Rust file begins by saying what it is for.
pub(crate) fn check_header(source: &Source, findings: &mut Vec<Finding>) {
    if source.extension() == "rs" && !source.text.starts_with("//! ") {
        let message = "must begin with a `//! ` line that says what it is for";
        findings.push(Finding::new(&source.path, 1, message));
    }
}

pub(crate) fn check(tree: &Tree, ratchet: &Ratchet, findings: &mut Vec<Finding>) {
    let mut ruler = Ruler { ratchet, over: BTreeSet::new(), findings };
    for source in tree.sources().iter().filter(|source| source.is_code()) {
        ruler.measure(source);
    }
    let Ruler { over, findings, .. } = ruler;
    for subject in ratchet.subjects().filter(|subject| !over.contains(*subject)) {
        let message = format!("`{subject}` is within the limit or gone: remove its entry");
        findings.push(Finding::new("crates/tidy/ratchet.txt", 0, message));
    }
}

struct Ruler<'a> {
    ratchet: &'a Ratchet,
    /// Subjects over their limit: those that a ratchet entry may be about.
    over: BTreeSet<String>,
    findings: &'a mut Vec<Finding>,
}

impl Ruler<'_> {
    fn measure(&mut self, source: &Source) {
        let lines = source.text.lines().count();
        if lines > FILE_HARD {
            let message = format!("{lines} lines; no file may have more than {FILE_HARD}");
            self.findings.push(Finding::new(&source.path, 0, message));
        }
        let finding = |message| Finding::new(&source.path, 0, message);
        let fault = self.judge(source.path.clone(), lines, FILE_SOFT);
        self.findings.extend(fault.map(finding));
        for function in functions::of(source) {
            let subject = format!("{}::{}", source.path, function.name);
            let fault = self.judge(subject, function.lines, FUNCTION);
            let finding = |message| Finding::new(&source.path, function.line, message);
            self.findings.extend(fault.map(finding));
        }
    }

    fn judge(&mut self, subject: String, lines: usize, limit: usize) -> Option<String> {
        if lines <= limit {
            return None;
        }
        let fault = match self.ratchet.allowed(&subject) {
            None => Some(format!("`{subject}` has {lines} lines, more than {limit}: split it")),
            Some(allowed) if lines > allowed => {
                Some(format!("`{subject}` grew from {allowed} to {lines} lines: split it"))
            }
            Some(allowed) if lines < allowed => Some(format!(
                "`{subject}` has only {lines} lines now: lower its entry of {allowed}"
            )),
            Some(_) => None,
        };
        self.over.insert(subject);
        fault
    }
}
