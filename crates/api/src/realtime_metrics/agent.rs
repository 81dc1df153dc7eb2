//! The metrics of an agent, in one queue or in all (real-time metrics, "Formulas").

use std::collections::BTreeMap;

use engine::measure::{Agent, Doing, DoingTimes, Interval, Open, Phase, Reading, Work, WorkCounts};
use model::{
    AgentId, QueueId, Timestamp,
    interaction::{Direction, Media},
    status::Status,
};
use serde_json::{Value as Json, json};

use super::{
    catalogue::{Key, Period},
    value::Value,
};

/// An agent at an instant.
pub(super) struct AgentView<'m> {
    id: AgentId,
    agent: &'m Agent,
    reading: Reading<'m>,
    counts: [WorkCounts; Interval::SHORT.len()],
    all: [WorkCounts; Interval::SHORT.len()],
    times: [DoingTimes; Interval::SHORT.len()],
}

impl<'m> AgentView<'m> {
    /// `None` when there is no such agent. With a queue, work for others does not count.
    pub(super) fn of(reading: &Reading<'m>, id: AgentId, queue: Option<QueueId>) -> Option<Self> {
        Some(Self {
            id,
            agent: reading.agent(id)?,
            reading: *reading,
            counts: Interval::SHORT.map(|interval| reading.agent_counts(id, queue, interval)),
            all: Interval::SHORT.map(|interval| reading.agent_counts(id, None, interval)),
            times: Interval::SHORT.map(|interval| reading.agent_times(id, interval)),
        })
    }

    /// Whether the agent has had anything to do today.
    pub(super) fn was_active(&self) -> bool {
        let today = Interval::SHORT.iter().position(|interval| *interval == Interval::Day);
        today.is_some_and(|today| self.counts[today] != WorkCounts::default())
    }

    /// Whether the agent is logged in.
    pub(super) fn is_logged_in(&self) -> bool {
        self.agent.status != Status::LoggedOut
    }

    pub(super) fn value(&self, key: &Key) -> Value {
        match key.period {
            Period::Now => self.now(key.name),
            Period::Over(interval) => {
                let place = Interval::SHORT.iter().position(|known| *known == interval);
                let place = place.expect("agents have no others");
                let counted = self.work(key.name, &self.counts[place]);
                let counted = counted.or_else(|| self.calls(key.name, &self.all[place]));
                counted.unwrap_or_else(|| self.time(key.name, &self.times[place]))
            }
        }
    }

    fn work(&self, name: &str, counts: &WorkCounts) -> Option<Value> {
        Some(match name {
            "accepted" => Value::Count(counts.accepted),
            "averageHandlingTime" => Value::Mean(counts.handling_ms, counts.handled),
            "averageHoldTime" => Value::Mean(counts.hold_ms, counts.holds),
            "averageOfferingTime" => Value::Mean(counts.offering_ms, counts.offers_ended),
            "averageWrapUpTime" => Value::Mean(counts.wrap_up_ms, counts.wrapped_up),
            "hold" => Value::Count(counts.holds),
            "longestHold" => Value::Longest(counts.longest_hold_ms),
            "longestOffering" => Value::Longest(counts.longest_offering_ms),
            "offered" => Value::Count(counts.offered),
            "onHoldTime" => Value::Count(counts.hold_ms),
            "rejectTimeout" => Value::Count(counts.timed_out),
            "rejected" => Value::Count(counts.rejected),
            "blindTransfers" => Value::Count(counts.blind_transfers),
            "conferenceTime" => Value::Count(counts.conference_ms),
            "conferences" => Value::Count(counts.conferences),
            "consultations" => Value::Count(counts.consultations),
            "transfersInitiated" => Value::Count(counts.transfers_initiated),
            "transfersInitiatedPercentage" => {
                Value::Share(counts.transfers_initiated, counts.accepted)
            }
            "transfersReceived" => Value::Count(counts.transfers_received),
            "warmTransfers" => Value::Count(counts.warm_transfers),
            _ => return None,
        })
    }

    /// Calls without a queue, of all the agent's work.
    fn calls(&self, name: &str, counts: &WorkCounts) -> Option<Value> {
        Some(Value::Count(match name {
            "directInboundTime" => counts.direct_inbound_ms,
            "directInbounds" => counts.direct_inbounds,
            "directOutboundTime" => counts.direct_outbound_ms,
            "directOutbounds" => counts.direct_outbounds,
            "internalCalls" => counts.internal_initiated + counts.internal_received,
            "internalCallsInitiated" => counts.internal_initiated,
            "internalCallsReceived" => counts.internal_received,
            "internalCallsTime" => counts.internal_ms,
            _ => return None,
        }))
    }

