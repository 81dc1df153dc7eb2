//! One simulated day: the kernel, its log, a replica that follows the durable part, and crashes.

use std::hash::{DefaultHasher, Hasher as _};

use kernel::{State, execute, invariant};
use measure::Measures;
use model::{
    Command, InteractionId, Recorded, Rejection, Timestamp, bytes,
    command::{AgentCommand, InteractionCommand, Request},
    status::Status,
};
use rand::{RngExt as _, SeedableRng as _};
use rand_pcg::Pcg64;

use crate::{
    oracle::Oracle,
    recount::{self, Recount},
    tenant::{self, AGENTS},
    told::Told,
    workload,
};

/// When the simulated day begins.
const START: Timestamp = Timestamp(1_790_000_000_000);
/// Virtual time in which everything must be over once customers stop coming.
const DRAIN_TURNS: u32 = 20_000;
/// How many flushes there are to one recount of all measures, and one restart of what subscribers are told.
const RECOUNT_EVERY: u32 = 10;

/// What a day came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// Requests and wake-ups executed.
    pub turns: u64,
    /// Of these, refused.
    pub refused: u64,
    /// Events in the log at the end.
    pub events: u64,
    /// Crashes survived.
    pub crashes: u64,
    /// Interactions that came and went.
    pub finished: u64,
    /// Offers made, accepted, rejected, timed out, withdrawn.
    pub offers: [u64; 5],
    /// Calls dialled, calls answered, customers handed on, agents who joined others.
    pub lines: [u64; 4],
    /// Hash of all bytes of the log: equal for equal seeds.
    pub digest: u64,
}

struct World {
    rng: Pcg64,
    now: Timestamp,
    live: State,
    log: Vec<Vec<Recorded>>,
    /// How many turns of the log are durable, and the state they give.
    durable: usize,
    replica: State,
    oracle: Oracle,
    measures: Measures,
    recount: Recount,
    told: Told,
    report: Report,
    serial: u64,
}

/// Plays `turns` turns of the day of `seed`, then lets it end.
///
/// # Errors
/// The first thing that was not as it must be, with the seed and turn to see it again.
pub fn run(seed: u64, turns: u64) -> Result<Report, String> {
    let mut world = World {
        rng: Pcg64::seed_from_u64(seed),
        now: START,
        live: State::default(),
        log: Vec::new(),
        durable: 0,
        replica: State::default(),
        oracle: Oracle::default(),
        measures: Measures::default(),
        recount: Recount::default(),
        told: Told::default(),
        report: Report { seed, ..Report::default() },
        serial: 0,
    };
    world
        .play(turns)
        .map_err(|fault| format!("seed {seed}, turn {}: {fault}", world.report.turns))?;
    Ok(world.finish())
}

impl World {
    fn play(&mut self, turns: u64) -> Result<(), String> {
        self.turn(&Command::Configure(tenant::settings()).into())?;
        for _ in 0..turns {
            self.advance()?;
            self.serial += 1;
            let request = workload::next(&mut self.rng, &self.live, self.now, self.serial);
            self.turn(&request)?;
            match self.rng.random_range(0..200) {
                0 => self.crash()?,
                1..40 => self.flush(self.log.len())?,
                _ => {}
            }
        }
        self.drain()
    }

    /// Time passes, mostly forwards; what is due on the way is done on time or late.
    fn advance(&mut self) -> Result<(), String> {
        let step = self.rng.random_range(0..4_000);
        let target = if self.rng.random_bool(0.02) {
            self.now.plus(step * 100)
        } else {
            self.now.plus(step)
        };
        while let Some(due) = self.live.next_wakeup().filter(|due| *due <= target) {
            self.now = self.now.max(due);
            self.wake()?;
        }
        self.now = target;
        Ok(())
    }

    fn wake(&mut self) -> Result<(), String> {
        let before = self.live.next_wakeup();
        let events = self.turn(&Command::Wake.into())?;
        if events == 0 && self.live.next_wakeup() == before {
            return Err(format!("{before:?} is due and nothing happens"));
        }
        Ok(())
    }

