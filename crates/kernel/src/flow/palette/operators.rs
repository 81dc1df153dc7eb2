//! The operators of Test Variable, as data.

use super::{CompareDescription, OperatorDescription};

/// All operators; the first four are the published ones.
pub const OPERATORS: &[OperatorDescription] = &[
    of("equals", "equals", 1, Some(1), false),
    of("lessThan", "is less than", 1, Some(1), true),
    of("greaterThan", "is greater than", 1, Some(1), true),
    of("isEmpty", "is empty", 0, Some(0), false),
    of("isNotEmpty", "is not empty", 0, Some(0), false),
    of("notEquals", "does not equal", 1, Some(1), false),
    of("atMost", "is at most", 1, Some(1), true),
    of("atLeast", "is at least", 1, Some(1), true),
    of("between", "is between", 2, Some(2), true),
    of("in", "is one of", 1, None, false),
    of("contains", "contains", 1, Some(1), false),
    of("startsWith", "starts with", 1, Some(1), false),
    of("endsWith", "ends with", 1, Some(1), false),
];

/// The types a node can ask for instead of the variable's own.
pub const COMPARE_AS: &[CompareDescription] = &[
    CompareDescription {
        compare_as: "text",
        title: "Text",
        summary: "Letter by letter; 1250.750 does not equal 1250.75.",
    },
    CompareDescription {
        compare_as: "number",
        title: "Number",
        summary: "As decimals, exactly; 1250.750 equals 1250.75.",
    },
    CompareDescription {
        compare_as: "currency",
        title: "Amount",
        summary: "As decimals after currency and thousands commas; $1,250.75 equals 1250.75.",
    },
    CompareDescription {
        compare_as: "date",
        title: "Date",
        summary: "As calendar days written 2024-07-10.",
    },
    CompareDescription {
        compare_as: "boolean",
        title: "True or false",
        summary: "true equals TRUE.",
    },
];

const fn of(
    operator: &'static str,
    title: &'static str,
    operands_min: u8,
    operands_max: Option<u8>,
    ordering: bool,
) -> OperatorDescription {
    OperatorDescription { operator, title, operands_min, operands_max, ordering }
}
