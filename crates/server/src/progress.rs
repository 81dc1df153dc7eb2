//! Progress of what takes longer than a second, for people at a terminal.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that appears when it is worth it. Draws on standard error, and only on a terminal.
#[derive(Clone)]
pub(crate) struct Progress {
    bar: ProgressBar,
    began: Instant,
}

impl Progress {
    /// A bar for `what`, in `unit`s.
    pub(crate) fn new(what: &'static str, unit: &str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let template = format!("{{msg}} {{bar:32}} {{percent}} % of {{len}} {unit}, {{eta}} left");
        bar.set_style(ProgressStyle::with_template(&template).expect("a template that is right"));
        bar.set_message(what);
        Self { bar, began: Instant::now() }
    }

    /// So much is done of so much.
    pub(crate) fn set(&self, done: u64, all: u64) {
        if self.bar.is_hidden() && self.began.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(all);
        self.bar.set_position(done);
    }

    /// Takes the bar away.
    pub(crate) fn done(self) {
        self.bar.finish_and_clear();
    }
}
