//! Calls, from the first ring to the paperwork.

use std::{
    io::{BufRead, BufReader, Write},
    time::Duration,
};

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{Desk, LONG, MAIN_LINE, Server, start};

#[tokio::test]
async fn a_vip_reaches_the_agent_who_knows_why() {
    let server = Server::start();
    let mut ann = Desk::open(&server, 0).await;
    let (interaction, call) = server.dial().await;
    let (status, set) = server.attach(&interaction, "_customerTier", "VIP").await;
    assert_eq!((status, &set["variablesSet"]), (StatusCode::OK, &json!(1)), "{set}");
    let (status, _) =
        server.post(&format!("/sim/v1/calls/{call}/digits"), &json!({ "digits": "1" })).await;
    assert_eq!(status, StatusCode::NO_CONTENT);

    let offered = ann.work(|work| work["place"] == "offered").await;
    assert_eq!(offered["queue"]["name"], "Priority");
    assert_eq!(offered["variables"][0]["value"], "VIP");
    assert!(!offered["why"]["text"].as_str().unwrap().is_empty());

    let offer = json!({ "offerId": offered["offer"]["id"] });
    let (status, _) = ann.act(&server, &interaction, "accept", &offer).await;
    assert_eq!(status, StatusCode::OK);
    let (_, heard) = server.get(&format!("/sim/v1/calls/{call}")).await;
    assert_eq!(
        (&heard["state"], &heard["agent"]["name"]),
        (&json!("talking"), &json!("Ann Perez"))
    );

    let (status, _) = ann.act(&server, &interaction, "end", &json!({})).await;
    assert_eq!(status, StatusCode::OK);
    let wrap_up = json!({ "disposition": 1000, "codes": [21], "note": "Parcel found." });
    let (status, state) = ann.act(&server, &interaction, "wrapup", &wrap_up).await;
    assert_eq!((status, &state["work"]), (StatusCode::OK, &json!([])), "{state}");
    assert_eq!(server.variable(&interaction, "_customerTier").await.as_deref(), Some("VIP"));
    let late = server.attach(&interaction, "_late", "x").await;
    assert_eq!(late.0, StatusCode::NOT_FOUND, "history takes no more variables");
}

#[tokio::test]
async fn the_telephone_in_the_terminal_works_in_a_pipe() {
    let server = Server::start();
    let mut telephone = start(&["--json", "call", MAIN_LINE, "--url", &server.url()]);
    let mut keys = telephone.stdin.take().unwrap();
    let lines = BufReader::new(telephone.stdout.take().unwrap()).lines();
    let mut heard: Vec<Value> = Vec::new();
    writeln!(keys, "1").unwrap();
    for line in lines {
        heard.push(serde_json::from_str(&line.unwrap()).unwrap());
        if heard.last().unwrap()["state"] == "queued" {
            writeln!(keys, "h").unwrap();
        }
    }
    assert!(telephone.wait().unwrap().success());
    assert!(heard[0]["interactionGuid"].as_str().unwrap().starts_with("int-"), "{heard:?}");
    assert!(heard.iter().any(|line| line["text"] == "Welcome to Acme Corp."), "{heard:?}");
    let queued = heard.iter().find(|line| line["state"] == "queued").unwrap();
    assert_eq!((&queued["queue"], &queued["queuePosition"]), (&json!("Standard"), &json!(1)));
    let last = heard.last().unwrap();
    assert_eq!((&last["state"], &last["endedBy"]), (&json!("ended"), &json!("abandoned")));
}

#[tokio::test]
async fn the_telephone_stays_on_the_line_while_the_server_restarts() {
    let server = Server::start();
    let mut telephone = start(&["--json", "call", MAIN_LINE, "--url", &server.url()]);
    let mut keys = telephone.stdin.take().unwrap();
    let mut lines = BufReader::new(telephone.stdout.take().unwrap()).lines();
    let connected = lines.next().unwrap().unwrap();
    let server = server.again(&["--demo"]);
    writeln!(keys, "1").unwrap();
    let queued = lines.map_while(Result::ok).find(|line| line.contains("\"queued\""));
    assert!(queued.is_some(), "the same call goes on: {connected}");
    drop(server);
    telephone.kill().unwrap();
    telephone.wait().unwrap();
}

#[test]
fn a_number_that_nobody_has_is_said_to_be_unknown() {
    let server = Server::start();
    let call = crate::harness::run(&["call", "+10000000000", "--url", &server.url()]);
    assert_eq!(call.status.code(), Some(1));
    let said = crate::harness::words(&call.stderr);
    assert!(said.contains("the call was not connected") && said.contains("404"), "{said}");
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let call = crate::harness::run(&["call", MAIN_LINE, "--url", "http://127.0.0.1:9"]);
    assert_eq!(call.status.code(), Some(1));
    let said = crate::harness::words(&call.stderr);
    assert!(said.contains("no server answers at http://127.0.0.1:9"), "{said}");
}

#[tokio::test]
async fn simulated_agents_leave_a_person_alone_and_do_the_others_work() {
    let server = Server::with(&["--demo", "--demo-traffic", "600"]);
    let mut ann = Desk::open(&server, 0).await;
    let offered = ann.work(|work| work["place"] == "offered").await;
    let interaction = offered["interactionId"].as_str().unwrap();
    let offer = json!({ "offerId": offered["offer"]["id"] });
    let (status, state) = ann.act(&server, interaction, "accept", &offer).await;
    assert_eq!(status, StatusCode::OK, "nobody was quicker: {state}");
    let others = async {
        let mut look = tokio::time::interval(Duration::from_millis(200));
        loop {
            look.tick().await;
            let (_, talking) = server.get("/sim/v1/calls?state=talking&limit=200").await;
            let calls = talking["calls"].as_array().unwrap();
            if calls.iter().any(|call| call["agent"]["name"] != "Ann Perez") {
                return;
            }
        }
    };
    tokio::time::timeout(LONG, others).await.expect("Ben or Cara takes a call");
    assert!(server.log().contains("a person is logged in"), "{}", server.log());
}
