//! What a one-time link holds, sealed with a key that only the link's token gives, and its passphrase where there is
//! one. The server keeps neither, so that what lies on its disk opens for nobody who was not given the link.

use argon2::Argon2;
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD as BASE64};
use chacha20poly1305::{XChaCha20Poly1305, XNonce, aead::Aead};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::secret::{Secret, random};

const NONCE_BYTES: usize = 24;

/// What a link holds.
#[derive(Serialize, Deserialize)]
pub(crate) struct Contents {
    pub(crate) items: Vec<Item>,
}

/// One secret, and what it is called.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = SecretItem)]
pub(crate) struct Item {
    /// What it is.
    #[schema(max_length = 128)]
    pub(crate) label: String,
    /// The secret itself.
    #[schema(max_length = 4000)]
    pub(crate) value: String,
}

/// Seals. With a passphrase it takes as long as hashing a password.
pub(crate) fn seal(token: &Secret, passphrase: Option<&str>, contents: &Contents) -> String {
    let contents = serde_json::to_vec(contents).expect("texts can be written");
    let nonce = random::<NONCE_BYTES>();
    let sealed = cipher(token, passphrase).encrypt(&XNonce::from(nonce), &*contents);
    let sealed = sealed.expect("only messages of 256 GiB are too long to seal");
    BASE64.encode([nonce.as_slice(), &sealed].concat())
}

/// Opens what was sealed; `None` when token or passphrase are others. Takes as long as sealing.
pub(crate) fn open(token: &Secret, passphrase: Option<&str>, sealed: &str) -> Option<Contents> {
    let sealed = BASE64.decode(sealed).ok()?;
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    let contents = cipher(token, passphrase).decrypt(&XNonce::from(*nonce), sealed).ok()?;
    serde_json::from_slice(&contents).ok()
}

fn cipher(token: &Secret, passphrase: Option<&str>) -> XChaCha20Poly1305 {
    let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(token.reveal().as_bytes());
    let mut mac = mac.expect("HMAC takes keys of any length");
    mac.update(b"cordboard one-time link v1\0");
    if let Some(passphrase) = passphrase {
        let salt = Sha256::new().chain_update(b"salt\0").chain_update(token.reveal()).finalize();
        let mut stretched = [0; 32];
        let done =
            Argon2::default().hash_password_into(passphrase.as_bytes(), &salt, &mut stretched);
        done.expect("the default parameters, the salt and the length are valid");
        mac.update(&stretched);
    }
    let key: [u8; 32] = mac.finalize().into_bytes().into();
    XChaCha20Poly1305::new(&key.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents() -> Contents {
        Contents { items: vec![Item { label: "Token".to_owned(), value: "4711".to_owned() }] }
    }

    fn opened(token: &Secret, passphrase: Option<&str>, sealed: &str) -> Option<String> {
        open(token, passphrase, sealed).map(|contents| contents.items[0].value.clone())
    }

    #[test]
    fn it_opens_for_its_token_and_passphrase_only() {
        let (token, other) = (Secret::mint("acme."), Secret::mint("acme."));
        let sealed = seal(&token, Some("open sesame"), &contents());
        assert_eq!(opened(&token, Some("open sesame"), &sealed).as_deref(), Some("4711"));
        for (token, passphrase) in
            [(&token, Some("Open sesame")), (&token, None), (&other, Some("open sesame"))]
        {
            assert_eq!(opened(token, passphrase, &sealed), None);
        }
        let plain = seal(&token, None, &contents());
        assert_eq!(opened(&token, None, &plain).as_deref(), Some("4711"));
        assert_eq!(opened(&token, Some(""), &plain), None);
        assert_ne!(seal(&token, None, &contents()), plain, "equal contents do not look equal");
        assert_eq!(opened(&token, None, "c2hvcnQ"), None);
    }
}
