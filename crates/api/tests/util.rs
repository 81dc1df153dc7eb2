//! The tests' vocabulary: a world with two tenants, people who log in, callers, and requests as words.
//!
//! ```text
//! let world = World::new().await;
//! let call = world.call().await;                                  // a customer rings and hears the menu
//! let ana = world.login("ana").await;                             // an agent logs in
//! let answer = world.post("/x").bearer(&ana).json(body).send().await;
//! answer.is(409, "offerGone");
//! ```

use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};

use api::{Api, Connection, Options, Secret, Stop};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request},
};
use engine::{Clock, Engine, Key};
use http_body_util::BodyExt;
use model::{
    AgentId, ChannelId, Command, QueueId, ScriptId, SkillId, TenantId, Text, UserId,
    access::{ApiKey, Product, Role, Tokens, User},
    config::{
        Agent, Channel, Declined, Queue, Reason, ReasonFor, Script, Setting, Skill, SkillLevel,
        Tenant, TransactionCode,
    },
    flow::{
        CollectDigits, Condition, Flow, Menu, Node, NodeKind, Operand, Operator, Test, ToQueue,
    },
    interaction::Media,
    status::Status,
};
use serde_json::{Value, json};
use tower::ServiceExt;

pub const TENANT: &str = "acmecorp01";
pub const OTHER: &str = "othercorp";
/// The number of the tenant, and of the other one.
pub const NUMBER: &str = "18005551234";
pub const OTHER_NUMBER: &str = "18005559999";
pub const CALLER: &str = "16175551234";
pub const PASSWORD: &str = "correct horse battery";
pub const STANDARD: u32 = 101;
pub const SPANISH: u32 = 102;
pub const PRIORITY: u32 = 103;

/// One hash for everybody: hashing takes its time.
static PASSWORD_HASH: LazyLock<Text> = LazyLock::new(|| api::hash_password(PASSWORD).into());

/// A server without sockets.
pub struct World {
    pub router: Router,
    pub engine: Engine,
    pub stop: Stop,
    pub action_token: Secret,
    pub data_token: Secret,
    pub other_action_token: Secret,
    pub api_key: Secret,
    pub stream_key: Secret,
    _dir: tempfile::TempDir,
}

/// A session.
#[derive(Clone)]
pub struct Person {
    pub token: String,
    pub csrf: String,
    pub cookie: String,
}

/// A call that has been placed.
#[derive(Clone, Debug)]
pub struct Call {
    pub id: String,
    pub guid: String,
}

pub fn agent_id(name: &str) -> AgentId {
    AgentId::parse(&format!("ag{name:0>22}")).unwrap()
}

impl World {
    pub async fn new() -> Self {
        Self::with(Clock::Wall, |_| {}).await
    }

    /// A world with another clock, or with other settings of the tenant.
    pub async fn with(clock: Clock, change: impl Fn(&mut Tenant)) -> Self {
        start_log();
        let dir = tempfile::tempdir().unwrap();
        let store = Arc::new(eventlog::MemoryStore::new());
        let mut options = engine::Options::new(dir.path(), Key::random().unwrap());
        options.clock = clock;
        let engine = Engine::start(store, options).unwrap();
        let stop = Stop::default();
        let options = Options { plain_http_allowed: true, sim_enabled: true, stop: stop.clone() };
        let world = Self {
            router: api::router(Api { engine: engine.clone(), options }),
            engine,
            stop,
            action_token: Secret::mint(""),
            data_token: Secret::mint(""),
            other_action_token: Secret::mint(""),
            api_key: Secret::mint("eght_"),
            stream_key: Secret::mint("eght_"),
            _dir: dir,
        };
        let mut acme = tenant(TENANT);
        change(&mut acme);
        world.configure(TENANT, world.settings(acme, NUMBER, &world.action_token)).await;
        let other = world.settings(tenant(OTHER), OTHER_NUMBER, &world.other_action_token);
        world.configure(OTHER, other).await;
        world
    }

    pub async fn configure(&self, tenant: &str, settings: Vec<Setting>) {
        let tenant = TenantId::parse(tenant).unwrap();
        self.engine.open(&tenant).await.unwrap();
        self.engine.submit(&tenant, Command::Configure(settings).into()).await.unwrap();
    }

