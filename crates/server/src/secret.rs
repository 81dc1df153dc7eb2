//! New secrets, and what the log keeps of them: only what is needed to recognise them.

use std::io;

use api::Secret;
use model::access::SecretHash;
use sha2::{Digest, Sha256};

/// Letters and digits that nobody mistakes for one another, 32 of them.
const CLEAR: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// 256 random bits.
pub(crate) fn token() -> String {
    Secret::mint("").reveal().to_owned()
}

/// A key of the gateway form, as its users know it.
pub(crate) fn api_key() -> String {
    Secret::mint("eght_").reveal().to_owned()
}

/// 80 random bits that can be typed: four groups of four.
pub(crate) fn password() -> io::Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    let letters = bytes.map(|byte| char::from(CLEAR[usize::from(byte % 32)]));
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// Recognises a token, as [`Secret::hash`] does.
pub(crate) fn hash(token: &str) -> SecretHash {
    SecretHash(hex::encode(Sha256::digest(token)).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_the_hash_that_its_contract_looks_for() {
        let secret = Secret::mint("");
        assert_eq!(hash(secret.reveal()), secret.hash());
    }

    #[test]
    fn a_password_can_be_typed() {
        let password = password().unwrap();
        assert_eq!(password.len(), 19);
        assert!(password.split('-').all(|group| group.len() == 4));
    }
}
