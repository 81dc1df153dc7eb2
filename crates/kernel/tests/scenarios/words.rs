//! The words of scenarios, both ways.

use model::{
    Command, Event, InteractionId, QueueId, Text, Timestamp, UserId,
    command::{AgentCommand, InteractionCommand, SupervisorCommand},
    event::{Act, Administered},
    explanation::Exclusion,
    interaction::{DialEnd, Direction, Disposition, Draft, Media, Target},
    status::Status,
    variable::{Variable, VariableName},
};

use crate::{MIDNIGHT, Scenario, tenant};

/// The supervisor.
const SUE: UserId = UserId(1);

pub(crate) fn parse_time(text: &str) -> Timestamp {
    let seconds =
        text.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u64>().expect("HH:MM:SS"));
    MIDNIGHT.plus(seconds * 1_000)
}

pub(crate) fn time(at: Timestamp) -> String {
    let seconds = at.since(MIDNIGHT) / 1_000;
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// What a line asks for.
pub(crate) fn request(scenario: &Scenario, words: &[&str]) -> Command {
    let status = |who, status, reason: Option<&&str>| {
        let (agent, reason) = (tenant::agent(who), reason.map(|reason| (*reason).into()));
        Command::Agent(AgentCommand::SetStatus { agent, status, reason })
    };
    match words {
        [who, "becomes", "available"] => status(who, Status::Available, None),
        [who, "goes", "on", "break", reason @ ..] => status(who, Status::OnBreak, reason.first()),
        [who, "logs", "out"] => status(who, Status::LoggedOut, None),
        [who, verb @ ("calls" | "chats"), to] => {
            let id = scenario.born + 1;
            Command::Interaction(InteractionCommand::Begin {
                guid: format!("int-{id}").into(),
                media: if *verb == "calls" { Media::Phone } else { Media::Chat },
                to: (*to).into(),
                from: number(who),
                caller_name: None,
                call_id: None,
            })
        }
        [who, "presses", digits] => Command::Interaction(InteractionCommand::Press {
            interaction: scenario.guid(who),
            digits: (*digits).into(),
        }),
        ["api", "answers", who, "ask", ask, values @ ..] => {
            let values = match values {
                ["fault", fault] => Err((*fault).into()),
                values => Ok(values.iter().map(|value| Some((*value).into())).collect()),
            };
            let (interaction, ask) = (scenario.id(who), ask.parse().expect("a number"));
            Command::Interaction(InteractionCommand::ApiAnswers { interaction, ask, values })
        }
        [who, "says", words @ ..] => Command::Interaction(InteractionCommand::Record {
            interaction: scenario.guid(who),
            text: words.join(" ").into(),
            duration_ms: 4_200,
        }),
        [who, "leaves"] => {
            Command::Interaction(InteractionCommand::Leave { interaction: scenario.guid(who) })
        }
        [who, "answers"] => Command::Interaction(InteractionCommand::PartyAnswers {
            interaction: scenario.guid(who),
        }),
        [who, "is", "busy"] => Command::Interaction(InteractionCommand::PartyDeclines {
            interaction: scenario.guid(who),
            end: DialEnd::Busy,
        }),
        ["sue", rest @ ..] => Command::Supervise { by: SUE, command: supervise(scenario, rest) },
        ["number", "of", who, "hangs", "up"] => {
            Command::Interaction(InteractionCommand::PartyLeaves {
                interaction: scenario.guid(who),
            })
        }
        [who, "gets", pairs @ ..] => Command::Interaction(InteractionCommand::SetVariables {
            interaction: scenario.guid(who),
            variables: pairs.iter().map(|pair| variable(pair)).collect(),
        }),
        [who, rest @ ..] => Command::Agent(agent_command(scenario, who, rest)),
        [] => panic!("an empty line"),
    }
}

/// The number of `c1` is 1.
fn number(caller: &str) -> Text {
    caller.trim_start_matches('c').into()
}

fn variable(pair: &str) -> Variable {
    let (name, value) = pair.split_once('=').expect("_name=value");
    let value = if tenant::AGENTS.contains(&value) {
        tenant::agent(value).as_str().to_owned()
    } else {
        value.to_owned()
    };
    Variable {
        name: VariableName::parse(name).expect("a variable's name"),
        value: value.into(),
        ivr: Some(true),
        display: None,
        display_name: None,
        data_type: None,
        privacy: None,
    }
}

fn agent_command(scenario: &Scenario, who: &str, words: &[&str]) -> AgentCommand {
    let agent = tenant::agent(who);
    // The offer the agent sees, or the last one seen.
    let offer = |caller: &str| {
        let open = scenario.state.find(&scenario.guid(caller));
        open.and_then(|open| open.place.offer()).map_or_else(Default::default, |offer| offer.id)
    };
    match words {
        ["accepts", caller] => {
            AgentCommand::Accept { agent, interaction: scenario.guid(caller), offer: offer(caller) }
        }
        ["rejects", caller, reason @ ..] => {
            let (interaction, offer) = (scenario.guid(caller), offer(caller));
            let reason = reason.first().map(|reason| (*reason).into());
            AgentCommand::Reject { agent, interaction, offer, reason }
        }
        ["holds", caller] => {
            AgentCommand::Hold { agent, interaction: scenario.guid(caller), held: true }
        }
        ["ends", caller, "for", "all"] => {
            AgentCommand::End { agent, interaction: scenario.guid(caller), for_all: true }
        }
        ["ends", caller] => {
            AgentCommand::End { agent, interaction: scenario.guid(caller), for_all: false }
        }
        ["dials", number, rest @ ..] => AgentCommand::Dial {
            agent,
            to: (*number).into(),
            queue: rest.last().and_then(|queue| queue_named(queue)),
            caller_id: None,
            guid: format!("int-{}", scenario.born + 1).into(),
            call_id: format!("call-{}", scenario.born + 1).into(),
            variables: Vec::new(),
        },
        ["consults", whom, "on", caller] => AgentCommand::Consult {
            agent,
            interaction: scenario.guid(caller),
            to: target(whom),
            guid: format!("int-{}", scenario.born + 1).into(),
            call_id: format!("call-{}", scenario.born + 1).into(),
        },
        ["hands", "on", caller, rest @ ..] => AgentCommand::Transfer {
            agent,
            interaction: scenario.guid(caller),
            to: rest.last().map(|whom| target(whom)),
            guid: format!("int-{}", scenario.born + 1).into(),
        },
        ["joins", "lines", "on", caller] => {
            AgentCommand::Join { agent, interaction: scenario.guid(caller) }
        }
        ["notes", caller, code] => AgentCommand::Draft {
            agent,
            interaction: scenario.guid(caller),
            draft: Draft { codes: vec![code.parse().expect("a code")], ..Draft::default() },
        },
        ["wraps", "up", caller, disposition, codes @ ..] => AgentCommand::WrapUp {
            agent,
            interaction: scenario.guid(caller),
            disposition: Disposition::try_from(disposition.parse::<u16>().expect("a code"))
                .expect("a disposition"),
            codes: codes.iter().map(|code| code.parse().expect("a code")).collect(),
            note: None,
        },
        _ => panic!("no such words: {words:?}"),
    }
}

/// What the supervisor does: `sets ann on break lunch`, `assigns c1 to ann`, `takes back c1 to sales`.
fn supervise(scenario: &Scenario, words: &[&str]) -> SupervisorCommand {
    match words {
        ["sets", who, "available"] => {
            let (agent, status) = (tenant::agent(who), Status::Available);
            SupervisorCommand::SetStatus { agent, status, reason: None }
        }
        ["sets", who, "on", "break", reason @ ..] => {
            let (agent, status) = (tenant::agent(who), Status::OnBreak);
            let reason = reason.first().map(|reason| (*reason).into());
            SupervisorCommand::SetStatus { agent, status, reason }
        }
        ["assigns", caller, "to", who] => SupervisorCommand::Assign {
            interaction: scenario.guid(caller),
            agent: tenant::agent(who),
        },
        ["takes", "back", caller, rest @ ..] => SupervisorCommand::Requeue {
            interaction: scenario.guid(caller),
            queue: rest.last().and_then(|queue| queue_named(queue)),
        },
        _ => panic!("no such words: {words:?}"),
    }
}

/// The queue of this name, if there is one.
fn queue_named(name: &str) -> Option<QueueId> {
    let place = tenant::QUEUES.iter().position(|known| *known == name)?;
    Some(QueueId(u32::try_from(place).expect("a few") + 1))
}

/// An agent, a queue, or else a number.
fn target(whom: &str) -> Target {
    if tenant::AGENTS.contains(&whom) {
        Target::Agent(tenant::agent(whom))
    } else {
        queue_named(whom).map_or_else(|| Target::Number(whom.into()), Target::Queue)
    }
}

fn agent_name(id: &model::AgentId) -> &'static str {
    tenant::AGENTS[id.as_str()[2..].parse::<usize>().expect("a number")]
}

