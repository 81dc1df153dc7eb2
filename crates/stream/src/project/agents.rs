//! What is told of agents: their state, and the queues they work in.

use std::collections::BTreeSet;

use model::{
    AgentId, InteractionId, QueueId, config::Agent, event::StatusChanged, interaction::Media,
};

use super::{
    Projection,
    desk::{Desk, Shown, Work, state},
    names,
    render::Object,
};
use crate::Kind;

impl Projection {
    pub(super) fn change_status(&mut self, changed: &StatusChanged) {
        let desk = self.desk(changed.agent);
        (desk.status, desk.reason, desk.next) = (changed.status, changed.reason.clone(), false);
        if desk.is_out() && changed.status != model::status::Status::LoggedOut {
            let logging_in = Shown { state: state::LOGGED_IN, reason: None };
            self.tell_state(changed.agent, &logging_in);
        }
        self.show(changed.agent);
    }

    /// An agent's work on an interaction begins, or goes on in another way.
    pub(super) fn work(&mut self, agent: AgentId, id: InteractionId, work: Work) {
        self.desk(agent).work.insert(id, work);
        self.show(agent);
    }

    /// An agent's work on an interaction is over. When another status is to come at once, the one that
    /// would hold until then is not told.
    pub(super) fn done(&mut self, agent: AgentId, id: InteractionId, status_follows: bool) {
        let desk = self.desk(agent);
        desk.work.remove(&id);
        let follows = status_follows || (desk.next && desk.work.is_empty());
        if !follows {
            self.show(agent);
        }
    }

    fn show(&mut self, agent: AgentId) {
        if let Some(shown) = self.desk(agent).show() {
            self.tell_state(agent, &shown);
        }
    }

    fn tell_state(&mut self, agent: AgentId, shown: &Shown) {
        let mut event = Object::default();
        event.put("agentId", agent);
        event.put_some("newReasonCodeUser", shown.reason.as_ref());
        event.put("newState", shown.state);
        if !matches!(shown.state, state::LOGGED_OUT | state::LOGGED_IN) {
            event.put("newSubState", "none");
            event.put("newSubStateReason", "none");
        }
        event.put_seconds("statusEventTS", self.at);
        self.send(Kind::AgentStatusChange, None, vec![agent], event);
    }

    pub(super) fn tell_skill(&mut self, agent: AgentId, queue: QueueId, enabled: bool, kind: Kind) {
        let media = self.names.queues.get(&queue).map_or(Media::Phone, |queue| queue.media);
        let mut event = Object::default();
        event.put("agentId", agent);
        event.put_yes("enabled", enabled);
        event.put("event", kind.as_str());
        event.put("skillId", names::skill_id(&self.tenant, agent, media, queue));
        event.put("tenantSkillId", names::tenant_skill_id(&self.tenant, media, queue));
        self.send(kind, None, vec![agent], event);
    }
}

/// How the queues of an agent differ from what was told: queue, whether the agent has it, and by what kind of
/// message to tell.
pub(super) fn queue_changes(desk: Option<&Desk>, agent: &Agent) -> Vec<(QueueId, bool, Kind)> {
    let has: BTreeSet<QueueId> = agent.queues.iter().copied().collect();
    let known = desk.map(|desk| desk.queues.clone()).unwrap_or_default();
    let change = |queue: QueueId| {
        let has = has.contains(&queue);
        match known.get(&queue) {
            None => Some((queue, has, Kind::AgentSkillCreated)),
            Some(had) if *had != has => Some((queue, has, Kind::AgentSkillChanged)),
            Some(_) => None,
        }
    };
    let all: BTreeSet<QueueId> = known.keys().copied().chain(has.iter().copied()).collect();
    all.into_iter().filter_map(change).collect()
}
