//! What was acknowledged lasts: over a restart, and over a death at any moment.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use reqwest::{Method, StatusCode};
use serde_json::json;
use tokio::task::JoinSet;

use crate::harness::{Desk, Server, answer};

#[tokio::test]
async fn a_restart_keeps_everything() {
    let mut server = Server::start();
    let mut ann = Desk::open(&server, 0).await;
    let (interaction, call) = server.dial().await;
    server.attach(&interaction, "_orderStatus", "shipped").await;
    let digits = json!({ "digits": "1" });
    server.post(&format!("/sim/v1/calls/{call}/digits"), &digits).await;
    let offered = ann.work(|work| work["place"] == "offered").await;
    let before = server.ready.clone();
    server.signal("TERM");
    assert!(server.ended().await.success());

    let server = server.again(&["--demo"]);
    assert_eq!(server.ready, before, "address and secrets are the same");
    let state = server.request(Method::GET, "/workspace/v1/state").bearer_auth(&ann.token);
    let (status, state) = answer(state).await;
    assert_eq!(status, StatusCode::OK, "the session lasts: {state}");
    assert_eq!(state["work"][0]["offer"]["id"], offered["offer"]["id"], "so does the offer");
    assert_eq!(server.variable(&interaction, "_orderStatus").await.as_deref(), Some("shipped"));
}

/// Sixteen writers; the process dies while they write. Whatever was acknowledged is there afterwards.
#[tokio::test]
async fn a_death_loses_nothing_acknowledged() {
    let server = Arc::new(Server::start());
    let (interaction, _) = server.dial().await;
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let mut writers = JoinSet::new();
    for writer in 0..16 {
        let (server, interaction) = (Arc::clone(&server), interaction.clone());
        let acknowledged = Arc::clone(&acknowledged);
        writers.spawn(async move {
            let mut kept = Vec::new();
            for n in 0..5 {
                let name = format!("_w{writer}n{n}");
                let variable = json!({ "name": name, "value": n.to_string() });
                let body = json!({ "variables": [variable] });
                let request = server.augmentation(Method::POST, &interaction).json(&body);
                match request.send().await {
                    Ok(response) if response.status() == StatusCode::OK => kept.push(name),
                    Ok(response) => panic!("{}", response.status()),
                    Err(_) => break,
                }
                if acknowledged.fetch_add(1, Ordering::SeqCst) == 20 {
                    server.signal("KILL");
                }
            }
            kept
        });
    }
    let kept: Vec<String> = writers.join_all().await.concat();
    assert!(kept.len() > 20, "{}", kept.len());
    let server = Arc::into_inner(server).unwrap().again(&["--demo"]);
    let (status, data) = answer(server.augmentation(Method::GET, &interaction)).await;
    assert_eq!(status, StatusCode::OK, "{data}");
    let names: Vec<&str> = data["variables"]
        .as_array()
        .unwrap()
        .iter()
        .map(|variable| variable["name"].as_str().unwrap())
        .collect();
    let lost: Vec<_> = kept.iter().filter(|name| !names.contains(&name.as_str())).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}
