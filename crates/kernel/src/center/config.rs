//! Settings: checked against each other before any is saved, applied whole.

use alloc::{borrow::Cow, boxed::Box, format, string::String, sync::Arc, vec::Vec};

use model::{
    AgentId, Event, QueueId, Recorded, Rejection, Timestamp, UserId,
    access::Role,
    bytes,
    config::{Administration, Agent, Change, Publication, Setting, SettingKey},
    event::{Act, Administered},
    limits::{SETTING_BYTES_MAX, SETTINGS_PER_COMMAND_MAX},
    rejection::Fault,
    time::Millis,
};

use crate::{
    State,
    center::{desk, script},
    flow,
    state::{Access, Config},
};

mod check;
mod uses;

/// How long an offer rings that has no queue, or whose queue is gone.
const OFFER_MS: Millis = 30_000;

pub(crate) fn offer_ms(state: &State, queue: Option<QueueId>) -> Millis {
    let queue = queue.and_then(|queue| state.config.queues.get(&queue));
    queue.map_or(OFFER_MS, |queue| queue.offer_ms)
}

pub(crate) fn decline_ms(state: &State, queue: QueueId) -> Millis {
    state.config.queues.get(&queue).map_or(0, |queue| queue.decline_ms)
}

/// How long wrap-up may take after a conversation of a queue, or of none.
pub(crate) fn wrap_up_ms(state: &State, queue: Option<QueueId>) -> Millis {
    let direct = || state.config.tenant.as_ref().map_or(0, |tenant| tenant.direct_wrap_up_ms);
    queue.map_or_else(direct, |queue| {
        state.config.queues.get(&queue).map_or(0, |queue| queue.wrap_up_ms)
    })
}

/// What a flow may refer to, as the settings are.
#[must_use]
pub fn references(config: &Config) -> flow::References {
    flow::References {
        queues: config.queues.keys().copied().collect(),
        skills: config.skills.keys().copied().collect(),
        scripts: config.drafts.keys().copied().collect(),
        agents: config.agents.keys().copied().collect(),
        schedules: config.schedules.clone(),
        system: script::SYSTEM_VARIABLES.into_iter().map(Into::into).collect(),
    }
}

/// The variables that every script can read beside the custom ones.
#[must_use]
pub fn system_variables() -> &'static [&'static str] {
    &script::SYSTEM_VARIABLES
}

/// The settings as they will be when those before are saved, and what goes on meanwhile.
struct Plan<'s> {
    state: &'s State,
    config: Cow<'s, Config>,
    access: Cow<'s, Access>,
}

impl Plan<'_> {
    fn has(&self, key: &SettingKey) -> bool {
        self.config.has(key) || self.access.has(key)
    }

    fn save(&mut self, setting: &Setting) {
        self.config.to_mut().save(setting);
        self.access.to_mut().save(setting);
    }

    /// Whether the setting is still the one that was seen.
    fn expect(&self, change: &Change) -> Result<(), Rejection> {
        let key = change.setting.key();
        match change.expects {
            None => Ok(()),
            Some(0) if self.has(&key) => Err(Rejection::SettingExists),
            Some(0) => Ok(()),
            Some(_) if !self.has(&key) => Err(Rejection::SettingUnknown),
            Some(seen) if seen == self.config.revision(&key) => Ok(()),
            Some(_) => Err(Rejection::ChangedMeanwhile),
        }
    }
}

/// What the operator saves.
pub(crate) fn decide(state: &State, settings: &[Setting]) -> Result<Vec<Event>, Rejection> {
    let whatever = |setting: &Setting| Change { setting: setting.clone(), expects: None };
    take(state, &settings.iter().map(whatever).collect::<Vec<_>>())
}

