//! Parameters: bounds, references, conditions of a queue, questions.

use std::sync::Arc;

use kernel::flow::lint;
use model::{
    QueueId, ScheduleId, ScriptId, SkillId,
    flow::{
        ApiField, ApiHeader, CollectDigits, Flow, GetFromApi, Menu, NodeKind, QueueCondition,
        QueueTest, Record, TestQueue, Voicemail,
    },
};

use super::{alone, collect, end, error, error_with_fix, findings, menu, references, warning};
use crate::flow::{
    fix::mend,
    world::{flow, node},
};

#[test]
fn conditions_of_a_queue_that_are_never_reached() {
    let of = |tests: &[QueueTest]| {
        let condition = |(i, when): (usize, &QueueTest)| QueueCondition {
            when: *when,
            exit: format!("e{i}").into(),
        };
        let conditions = tests.iter().enumerate().map(condition).collect();
        alone(NodeKind::TestQueue(TestQueue { queue: QueueId(101), conditions }))
    };
    let second = "kind.testQueue.conditions[1]";
    let more = QueueTest::MoreWaitingThan;
    let over = QueueTest::LongestWaitOver;
    assert_eq!(findings(&of(&[more(9), more(5)])), []);
    error_with_fix(&of(&[more(5), more(9)]), second, "condition 1 above");
    error_with_fix(&of(&[over(9), over(90)]), second, "never reached");
    let (free, logged_in) = (QueueTest::NoAgentAvailable, QueueTest::NoAgentLoggedIn);
    error_with_fix(&of(&[free, logged_in]), second, "never reached");
    assert_eq!(findings(&of(&[logged_in, free])), []);
    error_with_fix(&of(&[more(0), over(5)]), second, "never reached");
    assert_eq!(findings(&of(&[more(1), over(5), free])), []);
    let expected = QueueTest::ExpectedWaitOver;
    error_with_fix(&of(&[expected(9), expected(90)]), second, "never reached");
    assert_eq!(findings(&of(&[more(0), expected(5)])), []);
    error(&of(&[]), "kind.testQueue.conditions", "0 entries");
    // Equal conditions: the later goes, and with it the exit it alone had.
    let twice = of(&[more(5), more(5)]);
    let found = findings(&twice);
    assert_eq!(&*found[0].field, second);
    let mended = mend(&twice, found[0].fix.as_ref().unwrap());
    error_with_fix(&mended, "exits.e1", "no exit");
}

#[test]
fn questions() {
    let of = |menu| alone(NodeKind::Menu(menu));
    error(&of(Menu { keys: "".into(), ..menu() }), "kind.menu.keys", "needs a key");
    let doubled = flow_with_all_exits(Menu { keys: "121".into(), ..menu() });
    error_with_fix(&doubled, "kind.menu.keys", "each once");
    error_with_fix(&of(Menu { tries: 0, ..menu() }), "kind.menu.tries", "from 1 to 9");
    error_with_fix(&of(Menu { tries: 10, ..menu() }), "kind.menu.tries", "from 1 to 9");
    error_with_fix(&of(Menu { timeout_ms: 0, ..menu() }), "kind.menu.timeoutMs", "is 0");
    warning(&of(Menu { again: Some("".into()), ..menu() }), "kind.menu.again", "nothing is said");
    let of = |collect| alone(NodeKind::CollectDigits(collect));
    let path = |field: &str| format!("kind.collectDigits.{field}");
    error_with_fix(&of(CollectDigits { min: 10, ..collect() }), &path("min"), "at most 9");
    error_with_fix(&of(CollectDigits { max: 33, ..collect() }), &path("max"), "from 1 to 32");
    error_with_fix(&of(CollectDigits { tries: 0, ..collect() }), &path("tries"), "is 0");
    error(&of(CollectDigits { variable: "n".into(), ..collect() }), &path("variable"), "`_`");
}

#[test]
fn questions_to_other_systems() {
    let get = || GetFromApi {
        url: "https://crm.example.com/{_id}".into(),
        headers: vec![],
        timeout_ms: 5_000,
        answers: vec![ApiField { field: "a.0.b".into(), variable: "_b".into() }],
    };
    let of = |get| alone(NodeKind::GetFromApi(get));
    let path = |field: &str| format!("kind.getFromApi.{field}");
    assert_eq!(findings(&of(get())), []);
    for url in ["crm", "ftp://x/", "https:///x", "https://{_host}/", "https://me@example.com/"] {
        error(&of(GetFromApi { url: url.into(), ..get() }), &path("url"), "fixed host");
    }
    error_with_fix(&of(GetFromApi { url: "https://x/{a".into(), ..get() }), &path("url"), "brace");
    error_with_fix(&of(GetFromApi { timeout_ms: 30_001, ..get() }), &path("timeoutMs"), "30001");
    let header = |name: &str| vec![ApiHeader { name: name.into(), value: "x".into() }];
    assert_eq!(findings(&of(GetFromApi { headers: header("X-Key"), ..get() })), []);
    for (name, why) in [("", "letters"), ("a b", "letters"), ("Host", "by the server")] {
        let wrong = of(GetFromApi { headers: header(name), ..get() });
        error(&wrong, &path("headers[0].name"), why);
    }
    error(&of(GetFromApi { answers: vec![], ..get() }), &path("answers"), "0 entries");
    let wrong = vec![ApiField { field: "a..b".into(), variable: "_b".into() }];
    error(&of(GetFromApi { answers: wrong, ..get() }), &path("answers[0].field"), "dots");
    let wrong = vec![ApiField { field: "a".into(), variable: "b".into() }];
    error(&of(GetFromApi { answers: wrong, ..get() }), &path("answers[0].variable"), "`_`");
}

