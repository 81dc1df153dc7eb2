//! The metrics there are, by context and version (real-time metrics, "Metric names").

use std::fmt;

use engine::measure::Interval;

/// About what a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// A queue.
    Queue,
    /// A group of agents.
    Group,
    /// An agent, in one queue.
    AgentInQueue,
    /// An agent, in all of them.
    Agent,
}

/// When.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Now,
    Over(Interval),
}

/// One metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) period: Period,
    /// It is about one queue among others.
    pub(super) in_queue: bool,
    /// How it is written.
    pub(super) text: String,
}

/// Metrics of the same periods: with the version that has brought them.
type Names = &'static [(&'static str, u8)];

const SHORT: [Period; 3] = [
    Period::Over(Interval::QuarterHour),
    Period::Over(Interval::HalfHour),
    Period::Over(Interval::Day),
];
const ALL: [Period; 7] = [
    Period::Over(Interval::QuarterHour),
    Period::Over(Interval::HalfHour),
    Period::Over(Interval::Day),
    Period::Over(Interval::Hour),
    Period::Over(Interval::FourHours),
    Period::Over(Interval::EightHours),
    Period::Over(Interval::TwelveHours),
];
const TODAY: [Period; 1] = [Period::Over(Interval::Day)];
const NOW: [Period; 1] = [Period::Now];

const QUEUE_SHORT: Names = &[
    ("abandoned", 1),
    ("abandonedPercentage", 1),
    ("accepted", 1),
    ("acceptedPercentage", 1),
    ("avgDivertedTime", 1),
    ("avgHandlingTime", 1),
    ("avgOfferingTime", 1),
    ("avgProcessingTime", 1),
    ("avgWorkTime", 1),
    ("avgWrapUpTime", 1),
    ("diverted", 1),
    ("divertedPercentage", 1),
    ("entered", 1),
    ("interactionsAvgWaitTime", 1),
    ("interactionsLongestWaitInQueue", 1),
    ("longestOfferingTimeInQueue", 1),
    ("newInQueue", 4),
    ("shortAbandoned", 1),
    ("shortAbandonedPercentage", 1),
    ("totalAbandoned", 1),
    ("totalAbandonedPercentage", 1),
];
const QUEUE_ALL: Names =
    &[("acceptedInSla", 3), ("acceptedInSlaPercentage", 3), ("slaPercentage", 1)];
const QUEUE_TODAY: Names = &[("slaPercentageTarget", 1), ("slaTimeThreshold", 1)];
const QUEUE_NOW: Names = &[
    ("availableIdle", 1),
    ("busy", 1),
    ("busyExternal", 1),
    ("busyOther", 1),
    ("eligible", 1),
    ("enabled", 1),
    ("handling", 1),
    ("interactionsHandling", 1),
    ("interactionsLongestWaitInQueue", 1),
    ("interactionsWaitInQueue", 1),
    ("interactionsWrapUp", 1),
    ("offering", 1),
    ("onBreak", 1),
    ("workingOffline", 1),
    ("wrapUp", 1),
];
const GROUP_NOW: Names = &[
    ("availableIdle", 1),
    ("eligible", 1),
    ("enabled", 1),
    ("handling", 1),
    ("onBreak", 1),
    ("workingOffline", 1),
    ("wrapUp", 1),
];
/// Of one queue in its contexts, of all in the others.
const AGENT_WORK: Names = &[
    ("accepted", 1),
    ("averageHandlingTime", 1),
    ("averageHoldTime", 2),
    ("averageOfferingTime", 1),
    ("averageWrapUpTime", 1),
    ("blindTransfers", 1),
    ("conferenceTime", 1),
    ("conferences", 1),
    ("consultations", 1),
    ("hold", 1),
    ("longestHold", 1),
    ("longestOffering", 1),
    ("offered", 1),
    ("onHoldTime", 1),
    ("rejectTimeout", 1),
    ("rejected", 1),
    ("transfersInitiated", 2),
    ("transfersInitiatedPercentage", 2),
    ("transfersReceived", 1),
    ("warmTransfers", 1),
];
const AGENT_TIME: Names = &[
    ("availableTime", 1),
    ("availableTimePercentage", 1),
    ("busyTime", 1),
    ("busyTimePercentage", 1),
    ("directInboundTime", 1),
    ("directInbounds", 1),
    ("directOutboundTime", 1),
    ("directOutbounds", 1),
    ("handlingTime", 1),
    ("handlingTimePercentage", 1),
    ("internalCalls", 1),
    ("internalCallsInitiated", 1),
    ("internalCallsReceived", 1),
    ("internalCallsTime", 1),
    ("loggedInTime", 1),
    ("offeringTime", 1),
    ("onBreakTime", 1),
    ("onBreakTimePercentage", 1),
    ("workingOfflineTime", 1),
    ("workingOfflineTimePercentage", 1),
    ("wrapUpTime", 1),
    ("wrapUpTimePercentage", 1),
];
const AGENT_NOW: Names = &[
    ("alerting", 1),
    ("lastLogin", 1),
    ("lastLogout", 1),
    ("lastStatusChange", 5),
    ("lastStatusCodeChange", 5),
    ("line1Status", 1),
    ("line1TimeOnStatus", 1),
    ("line2Status", 1),
    ("line2TimeOnStatus", 1),
    ("loggedInTime", 1),
    ("status", 1),
    ("statusCode", 1),
    ("timeOnStatus", 1),
    ("timeOnStatusCode", 5),
];
const AGENT_ACTIVE: Names = &[
    ("activeChannels", 1),
    ("activeDirections", 1),
    ("activeInteractionsCount", 1),
    ("activeQueues", 1),
];

