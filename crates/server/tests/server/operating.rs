//! What operators do: configure, back up, restore, make tenants, ask the doctor.

use std::{fs, os::unix::fs::PermissionsExt};

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{Server, run, words};

fn json_of(output: &std::process::Output) -> Value {
    assert!(output.status.success(), "{}", words(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn a_copy_of_a_running_server_serves() {
    let server = Server::start();
    let (interaction, _) = server.dial().await;
    server.attach(&interaction, "_customerId", "CUST-1").await;
    let (copy, data) = (server.scratch("copy"), server.data_dir().display().to_string());
    let backup = run(&["--json", "backup", &copy, "--data-dir", &data, "--include-key"]);
    let manifest = json_of(&backup);
    assert_eq!(manifest["tenants"][0]["id"], "acmecorp01");
    server.attach(&interaction, "_customerId", "CUST-2").await;

    let login = server.login_of(0);
    let (tenant, token) = (server.text("tenantId"), server.text("actionRequestToken"));
    let restored = Server::restored(&copy, &["--config", &sim_config(&server)]);
    let (status, session) = restored.post("/auth/v1/login", &login).await;
    assert_eq!(status, StatusCode::OK, "{session}");
    let path = format!("/api/v1/interaction/data/{interaction}");
    let request = restored.request(reqwest::Method::GET, &path).basic_auth(tenant, Some(token));
    let (status, found) = crate::harness::answer(request).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    assert_eq!(found["variables"][0]["value"], "CUST-1", "as of the copy");

    let again = run(&["backup", &copy, "--data-dir", &data]);
    assert_eq!(again.status.code(), Some(1));
    assert!(words(&again.stderr).contains("is not empty"), "{}", words(&again.stderr));
}

fn sim_config(server: &Server) -> String {
    let path = server.scratch("cordboard.toml");
    fs::write(&path, "[sim]\nenabled = true\n").unwrap();
    path
}

#[test]
fn half_a_copy_is_not_restored() {
    let dir = tempfile::tempdir().unwrap();
    let (copy, data) = (dir.path().join("copy"), dir.path().join("data"));
    fs::create_dir(&copy).unwrap();
    fs::write(copy.join("events.db"), "x").unwrap();
    let (copy, data) = (copy.display().to_string(), data.display().to_string());
    let restore = run(&["restore", &copy, "--data-dir", &data]);
    assert_eq!(restore.status.code(), Some(1));
    assert!(
        words(&restore.stderr).contains("manifest.json is missing"),
        "{}",
        words(&restore.stderr)
    );
}

#[tokio::test]
async fn a_tenant_is_made_while_the_server_runs() {
    let server = Server::start();
    let data = server.data_dir().display().to_string();
    let create = ["--json", "tenant", "create", "globex", "--admin-email", "Root@Globex.example"];
    let create = [&create[..], &["--data-dir", &data]].concat();
    let created = json_of(&run(&create));
    let (status, session) = server.post("/auth/v1/login", &created["administrator"]).await;
    assert_eq!(status, StatusCode::OK, "{session}");
    assert_eq!(session["user"]["role"], "administrator");
    assert_eq!(session["tenant"]["id"], "globex");
    let again = run(&create);
    assert_eq!(again.status.code(), Some(1));
    assert!(words(&again.stderr).contains("tenant globex exists already"));
    let bad = run(&["tenant", "create", "no-hyphens", "--admin-email", "a@b.example"]);
    assert!(words(&bad.stderr).contains("letters, digits or underscores"));
}

#[test]
fn a_tenant_is_made_without_a_server() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data").display().to_string();
    let create = ["--json", "tenant", "create", "globex", "--admin-email", "root@globex.example"];
    let created = json_of(&run(&[&create[..], &["--data-dir", &data]].concat()));
    assert_eq!(created["tenantId"], "globex");
    let doctor = run(&["doctor", "--data-dir", &data, "--listen", "127.0.0.1:0"]);
    let said = words(&doctor.stdout);
    assert!(said.contains("globex: 3 records") && doctor.status.success(), "{said}");
}

#[test]
fn the_doctor_finds_what_is_wrong_beside_a_running_server() {
    let server = Server::start();
    let data = server.data_dir().display().to_string();
    let listen = server.url().replace("http://", "");
    let flags = ["--json", "doctor", "--data-dir", &data, "--listen", &listen];
    let checks = |output: &std::process::Output| -> Vec<Value> {
        words(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let healthy = run(&flags);
    let found = checks(&healthy);
    assert!(healthy.status.success(), "{found:?}");
    assert!(
        found.iter().any(|check| check["text"] == format!("a Cordboard is serving on {listen}"))
    );
    let key = server.data_dir().join("master.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let ill = run(&flags);
    let failed: Vec<_> =
        checks(&ill).into_iter().filter(|check| check["ok"] == json!(false)).collect();
    assert_eq!(ill.status.code(), Some(1));
    assert_eq!(failed.len(), 1, "{failed:?}");
    assert!(failed[0]["text"].as_str().unwrap().contains("mode 644"), "{failed:?}");
}

#[test]
fn a_word_unknown_to_the_configuration_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("cordboard.toml");
    fs::write(&config, "lisen = \"127.0.0.1:0\"\n").unwrap();
    let refused = run(&["serve", "--config", &config.display().to_string()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(words(&refused.stderr).contains("unknown field `lisen`"), "{}", words(&refused.stderr));
}
