//! Random work, done by both stores: SQLite must answer every step as the plain store in memory does.

use eventlog::{Claim, LogError, Position, Snapshot};
use proptest::prelude::*;

use crate::world::{Answered, World, answer, queue};

const LOGS: [&str; 3] = ["a", "b", "c"];

#[derive(Debug, Clone)]
enum Step {
    /// Queues an append with the n-th last claim; `off` is added to the right position.
    Append {
        claim: usize,
        off: i8,
        records: Vec<Vec<u8>>,
    },
    Claim {
        log: usize,
    },
    Cursor {
        log: usize,
        position: Position,
    },
    Read {
        log: usize,
        after: Position,
        limit: usize,
    },
    Restart,
    Snapshot {
        log: usize,
        position: Position,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let log = || 0..LOGS.len();
    let position = || 0..20 as Position;
    let records = prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..6);
    let off = prop_oneof![9 => Just(0), 1 => -2..3_i8];
    prop_oneof![
        12 => (0..4_usize, off, records).prop_map(|(claim, off, records)| Step::Append { claim, off, records }),
        4 => log().prop_map(|log| Step::Claim { log }),
        2 => (log(), position()).prop_map(|(log, position)| Step::Cursor { log, position }),
        2 => (log(), position(), 0..9_usize).prop_map(|(log, after, limit)| Step::Read { log, after, limit }),
        1 => Just(Step::Restart),
        2 => (log(), position()).prop_map(|(log, position)| Step::Snapshot { log, position }),
    ]
}

/// A store, with the claims made and what each has queued.
struct Side {
    world: World,
    claims: Vec<(Claim, Position)>,
    queued: Vec<Answered>,
}

impl Side {
    fn new(world: World) -> Self {
        Self { world, claims: Vec::new(), queued: Vec::new() }
    }

    /// What a caller can see of the step.
    fn take(&mut self, step: &Step) -> String {
        let store = self.world.store();
        match step {
            Step::Append { claim, off, records } => {
                let Some(at) = self.claims.len().checked_sub(claim + 1) else {
                    return String::new();
                };
                let (claim, end) = &mut self.claims[at];
                let after = end.saturating_add_signed((*off).into());
                *end += records.len() as Position;
                self.queued.push(queue(&*store, claim, after, records.clone()));
                String::new()
            }
            Step::Claim { log } => {
                let claim = store.claim(LOGS[*log]).unwrap();
                let seen = format!("{claim:?}");
                let end = claim.end();
                self.claims.push((claim, end));
                seen
            }
            Step::Cursor { log, position } => {
                let set = store.set_cursor(LOGS[*log], "views", *position);
                format!("{set:?} {:?}", store.cursor(LOGS[*log], "views"))
            }
            Step::Read { log, after, limit } => {
                format!("{:?}", store.read(LOGS[*log], *after, *limit))
            }
            Step::Restart => {
                let seen = self.answers();
                drop(store);
                // Only SQLite: a crash of the other would lose cursors, which a restart in peace does not.
                if let World::Sqlite { .. } = self.world {
                    self.world.restart();
                }
                self.claims.clear();
                seen
            }
            Step::Snapshot { log, position } => {
                let bytes = vec![b's'; *position as usize];
                let snapshot = Snapshot { position: *position, version: 1, bytes };
                let saved = store.save_snapshot(LOGS[*log], &snapshot);
                format!("{saved:?} {:?}", store.snapshot(LOGS[*log]))
            }
        }
    }

    fn answers(&mut self) -> String {
        let answers: Vec<Result<Position, LogError>> = self.queued.drain(..).map(answer).collect();
        format!("{answers:?}")
    }

    fn contents(&self) -> Vec<Vec<eventlog::Record>> {
        LOGS.map(|log| self.world.store().read(log, 0, usize::MAX).unwrap()).into()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn both_stores_do_the_same(steps in prop::collection::vec(step(), 1..60)) {
        let (mut memory, mut sqlite) = (Side::new(World::memory()), Side::new(World::sqlite()));
        for step in &steps {
            // What can be read depends on what has been committed by now.
            if !matches!(step, Step::Append { .. } | Step::Claim { .. }) {
                prop_assert_eq!(memory.answers(), sqlite.answers());
            }
            prop_assert_eq!(memory.take(step), sqlite.take(step), "{:?}", step);
        }
        prop_assert_eq!(memory.answers(), sqlite.answers());
        prop_assert_eq!(memory.contents(), sqlite.contents());
    }
}
