//! What requests about phone calls ask for: numbers come as numbers or as text, both in use.

use model::{
    Text,
    limits::{VARIABLE_VALUE_CHARS_MAX, VARIABLES_PER_REQUEST_MAX},
    variable::{Variable, VariableName},
};

use super::refusal::Refused;
use crate::json::Json;

/// Characters of a number that is dialled.
const NUMBER_MAX: usize = 32;
/// Codes of one request (Phone calls, "Transaction codes").
const CODES_MAX: usize = 6;

/// A call to be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlaceCall {
    pub(super) agent: String,
    pub(super) number: Text,
    pub(super) caller_id: String,
    pub(super) queue: Option<u32>,
    pub(super) force: bool,
    pub(super) variables: Vec<Variable>,
}

impl PlaceCall {
    /// Reads a request. Members that are not known are left alone; there are no dial plans.
    pub(super) fn read(value: &Json<'_>) -> Result<Self, Refused> {
        let required = |name: &'static str| {
            let given = digits(value, name)?;
            given.ok_or_else(|| Refused::bad(format!("Invalid {name}")))
        };
        let agent = match value.member("agentId") {
            Some(Json::Text(id)) if !id.is_empty() => id.clone().into_owned(),
            _ => return Err(Refused::bad("Invalid agentId")),
        };
        let number = dialled(&required("prefix")?, &required("number")?)?;
        let caller_id = required("callerId")?;
        let queue = match digits(value, "queueId")? {
            None => None,
            Some(id) if id.is_empty() => None,
            Some(id) => Some(id.parse().map_err(|_| Refused::bad("Invalid queueId"))?),
        };
        let force = match value.member("forceCall") {
            None | Some(Json::Null) => false,
            Some(Json::Bool(force)) => *force,
            Some(_) => return Err(Refused::bad("Invalid forceCall")),
        };
        let mut variables = Vec::new();
        for name in ["extTransactionData", "ctlUserData"] {
            attach(value, name, &mut variables)?;
        }
        Ok(Self { agent, number, caller_id, queue, force, variables })
    }
}

/// A member that is a number or a text, as text: leading zeros and a plus are kept.
fn digits(value: &Json<'_>, name: &'static str) -> Result<Option<String>, Refused> {
    match value.member(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Number(digits)) if digits.bytes().all(|b| b.is_ascii_digit()) => {
            Ok(Some((*digits).to_owned()))
        }
        Some(Json::Text(text)) => Ok(Some(text.trim().to_owned())),
        Some(_) => Err(Refused::bad(format!("Invalid {name}"))),
    }
}

/// Prefix and number without the marks that people write in between.
fn dialled(prefix: &str, number: &str) -> Result<Text, Refused> {
    let marks = |c: &char| !matches!(c, ' ' | '-' | '.' | '(' | ')');
    let whole: String = prefix.chars().chain(number.chars()).filter(marks).collect();
    let digits = whole.strip_prefix('+').unwrap_or(&whole);
    let fits = (1..=NUMBER_MAX).contains(&whole.len())
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !number.is_empty();
    if fits { Ok(whole.into()) } else { Err(Refused::bad("Invalid number")) }
}

/// Data of the caller's system become variables that the agent sees, where they can be one.
fn attach(value: &Json<'_>, list: &'static str, into: &mut Vec<Variable>) -> Result<(), Refused> {
    let wrong = || Refused::bad(format!("Invalid {list}"));
    let pairs = match value.member(list) {
        None | Some(Json::Null) => return Ok(()),
        Some(Json::List(pairs)) if pairs.len() <= VARIABLES_PER_REQUEST_MAX => pairs,
        Some(_) => return Err(wrong()),
    };
    for pair in pairs {
        let Some(Json::Text(name)) = pair.member("name") else { return Err(wrong()) };
        let value: Text = match pair.member("value") {
            Some(Json::Text(text)) => Text::from(&**text),
            Some(Json::Number(digits)) => Text::from(*digits),
            _ => return Err(wrong()),
        };
        let named = VariableName::parse(name).or_else(|_| VariableName::parse(&format!("_{name}")));
        let Ok(variable) = named else { continue };
        if value.chars().nth(VARIABLE_VALUE_CHARS_MAX).is_some() {
            return Err(wrong());
        }
        into.retain(|known| known.name != variable);
        into.push(Variable {
            name: variable,
            value,
            ivr: None,
            display: Some(true),
            display_name: None,
            data_type: None,
            privacy: None,
        });
    }
    Ok(())
}

/// Transaction codes: pairs of list and item.
pub(super) fn selections(value: &Json<'_>) -> Result<Vec<(u32, u32)>, Refused> {
    let wrong = || Refused::bad("Invalid selections");
    let id = |of: &Json<'_>| match of.member("id") {
        Some(Json::Number(digits)) => digits.parse().map_err(|_| wrong()),
        _ => Err(wrong()),
    };
    let Some(Json::List(lists)) = value.member("selections") else { return Err(wrong()) };
    let mut codes = Vec::new();
    for list in lists {
        let Some(Json::List(items)) = list.member("codes") else { return Err(wrong()) };
        for item in items {
            codes.push((id(list)?, id(item)?));
            if codes.len() > CODES_MAX {
                return Err(Refused::bad("Invalid transaction codes, at most 6 can be set"));
            }
        }
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<PlaceCall, String> {
        PlaceCall::read(&Json::read(text.as_bytes()).unwrap()).map_err(|refused| refused.reason())
    }

    #[test]
    fn numbers_keep_their_digits() {
        let call = |prefix: &str, number: &str| {
            let text =
                format!(r#"{{"agentId":"ag","prefix":{prefix},"number":{number},"callerId":0}}"#);
            read(&text).map(|call| call.number.to_string())
        };
        assert_eq!(call("1", "9162471753").as_deref(), Ok("19162471753"));
        assert_eq!(call("\"+1\"", "\"(916) 247-1753\"").as_deref(), Ok("+19162471753"));
        assert_eq!(call("\"\"", "\"007\"").as_deref(), Ok("007"));
        for wrong in ["\"\"", "\"12a\"", "1.5", "-1", "\"+\"", "\"1+2\"", "null"] {
            assert!(call("\"\"", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn data_become_variables_where_they_can() {
        let text = r#"{"agentId":"ag","prefix":"","number":1,"callerId":"","ctlUserData":[
            {"name":"record","value":"7"},{"name":"not a name","value":"x"},{"name":"_record","value":8}]}"#;
        let call = read(text).unwrap();
        let pairs: Vec<_> = call
            .variables
            .iter()
            .map(|variable| (variable.name.as_str(), &*variable.value))
            .collect();
        assert_eq!(pairs, [("_record", "8")]);
        let text = r#"{"agentId":"ag","prefix":"","number":1,"callerId":"","ctlUserData":[7]}"#;
        assert_eq!(read(text), Err("Invalid ctlUserData".to_owned()));
    }

    #[test]
    fn at_most_six_codes() {
        let read = |n: usize| {
            let items = vec![r#"{"id":2}"#; n].join(",");
            let text = format!(r#"{{"selections":[{{"id":1,"codes":[{items}]}}]}}"#);
            selections(&Json::read(text.as_bytes()).unwrap()).map_err(|refused| refused.reason())
        };
        assert_eq!(read(6).unwrap(), vec![(1, 2); 6]);
        assert!(read(7).is_err());
    }
}
