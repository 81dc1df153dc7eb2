//! The palette as data: a designer's menu of nodes, its forms and its handles come from here, so
//! that a new kind of node needs no change in any editor.

use serde::Serialize;

mod ivr;
mod operators;
mod words;

pub use ivr::IVR;
pub use operators::{COMPARE_AS, OPERATORS};

/// A kind of node.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KindDescription {
    /// The key below the node's `kind` in JSON. A kind without parameters is that word itself.
    pub kind: &'static str,
    /// Where the palette shows it.
    pub group: Group,
    /// Its name for people.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Its parameters, in the order of the form.
    pub params: &'static [ParamDescription],
    /// By which exits it is left. Every kind that has a way on also has `error`.
    pub exits: &'static [ExitDescription],
}

/// A section of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Group {
    /// Decisions.
    Test,
    /// Variables.
    Data,
    /// What the customer hears and answers.
    Talk,
    /// On the way to an agent.
    Route,
    /// Time.
    Wait,
    /// Endings.
    End,
}

/// A parameter.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ParamDescription {
    /// The key in JSON. Empty when the parameter is the whole of the kind's object.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What is entered.
    #[serde(rename = "type")]
    pub kind: ParamType,
    /// It cannot be left out.
    pub required: bool,
    /// What a new node begins with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// The least and the most: of a number itself, of a text's characters, of a list's entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<(u64, u64)>,
    /// The parameters of a list's entries, or of an object.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub fields: &'static [Self],
}

/// What a parameter holds, and so which control edits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ParamType {
    /// Plain text.
    Text,
    /// Text in which `{_name}` inserts a variable.
    Template,
    /// A custom variable that is written.
    VariableWritten,
    /// A custom or system variable that is read.
    VariableRead,
    /// A condition: a tree of `test`, `all`, `any`, with [`OPERATORS`].
    Condition,
    /// A whole number.
    Number,
    /// Milliseconds.
    Millis,
    /// Yes or no.
    Flag,
    /// Keys of a telephone, each once.
    Keys,
    /// The name of an exit, free to choose.
    Exit,
    /// A queue's id.
    Queue,
    /// A skill's id.
    Skill,
    /// A schedule's id.
    Schedule,
    /// A script's id.
    Script,
    /// What Test Queue asks: `"noAgentAvailable"`, `"noAgentLoggedIn"`, `{"moreWaitingThan": 9}`,
    /// `{"longestWaitOver": 60000}` or `{"expectedWaitOver": 60000}`.
    QueueTest,
    /// `{"agent": id}` or `{"variable": name}`.
    NamedAgent,
    /// `{"number": text}` or `{"variable": name}`.
    NamedNumber,
    /// An object with the given fields.
    Object,
    /// A list of objects with the given fields.
    List,
}

/// A default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A text.
    Text(&'static str),
    /// A number.
    Number(u64),
    /// Yes or no.
    Flag(bool),
}

/// An exit, or a family of them.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExitDescription {
    /// The exit's name; empty when the names come from a parameter.
    pub name: &'static str,
    /// Its name for people, or what the family is.
    pub title: &'static str,
    /// The parameter that names the exits: one per entry (`cases.exit`), or one per character
    /// (`keys`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub each: Option<&'static str>,
    /// The parameter without which the exit is never taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<&'static str>,
}

/// An operator of a test.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperatorDescription {
    /// The word in JSON.
    pub operator: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The fewest right sides.
    pub operands_min: u8,
    /// The most; absent when any number will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operands_max: Option<u8>,
    /// It compares numbers, amounts or dates, and nothing else.
    pub ordering: bool,
}

/// As what two values can be compared.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CompareDescription {
    /// The word in JSON.
    pub compare_as: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
}
