//! What agents do, and what became of their work.

use measure::{AgentRatio, Doing, Interval, Measures, QueueLive};
use model::{GroupId, interaction::OfferEnd, status::Status};

use crate::log::{Log, SALES, SECOND, START, SUPPORT, agent};

/// Ann rejects one, takes it when it comes again, holds twice, and wraps up; ben has a break.
fn a_call() -> Log {
    let mut log = Log::new();
    log.status("ann", Status::Available);
    log.status("ben", Status::OnBreak);
    log.pass(10 * SECOND);
    log.enter(1, SALES);
    log.offer(1, "ann");
    log.pass(3 * SECOND);
    log.decline(1, "ann", OfferEnd::Rejected);
    log.pass(SECOND);
    log.offer(1, "ann");
    log.pass(2 * SECOND);
    log.accept(1, "ann");
    log.pass(5 * SECOND);
    log.hold(1, "ann", true);
    log.pass(4 * SECOND);
    log.hold(1, "ann", false);
    log.pass(SECOND);
    log.hold(1, "ann", true);
    log.pass(6 * SECOND);
    log.end(1, "ann");
    log.pass(7 * SECOND);
    log.wrap_up(1, "ann");
    log
}

#[test]
fn a_call_is_counted_for_its_agent_in_its_queue_and_in_all() {
    let log = a_call();
    for queue in [Some(SALES), None] {
        let counts = log.read().agent_counts(agent("ann"), queue, Interval::QuarterHour);
        assert_eq!((counts.offered, counts.accepted, counts.rejected), (2, 1, 1));
        assert_eq!((counts.offering_ms, counts.longest_offering_ms), (5 * SECOND, 3 * SECOND));
        assert_eq!((counts.handled, counts.handling_ms), (1, 16 * SECOND));
        let holds = (counts.holds, counts.hold_ms, counts.longest_hold_ms);
        assert_eq!(holds, (2, 10 * SECOND, 6 * SECOND));
        assert_eq!((counts.wrapped_up, counts.wrap_up_ms), (1, 7 * SECOND));
    }
    let other = log.read().agent_counts(agent("ann"), Some(SUPPORT), Interval::QuarterHour);
    assert_eq!(other, measure::WorkCounts::default());
    let counts = log.read().queue_counts(SALES, Interval::QuarterHour);
    assert_eq!((counts.offers, counts.handling_ms, counts.wrap_up_ms), (2, 16_000, 7_000));
    assert_eq!(counts.accepted_wait_ms, 6 * SECOND);
}

#[test]
fn an_agent_does_one_thing_at_any_time() {
    let mut log = a_call();
    log.pass(9 * SECOND);
    let times = log.read().agent_times(agent("ann"), Interval::QuarterHour);
    let of = |doing| times.of(doing) / SECOND;
    assert_eq!((of(Doing::Available), of(Doing::Offering)), (10 + 1 + 9, 5));
    assert_eq!((of(Doing::Handling), of(Doing::WrapUp)), (16, 7));
    assert_eq!(times.logged_in(), log.now.since(START));
    assert_eq!(times.busy(), 28 * SECOND);
    let figure = |ratio| log.read().agent_figure(agent("ann"), ratio, Interval::QuarterHour);
    let utilisation = figure(AgentRatio::Utilisation);
    assert_eq!((utilisation.numerator, utilisation.denominator), (28_000, 48_000));
    assert_eq!(figure(AgentRatio::Occupancy).denominator, 48_000, "ann had no break");
}

#[test]
fn staff_is_counted_once_for_what_takes_most() {
    let mut log = Log::new();
    log.status("ann", Status::Available);
    log.enter(1, SALES);
    log.offer(1, "ann");
    let sales = log.read().queue_staff(SALES);
    assert_eq!((sales.enabled, sales.eligible, sales.offering, sales.logged_out), (2, 1, 1, 1));
    assert_eq!(sales.busy(), 1);
    let support = log.read().queue_staff(SUPPORT);
    assert_eq!((support.busy_other, support.offering, support.available_idle), (1, 0, 0));
    let live = |log: &Log| log.read().queue_live(SALES);
    assert_eq!(live(&log), QueueLive { offered: 1, ..QueueLive::default() });
    log.accept(1, "ann");
    assert_eq!(live(&log), QueueLive { handling: 1, ..QueueLive::default() });
    log.end(1, "ann");
    assert_eq!(live(&log), QueueLive { wrap_up: 1, ..QueueLive::default() });
    assert_eq!(log.read().queue_staff(SALES).wrap_up, 1);
    let group = log.read().setup().group(GroupId(1)).collect::<Vec<_>>();
    assert_eq!(log.read().staff(group.into_iter(), None).wrap_up, 1);
    log.wrap_up(1, "ann");
    assert_eq!(live(&log), QueueLive::default());
    assert_eq!(log.read().queue_staff(SALES).available_idle, 1);
    log.status("ann", Status::LoggedOut);
    let ann = log.read().agent(agent("ann")).unwrap();
    assert_eq!((ann.last_login, ann.last_logout), (Some(START), Some(log.now)));
}

#[test]
fn measures_are_written_and_read_again() {
    let log = a_call();
    let text = serde_json::to_string(&log.measures).unwrap();
    let again: Measures = serde_json::from_str(&text).unwrap();
    assert!(again == log.measures);
}
