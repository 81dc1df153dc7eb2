//! One subscription: which message goes to which consumer, and when it goes again.
//!
//! Pure: time is passed in, as milliseconds on any clock that does not go back, and messages are known by
//! their sequence and key only. Every message taken in is settled exactly once, by an acknowledgement or
//! as a dead letter; until then it is ready, put off, or in flight at one consumer.

use std::collections::{BTreeMap, BTreeSet};

use model::time::Millis;

mod consumer;
mod saved;

pub use consumer::{ConsumerId, Terms};
pub use saved::Saved;

use consumer::Consumer;

/// Messages taken in and not settled, over all consumers. At this many nothing more is taken in.
pub const UNSETTLED_MAX: usize = 20_000;
/// Messages taken in ahead of their consumer, so that one that is full does not keep the others from
/// theirs. Bounds what one look for deliverable messages costs.
pub const AHEAD_MAX: usize = 1_000;

/// How consumers share the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// There is only one consumer.
    Exclusive,
    /// One consumer has them all; the others stand by until it leaves.
    Failover,
    /// In turn.
    Shared,
    /// All messages of one key go to one consumer at a time, in order.
    KeyShared,
}

/// One message on its way to one consumer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// To whom.
    pub consumer: ConsumerId,
    /// Which message.
    pub seq: u64,
    /// How often it was delivered before.
    pub redeliveries: u32,
}

/// A message that was delivered as often as its consumer wanted, and is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dead {
    /// Who had it last.
    pub consumer: ConsumerId,
    /// Which message.
    pub seq: u64,
}

/// The state of one subscription.
#[derive(Debug)]
pub struct Subscription {
    sharing: Sharing,
    /// The last message taken in or passed over.
    read: u64,
    unsettled: BTreeMap<u64, Entry>,
    /// Those that can be delivered now.
    ready: BTreeSet<u64>,
    /// When something happens to those that are put off or in flight with a time limit.
    alarms: BTreeSet<(Millis, u64)>,
    keys: BTreeMap<u64, KeyLoad>,
    /// In the order in which they came.
    consumers: Vec<Consumer>,
    /// Whose turn it was last.
    turn: ConsumerId,
    dead: Vec<Dead>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    key: u64,
    redeliveries: u32,
    place: Place,
}

/// Where an unsettled message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Ready,
    /// Refused by its consumer; ready again at this time.
    PutOff(Millis),
    /// At a consumer, which has until then if there is a limit.
    Flying(ConsumerId, Option<Millis>),
}

/// What holds the ready messages of a key to one consumer, or back.
#[derive(Clone, Copy, Debug, Default)]
struct KeyLoad {
    /// In flight, all at `owner`.
    flying: u32,
    owner: ConsumerId,
    put_off: u32,
}

impl Subscription {
    /// A subscription that has seen everything up to `read`.
    #[must_use]
    pub fn new(sharing: Sharing, read: u64) -> Self {
        Self {
            sharing,
            read,
            unsettled: BTreeMap::new(),
            ready: BTreeSet::new(),
            alarms: BTreeSet::new(),
            keys: BTreeMap::new(),
            consumers: Vec::new(),
            turn: ConsumerId::default(),
            dead: Vec::new(),
        }
    }

    /// How its consumers share.
    #[must_use]
    pub fn sharing(&self) -> Sharing {
        self.sharing
    }

