//! What must hold after a restart: everything acknowledged is there, and nothing is there twice.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use serde_json::Value;

use super::{
    RETRY, agents, customers,
    ledger::{AgentWrite, CallWrite, Ledger, Offered, Pending, Stage, text},
};
use crate::{
    http::{Answer, Connection},
    site::Site,
};

/// What was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Checked {
    pub(super) calls: u64,
    pub(super) variables: u64,
    pub(super) offers: u64,
    pub(super) repeated: u64,
}

/// Looks at every call that is not over and at every agent, then repeats what had no answer.
pub(super) async fn everything(
    ledger: &Rc<RefCell<Ledger>>,
    connection: &mut Connection,
    site: &Site,
    supervisor: &str,
) -> anyhow::Result<Checked> {
    let mut checked = Checked::default();
    let desks = desks(ledger, connection).await?;
    let open: Vec<u64> = {
        let ledger = ledger.borrow();
        let is_open = |stage: Stage| stage < Stage::Over;
        ledger.calls.iter().filter(|(_, call)| is_open(call.stage)).map(|(n, _)| *n).collect()
    };
    for number in open {
        checked.calls += 1;
        let Some(guid) = call(ledger, connection, number, &desks).await? else { continue };
        checked.variables += variables(ledger, connection, site, number, &guid).await?;
        checked.offers += offers(ledger, connection, supervisor, &guid).await?;
    }
    checked.repeated = repeat(ledger, connection).await?;
    Ok(checked)
}

/// What cannot be answered at once after a restart is asked again.
async fn get(
    connection: &mut Connection,
    path: &str,
    authorization: &str,
) -> anyhow::Result<Answer> {
    loop {
        let headers = [("Authorization", authorization)];
        let answer = connection.call("GET", path, &headers, &Value::Null).await?;
        if answer.status != 503 {
            return Ok(answer);
        }
        tokio::time::sleep(RETRY).await;
    }
}

/// Which interaction is on which desk, and where there: sessions and statuses have survived, and no
/// interaction is on two desks.
async fn desks(
    ledger: &Rc<RefCell<Ledger>>,
    connection: &mut Connection,
) -> anyhow::Result<BTreeMap<String, String>> {
    let mut desks = BTreeMap::new();
    let count = ledger.borrow().agents.len();
    for agent in 0..count {
        let bearer = ledger.borrow().agents[agent].bearer.clone();
        let state = agents::look(connection, &bearer).await?;
        let mut ledger = ledger.borrow_mut();
        for work in state["work"].as_array().into_iter().flatten() {
            let guid = text(&work["interactionId"]).to_owned();
            if desks.insert(guid.clone(), text(&work["place"]).to_owned()).is_some() {
                ledger.fault(format!("{guid} is on two desks"));
            }
            if ledger.by_guid(&guid).is_some_and(|call| call.wrapped_up) {
                ledger.fault(format!("{guid} was wrapped up and is on a desk again"));
            }
        }
        let was = ledger.agents[agent].wish.clone();
        ledger.saw(agent, state);
        let known = &ledger.agents[agent];
        let pending = match known.pending.as_ref().map(|pending| &pending.write) {
            Some(AgentWrite::Status(status)) => Some(*status),
            _ => None,
        };
        if known.wish != was && Some(known.wish.as_str()) != pending {
            let (id, is) = (known.id.clone(), known.wish.clone());
            ledger.fault(format!("{id} was {was} (or {pending:?}) and is {is}"));
        }
    }
    Ok(desks)
}

