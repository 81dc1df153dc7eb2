//! Custom variables of an interaction (Data Augmentation, "Variable Properties").

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    Text,
    limits::{DISPLAY_NAME_CHARS_MAX, VARIABLE_NAME_CHARS_MAX, VARIABLE_VALUE_CHARS_MAX},
};

/// A variable's name: `_` and 1 to 24 letters, digits or underscores. Case matters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VariableName(Text);

/// What is wrong with a proposed variable name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// Something other than letters, digits and underscores follows the first underscore.
    BadCharacter,
    /// Only the underscore is there.
    Empty,
    /// The first character is no underscore.
    NoUnderscore,
    /// More than 25 characters.
    TooLong,
}

impl VariableName {
    /// Reads a name. Limits count Unicode scalar values.
    ///
    /// # Errors
    /// Says which rule is broken; the missing underscore first, as the contract's own example does.
    pub fn parse(text: &str) -> Result<Self, NameFault> {
        let Some(rest) = text.strip_prefix('_') else {
            return Err(NameFault::NoUnderscore);
        };
        if rest.is_empty() {
            return Err(NameFault::Empty);
        }
        if text.chars().count() > VARIABLE_NAME_CHARS_MAX {
            return Err(NameFault::TooLong);
        }
        if !rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err(NameFault::BadCharacter);
        }
        Ok(Self(text.into()))
    }

    /// The name with its underscore.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for VariableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a value is meant, which decides its format on screen and its comparison in scripts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DataType {
    /// Plain text.
    #[default]
    Text,
    /// A decimal number.
    Number,
    /// A telephone number.
    Phone,
    /// A calendar date.
    Date,
    /// A time of day.
    Time,
    /// An amount in the tenant's currency.
    Currency,
}

impl DataType {
    /// Reads the wire's word in any case; `None` when there is no such type.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        const ALL: [DataType; 6] = [
            DataType::Text,
            DataType::Number,
            DataType::Phone,
            DataType::Date,
            DataType::Time,
            DataType::Currency,
        ];
        ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(text))
    }

    /// The wire's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Phone => "phone",
            Self::Date => "date",
            Self::Time => "time",
            Self::Currency => "currency",
        }
    }
}

/// One variable as its writer supplied it. A property that was not supplied stays `None`, because
/// the contract's GET echoes only what was given.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Variable {
    /// The name with its underscore.
    pub name: VariableName,
    /// The value: at most 1,000 scalar values, hostile text. Sealed wherever `privacy` is set and
    /// the variable leaves memory.
    pub value: Text,
    /// Scripts may test it. Default false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ivr: Option<bool>,
    /// Agents see it. Default false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<bool>,
    /// Label for agents, at most 30 scalar values. Default: the name without its underscore.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<Text>,
    /// How the value is meant. Default text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_type: Option<DataType>,
    /// The value may be tested but never shown. Default false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy: Option<bool>,
}

impl Variable {
    /// Whether scripts may test it.
    #[must_use]
    pub fn is_ivr(&self) -> bool {
        self.ivr.unwrap_or(false)
    }

    /// Whether agents see it.
    #[must_use]
    pub fn is_display(&self) -> bool {
        self.display.unwrap_or(false)
    }

    /// Whether its value must never be shown.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.privacy.unwrap_or(false)
    }

    /// How the value is meant.
    #[must_use]
    pub fn kind(&self) -> DataType {
        self.data_type.unwrap_or_default()
    }

    /// What agents read as its label.
    #[must_use]
    pub fn label(&self) -> &str {
        self.display_name.as_deref().unwrap_or_else(|| &self.name.as_str()[1..])
    }
}

/// Never prints a private value, so that no log line or panic can.
impl fmt::Debug for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = if self.is_private() { "****" } else { &self.value };
        f.debug_struct("Variable")
            .field("name", &self.name)
            .field("value", &value)
            .finish_non_exhaustive()
    }
}

/// Whether a value keeps the contract's bound.
#[must_use]
pub fn value_fits(text: &str) -> bool {
    text.chars().nth(VARIABLE_VALUE_CHARS_MAX).is_none()
}

/// Whether a display name keeps the contract's bound.
#[must_use]
pub fn display_name_fits(text: &str) -> bool {
    text.chars().nth(DISPLAY_NAME_CHARS_MAX).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String};

    #[test]
    fn names_at_their_bounds() {
        let of = |n: usize| VariableName::parse(&format!("_{}", "a".repeat(n - 1)));
        assert!(of(24).is_ok() && of(25).is_ok());
        assert_eq!(of(26), Err(NameFault::TooLong));
        assert_eq!(VariableName::parse("customerId"), Err(NameFault::NoUnderscore));
        assert_eq!(VariableName::parse("_account-balance"), Err(NameFault::BadCharacter));
        assert_eq!(VariableName::parse("_"), Err(NameFault::Empty));
        assert!(VariableName::parse("_a_b").is_ok());
    }

    #[test]
    fn lengths_count_scalar_values() {
        let text: String = "é".repeat(1000);
        assert!(value_fits(&text));
        assert!(!value_fits(&format!("{text}é")));
    }

    #[test]
    fn debug_never_shows_a_private_value() {
        let pin = Variable {
            name: VariableName::parse("_accountPin").unwrap(),
            value: "1234".into(),
            ivr: Some(true),
            display: None,
            display_name: None,
            data_type: None,
            privacy: Some(true),
        };
        assert!(!format!("{pin:?}").contains("1234"));
    }
}
