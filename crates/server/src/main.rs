//! `cordboard`: a contact center. One binary, many roles.

use std::{io, process::ExitCode};

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

mod assets;
mod backup;
mod call;
mod client;
mod config;
mod control;
mod data;
mod demo;
mod doctor;
mod log;
mod operation;
mod private;
mod progress;
mod restore;
mod secret;
mod serve;
mod signals;
mod tenant;
mod terminal;
mod traffic;

/// Requests, events and replies are made on one thread and dropped on another, which the system's allocator
/// serves under locks.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Where a server is unless the command line says otherwise.
const DEFAULT_URL: &str = "http://127.0.0.1:8088";
/// The exit code when the address to listen on is taken, so that callers can suggest another.
const ADDRESS_TAKEN: u8 = 98;

/// A self-hosted contact center.
#[derive(Parser)]
#[command(name = "cordboard", version, propagate_version = true)]
struct Cordboard {
    #[command(subcommand)]
    role: Role,
    /// Print JSON instead of words.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Role {
    Serve(serve::Args),
    Call(call::Args),
    Tenant(tenant::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Doctor(doctor::Args),
}

fn main() -> ExitCode {
    let Cordboard { role, json } = Cordboard::parse();
    // Before anything speaks TLS; it fails only when somebody else chose one already.
    _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let done = match role {
        Role::Serve(args) => serve::run(args, json),
        Role::Call(args) => call::run(args, json),
        Role::Tenant(args) => tenant::run(args, json),
        Role::Backup(args) => backup::run(args, json),
        Role::Restore(args) => restore::run(&args, json),
        Role::Doctor(args) => return doctor::run(&args, json),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error, json),
    }
}

#[expect(clippy::print_stderr, reason = "the last words of a program that failed")]
fn fail(error: &anyhow::Error, json: bool) -> ExitCode {
    if json {
        eprintln!("{}", serde_json::json!({ "error": format!("{error:#}") }));
    } else {
        eprintln!("cordboard: {error:#}");
    }
    let taken = error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::AddrInUse);
    if taken { ExitCode::from(ADDRESS_TAKEN) } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verify_cli() {
        use clap::CommandFactory;
        Cordboard::command().debug_assert();
    }
}
