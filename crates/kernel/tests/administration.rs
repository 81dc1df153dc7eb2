//! People change settings: atomically, from what they have seen, and never what others need.

#[path = "scenarios/tenant.rs"]
mod tenant;

use std::sync::Arc;

use kernel::{State, execute, invariant};
use model::{
    ChannelId, Command, Event, QueueId, Rejection, ScriptId, SkillId, Timestamp, UserId,
    access::{Role, SecretHash, Session, User},
    command::{AccessCommand, AgentCommand, InteractionCommand, Request},
    config::{
        Administration, Agent, Change, Publication, Script, ScriptDraft, Setting, SettingKey, Skill,
    },
    event::{Act, Administered},
    flow::Flow,
    interaction::Media,
    status::Status,
};

const NOW: Timestamp = Timestamp(1_790_000_000_000);
const ADA: UserId = UserId(1);
const SAM: UserId = UserId(2);

struct Center(State);

impl Center {
    fn new() -> Self {
        let mut settings = tenant::settings();
        settings.extend([user(ADA, Role::Administrator), user(SAM, Role::Supervisor)]);
        let mut center = Self(State::default());
        center.run(Command::Configure(settings)).expect("they fit");
        center
    }

    fn run(&mut self, command: Command) -> Result<Vec<Event>, Rejection> {
        let before = self.0.clone();
        let done = execute(&mut self.0, &command.into(), NOW);
        assert!(done.is_ok() || self.0 == before, "a refusal leaves no trace");
        invariant::check(&self.0).expect("invariants hold");
        done
    }

    fn change(&mut self, setting: Setting, expects: Option<u32>) -> Result<Vec<Event>, Rejection> {
        let changes = vec![Change { setting, expects }];
        self.run(Command::Administer(Administration { by: ADA, changes }))
    }

    fn delete(&mut self, key: SettingKey) -> Result<Vec<Event>, Rejection> {
        self.change(Setting::Deleted(key), None)
    }

    /// What stands in the way of deleting it.
    fn in_use(&mut self, key: SettingKey) -> String {
        match self.delete(key) {
            Err(Rejection::InUse(by)) => by.as_ref().to_owned(),
            other => panic!("{other:?}"),
        }
    }
}

fn user(id: UserId, role: Role) -> Setting {
    Setting::User(User {
        id,
        email: format!("{id}@acme.example").into(),
        name: format!("user {id}").into(),
        role,
        agent: None,
        password: "$argon2id$".into(),
        permissions: vec![],
    })
}

fn skill(id: u32, name: &str) -> Setting {
    Setting::Skill(Skill { id: SkillId(id), name: name.into() })
}

fn agent(center: &Center, name: &str) -> Agent {
    Agent::clone(&center.0.config.agents[&tenant::agent(name)])
}

#[test]
fn who_has_seen_an_older_revision_changes_nothing() {
    let mut center = Center::new();
    let key = SettingKey::Skill(SkillId(7));
    assert_eq!(center.0.config.revision(&key), 0);
    center.change(skill(7, "french"), Some(0)).expect("there is none");
    assert_eq!(center.0.config.revision(&key), 1);
    assert_eq!(center.change(skill(7, "german"), Some(0)), Err(Rejection::SettingExists));
    center.change(skill(7, "german"), Some(1)).expect("it was seen");
    assert_eq!(center.change(skill(7, "dutch"), Some(1)), Err(Rejection::ChangedMeanwhile));
    let delete = |expects| (Setting::Deleted(SettingKey::Skill(SkillId(7))), Some(expects));
    let (setting, expects) = delete(1);
    assert_eq!(center.change(setting, expects), Err(Rejection::ChangedMeanwhile));
    let (setting, expects) = delete(2);
    center.change(setting, expects).expect("it was seen");
    assert_eq!(center.change(skill(7, "dutch"), Some(3)), Err(Rejection::SettingUnknown));
    assert_eq!(center.delete(SettingKey::Skill(SkillId(7))), Err(Rejection::SettingUnknown));
}

#[test]
fn a_deleted_setting_s_number_and_revision_are_not_used_again() {
    let mut center = Center::new();
    let next = |center: &Center| center.0.config.unused(|id| SettingKey::Skill(SkillId(id)));
    assert_eq!(next(&center), Some(2));
    center.change(skill(2, "french"), Some(0)).expect("there is none");
    center.delete(SettingKey::Skill(SkillId(2))).expect("nobody uses it");
    assert_eq!(next(&center), Some(3));
    center.change(skill(2, "french"), Some(0)).expect("there is none");
    assert_eq!(center.0.config.revision(&SettingKey::Skill(SkillId(2))), 3);
}