/// What an event is in words; nothing for what needs no telling.
pub(crate) fn say(event: &Event, name: &dyn Fn(InteractionId) -> String) -> Option<String> {
    let agent =
        |id: &model::AgentId| tenant::AGENTS[id.as_str()[2..].parse::<usize>().expect("a number")];
    let who = |id: &InteractionId| name(*id);
    Some(match event {
        Event::StatusChanged(changed) => {
            let reason =
                changed.reason.as_deref().map_or_else(String::new, |reason| format!(" ({reason})"));
            format!("{} is {}{reason}", agent(&changed.agent), changed.status.text().to_lowercase())
        }
        Event::Administered(done) => return say_act(done, name),
        Event::NextStatusSet { agent: id, next: Some((status, _)) } => {
            format!("{} is {} after this", agent(id), status.text().to_lowercase())
        }
        Event::NextStatusSet { agent: id, next: None } => format!("{} stays", agent(id)),
        Event::PromptPlayed { interaction, text } => format!("{} hears: {text}", who(interaction)),
        Event::NodePassed(passed) => {
            let note = passed.note.as_deref().map_or_else(String::new, |note| format!(" ({note})"));
            format!("{} leaves {} by {}{note}", who(&passed.interaction), passed.node, passed.exit)
        }
        Event::InteractionQueued(queued) => {
            let since =
                queued.entered.map_or_else(String::new, |at| format!(" since {}", time(at)));
            format!("{} waits in {}{since}", who(&queued.interaction), queued.queue_name)
        }
        Event::ApiAsked(asked) => {
            let (ask, url) = (asked.ask, &asked.url);
            let until = time(asked.until);
            format!("{} asks {url} until {until} (ask {ask})", who(&asked.interaction))
        }
        Event::MessageRecorded { interaction, message } => {
            format!("{} carries a message: {}", who(interaction), message.text)
        }
        Event::RingWidened { interaction, ring } => {
            format!("{} widens to ring {ring}", who(interaction))
        }
        Event::PreferredReleased { interaction } => {
            format!("{} waits for anybody", who(interaction))
        }
        Event::DeclineForgotten { interaction, agent: id } => {
            format!("{} may be offered to {} again", who(interaction), agent(id))
        }
        Event::InteractionDequeued { interaction, exit, .. } => {
            format!("{} leaves the queue by {exit}", who(interaction))
        }
        Event::InteractionOffered(offered) => say_offer(offered, &who(&offered.interaction)),
        Event::OfferEnded(ended) => {
            let end = format!("{:?}", ended.end).to_lowercase();
            format!("{}'s offer to {}: {end}", who(&ended.interaction), agent(&ended.agent))
        }
        Event::OfferAccepted { interaction, agent: id, .. } => {
            format!("{} talks to {}", who(interaction), agent(id))
        }
        Event::HoldChanged { interaction, held, .. } => {
            format!("{} on hold: {held}", who(interaction))
        }
        Event::InteractionEnded { interaction, cause } => {
            format!("{} ended: {}", who(interaction), cause.as_str())
        }
        Event::WrapUpStarted { interaction, agent: id, deadline } => {
            format!("{} wraps up {} until {}", agent(id), who(interaction), time(*deadline))
        }
        Event::WrapUpCompleted(done) => {
            let by = if done.timed_out { " by the clock" } else { "" };
            format!("{} wrapped up as {}{by}", who(&done.interaction), done.disposition.code())
        }
        Event::InteractionDeleted { interaction, .. } => format!("{} is history", who(interaction)),
        _ => return say_line(event, name),
    })
}

