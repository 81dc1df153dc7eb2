//! Secrets of the installation that are made once: sealed at rest with the master key.

use std::{fs, io};

use crate::{Engine, key::write_private, layout};

impl Engine {
    /// The installation's secret of this name, which `make` makes if there is none. Blocks for as long as the
    /// disk takes. Call it once per name: two that make the same at the same time do not both succeed.
    ///
    /// # Errors
    /// When its file cannot be read or written, or was not sealed with this master key.
    pub fn secret(&self, name: &str, make: impl FnOnce() -> Vec<u8>) -> io::Result<Vec<u8>> {
        let options = self.options();
        let (path, seal) =
            (layout::secret(&options.data_dir, name), options.key.seal_of_installation());
        match fs::read(&path) {
            Ok(sealed) => seal.open_bytes(name, &sealed).map_err(|_| {
                let why = format!("{} was sealed with another master key", path.display());
                io::Error::new(io::ErrorKind::InvalidData, why)
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let secret = make();
                // Whole or not at all: a torn file would be taken for one of another key.
                let new = path.with_extension("new");
                let _ = fs::remove_file(&new);
                write_private(&new, &seal.bytes(name, &secret))?;
                fs::rename(&new, &path)?;
                Ok(secret)
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Key, Options};

    fn engine(dir: &std::path::Path, key: Key) -> Engine {
        Engine::start(Arc::new(eventlog::MemoryStore::new()), Options::new(dir, key)).unwrap()
    }

    #[test]
    fn a_secret_is_made_once_and_opens_with_its_key_only() {
        let dir = tempfile::tempdir().unwrap();
        let key = Key::random().unwrap();
        let first = engine(dir.path(), key.clone());
        assert_eq!(first.secret("signing", || b"4711".to_vec()).unwrap(), b"4711");
        assert_eq!(first.secret("signing", || unreachable!("it is there")).unwrap(), b"4711");
        let file = fs::read(dir.path().join("signing.sealed")).unwrap();
        assert!(!file.windows(4).any(|bytes| bytes == b"4711"));
        let other = engine(dir.path(), Key::random().unwrap());
        assert!(other.secret("signing", || unreachable!("it is there")).is_err());
    }
}
