//! Bounds, and what is said beyond them.

use axum::http::Method;
use serde_json::{Value, json};

use super::path;
use crate::util::{TENANT, World};

#[tokio::test]
async fn bounds_at_below_and_above() {
    let world = World::new().await;
    let call = world.call().await;
    let of = |n: usize| "é".repeat(n);
    let name = |n: usize| format!("_{}", "a".repeat(n - 1));
    for (variable, fits) in [
        (json!({"name": name(2), "value": ""}), true),
        (json!({"name": name(24), "value": ""}), true),
        (json!({"name": name(25), "value": ""}), true),
        (json!({"name": name(26), "value": ""}), false),
        (json!({"name": "_", "value": ""}), false),
        (json!({"name": "_é", "value": ""}), false),
        (json!({"name": "_a", "value": of(999)}), true),
        (json!({"name": "_a", "value": of(1000)}), true),
        (json!({"name": "_a", "value": of(1001)}), false),
        (json!({"name": "_a", "value": "", "displayName": of(29)}), true),
        (json!({"name": "_a", "value": "", "displayName": of(30)}), true),
        (json!({"name": "_a", "value": "", "displayName": of(31)}), false),
    ] {
        let answer = world.set(&call, json!([variable])).await;
        assert_eq!(answer.status, if fits { 200 } else { 400 }, "{variable}");
    }
    for count in [49, 50, 51] {
        let many: Vec<_> =
            (0..count).map(|n| json!({"name": format!("_v{n}"), "value": ""})).collect();
        let answer = world.set(&call, json!(many)).await;
        match count {
            51 => answer.refused(400, "Too many variables: maximum is 50"),
            _ => assert_eq!(answer.ok(200)["variablesSet"], count),
        }
    }
    // The bound holds for the sum of all parts too.
    let part: Vec<_> = (0..26).map(|n| json!({"name": format!("_w{n}"), "value": ""})).collect();
    let ask = world.post(&path(&call.guid)).basic(TENANT, &world.action_token);
    let body = json!({"data": [{"variables": part}, {"variables": part}]});
    ask.json(&body).send().await.refused(400, "Too many variables: maximum is 50");
}

#[tokio::test]
async fn messages_name_the_field_and_the_variable() {
    let world = World::new().await;
    let call = world.call().await;
    let good = json!({"name": "_x", "value": "1"});
    let name_message = "Invalid variable name: must start with underscore";
    let cases = [
        (json!([{"name": "bad", "value": "1"}]), name_message.to_owned()),
        (
            json!([good, {"name": "bad", "value": "1"}]),
            format!("{name_message} (variables[1] \"bad\")"),
        ),
        (
            json!([good, {"name": "b\"\u{1b}[31m\u{202e}", "value": "1"}]),
            format!("{name_message} (variables[1] \"b\\\"\\u{{1b}}[31m\\u{{202e}}\")"),
        ),
        (
            json!([good, {"name": "b".repeat(1000), "value": "1"}]),
            format!("{name_message} (variables[1] \"{}…\")", "b".repeat(40)),
        ),
        (json!([good, good]), "Duplicate variable name (variables[1] \"_x\")".to_owned()),
        (
            json!([{"name": "_a", "value": "1", "ivr": "yes"}]),
            "Invalid variable ivr: must be true or false".to_owned(),
        ),
        (
            json!([{"name": "_a", "value": "1", "privacy": 1}]),
            "Invalid variable privacy: must be true or false".to_owned(),
        ),
        (
            json!([{"name": "_a", "value": "1", "display": null}]),
            "Invalid variable display: must be true or false".to_owned(),
        ),
        (
            json!([{"name": "_a", "value": null}]),
            "Invalid variable value: must be a string, not null".to_owned(),
        ),
        (json!([{"value": "1"}]), "Invalid variable name: missing".to_owned()),
        (json!([1]), "Invalid variable: must be an object, not a number".to_owned()),
        (json!({}), "Invalid body: variables must be an array, not an object".to_owned()),
    ];
    for (variables, message) in cases {
        world.set(&call, variables).await.refused(400, &message);
    }
    let ask = world.post(&path(&call.guid)).basic(TENANT, &world.action_token);
    let body = json!({"data": [{"variables": []}, {"variables": [good, {"name": "_y"}]}]});
    let message = "Invalid variable value: missing (data[1].variables[1] \"_y\")";
    ask.json(&body).send().await.refused(400, message);
    assert_eq!(world.data(&call.guid).await.ok(200)["variables"], json!([]));
}

