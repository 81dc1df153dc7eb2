//! Secrets: random, recognised by their hash, compared in constant time, never printed.

use std::fmt;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::access::SecretHash;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A token or key as its owner holds it.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// A new one of 256 random bits, base64url after `prefix`.
    ///
    /// # Panics
    /// When the operating system has no randomness to give.
    #[must_use]
    pub fn mint(prefix: &str) -> Self {
        Self(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(random::<32>())))
    }

    /// One that somebody presents.
    pub(crate) fn presented(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What recognises it: its SHA-256 in lower-case hexadecimal.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash(hex::encode(Sha256::digest(self.0.as_bytes())).into())
    }

    /// The secret itself, to be shown to its owner once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Another secret that only the holder of this one can know.
    pub(crate) fn derive(&self, purpose: &str) -> Self {
        let digest = Sha256::new().chain_update(purpose).chain_update([0]).chain_update(&self.0);
        Self(URL_SAFE_NO_PAD.encode(digest.finalize()))
    }

    /// Whether it is the one with this hash.
    pub(crate) fn is(&self, hash: &SecretHash) -> bool {
        is_same(&self.hash(), hash)
    }
}

/// Compares in a time that does not depend on where two hashes differ.
pub(crate) fn is_same(one: &SecretHash, other: &SecretHash) -> bool {
    one.0.as_bytes().ct_eq(other.0.as_bytes()).into()
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Random bytes.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

/// What recognises a password: Argon2id in PHC form with a new salt. Takes some 20 ms and 19 MiB.
///
/// # Panics
/// When the operating system has no randomness to give.
#[must_use]
pub fn hash_password(password: &str) -> String {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.expect("the default parameters are valid").to_string()
}

/// Whether a password is the one with this PHC text. Takes as long as [`hash_password`].
pub(crate) fn is_password(password: &str, phc: &str) -> bool {
    PasswordHash::new(phc)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_recognised_and_never_printed() {
        let secret = Secret::mint("eght_");
        assert_eq!(secret.reveal().len(), "eght_".len() + 43);
        assert!(Secret::presented(secret.reveal()).is(&secret.hash()));
        assert!(!Secret::mint("eght_").is(&secret.hash()));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_ne!(secret.derive("a").reveal(), secret.derive("b").reveal());
    }

    #[test]
    fn a_password_is_recognised() {
        let phc = hash_password("correct horse");
        assert!(phc.starts_with("$argon2id$"));
        assert!(is_password("correct horse", &phc));
        assert!(!is_password("correct hors", &phc));
        assert!(!is_password("", "not a hash"));
    }
}
