//! The XML, JSON and CSV of statistics, as published. Times are whole seconds, what there is not is 0.

use engine::measure::{Agent, Doing, Interval, Phase, Policy, QueueRatio, Reading};
use model::{AgentId, QueueId, Timestamp, interaction::Media};

use crate::projection::Tree;

/// A queue at this moment: 31 members, in the published order.
pub(super) fn live_queue(reading: &Reading<'_>, id: QueueId) -> Option<Tree> {
    let setup = reading.setup().queues.get(&id)?;
    let (live, members) = (reading.queue_live(id), reading.setup().members(id));
    let staff = reading.staff(members.iter().copied(), None);
    let over = |interval| Window::of(reading, id, interval);
    let (day, half_hour) = (over(Interval::Day), over(Interval::HalfHour));
    let quarter = over(Interval::QuarterHour);
    let waits_ms = reading.longest_wait_ms(id).unwrap_or(0);
    let n = |count: u32| Tree::Number(count.into());
    Some(Tree::Members(vec![
        ("agent-count-busy", n(staff.offering + staff.handling)),
        ("agent-count-loggedOut", n(staff.logged_out)),
        ("agent-count-onBreak", n(staff.on_break)),
        ("agent-count-postProcess", n(staff.wrap_up)),
        ("agent-count-waitTransact", n(staff.available_idle)),
        ("agent-count-workOffline", n(staff.working_offline)),
        ("assigned-agent-count", n(staff.enabled)),
        ("enabled-agent-count", n(staff.enabled)),
        ("day-abandoned", day.abandoned),
        ("day-accepted", day.accepted),
        ("day-avg-duration", day.duration),
        ("day-avg-wait-time", day.wait),
        ("day-queued", day.queued),
        ("day-sla-activity", day.in_time),
        ("longest-wait-time", seconds(waits_ms)),
        ("media-type", Tree::text(media(setup.media))),
        ("number-in-offered", n(live.offered)),
        ("number-in-progress", n(live.handling)),
        ("queue-id", n(id.0)),
        ("queue-name", Tree::text(&*setup.name)),
        ("queue-size", n(live.in_queue())),
        ("queue-type", Tree::text("")),
        ("sla-activity", quarter.in_time),
        ("sla-target", n(setup.service_level.target_percent.into())),
        ("thirty-min-abandoned", half_hour.abandoned),
        ("thirty-min-accepted", half_hour.accepted),
        ("thirty-min-avg-duration", half_hour.duration),
        ("thirty-min-avg-wait-time", half_hour.wait),
        ("thirty-min-longest-wait-time", half_hour.longest_wait),
        ("thirty-min-queued", half_hour.queued),
        ("thirty-min-sla-activity", half_hour.in_time),
    ]))
}

/// What is told of an interval.
struct Window {
    abandoned: Tree,
    accepted: Tree,
    duration: Tree,
    wait: Tree,
    longest_wait: Tree,
    queued: Tree,
    in_time: Tree,
}

impl Window {
    fn of(reading: &Reading<'_>, id: QueueId, interval: Interval) -> Self {
        let counts = reading.queue_counts(id, interval);
        let promise = QueueRatio::ServiceLevel(Policy::OfferedLessShort);
        let (in_time, of) = promise.parts(&counts);
        let mean = |sum: u64, n: u64| seconds(sum.checked_div(n).unwrap_or(0));
        Self {
            abandoned: number(counts.abandoned_in_all()),
            accepted: number(counts.accepted),
            duration: mean(counts.handling_ms, counts.handled),
            wait: mean(counts.wait_ms, counts.left()),
            longest_wait: seconds(counts.longest_wait_ms),
            queued: number(counts.came),
            in_time: number((in_time * 100 + of / 2).checked_div(of).unwrap_or(0)),
        }
    }
}

fn number(number: u64) -> Tree {
    Tree::Number(i64::try_from(number).unwrap_or(i64::MAX))
}

