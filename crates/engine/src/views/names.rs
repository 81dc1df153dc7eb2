//! What settings call things, so that the timeline can say it.

use std::collections::BTreeMap;

use model::{AgentId, QueueId, ScriptId, SkillId, Text, UserId, config::Setting, flow::NodeId};

/// The names as of some position of the log.
#[derive(Default)]
pub(super) struct Names {
    queues: BTreeMap<QueueId, Text>,
    agents: BTreeMap<AgentId, Text>,
    skills: BTreeMap<SkillId, Text>,
    reasons: BTreeMap<Text, Text>,
    users: BTreeMap<UserId, Text>,
    labels: BTreeMap<(ScriptId, u32), BTreeMap<NodeId, Text>>,
}

/// One name as a row: kind, identity, name.
pub(super) type Row = (&'static str, String, Text);

impl Names {
    /// The rows a setting adds or replaces.
    pub(super) fn rows(setting: &Setting) -> Vec<Row> {
        match setting {
            Setting::Queue(queue) => vec![("queue", queue.id.to_string(), queue.name.clone())],
            Setting::Agent(agent) => vec![("agent", agent.id.to_string(), agent.name.clone())],
            Setting::Skill(skill) => vec![("skill", skill.id.to_string(), skill.name.clone())],
            Setting::Reason(reason) => {
                vec![("reason", reason.code.to_string(), reason.text.clone())]
            }
            Setting::User(user) => vec![("user", user.id.to_string(), user.name.clone())],
            Setting::Script(script) => {
                let label = |(node, named): (&NodeId, &model::flow::Node)| {
                    let id = format!("{} {} {node}", script.id, script.version);
                    ("node", id, named.label.clone())
                };
                script.flow.nodes.iter().map(label).collect()
            }
            // What is deleted keeps its name: the past tells of it.
            Setting::Deleted(_)
            | Setting::Tenant(_)
            | Setting::ScriptDraft(_)
            | Setting::Group(_)
            | Setting::Schedule(_)
            | Setting::Channel(_)
            | Setting::TransactionCode(_)
            | Setting::Tokens(_)
            | Setting::Crm(_)
            | Setting::ApiKey(_)
            | Setting::Webhook(_)
            | Setting::WebhookDeleted(_) => Vec::new(),
        }
    }

    /// Takes a row in; `None` when it is not one that [`rows`](Self::rows) makes.
    pub(super) fn learn(&mut self, kind: &str, id: &str, name: Text) -> Option<()> {
        match kind {
            "queue" => drop(self.queues.insert(QueueId(id.parse().ok()?), name)),
            "agent" => drop(self.agents.insert(AgentId::parse(id)?, name)),
            "skill" => drop(self.skills.insert(SkillId(id.parse().ok()?), name)),
            "reason" => drop(self.reasons.insert(id.into(), name)),
            "user" => drop(self.users.insert(UserId(id.parse().ok()?), name)),
            "node" => {
                let mut parts = id.splitn(3, ' ');
                let script = ScriptId(parts.next()?.parse().ok()?);
                let version = parts.next()?.parse().ok()?;
                let labels = self.labels.entry((script, version)).or_default();
                labels.insert(parts.next()?.into(), name);
            }
            _ => return None,
        }
        Some(())
    }

    /// A queue's name.
    pub(super) fn queue(&self, id: QueueId) -> Text {
        self.queues.get(&id).cloned().unwrap_or_else(|| format!("queue {id}").into())
    }

    /// An agent's name.
    pub(super) fn agent(&self, id: AgentId) -> Text {
        self.agents.get(&id).cloned().unwrap_or_else(|| id.as_str().into())
    }

    /// A skill's name.
    pub(super) fn skill(&self, id: SkillId) -> Text {
        self.skills.get(&id).cloned().unwrap_or_else(|| format!("skill {id}").into())
    }

    /// A person's name.
    pub(super) fn user(&self, id: UserId) -> Text {
        self.users.get(&id).cloned().unwrap_or_else(|| format!("user {id}").into())
    }

    /// A reason's words.
    pub(super) fn reason(&self, code: &Text) -> Text {
        self.reasons.get(code).unwrap_or(code).clone()
    }

    /// A node's label.
    pub(super) fn label(&self, script: Option<(ScriptId, u32)>, node: &NodeId) -> Text {
        let labels = script.and_then(|script| self.labels.get(&script));
        labels.and_then(|labels| labels.get(node)).unwrap_or(node).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_as_rows() {
        let skill = model::config::Skill { id: SkillId(7), name: "Spanish".into() };
        let mut names = Names::default();
        assert_eq!(&*names.skill(SkillId(7)), "skill 7");
        for (kind, id, name) in Names::rows(&Setting::Skill(skill)) {
            names.learn(kind, &id, name).unwrap();
        }
        assert_eq!(&*names.skill(SkillId(7)), "Spanish");
        let node = |names: &Names| names.label(Some((ScriptId(1), 2)), &"a b".into());
        assert_eq!(&*node(&names), "a b");
        names.learn("node", "1 2 a b", "Greeting".into()).unwrap();
        assert_eq!(&*node(&names), "Greeting");
        assert_eq!(names.learn("node", "1", "x".into()), None);
    }
}
