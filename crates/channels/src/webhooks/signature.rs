//! The signature of a delivery: a detached JWS with unencoded content (webhooks, "Signature"; RFC 7515, 7797).

use std::{io, sync::Arc};

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, RSA_PKCS1_SHA256},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use engine::Engine;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The name of the key among the installation's secrets.
const SECRET: &str = "webhook-signing";

/// The installation's key, with which every delivery is signed.
#[derive(Clone)]
pub(super) struct Signer {
    pair: Arc<KeyPair>,
    /// `base64url(header)`: the same for every delivery.
    header: Arc<str>,
    jwk: Jwk,
}

/// The public half of the key, as its owner publishes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jwk {
    kty: &'static str,
    e: &'static str,
    /// Names the key in the header of signatures.
    pub kid: String,
    n: String,
}

/// What is signed beside the body's checksum. The order of the fields is the contract's.
#[derive(Serialize)]
struct Signed<'a> {
    checksum: u32,
    cid: &'a str,
    eid: &'a str,
    retry: u32,
    tid: &'a str,
    tt: u64,
}

impl Signer {
    /// The installation's key, made at the first start. Blocks: making one takes a moment.
    pub(super) fn open(engine: &Engine) -> io::Result<Self> {
        let der = engine.secret(SECRET, || {
            let pair = KeyPair::generate(KeySize::Rsa2048).expect("the system has random bytes");
            let der: Pkcs8V1Der<'_> = pair.as_der().expect("a new key can be written");
            der.as_ref().to_vec()
        })?;
        let pair = KeyPair::from_pkcs8(&der)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the signing key is no key"))?;
        let n = pair.public_key().modulus().big_endian_without_leading_zero().to_vec();
        let kid = BASE64.encode(&Sha256::digest(&n)[..16]);
        let header = format!(r#"{{"b64":false,"crit":["b64"],"kid":"{kid}","alg":"RS256"}}"#);
        let header = BASE64.encode(header).into();
        let jwk = Jwk { kty: "RSA", e: "AQAB", kid, n: BASE64.encode(n) };
        Ok(Self { pair: Arc::new(pair), header, jwk })
    }

    pub(super) fn jwk(&self) -> &Jwk {
        &self.jwk
    }

    /// The value of `x-8x8-signature` for one attempt, made at `tt`.
    pub(super) fn sign(
        &self,
        tenant: &str,
        event: &str,
        retry: u32,
        tt: u64,
        body: &[u8],
    ) -> String {
        let checksum = crc32fast::hash(body);
        let signed = Signed { checksum, cid: tenant, eid: event, retry, tid: tenant, tt };
        let signed = serde_json::to_string(&signed).expect("texts and numbers can be written");
        let input = format!("{}.{signed}", self.header);
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input.as_bytes(), &mut signature)
            .expect("a whole key signs whatever it is given");
        format!("{}..{}", self.header, BASE64.encode(signature))
    }
}

/// An event's id, `x-8x8-event-id`: the same however often it is sent.
pub(super) fn event_id(tenant: &str, seq: u64) -> String {
    let digest =
        Sha256::new().chain_update(tenant).chain_update([0]).chain_update(seq.to_be_bytes());
    BASE64.encode(&digest.finalize()[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_one_id_in_the_contract_s_alphabet() {
        let id = event_id("acme", 1);
        assert_eq!(id.len(), 22);
        assert!(id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        assert_eq!(id, event_id("acme", 1));
        assert_ne!(id, event_id("acme", 2));
        assert_ne!(id, event_id("acme2", 1));
    }
}
