//! Where things are in the data directory.

use std::path::{Path, PathBuf};

use model::TenantId;

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
    data_dir.join(format!("{name}.sealed"))
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
