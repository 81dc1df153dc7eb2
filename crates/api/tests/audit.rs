//! The audit log: who did what, in what order, and never a secret.

use serde_json::{Value, json};

use crate::util::{Person, World, agent_id, text};

const AUDIT: &str = "/admin/v1/audit";

async fn audit(world: &World, ada: &Person, query: &str) -> Value {
    world.get(&format!("{AUDIT}{query}")).bearer(ada).send().await.ok(200)
}

fn actions(page: &Value) -> Vec<(String, String)> {
    let items = page["items"].as_array().unwrap().iter();
    items.map(|item| (text(&item["action"]), text(&item["resource"]))).collect()
}

#[tokio::test]
async fn what_administrators_do_is_told_with_what_changed() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let before = audit(&world, &ada, "?limit=1").await["items"][0].clone();
    assert_eq!(before["by"], Value::Null, "the operator set the tenant up");
    let body = json!({"name": "Reports", "products": ["analytics"], "withSecret": true});
    let made = world.post("/admin/v1/api-keys").bearer(&ada).json(&body).send().await.ok(201);
    let id = text(&made["id"]);
    let path = format!("/admin/v1/api-keys/{id}");
    let change = json!({"name": "Schedules", "products": ["analytics"]});
    let save = world.put(&path).bearer(&ada).header("if-match", "\"1\"").json(&change);
    save.send().await.ok(200);
    let renew = world.post("/admin/v1/api-token/data-request-token").bearer(&ada);
    let token = text(&renew.send().await.ok(201)["token"]);
    let revoke = world.ask(axum::http::Method::DELETE, &path).bearer(&ada);
    revoke.header("if-match", "\"2\"").send().await.ok(204);

    let page = world.get(&format!("{AUDIT}?limit=4")).bearer(&ada).send().await;
    for secret in [&made["key"], &made["secret"], &json!(token)] {
        assert!(!page.text.contains(&text(secret)));
    }
    let page = page.ok(200);
    let expected = [
        ("deleted", "apiKey"),
        ("changed", "tokens"),
        ("changed", "apiKey"),
        ("created", "apiKey"),
    ];
    assert_eq!(actions(&page), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    let items = page["items"].as_array().unwrap();
    let sequences: Vec<u64> = items.iter().map(|item| item["sequence"].as_u64().unwrap()).collect();
    let last = before["sequence"].as_u64().unwrap();
    assert_eq!(sequences, [last + 4, last + 3, last + 2, last + 1]);
    for item in items {
        assert_eq!(item["by"]["name"], "ada");
        assert_eq!(item["hash"].as_str().unwrap().len(), 64);
    }
    let name = json!([{"field": "name", "before": "Reports", "after": "Schedules"}]);
    assert_eq!((&items[2]["changes"], &items[2]["id"]), (&name, &json!(id)));
    assert_eq!(items[0]["name"], "Schedules");
    let fields: Vec<_> = items[1]["changes"].as_array().unwrap().iter().collect();
    assert_eq!(*fields[0], json!({"field": "dataRequest", "before": null, "after": null}));

    let of_key = audit(&world, &ada, &format!("?resource=apiKey&id={id}&limit=2")).await;
    assert_eq!(actions(&of_key).len(), 2);
    let next = of_key["next"].as_u64().unwrap();
    let rest = audit(&world, &ada, &format!("?resource=apiKey&id={id}&before={next}")).await;
    assert_eq!((actions(&rest).len(), &rest["next"]), (1, &Value::Null));
    let hers = audit(&world, &ada, "?user=5").await;
    assert_eq!(actions(&hers).len(), 4);
    let at = items[3]["at"].as_u64().unwrap();
    assert!(actions(&audit(&world, &ada, &format!("?from={at}")).await).len() >= 4);
    let earlier = audit(&world, &ada, &format!("?to={at}&user=5")).await;
    assert_eq!(earlier["items"], json!([]));
    let refused = world.get(&format!("{AUDIT}?from=x")).bearer(&ada).send().await;
    assert_eq!(refused.is(400, "invalid")["field"], "from");
    let ana = world.login("ana").await;
    world.get(AUDIT).bearer(&ana).send().await.is(403, "forbidden");
}

#[tokio::test]
async fn links_and_supervisors_are_accounted_for_too() {
    let world = World::new().await;
    let ada = world.login("ada").await;
    let link = json!({"title": "Keys", "items": [{"label": "a", "value": "4711-x"}],
        "expiresInMs": 60_000, "passphrase": "sesame"});
    let made = world.post("/admin/v1/secret-links").bearer(&ada).json(&link).send().await.ok(201);
    let token = text(&made["url"]).split_once('#').unwrap().1.to_owned();
    let open = json!({"token": token, "passphrase": "sesame"});
    world.post("/handover/v1/open").json(&open).send().await.ok(200);
    world.available("ana").await;
    let path = format!("/supervisor/v1/agents/{}/status", agent_id("ana").as_str());
    let status = json!({"status": "onBreak"});
    world.post(&path).bearer(&ada).json(&status).send().await.ok(200);
    let page = world.get(&format!("{AUDIT}?limit=4")).bearer(&ada).send().await;
    assert!(!page.text.contains("4711-x") && !page.text.contains("sesame"));
    let page = page.ok(200);
    let expected = [
        ("statusSet", "agent"),
        ("opened", "secretLink"),
        ("tried", "secretLink"),
        ("created", "secretLink"),
    ];
    assert_eq!(actions(&page), expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(
        (&page["items"][1]["name"], &page["items"][1]["by"]),
        (&json!("Keys"), &Value::Null)
    );
}
