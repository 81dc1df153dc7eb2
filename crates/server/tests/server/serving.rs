//! Pages, health, logins, and what is logged of them.

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::harness::Server;

#[tokio::test]
async fn it_is_healthy_and_ready_and_says_so_in_its_file() {
    let server = Server::start();
    let health = server.request(Method::GET, "/healthz").send().await.unwrap();
    assert_eq!((health.status(), health.text().await.unwrap().as_str()), (StatusCode::OK, "ok"));
    let (status, ready) = server.get("/readyz").await;
    assert_eq!((status, &ready["ready"]), (StatusCode::OK, &json!(true)), "{ready}");
    let file: Value = serde_json::from_slice(&std::fs::read(server.ready_file()).unwrap()).unwrap();
    assert_eq!(file, server.ready);
    for field in ["dataRequestToken", "crmApiUsername", "crmApiPassword"] {
        assert!(!server.text(field).is_empty(), "{field}");
    }
    assert_eq!(
        (server.text("tenantId"), server.text("apiTokenUsername")),
        ("acmecorp01".into(), "acmecorp01".into())
    );
    assert!(server.text("apiKey").starts_with("eght_"));
    let roles: Vec<_> =
        server.ready["users"].as_array().unwrap().iter().map(|user| &user["role"]).collect();
    assert_eq!(roles, ["agent", "agent", "agent", "supervisor", "administrator"]);
}

#[tokio::test]
async fn people_log_in_and_the_log_keeps_it_to_itself() {
    let server = Server::start();
    let (status, session) = server.post("/auth/v1/login", &server.login_of(0)).await;
    assert_eq!(status, StatusCode::OK, "{session}");
    assert_eq!(session["user"]["name"], "Ann Perez");
    let mut wrong = server.login_of(0);
    wrong["password"] = json!("wrong horse");
    let (status, refused) = server.post("/auth/v1/login", &wrong).await;
    assert_eq!((status, &refused["code"]), (StatusCode::UNAUTHORIZED, &json!("loginFailed")));
    let log = server.log();
    let login = server.login_of(0);
    let secrets = [
        login["password"].as_str().unwrap().to_owned(),
        session["token"].as_str().unwrap().to_owned(),
        server.text("actionRequestToken"),
        "wrong horse".to_owned(),
    ];
    assert!(secrets.iter().all(|secret| !log.contains(secret)), "{log}");
}

#[tokio::test]
async fn every_page_is_the_application_under_a_strict_policy() {
    let server = Server::start();
    for path in ["/", "/login", "/workspace", "/anything/else"] {
        let request = server.request(Method::GET, path).header(header::ACCEPT, "text/html");
        let page = request.send().await.unwrap();
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'self'; "), "{policy}");
        assert_eq!(page.headers()[header::CACHE_CONTROL], "no-cache");
        let tag = page.headers()[header::ETAG].clone();
        assert!(page.text().await.unwrap().contains("<!doctype html>"));
        let request = server.request(Method::GET, path).header(header::ACCEPT, "text/html");
        let same = request.header(header::IF_NONE_MATCH, tag).send().await.unwrap();
        assert_eq!(same.status(), StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn what_is_not_there_is_an_error_and_no_page() {
    let server = Server::start();
    for path in ["/assets/gone.js", "/robots.txt", "/auth/v1/nothing", "/sim/v1/nothing"] {
        let (status, body) = server.get(path).await;
        assert_eq!((status, &body["code"]), (StatusCode::NOT_FOUND, &json!("notFound")), "{path}");
    }
    let (status, body) = server.get("/api/v1/nothing").await;
    assert_eq!((status, &body["status"]), (StatusCode::NOT_FOUND, &json!("error")));
    let posted = server.request(Method::POST, "/login").send().await.unwrap();
    assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
}
