//! `stack`: the HTTP stack of the server, answering Data Augmentation from memory, with no store and no
//! rules. What it takes for a request is the price of HTTP and JSON alone.

use std::{fs, path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context as _;
use axum::{Json, Router, body::Body, extract::Path, http::Request, routing};
use clap::Parser;
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use mimalloc::MiMalloc;
use serde::{Deserialize, Serialize};
use tokio::{net::TcpListener, sync::Semaphore};
use tower::ServiceExt as _;

/// The server's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const HEAD: Duration = Duration::from_secs(10);
const CONNECTIONS_MAX: usize = 10_000;

#[derive(Parser)]
struct Options {
    /// Written when it serves: JSON with its address.
    #[arg(long)]
    ready_file: PathBuf,
}

#[derive(Deserialize)]
struct SetRequest {
    data: Vec<Variables>,
}

#[derive(Deserialize)]
struct Variables {
    variables: Vec<Variable>,
}

/// Every property is read, as the server does, though only their number is used.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "to be read is their purpose")]
struct Variable {
    name: String,
    value: String,
    ivr: Option<bool>,
    display: Option<bool>,
    display_name: Option<String>,
    data_type: Option<String>,
    privacy: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Done {
    status: &'static str,
    message: &'static str,
    interaction_id: String,
    variables_set: usize,
}

async fn set(Path(interaction_id): Path<String>, Json(request): Json<SetRequest>) -> Json<Done> {
    let variables_set = request.data.iter().map(|part| part.variables.len()).sum();
    let message = "Variables successfully set";
    Json(Done { status: "success", message, interaction_id, variables_set })
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let app = Router::new()
        .route("/api/v1/interaction/data/{identifier}", routing::post(set))
        .route("/readyz", routing::get(|| async {}));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    fs::write(&options.ready_file, serde_json::json!({ "url": url }).to_string())
        .with_context(|| format!("writing {}", options.ready_file.display()))?;
    let slots = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let slot = Arc::clone(&slots).acquire_owned().await?;
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let app = app.clone().map_request(|request: Request<Incoming>| request.map(Body::new));
        tokio::spawn(async move {
            let _slot = slot;
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD)
                .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app))
                .with_upgrades();
            // A client that goes away is no news.
            let _ = served.await;
        });
    }
}
