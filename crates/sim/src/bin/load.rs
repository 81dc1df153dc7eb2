//! `load`: Data Augmentation under load, beside the same HTTP stack without a store and beside what most
//! would build, in turn within one run. Prints one JSON object per line.

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use clap::Parser;
use serde_json::json;
use sim::{
    http::{Connection, request},
    postgres::{self, Postgres},
    server::{Server, binary, directory, target},
    site::{self, NUMBER, Site},
};
use tokio::task::{JoinSet, LocalSet};

/// Data Augmentation with 64 connections against its two measures.
#[derive(Parser)]
struct Options {
    /// Connections, each with one request under way.
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// How often the servers take turns.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Seconds that a turn is measured, after one to warm up.
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// The usual build; without it, or without PostgreSQL, it is left out.
    #[arg(long, default_value_os_t = target().join("rival/release/rival"))]
    rival: PathBuf,
}

const WARM_UP: Duration = Duration::from_secs(1);
/// Of the stack without a store, and of the usual build.
const BUDGETS: [f64; 2] = [0.6, 8.0];

/// A server and the requests that are sent to it.
struct Contender {
    name: &'static str,
    server: Server,
    requests: Vec<Vec<u8>>,
    rounds: Vec<Round>,
}

struct Round {
    per_s: f64,
    p50_ms: f64,
    p99_ms: f64,
    cpu_us: f64,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let cordboard = binary().context("build it first: make build")?;
    let data = directory()?;
    let site = site::prepare(data.path(), 1)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = LocalSet::new();
    let [stack_dir, rival_dir] = [directory()?, directory()?];
    let (postgres, mut contenders) = local.block_on(&runtime, async {
        let server = Server::start(&cordboard, data.path()).await?;
        let requests = calls(&server, &site, options.connections).await?;
        let anybody: Vec<_> = requests.clone();
        let contender =
            |name, server, requests| Contender { name, server, requests, rounds: vec![] };
        let mut contenders = vec![contender("cordboard", server, requests)];
        let stack = std::env::current_exe()?.with_file_name("stack");
        let stack = Server::launch(Command::new(stack), stack_dir.path()).await?;
        contenders.push(contender("stack without a store", stack, anybody.clone()));
        if !(options.rival.is_file() && postgres::is_installed()) {
            return anyhow::Ok((None, contenders));
        }
        let postgres = Postgres::start()?;
        let mut rival = Command::new(&options.rival);
        rival.arg("--socket").arg(postgres.socket()).args(["--user", &postgres.user]);
        let rival = Server::launch(rival, rival_dir.path()).await?;
        contenders.push(contender("axum, sqlx, PostgreSQL", rival, anybody));
        Ok((Some(postgres), contenders))
    })?;
    for _ in 0..options.rounds {
        for contender in &mut contenders {
            let round = local.block_on(&runtime, contender.round(options.seconds))?;
            contender.rounds.push(round);
        }
    }
    print(&options, &contenders);
    drop((contenders, postgres));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the lines are what the program is for")]
fn print(options: &Options, contenders: &[Contender]) {
    for contender in contenders {
        let of = |field: fn(&Round) -> f64| median(contender.rounds.iter().map(field).collect());
        let rounds: Vec<u64> = contender.rounds.iter().map(|round| round.per_s as u64).collect();
        let line = json!({
            "bench": "data augmentation POST",
            "server": contender.name,
            "connections": options.connections,
            "requestsPerS": of(|round| round.per_s) as u64,
            "p50Ms": rounded(of(|round| round.p50_ms)),
            "p99Ms": rounded(of(|round| round.p99_ms)),
            "serverCpuUsPerRequest": rounded(of(|round| round.cpu_us)),
            "rounds": rounds,
        });
        println!("{line}");
    }
    let (ours, others) = contenders.split_first().expect("we are the first");
    for (other, budget) in others.iter().zip(BUDGETS) {
        // Neighbours in time are compared, so that a machine that slows down slows both.
        let turns = ours.rounds.iter().zip(&other.rounds);
        let ratio = median(turns.map(|(our, their)| our.per_s / their.per_s).collect());
        let line = json!({
            "bench": "data augmentation POST, ratio",
            "against": other.name,
            "ratio": rounded(ratio),
            "budgetMin": budget,
            "ratioToBudget": rounded(ratio / budget),
        });
        println!("{line}");
    }
    if others.len() < BUDGETS.len() {
        println!(
            "skipped: the comparison with PostgreSQL, which needs it installed and the rival built"
        );
    }
}

/// Begins a call for each connection; gives the request that sets variables of that call.
async fn calls(server: &Server, site: &Site, count: usize) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut connection = server.connect().await?;
    let mut requests = Vec::with_capacity(count);
    for call in 0..count {
        let body = json!({ "from": format!("+1617{call:07}"), "to": NUMBER }).to_string();
        let begin = request("POST", "/sim/v1/calls", &[], Some(body.as_bytes()));
        let placed = connection.send(&begin).await?;
        ensure!(placed.status == 201, "a call is answered {} {}", placed.status, placed.json());
        let placed = placed.json();
        let guid = placed["interactionGuid"].as_str().context("a call has a GUID")?;
        let path = format!("/api/v1/interaction/data/{guid}");
        let headers = [("Authorization", site.basic.as_str())];
        requests.push(request("POST", &path, &headers, Some(BODY.as_bytes())));
    }
    Ok(requests)
}

