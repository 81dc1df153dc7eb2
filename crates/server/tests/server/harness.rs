//! What the tests say things with.
//!
//! [`Server`] is a running `cordboard serve --demo` on a free port with a data directory of its own. It is
//! ready when `start` returns: the first line that it prints says so. [`Desk`] is an agent's session with its
//! event socket. [`run`] runs another role of the binary to its end.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::Once,
    time::Duration,
};

use futures_util::StreamExt;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

const BINARY: &str = env!("CARGO_BIN_EXE_cordboard");

/// More than anything here takes on a busy machine.
pub(crate) const LONG: Duration = Duration::from_secs(60);

/// The number of the demo's main line.
pub(crate) const MAIN_LINE: &str = "+15551230001";

/// A server, killed when dropped.
pub(crate) struct Server {
    child: Child,
    /// What it said when it was ready: the ready file's content.
    pub(crate) ready: Value,
    dir: TempDir,
    http: Client,
}

/// Runs a role to its end.
pub(crate) fn run(args: &[&str]) -> Output {
    Command::new(BINARY).args(args).stdin(Stdio::null()).output().unwrap()
}

/// The words of a program's output.
pub(crate) fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Starts a role with its input and output in our hands.
pub(crate) fn start(args: &[&str]) -> Child {
    let mut command = Command::new(BINARY);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

/// An HTTP client that trusts the certificates in `ca` as well.
pub(crate) fn client(ca: Option<&Path>) -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    });
    let builder = Client::builder().timeout(LONG).no_proxy();
    let certificates = ca.map(|ca| std::fs::read(ca).unwrap());
    match certificates {
        None => builder,
        Some(pem) => builder.tls_certs_only(reqwest::Certificate::from_pem_bundle(&pem).unwrap()),
    }
    .build()
    .unwrap()
}

impl Server {
    /// A demo in a new data directory.
    pub(crate) fn start() -> Self {
        Self::with(&["--demo"])
    }

    /// A server with these flags in a new data directory.
    pub(crate) fn with(flags: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (child, ready) = spawn(dir.path(), "127.0.0.1:0", flags);
        Self { child, ready, dir, http: client(None) }
    }

    /// A demo with these flags that trusts the certificates in `ca` when it calls other systems.
    pub(crate) fn trusting(ca: &Path, flags: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut command = serve(dir.path(), "127.0.0.1:0", flags);
        let (child, ready) = ready(dir.path(), command.env("SSL_CERT_FILE", ca));
        Self { child, ready, dir, http: client(None) }
    }

    /// A server with these flags on a data directory restored from a copy.
    pub(crate) fn restored(copy: &str, flags: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data").display().to_string();
        let restore = run(&["restore", copy, "--data-dir", &data]);
        assert!(restore.status.success(), "{}", words(&restore.stderr));
        let (child, ready) = spawn(dir.path(), "127.0.0.1:0", flags);
        Self { child, ready, dir, http: client(None) }
    }

    /// Starts again in the same data directory on the same port.
    pub(crate) fn again(mut self, flags: &[&str]) -> Self {
        _ = self.child.kill();
        self.child.wait().unwrap();
        let listen = self.url().split("//").nth(1).unwrap().to_owned();
        let (child, ready) = spawn(self.dir.path(), &listen, flags);
        // The connections that were kept open are gone.
        (self.child, self.ready, self.http) = (child, ready, client(None));
        self
    }

    pub(crate) fn url(&self) -> String {
        self.text("url")
    }

    /// A text of the ready file.
    pub(crate) fn text(&self, field: &str) -> String {
        self.ready[field].as_str().unwrap().to_owned()
    }

    pub(crate) fn data_dir(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub(crate) fn ready_file(&self) -> PathBuf {
        self.dir.path().join("ready.json")
    }

    /// A place for files that goes with the server.
    pub(crate) fn scratch(&self, name: &str) -> String {
        self.dir.path().join(name).display().to_string()
    }

    /// What it logged so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.dir.path().join("log")).unwrap()
    }

