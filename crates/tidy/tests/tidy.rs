//! The tree is tidy, and the checks find what they are for.

use std::path::Path;

use tidy::{Ratchet, Tree, check};

#[test]
fn the_tree_is_tidy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let tree = Tree::read(&root).unwrap();
    assert!(tree.sources().len() > 50, "read only {} files", tree.sources().len());
    let ratchet = Ratchet::parse(include_str!("../ratchet.txt")).unwrap();
    let findings = check(&tree, &ratchet);
    let lines: String = findings.iter().map(|finding| format!("\n  {finding}")).collect();
    assert!(findings.is_empty(), "{} findings:{lines}", findings.len());
}

fn messages(files: &[(&str, &str)], ratchet: &str) -> Vec<String> {
    let findings = check(&Tree::of(files), &Ratchet::parse(ratchet).expect("tests write it"));
    findings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_file_says_what_it_is_for() {
    let found = messages(&[("a.rs", "fn main() {}\n"), ("b.ts", "// Adds.\nlet a;\n")], "");
    assert_eq!(found, ["a.rs:1: must begin with a `//! ` line that says what it is for"]);
}

#[test]
fn a_ratchet_only_falls() {
    let long = format!("//! Long.\n{}", "const A: u8 = 1;\n".repeat(409));
    let files = [("long.rs", long.as_str())];
    assert_eq!(messages(&files, ""), ["long.rs: `long.rs` has 410 lines, more than 400: split it"]);
    assert_eq!(messages(&files, "410 long.rs"), [""; 0]);
    let lower = "long.rs: `long.rs` has only 410 lines now: lower its entry of 500";
    assert_eq!(messages(&files, "500 long.rs"), [lower]);
    let gone = "crates/tidy/ratchet.txt: `gone.rs` is within the limit or gone: remove its entry";
    assert_eq!(messages(&[], "500 gone.rs"), [gone]);
}

#[test]
fn long_functions_are_found() {
    let text = format!("//! Long.\nfn long() {{\n{}}}\n", "    work();\n".repeat(71));
    let found = messages(&[("long.rs", &text)], "");
    assert_eq!(found, ["long.rs:2: `long.rs::long` has 71 lines, more than 70: split it"]);
}

#[test]
fn banned_words_are_found_where_they_are_banned() {
    let marks = ["console", ".log(1)"].concat();
    let found = messages(&[("a.ts", &format!("// A.\n{marks}\n")), ("a.md", &marks)], "");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("a.ts:2: `console"), "{found:?}");
}

#[test]
fn documents_are_whole() {
    let found = messages(&[("docs/decisions/1.md", "Words\n\n## Choice\n\n[x](gone.md)\n")], "");
    let expected = [
        "docs/decisions/1.md: has no part `## Context`",
        "docs/decisions/1.md: has no part `## Price`",
        "docs/decisions/1.md:1: must be named `NNNN-words.md` and begin with `# NNNN: Title`",
        "docs/decisions/1.md:5: the link to `gone.md` leads nowhere",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_make_target_has_help() {
    let found = messages(&[("Makefile", ".PHONY: a b\na: ## Does a.\n\ttrue\nb:\n\ttrue\n")], "");
    assert_eq!(found, ["Makefile: `b` needs a rule with `## one line of help`"]);
}
