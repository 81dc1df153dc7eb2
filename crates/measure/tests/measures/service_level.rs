//! The worked example: one and the same day, by every published formula.

use measure::{Figure, Interval, Policy, QueueRatio};
use model::status::Status;

use crate::log::{Log, SALES, SECOND};

/// Entered 100; answered 80, of them 60 within 20 s; abandoned 20: 8 under 5 s, 4 from 5 to 20 s, 8 later.
fn worked_example() -> Log {
    let mut log = Log::new();
    log.status("ann", Status::Available);
    let answered = |n| if n < 60 { 20 * SECOND } else { 21 * SECOND };
    let abandoned = |n| match n {
        0..8 => 4_999,
        8..12 => 5_000,
        _ => 20_001,
    };
    for n in 0..80 {
        log.enter(n, SALES);
        log.offer(n, "ann");
        log.pass(answered(n));
        log.accept(n, "ann");
        log.pass(SECOND);
        log.end(n, "ann");
        log.wrap_up(n, "ann");
    }
    for n in 0..20 {
        log.enter(100 + n, SALES);
        log.pass(abandoned(n));
        log.abandon(100 + n);
    }
    log
}

fn service_level(log: &Log, policy: Policy) -> Figure<QueueRatio> {
    log.read().queue_figure(SALES, QueueRatio::ServiceLevel(policy), Interval::Day)
}

#[test]
fn every_row_of_the_worked_example() {
    let log = worked_example();
    let parts = |policy| {
        let figure = service_level(&log, policy);
        (figure.numerator, figure.denominator, figure.per_mille())
    };
    // 8x8 slaPercentage. Genesys with abandons in and short ones out divides by those answered or abandoned
    // later, 80 + 12, which is the same once nobody waits any more.
    assert_eq!(parts(Policy::OfferedLessShort), (60, 100 - 8, Some(652)));
    let counts = log.read().queue_counts(SALES, Interval::Day);
    assert_eq!(counts.accepted + counts.abandoned, 80 + 12);
    // 8x8 acceptedInSlaPercentage, Asterisk SL, Genesys with all switches off.
    assert_eq!(parts(Policy::Answered), (60, 80, Some(750)));
    // Asterisk SL2.
    assert_eq!(parts(Policy::AnsweredPlusAbandonedInTime), (60 + 12, 80 + 20, Some(720)));
    // Genesys with all in; Amazon.
    assert_eq!(parts(Policy::Offered), (60, 100, Some(600)));
}

#[test]
fn a_figure_says_where_it_comes_from() {
    let log = worked_example();
    let figure = service_level(&log, Policy::Answered);
    assert_eq!(figure.ratio, QueueRatio::ServiceLevel(Policy::Answered));
    assert_eq!((figure.interval, figure.until), (Interval::Day, log.now));
    assert_eq!(figure.position, log.measures.position());
    assert!(figure.from < log.now);
    let nothing = log.read().queue_figure(SALES, QueueRatio::SpeedOfAnswer, Interval::QuarterHour);
    assert_eq!((nothing.denominator, nothing.per_mille()), (0, None));
}

#[test]
fn the_other_ratios_of_the_worked_example() {
    let log = worked_example();
    let parts = |ratio| {
        let figure = log.read().queue_figure(SALES, ratio, Interval::Day);
        (figure.numerator, figure.denominator)
    };
    assert_eq!(parts(QueueRatio::SpeedOfAnswer), (60 * 20 * SECOND + 20 * 21 * SECOND, 80));
    assert_eq!(parts(QueueRatio::HandleTime), (80 * SECOND, 80));
    assert_eq!(parts(QueueRatio::Abandonment), (12, 92));
}

#[test]
fn who_waits_and_is_in_time_counts_neither_way() {
    let mut log = Log::new();
    log.enter(1, SALES);
    let parts = |log: &Log| {
        let figure = service_level(log, Policy::OfferedLessShort);
        (figure.numerator, figure.denominator)
    };
    log.pass(20 * SECOND);
    assert_eq!(parts(&log), (0, 0));
    log.pass(1);
    assert_eq!(parts(&log), (0, 1));
}

#[test]
fn a_stay_that_does_not_end_at_an_agent_is_no_answer() {
    let mut log = Log::new();
    log.enter(1, SALES);
    log.pass(7 * SECOND);
    log.leave_queue(1, SALES);
    log.queue(1, SALES);
    let counts = log.read().queue_counts(SALES, Interval::Day);
    assert_eq!((counts.entered(), counts.diverted, counts.diverted_wait_ms), (2, 1, 7 * SECOND));
    assert_eq!(log.read().queue_live(SALES).in_queue(), 1);
    log.pass(2 * SECOND);
    log.abandon(1);
    let counts = log.read().queue_counts(SALES, Interval::Day);
    assert_eq!((counts.abandoned, counts.abandoned_short, counts.left()), (0, 1, 2));
    assert_eq!(log.read().queue_live(SALES), measure::QueueLive::default());
}
