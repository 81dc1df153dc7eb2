//! What happened to an interaction, in one plain sentence each.

use model::{
    AgentId, Event, InteractionId, ScriptId, Text,
    event::{Act, Administered, NodePassed, OfferEnded},
    interaction::{DialEnd, EndCause, Media, OfferEnd, Recording, Target},
};

use super::{MASK, names::Names};

/// What a line of the timeline is about; the word in JSON.
pub(super) type Kind = &'static str;

/// A line of an interaction's timeline.
pub(super) struct Line {
    pub(super) interaction: InteractionId,
    pub(super) kind: Kind,
    pub(super) text: String,
}

/// The line an event makes, if it makes one. `script` says which script an interaction is in.
pub(super) fn line(
    event: &Event,
    names: &Names,
    script: impl Fn(InteractionId) -> Option<(ScriptId, u32)>,
) -> Option<Line> {
    let (interaction, kind, text) = match event {
        Event::InteractionCreated(created) => {
            let (media, from, to) = (arrival(created.media), &created.from, &created.to);
            let text = match &created.original {
                _ if created.callback => format!("{to} is to be called back from {from}"),
                Some(_) => format!("{media} from {from} to {to}, handed on by a colleague"),
                None => format!("{media} from {from} to {to}"),
            };
            (created.interaction, "system", text)
        }
        Event::NodePassed(passed) => {
            let label = names.label(script(passed.interaction), &passed.node);
            (passed.interaction, "script", passed_text(passed, &label))
        }
        Event::PromptPlayed { interaction, text } => (*interaction, "prompt", text.to_string()),
        Event::DigitsPressed { interaction, digits, private } => {
            let shown = if *private { MASK } else { digits };
            (*interaction, "digits", format!("Pressed {shown}"))
        }
        Event::VariablesSet { interaction, variables } => {
            let names: Vec<_> = variables.iter().map(|variable| variable.name.as_str()).collect();
            (*interaction, "variables", format!("Set {}", names.join(", ")))
        }
        Event::ApiAsked(asked) => {
            let host = asked.url.split('/').nth(2).unwrap_or_default();
            (asked.interaction, "script", format!("Asks {host}"))
        }
        Event::ApiAnswered { interaction, fault: None, .. } => {
            (*interaction, "script", "Answered by the other system".to_owned())
        }
        Event::ApiAnswered { interaction, fault: Some(fault), .. } => {
            (*interaction, "script", format!("No good answer from the other system: {fault}"))
        }
        Event::MessageRecorded { interaction, message } => {
            let seconds = message.duration_ms.div_ceil(1_000);
            (*interaction, "talk", format!("Message of {seconds} s"))
        }
        Event::PrioritySet { interaction, priority } => {
            (*interaction, "script", format!("Priority set to {priority}"))
        }
        Event::SkillsRequired { interaction, skills } => {
            let skill = |need: &model::config::SkillLevel| {
                format!("{} from level {}", names.skill(need.skill), need.level)
            };
            let skills: Vec<_> = skills.iter().map(skill).collect();
            let skills = if skills.is_empty() { "none".to_owned() } else { skills.join(", ") };
            (*interaction, "script", format!("Skills asked for by the script: {skills}"))
        }
        _ => {
            return queue_line(event, names)
                .or_else(|| talk_line(event, names))
                .or_else(|| line_line(event, names));
        }
    };
    Some(Line { interaction, kind, text })
}

/// Lines about waiting and offers.
fn queue_line(event: &Event, names: &Names) -> Option<Line> {
    let (interaction, kind, text) = match event {
        Event::InteractionQueued(queued) => {
            let mut text =
                format!("Waits in {} with priority {}", queued.queue_name, queued.priority);
            if queued.entered.is_some() {
                text.push_str(", the place kept");
            }
            if let Some((agent, _)) = queued.preferred {
                text.push_str(&format!(", first held for {}", names.agent(agent)));
            }
            (queued.interaction, "queue", text)
        }
        Event::RingWidened { interaction, ring } => {
            (*interaction, "queue", format!("Requirements widened to ring {ring}"))
        }
        Event::PreferredReleased { interaction } => {
            (*interaction, "queue", "No longer held for the preferred agent".to_owned())
        }
        Event::InteractionDequeued { interaction, queue, exit } => {
            (*interaction, "queue", dequeued_text(&names.queue(*queue), exit))
        }
        Event::InteractionOffered(offered) => {
            (offered.interaction, "offer", format!("Offered to {}", names.agent(offered.agent)))
        }
        Event::OfferEnded(ended) => (ended.interaction, "offer", offer_text(ended, names)),
        Event::Administered(done) => return supervisor_line(done, names),
        _ => return None,
    };
    Some(Line { interaction, kind, text })
}

/// Lines about what supervisors did to the interaction.
fn supervisor_line(done: &Administered, names: &Names) -> Option<Line> {
    let by = names.user(done.by);
    let (interaction, kind, text) = match &done.act {
        Act::Assigned { interaction, agent } => {
            (*interaction, "offer", format!("Given to {} by {by}", names.agent(*agent)))
        }
        Act::Requeued { interaction, queue } => {
            (*interaction, "queue", format!("Taken back to {} by {by}", names.queue(*queue)))
        }
        Act::StatusSet { .. } | Act::Configured { .. } => return None,
    };
    Some(Line { interaction, kind, text })
}

