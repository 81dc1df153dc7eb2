//! Snapshots: files beside the database, so that a large one does not hold up the commits of all logs.
//!
//! ```text
//! <database>.snapshots/<log>/<position>.snapshot
//!     magic 8 | rules' version 4 | checksum of the record at position 4 | position 8 | state … | CRC-32 4
//! ```
//!
//! Numbers are little-endian; the CRC covers the log's name and everything before it in the file. The record's
//! checksum ties the snapshot to this history: after an older backup has been restored, the log grows again
//! past positions that left-over snapshots name, with other records.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::{fault, private};
use crate::checksum::crc32;
use crate::{LogError, Position, Snapshot};

const MAGIC: &[u8; 8] = b"CBSNAP1\n";
const HEADER_BYTES: usize = 24;

/// The directory of all snapshots.
pub(super) struct Snapshots {
    directory: PathBuf,
    /// One is saved at a time.
    saving: Mutex<()>,
}

impl Snapshots {
    pub(super) fn of(database: &Path) -> Self {
        Self { directory: private::beside(database, ".snapshots"), saving: Mutex::new(()) }
    }

    /// Saves `snapshot`, whose position has a record with checksum `record` (0 for position 0).
    pub(super) fn save(&self, log: &str, snapshot: &Snapshot, record: u32) -> Result<(), LogError> {
        let _one = self.saving.lock().expect("nothing panics while it saves a snapshot");
        let directory = self.directory.join(log);
        let failed = |error| fault::file("saving a snapshot in", &directory, &error);
        private::create_dir(&directory).map_err(failed)?;
        let partial = directory.join("partial");
        let write = || {
            let mut file = private::file().create(true).truncate(true).open(&partial)?;
            file.write_all(&encode(log, snapshot, record))?;
            file.sync_all()?;
            fs::rename(&partial, directory.join(file_name(snapshot.position)))?;
            File::open(&directory)?.sync_all()
        };
        write().inspect_err(|_| drop(fs::remove_file(&partial))).map_err(failed)?;
        let mut older = positions(&directory);
        older.retain(|position| *position < snapshot.position);
        let keep = [Some(snapshot.position), older.first().copied()];
        for position in positions(&directory) {
            if !keep.contains(&Some(position)) {
                fs::remove_file(directory.join(file_name(position))).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// The newest that is whole and whose record's checksum is what `record` says of its position.
    pub(super) fn newest(
        &self,
        log: &str,
        record: impl Fn(Position) -> Result<Option<u32>, LogError>,
    ) -> Result<Option<Snapshot>, LogError> {
        let directory = self.directory.join(log);
        for position in positions(&directory) {
            let path = directory.join(file_name(position));
            let found = fs::read(&path).ok().and_then(|file| decode(log, file));
            if let Some((snapshot, of)) = found
                && snapshot.position == position
                && record(position)? == Some(of)
            {
                return Ok(Some(snapshot));
            }
            let path = path.display();
            tracing::warn!(%path, "snapshot {path} is damaged or of another history, and not used");
        }
        Ok(None)
    }
}

fn file_name(position: Position) -> String {
    format!("{position:020}.snapshot")
}

/// The positions of the snapshots in a directory, newest first; none if it cannot be read.
fn positions(directory: &Path) -> Vec<Position> {
    let files = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut positions: Vec<Position> = files
        .filter_map(|file| file.file_name().to_str()?.strip_suffix(".snapshot")?.parse().ok())
        .collect();
    positions.sort_unstable_by(|a, b| b.cmp(a));
    positions
}

fn encode(log: &str, snapshot: &Snapshot, record: u32) -> Vec<u8> {
    let mut file = Vec::with_capacity(log.len() + HEADER_BYTES + snapshot.bytes.len() + 4);
    file.extend(log.as_bytes());
    file.extend(MAGIC);
    file.extend(snapshot.version.to_le_bytes());
    file.extend(record.to_le_bytes());
    file.extend(snapshot.position.to_le_bytes());
    file.extend(&snapshot.bytes);
    file.extend(crc32(&file).to_le_bytes());
    file.drain(..log.len());
    file
}

/// The snapshot and its record's checksum; `None` if a bit is not what it was.
fn decode(log: &str, mut file: Vec<u8>) -> Option<(Snapshot, u32)> {
    let crc = u32::from_le_bytes(*file.last_chunk()?);
    file.truncate(file.len() - 4);
    file.splice(..0, log.bytes());
    if crc32(&file) != crc {
        return None;
    }
    let rest = file.get(log.len()..)?.strip_prefix(MAGIC)?;
    let (version, rest) = rest.split_first_chunk()?;
    let (record, rest) = rest.split_first_chunk()?;
    let (position, bytes) = rest.split_first_chunk()?;
    let snapshot = Snapshot {
        position: Position::from_le_bytes(*position),
        version: u32::from_le_bytes(*version),
        bytes: bytes.to_vec(),
    };
    Some((snapshot, u32::from_le_bytes(*record)))
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use crate::Snapshot;

    #[test]
    fn a_file_is_taken_only_whole_and_for_its_log() {
        let snapshot = Snapshot { position: 7, version: 3, bytes: b"state".to_vec() };
        let file = encode("acme", &snapshot, 99);
        assert_eq!(decode("acme", file.clone()), Some((snapshot, 99)));
        assert_eq!(decode("acmf", file.clone()), None);
        for i in 0..file.len() {
            assert_eq!(decode("acme", file[..i].to_vec()), None, "cut at {i}");
            let mut flipped = file.clone();
            flipped[i] ^= 0x10;
            assert_eq!(decode("acme", flipped), None, "bit flipped at {i}");
        }
    }
}
