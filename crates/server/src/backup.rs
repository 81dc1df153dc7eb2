//! `cordboard backup`: a copy of the logs, while the server runs or not.

use std::path::{self, PathBuf};

use anyhow::Context;

use crate::{
    control,
    operation::Operation,
    progress::Progress,
    terminal::{count, say},
};

/// Copy the event logs to a new directory, while the server runs or not.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The directory of the copy: new or empty.
    to: PathBuf,
    /// The data directory.
    #[arg(long, env = "CORDBOARD_DATA_DIR", default_value = crate::config::DATA_DIR)]
    data_dir: PathBuf,
    /// Put the master key into the copy. Without it the copy's secrets cannot be read; with it they can,
    /// by whoever gets hold of the copy.
    #[arg(long)]
    include_key: bool,
}

#[tokio::main]
pub(crate) async fn run(args: Args, json: bool) -> anyhow::Result<()> {
    anyhow::ensure!(
        engine::layout::log(&args.data_dir).exists(),
        "there is no event log in {}",
        args.data_dir.display()
    );
    let to = path::absolute(&args.to)?;
    let progress = Progress::new("copying", "pages");
    let shown = progress.clone();
    let operation = Operation::Backup { to: to.clone(), include_key: args.include_key };
    let show = move |done, all| shown.set(done, all);
    let manifest = control::perform(&args.data_dir, operation, show)
        .await
        .with_context(|| format!("no backup of {}", args.data_dir.display()))?;
    progress.done();
    if json {
        say(&manifest.to_string());
        return Ok(());
    }
    let tenants = count(manifest["tenants"].as_array().map_or(0, Vec::len), "tenant");
    let bytes = &manifest["databaseBytes"];
    say(&format!("copied {tenants} to {} ({bytes} bytes)", to.display()));
    if !args.include_key {
        let fingerprint = manifest["keyFingerprint"].as_str().unwrap_or_default();
        say(&format!("the master key {fingerprint} is not in it: keep it elsewhere"));
    }
    Ok(())
}
