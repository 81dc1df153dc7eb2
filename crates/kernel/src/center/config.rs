//! Settings: checked against each other before any is saved, applied whole.

use alloc::{boxed::Box, collections::BTreeSet, format, string::String, sync::Arc, vec::Vec};

use model::{
    Event, QueueId, Recorded, Rejection, ScriptId, Timestamp, bytes,
    config::{Agent, Channel, Queue, Schedule, Script, Setting},
    flow::Severity,
    limits::{
        PRIORITY_MAX, SETTING_BYTES_MAX, SETTINGS_PER_COMMAND_MAX, SKILL_LEVEL_MAX, WEBHOOKS_MAX,
    },
    rejection::Fault,
    time::Millis,
};

use crate::{
    State,
    center::{desk, script},
    flow,
    state::Config,
};

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

/// Identities that exist, or will once the settings before this one are saved.
#[derive(Default)]
struct Known {
    references: flow::References,
    versions: BTreeSet<(ScriptId, u32)>,
    addresses: BTreeSet<(model::Text, model::ChannelId)>,
    emails: BTreeSet<(model::Text, model::UserId)>,
    webhooks: BTreeSet<model::WebhookId>,
    groups: BTreeSet<model::GroupId>,
}

impl Known {
    fn of(config: &Config, state: &State) -> Self {
        Self {
            references: flow::References {
                queues: config.queues.keys().copied().collect(),
                skills: config.skills.keys().copied().collect(),
                scripts: config.scripts.keys().map(|(id, _)| *id).collect(),
                agents: config.agents.keys().copied().collect(),
                schedules: config.schedules.clone(),
                system: script::SYSTEM_VARIABLES.into_iter().map(Into::into).collect(),
            },
            versions: config.scripts.keys().copied().collect(),
            addresses: config
                .channels
                .values()
                .map(|channel| (channel.address.clone(), channel.id))
                .collect(),
            emails: state.access.users.values().map(|user| (user.email.clone(), user.id)).collect(),
            webhooks: config.webhooks.keys().copied().collect(),
            groups: config.groups.keys().copied().collect(),
        }
    }

    fn add(&mut self, setting: &Setting) {
        match setting {
            Setting::Skill(skill) => _ = self.references.skills.insert(skill.id),
            Setting::Queue(queue) => _ = self.references.queues.insert(queue.id),
            Setting::Agent(agent) => _ = self.references.agents.insert(agent.id),
            Setting::Schedule(schedule) => {
                self.references.schedules.insert(schedule.id, schedule.clone());
            }
            Setting::Script(script) => {
                self.references.scripts.insert(script.id);
                self.versions.insert((script.id, script.version));
            }
            Setting::Channel(channel) => {
                _ = self.addresses.insert((channel.address.clone(), channel.id))
            }
            Setting::Webhook(webhook) => _ = self.webhooks.insert(webhook.id),
            Setting::WebhookDeleted(id) => _ = self.webhooks.remove(id),
            Setting::User(user) => _ = self.emails.insert((user.email.clone(), user.id)),
            Setting::Group(group) => _ = self.groups.insert(group.id),
            Setting::Tenant(_)
            | Setting::TransactionCode(_)
            | Setting::Reason(_)
            | Setting::Tokens(_)
            | Setting::ApiKey(_) => {}
        }
    }
}

/// Checks the settings one after the other, each against what exists and those before it.
pub(crate) fn decide(state: &State, settings: &[Setting]) -> Result<Vec<Event>, Rejection> {
    let few = settings.len() <= SETTINGS_PER_COMMAND_MAX;
    require(few, || "settings".into(), "at most 2,000 at once")?;
    let mut known = Known::of(&state.config, state);
    let mut events = Vec::with_capacity(settings.len());
    for (i, setting) in settings.iter().enumerate() {
        check(setting, &known)?;
        known.add(setting);
        let event = Event::Configured(Box::new(setting.clone()));
        let recorded = Recorded { at: Timestamp(0), event };
        let small = bytes::encode(&recorded).len() <= SETTING_BYTES_MAX;
        require(small, || format!("settings[{i}]"), "too large: at most 512 KiB")?;
        events.push(recorded.event);
    }
    Ok(events)
}

fn fault(field: String, message: &str) -> Rejection {
    Rejection::InvalidSetting(Fault { field: field.into(), message: message.into() })
}

fn require(holds: bool, field: impl FnOnce() -> String, message: &str) -> Result<(), Rejection> {
    if holds { Ok(()) } else { Err(fault(field(), message)) }
}

