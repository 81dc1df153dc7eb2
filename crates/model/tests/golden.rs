//! The bytes of every event ever written. A line in `golden/events.jsonl` is never edited: logs hold
//! it. `UPDATE_EXPECT=1 cargo test -p model` appends the lines of new events.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

use model::{
    AgentId, ChannelId, Event, GroupId, InteractionId, OfferId, QueueId, Recorded, ScheduleId,
    ScriptId, SkillId, TenantId, Timestamp, UserId, WebhookId,
    access::{ApiKey, Product, Role, SecretHash, Session, Tokens, User},
    bytes,
    config::{
        Agent, Channel, Declined, Exception, Group, Hours, Queue, Reason, ReasonFor, Ring,
        Schedule, Script, ServiceLevel, Setting, Skill, SkillLevel, Tenant, TransactionCode,
        Webhook,
    },
    event::{
        InteractionCreated, InteractionOffered, InteractionQueued, NodePassed, OfferEnded,
        StatusChanged, WrapUpCompleted,
    },
    explanation::{Candidate, Excluded, Exclusion, Explanation, SkillMatch},
    flow::Flow,
    interaction::{
        DialEnd, Direction, Disposition, Draft, EndCause, Media, OfferEnd, Recording, Target,
    },
    status::Status,
    variable::{DataType, Variable, VariableName},
};

const I: InteractionId = InteractionId(7);

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/events.jsonl")
}

#[test]
fn yesterdays_log_still_reads_and_todays_reads_tomorrow() {
    let mut written = fs::read_to_string(file()).unwrap_or_default();
    let at = Timestamp(1_790_000_000_000);
    let samples: Vec<Recorded> =
        samples().into_iter().map(|event| Recorded { at, event }).collect();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        for sample in &samples[written.lines().count()..] {
            written.push_str(&String::from_utf8(bytes::encode(sample)).unwrap());
            written.push('\n');
        }
        fs::write(file(), &written).unwrap();
    }
    assert_eq!(written.lines().count(), samples.len(), "one line per sample: bless new ones");
    for (line, sample) in written.lines().zip(&samples) {
        assert_eq!(bytes::decode(line.as_bytes()).unwrap(), *sample);
        assert_eq!(String::from_utf8(bytes::encode(sample)).unwrap(), line);
    }
}

#[test]
fn every_kind_of_event_has_a_sample() {
    let tags: std::collections::BTreeSet<String> = samples().iter().map(tag).collect();
    assert_eq!(tags.len(), 42, "{tags:?}");
}

fn tag(event: &Event) -> String {
    let value = serde_json::to_value(event).expect("plain data");
    value.as_object().and_then(|tagged| tagged.keys().next()).expect("one tag").clone()
}

fn agent() -> AgentId {
    AgentId::parse("ag64oyEUb_Sk6bxVB9P5yaaa").expect("well formed")
}

fn variable(privacy: Option<bool>) -> Variable {
    Variable {
        name: VariableName::parse("_customerTier").expect("well formed"),
        value: "VIP é".into(),
        ivr: Some(true),
        display: Some(false),
        display_name: Some("Tier".into()),
        data_type: Some(DataType::Currency),
        privacy,
    }
}

fn settings() -> Vec<Setting> {
    let mut settings = work_settings();
    settings.extend(people_settings());
    settings
}

fn work_settings() -> Vec<Setting> {
    vec![
        Setting::Tenant(Tenant {
            id: TenantId::parse("acmecorp01").expect("well formed"),
            name: "Acme".into(),
            locale: "en-US".into(),
            currency: "USD".into(),
            time_zone: "America/New_York".into(),
            retention_ms: 86_400_000,
            augmentation_per_minute: 100,
            direct_wrap_up_ms: 0,
        }),
        Setting::Skill(Skill { id: SkillId(1), name: "Spanish".into() }),
        Setting::Queue(Arc::new(Queue {
            id: QueueId(101),
            name: "Sales".into(),
            media: Media::Phone,
            priority: 50,
            required: vec![SkillLevel { skill: SkillId(1), level: 6 }],
            preferred: vec![SkillId(2)],
            rings: vec![Ring {
                after_ms: 30_000,
                relax: BTreeMap::from([(SkillId(1), None), (SkillId(2), Some(3))]),
            }],
            offer_ms: 30_000,
            decline_ms: 60_000,
            on_reject: Declined::Stay,
            on_timeout: Declined::Break,
            wrap_up_ms: 60_000,
            codes_required: true,
            waiting_max: 100,
            service_level: ServiceLevel::default(),
            recorded: false,
        })),
        Setting::Agent(Arc::new(Agent {
            id: agent(),
            name: "Ann".into(),
            skills: BTreeMap::from([(SkillId(1), 8)]),
            queues: vec![QueueId(101)],
            capacity: BTreeMap::from([(Media::Phone, 1), (Media::Chat, 6)]),
            group: None,
        })),
        Setting::Schedule(Arc::new(Schedule {
            id: ScheduleId(1),
            name: "Hours".into(),
            time_zone: "UTC".into(),
            open: vec![Hours { weekday: 1, from_minute: 540, to_minute: 1020 }],
            exceptions: vec![Exception { date: "2026-12-25".into(), exit: 1 }],
        })),
        Setting::Script(Arc::new(Script {
            id: ScriptId(1),
            version: 1,
            name: "Main".into(),
            flow: Flow::default(),
        })),
        Setting::Channel(Channel {
            id: ChannelId(1),
            name: "Main".into(),
            media: Media::Phone,
            address: "+15551230001".into(),
            script: ScriptId(1),
        }),
        Setting::TransactionCode(TransactionCode { id: 2, text: "Refund".into(), parent: Some(1) }),
        Setting::Reason(Reason {
            code: "lunch".into(),
            text: "Lunch".into(),
            of: ReasonFor::Status(Status::OnBreak),
        }),
    ]
}

