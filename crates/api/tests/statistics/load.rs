//! Statistics in the middle of load are what the log says at that position, counted event by event.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use engine::{Position, measure::Interval};
use model::{Event, InteractionId, QueueId, TenantId};
use serde_json::{Value, json};

use super::{LIVE, platform};
use crate::util::{Person, TENANT, World};

/// Entered, accepted, abandoned, and waiting now.
type Counts = [u64; 4];

const QUEUES: [u32; 3] = [101, 102, 103];
const CALLS_EACH: usize = 12;

/// What the log says of each queue up to each position asked for.
#[derive(Default)]
struct Plain {
    waiting: BTreeMap<InteractionId, QueueId>,
    counts: BTreeMap<QueueId, Counts>,
}

impl Plain {
    fn see(&mut self, event: &Event) {
        match event {
            Event::InteractionQueued(queued) => {
                self.waiting.insert(queued.interaction, queued.queue);
                self.of(queued.queue)[0] += 1;
            }
            Event::OfferAccepted { interaction, .. } => {
                if let Some(queue) = self.waiting.remove(interaction) {
                    self.of(queue)[1] += 1;
                }
            }
            Event::InteractionEnded { interaction, .. } => {
                if let Some(queue) = self.waiting.remove(interaction) {
                    self.of(queue)[2] += 1;
                }
            }
            _ => {}
        }
    }

    fn of(&mut self, queue: QueueId) -> &mut Counts {
        self.counts.entry(queue).or_default()
    }

    fn at(&self, queue: u32) -> Counts {
        let waiting = self.waiting.values().filter(|waits| waits.0 == queue).count() as u64;
        let [entered, accepted, abandoned, _] =
            self.counts.get(&QueueId(queue)).copied().unwrap_or_default();
        [entered, accepted, abandoned, waiting]
    }
}

/// What is measured, at a position that the load has just reached.
fn sample(world: &World) -> (Position, [Counts; 3]) {
    let tenant = TenantId::parse(TENANT).unwrap();
    let measured = world.engine.measured(&tenant).unwrap();
    measured.read(world.engine.now(), |reading| {
        let counts = QUEUES.map(|id| {
            let counts = reading.queue_counts(QueueId(id), Interval::Day);
            let waiting = reading.queue_live(QueueId(id)).in_queue();
            [counts.came, counts.accepted, counts.abandoned_in_all(), waiting.into()]
        });
        (reading.position(), counts)
    })
}

/// Customers who call, choose, and often do not wait.
async fn customers(world: Arc<World>, n: usize) {
    for call_number in 0..CALLS_EACH {
        let call = world.call().await;
        world.press(&call, ["1", "2"][(call_number + n) % 2]).await;
        tokio::task::yield_now().await;
        if (call_number + n).is_multiple_of(3) {
            world.post(&format!("/sim/v1/calls/{}/hangup", call.id)).send().await.ok(204);
        }
    }
}

/// An agent who takes and ends whatever there is, until nobody calls any more.
async fn agent(world: Arc<World>, agent: Person, over: Arc<AtomicBool>) {
    loop {
        let ended = over.load(Ordering::Acquire);
        let state = world.state(&agent).await;
        let work = state["work"].as_array().unwrap();
        if work.is_empty() && ended {
            return;
        }
        for item in work {
            let (verb, body) = match item["place"].as_str().unwrap() {
                "offered" => ("accept", json!({"offerId": item["offer"]["id"]})),
                "talking" => ("end", Value::Null),
                _ => ("wrapup", json!({"disposition": 1000, "codes": [1]})),
            };
            let id = item["interactionId"].as_str().unwrap();
            let ask = world.post(&format!("/workspace/v1/interactions/{id}/{verb}")).bearer(&agent);
            // The customer may have gone meanwhile.
            let ask = if body.is_null() { ask } else { ask.json(&body) };
            ask.send().await;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_middle_of_load_they_equal_a_recount() {
    let world = Arc::new(World::new().await);
    let over = Arc::new(AtomicBool::new(false));
    let mut agents = Vec::new();
    for name in ["ana", "cara"] {
        let person = world.available(name).await;
        agents.push(tokio::spawn(agent(Arc::clone(&world), person, Arc::clone(&over))));
    }
    let callers: Vec<_> = (0..8).map(|n| tokio::spawn(customers(Arc::clone(&world), n))).collect();
    let mut samples = Vec::new();
    while !callers.iter().all(tokio::task::JoinHandle::is_finished) {
        // What is asked from outside is answered meanwhile.
        platform(&world, &format!("{LIVE}/queues.json")).await.ok(200);
        samples.push(sample(&world));
    }
    for caller in callers {
        caller.await.unwrap();
    }
    over.store(true, Ordering::Release);
    for agent in agents {
        agent.await.unwrap();
    }
    let list = platform(&world, &format!("{LIVE}/queues.json")).await.ok(200);
    samples.push(sample(&world));
    samples.sort_unstable();
    let different: std::collections::BTreeSet<Position> =
        samples.iter().map(|(position, _)| *position).collect();
    assert!(different.len() > 5, "{different:?}");
    let plain = compare(&world, &samples).await;
    for (queue, told) in QUEUES.iter().zip(list["queue"].as_array().unwrap()) {
        let [entered, accepted, abandoned, waiting] = plain.at(*queue);
        assert_eq!(told["day-queued"], entered);
        assert_eq!(told["day-accepted"], accepted);
        assert_eq!(told["day-abandoned"], abandoned);
        assert_eq!(told["queue-size"], waiting);
    }
}

/// Counts the log and compares at every sample's position; gives the count at the end.
async fn compare(world: &World, samples: &[(Position, [Counts; 3])]) -> Plain {
    let tenant = TenantId::parse(TENANT).unwrap();
    let (mut plain, mut next) = (Plain::default(), samples.iter().peekable());
    let mut follower = world.engine.follow(&tenant, 0).unwrap();
    while next.peek().is_some() {
        let batch = follower.next_batch().await.unwrap();
        for entry in batch.iter() {
            plain.see(entry.event);
            while let Some((_, counts)) = next.next_if(|(position, _)| *position == entry.position)
            {
                let recount = QUEUES.map(|queue| plain.at(queue));
                assert_eq!(*counts, recount, "at {}", entry.position);
            }
        }
    }
    plain
}
