//! `rival`: Data Augmentation as most would build it: axum, sqlx, and an upsert into PostgreSQL that is
//! committed to disk before the answer. It checks no credentials and knows no rules.

use std::{error::Error, fs, path::PathBuf};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing,
};
use clap::Parser;
use serde::{Deserialize, Serialize};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

#[derive(Parser)]
struct Options {
    /// The directory of PostgreSQL's socket.
    #[arg(long)]
    socket: PathBuf,
    /// Whom PostgreSQL knows.
    #[arg(long)]
    user: String,
    /// Connections to PostgreSQL.
    #[arg(long, default_value_t = 16)]
    pool: u32,
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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
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

/// One statement for all variables of a request: one round trip, one commit.
const UPSERT: &str = "
INSERT INTO variable (interaction, name, value, ivr, display, display_name, data_type, privacy)
SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bool[], $5::bool[], $6::text[], $7::text[], $8::bool[])
ON CONFLICT (interaction, name) DO UPDATE SET
    value = excluded.value, ivr = excluded.ivr, display = excluded.display,
    display_name = excluded.display_name, data_type = excluded.data_type, privacy = excluded.privacy";

const TABLE: &str = "
CREATE TABLE IF NOT EXISTS variable (
    interaction text, name text, value text NOT NULL, ivr bool, display bool, display_name text,
    data_type text, privacy bool, PRIMARY KEY (interaction, name))";

async fn set(
    State(pool): State<PgPool>,
    Path(interaction_id): Path<String>,
    Json(request): Json<SetRequest>,
) -> Result<Json<Done>, StatusCode> {
    let variables: Vec<Variable> =
        request.data.into_iter().flat_map(|part| part.variables).collect();
    fn column<T>(variables: &[Variable], of: fn(&Variable) -> T) -> Vec<T> {
        variables.iter().map(of).collect()
    }
    let done = sqlx::query(UPSERT)
        .bind(&interaction_id)
        .bind(column(&variables, |variable| variable.name.clone()))
        .bind(column(&variables, |variable| variable.value.clone()))
        .bind(column(&variables, |variable| variable.ivr))
        .bind(column(&variables, |variable| variable.display))
        .bind(column(&variables, |variable| variable.display_name.clone()))
        .bind(column(&variables, |variable| variable.data_type.clone()))
        .bind(column(&variables, |variable| variable.privacy))
        .execute(&pool)
        .await;
    done.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let variables_set = variables.len();
    let message = "Variables successfully set";
    Ok(Json(Done { status: "success", message, interaction_id, variables_set }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let connect = PgConnectOptions::new()
        .socket(&options.socket)
        .username(&options.user)
        .database("postgres")
        .options([("synchronous_commit", "on")]);
    let pool = PgPoolOptions::new().max_connections(options.pool).connect_with(connect).await?;
    sqlx::query(TABLE).execute(&pool).await?;
    let app = Router::new()
        .route("/api/v1/interaction/data/{identifier}", routing::post(set))
        .with_state(pool)
        .route("/readyz", routing::get(|| async {}));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    fs::write(&options.ready_file, serde_json::json!({ "url": url }).to_string())?;
    axum::serve(listener, app).await?;
    Ok(())
}
