//! Intervals: parts of the tenant's day, aligned to its midnight.

use jiff::tz::TimeZone;
use model::{Timestamp, time::Millis};
use serde::{Deserialize, Serialize};

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;

/// Over how long something is counted (real-time metrics, "Metric names": the suffixes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Interval {
    /// 15 minutes.
    QuarterHour,
    /// 30 minutes.
    HalfHour,
    /// The tenant's calendar day.
    Day,
    /// One hour.
    Hour,
    /// Four hours.
    FourHours,
    /// Eight hours.
    EightHours,
    /// Twelve hours.
    TwelveHours,
}

impl Interval {
    /// Those that everything is counted over.
    pub const SHORT: [Self; 3] = [Self::QuarterHour, Self::HalfHour, Self::Day];
    /// All: those of a queue.
    pub const ALL: [Self; 7] = [
        Self::QuarterHour,
        Self::HalfHour,
        Self::Day,
        Self::Hour,
        Self::FourHours,
        Self::EightHours,
        Self::TwelveHours,
    ];

    fn length(self) -> Millis {
        match self {
            Self::QuarterHour => 15 * MINUTE,
            Self::HalfHour => 30 * MINUTE,
            Self::Hour => HOUR,
            Self::FourHours => 4 * HOUR,
            Self::EightHours => 8 * HOUR,
            Self::TwelveHours => 12 * HOUR,
            // Longer than any day, so that a day is one interval.
            Self::Day => 2 * DAY,
        }
    }
}

/// A calendar day of a time zone: 23 to 25 hours where clocks are moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Its first instant.
    pub start: Timestamp,
    /// The first instant of the next.
    pub end: Timestamp,
}

impl Day {
    /// The day of an instant; a day of UTC when the zone is unknown.
    #[must_use]
    pub fn of(zone: &str, at: Timestamp) -> Self {
        Self::local(zone, at).unwrap_or_else(|| {
            let start = Timestamp(at.0 - at.0 % DAY);
            Self { start, end: start.plus(DAY) }
        })
    }

    fn local(zone: &str, at: Timestamp) -> Option<Self> {
        let zone = TimeZone::get(zone).ok()?;
        let instant = jiff::Timestamp::from_millisecond(i64::try_from(at.0).ok()?).ok()?;
        let date = zone.to_datetime(instant).date();
        let first = |date: jiff::civil::Date| {
            let midnight = date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond();
            u64::try_from(midnight).ok().map(Timestamp)
        };
        Some(Self { start: first(date)?, end: first(date.tomorrow().ok()?)? })
    }

    /// Whether an instant lies in it.
    #[must_use]
    pub fn has(self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }

    /// When the interval around an instant of this day began.
    #[must_use]
    pub fn start_of(self, interval: Interval, at: Timestamp) -> Timestamp {
        let into = at.since(self.start);
        self.start.plus(into - into % interval.length())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        let instant: jiff::Timestamp = text.parse().unwrap();
        Timestamp(u64::try_from(instant.as_millisecond()).unwrap())
    }

    #[test]
    fn a_day_is_as_long_as_the_clocks_make_it() {
        let hours = |utc| {
            let day = Day::of("Europe/Berlin", at(utc));
            day.end.since(day.start) / HOUR
        };
        assert_eq!(hours("2026-11-24T12:00:00Z"), 24);
        assert_eq!(hours("2026-10-25T12:00:00Z"), 25);
        assert_eq!(hours("2026-03-29T12:00:00Z"), 23);
        let nowhere = Day::of("Mars/Olympus", at("2026-11-24T12:00:00Z"));
        assert_eq!(nowhere.start, at("2026-11-24T00:00:00Z"));
    }

    #[test]
    fn intervals_begin_at_local_midnight() {
        let now = at("2026-11-24T20:47:11Z");
        let day = Day::of("America/New_York", now);
        let start = |interval| day.start_of(interval, now);
        assert_eq!(start(Interval::QuarterHour), at("2026-11-24T20:45:00Z"));
        assert_eq!(start(Interval::HalfHour), at("2026-11-24T20:30:00Z"));
        assert_eq!(start(Interval::Hour), at("2026-11-24T20:00:00Z"));
        assert_eq!(start(Interval::FourHours), at("2026-11-24T17:00:00Z"));
        assert_eq!(start(Interval::EightHours), at("2026-11-24T13:00:00Z"));
        assert_eq!(start(Interval::TwelveHours), at("2026-11-24T17:00:00Z"));
        assert_eq!(start(Interval::Day), at("2026-11-24T05:00:00Z"));
        // Chatham is 13:45 ahead of UTC in summer: a quarter of an hour is not enough to align to.
        let chatham = Day::of("Pacific/Chatham", now);
        assert_eq!(chatham.start_of(Interval::Hour, now), at("2026-11-24T20:15:00Z"));
    }
}
