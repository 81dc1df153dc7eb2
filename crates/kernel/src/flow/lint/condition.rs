//! Comparisons that cannot mean what their author meant.

use alloc::{collections::BTreeSet, format, string::String};

use model::{
    Text,
    flow::{CompareAs, Condition, Fix, Operand, Operator, Severity, Test},
    limits::{ENTRIES_MAX, VARIABLE_VALUE_CHARS_MAX},
    variable::value_fits,
};

use super::{Report, words};
use crate::flow::{
    condition::order,
    decimal::{Amount, Decimal, date},
};

pub(super) struct Conditions<'r> {
    pub(super) system: &'r BTreeSet<Text>,
    pub(super) report: &'r mut Report,
}

impl Conditions<'_> {
    /// `path` is where the condition stands in the node's JSON.
    pub(super) fn check(&mut self, path: &str, condition: &Condition) {
        match condition {
            Condition::Test(test) => self.check_test(&format!("{path}.test"), test),
            Condition::All(parts) => self.check_group(&format!("{path}.all"), parts),
            Condition::Any(parts) => self.check_group(&format!("{path}.any"), parts),
        }
    }

    fn check_group(&mut self, path: &str, parts: &[Condition]) {
        self.report.check_count(path, parts.len());
        for (i, part) in parts.iter().enumerate() {
            self.check(&format!("{path}[{i}]"), part);
        }
    }

    fn check_test(&mut self, path: &str, test: &Test) {
        words::check_read(&format!("{path}.variable"), &test.variable, self.system, self.report);
        let (fewest, most) = operands(test.operator);
        let count = test.right.len();
        if !(fewest..=most).contains(&count) {
            let wanted = match (fewest, most) {
                (0, _) => String::from("nothing to compare with"),
                (1, 1) => "one value".into(),
                (1, _) => format!("1 to {most} values"),
                (fewest, _) => format!("{fewest} values"),
            };
            self.report.error(format!("{path}.right"), format!("needs {wanted}, not {count}"));
        }
        if is_ordering(test.operator) && test.compare_as == Some(CompareAs::Boolean) {
            let message = "true and false have no order: the test is never comparable";
            self.report.error(format!("{path}.compareAs"), message);
        }
        for (i, operand) in test.right.iter().enumerate() {
            let path = format!("{path}.right[{i}]");
            match operand {
                Operand::Variable(name) => {
                    let path = format!("{path}.variable");
                    words::check_read(&path, name, self.system, self.report);
                }
                Operand::Text(text) => self.check_fixed(&format!("{path}.text"), test, text),
            }
        }
        self.check_span(path, test);
    }

    fn check_fixed(&mut self, path: &str, test: &Test, text: &Text) {
        if let Some(why) = cannot_compare(test, text) {
            let message = format!("`{text}` is {why}: the test is never comparable");
            self.report.add(Severity::Error, path.into(), message.into(), self.trim(path, text));
            return;
        }
        check_value(path, text, self.report);
        let is_part = match test.operator {
            Operator::Contains | Operator::StartsWith | Operator::EndsWith => true,
            Operator::Equals
            | Operator::LessThan
            | Operator::GreaterThan
            | Operator::IsEmpty
            | Operator::IsNotEmpty
            | Operator::NotEquals
            | Operator::AtMost
            | Operator::AtLeast
            | Operator::Between
            | Operator::In => false,
        };
        if text.is_empty() {
            self.report.warning(
                path,
                match is_part {
                    true => "an empty text is part of every value: the test is always true",
                    false => {
                        "an unset variable does not equal the empty text: `isEmpty` tests both"
                    }
                },
            );
        } else if &**text == "EMPTY" && !is_part {
            let message = "compares with the word EMPTY: `isEmpty` and `isNotEmpty` test for a \
                           value that is not there";
            self.report.warning(path, message);
        }
    }

    /// Between from the higher to the lower is never true.
    fn check_span(&mut self, path: &str, test: &Test) {
        let (Operator::Between, [Operand::Text(low), Operand::Text(high)]) =
            (test.operator, test.right.as_slice())
        else {
            return;
        };
        let of = |by| order(low, high, by);
        let order = match test.compare_as {
            Some(by) => of(by),
            None => of(CompareAs::Number)
                .or_else(|| of(CompareAs::Currency))
                .or_else(|| of(CompareAs::Date)),
        };
        if order.is_some_and(core::cmp::Ordering::is_gt) {
            let message = format!("nothing lies between `{low}` and `{high}`: put the lower first");
            self.report.error(format!("{path}.right"), message);
        }
    }

    /// Trimming, when that is all it takes to make the text a number.
    fn trim(&self, path: &str, text: &str) -> Option<Fix> {
        let trimmed = text.trim();
        let helps = trimmed != text && is_any_kind(trimmed);
        helps.then(|| set_text(self.report, path, trimmed))
    }
}

