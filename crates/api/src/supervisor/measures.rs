//! What every number of a wallboard means: said once, here, and shown beside the number.

use super::wire::{MeasureUnit, ShownMeasure};

/// All of them, in the order of a row's fields.
pub(super) const ALL: [ShownMeasure; 14] = [
    count("waiting", "Waiting", NOW, "Interactions in the queue while nobody is being asked."),
    count("offered", "Offered", NOW, "Interactions in the queue while an agent is being asked."),
    ShownMeasure {
        unit: MeasureUnit::Milliseconds,
        ..count(
            "longestSince",
            "Longest wait",
            NOW,
            "How long the first has waited since it entered the queue; offers do not begin it anew.",
        )
    },
    ShownMeasure {
        unit: MeasureUnit::Milliseconds,
        ..count(
            "expectedWaitMs",
            "Expected wait",
            NOW,
            "The usual time between two acceptances while somebody waits, for each who waits and one more. \
             Unknown until agents have taken a few.",
        )
    },
    count("talking", "Talking", NOW, "Interactions of the queue on which an agent talks."),
    count("wrapUp", "Wrap-up", NOW, "Interactions of the queue of which only paperwork is left."),
    ShownMeasure {
        unit: MeasureUnit::Agents,
        ..count(
            "staff",
            "Agents",
            NOW,
            "Agents of the queue, each counted once: work before status. Busy are those who are asked, \
             talk or wrap up, whatever the queue.",
        )
    },
    count(
        "entered",
        "Entered",
        TODAY,
        "Interactions in the queue at any time of the day, those carried over midnight included.",
    ),
    count("answered", "Answered", TODAY, "Interactions that an agent accepted."),
    count(
        "abandoned",
        "Abandoned",
        TODAY,
        "Customers who left before an agent accepted, also those who left within 5 seconds.",
    ),
    ShownMeasure {
        unit: MeasureUnit::Percent,
        numerator: Some("answered within the promised time"),
        denominator: Some("entered, less those who left within 5 seconds or still wait in time"),
        policy: Some("offeredLessShort"),
        ..count(
            "serviceLevel",
            "Service level",
            TODAY,
            "The share that was answered in time, of those of whom it can be told.",
        )
    },
    ShownMeasure {
        unit: MeasureUnit::Percent,
        numerator: Some("left after 5 seconds or more"),
        denominator: Some("entered, less those who left within 5 seconds"),
        ..count("abandonment", "Abandonment", TODAY, "The share that gave up.")
    },
    ShownMeasure {
        unit: MeasureUnit::Milliseconds,
        numerator: Some("waiting of those who were answered"),
        denominator: Some("answered"),
        ..count("speedOfAnswer", "Average speed of answer", TODAY, "Waiting for each answer.")
    },
    ShownMeasure {
        unit: MeasureUnit::Milliseconds,
        numerator: Some("talk, hold and wrap-up"),
        denominator: Some("conversations that ended"),
        ..count(
            "handleTime",
            "Average handle time",
            TODAY,
            "Work for each conversation, paperwork included.",
        )
    },
];

const NOW: &str = "now";
const TODAY: &str = "today";

const fn count(
    key: &'static str,
    name: &'static str,
    interval: &'static str,
    formula: &'static str,
) -> ShownMeasure {
    ShownMeasure {
        key,
        name,
        unit: MeasureUnit::Interactions,
        formula,
        numerator: None,
        denominator: None,
        policy: None,
        interval,
    }
}
