//! The open interactions, a page at a time.

use engine::State;
use kernel::center::{interaction::Interaction, place::Place};
use model::{AgentId, InteractionId, QueueId, TenantId, Timestamp};

use super::wire::{InteractionPage, InteractionRow, NamedAgent, PlaceWord, ScriptPoint};
use crate::{
    app::App,
    error::{Invalid, Problem},
    limits::{PAGE_DEFAULT, PAGE_MAX},
    path::Parameters,
    shown::QueueName,
};

/// Interactions looked at for one page; a page can be short because of it, and `next` then goes on.
const LOOKED_AT_MAX: usize = 10_000;

/// Which interactions are asked for.
pub(super) struct Ask {
    queue: Option<QueueId>,
    state: Option<PlaceWord>,
    after: InteractionId,
    limit: usize,
}

impl Ask {
    pub(super) fn read(parameters: &Parameters) -> Result<Self, Invalid> {
        let queue = parameters.number("queue")?.map(u32::try_from).transpose();
        let queue = queue.map_err(|_| Invalid::field("queue", "There is no such queue."))?;
        let state = parameters.text("state").map(|word| {
            let words = "Must be script, waiting, offered, dialling, talking, bridged or wrapUp.";
            PlaceWord::parse(word).ok_or_else(|| Invalid::field("state", words))
        });
        let limit = match parameters.number("limit")? {
            None => PAGE_DEFAULT,
            Some(limit) => usize::try_from(limit)
                .ok()
                .filter(|limit| (1..=PAGE_MAX).contains(limit))
                .ok_or_else(|| Invalid::field("limit", format!("Must be 1 to {PAGE_MAX}.")))?,
        };
        Ok(Self {
            queue: queue.map(QueueId),
            state: state.transpose()?,
            after: InteractionId(parameters.number("after")?.unwrap_or_default()),
            limit,
        })
    }

    fn wants(&self, open: &Interaction) -> bool {
        self.queue.is_none_or(|queue| open.last_queue() == Some(queue))
            && self.state.is_none_or(|state| place(&open.place).0 == state)
    }
}

pub(super) async fn page(
    app: &App,
    tenant: &TenantId,
    ask: Ask,
) -> Result<InteractionPage, Problem> {
    let now = app.engine().now();
    let look = move |state: &State, position| {
        let mut items = Vec::new();
        let (mut last, mut next) = (ask.after, None);
        for (looked_at, open) in state.interactions_after(ask.after).enumerate() {
            if items.len() == ask.limit || looked_at == LOOKED_AT_MAX {
                next = Some(last.to_string());
                break;
            }
            last = open.id;
            if ask.wants(open) {
                items.push(row(state, open));
            }
        }
        InteractionPage { items, next, position, now: now.0 }
    };
    Ok(app.engine().query(tenant, look).await?)
}

/// An open interaction as a row.
pub(super) fn row(state: &State, open: &Interaction) -> InteractionRow {
    let (word, since) = place(&open.place);
    let since = since.or_else(|| Some(open.papers.first()?.left)).unwrap_or(open.created);
    let queue = open.last_queue().map(|id| {
        let name = state.config.queues.get(&id).map(|queue| queue.name.to_string());
        QueueName { id: id.0, name: name.unwrap_or_default() }
    });
    let first_line = open.line_of.and_then(|first| state.interaction(first));
    InteractionRow {
        interaction_id: open.guid.to_string(),
        media_type: open.media.into(),
        direction: open.direction.into(),
        state: word,
        since: since.0,
        queue,
        priority: open.place.wait().map(|wait| wait.priority),
        agents: open.agents().map(|id| named(state, id)).collect(),
        customer: open.customer().to_string(),
        caller_name: open.caller_name.as_deref().unwrap_or_default().to_owned(),
        channel: open.channel_address().to_string(),
        created_at: open.created.0,
        script: point(state, open),
        line_of: first_line.map(|first| first.guid.to_string()),
    }
}

fn named(state: &State, id: AgentId) -> NamedAgent {
    let name = state.config.agents.get(&id).map(|agent| agent.name.to_string());
    NamedAgent { id: id.to_string(), name: name.unwrap_or_default() }
}

fn point(state: &State, open: &Interaction) -> Option<ScriptPoint> {
    let run = open.run.as_ref().filter(|_| open.place == Place::Script)?;
    let script = state.config.scripts.get(&(run.script, run.version))?;
    let node = script.flow.nodes.get(&run.node).map_or(&run.node, |node| &node.label);
    Some(ScriptPoint {
        name: script.name.to_string(),
        version: run.version,
        node: node.to_string(),
    })
}

/// Where it is, and since when, if the place knows.
fn place(place: &Place) -> (PlaceWord, Option<Timestamp>) {
    match place {
        Place::Script => (PlaceWord::Script, None),
        Place::Waiting(wait) => (PlaceWord::Waiting, Some(wait.entered)),
        Place::Offered(_, offer) | Place::Asked(offer) => (PlaceWord::Offered, Some(offer.offered)),
        Place::Dialling(dial) => (PlaceWord::Dialling, Some(dial.since)),
        Place::Talking(talk) => (PlaceWord::Talking, Some(talk.answered)),
        Place::Bridged(bridge) => (PlaceWord::Bridged, Some(bridge.since)),
        Place::Ended(_) => (PlaceWord::WrapUp, None),
    }
}
