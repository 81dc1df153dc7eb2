//! `site`: a tenant to load, set up in a new data directory before a server opens it. Prints one JSON object:
//! who can log in.

use std::path::PathBuf;

use clap::Parser;
use serde_json::json;
use sim::site::{self, NUMBER, PASSWORD};

/// Sets a tenant with many agents up.
#[derive(Parser)]
struct Options {
    /// The data directory: it is there, and empty.
    data_dir: PathBuf,
    /// How many agents work there.
    #[arg(long, default_value_t = 200)]
    agents: u32,
}

#[expect(clippy::print_stdout, reason = "the line is what the program is for")]
fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let site = site::prepare(&options.data_dir, options.agents)?;
    let told = json!({
        "supervisor": site.supervisor,
        "password": PASSWORD,
        "number": NUMBER,
        "agents": options.agents,
    });
    println!("{told}");
    Ok(())
}
