//! The Streaming API, over real connections.

use std::time::Duration;

use api::StreamingLimits;
use engine::{Clock, ManualClock};
use model::Timestamp;

use crate::util::{OTHER, TENANT, World};

mod client;
mod refusals;
use client::{Body, Served, Socket, seq_of};

/// A world on a port of its own, with limits as they are published but for what is changed.
async fn served(change: impl Fn(&mut StreamingLimits)) -> Served {
    let mut limits = StreamingLimits::default();
    change(&mut limits);
    Served::new(World::streaming(Clock::Wall, limits).await).await
}

/// So many customers call, which is one message each.
async fn calls(served: &Served, count: usize) {
    for _ in 0..count {
        served.world.call().await;
    }
}

/// Numbers that follow each other from the first on.
#[track_caller]
fn assert_gapless(seqs: &[u64], count: usize) {
    let expected: Vec<u64> = (seqs[0]..).take(count).collect();
    assert_eq!(seqs, expected);
}

#[tokio::test]
async fn both_transports_tell_the_same() {
    let served = served(|_| {}).await;
    let mut socket = Socket::open(&served, "a", "").await;
    let mut body = Body::open(&served, "b", "").await;
    let mut alias = Body::open_at(&served, "/api/sapi/atmosphere/subscribe", "c", "&_=1").await;
    calls(&served, 3).await;
    for _ in 0..3 {
        let told = socket.text().await;
        assert!(told.starts_with(r#"{"Interaction":{"attachedData":"#), "{told}");
        assert_eq!(body.chunk().await, told, "one chunk, no delimiter");
        assert_eq!(alias.chunk().await, told);
    }
}

#[tokio::test]
async fn the_forms_of_a_message() {
    let served = served(|limits| limits.clients = 9).await;
    let mut json = Socket::open(&served, "json", "&desiredOutputType=json").await;
    let mut lines = Socket::open(&served, "lines", "&desiredOutputType=NEWLINE_JSON").await;
    let mut xml = Socket::open(&served, "xml", "&desiredOutputType=xml").await;
    let mut xml_lines = Body::open(&served, "xml-lines", "&desiredOutputType=NEWLINE_XML").await;
    calls(&served, 1).await;
    let json = json.text().await;
    assert_eq!(lines.text().await, format!("{json}\n"));
    let xml = xml.text().await;
    assert_eq!(xml, stream::xml(&json));
    assert_eq!(xml_lines.chunk().await, format!("{xml}\n"));
}

/// What the vendor's own client sends and expects.
#[tokio::test]
async fn atmospheres_library_is_served() {
    let served = served(|limits| limits.heartbeat = Duration::from_millis(100)).await;
    let library = "&desiredOutputType=xml&X-Atmosphere-Transport=streaming&X-Atmosphere-Framework=2.3.0\
        &X-Atmosphere-tracking-id=0&X-atmo-protocol=true&X-Atmosphere-TrackMessageSize=true";
    let mut body = Body::open(&served, "8x8engineering", library).await;
    assert_eq!(body.chunk().await, " ".repeat(2_048) + "\n");
    let handshake = body.chunk().await;
    let (length, handshake) = handshake.split_once('|').unwrap();
    assert_eq!((length, handshake.len()), ("41", 41));
    assert_eq!(&handshake[36..], "|0|X|");
    let heartbeat = body.chunk().await;
    let (length, heartbeat) = heartbeat.split_once('|').unwrap();
    assert_eq!(length.parse(), Ok(heartbeat.encode_utf16().count()));
    assert!(heartbeat.ends_with("</tenant-id></ClientCheck>"), "{heartbeat}");
    calls(&served, 1).await;
    loop {
        let chunk = body.chunk().await;
        let (length, text) = chunk.split_once('|').unwrap();
        assert_eq!(length.parse(), Ok(text.encode_utf16().count()));
        if text.contains("<event>InteractionCreated</event>") {
            return;
        }
    }
}

#[tokio::test]
async fn who_comes_back_missed_nothing() {
    let served = served(|_| {}).await;
    let mut socket = Socket::open(&served, "a", "").await;
    calls(&served, 3).await;
    let mut seqs = socket.seqs(3).await;
    socket.close().await;
    calls(&served, 120).await;
    let mut socket = Socket::open(&served, "a", "").await;
    seqs.extend(socket.seqs(120).await);
    calls(&served, 2).await;
    seqs.extend(socket.seqs(2).await);
    assert_gapless(&seqs, 125);
}

/// A response has no way back: who leaves is told again what was sent just before, and all that was sent
/// while the connection was cut.
#[tokio::test]
async fn over_a_response_nothing_is_missed_either() {
    let served = served(|_| {}).await;
    let mut body = Body::open(&served, "a", "").await;
    calls(&served, 2).await;
    let seqs = [body.seq().await, body.seq().await];
    drop(body);
    calls(&served, 2).await;
    let mut body = Body::open(&served, "a", "").await;
    let mut again = vec![body.seq().await];
    while again.last().unwrap() < &(seqs[1] + 2) {
        again.push(body.seq().await);
    }
    assert_gapless(&again, again.len());
    assert!((seqs[0]..=seqs[1] + 1).contains(&again[0]), "{again:?} after {seqs:?}");
}

/// A client that dies before its library says that it has a message gets that message again, with the same
/// number; nothing is left out.
#[tokio::test]
async fn what_is_not_confirmed_is_told_again() {
    let served = served(|_| {}).await;
    let mut socket = Socket::open(&served, "a", "").await;
    calls(&served, 2).await;
    let first = seq_of(&socket.text().await);
    drop(socket);
    let mut socket = Socket::open(&served, "a", "").await;
    assert_eq!(socket.seqs(2).await, [first, first + 1]);
}

#[tokio::test]
async fn after_two_hours_nothing_is_cached() {
    let clock = ManualClock::new(Timestamp(1_800_000_000_000));
    let limits = StreamingLimits::default();
    let world = World::streaming(Clock::Manual(clock.clone()), limits).await;
    let served = Served::new(world).await;
    let hours = |hours: u64| hours * 60 * 60 * 1000;
    let mut socket = Socket::open(&served, "a", "").await;
    served.status_messages(2).await;
    let first = socket.seqs(2).await[1];
    socket.close().await;
    served.connected(0).await;
    served.status_messages(1).await;
    clock.advance(hours(2));
    let mut socket = Socket::open(&served, "a", "").await;
    assert_eq!(socket.seqs(1).await, [first + 1], "just in time");
    socket.close().await;
    served.connected(0).await;
    served.status_messages(1).await;
    clock.advance(hours(2) + 1);
    let mut socket = Socket::open(&served, "a", "").await;
    served.status_messages(1).await;
    assert_eq!(socket.seqs(1).await, [first + 3], "too late");
}

#[tokio::test]
async fn the_cache_is_bounded() {
    let served = served(|limits| limits.cache_messages = 5).await;
    let mut socket = Socket::open(&served, "a", "").await;
    calls(&served, 1).await;
    let first = socket.seqs(1).await[0];
    socket.close().await;
    calls(&served, 20).await;
    let mut socket = Socket::open(&served, "a", "").await;
    assert_eq!(socket.seqs(5).await, (first + 16..=first + 20).collect::<Vec<_>>());
}

#[tokio::test]
async fn those_longest_gone_are_forgotten() {
    let clock = ManualClock::new(Timestamp(1_800_000_000_000));
    let limits = StreamingLimits { dormant: 2, ..StreamingLimits::default() };
    let world = World::streaming(Clock::Manual(clock.clone()), limits).await;
    let served = Served::new(world).await;
    for name in ["a", "b", "c"] {
        Socket::open(&served, name, "").await.close().await;
        served.connected(0).await;
        clock.advance(1_000);
    }
    let forgotten = async { while served.kept().await != ["sapi/b", "sapi/c"] {} };
    tokio::time::timeout(client::PATIENCE, forgotten).await.expect("the first is forgotten");
}

#[tokio::test]
async fn a_connection_has_an_end() {
    let served = served(|limits| limits.connection = Duration::from_millis(300)).await;
    let mut seqs = Vec::new();
    for _ in 0..3 {
        let mut socket = Socket::open(&served, "a", "").await;
        calls(&served, 4).await;
        let (told, code) = socket.rest().await;
        assert_eq!(code, 1000);
        seqs.extend(told);
    }
    let mut body = Body::open(&served, "a", "").await;
    calls(&served, 4).await;
    seqs.extend(body.rest().await);
    let total = served.total_calls().await;
    while seqs.len() < total {
        seqs.extend(Body::open(&served, "a", "").await.rest().await);
    }
    assert_gapless(&seqs, total);
}

#[tokio::test]
async fn the_newest_of_a_subscription_wins() {
    let served = served(|_| {}).await;
    let mut old = Socket::open(&served, "a", "").await;
    let mut body = Body::open(&served, "b", "").await;
    calls(&served, 1).await;
    let mut seqs = old.seqs(1).await;
    body.seq().await;
    let mut new = Socket::open(&served, "a", "").await;
    assert_eq!(old.rest().await, (vec![], 4409));
    let _new_body = Body::open(&served, "b", "").await;
    assert!(body.rest().await.is_empty(), "it ends in order");
    calls(&served, 1).await;
    seqs.extend(new.seqs(1).await);
    assert_gapless(&seqs, 2);
}

#[tokio::test]
async fn a_client_that_does_not_read_is_dropped_and_misses_nothing() {
    let served = served(|limits| limits.unsent_bytes = 1 << 20).await;
    let mut slow = Socket::narrow(&served, "slow").await;
    let mut reader = Socket::open(&served, "reader", "").await;
    calls(&served, 1).await;
    let first = slow.seqs(1).await[0];
    reader.seqs(1).await;
    // Far more than the sockets' buffers take: some 6 MB.
    for _ in 0..25 {
        served.status_messages(1_000).await;
        reader.seqs(1_000).await;
    }
    served.connected(1).await;
    // It cannot hear why.
    let (told, _) = slow.rest().await;
    assert_gapless(&told, told.len());
    assert_eq!(told[0], first + 1);
    let mut again = Socket::open(&served, "slow", "").await;
    let again = again.seqs(100).await;
    assert!(again[0] <= told.last().unwrap() + 1, "{} after {:?}", again[0], told.last());
    assert_gapless(&again, 100);
}

#[tokio::test]
async fn a_server_that_goes_down_says_so() {
    let served = served(|_| {}).await;
    let mut socket = Socket::open(&served, "a", "").await;
    let mut body = Body::open(&served, "b", "").await;
    served.world.stop.throw();
    assert_eq!(socket.rest().await.1, 1012);
    assert!(body.rest().await.is_empty());
}

#[tokio::test]
async fn nobody_is_told_of_another_tenant() {
    let served = served(|_| {}).await;
    let mut other = Socket::open_of(&served, OTHER, "a", "").await;
    let mut socket = Socket::open(&served, "a", "").await;
    calls(&served, 1).await;
    served.world.call_to(crate::util::OTHER_NUMBER).await;
    assert!(socket.text().await.contains(&format!("-phone-01-{TENANT}")));
    assert!(other.text().await.contains(&format!("-phone-01-{OTHER}")));
}

#[tokio::test]
async fn administrators_see_who_is_connected() {
    let served = served(|_| {}).await;
    let ada = served.world.login("ada").await;
    let mut socket = Socket::open(&served, "a", "&desiredOutputType=NEWLINE_XML").await;
    calls(&served, 1).await;
    socket.text().await;
    let list = async || {
        let path = "/admin/v1/event-subscriptions";
        served.world.get(path).bearer(&ada).send().await.ok(200)
    };
    let client = list().await["streamClients"][0].clone();
    assert_eq!(
        (&client["subscriptionId"], &client["outputType"]),
        (&"a".into(), &"NEWLINE_XML".into())
    );
    let head = served.stream().latest().await.unwrap();
    assert_eq!((&client["sequence"], &client["lag"]), (&head.into(), &0.into()));
    assert!(client["connectedSince"].is_u64());
    socket.close().await;
    served.connected(0).await;
    assert_eq!(list().await["streamClients"], serde_json::json!([]));
}