/// What the supervisor did.
fn say_act(done: &Administered, name: &dyn Fn(InteractionId) -> String) -> Option<String> {
    let text = match &done.act {
        Act::Configured { .. } => return None,
        Act::StatusSet { agent: id, .. } => format!("sue changes {}", agent_name(id)),
        Act::Assigned { interaction, agent: id } => {
            format!("sue gives {} to {}", name(*interaction), agent_name(id))
        }
        Act::Requeued { interaction, queue } => {
            let queue = tenant::QUEUES[queue.0 as usize - 1];
            format!("sue takes {} back to {queue}", name(*interaction))
        }
    };
    assert_eq!(done.by, SUE);
    Some(text)
}

/// What happens on telephone lines.
fn say_line(event: &Event, name: &dyn Fn(InteractionId) -> String) -> Option<String> {
    let agent = agent_name;
    let who = |id: &InteractionId| name(*id);
    Some(match event {
        Event::InteractionCreated(created) if created.callback => {
            format!("{} is {} to be called back", who(&created.interaction), created.to)
        }
        Event::InteractionCreated(created) if created.direction == Direction::Out => {
            let by = created.agent.as_ref().map_or("the center", agent);
            let about =
                created.line_of.map_or_else(String::new, |id| format!(" about {}", name(id)));
            format!("{} is opened by {by}{about}", who(&created.interaction))
        }
        Event::InteractionCreated(created) => {
            let from = created.original.as_ref()?;
            format!("{} goes on from {from}", who(&created.interaction))
        }
        Event::Dialled { interaction, to, .. } => format!("{} rings {to}", who(interaction)),
        Event::DialEnded { interaction, end } => {
            format!("{} is not answered: {}", who(interaction), format!("{end:?}").to_lowercase())
        }
        Event::PartyAnswered { interaction } => format!("{} is answered", who(interaction)),
        Event::PartyLeft { interaction } => format!("{}'s number hangs up", who(interaction)),
        Event::TransferRequested { interaction, agent: id, to, .. } => {
            let to = match to {
                Target::Agent(other) => agent(other).to_owned(),
                Target::Queue(queue) => tenant::QUEUES[queue.0 as usize - 1].to_owned(),
                Target::Number(number) => number.to_string(),
            };
            format!("{} is handed on by {} to {to}", who(interaction), agent(id))
        }
        Event::LinesJoined { interaction, line, .. } => {
            format!("{} and {} become one", who(interaction), who(line))
        }
        Event::AgentJoined { interaction, agent: id, .. } => {
            format!("{} joins {}", agent(id), who(interaction))
        }
        Event::PartyJoined { interaction, number, .. } => {
            format!("{number} joins {}", who(interaction))
        }
        Event::AgentLeft { interaction, agent: id } => {
            format!("{} leaves {}", agent(id), who(interaction))
        }
        Event::AgentReleased { interaction, agent: id } => {
            format!("{} is done with {}", agent(id), who(interaction))
        }
        _ => return None,
    })
}

