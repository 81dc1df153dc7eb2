//! Test Variable: comparisons, and how they are combined.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{Text, variable::DataType};

/// A test with three-valued outcome: true, false, or not to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Condition {
    /// One comparison.
    Test(Test),
    /// True when all are true.
    All(Vec<Self>),
    /// True when any is true.
    Any(Vec<Self>),
}

/// One comparison of a variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Test {
    /// The variable: `_custom`, or `$system`.
    pub variable: Text,
    /// How to compare.
    pub operator: Operator,
    /// With what.
    #[serde(default)]
    pub right: Vec<Operand>,
    /// As what to compare equality; `None` takes the variable's own data type.
    #[serde(default)]
    pub compare_as: Option<CompareAs>,
    /// `VIP` equals `vip`.
    #[serde(default)]
    pub ignore_case: bool,
}

/// The right side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operand {
    /// A fixed text.
    Text(Text),
    /// Another variable.
    Variable(Text),
}

/// How Test Variable compares. The first four are the published ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operator {
    /// Equals one text, or one number when compared as numbers.
    Equals,
    /// Less than, as decimals or strict ISO dates; never in text order.
    LessThan,
    /// Greater than, likewise.
    GreaterThan,
    /// Unset or empty.
    IsEmpty,
    /// Set and not empty.
    IsNotEmpty,
    /// Not equal; a missing variable is missing, not unequal.
    NotEquals,
    /// Less or equal.
    AtMost,
    /// Greater or equal.
    AtLeast,
    /// From the first to the second operand, both included.
    Between,
    /// Equal to one of the operands.
    In,
    /// Contains the text.
    Contains,
    /// Starts with the text.
    StartsWith,
    /// Ends with the text.
    EndsWith,
}

/// As what two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CompareAs {
    /// Letter by letter.
    Text,
    /// As decimals.
    Number,
    /// As amounts: `$1,250.75` is 1250.75.
    Currency,
    /// As strict ISO dates.
    Date,
    /// `true` and `TRUE` are the same.
    Boolean,
}

impl From<DataType> for CompareAs {
    fn from(kind: DataType) -> Self {
        match kind {
            DataType::Text | DataType::Phone | DataType::Time => Self::Text,
            DataType::Number => Self::Number,
            DataType::Currency => Self::Currency,
            DataType::Date => Self::Date,
        }
    }
}
