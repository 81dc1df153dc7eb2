//! What holds for every subscription, whatever its consumers do: nothing is lost, no window is exceeded,
//! what is not acknowledged in time comes again, and a key's messages keep their order.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use stream::subscription::{ConsumerId, Delivery, Sharing, Subscription, Terms};

const KEYS: u64 = 4;
const ACK_TIMEOUT_MS: u64 = 50;
const NACK_DELAY_MS: u64 = 20;

#[derive(Clone, Debug)]
enum Step {
    Publish(u8),
    Attach(Option<u8>, bool),
    Detach(usize),
    Permit(usize, u8),
    Ack(usize),
    Nack(usize),
    Pass(u8),
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1..8_u8).prop_map(Step::Publish),
        1 => (prop::option::of(1..6_u8), any::<bool>())
            .prop_map(|(window, limited)| Step::Attach(window, limited)),
        1 => any::<usize>().prop_map(Step::Detach),
        2 => (any::<usize>(), 1..4_u8).prop_map(|(at, more)| Step::Permit(at, more)),
        4 => any::<usize>().prop_map(Step::Ack),
        1 => any::<usize>().prop_map(Step::Nack),
        3 => (1..40_u8).prop_map(Step::Pass),
        1 => Just(Step::Restart),
    ]
}

fn sharing() -> impl Strategy<Value = Sharing> {
    prop_oneof![
        Just(Sharing::Exclusive),
        Just(Sharing::Failover),
        Just(Sharing::Shared),
        Just(Sharing::KeyShared),
    ]
}

fn terms(window: Option<u8>, limited: bool) -> Terms {
    Terms {
        window: window.map_or(1, u32::from),
        pull: window.is_none(),
        ack_timeout_ms: limited.then_some(ACK_TIMEOUT_MS),
        nack_delay_ms: NACK_DELAY_MS,
        redeliveries_max: None,
        priority: 0,
    }
}

/// A message that somebody has.
#[derive(Clone, Copy, Debug)]
struct Held {
    by: ConsumerId,
    due: Option<u64>,
}

/// A topic, its subscription, and a second opinion on both.
struct World {
    subscription: Subscription,
    sharing: Sharing,
    now: u64,
    published: u64,
    acked: BTreeSet<u64>,
    held: BTreeMap<u64, Held>,
    /// Refused, not before this time again.
    refused: BTreeMap<u64, u64>,
    /// How often each was delivered.
    delivered: BTreeMap<u64, u32>,
    consumers: BTreeMap<ConsumerId, (Terms, u32)>,
    next: u64,
}

impl World {
    fn new(sharing: Sharing) -> Self {
        Self {
            subscription: Subscription::new(sharing, 0),
            sharing,
            now: 0,
            published: 0,
            acked: BTreeSet::new(),
            held: BTreeMap::new(),
            refused: BTreeMap::new(),
            delivered: BTreeMap::new(),
            consumers: BTreeMap::new(),
            next: 0,
        }
    }

    fn pick(&self, n: usize) -> Option<ConsumerId> {
        let count = self.consumers.len();
        (count > 0).then(|| *self.consumers.keys().nth(n % count).unwrap())
    }

    fn pick_held(&self, n: usize) -> Option<u64> {
        let count = self.held.len();
        (count > 0).then(|| *self.held.keys().nth(n % count).unwrap())
    }

