//! `fanout`: a thousand subscribers of everything that happens. How many messages a second reach all of them,
//! beside nats-server with the same bytes in the same run; how late they come, with and without one subscriber
//! that does not read. Prints one JSON object per line.

use std::{
    net::SocketAddr,
    process::Command,
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use clap::Parser;
use serde_json::json;
use sim::{
    fanout::{
        Notes, Protocol,
        nats::{self, Nats},
        take, websocket,
    },
    http::{Connection, request},
    server::{Server, binary, directory},
    site::{self, NUMBER, Site},
};
use tokio::{
    io::AsyncWriteExt as _,
    net::TcpStream,
    sync::Notify,
    task::{JoinSet, LocalSet},
    time::MissedTickBehavior,
};

/// Event Streaming to many subscribers.
#[derive(Parser)]
struct Options {
    /// Readers of `event-v1/all`.
    #[arg(long, default_value_t = 1_000)]
    subscribers: usize,
    /// Calls of one burst, by each of its callers. Each call makes two messages.
    #[arg(long, default_value_t = 20)]
    calls: usize,
    /// Calls a second while lag is measured.
    #[arg(long, default_value_t = 10)]
    pace: u64,
    /// Seconds that lag is measured at a time.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// How often each is measured.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

/// How long one that does not read holds on before lag is measured.
const STALL: Duration = Duration::from_secs(1);
/// Who call at the same time in a burst, so that nobody waits for one of them.
const CALLERS: usize = 16;
/// How many messages a second at least, of those of nats-server.
const RATIO_MIN: f64 = 0.5;
/// How much one that does not read may change the others' p99.
const STALLED_MAX: f64 = 1.1;

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let cordboard = binary().context("build it first: make build")?;
    let data = directory()?;
    let site = site::prepare(data.path(), 1)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, async {
        let config = data.path().join("fanout.toml");
        let connections = options.subscribers + 10;
        let text =
            format!("[sim]\nenabled = true\n[streaming]\nevent_connections = {connections}\n");
        std::fs::write(&config, text)?;
        let mut command = Command::new(cordboard);
        command.args(["serve", "--listen", "127.0.0.1:0", "--config"]).arg(&config);
        command.arg("--data-dir").arg(data.path());
        let server = Server::launch(command, data.path()).await?;
        let bench = Bench { options, server, site };
        bench.throughput().await?;
        bench.lag().await
    })
}

struct Bench {
    options: Options,
    server: Server,
    site: Site,
}

#[expect(clippy::print_stdout, reason = "the lines are what the program is for")]
fn print(line: &serde_json::Value) {
    println!("{line}");
}

impl Bench {
    async fn throughput(&self) -> anyhow::Result<()> {
        let nats = Nats::start().await?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let (mut count, mut bytes) = (0, 0);
        for _ in 0..self.options.rounds {
            let (messages, per_s) = self.burst().await?;
            (count, bytes) = (messages.len(), messages.iter().map(Vec::len).sum::<usize>());
            ours.push(per_s);
            if let Some(nats) = &nats {
                theirs.push(self.nats_burst(nats, &messages).await?);
            }
        }
        let line = |server, rounds: &[f64]| {
            json!({
                "bench": "event fan-out", "server": server, "subscribers": self.options.subscribers,
                "messages": count, "bytesPerMessage": bytes / count.max(1),
                "messagesPerS": rounded(median(rounds.to_vec())),
                "deliveriesPerS": (median(rounds.to_vec()) * self.options.subscribers as f64) as u64,
            })
        };
        print(&line("cordboard", &ours));
        if nats.is_none() {
            print(&json!({"skipped": "the comparison with nats-server, which needs it installed"}));
            return Ok(());
        }
        print(&line("nats-server", &theirs));
        let ratio = median(ours.iter().zip(&theirs).map(|(our, their)| our / their).collect());
        print(&json!({
            "bench": "event fan-out, ratio", "against": "nats-server", "ratio": rounded(ratio),
            "budgetMin": RATIO_MIN, "ratioToBudget": rounded(ratio / RATIO_MIN),
        }));
        Ok(())
    }

    /// A burst of calls; what one subscriber got, and how many messages a second all of them got.
    async fn burst(&self) -> anyhow::Result<(Vec<Vec<u8>>, f64)> {
        let readers = self.readers(self.options.subscribers).await?;
        let mut witness = self.readers(1).await?.remove(0);
        let count = 2 * self.options.calls * CALLERS;
        let begun = Instant::now();
        let subscribers = collect::<websocket::WebSocket>(readers, count as u64);
        let mut callers = JoinSet::new();
        for _ in 0..CALLERS {
            callers.spawn_local(call(self.server.address, self.options.calls, None));
        }
        let messages = witnessed(&mut witness, count).await?;
        subscribers.await?;
        let took = begun.elapsed();
        while let Some(caller) = callers.join_next().await {
            caller??;
        }
        Ok((messages, count as f64 / took.as_secs_f64()))
    }

    /// The same bytes through NATS.
    async fn nats_burst(&self, nats: &Nats, messages: &[Vec<u8>]) -> anyhow::Result<f64> {
        let mut clients = Vec::new();
        for _ in 0..self.options.subscribers {
            clients.push(nats.client(true).await?);
        }
        let mut publisher = nats.client(false).await?;
        let begun = Instant::now();
        let subscribers = collect::<nats::Frames>(clients, messages.len() as u64);
        let messages: Vec<Vec<u8>> =
            messages.iter().map(|message| nats::publication(message)).collect();
        let count = messages.len() as f64;
        let publisher = tokio::task::spawn_local(async move {
            for message in &messages {
                publisher.write_all(message).await?;
            }
            anyhow::Ok(publisher)
        });
        subscribers.await?;
        let took = begun.elapsed();
        drop(publisher.await??);
        Ok(count / took.as_secs_f64())
    }

