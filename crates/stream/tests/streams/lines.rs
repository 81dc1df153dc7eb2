//! The documented sequences of calls that agents make, hand on and join.

use std::sync::Arc;

use model::{
    Command, Event, OfferId, QueueId, Text,
    command::{AgentCommand, InteractionCommand},
    config::{Queue, Setting},
    interaction::{DialEnd, Recording, Target},
    status::Status,
};

use crate::{
    golden::check,
    world::{World, agent, sales, staff, wrap_up, wrap_up_by},
};

const SALES: QueueId = QueueId(3086);

/// A world with two agents, ann in sales, ben in no queue; the number after what told of them.
async fn two_agents() -> (World, u64) {
    let world = World::new().await;
    world.submit(Command::Configure(vec![staff("ben", vec![])])).await;
    world.status("ben", Status::Available).await;
    world.status("ann", Status::Available).await;
    let from = world.stream().latest().await.unwrap() + 1;
    (world, from)
}

/// Ann calls a customer.
async fn dial(world: &mut World, queue: Option<QueueId>) -> Text {
    let guid = world.guid();
    let call_id = Text::from(format!("{guid}@carrier"));
    world
        .agent(AgentCommand::Dial {
            agent: agent("ann"),
            to: "+15515557212".into(),
            queue,
            caller_id: None,
            guid: guid.clone(),
            call_id,
            variables: vec![],
        })
        .await;
    guid
}

async fn answers(world: &World, interaction: &Text) {
    let interaction = interaction.clone();
    world.outside(InteractionCommand::PartyAnswers { interaction }).await;
}

/// Ann asks ben on a second line, and he takes it.
async fn consult(world: &mut World, interaction: &Text) -> Text {
    let (line, offer) = ask(world, interaction).await;
    let ben = agent("ben");
    world.agent(AgentCommand::Accept { agent: ben, interaction: line.clone(), offer }).await;
    line
}

async fn ask(world: &mut World, interaction: &Text) -> (Text, OfferId) {
    let line = world.guid();
    let asked = world
        .agent(AgentCommand::Consult {
            agent: agent("ann"),
            interaction: interaction.clone(),
            to: Target::Agent(agent("ben")),
            guid: line.clone(),
            call_id: "unused".into(),
        })
        .await;
    let offer = asked.events.iter().find_map(|event| match event {
        Event::InteractionOffered(offered) => Some(offered.offer),
        _ => None,
    });
    (line, offer.unwrap())
}

async fn transfer(world: &mut World, interaction: &Text, to: Option<Target>) -> Text {
    let guid = world.guid();
    let (agent, interaction) = (agent("ann"), interaction.clone());
    let command = AgentCommand::Transfer { agent, interaction, to, guid: guid.clone() };
    world.agent(command).await;
    guid
}

async fn ends(world: &World, name: &str, interaction: &Text) {
    let (agent, interaction) = (agent(name), interaction.clone());
    world.agent(AgentCommand::End { agent, interaction, for_all: false }).await;
}

#[tokio::test]
async fn outbound_without_a_queue() {
    let (mut world, from) = two_agents().await;
    let call = dial(&mut world, None).await;
    answers(&world, &call).await;
    ends(&world, "ann", &call).await;
    world.agent(wrap_up(&call)).await;
    let documented = [
        "InteractionCreated CS_IDLE",
        "InteractionAssigned CS_IDLE",
        "InteractionAccepted CS_INPROGRESS",
        "state 7",
        "InteractionCustomerAccepted CS_CONNECTED",
        "InteractionPostProcess CS_DISCONNECTED",
        "state 8",
        "InteractionEndPostProcess CS_DISCONNECTED",
        "InteractionDeassigned CS_DISCONNECTED",
        "InteractionDeleted CS_DISCONNECTED",
        "state 4",
    ];
    check(&world, "outbound", from, &documented).await;
}

#[tokio::test]
async fn outbound_with_a_queue_that_records() {
    let (mut world, _) = two_agents().await;
    let queue = Arc::new(Queue { recorded: true, ..sales() });
    world.submit(Command::Configure(vec![Setting::Queue(queue)])).await;
    let from = world.stream().latest().await.unwrap() + 1;
    let call = dial(&mut world, Some(SALES)).await;
    answers(&world, &call).await;
    for recording in [Recording::Paused, Recording::On] {
        let (agent, interaction) = (agent("ann"), call.clone());
        world.agent(AgentCommand::Record { agent, interaction, recording }).await;
    }
    world.hang_up(&call).await;
    world.agent(wrap_up(&call)).await;
    let documented = [
        "InteractionCreated CS_IDLE",
        "InteractionQueued CS_IDLE",
        "InteractionAssigned CS_IDLE",
        "InteractionAccepted CS_INPROGRESS",
        "state 7",
        "InteractionCustomerAccepted CS_CONNECTED",
        "InteractionRecordingStarted -",
        "RecordingStatus -",
        "RecordingStatus -",
        "InteractionPostProcess CS_DISCONNECTED",
        "state 8",
        "InteractionEndPostProcess CS_DISCONNECTED",
        "InteractionDeassigned CS_DISCONNECTED",
        "InteractionDeleted CS_DISCONNECTED",
        "state 4",
    ];
    check(&world, "outbound-with-queue", from, &documented).await;
}

