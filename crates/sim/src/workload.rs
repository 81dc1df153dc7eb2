//! What customers and agents do next, by chance.

use kernel::{
    State,
    center::{
        interaction::Interaction,
        place::{Place, Talk},
    },
};
use model::{
    AgentId, Command, InteractionId, OfferId, QueueId, Text, Timestamp, UserId,
    command::{AgentCommand, InteractionCommand, Request, SupervisorCommand},
    interaction::{DialEnd, Disposition, Draft, Media, Recording, Target},
    status::Status,
    variable::{Variable, VariableName},
};
use rand::{RngExt as _, seq::IndexedRandom as _};
use rand_pcg::Pcg64;

use crate::tenant::{self, AGENTS};

/// The next request of the outside world.
pub fn next(rng: &mut Pcg64, state: &State, now: Timestamp, serial: u64) -> Request {
    let interaction = pick(rng, state);
    let command = match rng.random_range(0..100) {
        // What rings does not ring for long, or it would seldom be answered.
        _ if is_ringing(state) && rng.random_bool(0.3) => ringing(rng, state, interaction),
        0..22 => arrive(rng, now, serial),
        22..32 => press(rng, interaction),
        32..35 => Command::Interaction(InteractionCommand::Leave { interaction }),
        35 => Command::Interaction(InteractionCommand::FinishWrapUp { interaction }),
        36..39 => Command::Interaction(party(rng, state, interaction)),
        39 => Command::Interaction(InteractionCommand::Record {
            interaction,
            text: "words".into(),
            duration_ms: rng.random_range(1..40_000),
        }),
        40 => Command::Interaction(answer_script(rng, state)),
        41..44 => variables(rng, interaction),
        44..46 => Command::Agent(dial(rng, now, serial)),
        46..58 => status(rng),
        58..60 => supervise(rng, interaction),
        _ => Command::Agent(work(rng, state)),
    };
    // A few keys for many requests: repeats happen.
    let key = rng.random_bool(0.05).then(|| Text::from(format!("key-{}", rng.random_range(0..50))));
    Request { key, command }
}

fn arrive(rng: &mut Pcg64, now: Timestamp, serial: u64) -> Command {
    let (media, to) = if rng.random_bool(0.7) {
        (Media::Phone, tenant::NUMBER)
    } else {
        (Media::Chat, tenant::CHAT)
    };
    // Sometimes a carrier repeats itself.
    let serial = if rng.random_bool(0.03) { serial.saturating_sub(1) } else { serial };
    Command::Interaction(InteractionCommand::Begin {
        guid: format!("int-{:x}-{serial:025}-{}-01-sim01", now.0, media.as_str()).into(),
        media,
        to: to.into(),
        from: format!("+1555{serial:07}").into(),
        caller_name: None,
        call_id: Some(format!("call-{serial}").into()),
    })
}

/// The GUID of some open interaction; now and then of none.
fn pick(rng: &mut Pcg64, state: &State) -> Text {
    let open: Vec<Text> = state
        .interactions_after(InteractionId(0))
        .take(200)
        .map(|open| open.guid.clone())
        .collect();
    open.choose(rng).cloned().unwrap_or_else(|| "int-0-none".into())
}

fn press(rng: &mut Pcg64, interaction: Text) -> Command {
    let digits = *["1", "2", "9", "9", "1234", "12#", "*"].choose(rng).expect("not empty");
    Command::Interaction(InteractionCommand::Press { interaction, digits: digits.into() })
}

fn variables(rng: &mut Pcg64, interaction: Text) -> Command {
    let agent = tenant::agent(rng.random_range(1..=AGENTS));
    let all = [
        ("_tier", "VIP".to_owned()),
        ("_tier", "Gold".to_owned()),
        ("_agent", agent.as_str().to_owned()),
    ];
    let (name, value) = all.choose(rng).expect("not empty").clone();
    let name = VariableName::parse(name).expect("a variable's name");
    let private = rng.random_bool(0.2).then_some(true);
    let value = value.into();
    let variable = Variable {
        name,
        value,
        ivr: Some(true),
        display: None,
        display_name: None,
        data_type: None,
        privacy: private,
    };
    Command::Interaction(InteractionCommand::SetVariables {
        interaction,
        variables: vec![variable],
    })
}

