//! Performs the nodes that only a contact center has.

use alloc::{boxed::Box, vec::Vec};

use model::{
    Event, InteractionId,
    config::SkillLevel,
    event::InteractionQueued,
    flow::{NodeKind, ToQueue},
    interaction::EndCause,
    limits::PRIORITY_MAX,
};

use super::{calls, end, enter, pass, running, sight::Sight};
use crate::{
    center::routing,
    flow::{self, named},
    turn::Turn,
};

pub(super) fn act(turn: &mut Turn<'_>, id: InteractionId) {
    let Some((interaction, _, node)) = running(turn.state, id) else { return };
    match node.kind.clone() {
        NodeKind::SetPriority { priority } => {
            turn.emit(Event::PrioritySet { interaction: id, priority: priority.min(PRIORITY_MAX) });
            pass(turn, id, "next", None);
        }
        NodeKind::RequireSkill { skill, level } => {
            let others = interaction.skills.iter().filter(|other| other.skill != skill);
            let mut skills: Vec<SkillLevel> = others.copied().collect();
            skills.push(SkillLevel { skill, level });
            skills.sort_unstable();
            turn.emit(Event::SkillsRequired { interaction: id, skills });
            pass(turn, id, "next", None);
        }
        NodeKind::DropSkill { skill } => {
            let skills =
                interaction.skills.iter().filter(|other| other.skill != skill).copied().collect();
            turn.emit(Event::SkillsRequired { interaction: id, skills });
            pass(turn, id, "next", None);
        }
        NodeKind::ToQueue(to) => to_queue(turn, id, &to),
        NodeKind::ToAgent { agent } => calls::to_agent(turn, id, &agent),
        NodeKind::ToNumber(to) => calls::to_number(turn, id, &to, "invalid"),
        NodeKind::ToExternalIvr(to) => calls::to_number(turn, id, &to, "error"),
        NodeKind::Callback(to) => calls::callback(turn, id, to.queue, to.number.as_ref()),
        NodeKind::Voicemail(to) => calls::callback(turn, id, to.queue, None),
        NodeKind::ToScript { script } => match turn.state.config.script(script).cloned() {
            Some(script) => enter(turn, id, script.id, script.version, &script.flow.start),
            None => pass(turn, id, "error", None),
        },
        NodeKind::Disconnect => end(turn, id, EndCause::Script),
        NodeKind::TestVariable(_)
        | NodeKind::Switch(_)
        | NodeKind::Split(_)
        | NodeKind::Schedule { .. }
        | NodeKind::TestQueue(_)
        | NodeKind::SetVariable { .. }
        | NodeKind::GetFromApi(_)
        | NodeKind::Wait { .. }
        | NodeKind::Say { .. }
        | NodeKind::Menu(_)
        | NodeKind::CollectDigits(_)
        | NodeKind::Record(_) => pass(turn, id, "error", None),
    }
}

fn to_queue(turn: &mut Turn<'_>, id: InteractionId, to: &ToQueue) {
    let Some((interaction, ..)) = running(turn.state, id) else { return };
    let Some(queue) = turn.state.config.queues.get(&to.queue).cloned() else {
        return pass(turn, id, "error", Some("unknown-queue".into()));
    };
    let (waiting, _) = turn.state.queue_load(to.queue);
    if waiting >= usize::try_from(queue.waiting_max).unwrap_or(usize::MAX) {
        return pass(turn, id, "atCapacity", None);
    }
    if to.leave_when_unstaffed
        && !routing::is_any_logged_in(turn.state, &queue, &interaction.skills)
    {
        return pass(turn, id, "noAgents", None);
    }
    let sight = Sight { state: turn.state, interaction, now: turn.now };
    let preferred = to.preferred.as_ref().and_then(|preferred| {
        let agent = named::agent(&preferred.agent, &sight)?;
        let works_here = turn.state.members(to.queue).contains(&agent);
        works_here.then(|| (agent, turn.now.plus(preferred.hold_ms)))
    });
    let queued = InteractionQueued {
        interaction: id,
        queue: queue.id,
        queue_name: queue.name.clone(),
        priority: interaction.priority.unwrap_or(queue.priority),
        leave_at: to.timeout_ms.map(|ms| turn.now.plus(ms)),
        announce_ms: to.announce_ms,
        preferred,
        announce_wait: to.announce_wait,
        options: flow::queue_options(to, &sight, turn.now),
        entered: None,
    };
    turn.emit(Event::InteractionQueued(Box::new(queued)));
}
