//! Webhooks of the real binary: set up by an administrator, delivered through deaths of the server.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use reqwest::{Method, StatusCode};
use rustls::{ServerConfig, pki_types::PrivatePkcs8KeyDer};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
    sync::mpsc,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;

use crate::harness::{LONG, Server, answer, run, words};

/// What a receiver was sent: the event's id and the event.
type Sent = (String, Value);

/// A receiver that answers every request, with 200 unless it is ill.
struct Receiver {
    uri: String,
    ill: Arc<AtomicBool>,
    sent: mpsc::UnboundedReceiver<Sent>,
}

impl Receiver {
    async fn new() -> Self {
        Self::start(None).await
    }

    async fn start(tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let uri = format!("{scheme}://{}/events", listener.local_addr().unwrap());
        let (told, sent) = mpsc::unbounded_channel();
        let ill = Arc::new(AtomicBool::new(false));
        let health = Arc::clone(&ill);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (told, health, tls) = (told.clone(), Arc::clone(&health), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => attend(stream, &told, &health).await,
                        // Who does not trust the certificate goes away.
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                attend(stream, &told, &health).await;
                            }
                        }
                    }
                });
            }
        });
        Self { uri, ill, sent }
    }
}

async fn attend(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    told: &mpsc::UnboundedSender<Sent>,
    ill: &AtomicBool,
) {
    let mut stream = BufReader::new(stream);
    while serve(&mut stream, told, ill).await.is_some() {}
}

async fn serve(
    stream: &mut BufReader<impl AsyncRead + AsyncWrite + Unpin>,
    told: &mpsc::UnboundedSender<Sent>,
    ill: &AtomicBool,
) -> Option<()> {
    let (mut length, mut id) = (0, String::new());
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().ok()?;
        } else if line.starts_with("x-8x8-event-id: ") {
            id = line;
        } else if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    told.send((id, serde_json::from_slice(&body).ok()?)).ok()?;
    let status = if ill.load(Ordering::SeqCst) { 500 } else { 200 };
    let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n");
    stream.get_mut().write_all(answer.as_bytes()).await.ok()
}

/// Events until the one about the birth of an interaction; their numbers.
async fn until(sent: &mut mpsc::UnboundedReceiver<Sent>, interaction: &str) -> BTreeSet<u64> {
    let mut seen = BTreeSet::new();
    loop {
        let (id, event) = timeout(LONG, sent.recv()).await.expect("an event comes").unwrap();
        let event = event.as_object().unwrap().values().next().unwrap();
        assert!(!id.is_empty());
        seen.insert(event["msgInfo"]["sequenceId"].as_u64().unwrap());
        if event["interactionGUID"] == interaction {
            return seen;
        }
    }
}

/// A configuration that allows webhooks to this machine.
fn config(place: &Path) -> String {
    let path = place.join("config.toml");
    std::fs::write(&path, "[webhooks]\nallow = [\"127.0.0.0/8\"]\n[sim]\nenabled = true\n")
        .unwrap();
    path.display().to_string()
}

/// The administrator of the demo makes a webhook; the session's token, and the webhook's path.
async fn make(server: &Server, uri: &str) -> (String, String) {
    let admin = server.ready["users"].as_array().unwrap().iter();
    let admin = admin.clone().find(|user| user["role"] == "administrator").unwrap();
    let login = json!({ "email": admin["email"], "password": admin["password"] });
    let (status, session) = server.post("/auth/v1/login", &login).await;
    assert_eq!(status, StatusCode::OK, "{session}");
    let token = session["token"].as_str().unwrap().to_owned();
    let create = server.request(Method::POST, "/admin/v1/webhooks").bearer_auth(&token);
    let (status, made) = answer(create.json(&json!({ "name": "all", "uri": uri }))).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    (token, format!("/admin/v1/webhooks/{}", made["id"]))
}

#[tokio::test]
async fn deaths_of_the_server_lose_no_event() {
    let place = tempfile::tempdir().unwrap();
    let config = config(place.path());
    let flags = ["--demo", "--config", &config];
    let mut server = Server::with(&flags);
    let Receiver { uri, mut sent, .. } = Receiver::new().await;
    make(&server, &uri).await;
    let mut seen = BTreeSet::new();
    for _ in 0..3 {
        let (first, _) = server.dial().await;
        seen.extend(until(&mut sent, &first).await);
        // Whatever is not yet sent, or sent and not yet noted.
        let (last, _) = server.dial().await;
        server.signal("KILL");
        _ = server.ended().await;
        server = server.again(&flags);
        seen.extend(until(&mut sent, &last).await);
    }
    let whole: BTreeSet<u64> = (*seen.first().unwrap()..=*seen.last().unwrap()).collect();
    assert_eq!(seen, whole, "no gap");
}

#[tokio::test]
async fn a_copy_delivers_what_was_not_delivered() {
    let place = tempfile::tempdir().unwrap();
    let config = config(place.path());
    let mut server = Server::with(&["--demo", "--config", &config]);
    let Receiver { uri, ill, mut sent } = Receiver::new().await;
    ill.store(true, Ordering::SeqCst);
    make(&server, &uri).await;
    let (missed, _) = server.dial().await;
    until(&mut sent, &missed).await;
    let (copy, data) = (server.scratch("copy"), server.data_dir().display().to_string());
    let backup = run(&["backup", &copy, "--data-dir", &data, "--include-key"]);
    assert!(backup.status.success(), "{}", words(&backup.stderr));
    server.signal("TERM");
    _ = server.ended().await;
    while sent.try_recv().is_ok() {}
    ill.store(false, Ordering::SeqCst);
    let _restored = Server::restored(&copy, &["--config", &config]);
    until(&mut sent, &missed).await;
}

/// A certificate authority of our own, in a file, and a receiver with a certificate of it.
async fn encrypted(place: &Path) -> (std::path::PathBuf, Receiver) {
    use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let file = place.join("ca.pem");
    std::fs::write(&file, ca.pem()).unwrap();
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &ca).unwrap().der().clone();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
    let tls = ServerConfig::builder().with_no_client_auth();
    let tls = tls.with_single_cert(vec![certificate], key).unwrap();
    (file, Receiver::start(Some(TlsAcceptor::from(Arc::new(tls)))).await)
}

#[tokio::test]
async fn over_tls_only_those_are_sent_to_whom_the_installation_trusts() {
    crate::harness::client(None); // Chooses the cryptography of this process.
    let place = tempfile::tempdir().unwrap();
    let config = config(place.path());
    let (ca, Receiver { uri, mut sent, .. }) = encrypted(place.path()).await;
    let verified = async |server: &Server| {
        let (token, webhook) = make(server, &uri).await;
        let verify = server.request(Method::POST, &format!("{webhook}/verify"));
        let (status, told) = answer(verify.bearer_auth(token)).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        told["outcome"].as_str().unwrap().to_owned()
    };
    let flags = ["--demo", "--config", &config];
    assert_eq!(verified(&Server::with(&flags)).await, "noConnection");
    let server = Server::trusting(&ca, &flags);
    assert_eq!(verified(&server).await, "delivered");
    // What was sent to verify is no event.
    while sent.try_recv().is_ok() {}
    let (call, _) = server.dial().await;
    until(&mut sent, &call).await;
}
