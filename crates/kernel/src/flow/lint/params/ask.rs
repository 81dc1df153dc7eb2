//! Parameters of nodes that ask the customer something.

use alloc::{format, string::String};

use model::{
    Text,
    flow::{CollectDigits, Fix, GetFromApi, Menu, Severity},
    limits::{
        API_HEADERS_MAX, API_MS_MAX, DIGITS_MAX, NODE_WAIT_MS_MAX, SHORT_TEXT_CHARS_MAX, TRIES_MAX,
        URI_CHARS_MAX,
    },
};

use super::{KEYS, Params, words};
use crate::flow::template::{self, Part};

/// Headers that only the server can set.
const FORBIDDEN: [&str; 7] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "idempotency-key",
    "te",
    "transfer-encoding",
];

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

    pub(super) fn check_api(&mut self, get: &GetFromApi) {
        const PATH: &str = "kind.getFromApi";
        let system = &self.references.system;
        let at = |name: &str| format!("{PATH}.{name}");
        words::check_template(&at("url"), &get.url, system, self.report);
        let host = get.url.strip_prefix("https://").or_else(|| get.url.strip_prefix("http://"));
        let host = host.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
        if get.url.len() > URI_CHARS_MAX {
            self.report.error(at("url"), format!("has more than {URI_CHARS_MAX} characters"));
        } else if host.is_none_or(|host| host.is_empty() || host.contains(['{', '}', '@'])) {
            let message = "must begin with https:// and a fixed host: variables come after it";
            self.report.error(at("url"), message);
        }
        self.check_not_private(&at("url"), &get.url);
        self.within(&at("timeoutMs"), get.timeout_ms, 1, API_MS_MAX);
        if get.headers.len() > API_HEADERS_MAX {
            self.report.error(at("headers"), format!("has more than {API_HEADERS_MAX} entries"));
        }
        for (i, header) in get.headers.iter().enumerate() {
            let field = format!("{PATH}.headers[{i}].name");
            let token = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
            let fits = !header.name.is_empty() && header.name.len() <= SHORT_TEXT_CHARS_MAX;
            if !fits || !header.name.chars().all(token) {
                self.report.error(field, "must be letters, digits, - and _");
            } else if FORBIDDEN.iter().any(|name| header.name.eq_ignore_ascii_case(name)) {
                self.report.error(field, "is set by the server");
            }
            let field = format!("{PATH}.headers[{i}].value");
            words::check_template(&field, &header.value, system, self.report);
        }
        self.report.check_count(&at("answers"), get.answers.len());
        for (i, answer) in get.answers.iter().enumerate() {
            let field = format!("{PATH}.answers[{i}].field");
            let parts = || answer.field.split('.');
            if answer.field.len() > SHORT_TEXT_CHARS_MAX || parts().any(str::is_empty) {
                let message = "must be names with dots between them, such as customer.tier";
                self.report.error(field, message);
            }
            let field = format!("{PATH}.answers[{i}].variable");
            words::check_written(&field, &answer.variable, self.report);
        }
    }

    fn check_not_private(&mut self, field: &str, text: &str) {
        let private = template::parts(text).find_map(|part| match part {
            Part::Insert(name) if self.private.contains(name) => Some(name),
            Part::Insert(_) | Part::Literal(_) | Part::Stray(_) => None,
        });
        if let Some(name) = private {
            let message =
                format!("`{name}` is private and never put into an address: use a header");
            self.report.error(field, message);
        }
    }
}
