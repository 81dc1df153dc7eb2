//! Where and how it listens, and how it stops.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use futures_util::StreamExt;
use tokio_tungstenite::tungstenite::{Message, protocol::frame::coding::CloseCode};

use crate::harness::{Desk, LONG, Server, client, run, words};

#[test]
fn it_refuses_other_machines_without_tls() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data").display().to_string();
    let refused = run(&["serve", "--data-dir", &data, "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.status.code(), Some(1));
    let said = words(&refused.stderr);
    assert!(
        said.contains("refusing to listen on 0.0.0.0:0 for other machines without TLS"),
        "{said}"
    );
    assert!(!dir.path().join("data/events.db").exists(), "nothing half done");
}

#[test]
fn the_demo_refuses_other_machines_even_with_tls() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data").display().to_string();
    let flags = ["serve", "--data-dir", &data, "--demo", "--tls-self-signed", "--listen", "[::]:0"];
    let refused = run(&flags);
    assert_eq!(refused.status.code(), Some(1));
    assert!(words(&refused.stderr).contains("the demo prints its secrets"));
}

#[test]
fn an_address_that_is_taken_has_an_exit_code_of_its_own() {
    let server = Server::start();
    let dir = tempfile::tempdir().unwrap();
    let address = server.url().replace("http://", "");
    let data = dir.path().display().to_string();
    let taken = run(&["serve", "--data-dir", &data, "--listen", &address]);
    assert_eq!(taken.status.code(), Some(98), "{}", words(&taken.stderr));
    assert!(words(&taken.stderr).contains(&format!("cannot listen on {address}")));
}

#[test]
fn a_data_directory_has_one_server() {
    let server = Server::start();
    let data = server.data_dir().display().to_string();
    let second = run(&["serve", "--data-dir", &data, "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(1));
    let said = words(&second.stderr);
    assert!(said.contains("in use by process"), "{said}");
}

#[tokio::test]
async fn it_speaks_tls_with_a_certificate_of_its_own() {
    let server = Server::with(&["--demo", "--tls-self-signed"]);
    assert!(server.url().starts_with("https://127.0.0.1:"));
    let trusting = client(Some(&server.data_dir().join("tls/self-signed.pem")));
    let health = trusting.get(format!("{}/healthz", server.url())).send().await.unwrap();
    assert_eq!(health.text().await.unwrap(), "ok");
    let plain = server.url().replace("https://", "http://");
    assert!(trusting.get(format!("{plain}/healthz")).send().await.is_err());
}

#[tokio::test]
async fn it_goes_down_in_order() {
    let mut server = Server::start();
    let mut ann = Desk::open(&server, 0).await;
    let asked = Instant::now();
    server.signal("TERM");
    let closed = async {
        loop {
            match ann.events.next().await {
                Some(Ok(Message::Close(frame))) => return frame.unwrap().code,
                Some(Ok(_)) => {}
                other => panic!("closed without a word: {other:?}"),
            }
        }
    };
    let code = tokio::time::timeout(LONG, closed).await.unwrap();
    assert_eq!(code, CloseCode::Restart, "1012");
    assert!(server.ended().await.success());
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    assert!(server.log().contains("down"));
}

#[test]
fn whoever_says_nothing_is_not_waited_for() {
    let server = Server::start();
    let address = server.url().replace("http://", "");
    let silent = TcpStream::connect(&address).unwrap();
    let mut slow = TcpStream::connect(&address).unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow:").unwrap();
    let began = Instant::now();
    for mut stream in [silent, slow] {
        stream.set_read_timeout(Some(LONG)).unwrap();
        let mut said = Vec::new();
        stream.read_to_end(&mut said).unwrap();
        assert!(!words(&said).contains("200 OK"));
    }
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}
