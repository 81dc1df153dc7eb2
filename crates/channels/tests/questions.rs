//! Questions of scripts, against another system that answers, fails, or is not to be asked.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::{Arc, Once};

use channels::questions::Questions;
use engine::{Clock, Engine, Key, Options};
use eventlog::MemoryStore;
use model::{
    ChannelId, Command, Event, ScriptId, TenantId, Text,
    command::InteractionCommand,
    config::{Channel, Script, Setting},
    interaction::Media,
    variable::{Variable, VariableName},
};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

struct World {
    engine: Engine,
    store: Arc<MemoryStore>,
    _dir: tempfile::TempDir,
}

fn tenant() -> TenantId {
    TenantId::parse("acmecorp01").unwrap()
}

/// A caller whose script asks `url`, with a private key in a header.
async fn calling(url: &str) -> World {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| _ = rustls::crypto::aws_lc_rs::default_provider().install_default());
    let (store, dir) = (Arc::new(MemoryStore::new()), tempfile::tempdir().unwrap());
    let mut options = Options::new(dir.path(), Key::random().unwrap());
    options.clock = Clock::Wall;
    let engine = Engine::start(store.clone(), options).unwrap();
    engine.open(&tenant()).await.unwrap();
    let world = World { engine, store, _dir: dir };
    let get = json!({
        "url": url,
        "headers": [{"name": "X-Key", "value": "{_key}"}],
        "timeoutMs": 30_000,
        "answers": [{"field": "customer.tier", "variable": "_tier"}, {"field": "gone", "variable": "_gone"}],
    });
    let flow = serde_json::from_value(json!({
        "start": "wait",
        "nodes": {
            "wait": {"label": "w", "kind": {"menu": {"text": "?", "keys": "1", "timeoutMs": 600_000, "tries": 1}}, "exits": {"1": "get"}},
            "get": {"label": "g", "kind": {"getFromApi": get}, "exits": {"ok": "stay", "timeout": "stay", "error": "stay"}},
            "stay": {"label": "s", "kind": {"wait": {"ms": 600_000}}, "exits": {}},
        },
    }));
    let (flow, published) = (flow.unwrap(), None);
    let script = Script { id: ScriptId(1), version: 1, name: "s".into(), flow, published };
    let (id, name, address) = (ChannelId(1), Text::from("c"), Text::from("1"));
    let channel = Channel { id, name, media: Media::Phone, address, script: ScriptId(1) };
    let settings = vec![Setting::Script(Arc::new(script)), Setting::Channel(channel)];
    world.submit(Command::Configure(settings)).await;
    let call = || Text::from("call");
    world
        .interaction(InteractionCommand::Begin {
            guid: "int-1".into(),
            media: Media::Phone,
            to: "1".into(),
            from: "+1 555".into(),
            caller_name: None,
            call_id: Some(call()),
        })
        .await;
    let key = Variable {
        name: VariableName::parse("_key").unwrap(),
        value: "canary-4711".into(),
        ivr: Some(true),
        display: None,
        display_name: None,
        data_type: None,
        privacy: Some(true),
    };
    let variables = vec![key];
    world.interaction(InteractionCommand::SetVariables { interaction: call(), variables }).await;
    world.interaction(InteractionCommand::Press { interaction: call(), digits: "1".into() }).await;
    world
}

impl World {
    async fn submit(&self, command: Command) {
        self.engine.submit(&tenant(), command.into()).await.unwrap();
    }

    async fn interaction(&self, command: InteractionCommand) {
        self.submit(Command::Interaction(command)).await;
    }

    /// The exit by which the question is left, and what the trace says beside it.
    async fn left(&self) -> (String, Option<String>) {
        let mut follower = self.engine.follow(&tenant(), 0).unwrap();
        loop {
            let batch = follower.next_batch().await.unwrap();
            for entry in batch.iter() {
                if let Event::NodePassed(passed) = entry.event
                    && &*passed.node == "get"
                {
                    let note = passed.note.as_deref().map(str::to_owned);
                    return (passed.exit.to_string(), note);
                }
            }
        }
    }

    async fn variable(&self, name: &'static str) -> Option<String> {
        let look = move |state: &engine::State, _| {
            let open = state.find("call")?;
            open.variable(name).map(|variable| variable.value.to_string())
        };
        self.engine.query(&tenant(), look).await.unwrap()
    }

    fn log(&self) -> String {
        use eventlog::Store as _;
        let records = self.store.read("acmecorp01", 0, 1_000).unwrap();
        records.iter().map(|record| String::from_utf8_lossy(&record.bytes).into_owned()).collect()
    }
}

/// Answers one request; gives what was asked.
async fn answers(listener: TcpListener, status: &str, body: &str) -> String {
    let (mut socket, _) = listener.accept().await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.unwrap());
    }
    let length = body.len();
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}");
    socket.write_all(answer.as_bytes()).await.unwrap();
    socket.flush().await.unwrap();
    String::from_utf8(head).unwrap().to_lowercase()
}

async fn system() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/find?n={{$callerPhoneNumber}}", listener.local_addr().unwrap());
    (listener, url)
}

fn here() -> [ipnet::IpNet; 1] {
    ["127.0.0.0/8".parse().unwrap()]
}

#[tokio::test]
async fn an_answer_sets_variables_and_a_question_survives_until_it_is_asked() {
    let (listener, url) = system().await;
    // Asked before anybody was there to ask, as after a restart.
    let world = calling(&url).await;
    let questions = Questions::start(world.engine.clone(), &here()).unwrap();
    let asked = answers(listener, "200 OK", r#"{"customer":{"tier":"VIP"}}"#).await;
    assert!(asked.starts_with("get /find?n=%2b1%20555 http/1.1\r\n"), "{asked}");
    assert!(asked.contains("x-key: canary-4711\r\n"), "{asked}");
    assert!(asked.contains("idempotency-key: acmecorp01-ask-1\r\n"), "{asked}");
    assert_eq!(world.left().await, ("ok".to_owned(), None));
    assert_eq!(world.variable("_tier").await.as_deref(), Some("VIP"));
    assert_eq!(world.variable("_gone").await, None);
    let log = world.log();
    assert!(log.contains("%2B1%20555") && !log.contains("canary"), "{log}");
    questions.stop().await;
}

#[tokio::test]
async fn what_goes_wrong_is_told_and_sets_nothing() {
    let long = format!("[\"{}\"]", "a".repeat(70_000));
    for (status, body, note) in [
        ("500 Oh", "{}", "bad-status"),
        ("302 Found", "{}", "bad-status"),
        ("200 OK", "<html>", "not-json"),
        ("200 OK", r#"{"customer":{"tier":[]}}"#, "not-a-value"),
        ("200 OK", long.as_str(), "answer-too-long"),
    ] {
        let (listener, url) = system().await;
        let world = calling(&url).await;
        let questions = Questions::start(world.engine.clone(), &here()).unwrap();
        answers(listener, status, body).await;
        assert_eq!(world.left().await, ("error".to_owned(), Some(note.to_owned())), "{body}");
        assert_eq!(world.variable("_tier").await, None);
        questions.stop().await;
    }
}

#[tokio::test]
async fn nobody_inside_is_asked() {
    let (_listener, url) = system().await;
    let world = calling(&url).await;
    let questions = Questions::start(world.engine.clone(), &[]).unwrap();
    let refused = ("error".to_owned(), Some("address-refused".to_owned()));
    assert_eq!(world.left().await, refused);
    questions.stop().await;
}