/// All metrics of a context, sorted as answers have them.
pub(super) fn all(context: Context, version: u8) -> Vec<Key> {
    let in_queue = context == Context::AgentInQueue;
    let parts: &[(Names, &[Period], bool)] = match context {
        Context::Queue => &[
            (QUEUE_SHORT, &SHORT, false),
            (QUEUE_ALL, &ALL, false),
            (QUEUE_TODAY, &TODAY, false),
            (QUEUE_NOW, &NOW, false),
        ],
        Context::Group => &[(GROUP_NOW, &NOW, false)],
        Context::AgentInQueue => {
            &[(AGENT_WORK, &SHORT, true), (AGENT_TIME, &SHORT, false), (AGENT_NOW, &NOW, false)]
        }
        Context::Agent => &[
            (AGENT_WORK, &SHORT, true),
            (AGENT_TIME, &SHORT, false),
            (AGENT_NOW, &NOW, false),
            (AGENT_ACTIVE, &NOW, false),
        ],
    };
    let mut keys = Vec::with_capacity(160);
    for (names, periods, of_work) in parts {
        for (name, _) in names.iter().filter(|(_, since)| *since <= version) {
            keys.extend(periods.iter().map(|period| Key::new(name, *period, *of_work && in_queue)));
        }
    }
    keys.sort_unstable_by(|one, other| one.text.cmp(&other.text));
    keys
}

/// The metric of this name, in the spelling in which it was asked for. The vendor's description spells one wrong,
/// and asks for `.inQueue` where there is no queue: both are understood.
pub(super) fn find(all: &[Key], context: Context, text: &str) -> Option<Key> {
    let meant = match context {
        Context::Queue if text == "eligibl.rt" => "eligible.rt",
        Context::Agent => text.strip_suffix(".inQueue").unwrap_or(text),
        _ => text,
    };
    let found = all.iter().find(|key| key.text == meant)?;
    Some(Key { text: text.to_owned(), ..found.clone() })
}

impl Key {
    fn new(name: &'static str, period: Period, in_queue: bool) -> Self {
        let text = format!("{name}{period}{}", if in_queue { ".inQueue" } else { "" });
        Self { name, period, in_queue, text }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Now => ".rt",
            Self::Over(Interval::QuarterHour) => ".int-15m",
            Self::Over(Interval::HalfHour) => ".int-30m",
            Self::Over(Interval::Day) => ".today",
            Self::Over(Interval::Hour) => ".int-1h",
            Self::Over(Interval::FourHours) => ".int-4h",
            Self::Over(Interval::EightHours) => ".int-8h",
            Self::Over(Interval::TwelveHours) => ".int-12h",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_are_documented() {
        let count = |context, version| all(context, version).len();
        assert_eq!(count(Context::Queue, 5), 101);
        assert_eq!(count(Context::Queue, 4), 101);
        assert_eq!(count(Context::Queue, 3), 98);
        assert_eq!(count(Context::Queue, 1), 84);
        assert_eq!(count(Context::Group, 5), 7);
        assert_eq!(count(Context::AgentInQueue, 5), 140);
        assert_eq!(count(Context::Agent, 5), 144);
    }

    #[test]
    fn keys_are_written_as_published() {
        let queue = all(Context::Queue, 5);
        assert_eq!(queue[0].text, "abandoned.int-15m");
        assert!(find(&queue, Context::Queue, "slaPercentage.int-12h").is_some());
        assert!(find(&queue, Context::Queue, "accepted.int-12h").is_none());
        let typo = find(&queue, Context::Queue, "eligibl.rt").unwrap();
        assert_eq!((typo.name, &*typo.text), ("eligible", "eligibl.rt"));
        let in_queue = all(Context::AgentInQueue, 5);
        assert!(find(&in_queue, Context::AgentInQueue, "accepted.int-15m.inQueue").is_some());
        assert!(find(&in_queue, Context::AgentInQueue, "accepted.int-15m").is_none());
        let agent = all(Context::Agent, 5);
        assert!(find(&agent, Context::Agent, "accepted.int-15m").is_some());
        assert!(find(&agent, Context::Agent, "accepted.int-15m.inQueue").is_some());
    }
}
