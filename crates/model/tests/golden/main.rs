//! The bytes of every event ever written. A line in `golden/events.jsonl` is never edited: logs hold
//! it. `UPDATE_EXPECT=1 cargo test -p model` appends the lines of new events.

use std::{fs, path::PathBuf, sync::Arc};

use model::{
    AgentId, ChannelId, Event, InteractionId, OfferId, QueueId, Recorded, ScriptId, SkillId,
    Timestamp, UserId,
    access::{SecretHash, Session},
    bytes,
    config::{SettingKey, SkillLevel},
    event::{
        Act, Administered, InteractionCreated, InteractionOffered, InteractionQueued, NodePassed,
        OfferEnded, StatusChanged, WrapUpCompleted,
    },
    explanation::{Candidate, Excluded, Exclusion, Explanation, NamedBy, SkillMatch},
    interaction::{
        DialEnd, Direction, Disposition, Draft, EndCause, Media, OfferEnd, Recording, Target,
    },
    status::Status,
    variable::{DataType, Variable, VariableName},
};

mod handover;
mod scripts;
mod settings;
use scripts::{messages, questions, waits};
use settings::{administered_settings, measured_settings, settings, webhook_settings};

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
    assert_eq!(tags.len(), 51, "{tags:?}");
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

fn samples() -> Vec<Event> {
    let mut samples: Vec<Event> =
        settings().into_iter().map(|setting| Event::Configured(Box::new(setting))).collect();
    let hash = || SecretHash("ab12".into());
    let until = Timestamp(1_790_000_030_000);
    let session = Session { hash: hash(), csrf: hash(), user: UserId(1), expires: until };
    samples.extend([
        Event::KeyRemembered { key: "key".into(), until, made: None },
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
    samples.extend(waits());
    samples.extend(administration(until));
    samples.extend(supervised());
    samples.extend(messages());
    samples.extend(handover::samples(until));
    samples.extend(questions());
    samples
}

/// What people change, and what accounts for it.
fn administration(until: Timestamp) -> Vec<Event> {
    let act = Act::Configured { settings: 2 };
    let made = Some(SettingKey::Reason("lunch".into()));
    let mut samples = vec![
        Event::Administered(Box::new(Administered { by: UserId(1), act })),
        Event::KeyRemembered { key: "key".into(), until, made },
    ];
    let settings = administered_settings().into_iter();
    samples.extend(settings.map(|setting| Event::Configured(Box::new(setting))));
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
            callback: false,
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
            announce_wait: false,
            options: Vec::new(),
            entered: None,
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
            callback: false,
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

/// What supervisors do, and what it leads to.
fn supervised() -> Vec<Event> {
    let (agent, offer, by) = (agent(), OfferId(4), UserId(2));
    let until = Timestamp(1_790_000_030_000);
    let acts = [
        Act::StatusSet { agent, status: Status::OnBreak, reason: Some("lunch".into()) },
        Act::Assigned { interaction: I, agent },
        Act::Requeued { interaction: I, queue: QueueId(101) },
    ];
    let explanation = Explanation {
        score: 530_000,
        priority: 50,
        waited_ms: 30_000,
        ring: 0,
        skills: Vec::new(),
        candidates: vec![Candidate { agent, idle_ms: 12_000, preferred_score: 0 }],
        excluded: Vec::new(),
        more: 0,
        named_by: Some(NamedBy::Supervisor(by)),
    };
    let acts = acts.map(|act| Event::Administered(Box::new(Administered { by, act })));
    acts.into_iter()
        .chain([
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
                end: OfferEnd::Recalled,
                reason: None,
                spared_until: until,
            }),
        ])
        .collect()
}
