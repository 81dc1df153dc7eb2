//! Logs in the making.

use std::{collections::BTreeMap, sync::Arc};

use measure::{Measures, Reading};
use model::{
    AgentId, ChannelId, Event, GroupId, InteractionId, OfferId, QueueId, TenantId, Timestamp,
    config::{Agent, Declined, Group, Queue, ServiceLevel, Setting, Tenant},
    event::{
        InteractionCreated, InteractionOffered, InteractionQueued, OfferEnded, StatusChanged,
        WrapUpCompleted,
    },
    explanation::Explanation,
    interaction::{Direction, Disposition, EndCause, Media, OfferEnd},
    status::Status,
};

pub(crate) const SALES: QueueId = QueueId(101);
pub(crate) const SUPPORT: QueueId = QueueId(102);
/// 24 November 2026, 10:00 in New York.
pub(crate) const START: Timestamp = Timestamp(1_795_532_400_000);
pub(crate) const SECOND: u64 = 1_000;
pub(crate) const MINUTE: u64 = 60 * SECOND;

pub(crate) fn agent(name: &str) -> AgentId {
    AgentId::parse(&format!("ag{name:0>22}")).unwrap()
}

/// A log and what it adds up to.
pub(crate) struct Log {
    pub(crate) measures: Measures,
    pub(crate) now: Timestamp,
    position: u64,
}

impl Log {
    /// Two queues, and ann and ben who work in both.
    pub(crate) fn new() -> Self {
        let mut log = Self { measures: Measures::default(), now: START, position: 0 };
        log.configure(Setting::Tenant(Tenant {
            id: TenantId::parse("acme").unwrap(),
            name: "Acme".into(),
            locale: "en-US".into(),
            currency: "USD".into(),
            time_zone: "America/New_York".into(),
            retention_ms: 1,
            augmentation_per_minute: 1,
            direct_wrap_up_ms: 0,
        }));
        log.configure(Setting::Group(Group { id: GroupId(1), name: "Front line".into() }));
        for (id, name) in [(SALES, "Sales"), (SUPPORT, "Support")] {
            log.configure(Setting::Queue(Arc::new(queue(id, name))));
        }
        for name in ["ann", "ben"] {
            log.configure(Setting::Agent(Arc::new(Agent {
                id: agent(name),
                name: name.into(),
                skills: BTreeMap::new(),
                queues: vec![SALES, SUPPORT],
                capacity: BTreeMap::from([(Media::Phone, 1)]),
                group: Some(GroupId(1)),
            })));
        }
        log
    }

    pub(crate) fn configure(&mut self, setting: Setting) {
        self.add(Event::Configured(Box::new(setting)));
    }

    pub(crate) fn add(&mut self, event: Event) {
        self.position += 1;
        self.measures.apply(self.position, self.now, &event);
    }

    pub(crate) fn pass(&mut self, ms: u64) {
        self.now = self.now.plus(ms);
    }

    pub(crate) fn read(&self) -> Reading<'_> {
        self.measures.reading(self.now)
    }

    pub(crate) fn status(&mut self, name: &str, status: Status) {
        self.add(Event::StatusChanged(StatusChanged { agent: agent(name), status, reason: None }));
    }

    pub(crate) fn enter(&mut self, id: u64, queue: QueueId) {
        self.create(id, |_| {});
        self.queue(id, queue);
    }

    /// An interaction like most, but for what is changed.
    pub(crate) fn create(&mut self, id: u64, change: impl FnOnce(&mut InteractionCreated)) {
        let mut created = InteractionCreated {
            interaction: InteractionId(id),
            guid: format!("int-{id}").into(),
            media: Media::Phone,
            channel: ChannelId(1),
            to: "1".into(),
            from: "2".into(),
            caller_name: None,
            call_id: None,
            direction: Direction::In,
            agent: None,
            queue: None,
            original: None,
            line_of: None,
            callback: false,
        };
        change(&mut created);
        self.add(Event::InteractionCreated(Box::new(created)));
    }

    pub(crate) fn queue(&mut self, id: u64, queue: QueueId) {
        self.add(Event::InteractionQueued(Box::new(InteractionQueued {
            interaction: InteractionId(id),
            queue,
            queue_name: "queue".into(),
            priority: 50,
            leave_at: None,
            announce_ms: None,
            preferred: None,
            announce_wait: false,
            options: Vec::new(),
            entered: None,
        })));
    }

    pub(crate) fn leave_queue(&mut self, id: u64, queue: QueueId) {
        let (interaction, exit) = (InteractionId(id), "timeout".into());
        self.add(Event::InteractionDequeued { interaction, queue, exit });
    }

    pub(crate) fn offer(&mut self, id: u64, name: &str) {
        let explanation = Explanation {
            score: 0,
            priority: 50,
            waited_ms: 0,
            ring: 0,
            skills: vec![],
            candidates: vec![],
            excluded: vec![],
            more: 0,
            named_by: None,
        };
        self.add(Event::InteractionOffered(Box::new(InteractionOffered {
            interaction: InteractionId(id),
            offer: OfferId(id),
            agent: agent(name),
            deadline: self.now,
            explanation: Arc::new(explanation),
        })));
    }

    pub(crate) fn decline(&mut self, id: u64, name: &str, end: OfferEnd) {
        self.add(Event::OfferEnded(OfferEnded {
            interaction: InteractionId(id),
            offer: OfferId(id),
            agent: agent(name),
            end,
            reason: None,
            spared_until: self.now,
        }));
    }

    pub(crate) fn accept(&mut self, id: u64, name: &str) {
        let (interaction, offer) = (InteractionId(id), OfferId(id));
        self.add(Event::OfferAccepted { interaction, offer, agent: agent(name) });
    }

    pub(crate) fn hold(&mut self, id: u64, name: &str, held: bool) {
        let interaction = InteractionId(id);
        self.add(Event::HoldChanged { interaction, agent: agent(name), held });
    }

    /// The customer hangs up without having talked to anybody.
    pub(crate) fn abandon(&mut self, id: u64) {
        let interaction = InteractionId(id);
        self.add(Event::InteractionEnded { interaction, cause: EndCause::Abandoned });
        self.add(Event::InteractionDeleted { interaction, agent: None });
    }

    pub(crate) fn end(&mut self, id: u64, name: &str) {
        let (interaction, agent) = (InteractionId(id), agent(name));
        self.add(Event::InteractionEnded { interaction, cause: EndCause::Agent });
        self.add(Event::WrapUpStarted { interaction, agent, deadline: self.now });
    }

    pub(crate) fn wrap_up(&mut self, id: u64, name: &str) {
        let (interaction, agent) = (InteractionId(id), agent(name));
        self.add(Event::WrapUpCompleted(Box::new(WrapUpCompleted {
            interaction,
            agent,
            disposition: Disposition::None,
            codes: vec![],
            note: None,
            timed_out: false,
        })));
        self.add(Event::InteractionDeleted { interaction, agent: Some(agent) });
    }
}

/// A queue that promises an answer within 20 seconds.
pub(crate) fn queue(id: QueueId, name: &str) -> Queue {
    Queue {
        id,
        name: name.into(),
        media: Media::Phone,
        priority: 50,
        required: vec![],
        preferred: vec![],
        rings: vec![],
        offer_ms: 30_000,
        decline_ms: 30_000,
        on_reject: Declined::Stay,
        on_timeout: Declined::Break,
        wrap_up_ms: 60_000,
        codes_required: false,
        waiting_max: 100,
        recorded: false,
        service_level: ServiceLevel::default(),
    }
}
