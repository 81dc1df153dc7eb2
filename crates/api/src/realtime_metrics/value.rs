//! What a metric comes to, and how several come to a total.

use model::Timestamp;
use serde_json::{Value as Json, json};

/// What a metric comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Of several, the sum.
    Count(u64),
    /// Of several, the longest.
    Longest(u64),
    /// A mean in whole milliseconds: sum and number.
    Mean(u64, u64),
    /// A fraction: numerator and denominator.
    Share(u64, u64),
    /// Nothing that could be added.
    Single(Json),
}

impl Value {
    /// An instant, if there is one.
    pub(super) fn time(at: Option<Timestamp>) -> Self {
        let at = at.and_then(|at| i64::try_from(at.0).ok());
        let at = at.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
        Self::Single(at.map_or(Json::Null, |at| json!(format!("{at:.3}"))))
    }

    /// A word.
    pub(super) fn word(word: &str) -> Self {
        Self::Single(json!(word))
    }

    /// Both together; `None` when it cannot be added.
    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Count(one), Self::Count(other)) => Some(Self::Count(one + other)),
            (Self::Longest(one), Self::Longest(other)) => Some(Self::Longest(*one.max(other))),
            (Self::Mean(sum, n), Self::Mean(more, m)) => Some(Self::Mean(sum + more, n + m)),
            (Self::Share(part, of), Self::Share(more, m)) => Some(Self::Share(part + more, of + m)),
            _ => None,
        }
    }

    /// Whether several have a total.
    pub(super) fn adds_up(&self) -> bool {
        !matches!(self, Self::Single(_))
    }

    /// As it is shown: `null` where there is nothing to measure.
    pub(super) fn shown(&self) -> Json {
        match self {
            Self::Count(number) | Self::Longest(number) => json!(number),
            Self::Mean(_, 0) | Self::Share(_, 0) => Json::Null,
            Self::Mean(sum, n) => json!((sum + n / 2) / n),
            // Shown only: nothing is calculated with it.
            Self::Share(part, of) => json!(*part as f64 / *of as f64),
            Self::Single(json) => json.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_as_they_are_shown() {
        let shown = |value: Value| value.shown().to_string();
        assert_eq!(shown(Value::Share(5, 5)), "1.0");
        assert_eq!(shown(Value::Share(0, 5)), "0.0");
        assert_eq!(shown(Value::Share(0, 0)), "null");
        assert_eq!(shown(Value::Mean(5, 2)), "3");
        assert_eq!(shown(Value::Count(0)), "0");
        let time = Value::time(Some(Timestamp(1_683_045_181_003)));
        assert_eq!(shown(time), "\"2023-05-02T16:33:01.003Z\"");
        assert_eq!(shown(Value::time(None)), "null");
    }

    #[test]
    fn a_total_of_shares_is_not_the_sum_of_percentages() {
        let total = Value::Share(1, 2).plus(&Value::Share(9, 10)).unwrap();
        assert_eq!(total, Value::Share(10, 12));
        assert_eq!(Value::Longest(4).plus(&Value::Longest(3)), Some(Value::Longest(4)));
        assert_eq!(Value::word("a").plus(&Value::word("b")), None);
    }
}
