//! The two indexes of routing: who waits where, best first, and which agents could take something,
//! longest idle first. Both are derived from interactions and desks and kept in step with them.
//!
//! The published score is `priority * 10,000 + milliseconds waited`. Age grows alike for all, so the
//! order of two waiting interactions never changes and can be kept as a sorted set: by the instant
//! at which the interaction would have had to enter, had its priority been 0.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    vec::Vec,
};

use model::{
    AgentId, InteractionId, QueueId, Timestamp, config::Agent, config::SkillLevel,
    interaction::Media, limits::SCORE_PER_PRIORITY, time::Millis,
};
use serde::{Deserialize, Serialize};

use crate::center::{interaction::Interaction, place::Wait};

/// Where an interaction stands in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    queue: QueueId,
    entered: Timestamp,
    rank: u64,
    class: Class,
    /// Not while an agent is being asked.
    routable: bool,
}

/// What an agent must fulfil to be asked: all interactions of one class suit the same agents, save
/// those who declined.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Class {
    needs: Arc<[SkillLevel]>,
    held: Option<AgentId>,
}

impl Standing {
    pub(crate) fn new(wait: &Wait, routable: bool) -> Self {
        Self {
            queue: wait.queue,
            entered: wait.entered,
            rank: rank(wait),
            class: Class { needs: wait.needs.clone(), held: wait.held.map(|(agent, _)| agent) },
            routable,
        }
    }
}

/// Smaller goes first.
pub(crate) fn rank(wait: &Wait) -> u64 {
    wait.entered.0.saturating_sub(u64::from(wait.priority) * SCORE_PER_PRIORITY)
}

/// The weight of what was known before against one more observation of a queue's pace, plus one.
const PACE_MEMORY: Millis = 8;

/// Who waits where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Waiting {
    queues: BTreeMap<QueueId, Line>,
    /// How far apart agents take interactions from each queue while somebody waits: a mean in which
    /// each observation counts an eighth.
    paces: BTreeMap<QueueId, Millis>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    /// All, the offered ones too, by entry.
    entered: BTreeSet<(Timestamp, InteractionId)>,
    /// The routable ones, best first within each class.
    classes: BTreeMap<Class, BTreeSet<(u64, InteractionId)>>,
    /// When an agent last took one; somebody has waited ever since.
    taken: Option<Timestamp>,
}

impl Waiting {
    pub(crate) fn move_between(
        &mut self,
        id: InteractionId,
        from: Option<&Standing>,
        to: Option<Standing>,
    ) {
        if let Some(from) = from {
            self.remove(id, from);
        }
        if let Some(to) = to {
            let line = self.queues.entry(to.queue).or_default();
            line.entered.insert((to.entered, id));
            if to.routable {
                line.classes.entry(to.class).or_default().insert((to.rank, id));
            }
        }
    }

    fn remove(&mut self, id: InteractionId, from: &Standing) {
        let line = self.queues.get_mut(&from.queue).expect("it stands in this line");
        line.entered.remove(&(from.entered, id));
        if from.routable {
            let class = line.classes.get_mut(&from.class).expect("it stands in this class");
            class.remove(&(from.rank, id));
            if class.is_empty() {
                line.classes.remove(&from.class);
            }
        }
        if line.entered.is_empty() {
            self.queues.remove(&from.queue);
        }
    }

    /// How many wait, and since when the first has.
    pub(crate) fn load(&self, queue: QueueId) -> (usize, Option<Timestamp>) {
        self.queues.get(&queue).map_or((0, None), |line| {
            (line.entered.len(), line.entered.first().map(|(entered, _)| *entered))
        })
    }

    /// An agent takes one that stands in this line.
    pub(crate) fn take(&mut self, queue: QueueId, at: Timestamp) {
        let Some(line) = self.queues.get_mut(&queue) else { return };
        if let Some(before) = line.taken.replace(at) {
            let apart = at.since(before);
            let pace = self.paces.entry(queue).or_insert(apart);
            *pace = pace.saturating_mul(PACE_MEMORY - 1).saturating_add(apart) / PACE_MEMORY;
        }
    }