#[test]
fn a_private_value_is_never_in_an_address() {
    let secret = CollectDigits { variable: "_pin".into(), privacy: true, ..collect() };
    let get = GetFromApi {
        url: "https://crm.example.com/{_pin}".into(),
        headers: vec![ApiHeader { name: "X-Pin".into(), value: "{_pin}".into() }],
        timeout_ms: 1,
        answers: vec![ApiField { field: "a".into(), variable: "_b".into() }],
    };
    let exits = [("next", "b"), ("noInput", "b"), ("noMatch", "b")];
    let leaky = flow([
        ("a", node(NodeKind::CollectDigits(secret), &exits)),
        ("b", node(NodeKind::GetFromApi(get), &[("ok", "c"), ("timeout", "c")])),
        ("c", end()),
    ]);
    error(&leaky, "kind.getFromApi.url", "use a header");
}

#[test]
fn recordings() {
    let record = || Record { text: "Name?".into(), max_ms: 9_000, variable: "_length".into() };
    let of = |record| alone(NodeKind::Record(record));
    assert_eq!(findings(&of(record())), []);
    error_with_fix(&of(Record { max_ms: 0, ..record() }), "kind.record.maxMs", "is 0");
    error(&of(Record { variable: "l".into(), ..record() }), "kind.record.variable", "`_`");
    let mail = || Voicemail { text: "Speak.".into(), max_ms: 9_000, queue: QueueId(101) };
    let of = |mail| alone(NodeKind::Voicemail(mail));
    assert_eq!(findings(&of(mail())), []);
    error_with_fix(&of(Voicemail { max_ms: 0, ..mail() }), "kind.voicemail.maxMs", "is 0");
    error(&of(Voicemail { queue: QueueId(9), ..mail() }), "kind.voicemail.queue", "no queue 9");
}

/// Keys `1` and `2` wired whatever `keys` says.
fn flow_with_all_exits(menu: Menu) -> Flow {
    let exits = [("1", "end"), ("2", "end"), ("noInput", "end"), ("noMatch", "end")];
    flow([("n", node(NodeKind::Menu(menu), &exits)), ("end", end())])
}

#[test]
fn references_and_bounds() {
    let schedule = NodeKind::Schedule { schedule: ScheduleId(9) };
    error(&alone(schedule), "kind.schedule.schedule", "no schedule 9");
    let test = TestQueue {
        queue: QueueId(9),
        conditions: vec![QueueCondition { when: QueueTest::NoAgentAvailable, exit: "x".into() }],
    };
    error(&alone(NodeKind::TestQueue(test)), "kind.testQueue.queue", "no queue 9");
    let skill = SkillId(9);
    error(&alone(NodeKind::DropSkill { skill }), "kind.dropSkill.skill", "no skill 9");
    let require = NodeKind::RequireSkill { skill, level: 1 };
    error(&alone(require), "kind.requireSkill.skill", "no skill 9");
    let require = NodeKind::RequireSkill { skill: SkillId(1), level: 11 };
    error_with_fix(&alone(require), "kind.requireSkill.level", "from 0 to 10");
    let priority = NodeKind::SetPriority { priority: 101 };
    error_with_fix(&alone(priority), "kind.setPriority.priority", "from 0 to 100");
    error_with_fix(&alone(NodeKind::Wait { ms: 0 }), "kind.wait.ms", "is 0");
    let script = flow([("n", node(NodeKind::ToScript { script: ScriptId(9) }, &[]))]);
    error(&script, "kind.toScript.script", "no script 9");
}

#[test]
fn a_schedule_in_an_unknown_time_zone() {
    let mut references = references();
    let mut schedule = (*references.schedules[&ScheduleId(1)]).clone();
    schedule.time_zone = "Mars/Olympus".into();
    references.schedules.insert(ScheduleId(1), Arc::new(schedule));
    let kind = NodeKind::Schedule { schedule: ScheduleId(1) };
    let found = lint(&alone(kind), &references);
    assert!(matches!(found.as_slice(), [one] if one.message.contains("Mars/Olympus")), "{found:?}");
}
