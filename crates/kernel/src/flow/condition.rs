//! Test Variable: one comparison, or a group of them, has one of four outcomes.
//!
//! Numbers are compared as decimals and never in the order of their letters; what cannot be
//! compared is said to be so instead of being guessed.

use alloc::{borrow::Cow, string::String};
use core::cmp::Ordering;

use model::{
    flow::{CompareAs, Condition, Operand, Operator, Test},
    variable::DataType,
};

use super::{
    Lookup, Scope,
    decimal::{Amount, Decimal, date},
};

/// The trace's word for a variable that exists but that scripts may not test.
pub const NOT_IVR_ENABLED: &str = "not-ivr-enabled";

/// What came of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    True,
    /// It does not.
    False,
    /// A variable it needs is not there.
    Missing,
    /// The values are not of the kind the comparison needs.
    NotComparable,
}

impl Outcome {
    /// The exit of Test Variable.
    #[must_use]
    pub fn exit(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Missing => "missing",
            Self::NotComparable => "notComparable",
        }
    }
}

impl From<bool> for Outcome {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

/// An outcome, and what the trace says beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What came of it.
    pub outcome: Outcome,
    /// [`NOT_IVR_ENABLED`] when a variable was treated as missing for that reason.
    pub note: Option<&'static str>,
}

/// Evaluates a condition.
///
/// Groups are three-valued: `All` is false as soon as one part is false, and otherwise unknown as
/// soon as one part is unknown; `Any` likewise with true. Of two unknowns, missing outweighs not
/// comparable. So the order of the parts never matters. An empty `All` is true, an empty `Any`
/// false.
#[must_use]
pub fn evaluate(condition: &Condition, scope: &dyn Scope) -> Verdict {
    match condition {
        Condition::Test(test) => evaluate_test(test, scope),
        Condition::All(parts) => join(Outcome::True, parts.iter().map(|p| evaluate(p, scope))),
        Condition::Any(parts) => join(Outcome::False, parts.iter().map(|p| evaluate(p, scope))),
    }
}

/// Joins the verdicts of a group whose outcome is `neutral` when there is nothing else to say.
fn join(neutral: Outcome, parts: impl Iterator<Item = Verdict>) -> Verdict {
    let weight = |outcome| match outcome {
        Outcome::NotComparable => 1,
        Outcome::Missing => 2,
        Outcome::True | Outcome::False => {
            if outcome == neutral {
                0
            } else {
                3
            }
        }
    };
    parts.fold(Verdict { outcome: neutral, note: None }, |sum, part| Verdict {
        outcome: if weight(part.outcome) > weight(sum.outcome) {
            part.outcome
        } else {
            sum.outcome
        },
        note: sum.note.or(part.note),
    })
}

/// A side of a comparison that is there.
struct Side<'a> {
    text: Cow<'a, str>,
    kind: DataType,
}

fn look_up<'s>(name: &str, scope: &'s dyn Scope) -> Result<Side<'s>, Verdict> {
    let absent = |note| Verdict { outcome: Outcome::Missing, note };
    match scope.variable(name) {
        Lookup::Missing => Err(absent(None)),
        Lookup::NotIvrEnabled => Err(absent(Some(NOT_IVR_ENABLED))),
        Lookup::Value { text, kind, private: _ } => Ok(Side { text, kind }),
    }
}

fn evaluate_test(test: &Test, scope: &dyn Scope) -> Verdict {
    let left = look_up(&test.variable, scope);
    match (test.operator, left) {
        (Operator::IsEmpty, left) => emptiness(left, true),
        (Operator::IsNotEmpty, left) => emptiness(left, false),
        (_, Err(absent)) => absent,
        (_, Ok(left)) => compare(test, &left, scope),
    }
}

/// A missing variable is empty; the note says why it is missing.
fn emptiness(left: Result<Side<'_>, Verdict>, wanted: bool) -> Verdict {
    let (empty, note) = match left {
        Ok(side) => (side.text.is_empty(), None),
        Err(absent) => (true, absent.note),
    };
    Verdict { outcome: (empty == wanted).into(), note }
}

