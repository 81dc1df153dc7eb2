//! What a script can see.

use alloc::{borrow::Cow, string::String};

use model::{
    QueueId, ScheduleId, Text, Timestamp, config::Schedule, flow::QueueTest, variable::DataType,
};

use crate::{
    State,
    center::{interaction::Interaction, routing},
    flow::{Lookup, Scope},
};

/// The variables that every script can test, beside the custom ones.
pub(crate) const SYSTEM_VARIABLES: [&str; 4] =
    ["$callerName", "$callerPhoneNumber", "$channel", "$media"];

/// An interaction with its script's eyes: itself, the opening hours and the queues.
pub(super) struct Sight<'s> {
    pub(super) state: &'s State,
    pub(super) interaction: &'s Interaction,
    pub(super) now: Timestamp,
}

impl Scope for Sight<'_> {
    fn variable(&self, name: &str) -> Lookup<'_> {
        let system = |text: Cow<'static, str>, kind| Lookup::Value { text, kind, private: false };
        let given = |text: &Text, kind| system(Cow::Owned(String::from(&**text)), kind);
        match name {
            "$callerPhoneNumber" => given(&self.interaction.from, DataType::Phone),
            "$channel" => given(&self.interaction.to, DataType::Phone),
            "$callerName" => self
                .interaction
                .caller_name
                .as_ref()
                .map_or(Lookup::Missing, |name| given(name, DataType::Text)),
            "$media" => system(Cow::Borrowed(self.interaction.media.as_str()), DataType::Text),
            _ => match self.interaction.variable(name) {
                None => Lookup::Missing,
                Some(variable) if !variable.is_ivr() => Lookup::NotIvrEnabled,
                Some(variable) => Lookup::Value {
                    text: Cow::Borrowed(&variable.value),
                    kind: variable.kind(),
                    private: variable.is_private(),
                },
            },
        }
    }

    fn seed(&self) -> u64 {
        self.interaction.id.0
    }

    fn schedule(&self, id: ScheduleId) -> Option<&Schedule> {
        self.state.config.schedules.get(&id).map(|schedule| &**schedule)
    }

    fn queue_test(&self, id: QueueId, test: QueueTest) -> Option<bool> {
        let queue = self.state.config.queues.get(&id)?;
        let (waiting, longest) = self.state.queue_load(id);
        let skills = &self.interaction.skills;
        Some(match test {
            QueueTest::NoAgentAvailable => !routing::is_any_free(self.state, queue, skills),
            QueueTest::NoAgentLoggedIn => !routing::is_any_logged_in(self.state, queue, skills),
            QueueTest::MoreWaitingThan(limit) => {
                waiting > usize::try_from(limit).unwrap_or(usize::MAX)
            }
            QueueTest::LongestWaitOver(ms) => {
                longest.is_some_and(|since| self.now.since(since) > ms)
            }
            QueueTest::ExpectedWaitOver(ms) => {
                self.state.expected_wait_ms(id, waiting + 1).is_some_and(|wait| wait > ms)
            }
        })
    }
}