    fn settings(&self, own: Tenant, number: &str, action: &Secret) -> Vec<Setting> {
        let mut settings = vec![Setting::Tenant(own.clone())];
        settings.push(Setting::Skill(Skill { id: SkillId(1), name: "Spanish".into() }));
        settings.extend(queues().into_iter().map(|queue| Setting::Queue(Arc::new(queue))));
        settings.extend(agents().into_iter().map(|agent| Setting::Agent(Arc::new(agent))));
        let script = Script { id: ScriptId(1), version: 1, name: "Main".into(), flow: flow() };
        settings.push(Setting::Script(Arc::new(script)));
        settings.push(Setting::Channel(Channel {
            id: ChannelId(1),
            name: "Main line".into(),
            media: Media::Phone,
            address: number.into(),
            script: ScriptId(1),
        }));
        for (id, text, parent) in [(1, "Billing", None), (2, "Refund", Some(1))] {
            let code = TransactionCode { id, text: text.into(), parent };
            settings.push(Setting::TransactionCode(code));
        }
        for (code, of) in
            [("lunch", ReasonFor::Status(Status::OnBreak)), ("busy", ReasonFor::Reject)]
        {
            settings.push(Setting::Reason(Reason { code: code.into(), text: code.into(), of }));
        }
        settings.extend(users(own.id.as_str()).into_iter().map(Setting::User));
        settings.push(Setting::Tokens(Tokens {
            data_request: self.data_token.hash(),
            action_request: action.hash(),
            crm_username: "crm".into(),
            crm_password: Secret::mint("").hash(),
        }));
        if own.id.as_str() == TENANT {
            for (key, product) in
                [(&self.api_key, Product::ContactCenter), (&self.stream_key, Product::EventStream)]
            {
                let (hash, products) = (key.hash(), vec![product]);
                settings.push(Setting::ApiKey(ApiKey { hash, name: "key".into(), products }));
            }
        }
        settings
    }

    /// Stops the server as it stops at the end of its service.
    pub fn stop(&self) {
        self.engine.stop();
    }

    pub fn get(&self, path: &str) -> Ask<'_> {
        self.ask(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> Ask<'_> {
        self.ask(Method::POST, path)
    }

    pub fn put(&self, path: &str) -> Ask<'_> {
        self.ask(Method::PUT, path)
    }

    pub fn ask(&self, method: Method, path: &str) -> Ask<'_> {
        Ask {
            world: self,
            method,
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            connection: Some(local()),
        }
    }

    /// A customer rings the tenant and hears the menu.
    pub async fn call(&self) -> Call {
        self.call_to(NUMBER).await
    }

    pub async fn call_to(&self, number: &str) -> Call {
        let body = json!({"from": CALLER, "to": number, "callerName": "John Doe"});
        let placed = self.post("/sim/v1/calls").json(&body).send().await.ok(201);
        Call { id: text(&placed["callId"]), guid: text(&placed["interactionGuid"]) }
    }

    pub async fn press(&self, call: &Call, digits: &str) {
        let path = format!("/sim/v1/calls/{}/digits", call.id);
        self.post(&path).json(&json!({ "digits": digits })).send().await.ok(204);
    }

    pub async fn look(&self, call: &Call) -> Value {
        self.get(&format!("/sim/v1/calls/{}", call.id)).send().await.ok(200)
    }

    /// Sets variables as an integration does.
    pub async fn set(&self, call: &Call, variables: Value) -> Answer {
        let ask = self.post(&format!("/api/v1/interaction/data/{}", call.guid));
        ask.basic(TENANT, &self.action_token).json(&json!({ "variables": variables })).send().await
    }

    /// Reads an interaction's data as an integration does.
    pub async fn data(&self, identifier: &str) -> Answer {
        let ask = self.get(&format!("/api/v1/interaction/data/{identifier}"));
        ask.basic(TENANT, &self.action_token).send().await
    }

    /// Somebody of the tenant logs in.
    pub async fn login(&self, name: &str) -> Person {
        let body = json!({"email": format!("{name}@{TENANT}.example"), "password": PASSWORD});
        let answer = self.post("/auth/v1/login").json(&body).send().await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let session = answer.ok(200);
        Person { token: text(&session["token"]), csrf: text(&session["csrfToken"]), cookie }
    }

    /// An agent logs in and is available.
    pub async fn available(&self, name: &str) -> Person {
        let agent = self.login(name).await;
        let wish = json!({"status": "available"});
        self.put("/workspace/v1/status").bearer(&agent).json(&wish).send().await.ok(200);
        agent
    }

    pub async fn state(&self, agent: &Person) -> Value {
        self.get("/workspace/v1/state").bearer(agent).send().await.ok(200)
    }

    /// An agent acts on an interaction.
    pub async fn act(&self, agent: &Person, call: &Call, verb: &str, body: Value) -> Answer {
        let path = format!("/workspace/v1/interactions/{}/{verb}", call.guid);
        let ask = self.post(&path).bearer(agent);
        if body.is_null() { ask.send().await } else { ask.json(&body).send().await }
    }

    /// The last position of the tenant's log.
    pub fn position(&self) -> u64 {
        self.engine.position(&TenantId::parse(TENANT).unwrap()).unwrap()
    }
}

