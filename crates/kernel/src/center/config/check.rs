//! What must be true of a setting before it is saved.

use alloc::{format, string::String, vec::Vec};

use model::{
    Rejection,
    access::{Role, User},
    config::{
        Agent, Channel, Queue, Schedule, Script, ScriptDraft, Setting, SettingKey, Tenant,
        TransactionCode,
    },
    flow::{Flow, Severity},
    limits::{
        ENTRIES_MAX, FLOW_NODES_MAX, PRIORITY_MAX, SETTINGS_OF_A_KIND_MAX, SKILL_LEVEL_MAX,
        WEBHOOKS_MAX,
    },
    rejection::Fault,
};

use super::{Plan, references, require};
use crate::flow;

impl Plan<'_> {
    pub(super) fn check(&self, setting: &Setting) -> Result<(), Rejection> {
        self.check_room(&setting.key())?;
        match setting {
            Setting::Tenant(tenant) => self.check_tenant(tenant),
            Setting::Queue(queue) => self.check_queue(queue),
            Setting::Agent(agent) => self.check_agent(agent),
            Setting::Schedule(schedule) => check_schedule(schedule),
            Setting::Script(script) => self.check_script(script),
            Setting::ScriptDraft(draft) => check_draft(draft),
            Setting::Channel(channel) => self.check_channel(channel),
            Setting::TransactionCode(code) => self.check_code(code),
            Setting::User(user) => self.check_user(user),
            Setting::WebhookDeleted(id) => {
                let exists = self.config.webhooks.contains_key(id);
                require(exists, || format!("webhook[{id}]"), "no such webhook")
            }
            Setting::Deleted(key) => self.check_deleted(key),
            Setting::Skill(_)
            | Setting::Group(_)
            | Setting::Reason(_)
            | Setting::Tokens(_)
            | Setting::Crm(_)
            | Setting::ApiKey(_)
            | Setting::Webhook(_) => Ok(()),
        }
    }

    /// There are never too many of a kind.
    fn check_room(&self, key: &SettingKey) -> Result<(), Rejection> {
        let (config, access) = (&*self.config, &*self.access);
        let count = match key {
            SettingKey::Skill(_) => config.skills.len(),
            SettingKey::Queue(_) => config.queues.len(),
            SettingKey::Agent(_) => config.agents.len(),
            SettingKey::Group(_) => config.groups.len(),
            SettingKey::Schedule(_) => config.schedules.len(),
            SettingKey::Script(_) => config.drafts.len(),
            SettingKey::Channel(_) => config.channels.len(),
            SettingKey::TransactionCode(_) => config.transaction_codes.len(),
            SettingKey::Reason(_) => config.reasons.len(),
            SettingKey::User(_) => access.users.len(),
            SettingKey::ApiKey(_) => access.api_keys.len(),
            SettingKey::Webhook(_) => {
                let fits = config.webhooks.len() < WEBHOOKS_MAX || self.has(key);
                return require(fits, || "webhook".into(), "at most 20 webhooks");
            }
            SettingKey::Tenant | SettingKey::Tokens | SettingKey::Crm => 0,
        };
        let fits = count < SETTINGS_OF_A_KIND_MAX || self.has(key);
        require(fits, || key.kind().into(), "at most 20,000 of them")
    }

    fn check_tenant(&self, tenant: &Tenant) -> Result<(), Rejection> {
        let path = |field: &str| format!("tenant.{field}");
        let same = self.config.tenant.as_ref().is_none_or(|known| known.id == tenant.id);
        require(same, || path("id"), "cannot be changed")?;
        let zone = flow::hours::is_time_zone(&tenant.time_zone);
        require(zone, || path("timeZone"), "no such IANA time zone")?;
        let currency =
            tenant.currency.len() == 3 && tenant.currency.bytes().all(|b| b.is_ascii_uppercase());
        require(currency, || path("currency"), "an ISO 4217 code: three capital letters")
    }

    fn check_queue(&self, queue: &Queue) -> Result<(), Rejection> {
        let path = |field: &str| format!("queue[{}].{field}", queue.id);
        let before = self.config.queues.get(&queue.id);
        let same = before.is_none_or(|before| before.media == queue.media);
        require(same, || path("media"), "cannot be changed: others may wait already")?;
        require(queue.priority <= PRIORITY_MAX, || path("priority"), "at most 100")?;
        require(queue.offer_ms >= 1_000, || path("offerMs"), "at least 1000")?;
        let promised = queue.service_level.target_percent <= 100;
        require(promised, || path("serviceLevel.targetPercent"), "at most 100")?;
        let skills = &self.config.skills;
        for (i, need) in queue.required.iter().enumerate() {
            let exists = skills.contains_key(&need.skill);
            require(exists, || path(&format!("required[{i}].skill")), "no such skill")?;
            let fits = need.level <= SKILL_LEVEL_MAX;
            require(fits, || path(&format!("required[{i}].level")), "at most 10")?;
        }
        for (i, skill) in queue.preferred.iter().enumerate() {
            let exists = skills.contains_key(skill);
            require(exists, || path(&format!("preferred[{i}]")), "no such skill")?;
        }
        let mut after = 0;
        for (i, ring) in queue.rings.iter().enumerate() {
            let rising = ring.after_ms > after;
            let field = || path(&format!("rings[{i}].afterMs"));
            require(rising, field, "must rise from ring to ring")?;
            after = ring.after_ms;
            for (skill, level) in &ring.relax {
                let field = |of: &str| path(&format!("rings[{i}].relax[{skill}].{of}"));
                require(skills.contains_key(skill), || field("skill"), "no such skill")?;
                let fits = level.is_none_or(|level| level <= SKILL_LEVEL_MAX);
                require(fits, || field("level"), "at most 10")?;
            }
        }
        require(queue.rings.len() < usize::from(u8::MAX), || path("rings"), "at most 254")
    }

    fn check_agent(&self, agent: &Agent) -> Result<(), Rejection> {
        let path = |field: &str| format!("agent[{}].{field}", agent.id);
        for (i, queue) in agent.queues.iter().enumerate() {
            let exists = self.config.queues.contains_key(queue);
            require(exists, || path(&format!("queues[{i}]")), "no such queue")?;
            let repeated = agent.queues[..i].contains(queue);
            require(!repeated, || path(&format!("queues[{i}]")), "named twice")?;
        }
        for (skill, level) in &agent.skills {
            let field = |of: &str| path(&format!("skills[{skill}].{of}"));
            let exists = self.config.skills.contains_key(skill);
            require(exists, || field("skill"), "no such skill")?;
            require(*level <= SKILL_LEVEL_MAX, || field("level"), "at most 10")?;
        }
        let grouped = agent.group.is_none_or(|group| self.config.groups.contains_key(&group));
        require(grouped, || path("group"), "no such group")
    }

    /// Publishing is adding a version; only the next one, so that two publishers cannot overwrite
    /// each other unawares.
    fn check_script(&self, script: &Script) -> Result<(), Rejection> {
        let path = |field: &str| format!("script[{}].{field}", script.id);
        let next = self.config.script(script.id).map_or(1, |last| last.version + 1);
        let is_next = script.version == next;
        require(is_next, || path("version"), &format!("the next version is {next}"))?;
        check_tests(&script.flow, path)?;
        let mut references = references(&self.config);
        references.scripts.insert(script.id);
        let findings = flow::lint(&script.flow, &references);
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        let mut faults: Vec<Fault> = errors
            .map(|finding| {
                let node = finding.node.as_ref();
                let node = node.map_or_else(String::new, |node| format!(".nodes[{node}]"));
                let field = path(&format!("flow{node}.{}", finding.field));
                Fault { field: field.into(), message: finding.message.clone() }
            })
            .collect();
        if faults.is_empty() {
            faults.extend(failed_tests(script, &references));
        }
        if faults.is_empty() { Ok(()) } else { Err(Rejection::InvalidScript(faults)) }
    }

    fn check_channel(&self, channel: &Channel) -> Result<(), Rejection> {
        let path = |field: &str| format!("channel[{}].{field}", channel.id);
        let before = self.config.channels.get(&channel.id);
        let same = before.is_none_or(|before| before.media == channel.media);
        require(same, || path("media"), "cannot be changed: customers may be on it already")?;
        // A draft serves nobody.
        let served = self.config.script(channel.script).is_some();
        require(served, || path("script"), "no such script, or none that is published")?;
        let taken = self.config.addresses.get(&channel.address).is_some_and(|id| *id != channel.id);
        require(!taken, || path("address"), "belongs to another channel")
    }

    fn check_code(&self, code: &TransactionCode) -> Result<(), Rejection> {
        let path = || format!("transactionCode[{}].parent", code.id);
        let codes = &self.config.transaction_codes;
        let mut above = code.parent;
        // Bounded, also where an old log holds a circle.
        for _ in 0..=codes.len() {
            let Some(id) = above else { return Ok(()) };
            require(id != code.id, path, "is this code, or below it")?;
            let parent = codes.get(&id).map(|code| code.parent);
            require(parent.is_some(), path, "no such transaction code")?;
            above = parent.flatten();
        }
        require(false, path, "is in a circle")
    }

    fn check_user(&self, user: &User) -> Result<(), Rejection> {
        let path = |field: &str| format!("user[{}].{field}", user.id);
        let agent_known = user.agent.is_none_or(|agent| self.config.agents.contains_key(&agent));
        require(agent_known, || path("agent"), "no such agent")?;
        let others = self.access.users.values().filter(|other| other.id != user.id);
        let taken = others.into_iter().any(|other| other.email == user.email);
        require(!taken, || path("email"), "belongs to another user")?;
        let configured = self.access.users.get(&user.id).map(|before| before.role);
        let demoted = configured == Some(Role::Administrator) && user.role != Role::Administrator;
        if demoted && !self.access.has_administrator_beside(user.id) {
            return Err(Rejection::LastAdministrator);
        }
        Ok(())
    }

    fn check_deleted(&self, key: &SettingKey) -> Result<(), Rejection> {
        if !self.has(key) {
            return Err(Rejection::SettingUnknown);
        }
        if let SettingKey::User(id) = key
            && self.access.users.get(id).is_some_and(|user| user.role == Role::Administrator)
            && !self.access.has_administrator_beside(*id)
        {
            return Err(Rejection::LastAdministrator);
        }
        self.used_by(key).map_or(Ok(()), |by| Err(Rejection::InUse(by)))
    }
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

/// Half-done is good enough, as long as it is not too large.
fn check_draft(draft: &ScriptDraft) -> Result<(), Rejection> {
    let path = |field: &str| format!("script[{}].{field}", draft.id);
    let few = draft.flow.nodes.len() <= FLOW_NODES_MAX;
    require(few, || path("flow.nodes"), "at most 500")?;
    require(draft.layout.len() <= FLOW_NODES_MAX, || path("layout"), "at most 500")?;
    check_tests(&draft.flow, path)
}

fn check_tests(flow: &Flow, path: impl Fn(&str) -> String) -> Result<(), Rejection> {
    require(flow.tests.len() <= ENTRIES_MAX, || path("flow.tests"), "at most 100")
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