fn is_ringing(state: &State) -> bool {
    state
        .interactions_after(InteractionId(0))
        .any(|open| matches!(open.place, Place::Dialling(_) | Place::Asked(_)))
}

fn ringing(rng: &mut Pcg64, state: &State, other: Text) -> Command {
    let asked = state.interactions_after(InteractionId(0)).find_map(|open| match &open.place {
        Place::Asked(offer) => Some((open.guid.clone(), offer.agent, offer.id)),
        _ => None,
    });
    match asked {
        Some((interaction, agent, offer)) => Command::Agent(answer(rng, agent, interaction, offer)),
        None => Command::Interaction(party(rng, state, other)),
    }
}

/// What a number outside does; mostly one that is being rung.
fn party(rng: &mut Pcg64, state: &State, other: Text) -> InteractionCommand {
    let rung = state
        .interactions_after(InteractionId(0))
        .find(|open| matches!(open.place, Place::Dialling(_) | Place::Bridged(_)));
    let interaction = rung.map_or(other, |rung| rung.guid.clone());
    match rng.random_range(0..6) {
        0 => InteractionCommand::PartyDeclines { interaction, end: DialEnd::Busy },
        1 => InteractionCommand::PartyDeclines { interaction, end: DialEnd::Failed },
        2 => InteractionCommand::PartyLeaves { interaction },
        _ => InteractionCommand::PartyAnswers { interaction },
    }
}

/// Another system answers what some script asks, or asked once.
fn answer_script(rng: &mut Pcg64, state: &State) -> InteractionCommand {
    let open = state.interactions_after(InteractionId(0));
    let asked = open.filter_map(|open| open.run.as_ref()?.asked.as_ref()).last();
    let (interaction, ask) = asked.map_or_else(Default::default, |it| (it.interaction, it.ask));
    let ask = if rng.random_bool(0.9) { ask } else { ask.saturating_sub(1) };
    let values =
        if rng.random_bool(0.8) { Ok(vec![Some("VIP".into())]) } else { Err("bad-status".into()) };
    InteractionCommand::ApiAnswers { interaction, ask, values }
}

fn dial(rng: &mut Pcg64, now: Timestamp, serial: u64) -> AgentCommand {
    AgentCommand::Dial {
        agent: tenant::agent(rng.random_range(1..=AGENTS)),
        to: format!("+1556{serial:07}").into(),
        queue: rng.random_bool(0.7).then_some(QueueId(102)),
        caller_id: None,
        guid: format!("int-{:x}-{serial:025}-out-01-sim01", now.0).into(),
        call_id: format!("out-{serial}").into(),
        variables: Vec::new(),
    }
}

/// A supervisor meddles with whatever comes by.
fn supervise(rng: &mut Pcg64, interaction: Text) -> Command {
    let agent = tenant::agent(rng.random_range(1..=AGENTS));
    let named = QueueId(*[101, 102, 103].choose(rng).expect("not empty"));
    let command = match rng.random_range(0..8) {
        0 => SupervisorCommand::SetStatus { agent, status: Status::OnBreak, reason: None },
        1 => SupervisorCommand::SetStatus { agent, status: Status::Available, reason: None },
        2..5 => SupervisorCommand::Assign { interaction, agent },
        5 | 6 => SupervisorCommand::Requeue { interaction, queue: None },
        _ => SupervisorCommand::Requeue { interaction, queue: Some(named) },
    };
    Command::Supervise { by: UserId(1), command }
}

fn status(rng: &mut Pcg64) -> Command {
    let agent = tenant::agent(rng.random_range(1..=AGENTS));
    let (status, reason) = match rng.random_range(0..10) {
        0..7 => (Status::Available, None),
        7 => (Status::OnBreak, Some("lunch".into())),
        8 => (Status::WorkOffline, None),
        _ => (Status::LoggedOut, None),
    };
    Command::Agent(AgentCommand::SetStatus { agent, status, reason })
}

