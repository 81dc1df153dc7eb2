//! Supervisors: the wallboard and its socket, what they change, and the story of each interaction.

use serde_json::{Value, json};

use crate::{
    socket::{Served, Socket},
    util::{Answer, Call, Person, World, agent_id},
};

async fn read(world: &World, person: &Person, path: &str) -> Answer {
    world.get(&format!("/supervisor/v1/{path}")).bearer(person).send().await
}

async fn act(world: &World, person: &Person, path: &str, body: Value) -> Answer {
    world.post(&format!("/supervisor/v1/{path}")).bearer(person).json(&body).send().await
}

/// The row of a queue or an agent.
fn row<'v>(rows: &'v Value, name: &str) -> &'v Value {
    rows.as_array().unwrap().iter().find(|row| row["name"] == name).unwrap()
}

/// A call that has chosen in the menu.
async fn queued(world: &World, key: &str) -> Call {
    let call = world.call().await;
    world.press(&call, key).await;
    call
}

async fn agents_own(world: &World, agent: &Person) -> Value {
    world.state(agent).await["work"].clone()
}

#[tokio::test]
async fn the_wallboard_tells_what_goes_on() {
    let world = World::new().await;
    let sam = world.login("sam").await;
    let empty = read(&world, &sam, "wallboard").await.ok(200);
    let standard = row(&empty["queues"], "Standard");
    assert_eq!(standard["staff"]["loggedOut"], 3);
    assert_eq!(standard["serviceLevel"], json!({"numerator": 0, "denominator": 0}));
    assert_eq!(
        (&standard["targetPercent"], &standard["thresholdMs"]),
        (&json!(80), &json!(20_000))
    );
    assert_eq!(standard["hour"].as_array().unwrap().len(), 12);

    let ana = world.available("ana").await;
    let (first, _second) = (queued(&world, "1").await, queued(&world, "1").await);
    let board = read(&world, &sam, "wallboard").await.ok(200);
    let standard = row(&board["queues"], "Standard");
    assert_eq!((&standard["waiting"], &standard["offered"]), (&json!(1), &json!(1)));
    assert_eq!((&standard["entered"], &standard["staff"]["busy"]), (&json!(2), &json!(1)));
    assert!(standard["longestSince"].is_u64());
    let agent = row(&board["agents"], "Ana Ruiz");
    assert_eq!((&agent["status"], &agent["doing"]), (&json!("available"), &json!("offered")));
    assert_eq!(agent["work"][0]["interactionId"], first.guid.as_str());
    assert_eq!(agent["work"][0]["customer"], "John Doe");
    assert_eq!(agent["skills"], json!([{"skillId": 1, "level": 8}]));

    let offer = json!({"offerId": agents_own(&world, &ana).await[0]["offer"]["id"]});
    world.act(&ana, &first, "accept", offer).await.ok(200);
    let board = read(&world, &sam, "wallboard").await.ok(200);
    let standard = row(&board["queues"], "Standard");
    assert_eq!(standard["serviceLevel"], json!({"numerator": 1, "denominator": 1}));
    assert_eq!(standard["hour"][11]["answeredInTime"], 1);
    assert_eq!(row(&board["agents"], "Ana Ruiz")["work"][0]["place"], "talking");
    let measures = read(&world, &sam, "measures").await.ok(200);
    let known = |key: &str| {
        measures["items"].as_array().unwrap().iter().any(|measure| measure["key"] == key)
    };
    assert!(["waiting", "serviceLevel", "abandonment", "handleTime"].into_iter().all(known));
}

#[tokio::test]
async fn it_is_not_for_agents() {
    let world = World::new().await;
    let ana = world.login("ana").await;
    for path in ["wallboard", "measures", "interactions", "interactions/x/story"] {
        read(&world, &ana, path).await.is(403, "forbidden");
        world.get(&format!("/supervisor/v1/{path}")).send().await.is(401, "unauthenticated");
    }
    let assign = json!({"agentId": agent_id("ana").as_str()});
    act(&world, &ana, "interactions/x/assign", assign).await.is(403, "forbidden");
    let ada = world.login("ada").await;
    read(&world, &ada, "wallboard").await.ok(200);
    read(&world, &ada, "nothing").await.is(404, "notFound");
}

