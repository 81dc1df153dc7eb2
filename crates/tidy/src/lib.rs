//! Checks the tree as text: headers, lengths, banned words, decisions, the Makefile, links.
//!
//! A length over its soft limit needs an entry in `ratchet.txt`, and the entry must be lowered when the
//! file gets shorter: lengths can only fall. Run by `cargo test -p tidy`; nothing of ours is needed to
//! build it, so it works when the rest does not.

mod documents;
mod finding;
mod functions;
mod length;
mod makefile;
mod ratchet;
mod tree;
mod words;

pub use finding::Finding;
pub use ratchet::Ratchet;
pub use tree::{Source, Tree};

/// Everything that is wrong with the tree, in the order of its paths.
#[must_use]
pub fn check(tree: &Tree, ratchet: &Ratchet) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.sources() {
        length::check_header(source, &mut findings);
        words::check(source, &mut findings);
        documents::check_decision(source, &mut findings);
        documents::check_links(tree, source, &mut findings);
        makefile::check(source, &mut findings);
    }
    length::check(tree, ratchet, &mut findings);
    findings.sort();
    findings
}
