//! Scenarios a product person can read: `tests/scenarios/*.scn`, each a list of what people do and,
//! after `expect`, what then happens. `UPDATE_EXPECT=1 cargo test -p kernel` writes what happens now.
//!
//! Lines are `HH:MM:SS who does what`: `ann becomes available`, `ann goes on break lunch`, `c1 calls`,
//! `c1 presses 1`, `c1 leaves`, `c1 gets _tier=VIP`, `ann accepts c1`, `ann rejects c1 busy`,
//! `ann ends c1`, `ann wraps up c1 1001 1`, `ann dials 5551234 for sales`, `ann consults ben on c1`,
//! `ann hands on c1 [to sales]`, `ann joins lines on c1`, `c1 answers`, `c1 is busy`,
//! `number of c1 hangs up`, `sue assigns c1 to ann`, `sue takes back c1 [to sales]`,
//! `sue sets ann on break lunch`. Time passes between lines and what is due is done.

#[path = "scenarios/tenant.rs"]
mod tenant;
#[path = "scenarios/words.rs"]
mod words;

use std::{fmt::Write as _, fs, path::Path};

use kernel::{State, execute, invariant};
use model::{Command, Event, InteractionId, Text, Timestamp, command::Request};

/// Midnight of the day on which scenarios happen.
const MIDNIGHT: Timestamp = Timestamp(1_790_035_200_000);

struct Scenario {
    state: State,
    now: Timestamp,
    /// How many interactions there have been: `c1` is the first, `c2` the next.
    born: u64,
    out: String,
}

#[test]
fn scenarios() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut failures = String::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "scn") {
            count += 1;
            let text = fs::read_to_string(&path).unwrap();
            let played = play(&text);
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                fs::write(&path, &played).unwrap();
            } else if played != text {
                writeln!(failures, "{}\n{played}", path.display()).unwrap();
            }
        }
    }
    assert!(count >= 8, "the scenarios are gone");
    assert!(failures.is_empty(), "what happens is not what was expected:\n{failures}");
}

/// The text again, with what happens now behind each `expect`.
fn play(text: &str) -> String {
    let mut result = String::new();
    for part in text.split("\n\n") {
        let given = part.split("expect\n").next().expect("at least one piece");
        let given = given.trim_end();
        let mut scenario =
            Scenario { state: State::default(), now: MIDNIGHT, born: 0, out: String::new() };
        scenario.execute(Command::Configure(tenant::settings()).into(), true);
        given
            .lines()
            .filter(|line| line.starts_with("  "))
            .for_each(|line| scenario.line(line.trim()));
        if !result.is_empty() {
            result.push('\n');
        }
        result.push_str(&format!("{given}\nexpect\n{}", scenario.out));
    }
    result
}

impl Scenario {
    fn line(&mut self, line: &str) {
        let (time, rest) = line.split_once(' ').expect("a time and what happens");
        self.pass_until(words::parse_time(time));
        let words: Vec<&str> = rest.split(' ').collect();
        if words == ["nothing", "happens"] {
            return;
        }
        let request = words::request(self, &words).into();
        self.execute(request, false);
    }

    fn pass_until(&mut self, until: Timestamp) {
        assert!(until >= self.now, "time does not run backwards in a scenario");
        while let Some(due) = self.state.next_wakeup().filter(|due| *due <= until) {
            self.now = due.max(self.now);
            self.execute(Command::Wake.into(), false);
        }
        self.now = until;
    }

    fn execute(&mut self, request: Request, quiet: bool) {
        match execute(&mut self.state, &request, self.now) {
            Ok(events) => {
                invariant::check(&self.state).expect("invariants hold after every line");
                let arrivals = events.iter().filter(|event| is_arrival(event)).count();
                self.born += u64::try_from(arrivals).expect("a few");
                let name = |id: InteractionId| format!("c{id}");
                let said = events.iter().filter(|_| !quiet);
                let said = said.filter_map(|event| words::say(event, &name));
                let time = words::time(self.now);
                let lines: Vec<String> = said.map(|said| format!("  {time} {said}\n")).collect();
                self.out.extend(lines);
            }
            Err(rejection) => {
                let time = words::time(self.now);
                self.out.push_str(&format!("  {time} refused: {rejection}\n"));
            }
        }
    }

    fn id(&self, caller: &str) -> InteractionId {
        self.state.find(&self.guid(caller)).map_or_else(Default::default, |open| open.id)
    }

    /// The rules themselves name who is called back; all others are named by the requests that begin them.
    fn guid(&self, caller: &str) -> Text {
        let id = caller.strip_prefix('c').and_then(|id| id.parse().ok()).map(InteractionId);
        let open = id.and_then(|id| self.state.interaction(id));
        open.map_or_else(|| format!("int-{}", &caller[1..]).into(), |open| open.guid.clone())
    }
}

fn is_arrival(event: &Event) -> bool {
    matches!(event, Event::InteractionCreated(_))
}
