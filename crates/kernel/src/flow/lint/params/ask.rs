//! Parameters of nodes that ask the customer something.

use alloc::{format, string::String};

use model::{
    Text,
    flow::{CollectDigits, Fix, Menu, Severity},
    limits::{DIGITS_MAX, NODE_WAIT_MS_MAX, TRIES_MAX},
};

use super::{KEYS, Params, words};

impl Params<'_> {
    pub(super) fn check_menu(&mut self, menu: &Menu) {
        self.check_spoken("kind.menu.text", &menu.text);
        if let Some(again) = &menu.again {
            self.check_spoken("kind.menu.again", again);
        }
        self.check_asking("kind.menu", menu.timeout_ms, menu.tries);
        let mut good = String::new();
        for key in menu.keys.chars().filter(|key| KEYS.contains(*key)) {
            if !good.contains(key) {
                good.push(key);
            }
        }
        let message = if menu.keys.is_empty() {
            "a menu needs a key"
        } else if *good != *menu.keys {
            "the keys are 0 to 9, * and #, each once"
        } else {
            return;
        };
        let field: Text = "kind.menu.keys".into();
        let node = self.report.here();
        let fix = (!good.is_empty()).then(|| Fix::SetText {
            node,
            field: field.clone(),
            value: good.into(),
        });
        self.report.add(Severity::Error, field, message.into(), fix);
    }

    pub(super) fn check_digits(&mut self, collect: &CollectDigits) {
        let most = u64::try_from(DIGITS_MAX).unwrap_or(u64::MAX);
        self.check_spoken("kind.collectDigits.text", &collect.text);
        words::check_written("kind.collectDigits.variable", &collect.variable, self.report);
        self.within("kind.collectDigits.max", collect.max, 1, most);
        if collect.min > collect.max {
            let message =
                format!("asks for at least {} and at most {} digits", collect.min, collect.max);
            let (node, field) = (self.report.here(), "kind.collectDigits.min");
            let fix = Fix::SetNumber { node, field: field.into(), value: collect.max.into() };
            self.report.add(Severity::Error, field.into(), message.into(), Some(fix));
        }
        self.check_asking("kind.collectDigits", collect.timeout_ms, collect.tries);
    }

    pub(super) fn check_asking(&mut self, path: &str, timeout_ms: u64, tries: u8) {
        self.within(&format!("{path}.timeoutMs"), timeout_ms, 1, NODE_WAIT_MS_MAX);
        self.within(&format!("{path}.tries"), tries, 1, TRIES_MAX.into());
    }
}
