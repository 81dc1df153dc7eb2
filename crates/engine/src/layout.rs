//! Where things are in the data directory.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use model::TenantId;

/// What the names of sealed secrets end with.
const SEALED: &str = "sealed";
/// What the names of databases end with that hold how far subscribers have come.
const CURSORS: &str = "cursors.db";

/// The database of the event logs.
#[must_use]
pub fn log(data_dir: &Path) -> PathBuf {
    data_dir.join("events.db")
}

/// The master key, unless the environment has it.
#[must_use]
pub fn key(data_dir: &Path) -> PathBuf {
    data_dir.join("master.key")
}

/// The directory of the views. It can be deleted while the server is stopped: the views are then
/// filled again from the log.
#[must_use]
pub fn views(data_dir: &Path) -> PathBuf {
    data_dir.join("views")
}

/// Where measuring stands. It can be deleted while the server is stopped: the log is then added up again.
#[must_use]
pub fn measures(data_dir: &Path) -> PathBuf {
    data_dir.join("measures")
}

/// Where measuring one tenant stands.
pub(crate) fn measures_of(data_dir: &Path, tenant: &TenantId) -> PathBuf {
    measures(data_dir).join(format!("{tenant}.bin"))
}

/// The views of one tenant.
pub(crate) fn views_of(data_dir: &Path, tenant: &TenantId) -> PathBuf {
    views(data_dir).join(format!("{tenant}.db"))
}

/// A secret of the installation, sealed with the master key.
pub(crate) fn secret(data_dir: &Path, name: &str) -> PathBuf {
    data_dir.join(format!("{name}.{SEALED}"))
}

/// The directory of the webhooks: how far each has come, what was delivered and what was given up.
#[must_use]
pub fn webhooks(data_dir: &Path) -> PathBuf {
    data_dir.join("webhooks")
}

/// The directory of the streams. The messages in it are made again from the log when they are gone; how far
/// each subscriber has come is not.
#[must_use]
pub fn streams(data_dir: &Path) -> PathBuf {
    data_dir.join("streams")
}

/// How far the subscribers of one tenant have come.
#[must_use]
pub fn cursors_of(streams: &Path, tenant: &TenantId) -> PathBuf {
    streams.join(format!("{tenant}.{CURSORS}"))
}

/// The files beside the log that cannot be made again from it, relative to `data_dir` and sorted: where
/// subscriptions and webhooks are, and the installation's secrets.
pub(crate) fn beside_the_log(data_dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for (directory, ending) in
        [(streams(data_dir), CURSORS), (webhooks(data_dir), "db"), (data_dir.to_owned(), SEALED)]
    {
        let entries = match fs::read_dir(directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.split_once('.').is_some_and(|(_, end)| end == ending)
                && let Ok(relative) = path.strip_prefix(data_dir)
            {
                found.push(relative.to_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}
