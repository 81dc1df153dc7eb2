//! The data directory: opened by one process at a time, which others reach through its control socket.

use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, path::Path, sync::Arc};

use anyhow::Context;
use engine::{Engine, Key, Options, layout};
use eventlog::SqliteStore;

/// Makes the data directory if there is none, for this user alone.
pub(crate) fn create(data_dir: &Path) -> anyhow::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(data_dir)
        .with_context(|| format!("making the data directory {}", data_dir.display()))
}

/// Opens the data directory and begins to recover its tenants.
pub(crate) fn open(data_dir: &Path) -> anyhow::Result<Engine> {
    create(data_dir)?;
    // The key first: a log without its key is refused, and a new log would look like one.
    let key = Key::load_or_create(data_dir)?;
    let store = SqliteStore::open(&layout::log(data_dir))?;
    Ok(Engine::start(Arc::new(store), Options::new(data_dir, key))?)
}
