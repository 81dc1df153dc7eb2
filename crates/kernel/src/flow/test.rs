//! Trial runs: a flow walked with given variables, keys and time, without telephony.

use alloc::{borrow::Cow, collections::BTreeMap, format, string::String, sync::Arc, vec::Vec};
use core::slice;

use model::{
    QueueId, ScheduleId, Text, Timestamp,
    config::Schedule,
    flow::{
        Assigned, Flow, FlowEnd, FlowReport, FlowRun, FlowStep, FlowTest, Given, GivenAnswer, Node,
        NodeId, NodeKind, Passage, QueueTest,
    },
    limits::{FLOW_STEPS_PER_RUN_MAX, FLOW_STEPS_PER_TURN_MAX},
    time::Millis,
    variable::{DataType, Variable, VariableName},
};

use super::{
    Lookup, Move, Progress, Scope, enter, expired, follow, named, pressed, recorded, recording_ms,
};

/// Opening hours by their ids.
type Schedules = BTreeMap<ScheduleId, Arc<Schedule>>;

/// Walks the flow from its start to its end, within the same bounds as a live run.
#[must_use]
pub fn run(flow: &Flow, given: &Given, schedules: &Schedules) -> FlowRun {
    let mut trial = Trial {
        world: World {
            given,
            schedules,
            variables: given.variables.iter().map(|v| (v.name.clone(), v.clone())).collect(),
        },
        now: given.at,
        answers: given.digits.iter(),
        queue_exits: given.queue_exits.iter(),
        call_exits: given.call_exits.iter(),
        recordings: given.recordings.iter(),
        api_answers: given.api_answers.iter(),
        burst: 0,
        steps: Vec::new(),
    };
    let end = trial.walk(flow);
    FlowRun { steps: trial.steps, end }
}

/// Walks the flow as the test says and compares.
#[must_use]
pub fn check(flow: &Flow, test: &FlowTest, schedules: &Schedules) -> FlowReport {
    let run = run(flow, &test.given, schedules);
    let mut faults: Vec<Text> = Vec::new();
    let mut steps = run.steps.iter();
    for passage in &test.expect.through {
        let is_it = |step: &FlowStep| {
            step.node == passage.node && step.exit.as_ref() == Some(&passage.exit)
        };
        if !steps.any(is_it) {
            faults.push(not_passed(passage, &run).into());
            break;
        }
    }
    if let Some(end) = test.expect.end.filter(|end| *end != run.end) {
        faults.push(format!("ended in {}, not in {}", words(run.end), words(end)).into());
    }
    FlowReport { name: test.name.clone(), faults, run }
}

fn not_passed(expected: &Passage, run: &FlowRun) -> String {
    let Passage { node, exit } = expected;
    let of_node: Vec<&FlowStep> = run.steps.iter().filter(|step| step.node == *node).collect();
    if of_node.is_empty() {
        return format!("did not come to `{node}`");
    }
    if of_node.iter().any(|step| step.exit.as_ref() == Some(exit)) {
        return format!("left `{node}` by `{exit}`, but not after what is expected before it");
    }
    match of_node.iter().find_map(|step| step.exit.as_ref()) {
        Some(other) => format!("left `{node}` by `{other}`, not by `{exit}`"),
        None => format!("ended at `{node}` and did not leave it by `{exit}`"),
    }
}

fn words(end: FlowEnd) -> String {
    match end {
        FlowEnd::Queue(queue) => format!("queue {queue}"),
        FlowEnd::Agent => "the hands of the agent asked by name".into(),
        FlowEnd::Number => "a talk with the number that was rung".into(),
        FlowEnd::Script(script) => format!("script {script}"),
        FlowEnd::Disconnect => "a Disconnect node".into(),
        FlowEnd::RanOff => "an exit that leads nowhere".into(),
        FlowEnd::Endless => "a loop without an end".into(),
        FlowEnd::NoSuchNode => "a node that does not exist".into(),
    }
}

/// What the flow sees.
struct World<'g> {
    given: &'g Given,
    schedules: &'g Schedules,
    variables: BTreeMap<VariableName, Variable>,
}

