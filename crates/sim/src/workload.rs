//! What customers and agents do next, by chance.

use kernel::{State, center::place::Place};
use model::{
    AgentId, Command, InteractionId, OfferId, Text, Timestamp,
    command::{AgentCommand, InteractionCommand, Request},
    interaction::{Disposition, Media},
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
        0..22 => arrive(rng, now, serial),
        22..32 => press(rng, interaction),
        32..38 => Command::Interaction(InteractionCommand::Leave { interaction }),
        38..46 => variables(rng, interaction),
        46..60 => status(rng),
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
    let digits = *["1", "2", "9", "1234", "12#", "*"].choose(rng).expect("not empty");
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
        return AgentCommand::End { agent, interaction: "int-0-none".into() };
    };
    let interaction =
        state.work_of(agent).collect::<Vec<_>>().choose(rng).copied().expect("the desk has work");
    let guid = interaction.guid.clone();
    match &interaction.place {
        Place::Offered(_, offer) => answer(rng, agent, guid, offer.id),
        Place::Talking(talk) => match rng.random_range(0..6) {
            0 => AgentCommand::Hold { agent, interaction: guid, held: talk.held.is_none() },
            1 => AgentCommand::Mute { agent, interaction: guid, muted: !talk.muted },
            2 => AgentCommand::Accept { agent, interaction: guid, offer: talk.offer.id },
            _ => AgentCommand::End { agent, interaction: guid },
        },
        Place::Script | Place::Waiting(_) | Place::Ended(..) | Place::WrapUp(_) => {
            let codes = if rng.random_bool(0.8) { vec![1] } else { vec![] };
            let disposition = *Disposition::ALL.choose(rng).expect("not empty");
            AgentCommand::WrapUp { agent, interaction: guid, disposition, codes, note: None }
        }
    }
}

fn answer(rng: &mut Pcg64, agent: AgentId, interaction: Text, live: OfferId) -> AgentCommand {
    let offer = if rng.random_bool(0.9) { live } else { OfferId(live.0.saturating_sub(1)) };
    match rng.random_range(0..4) {
        0 => AgentCommand::Reject { agent, interaction, offer, reason: Some("busy".into()) },
        _ => AgentCommand::Accept { agent, interaction, offer },
    }
}
