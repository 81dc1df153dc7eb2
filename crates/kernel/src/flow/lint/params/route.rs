//! Parameters of nodes on the way to somebody who talks to the customer.

use alloc::format;

use model::{
    flow::{NamedAgent, NamedNumber, TestQueue, ToQueue},
    limits::{ANNOUNCE_MS_MIN, ENTRIES_MAX, NODE_WAIT_MS_MAX},
    phone,
};

use super::{KEYS, Params, queue, words};

impl Params<'_> {
    pub(super) fn check_queue_test(&mut self, test: &TestQueue) {
        const LIST: &str = "kind.testQueue.conditions";
        self.known_queue("kind.testQueue.queue", test.queue);
        self.report.check_count(LIST, test.conditions.len());
        for (i, condition) in test.conditions.iter().enumerate() {
            self.check_exit_name(format!("{LIST}[{i}].exit"), &condition.exit);
        }
        queue::check_order(test, self.report);
    }

    pub(super) fn check_to_queue(&mut self, to: &ToQueue) {
        self.known_queue("kind.toQueue.queue", to.queue);
        if let Some(ms) = to.timeout_ms {
            self.within("kind.toQueue.timeoutMs", ms, 1, NODE_WAIT_MS_MAX);
        }
        if let Some(ms) = to.announce_ms {
            self.within("kind.toQueue.announceMs", ms, ANNOUNCE_MS_MIN, NODE_WAIT_MS_MAX);
        }
        self.check_options(to);
        let Some(preferred) = &to.preferred else { return };
        self.within("kind.toQueue.preferred.holdMs", preferred.hold_ms, 1, NODE_WAIT_MS_MAX);
        self.check_agent("kind.toQueue.preferred.agent", &preferred.agent);
    }

    pub(super) fn check_options(&mut self, to: &ToQueue) {
        const LIST: &str = "kind.toQueue.options";
        const OWN: [&str; 4] = ["timeout", "atCapacity", "noAgents", "error"];
        if to.announce_wait && to.announce_ms.is_none() {
            let message = "is never said: it is said with the position, which is not";
            self.report.warning("kind.toQueue.announceWait", message);
        }
        if to.options.len() > ENTRIES_MAX {
            let found = to.options.len();
            self.report.error(LIST, format!("has {found} entries, and can have {ENTRIES_MAX}"));
        }
        for (i, option) in to.options.iter().enumerate() {
            let at = |name: &str| format!("{LIST}[{i}].{name}");
            let mut keys = option.key.chars();
            if !matches!((keys.next(), keys.next()), (Some(key), None) if KEYS.contains(key)) {
                self.report.error(at("key"), "must be one of 0 to 9, * and #");
            } else if to.options[..i].iter().any(|earlier| earlier.key == option.key) {
                let message = format!("another option has the key {} too", option.key);
                self.report.error(at("key"), message);
            }
            self.check_spoken(&at("text"), &option.text);
            self.within(&at("afterMs"), option.after_ms, 0, NODE_WAIT_MS_MAX);
            if to.timeout_ms.is_some_and(|timeout_ms| timeout_ms <= option.after_ms) {
                let message = "is never said: the customer has left the queue by then";
                self.report.warning(at("afterMs"), message);
            }
            self.check_exit_name(at("exit"), &option.exit);
            if OWN.contains(&&*option.exit) {
                let message = format!("`{}` is an exit that the node has already", option.exit);
                self.report.error(at("exit"), message);
            }
        }
    }

    pub(super) fn check_agent(&mut self, path: &str, named: &NamedAgent) {
        match named {
            NamedAgent::Agent(agent) => {
                if !self.references.agents.contains(agent) {
                    self.unknown(&format!("{path}.agent"), "agent", agent);
                }
            }
            NamedAgent::Variable(name) => {
                let system = &self.references.system;
                words::check_read(&format!("{path}.variable"), name, system, self.report);
            }
        }
    }

    pub(super) fn check_number(&mut self, path: &str, named: &NamedNumber) {
        match named {
            NamedNumber::Number(number) => {
                if phone::dialable(number).is_none() {
                    let message = format!("`{number}` is no telephone number");
                    self.report.error(format!("{path}.number"), message);
                }
            }
            NamedNumber::Variable(name) => {
                let (field, system) = (format!("{path}.variable"), &self.references.system);
                words::check_read(&field, name, system, self.report);
                if self.private.contains(name) {
                    let message = format!("`{name}` is private and is never dialled");
                    self.report.warning(field, message);
                }
            }
        }
    }
}
