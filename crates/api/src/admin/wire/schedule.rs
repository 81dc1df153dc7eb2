//! Opening hours.

use std::sync::Arc;

use engine::State as Rules;
use model::{
    ScheduleId,
    config::{self, Setting, SettingKey},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Short, keys_after};
use crate::{
    admin::resource::{Detail, Resource, next_number},
    error::Problem,
};

/// Weekly opening hours with dated exceptions.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveSchedule)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Schedule {
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Short,
    /// IANA time zone in which days and minutes count.
    #[schema(value_type = String, example = "America/Los_Angeles")]
    time_zone: Short,
    open: Vec<OpenHours>,
    exceptions: Vec<ExceptionDay>,
}

/// Open from one minute of a weekday to another.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OpenHours {
    /// 1 is Monday, 7 Sunday.
    #[schema(minimum = 1, maximum = 7)]
    weekday: u8,
    /// The first open minute of the day.
    #[schema(maximum = 1439)]
    from_minute: u16,
    /// The first closed minute of the day.
    #[schema(minimum = 1, maximum = 1440)]
    to_minute: u16,
}

/// A day with an exit of its own.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ExceptionDay {
    /// `YYYY-MM-DD` in the schedule's time zone.
    #[schema(value_type = String, format = Date)]
    date: Short,
    /// Which of the exits `exception1` to `exception6`.
    #[schema(minimum = 1, maximum = 6)]
    exit: u8,
}

impl Resource for Schedule {
    type Id = u32;
    const PATH: &'static str = "schedules";
    const NAME: &'static str = "Schedule";

    fn key(id: &u32) -> SettingKey {
        SettingKey::Schedule(ScheduleId(*id))
    }

    fn ids<'r>(rules: &'r Rules, after: Option<&u32>) -> Box<dyn Iterator<Item = u32> + 'r> {
        let after = after.copied().map(ScheduleId);
        Box::new(keys_after(&rules.config.schedules, after).map(|id| id.0))
    }

    fn look(rules: &Rules, id: &u32, _: Detail) -> Option<Self> {
        let schedule = rules.config.schedules.get(&ScheduleId(*id))?;
        let hours = |hours: &config::Hours| OpenHours {
            weekday: hours.weekday,
            from_minute: hours.from_minute,
            to_minute: hours.to_minute,
        };
        let day = |day: &config::Exception| ExceptionDay {
            date: Short(day.date.clone()),
            exit: day.exit,
        };
        Some(Self {
            name: Short(schedule.name.clone()),
            time_zone: Short(schedule.time_zone.clone()),
            open: schedule.open.iter().map(hours).collect(),
            exceptions: schedule.exceptions.iter().map(day).collect(),
        })
    }

    fn new_id(&self, rules: &Rules) -> Result<u32, Problem> {
        next_number::<Self>(rules)
    }

    fn setting(self, _: &Rules, id: &u32) -> Result<Setting, Problem> {
        let hours = |OpenHours { weekday, from_minute, to_minute }| config::Hours {
            weekday,
            from_minute,
            to_minute,
        };
        let day = |day: ExceptionDay| config::Exception { date: day.date.0, exit: day.exit };
        Ok(Setting::Schedule(Arc::new(config::Schedule {
            id: ScheduleId(*id),
            name: self.name.0,
            time_zone: self.time_zone.0,
            open: self.open.into_iter().map(hours).collect(),
            exceptions: self.exceptions.into_iter().map(day).collect(),
        })))
    }
}