impl Scope for World<'_> {
    fn variable(&self, name: &str) -> Lookup<'_> {
        if let Some(text) = self.given.system.get(name) {
            return Lookup::Value {
                text: Cow::Borrowed(text),
                kind: DataType::Text,
                private: false,
            };
        }
        let held = VariableName::parse(name).ok().and_then(|name| self.variables.get(&name));
        match held {
            None => Lookup::Missing,
            Some(variable) if !variable.is_ivr() => Lookup::NotIvrEnabled,
            Some(variable) => Lookup::Value {
                text: Cow::Borrowed(&variable.value),
                kind: variable.kind(),
                private: variable.is_private(),
            },
        }
    }

    fn seed(&self) -> u64 {
        self.given.seed
    }

    fn schedule(&self, id: ScheduleId) -> Option<&Schedule> {
        self.schedules.get(&id).map(|schedule| &**schedule)
    }

    fn queue_test(&self, queue: QueueId, test: QueueTest) -> Option<bool> {
        Some(self.given.queues.get(&queue).copied().unwrap_or_default().holds(test))
    }
}

impl World<'_> {
    /// Sets a variable and says whether it is private now.
    fn assign(&mut self, name: VariableName, value: Text, private: bool) -> bool {
        let variable = self.variables.entry(name.clone()).or_insert_with(|| Variable {
            name,
            value: "".into(),
            ivr: None,
            display: None,
            display_name: None,
            data_type: None,
            privacy: None,
        });
        variable.value = value;
        variable.ivr = Some(true);
        if private {
            variable.privacy = Some(true);
        }
        variable.is_private()
    }
}

struct Trial<'g> {
    world: World<'g>,
    now: Timestamp,
    answers: slice::Iter<'g, Text>,
    queue_exits: slice::Iter<'g, Text>,
    call_exits: slice::Iter<'g, Text>,
    recordings: slice::Iter<'g, Millis>,
    api_answers: slice::Iter<'g, GivenAnswer>,
    /// Nodes since something was last awaited.
    burst: usize,
    steps: Vec<FlowStep>,
}

/// How a visit to a node came out.
enum Visit {
    Left { exit: Text, note: Option<Text> },
    Ended(FlowEnd),
}