fn people_settings() -> Vec<Setting> {
    let hash = || SecretHash("ab12".into());
    vec![
        Setting::User(User {
            id: UserId(1),
            email: "ann@acme.example".into(),
            name: "Ann".into(),
            role: Role::Agent,
            agent: Some(agent()),
            password: "$argon2id$".into(),
        }),
        Setting::Tokens(Tokens {
            data_request: hash(),
            action_request: hash(),
            crm_username: "crm".into(),
            crm_password: hash(),
        }),
        Setting::ApiKey(ApiKey {
            hash: hash(),
            name: "Key".into(),
            products: vec![Product::ContactCenter],
            secret: None,
        }),
    ]
}

/// What measures and access tokens brought.
fn measured_settings() -> Vec<Setting> {
    let mut settings = vec![Setting::Group(Group { id: GroupId(1), name: "Front line".into() })];
    let service_level = ServiceLevel { target_percent: 90, threshold_ms: 10_000 };
    for setting in work_settings() {
        if let Setting::Queue(known) = &setting {
            let queue = Queue { service_level, ..Queue::clone(known) };
            settings.push(Setting::Queue(Arc::new(queue)));
        } else if let Setting::Agent(known) = &setting {
            let agent = Agent { group: Some(GroupId(1)), ..Agent::clone(known) };
            settings.push(Setting::Agent(Arc::new(agent)));
        }
    }
    let (name, products) =
        ("App".into(), vec![Product::Analytics, Product::Statistics, Product::Schedules]);
    let hash = SecretHash("ab12".into());
    let secret = Some(hash.clone());
    settings.push(Setting::ApiKey(ApiKey { hash, name, products, secret }));
    settings
}

fn webhook_settings() -> Vec<Setting> {
    let webhook = Webhook {
        id: WebhookId(1),
        name: "Warehouse".into(),
        uri: "https://example.com/events".into(),
        events: vec!["InteractionCreated".into()],
        enabled: true,
    };
    vec![Setting::Webhook(webhook), Setting::WebhookDeleted(WebhookId(1))]
}

fn samples() -> Vec<Event> {
    let mut samples: Vec<Event> =
        settings().into_iter().map(|setting| Event::Configured(Box::new(setting))).collect();
    let hash = || SecretHash("ab12".into());
    let until = Timestamp(1_790_000_030_000);
    let session = Session { hash: hash(), csrf: hash(), user: UserId(1), expires: until };
    samples.extend([
        Event::KeyRemembered { key: "key".into(), until },
        Event::SessionOpened(session),
        Event::SessionClosed(hash()),
        Event::StatusChanged(StatusChanged {
            agent: agent(),
            status: Status::OnBreak,
            reason: Some("lunch".into()),
        }),
        Event::NextStatusSet { agent: agent(), next: Some((Status::OnBreak, None)) },
    ]);
    samples.extend(script_samples(until));
    samples.extend(routing_samples(until));
    let measured = measured_settings().into_iter();
    samples.extend(measured.map(|setting| Event::Configured(Box::new(setting))));
    samples.extend(lines());
    let webhooks = webhook_settings().into_iter();
    samples.extend(webhooks.map(|setting| Event::Configured(Box::new(setting))));
    samples
}

fn script_samples(until: Timestamp) -> Vec<Event> {
    vec![
        Event::InteractionCreated(Box::new(InteractionCreated {
            interaction: I,
            guid: "int-1a0c-abc-phone-01-acmecorp01".into(),
            media: Media::Phone,
            channel: ChannelId(1),
            to: "+15551230001".into(),
            from: "+15557654321".into(),
            caller_name: Some("Jo \"Q\" Public".into()),
            call_id: Some("call@host".into()),
            direction: Direction::In,
            agent: None,
            queue: None,
            original: None,
            line_of: None,
        })),
        Event::NodeEntered { interaction: I, script: ScriptId(1), version: 1, node: "menu".into() },
        Event::NodePassed(NodePassed {
            interaction: I,
            node: "tier".into(),
            exit: "missing".into(),
            note: Some("not-ivr-enabled".into()),
        }),
        Event::PromptPlayed { interaction: I, text: "Welcome.".into() },
        Event::InputAwaited { interaction: I, keys: "12".into(), until },
        Event::DigitsPressed { interaction: I, digits: "1".into(), private: false },
        Event::VariablesSet {
            interaction: I,
            variables: vec![variable(None), variable(Some(true))],
        },
        Event::PrioritySet { interaction: I, priority: 100 },
        Event::SkillsRequired {
            interaction: I,
            skills: vec![SkillLevel { skill: SkillId(1), level: 5 }],
        },
    ]
}

