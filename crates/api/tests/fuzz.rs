//! Every route of the OpenAPI document under thousands of damaged requests: no answer is a server error,
//! every error has its contract's form, and a refused request leaves no trace in the log.

use axum::http::Method;
use engine::{Clock, ManualClock};
use model::Timestamp;
use serde_json::{Value, json};

use crate::util::{Answer, CALLER, Call, NUMBER, PASSWORD, Person, TENANT, World};

const REQUESTS: usize = 4_000;
const SEED: u64 = 0x5eed_0001;

/// SplitMix64: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'v, T>(&mut self, from: &'v [T]) -> &'v T {
        &from[self.below(from.len())]
    }
}

/// The routes of the document.
fn routes() -> Vec<(Method, String)> {
    let document: Value = serde_json::from_str(&api::openapi_document()).unwrap();
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            routes.push((method.to_uppercase().parse().unwrap(), path.clone()));
        }
    }
    routes
}

/// A body that the route takes, give or take a detail.
fn good_body(path: &str, random: &mut Random) -> Value {
    let variable = json!({
        "name": "_a", "value": "1", "ivr": true, "display": "true", "displayName": "A",
        "dataType": "text", "privacy": false,
    });
    match path.rsplit('/').next().unwrap() {
        "{identifier}" | "{sipCallId}" => match random.below(3) {
            0 => json!({ "variables": [variable] }),
            1 => json!({"data": {"variables": [variable]}}),
            _ => json!({"data": [{"variables": [variable]}, {"variables": []}]}),
        },
        "login" => json!({"email": format!("ana@{TENANT}.example"), "password": PASSWORD}),
        "status" => json!({"status": "onBreak", "reason": "lunch"}),
        "accept" => json!({"offerId": "1"}),
        "reject" => json!({"offerId": "1", "reason": "busy"}),
        "mute" => json!({"muted": true}),
        "wrapup" => json!({"disposition": 1000, "codes": [1], "note": "x"}),
        "calls" => json!({"from": CALLER, "to": NUMBER, "callerName": "x", "sipCallId": "x"}),
        "digits" => json!({"digits": "1"}),
        _ => Value::Null,
    }
}

fn odd_value(random: &mut Random) -> Value {
    match random.below(12) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1.5e300),
        4 => json!(u64::MAX),
        5 => json!(""),
        6 => json!("\u{0}\u{202e}\u{feff}\"\\"),
        7 => json!("é".repeat(2_000)),
        8 => json!([[[[[1]]]]]),
        9 => json!({"variables": []}),
        10 => json!([]),
        _ => json!("1"),
    }
}

/// Damages one place of a body.
fn mutate(value: &mut Value, random: &mut Random) {
    if random.one_in(4) {
        *value = odd_value(random);
        return;
    }
    match value {
        Value::Object(members) if !members.is_empty() => {
            let keys: Vec<String> = members.keys().cloned().collect();
            let key = random.pick(&keys);
            match random.below(4) {
                0 => drop(members.remove(key)),
                1 => drop(members.insert(format!("{key}x"), odd_value(random))),
                _ => mutate(&mut members[key], random),
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let at = random.below(items.len());
            if random.one_in(3) {
                let copies = random.below(60);
                let item = items[at].clone();
                items.extend(vec![item; copies]);
            } else {
                mutate(&mut items[at], random);
            }
        }
        other => *other = odd_value(random),
    }
}

fn damage(mut bytes: Vec<u8>, random: &mut Random) -> Vec<u8> {
    for _ in 0..random.below(3) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        match random.below(4) {
            0 => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            1 => bytes.truncate(at),
            2 => drop(bytes.remove(at)),
            _ => bytes.insert(at, *random.pick(b"{}[]\",:\\0\xff\x00")),
        }
    }
    bytes
}

fn identifier(call: &Call, random: &mut Random) -> String {
    match random.below(8) {
        0 => call.id.clone(),
        1 => "int-0-none".to_owned(),
        2 => "%00%ff%2F..%2f".to_owned(),
        3 => "%F0%9F%98%80'%22;--".to_owned(),
        4 => "a".repeat(random.below(3_000) + 1),
        _ => call.guid.clone(),
    }
}

/// A world in which a request can be right, and what can make it wrong.
struct Fuzz {
    world: World,
    random: Random,
    call: Call,
    person: Person,
}

impl Fuzz {
    async fn new() -> Self {
        // Time stands still, so that every change of the log is some request's doing.
        let clock = ManualClock::new(Timestamp(1_800_000_000_000));
        let world = World::with(Clock::Manual(clock), |_| {}).await;
        let person = world.available("ana").await;
        let call = world.call().await;
        Self { world, random: Random(SEED), call, person }
    }

