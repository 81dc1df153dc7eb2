//! The XML and JSON of schedules, as published.

use std::sync::Arc;

use kernel::flow::hours::exit_at;
use model::{
    Timestamp,
    config::{Exception, Hours, Schedule},
};

use crate::projection::Tree;

pub(super) fn list(schedules: &[Arc<Schedule>]) -> Tree {
    Tree::Many("schedule", schedules.iter().map(|schedule| one(schedule)).collect())
}

pub(super) fn one(schedule: &Schedule) -> Tree {
    let mut hours: Vec<&Hours> = schedule.open.iter().collect();
    hours.sort_by_key(|hours| (day(hours.weekday), hours.from_minute));
    Tree::Members(vec![
        ("id", Tree::Number(schedule.id.0.into())),
        ("name", Tree::text(&*schedule.name)),
        ("time-zone", Tree::text(&*schedule.time_zone)),
        ("week-days", Tree::Many("week-day", hours.into_iter().map(window).collect())),
        (
            "exceptions",
            Tree::Many("exception", schedule.exceptions.iter().map(exception).collect()),
        ),
    ])
}

/// Sunday is 0.
fn day(weekday: u8) -> u8 {
    weekday % 7
}

/// One element for each time that it is open: a day with a lunch break comes twice.
fn window(hours: &Hours) -> Tree {
    let time = |minute: u16| Tree::Text(format!("{:02}:{:02}", minute / 60, minute % 60));
    let properties = Tree::Members(vec![
        ("status", Tree::Number(0)),
        ("start-time", time(hours.from_minute)),
        ("end-time", time(hours.to_minute)),
    ]);
    Tree::Members(vec![
        ("day", Tree::Number(day(hours.weekday).into())),
        ("properties", properties),
    ])
}

fn exception(exception: &Exception) -> Tree {
    let status = choice(exception.exit);
    let properties = Tree::Members(vec![("status", Tree::Text(status))]);
    Tree::Members(vec![("date", Tree::text(&*exception.date)), ("properties", properties)])
}

fn choice(number: u8) -> String {
    format!("Choice #{number}")
}

/// 0 when it is open, -1 when it is closed, `Choice #1` to `Choice #6` on a day that goes its own way. A
/// schedule that cannot be read is closed.
pub(super) fn status(schedule: &Schedule, now: Timestamp) -> Tree {
    let status = match exit_at(schedule, now) {
        Ok("open") => Tree::Number(0),
        Ok(exit) => {
            let number = exit.strip_prefix("exception").and_then(|number| number.parse().ok());
            number.map_or(Tree::Number(-1), |number| Tree::Text(choice(number)))
        }
        Err(_) => Tree::Number(-1),
    };
    Tree::Members(vec![("status", status)])
}
