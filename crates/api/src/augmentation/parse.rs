//! Reads the variables of a request: three shapes, every bound, exact messages.

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

use model::{
    Text,
    limits::{
        DISPLAY_NAME_CHARS_MAX, VARIABLE_NAME_CHARS_MAX, VARIABLE_VALUE_CHARS_MAX,
        VARIABLES_PER_REQUEST_MAX,
    },
    variable::{DataType, NameFault, Variable, VariableName, display_name_fits, value_fits},
};

use super::refusal::Refusal;
use crate::json::Json;

/// How strictly variables are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Profile {
    /// As documented.
    Strict,
    /// As the clients of the gateway form need it: a missing underscore is added, numbers and
    /// booleans become text.
    Lenient,
}

/// Reads a whole body: the variables in order, names distinct.
pub(super) fn variables(body: &[u8], profile: Profile) -> Result<Vec<Variable>, Refusal> {
    let json = Json::read(body)
        .map_err(|fault| Refusal::bad_request(format!("Invalid JSON body: {fault}")))?;
    let entries = entries(&json)?;
    if entries.len() > VARIABLES_PER_REQUEST_MAX {
        let message = format!("Too many variables: maximum is {VARIABLES_PER_REQUEST_MAX}");
        return Err(Refusal::bad_request(message));
    }
    let mut variables: Vec<Variable> = Vec::with_capacity(entries.len());
    for entry in &entries {
        let fail = |fault: Cow<'static, str>| entry.refuse(&fault, entries.len() > 1);
        let variable = entry.variable(profile).map_err(fail)?;
        if variables.iter().any(|earlier| earlier.name == variable.name) {
            return Err(entry.refuse("Duplicate variable name", true));
        }
        variables.push(variable);
    }
    Ok(variables)
}

/// One element of a list of variables, and where it stands.
struct Entry<'j> {
    list: ListPath,
    index: usize,
    json: &'j Json<'j>,
}

/// Where a list of variables stands in the body.
#[derive(Clone, Copy)]
enum ListPath {
    /// `variables`
    Bare,
    /// `data.variables`
    Data,
    /// `data[1].variables`
    Part(usize),
}

impl fmt::Display for ListPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bare => f.write_str("variables"),
            Self::Data => f.write_str("data.variables"),
            Self::Part(n) => write!(f, "data[{n}].variables"),
        }
    }
}

