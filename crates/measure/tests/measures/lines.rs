//! Calls that agents make, ask about, hand on and share.

use measure::{Doing, Interval, WorkCounts};
use model::{
    Event, InteractionId,
    interaction::{DialEnd, Direction, EndCause, Target},
    status::Status,
};

use crate::log::{Log, SALES, SECOND, SUPPORT, agent};

const CALL: InteractionId = InteractionId(1);
const LINE: InteractionId = InteractionId(2);

/// Ann talks with a customer from sales; ben is free.
fn a_talk() -> Log {
    let mut log = Log::new();
    log.status("ann", Status::Available);
    log.status("ben", Status::Available);
    log.enter(1, SALES);
    log.offer(1, "ann");
    log.accept(1, "ann");
    log.pass(10 * SECOND);
    log
}

/// Ann asks ben on a second line; they have talked for 4 s.
fn a_consultation() -> Log {
    let mut log = a_talk();
    log.hold(1, "ann", true);
    log.create(2, |line| {
        (line.agent, line.line_of, line.direction) =
            (Some(agent("ann")), Some(CALL), Direction::Out);
    });
    log.offer(2, "ben");
    log.pass(3 * SECOND);
    log.accept(2, "ben");
    log.pass(4 * SECOND);
    log
}

/// The second line is over, and what is left of it.
fn merge(log: &mut Log) {
    log.add(Event::InteractionEnded { interaction: LINE, cause: EndCause::Merged });
    for name in ["ann", "ben"] {
        log.add(Event::AgentReleased { interaction: LINE, agent: agent(name) });
    }
    log.add(Event::InteractionDeleted { interaction: LINE, agent: None });
}

fn counts(log: &Log, name: &str) -> WorkCounts {
    let of_sales = log.read().agent_counts(agent(name), Some(SALES), Interval::Day);
    let mut all = log.read().agent_counts(agent(name), None, Interval::Day);
    // What concerns no queue is counted among all only.
    let inside = (all.internal_initiated, all.internal_received, all.internal_ms);
    (all.internal_initiated, all.internal_received, all.internal_ms) = (0, 0, 0);
    assert_eq!(of_sales, all);
    (all.internal_initiated, all.internal_received, all.internal_ms) = inside;
    all
}

#[test]
fn a_consultation_is_no_customers_call() {
    let mut log = a_consultation();
    assert_eq!(log.read().agent(agent("ann")).unwrap().doing, Doing::Handling);
    merge(&mut log);
    let (ann, ben) = (counts(&log, "ann"), counts(&log, "ben"));
    assert_eq!((ann.consultations, ann.internal_initiated, ann.internal_ms), (1, 1, 4 * SECOND));
    assert_eq!((ben.internal_received, ben.internal_ms), (1, 4 * SECOND));
    assert_eq!((ben.offered, ben.accepted, ben.handled, ann.handled), (0, 0, 0, 0));
    let busy = log.read().agent_times(agent("ben"), Interval::Day);
    assert_eq!((busy.of(Doing::Offering), busy.of(Doing::Handling)), (3 * SECOND, 4 * SECOND));
}

#[test]
fn a_customer_is_handed_to_whoever_was_asked() {
    let mut log = a_consultation();
    let (ann, ben) = (agent("ann"), agent("ben"));
    log.add(Event::TransferRequested {
        interaction: CALL,
        agent: ann,
        to: Target::Agent(ben),
        successor: None,
    });
    log.hold(1, "ann", false);
    log.add(Event::AgentJoined { interaction: CALL, agent: ben, line: LINE });
    log.add(Event::AgentLeft { interaction: CALL, agent: ann });
    log.add(Event::WrapUpStarted { interaction: CALL, agent: ann, deadline: log.now });
    merge(&mut log);
    log.pass(5 * SECOND);
    log.end(1, "ben");
    let (ann, ben) = (counts(&log, "ann"), counts(&log, "ben"));
    assert_eq!((ann.transfers_initiated, ann.warm_transfers, ann.blind_transfers), (1, 1, 0));
    assert_eq!((ann.handled, ann.handling_ms, ann.hold_ms), (1, 17 * SECOND, 7 * SECOND));
    assert_eq!((ben.transfers_received, ben.handled, ben.handling_ms), (1, 1, 5 * SECOND));
    assert_eq!((ann.conferences, ben.conferences, ben.accepted), (0, 0, 0));
    let sales = log.read().queue_counts(SALES, Interval::Day);
    assert_eq!((sales.accepted, sales.handled), (1, 2), "one answer, two conversations");
    assert_eq!(log.read().queue_live(SALES).wrap_up, 1);
}