    fn time(&self, name: &str, times: &DoingTimes) -> Value {
        let (name, share) = match name.strip_suffix("Percentage") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let ms = match name {
            "availableTime" => times.of(Doing::Available),
            "busyTime" => times.busy(),
            "handlingTime" => times.of(Doing::Handling),
            "loggedInTime" => times.logged_in(),
            "offeringTime" => times.of(Doing::Offering),
            "onBreakTime" => times.of(Doing::OnBreak),
            "workingOfflineTime" => times.of(Doing::WorkingOffline),
            "wrapUpTime" => times.of(Doing::WrapUp),
            _ => return Value::Single(Json::Null),
        };
        if share { Value::Share(ms, times.logged_in()) } else { Value::Count(ms) }
    }

    fn now(&self, name: &str) -> Value {
        let (agent, since) = (self.agent, |at: Timestamp| self.reading.now().since(at));
        match name {
            "activeChannels" => self.active(|open| {
                let (name, _) = self.reading.setup().channels.get(&open.channel)?;
                Some((open.channel.to_string(), name.to_string()))
            }),
            "activeDirections" => self.active(|open| {
                let direction = match open.direction {
                    Direction::In => "InboundDir",
                    Direction::Out => "OutboundDir",
                };
                Some((direction.to_owned(), direction.to_owned()))
            }),
            "activeInteractionsCount" => Value::Count(agent.at_hand.len() as u64),
            "activeQueues" => self.active(|open| {
                let queue = open.queue?;
                let setup = self.reading.setup().queues.get(&queue)?;
                Some((queue.to_string(), setup.name.to_string()))
            }),
            "alerting" => {
                let ringing = self.at_hand().filter(|(_, work)| work.phase == Phase::Offered);
                Value::Count(ringing.count() as u64)
            }
            "lastLogin" => Value::time(agent.last_login),
            "lastLogout" => Value::time(agent.last_logout),
            "lastStatusChange" => Value::time(agent.status_since.map(|_| agent.doing_since)),
            "lastStatusCodeChange" => Value::time(agent.status_since),
            "line1Status" => Value::word(self.line(0).0),
            "line1TimeOnStatus" => Value::Count(self.line(0).1.map_or(0, since)),
            "line2Status" => Value::word(self.line(1).0),
            "line2TimeOnStatus" => Value::Count(self.line(1).1.map_or(0, since)),
            "loggedInTime" => {
                let login = agent.last_login.filter(|_| self.is_logged_in());
                Value::Count(login.map_or(0, since))
            }
            "status" => Value::word(word(agent.doing)),
            "statusCode" => Value::Single(json!(agent.reason.as_deref())),
            "timeOnStatus" => {
                Value::Count(agent.status_since.map_or(0, |_| since(agent.doing_since)))
            }
            "timeOnStatusCode" => {
                let coded = agent.status_since.filter(|_| agent.reason.is_some());
                coded.map_or(Value::Single(Json::Null), |at| Value::Count(since(at)))
            }
            _ => Value::Single(Json::Null),
        }
    }

    fn at_hand(&self) -> impl Iterator<Item = (&'m Open, &'m Work)> + '_ {
        let open = self.agent.at_hand.iter().filter_map(|id| self.reading.open(*id));
        open.filter_map(|open| Some((open, open.work_of(self.id)?)))
    }

    /// What the agent's interactions have in common: identity, name and number of each.
    fn active(&self, of: impl Fn(&Open) -> Option<(String, String)>) -> Value {
        let mut found: BTreeMap<(String, String), u64> = BTreeMap::new();
        for (open, _) in self.at_hand() {
            if let Some(named) = of(open) {
                *found.entry(named).or_default() += 1;
            }
        }
        let list = found
            .into_iter()
            .map(|((id, name), count)| json!({"id": id, "name": name, "count": count}));
        Value::Single(list.collect())
    }

    /// What a telephone line does, and since when: each call at hand has one, the older the first.
    fn line(&self, number: usize) -> (&'static str, Option<Timestamp>) {
        let mut calls = self.at_hand().filter(|(open, _)| open.media == Media::Phone);
        let Some((_, work)) = calls.nth(number) else { return ("Idle", None) };
        match (work.phase, work.held) {
            (Phase::Offered, _) => ("Offered", Some(work.since)),
            (Phase::Talking, Some(held)) => ("Hold", Some(held)),
            (Phase::Talking, None) if work.muted => ("Mute", Some(work.since)),
            (Phase::Dialling, _) | (Phase::Talking, None) => ("Busy", Some(work.since)),
            (Phase::Ended | Phase::WrapUp, _) => ("Idle", Some(work.since)),
        }
    }
}

/// The published word for what an agent does.
fn word(doing: Doing) -> &'static str {
    match doing {
        Doing::Handling => "Handling",
        Doing::Offering => "Offering",
        Doing::WrapUp => "WrapUp",
        Doing::Available => "Available",
        Doing::OnBreak => "OnBreak",
        Doing::WorkingOffline => "WorkingOffline",
        Doing::LoggedOut => "LoggedOut",
    }
}