/// The elements of all lists of variables, whatever the shape.
fn entries<'j>(json: &'j Json<'j>) -> Result<Vec<Entry<'j>>, Refusal> {
    let Json::Object(_) = json else {
        return Err(Refusal::bad_request("Invalid JSON body: must be an object"));
    };
    match (member(json, "data"), member(json, "variables")) {
        (Some(_), Some(_)) => {
            Err(Refusal::bad_request("Invalid body: send either data or variables, not both"))
        }
        (None, _) => list_of(json, ListPath::Bare),
        (Some(data @ Json::Object(_)), None) => list_of(data, ListPath::Data),
        (Some(Json::List(parts)), None) if !parts.is_empty() => {
            let lists = parts.iter().enumerate();
            let lists = lists.map(|(n, part)| list_of(part, ListPath::Part(n)));
            Ok(lists.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
        }
        (Some(_), None) => Err(Refusal::bad_request(
            "Invalid body: data must be an object with variables, or an array of such objects",
        )),
    }
}

fn list_of<'j>(part: &'j Json<'j>, list: ListPath) -> Result<Vec<Entry<'j>>, Refusal> {
    match member(part, "variables") {
        Some(Json::List(items)) => {
            let entry = |(index, json)| Entry { list, index, json };
            Ok(items.iter().enumerate().map(entry).collect())
        }
        Some(other) => {
            let kind = other.kind();
            Err(Refusal::bad_request(format!("Invalid body: {list} must be an array, not {kind}")))
        }
        None => Err(Refusal::bad_request(format!("Invalid body: {list} is missing"))),
    }
}

fn member<'j>(json: &'j Json<'j>, name: &str) -> Option<&'j Json<'j>> {
    let Json::Object(members) = json else { return None };
    members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

impl Entry<'_> {
    fn variable(&self, profile: Profile) -> Result<Variable, Cow<'static, str>> {
        let Json::Object(_) = self.json else {
            return Err(Cow::Owned(format!(
                "Invalid variable: must be an object, not {}",
                self.json.kind()
            )));
        };
        Ok(Variable {
            name: self.name(profile)?,
            value: self.value(profile)?,
            ivr: self.flag("ivr")?,
            display: self.flag("display")?,
            display_name: self.display_name()?,
            data_type: self.data_type()?,
            privacy: self.flag("privacy")?,
        })
    }

    fn name(&self, profile: Profile) -> Result<VariableName, Cow<'static, str>> {
        let name = match member(self.json, "name") {
            Some(Json::Text(name)) => name,
            Some(other) => {
                let kind = other.kind();
                return Err(format!("Invalid variable name: must be a string, not {kind}").into());
            }
            None => return Err("Invalid variable name: missing".into()),
        };
        let lacks_underscore = profile == Profile::Lenient && !name.starts_with('_');
        let parsed = if lacks_underscore {
            VariableName::parse(&format!("_{name}"))
        } else {
            VariableName::parse(name)
        };
        parsed.map_err(|fault| match fault {
            NameFault::NoUnderscore => "Invalid variable name: must start with underscore".into(),
            NameFault::Empty => "Invalid variable name: nothing follows the underscore".into(),
            NameFault::TooLong => format!(
                "Invalid variable name: too long, maximum is {VARIABLE_NAME_CHARS_MAX} characters"
            )
            .into(),
            NameFault::BadCharacter => {
                "Invalid variable name: only letters, digits and underscores are allowed".into()
            }
        })
    }

    fn value(&self, profile: Profile) -> Result<Text, Cow<'static, str>> {
        let value: &str = match (member(self.json, "value"), profile) {
            (Some(Json::Text(text)), _) => text,
            (Some(Json::Number(digits)), Profile::Lenient) => digits,
            (Some(Json::Bool(flag)), Profile::Lenient) => {
                if *flag {
                    "true"
                } else {
                    "false"
                }
            }
            (Some(other), _) => {
                let kind = other.kind();
                return Err(format!("Invalid variable value: must be a string, not {kind}").into());
            }
            (None, _) => return Err("Invalid variable value: missing".into()),
        };
        if value_fits(value) {
            return Ok(value.into());
        }
        let message = "Invalid variable value: too long, maximum is";
        Err(format!("{message} {VARIABLE_VALUE_CHARS_MAX} characters").into())
    }

    fn flag(&self, property: &'static str) -> Result<Option<bool>, Cow<'static, str>> {
        match member(self.json, property) {
            None => Ok(None),
            Some(Json::Bool(flag)) => Ok(Some(*flag)),
            Some(Json::Text(word)) if word.eq_ignore_ascii_case("true") => Ok(Some(true)),
            Some(Json::Text(word)) if word.eq_ignore_ascii_case("false") => Ok(Some(false)),
            Some(_) => Err(format!("Invalid variable {property}: must be true or false").into()),
        }
    }

    fn display_name(&self) -> Result<Option<Text>, Cow<'static, str>> {
        match member(self.json, "displayName") {
            None => Ok(None),
            Some(Json::Text(label)) if display_name_fits(label) => Ok(Some((&**label).into())),
            Some(Json::Text(_)) => Err(format!(
                "Invalid variable displayName: too long, maximum is {DISPLAY_NAME_CHARS_MAX} characters"
            )
            .into()),
            Some(other) => {
                let kind = other.kind();
                Err(format!("Invalid variable displayName: must be a string, not {kind}").into())
            }
        }
    }

    fn data_type(&self) -> Result<Option<DataType>, Cow<'static, str>> {
        let fault =
            "Invalid variable dataType: must be text, number, phone, date, time or currency";
        match member(self.json, "dataType") {
            None => Ok(None),
            Some(Json::Text(word)) => DataType::parse(word).map(Some).ok_or_else(|| fault.into()),
            Some(_) => Err(fault.into()),
        }
    }

    /// The documented text stands alone when only one variable can be meant.
    fn refuse(&self, fault: &str, locate: bool) -> Refusal {
        let mut message = fault.to_owned();
        if locate {
            let _ = write!(message, " ({}[{}]", self.list, self.index);
            if let Some(Json::Text(name)) = member(self.json, "name") {
                let _ = write!(message, " \"{}\"", shown(name));
            }
            message.push(')');
        }
        Refusal::bad_request(message)
    }
}

/// A name that came in, for a message: clipped, and nothing in it that could act on a terminal or
/// close the quotes.
fn shown(name: &str) -> String {
    const SHOWN_CHARS: usize = 40;
    let clipped: String = name.chars().take(SHOWN_CHARS).collect();
    let mark = if clipped.len() < name.len() { "…" } else { "" };
    let escaped = clipped.chars().flat_map(|c| {
        let keep = !c.is_control() && !matches!(c, '"' | '\\' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        let escapes = if keep { None } else { Some(c.escape_default()) };
        keep.then_some(c).into_iter().chain(escapes.into_iter().flatten())
    });
    escaped.chain(mark.chars()).collect()
}
