//! Settings of every kind, with something in every member.

use std::{collections::BTreeMap, sync::Arc};

use model::{
    ChannelId, GroupId, QueueId, ScheduleId, ScriptId, SkillId, TenantId, Timestamp, UserId,
    WebhookId,
    access::{
        ApiKey, Crm, CrmRight, Permission, Product, Role, SecretHash, Tokens, TokensMade, User,
    },
    config::*,
    flow::Flow,
    interaction::Media,
    status::Status,
};

use super::agent;

pub(crate) fn settings() -> Vec<Setting> {
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
            published: None,
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
            permissions: vec![],
        }),
        Setting::Tokens(Tokens {
            data_request: hash(),
            action_request: hash(),
            crm_username: "crm".into(),
            crm_password: hash(),
            made: TokensMade::default(),
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
pub(crate) fn measured_settings() -> Vec<Setting> {
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

pub(crate) fn webhook_settings() -> Vec<Setting> {
    let webhook = Webhook {
        id: WebhookId(1),
        name: "Warehouse".into(),
        uri: "https://example.com/events".into(),
        events: vec!["InteractionCreated".into()],
        enabled: true,
    };
    vec![Setting::Webhook(webhook), Setting::WebhookDeleted(WebhookId(1))]
}

/// What people change over the administration's API.
pub(crate) fn administered_settings() -> Vec<Setting> {
    let by = UserId(1);
    let published = Some(Publication { at: Timestamp(1_790_000_000_000), by });
    let script = Script {
        id: ScriptId(1),
        version: 2,
        name: "Main".into(),
        flow: Flow::default(),
        published,
    };
    let draft = ScriptDraft {
        id: ScriptId(1),
        name: "Main".into(),
        flow: Flow::default(),
        layout: BTreeMap::from([("menu".into(), (40, -8))]),
    };
    let user = User {
        id: by,
        email: "sam@acme.example".into(),
        name: "Sam".into(),
        role: Role::Supervisor,
        agent: None,
        password: "$argon2id$".into(),
        permissions: vec![Permission::RevealPrivate, Permission::Monitor, Permission::Export],
    };
    let mut settings = vec![
        Setting::Script(Arc::new(script)),
        Setting::ScriptDraft(Arc::new(draft)),
        Setting::User(user),
        Setting::Crm(Crm { enabled: true, rights: crm_rights() }),
    ];
    settings.extend(keys().into_iter().map(Setting::Deleted));
    settings
}

fn crm_rights() -> Vec<CrmRight> {
    vec![
        CrmRight::CustomersAdd,
        CrmRight::CustomersModify,
        CrmRight::CustomersGet,
        CrmRight::CasesAdd,
        CrmRight::CasesModify,
        CrmRight::CasesGet,
        CrmRight::TasksAdd,
        CrmRight::TasksModify,
        CrmRight::TasksGet,
        CrmRight::FaqAdd,
        CrmRight::FaqModify,
        CrmRight::FaqGet,
        CrmRight::FollowupsAdd,
        CrmRight::FollowupsGet,
    ]
}

fn keys() -> Vec<SettingKey> {
    vec![
        SettingKey::Tenant,
        SettingKey::Skill(SkillId(1)),
        SettingKey::Queue(QueueId(101)),
        SettingKey::Agent(agent()),
        SettingKey::Group(GroupId(1)),
        SettingKey::Schedule(ScheduleId(1)),
        SettingKey::Script(ScriptId(1)),
        SettingKey::Channel(ChannelId(1)),
        SettingKey::TransactionCode(2),
        SettingKey::Reason("lunch".into()),
        SettingKey::User(UserId(1)),
        SettingKey::Tokens,
        SettingKey::Crm,
        SettingKey::ApiKey(SecretHash("ab12".into())),
        SettingKey::Webhook(WebhookId(1)),
    ]
}
