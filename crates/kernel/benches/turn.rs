//! What a decision costs beside few and beside many waiting interactions, and what one open
//! interaction weighs. Prints JSON lines.
#![expect(clippy::print_stdout, reason = "the lines are what the program is for")]

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use kernel::{State, execute};
use model::{
    AgentId, ChannelId, Command, QueueId, ScriptId, SkillId, Text, Timestamp,
    command::{AgentCommand, InteractionCommand},
    config::{Agent, Channel, Declined, Queue, Script, ServiceLevel, Setting, Skill, SkillLevel},
    flow::{Flow, Node, NodeKind, ToQueue},
    interaction::Media,
    limits::SETTINGS_PER_COMMAND_MAX,
    status::Status,
};

const AGENTS: u32 = 1_000;
const QUEUES: u32 = 500;
const FEW: u64 = 100;
const MANY: u64 = 100_000;
const CYCLES: u64 = 4_000;
const ROUNDS: usize = 7;

fn main() {
    let mut few = Center::with_waiting(FEW);
    let before = resident_bytes();
    let mut many = Center::with_waiting(MANY);
    let weight = (resident_bytes().saturating_sub(before)) / MANY;
    println!(
        "{{\"bench\":\"memory per open interaction\",\"bytes\":{weight},\"budgetBytes\":2048}}"
    );

    // In turn, so that a machine that slows down slows both.
    let (mut few_ns, mut many_ns) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        few_ns.push(few.decisions().as_nanos() / u128::from(CYCLES));
        many_ns.push(many.decisions().as_nanos() / u128::from(CYCLES));
    }
    let (few_ns, many_ns) = (median(few_ns), median(many_ns));
    println!(
        "{{\"bench\":\"offer decision, {AGENTS} agents, {QUEUES} queues\",\"waitingFew\":{FEW},\"nsFew\":{few_ns},\
         \"waitingMany\":{MANY},\"nsMany\":{many_ns},\"ratio\":{}.{:02},\"budgetRatioMax\":3}}",
        many_ns / few_ns,
        many_ns * 100 / few_ns % 100
    );
}

fn median(mut values: Vec<u128>) -> u128 {
    values.sort_unstable();
    values[values.len() / 2]
}

/// Bytes of memory this process has.
fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("Linux");
    let pages: u64 = statm
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse().ok())
        .expect("the second is resident");
    pages * 4096
}

struct Center {
    state: State,
    now: Timestamp,
    serial: u64,
    turn: u32,
}

impl Center {
    /// A center in which everybody talks and so many wait.
    fn with_waiting(count: u64) -> Self {
        let mut center =
            Self { state: State::default(), now: Timestamp(1_790_000_000_000), serial: 0, turn: 0 };
        // More than one command may carry.
        for page in settings().chunks(SETTINGS_PER_COMMAND_MAX) {
            center.run(Command::Configure(page.to_vec()));
        }
        for number in 0..AGENTS {
            let (agent, status) = (agent(number), Status::Available);
            center.run(Command::Agent(AgentCommand::SetStatus { agent, status, reason: None }));
        }
        // Everybody gets one, and so many more wait.
        while u64::try_from(center.state.open_count()).expect("few enough")
            < count + u64::from(AGENTS)
        {
            center.arrive();
        }
        center
    }

    fn run(&mut self, command: Command) {
        self.now = self.now.plus(1);
        execute(&mut self.state, &command.into(), self.now)
            .expect("the bench asks for what is possible");
    }

    fn arrive(&mut self) {
        self.serial += 1;
        let serial = self.serial;
        self.run(Command::Interaction(InteractionCommand::Begin {
            guid: format!("int-{:x}-{serial:025}-phone-01-bench", self.now.0).into(),
            media: Media::Phone,
            to: format!("+1555{:04}", serial * 7 % u64::from(QUEUES)).into(),
            from: format!("+1666{serial:07}").into(),
            caller_name: None,
            call_id: None,
        }));
    }

    /// Accepts whatever rings at an agent's desk; says what the agent then talks on.
    fn talk(&mut self, agent: AgentId) -> Option<Text> {
        let interaction = self.state.work_of(agent).next()?;
        let (guid, offer) = (interaction.guid.clone(), interaction.place.offer()?.id);
        if interaction.place.talk().is_none() {
            self.run(Command::Agent(AgentCommand::Accept {
                agent,
                interaction: guid.clone(),
                offer,
            }));
        }
        Some(guid)
    }

    /// Agents end what they have and are offered the next, and somebody new arrives: only the
    /// decision which interaction comes next is timed.
    fn decisions(&mut self) -> Duration {
        let mut spent = Duration::ZERO;
        let mut done = 0;
        while done < CYCLES {
            self.turn = (self.turn + 1) % AGENTS;
            let agent = agent(self.turn);
            if let Some(interaction) = self.talk(agent) {
                let start = Instant::now();
                self.run(Command::Agent(AgentCommand::End { agent, interaction, for_all: false }));
                spent += start.elapsed();
                done += 1;
                self.arrive();
            }
        }
        spent
    }
}

fn agent(number: u32) -> AgentId {
    AgentId::parse(&format!("ag{number:022}")).expect("24 characters")
}

fn settings() -> Vec<Setting> {
    let mut settings: Vec<Setting> = (1..=10)
        .map(|id| Setting::Skill(Skill { id: SkillId(id), name: "skill".into() }))
        .collect();
    settings.extend((0..QUEUES).map(|id| {
        Setting::Queue(Arc::new(Queue {
            id: QueueId(id),
            name: "queue".into(),
            media: Media::Phone,
            priority: 50,
            required: vec![SkillLevel { skill: SkillId(id % 10 + 1), level: 2 }],
            preferred: vec![],
            rings: vec![],
            offer_ms: 3_600_000,
            decline_ms: 30_000,
            on_reject: Declined::Stay,
            on_timeout: Declined::Break,
            wrap_up_ms: 0,
            codes_required: false,
            waiting_max: 1_000_000,
            service_level: ServiceLevel::default(),
            recorded: false,
        }))
    }));
    settings.extend((0..AGENTS).map(|number| {
        Setting::Agent(Arc::new(Agent {
            id: agent(number),
            name: "agent".into(),
            skills: (1..=10).map(|skill| (SkillId(skill), 5)).collect(),
            queues: (0..5).map(|k| QueueId((number + k * 101) % QUEUES)).collect(),
            capacity: BTreeMap::from([(Media::Phone, 1)]),
            group: None,
        }))
    }));
    for id in 0..QUEUES {
        let announce_ms = None;
        let to = ToQueue {
            queue: QueueId(id),
            timeout_ms: None,
            announce_ms,
            preferred: None,
            leave_when_unstaffed: false,
            announce_wait: false,
            options: Vec::new(),
        };
        let node =
            Node { label: "queue".into(), kind: NodeKind::ToQueue(to), exits: BTreeMap::new() };
        let flow = Flow {
            start: "queue".into(),
            nodes: BTreeMap::from([("queue".into(), node)]),
            tests: Vec::new(),
        };
        let script =
            Script { id: ScriptId(id), version: 1, name: "script".into(), flow, published: None };
        settings.push(Setting::Script(Arc::new(script)));
        let address = format!("+1555{id:04}").into();
        let (name, media) = ("number".into(), Media::Phone);
        settings.push(Setting::Channel(Channel {
            id: ChannelId(id),
            name,
            media,
            address,
            script: ScriptId(id),
        }));
    }
    settings
}