/// The offer, and who else could or could not have had it.
fn say_offer(offered: &model::event::InteractionOffered, caller: &str) -> String {
    let agent = agent_name;
    let why = &offered.explanation;
    let others = why.candidates[1..].iter().map(|other| agent(&other.agent).to_owned());
    let excluded = why
        .excluded
        .iter()
        .map(|out| format!("not {}: {}", agent(&out.agent), exclusion(&out.reason)));
    let beside: Vec<String> =
        others.map(|other| format!("before {other}")).chain(excluded).collect();
    let beside = if beside.is_empty() { String::new() } else { format!(", {}", beside.join(", ")) };
    let to = agent(&offered.agent);
    format!(
        "{caller} offered to {to} until {} (score {}{beside})",
        time(offered.deadline),
        why.score
    )
}

fn exclusion(reason: &Exclusion) -> String {
    match reason {
        Exclusion::NotAvailable(status) => status.text().to_lowercase(),
        Exclusion::AtCapacity => "at capacity".to_owned(),
        Exclusion::MissingSkill { needed, level, .. } => level.map_or_else(
            || format!("no spanish, needs {needed}"),
            |level| format!("spanish {level}, needs {needed}"),
        ),
        Exclusion::Declined => "declined it".to_owned(),
        Exclusion::HeldForPreferred(_) => "held for another".to_owned(),
    }
}
