//! What the clients know: what was acknowledged, and what was sent without an answer.

use std::collections::BTreeMap;

use serde_json::Value;

/// Everything that customers and agents know, and what contradicted it.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// By the number of the call.
    pub(super) calls: BTreeMap<u64, Call>,
    pub(super) agents: Vec<Agent>,
    /// Every offer that was ever seen, and whose it was.
    pub(super) offers: BTreeMap<String, Offered>,
    /// Writes that were acknowledged.
    pub(super) acknowledged: u64,
    pub(super) faults: Vec<String>,
    /// The number of each call by its GUID.
    numbers: BTreeMap<String, u64>,
    next_call: u64,
    next_key: u64,
}

/// Which interaction was offered to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offered {
    pub(super) guid: String,
    pub(super) agent: String,
}

/// How far a call had come when that was last acknowledged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Not acknowledged at all.
    #[default]
    Sent,
    Script,
    /// In a queue, or ringing at an agent's desk.
    Queued,
    Talking,
    WrapUp,
    /// Nothing more will happen to it.
    Over,
}

/// One call.
#[derive(Debug, Default)]
pub(super) struct Call {
    pub(super) guid: String,
    pub(super) stage: Stage,
    /// An agent's wrap-up of it was acknowledged.
    pub(super) wrapped_up: bool,
    pub(super) variables: BTreeMap<String, String>,
    pub(super) pending: Option<Pending<CallWrite>>,
}

/// A write without an answer yet.
#[derive(Clone, Debug)]
pub(super) struct Pending<W> {
    pub(super) write: W,
    /// Its bytes, to be sent again with the same idempotency key.
    pub(super) request: Vec<u8>,
}

/// What a customer or an integration does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CallWrite {
    Place,
    Digits,
    HangUp,
    Variable(String, String),
}

/// One agent.
#[derive(Debug, Default)]
pub(super) struct Agent {
    pub(super) id: String,
    /// The value of the `Authorization` header.
    pub(super) bearer: String,
    /// The status that was last wished for: the one there is, or the one to come after the work at hand.
    pub(super) wish: String,
    pub(super) pending: Option<Pending<AgentWrite>>,
    /// The last state that was seen.
    pub(super) state: Value,
}

/// What an agent does; with the interaction, where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AgentWrite {
    Status(&'static str),
    Accept(String),
    Reject(String),
    End(String),
    WrapUp(String),
}

impl Ledger {
    pub(super) fn new_call(&mut self) -> u64 {
        self.next_call += 1;
        self.calls.insert(self.next_call, Call::default());
        self.next_call
    }

    /// A key that no other write has.
    pub(super) fn key(&mut self) -> String {
        self.next_key += 1;
        format!("crash-{}", self.next_key)
    }

    pub(super) fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    /// Calls that were acknowledged and are not over.
    pub(super) fn open(&self) -> usize {
        let is_open = |call: &&Call| call.stage > Stage::Sent && call.stage < Stage::Over;
        self.calls.values().filter(is_open).count()
    }

    pub(super) fn call(&mut self, number: u64) -> &mut Call {
        self.calls.get_mut(&number).expect("calls are never forgotten")
    }

    pub(super) fn by_guid(&mut self, guid: &str) -> Option<&mut Call> {
        let number = self.numbers.get(guid)?;
        self.calls.get_mut(number)
    }

    /// Whether some agent has sent this without an answer.
    pub(super) fn is_pending(&self, write: &AgentWrite) -> bool {
        let mut pending = self.agents.iter().filter_map(|agent| agent.pending.as_ref());
        pending.any(|pending| pending.write == *write)
    }

    /// Whether an agent's write may come too late because the customer has hung up, or is just doing so.
    pub(super) fn lost_patience(&mut self, write: &AgentWrite) -> bool {
        let (AgentWrite::Accept(guid) | AgentWrite::Reject(guid) | AgentWrite::End(guid)) = write
        else {
            return false;
        };
        let hangs_up = |pending: &Pending<CallWrite>| pending.write == CallWrite::HangUp;
        self.by_guid(guid).is_some_and(|call| {
            call.stage == Stage::Over || call.pending.as_ref().is_some_and(hangs_up)
        })
    }

    /// An agent's state, as the server told it: noted, and compared with what is known of its offers.
    pub(super) fn saw(&mut self, agent: usize, state: Value) {
        let agent = &mut self.agents[agent];
        let status = state["agent"]["next"]["status"].as_str();
        let status = status.or_else(|| state["agent"]["status"].as_str()).unwrap_or_default();
        status.clone_into(&mut agent.wish);
        let (id, work) = (agent.id.clone(), state["work"].as_array().cloned().unwrap_or_default());
        agent.state = state;
        if work.len() > 1 {
            self.fault(format!("{id} has {} interactions and room for one", work.len()));
        }
        for work in work {
            let guid = text(&work["interactionId"]).to_owned();
            if let Some(offer) = work["offer"]["id"].as_str() {
                self.saw_offer(offer, Offered { guid, agent: id.clone() });
            }
        }
    }

    /// An offer belongs to one interaction and one agent for ever.
    pub(super) fn saw_offer(&mut self, offer: &str, to: Offered) {
        let known = self.offers.entry(offer.to_owned()).or_insert_with(|| to.clone());
        if *known != to {
            let fault = format!("offer {offer} was {known:?} and is {to:?}");
            self.fault(fault);
        }
    }

    /// A customer's write was acknowledged.
    pub(super) fn call_done(&mut self, number: u64, answer: &Value) {
        self.acknowledged += 1;
        let call = self.calls.get_mut(&number).expect("calls are never forgotten");
        let Some(pending) = call.pending.take() else { return };
        match pending.write {
            CallWrite::Place => {
                text(&answer["interactionGuid"]).clone_into(&mut call.guid);
                call.stage = call.stage.max(Stage::Script);
                self.numbers.insert(call.guid.clone(), number);
            }
            CallWrite::Digits => call.stage = call.stage.max(Stage::Queued),
            CallWrite::HangUp => call.stage = Stage::Over,
            CallWrite::Variable(name, value) => {
                call.variables.insert(name, value);
            }
        }
    }

    /// An agent's write was acknowledged with the agent's new state.
    pub(super) fn agent_done(&mut self, agent: usize, state: Value) {
        self.acknowledged += 1;
        let pending = self.agents[agent].pending.take();
        let (guid, stage) = match pending.map(|pending| pending.write) {
            Some(AgentWrite::Accept(guid)) => (guid, Stage::Talking),
            Some(AgentWrite::End(guid)) => (guid, Stage::WrapUp),
            Some(AgentWrite::WrapUp(guid)) => (guid, Stage::Over),
            Some(AgentWrite::Status(_) | AgentWrite::Reject(_)) | None => {
                (String::new(), Stage::Sent)
            }
        };
        if let Some(call) = self.by_guid(&guid) {
            call.stage = call.stage.max(stage);
            call.wrapped_up |= stage == Stage::Over;
        }
        self.saw(agent, state);
    }
}

/// A JSON string, or an empty one.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
