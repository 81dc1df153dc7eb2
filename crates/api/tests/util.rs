//! The tests' vocabulary: a world with two tenants, people who log in, callers, and requests as words.
//!
//! ```text
//! let world = World::new().await;
//! let call = world.call().await;                                  // a customer rings and hears the menu
//! let ana = world.login("ana").await;                             // an agent logs in
//! let answer = world.post("/x").bearer(&ana).json(body).send().await;
//! answer.is(409, "offerGone");
//! ```

use std::{net::SocketAddr, sync::Arc};

use api::{Api, Connection, Options, Secret, Stop, StreamingLimits};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request},
};
use channels::webhooks::Webhooks;
use engine::{Clock, Engine, Key};
use http_body_util::BodyExt;
use model::{
    Command, TenantId,
    config::{Setting, Tenant},
};
use serde_json::{Value, json};
use stream::Streams;
use tower::ServiceExt;

mod log;
mod settings;
mod vendor;
pub(crate) use log::logged;
pub(crate) use settings::{CALLER, NUMBER, OTHER, OTHER_NUMBER, PASSWORD, TENANT, agent_id};
pub(crate) use vendor::Vendor;

/// A server without sockets.
pub(crate) struct World {
    pub(crate) router: Router,
    pub(crate) engine: Engine,
    pub(crate) streams: Streams,
    pub(crate) webhooks: Webhooks,
    pub(crate) stop: Stop,
    pub(crate) action_token: Secret,
    pub(crate) data_token: Secret,
    pub(crate) other_action_token: Secret,
    pub(crate) api_key: Secret,
    pub(crate) stream_key: Secret,
    /// A key for statistics, schedules and metrics, and what exchanges it for access tokens.
    pub(crate) app_key: Secret,
    pub(crate) app_secret: Secret,
    options: Options,
    _dir: tempfile::TempDir,
}

/// A session.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) token: String,
    pub(crate) csrf: String,
    pub(crate) cookie: String,
}

/// A call that has been placed.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) id: String,
    pub(crate) guid: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Clock::Wall, |_| {}).await
    }

    /// A world with another clock, or with other settings of the tenant.
    pub(crate) async fn with(clock: Clock, change: impl Fn(&mut Tenant)) -> Self {
        Self::made(clock, change, StreamingLimits::default()).await
    }

    /// A world with other limits of the Streaming API.
    pub(crate) async fn streaming(clock: Clock, limits: StreamingLimits) -> Self {
        Self::made(clock, |_| {}, limits).await
    }

    async fn made(clock: Clock, change: impl Fn(&mut Tenant), streaming: StreamingLimits) -> Self {
        log::start();
        // Once for all tests; the server does the same.
        _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let dir = tempfile::tempdir().unwrap();
        let store = Arc::new(eventlog::MemoryStore::new());
        let mut options = engine::Options::new(dir.path(), Key::random().unwrap());
        options.clock = clock;
        let engine = Engine::start(store, options).unwrap();
        let streams = Streams::start(engine.clone(), dir.path(), stream::Options::default());
        let (streams, stop) = (streams.unwrap(), Stop::default());
        let here = ["127.0.0.0/8".parse().unwrap()];
        let webhooks = Webhooks::start(engine.clone(), streams.clone(), dir.path(), &here).unwrap();
        let options = Options {
            plain_http_allowed: true,
            sim_enabled: true,
            streaming,
            stop: stop.clone(),
            ..Options::default()
        };
        let mut world = Self {
            router: Router::new(),
            engine,
            streams,
            webhooks,
            stop,
            action_token: Secret::mint(""),
            data_token: Secret::mint(""),
            other_action_token: Secret::mint(""),
            api_key: Secret::mint("eght_"),
            stream_key: Secret::mint("eght_"),
            app_key: Secret::mint("eght_"),
            app_secret: Secret::mint(""),
            options,
            _dir: dir,
        };
        world.serve_anew();
        let mut acme = settings::tenant(TENANT);
        change(&mut acme);
        world.configure(TENANT, settings::all(&world, acme, NUMBER, &world.action_token)).await;
        let other =
            settings::all(&world, settings::tenant(OTHER), OTHER_NUMBER, &world.other_action_token);
        world.configure(OTHER, other).await;
        world
    }

    pub(crate) async fn configure(&self, tenant: &str, settings: Vec<Setting>) {
        let tenant = TenantId::parse(tenant).unwrap();
        self.engine.open(&tenant).await.unwrap();
        self.engine.submit(&tenant, Command::Configure(settings).into()).await.unwrap();
    }

    /// Serves as a new process does, which remembers nothing but what is on disk.
    pub(crate) fn serve_anew(&mut self) {
        self.router = api::router(Api {
            engine: self.engine.clone(),
            streams: self.streams.clone(),
            webhooks: self.webhooks.clone(),
            options: self.options.clone(),
        });
    }

    /// Stops the server as it stops at the end of its service.
    pub(crate) fn stop(&self) {
        self.engine.stop();
    }

    pub(crate) fn get(&self, path: &str) -> Ask<'_> {
        self.ask(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str) -> Ask<'_> {
        self.ask(Method::POST, path)
    }

    pub(crate) fn put(&self, path: &str) -> Ask<'_> {
        self.ask(Method::PUT, path)
    }

    pub(crate) fn ask(&self, method: Method, path: &str) -> Ask<'_> {
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
    pub(crate) async fn call(&self) -> Call {
        self.call_to(NUMBER).await
    }

    pub(crate) async fn call_to(&self, number: &str) -> Call {
        let body = json!({"from": CALLER, "to": number, "callerName": "John Doe"});
        let placed = self.post("/sim/v1/calls").json(&body).send().await.ok(201);
        Call { id: text(&placed["callId"]), guid: text(&placed["interactionGuid"]) }
    }

    pub(crate) async fn press(&self, call: &Call, digits: &str) {
        let path = format!("/sim/v1/calls/{}/digits", call.id);
        self.post(&path).json(&json!({ "digits": digits })).send().await.ok(204);
    }

    pub(crate) async fn look(&self, call: &Call) -> Value {
        self.get(&format!("/sim/v1/calls/{}", call.id)).send().await.ok(200)
    }

    /// Sets variables as an integration does.
    pub(crate) async fn set(&self, call: &Call, variables: Value) -> Answer {
        let ask = self.post(&format!("/api/v1/interaction/data/{}", call.guid));
        ask.basic(TENANT, &self.action_token).json(&json!({ "variables": variables })).send().await
    }

    /// Reads an interaction's data as an integration does.
    pub(crate) async fn data(&self, identifier: &str) -> Answer {
        let ask = self.get(&format!("/api/v1/interaction/data/{identifier}"));
        ask.basic(TENANT, &self.action_token).send().await
    }

    /// Somebody of the tenant logs in.
    pub(crate) async fn login(&self, name: &str) -> Person {
        let body = json!({"email": format!("{name}@{TENANT}.example"), "password": PASSWORD});
        let answer = self.post("/auth/v1/login").json(&body).send().await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let session = answer.ok(200);
        Person { token: text(&session["token"]), csrf: text(&session["csrfToken"]), cookie }
    }

    /// An agent logs in and is available.
    pub(crate) async fn available(&self, name: &str) -> Person {
        let agent = self.login(name).await;
        let wish = json!({"status": "available"});
        self.put("/workspace/v1/status").bearer(&agent).json(&wish).send().await.ok(200);
        agent
    }

    pub(crate) async fn state(&self, agent: &Person) -> Value {
        self.get("/workspace/v1/state").bearer(agent).send().await.ok(200)
    }

    /// An agent acts on an interaction.
    pub(crate) async fn act(&self, agent: &Person, call: &Call, verb: &str, body: Value) -> Answer {
        let path = format!("/workspace/v1/interactions/{}/{verb}", call.guid);
        let ask = self.post(&path).bearer(agent);
        if body.is_null() { ask.send().await } else { ask.json(&body).send().await }
    }

    /// The last position of the tenant's log.
    pub(crate) fn position(&self) -> u64 {
        self.engine.position(&TenantId::parse(TENANT).unwrap()).unwrap()
    }
}

