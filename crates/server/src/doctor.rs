//! `cordboard doctor`: looks for what keeps a server from starting or from being safe.

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    thread,
    time::Duration,
};

use anyhow::Context;
use engine::{Engine, Key, Options, Readiness, layout};
use eventlog::SqliteStore;
use serde::Serialize;

use crate::{
    config, demo, private,
    progress::Progress,
    terminal::{count, say},
};

/// How often to look how far the trial replay is.
const LOOK: Duration = Duration::from_millis(20);
/// How long a program on the address may take to say what it is.
const KNOCK: Duration = Duration::from_secs(2);

/// Look for what keeps a server from starting or from being safe; works beside a running one.
///
/// The event log is checked by replaying a copy of it, which is deleted afterwards. Nothing else is
/// written.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The data directory.
    #[arg(long, env = "CORDBOARD_DATA_DIR", default_value = config::DATA_DIR)]
    data_dir: PathBuf,
    /// The address that the server would listen on.
    #[arg(long, default_value = config::LISTEN)]
    listen: String,
}

/// What one look found.
#[derive(Serialize)]
struct Found {
    check: &'static str,
    ok: bool,
    text: String,
}

pub(crate) fn run(args: &Args, json: bool) -> ExitCode {
    let mut healthy = true;
    let mut tell = |check, looked: anyhow::Result<String>| {
        let found = match looked {
            Ok(text) => Found { check, ok: true, text },
            Err(error) => Found { check, ok: false, text: format!("{error:#}") },
        };
        healthy &= found.ok;
        if json {
            say(&serde_json::to_string(&found).expect("texts can be written"));
        } else {
            let mark = if found.ok { "ok  " } else { "FAIL" };
            say(&format!("{mark}  {:<15} {}", found.check, found.text));
        }
    };
    tell("data directory", look_at_directory(&args.data_dir));
    tell("master key", look_at_key(&args.data_dir));
    tell("private files", look_at_files(&args.data_dir));
    tell("event log", look_at_log(&args.data_dir));
    tell("address", look_at_address(&args.listen));
    if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn look_at_directory(data_dir: &Path) -> anyhow::Result<String> {
    let shown = data_dir.display();
    match fs::metadata(data_dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok(format!("{shown} is not there yet; the server makes it"));
        }
        found => anyhow::ensure!(found?.is_dir(), "{shown} is no directory"),
    }
    if let Some(why) = private::open_to_others(data_dir)? {
        anyhow::bail!("{shown} {why}: chmod 700 it");
    }
    tempfile_in(data_dir).with_context(|| format!("{shown} cannot be written"))?;
    Ok(format!("{shown} is private and can be written"))
}

fn tempfile_in(data_dir: &Path) -> std::io::Result<()> {
    let path = data_dir.join(format!("doctor-{}", std::process::id()));
    private::write(&path, b"")?;
    fs::remove_file(path)
}

fn look_at_key(data_dir: &Path) -> anyhow::Result<String> {
    let from_environment = std::env::var_os(engine::KEY_VARIABLE).is_some();
    let path = layout::key(data_dir);
    if !from_environment && !path.exists() && !layout::log(data_dir).exists() {
        return Ok("there is none yet; the server makes it".to_owned());
    }
    let key = Key::load_or_create(data_dir)?;
    let place = match from_environment {
        true => engine::KEY_VARIABLE.to_owned(),
        false => path.display().to_string(),
    };
    Ok(format!("{} in {place}", key.fingerprint()))
}

fn look_at_files(data_dir: &Path) -> anyhow::Result<String> {
    let log = layout::log(data_dir);
    let candidates = [layout::key(data_dir), log, data_dir.join(demo::SECRETS_FILE)];
    let files: Vec<PathBuf> = candidates.into_iter().filter(|file| file.exists()).collect();
    for file in &files {
        if let Some(why) = private::open_to_others(file)? {
            anyhow::bail!("{} {why}: chmod 600 it", file.display());
        }
    }
    Ok(format!("{} readable by this user alone", count(files.len(), "file")))
}

fn look_at_log(data_dir: &Path) -> anyhow::Result<String> {
    let log = layout::log(data_dir);
    if !log.exists() {
        return Ok("there is none yet; the server makes it".to_owned());
    }
    let copy = std::env::temp_dir().join(format!("cordboard-doctor-{}", std::process::id()));
    crate::data::create(&copy)?;
    let read = replay_copy(data_dir, &copy);
    fs::remove_dir_all(&copy).with_context(|| format!("removing {}", copy.display()))?;
    read
}

fn replay_copy(data_dir: &Path, copy: &Path) -> anyhow::Result<String> {
    let progress = Progress::new("copying", "pages");
    let to = layout::log(copy);
    eventlog::backup_database(&layout::log(data_dir), &to, &mut |done, all| {
        progress.set(done, all)
    })?;
    progress.done();
    let key = Key::load_or_create(data_dir)?;
    let store = Arc::new(SqliteStore::open(&to)?);
    let options = Options { snapshot_every_events: 0, ..Options::new(copy, key) };
    let engine = Engine::start(store, options)?;
    let progress = Progress::new("replaying", "records");
    while let Some((position, end)) = recovering(&engine) {
        progress.set(position, end);
        thread::sleep(LOOK);
    }
    progress.done();
    let tenants = engine.tenants();
    engine.stop();
    let mut words = Vec::new();
    for tenant in tenants {
        match tenant.readiness {
            Readiness::Ready => words.push(format!("{}: {} records", tenant.id, tenant.position)),
            Readiness::Refused(why) | Readiness::Unavailable(why) => {
                anyhow::bail!("tenant {}: {why}", tenant.id)
            }
            Readiness::Recovering { .. } | Readiness::Stopped => {}
        }
    }
    Ok(format!("every record is readable ({})", words.join(", ")))
}

/// How far the trial replay is, in all tenants together; `None` when it is over.
fn recovering(engine: &Engine) -> Option<(u64, u64)> {
    let tenants = engine.tenants().into_iter();
    let behind = tenants.filter_map(|tenant| match tenant.readiness {
        Readiness::Recovering { position, end } => Some((position, end)),
        _ => None,
    });
    behind.reduce(|a, b| (a.0 + b.0, a.1 + b.1))
}

fn look_at_address(listen: &str) -> anyhow::Result<String> {
    let address = listen
        .to_socket_addrs()
        .ok()
        .and_then(|mut found| found.next())
        .with_context(|| format!("{listen} is no address and port"))?;
    match TcpListener::bind(address) {
        Ok(_) => Ok(format!("{address} is free")),
        Err(error) if error.kind() == ErrorKind::AddrInUse && is_cordboard(address) => {
            Ok(format!("a Cordboard is serving on {address}"))
        }
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            anyhow::bail!("{address} is taken by another program")
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on {address}")),
    }
}

/// Whether the program on an address answers as a server of ours does. One that speaks TLS is not known.
fn is_cordboard(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, KNOCK)?;
        stream.set_read_timeout(Some(KNOCK))?;
        write!(stream, "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.take(4096).read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok"))
}