/// Lines about the conversation and its end.
fn talk_line(event: &Event, names: &Names) -> Option<Line> {
    let by = |agent: &AgentId| names.agent(*agent);
    let (interaction, kind, text) = match event {
        Event::OfferAccepted { interaction, agent, .. } => {
            (*interaction, "talk", format!("Accepted by {}", by(agent)))
        }
        Event::HoldChanged { interaction, agent, held } => {
            let done = if *held { "Put on hold" } else { "Taken off hold" };
            (*interaction, "talk", format!("{done} by {}", by(agent)))
        }
        Event::MuteChanged { interaction, agent, muted } => {
            let done = if *muted { "Muted" } else { "Unmuted" };
            (*interaction, "talk", format!("{done} by {}", by(agent)))
        }
        Event::InteractionEnded { interaction, cause } => {
            (*interaction, "system", ended_text(*cause).to_owned())
        }
        Event::WrapUpStarted { interaction, agent, .. } => {
            (*interaction, "talk", format!("Wrap-up begun by {}", by(agent)))
        }
        Event::WrapUpCompleted(completed) => {
            let by = by(&completed.agent);
            let how = if completed.timed_out { "ran out of time" } else { "completed" };
            let disposition = completed.disposition.text();
            let text = format!("Wrap-up of {by} {how}, disposition {disposition}");
            (completed.interaction, "talk", text)
        }
        _ => return None,
    };
    Some(Line { interaction, kind, text })
}

/// Lines about telephone lines: dialling, consulting, handing on, recording.
fn line_line(event: &Event, names: &Names) -> Option<Line> {
    let by = |agent: &AgentId| names.agent(*agent);
    let (interaction, text) = match event {
        Event::Dialled { interaction, agent: Some(agent), to, .. } => {
            (*interaction, format!("{} calls {to}", by(agent)))
        }
        Event::Dialled { interaction, agent: None, to, .. } => {
            (*interaction, format!("Being connected to {to}"))
        }
        Event::DialEnded { interaction, end } => (*interaction, dial_text(*end).to_owned()),
        Event::PartyAnswered { interaction } => (*interaction, "Answered".to_owned()),
        Event::PartyLeft { interaction } => (*interaction, "The number outside hung up".to_owned()),
        Event::TransferRequested { interaction, agent, to, .. } => {
            let to = match to {
                Target::Agent(other) => by(other),
                Target::Queue(queue) => names.queue(*queue),
                Target::Number(number) => number.clone(),
            };
            (*interaction, format!("Handed on by {} to {to}", by(agent)))
        }
        Event::LinesJoined { interaction, agent, .. } => {
            (*interaction, format!("Conference begun by {}", by(agent)))
        }
        Event::AgentJoined { interaction, agent, .. } => {
            (*interaction, format!("{} joined", by(agent)))
        }
        Event::PartyJoined { interaction, number, .. } => {
            (*interaction, format!("{number} joined"))
        }
        Event::AgentLeft { interaction, agent } => (*interaction, format!("{} left", by(agent))),
        Event::RecordingChanged { interaction, recording, .. } => {
            let text = match recording {
                Recording::On => "Recording",
                Recording::Paused => "Recording paused",
                Recording::Off => "Recording stopped",
            };
            (*interaction, text.to_owned())
        }
        _ => return None,
    };
    Some(Line { interaction, kind: "talk", text })
}

fn dial_text(end: DialEnd) -> &'static str {
    match end {
        DialEnd::NoAnswer => "Not answered",
        DialEnd::Busy => "The line was busy",
        DialEnd::Failed => "The number could not be reached",
        DialEnd::Cancelled => "Given up before anybody answered",
    }
}

fn arrival(media: Media) -> &'static str {
    match media {
        Media::Phone => "Call",
        Media::Chat => "Chat",
        Media::Email => "E-mail",
        Media::Sms => "Text message",
    }
}

fn passed_text(passed: &NodePassed, label: &Text) -> String {
    let exit = if &*passed.exit == "next" { String::new() } else { format!(": {}", passed.exit) };
    let note = passed.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    format!("{label}{exit}{note}")
}

fn dequeued_text(name: &Text, exit: &Text) -> String {
    match &**exit {
        "moved" => format!("Left {name} for another queue"),
        "timeout" => format!("Left {name}: waited too long"),
        "atCapacity" => format!("Left {name}: the queue is full"),
        "noAgents" => format!("Left {name}: nobody is logged in who could serve"),
        other => format!("Left {name} by {other}"),
    }
}

fn offer_text(ended: &OfferEnded, names: &Names) -> String {
    let agent = names.agent(ended.agent);
    match (ended.end, &ended.reason) {
        (OfferEnd::Rejected, Some(reason)) => {
            format!("Rejected by {agent}: {}", names.reason(reason))
        }
        (OfferEnd::Rejected, None) => format!("Rejected by {agent}"),
        (OfferEnd::TimedOut, _) => format!("Not answered by {agent}"),
        (OfferEnd::Withdrawn, _) => format!("Offer to {agent} withdrawn"),
        (OfferEnd::Recalled, _) => format!("Offer to {agent} taken back"),
    }
}

fn ended_text(cause: EndCause) -> &'static str {
    match cause {
        EndCause::Abandoned => "The customer left before an agent answered",
        EndCause::Agent => "Ended by the agent",
        EndCause::Customer => "Ended by the customer",
        EndCause::Script => "Ended by the script",
        EndCause::ScriptError => "Ended because the script could not go on",
        EndCause::Unanswered => "Ended: nobody answered",
        EndCause::Transferred => "Goes on with a colleague",
        EndCause::Merged => "Became part of the first line",
        EndCause::Party => "Ended by the number outside",
    }
}
