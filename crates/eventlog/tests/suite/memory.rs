//! The faults of the store in memory.

use eventlog::{Faults, LogError, MemoryStore, Store};

use crate::world::{all, answer, append, queue, records};

fn unavailable<T: std::fmt::Debug>(result: Result<T, LogError>) {
    assert!(matches!(result, Err(LogError::Unavailable(_))), "{result:?}");
}

#[test]
fn a_failed_append_leaves_nothing() {
    let store = MemoryStore::new();
    let claim = store.claim("sales").unwrap();
    append(&store, &claim, 0, records(["a"])).unwrap();
    store.set_faults(Faults { fail_append_at: Some(2), ..Faults::default() });
    assert_eq!(append(&store, &claim, 1, records(["b"])), Ok(2));
    unavailable(append(&store, &claim, 2, records(["lost"])));
    let spent = Err(LogError::ClaimSpent { log: "sales".into() });
    assert_eq!(append(&store, &claim, 2, records(["lost"])), spent);
    let claim = store.claim("sales").unwrap();
    assert_eq!(append(&store, &claim, claim.end(), records(["c"])), Ok(3));
    assert_eq!(all(&store, "sales"), ["a", "b", "c"]);
}

#[test]
fn a_crash_leaves_what_was_acknowledged() {
    let store = MemoryStore::new();
    let claim = store.claim("sales").unwrap();
    store.set_faults(Faults { lose_after: Some(2), ..Faults::default() });
    assert_eq!(append(&store, &claim, 0, records(["a"])), Ok(1));
    store.set_cursor("sales", "views", 1).unwrap();
    assert_eq!(append(&store, &claim, 1, records(["b"])), Ok(2));
    store.set_cursor("sales", "views", 2).unwrap();
    let lost = queue(&store, &claim, 2, records(["c"]));
    assert!(lost.try_recv().is_err());
    assert_eq!((store.held(), store.end("sales")), (1, Ok(2)));

    let restarted = store.crash();
    unavailable(answer(lost));
    assert_eq!(all(&restarted, "sales"), ["a", "b"]);
    assert_eq!(restarted.cursor("sales", "views"), Ok(1), "2 was not written with any append");
    let next = restarted.claim("sales").unwrap();
    assert_eq!((next.epoch(), next.end()), (2, 2));

    unavailable(append(&store, &claim, 2, records(["late"])));
    unavailable(store.claim("sales"));
    unavailable(store.end("sales"));
    assert_eq!(all(&restarted, "sales"), ["a", "b"]);
}

#[test]
fn a_torn_append_leaves_its_beginning() {
    let store = MemoryStore::new();
    let claim = store.claim("sales").unwrap();
    append(&store, &claim, 0, records(["a"])).unwrap();
    store.set_faults(Faults { lose_after: Some(0), torn: 2, ..Faults::default() });
    let lost = queue(&store, &claim, 1, records(["b", "c", "d"]));
    let lost_too = queue(&store, &claim, 4, records(["e"]));
    let restarted = store.crash();
    unavailable(answer(lost));
    unavailable(answer(lost_too));
    assert_eq!(all(&restarted, "sales"), ["a", "b", "c"]);
}

#[test]
fn a_hanging_disk_goes_on_where_it_was() {
    let store = MemoryStore::new();
    let (sales, care) = (store.claim("sales").unwrap(), store.claim("care").unwrap());
    store.set_faults(Faults { lose_after: Some(0), ..Faults::default() });
    let first = queue(&store, &sales, 0, records(["a"]));
    let second = queue(&store, &care, 0, records(["x"]));
    let third = queue(&store, &sales, 1, records(["b"]));
    // Another writer takes the log over while the disk hangs.
    let next = store.claim("care").unwrap();
    store.set_faults(Faults::default());
    assert_eq!(answer(first), Ok(1));
    assert_eq!(answer(third), Ok(2));
    let fenced = LogError::Fenced { log: "care".into(), epoch: 1, current: 2 };
    assert_eq!(answer(second), Err(fenced));
    assert_eq!(append(&store, &next, 0, records(["y"])), Ok(1));
}
