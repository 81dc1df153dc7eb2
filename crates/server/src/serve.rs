//! `cordboard serve`: the server itself.

use std::{
    fs, io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use api::{Api, Stop};
use channels::{questions::Questions, webhooks::Webhooks};
use engine::{Engine, Readiness};
use ipnet::IpNet;
use serde_json::json;
use stream::Streams;
use tokio::{
    net::{TcpListener, lookup_host},
    sync::watch,
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

mod listen;
mod tls;
mod welcome;

pub(crate) use self::tls::Source;
use crate::{
    assets,
    client::Client,
    config::{self, File, Streaming},
    control, data,
    demo::{self, Demo},
    log, private, signals,
    traffic::{self, Presence},
};

/// How long threads that still do something may take once everything that matters is done.
const LEFTOVERS: Duration = Duration::from_secs(1);
/// How often to look whether a recovering tenant serves, and to say how far it is.
const RECOVERY_LOOK: Duration = Duration::from_millis(50);
const RECOVERY_SAY: Duration = Duration::from_secs(2);

/// Serve: the APIs, the web pages and, with --demo, a tenant to look at.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A TOML file with data_dir, listen, [tls] cert, key, self_signed, [sim] enabled, [streaming],
    /// [webhooks] allow, [log] format.
    /// The command line overrules it.
    #[arg(long, env = "CORDBOARD_CONFIG")]
    config: Option<PathBuf>,
    /// Where the event log, its key and the views lie [default: data].
    #[arg(long, env = "CORDBOARD_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Address and port; port 0 takes a free one [default: 127.0.0.1:8088].
    #[arg(long)]
    listen: Option<String>,
    /// Make a tenant to look at, with agents, queues, a script and numbers to call. Its secrets are
    /// printed, so it refuses to listen for other machines.
    #[arg(long)]
    demo: bool,
    /// Let so many simulated customers a minute call the demo, and simulated agents answer.
    #[arg(long, value_name = "N", requires = "demo", value_parser = clap::value_parser!(u32).range(1..=600))]
    demo_traffic: Option<u32>,
    /// Written when the server serves: JSON with its address and, with --demo, every credential.
    #[arg(long)]
    ready_file: Option<PathBuf>,
    /// The TLS certificate with its chain, PEM.
    #[arg(long)]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key, PEM.
    #[arg(long)]
    tls_key: Option<PathBuf>,
    /// Speak TLS with a certificate made here and kept in the data directory.
    #[arg(long)]
    tls_self_signed: bool,
    /// How log lines look. What is logged says CORDBOARD_LOG, as in `warn,engine=debug`.
    #[arg(long, value_enum)]
    log_format: Option<log::Format>,
}

/// What the configuration file and the command line come to.
struct Plan {
    data_dir: PathBuf,
    listen: String,
    tls: Option<Source>,
    sim: bool,
    streaming: Streaming,
    /// Networks that webhooks may reach although they are not public.
    webhooks: Vec<IpNet>,
    demo: bool,
    traffic: Option<u32>,
    ready_file: Option<PathBuf>,
    json: bool,
}

pub(crate) fn run(args: Args, json: bool) -> anyhow::Result<()> {
    let mut file = File::load(args.config.as_deref())?;
    log::init(args.log_format.unwrap_or(file.log.format));
    if args.tls_cert.is_some() || args.tls_key.is_some() || args.tls_self_signed {
        let (cert, key) = (args.tls_cert, args.tls_key);
        file.tls = config::Tls { cert, key, self_signed: args.tls_self_signed };
    }
    let plan = Plan {
        data_dir: args.data_dir.or(file.data_dir).unwrap_or_else(|| config::DATA_DIR.into()),
        listen: args.listen.or(file.listen).unwrap_or_else(|| config::LISTEN.to_owned()),
        tls: file.tls.source()?,
        sim: file.sim.enabled || args.demo,
        streaming: file.streaming,
        webhooks: file.webhooks.allow,
        demo: args.demo,
        traffic: args.demo_traffic,
        ready_file: args.ready_file,
        json,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(plan.serve());
    // An operator's connection must not keep a server that is down.
    runtime.shutdown_timeout(LEFTOVERS);
    served
}

impl Plan {
    async fn serve(self) -> anyhow::Result<()> {
        // From the first moment, so that a server that is just starting stops in order, too.
        let stopped = signals::stop()?;
        data::create(&self.data_dir)?;
        let (listener, tls) = self.bind().await?;
        let url = self.url(listener.local_addr()?);
        let engine = data::open(&self.data_dir)?;
        // Not before the address and the data are ours: the file may tell of another server.
        if let Some(ready_file) = &self.ready_file {
            remove_stale(ready_file)?;
        }
        let stop = Stop::default();
        let mut options = api::Options {
            plain_http_allowed: tls.is_none(),
            sim_enabled: self.sim,
            streaming: self.streaming.limits(),
            stop: stop.clone(),
            ..api::Options::default()
        };
        if let Some(connections) = self.streaming.event_connections {
            options.event_connections_max = connections as usize;
        }
        let streams = Streams::start(engine.clone(), &self.data_dir, self.streaming.retention())?;
        let webhooks =
            Webhooks::start(engine.clone(), streams.clone(), &self.data_dir, &self.webhooks)?;
        let questions = Questions::start(engine.clone(), &self.webhooks)?;
        let api = Api {
            engine: engine.clone(),
            streams: streams.clone(),
            webhooks: webhooks.clone(),
            options,
        };
        let app = assets::with_pages(api::router(api));
        let (halt, halted) = watch::channel(false);
        let accepting = tokio::spawn(listen::serve(listener, tls, app, halted));
        let served = tokio::select! {
            served = self.live(&engine, &url) => served,
            () = stopped => Ok(()),
        };
        tracing::info!("going down");
        stop.throw();
        halt.send_replace(true);
        accepting.await?;
        webhooks.stop().await;
        questions.stop().await;
        let stop = move || {
            engine.stop();
            streams.stop();
        };
        tokio::task::spawn_blocking(stop).await?;
        tracing::info!("down");
        served
    }

    /// Takes the address, or says why it must not or cannot be had.
    async fn bind(&self) -> anyhow::Result<(TcpListener, Option<TlsAcceptor>)> {
        let listen = &self.listen;
        let mut found = lookup_host(listen)
            .await
            .with_context(|| format!("{listen} is no address and port to listen on"))?;
        let address = found.next().with_context(|| format!("{listen} has no address"))?;
        let local = address.ip().is_loopback();
        ensure!(
            local || !self.demo,
            "the demo prints its secrets, so it refuses to listen on {address} for other machines: \
             listen on a loopback address such as 127.0.0.1:{}",
            address.port()
        );
        ensure!(
            local || self.tls.is_some(),
            "refusing to listen on {address} for other machines without TLS: give --tls-cert and \
             --tls-key, or --tls-self-signed, or listen on a loopback address such as 127.0.0.1:{}",
            address.port()
        );
        let tls = self.tls.as_ref().map(|source| source.acceptor(&self.data_dir, address.ip()));
        let listener = TcpListener::bind(address).await.with_context(|| {
            format!("cannot listen on {address}; --listen takes another address")
        })?;
        Ok((listener, tls.transpose()?))
    }

    /// An address that programs on this machine can use.
    fn url(&self, mut address: SocketAddr) -> String {
        if address.ip().is_unspecified() {
            address.set_ip(if address.is_ipv4() {
                Ipv4Addr::LOCALHOST.into()
            } else {
                Ipv6Addr::LOCALHOST.into()
            });
        }
        format!("{}://{address}", if self.tls.is_some() { "https" } else { "http" })
    }

    /// Everything beside answering requests. Ends only when it fails.
    async fn live(&self, engine: &Engine, url: &str) -> anyhow::Result<()> {
        let demo = match self.demo {
            true => Some(demo::ensure(engine, &self.data_dir).await?),
            false => None,
        };
        recovered(engine).await;
        let ready = demo.as_ref().map_or_else(|| json!({ "url": url }), |demo| demo.ready(url));
        if let Some(path) = &self.ready_file {
            let text = serde_json::to_vec_pretty(&ready).expect("texts can be written");
            private::write(path, &text).with_context(|| format!("writing {}", path.display()))?;
        }
        welcome::say(&ready, self.json);
        let mut sides = JoinSet::new();
        let (data_dir, controlled) = (self.data_dir.clone(), engine.clone());
        sides.spawn(async move {
            let failed = control::serve(&data_dir, controlled).await;
            tracing::warn!(
                ?failed,
                "backup and tenant create need the server stopped: no control socket"
            );
        });
        if let (Some(per_minute), Some(demo)) = (self.traffic, demo) {
            sides.spawn(self.traffic(url, engine, demo, per_minute)?);
        }
        sides.join_all().await;
        std::future::pending().await
    }

    fn traffic(
        &self,
        url: &str,
        engine: &Engine,
        demo: Demo,
        per_minute: u32,
    ) -> anyhow::Result<impl Future<Output = ()> + use<>> {
        let ca = self.tls.as_ref().map(|source| source.certificate(&self.data_dir));
        let client = Client::new(url, ca.as_deref())?;
        let presence = Presence::new(engine.clone(), demo.tenant.clone());
        Ok(traffic::play(client, demo, presence, self.data_dir.clone(), per_minute))
    }
}

/// Waits until every tenant serves or cannot.
async fn recovered(engine: &Engine) {
    let mut look = tokio::time::interval(RECOVERY_LOOK);
    let mut said = Instant::now();
    loop {
        look.tick().await;
        let tenants = engine.tenants();
        let mut recovering = tenants.iter().filter_map(|tenant| match &tenant.readiness {
            Readiness::Recovering { position, end } => Some((&tenant.id, *position, *end)),
            _ => None,
        });
        let Some((tenant, position, end)) = recovering.next() else { break };
        if said.elapsed() > RECOVERY_SAY {
            said = Instant::now();
            tracing::info!(%tenant, position, end, "recovering");
        }
    }
    for tenant in engine.tenants() {
        if let Readiness::Refused(why) | Readiness::Unavailable(why) = tenant.readiness {
            tracing::error!(tenant = %tenant.id, why, "this tenant is not served");
        }
    }
}

/// A ready file of an earlier run would tell of a server that is gone.
fn remove_stale(ready_file: &Path) -> anyhow::Result<()> {
    match fs::remove_file(ready_file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing the old {}", ready_file.display()))
        }
        _ => Ok(()),
    }
}
