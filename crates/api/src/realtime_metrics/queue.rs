//! The metrics of a queue and of a group (real-time metrics, "Formulas").

use engine::measure::{Interval, Policy, QueueCounts, QueueLive, QueueRatio, Reading, Staff};
use model::{GroupId, QueueId, config::ServiceLevel, time::Millis};
use serde_json::json;

use super::{
    catalogue::{Key, Period},
    value::Value,
};

/// A queue at an instant.
pub(super) struct QueueView {
    live: QueueLive,
    staff: Staff,
    longest_ms: Millis,
    promise: ServiceLevel,
    counts: [QueueCounts; Interval::ALL.len()],
}

impl QueueView {
    pub(super) fn of(reading: &Reading<'_>, id: QueueId) -> Self {
        let setup = reading.setup().queues.get(&id);
        Self {
            live: reading.queue_live(id),
            staff: reading.queue_staff(id),
            longest_ms: reading.longest_wait_ms(id).unwrap_or(0),
            promise: setup.map_or_else(ServiceLevel::default, |queue| queue.service_level),
            counts: Interval::ALL.map(|interval| reading.queue_counts(id, interval)),
        }
    }

    pub(super) fn value(&self, key: &Key) -> Value {
        match key.period {
            Period::Now => self.now(key.name),
            Period::Over(interval) => {
                let place = Interval::ALL.iter().position(|known| *known == interval);
                self.over(key.name, &self.counts[place.expect("all are there")])
            }
        }
    }

    fn now(&self, name: &str) -> Value {
        let count = match name {
            "busy" => self.staff.busy(),
            "busyExternal" => self.staff.busy_external,
            "busyOther" => self.staff.busy_other,
            "interactionsHandling" => self.live.handling,
            "interactionsLongestWaitInQueue" => return Value::Longest(self.longest_ms),
            "interactionsWaitInQueue" => self.live.in_queue(),
            "interactionsWrapUp" => self.live.wrap_up,
            "offering" => self.staff.offering,
            _ => return staff(&self.staff, name),
        };
        Value::Count(count.into())
    }

    fn over(&self, name: &str, counts: &QueueCounts) -> Value {
        let (entered, abandoned) = (counts.entered(), counts.abandoned_in_all());
        let ratio = |ratio: QueueRatio| ratio.parts(counts);
        let share = |(part, of)| Value::Share(part, of);
        match name {
            "abandoned" => Value::Count(counts.abandoned),
            "abandonedPercentage" => Value::Share(counts.abandoned, entered),
            "accepted" => Value::Count(counts.accepted),
            "acceptedInSla" => Value::Count(counts.accepted_in_time),
            "acceptedInSlaPercentage" => share(ratio(QueueRatio::ServiceLevel(Policy::Answered))),
            "acceptedPercentage" => Value::Share(counts.accepted, entered),
            "avgDivertedTime" => Value::Mean(counts.diverted_wait_ms, counts.diverted),
            "avgHandlingTime" => Value::Mean(counts.handling_ms, counts.handled),
            "avgOfferingTime" => Value::Mean(counts.offering_ms, counts.offers),
            "avgProcessingTime" => {
                let (sum, n) = ratio(QueueRatio::HandleTime);
                Value::Mean(sum, n)
            }
            "avgWorkTime" => {
                let (sum, n) = ratio(QueueRatio::HandleTime);
                Value::Mean(sum + counts.offering_ms, n)
            }
            // The published one divides by all who entered.
            "avgWrapUpTime" => Value::Mean(counts.wrap_up_ms, entered),
            "diverted" => Value::Count(counts.diverted),
            "divertedPercentage" => Value::Share(counts.diverted, entered),
            "entered" => Value::Count(entered),
            "interactionsAvgWaitTime" => Value::Mean(counts.wait_ms, counts.left()),
            "interactionsLongestWaitInQueue" => Value::Longest(counts.longest_wait_ms),
            "longestOfferingTimeInQueue" => Value::Longest(counts.longest_offering_ms),
            "newInQueue" => Value::Count(counts.came),
            "shortAbandoned" => Value::Count(counts.abandoned_short),
            "shortAbandonedPercentage" => Value::Share(counts.abandoned_short, entered),
            "slaPercentage" => share(ratio(QueueRatio::ServiceLevel(Policy::OfferedLessShort))),
            "slaPercentageTarget" => Value::Single(json!(self.promise.target_percent)),
            "slaTimeThreshold" => Value::Single(json!(self.promise.threshold_ms)),
            "totalAbandoned" => Value::Count(abandoned),
            "totalAbandonedPercentage" => Value::Share(abandoned, entered),
            _ => Value::Single(json!(null)),
        }
    }
}

/// A metric of a group.
pub(super) fn of_group(reading: &Reading<'_>, id: GroupId, key: &Key) -> Value {
    staff(&reading.staff(reading.setup().group(id), None), key.name)
}

fn staff(staff: &Staff, name: &str) -> Value {
    let count = match name {
        "availableIdle" => staff.available_idle,
        "eligible" => staff.eligible,
        "enabled" => staff.enabled,
        "handling" => staff.handling,
        "onBreak" => staff.on_break,
        "workingOffline" => staff.working_offline,
        "wrapUp" => staff.wrap_up,
        _ => return Value::Single(json!(null)),
    };
    Value::Count(count.into())
}
