//! A PostgreSQL of our own, in a directory of its own, for as long as somebody compares with it.

use std::{
    fs,
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};
use tempfile::TempDir;

use crate::server::directory;

const START: Duration = Duration::from_secs(30);

/// A running PostgreSQL. Stopped when dropped.
#[derive(Debug)]
pub struct Postgres {
    child: Child,
    directory: TempDir,
    /// The user it knows.
    pub user: String,
}

/// Whom it runs as: PostgreSQL refuses to be root.
struct User {
    name: String,
    ids: Option<(u32, u32)>,
}

impl User {
    fn find() -> anyhow::Result<Self> {
        let id = |arguments: &[&str]| said(Command::new("id").args(arguments));
        if id(&["-u"])? != "0" {
            return Ok(Self { name: id(&["-un"])?, ids: None });
        }
        let name = "postgres".to_owned();
        let ids = Some((id(&["-u", &name])?.parse()?, id(&["-g", &name])?.parse()?));
        Ok(Self { name, ids })
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Some((user, group)) = self.ids {
            command.uid(user).gid(group);
        }
        command
    }
}

/// Whether PostgreSQL is installed.
#[must_use]
pub fn is_installed() -> bool {
    programs().is_some()
}

/// Where Debian has the server's programs.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let programs = versions.flatten().map(|version| version.path().join("bin"));
    programs.filter(|programs| programs.join("postgres").is_file()).max()
}

impl Postgres {
    /// Starts one that listens on a socket in its own directory only. It is set up as it comes, which
    /// means that a commit is on disk when it is acknowledged.
    ///
    /// # Errors
    /// When it is not installed or does not start.
    pub fn start() -> anyhow::Result<Self> {
        let programs = programs().context("PostgreSQL is not installed")?;
        let user = User::find()?;
        let directory = directory()?;
        if let Some((owner, group)) = user.ids {
            chown(directory.path(), Some(owner), Some(group))?;
        }
        let data = directory.path().join("data");
        let made = user
            .command(&programs.join("initdb"))
            .current_dir(directory.path())
            .args(["--auth=trust", "--encoding=UTF8", "--no-locale", "-D"])
            .arg(&data)
            .output()?;
        check("initdb", &made)?;
        let mut command = user.command(&programs.join("postgres"));
        command.arg("-D").arg(&data).arg("-k").arg(directory.path());
        command.args(["-c", "listen_addresses="]).current_dir(directory.path());
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let postgres = Self { child, directory, user: user.name };
        let begun = Instant::now();
        let ready = || {
            let asked = Command::new(programs.join("pg_isready"))
                .arg("-q")
                .arg("-h")
                .arg(postgres.directory.path())
                .status();
            asked.is_ok_and(|status| status.success())
        };
        while !ready() {
            ensure!(begun.elapsed() < START, "PostgreSQL does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(postgres)
    }

    /// The directory of its socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        self.directory.path()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT: it rolls back what is open and ends. A failure leaves nothing that could be done here.
        let _ = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

fn said(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output()?;
    check("id", &output)?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn check(what: &str, output: &Output) -> anyhow::Result<()> {
    if output.status.success() {
        return Ok(());
    }
    bail!("{what} failed: {}", String::from_utf8_lossy(&output.stderr).trim())
}
