//! A short run of wrong requests against the real binary, when it is built.

use sim::{fuzz, server};

#[test]
fn wrong_requests_are_refused_and_change_nothing() {
    let Some(binary) = server::binary_or_say() else { return };
    let outcome = fuzz::run(&binary, 11, 500).unwrap();
    assert!(outcome.faults.is_empty(), "{:#?}", outcome.faults);
    assert!(outcome.statuses.contains_key(&200) && outcome.statuses.contains_key(&400));
}