/// The call is where it was acknowledged to be, or one unanswered step further. Gives its GUID.
async fn call(
    ledger: &Rc<RefCell<Ledger>>,
    connection: &mut Connection,
    number: u64,
    desks: &BTreeMap<String, String>,
) -> anyhow::Result<Option<String>> {
    let path = format!("/sim/v1/calls/{}", customers::call_id(number));
    let answer = get(connection, &path, "").await?;
    let mut ledger = ledger.borrow_mut();
    let known = ledger.call(number);
    let (stage, pending) =
        (known.stage, known.pending.as_ref().map(|pending| pending.write.clone()));
    if answer.status == 404 && stage == Stage::Sent {
        return Ok(None);
    }
    let seen = answer.json();
    let guid = text(&seen["interactionGuid"]).to_owned();
    if answer.status != 200 || (stage > Stage::Sent && guid != known.guid) {
        ledger.fault(format!("call {number} at {stage:?} is answered {} {seen}", answer.status));
        return Ok(None);
    }
    let sent = |write: fn(String) -> AgentWrite| ledger.is_pending(&write(guid.clone()));
    let hung_up = pending == Some(CallWrite::HangUp);
    let fits = match (text(&seen["state"]), stage) {
        ("script", Stage::Sent | Stage::Script) => true,
        ("queued" | "ringing", Stage::Queued) => true,
        ("queued" | "ringing", Stage::Script) => pending == Some(CallWrite::Digits),
        ("talking", Stage::Talking) => true,
        ("talking", Stage::Queued) => sent(AgentWrite::Accept),
        ("ended", Stage::WrapUp) => true,
        ("ended", Stage::Talking) => sent(AgentWrite::End) || hung_up,
        ("ended", Stage::Script | Stage::Queued) => hung_up,
        _ => false,
    };
    let desk = desks.get(&guid).map(String::as_str);
    let on_desk = match text(&seen["state"]) {
        "ringing" => desk == Some("offered"),
        "talking" => desk == Some("talking"),
        "ended" if stage == Stage::WrapUp => desk == Some("wrapUp") || sent(AgentWrite::WrapUp),
        _ => true,
    };
    if !(fits && on_desk) {
        let fault = format!("call {number} was {stage:?} (or {pending:?}), is {desk:?} and {seen}");
        ledger.fault(fault);
    }
    Ok(Some(guid))
}

/// Every acknowledged variable is there with its value, and no other but one without an answer.
async fn variables(
    ledger: &Rc<RefCell<Ledger>>,
    connection: &mut Connection,
    site: &Site,
    number: u64,
    guid: &str,
) -> anyhow::Result<u64> {
    let path = format!("/api/v1/interaction/data/{guid}");
    let answer = get(connection, &path, &site.basic).await?;
    let seen = answer.json();
    let mut stored = BTreeMap::new();
    for variable in seen["variables"].as_array().into_iter().flatten() {
        stored.insert(text(&variable["name"]).to_owned(), text(&variable["value"]).to_owned());
    }
    let mut ledger = ledger.borrow_mut();
    let known = ledger.call(number);
    let mut expected = known.variables.clone();
    if stored != expected
        && let Some(Pending { write: CallWrite::Variable(name, value), .. }) = &known.pending
    {
        expected.insert(name.clone(), value.clone());
    }
    let count = known.variables.len() as u64;
    if answer.status != 200 || stored != expected {
        let fault = format!("call {number} has {stored:?} instead of {expected:?}");
        ledger.fault(fault);
    }
    Ok(count)
}

/// An interaction has at most one offer that is not over, and was accepted at most once.
async fn offers(
    ledger: &Rc<RefCell<Ledger>>,
    connection: &mut Connection,
    supervisor: &str,
    guid: &str,
) -> anyhow::Result<u64> {
    let path = format!("/workspace/v1/interactions/{guid}/why");
    let answer = get(connection, &path, supervisor).await?;
    let mut ledger = ledger.borrow_mut();
    let seen = answer.json();
    let Some(offers) = seen["offers"].as_array() else {
        ledger.fault(format!("why of {guid} is answered {} {seen}", answer.status));
        return Ok(0);
    };
    let count = |outcome| offers.iter().filter(|offer| offer["outcome"] == outcome).count();
    if count("pending") + count("accepted") > 1 {
        ledger.fault(format!("{guid} is offered twice: {seen}"));
    }
    for offer in offers {
        let agent = text(&offer["agentId"]).to_owned();
        ledger.saw_offer(text(&offer["offerId"]), Offered { guid: guid.to_owned(), agent });
    }
    Ok(offers.len() as u64)
}

/// Sends everything again that had no answer, with the same keys: it happens once, whether or not it had
/// happened already.
async fn repeat(ledger: &Rc<RefCell<Ledger>>, connection: &mut Connection) -> anyhow::Result<u64> {
    let (calls, count) = {
        let ledger = ledger.borrow();
        let pending = ledger.calls.iter().filter_map(|(n, call)| Some((*n, call.pending.clone()?)));
        (pending.collect::<Vec<_>>(), ledger.agents.len())
    };
    let mut repeated = 0;
    for agent in 0..count {
        let pending = ledger.borrow().agents[agent].pending.clone();
        if let Some(pending) = pending {
            repeated += 1;
            agents::send(ledger, connection, agent, pending).await?;
        }
    }
    for (call, pending) in calls {
        repeated += 1;
        customers::send(ledger, connection, call, pending).await?;
    }
    Ok(repeated)
}
