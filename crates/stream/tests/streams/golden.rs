//! The documented sequences, from the real kernel: which events with which call states, and every byte of
//! them as JSON and as XML in `tests/golden`. `UPDATE_EXPECT=1` writes what happens now.

use std::{fs, path::Path, sync::Arc};

use model::{command::AgentCommand, status::Status};
use serde_json::Value;
use stream::Message;

use crate::world::{World, agent, wrap_up};

/// Compares what was sent from a number on with what is documented, and with the bytes on file. Behind
/// events of another interaction than the first one's stands `(2)`.
pub(crate) async fn check(world: &World, name: &str, from: u64, documented: &[&str]) {
    let messages = world.messages().await;
    let messages: Vec<_> = messages.iter().filter(|message| message.seq >= from).collect();
    let first = messages.iter().find_map(|message| message.interaction.clone());
    let told: Vec<_> = messages
        .iter()
        .map(|message| {
            let other = message.interaction.is_some() && message.interaction != first;
            format!("{}{}", summary(message), if other { " (2)" } else { "" })
        })
        .collect();
    assert_eq!(told, documented);
    let lines = |form: &dyn Fn(&str) -> String| -> String {
        messages.iter().map(|message| form(&message.json) + "\n").collect()
    };
    expect(&format!("{name}.jsonl"), &lines(&str::to_owned));
    expect(&format!("{name}.xml"), &lines(&stream::xml));
}

/// `Event CALL_STATE`, or `state N` of an agent.
fn summary(message: &Arc<Message>) -> String {
    let event: Value = serde_json::from_str(&message.json).unwrap();
    let event = &event[message.kind.root().as_str()];
    if let Some(state) = event["newState"].as_u64() {
        return format!("state {state}");
    }
    let state = event["callState"].as_str().unwrap_or("-");
    format!("{} {state}", message.kind.as_str())
}

fn expect(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{name}; UPDATE_EXPECT=1 writes it");
}

#[tokio::test]
async fn agents_and_their_queues() {
    let world = World::new().await;
    world.status("ann", Status::Available).await;
    world.clock.advance(1_000);
    let (agent, reason) = (agent("ann"), Some("lunch".into()));
    world.agent(AgentCommand::SetStatus { agent, status: Status::OnBreak, reason }).await;
    for queues in [vec![], vec![model::QueueId(3086)]] {
        let setting = crate::world::staff("ann", queues);
        world.submit(model::Command::Configure(vec![setting])).await;
    }
    world.status("ann", Status::LoggedOut).await;
    let expected = [
        "AgentSkillCreated -",
        "state 2",
        "state 4",
        "state 3",
        "AgentSkillChanged -",
        "AgentSkillChanged -",
        "state 1",
    ];
    check(&world, "agents", 1, &expected).await;
}

/// The skill of the one agent.
const SETTINGS: u64 = 1;
/// The same, and that she logged in and is available.
const READY: u64 = 3;

#[tokio::test]
async fn inbound_answered() {
    let mut world = World::new().await;
    world.status("ann", Status::Available).await;
    let (interaction, offer) = world.queued().await;
    let (agent, offer) = (agent("ann"), offer.unwrap());
    world.agent(AgentCommand::Accept { agent, interaction: interaction.clone(), offer }).await;
    for held in [true, false] {
        world.agent(AgentCommand::Hold { agent, interaction: interaction.clone(), held }).await;
    }
    let muted = true;
    world.agent(AgentCommand::Mute { agent, interaction: interaction.clone(), muted }).await;
    world.hang_up(&interaction).await;
    world.agent(wrap_up(&interaction)).await;
    let documented = [
        "InteractionCreated CS_QUEUED",
        "InteractionQueued CS_QUEUED",
        "InteractionAssigned CS_QUEUED",
        "state 6",
        "InteractionAccepted CS_CONNECTED",
        "state 7",
        "LineHoldStatus CS_HOLD",
        "LineHoldStatus CS_CONNECTED",
        "LineMuteStatus CS_CONNECTED",
        "InteractionPostProcess CS_DISCONNECTED",
        "state 8",
        "InteractionEndPostProcess CS_DISCONNECTED",
        "InteractionDeassigned CS_DISCONNECTED",
        "InteractionDeleted CS_DISCONNECTED",
        "state 4",
    ];
    check(&world, "inbound-answered", READY + 1, &documented).await;
}