    async fn send(&mut self, method: &Method, path: &str) -> Answer {
        let random = &mut self.random;
        let identifier = identifier(&self.call, random);
        let mut full = path.to_owned();
        for name in ["{identifier}", "{sipCallId}", "{id}", "{callId}"] {
            full = full.replace(name, &identifier);
        }
        if random.one_in(4) {
            let queries =
                ["?", "?state=queued&limit=2", "?limit=0", "?after=1", "?after=%ff", "?a=b&a=c"];
            let query = *random.pick(&queries);
            full.push_str(query);
        }
        let mut ask = self.world.ask(method.clone(), &full);
        ask = match random.below(10) {
            0 => ask,
            1 => ask.header("authorization", *random.pick(&["Basic !", "Bearer", "Bearer a.b"])),
            2 => ask.cookie(&self.person),
            3 => {
                ask.header("x-api-key", self.world.api_key.reveal()).header("x-8x8-tenant", TENANT)
            }
            _ if path.starts_with("/api") => ask.basic(TENANT, &self.world.action_token),
            _ if path.starts_with("/cc") => {
                ask.header("x-api-key", self.world.api_key.reveal()).header("x-8x8-tenant", TENANT)
            }
            _ => ask.bearer(&self.person),
        };
        if random.one_in(8) {
            let keys = ["", "k", "a b", "k2", &"x".repeat(129)];
            ask = ask.header("idempotency-key", *random.pick(&keys));
        }
        let mut body = good_body(path, random);
        for _ in 0..random.below(3) {
            mutate(&mut body, random);
        }
        let mut bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        if random.one_in(3) {
            bytes = damage(bytes, random);
        }
        match random.below(12) {
            0 => {}
            1 => ask = ask.header("content-type", "text/plain"),
            2 => ask = ask.header("content-type", "application/json; charset=latin1"),
            _ => ask = ask.header("content-type", "application/json"),
        }
        ask.body(bytes).send().await
    }
}

fn check(what: &str, path: &str, answer: &Answer) {
    assert!(answer.status < 500, "{what}: {} {}", answer.status, answer.text);
    if answer.status < 400 {
        return;
    }
    let body = answer.json();
    if path.starts_with("/ws") {
        assert!(body["reason"].is_string(), "{what}: {body}");
        return;
    }
    if path.starts_with("/api") || path.starts_with("/cc") {
        assert_eq!(body["code"], answer.status, "{what}: {body}");
        assert_eq!(body["status"], "error", "{what}: {body}");
    } else {
        assert!(body["code"].is_string(), "{what}: {body}");
        assert!(body["retryable"].is_boolean(), "{what}: {body}");
    }
    let message = body["message"].as_str().unwrap();
    assert!(!message.is_empty() && message.len() < 400, "{what}: {message}");
    assert!(!message.contains(|c: char| c.is_control()), "{what}: {message:?}");
}

#[tokio::test]
async fn damaged_requests_are_refused_and_leave_no_trace() {
    let mut fuzz = Fuzz::new().await;
    // An agent is refused everything below /admin, which must not crowd out what an agent may do.
    let (settings, others): (Vec<_>, Vec<_>) =
        routes().into_iter().partition(|(_, path)| path.starts_with("/admin"));
    let mut counts = [0_usize; 6];
    for n in 0..REQUESTS {
        let routes = if fuzz.random.one_in(8) { &settings } else { &others };
        let (method, path) = fuzz.random.pick(routes).clone();
        let before = fuzz.world.position();
        let answer = fuzz.send(&method, &path).await;
        let what = format!("request {n}, {method} {path}");
        check(&what, &path, &answer);
        if answer.status >= 400 {
            assert_eq!(fuzz.world.position(), before, "{what}: {}", answer.text);
        }
        counts[usize::from(answer.status / 100)] += 1;
        match (path.as_str(), answer.status) {
            ("/auth/v1/logout", 204) => fuzz.person = fuzz.world.available("ana").await,
            ("/sim/v1/calls/{callId}/hangup", 204) => fuzz.call = fuzz.world.call().await,
            _ => {}
        }
    }
    assert!(counts[2] > REQUESTS / 10, "some are right: {counts:?}");
    assert!(counts[4] > REQUESTS / 3, "many are wrong: {counts:?}");
    // All is well afterwards.
    let call = fuzz.world.call().await;
    fuzz.world.set(&call, json!([{"name": "_a", "value": "1"}])).await.ok(200);
    assert_eq!(fuzz.world.data(&call.guid).await.ok(200)["variables"][0]["value"], "1");
}