fn check(setting: &Setting, known: &Known) -> Result<(), Rejection> {
    match setting {
        Setting::Queue(queue) => check_queue(queue, known),
        Setting::Agent(agent) => check_agent(agent, known),
        Setting::Schedule(schedule) => check_schedule(schedule),
        Setting::Script(script) => check_script(script, known),
        Setting::Channel(channel) => check_channel(channel, known),
        Setting::Webhook(webhook) => {
            let fits = known.webhooks.len() < WEBHOOKS_MAX || known.webhooks.contains(&webhook.id);
            require(fits, || "webhook".into(), "at most 20 webhooks")
        }
        Setting::WebhookDeleted(id) => {
            let exists = known.webhooks.contains(id);
            require(exists, || format!("webhook[{id}]"), "no such webhook")
        }
        Setting::User(user) => {
            let path = |field: &str| format!("user[{}].{field}", user.id);
            let agent_known =
                user.agent.is_none_or(|agent| known.references.agents.contains(&agent));
            require(agent_known, || path("agent"), "no such agent")?;
            let taken =
                known.emails.iter().any(|(email, id)| *email == user.email && *id != user.id);
            require(!taken, || path("email"), "belongs to another user")
        }
        Setting::Tenant(_)
        | Setting::Skill(_)
        | Setting::Group(_)
        | Setting::TransactionCode(_)
        | Setting::Reason(_)
        | Setting::Tokens(_)
        | Setting::ApiKey(_) => Ok(()),
    }
}

fn check_queue(queue: &Queue, known: &Known) -> Result<(), Rejection> {
    let path = |field: &str| format!("queue[{}].{field}", queue.id);
    require(queue.priority <= PRIORITY_MAX, || path("priority"), "at most 100")?;
    require(queue.offer_ms >= 1_000, || path("offerMs"), "at least 1000")?;
    let promised = queue.service_level.target_percent <= 100;
    require(promised, || path("serviceLevel.targetPercent"), "at most 100")?;
    let skills = &known.references.skills;
    for (i, need) in queue.required.iter().enumerate() {
        require(
            skills.contains(&need.skill),
            || path(&format!("required[{i}].skill")),
            "no such skill",
        )?;
        require(
            need.level <= SKILL_LEVEL_MAX,
            || path(&format!("required[{i}].level")),
            "at most 10",
        )?;
    }
    for (i, skill) in queue.preferred.iter().enumerate() {
        require(skills.contains(skill), || path(&format!("preferred[{i}]")), "no such skill")?;
    }
    let mut after = 0;
    for (i, ring) in queue.rings.iter().enumerate() {
        let rising = ring.after_ms > after;
        require(rising, || path(&format!("rings[{i}].afterMs")), "must rise from ring to ring")?;
        after = ring.after_ms;
        for skill in ring.relax.keys() {
            let field = || path(&format!("rings[{i}].relax"));
            require(skills.contains(skill), field, "names a skill that does not exist")?;
        }
    }
    require(queue.rings.len() < usize::from(u8::MAX), || path("rings"), "at most 254")
}

fn check_agent(agent: &Agent, known: &Known) -> Result<(), Rejection> {
    let path = |field: &str| format!("agent[{}].{field}", agent.id);
    for (i, queue) in agent.queues.iter().enumerate() {
        let exists = known.references.queues.contains(queue);
        require(exists, || path(&format!("queues[{i}]")), "no such queue")?;
        let repeated = agent.queues[..i].contains(queue);
        require(!repeated, || path(&format!("queues[{i}]")), "named twice")?;
    }
    for (skill, level) in &agent.skills {
        let exists = known.references.skills.contains(skill);
        require(exists, || path(&format!("skills[{skill}]")), "no such skill")?;
        require(
            *level <= SKILL_LEVEL_MAX,
            || path(&format!("skills[{skill}]")),
            "level at most 10",
        )?;
    }
    let grouped = agent.group.is_none_or(|group| known.groups.contains(&group));
    require(grouped, || path("group"), "no such group")
}

fn check_schedule(schedule: &Schedule) -> Result<(), Rejection> {
    let path = |field: &str| format!("schedule[{}].{field}", schedule.id);
    for (i, hours) in schedule.open.iter().enumerate() {
        let day = (1..=7).contains(&hours.weekday);
        require(day, || path(&format!("open[{i}].weekday")), "1 (Monday) to 7 (Sunday)")?;
        let span = hours.from_minute < hours.to_minute && hours.to_minute <= 1440;
        require(span, || path(&format!("open[{i}].toMinute")), "after fromMinute, at most 1440")?;
    }
    let zone = flow::hours::is_time_zone(&schedule.time_zone);
    require(zone, || path("timeZone"), "no such IANA time zone")?;
    for (i, exception) in schedule.exceptions.iter().enumerate() {
        let date = flow::decimal::date(&exception.date).is_some();
        require(date, || path(&format!("exceptions[{i}].date")), "a date as YYYY-MM-DD")?;
        let exit = (1..=6).contains(&exception.exit);
        require(exit, || path(&format!("exceptions[{i}].exit")), "1 to 6")?;
    }
    Ok(())
}

