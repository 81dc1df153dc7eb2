//! Nodes on the way to somebody who talks to the customer.

use model::{
    AgentId, QueueId,
    flow::{
        Callback, CollectDigits, NamedAgent, NamedNumber, NodeKind, Preferred, QueueOption,
        ToNumber, ToQueue,
    },
};

use super::{alone, collect, end, error, error_with_fix, findings, say, to_queue, warning};
use crate::flow::world::{flow, node};

#[test]
fn whom_a_node_calls() {
    let stranger = NamedAgent::Agent(AgentId::parse("ag0000000000000000000000").unwrap());
    let agent = |agent| alone(NodeKind::ToAgent { agent });
    error(&agent(stranger), "kind.toAgent.agent.agent", "no agent ag00");
    let to = |number, timeout_ms| alone(NodeKind::ToNumber(ToNumber { number, timeout_ms }));
    let ivr = ToNumber { number: NamedNumber::Number("call me".into()), timeout_ms: 1 };
    error(&alone(NodeKind::ToExternalIvr(ivr)), "kind.toExternalIvr.number.number", "`call me`");
    let back =
        |queue, number| alone(NodeKind::Callback(Callback { queue: QueueId(queue), number }));
    assert_eq!(findings(&back(101, None)), []);
    error(&back(9, None), "kind.callback.queue", "no queue 9");
    let misnamed = Some(NamedNumber::Variable("number".into()));
    error(&back(101, misnamed), "kind.callback.number.variable", "`_`");
    let number = |text: &str| NamedNumber::Number(text.into());
    error(&to(number("call me"), 1), "kind.toNumber.number.number", "`call me`");
    error_with_fix(&to(number("5551234"), 0), "kind.toNumber.timeoutMs", "is 0");
    let misnamed = NamedNumber::Variable("number".into());
    error(&to(misnamed, 1), "kind.toNumber.number.variable", "`_`");
    let secret = CollectDigits { privacy: true, ..collect() };
    let variable = NamedNumber::Variable(secret.variable.clone());
    let to = NodeKind::ToNumber(ToNumber { number: variable, timeout_ms: 1 });
    let exits = [("done", "end"), ("busy", "end"), ("noAnswer", "end"), ("invalid", "end")];
    let asked = [("next", "call"), ("noInput", "end"), ("noMatch", "end")];
    let secretive = flow([
        ("ask", node(NodeKind::CollectDigits(secret), &asked)),
        ("call", node(to, &exits)),
        ("end", end()),
    ]);
    warning(&secretive, "kind.toNumber.number.variable", "never dialled");
}

#[test]
fn how_a_customer_waits() {
    let to = |to| alone(NodeKind::ToQueue(to));
    error(&to(ToQueue { queue: QueueId(9), ..to_queue() }), "kind.toQueue.queue", "no queue 9");
    let timeout = ToQueue { timeout_ms: Some(0), ..to_queue() };
    error_with_fix(&to(timeout), "kind.toQueue.timeoutMs", "is 0");
    let chatter = ToQueue { announce_ms: Some(10), ..to_queue() };
    error_with_fix(&to(chatter), "kind.toQueue.announceMs", "from 5000");
    let preferred =
        |agent| to(ToQueue { preferred: Some(Preferred { agent, hold_ms: 1 }), ..to_queue() });
    let stranger = NamedAgent::Agent(AgentId::parse("ag0000000000000000000000").unwrap());
    error(&preferred(stranger), "kind.toQueue.preferred.agent.agent", "no agent ag00");
    let misnamed = NamedAgent::Variable("agent".into());
    error(&preferred(misnamed), "kind.toQueue.preferred.agent.variable", "`_`");
}

#[test]
fn what_a_customer_who_waits_may_choose() {
    let option = || QueueOption {
        key: "1".into(),
        text: "Press 1 to leave.".into(),
        after_ms: 30_000,
        exit: "leave".into(),
    };
    let of =
        |options: Vec<QueueOption>| alone(NodeKind::ToQueue(ToQueue { options, ..to_queue() }));
    let path = |i: usize, field: &str| format!("kind.toQueue.options[{i}].{field}");
    assert_eq!(findings(&of(vec![option()])), []);
    for key in ["", "12", "x"] {
        let wrong = of(vec![QueueOption { key: key.into(), ..option() }]);
        error(&wrong, &path(0, "key"), "one of 0 to 9");
    }
    error(&of(vec![option(), option()]), &path(1, "key"), "key 1 too");
    warning(&of(vec![QueueOption { text: "".into(), ..option() }]), &path(0, "text"), "nothing");
    let late = QueueOption { after_ms: u64::MAX, ..option() };
    error_with_fix(&of(vec![late]), &path(0, "afterMs"), "must be from 0");
    let taken = QueueOption { exit: "atCapacity".into(), ..option() };
    error(&of(vec![taken]), &path(0, "exit"), "has already");
    error(&of(vec![QueueOption { exit: "".into(), ..option() }]), &path(0, "exit"), "1 to 128");
    let hasty = ToQueue { timeout_ms: Some(30_000), options: vec![option()], ..to_queue() };
    warning(&alone(NodeKind::ToQueue(hasty)), &path(0, "afterMs"), "has left the queue by then");
    let silent = ToQueue { announce_wait: true, ..to_queue() };
    warning(&alone(NodeKind::ToQueue(silent)), "kind.toQueue.announceWait", "never said");
    let again = flow([
        (
            "a",
            node(
                NodeKind::ToQueue(ToQueue { options: vec![option()], ..to_queue() }),
                &[("leave", "b"), ("atCapacity", "end")],
            ),
        ),
        ("b", say("Still busy", &[("next", "a")])),
        ("end", end()),
    ]);
    assert_eq!(findings(&again), []);
}
