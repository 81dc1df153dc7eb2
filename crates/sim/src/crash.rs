//! Power cuts: the real binary under load, killed at random moments and started again on the same data.
//! Clients keep a ledger of what was acknowledged; after each restart it is compared with what is there.

use std::{
    cell::{Cell, RefCell},
    path::Path,
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::ensure;
use rand::{RngExt as _, SeedableRng as _};
use rand_pcg::Pcg64;
use tokio::task::{JoinSet, LocalSet};

use crate::{
    server::{self, Server},
    site::{self, Site},
};

mod agents;
mod check;
mod customers;
mod ledger;

use ledger::Ledger;

/// How a run is made.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The same seed kills at the same moments.
    pub seed: u64,
    /// How often the server is killed.
    pub rounds: u32,
    /// Calls kept alive.
    pub calls: usize,
    /// Agents at work.
    pub agents: u32,
}

/// One kill and what was found afterwards.
#[derive(Clone, Copy, Debug, Default)]
pub struct Killed {
    /// Counted from 1.
    pub round: u32,
    /// Calls that were acknowledged and not over.
    pub open: usize,
    /// Writes acknowledged since the first round.
    pub acknowledged: u64,
    /// From the new process's start until `/readyz` answered 200.
    pub restart: Duration,
    /// Calls, variables and offers compared with what was acknowledged.
    pub checked: [u64; 3],
    /// Writes without an answer, sent again with their idempotency keys.
    pub repeated: u64,
    /// Contradictions between what was acknowledged and what is there.
    pub faults: usize,
}

/// How long the fully loaded server runs before it is killed, in milliseconds.
const LIFE_MS: std::ops::Range<u64> = 200..3_000;
/// How long it may take until enough calls are open.
const FILL: Duration = Duration::from_secs(180);
/// How long to wait before asking again a server that is not ready.
const RETRY: Duration = Duration::from_millis(20);
/// Connections that customers share.
const LINES: usize = 24;

/// What all workers of one life of the server share.
#[derive(Clone)]
struct Round {
    ledger: Rc<RefCell<Ledger>>,
    site: Rc<Site>,
    over: Rc<Cell<bool>>,
}

impl Round {
    fn is_over(&self) -> bool {
        self.over.get()
    }
}

/// Runs the plan. `killed` hears of each round; the answer is what was contradictory.
///
/// # Errors
/// When the server does not start, or does not answer at all.
pub fn run(
    binary: &Path,
    plan: Plan,
    mut killed: impl FnMut(Killed),
) -> anyhow::Result<Vec<String>> {
    let data = server::directory()?;
    let site = Rc::new(site::prepare(data.path(), plan.agents)?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, async {
        let mut rng = Pcg64::seed_from_u64(plan.seed);
        let ledger = Rc::new(RefCell::new(Ledger::default()));
        let mut server = Server::start(binary, data.path()).await?;
        let supervisor = log_in(&server, &site, &ledger).await?;
        let mut lines: Vec<Vec<u64>> = vec![Vec::new(); LINES];
        for round in 1..=plan.rounds {
            let over = Rc::new(Cell::new(false));
            let shared = Round { ledger: Rc::clone(&ledger), site: Rc::clone(&site), over };
            lines = live(server, &shared, lines, plan, &mut rng).await?;
            let open = ledger.borrow().open();
            server = Server::start(binary, data.path()).await?;
            let mut connection = server.connect().await?;
            let checked = check::everything(&ledger, &mut connection, &site, &supervisor).await?;
            let ledger = ledger.borrow();
            killed(Killed {
                round,
                open,
                acknowledged: ledger.acknowledged,
                restart: server.took,
                checked: [checked.calls, checked.variables, checked.offers],
                repeated: checked.repeated,
                faults: ledger.faults.len(),
            });
        }
        Ok(std::mem::take(&mut ledger.borrow_mut().faults))
    })
}

/// Begins everybody's session; gives the supervisor's.
async fn log_in(
    server: &Server,
    site: &Site,
    ledger: &Rc<RefCell<Ledger>>,
) -> anyhow::Result<String> {
    let mut connection = server.connect().await?;
    for (number, email) in site.agents.iter().enumerate() {
        let agent = agents::agent(&mut connection, email).await?;
        let state = agents::look(&mut connection, &agent.bearer).await?;
        let mut ledger = ledger.borrow_mut();
        ledger.agents.push(agent);
        ledger.saw(number, state);
    }
    Ok(agents::log_in(&mut connection, site.supervisor).await?.0)
}

/// Loads the server until enough calls are open, and then kills it at a moment that nobody expects.
async fn live(
    server: Server,
    round: &Round,
    lines: Vec<Vec<u64>>,
    plan: Plan,
    rng: &mut Pcg64,
) -> anyhow::Result<Vec<Vec<u64>>> {
    let quota = plan.calls.div_ceil(LINES);
    let mut customers = JoinSet::new();
    for mine in lines {
        let (connection, rng) = (server.connect().await?, Pcg64::seed_from_u64(rng.random()));
        customers.spawn_local(customers::work(round.clone(), connection, mine, quota, rng));
    }
    let mut agents = JoinSet::new();
    for agent in 0..round.site.agents.len() {
        let (connection, rng) = (server.connect().await?, Pcg64::seed_from_u64(rng.random()));
        agents.spawn_local(agents::work(round.clone(), connection, agent, rng));
    }
    let begun = Instant::now();
    while round.ledger.borrow().open() < plan.calls {
        tokio::time::sleep(RETRY).await;
        ensure!(begun.elapsed() < FILL, "only {} calls are open", round.ledger.borrow().open());
    }
    tokio::time::sleep(Duration::from_millis(rng.random_range(LIFE_MS))).await;
    // Requests are under way: whoever waits for an answer learns of it by a broken connection.
    server.kill()?;
    round.over.set(true);
    let lines = customers.join_all().await;
    agents.join_all().await;
    Ok(lines)
}
