//! Whole contacts through the engine, durable at every step, as fast as they go.
//!
//! Customers call, get variables and press a key; whoever follows the log for the agents accepts, ends and
//! wraps up. Each step waits until the one before is durable, as over HTTP.

use std::{
    collections::HashMap,
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use engine::Engine;
use model::{Command, Event, InteractionId, Text};
use serde_json::json;
use tokio::sync::Semaphore;

use crate::{center, directory, line, median, runtime, start};

/// Customers at the same time: so many that some wait for an agent.
const CUSTOMERS: usize = 400;
const WARM_UP: Duration = Duration::from_secs(2);
const RUN: Duration = Duration::from_secs(5);
const ROUNDS: usize = 3;
const BUDGET_PER_S: f64 = 3_000.0;

/// What a round came to.
struct Round {
    per_s: f64,
    events_per_s: f64,
    /// Requests in one commit, on average.
    group: f64,
    /// By how many records the views were behind at the end.
    views_lag: u64,
    /// Processor time of each thread per interaction, in microseconds.
    cpu_us: Vec<(String, f64)>,
}

pub(crate) fn run() {
    let rounds: Vec<Round> = (0..ROUNDS).map(|_| runtime().block_on(round())).collect();
    let of = |field: fn(&Round) -> f64| median(rounds.iter().map(field).collect());
    let per_s = of(|round| round.per_s);
    let mut sorted: Vec<u64> = rounds.iter().map(|round| round.per_s as u64).collect();
    sorted.sort_unstable();
    let last = rounds.last().expect("there are rounds");
    let cpu: HashMap<_, _> = last
        .cpu_us
        .iter()
        .map(|(thread, us)| (thread.as_str(), (us * 10.0).round() / 10.0))
        .collect();
    line(json!({
        "bench": "life cycle, durable at every step",
        "interactionsPerS": per_s as u64,
        "rounds": sorted,
        "eventsPerS": of(|round| round.events_per_s) as u64,
        "requestsPerCommit": of(|round| round.group) as u64,
        "viewsLagEvents": last.views_lag,
        "cpuUsPerInteraction": cpu,
        "budgetPerS": BUDGET_PER_S,
        "ratioToBudget": (per_s / BUDGET_PER_S * 100.0).round() / 100.0,
    }));
}

async fn round() -> Round {
    let directory = directory();
    let engine = start(directory.path());
    let tenant = center::tenant();
    engine.open(&tenant).await.expect("a new tenant opens");
    submit(&engine, Command::Configure(center::settings())).await;
    for number in 1..=center::AGENTS {
        submit(&engine, center::ready(center::agent(number))).await;
    }
    let seats = Arc::new(Semaphore::new(CUSTOMERS));
    tokio::spawn(customers(engine.clone(), Arc::clone(&seats)));
    let finished = follow(engine.clone(), seats);

    let sample = |engine: &Engine| (finished(), engine.metrics().tenants.remove(0), threads());
    tokio::time::sleep(WARM_UP).await;
    let (begun, (done, before, cpu)) = (Instant::now(), sample(&engine));
    tokio::time::sleep(RUN).await;
    let (seconds, (end, after, cpu_end)) = (begun.elapsed().as_secs_f64(), sample(&engine));
    let count = (end - done) as f64;
    let cpu_us = cpu_end
        .into_iter()
        .map(|(thread, us)| {
            let spent = us - cpu.get(&thread).copied().unwrap_or(0.0);
            (thread, spent / count)
        })
        .filter(|(_, us)| *us >= 0.5)
        .collect();
    let round = Round {
        per_s: count / seconds,
        events_per_s: (after.events - before.events) as f64 / seconds,
        group: (after.commands - before.commands) as f64 / (after.commits - before.commits) as f64,
        views_lag: after.views_lag,
        cpu_us,
    };
    tokio::task::spawn_blocking(move || engine.stop()).await.expect("the engine stops");
    round
}

async fn submit(engine: &Engine, command: Command) {
    engine
        .submit(&center::tenant(), command.into())
        .await
        .expect("the bench asks for what is possible");
}

/// Lets customers call for as long as there are seats and an engine.
async fn customers(engine: Engine, seats: Arc<Semaphore>) {
    for customer in 0.. {
        seats.acquire().await.expect("never closed").forget();
        let engine = engine.clone();
        tokio::spawn(async move {
            for command in center::arrival(customer) {
                let command = Command::Interaction(command);
                // Fails only once the engine stops at the end of the round.
                if engine.submit(&center::tenant(), command.into()).await.is_err() {
                    return;
                }
            }
        });
    }
}

/// Serves every offer in the log; gives what counts the interactions that are over.
fn follow(engine: Engine, seats: Arc<Semaphore>) -> impl Fn() -> u64 {
    let finished = Arc::new(std::sync::atomic::AtomicU64::new(0));
    let count = Arc::clone(&finished);
    let mut follower = engine.follow(&center::tenant(), 0).expect("the tenant is open");
    tokio::spawn(async move {
        let mut guids: HashMap<InteractionId, Text> = HashMap::new();
        while let Ok(batch) = follower.next_batch().await {
            for entry in batch.iter() {
                if let Event::InteractionCreated(created) = entry.event {
                    guids.insert(created.interaction, created.guid.clone());
                } else if let Event::InteractionOffered(offered) = entry.event {
                    let guid = guids[&offered.interaction].clone();
                    tokio::spawn(serve(
                        engine.clone(),
                        center::service(offered.agent, &guid, offered.offer),
                    ));
                } else if let Event::InteractionDeleted { interaction, .. } = entry.event {
                    guids.remove(interaction);
                    count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    seats.add_permits(1);
                }
            }
        }
    });
    move || finished.load(std::sync::atomic::Ordering::Relaxed)
}

async fn serve(engine: Engine, steps: [model::command::AgentCommand; 3]) {
    for step in steps {
        if engine.submit(&center::tenant(), Command::Agent(step).into()).await.is_err() {
            return;
        }
    }
}

/// Microseconds of processor time that each thread has had, by name.
fn threads() -> HashMap<String, f64> {
    let mut threads = HashMap::new();
    for task in fs::read_dir("/proc/self/task").into_iter().flatten().flatten() {
        let read = |file| fs::read_to_string(task.path().join(file)).unwrap_or_default();
        let ns = read("schedstat").split(' ').next().and_then(|ns| ns.parse::<f64>().ok());
        *threads.entry(read("comm").trim().to_owned()).or_insert(0.0) += ns.unwrap_or(0.0) / 1e3;
    }
    threads
}