/// What a person changes; the account of it comes first.
pub(crate) fn administer(
    state: &State,
    administration: &Administration,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let Administration { by, changes } = administration;
    let published = Publication { at: now, by: *by };
    let mut changes = changes.clone();
    for change in &mut changes {
        keep_own_access(*by, &change.setting)?;
        if let Setting::Script(script) = &mut change.setting {
            Arc::make_mut(script).published = Some(published);
        }
    }
    let saved = take(state, &changes)?;
    let settings = u32::try_from(saved.len()).expect("settings of one command are few");
    let account = Administered { by: *by, act: Act::Configured { settings } };
    Ok([Event::Administered(Box::new(account))].into_iter().chain(saved).collect())
}

/// Who locks oneself out cannot undo it.
fn keep_own_access(by: UserId, setting: &Setting) -> Result<(), Rejection> {
    let lost = if let Setting::User(user) = setting {
        user.id == by && user.role != Role::Administrator
    } else {
        *setting == Setting::Deleted(SettingKey::User(by))
    };
    if lost { Err(Rejection::OwnAccess) } else { Ok(()) }
}

/// Checks the changes one after the other, each against what exists and those before it.
fn take(state: &State, changes: &[Change]) -> Result<Vec<Event>, Rejection> {
    let few = changes.len() <= SETTINGS_PER_COMMAND_MAX;
    require(few, || "settings".into(), "at most 2,000 at once")?;
    let (config, access) = (Cow::Borrowed(&state.config), Cow::Borrowed(&state.access));
    let mut plan = Plan { state, config, access };
    let mut events = Vec::with_capacity(changes.len());
    for (i, change) in changes.iter().enumerate() {
        plan.expect(change)?;
        let setting = &change.setting;
        plan.check(setting)?;
        if i + 1 < changes.len() {
            plan.save(setting);
        }
        let event = Event::Configured(Box::new(setting.clone()));
        let recorded = Recorded { at: Timestamp(0), event };
        let small = bytes::encode(&recorded).len() <= SETTING_BYTES_MAX;
        require(small, || format!("settings[{i}]"), "too large: at most 512 KiB")?;
        events.push(recorded.event);
    }
    Ok(events)
}

fn require(holds: bool, field: impl FnOnce() -> String, message: &str) -> Result<(), Rejection> {
    let fault = || Fault { field: field().into(), message: message.into() };
    if holds { Ok(()) } else { Err(Rejection::InvalidSetting(fault())) }
}

pub(crate) fn apply(state: &mut State, setting: &Setting) {
    let before = agent_of(setting).and_then(|id| state.config.agents.get(&id).cloned());
    state.config.save(setting);
    state.access.save(setting);
    if let Setting::Queue(queue) = setting {
        judge_anew(state, queue.id);
    } else if let Setting::Agent(agent) = setting {
        let before = before.as_ref().map_or(&[][..], |before| &before.queues);
        state.available.set_member(agent.id, before, &agent.queues);
        state.desks.entry(agent.id).or_default();
        desk::refresh(state, agent.id);
    } else if let (Setting::Deleted(SettingKey::Agent(_)), Some(gone)) = (setting, before) {
        clear_desk(state, &gone);
    }
}

fn agent_of(setting: &Setting) -> Option<AgentId> {
    if let SettingKey::Agent(id) = setting.key() { Some(id) } else { None }
}

/// Those who wait already are judged by the new settings from now on.
fn judge_anew(state: &mut State, queue: QueueId) {
    for id in state.waiting.in_queue(queue) {
        state.change(id, |interaction, config| {
            let ring = interaction.place.wait().map_or(0, |wait| wait.ring);
            interaction.widen(ring, config);
        });
    }
    for agent in state.members(queue).to_vec() {
        desk::refresh(state, agent);
    }
}

/// Only an agent who is logged out and has no work is deleted.
fn clear_desk(state: &mut State, gone: &Agent) {
    state.available.set_member(gone.id, &gone.queues, &[]);
    state.available.list(gone.id, Timestamp(0), Vec::new());
    state.desks.remove(&gone.id);
}