    async fn lag(&self) -> anyhow::Result<()> {
        let mut measured: [Vec<(f64, f64)>; 2] = Default::default();
        for _ in 0..self.options.rounds {
            for (stalled, rounds) in measured.iter_mut().enumerate() {
                rounds.push(self.paced(stalled).await?);
            }
        }
        for (stalled, rounds) in measured.iter().enumerate() {
            print(&json!({
                "bench": "event lag", "subscribers": self.options.subscribers, "stalled": stalled,
                "messagesPerS": 2 * self.options.pace,
                "p50Ms": rounded(median(rounds.iter().map(|round| round.0).collect())),
                "p99Ms": rounded(median(rounds.iter().map(|round| round.1).collect())),
            }));
        }
        let ratios = measured[0].iter().zip(&measured[1]);
        // A lag of less than a millisecond is written as none.
        let ratios = ratios.map(|(without, with)| with.1.max(1.0) / without.1.max(1.0)).collect();
        print(&json!({
            "bench": "event lag, ratio of p99", "against": "without the one that does not read",
            "ratio": rounded(median(ratios)), "budgetMax": STALLED_MAX,
        }));
        Ok(())
    }

    /// p50 and p99 of how late messages come to everybody who reads, in milliseconds.
    async fn paced(&self, stalled: usize) -> anyhow::Result<(f64, f64)> {
        let _silent = self.readers(stalled).await?;
        let readers = self.readers(self.options.subscribers).await?;
        let end = Rc::new(Notify::new());
        let mut subscribers = JoinSet::new();
        for mut reader in readers {
            let end = Rc::clone(&end);
            subscribers.spawn_local(async move {
                take::<websocket::WebSocket>(&mut reader, None, Some(end)).await
            });
        }
        tokio::time::sleep(STALL).await;
        let (address, pace) = (self.server.address, self.options.pace);
        let calls = usize::try_from(pace * self.options.seconds)?;
        call(address, calls, Some(pace)).await?;
        tokio::time::sleep(STALL).await;
        end.notify_waiters();
        let mut lags = Vec::new();
        while let Some(notes) = subscribers.join_next().await {
            let Notes { messages, lags_ms } = notes??;
            ensure!(messages as usize == 2 * calls, "a subscriber got {messages} messages");
            lags.extend(lags_ms);
        }
        lags.sort_unstable();
        let at = |part: usize| f64::from(lags[lags.len() * part / 100]);
        Ok((at(50), at(99)))
    }

    async fn readers(&self, count: usize) -> anyhow::Result<Vec<TcpStream>> {
        let mut readers = Vec::with_capacity(count);
        for _ in 0..count {
            let reader = websocket::reader(self.server.address, "load01", &self.site.basic).await?;
            readers.push(reader);
        }
        Ok(readers)
    }
}

/// Starts all subscribers; ready when each has so many messages.
fn collect<P: Protocol + 'static>(
    streams: Vec<TcpStream>,
    count: u64,
) -> impl Future<Output = anyhow::Result<()>> {
    let mut subscribers = JoinSet::new();
    for mut stream in streams {
        subscribers.spawn_local(async move { take::<P>(&mut stream, Some(count), None).await });
    }
    async move {
        while let Some(notes) = subscribers.join_next().await {
            notes??;
        }
        Ok(())
    }
}

/// The texts of so many messages.
async fn witnessed(stream: &mut TcpStream, count: usize) -> anyhow::Result<Vec<Vec<u8>>> {
    use tokio::io::AsyncReadExt as _;
    let (mut buffer, mut messages) = (Vec::new(), Vec::new());
    while messages.len() < count {
        ensure!(stream.read_buf(&mut buffer).await? > 0, "the witness is sent away");
        let mut taken = 0;
        while let Some((length, message)) = websocket::WebSocket::next(&buffer)? {
            if let Some(message) = message {
                messages.push(message.to_vec());
                taken += 1;
            }
            buffer.drain(..length);
        }
        stream.write_all(&websocket::WebSocket::thanks(taken)).await?;
    }
    Ok(messages)
}

/// Customers who call and hang up at once, one after the other or so many a second.
async fn call(address: SocketAddr, count: usize, pace: Option<u64>) -> anyhow::Result<()> {
    let mut connection = Connection::open(address).await?;
    let period = Duration::from_secs(1) / u32::try_from(pace.unwrap_or(1_000_000))?;
    let mut ticks = tokio::time::interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for number in 0..count {
        if pace.is_some() {
            ticks.tick().await;
        }
        let body = json!({ "from": format!("+1617{number:07}"), "to": NUMBER }).to_string();
        let begin = request("POST", "/sim/v1/calls", &[], Some(body.as_bytes()));
        let placed = connection.send(&begin).await?;
        ensure!(placed.status == 201, "a call is answered {}", placed.status);
        let placed = placed.json();
        let id = placed["callId"].as_str().context("a call has an id")?;
        let hang_up = request("POST", &format!("/sim/v1/calls/{id}/hangup"), &[], None);
        let gone = connection.send(&hang_up).await?;
        ensure!(gone.status == 204, "hanging up is answered {}", gone.status);
    }
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
