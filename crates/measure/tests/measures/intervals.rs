//! Intervals begin anew; what goes on is carried over.

use measure::{Day, Doing, Interval};
use model::{
    config::{Setting, Tenant},
    status::Status,
};

use crate::log::{Log, MINUTE, SALES, START, agent};

#[test]
fn who_waits_is_carried_into_the_next_interval() {
    let mut log = Log::new();
    log.pass(14 * MINUTE);
    log.enter(1, SALES);
    log.enter(2, SALES);
    let counts = |log: &Log, interval| {
        let counts = log.read().queue_counts(SALES, interval);
        (counts.carried, counts.came, counts.longest_wait_ms)
    };
    assert_eq!(counts(&log, Interval::QuarterHour), (0, 2, 0));
    // Nothing happens, but a new quarter of an hour begins.
    log.pass(MINUTE);
    assert_eq!(counts(&log, Interval::QuarterHour), (2, 0, MINUTE));
    assert_eq!(counts(&log, Interval::HalfHour), (0, 2, MINUTE));
    // The first thing that happens gives the same.
    log.abandon(1);
    assert_eq!(counts(&log, Interval::QuarterHour), (2, 0, MINUTE));
    log.enter(3, SALES);
    assert_eq!(counts(&log, Interval::QuarterHour), (2, 1, MINUTE));
    assert_eq!(counts(&log, Interval::TwelveHours), (0, 3, MINUTE));
}

#[test]
fn time_is_counted_from_the_beginning_of_the_interval() {
    let mut log = Log::new();
    log.status("ann", Status::OnBreak);
    log.pass(20 * MINUTE);
    let times =
        |log: &Log, interval, doing| log.read().agent_times(agent("ann"), interval).of(doing);
    assert_eq!(times(&log, Interval::QuarterHour, Doing::OnBreak), 5 * MINUTE);
    assert_eq!(times(&log, Interval::HalfHour, Doing::OnBreak), 20 * MINUTE);
    log.status("ann", Status::Available);
    log.pass(25 * MINUTE);
    // It is 10:45: nothing has happened since 10:20.
    assert_eq!(times(&log, Interval::QuarterHour, Doing::Available), 0);
    assert_eq!(times(&log, Interval::HalfHour, Doing::OnBreak), 0);
    assert_eq!(times(&log, Interval::HalfHour, Doing::Available), 15 * MINUTE);
    assert_eq!(times(&log, Interval::Day, Doing::OnBreak), 20 * MINUTE);
    assert_eq!(times(&log, Interval::Day, Doing::Available), 25 * MINUTE);
    let day = Day::of("America/New_York", START);
    let out = times(&log, Interval::Day, Doing::LoggedOut);
    assert_eq!(out, START.since(day.start), "from midnight to the first login");
}

#[test]
fn midnight_is_the_tenants() {
    let mut log = Log::new();
    log.enter(1, SALES);
    let day = Day::of("America/New_York", START);
    log.now = day.end;
    assert_eq!(log.read().queue_counts(SALES, Interval::Day).came, 0);
    log.now = day.end.plus(10 * MINUTE);
    log.enter(2, SALES);
    let counts = log.read().queue_counts(SALES, Interval::Day);
    assert_eq!((counts.carried, counts.came), (1, 1));
    // The tenant moves to a zone where it is another day.
    log.configure(Setting::Tenant(Tenant {
        id: model::TenantId::parse("acme").unwrap(),
        name: "Acme".into(),
        locale: "en-US".into(),
        currency: "USD".into(),
        time_zone: "Asia/Tokyo".into(),
        retention_ms: 1,
        augmentation_per_minute: 1,
        direct_wrap_up_ms: 0,
    }));
    log.enter(3, SALES);
    let counts = log.read().queue_counts(SALES, Interval::Day);
    assert_eq!((counts.carried, counts.came), (2, 1));
}

#[test]
fn the_last_hour_is_told_in_steps() {
    let mut log = Log::new();
    log.enter(1, SALES);
    log.enter(2, SALES);
    log.pass(MINUTE);
    log.abandon(1);
    log.pass(14 * MINUTE);
    log.abandon(2);
    log.pass(4 * MINUTE);
    log.enter(3, SALES);
    let read = |log: &Log| {
        let hour = log.read().queue_hour(SALES);
        hour.map(|step| (step.came, step.abandoned, step.waiting))
    };
    let quiet = [(0, 0, 0); 8];
    let hour = [(2, 1, 2), (0, 0, 1), (0, 0, 1), (1, 1, 1)];
    assert_eq!(read(&log), [&quiet[..], &hour].concat()[..]);
    log.pass(50 * MINUTE);
    // Only the last one is still in sight, and waits.
    let hour = [[(0, 0, 1), (1, 1, 1)].as_slice(), &[(0, 0, 1); 10]].concat();
    assert_eq!(read(&log), hour[..]);
}
