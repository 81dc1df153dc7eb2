//! Short ways to describe parameters and exits.

use model::limits::{
    NODE_WAIT_MS_MAX, SHORT_TEXT_CHARS_MAX, SPOKEN_CHARS_MAX, VARIABLE_NAME_CHARS_MAX,
};

use super::{ExitDescription, ParamDescription, ParamType, Value};

/// The one way on.
pub(super) const NEXT: &[ExitDescription] = &[exit("next", "Next")];

pub(super) const fn param(
    name: &'static str,
    title: &'static str,
    kind: ParamType,
) -> ParamDescription {
    ParamDescription { name, title, kind, required: true, default: None, bounds: None, fields: &[] }
}

pub(super) const fn optional(of: ParamDescription) -> ParamDescription {
    ParamDescription { required: false, default: None, ..of }
}

pub(super) const fn sized(
    name: &'static str,
    title: &'static str,
    kind: ParamType,
    fewest: u64,
    most: usize,
) -> ParamDescription {
    ParamDescription { bounds: Some((fewest, most as u64)), ..param(name, title, kind) }
}

pub(super) const fn spoken(name: &'static str, title: &'static str) -> ParamDescription {
    sized(name, title, ParamType::Template, 1, SPOKEN_CHARS_MAX)
}

pub(super) const fn exit_name(title: &'static str) -> ParamDescription {
    sized("exit", title, ParamType::Exit, 1, SHORT_TEXT_CHARS_MAX)
}

pub(super) const fn written_variable(name: &'static str, title: &'static str) -> ParamDescription {
    sized(name, title, ParamType::VariableWritten, 2, VARIABLE_NAME_CHARS_MAX)
}

pub(super) const fn read_variable(name: &'static str, title: &'static str) -> ParamDescription {
    sized(name, title, ParamType::VariableRead, 2, VARIABLE_NAME_CHARS_MAX)
}

pub(super) const fn number(
    name: &'static str,
    title: &'static str,
    default: u64,
    least: u64,
    most: u64,
) -> ParamDescription {
    ParamDescription {
        default: Some(Value::Number(default)),
        bounds: Some((least, most)),
        ..param(name, title, ParamType::Number)
    }
}

pub(super) const fn millis(
    name: &'static str,
    title: &'static str,
    default: u64,
    least: u64,
) -> ParamDescription {
    ParamDescription {
        default: Some(Value::Number(default)),
        bounds: Some((least, NODE_WAIT_MS_MAX)),
        ..param(name, title, ParamType::Millis)
    }
}

pub(super) const fn exit(name: &'static str, title: &'static str) -> ExitDescription {
    ExitDescription { name, title, each: None, needs: None }
}

pub(super) const fn each(param: &'static str, title: &'static str) -> ExitDescription {
    ExitDescription { name: "", title, each: Some(param), needs: None }
}