    /// How far apart agents take interactions from a queue; `None` until that was seen.
    pub(crate) fn pace(&self, queue: QueueId) -> Option<Millis> {
        self.paces.get(&queue).copied()
    }

    /// Everyone in a queue, the offered ones too, in order of entry.
    pub(crate) fn in_queue(&self, queue: QueueId) -> Vec<InteractionId> {
        self.queues
            .get(&queue)
            .map_or_else(Vec::new, |line| line.entered.iter().map(|(_, id)| *id).collect())
    }

    /// Position of a waiting interaction, 1 for the next, counted up to `max`.
    pub(crate) fn position(&self, interaction: &Interaction, max: usize) -> Option<usize> {
        let wait = interaction.place.wait()?;
        let own = (rank(wait), interaction.id);
        let line = self.queues.get(&wait.queue)?;
        let ahead = line
            .classes
            .values()
            .flat_map(|class| class.range(..own))
            .take(max.saturating_sub(1))
            .count();
        Some(ahead + 1)
    }

    /// The best interaction of a queue for an agent who meets `fits` and has not `declined` it.
    pub(crate) fn best_for(
        &self,
        queue: QueueId,
        agent: &Agent,
        declined: impl Fn(InteractionId) -> bool,
    ) -> Option<(u64, InteractionId)> {
        let line = self.queues.get(&queue)?;
        let classes = line.classes.iter().filter(|(class, _)| {
            class.held.is_none_or(|held| held == agent.id)
                && class.needs.iter().all(|need| has(agent, *need))
        });
        classes.filter_map(|(_, class)| class.iter().find(|(_, id)| !declined(*id)).copied()).min()
    }
}

/// Whether an agent has a skill at a level. Not having it is not level 0.
pub(crate) fn has(agent: &Agent, need: SkillLevel) -> bool {
    agent.skills.get(&need.skill).is_some_and(|level| *level >= need.level)
}

/// Which agents could take something from each queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Available {
    members: BTreeMap<QueueId, Vec<AgentId>>,
    idle: BTreeMap<QueueId, BTreeSet<(Timestamp, AgentId)>>,
    listed: BTreeMap<AgentId, (Timestamp, Vec<QueueId>)>,
}

impl Available {
    /// The agents configured for a queue.
    pub(crate) fn members(&self, queue: QueueId) -> &[AgentId] {
        self.members.get(&queue).map_or(&[], Vec::as_slice)
    }

    /// The agents who could take something from a queue, longest idle first.
    pub(crate) fn idle(&self, queue: QueueId) -> impl Iterator<Item = (Timestamp, AgentId)> + '_ {
        self.idle.get(&queue).into_iter().flatten().copied()
    }

    /// Replaces an agent's queues.
    pub(crate) fn set_member(&mut self, agent: AgentId, before: &[QueueId], after: &[QueueId]) {
        for queue in before {
            if let Some(members) = self.members.get_mut(queue) {
                members.retain(|member| *member != agent);
            }
        }
        for queue in after {
            let members = self.members.entry(*queue).or_default();
            if let Err(place) = members.binary_search(&agent) {
                members.insert(place, agent);
            }
        }
    }

    /// Lists an agent as idle since then in these queues, and in no others.
    pub(crate) fn list(&mut self, agent: AgentId, since: Timestamp, queues: Vec<QueueId>) {
        if let Some((since, queues)) = self.listed.remove(&agent) {
            for queue in queues {
                if let Some(idle) = self.idle.get_mut(&queue) {
                    idle.remove(&(since, agent));
                }
            }
        }
        if !queues.is_empty() {
            for queue in &queues {
                self.idle.entry(*queue).or_default().insert((since, agent));
            }
            self.listed.insert(agent, (since, queues));
        }
    }
}

/// How many more interactions of a kind fit on a desk.
pub(crate) fn room(agent: &Agent, media: Media, used: u8) -> u8 {
    agent.capacity.get(&media).copied().unwrap_or(0).saturating_sub(used)
}