/// Something that some agent could do with some work at hand, mostly sensible.
fn work(rng: &mut Pcg64, state: &State) -> AgentCommand {
    let agents: Vec<AgentId> =
        state.desks().filter(|(_, desk)| !desk.work.is_empty()).map(|(agent, _)| agent).collect();
    let Some(agent) = agents.choose(rng).copied() else {
        let agent = tenant::agent(rng.random_range(1..=AGENTS));
        return AgentCommand::End { agent, interaction: "int-0-none".into(), for_all: false };
    };
    let interaction =
        state.work_of(agent).collect::<Vec<_>>().choose(rng).copied().expect("the desk has work");
    let guid = interaction.guid.clone();
    if interaction.paper(agent).is_some() {
        return paper(rng, agent, guid);
    }
    match &interaction.place {
        Place::Offered(_, offer) | Place::Asked(offer) if offer.agent == agent => {
            answer(rng, agent, guid, offer.id)
        }
        Place::Talking(talk) => talk_on(rng, state, agent, interaction, talk),
        Place::Script
        | Place::Waiting(_)
        | Place::Offered(..)
        | Place::Asked(_)
        | Place::Dialling(_)
        | Place::Bridged(_)
        | Place::Ended(_) => AgentCommand::End { agent, interaction: guid, for_all: false },
    }
}

fn paper(rng: &mut Pcg64, agent: AgentId, interaction: Text) -> AgentCommand {
    let codes = if rng.random_bool(0.8) { vec![1] } else { vec![] };
    let disposition = *Disposition::ALL.choose(rng).expect("not empty");
    if rng.random_bool(0.2) {
        let draft = Draft { disposition, codes, note: None };
        return AgentCommand::Draft { agent, interaction, draft };
    }
    AgentCommand::WrapUp { agent, interaction, disposition, codes, note: None }
}

/// What an agent can do in a conversation.
fn talk_on(
    rng: &mut Pcg64,
    state: &State,
    agent: AgentId,
    on: &Interaction,
    talk: &Talk,
) -> AgentCommand {
    let guid = on.guid.clone();
    let interaction = guid.clone();
    let free = (1..=AGENTS).map(tenant::agent).find(|id| state.could_take(*id, on.media));
    let chosen = tenant::agent(rng.random_range(1..=AGENTS));
    let other = free.filter(|_| rng.random_bool(0.8)).unwrap_or(chosen);
    let mut lines = state.work_of(agent).filter(|line| line.line_of == Some(on.id));
    if lines.any(|line| line.place.talk().is_some()) && rng.random_bool(0.7) {
        return if rng.random_bool(0.5) {
            AgentCommand::Join { agent, interaction }
        } else {
            AgentCommand::Transfer { agent, interaction, to: None, guid }
        };
    }
    let queue = QueueId(*[101, 102, 103].choose(rng).expect("not empty"));
    let number = Text::from("+15559999");
    let serial = format!("{}-{}", on.papers.len() + talk.seats.len(), rng.random::<u32>());
    let fresh = || (format!("{guid}-{serial}").into(), format!("line-{guid}-{serial}").into());
    match rng.random_range(0..14) {
        0 => AgentCommand::Hold { agent, interaction, held: talk.held.is_none() },
        1 => AgentCommand::Mute { agent, interaction, muted: rng.random_bool(0.5) },
        2 => {
            let offer = talk.seat(agent).and_then(|seat| seat.offer.as_ref());
            let offer = offer.map_or(OfferId(0), |offer| offer.id);
            AgentCommand::Accept { agent, interaction, offer }
        }
        3 | 4 => {
            let (guid, call_id) = fresh();
            let to =
                if rng.random_bool(0.6) { Target::Agent(other) } else { Target::Number(number) };
            AgentCommand::Consult { agent, interaction, to, guid, call_id }
        }
        5 | 6 => {
            let all = [Target::Agent(other), Target::Queue(queue), Target::Number(number)];
            let to = all.choose(rng).cloned();
            AgentCommand::Transfer { agent, interaction, to, guid: fresh().0 }
        }
        7 => AgentCommand::Transfer { agent, interaction, to: None, guid: fresh().0 },
        8 => AgentCommand::Join { agent, interaction },
        9 => AgentCommand::Record { agent, interaction, recording: Recording::Paused },
        _ => AgentCommand::End { agent, interaction, for_all: rng.random_bool(0.3) },
    }
}

fn answer(rng: &mut Pcg64, agent: AgentId, interaction: Text, live: OfferId) -> AgentCommand {
    let offer = if rng.random_bool(0.9) { live } else { OfferId(live.0.saturating_sub(1)) };
    match rng.random_range(0..4) {
        0 => AgentCommand::Reject { agent, interaction, offer, reason: Some("busy".into()) },
        _ => AgentCommand::Accept { agent, interaction, offer },
    }
}
