//! `cordboard call`: a telephone in the terminal, on the simulated carrier of a running server.

use std::{
    io::{self, BufRead, IsTerminal},
    path::PathBuf,
    time::Duration,
};

use model::limits::DIGITS_MAX;
use reqwest::StatusCode;
use serde_json::json;
use tokio::{
    sync::mpsc,
    time::{Instant, interval, timeout_at},
};

pub(crate) mod carrier;
mod screen;

use self::{
    carrier::{Call, Line, State},
    screen::Screen,
};
use crate::client::{Client, Refusal};

/// How often to ask what the call is doing.
const LISTEN_EVERY: Duration = Duration::from_millis(250);
/// How long the server may take to take the hang-up in.
const HANG_UP: Duration = Duration::from_secs(3);
/// How long a server that does not answer is waited for: calls outlive its restart.
const PATIENCE: Duration = Duration::from_secs(60);

/// Call a number, hear its prompts as text, press its keys.
///
/// Type digits and Enter to press keys; `h` and Enter, or Ctrl-C, hangs up. Works in a pipe, too: keys
/// are then pressed as soon as they are asked for.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The number to call, such as +15551230001.
    to: String,
    /// The number that calls.
    #[arg(long, default_value = "+15555550123")]
    from: String,
    /// The caller's name.
    #[arg(long)]
    name: Option<String>,
    /// Where the server is.
    #[arg(long, env = "CORDBOARD_URL", default_value = crate::DEFAULT_URL)]
    url: String,
    /// Certificates to trust, as a PEM file, instead of the system's.
    #[arg(long)]
    ca: Option<PathBuf>,
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run(args: Args, json: bool) -> anyhow::Result<()> {
    let client = Client::new(&args.url, args.ca.as_deref())?;
    let mut screen = Screen::new(json);
    let call = json!({ "from": args.from, "to": args.to, "callerName": args.name });
    let line = Line::dial(&client, &call).await?;
    screen.connected(&line, &args.to);
    let (typed, heard) = (String::new(), Call::default());
    let mut telephone = Telephone { line, screen, typed, heard, silent_since: None };
    telephone.talk(&mut keyboard()).await
}

/// Lines typed, or piped in. Read by a thread of its own, because nothing else can stop waiting for
/// a line when the call ends.
fn keyboard() -> mpsc::Receiver<String> {
    let (sender, lines) = mpsc::channel(16);
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if sender.blocking_send(line).is_err() {
                return;
            }
        }
    });
    lines
}

struct Telephone {
    line: Line,
    screen: Screen,
    /// Keys not pressed yet, because nobody asks for them.
    typed: String,
    /// What was last heard of the call.
    heard: Call,
    /// Since when the server has not answered.
    silent_since: Option<Instant>,
}

impl Telephone {
    async fn talk(&mut self, keyboard: &mut mpsc::Receiver<String>) -> anyhow::Result<()> {
        let mut listen = interval(LISTEN_EVERY);
        let interrupted = crate::signals::stop()?;
        tokio::pin!(interrupted);
        let mut typing = true;
        loop {
            tokio::select! {
                _ = listen.tick() => {
                    if self.listen().await? {
                        return Ok(());
                    }
                }
                line = keyboard.recv(), if typing => match line.as_deref().map(str::trim) {
                    Some("h") => return self.hang_up().await,
                    Some(digits) => self.type_in(digits),
                    None => typing = false,
                },
                () = &mut interrupted => return self.hang_up().await,
            }
        }
    }

    /// Hears what is new and presses what is asked for; whether the call is over.
    async fn listen(&mut self) -> anyhow::Result<bool> {
        let heard = self.hear().await;
        match heard {
            Ok(()) => self.silent_since = None,
            Err(error) => self.be_patient(error)?,
        }
        Ok(self.heard.state == State::Ended)
    }

    async fn hear(&mut self) -> anyhow::Result<()> {
        let call = self.line.call().await?;
        self.screen.show(&self.heard, &call);
        self.heard = call;
        if self.heard.awaiting.is_some() && !self.typed.is_empty() {
            self.line.press(&self.typed).await?;
            self.typed.clear();
        }
        Ok(())
    }

    /// A server that is not there may come back; one that refuses means it.
    fn be_patient(&mut self, error: anyhow::Error) -> anyhow::Result<()> {
        let refused = error.downcast_ref::<Refusal>();
        if refused.is_some_and(|refusal| refusal.status != StatusCode::SERVICE_UNAVAILABLE) {
            return Err(error);
        }
        if self.silent_since.is_none() {
            self.screen.hint("the server does not answer; waiting for it");
        }
        let since = *self.silent_since.get_or_insert_with(Instant::now);
        if since.elapsed() < PATIENCE { Ok(()) } else { Err(error) }
    }

    fn type_in(&mut self, digits: &str) {
        let fits = self.typed.len() + digits.len() <= DIGITS_MAX;
        if !fits || !digits.bytes().all(|key| key.is_ascii_digit() || b"*#".contains(&key)) {
            self.screen.hint("keys are 0 to 9, * and #, at most 32; h hangs up");
        } else if self.heard.awaiting.is_none() && io::stdin().is_terminal() {
            self.screen.hint("nobody is asking for keys now");
        } else {
            self.typed.push_str(digits);
        }
    }

    async fn hang_up(&mut self) -> anyhow::Result<()> {
        self.line.hang_up().await?;
        let deadline = Instant::now() + HANG_UP;
        let mut listen = interval(LISTEN_EVERY);
        while timeout_at(deadline, listen.tick()).await.is_ok() {
            if self.listen().await? {
                return Ok(());
            }
        }
        Ok(())
    }
}
