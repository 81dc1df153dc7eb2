//! The simulated carrier's contract, as a telephone sees it.

use anyhow::Context;
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::client::{Client, Refusal, answer};

/// A call in progress.
pub(crate) struct Line {
    client: Client,
    pub(crate) call_id: String,
    pub(crate) interaction_guid: String,
}

/// What a call is doing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Call {
    pub(crate) state: State,
    #[serde(default)]
    pub(crate) prompts: Vec<Prompt>,
    pub(crate) queue_position: Option<u32>,
    pub(crate) queue: Option<Name>,
    pub(crate) agent: Option<Name>,
    pub(crate) awaiting: Option<Awaiting>,
    pub(crate) ended_by: Option<String>,
}

/// Where a call is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum State {
    #[default]
    Script,
    Queued,
    Ringing,
    Dialling,
    Talking,
    Bridged,
    Ended,
}

/// Something the caller heard.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Prompt {
    pub(crate) text: String,
    pub(crate) at: u64,
}

/// A queue or an agent.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Name {
    pub(crate) name: String,
}

/// Keys the caller is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Awaiting {
    pub(crate) kind: String,
    pub(crate) keys: String,
    pub(crate) deadline: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dialled {
    call_id: String,
    interaction_guid: String,
}

impl Line {
    /// Dials: `from`, `to` and `callerName`.
    pub(crate) async fn dial(client: &Client, call: &Value) -> anyhow::Result<Self> {
        let request = client.request(Method::POST, "/sim/v1/calls").json(call);
        let dialled: Dialled = answer(request).await.context("the call was not connected")?;
        let Dialled { call_id, interaction_guid } = dialled;
        Ok(Self { client: client.clone(), call_id, interaction_guid })
    }

    /// What the call is doing now. A call that is no longer known has ended.
    pub(crate) async fn call(&self) -> anyhow::Result<Call> {
        match self.client.get(&self.path("")).await {
            Err(error) if is_gone(&error) => Ok(Call { state: State::Ended, ..Call::default() }),
            answer => answer,
        }
    }

    /// Presses keys. Nobody asking for them any more is no error: a caller cannot know.
    pub(crate) async fn press(&self, digits: &str) -> anyhow::Result<()> {
        let pressed = self.client.post(&self.path("/digits"), &json!({ "digits": digits })).await;
        unless_late(pressed)
    }

    pub(crate) async fn hang_up(&self) -> anyhow::Result<()> {
        unless_late(self.client.post(&self.path("/hangup"), &json!({})).await)
    }

    fn path(&self, rest: &str) -> String {
        format!("/sim/v1/calls/{}{rest}", self.call_id)
    }
}

fn is_gone(error: &anyhow::Error) -> bool {
    refused_with(error, &[StatusCode::NOT_FOUND])
}

/// The far side was quicker: the call is over, or the question is.
fn unless_late(result: anyhow::Result<()>) -> anyhow::Result<()> {
    let late = [StatusCode::CONFLICT, StatusCode::NOT_FOUND];
    result.or_else(|error| if refused_with(&error, &late) { Ok(()) } else { Err(error) })
}

fn refused_with(error: &anyhow::Error, statuses: &[StatusCode]) -> bool {
    error.downcast_ref::<Refusal>().is_some_and(|refusal| statuses.contains(&refusal.status))
}
