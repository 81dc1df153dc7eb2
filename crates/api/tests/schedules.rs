//! Schedules: request in, exact answer out.

use engine::{Clock, ManualClock};
use model::Timestamp;
use serde_json::{Value, json};

use crate::util::{Answer, OTHER, TENANT, World};

const ALL: &str = "/api/provisioning/schedules";

/// Monday, 23 November 2026, 12:00 in New York.
const MONDAY_NOON: Timestamp = Timestamp(1_795_453_200_000);

async fn world() -> (World, ManualClock) {
    let clock = ManualClock::new(MONDAY_NOON);
    (World::with(Clock::Manual(clock.clone()), |_| {}).await, clock)
}

async fn platform(world: &World, path: &str) -> Answer {
    world.get(path).basic(TENANT, &world.data_token).send().await
}

async fn gateway(world: &World, path: &str) -> Answer {
    let ask = world.get(path).header("x-api-key", world.app_key.reveal());
    ask.header("x-8x8-tenant", TENANT).send().await
}

fn office() -> Value {
    let window = |start: &str, end: &str| {
        let properties = json!({"status": 0, "start-time": start, "end-time": end});
        json!({"day": 1, "properties": properties})
    };
    json!({
        "id": 1,
        "name": "Office hours",
        "time-zone": "America/New_York",
        "week-days": {"week-day": [window("09:00", "12:30"), window("13:00", "17:00")]},
        "exceptions": {"exception": [
            {"date": "2026-11-30", "properties": {"status": "Choice #2"}},
        ]},
    })
}

#[tokio::test]
async fn the_list_in_all_its_forms() {
    let (world, _) = world().await;
    let expected = json!({"schedules": {"schedule": [office()]}});
    assert_eq!(platform(&world, &format!("{ALL}.json")).await.ok(200), expected);
    let accepting = world.get(ALL).basic(TENANT, &world.action_token);
    let accepting = accepting.header("accept", "application/json").send().await;
    assert_eq!(accepting.ok(200), expected, "the action token too");
    assert_eq!(gateway(&world, "/cc/v1/schedules").await.ok(200), expected);
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<schedules><schedule><id>1</id>\
        <name>Office hours</name><time-zone>America/New_York</time-zone><week-days>\
        <week-day><day>1</day><properties><status>0</status><start-time>09:00</start-time>\
        <end-time>12:30</end-time></properties></week-day>\
        <week-day><day>1</day><properties><status>0</status><start-time>13:00</start-time>\
        <end-time>17:00</end-time></properties></week-day></week-days>\
        <exceptions><exception><date>2026-11-30</date><properties><status>Choice #2</status>\
        </properties></exception></exceptions></schedule></schedules>";
    for path in [ALL.to_owned(), format!("{ALL}.xml")] {
        let answer = platform(&world, &path).await;
        assert_eq!((answer.status, &*answer.text), (200, xml), "{path}");
        assert_eq!(answer.header("content-type"), Some("text/xml; charset=utf-8"));
    }
    let other = world.get(&format!("{ALL}.json")).basic(OTHER, &world.other_action_token);
    assert_eq!(other.send().await.ok(200), expected, "the other tenant's own");
}

#[tokio::test]
async fn one_by_number_or_name() {
    let (world, _) = world().await;
    for id in ["1.json", "Office%20hours.json"] {
        let one = platform(&world, &format!("{ALL}/{id}")).await;
        assert_eq!(one.ok(200), json!({"schedule": office()}), "{id}");
    }
    let missing = platform(&world, &format!("{ALL}/2.json")).await;
    assert_eq!(
        (missing.status, &*missing.text),
        (404, "<API><Error>404 - Not Found.</Error></API>")
    );
}

#[tokio::test]
async fn open_is_a_number_and_a_choice_is_words() {
    let (world, clock) = world().await;
    let minutes = |n: u64| n * 60_000;
    let path = format!("{ALL}/1/status.json");
    let status = async || {
        let one = platform(&world, &path).await.ok(200);
        let other = gateway(&world, "/cc/v1/schedules/1/status").await.ok(200);
        assert_eq!(one, other);
        one["schedule-status"]["status"].clone()
    };
    assert_eq!(status().await, json!(0));
    let xml = platform(&world, &format!("{ALL}/1/status")).await;
    assert!(xml.text.ends_with("<schedule-status><status>0</status></schedule-status>"));
    clock.advance(minutes(45));
    assert_eq!(status().await, json!(-1), "lunch break");
    clock.advance(minutes(30));
    assert_eq!(status().await, json!(0));
    clock.advance(minutes(7 * 24 * 60));
    assert_eq!(status().await, json!("Choice #2"));
}

#[tokio::test]
async fn who_may_ask() {
    let (world, _) = world().await;
    let answer = world.get(&format!("{ALL}.json")).send().await;
    assert_eq!(
        (answer.status, &*answer.text),
        (401, "<API><Error>401 - Unauthorized.</Error></API>")
    );
    let keyed = async |key: &api::Secret, tenant: &str| {
        let ask = world.get("/cc/v1/schedules").header("x-api-key", key.reveal());
        ask.header("x-8x8-tenant", tenant).send().await
    };
    let unauthorized = json!({"message": "Unauthorized"});
    assert_eq!(world.get("/cc/v1/schedules").send().await.ok(401), unauthorized);
    assert_eq!(keyed(&world.data_token, TENANT).await.ok(401), unauthorized);
    assert_eq!(keyed(&world.app_key, OTHER).await.ok(401), unauthorized);
    assert_eq!(keyed(&world.api_key, TENANT).await.ok(403), json!({"message": "Forbidden"}));
    let missing = gateway(&world, "/cc/v1/schedules/9/status").await;
    assert_eq!(missing.ok(404), json!({"message": "Not Found"}));
    let nothing = platform(&world, "/api/provisioning/x").await;
    assert_eq!(
        (nothing.status, &*nothing.text),
        (404, "<API><Error>404 - Not Found.</Error></API>")
    );
}
