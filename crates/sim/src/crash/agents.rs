//! Agents who take what rings, talk, wrap up, and now and then have a break.

use std::{cell::RefCell, rc::Rc, time::Duration};

use anyhow::ensure;
use rand::RngExt as _;
use rand_pcg::Pcg64;
use serde_json::{Value, json};

use super::{
    RETRY, Round,
    ledger::{Agent, AgentWrite, Ledger, Pending, text},
};
use crate::{
    http::{Connection, request},
    site::PASSWORD,
};

/// How long an agent without work waits before looking again.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Begins a session; gives the value of its `Authorization` header and the agent's id.
pub(super) async fn log_in(
    connection: &mut Connection,
    email: &str,
) -> anyhow::Result<(String, String)> {
    let body = json!({ "email": email, "password": PASSWORD });
    let answer = connection.call("POST", "/auth/v1/login", &[], &body).await?;
    ensure!(answer.status == 200, "{email} logs in: {} {}", answer.status, answer.json());
    let answer = answer.json();
    let agent = text(&answer["user"]["agentId"]).to_owned();
    Ok((format!("Bearer {}", text(&answer["token"])), agent))
}

/// An agent who is logged in.
pub(super) async fn agent(connection: &mut Connection, email: &str) -> anyhow::Result<Agent> {
    let (bearer, id) = log_in(connection, email).await?;
    Ok(Agent { id, bearer, ..Agent::default() })
}

/// Reads the agent's state.
pub(super) async fn look(connection: &mut Connection, bearer: &str) -> std::io::Result<Value> {
    loop {
        let headers = [("Authorization", bearer)];
        let answer = connection.call("GET", "/workspace/v1/state", &headers, &Value::Null).await?;
        if answer.status != 503 {
            return Ok(answer.json());
        }
        tokio::time::sleep(RETRY).await;
    }
}

/// Works until the server is gone.
pub(super) async fn work(round: Round, mut connection: Connection, agent: usize, mut rng: Pcg64) {
    let bearer = round.ledger.borrow().agents[agent].bearer.clone();
    while !round.is_over() {
        let state = round.ledger.borrow().agents[agent].state.clone();
        let Some((write, path, body)) = choose(&mut rng, &state) else {
            tokio::time::sleep(LOOK_AGAIN).await;
            let Ok(state) = look(&mut connection, &bearer).await else { return };
            round.ledger.borrow_mut().saw(agent, state);
            continue;
        };
        let key = round.ledger.borrow_mut().key();
        let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", &key)];
        let method = if path.ends_with("status") { "PUT" } else { "POST" };
        let text = body.to_string();
        let body = (!body.is_null()).then_some(text.as_bytes());
        let request = request(method, &path, &headers, body);
        let pending = Pending { write, request };
        round.ledger.borrow_mut().agents[agent].pending = Some(pending.clone());
        if send(&round.ledger, &mut connection, agent, pending).await.is_err() {
            return;
        }
    }
}

/// What to do next; nothing when there is nothing to do.
fn choose(rng: &mut Pcg64, state: &Value) -> Option<(AgentWrite, String, Value)> {
    let dice = rng.random_range(0..100);
    let Some(work) = state["work"].get(0) else {
        let status = if state["agent"]["status"] == "available" { "onBreak" } else { "available" };
        // Whoever is not available comes back soon; breaks are rare.
        let wants = status == "available" || dice < 3;
        let body = json!({ "status": status });
        return wants
            .then(|| (AgentWrite::Status(status), "/workspace/v1/status".to_owned(), body));
    };
    let guid = text(&work["interactionId"]).to_owned();
    let path = |verb| format!("/workspace/v1/interactions/{guid}/{verb}");
    let offer = || json!({ "offerId": text(&work["offer"]["id"]) });
    Some(match text(&work["place"]) {
        "offered" if dice < 5 => (AgentWrite::Reject(guid.clone()), path("reject"), offer()),
        "offered" => (AgentWrite::Accept(guid.clone()), path("accept"), offer()),
        "talking" => (AgentWrite::End(guid.clone()), path("end"), Value::Null),
        _ => {
            let body = json!({ "disposition": 1000, "codes": [1], "note": "crash" });
            (AgentWrite::WrapUp(guid.clone()), path("wrapup"), body)
        }
    })
}

/// Sends a write until it is answered with yes or no. An error means that the server is gone.
pub(super) async fn send(
    ledger: &Rc<RefCell<Ledger>>,
    connection: &mut Connection,
    agent: usize,
    pending: Pending<AgentWrite>,
) -> std::io::Result<()> {
    loop {
        let answer = connection.send(&pending.request).await?;
        if answer.is_success() {
            ledger.borrow_mut().agent_done(agent, answer.json());
            return Ok(());
        }
        if answer.status != 503 {
            let bearer = ledger.borrow().agents[agent].bearer.clone();
            let state = look(connection, &bearer).await?;
            let mut ledger = ledger.borrow_mut();
            ledger.agents[agent].pending = None;
            let fits = answer.status == 409 && ledger.lost_patience(&pending.write);
            if !fits {
                let (id, status) = (ledger.agents[agent].id.clone(), answer.status);
                let said = answer.json();
                ledger.fault(format!("{id}: {:?} is answered {status} {said}", pending.write));
            }
            ledger.saw(agent, state);
            return Ok(());
        }
        tokio::time::sleep(RETRY).await;
    }
}
