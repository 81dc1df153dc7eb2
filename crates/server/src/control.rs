//! The control socket: how the command line reaches the server that has the data directory open.
//!
//! Whoever may use the data directory may use the socket, and nobody else: its mode is 0600. One
//! operation per connection: a line of JSON in, then lines of progress, at last one with the outcome.

use std::{
    fs::{self, Permissions},
    io::{self, BufRead, BufReader, Read, Write},
    os::unix::{fs::PermissionsExt, net::UnixStream as BlockingStream},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use engine::Engine;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::{net::UnixListener, task};

use crate::{data, operation::Operation};

/// Bytes of an operation; a name and a path are far less.
const OPERATION_BYTES_MAX: u64 = 64 * 1024;

/// How long an operator may take to say what is wanted.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the server says while it works, and at last.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Answer {
    Progress(u64, u64),
    Done(Value),
    Failed(String),
}

fn socket(data_dir: &Path) -> PathBuf {
    data_dir.join("control.sock")
}

/// Takes operations until it is dropped. The caller has the data directory open, so a socket that lies
/// there already is left over from a server that died.
pub(crate) async fn serve(data_dir: &Path, engine: Engine) -> io::Result<()> {
    let path = socket(data_dir);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(&path)?;
    fs::set_permissions(&path, Permissions::from_mode(0o600))?;
    loop {
        let (stream, _) = listener.accept().await?;
        let engine = engine.clone();
        task::spawn_blocking(move || {
            let attended = stream.into_std().and_then(|stream| {
                stream.set_nonblocking(false)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                attend(stream, &engine)
            });
            if let Err(error) = attended {
                tracing::debug!(%error, "an operator went away");
            }
        });
    }
}

fn attend(mut stream: BlockingStream, engine: &Engine) -> io::Result<()> {
    let mut line = String::new();
    let asked = BufReader::new(&stream).take(OPERATION_BYTES_MAX).read_line(&mut line)?;
    if asked == 0 {
        return Ok(());
    }
    let outcome = serde_json::from_str::<Operation>(&line).map_err(anyhow::Error::from).and_then(
        |operation| {
            let mut progress = |done, all| _ = tell(&mut stream, &Answer::Progress(done, all));
            operation.run(engine, &mut progress)
        },
    );
    let answer = match outcome {
        Ok(value) => Answer::Done(value),
        Err(error) => Answer::Failed(format!("{error:#}")),
    };
    tell(&mut stream, &answer)
}

fn tell(stream: &mut BlockingStream, answer: &Answer) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    stream.write_all(&line)
}

/// Lets the server that has the data directory open do it; does it here when there is none.
pub(crate) async fn perform(
    data_dir: &Path,
    operation: Operation,
    mut progress: impl FnMut(u64, u64) + Send + 'static,
) -> anyhow::Result<Value> {
    let data_dir = data_dir.to_owned();
    task::spawn_blocking(move || match BlockingStream::connect(socket(&data_dir)) {
        Ok(stream) => ask(stream, &operation, &mut progress),
        Err(_) => {
            let engine = data::open(&data_dir)?;
            let done = operation.run(&engine, &mut progress);
            engine.stop();
            done
        }
    })
    .await?
}

fn ask(
    mut stream: BlockingStream,
    operation: &Operation,
    progress: &mut dyn FnMut(u64, u64),
) -> anyhow::Result<Value> {
    let mut line = serde_json::to_vec(operation)?;
    line.push(b'\n');
    stream.write_all(&line).context("asking the running server")?;
    for line in BufReader::new(stream).lines() {
        match serde_json::from_str(&line.context("hearing from the running server")?)? {
            Answer::Progress(done, all) => progress(done, all),
            Answer::Done(value) => return Ok(value),
            Answer::Failed(why) => bail!(why),
        }
    }
    bail!("the running server went away before it was done")
}
