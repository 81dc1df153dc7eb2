//! Simulated days: the invariants hold after every turn, and a seed is a day.

#[test]
fn days_pass_without_a_fault() {
    let mut lines = [0; 4];
    for seed in 1..=12 {
        let report = sim::run(seed, 1_500).unwrap();
        assert!(
            report.finished > 100
                && report.crashes > 0
                && report.offers.iter().all(|count| *count > 0),
            "{report:?}"
        );
        lines.iter_mut().zip(report.lines).for_each(|(sum, count)| *sum += count);
    }
    assert!(lines.iter().all(|count| *count > 0), "lines that nobody opened: {lines:?}");
}

#[test]
fn the_same_seed_is_the_same_day() {
    assert_eq!(sim::run(7, 1_000).unwrap(), sim::run(7, 1_000).unwrap());
    assert_ne!(sim::run(7, 1_000).unwrap().digest, sim::run(8, 1_000).unwrap().digest);
}