#[tokio::test]
async fn bodies_that_are_no_json() {
    let world = World::new().await;
    let call = world.call().await;
    let position = world.position();
    let nested = format!("{{\"x\":{}{},\"variables\":[]}}", "[".repeat(5000), "]".repeat(5000));
    for (body, message) in [
        (Vec::new(), "Invalid JSON body: the body is empty"),
        (b"{\"variables\":[".to_vec(), "Invalid JSON body: line 1, column 14"),
        (b"\xef\xbb\xbf{\"variables\":[]}".to_vec(), "Invalid JSON body: line 1, column 1"),
        (b"{\"variables\":[\"\xff\"]}".to_vec(), "Invalid JSON body: the body is not UTF-8"),
        (b"[]".to_vec(), "Invalid JSON body: must be an object"),
        (nested.into_bytes(), "Invalid JSON body: nested more than 16 levels deep"),
        (
            b"{\"variables\":[],\"variables\":[]}".to_vec(),
            "Invalid JSON body: an object has the same key twice",
        ),
        (
            b"{\"variables\":[{\"name\":\"_a\",\"value\":\"1\",\"value\":\"2\"}]}".to_vec(),
            "Invalid JSON body: an object has the same key twice",
        ),
    ] {
        let ask = world.post(&path(&call.guid)).basic(TENANT, &world.action_token);
        ask.body(body).send().await.refused(400, message);
    }
    assert_eq!(world.position(), position, "a refused request leaves no trace");
}

#[tokio::test]
async fn errors_of_transport_and_form() {
    let world = World::new().await;
    let call = world.call().await;
    let ask = |method| world.ask(method, &path(&call.guid)).basic(TENANT, &world.action_token);
    let wrong_method = ask(Method::DELETE).send().await;
    wrong_method.refused(405, "Method not allowed");
    let allowed = wrong_method.header("allow").unwrap();
    assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
    let typed = ask(Method::POST).header("content-type", "text/plain").body("{}").send().await;
    typed.refused(415, "Unsupported media type: Content-Type must be application/json");
    let untyped = ask(Method::POST).body("{\"variables\":[]}").send().await;
    untyped.ok(200);
    let limit = 256 * 1024;
    let padded = |n: usize| format!("{{\"variables\":[]}}{}", " ".repeat(n - 16));
    ask(Method::POST).body(padded(limit)).send().await.ok(200);
    let message = "Request body too large: maximum is 262144 bytes";
    ask(Method::POST).body(padded(limit + 1)).send().await.refused(413, message);
    for unknown in ["/api", "/api/", "/api/v1/interaction/data", "/api/v2/x", "/cc/v1/x"] {
        world.get(unknown).send().await.refused(404, "Not found");
    }
}

#[tokio::test]
async fn an_interaction_carries_only_so_many_variables() {
    let world = World::new().await;
    let call = world.call().await;
    let page = |n: usize| {
        let names = (0..50).map(|m| json!({"name": format!("_v{n}_{m}"), "value": ""}));
        Value::Array(names.collect())
    };
    for n in 0..10 {
        world.set(&call, page(n)).await.ok(200);
    }
    let message = "Too many variables: maximum is 500 per interaction";
    world.set(&call, page(10)).await.refused(400, message);
    world.set(&call, page(9)).await.ok(200);
}
