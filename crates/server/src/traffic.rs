//! `--demo-traffic`: simulated customers, and the demo's agents whom nobody works as.
//!
//! They are clients like any other: everything they do goes through the public HTTP APIs. The one thing
//! asked of the server itself is whether a person is logged in as an agent; the simulated one then
//! stands aside, in the middle of a call if need be.

use std::{path::PathBuf, time::Duration};

use tokio::task::JoinSet;

use crate::{client::Client, demo::Demo};

mod agents;
mod chance;
mod customers;
mod presence;
mod tokens;

pub(crate) use presence::Presence;

/// Plays until it is dropped. `per_minute` customers arrive on average.
pub(crate) async fn play(
    client: Client,
    demo: Demo,
    presence: Presence,
    data_dir: PathBuf,
    per_minute: u32,
) {
    tracing::info!(per_minute, "simulated customers call, simulated agents answer");
    let tokens = tokens::Tokens::load(&data_dir);
    let mut players = JoinSet::new();
    for login in demo.secrets.users.iter().filter(|login| login.agent_id.is_some()) {
        let agent =
            agents::Simulated::new(&client, login.clone(), presence.clone(), tokens.clone());
        players.spawn(agent.work());
    }
    players.spawn(customers::arrive(client, demo, per_minute));
    // None of them ever ends.
    players.join_all().await;
}

/// How long to leave the server alone after it failed to answer.
const HICCUP: Duration = Duration::from_secs(3);