#[tokio::test]
async fn inbound_rejected_then_missed() {
    let mut world = World::new().await;
    world.status("ann", Status::Available).await;
    let (interaction, offer) = world.queued().await;
    let (agent, offer) = (agent("ann"), offer.unwrap());
    world.agent(AgentCommand::Reject { agent, interaction, offer, reason: None }).await;
    world.pass(30_000).await;
    world.pass(30_000).await;
    let documented = [
        "InteractionCreated CS_QUEUED",
        "InteractionQueued CS_QUEUED",
        "InteractionAssigned CS_QUEUED",
        "state 6",
        "InteractionRejected CS_QUEUED",
        "state 4",
        "InteractionAssigned CS_QUEUED",
        "state 6",
        "InteractionRejected CS_QUEUED",
        "state 3",
    ];
    check(&world, "inbound-rejected", READY + 1, &documented).await;
}

#[tokio::test]
async fn abandoned_in_queue() {
    let mut world = World::new().await;
    let (interaction, _) = world.queued().await;
    world.hang_up(&interaction).await;
    let documented = [
        "InteractionCreated CS_QUEUED",
        "InteractionQueued CS_QUEUED",
        "InteractionUnqueued CS_DISCONNECTED",
        "InteractionDeleted CS_DISCONNECTED",
    ];
    check(&world, "abandoned-in-queue", SETTINGS + 1, &documented).await;
}

#[tokio::test]
async fn abandoned_while_ringing() {
    let mut world = World::new().await;
    world.status("ann", Status::Available).await;
    let (interaction, _) = world.queued().await;
    world.hang_up(&interaction).await;
    let documented = [
        "InteractionCreated CS_QUEUED",
        "InteractionQueued CS_QUEUED",
        "InteractionAssigned CS_QUEUED",
        "state 6",
        "InteractionDeassigned CS_DISCONNECTED",
        "state 4",
        "InteractionUnqueued CS_DISCONNECTED",
        "InteractionDeleted CS_DISCONNECTED",
    ];
    check(&world, "abandoned-while-ringing", READY + 1, &documented).await;
}

#[tokio::test]
async fn abandoned_in_the_menu() {
    let mut world = World::new().await;
    let interaction = world.call().await;
    world.hang_up(&interaction).await;
    let documented = ["InteractionCreated CS_QUEUED", "InteractionDeleted CS_DISCONNECTED"];
    check(&world, "abandoned-in-menu", SETTINGS + 1, &documented).await;
}

#[tokio::test]
async fn waited_too_long() {
    let mut world = World::new().await;
    world.queued().await;
    world.pass(90_000).await;
    let documented = [
        "InteractionCreated CS_QUEUED",
        "InteractionQueued CS_QUEUED",
        "InteractionQueueTimeout CS_QUEUED",
        "InteractionUnqueued CS_IDLE",
        "InteractionDeleted CS_DISCONNECTED",
    ];
    check(&world, "queue-timeout", SETTINGS + 1, &documented).await;
}

/// The field sets of the two published samples are reproduced exactly.
#[tokio::test]
async fn the_published_field_sets() {
    let mut world = World::new().await;
    let interaction = world.call().await;
    world.hang_up(&interaction).await;
    let messages = world.messages().await;
    let fields = |message: &Message| {
        let event: Value = serde_json::from_str(&message.json).unwrap();
        let event = event["Interaction"].as_object().unwrap().clone();
        let attached = event["attachedData"]["attachedDatum"].as_array().unwrap();
        let attached = attached.iter().map(|datum| datum["attachedDataKey"].as_str().unwrap());
        let attached = attached.collect::<Vec<_>>().join(" ");
        (event.keys().cloned().collect::<Vec<_>>().join(" "), attached)
    };
    let (created, attached) = fields(&messages[1]);
    assert_eq!(
        created,
        "attachedData callState event inboundChannelid interactionEventTS interactionGUID msgInfo \
         resourceType"
    );
    assert_eq!(
        attached,
        "@pri callingName cha cnt con med pho phoneNum remoteCallingName remotePhoneNum tok"
    );
    let (deleted, attached) = fields(&messages[2]);
    assert_eq!(
        deleted,
        "attachedData callHangupReason callState dispositionCode event hangupInitiator \
         inboundChannelid interactionEventTS interactionGUID isAgentInitiated isDirectAccess isQueued \
         mediaType msgInfo recordingMode rejectReason resourceType"
    );
    assert_eq!(
        attached,
        "@pri callingName cha cnt con med pcsOffered pho phoneNum remoteCallingName remotePhoneNum tok"
    );
}
