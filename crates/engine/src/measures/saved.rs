//! Measures on disk: a version, a checksum, and the fold written down.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use measure::Measures;
use sha2::{Digest, Sha256};

const CHECKSUM: usize = 32;

/// The measures as bytes.
pub(super) fn pack(measures: &Measures) -> Vec<u8> {
    let body = rmp_serde::to_vec_named(measures).expect("measures are plain data");
    let mut bytes = measure::VERSION.to_le_bytes().to_vec();
    bytes.extend_from_slice(&Sha256::digest(&body));
    bytes.extend_from_slice(&body);
    bytes
}

/// Replaces what was saved, whole or not at all.
pub(super) fn store(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let half = path.with_extension("new");
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&half)?;
    file.write_all(bytes)?;
    fs::rename(half, path)
}

/// What was saved last; `None` on any doubt.
pub(super) fn load(path: &Path) -> Option<Measures> {
    let bytes = fs::read(path).ok()?;
    let (version, rest) = bytes.split_first_chunk()?;
    let (checksum, body) = rest.split_first_chunk::<CHECKSUM>()?;
    let known = u32::from_le_bytes(*version) == measure::VERSION;
    let whole = Sha256::digest(body).as_slice() == checksum;
    if known && whole { rmp_serde::from_slice(body).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use model::{InteractionId, Timestamp};

    use super::*;

    #[test]
    fn what_was_saved_comes_back_or_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("measures/acme.bin");
        assert!(load(&path).is_none());
        let mut measures = Measures::default();
        let event = model::Event::InteractionDeleted { interaction: InteractionId(1), agent: None };
        measures.apply(1, Timestamp(5), &event);
        store(&path, &pack(&measures)).unwrap();
        assert!(load(&path).unwrap() == measures);
        let mut bytes = pack(&measures);
        *bytes.last_mut().unwrap() ^= 1;
        store(&path, &bytes).unwrap();
        assert!(load(&path).is_none(), "damaged");
        let mut bytes = pack(&measures);
        bytes[0] ^= 1;
        store(&path, &bytes).unwrap();
        assert!(load(&path).is_none(), "of another version");
    }
}
