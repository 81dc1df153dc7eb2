//! The files that people write, read once.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Folders that are made, not written.
const MADE: [&str; 7] = [".git", ".run", "data", "dist", "node_modules", "target", "test-results"];

/// One file that somebody wrote.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path from the root of the tree, with `/` between folders.
    pub path: String,
    /// What is in it.
    pub text: String,
}

impl Source {
    /// The part of the name after the last dot, or nothing.
    #[must_use]
    pub fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Whether it is a program's source that people write: generated files are not.
    #[must_use]
    pub fn is_code(&self) -> bool {
        matches!(self.extension(), "rs" | "ts" | "tsx") && !self.path.ends_with("schema.ts")
    }
}

/// The files that people write.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
    sources: Vec<Source>,
}

impl Tree {
    /// Reads every text file under `root`, except in folders that are made.
    ///
    /// # Errors
    /// When a folder or file cannot be read.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut sources = Vec::new();
        read_folder(root, "", &mut sources)?;
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { root: root.to_owned(), sources })
    }

    /// A tree of files that are given, for tests; links in it lead nowhere.
    #[must_use]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let source =
            |(path, text): &(&str, &str)| Source { path: (*path).into(), text: (*text).into() };
        Self { root: PathBuf::from("/nowhere"), sources: files.iter().map(source).collect() }
    }

    /// The files, by path.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Whether there is a file or folder of this path, made ones included.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }
}

fn read_folder(folder: &Path, prefix: &str, sources: &mut Vec<Source>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() && !MADE.contains(&name.as_str()) {
            read_folder(&entry.path(), &format!("{path}/"), sources)?;
        } else if kind.is_file()
            && let Ok(text) = String::from_utf8(fs::read(entry.path())?)
        {
            sources.push(Source { path, text });
        }
    }
    Ok(())
}