fn routing_samples(until: Timestamp) -> Vec<Event> {
    let explanation = Explanation {
        score: 530_000,
        priority: 50,
        waited_ms: 30_000,
        ring: 1,
        skills: vec![SkillMatch { skill: SkillId(1), needed: 6, level: Some(8), required: true }],
        candidates: vec![Candidate { agent: agent(), idle_ms: 12_000, preferred_score: 3 }],
        excluded: vec![
            Excluded { agent: agent(), reason: Exclusion::NotAvailable(Status::OnBreak) },
            Excluded { agent: agent(), reason: Exclusion::AtCapacity },
            Excluded {
                agent: agent(),
                reason: Exclusion::MissingSkill { skill: SkillId(1), needed: 6, level: None },
            },
            Excluded { agent: agent(), reason: Exclusion::Declined },
            Excluded { agent: agent(), reason: Exclusion::HeldForPreferred(agent()) },
        ],
        more: 2,
        named_by: None,
    };
    let (offer, agent) = (OfferId(3), agent());
    vec![
        Event::InteractionQueued(Box::new(InteractionQueued {
            interaction: I,
            queue: QueueId(101),
            queue_name: "Sales".into(),
            priority: 50,
            leave_at: Some(until),
            announce_ms: Some(20_000),
            preferred: Some((agent, until)),
        })),
        Event::RingWidened { interaction: I, ring: 1 },
        Event::PreferredReleased { interaction: I },
        Event::DeclineForgotten { interaction: I, agent },
        Event::PositionAnnounced { interaction: I, next: until },
        Event::InteractionDequeued { interaction: I, queue: QueueId(101), exit: "timeout".into() },
        Event::InteractionOffered(Box::new(InteractionOffered {
            interaction: I,
            offer,
            agent,
            deadline: until,
            explanation: Arc::new(explanation),
        })),
        Event::OfferEnded(OfferEnded {
            interaction: I,
            offer,
            agent,
            end: OfferEnd::TimedOut,
            reason: None,
            spared_until: until,
        }),
        Event::OfferAccepted { interaction: I, offer, agent },
        Event::HoldChanged { interaction: I, agent, held: true },
        Event::MuteChanged { interaction: I, agent, muted: false },
        Event::InteractionEnded { interaction: I, cause: EndCause::Customer },
        Event::WrapUpStarted { interaction: I, agent, deadline: until },
        Event::WrapUpCompleted(Box::new(WrapUpCompleted {
            interaction: I,
            agent,
            disposition: Disposition::TryAgain,
            codes: vec![1, 2],
            note: Some("call back".into()),
            timed_out: false,
        })),
        Event::InteractionDeleted { interaction: I, agent: Some(agent) },
    ]
}

/// Telephone lines, transfers, recordings, drafts.
fn lines() -> Vec<Event> {
    let (agent, line) = (agent(), InteractionId(8));
    let until = Timestamp(1_790_000_030_000);
    let draft = Draft {
        disposition: Disposition::ScheduleCallback,
        codes: vec![3],
        note: Some("Friday".into()),
    };
    vec![
        Event::InteractionCreated(Box::new(InteractionCreated {
            interaction: line,
            guid: "int-1a0d-abc-phone-01-acmecorp01".into(),
            media: Media::Phone,
            channel: ChannelId(1),
            to: "+15557654321".into(),
            from: "+15551230001".into(),
            caller_name: None,
            call_id: Some("out@host".into()),
            direction: Direction::Out,
            agent: Some(agent),
            queue: Some(QueueId(101)),
            original: Some("int-1a0c-abc-phone-01-acmecorp01".into()),
            line_of: Some(I),
        })),
        Event::Dialled {
            interaction: line,
            agent: Some(agent),
            to: "+15557654321".into(),
            deadline: until,
        },
        Event::DialEnded { interaction: line, end: DialEnd::NoAnswer },
        Event::PartyAnswered { interaction: line },
        Event::PartyLeft { interaction: line },
        Event::TransferRequested {
            interaction: I,
            agent,
            to: Target::Queue(QueueId(101)),
            successor: Some("int-1a0e-abc-phone-01-acmecorp01".into()),
        },
        Event::TransferRequested {
            interaction: I,
            agent,
            to: Target::Agent(agent),
            successor: None,
        },
        Event::LinesJoined { interaction: I, line, agent },
        Event::AgentJoined { interaction: I, agent, line },
        Event::PartyJoined { interaction: I, number: "+15557654321".into(), line },
        Event::AgentLeft { interaction: I, agent },
        Event::AgentReleased { interaction: I, agent },
        Event::RecordingChanged {
            interaction: I,
            agent: Some(agent),
            recording: Recording::Paused,
        },
        Event::WrapUpDrafted { interaction: I, agent, draft: Box::new(draft) },
        Event::InteractionEnded { interaction: I, cause: EndCause::Transferred },
    ]
}