    /// One request; how many events it caused.
    fn turn(&mut self, request: &Request) -> Result<usize, String> {
        self.report.turns += 1;
        match execute(&mut self.live, request, self.now) {
            Ok(events) => {
                invariant::check(&self.live)
                    .map_err(|fault| format!("after {request:?}: {fault}"))?;
                let at = self.now;
                let count = events.len();
                self.log.push(events.into_iter().map(|event| Recorded { at, event }).collect());
                Ok(count)
            }
            Err(Rejection::InvalidSetting(fault)) => {
                Err(format!("{}: {}", fault.field, fault.message))
            }
            Err(Rejection::InvalidScript(faults)) => Err(format!("{faults:?}")),
            Err(_) => {
                self.report.refused += 1;
                Ok(0)
            }
        }
    }

    /// The first `turns` turns are on disk now: the replica follows them through bytes, as replay would.
    fn flush(&mut self, turns: usize) -> Result<(), String> {
        for recorded in self.log[self.durable..turns].iter().flatten() {
            let read =
                bytes::decode(&bytes::encode(recorded)).map_err(|error| error.to_string())?;
            if read != *recorded {
                return Err(format!("bytes lose something of {recorded:?}"));
            }
            self.oracle.see(&read.event, &self.replica, read.at)?;
            self.replica.apply(&read.event, read.at);
            self.measures.apply(self.measures.position() + 1, read.at, &read.event);
            self.recount.see(&read.event, read.at);
            self.told.see(&read.event, read.at)?;
        }
        self.durable = turns;
        recount::agree(self.measures.reading(self.now), &self.replica)?;
        self.told.agree(&self.replica)?;
        // Recounting takes as long as the day has been: not after every turn.
        if self.rng.random_ratio(1, RECOUNT_EVERY) {
            self.recount.compare(self.measures.reading(self.now))?;
            self.told.restart()?;
        }
        if turns == self.log.len() && self.replica != self.live {
            return Err("replay of the log gives another state".to_owned());
        }
        Ok(())
    }

    /// The machine dies: some of what was not yet flushed may be on disk all the same.
    fn crash(&mut self) -> Result<(), String> {
        let survives = self.rng.random_range(self.durable..=self.log.len());
        self.flush(survives)?;
        self.log.truncate(survives);
        self.live = self.replica.clone();
        self.report.crashes += 1;
        invariant::check(&self.live)
    }

    /// Nobody comes any more and everybody works: all interactions must end.
    fn drain(&mut self) -> Result<(), String> {
        for _ in 0..DRAIN_TURNS {
            if self.live.open_count() == 0 {
                self.flush(self.log.len())?;
                self.recount.compare(self.measures.reading(self.now))?;
                self.told.end(self.log.iter().flatten())?;
                let open = self.oracle.open_count();
                return if open == 0 {
                    Ok(())
                } else {
                    Err(format!("{open} interactions never ended"))
                };
            }
            self.advance()?;
            let agent = tenant::agent(self.rng.random_range(1..=AGENTS));
            let command =
                AgentCommand::SetStatus { agent, status: Status::Available, reason: None };
            self.turn(&Command::Agent(command).into())?;
            let request = workload::next(&mut self.rng, &self.live, self.now, self.serial);
            if goes_on(&request.command) {
                self.turn(&request)?;
            }
        }
        let open = self.live.interactions_after(InteractionId(0)).next();
        let open = open.map(|open| (open.id, &open.place, &open.papers));
        Err(format!("{} still open after the drain: {open:?}", self.live.open_count()))
    }

    fn finish(mut self) -> Report {
        let mut hasher = DefaultHasher::new();
        for recorded in self.log.iter().flatten() {
            hasher.write(&bytes::encode(recorded));
            self.report.events += 1;
        }
        let Oracle {
            finished,
            offers,
            accepted,
            declined: [rejected, timed_out, withdrawn],
            lines,
            ..
        } = self.oracle;
        self.report.lines = lines;
        self.report.digest = hasher.finish();
        self.report.finished = finished;
        self.report.offers = [offers, accepted, rejected, timed_out, withdrawn];
        self.report
    }
}

/// What brings an end nearer: agents work on what they have, numbers outside answer or hang up.
fn goes_on(command: &Command) -> bool {
    match command {
        Command::Agent(AgentCommand::SetStatus { .. } | AgentCommand::Dial { .. }) => false,
        Command::Agent(_) => true,
        Command::Interaction(
            InteractionCommand::PartyAnswers { .. }
            | InteractionCommand::PartyDeclines { .. }
            | InteractionCommand::PartyLeaves { .. },
        ) => true,
        Command::Interaction(_)
        | Command::Access(_)
        | Command::Administer(_)
        | Command::Configure(_)
        | Command::Supervise { .. }
        | Command::SecretLink(_)
        | Command::Wake => false,
    }
}