/// A request in the making.
pub struct Ask<'w> {
    world: &'w World,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    connection: Option<Connection>,
}

impl Ask<'_> {
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json").body(body.to_string())
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn basic(self, tenant: &str, token: &Secret) -> Self {
        self.header("authorization", basic(tenant, token.reveal()))
    }

    pub fn bearer(self, person: &Person) -> Self {
        let token = format!("Bearer {}", person.token);
        self.header("authorization", token)
    }

    pub fn cookie(self, person: &Person) -> Self {
        let cookie = person.cookie.clone();
        self.header("cookie", cookie)
    }

    /// Comes in another way than from this machine in the clear.
    pub fn over(mut self, connection: Option<Connection>) -> Self {
        self.connection = connection;
        self
    }

    pub async fn send(self) -> Answer {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let mut request = request.body(Body::from(self.body)).unwrap();
        request.extensions_mut().extend(self.connection.map(extension).unwrap_or_default());
        let response = self.world.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        let text = String::from_utf8(body).unwrap();
        Answer { status: parts.status.as_u16(), headers: parts.headers, text }
    }
}

fn extension(connection: Connection) -> axum::http::Extensions {
    let mut extensions = axum::http::Extensions::new();
    extensions.insert(connection);
    extensions
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        if self.text.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The body, when the status is this one.
    #[track_caller]
    pub fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// An error of Cordboard's own contracts.
    #[track_caller]
    pub fn is(&self, status: u16, code: &str) -> Value {
        let body = self.ok(status);
        assert_eq!(body["code"], code, "{body}");
        assert!(body["message"].is_string() && body["retryable"].is_boolean(), "{body}");
        assert_eq!(self.headers["content-type"], "application/json; charset=utf-8");
        body
    }

    /// An error of Data Augmentation.
    #[track_caller]
    pub fn refused(&self, status: u16, message: &str) {
        let expected = json!({"status": "error", "code": status, "message": message});
        assert_eq!(self.json(), expected);
        assert_eq!(self.status, status);
        assert_eq!(self.headers["content-type"], "application/json; charset=utf-8");
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// From this machine, in the clear.
pub fn local() -> Connection {
    Connection { peer: SocketAddr::from(([127, 0, 0, 1], 40_000)), tls: false }
}

/// From elsewhere, over TLS.
pub fn remote() -> Connection {
    Connection { peer: SocketAddr::from(([203, 0, 113, 7], 40_000)), tls: true }
}

pub fn basic(tenant: &str, token: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    format!("Basic {}", STANDARD.encode(format!("{tenant}:{token}")))
}

#[track_caller]
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Waits for something that another thread will do.
pub async fn eventually<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..500 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not come");
}

/// Everything that was logged by the tests of this process.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn start_log() {
    static STARTED: LazyLock<()> = LazyLock::new(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(|| Log)
            .init();
    });
    LazyLock::force(&STARTED);
}

pub fn logged() -> String {
    String::from_utf8_lossy(&LOG.lock().unwrap()).into_owned()
}

pub fn tenant(id: &str) -> Tenant {
    Tenant {
        id: TenantId::parse(id).unwrap(),
        name: "Acme Corp".into(),
        locale: "en-US".into(),
        currency: "USD".into(),
        time_zone: "America/New_York".into(),
        retention_ms: 86_400_000,
        augmentation_per_minute: 100_000,
    }
}

fn queues() -> Vec<Queue> {
    let standard = Queue {
        id: QueueId(STANDARD),
        name: "Standard".into(),
        media: Media::Phone,
        priority: 50,
        required: Vec::new(),
        preferred: Vec::new(),
        rings: Vec::new(),
        offer_ms: 20_000,
        decline_ms: 60_000,
        on_reject: Declined::Stay,
        on_timeout: Declined::Stay,
        wrap_up_ms: 60_000,
        codes_required: false,
        waiting_max: 1_000,
    };
    let (id, name) = (QueueId(SPANISH), "Spanish".into());
    let required = vec![SkillLevel { skill: SkillId(1), level: 6 }];
    let spanish = Queue { id, name, required, codes_required: true, ..standard.clone() };
    let (id, name) = (QueueId(PRIORITY), "Priority".into());
    let priority = Queue { id, name, priority: 90, ..standard.clone() };
    vec![standard, spanish, priority]
}