#[tokio::test]
async fn what_waits_is_given_to_an_agent_and_taken_back() {
    let world = World::new().await;
    let (sam, cara) = (world.login("sam").await, world.available("cara").await);
    let call = queued(&world, "2").await;
    let to = |name: &str| json!({"agentId": agent_id(name).as_str()});
    let assign = format!("interactions/{}/assign", call.guid);
    act(&world, &sam, &assign, json!({})).await.is(400, "invalid");
    act(&world, &sam, &assign, json!({"agentId": "x"})).await.is(400, "invalid");
    act(&world, &sam, &assign, to("nobody")).await.is(404, "notFound");
    act(&world, &sam, "interactions/none/assign", to("cara")).await.is(404, "notFound");
    let refused = act(&world, &sam, &assign, to("ben")).await.is(409, "agentNotAvailable");
    assert_eq!(refused["message"], "The agent is logged out, or about to be.");

    // Cara lacks the skill: the supervisor decides, and she is told who did.
    act(&world, &sam, &assign, to("cara")).await.ok(200);
    let work = agents_own(&world, &cara).await;
    assert_eq!(work[0]["place"], "offered");
    let why = work[0]["why"]["text"].as_str().unwrap();
    assert!(why.starts_with("sam gave it to Cara Lind; it had waited"), "{why}");
    let other = queued(&world, "1").await;
    let full = format!("interactions/{}/assign", other.guid);
    act(&world, &sam, &full, to("cara")).await.is(409, "agentAtCapacity");

    let requeue = format!("interactions/{}/requeue", call.guid);
    act(&world, &sam, &requeue, json!({})).await.ok(200);
    let listed = read(&world, &sam, "interactions?state=waiting&queue=102").await.ok(200);
    assert_eq!(listed["items"][0]["interactionId"], call.guid.as_str());
    // What she could take herself rings at her at once.
    let work = agents_own(&world, &cara).await;
    assert_eq!(work[0]["interactionId"], other.guid.as_str());
    let offer = json!({"offerId": work[0]["offer"]["id"]});
    world.act(&cara, &other, "accept", offer).await.ok(200);
    act(&world, &sam, &full, to("cara")).await.is(409, "notWaiting");
    let talking = format!("interactions/{}/requeue", other.guid);
    act(&world, &sam, &talking, json!({})).await.is(409, "connected");
}

