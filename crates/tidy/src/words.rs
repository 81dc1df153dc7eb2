//! Words that must not stand in the tree, each with its reason.

use crate::{Finding, Source};

/// What is banned, where (by extension; empty for everywhere), and why. Written in two parts, so that
/// this list does not find itself.
const BANNED: [(&str, &str, &[&str], &str); 12] = [
    ("TO", "DO", &[], "do it, or leave it out"),
    ("FIX", "ME", &[], "fix it"),
    ("XX", "X:", &[], "say what is wrong, or mend it"),
    ("dbg", "!(", &["rs"], "left over from a search for a fault"),
    ("to", "do!(", &["rs"], "nothing unfinished is kept"),
    ("unimple", "mented!(", &["rs"], "nothing unfinished is kept"),
    ("console", ".log(", &["ts", "tsx"], "left over from a search for a fault"),
    ("debug", "ger;", &["ts", "tsx"], "left over from a search for a fault"),
    ("@ts-", "ignore", &["ts", "tsx"], "use @ts-expect-error with a reason"),
    (".on", "ly(", &["ts", "tsx"], "would skip the other tests"),
    (
        "dangerously",
        "SetInnerHTML",
        &["ts", "tsx"],
        "what customers send is never anything but text",
    ),
    ("lorem ", "ipsum", &[], "write real words"),
];

pub(crate) fn check(source: &Source, findings: &mut Vec<Finding>) {
    if source.path.ends_with("package-lock.json") || source.path == "Cargo.lock" {
        return;
    }
    for (first, second, extensions, reason) in BANNED {
        if !(extensions.is_empty() || extensions.contains(&source.extension())) {
            continue;
        }
        let word = format!("{first}{second}");
        let lines = source.text.lines().enumerate().filter(|(_, line)| line.contains(&word));
        findings.extend(lines.map(|(i, _)| {
            Finding::new(&source.path, i + 1, format!("`{word}` is banned: {reason}"))
        }));
    }
}
