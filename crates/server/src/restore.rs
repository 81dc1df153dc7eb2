//! `cordboard restore`: a new data directory from a copy.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::Context;
use engine::{backup, layout};

use crate::{
    progress::Progress,
    terminal::{count, say},
};

/// How often to look how far it is.
const LOOK: Duration = Duration::from_millis(100);

/// Make a new data directory from a copy.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The copy.
    from: PathBuf,
    /// The data directory: new or empty.
    #[arg(long, env = "CORDBOARD_DATA_DIR", default_value = crate::config::DATA_DIR)]
    data_dir: PathBuf,
}

pub(crate) fn run(args: &Args, json: bool) -> anyhow::Result<()> {
    let progress = Progress::new("restoring", "bytes");
    let manifest = thread::scope(|scope| {
        let restoring = scope.spawn(|| backup::restore(&args.from, &args.data_dir));
        let all = size(&layout::log(&args.from));
        while !restoring.is_finished() {
            progress.set(size(&layout::log(&args.data_dir)), all);
            thread::sleep(LOOK);
        }
        restoring.join().expect("it reports what goes wrong instead of panicking")
    })
    .with_context(|| format!("nothing was restored from {}", args.from.display()))?;
    progress.done();
    if json {
        say(&serde_json::to_string(&manifest)?);
        return Ok(());
    }
    let (tenants, bytes) = (count(manifest.tenants.len(), "tenant"), manifest.database_bytes);
    say(&format!("restored {tenants} to {} ({bytes} bytes)", args.data_dir.display()));
    if !manifest.key_included {
        let key = layout::key(&args.data_dir);
        let fingerprint = &manifest.key_fingerprint;
        say(&format!("put the master key {fingerprint} to {} before you start", key.display()));
    }
    Ok(())
}

/// 0 while there is no file.
fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}