#[test]
fn a_customer_is_handed_on_without_asking() {
    let mut log = a_talk();
    let ann = agent("ann");
    log.add(Event::TransferRequested {
        interaction: CALL,
        agent: ann,
        to: Target::Queue(SUPPORT),
        successor: Some("int-3".into()),
    });
    log.add(Event::InteractionEnded { interaction: CALL, cause: EndCause::Transferred });
    log.add(Event::WrapUpStarted { interaction: CALL, agent: ann, deadline: log.now });
    log.create(3, |next| next.original = Some("int-1".into()));
    log.queue(3, SUPPORT);
    log.pass(2 * SECOND);
    log.offer(3, "ben");
    log.accept(3, "ben");
    let ann = log.read().agent_counts(ann, Some(SALES), Interval::Day);
    assert_eq!((ann.transfers_initiated, ann.blind_transfers, ann.warm_transfers), (1, 1, 0));
    let ben = log.read().agent_counts(agent("ben"), Some(SUPPORT), Interval::Day);
    assert_eq!((ben.transfers_received, ben.accepted), (1, 1));
    let support = log.read().queue_counts(SUPPORT, Interval::Day);
    assert_eq!((support.came, support.accepted_wait_ms), (1, 2 * SECOND), "each leg counts once");
}

#[test]
fn a_conference_counts_for_all_who_take_part() {
    let mut log = a_consultation();
    let (ann, ben) = (agent("ann"), agent("ben"));
    log.add(Event::LinesJoined { interaction: CALL, line: LINE, agent: ann });
    log.hold(1, "ann", false);
    log.add(Event::AgentJoined { interaction: CALL, agent: ben, line: LINE });
    merge(&mut log);
    assert_eq!(log.read().queue_live(SALES).handling, 1, "one conversation");
    log.pass(6 * SECOND);
    log.add(Event::AgentLeft { interaction: CALL, agent: ann });
    log.pass(2 * SECOND);
    log.end(1, "ben");
    let (ann, ben) = (counts(&log, "ann"), counts(&log, "ben"));
    assert_eq!((ann.conferences, ann.conference_ms), (1, 6 * SECOND));
    assert_eq!((ben.conferences, ben.conference_ms), (1, 8 * SECOND));
    assert_eq!((ann.transfers_initiated, ben.transfers_received), (0, 0));
    assert_eq!((ann.consultations, ben.handled), (1, 1));
}

#[test]
fn a_number_that_an_agent_rings() {
    let mut log = Log::new();
    log.status("ann", Status::Available);
    let dial = |log: &mut Log, id: u64| {
        log.create(id, |call| {
            (call.agent, call.direction) = (Some(agent("ann")), Direction::Out);
        });
        log.pass(3 * SECOND);
    };
    dial(&mut log, 1);
    log.add(Event::PartyAnswered { interaction: CALL });
    log.pass(20 * SECOND);
    log.add(Event::InteractionEnded { interaction: CALL, cause: EndCause::Customer });
    log.add(Event::InteractionDeleted { interaction: CALL, agent: Some(agent("ann")) });
    dial(&mut log, 2);
    log.add(Event::DialEnded { interaction: LINE, end: DialEnd::NoAnswer });
    log.add(Event::InteractionEnded { interaction: LINE, cause: EndCause::Unanswered });
    log.add(Event::InteractionDeleted { interaction: LINE, agent: Some(agent("ann")) });
    let ann = log.read().agent_counts(agent("ann"), None, Interval::Day);
    assert_eq!((ann.direct_outbounds, ann.direct_outbound_ms), (2, 20 * SECOND));
    assert_eq!((ann.handled, ann.handling_ms, ann.accepted), (1, 20 * SECOND, 0));
    let times = log.read().agent_times(agent("ann"), Interval::Day);
    assert_eq!(times.of(Doing::Handling), 26 * SECOND, "ringing takes the agent too");
    assert_eq!(log.read().agent(agent("ann")).unwrap().doing, Doing::Available);
}