#[tokio::test]
async fn outbound_unanswered() {
    let (mut world, _) = two_agents().await;
    let tenant = crate::world::settings().remove(0);
    let Setting::Tenant(tenant) = tenant else { panic!("the tenant comes first") };
    let tenant = model::config::Tenant { direct_wrap_up_ms: 0, ..tenant };
    world.submit(Command::Configure(vec![Setting::Tenant(tenant)])).await;
    let from = world.stream().latest().await.unwrap() + 1;
    let busy = dial(&mut world, None).await;
    let declines = InteractionCommand::PartyDeclines { interaction: busy, end: DialEnd::Busy };
    world.outside(declines).await;
    dial(&mut world, None).await;
    world.pass(60_000).await;
    let documented = [
        "InteractionCreated CS_IDLE",
        "InteractionAssigned CS_IDLE",
        "InteractionAccepted CS_INPROGRESS",
        "state 7",
        "InteractionDeassigned CS_DISCONNECTED",
        "InteractionDeleted CS_DISCONNECTED",
        "state 4",
        "InteractionCreated CS_IDLE (2)",
        "InteractionAssigned CS_IDLE (2)",
        "InteractionAccepted CS_INPROGRESS (2)",
        "state 7",
        "InteractionDeassigned CS_DISCONNECTED (2)",
        "InteractionDeleted CS_DISCONNECTED (2)",
        "state 4",
    ];
    check(&world, "outbound-unanswered", from, &documented).await;
    let messages = world.messages().await;
    let reasons = messages.iter().filter(|message| message.json.contains("callHangupReason"));
    let reasons: Vec<bool> =
        reasons.map(|message| message.json.contains("CEC_DISCONNECT_NOANSWER")).collect();
    assert_eq!(reasons, [false, true]);
}

/// Rows 1 to 10 of both sequences that have a second line.
const CONSULTED: [&str; 14] = [
    "InteractionCreated CS_IDLE",
    "InteractionQueued CS_IDLE",
    "InteractionAssigned CS_IDLE",
    "InteractionAccepted CS_INPROGRESS",
    "state 7",
    "InteractionCustomerAccepted CS_CONNECTED",
    "LineHoldStatus CS_HOLD",
    "InteractionCreated CS_IDLE (2)",
    "InteractionAssigned CS_IDLE (2)",
    "state 6",
    "InteractionAccepted CS_INPROGRESS (2)",
    "InteractionAssigned CS_INPROGRESS (2)",
    "InteractionAccepted CS_CONNECTED (2)",
    "state 7",
];

async fn consulted() -> (World, u64, Text) {
    let (mut world, from) = two_agents().await;
    let call = dial(&mut world, Some(SALES)).await;
    answers(&world, &call).await;
    consult(&mut world, &call).await;
    (world, from, call)
}

