//! The parameters of each kind: bounds, references, texts.

use alloc::{collections::BTreeSet, format, string::String, vec::Vec};
use core::{cmp::Ordering, fmt::Display};

use model::{
    QueueId, SkillId, Text,
    flow::{Fix, NodeKind, Severity, Split, Switch},
    limits::{
        NODE_WAIT_MS_MAX, PRIORITY_MAX, SHORT_TEXT_CHARS_MAX, SKILL_LEVEL_MAX,
        VARIABLE_VALUE_CHARS_MAX,
    },
    variable::value_fits,
};

use super::{
    References, Report,
    condition::{Conditions, check_value},
    queue, words,
};
use crate::flow::{hours, kind_name};

mod ask;
mod route;

/// The keys of a telephone.
const KEYS: &str = "0123456789*#";

pub(super) struct Params<'r> {
    pub(super) references: &'r References,
    pub(super) private: &'r BTreeSet<Text>,
    pub(super) report: &'r mut Report,
}

impl Params<'_> {
    pub(super) fn check(&mut self, kind: &NodeKind) {
        let at = |name: &str| format!("kind.{}.{name}", kind_name(kind));
        let system = &self.references.system;
        match kind {
            NodeKind::TestVariable(test) => {
                Conditions { system, report: self.report }.check("kind.testVariable", test)
            }
            NodeKind::Switch(switch) => self.check_switch(switch),
            NodeKind::Split(split) => self.check_split(split),
            NodeKind::Schedule { schedule } => match self.references.schedules.get(schedule) {
                None => self.unknown(&at("schedule"), "schedule", schedule),
                Some(known) if !hours::is_time_zone(&known.time_zone) => {
                    let message = format!("there is no time zone `{}`", known.time_zone);
                    self.report.error(at("schedule"), message);
                }
                Some(_) => {}
            },
            NodeKind::TestQueue(test) => self.check_queue_test(test),
            NodeKind::SetVariable { variable, value } => {
                words::check_written(&at("variable"), variable, self.report);
                words::check_template(&at("value"), value, system, self.report);
                if !value_fits(value) {
                    let message = format!("has more than {VARIABLE_VALUE_CHARS_MAX} characters");
                    self.report.error(at("value"), message);
                }
            }
            NodeKind::GetFromApi(get) => self.check_api(get),
            NodeKind::Wait { ms } => self.within(&at("ms"), *ms, 1, NODE_WAIT_MS_MAX),
            NodeKind::Say { text } => self.check_spoken(&at("text"), text),
            NodeKind::Menu(menu) => self.check_menu(menu),
            NodeKind::CollectDigits(collect) => self.check_digits(collect),
            NodeKind::Record(record) => {
                self.check_spoken(&at("text"), &record.text);
                self.within(&at("maxMs"), record.max_ms, 1, NODE_WAIT_MS_MAX);
                words::check_written(&at("variable"), &record.variable, self.report);
            }
            NodeKind::Voicemail(to) => {
                self.check_spoken(&at("text"), &to.text);
                self.within(&at("maxMs"), to.max_ms, 1, NODE_WAIT_MS_MAX);
                self.known_queue(&at("queue"), to.queue);
            }
            NodeKind::SetPriority { priority } => {
                self.within(&at("priority"), *priority, 0, PRIORITY_MAX.into());
            }
            NodeKind::RequireSkill { skill, level } => {
                self.known_skill(&at("skill"), *skill);
                self.within(&at("level"), *level, 0, SKILL_LEVEL_MAX.into());
            }
            NodeKind::DropSkill { skill } => self.known_skill(&at("skill"), *skill),
            NodeKind::ToQueue(to) => self.check_to_queue(to),
            NodeKind::ToAgent { agent } => self.check_agent(&at("agent"), agent),
            NodeKind::Callback(to) => {
                self.known_queue(&at("queue"), to.queue);
                if let Some(number) = &to.number {
                    self.check_number(&at("number"), number);
                }
            }
            NodeKind::ToNumber(to) | NodeKind::ToExternalIvr(to) => {
                self.check_number(&at("number"), &to.number);
                self.within(&at("timeoutMs"), to.timeout_ms, 1, NODE_WAIT_MS_MAX);
            }
            NodeKind::ToScript { script } => {
                if !self.references.scripts.contains(script) {
                    self.unknown(&at("script"), "script", script);
                }
            }
            NodeKind::Disconnect => {}
        }
    }

    fn unknown(&mut self, field: &str, what: &str, id: &dyn Display) {
        self.report.error(field, format!("there is no {what} {id}"));
    }

    fn known_queue(&mut self, field: &str, queue: QueueId) {
        if !self.references.queues.contains(&queue) {
            self.unknown(field, "queue", &queue);
        }
    }

    fn known_skill(&mut self, field: &str, skill: SkillId) {
        if !self.references.skills.contains(&skill) {
            self.unknown(field, "skill", &skill);
        }
    }

    fn within(&mut self, field: &str, value: impl Into<u64>, low: u64, high: u64) {
        let value = value.into();
        if (low..=high).contains(&value) {
            return;
        }
        let nearest = value.clamp(low, high);
        let fix = Fix::SetNumber { node: self.report.here(), field: field.into(), value: nearest };
        let message = format!("is {value}, and must be from {low} to {high}");
        self.report.add(Severity::Error, field.into(), message.into(), Some(fix));
    }

    fn check_spoken(&mut self, field: &str, text: &str) {
        words::check_spoken(field, text, &self.references.system, self.private, self.report);
    }

    fn check_exit_name(&mut self, field: String, exit: &str) {
        if exit.is_empty() || exit.chars().nth(SHORT_TEXT_CHARS_MAX).is_some() {
            let message = format!("an exit's name has 1 to {SHORT_TEXT_CHARS_MAX} characters");
            self.report.error(field, message);
        }
    }

    fn check_switch(&mut self, switch: &Switch) {
        const LIST: &str = "kind.switch.cases";
        let system = &self.references.system;
        words::check_read("kind.switch.variable", &switch.variable, system, self.report);
        self.report.check_count(LIST, switch.cases.len());
        let mut seen: BTreeSet<&Text> = BTreeSet::new();
        for (i, case) in switch.cases.iter().enumerate() {
            let field = format!("{LIST}[{i}].value");
            check_value(&field, &case.value, self.report);
            self.check_exit_name(format!("{LIST}[{i}].exit"), &case.exit);
            if !seen.insert(&case.value) {
                let at = u32::try_from(i).unwrap_or(u32::MAX);
                let fix = Fix::RemoveEntry { node: self.report.here(), field: LIST.into(), at };
                let message = format!("is never reached: an earlier case has `{}` too", case.value);
                self.report.add(Severity::Error, field.into(), message.into(), Some(fix));
            }
        }
    }

    fn check_split(&mut self, split: &Split) {
        const LIST: &str = "kind.split.shares";
        self.report.check_count(LIST, split.shares.len());
        let percents: Vec<u8> = split.shares.iter().map(|share| share.percent).collect();
        let sum: u64 = percents.iter().map(|percent| u64::from(*percent)).sum();
        if sum != 100 && !percents.is_empty() {
            let node = self.report.here();
            let fix = to_hundred(&percents).map(|percents| Fix::SetShares {
                node,
                field: LIST.into(),
                percents,
            });
            let message = format!("the shares add up to {sum}, not to 100");
            self.report.add(Severity::Error, LIST.into(), message.into(), fix);
        }
        for (i, share) in split.shares.iter().enumerate() {
            self.check_exit_name(format!("{LIST}[{i}].exit"), &share.exit);
            if share.percent == 0 {
                let message = format!("`{}` is never taken", share.exit);
                self.report.warning(format!("{LIST}[{i}].percent"), message);
            }
        }
    }
}