    fn attach(&mut self, terms: Terms) {
        self.next += 1;
        let id = ConsumerId(self.next);
        let fits = self.sharing != Sharing::Exclusive || self.consumers.is_empty();
        assert_eq!(self.subscription.attach(id, self.sharing, terms), fits);
        if fits {
            self.consumers.insert(id, (terms, 0));
        }
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::Publish(n) => self.published += u64::from(n),
            Step::Attach(window, limited) => self.attach(terms(window, limited)),
            Step::Detach(n) => {
                if let Some(id) = self.pick(n) {
                    self.subscription.detach(id);
                    self.consumers.remove(&id);
                    self.held.retain(|_, held| held.by != id);
                }
            }
            Step::Permit(n, more) => {
                if let Some(id) = self.pick(n) {
                    self.subscription.permit(id, more.into());
                    self.consumers.get_mut(&id).unwrap().1 += u32::from(more);
                }
            }
            Step::Ack(n) => {
                if let Some(seq) = self.pick_held(n) {
                    self.subscription.ack(seq);
                    self.held.remove(&seq);
                    self.acked.insert(seq);
                }
            }
            Step::Nack(n) => {
                if let Some(seq) = self.pick_held(n) {
                    self.subscription.nack(seq, self.now);
                    self.held.remove(&seq);
                    self.refused.insert(seq, self.now + NACK_DELAY_MS);
                }
            }
            Step::Pass(ms) => self.now += u64::from(ms),
            Step::Restart => {
                let saved = self.subscription.saved();
                self.subscription = Subscription::restore(self.sharing, &saved);
                self.consumers.clear();
                self.held.clear();
                self.refused.clear();
            }
        }
        self.settle();
    }

    /// Lets the subscription do what it can, and judges it.
    fn settle(&mut self) {
        let now = self.now;
        self.held.retain(|_, held| held.due.is_none_or(|due| due > now));
        self.refused.retain(|_, until| *until > now);
        loop {
            let room = self.subscription.room() as u64;
            let read = self.subscription.read();
            for seq in (read + 1..=self.published).take(room as usize) {
                self.subscription.take_in(seq, seq % KEYS);
            }
            let deliveries = self.subscription.deliver(now);
            deliveries.iter().for_each(|delivery| self.judge(delivery));
            if deliveries.is_empty() && self.subscription.read() == read {
                break;
            }
        }
        self.judge_windows();
        let due = self.held.values().filter_map(|held| held.due);
        let next = due.chain(self.refused.values().copied()).min();
        assert_eq!(self.subscription.wakeup(), next);
    }

    fn judge(&mut self, delivery: &Delivery) {
        let Delivery { consumer, seq, redeliveries } = *delivery;
        assert!(!self.acked.contains(&seq), "{seq} was settled");
        assert!(!self.held.contains_key(&seq), "{seq} is at somebody's");
        assert!(!self.refused.contains_key(&seq), "{seq} was put off");
        assert_eq!(self.delivered.get(&seq).copied().unwrap_or_default(), redeliveries);
        let (terms, permits) = self.consumers.get_mut(&consumer).unwrap();
        if terms.pull {
            *permits = permits.checked_sub(1).expect("no more than it pulled for");
        }
        let due = terms.ack_timeout_ms.map(|limit| self.now + limit);
        if self.sharing == Sharing::KeyShared {
            self.judge_order(consumer, seq);
        } else if self.sharing != Sharing::Shared {
            assert_eq!(Some(&consumer), self.consumers.keys().next(), "only the first one has any");
        }
        self.held.insert(seq, Held { by: consumer, due });
        *self.delivered.entry(seq).or_default() += 1;
    }

    /// One consumer at a time has a key's messages, and none overtakes an older one that waits.
    fn judge_order(&self, consumer: ConsumerId, seq: u64) {
        let mut others = self.held.iter().filter(|(other, _)| **other % KEYS == seq % KEYS);
        assert!(others.all(|(_, held)| held.by == consumer), "{seq} goes elsewhere");
        let waits = |older: &u64| !self.acked.contains(older) && !self.held.contains_key(older);
        let mut older = (seq % KEYS..seq).step_by(KEYS as usize).filter(|older| *older > 0);
        assert_eq!(older.find(waits), None, "{seq} overtakes");
    }

    fn judge_windows(&self) {
        for (id, (terms, _)) in &self.consumers {
            let held = self.held.values().filter(|held| held.by == *id).count();
            assert!(terms.pull || held <= terms.window as usize);
        }
    }

    /// The consumers at hand leave. One comes that does its work, where they share also one that does nothing.
    fn finish(&mut self) {
        for id in std::mem::take(&mut self.consumers).into_keys() {
            self.subscription.detach(id);
        }
        self.held.clear();
        let shares = matches!(self.sharing, Sharing::Shared | Sharing::KeyShared);
        if shares {
            self.attach(terms(Some(3), true));
        }
        self.attach(terms(Some(5), true));
        let good = ConsumerId(self.next);
        self.now += NACK_DELAY_MS;
        self.settle();
        for step in 0..20 * (self.published + 100) {
            // More comes meanwhile, so that not everything is due at the same time.
            if step < 60 {
                self.published += 1;
                self.now += 3;
            } else if self.acked.len() as u64 == self.published {
                break;
            }
            // One by one while more comes, then all at once.
            let at_once = if step < 60 { 1 } else { usize::MAX };
            let done = self.held.iter().filter(|(_, held)| held.by == good).map(|(seq, _)| *seq);
            let done: Vec<u64> = done.take(at_once).collect();
            if done.is_empty() {
                self.now += 3;
            }
            for seq in done {
                self.subscription.ack(seq);
                self.held.remove(&seq);
                self.acked.insert(seq);
            }
            self.settle();
        }
        let all: BTreeSet<u64> = (1..=self.published).collect();
        assert_eq!(self.acked, all, "nothing is lost, and nothing waits for ever");
        assert!(self.subscription.saved().unsettled.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_consumers_do(sharing in sharing(), steps in prop::collection::vec(step(), 1..120)) {
        let mut world = World::new(sharing);
        for step in &steps {
            world.step(step);
        }
        world.finish();
    }
}

fn fixed(window: u32) -> Terms {
    Terms { window, ..terms(Some(1), false) }
}

fn seqs(deliveries: &[Delivery]) -> Vec<(u64, u64)> {
    deliveries.iter().map(|delivery| (delivery.consumer.0, delivery.seq)).collect()
}

#[test]
fn a_message_that_comes_again_too_often_is_given_up() {
    let mut subscription = Subscription::new(Sharing::Shared, 0);
    let terms = Terms { redeliveries_max: Some(1), nack_delay_ms: 10, ..fixed(10) };
    assert!(subscription.attach(ConsumerId(1), Sharing::Shared, terms));
    subscription.take_in(1, 0);
    assert_eq!(seqs(&subscription.deliver(0)), [(1, 1)]);
    subscription.nack(1, 0);
    assert_eq!(subscription.deliver(9), []);
    let again = subscription.deliver(10);
    assert_eq!((again[0].seq, again[0].redeliveries), (1, 1));
    subscription.nack(1, 10);
    let dead: Vec<_> = subscription.take_dead().iter().map(|dead| dead.seq).collect();
    assert_eq!(dead, [1]);
    assert!(subscription.saved().unsettled.is_empty() && subscription.wakeup().is_none());
}

#[test]
fn shared_goes_round_and_prefers_the_preferred() {
    let mut subscription = Subscription::new(Sharing::Shared, 0);
    for id in 1..=3 {
        assert!(subscription.attach(ConsumerId(id), Sharing::Shared, fixed(2)));
    }
    let last = Terms { priority: 1, ..fixed(2) };
    assert!(subscription.attach(ConsumerId(4), Sharing::Shared, last));
    (1..=9).for_each(|seq| subscription.take_in(seq, seq));
    let expected = [(1, 1), (2, 2), (3, 3), (1, 4), (2, 5), (3, 6), (4, 7), (4, 8)];
    assert_eq!(seqs(&subscription.deliver(0)), expected);
}

#[test]
fn who_never_acknowledges_does_not_keep_a_key() {
    let mut subscription = Subscription::new(Sharing::KeyShared, 0);
    let terms = Terms { ack_timeout_ms: Some(10), ..fixed(10) };
    for id in 1..=2 {
        assert!(subscription.attach(ConsumerId(id), Sharing::KeyShared, terms));
    }
    subscription.take_in(1, 7);
    let first = subscription.deliver(0)[0].consumer;
    let second = subscription.deliver(10)[0].consumer;
    assert_ne!(first, second);
}

#[test]
fn consumers_that_share_differently_do_not_mix() {
    let mut subscription = Subscription::new(Sharing::Shared, 0);
    assert!(subscription.attach(ConsumerId(1), Sharing::Failover, fixed(1)));
    assert!(!subscription.attach(ConsumerId(2), Sharing::Shared, fixed(1)));
    assert!(subscription.attach(ConsumerId(3), Sharing::Failover, fixed(1)));
    subscription.detach(ConsumerId(1));
    subscription.detach(ConsumerId(3));
    assert!(subscription.is_idle());
    assert!(subscription.attach(ConsumerId(4), Sharing::Exclusive, fixed(1)));
}

#[test]
fn what_is_taken_in_is_bounded_by_who_takes_it() {
    let mut subscription = Subscription::new(Sharing::Shared, 0);
    assert_eq!(subscription.room(), 0);
    assert!(subscription.attach(ConsumerId(1), Sharing::Shared, fixed(3)));
    assert_eq!(subscription.room(), 3);
    (1..=3).for_each(|seq| subscription.take_in(seq, 0));
    assert_eq!(subscription.room(), 0);
    assert_eq!(subscription.deliver(0).len(), 3);
    assert_eq!(subscription.room(), 0);
    subscription.ack(2);
    assert_eq!(subscription.room(), 1);
}