fn after_consulting(rest: &[&'static str]) -> Vec<&'static str> {
    CONSULTED.iter().chain(rest).copied().collect()
}

#[tokio::test]
async fn attended_transfer() {
    let (mut world, from, call) = consulted().await;
    transfer(&mut world, &call, None).await;
    world.agent(wrap_up(&call)).await;
    world.hang_up(&call).await;
    world.agent(wrap_up_by("ben", &call)).await;
    let documented = after_consulting(&[
        "InteractionTransferRequest -",
        "LineHoldStatus CS_CONNECTED",
        "InteractionPostProcess CS_DISCONNECTED (2)",
        "InteractionParticipantChange CS_CONNECTED",
        "InteractionEndPostProcess CS_DISCONNECTED (2)",
        "InteractionDeassigned CS_DISCONNECTED (2)",
        "InteractionPostProcess CS_DISCONNECTED",
        "InteractionReconnect CS_DISCONNECTED (2)",
        "InteractionParticipantChange CS_DISCONNECTED (2)",
        "state 8",
        "InteractionDeassigned CS_DISCONNECTED (2)",
        "InteractionDeleted CS_DISCONNECTED (2)",
        "InteractionEndPostProcess CS_DISCONNECTED",
        "InteractionDeassigned CS_DISCONNECTED",
        "state 4",
        "InteractionParticipantChange CS_DISCONNECTED",
        "InteractionPostProcess CS_DISCONNECTED",
        "state 8",
        "InteractionEndPostProcess CS_DISCONNECTED",
        "InteractionDeassigned CS_DISCONNECTED",
        "InteractionDeleted CS_DISCONNECTED",
        "state 4",
    ]);
    check(&world, "attended-transfer", from, &documented).await;
}

#[tokio::test]
async fn conference() {
    let (world, from, call) = consulted().await;
    let join = AgentCommand::Join { agent: agent("ann"), interaction: call.clone() };
    world.agent(join).await;
    ends(&world, "ann", &call).await;
    world.agent(wrap_up(&call)).await;
    ends(&world, "ben", &call).await;
    world.agent(wrap_up_by("ben", &call)).await;
    let documented = after_consulting(&[
        "LineHoldStatus CS_CONNECTED",
        "InteractionEndPostProcess CS_DISCONNECTED (2)",
        "InteractionDeassigned CS_DISCONNECTED (2)",
        "InteractionReconnect CS_DISCONNECTED (2)",
        "InteractionParticipantChange CS_CONNECTED",
        "InteractionDeassigned CS_DISCONNECTED (2)",
        "InteractionDeleted CS_DISCONNECTED (2)",
        "InteractionJoinLinesRequest -",
        "InteractionPostProcess CS_DISCONNECTED",
        "InteractionParticipantChange CS_DISCONNECTED",
        "state 8",
        "InteractionEndPostProcess CS_DISCONNECTED",
        "InteractionDeassigned CS_DISCONNECTED",
        "state 4",
        "InteractionPostProcess CS_DISCONNECTED",
        "state 8",
        "InteractionEndPostProcess CS_DISCONNECTED",
        "InteractionDeassigned CS_DISCONNECTED",
        "InteractionDeleted CS_DISCONNECTED",
        "state 4",
    ]);
    check(&world, "conference", from, &documented).await;
}

#[tokio::test]
async fn transfer_to_a_queue() {
    let (mut world, from) = two_agents().await;
    let call = world.talking().await;
    transfer(&mut world, &call, Some(Target::Queue(SALES))).await;
    world.agent(wrap_up(&call)).await;
    let documented = [
        "InteractionCreated CS_QUEUED",
        "InteractionQueued CS_QUEUED",
        "InteractionAssigned CS_QUEUED",
        "state 6",
        "InteractionAccepted CS_CONNECTED",
        "state 7",
        "InteractionPostProcess CS_DISCONNECTED",
        "state 8",
        "InteractionCreated CS_IDLE (2)",
        "InteractionQueued CS_IDLE (2)",
        "InteractionEndPostProcess CS_DISCONNECTED",
        "InteractionDeassigned CS_DISCONNECTED",
        "InteractionDeleted CS_DISCONNECTED",
        "state 4",
        "InteractionAssigned CS_QUEUED (2)",
        "state 6",
    ];
    check(&world, "transfer-to-queue", from, &documented).await;
}

#[tokio::test]
async fn a_colleague_who_declines() {
    let (mut world, _) = two_agents().await;
    let call = world.talking().await;
    let from = world.stream().latest().await.unwrap() + 1;
    let (line, offer) = ask(&mut world, &call).await;
    let ben = agent("ben");
    world.agent(AgentCommand::Reject { agent: ben, interaction: line, offer, reason: None }).await;
    let expected = [
        "LineHoldStatus CS_HOLD",
        "InteractionCreated CS_IDLE (2)",
        "InteractionAssigned CS_IDLE (2)",
        "state 6",
        "InteractionRejected CS_IDLE (2)",
        "state 4",
        "InteractionDeassigned CS_DISCONNECTED (2)",
        "InteractionDeleted CS_DISCONNECTED (2)",
    ];
    check(&world, "consultation-declined", from, &expected).await;
}

#[tokio::test]
async fn transfer_to_a_number() {
    let (mut world, _) = two_agents().await;
    let call = world.talking().await;
    let from = world.stream().latest().await.unwrap() + 1;
    transfer(&mut world, &call, Some(Target::Number("+15550001111".into()))).await;
    answers(&world, &call).await;
    world.agent(wrap_up(&call)).await;
    world.outside(InteractionCommand::PartyLeaves { interaction: call }).await;
    let expected = [
        "InteractionTransferRequest -",
        "InteractionPostProcess CS_DISCONNECTED",
        "state 8",
        "InteractionParticipantChange CS_CONNECTED",
        "InteractionEndPostProcess CS_DISCONNECTED",
        "InteractionDeassigned CS_DISCONNECTED",
        "state 4",
        "InteractionParticipantChange CS_DISCONNECTED",
        "InteractionDeleted CS_DISCONNECTED",
    ];
    check(&world, "transfer-to-number", from, &expected).await;
}