    /// The last message that was taken in or passed over.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read
    }

    /// How many messages were taken in and are not settled.
    #[must_use]
    pub fn unsettled(&self) -> u64 {
        self.unsettled.len() as u64
    }

    /// Whether nobody consumes.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.consumers.is_empty()
    }

    /// A consumer comes, unless its way of sharing does not go with those who are there.
    #[must_use]
    pub fn attach(&mut self, id: ConsumerId, sharing: Sharing, terms: Terms) -> bool {
        let alone = self.consumers.is_empty();
        if !alone && (self.sharing != sharing || sharing == Sharing::Exclusive) {
            return false;
        }
        self.sharing = sharing;
        self.consumers.push(Consumer::new(id, terms));
        true
    }

    /// A consumer goes; what it has not acknowledged goes to others.
    pub fn detach(&mut self, id: ConsumerId) {
        let flying = |entry: &Entry| matches!(entry.place, Place::Flying(at, _) if at == id);
        let held = self.unsettled.iter().filter(|(_, entry)| flying(entry));
        let held: Vec<u64> = held.map(|(seq, _)| *seq).collect();
        for seq in held {
            self.give_back(seq, Place::Ready);
        }
        self.consumers.retain(|consumer| consumer.id != id);
    }

    /// A consumer that pulls allows so many more.
    pub fn permit(&mut self, id: ConsumerId, more: u32) {
        if let Some(consumer) = self.consumers.iter_mut().find(|consumer| consumer.id == id) {
            consumer.permits = consumer.permits.saturating_add(more);
        }
    }

    /// A message is settled. One that is settled already, or was never here, changes nothing.
    pub fn ack(&mut self, seq: u64) {
        self.settle(seq);
    }

    /// A consumer refuses a message for now: it comes again after that consumer's delay.
    pub fn nack(&mut self, seq: u64, now: Millis) {
        let Some(Entry { place: Place::Flying(at, _), .. }) = self.unsettled.get(&seq) else {
            return;
        };
        let delay = self.consumer(*at).map_or(0, |consumer| consumer.terms.nack_delay_ms);
        self.give_back(seq, Place::PutOff(now.saturating_add(delay)));
    }

    /// How many messages it would take in now.
    #[must_use]
    pub fn room(&self) -> usize {
        let free: usize = match self.sharing {
            Sharing::Exclusive | Sharing::Failover => self.active().map_or(0, Consumer::free),
            Sharing::Shared | Sharing::KeyShared => self.consumers.iter().map(Consumer::free).sum(),
        };
        let wanted = match self.sharing {
            _ if free == 0 => 0,
            Sharing::KeyShared => AHEAD_MAX.saturating_sub(self.ready.len()),
            Sharing::Exclusive | Sharing::Failover | Sharing::Shared => {
                free.min(AHEAD_MAX).saturating_sub(self.ready.len())
            }
        };
        wanted.min(UNSETTLED_MAX.saturating_sub(self.unsettled.len()))
    }

    /// Takes in a message. They come in order; what is not newer than the last is ignored.
    pub fn take_in(&mut self, seq: u64, key: u64) {
        if seq <= self.read {
            return;
        }
        self.read = seq;
        self.unsettled.insert(seq, Entry { key, redeliveries: 0, place: Place::Ready });
        self.ready.insert(seq);
    }

    /// Everything up to `seq` that was not taken in is not for this subscription.
    pub fn pass(&mut self, seq: u64) {
        self.read = self.read.max(seq);
    }

    /// Lets time pass, and hands out what can be handed out.
    #[must_use]
    pub fn deliver(&mut self, now: Millis) -> Vec<Delivery> {
        self.expire(now);
        let mut deliveries = Vec::new();
        // Keys with a message that could not be delivered: later ones must not overtake it.
        let mut held = BTreeSet::new();
        let mut next = 0;
        while let Some(seq) = self.ready.range(next..).next().copied() {
            next = seq + 1;
            if !self.consumers.iter().any(Consumer::has_room) {
                break;
            }
            let Entry { key, redeliveries, .. } = self.unsettled[&seq];
            let chosen = match self.sharing {
                Sharing::Exclusive | Sharing::Failover => {
                    self.active().filter(|consumer| consumer.has_room())
                }
                Sharing::Shared => self.in_turn(),
                Sharing::KeyShared if held.contains(&key) => continue,
                Sharing::KeyShared => self.owner(key, redeliveries),
            };
            match chosen.map(|consumer| consumer.id) {
                Some(consumer) => {
                    self.fly(seq, consumer, now);
                    deliveries.push(Delivery { consumer, seq, redeliveries });
                }
                None if self.sharing == Sharing::KeyShared => _ = held.insert(key),
                None => break,
            }
        }
        deliveries
    }

    /// When there is something to do although nothing happens.
    #[must_use]
    pub fn wakeup(&self) -> Option<Millis> {
        self.alarms.first().map(|(at, _)| *at)
    }

    /// What was given up since the last time.
    pub fn take_dead(&mut self) -> Vec<Dead> {
        std::mem::take(&mut self.dead)
    }

    fn expire(&mut self, now: Millis) {
        while let Some((at, seq)) = self.alarms.first().copied() {
            if at > now {
                break;
            }
            match self.unsettled[&seq].place {
                Place::PutOff(_) => self.put(seq, Place::Ready),
                Place::Flying(..) => self.give_back(seq, Place::Ready),
                Place::Ready => unreachable!("only what is put off or in flight has an alarm"),
            }
        }
    }

    fn consumer(&self, id: ConsumerId) -> Option<&Consumer> {
        self.consumers.iter().find(|consumer| consumer.id == id)
    }

    /// Who has everything: the first of the most preferred.
    fn active(&self) -> Option<&Consumer> {
        self.consumers.iter().min_by_key(|consumer| (consumer.terms.priority, consumer.id))
    }

    /// The next with room after the one whose turn it was, among the most preferred with room.
    fn in_turn(&self) -> Option<&Consumer> {
        let rank =
            |consumer: &&Consumer| (consumer.terms.priority, consumer.id <= self.turn, consumer.id);
        self.consumers.iter().filter(|consumer| consumer.has_room()).min_by_key(rank)
    }

    /// Who gets a key's next message, if it can go now: who has the others, or the one whom chance gave the
    /// key. With each redelivery the next in that order; a message that comes again waits until the others are
    /// back too, so that one who never acknowledges does not keep the key.
    fn owner(&self, key: u64, redeliveries: u32) -> Option<&Consumer> {
        let load = self.keys.get(&key).copied().unwrap_or_default();
        if load.put_off > 0 {
            return None;
        }
        let chosen = if load.flying > 0 && redeliveries == 0 {
            self.consumer(load.owner)
        } else {
            let mut order: Vec<&Consumer> = self.consumers.iter().collect();
            order.sort_unstable_by_key(|consumer| consumer.weight(key));
            order.get(redeliveries as usize % order.len()).copied()
        };
        chosen.filter(|chosen| chosen.has_room() && (load.flying == 0 || chosen.id == load.owner))
    }

    fn fly(&mut self, seq: u64, id: ConsumerId, now: Millis) {
        self.turn = id;
        let consumer = self.consumers.iter_mut().find(|consumer| consumer.id == id);
        let consumer = consumer.expect("it was chosen among those who are there");
        consumer.permits = consumer.permits.saturating_sub(1);
        let due = consumer.terms.ack_timeout_ms.map(|limit| now.saturating_add(limit));
        self.put(seq, Place::Flying(id, due));
    }

    /// A delivery came to nothing: the message goes to `place`, or is given up.
    fn give_back(&mut self, seq: u64, place: Place) {
        let entry = self.unsettled.get_mut(&seq).expect("only unsettled messages are given back");
        let Place::Flying(id, _) = entry.place else { return };
        entry.redeliveries = entry.redeliveries.saturating_add(1);
        let again = entry.redeliveries;
        let most = self.consumer(id).and_then(|consumer| consumer.terms.redeliveries_max);
        if most.is_some_and(|most| again > most) {
            self.settle(seq);
            self.dead.push(Dead { consumer: id, seq });
        } else {
            self.put(seq, place);
        }
    }

    fn settle(&mut self, seq: u64) {
        if self.unsettled.contains_key(&seq) {
            self.put(seq, Place::Ready);
            self.ready.remove(&seq);
            self.unsettled.remove(&seq);
        }
    }

    /// The only place where a message moves: keeps all indexes in step.
    fn put(&mut self, seq: u64, place: Place) {
        let entry = self.unsettled.get_mut(&seq).expect("only unsettled messages move");
        let (key, before) = (entry.key, std::mem::replace(&mut entry.place, place));
        let load = self.keys.entry(key).or_default();
        match before {
            Place::Ready => _ = self.ready.remove(&seq),
            Place::PutOff(until) => {
                load.put_off -= 1;
                self.alarms.remove(&(until, seq));
            }
            Place::Flying(id, due) => {
                load.flying -= 1;
                due.map(|due| self.alarms.remove(&(due, seq)));
                let held = self.consumers.iter_mut().find(|consumer| consumer.id == id);
                held.expect("who goes gives everything back first").flying -= 1;
            }
        }
        match place {
            Place::Ready => _ = self.ready.insert(seq),
            Place::PutOff(until) => {
                load.put_off += 1;
                self.alarms.insert((until, seq));
            }
            Place::Flying(id, due) => {
                load.flying += 1;
                load.owner = id;
                due.map(|due| self.alarms.insert((due, seq)));
                let holder = self.consumers.iter_mut().find(|consumer| consumer.id == id);
                holder.expect("it was chosen among those who are there").flying += 1;
            }
        }
        if load.flying == 0 && load.put_off == 0 {
            self.keys.remove(&key);
        }
    }
}
