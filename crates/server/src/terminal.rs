//! What roles say on standard output, for people or, with `--json`, for programs.

use std::io::{self, Write};

/// Writes one line. A reader that has gone is no error: `cordboard call … | head -1` is fine.
pub(crate) fn say(line: &str) {
    let mut out = io::stdout().lock();
    _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// So many of them, in words: `1 tenant`, `2 tenants`.
pub(crate) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