fn seconds(ms: u64) -> Tree {
    number(ms / 1_000)
}

fn media(media: Media) -> &'static str {
    match media {
        Media::Phone => "phone",
        Media::Chat | Media::Sms => "chat",
        Media::Email => "email",
    }
}

/// An agent at this moment.
pub(super) fn live_agent(reading: &Reading<'_>, id: AgentId) -> Option<Tree> {
    let (setup, agent) = (reading.setup().agents.get(&id)?, reading.agent(id)?);
    let since = |at: Option<Timestamp>| seconds(at.map_or(0, |at| reading.now().since(at)));
    let group = setup.group.map_or_else(|| Tree::text(""), |group| Tree::Number(group.0.into()));
    let (first, second) = (line(reading, id, agent, 0), line(reading, id, agent, 1));
    let known = agent.status_since.map(|_| agent.doing_since);
    Some(Tree::Members(vec![
        ("agent-id", Tree::text(id.as_str())),
        ("agent-name", Tree::text(&*setup.name)),
        ("group-id", group),
        ("agent-status", Tree::Number(status(agent.doing))),
        ("time-in-status", since(known)),
        ("phone-line1-status", Tree::Number(first.0)),
        ("phone-line1-status-time", since(first.1)),
        ("phone-line2-status", Tree::Number(second.0)),
        ("phone-line2-status-time", since(second.1)),
    ]))
}

/// Other numbers than those of agent status.
fn status(doing: Doing) -> i64 {
    match doing {
        Doing::Available => 0,
        Doing::Offering => 1,
        Doing::Handling => 2,
        Doing::WrapUp => 3,
        Doing::OnBreak => 4,
        Doing::WorkingOffline => 5,
        Doing::LoggedOut => 9,
    }
}

/// What a telephone line does, and since when: each call at hand has one, the older the first.
fn line(
    reading: &Reading<'_>,
    id: AgentId,
    agent: &Agent,
    number: usize,
) -> (i64, Option<Timestamp>) {
    let open = agent.at_hand.iter().filter_map(|at_hand| reading.open(*at_hand));
    let mut calls =
        open.filter(|open| open.media == Media::Phone).filter_map(|open| open.work_of(id));
    let Some(work) = calls.nth(number) else { return (0, None) };
    match (work.phase, work.held) {
        (Phase::Ended | Phase::WrapUp, _) => (0, Some(work.since)),
        (Phase::Talking, Some(held)) => (1, Some(held)),
        (Phase::Talking, None) if work.muted => (2, Some(work.since)),
        (Phase::Offered, _) => (3, Some(work.since)),
        (Phase::Dialling, _) | (Phase::Talking, None) => (5, Some(work.since)),
    }
}

/// The letter of a kind of queue.
fn letter(media: Media) -> &'static str {
    match media {
        Media::Phone => "T",
        Media::Chat | Media::Sms => "C",
        Media::Email => "Z",
    }
}

/// The queues there are.
pub(super) fn queues(reading: &Reading<'_>) -> Tree {
    let queue = |(id, setup): (&QueueId, &engine::measure::QueueSetup)| {
        Tree::Members(vec![
            ("queue-id", Tree::Number(id.0.into())),
            ("queue-name", Tree::text(&*setup.name)),
            ("queue-desc", Tree::text("")),
            ("media-type", Tree::text(letter(setup.media))),
        ])
    };
    Tree::Many("queue", reading.setup().queues.iter().map(queue).collect())
}

/// The same as CSV (RFC 4180).
pub(super) fn queue_table(reading: &Reading<'_>) -> String {
    let mut table = String::from("queue-id,queue-name,queue-desc,media-type\r\n");
    for (id, setup) in &reading.setup().queues {
        let name = setup.name.replace('"', "\"\"");
        table.push_str(&format!("{id},\"{name}\",,{}\r\n", letter(setup.media)));
    }
    table
}
