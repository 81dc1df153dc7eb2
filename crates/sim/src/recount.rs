//! A second opinion on the measures: everything that ever happened in lists, added up anew each time.

use std::collections::{BTreeMap, BTreeSet};

use measure::{Doing, DoingTimes, Interval, QueueCounts, Reading, SHORT_ABANDON_MS};
use model::{
    AgentId, Event, InteractionId, QueueId, Timestamp, event::InteractionCreated,
    interaction::OfferEnd, status::Status,
};

use crate::tenant::AGENTS;

mod live;
mod spans;
pub use live::agree;
use spans::{Span, begin, end, lengths, stretches};

/// The queues of the simulated tenant.
const QUEUES: [QueueId; 3] = [QueueId(101), QueueId(102), QueueId(103)];
/// What they promise.
const PROMISED_MS: u64 = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Accepted,
    Abandoned,
    Diverted,
}

/// Everything that happened, in lists.
#[derive(Clone, Debug, Default)]
pub struct Recount {
    stays: Vec<Span<Left>>,
    offers: Vec<Span<Option<OfferEnd>>>,
    talks: Vec<Span<()>>,
    wrap_ups: Vec<Span<()>>,
    /// Numbers that agents ring.
    rings: Vec<Span<()>>,
    /// Second lines, and what agents do on them: they count as no customer's.
    lines: BTreeSet<InteractionId>,
    line_offers: Vec<Span<Option<OfferEnd>>>,
    line_talks: Vec<Span<()>>,
    statuses: BTreeMap<AgentId, Vec<(Timestamp, Status)>>,
    /// The queues of interactions that did not come from one.
    named: BTreeMap<InteractionId, QueueId>,
    /// Customers who are called back: whoever accepts rings them first.
    callbacks: BTreeSet<InteractionId>,
}