fn compare(test: &Test, left: &Side<'_>, scope: &dyn Scope) -> Verdict {
    let by = test.compare_as.unwrap_or_else(|| left.kind.into());
    let fold = test.ignore_case;
    let equal = |right: &str| equal(&left.text, right, by, fold);
    let ordered =
        |right: &str, holds: fn(Ordering) -> bool| order(&left.text, right, by).map(holds);
    let found = |right: &str, holds: fn(&str, &str) -> bool| {
        Some(if fold {
            holds(&folded(&left.text), &folded(right))
        } else {
            holds(&left.text, right)
        })
    };
    match test.operator {
        Operator::IsEmpty | Operator::IsNotEmpty => Verdict { outcome: Outcome::False, note: None },
        Operator::Equals => one(test, scope, equal),
        Operator::NotEquals => one(test, scope, |right| equal(right).map(|same| !same)),
        Operator::LessThan => one(test, scope, |right| ordered(right, Ordering::is_lt)),
        Operator::GreaterThan => one(test, scope, |right| ordered(right, Ordering::is_gt)),
        Operator::AtMost => one(test, scope, |right| ordered(right, Ordering::is_le)),
        Operator::AtLeast => one(test, scope, |right| ordered(right, Ordering::is_ge)),
        Operator::Contains => one(test, scope, |right| found(right, |l, r| l.contains(r))),
        Operator::StartsWith => one(test, scope, |right| found(right, |l, r| l.starts_with(r))),
        Operator::EndsWith => one(test, scope, |right| found(right, |l, r| l.ends_with(r))),
        Operator::In => {
            let parts = test.right.iter().map(|operand| with(operand, scope, equal));
            join(Outcome::False, parts)
        }
        Operator::Between => match test.right.as_slice() {
            [low, high] => {
                let low = with(low, scope, |right| ordered(right, Ordering::is_ge));
                let high = with(high, scope, |right| ordered(right, Ordering::is_le));
                join(Outcome::True, [low, high].into_iter())
            }
            _ => NOT_COMPARABLE,
        },
    }
}

const NOT_COMPARABLE: Verdict = Verdict { outcome: Outcome::NotComparable, note: None };

/// Compares with the only operand.
fn one(test: &Test, scope: &dyn Scope, holds: impl Fn(&str) -> Option<bool>) -> Verdict {
    match test.right.as_slice() {
        [operand] => with(operand, scope, holds),
        _ => NOT_COMPARABLE,
    }
}

fn with(operand: &Operand, scope: &dyn Scope, holds: impl Fn(&str) -> Option<bool>) -> Verdict {
    let held = match operand {
        Operand::Text(text) => holds(text),
        Operand::Variable(name) => match look_up(name, scope) {
            Ok(right) => holds(&right.text),
            Err(absent) => return absent,
        },
    };
    held.map_or(NOT_COMPARABLE, |held| Verdict { outcome: held.into(), note: None })
}

/// Whether two values are the same; `None` when one of them is not of this kind.
pub(super) fn equal(left: &str, right: &str, by: CompareAs, fold: bool) -> Option<bool> {
    match by {
        CompareAs::Text if fold => Some(folded(left) == folded(right)),
        CompareAs::Text => Some(left == right),
        CompareAs::Boolean => Some(boolean(left)? == boolean(right)?),
        CompareAs::Number | CompareAs::Currency | CompareAs::Date => {
            order(left, right, by).map(Ordering::is_eq)
        }
    }
}

/// Which value is greater. Text is compared as decimals too: the order of letters is never meant.
pub(super) fn order(left: &str, right: &str, by: CompareAs) -> Option<Ordering> {
    match by {
        CompareAs::Text | CompareAs::Number => {
            Some(Decimal::parse(left)?.cmp(&Decimal::parse(right)?))
        }
        CompareAs::Currency => Amount::parse(left)?.compare(&Amount::parse(right)?),
        CompareAs::Date => Some(date(left)?.cmp(&date(right)?)),
        CompareAs::Boolean => None,
    }
}

fn boolean(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    if is("true") { Some(true) } else { is("false").then_some(false) }
}

/// The text without its case. By way of capitals, so that `Σ` meets both its small forms and `ß`
/// meets `SS`.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}
