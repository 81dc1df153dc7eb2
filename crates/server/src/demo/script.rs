//! The demo's scripts: what customers meet before an agent does.

use model::{flow::Flow, time::Millis};

use self::drawing::Drawing;
use super::settings::{BUSINESS_HOURS, queue};

mod drawing;
mod main_line;
mod tests;

pub(super) use main_line::main_line;

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;

/// The second number: open on working days, with messages outside of them.
pub(super) fn business_hours() -> Flow {
    let leave = "Please leave a message after the tone, and we will call you back.";
    let mut flow = Drawing::starting_at("hours")
        .hours(
            "hours",
            "Business hours?",
            BUSINESS_HOURS,
            &[("open", "welcome"), ("closed", "closed"), ("exception1", "holiday")],
        )
        .say("welcome", "Welcome", "You have reached Acme Corp's office.", "toStandard")
        .say("closed", "Closed", "Our office is closed at this time.", "message")
        .say("holiday", "Holiday", "Today is a holiday at Acme Corp.", "message")
        .queue("toStandard", "Standard", queue::STANDARD, 10)
        .leaving_when_unstaffed("message")
        .otherwise("message", "busy")
        .message("message", "Leave a message", leave, queue::STANDARD)
        .with_ends()
        .flow();
    flow.tests = tests::business_hours();
    flow
}

/// The chat on the website.
pub(super) fn website_chat() -> Flow {
    let busy = "We are sorry: nobody could answer in time. Please write again later.";
    Drawing::starting_at("hello")
        .say("hello", "Hello", "Hello! An agent will be with you in a moment.", "toChat")
        .queue("toChat", "Website chat", queue::CHAT, 10)
        .otherwise("busy", "busy")
        .say("busy", "Nobody in time", busy, "bye")
        .bye()
        .flow()
}
