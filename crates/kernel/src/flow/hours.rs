//! Opening hours: which exit of a Schedule node is right at an instant.

use jiff::tz::TimeZone;
use model::{Timestamp, config::Schedule};

use super::decimal::date;

/// The exit at this instant, exceptions first, or the trace's word for what is wrong with the
/// schedule.
///
/// Everything is decided by the wall clock of the schedule's time zone. When clocks are set back,
/// an hour comes twice and is open both times; the hour that is skipped never comes.
///
/// # Errors
/// When the time zone is unknown, the instant lies beyond the year 9999, or today's exception has no
/// exit.
pub fn exit_at(schedule: &Schedule, now: Timestamp) -> Result<&'static str, &'static str> {
    let zone = TimeZone::get(&schedule.time_zone).map_err(|_| "unknown-time-zone")?;
    let instant =
        i64::try_from(now.0).ok().and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    let local = zone.to_datetime(instant.ok_or("time-out-of-range")?);
    let today = local.date();
    if let Some(exception) = schedule.exceptions.iter().find(|e| date(&e.date) == Some(today)) {
        return exception_exit(exception.exit).ok_or("unknown-exception");
    }
    let weekday = u8::try_from(today.weekday().to_monday_one_offset()).unwrap_or(0);
    let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
    let open = schedule.open.iter().any(|hours| {
        hours.weekday == weekday
            && i32::from(hours.from_minute) <= minute
            && minute < i32::from(hours.to_minute)
    });
    Ok(if open { "open" } else { "closed" })
}

/// Whether there is such an IANA time zone.
#[must_use]
pub fn is_time_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

/// The exit of an exception; `None` when it is not one of the six.
pub(super) fn exception_exit(number: u8) -> Option<&'static str> {
    match number {
        1 => Some("exception1"),
        2 => Some("exception2"),
        3 => Some("exception3"),
        4 => Some("exception4"),
        5 => Some("exception5"),
        6 => Some("exception6"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use model::{
        ScheduleId,
        config::{Exception, Hours},
    };

    fn berlin() -> Schedule {
        let hours = |weekday| Hours { weekday, from_minute: 9 * 60, to_minute: 17 * 60 };
        let mut open: vec::Vec<Hours> = (1..=5).map(hours).collect();
        open.push(Hours { weekday: 7, from_minute: 150, to_minute: 180 });
        open.push(Hours { weekday: 6, from_minute: 0, to_minute: 1440 });
        Schedule {
            id: ScheduleId(1),
            name: "Office".into(),
            time_zone: "Europe/Berlin".into(),
            open,
            exceptions: vec![
                Exception { date: "2026-12-24".into(), exit: 2 },
                Exception { date: "2026-12-25".into(), exit: 9 },
            ],
        }
    }

    fn at(utc: &str) -> Timestamp {
        let instant: jiff::Timestamp = utc.parse().unwrap();
        Timestamp(u64::try_from(instant.as_millisecond()).unwrap())
    }

    #[test]
    fn hours_follow_the_wall_clock_through_the_year() {
        let exit = |utc| exit_at(&berlin(), at(utc)).unwrap();
        // Winter: UTC+1. Monday, 12 January 2026.
        assert_eq!(exit("2026-01-12T07:59:59.999Z"), "closed");
        assert_eq!(exit("2026-01-12T08:00:00Z"), "open");
        assert_eq!(exit("2026-01-12T15:59:59.999Z"), "open");
        assert_eq!(exit("2026-01-12T16:00:00Z"), "closed");
        // Summer: UTC+2. Monday, 13 July 2026.
        assert_eq!(exit("2026-07-13T07:00:00Z"), "open");
        assert_eq!(exit("2026-07-13T15:00:00Z"), "closed");
        // A whole day, to the last millisecond: Saturday, 17 January 2026.
        assert_eq!(exit("2026-01-16T23:00:00Z"), "open");
        assert_eq!(exit("2026-01-17T22:59:59.999Z"), "open");
        assert_eq!(exit("2026-01-17T23:00:00Z"), "closed");
    }

    #[test]
    fn half_past_two_comes_twice_in_autumn_and_never_in_spring() {
        let exit = |utc| exit_at(&berlin(), at(utc)).unwrap();
        // Sunday, 25 October 2026: 03:00 summer time becomes 02:00 winter time at 01:00 UTC.
        assert_eq!(exit("2026-10-25T00:30:00Z"), "open");
        assert_eq!(exit("2026-10-25T01:00:00Z"), "closed");
        assert_eq!(exit("2026-10-25T01:30:00Z"), "open");
        assert_eq!(exit("2026-10-25T02:00:00Z"), "closed");
        // Sunday, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
        for minute in 0..120 {
            let start = at("2026-03-29T00:30:00Z");
            assert_eq!(exit_at(&berlin(), start.plus(minute * 60_000)), Ok("closed"));
        }
    }

    #[test]
    fn exceptions_come_first_in_local_days() {
        let exit = |utc| exit_at(&berlin(), at(utc));
        assert_eq!(exit("2026-12-23T22:59:59Z"), Ok("closed"));
        assert_eq!(exit("2026-12-23T23:00:00Z"), Ok("exception2"));
        assert_eq!(exit("2026-12-24T10:00:00Z"), Ok("exception2"));
        assert_eq!(exit("2026-12-24T23:00:00Z"), Err("unknown-exception"));
    }

    #[test]
    fn nonsense_is_named() {
        let nowhere = Schedule { time_zone: "Mars/Olympus".into(), ..berlin() };
        assert_eq!(exit_at(&nowhere, at("2026-01-12T08:00:00Z")), Err("unknown-time-zone"));
        assert_eq!(exit_at(&berlin(), Timestamp(u64::MAX)), Err("time-out-of-range"));
    }
}
