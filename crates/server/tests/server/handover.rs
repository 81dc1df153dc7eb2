//! Handing secrets over by the real binary: they are not on its disk, and deaths of the server do not open a link twice.

use std::{fs, path::Path};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::{Server, answer};

const SECRET: &str = "4711-do-not-tell";
const PASSPHRASE: &str = "open sesame";

/// Whether any file below a directory holds these bytes.
fn holds(dir: &Path, bytes: &[u8]) -> bool {
    fs::read_dir(dir).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, bytes);
        }
        // Sockets cannot be read.
        let content = fs::read(&path).unwrap_or_default();
        content.windows(bytes.len()).any(|found| found == bytes)
    })
}

async fn open(server: &Server, token: &str) -> (StatusCode, Value) {
    server.post("/handover/v1/open", &json!({ "token": token, "passphrase": PASSPHRASE })).await
}

#[tokio::test]
async fn what_is_handed_over_is_not_on_the_disk_and_given_once() {
    let mut server = Server::start();
    let admin = server.ready["users"].as_array().unwrap().iter();
    let admin = admin.clone().find(|user| user["role"] == "administrator").unwrap();
    let login = json!({ "email": admin["email"], "password": admin["password"] });
    let (status, session) = server.post("/auth/v1/login", &login).await;
    assert_eq!(status, StatusCode::OK, "{session}");
    let link = json!({
        "title": "Keys of Acme", "expiresInMs": 3_600_000, "passphrase": PASSPHRASE,
        "items": [{ "label": "Token", "value": SECRET }],
    });
    let make = server.request(Method::POST, "/admin/v1/secret-links");
    let make = make.bearer_auth(session["token"].as_str().unwrap());
    let (status, made) = answer(make.json(&link)).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let token = made["url"].as_str().unwrap().split_once('#').unwrap().1.to_owned();

    server.signal("KILL");
    _ = server.ended().await;
    let data = server.data_dir();
    assert!(holds(&data, b"Keys of Acme"), "the title is there, so the looking works");
    for secret in [SECRET, PASSPHRASE, &token] {
        assert!(!holds(&data, secret.as_bytes()), "{secret}");
    }
    let mut server = server.again(&["--demo"]);
    let (status, opened) = open(&server, &token).await;
    assert_eq!(status, StatusCode::OK, "{opened}");
    assert_eq!(opened["items"][0]["value"], SECRET);
    server.signal("KILL");
    _ = server.ended().await;
    let server = server.again(&["--demo"]);
    let (status, gone) = open(&server, &token).await;
    assert_eq!((status, &gone["code"]), (StatusCode::NOT_FOUND, &json!("gone")));
    assert!(!server.log().contains(SECRET) && !server.log().contains(&token));
}