/// The published contract's own example, with a number that is another in each request.
const BODY: &str = r#"{"data":[{"variables":[
{"name":"_customerTier","value":"VIP","ivr":true,"display":true,"displayName":"Customer tier"},
{"name":"_accountBalance","value":"00000000","ivr":true,"display":true,"dataType":"currency"},
{"name":"_lastOrder","value":"ORDER-987654","display":true,"displayName":"Last order"}]}]}"#;

impl Contender {
    async fn round(&self, seconds: u64) -> anyhow::Result<Round> {
        let begin = Instant::now() + WARM_UP;
        let end = begin + Duration::from_secs(seconds);
        let mut clients = JoinSet::new();
        for request in &self.requests {
            clients.spawn_local(client(self.server.address, request.clone(), begin, end));
        }
        tokio::time::sleep_until(begin.into()).await;
        let cpu = self.server.cpu();
        tokio::time::sleep_until(end.into()).await;
        let cpu = self.server.cpu() - cpu;
        let mut waits = Vec::new();
        while let Some(client) = clients.join_next().await {
            waits.extend(client??);
        }
        waits.sort_unstable();
        ensure!(!waits.is_empty(), "{} answers nothing", self.name);
        let at = |part: usize| f64::from(waits[waits.len() * part / 100]) / 1e3;
        Ok(Round {
            per_s: waits.len() as f64 / seconds as f64,
            p50_ms: at(50),
            p99_ms: at(99),
            cpu_us: cpu.as_secs_f64() * 1e6 / waits.len() as f64,
        })
    }
}

/// One request after another on one connection; gives how many microseconds each of those between `begin`
/// and `end` took.
async fn client(
    address: SocketAddr,
    mut request: Vec<u8>,
    begin: Instant,
    end: Instant,
) -> anyhow::Result<Vec<u32>> {
    let mut connection = Connection::open(address).await?;
    let digits = request.windows(8).position(|digits| digits == b"00000000");
    let digits = digits.context("the body has a number")?;
    let mut waits = Vec::new();
    for number in 0_u32.. {
        request[digits..digits + 8].copy_from_slice(format!("{number:08}").as_bytes());
        let sent = Instant::now();
        if sent >= end {
            break;
        }
        let answer = connection.send(&request).await?;
        ensure!(answer.status == 200, "answered {} {}", answer.status, answer.json());
        if sent >= begin {
            waits.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
    }
    Ok(waits)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