impl Trial<'_> {
    fn walk(&mut self, flow: &Flow) -> FlowEnd {
        let mut at = &flow.start;
        loop {
            let Some(node) = flow.nodes.get(at) else {
                return FlowEnd::NoSuchNode;
            };
            let total = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
            if self.burst >= FLOW_STEPS_PER_TURN_MAX || total >= FLOW_STEPS_PER_RUN_MAX {
                return FlowEnd::Endless;
            }
            self.burst += 1;
            let mut step = FlowStep {
                node: at.clone(),
                exit: None,
                note: None,
                said: Vec::new(),
                assigned: Vec::new(),
            };
            let visit = self.visit(at, node, &mut step);
            let next = match visit {
                Visit::Ended(end) => Err(end),
                Visit::Left { exit, note } => {
                    let next = follow(node, &exit).ok_or(FlowEnd::RanOff);
                    (step.exit, step.note) = (Some(exit), note);
                    next
                }
            };
            self.steps.push(step);
            match next {
                Ok(next) => at = next,
                Err(end) => return end,
            }
        }
    }

    fn visit(&mut self, id: &NodeId, node: &Node, step: &mut FlowStep) -> Visit {
        let mut moves = enter(id, node, &self.world, self.now);
        let mut tries = 0_u8;
        loop {
            let mut awaited = None;
            for next in moves {
                match next {
                    Move::Pass { exit, note } => return Visit::Left { exit, note },
                    Move::Ask(question) => return self.ask(question.until, step),
                    Move::Act => return self.act(node),
                    Move::Say(text) => step.said.push(text),
                    Move::Await { keys, until } => awaited = Some((keys, until)),
                    Move::Assign { variable, value, private } => {
                        self.assign(variable, value, private, step);
                    }
                }
            }
            let Some((keys, until)) = awaited else {
                return Visit::Ended(FlowEnd::Endless);
            };
            self.burst = 0;
            tries = tries.saturating_add(1);
            moves = self.answer(node, &keys, until, tries);
        }
    }

    /// Presses the next keys that are given, or lets the time pass when there are none or they are
    /// not enough.
    fn answer(&mut self, node: &Node, keys: &str, until: Timestamp, tries: u8) -> Vec<Move> {
        if recording_ms(node).is_some()
            && let Some(ms) = self.recordings.next().filter(|ms| **ms > 0)
        {
            self.now = self.now.plus(*ms);
            return recorded(node, *ms);
        }
        let digits = if keys.is_empty() { None } else { self.answers.next() };
        let progress = Progress { tries, digits: digits.map_or("", |digits| digits) };
        if !progress.digits.is_empty() {
            let moves = pressed(node, progress, &self.world, self.now);
            if !moves.is_empty() {
                return moves;
            }
        }
        self.now = until;
        expired(node, progress, &self.world, self.now)
    }

    fn assign(&mut self, variable: Text, value: Text, private: bool, step: &mut FlowStep) {
        let Ok(name) = VariableName::parse(&variable) else { return };
        let private = self.world.assign(name, value.clone(), private);
        step.assigned.push(Assigned { variable, value: (!private).then_some(value) });
    }

    fn act(&mut self, node: &Node) -> Visit {
        let next = |exit: &str| Visit::Left { exit: exit.into(), note: None };
        match &node.kind {
            NodeKind::SetPriority { .. }
            | NodeKind::RequireSkill { .. }
            | NodeKind::DropSkill { .. } => next("next"),
            NodeKind::ToQueue(to) => match self.queue_exits.next() {
                None => Visit::Ended(FlowEnd::Queue(to.queue)),
                Some(exit) => {
                    let option = to.options.iter().find(|option| option.exit == *exit);
                    let waited_ms = option.map(|option| option.after_ms);
                    let timeout_ms = to.timeout_ms.filter(|_| &**exit == "timeout");
                    if let Some(ms) = waited_ms.or(timeout_ms) {
                        self.now = self.now.plus(ms);
                        self.burst = 0;
                    }
                    next(exit)
                }
            },
            NodeKind::ToAgent { agent } => match named::agent(agent, &self.world) {
                None => next("invalid"),
                Some(_) => self.call(FlowEnd::Agent),
            },
            NodeKind::ToNumber(to) => match named::number(&to.number, &self.world) {
                Err(note) => Visit::Left { exit: "invalid".into(), note: Some(note.into()) },
                Ok(_) => self.call(FlowEnd::Number),
            },
            NodeKind::ToExternalIvr(to) => match named::number(&to.number, &self.world) {
                Err(note) => Visit::Left { exit: "error".into(), note: Some(note.into()) },
                Ok(_) => self.call(FlowEnd::Number),
            },
            NodeKind::Callback(to) => {
                match to.number.as_ref().map(|number| named::number(number, &self.world)) {
                    Some(Err(note)) => {
                        Visit::Left { exit: "error".into(), note: Some(note.into()) }
                    }
                    Some(Ok(_)) | None => next("done"),
                }
            }
            NodeKind::Voicemail(_) => next("done"),
            NodeKind::ToScript { script } => Visit::Ended(FlowEnd::Script(*script)),
            NodeKind::Disconnect => Visit::Ended(FlowEnd::Disconnect),
            NodeKind::TestVariable(_)
            | NodeKind::Switch(_)
            | NodeKind::Split(_)
            | NodeKind::Schedule { .. }
            | NodeKind::TestQueue(_)
            | NodeKind::SetVariable { .. }
            | NodeKind::GetFromApi(_)
            | NodeKind::Wait { .. }
            | NodeKind::Say { .. }
            | NodeKind::Menu(_)
            | NodeKind::CollectDigits(_)
            | NodeKind::Record(_) => next("error"),
        }
    }

    /// Another system is asked.
    fn ask(&mut self, until: Timestamp, step: &mut FlowStep) -> Visit {
        self.burst = 0;
        let left = |exit: &str| Visit::Left { exit: exit.into(), note: None };
        let Some(answer) = self.api_answers.next() else {
            self.now = until;
            return left("timeout");
        };
        for (variable, value) in &answer.values {
            self.assign(variable.clone(), value.clone(), false, step);
        }
        left(&answer.exit)
    }

    /// Somebody is rung.
    fn call(&mut self, answered: FlowEnd) -> Visit {
        let Some(exit) = self.call_exits.next() else { return Visit::Ended(answered) };
        if !matches!(&**exit, "busy" | "invalid") {
            self.burst = 0;
        }
        Visit::Left { exit: exit.clone(), note: None }
    }
}
