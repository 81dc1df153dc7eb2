//! What began and perhaps ended, in lists.

use measure::Doing;
use model::{AgentId, InteractionId, QueueId, Timestamp};

/// Something that began and perhaps ended.
#[derive(Clone, Debug)]
pub(super) struct Span<T> {
    pub(super) interaction: InteractionId,
    pub(super) queue: Option<QueueId>,
    pub(super) agent: Option<AgentId>,
    pub(super) from: Timestamp,
    /// What was waited already when it began.
    pub(super) before_ms: u64,
    pub(super) end: Option<(Timestamp, T)>,
}

impl<T> Span<T> {
    pub(super) fn is_before(&self, start: Timestamp) -> bool {
        self.end.as_ref().is_some_and(|(at, _)| *at < start)
    }

    pub(super) fn length(&self, now: Timestamp) -> u64 {
        self.end.as_ref().map_or(now, |(at, _)| *at).since(self.from) + self.before_ms
    }
}

pub(super) fn begin<T>(
    spans: &mut Vec<Span<T>>,
    interaction: InteractionId,
    queue: Option<QueueId>,
    agent: Option<AgentId>,
    from: Timestamp,
) {
    spans.push(Span { interaction, queue, agent, from, before_ms: 0, end: None });
}

/// Ends what runs on an interaction, of one agent or of all.
pub(super) fn end<T: Copy>(
    spans: &mut [Span<T>],
    id: InteractionId,
    agent: Option<AgentId>,
    at: Timestamp,
    how: T,
) {
    let whose = |of: Option<AgentId>| agent.is_none() || of == agent;
    let running = |span: &&mut Span<T>| span.interaction == id && span.end.is_none();
    for span in spans.iter_mut().filter(running).filter(|span| whose(span.agent)) {
        span.end = Some((at, how));
    }
}

/// The lengths of those that ended since `start`.
pub(super) fn lengths<T>(
    spans: &[Span<T>],
    start: Timestamp,
    wanted: impl Fn(&Span<T>) -> bool,
) -> Vec<u64> {
    let spans = spans.iter().filter(|span| wanted(span));
    let ended = spans.filter(|span| span.end.is_some() && !span.is_before(start));
    ended.map(|span| span.length(span.from)).collect()
}

pub(super) fn stretches<T>(
    spans: &[Span<T>],
    agent: AgentId,
    start: Timestamp,
    now: Timestamp,
    doing: Doing,
) -> impl Iterator<Item = (Doing, Timestamp, Timestamp)> {
    let own = spans.iter().filter(move |span| span.agent == Some(agent) && !span.is_before(start));
    own.map(move |span| {
        let to = span.end.as_ref().map_or(now, |(at, _)| *at);
        (doing, span.from.max(start), to)
    })
}