/// Nearly the same proportions with a sum of 100; a share that is not nought stays so. `None` when
/// all are nought, or too many are not.
fn to_hundred(percents: &[u8]) -> Option<Vec<u8>> {
    let sum: usize = percents.iter().map(|percent| usize::from(*percent)).sum();
    let scale = |percent: &u8| match usize::from(*percent) {
        0 => Some(0),
        percent => Some((percent * 100).checked_div(sum)?.max(1)),
    };
    let mut scaled: Vec<usize> = percents.iter().map(scale).collect::<Option<_>>()?;
    loop {
        let total: usize = scaled.iter().sum();
        let largest = scaled.iter_mut().max().filter(|share| **share > 0)?;
        match total.cmp(&100) {
            Ordering::Less => *largest += 100 - total,
            Ordering::Equal => break,
            Ordering::Greater if *largest > 1 => *largest -= 1,
            Ordering::Greater => return None,
        }
    }
    scaled.into_iter().map(|share| u8::try_from(share).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn shares_are_brought_to_a_hundred_in_proportion() {
        assert_eq!(to_hundred(&[50, 40]), Some(vec![56, 44]));
        assert_eq!(to_hundred(&[1, 1, 1]), Some(vec![33, 33, 34]));
        assert_eq!(to_hundred(&[0, 1, 2]), Some(vec![0, 33, 67]));
        assert_eq!(to_hundred(&[255, 255]), Some(vec![50, 50]));
        assert_eq!(to_hundred(&[99, 99, 1]), Some(vec![49, 50, 1]));
        assert_eq!(to_hundred(&[1; 100]), Some(vec![1; 100]));
        assert_eq!(to_hundred(&[1; 101]), None);
        assert_eq!(to_hundred(&[0, 0]), None);
    }
}
