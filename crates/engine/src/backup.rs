//! Copying a running engine's data, and making a new data directory of a copy.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use eventlog::{LogError, Position};
use model::{TenantId, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Engine, database, layout};

const MANIFEST: &str = "manifest.json";
/// The form of a backup that this version writes.
const FORM: u32 = 2;
/// The oldest form that it restores: one without files beside the log.
const FORM_MIN: u32 = 1;

/// What a backup contains. Written last: a directory without one is no whole backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// The form of the backup.
    pub form: u32,
    /// When it was begun.
    pub created_at: Timestamp,
    /// The size of the log database in bytes.
    pub database_bytes: u64,
    /// Its SHA-256 in hexadecimal.
    pub database_sha256: String,
    /// Recognises the master key that opens what is sealed in it.
    pub key_fingerprint: String,
    /// The master key is in the backup.
    pub key_included: bool,
    /// The tenants.
    pub tenants: Vec<TenantBackup>,
    /// What is beside the log and cannot be made again from it: where subscriptions and webhooks are, and
    /// sealed secrets. Copied before the log, so that the log has everything that they know of.
    #[serde(default)]
    pub files: Vec<FileBackup>,
}

/// One file in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileBackup {
    /// Its path in the data directory.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

/// One tenant in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TenantBackup {
    /// Which tenant.
    pub id: TenantId,
    /// Every record up to here is in the backup: what was durable when it began. There can be more.
    pub position: Position,
}

/// Why there is no backup, or nothing was restored.
#[derive(Debug)]
pub enum BackupError {
    /// The directory must be new or empty, and is not.
    NotEmpty(PathBuf),
    /// The engine's logs are not in its data directory's database.
    NoDatabase(PathBuf),
    /// It is not a whole backup of a known form. Says why.
    Invalid(String),
    /// The log cannot be copied.
    Log(LogError),
    /// A database beside it cannot be copied.
    Database(PathBuf, rusqlite::Error),
    /// A file cannot be read or written.
    Io(PathBuf, io::Error),
}

impl Engine {
    /// Copies the event logs, and what is beside them, to the directory `to`, which must be new or empty, while
    /// the engine goes on.
    /// `progress` gets the database pages done and the pages in all. Without the master key the copy's
    /// secrets cannot be read: keep the key elsewhere, or ask for it with `include_key` and guard the copy.
    ///
    /// Blocks until the copy is durable.
    ///
    /// # Errors
    /// When the directory is not empty, or something cannot be read or written. What was written so far
    /// has no manifest and cannot be restored by mistake.
    pub fn backup(
        &self,
        to: &Path,
        include_key: bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Manifest, BackupError> {
        let options = self.options();
        let database = layout::log(&options.data_dir);
        if !database.exists() {
            return Err(BackupError::NoDatabase(database));
        }
        new_directory(to)?;
        let created_at = self.now();
        let tenants = self.tenants().into_iter();
        let tenants =
            tenants.map(|tenant| TenantBackup { id: tenant.id, position: tenant.position });
        let tenants = tenants.collect();
        let files = copy_beside(&options.data_dir, to)?;
        let copy = layout::log(to);
        eventlog::backup_database(&database, &copy, progress).map_err(BackupError::Log)?;
        if include_key {
            let path = layout::key(to);
            options.key.write(&path).map_err(|error| BackupError::Io(path, error))?;
        }
        let (database_bytes, database_sha256) = digest(&copy)?;
        let manifest = Manifest {
            form: FORM,
            created_at,
            database_bytes,
            database_sha256,
            key_fingerprint: options.key.fingerprint(),
            key_included: include_key,
            tenants,
            files,
        };
        let text = serde_json::to_vec_pretty(&manifest).expect("a manifest is plain data");
        write_durably(&to.join(MANIFEST), &text)?;
        Ok(manifest)
    }
}

/// Makes a data directory of a backup. `data_dir` must be new or empty. The master key is put there if the
/// backup includes it; otherwise it must be put there, or into the environment, before the engine starts.
///
/// # Errors
/// When `data_dir` is not empty, or the backup is not whole.
pub fn restore(from: &Path, data_dir: &Path) -> Result<Manifest, BackupError> {
    let path = from.join(MANIFEST);
    let text = fs::read(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => BackupError::Invalid(format!("{} is missing", path.display())),
        _ => BackupError::Io(path.clone(), error),
    })?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| BackupError::Invalid(format!("{}: {error}", path.display())))?;
    if !(FORM_MIN..=FORM).contains(&manifest.form) {
        let why = format!("its form is {}, this version restores up to {FORM}", manifest.form);
        return Err(BackupError::Invalid(why));
    }
    let copy = layout::log(from);
    check(&copy, manifest.database_bytes, &manifest.database_sha256)?;
    // Only what belongs into a data directory is taken, whatever the manifest names.
    let beside = layout::beside_the_log(from);
    let beside = beside.map_err(|error| BackupError::Io(from.to_owned(), error))?;
    for FileBackup { path, bytes, sha256 } in &manifest.files {
        if !beside.contains(path) {
            return Err(BackupError::Invalid(format!("{} is missing", path.display())));
        }
        check(&from.join(path), *bytes, sha256)?;
    }
    new_directory(data_dir)?;
    for file in &manifest.files {
        let to = data_dir.join(&file.path);
        make_parent(&to)?;
        copy_durably(&from.join(&file.path), &to)?;
    }
    if manifest.key_included {
        copy_durably(&layout::key(from), &layout::key(data_dir))?;
    }
    copy_durably(&copy, &layout::log(data_dir))?;
    Ok(manifest)
}

