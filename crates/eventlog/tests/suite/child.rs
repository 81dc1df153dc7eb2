//! The test binary as another process: a test starts it again to run one test, with a directory to work in.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

const DIRECTORY: &str = "EVENTLOG_TEST_CHILD";

/// The directory given, in the process started by [`start`]; `None` in the ordinary run of the tests.
pub(crate) fn directory() -> Option<PathBuf> {
    std::env::var_os(DIRECTORY).map(PathBuf::from)
}

/// A process that runs one test; it is killed with this.
pub(crate) struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
}

/// Starts `test` (a path such as `kill::writer`) as a process. A file that grows past a limit is an error
/// there, not a signal that kills it.
pub(crate) fn start(test: &str, directory: &Path) -> Process {
    let mut child = Command::new("sh")
        .args(["-c", r#"trap "" XFSZ; exec "$@""#, "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(DIRECTORY, directory)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    Process { child, output }
}

impl Process {
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next whole line it printed; `None` at the end.
    pub(crate) fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.strip_suffix('\n').map(str::to_owned)
    }

    /// Ends it as it stands: it cannot do a thing any more.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end; returns whether its test passed.
    pub(crate) fn passed(mut self) -> bool {
        while let Some(line) = self.line() {
            println!("child: {line}");
        }
        self.child.wait().unwrap().success()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
