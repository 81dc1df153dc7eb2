//! The master key, and the sealing of what must not be readable at rest.
//!
//! Each tenant has a key of its own, derived from the master key with HMAC-SHA256, so that a text sealed
//! for one tenant opens for no other. Texts and snapshots are sealed with XChaCha20-Poly1305 under random
//! 192-bit nonces.

use std::{
    fmt,
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD as BASE64};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use model::TenantId;
use sha2::Sha256;

use crate::layout;

/// The variable that holds the master key in hexadecimal, instead of the key file.
pub const KEY_VARIABLE: &str = "CORDBOARD_KEY";

/// What a sealed text begins with. The number is the form's version.
const SEALED: &str = "sealed:v1:";

const NONCE_BYTES: usize = 24;

/// The master key: 256 random bits from which every tenant's key is derived.
#[derive(Clone)]
pub struct Key([u8; 32]);

/// Why there is no master key.
#[derive(Debug)]
pub enum KeyError {
    /// Not 64 hexadecimal digits. Says where it came from.
    Malformed(String),
    /// There is a log, but no key to open what is sealed in it.
    Missing(PathBuf),
    /// The key file cannot be read or written, or the system has no random bytes.
    Io(PathBuf, io::Error),
}

impl Key {
    /// The key from the environment (`CORDBOARD_KEY`, hexadecimal), or else from the data directory's key
    /// file. A new data directory gets a new key file, readable by its owner alone.
    ///
    /// # Errors
    /// When the key is malformed or unreadable, or when the directory has a log but no key.
    pub fn load_or_create(data_dir: &Path) -> Result<Self, KeyError> {
        if let Ok(text) = std::env::var(KEY_VARIABLE) {
            return Self::parse(&text, KEY_VARIABLE);
        }
        let path = layout::key(data_dir);
        let io = |error| KeyError::Io(path.clone(), error);
        match File::open(&path) {
            Ok(file) => {
                let mut text = String::new();
                file.take(1024).read_to_string(&mut text).map_err(io)?;
                Self::parse(&text, &path.display().to_string())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if layout::log(data_dir).exists() {
                    return Err(KeyError::Missing(path));
                }
                let key = Self::random().map_err(io)?;
                key.write(&path).map_err(io)?;
                Ok(key)
            }
            Err(error) => Err(io(error)),
        }
    }

    /// A new key.
    ///
    /// # Errors
    /// When the system has no random bytes.
    pub fn random() -> io::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Self(bytes))
    }

    /// Recognises the key without revealing it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(&self.derive(b"fingerprint")[..8])
    }

    /// Writes the key to a new file that only its owner can read, and makes it durable.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        write_private(path, format!("{}\n", hex::encode(self.0)).as_bytes())
    }

    fn parse(text: &str, source: &str) -> Result<Self, KeyError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes)
            .map_err(|_| KeyError::Malformed(source.to_owned()))?;
        Ok(Self(bytes))
    }

    /// What seals for one tenant.
    pub(crate) fn seal_of(&self, tenant: &TenantId) -> Seal {
        let key = self.derive(format!("tenant:{tenant}").as_bytes());
        Seal { cipher: XChaCha20Poly1305::new(&key.into()), owner: tenant.to_string() }
    }

    /// What seals for the installation as a whole.
    pub(crate) fn seal_of_installation(&self) -> Seal {
        let key = self.derive(b"installation");
        Seal { cipher: XChaCha20Poly1305::new(&key.into()), owner: String::new() }
    }

    fn derive(&self, purpose: &[u8]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0)
            .expect("HMAC takes keys of any length");
        mac.update(b"cordboard sealing v1\0");
        mac.update(purpose);
        mac.finalize().into_bytes().into()
    }
}

/// Writes a new file that only its owner can read, and makes it durable.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty());
    File::open(dir.unwrap_or_else(|| Path::new(".")))?.sync_all()
}

/// Never prints the key.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(****)")
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(source) => {
                write!(f, "the master key in {source} is not 64 hexadecimal digits")
            }
            Self::Missing(path) => write!(
                f,
                "the data directory has an event log, but the master key {} is missing; put it back or set {KEY_VARIABLE}",
                path.display()
            ),
            Self::Io(path, error) => write!(f, "the master key {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for KeyError {}

/// Seals and opens for one tenant, or for the installation, which has no name.
pub(crate) struct Seal {
    cipher: XChaCha20Poly1305,
    owner: String,
}

/// What was sealed does not open: damaged, or sealed with another key or for another tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unsealable;

impl Seal {
    /// Seals a text as `sealed:v1:` and base64.
    pub(crate) fn text(&self, text: &str) -> String {
        format!("{SEALED}{}", BASE64.encode(self.bytes("text", text.as_bytes())))
    }

    /// Opens a sealed text.
    pub(crate) fn open_text(&self, sealed: &str) -> Result<String, Unsealable> {
        let sealed = sealed.strip_prefix(SEALED).ok_or(Unsealable)?;
        let sealed = BASE64.decode(sealed).map_err(|_| Unsealable)?;
        String::from_utf8(self.open_bytes("text", &sealed)?).map_err(|_| Unsealable)
    }

    /// Seals bytes for a purpose; they open for the same purpose only.
    pub(crate) fn bytes(&self, purpose: &str, bytes: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).expect("the system had random bytes when the key was made");
        let aad = self.aad(purpose);
        let payload = Payload { msg: bytes, aad: &aad };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.expect("only messages of 256 GiB are too long to seal");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what was sealed for this purpose.
    pub(crate) fn open_bytes(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(Unsealable)?;
        let aad = self.aad(purpose);
        let payload = Payload { msg: sealed, aad: &aad };
        self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| Unsealable)
    }

    fn aad(&self, purpose: &str) -> Vec<u8> {
        format!("{}\0{purpose}", self.owner).into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn tenant(name: &str) -> TenantId {
        TenantId::parse(name).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_only_for_its_tenant_purpose_and_key() {
        let key = Key::random().unwrap();
        let seal = key.seal_of(&tenant("acme"));
        let sealed = seal.text("4711");
        assert!(sealed.starts_with(SEALED) && !sealed.contains("4711"));
        assert_ne!(sealed, seal.text("4711"), "equal texts must not look equal");
        assert_eq!(seal.open_text(&sealed).as_deref(), Ok("4711"));
        assert_eq!(key.seal_of(&tenant("other")).open_text(&sealed), Err(Unsealable));
        assert!(Key::random().unwrap().seal_of(&tenant("acme")).open_text(&sealed).is_err());
        assert_eq!(seal.open_text("4711"), Err(Unsealable));
        assert!(seal.open_bytes("snapshot", &seal.bytes("text", b"x")).is_err());
    }

    #[test]
    fn the_key_file_is_private_and_read_again() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let key = Key::load_or_create(dir.path()).unwrap();
        let mode = fs::metadata(layout::key(dir.path())).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(Key::load_or_create(dir.path()).unwrap().fingerprint(), key.fingerprint());
        assert_eq!(format!("{key:?}"), "Key(****)");
    }

    #[test]
    fn no_new_key_is_made_for_an_old_log() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(layout::log(dir.path()), "").unwrap();
        assert!(matches!(Key::load_or_create(dir.path()), Err(KeyError::Missing(_))));
        fs::write(layout::key(dir.path()), "abc").unwrap();
        assert!(matches!(Key::load_or_create(dir.path()), Err(KeyError::Malformed(_))));
    }
}