/// Ana speaks Spanish, Cara a little, Ben does not.
fn agents() -> Vec<Agent> {
    let agent = |name: &str, full: &str, spanish: Option<u8>| Agent {
        id: agent_id(name),
        name: full.into(),
        skills: spanish.map(|level| (SkillId(1), level)).into_iter().collect(),
        queues: vec![QueueId(STANDARD), QueueId(SPANISH), QueueId(PRIORITY)],
        capacity: BTreeMap::from([(Media::Phone, 1)]),
    };
    vec![
        agent("ana", "Ana Ruiz", Some(8)),
        agent("ben", "Ben Okafor", None),
        agent("cara", "Cara Lind", Some(3)),
    ]
}

fn users(tenant: &str) -> Vec<User> {
    let user = |id, name: &str, role, agent| User {
        id: UserId(id),
        email: format!("{name}@{tenant}.example").into(),
        name: name.into(),
        role,
        agent,
        password: PASSWORD_HASH.clone(),
    };
    vec![
        user(1, "ana", Role::Agent, Some(agent_id("ana"))),
        user(2, "ben", Role::Agent, Some(agent_id("ben"))),
        user(3, "cara", Role::Agent, Some(agent_id("cara"))),
        user(4, "sam", Role::Supervisor, None),
        user(5, "ada", Role::Administrator, None),
    ]
}

/// A menu; 1 goes to Priority for a VIP and to Standard otherwise, 2 to Spanish, 3 asks for a PIN.
fn flow() -> Flow {
    let node = |id: &str, kind, exits: &[(&str, &str)]| {
        let exits = exits.iter().map(|(exit, to)| (Text::from(*exit), Text::from(*to))).collect();
        (Text::from(id), Node { label: id.into(), kind, exits })
    };
    let queue = |id| {
        let queue = QueueId(id);
        let (timeout_ms, announce_ms, preferred) = (None, None, None);
        let leave_when_unstaffed = false;
        NodeKind::ToQueue(ToQueue {
            queue,
            timeout_ms,
            announce_ms,
            preferred,
            leave_when_unstaffed,
        })
    };
    let menu = NodeKind::Menu(Menu {
        text: "Press 1, 2 or 3.".into(),
        keys: "123".into(),
        timeout_ms: 600_000,
        tries: 1,
        again: None,
    });
    let vip = NodeKind::TestVariable(Condition::Test(Test {
        variable: "_customerTier".into(),
        operator: Operator::Equals,
        right: vec![Operand::Text("VIP".into())],
        compare_as: None,
        ignore_case: false,
    }));
    let pin = NodeKind::CollectDigits(CollectDigits {
        text: "Your PIN, please.".into(),
        variable: "_pin".into(),
        privacy: true,
        min: 4,
        max: 4,
        timeout_ms: 600_000,
        tries: 1,
    });
    let nodes = [
        node("hello", NodeKind::Say { text: "Welcome to Acme.".into() }, &[("next", "menu")]),
        node(
            "menu",
            menu,
            &[("1", "vip"), ("2", "spanish"), ("3", "pin"), ("noInput", "bye"), ("noMatch", "bye")],
        ),
        node("vip", vip, &[("true", "priority"), ("false", "standard")]),
        node("pin", pin, &[("next", "standard"), ("noInput", "bye"), ("noMatch", "bye")]),
        node(
            "standard",
            queue(STANDARD),
            &[("timeout", "bye"), ("atCapacity", "bye"), ("noAgents", "bye")],
        ),
        node(
            "spanish",
            queue(SPANISH),
            &[("timeout", "bye"), ("atCapacity", "bye"), ("noAgents", "bye")],
        ),
        node(
            "priority",
            queue(PRIORITY),
            &[("timeout", "bye"), ("atCapacity", "bye"), ("noAgents", "bye")],
        ),
        node("bye", NodeKind::Disconnect, &[]),
    ];
    Flow { start: "hello".into(), nodes: nodes.into_iter().collect(), tests: Vec::new() }
}