/// Copies what is beside the log.
fn copy_beside(data_dir: &Path, to: &Path) -> Result<Vec<FileBackup>, BackupError> {
    let found = layout::beside_the_log(data_dir);
    let found = found.map_err(|error| BackupError::Io(data_dir.to_owned(), error))?;
    let copy = |path: PathBuf| {
        let (original, copy) = (data_dir.join(&path), to.join(&path));
        make_parent(&copy)?;
        if path.extension().is_some_and(|extension| extension == "db") {
            let copied = database::copy(&original, &copy);
            copied.map_err(|error| BackupError::Database(original, error))?;
            sync(&copy)?;
        } else {
            copy_durably(&original, &copy)?;
        }
        let (bytes, sha256) = digest(&copy)?;
        Ok(FileBackup { path, bytes, sha256 })
    };
    found.into_iter().map(copy).collect()
}

fn check(path: &Path, bytes: u64, sha256: &str) -> Result<(), BackupError> {
    if digest(path)? == (bytes, sha256.to_owned()) {
        return Ok(());
    }
    let why = format!("{} is not what the manifest describes", path.display());
    Err(BackupError::Invalid(why))
}

fn make_parent(path: &Path) -> Result<(), BackupError> {
    let parent = path.parent().unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(parent).map_err(|error| BackupError::Io(parent.to_owned(), error))
}

fn new_directory(path: &Path) -> Result<(), BackupError> {
    let io = |error| BackupError::Io(path.to_owned(), error);
    fs::create_dir_all(path).map_err(io)?;
    match fs::read_dir(path).map_err(io)?.next() {
        None => Ok(()),
        Some(_) => Err(BackupError::NotEmpty(path.to_owned())),
    }
}

/// Size and SHA-256.
fn digest(path: &Path) -> Result<(u64, String), BackupError> {
    let io = |error| BackupError::Io(path.to_owned(), error);
    let mut file = File::open(path).map_err(io)?;
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 20]);
    loop {
        let read = file.read(&mut buffer).map_err(io)?;
        if read == 0 {
            return Ok((bytes, hex::encode(hash.finalize())));
        }
        hash.update(&buffer[..read]);
        bytes += read as u64;
    }
}

/// Keeps the permissions, so that a copied key stays private.
fn copy_durably(from: &Path, to: &Path) -> Result<(), BackupError> {
    fs::copy(from, to).map_err(|error| BackupError::Io(from.to_owned(), error))?;
    sync(to)
}

fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), BackupError> {
    fs::write(path, bytes).map_err(|error| BackupError::Io(path.to_owned(), error))?;
    sync(path)
}

/// Makes a file and its name durable.
fn sync(path: &Path) -> Result<(), BackupError> {
    let io = |error| BackupError::Io(path.to_owned(), error);
    File::open(path).and_then(|file| file.sync_all()).map_err(io)?;
    let dir = path.parent().unwrap_or_else(|| Path::new("."));
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(io)
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEmpty(path) => write!(f, "{} is not empty", path.display()),
            Self::NoDatabase(path) => write!(f, "there is no event log at {}", path.display()),
            Self::Invalid(why) => write!(f, "this is not a backup that can be restored: {why}"),
            Self::Log(error) => error.fmt(f),
            Self::Database(path, error) => write!(f, "copying {}: {error}", path.display()),
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for BackupError {}
