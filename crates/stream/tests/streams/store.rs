//! What the store promises: no gaps, the same bytes again, bounded, and cursors that outlive a restart.

use std::{fs, path::Path, sync::Arc, time::Duration};

use model::status::Status;
use stream::{Message, Options, StreamError};

use crate::world::World;

/// More than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn texts(messages: &[Arc<Message>]) -> Vec<Arc<str>> {
    messages.iter().map(|message| Arc::clone(&message.json)).collect()
}

async fn busy(world: &mut World) {
    world.status("ann", Status::Available).await;
    for _ in 0..20 {
        world.whole_call().await;
    }
}

#[tokio::test]
async fn the_same_log_gives_the_same_bytes() {
    let mut world = World::new().await;
    busy(&mut world).await;
    // Left in the middle, so that there is state to go on from.
    world.queued().await;
    let before = world.messages().await;
    let numbers: Vec<u64> = before.iter().map(|message| message.seq).collect();
    assert_eq!(numbers, (1..=before.len() as u64).collect::<Vec<_>>());
    let total: u64 = before.iter().map(|message| message.json.len() as u64).sum();
    assert_eq!(before.last().unwrap().total, total);

    world.again(|_| {}).await;
    assert_eq!(world.messages().await, before, "after a restart, from disk");
    world.again(|streams| fs::remove_file(streams.join("acmecorp01.db")).unwrap()).await;
    assert_eq!(world.messages().await, before, "made again");
}

#[tokio::test]
async fn a_restart_goes_on_where_it_was() {
    let mut parted = World::new().await;
    let mut whole = World::new().await;
    for world in [&mut parted, &mut whole] {
        world.status("ann", Status::Available).await;
    }
    for _ in 0..3 {
        let mut halves = Vec::new();
        for world in [&mut parted, &mut whole] {
            halves.push(world.queued().await);
        }
        parted.messages().await;
        parted.again(|_| {}).await;
        for world in [&parted, &whole] {
            let (interaction, offer) = halves[0].clone();
            let (agent, offer) = (crate::world::agent("ann"), offer.unwrap());
            let accept = model::command::AgentCommand::Accept {
                agent,
                interaction: interaction.clone(),
                offer,
            };
            world.agent(accept).await;
            world.hang_up(&interaction).await;
            world.agent(crate::world::wrap_up(&interaction)).await;
        }
    }
    assert_eq!(texts(&parted.messages().await), texts(&whole.messages().await));
}

#[tokio::test]
async fn a_damaged_file_is_made_again() {
    let mut world = World::new().await;
    busy(&mut world).await;
    let before = world.messages().await;
    let damage = |streams: &Path| {
        fs::write(streams.join("acmecorp01.db"), [7; 8192]).unwrap();
        _ = fs::remove_file(streams.join("acmecorp01.db-wal"));
    };
    world.again(damage).await;
    assert_eq!(world.messages().await, before);
}

/// A log that was restored from an older copy ends before what subscribers have seen.
#[tokio::test]
async fn messages_that_the_log_does_not_have_are_thrown_away() {
    let mut world = World::new().await;
    busy(&mut world).await;
    let seen = world.stream().latest().await.unwrap();
    world.forget().await;
    let stream = world.stream();
    assert_eq!(stream.latest().await.unwrap(), 1, "the one skill");
    assert_eq!(stream.bounded(seen, 10, 10).await.unwrap(), 1, "a subscriber goes on at the end");
    assert!(stream.read(0, 10).await.unwrap()[0].json.contains("AgentSkillCreated"));
}

#[tokio::test]
async fn old_messages_go_by_size() {
    let limit = 40_000;
    let mut world = World::with(Options { retention_bytes: limit, ..Options::default() }).await;
    busy(&mut world).await;
    let stream = world.stream();
    let head = stream.latest().await.unwrap();
    let first = stream.first();
    assert!(first > 1 && first < head, "{first} of {head}");
    let kept = stream.read(first - 1, 1_000).await.unwrap();
    assert_eq!((kept[0].seq, kept.last().unwrap().seq), (first, head));
    assert!(stream.total() - kept[0].total < limit, "only the oldest reaches across the limit");
}

#[tokio::test]
async fn old_messages_go_by_time() {
    let mut world = World::with(Options { retention_ms: 60_000, ..Options::default() }).await;
    world.status("ann", Status::Available).await;
    world.whole_call().await;
    let before = world.stream().latest().await.unwrap();
    world.clock.advance(120_000);
    world.whole_call().await;
    let stream = world.stream();
    stream.latest().await.unwrap();
    assert_eq!(stream.first(), before + 1);
}

#[tokio::test]
async fn readers_wait_for_what_comes() {
    let world = World::new().await;
    let stream = world.stream();
    let latest = stream.latest().await.unwrap();
    assert!(stream.read(latest, 10).await.unwrap().is_empty());
    let waiting = tokio::spawn(async move { stream.next(latest, 10).await });
    world.status("ann", Status::Available).await;
    let told = tokio::time::timeout(PATIENCE, waiting).await.unwrap().unwrap().unwrap();
    assert_eq!(told[0].seq, latest + 1);
    let stream = world.stream();
    let head = stream.latest().await.unwrap();
    let waiting = tokio::spawn(async move { stream.next(head, 10).await });
    let engine = world.engine.clone();
    tokio::task::spawn_blocking(move || engine.stop()).await.unwrap();
    let ended = tokio::time::timeout(PATIENCE, waiting).await.unwrap().unwrap();
    assert!(matches!(ended, Err(StreamError::Closed)), "{ended:?}");
}

#[tokio::test]
async fn a_backlog_is_bounded() {
    let mut world = World::new().await;
    busy(&mut world).await;
    let stream = world.stream();
    let head = stream.latest().await.unwrap();
    let messages = world.messages().await;
    assert_eq!(stream.bounded(5, u64::MAX, u64::MAX).await.unwrap(), 5);
    assert_eq!(stream.bounded(5, 10, u64::MAX).await.unwrap(), head - 10);
    assert_eq!(stream.bounded(head + 9, 10, 10).await.unwrap(), head, "ahead");
    let bytes = stream.total() - messages[99].total;
    assert_eq!(stream.bounded(0, u64::MAX, bytes).await.unwrap(), 100);
    assert_eq!(stream.bounded(0, u64::MAX, bytes - 1).await.unwrap(), 101);
}

#[tokio::test]
async fn cursors_outlive_what_is_made_again() {
    let mut world = World::new().await;
    world.stream().save_cursor("sapi/a", b"12").await.unwrap();
    world.again(|streams| fs::remove_file(streams.join("acmecorp01.db")).unwrap()).await;
    let stream = world.stream();
    assert_eq!(stream.cursor("sapi/a").await.unwrap().as_deref(), Some(&b"12"[..]));
    assert_eq!(stream.list_cursors("sapi/").await.unwrap().len(), 1);
    stream.delete_cursor("sapi/a").await.unwrap();
    assert_eq!(stream.cursor("sapi/a").await.unwrap(), None);
}

#[tokio::test]
async fn a_tenant_made_later_has_a_stream() {
    let world = World::new().await;
    let late = model::TenantId::parse("late").unwrap();
    assert!(world.streams.tenant(&late).is_none());
    world.engine.open(&late).await.unwrap();
    let stream = world.streams.tenant(&late).unwrap();
    assert_eq!(stream.latest().await.unwrap(), 0);
}