impl Recount {
    /// Writes an event down.
    pub fn see(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::InteractionCreated(created) => self.created(created, at),
            Event::PartyAnswered { interaction } => self.answered(*interaction, at),
            Event::AgentJoined { interaction, agent, .. } => {
                let queue = self.queue_of(*interaction);
                begin(&mut self.talks, *interaction, queue, Some(*agent), at);
            }
            Event::AgentLeft { interaction, agent } => {
                end(&mut self.talks, *interaction, Some(*agent), at, ());
            }
            Event::InteractionQueued(queued) => {
                begin(&mut self.stays, queued.interaction, Some(queued.queue), None, at);
                if let (Some(entered), Some(stay)) = (queued.entered, self.stays.last_mut()) {
                    stay.before_ms = at.since(entered);
                }
            }
            Event::InteractionDequeued { interaction, .. } => {
                end(&mut self.stays, *interaction, None, at, Left::Diverted);
            }
            Event::InteractionOffered(offered) if self.lines.contains(&offered.interaction) => {
                let (id, agent) = (offered.interaction, Some(offered.agent));
                begin(&mut self.line_offers, id, None, agent, at);
            }
            Event::InteractionOffered(offered) => {
                let queue = self.queue_of(offered.interaction);
                begin(&mut self.offers, offered.interaction, queue, Some(offered.agent), at);
            }
            Event::OfferEnded(ended) => {
                end(&mut self.offers, ended.interaction, None, at, Some(ended.end));
                end(&mut self.line_offers, ended.interaction, None, at, Some(ended.end));
            }
            Event::OfferAccepted { interaction, agent, .. } => {
                self.accepted(*interaction, *agent, at);
            }
            Event::InteractionEnded { interaction, .. } => {
                end(&mut self.stays, *interaction, None, at, Left::Abandoned);
                for spans in [&mut self.talks, &mut self.line_talks, &mut self.rings] {
                    end(spans, *interaction, None, at, ());
                }
            }
            Event::WrapUpStarted { interaction, agent, .. } => {
                let queue = self.queue_of(*interaction);
                begin(&mut self.wrap_ups, *interaction, queue, Some(*agent), at);
            }
            Event::WrapUpCompleted(completed) => {
                end(&mut self.wrap_ups, completed.interaction, Some(completed.agent), at, ());
            }
            Event::StatusChanged(changed) => {
                self.statuses.entry(changed.agent).or_default().push((at, changed.status));
            }
            _ => {}
        }
    }

    fn created(&mut self, created: &InteractionCreated, at: Timestamp) {
        let (id, queue) = (created.interaction, created.queue);
        if let Some(queue) = queue {
            self.named.insert(id, queue);
        }
        if created.line_of.is_some() {
            self.lines.insert(id);
        }
        if created.callback {
            self.callbacks.insert(id);
        }
        if created.agent.is_some() {
            begin(&mut self.rings, id, queue, created.agent, at);
        }
    }

    fn accepted(&mut self, id: InteractionId, agent: AgentId, at: Timestamp) {
        if self.lines.contains(&id) {
            end(&mut self.line_offers, id, None, at, None);
            begin(&mut self.line_talks, id, None, Some(agent), at);
            return self.answered(id, at);
        }
        end(&mut self.offers, id, None, at, None);
        end(&mut self.stays, id, None, at, Left::Accepted);
        let queue = self.queue_of(id);
        let back = self.callbacks.contains(&id);
        let spans = if back { &mut self.rings } else { &mut self.talks };
        begin(spans, id, queue, Some(agent), at);
    }

    /// Whoever rings talks now.
    fn answered(&mut self, id: InteractionId, at: Timestamp) {
        let ringing = |span: &&Span<()>| span.interaction == id && span.end.is_none();
        let Some((queue, agent)) =
            self.rings.iter().find(ringing).map(|span| (span.queue, span.agent))
        else {
            return;
        };
        end(&mut self.rings, id, None, at, ());
        let line = self.lines.contains(&id);
        let talks = if line { &mut self.line_talks } else { &mut self.talks };
        begin(talks, id, queue, agent, at);
    }

    fn queue_of(&self, id: InteractionId) -> Option<QueueId> {
        let stay = self.stays.iter().rev().find(|stay| stay.interaction == id);
        stay.map_or_else(|| self.named.get(&id).copied(), |stay| stay.queue)
    }

    /// Compares everything that is counted with the lists.
    ///
    /// # Errors
    /// Says what differs.
    pub fn compare(&self, reading: Reading<'_>) -> Result<(), String> {
        for interval in Interval::ALL {
            let start = start_of(interval, reading.now());
            for queue in QUEUES {
                let (ours, theirs) = (
                    self.queue(queue, start, reading.now()),
                    reading.queue_counts(queue, interval),
                );
                if ours != theirs {
                    return Err(format!("{queue} {interval:?}: recount {ours:?}, live {theirs:?}"));
                }
            }
        }
        for interval in Interval::SHORT {
            let start = start_of(interval, reading.now());
            for agent in (1..=AGENTS).map(crate::tenant::agent) {
                let theirs = reading.agent_times(agent, interval);
                self.same_times(agent, start, reading.now(), &theirs)
                    .map_err(|fault| format!("{agent} {interval:?}: {fault}"))?;
                self.same_work(agent, start, &reading, interval)
                    .map_err(|fault| format!("{agent} {interval:?}: {fault}"))?;
            }
        }
        Ok(())
    }

    fn queue(&self, queue: QueueId, start: Timestamp, now: Timestamp) -> QueueCounts {
        let mut counts = QueueCounts::default();
        let here = |span: &&Span<Left>| span.queue == Some(queue) && !span.is_before(start);
        for stay in self.stays.iter().filter(here) {
            if stay.from < start {
                counts.carried += 1
            } else {
                counts.came += 1
            }
            let wait_ms = stay.length(now);
            counts.longest_wait_ms = counts.longest_wait_ms.max(wait_ms);
            let Some((_, how)) = stay.end else {
                counts.undecided += u64::from(wait_ms <= PROMISED_MS);
                continue;
            };
            counts.wait_ms += wait_ms;
            let (in_time, short) =
                (u64::from(wait_ms <= PROMISED_MS), u64::from(wait_ms < SHORT_ABANDON_MS));
            match how {
                Left::Accepted => {
                    counts.accepted += 1;
                    counts.accepted_in_time += in_time;
                    counts.accepted_wait_ms += wait_ms;
                }
                Left::Abandoned => {
                    counts.abandoned_short += short;
                    counts.abandoned += 1 - short;
                    counts.abandoned_in_time += in_time * (1 - short);
                    counts.abandoned_short_in_time += in_time * short;
                }
                Left::Diverted => {
                    counts.diverted += 1;
                    counts.diverted_wait_ms += wait_ms;
                }
            }
        }
        let offers = lengths(&self.offers, start, |span| span.queue == Some(queue));
        counts.offers = offers.len() as u64;
        counts.offering_ms = offers.iter().sum();
        counts.longest_offering_ms = offers.iter().max().copied().unwrap_or(0);
        let talks = lengths(&self.talks, start, |span| span.queue == Some(queue));
        (counts.handled, counts.handling_ms) = (talks.len() as u64, talks.iter().sum());
        let wrap_ups = lengths(&self.wrap_ups, start, |span| span.queue == Some(queue));
        (counts.wrapped_up, counts.wrap_up_ms) = (wrap_ups.len() as u64, wrap_ups.iter().sum());
        counts
    }

    fn same_work(
        &self,
        agent: AgentId,
        start: Timestamp,
        reading: &Reading<'_>,
        interval: Interval,
    ) -> Result<(), String> {
        for queue in QUEUES.map(Some).into_iter().chain([None]) {
            let own = |of: Option<QueueId>, by: Option<AgentId>| {
                by == Some(agent) && (queue.is_none() || queue == of)
            };
            let counts = reading.agent_counts(agent, queue, interval);
            let asked = self.offers.iter().filter(|offer| own(offer.queue, offer.agent));
            let ends = asked.clone().filter_map(|offer| offer.end).filter(|(at, _)| *at >= start);
            let how = |end| ends.clone().filter(|(_, how)| *how == end).count() as u64;
            let talks = lengths(&self.talks, start, |span| own(span.queue, span.agent));
            let wrap_ups = lengths(&self.wrap_ups, start, |span| own(span.queue, span.agent));
            let ours = [
                asked.filter(|offer| offer.from >= start).count() as u64,
                how(None),
                how(Some(OfferEnd::Rejected)),
                how(Some(OfferEnd::TimedOut)),
                lengths(&self.offers, start, |span| own(span.queue, span.agent)).iter().sum(),
                talks.len() as u64,
                talks.iter().sum(),
                wrap_ups.iter().sum(),
            ];
            let theirs = [
                counts.offered,
                counts.accepted,
                counts.rejected,
                counts.timed_out,
                counts.offering_ms,
                counts.handled,
                counts.handling_ms,
                counts.wrap_up_ms,
            ];
            if ours != theirs {
                return Err(format!("{queue:?}: recount {ours:?}, live {theirs:?}"));
            }
        }
        Ok(())
    }

    /// Looks at every stretch of time in which nothing changed.
    fn same_times(
        &self,
        agent: AgentId,
        start: Timestamp,
        now: Timestamp,
        theirs: &DoingTimes,
    ) -> Result<(), String> {
        let mut busy: Vec<(Doing, Timestamp, Timestamp)> = Vec::new();
        busy.extend(stretches(&self.offers, agent, start, now, Doing::Offering));
        busy.extend(stretches(&self.line_offers, agent, start, now, Doing::Offering));
        for talks in [&self.talks, &self.line_talks, &self.rings] {
            busy.extend(stretches(talks, agent, start, now, Doing::Handling));
        }
        busy.extend(stretches(&self.wrap_ups, agent, start, now, Doing::WrapUp));
        let none = Vec::new();
        let statuses = self.statuses.get(&agent).unwrap_or(&none);
        let changes = statuses.iter().map(|(at, _)| *at).filter(|at| *at > start);
        let mut bounds: Vec<Timestamp> =
            busy.iter().flat_map(|(_, from, to)| [*from, *to]).chain(changes).collect();
        bounds.extend([start, now]);
        bounds.sort_unstable();
        let mut ours = BTreeMap::new();
        for pair in bounds.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let working = busy.iter().filter(|(_, begun, end)| *begun <= from && to <= *end);
            let doing = working.map(|(doing, ..)| *doing).min().unwrap_or_else(|| {
                let chosen = statuses.iter().rev().find(|(at, _)| *at <= from);
                match chosen.map_or(Status::LoggedOut, |(_, status)| *status) {
                    Status::LoggedOut => Doing::LoggedOut,
                    Status::Available => Doing::Available,
                    Status::OnBreak => Doing::OnBreak,
                    Status::WorkOffline => Doing::WorkingOffline,
                }
            });
            *ours.entry(doing).or_insert(0) += to.since(from);
        }
        let differs = |doing: &Doing| ours.get(doing).copied().unwrap_or(0) != theirs.of(*doing);
        match Doing::ALL.iter().find(|doing| differs(doing)) {
            None => Ok(()),
            Some(doing) => Err(format!("{doing:?}: recount {ours:?}, live {theirs:?}")),
        }
    }
}

/// The simulated tenant lives by UTC.
fn start_of(interval: Interval, now: Timestamp) -> Timestamp {
    let hours = |n: u64| n * 3_600_000;
    let length = match interval {
        Interval::QuarterHour => hours(1) / 4,
        Interval::HalfHour => hours(1) / 2,
        Interval::Hour => hours(1),
        Interval::FourHours => hours(4),
        Interval::EightHours => hours(8),
        Interval::TwelveHours => hours(12),
        Interval::Day => hours(24),
    };
    Timestamp(now.0 - now.0 % length)
}