#[test]
fn all_changes_are_done_or_none_and_the_account_comes_first() {
    let mut center = Center::new();
    let change = |setting| Change { setting, expects: None };
    let mut queue = center.0.config.queues[&QueueId(1)].clone();
    Arc::make_mut(&mut queue).preferred = vec![SkillId(8)];
    let both = vec![change(skill(8, "latin")), change(Setting::Queue(queue.clone()))];
    let reversed = both.iter().rev().cloned().collect();
    let refused = center.run(Command::Administer(Administration { by: ADA, changes: reversed }));
    assert!(matches!(refused, Err(Rejection::InvalidSetting(_))), "{refused:?}");
    let events = center.run(Command::Administer(Administration { by: ADA, changes: both }));
    let account = Administered { by: ADA, act: Act::Configured { settings: 2 } };
    let expected = vec![
        Event::Administered(Box::new(account)),
        Event::Configured(Box::new(skill(8, "latin"))),
        Event::Configured(Box::new(Setting::Queue(queue))),
    ];
    assert_eq!(events, Ok(expected));
}

#[test]
fn the_same_key_again_tells_what_was_made() {
    let mut center = Center::new();
    let changes = vec![Change { setting: skill(5, "french"), expects: Some(0) }];
    let command = Command::Administer(Administration { by: ADA, changes });
    let request = Request { key: Some("k".into()), command };
    execute(&mut center.0, &request, NOW).expect("there is none");
    assert_eq!(center.0.made_by("k"), Some(&SettingKey::Skill(SkillId(5))));
    assert_eq!(execute(&mut center.0, &request, NOW), Ok(vec![]));
}

#[test]
fn what_others_need_is_not_deleted() {
    let mut center = Center::new();
    let Setting::User(sam) = user(SAM, Role::Agent) else { unreachable!("it is a user") };
    let sam = User { agent: Some(tenant::agent("ann")), ..sam };
    center.change(Setting::User(sam), None).expect("ann exists");
    for (key, by) in [
        (SettingKey::Skill(SkillId(1)), "Queue support and 2 more use it"),
        (SettingKey::Queue(QueueId(2)), "Agent cara and 2 more use it"),
        (SettingKey::Script(ScriptId(1)), "Channel sales uses it"),
        (SettingKey::Agent(tenant::agent("ann")), "User user 2 uses it"),
    ] {
        assert_eq!(center.in_use(key.clone()), by, "{key}");
    }
    center.delete(SettingKey::Channel(ChannelId(1))).expect("nobody is on it");
    center.delete(SettingKey::Script(ScriptId(1))).expect("no channel leads there");
    assert!(center.0.config.script(ScriptId(1)).is_none());
    assert!(center.0.config.channel_at("sales").is_none());
}

#[test]
fn work_keeps_what_it_is_about() {
    let mut center = Center::new();
    let begin = InteractionCommand::Begin {
        guid: "int-1".into(),
        media: Media::Phone,
        to: "support".into(),
        from: "+1555".into(),
        caller_name: None,
        call_id: None,
    };
    center.run(Command::Interaction(begin)).expect("the channel is there");
    let open = center.0.find("int-1").expect("it has begun");
    assert_eq!(open.place.wait().map(|wait| wait.queue), Some(QueueId(2)));
    let by = center.in_use(SettingKey::Channel(ChannelId(2)));
    assert_eq!(by, "An open interaction came by it");
    let cara = tenant::agent("cara");
    let (status, reason) = (Status::OnBreak, Some("lunch".into()));
    let set = AgentCommand::SetStatus { agent: cara, status, reason };
    center.run(Command::Agent(set)).expect("cara exists");
    assert_eq!(center.in_use(SettingKey::Agent(cara)), "The agent is at work");
    let by = center.in_use(SettingKey::Reason("lunch".into()));
    assert_eq!(by, "An agent is in a status for this reason");
    let (status, reason) = (Status::LoggedOut, None);
    let set = AgentCommand::SetStatus { agent: cara, status, reason };
    center.run(Command::Agent(set)).expect("cara exists");
    center.delete(SettingKey::Agent(cara)).expect("cara is away and nobody names her");
    center.delete(SettingKey::Reason("lunch".into())).expect("nobody has given it");
    assert!(center.0.desk(cara).is_none() && !center.0.members(QueueId(2)).contains(&cara));
}