    /// Sends a signal to it alone, by its process id.
    pub(crate) fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    /// Waits until it ends.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        let mut look = tokio::time::interval(Duration::from_millis(20));
        let ended = async {
            loop {
                look.tick().await;
                if let Some(status) = self.child.try_wait().unwrap() {
                    return status;
                }
            }
        };
        tokio::time::timeout(LONG, ended).await.expect("it ends")
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url()))
    }

    /// A GET: status and body, which is `null` unless it is JSON.
    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        answer(self.request(Method::GET, path)).await
    }

    /// A POST of JSON.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        answer(self.request(Method::POST, path).json(body)).await
    }

    /// The e-mail and password of the n-th user of the demo.
    pub(crate) fn login_of(&self, n: usize) -> Value {
        let user = &self.ready["users"][n];
        json!({ "email": user["email"], "password": user["password"] })
    }

    /// Dials the main line; the interaction's GUID and the call's id.
    pub(crate) async fn dial(&self) -> (String, String) {
        let call = json!({ "from": "+15555550100", "to": MAIN_LINE, "callerName": "Dana Evans" });
        let (status, placed) = self.post("/sim/v1/calls", &call).await;
        assert_eq!(status, StatusCode::CREATED, "{placed}");
        let text = |field: &str| placed[field].as_str().unwrap().to_owned();
        (text("interactionGuid"), text("callId"))
    }

    /// A Data Augmentation request to an interaction, with the right credentials.
    pub(crate) fn augmentation(&self, method: Method, interaction: &str) -> RequestBuilder {
        let (tenant, token) = (self.text("tenantId"), self.text("actionRequestToken"));
        self.request(method, &format!("/api/v1/interaction/data/{interaction}"))
            .basic_auth(tenant, Some(token))
    }

    /// Attaches one variable that scripts may test and agents see.
    pub(crate) async fn attach(
        &self,
        interaction: &str,
        name: &str,
        value: &str,
    ) -> (StatusCode, Value) {
        let variable = json!({ "name": name, "value": value, "ivr": true, "display": true });
        let body = json!({ "variables": [variable] });
        answer(self.augmentation(Method::POST, interaction).json(&body)).await
    }

    /// The value of an interaction's variable.
    pub(crate) async fn variable(&self, interaction: &str, name: &str) -> Option<String> {
        let (status, data) = answer(self.augmentation(Method::GET, interaction)).await;
        assert_eq!(status, StatusCode::OK, "{data}");
        let variables = data["variables"].as_array().unwrap();
        let found = variables.iter().find(|variable| variable["name"] == name)?;
        Some(found["value"].as_str().unwrap().to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn spawn(dir: &Path, listen: &str, flags: &[&str]) -> (Child, Value) {
    ready(dir, &mut serve(dir, listen, flags))
}

fn serve(dir: &Path, listen: &str, flags: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command
        .args(["--json", "serve", "--listen", listen])
        .arg("--data-dir")
        .arg(dir.join("data"))
        .arg("--ready-file")
        .arg(dir.join("ready.json"))
        .args(flags);
    command
}

/// Starts it and waits until it is ready.
fn ready(dir: &Path, command: &mut Command) -> (Child, Value) {
    let log = File::options().create(true).append(true).open(dir.join("log")).unwrap();
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready = serde_json::from_str(&line).unwrap_or_else(|_| {
        panic!("it did not start:\n{}", std::fs::read_to_string(dir.join("log")).unwrap())
    });
    (child, ready)
}

/// Sends a request: status and body, which is `null` unless it is JSON.
pub(crate) async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    (response.status(), response.json().await.unwrap_or_default())
}

/// An agent at work: a session and its event socket.
pub(crate) struct Desk {
    pub(crate) token: String,
    pub(crate) events: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Desk {
    /// The n-th user of the demo logs in and becomes available.
    pub(crate) async fn open(server: &Server, n: usize) -> Self {
        let (status, session) = server.post("/auth/v1/login", &server.login_of(n)).await;
        assert_eq!(status, StatusCode::OK, "{session}");
        let token = session["token"].as_str().unwrap().to_owned();
        let address = server.url().replace("http://", "ws://");
        let mut request = format!("{address}/workspace/v1/events").into_client_request().unwrap();
        let bearer = format!("Bearer {token}").parse().unwrap();
        request.headers_mut().insert("authorization", bearer);
        let (events, _) = connect_async(request).await.unwrap();
        let desk = Self { token, events };
        let available = server.request(Method::PUT, "/workspace/v1/status");
        let (status, state) = desk.send(available, &json!({ "status": "available" })).await;
        assert_eq!(status, StatusCode::OK, "{state}");
        desk
    }

    /// A request of this agent.
    pub(crate) async fn send(&self, request: RequestBuilder, body: &Value) -> (StatusCode, Value) {
        answer(request.bearer_auth(&self.token).json(body)).await
    }

    /// Does something with an interaction.
    pub(crate) async fn act(
        &self,
        server: &Server,
        interaction: &str,
        what: &str,
        body: &Value,
    ) -> (StatusCode, Value) {
        let path = format!("/workspace/v1/interactions/{interaction}/{what}");
        self.send(server.request(Method::POST, &path), body).await
    }

    /// Waits for a state in which the first work satisfies the test, and answers with that work.
    pub(crate) async fn work(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let seen = async {
            loop {
                let frame = self.events.next().await.expect("the socket stays open").unwrap();
                let Message::Text(text) = frame else { continue };
                let frame: Value = serde_json::from_str(&text).unwrap();
                let work = &frame["state"]["work"][0];
                if frame["type"] == "state" && wanted(work) {
                    return work.clone();
                }
            }
        };
        tokio::time::timeout(LONG, seen).await.expect("the work comes")
    }
}
