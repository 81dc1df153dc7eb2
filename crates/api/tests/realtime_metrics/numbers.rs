//! What a queue and an agent come to, number by number.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{SECOND, Scene, metrics};
use crate::util::agent_id;

#[tokio::test]
async fn a_queue_in_numbers() {
    let scene = Scene::new().await;
    scene.a_morning().await;
    let body = scene.get("queues/101").await.ok(200);
    assert_eq!((&body[0]["id"], &body[0]["name"]), (&json!("101"), &json!("Standard")));
    assert_eq!(body.as_array().unwrap().len(), 1, "one element in an array");
    let all = metrics(&body);
    assert_eq!(all.len(), 101);
    for period in ["int-15m", "int-30m", "today"] {
        let is = |name: &str, value: Value| {
            assert_eq!(all[&format!("{name}.{period}")], value, "{name}")
        };
        is("entered", json!(4));
        is("newInQueue", json!(4));
        is("accepted", json!(1));
        is("acceptedPercentage", json!(0.25));
        is("abandoned", json!(1));
        is("shortAbandoned", json!(1));
        is("totalAbandoned", json!(2));
        is("totalAbandonedPercentage", json!(0.5));
        is("diverted", json!(0));
        is("avgDivertedTime", json!(null));
        is("avgHandlingTime", json!(30_000));
        is("avgProcessingTime", json!(38_000));
        is("avgOfferingTime", json!(12_000));
        is("avgWorkTime", json!(50_000));
        is("avgWrapUpTime", json!(2_000));
        is("interactionsAvgWaitTime", json!(7_333));
        is("interactionsLongestWaitInQueue", json!(12_000));
        is("longestOfferingTimeInQueue", json!(12_000));
        is("acceptedInSlaPercentage", json!(1.0));
        is("slaPercentage", json!(0.5));
    }
    assert_eq!(all["slaPercentage.int-12h"], json!(0.5));
    assert_eq!(all["slaPercentageTarget.today"], json!(80));
    assert_eq!(all["slaTimeThreshold.today"], json!(20_000));
    for (name, value) in [
        ("interactionsWaitInQueue", 1),
        ("interactionsLongestWaitInQueue", 5_000),
        ("interactionsHandling", 0),
        ("enabled", 3),
        ("eligible", 1),
        ("onBreak", 1),
        ("availableIdle", 0),
        ("busy", 0),
    ] {
        assert_eq!(all[&format!("{name}.rt")], value, "{name}");
    }
    // An interval later, only the one who waits is carried over.
    scene.clock.advance(15 * 60 * SECOND);
    let later = metrics(&scene.get("queues/101").await.ok(200));
    assert_eq!(later["entered.int-15m"], 1);
    assert_eq!(later["newInQueue.int-15m"], 0);
    assert_eq!(later["slaPercentage.int-15m"], json!(0.0));
    assert_eq!(later["acceptedInSlaPercentage.int-15m"], json!(null));
    assert_eq!(later["entered.today"], 4);
}

#[tokio::test]
async fn an_agent_in_numbers() {
    let scene = Scene::new().await;
    scene.a_morning().await;
    let ana = agent_id("ana");
    let in_queue = metrics(&scene.get(&format!("queues/101/agents/{ana}")).await.ok(200));
    assert_eq!(in_queue.len(), 140);
    let other = metrics(&scene.get(&format!("queues/102/agents/{ana}")).await.ok(200));
    let all = metrics(&scene.get(&format!("groups/1/agents/{ana}")).await.ok(200));
    assert_eq!(all.len(), 144);
    for (name, value) in [
        ("accepted", json!(1)),
        ("offered", json!(1)),
        ("averageHandlingTime", json!(30_000)),
        ("averageHoldTime", json!(10_000)),
        ("averageOfferingTime", json!(12_000)),
        ("averageWrapUpTime", json!(8_000)),
        ("hold", json!(1)),
        ("onHoldTime", json!(10_000)),
        ("longestHold", json!(10_000)),
        ("rejected", json!(0)),
        ("transfersInitiatedPercentage", json!(0.0)),
    ] {
        assert_eq!(in_queue[&format!("{name}.today.inQueue")], value, "{name}");
        assert_eq!(all[&format!("{name}.today")], value, "{name}");
    }
    assert_eq!(other["accepted.today.inQueue"], 0);
    assert_eq!(other["averageHandlingTime.today.inQueue"], json!(null));
    for both in [&in_queue, &all, &other] {
        assert_eq!(both["busyTime.today"], 50_000);
        assert_eq!(both["loggedInTime.today"], 55_000);
        assert_eq!(both["loggedInTime.rt"], 55_000);
        assert_eq!(both["onBreakTime.int-15m"], 5_000);
        assert_eq!(both["busyTimePercentage.today"], json!(50.0 / 55.0));
        assert_eq!(both["status.rt"], "OnBreak");
        assert_eq!(both["statusCode.rt"], json!(null));
        assert_eq!(both["timeOnStatus.rt"], 5_000);
        assert_eq!(both["lastLogin.rt"], "2026-11-23T17:00:10.000Z");
        assert_eq!(both["lastLogout.rt"], json!(null));
        assert_eq!(both["line1Status.rt"], "Idle");
    }
    let ben = metrics(&scene.get(&format!("groups/1/agents/{}", agent_id("ben"))).await.ok(200));
    assert_eq!(ben["status.rt"], "LoggedOut");
    assert_eq!(ben["loggedInTime.today"], 0);
    assert_eq!(ben["availableTimePercentage.today"], json!(null));
}

#[tokio::test]
async fn an_agent_at_work() {
    let scene = Scene::new().await;
    let ana = scene.world.available("ana").await;
    let call = scene.world.call().await;
    scene.world.press(&call, "1").await;
    let now = async || {
        let list = scene.get(&format!("agents?agent-ids={}", agent_id("ana"))).await.ok(200);
        assert_eq!(
            (&list[0]["groupId"], &list[0]["groupName"]),
            (&json!("1"), &json!("Front line"))
        );
        metrics(&list)
    };
    let ringing = now().await;
    assert_eq!((&ringing["status.rt"], &ringing["alerting.rt"]), (&json!("Offering"), &json!(1)));
    assert_eq!(ringing["line1Status.rt"], "Offered");
    scene.take(&ana, &call).await;
    scene.clock.advance(2 * SECOND);
    let talking = now().await;
    assert_eq!(talking["status.rt"], "Handling");
    assert_eq!(
        (&talking["line1Status.rt"], &talking["line1TimeOnStatus.rt"]),
        (&json!("Busy"), &json!(2_000))
    );
    let channel = json!([{"id": "1", "name": "Main line", "count": 1}]);
    assert_eq!(talking["activeChannels.rt"], channel);
    let queue = json!([{"id": "101", "name": "Standard", "count": 1}]);
    assert_eq!(talking["activeQueues.rt"], queue);
    let direction = json!([{"id": "InboundDir", "name": "InboundDir", "count": 1}]);
    assert_eq!(talking["activeDirections.rt"], direction);
    let groups = scene.get("groups/1").await.ok(200);
    assert_eq!(metrics(&groups)["handling.rt"], 1);
    assert_eq!(metrics(&groups).len(), 7);
    let queue = metrics(&scene.get("queues/102?metrics=busyOther.rt,eligibl.rt").await.ok(200));
    assert_eq!(
        queue,
        BTreeMap::from([("busyOther.rt".into(), json!(1)), ("eligibl.rt".into(), json!(1))])
    );
}
