//! What every one of Cordboard's own contracts shows alike: statuses, variables, timelines, explanations.

use engine::{State, views::TimelineRow};
use model::{
    config::{self, ReasonFor},
    status::Status,
    variable::{DataType, Variable},
};

pub(crate) mod why;
mod words;

pub(crate) use words::{
    DataTypeWord, DirectionWord, MediaType, NextStatus, QueueName, Reason, SetStatus,
    ShownVariable, StatusChoice, StatusWord, Tenant, TimelineEntry, TimelineKind,
};

/// A line of the views; `None` when it is of a kind that is not shown.
pub(crate) fn timeline_entry(row: TimelineRow) -> Option<TimelineEntry> {
    let kind = match row.kind.as_str() {
        "script" => TimelineKind::Script,
        "prompt" => TimelineKind::Prompt,
        "digits" => TimelineKind::Digits,
        "variables" => TimelineKind::Variables,
        "queue" => TimelineKind::Queue,
        "offer" => TimelineKind::Offer,
        "talk" => TimelineKind::Talk,
        "system" => TimelineKind::System,
        _ => return None,
    };
    Some(TimelineEntry { at: row.at.0, kind, text: row.text })
}

/// The tenant.
pub(crate) fn tenant(state: &State) -> Tenant {
    let own = state.config.tenant.as_ref();
    let text = |part: fn(&config::Tenant) -> &str| own.map_or("", part).to_owned();
    Tenant {
        id: text(|own| own.id.as_str()),
        name: text(|own| &own.name),
        locale: text(|own| &own.locale),
        currency: text(|own| &own.currency),
        time_zone: text(|own| &own.time_zone),
    }
}

/// What a status menu offers, in order.
pub(crate) fn statuses(state: &State) -> Vec<StatusChoice> {
    let choice = |status: Status| StatusChoice {
        status: status.into(),
        text: status.text().to_owned(),
        reasons: reasons(state, ReasonFor::Status(status)),
    };
    Status::ALL.into_iter().map(choice).collect()
}

/// The reasons there are for something.
pub(crate) fn reasons(state: &State, of: ReasonFor) -> Vec<Reason> {
    let fitting = state.config.reasons.values().filter(|reason| reason.of == of);
    let reason = |reason: &config::Reason| Reason {
        code: reason.code.as_ref().to_owned(),
        text: reason.text.as_ref().to_owned(),
    };
    fitting.map(reason).collect()
}

/// A private value does not leave the server, not even masked in a length that tells something.
pub(crate) fn variable(variable: &Variable) -> ShownVariable {
    let privacy = variable.is_private();
    ShownVariable {
        name: variable.name.as_str().to_owned(),
        display_name: variable.label().to_owned(),
        value: (!privacy).then(|| variable.value.as_ref().to_owned()),
        data_type: match variable.kind() {
            DataType::Text => DataTypeWord::Text,
            DataType::Number => DataTypeWord::Number,
            DataType::Phone => DataTypeWord::Phone,
            DataType::Date => DataTypeWord::Date,
            DataType::Time => DataTypeWord::Time,
            DataType::Currency => DataTypeWord::Currency,
        },
        privacy,
    }
}
