//! The signature, checked by the published algorithm: in Rust with another implementation of each step, and
//! in JavaScript as receivers do.

use std::process::{Command, Stdio};

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};

use crate::{
    receiver::{Receiver, Reply, Request},
    world::{World, webhook},
};

/// What a receiver knows: the request and the key that is published.
async fn delivered() -> (Request, Value) {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Status(200)).await;
    world.save(webhook(&receiver.uri())).await;
    world.publish("ann", 1).await;
    let key = serde_json::to_value(world.webhooks.jwk().await.unwrap()).unwrap();
    (receiver.next().await, key)
}

/// CRC-32 bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1))
        })
    })
}

fn is_good(request: &Request, key: &Value) -> bool {
    let (header, signature) = request.header("x-8x8-signature").split_once("..").unwrap();
    let signed = format!(
        r#"{{"checksum":{},"cid":"{}","eid":"{}","retry":{},"tid":"{}","tt":{}}}"#,
        crc32(request.body.as_bytes()),
        request.header("x-8x8-customer-id"),
        request.header("x-8x8-event-id"),
        request.header("x-8x8-retry"),
        request.header("x-8x8-tenant-id"),
        request.header("x-8x8-transmission-time"),
    );
    let bytes = |field: &str| BASE64.decode(key[field].as_str().unwrap()).unwrap();
    let public = RsaPublicKeyComponents { n: bytes("n"), e: bytes("e") };
    let input = format!("{header}.{signed}");
    let signature = BASE64.decode(signature).unwrap();
    public.verify(&RSA_PKCS1_2048_8192_SHA256, input.as_bytes(), &signature).is_ok()
}

#[tokio::test]
async fn every_delivery_is_signed_with_the_published_key() {
    let (request, key) = delivered().await;
    let (header, _) = request.header("x-8x8-signature").split_once("..").unwrap();
    let header = String::from_utf8(BASE64.decode(header).unwrap()).unwrap();
    let kid = key["kid"].as_str().unwrap();
    assert_eq!(header, format!(r#"{{"b64":false,"crit":["b64"],"kid":"{kid}","alg":"RS256"}}"#));
    assert_eq!((&key["kty"], &key["e"]), (&json!("RSA"), &json!("AQAB")));
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    assert!(is_good(&request, &key));
    let mut other = request.clone();
    other.body.push(' ');
    assert!(!is_good(&other, &key), "the body is signed");
    let mut other = request;
    other.headers.insert("x-8x8-retry".to_owned(), "1".to_owned());
    assert!(!is_good(&other, &key), "so is everything else");
}

#[tokio::test]
async fn a_receiver_in_javascript_agrees() {
    let (request, key) = delivered().await;
    let input = json!({"headers": request.headers, "body": request.body, "key": key});
    let node = Command::new("node")
        .args(["-e", VERIFIER, &input.to_string()])
        .stderr(Stdio::inherit())
        .output();
    match node {
        Err(_) => eprintln!("skipped: there is no node here"),
        Ok(node) => assert_eq!(String::from_utf8_lossy(&node.stdout), "good\n"),
    }
}

/// Reads the body and writes it again before it looks at its checksum, as published receivers do.
const VERIFIER: &str = r#"
const crypto = require('crypto');
const { headers, body, key } = JSON.parse(process.argv[1]);
const again = Buffer.from(JSON.stringify(JSON.parse(body)));
let crc = ~0;
for (const byte of again) {
  crc ^= byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
}
const signed = JSON.stringify({
  checksum: ~crc >>> 0,
  cid: headers['x-8x8-customer-id'],
  eid: headers['x-8x8-event-id'],
  retry: Number(headers['x-8x8-retry']),
  tid: headers['x-8x8-tenant-id'],
  tt: Number(headers['x-8x8-transmission-time']),
});
const [header, signature] = headers['x-8x8-signature'].split('..');
const publicKey = crypto.createPublicKey({ key, format: 'jwk' });
const good = crypto.verify('sha256', Buffer.from(header + '.' + signed), publicKey, Buffer.from(signature, 'base64url'));
console.log(good ? 'good' : 'bad');
"#;
