//! Customers who call, integrations that attach variables, and callers who lose patience.

use std::{cell::RefCell, rc::Rc};

use rand::RngExt as _;
use rand_pcg::Pcg64;
use serde_json::{Value, json};

use super::{
    RETRY, Round,
    ledger::{CallWrite, Ledger, Pending, Stage},
};
use crate::{
    http::{Connection, request},
    site::NUMBER,
};

/// Names of variables of one call.
const NAMES: u32 = 20;

/// Keeps `quota` calls alive until the server is gone: places calls, and does something with one of them
/// after the other.
pub(super) async fn work(
    round: Round,
    mut connection: Connection,
    mut mine: Vec<u64>,
    quota: usize,
    mut rng: Pcg64,
) -> Vec<u64> {
    while !round.is_over() {
        mine.retain(|call| round.ledger.borrow_mut().call(*call).stage < Stage::Over);
        let (call, write) = if mine.len() < quota {
            let call = round.ledger.borrow_mut().new_call();
            mine.push(call);
            (call, CallWrite::Place)
        } else {
            let call = mine[rng.random_range(0..mine.len())];
            let Some(write) = choose(&mut rng, round.ledger.borrow_mut().call(call).stage) else {
                tokio::task::yield_now().await;
                continue;
            };
            (call, write)
        };
        let request = bytes(&round, call, &write);
        let pending = Pending { write, request };
        round.ledger.borrow_mut().call(call).pending = Some(pending.clone());
        if send(&round.ledger, &mut connection, call, pending).await.is_err() {
            break;
        }
    }
    mine
}

fn choose(rng: &mut Pcg64, stage: Stage) -> Option<CallWrite> {
    let (name, value) = (rng.random_range(0..NAMES), rng.random::<u64>());
    match (stage, rng.random_range(0..100)) {
        (Stage::Script, 0..40) => Some(CallWrite::Digits),
        (Stage::Script | Stage::Queued, 40) => Some(CallWrite::HangUp),
        (Stage::Script | Stage::Queued | Stage::Talking, _) => {
            Some(CallWrite::Variable(format!("_v{name}"), format!("{value:016x}")))
        }
        (Stage::Sent | Stage::WrapUp | Stage::Over, _) => None,
    }
}

/// The SIP Call-ID that this customer's carrier gave the call.
pub(super) fn call_id(call: u64) -> String {
    format!("{call}@crash.example")
}

fn bytes(round: &Round, call: u64, write: &CallWrite) -> Vec<u8> {
    let mut ledger = round.ledger.borrow_mut();
    let key = ledger.key();
    let path = format!("/sim/v1/calls/{}", call_id(call));
    let (path, body) = match write {
        CallWrite::Place => {
            let from = format!("+1617{call:07}");
            let body = json!({ "from": from, "to": NUMBER, "sipCallId": call_id(call) });
            ("/sim/v1/calls".to_owned(), body)
        }
        CallWrite::Digits => (format!("{path}/digits"), json!({ "digits": "1" })),
        CallWrite::HangUp => (format!("{path}/hangup"), Value::Null),
        CallWrite::Variable(name, value) => {
            let path = format!("/api/v1/interaction/data/{}", ledger.call(call).guid);
            (path, json!({ "variables": [{ "name": name, "value": value, "ivr": true }] }))
        }
    };
    let headers = [("Idempotency-Key", key.as_str()), ("Authorization", &round.site.basic)];
    let text = body.to_string();
    request("POST", &path, &headers, (!body.is_null()).then_some(text.as_bytes()))
}

/// Sends a write until it is answered with yes or no. An error means that the server is gone.
pub(super) async fn send(
    ledger: &Rc<RefCell<Ledger>>,
    connection: &mut Connection,
    call: u64,
    pending: Pending<CallWrite>,
) -> std::io::Result<()> {
    loop {
        let answer = connection.send(&pending.request).await?;
        let mut ledger = ledger.borrow_mut();
        if answer.is_success() {
            ledger.call_done(call, &answer.json());
            return Ok(());
        }
        if answer.status != 503 {
            ledger.call(call).pending = None;
            judge(&mut ledger, call, &pending.write, answer.status, &answer.json());
            return Ok(());
        }
        drop(ledger);
        tokio::time::sleep(RETRY).await;
    }
}

/// A refusal is right only when the call is over, or somebody is just ending it.
fn judge(ledger: &mut Ledger, number: u64, write: &CallWrite, status: u16, answer: &Value) {
    let call = ledger.call(number);
    let (stage, guid) = (call.stage, call.guid.clone());
    let ending = super::ledger::AgentWrite::WrapUp(guid);
    let over = stage == Stage::Over || ledger.is_pending(&ending);
    if over && matches!(status, 404 | 409) {
        ledger.call(number).stage = Stage::Over;
        return;
    }
    ledger.fault(format!("call {number} at {stage:?}: {write:?} is answered {status} {answer}"));
}