/// Publishing is adding a version; only the next one, so that two publishers cannot overwrite each
/// other unawares.
fn check_script(script: &Script, known: &Known) -> Result<(), Rejection> {
    let last = known.versions.range((script.id, 0)..=(script.id, u32::MAX)).next_back();
    let next = last.map_or(1, |(_, version)| version + 1);
    let field = || format!("script[{}].version", script.id);
    require(script.version == next, field, &format!("the next version is {next}"))?;
    let mut references = known.references.clone();
    references.scripts.insert(script.id);
    let findings = flow::lint(&script.flow, &references);
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let mut faults: Vec<Fault> = errors
        .map(|finding| {
            let node =
                finding.node.as_ref().map_or_else(String::new, |node| format!(".nodes[{node}]"));
            let field = format!("script[{}].flow{node}.{}", script.id, finding.field);
            Fault { field: field.into(), message: finding.message.clone() }
        })
        .collect();
    if faults.is_empty() {
        faults.extend(failed_tests(script, &references));
    }
    if faults.is_empty() { Ok(()) } else { Err(Rejection::InvalidScript(faults)) }
}

/// A script that fails its own tests is not published.
fn failed_tests(script: &Script, references: &flow::References) -> Vec<Fault> {
    let reports = script.flow.tests.iter().enumerate();
    let reports =
        reports.map(|(i, test)| (i, flow::test::check(&script.flow, test, &references.schedules)));
    let faults =
        reports.flat_map(|(i, report)| report.faults.into_iter().map(move |message| (i, message)));
    let fault = |(i, message)| {
        let field = format!("script[{}].flow.tests[{i}]", script.id).into();
        Fault { field, message }
    };
    faults.map(fault).collect()
}

fn check_channel(channel: &Channel, known: &Known) -> Result<(), Rejection> {
    let path = |field: &str| format!("channel[{}].{field}", channel.id);
    let exists = known.references.scripts.contains(&channel.script);
    require(exists, || path("script"), "no such script")?;
    let taken = known
        .addresses
        .iter()
        .any(|(address, id)| *address == channel.address && *id != channel.id);
    require(!taken, || path("address"), "belongs to another channel")
}

pub(crate) fn apply(state: &mut State, setting: &Setting) {
    let config = &mut state.config;
    match setting {
        Setting::Tenant(tenant) => config.tenant = Some(tenant.clone()),
        Setting::Skill(skill) => _ = config.skills.insert(skill.id, skill.clone()),
        Setting::Queue(queue) => apply_queue(state, queue),
        Setting::Agent(agent) => apply_agent(state, agent),
        Setting::Group(group) => _ = config.groups.insert(group.id, group.clone()),
        Setting::Schedule(schedule) => _ = config.schedules.insert(schedule.id, schedule.clone()),
        Setting::Script(script) => {
            _ = config.scripts.insert((script.id, script.version), script.clone())
        }
        Setting::Channel(channel) => {
            if let Some(before) = config.channels.insert(channel.id, channel.clone()) {
                config.addresses.remove(&before.address);
            }
            config.addresses.insert(channel.address.clone(), channel.id);
        }
        Setting::TransactionCode(code) => {
            _ = config.transaction_codes.insert(code.id, code.clone())
        }
        Setting::Reason(reason) => _ = config.reasons.insert(reason.code.clone(), reason.clone()),
        Setting::Webhook(webhook) => _ = config.webhooks.insert(webhook.id, webhook.clone()),
        Setting::WebhookDeleted(id) => _ = config.webhooks.remove(id),
        Setting::User(user) => _ = state.access.users.insert(user.id, user.clone()),
        Setting::Tokens(tokens) => state.access.tokens = Some(tokens.clone()),
        Setting::ApiKey(key) => _ = state.access.api_keys.insert(key.hash.clone(), key.clone()),
    }
}

/// Those who wait already are judged by the new settings from now on.
fn apply_queue(state: &mut State, queue: &Arc<Queue>) {
    state.config.queues.insert(queue.id, queue.clone());
    for id in state.waiting.in_queue(queue.id) {
        state.change(id, |interaction, config| {
            let ring = interaction.place.wait().map_or(0, |wait| wait.ring);
            interaction.widen(ring, config);
        });
    }
    for agent in state.members(queue.id).to_vec() {
        desk::refresh(state, agent);
    }
}

fn apply_agent(state: &mut State, agent: &Arc<Agent>) {
    let before = state.config.agents.insert(agent.id, agent.clone());
    let before = before.as_ref().map_or(&[][..], |before| &before.queues);
    state.available.set_member(agent.id, before, &agent.queues);
    state.desks.entry(agent.id).or_default();
    desk::refresh(state, agent.id);
}