/// A fixed value that a variable's value is compared with.
pub(super) fn check_value(path: &str, text: &str, report: &mut Report) {
    let trimmed = text.trim();
    if trimmed != text {
        let fix = set_text(report, path, trimmed);
        let message =
            format!("the value has blanks around it: `{text}` does not equal `{trimmed}`");
        report.add(Severity::Warning, path.into(), message.into(), Some(fix));
    }
    if !value_fits(text) {
        let message =
            format!("has more than {VARIABLE_VALUE_CHARS_MAX} characters, as no variable can have");
        report.error(path, message);
    }
}

fn set_text(report: &Report, path: &str, value: &str) -> Fix {
    Fix::SetText { node: report.here(), field: path.into(), value: value.into() }
}

/// How many operands: the fewest and the most.
fn operands(operator: Operator) -> (usize, usize) {
    match operator {
        Operator::IsEmpty | Operator::IsNotEmpty => (0, 0),
        Operator::Between => (2, 2),
        Operator::In => (1, ENTRIES_MAX),
        Operator::Equals
        | Operator::LessThan
        | Operator::GreaterThan
        | Operator::NotEquals
        | Operator::AtMost
        | Operator::AtLeast
        | Operator::Contains
        | Operator::StartsWith
        | Operator::EndsWith => (1, 1),
    }
}

fn is_ordering(operator: Operator) -> bool {
    match operator {
        Operator::LessThan
        | Operator::GreaterThan
        | Operator::AtMost
        | Operator::AtLeast
        | Operator::Between => true,
        Operator::Equals
        | Operator::IsEmpty
        | Operator::IsNotEmpty
        | Operator::NotEquals
        | Operator::In
        | Operator::Contains
        | Operator::StartsWith
        | Operator::EndsWith => false,
    }
}

fn is_equality(operator: Operator) -> bool {
    match operator {
        Operator::Equals | Operator::NotEquals | Operator::In => true,
        Operator::LessThan
        | Operator::GreaterThan
        | Operator::AtMost
        | Operator::AtLeast
        | Operator::Between
        | Operator::IsEmpty
        | Operator::IsNotEmpty
        | Operator::Contains
        | Operator::StartsWith
        | Operator::EndsWith => false,
    }
}

/// Why a fixed text can never be compared in this test. Without a type at the node the variable's
/// own decides, which is not known here: then anything that can be ordered at all will do.
fn cannot_compare(test: &Test, text: &str) -> Option<&'static str> {
    let ordering = is_ordering(test.operator);
    if !ordering && !is_equality(test.operator) {
        return None;
    }
    let (fits, why) = match test.compare_as {
        None => (!ordering || is_any_kind(text), "no number, no amount and no date"),
        Some(CompareAs::Text) => (!ordering || Decimal::parse(text).is_some(), "no number"),
        Some(CompareAs::Number) => (Decimal::parse(text).is_some(), "no number"),
        Some(CompareAs::Currency) => (Amount::parse(text).is_some(), "no amount"),
        Some(CompareAs::Date) => (date(text).is_some(), "no date like 2024-07-10"),
        Some(CompareAs::Boolean) => {
            let is = |word: &str| text.eq_ignore_ascii_case(word);
            (ordering || is("true") || is("false"), "neither true nor false")
        }
    };
    (!fits).then_some(why)
}

fn is_any_kind(text: &str) -> bool {
    Amount::parse(text).is_some() || date(text).is_some()
}
