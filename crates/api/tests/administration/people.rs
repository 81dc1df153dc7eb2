//! People: passwords, sessions, and that somebody is left who can configure.

use serde_json::json;

use super::{delete, location, put, user};
use crate::util::World;

#[tokio::test]
async fn a_person_logs_in_with_the_password_and_is_out_when_it_changes() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let made = world.post("/admin/v1/users").bearer(&ada).json(&user()).send().await;
    let (item, path) = (made.ok(201), location(&made));
    assert!(item.get("password").is_none() && !made.text.contains("argon2"), "{item}");
    assert_eq!(item["email"], "eve@acmecorp01.example");
    let login = async |password: &str| {
        let body = json!({"email": "eve@acmecorp01.example", "password": password});
        world.post("/auth/v1/login").json(&body).send().await
    };
    let session = login("correct horse").await.ok(200);
    let token = format!("Bearer {}", session["token"].as_str().unwrap());
    let session = || world.get("/auth/v1/session").header("authorization", token.clone()).send();
    // Without a password the old one stays.
    let mut renamed = item.clone();
    renamed["name"] = json!("Evelyn");
    put(&world, &ada, &path, "\"1\"").json(&renamed).send().await.ok(200);
    session().await.ok(200);
    renamed["password"] = json!("another one");
    put(&world, &ada, &path, "\"2\"").json(&renamed).send().await.ok(200);
    session().await.is(401, "unauthenticated");
    login("correct horse").await.is(401, "loginFailed");
    login("another one").await.ok(200);
}

#[tokio::test]
async fn passwords_are_asked_for_and_long() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let mut body = user();
    for (password, message) in
        [(json!(null), "Is missing."), (json!("123456789"), "Must have at least 10 characters.")]
    {
        body["password"] = password;
        let refused = world.post("/admin/v1/users").bearer(&ada).json(&body).send().await;
        let refused = refused.is(400, "invalid");
        assert_eq!((&refused["field"], &refused["message"]), (&json!("password"), &json!(message)));
    }
    let mut taken = user();
    taken["email"] = json!("ANA@acmecorp01.example");
    let refused = world.post("/admin/v1/users").bearer(&ada).json(&taken).send().await;
    assert_eq!(refused.is(400, "invalid")["field"], "email");
}

#[tokio::test]
async fn nobody_takes_the_right_to_configure_from_oneself() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let path = "/admin/v1/users/5";
    delete(&world, &ada, path, "\"1\"").send().await.is(409, "ownAccess");
    let mut own = world.get(path).bearer(&ada).send().await.ok(200);
    own["role"] = json!("supervisor");
    put(&world, &ada, path, "\"1\"").json(&own).send().await.is(409, "ownAccess");
    let mut sam = world.get("/admin/v1/users/4").bearer(&ada).send().await.ok(200);
    sam["role"] = json!("administrator");
    put(&world, &ada, "/admin/v1/users/4", "\"1\"").json(&sam).send().await.ok(200);
    let sam = world.login("sam").await;
    delete(&world, &sam, path, "\"1\"").send().await.ok(204);
    world.get(path).bearer(&ada).send().await.is(401, "unauthenticated");
}