#[test]
fn what_an_agent_can_take_may_become_less_than_the_work_at_hand() {
    let mut center = Center::new();
    let mut ann = agent(&center, "ann");
    ann.capacity.clear();
    center.change(Setting::Agent(Arc::new(ann)), Some(1)).expect("it fits");
    assert!(!center.0.could_take(tenant::agent("ann"), Media::Phone));
}

#[test]
fn what_others_wait_for_does_not_change_its_kind() {
    let mut center = Center::new();
    let mut queue = center.0.config.queues[&QueueId(1)].clone();
    Arc::make_mut(&mut queue).media = Media::Chat;
    let refused = center.change(Setting::Queue(queue), None);
    assert!(matches!(refused, Err(Rejection::InvalidSetting(fault))
        if &*fault.field == "queue[1].media"));
}

#[test]
fn somebody_is_left_who_can_configure() {
    let mut center = Center::new();
    assert_eq!(center.delete(SettingKey::User(ADA)), Err(Rejection::OwnAccess));
    assert_eq!(center.change(user(ADA, Role::Agent), None), Err(Rejection::OwnAccess));
    let by_sam = |setting| {
        let changes = vec![Change { setting, expects: None }];
        Command::Administer(Administration { by: SAM, changes })
    };
    for setting in [Setting::Deleted(SettingKey::User(ADA)), user(ADA, Role::Supervisor)] {
        assert_eq!(center.run(by_sam(setting)), Err(Rejection::LastAdministrator));
    }
    center.change(user(SAM, Role::Administrator), None).expect("one more");
    center.run(by_sam(Setting::Deleted(SettingKey::User(ADA)))).expect("sam is left");
}

#[test]
fn another_password_ends_the_sessions() {
    let mut center = Center::new();
    let log_in = |center: &mut Center, user, hash: &str| {
        let hash = SecretHash(hash.into());
        let expires = Timestamp(NOW.0 + 1_000);
        let session = Session { hash: hash.clone(), csrf: hash, user, expires };
        center.run(Command::Access(AccessCommand::OpenSession(session))).expect("known");
    };
    log_in(&mut center, ADA, "a");
    log_in(&mut center, SAM, "s");
    let is_in = |center: &Center, hash: &str| {
        center.0.access.session(&SecretHash(hash.into()), NOW).is_some()
    };
    let Setting::User(sam) = user(SAM, Role::Supervisor) else { unreachable!("it is a user") };
    let renamed = User { name: "Sam".into(), ..sam.clone() };
    center.change(Setting::User(renamed), None).expect("it fits");
    assert!(is_in(&center, "s"), "a name changes nothing");
    let secured = User { password: "$argon2id$other".into(), ..sam };
    center.change(Setting::User(secured), None).expect("it fits");
    assert!(!is_in(&center, "s") && is_in(&center, "a"));
}

#[test]
fn a_draft_may_be_half_done_and_is_published_by_version() {
    let mut center = Center::new();
    let (id, name) = (ScriptId(9), "New");
    let draft = ScriptDraft { id, name: name.into(), flow: Flow::default(), layout: [].into() };
    center.change(Setting::ScriptDraft(Arc::new(draft)), Some(0)).expect("small enough");
    assert!(center.0.config.script(id).is_none(), "nobody is served by it");
    let flow = center.0.config.script(ScriptId(1)).expect("published").flow.clone();
    let script = |flow| Script { id, version: 1, name: name.into(), flow, published: None };
    let publish = |flow| Setting::Script(Arc::new(script(flow)));
    let refused = center.change(publish(Flow::default()), Some(1));
    assert!(matches!(refused, Err(Rejection::InvalidScript(_))), "{refused:?}");
    center.change(publish(flow.clone()), Some(1)).expect("it holds together");
    let published = center.0.config.script(id).expect("published").published;
    assert_eq!(published, Some(Publication { at: NOW, by: ADA }));
    assert_eq!(center.0.config.drafts[&id].flow, flow);
    assert_eq!(center.0.config.revision(&SettingKey::Script(id)), 2);
}
