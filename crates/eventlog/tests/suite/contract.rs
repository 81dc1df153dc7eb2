//! What every store promises.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;

use eventlog::{Claim, LogError, Position, Snapshot, Store, limits};

use crate::world::{PATIENCE, World, all, answer, append, queue, records};

macro_rules! on_every_backend {
    ($($test:ident)*) => {
        mod memory {
            $(#[test] fn $test() { super::$test(super::World::memory()); })*
        }
        mod sqlite {
            $(#[test] fn $test() { super::$test(super::World::sqlite()); })*
        }
    };
}

on_every_backend! {
    a_claim_comes_after_what_was_queued
    a_claim_takes_the_log_from_an_earlier_one
    a_later_append_is_not_tried_after_a_failed_one
    a_log_that_was_never_claimed_is_empty
    a_panic_in_an_answer_hurts_nobody_else
    a_read_stops_at_its_limits
    a_refused_append_spoils_only_its_own_claim
    a_restart_keeps_everything
    an_answer_may_append
    an_append_of_nothing_waits_for_the_ones_before
    an_append_that_is_too_large_is_refused_in_its_turn
    cursors_are_read_back_at_once
    names_are_checked
    positions_have_no_gaps
    queued_appends_of_all_logs_share_a_commit
    readers_see_whole_appends_in_order
    snapshots_go_back_to_an_older_one
    the_newest_two_snapshots_are_kept
}

fn positions_have_no_gaps(world: World) {
    let store = &*world.store();
    let sales = store.claim("sales").unwrap();
    let care = store.claim("care").unwrap();
    assert_eq!((sales.log().as_ref(), sales.epoch(), sales.end()), ("sales", 1, 0));

    assert_eq!(append(store, &sales, 0, records(["a", "b", "c"])), Ok(3));
    assert_eq!(append(store, &care, 0, records(["x"])), Ok(1));
    assert_eq!(append(store, &sales, 3, records(["d"])), Ok(4));
    assert_eq!(append(store, &sales, 4, records(["", "f"])), Ok(6));

    assert_eq!(all(store, "sales"), ["a", "b", "c", "d", "", "f"]);
    assert_eq!(all(store, "care"), ["x"]);
    assert_eq!(store.logs().unwrap(), ["care", "sales"]);
}

fn a_log_that_was_never_claimed_is_empty(world: World) {
    let store = &*world.store();
    assert_eq!(store.logs(), Ok(Vec::new()));
    assert_eq!(store.end("sales"), Ok(0));
    assert_eq!(store.read("sales", 0, 10), Ok(Vec::new()));
    assert_eq!(store.cursor("sales", "views"), Ok(0));
    assert_eq!(store.snapshot("sales"), Ok(None));
    let unknown = || Err(LogError::UnknownLog { log: "sales".into() });
    assert_eq!(store.set_cursor("sales", "views", 0), unknown());
    let snapshot = Snapshot { position: 0, version: 1, bytes: Vec::new() };
    assert_eq!(store.save_snapshot("sales", &snapshot), unknown());
}

fn names_are_checked(world: World) {
    let store = &*world.store();
    let long = "x".repeat(limits::NAME_BYTES_MAX);
    let too_long = "x".repeat(limits::NAME_BYTES_MAX + 1);
    for name in ["", "../sales", "two words", "čau", "a.b", &too_long] {
        let error = store.claim(name).unwrap_err();
        assert!(matches!(error, LogError::BadName { what: "log", .. }), "{name}: {error}");
    }
    for name in [&long, "acmecorp01", "A-b_9"] {
        store.claim(name).unwrap();
    }
    let error = store.set_cursor("acmecorp01", "new\nline", 0).unwrap_err();
    assert!(matches!(error, LogError::BadName { what: "follower", .. }));
    store.set_cursor("acmecorp01", "webhook:a/b.c=d-e_f", 0).unwrap();
}

fn a_claim_takes_the_log_from_an_earlier_one(world: World) {
    let store = &*world.store();
    let old = store.claim("sales").unwrap();
    append(store, &old, 0, records(["a"])).unwrap();
    let new = store.claim("sales").unwrap();
    assert_eq!((new.epoch(), new.end()), (2, 1));

    let fenced = || Err(LogError::Fenced { log: "sales".into(), epoch: 1, current: 2 });
    assert_eq!(append(store, &old, 1, records(["old"])), fenced());
    assert_eq!(append(store, &new, 1, records(["b"])), Ok(2));
    assert_eq!(append(store, &old, 2, records(["old"])), fenced());
    assert_eq!(append(store, &old, 2, Vec::new()), fenced());
    assert_eq!(append(store, &new, 2, records(["c"])), Ok(3));
    assert_eq!(all(store, "sales"), ["a", "b", "c"]);
}

fn a_claim_comes_after_what_was_queued(world: World) {
    let store = &*world.store();
    let old = store.claim("sales").unwrap();
    let queued: Vec<_> = (0..50).map(|after| queue(store, &old, after, records(["a"]))).collect();
    assert_eq!(store.claim("sales").unwrap().end(), 50);
    for (after, queued) in queued.into_iter().enumerate() {
        assert_eq!(answer(queued), Ok(after as Position + 1));
    }
}

fn a_later_append_is_not_tried_after_a_failed_one(world: World) {
    let store = &*world.store();
    let claim = store.claim("sales").unwrap();
    append(store, &claim, 0, records(["a"])).unwrap();
    let first = queue(store, &claim, 5, records(["wrong"]));
    let second = queue(store, &claim, 1, records(["right, but too late"]));
    let conflict = LogError::Conflict { log: "sales".into(), expected: 5, actual: 1 };
    assert_eq!(answer(first), Err(conflict));
    let spent = || Err(LogError::ClaimSpent { log: "sales".into() });
    assert_eq!(answer(second), spent());
    assert_eq!(append(store, &claim, 1, Vec::new()), spent());

    let next = store.claim("sales").unwrap();
    assert_eq!(append(store, &next, 0, records(["wrong"])).map_err(drop), Err(()));
    // The first claim fails once more, as fenced; that must not make the second good again.
    append(store, &claim, 1, Vec::new()).unwrap_err();
    assert_eq!(append(store, &next, 1, records(["b"])), spent());

    let last = store.claim("sales").unwrap();
    assert_eq!(append(store, &last, last.end(), records(["b"])), Ok(2));
    assert_eq!(all(store, "sales"), ["a", "b"]);
}

fn a_refused_append_spoils_only_its_own_claim(world: World) {
    let store = &*world.store();
    let claims = ["a", "b", "c"].map(|log| store.claim(log).unwrap());
    let hold = world.hold();
    let afters = [0, 7, 0];
    let queued: Vec<_> = std::iter::zip(&claims, afters)
        .map(|(claim, after)| queue(store, claim, after, records(["1", "2"])))
        .collect();
    drop(hold);
    let results: Vec<_> = queued.into_iter().map(|queued| answer(queued).ok()).collect();
    assert_eq!(results, [Some(2), None, Some(2)]);
    assert_eq!(all(store, "b"), [""; 0]);
    assert_eq!(all(store, "c"), ["1", "2"]);
}

/// If they did not, the end of a log that was queued later would not be durable yet in the first answer.
fn queued_appends_of_all_logs_share_a_commit(world: World) {
    let store = world.store();
    let logs: Vec<String> = (0..20).map(|i| format!("log{i}")).collect();
    let claims: Vec<Claim> = logs.iter().map(|log| store.claim(log).unwrap()).collect();
    let hold = world.hold();
    let (ends, seen) = channel();
    for claim in &claims {
        let (reader, logs, ends) = (Arc::clone(&store), logs.clone(), ends.clone());
        let look = move |result| {
            assert_eq!(result, Ok(1));
            let all: Vec<_> = logs.iter().map(|log| reader.end(log).unwrap()).collect();
            ends.send(all).unwrap();
        };
        store.append(claim, 0, records(["a"]), Box::new(look));
    }
    drop(hold);
    for _ in &claims {
        assert_eq!(seen.recv_timeout(PATIENCE).unwrap(), vec![1; logs.len()]);
    }
}

fn an_append_of_nothing_waits_for_the_ones_before(world: World) {
    let store = &*world.store();
    let claim = store.claim("sales").unwrap();
    assert_eq!(append(store, &claim, 0, Vec::new()), Ok(0));
    let hold = world.hold();
    let first = queue(store, &claim, 0, records(["a"]));
    let second = queue(store, &claim, 1, Vec::new());
    assert!(first.try_recv().is_err() && second.try_recv().is_err());
    drop(hold);
    assert_eq!(answer(second), Ok(1));
    assert_eq!(first.try_recv(), Ok(Ok(1)), "answered in order");
}

fn an_answer_may_append(world: World) {
    struct Chain {
        store: Arc<dyn Store>,
        claim: Claim,
        ended: Mutex<Option<std::sync::mpsc::Sender<()>>>,
    }
    fn next(chain: &Arc<Chain>, after: Position) {
        if after == 100 {
            return drop(chain.ended.lock().unwrap().take());
        }
        let onward = Arc::clone(chain);
        let done = move |result: Result<_, _>| next(&onward, result.unwrap());
        chain.store.append(&chain.claim, after, records(["a"]), Box::new(done));
    }
    let (ended, has_ended) = channel();
    let store = world.store();
    let claim = store.claim("sales").unwrap();
    next(&Arc::new(Chain { store, claim, ended: Mutex::new(Some(ended)) }), 0);
    assert!(has_ended.recv_timeout(PATIENCE).is_err());
    assert_eq!(world.store().end("sales"), Ok(100));
}

fn a_panic_in_an_answer_hurts_nobody_else(world: World) {
    let store = &*world.store();
    let (sales, care) = (store.claim("sales").unwrap(), store.claim("care").unwrap());
    let hold = world.hold();
    store.append(&sales, 0, records(["a"]), Box::new(|_| panic!("meant to happen")));
    let other = queue(store, &care, 0, records(["b"]));
    drop(hold);
    assert_eq!(answer(other), Ok(1));
    assert_eq!(append(store, &sales, 1, records(["c"])), Ok(2));
}

fn an_append_that_is_too_large_is_refused_in_its_turn(world: World) {
    let store = &*world.store();
    let largest = || vec![b'x'; limits::RECORD_BYTES_MAX];
    let claim = store.claim("sales").unwrap();
    let hold = world.hold();
    let first = queue(store, &claim, 0, vec![largest()]);
    let second = queue(store, &claim, 1, vec![vec![b'x'; limits::RECORD_BYTES_MAX + 1]]);
    assert!(second.try_recv().is_err());
    drop(hold);
    assert_eq!(answer(first), Ok(1));
    let (bytes, limit) = (limits::RECORD_BYTES_MAX + 1, limits::RECORD_BYTES_MAX);
    assert_eq!(answer(second), Err(LogError::TooLarge { what: "record", bytes, limit }));

    let claim = store.claim("sales").unwrap();
    let (bytes, limit) = (65 * limits::RECORD_BYTES_MAX, limits::APPEND_BYTES_MAX);
    let too_large = LogError::TooLarge { what: "append", bytes, limit };
    assert_eq!(append(store, &claim, 1, vec![largest(); 65]), Err(too_large));
    assert_eq!(store.end("sales"), Ok(1));
}

fn a_read_stops_at_its_limits(world: World) {
    let store = &*world.store();
    let claim = store.claim("sales").unwrap();
    append(store, &claim, 0, records(["a", "b", "c", "d"])).unwrap();
    let positions = |after, limit| -> Vec<Position> {
        let records = store.read("sales", after, limit).unwrap();
        records.iter().map(|record| record.position).collect()
    };
    assert_eq!(positions(0, 2), [1, 2]);
    assert_eq!(positions(2, 9), [3, 4]);
    assert_eq!(positions(1, usize::MAX), [2, 3, 4]);
    for (after, limit) in [(0, 0), (4, 9), (5, 9), (Position::MAX, 9)] {
        assert_eq!(positions(after, limit), [0; 0], "after {after}, limit {limit}");
    }
    append(store, &claim, 4, vec![vec![b'x'; limits::RECORD_BYTES_MAX]; 6]).unwrap();
    assert_eq!(positions(4, 100), [5, 6, 7, 8], "it stops at 4 MiB");
    assert_eq!(positions(8, 100), [9, 10]);
}

fn a_restart_keeps_everything(mut world: World) {
    let claim = world.store().claim("sales").unwrap();
    for after in 0..20 {
        append(&*world.store(), &claim, after, records(["a"])).unwrap();
    }
    world.store().set_cursor("sales", "views", 7).unwrap();
    append(&*world.store(), &claim, 20, records(["b"])).unwrap();
    let snapshot = Snapshot { position: 21, version: 3, bytes: b"state".to_vec() };
    world.store().save_snapshot("sales", &snapshot).unwrap();
    world.restart();

    let store = &*world.store();
    assert_eq!(all(store, "sales").len(), 21);
    assert_eq!(store.cursor("sales", "views"), Ok(7));
    assert_eq!(store.snapshot("sales"), Ok(Some(snapshot)));
    let claim = store.claim("sales").unwrap();
    assert_eq!((claim.epoch(), claim.end()), (2, 21));
    assert_eq!(append(store, &claim, 21, records(["c"])), Ok(22));
}

fn cursors_are_read_back_at_once(world: World) {
    let store = &*world.store();
    for log in ["sales", "care"] {
        let claim = store.claim(log).unwrap();
        append(store, &claim, 0, records(["a", "b", "c"])).unwrap();
    }
    for position in [2, 3, 1, 0, 3] {
        store.set_cursor("sales", "views", position).unwrap();
        assert_eq!(store.cursor("sales", "views"), Ok(position));
    }
    assert_eq!(store.cursor("sales", "webhooks"), Ok(0));
    assert_eq!(store.cursor("care", "views"), Ok(0));
    let past_end = LogError::PastEnd { log: "sales".into(), position: 4, end: 3 };
    assert_eq!(store.set_cursor("sales", "views", 4), Err(past_end));
    assert_eq!(store.cursor("sales", "views"), Ok(3));
}

fn at(position: Position) -> Snapshot {
    let bytes = format!("state at {position}").repeat(10).into_bytes();
    Snapshot { position, version: 1, bytes }
}

fn the_newest_two_snapshots_are_kept(world: World) {
    let store = &*world.store();
    let claim = store.claim("sales").unwrap();
    assert_eq!(store.snapshot("sales"), Ok(None));
    append(store, &claim, 0, records(["a", "b", "c", "d"])).unwrap();
    for position in [0, 1, 2, 4] {
        store.save_snapshot("sales", &at(position)).unwrap();
        assert_eq!(store.snapshot("sales"), Ok(Some(at(position))));
    }
    let past_end = LogError::PastEnd { log: "sales".into(), position: 5, end: 4 };
    assert_eq!(store.save_snapshot("sales", &at(5)), Err(past_end));

    let again = Snapshot { version: 2, ..at(4) };
    store.save_snapshot("sales", &again).unwrap();
    assert_eq!(store.snapshot("sales"), Ok(Some(again)));
    // 3 is saved when 4 is there: 4 must be of another history.
    store.save_snapshot("sales", &at(3)).unwrap();
    assert_eq!(store.snapshot("sales"), Ok(Some(at(3))));
    world.damage_snapshot("sales");
    assert_eq!(store.snapshot("sales"), Ok(Some(at(2))));
}

fn snapshots_go_back_to_an_older_one(mut world: World) {
    let store = world.store();
    let claim = store.claim("sales").unwrap();
    append(&*store, &claim, 0, records(["a", "b", "c"])).unwrap();
    for position in [1, 2, 3] {
        store.save_snapshot("sales", &at(position)).unwrap();
    }
    world.damage_snapshot("sales");
    assert_eq!(store.snapshot("sales"), Ok(Some(at(2))));
    drop(store);
    world.restart();
    let store = world.store();
    assert_eq!(store.snapshot("sales"), Ok(Some(at(2))));
    store.save_snapshot("sales", &at(2)).unwrap();
    world.damage_snapshot("sales");
    assert_eq!(store.snapshot("sales"), Ok(None), "1 went when 3 was saved, 3 when 2 was");
}

fn readers_see_whole_appends_in_order(world: World) {
    const APPENDS: Position = 300;
    let store = world.store();
    thread::scope(|scope| {
        for log in ["a", "b", "c", "d"] {
            let claim = store.claim(log).unwrap();
            let store = &store;
            scope.spawn(move || {
                let queued: Vec<_> = (0..APPENDS)
                    .map(|i| queue(&**store, &claim, 2 * i, records(["first", "second"])))
                    .collect();
                for queued in queued {
                    answer(queued).unwrap();
                }
            });
            scope.spawn(move || {
                let mut after = 0;
                while after < 2 * APPENDS {
                    let end = store.end(log).unwrap();
                    assert_eq!(end % 2, 0, "half an append is visible");
                    for record in store.read(log, after, 1000).unwrap() {
                        after += 1;
                        assert_eq!(record.position, after);
                        let text = if after % 2 == 1 { "first" } else { "second" };
                        assert_eq!(record.bytes, text.as_bytes());
                    }
                    assert!(after >= end);
                }
            });
        }
    });
}
