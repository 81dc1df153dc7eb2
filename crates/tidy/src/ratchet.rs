//! Lengths that were over their limit when it was set, and may only fall.

use std::collections::BTreeMap;

/// The longest lengths allowed, by subject: a path, or `path::function`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ratchet {
    entries: BTreeMap<String, usize>,
}

impl Ratchet {
    /// Reads lines of `<lines> <subject>`; `#` begins a comment.
    ///
    /// # Errors
    /// Names the line that is neither.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut entries = BTreeMap::new();
        let lines = text.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let entry = line.split_once(' ').and_then(|(lines, subject)| {
                Some((subject.trim().to_owned(), lines.parse().ok()?))
            });
            let (subject, lines) =
                entry.ok_or_else(|| format!("not `<lines> <subject>`: {line}"))?;
            if entries.insert(subject, lines).is_some() {
                return Err(format!("named twice: {line}"));
            }
        }
        Ok(Self { entries })
    }

    /// What was allowed for a subject.
    #[must_use]
    pub fn allowed(&self, subject: &str) -> Option<usize> {
        self.entries.get(subject).copied()
    }

    /// All subjects with an entry.
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }
}
