//! The program's own log, on standard error: what operators need, never what customers said.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// What is logged when `CORDBOARD_LOG` does not say otherwise: everything worth knowing, but not every
/// request that went well.
const FILTER: &str = "info,http=warn,memory_serve=warn";

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// Begins to log. `CORDBOARD_LOG` filters, as in `warn,engine=debug`.
pub(crate) fn init(format: Format) {
    let filter =
        EnvFilter::try_from_env("CORDBOARD_LOG").unwrap_or_else(|_| EnvFilter::new(FILTER));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        Format::Text => lines.with_ansi(std::io::stderr().is_terminal()).init(),
        Format::Json => lines.json().flatten_event(true).init(),
    }
}
