//! The real binary as a process of ours: started on a data directory, killed, started again.

use std::{
    env,
    fs::{self, OpenOptions},
    io::{self, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use crate::http::{self, Connection};

/// How long a server may take to serve before it counts as broken.
const START: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(2);
/// A clock tick of Linux, as `/proc` counts it.
const TICK_MS: u64 = 10;

/// A running server. Killed when dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start as a process until `/readyz` answered 200.
    pub took: Duration,
    log: PathBuf,
}

/// The program to test: `CORDBOARD_BIN`, or else the release build of this tree; `None` if it is not built.
#[must_use]
pub fn binary() -> Option<PathBuf> {
    let path = match env::var_os("CORDBOARD_BIN") {
        Some(path) => PathBuf::from(path),
        None => target().join("release/cordboard"),
    };
    path.is_file().then_some(path)
}

/// The same, for tests: when it is not built, that is said past the test harness, which would keep it to
/// itself.
#[must_use]
pub fn binary_or_say() -> Option<PathBuf> {
    let found = binary();
    if found.is_none() {
        let why = "target/release/cordboard is not built, and CORDBOARD_BIN names no other";
        // Where nobody can hear it, it need not be said.
        let _ = io::stderr().write_all(format!("skipped: {why}\n").as_bytes());
    }
    found
}

/// Where cargo builds, on whose disk the tests' data lies too: `/tmp` is memory on some machines.
#[must_use]
pub fn target() -> PathBuf {
    let ours = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    env::var_os("CARGO_TARGET_DIR").map_or_else(ours, PathBuf::from)
}

/// A new directory there, removed when dropped.
///
/// # Errors
/// When it cannot be made.
pub fn directory() -> anyhow::Result<tempfile::TempDir> {
    let parent = target().join("tmp");
    fs::create_dir_all(&parent)?;
    tempfile::TempDir::new_in(&parent).with_context(|| format!("in {}", parent.display()))
}

impl Server {
    /// Starts the program on a data directory and waits until it serves. Its log is appended to
    /// `server.log` there. It has a simulated carrier.
    ///
    /// # Errors
    /// When it ends instead, or does not serve within a minute.
    pub async fn start(binary: &Path, data_dir: &Path) -> anyhow::Result<Self> {
        let config = data_dir.join("sim.toml");
        fs::write(&config, "[sim]\nenabled = true\n")?;
        let mut command = Command::new(binary);
        command.args(["serve", "--listen", "127.0.0.1:0", "--config"]).arg(&config);
        command.arg("--data-dir").arg(data_dir);
        Self::launch(command, data_dir).await
    }

    /// Starts any program that takes `--ready-file`, writes its `url` there, and answers `/readyz`.
    ///
    /// # Errors
    /// When it ends instead, or does not serve within a minute.
    pub async fn launch(mut command: Command, directory: &Path) -> anyhow::Result<Self> {
        let (ready, log) = (directory.join("ready.json"), directory.join("server.log"));
        remove(&ready)?;
        let output = OpenOptions::new().create(true).append(true).open(&log)?;
        command.arg("--ready-file").arg(&ready);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(output);
        let begun = Instant::now();
        let child = command.spawn().with_context(|| format!("starting {command:?}"))?;
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut server = Self { child, address: nowhere, took: Duration::ZERO, log };
        server.address = loop {
            if let Some(address) = address_in(&ready) {
                break address;
            }
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended with {status}; it said:\n{}", server.last_words());
            }
            ensure!(
                begun.elapsed() < START,
                "it does not serve; it said:\n{}",
                server.last_words()
            );
            tokio::time::sleep(LOOK_AGAIN).await;
        };
        let readyz = http::request("GET", "/readyz", &[], None);
        let answer = server.connect().await?.send(&readyz).await?;
        ensure!(answer.status == 200, "/readyz answers {} {}", answer.status, answer.json());
        server.took = begun.elapsed();
        Ok(server)
    }

    /// A new connection to it.
    ///
    /// # Errors
    /// When it does not listen any more.
    pub async fn connect(&self) -> anyhow::Result<Connection> {
        Connection::open(self.address).await.context("the server does not listen")
    }

    /// Ends it as a power cut would, and waits until it is gone.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn runs(&mut self) -> anyhow::Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }

    /// Everything it has logged, also before it was started again.
    #[must_use]
    pub fn logged(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Processor time it has had so far.
    #[must_use]
    pub fn cpu(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        let stat = stat.unwrap_or_default();
        // The name in parentheses may hold spaces; times in user and system mode are fields 14 and 15.
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
        let ticks: u64 =
            fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Duration::from_millis(ticks * TICK_MS)
    }

    fn last_words(&self) -> String {
        let text = self.logged();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already, and then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn address_in(ready: &Path) -> Option<SocketAddr> {
    let text = fs::read(ready).ok()?;
    let ready: Value = serde_json::from_slice(&text).ok()?;
    ready["url"].as_str()?.strip_prefix("http://")?.parse().ok()
}

fn remove(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