/// A request in the making.
pub(crate) struct Ask<'w> {
    world: &'w World,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    connection: Option<Connection>,
}

impl Ask<'_> {
    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json").body(body.to_string())
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn basic(self, tenant: &str, token: &Secret) -> Self {
        self.header("authorization", basic(tenant, token.reveal()))
    }

    pub(crate) fn bearer(self, person: &Person) -> Self {
        let token = format!("Bearer {}", person.token);
        self.header("authorization", token)
    }

    pub(crate) fn cookie(self, person: &Person) -> Self {
        let cookie = person.cookie.clone();
        self.header("cookie", cookie)
    }

    /// Comes in another way than from this machine in the clear.
    pub(crate) fn over(mut self, connection: Option<Connection>) -> Self {
        self.connection = connection;
        self
    }

    pub(crate) async fn send(self) -> Answer {
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
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        if self.text.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The body, when the status is this one.
    #[track_caller]
    pub(crate) fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// An error of Cordboard's own contracts.
    #[track_caller]
    pub(crate) fn is(&self, status: u16, code: &str) -> Value {
        let body = self.ok(status);
        assert_eq!(body["code"], code, "{body}");
        assert!(body["message"].is_string() && body["retryable"].is_boolean(), "{body}");
        assert_eq!(self.headers["content-type"], "application/json; charset=utf-8");
        body
    }

    /// An error of Data Augmentation.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, message: &str) {
        let expected = json!({"status": "error", "code": status, "message": message});
        assert_eq!(self.json(), expected);
        assert_eq!(self.status, status);
        assert_eq!(self.headers["content-type"], "application/json; charset=utf-8");
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// From this machine, in the clear.
pub(crate) fn local() -> Connection {
    Connection { peer: SocketAddr::from(([127, 0, 0, 1], 40_000)), tls: false }
}

/// From elsewhere, over TLS.
pub(crate) fn remote() -> Connection {
    Connection { peer: SocketAddr::from(([203, 0, 113, 7], 40_000)), tls: true }
}

pub(crate) fn basic(tenant: &str, token: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    format!("Basic {}", STANDARD.encode(format!("{tenant}:{token}")))
}

#[track_caller]
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