#[tokio::test]
async fn what_waits_is_moved_to_another_queue_and_has_waited_all_along() {
    let world = World::new().await;
    let sam = world.login("sam").await;
    let call = queued(&world, "1").await;
    let before = read(&world, &sam, "interactions").await.ok(200);
    let requeue = format!("interactions/{}/requeue", call.guid);
    act(&world, &sam, &requeue, json!({"queueId": 999})).await.is(400, "invalid");
    act(&world, &sam, &requeue, json!({"queueId": 103})).await.ok(200);
    let listed = read(&world, &sam, "interactions").await.ok(200);
    assert_eq!(listed["items"][0]["queue"], json!({"id": 103, "name": "Priority"}));
    assert_eq!(listed["items"][0]["since"], before["items"][0]["since"]);
    let board = read(&world, &sam, "wallboard").await.ok(200);
    let (left, entered) = (row(&board["queues"], "Standard"), row(&board["queues"], "Priority"));
    assert_eq!((&left["waiting"], &left["abandoned"]), (&json!(0), &json!(0)));
    assert_eq!((&entered["waiting"], &entered["entered"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn a_customer_is_taken_out_of_the_script() {
    let world = World::new().await;
    let sam = world.login("sam").await;
    let call = world.call().await;
    let requeue = format!("interactions/{}/requeue", call.guid);
    let refused = act(&world, &sam, &requeue, json!({})).await.is(400, "invalid");
    assert_eq!(refused["field"], "queueId");
    act(&world, &sam, &requeue, json!({"queueId": 999})).await.is(400, "invalid");
    act(&world, &sam, &requeue, json!({"queueId": 103})).await.ok(200);
    let listed = read(&world, &sam, "interactions").await.ok(200);
    assert_eq!(listed["items"][0]["state"], "waiting");
    assert_eq!(listed["items"][0]["queue"], json!({"id": 103, "name": "Priority"}));
}

#[tokio::test]
async fn a_status_is_set_once_for_each_key() {
    let world = World::new().await;
    let (sam, ana) = (world.login("sam").await, world.login("ana").await);
    let path = format!("/supervisor/v1/agents/{}/status", agent_id("ana"));
    let set = |body: Value, key: &'static str| {
        let ask = world.post(&path).bearer(&sam).header("Idempotency-Key", key);
        async move { ask.json(&body).send().await }
    };
    let available = json!({"status": "available"});
    set(available.clone(), "a").await.ok(200);
    set(json!({"status": "onBreak", "reason": "lunch"}), "b").await.ok(200);
    set(available, "a").await.ok(200);
    let state = world.state(&ana).await;
    assert_eq!(
        (&state["agent"]["status"], &state["agent"]["reason"]),
        (&json!("onBreak"), &json!("lunch"))
    );
    set(json!({"status": "onBreak", "reason": "x"}), "c").await.is(400, "invalid");
    set(json!({"status": "gone"}), "d").await.is(400, "invalid");
    act(&world, &sam, "agents/x/status", json!({"status": "available"})).await.is(404, "notFound");
}

#[tokio::test]
async fn skills_are_set_over_the_revision_that_was_seen() {
    let world = World::new().await;
    let (sam, ada) = (world.login("sam").await, world.login("ada").await);
    let path = format!("/supervisor/v1/agents/{}/skills", agent_id("ana"));
    let put = |person: &Person, seen: Option<u64>, body: Value| {
        let ask = world.put(&path).bearer(person).json(&body);
        let seen = seen.map(|revision| format!("\"{revision}\""));
        let ask = if let Some(tag) = &seen { ask.header("If-Match", tag) } else { ask };
        ask.send()
    };
    let board = read(&world, &sam, "wallboard").await.ok(200);
    let seen = row(&board["agents"], "Ana Ruiz")["revision"].as_u64();
    let skills = json!({"skills": [{"skillId": 1, "level": 10}]});
    put(&sam, None, skills.clone()).await.is(428, "preconditionRequired");
    let high = json!({"skills": [{"skillId": 1, "level": 11}]});
    assert_eq!(put(&sam, seen, high).await.is(400, "invalid")["field"], "skills[0].level");
    let twice = json!({"skills": [{"skillId": 1, "level": 1}, {"skillId": 1, "level": 2}]});
    assert_eq!(put(&sam, seen, twice).await.is(400, "invalid")["field"], "skills[1].skillId");
    put(&sam, seen, skills).await.ok(200);
    put(&sam, seen, json!({"skills": []})).await.is(412, "changedMeanwhile");
    let board = read(&world, &sam, "wallboard").await.ok(200);
    let agent = row(&board["agents"], "Ana Ruiz");
    assert_eq!(agent["skills"], json!([{"skillId": 1, "level": 10}]));
    assert_eq!(agent["queueIds"].as_array().unwrap().len(), 3, "all else is as it was");
    let audit = world.get("/admin/v1/audit?limit=1").bearer(&ada).send().await.ok(200);
    assert!(audit["items"][0].to_string().contains("sam"), "{audit}");
    put(&sam, agent["revision"].as_u64(), json!({"skills": []})).await.ok(200);
}

#[tokio::test]
async fn open_interactions_come_in_pages() {
    let world = World::new().await;
    let sam = world.login("sam").await;
    let calls = [queued(&world, "1").await, world.call().await, queued(&world, "1").await];
    let first = read(&world, &sam, "interactions?limit=2").await.ok(200);
    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    assert_eq!(first["items"][1]["script"]["node"], "menu");
    let next = first["next"].as_str().unwrap();
    let second = read(&world, &sam, &format!("interactions?limit=2&after={next}")).await.ok(200);
    assert_eq!(second["items"][0]["interactionId"], calls[2].guid.as_str());
    assert_eq!(second["next"], Value::Null);
    let script = read(&world, &sam, "interactions?state=script").await.ok(200);
    assert_eq!(script["items"][0]["interactionId"], calls[1].guid.as_str());
    for wrong in ["limit=0", "limit=201", "state=x", "queue=x", "after=x"] {
        read(&world, &sam, &format!("interactions?{wrong}")).await.is(400, "invalid");
    }
}

#[tokio::test]
async fn the_story_is_told_to_the_end() {
    let world = World::new().await;
    let (sam, cara) = (world.login("sam").await, world.available("cara").await);
    let call = queued(&world, "2").await;
    world.set(&call, json!([{"name": "_pin", "value": "0815", "privacy": true}])).await.ok(200);
    let assign = format!("interactions/{}/assign", call.guid);
    act(&world, &sam, &assign, json!({"agentId": agent_id("cara").as_str()})).await.ok(200);
    let path = format!("interactions/{}/story", call.guid);
    let open = read(&world, &sam, &path).await.ok(200);
    assert_eq!(open["open"]["state"], "offered");
    let offer = json!({"offerId": agents_own(&world, &cara).await[0]["offer"]["id"]});
    world.act(&cara, &call, "accept", offer).await.ok(200);
    world.post(&format!("/sim/v1/calls/{}/hangup", call.id)).send().await.ok(204);
    let paper = json!({"disposition": 1001, "codes": [2], "note": "again"});
    world.act(&cara, &call, "wrapup", paper).await.ok(200);

    let answer = read(&world, &sam, &path).await;
    assert!(!answer.text.contains("0815"), "a private value is never told");
    let story = answer.ok(200);
    assert_eq!((&story["open"], &story["note"]), (&Value::Null, &json!("again")));
    assert_eq!(story["codes"], json!([{"id": 2, "text": "Refund"}]));
    assert_eq!(story["variables"][0]["value"], Value::Null);
    let nodes: Vec<(&str, &str)> = story["path"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["label"].as_str().unwrap(), step["exit"].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(nodes, [("hello", "next"), ("menu", "2"), ("spanish", "-")]);
    assert_eq!(story["path"][0]["script"], json!({"id": 1, "name": "Main", "version": 1}));
    assert_eq!(story["offers"][0]["outcome"], "accepted");
    assert_eq!(story["offers"][0]["why"]["skills"][0]["level"], 3);
    let texts: Vec<&str> = story["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["text"].as_str().unwrap())
        .collect();
    assert!(texts.contains(&"Given to Cara Lind by sam"), "{texts:?}");
    assert!(texts.contains(&"Accepted by Cara Lind"), "{texts:?}");
    read(&world, &sam, "interactions/none/story").await.is(404, "notFound");
}

async fn changes(socket: &mut Socket, wanted: impl Fn(&Value) -> bool) -> Value {
    loop {
        let frame = socket.frame().await;
        assert_eq!(frame["type"], "changes");
        if wanted(&frame) {
            return frame;
        }
    }
}

#[tokio::test]
async fn the_socket_sends_only_what_changes() {
    let served = Served::new(World::new().await).await;
    let world = &served.world;
    let sam = world.login("sam").await;
    let mut socket = served.open_at(&sam, "/supervisor/v1/events").await;
    let first = socket.frame().await;
    assert_eq!(first["type"], "wallboard");
    assert_eq!(first["wallboard"]["agents"].as_array().unwrap().len(), 3);

    let ana = world.available("ana").await;
    let available = |frame: &Value| frame["agents"][0]["doing"] == "available";
    let frame = changes(&mut socket, available).await;
    assert_eq!(frame["agents"].as_array().unwrap().len(), 1, "the others are as they were");
    let call = queued(world, "1").await;
    let frame = changes(&mut socket, |frame| frame["queues"][0]["offered"] == 1).await;
    // She works in all three queues, and is busy in each of them.
    assert_eq!(frame["queues"].as_array().unwrap().len(), 3);
    assert_eq!(frame["agents"].as_array().unwrap().len(), 1);
    let offer = json!({"offerId": agents_own(world, &ana).await[0]["offer"]["id"]});
    world.act(&ana, &call, "accept", offer).await.ok(200);
    let talking = |frame: &Value| frame["queues"][0]["talking"] == 1;
    let frame = changes(&mut socket, talking).await;
    assert!(frame["position"].as_u64().unwrap() > first["position"].as_u64().unwrap());

    world.post("/auth/v1/logout").bearer(&sam).send().await.ok(204);
    assert_eq!(socket.closed().await, 4401);
}
