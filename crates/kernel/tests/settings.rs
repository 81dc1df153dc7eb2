//! Settings are saved all or none, and a refusal names the field.

#[path = "scenarios/tenant.rs"]
mod tenant;

use std::sync::Arc;

use kernel::{State, execute};
use model::{
    Command, Rejection, SkillId, Timestamp, WebhookId,
    config::{Script, Setting, Skill, Webhook},
};

const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn refusal(settings: Vec<Setting>) -> String {
    let mut state = State::default();
    execute(&mut state, &Command::Configure(tenant::settings()).into(), NOW).expect("they fit");
    let before = state.clone();
    let refused = execute(&mut state, &Command::Configure(settings).into(), NOW)
        .expect_err("they do not fit");
    assert_eq!(state, before, "a refusal leaves no trace");
    match refused {
        Rejection::InvalidSetting(fault) => format!("{}: {}", fault.field, fault.message),
        Rejection::InvalidScript(faults) => faults[0].field.as_ref().to_owned(),
        other => panic!("{other:?}"),
    }
}

fn edited(edit: impl FnOnce(&mut Vec<Setting>)) -> Vec<Setting> {
    let mut settings = tenant::settings();
    settings.retain(|setting| !matches!(setting, Setting::Script(_)));
    edit(&mut settings);
    settings
}

fn edit_queue(edit: impl FnOnce(&mut model::config::Queue)) -> Vec<Setting> {
    edited(|settings| {
        let queue = settings.iter_mut().find_map(|setting| match setting {
            Setting::Queue(queue) => Some(Arc::make_mut(queue)),
            _ => None,
        });
        edit(queue.expect("there are queues"));
    })
}

fn script() -> Script {
    let found = tenant::settings().into_iter().find_map(|setting| match setting {
        Setting::Script(script) => Some(script),
        _ => None,
    });
    Arc::unwrap_or_clone(found.expect("there are scripts"))
}

#[test]
fn a_refusal_names_the_field() {
    assert_eq!(refusal(edit_queue(|queue| queue.priority = 101)), "queue[1].priority: at most 100");
    let unknown = |queue: &mut model::config::Queue| queue.preferred = vec![SkillId(9)];
    assert_eq!(refusal(edit_queue(unknown)), "queue[1].preferred[0]: no such skill");
    let stale = vec![Setting::Script(Arc::new(script()))];
    assert_eq!(refusal(stale), "script[1].version: the next version is 2");
}

#[test]
fn a_script_that_does_not_hold_together_is_not_published() {
    let mut broken = Script { version: 2, ..script() };
    broken.flow.start = "nowhere".into();
    assert_eq!(refusal(vec![Setting::Script(Arc::new(broken))]), "script[1].flow.start");
}

#[test]
fn settings_are_bounded_in_number_and_size() {
    let skill = |name: &str| Setting::Skill(Skill { id: SkillId(2), name: name.into() });
    assert_eq!(refusal(vec![skill("many"); 2_001]), "settings: at most 2,000 at once");
    let large = refusal(vec![skill("fits"), skill(&"x".repeat(600_000))]);
    assert_eq!(large, "settings[1]: too large: at most 512 KiB");
}

#[test]
fn webhooks_are_bounded_and_only_known_ones_are_deleted() {
    let webhook = |id| {
        let uri = "https://example.com/events".into();
        let (id, name, events) = (WebhookId(id), "one".into(), Vec::new());
        Setting::Webhook(Webhook { id, name, uri, events, enabled: true })
    };
    let many: Vec<_> = (1..=21).map(webhook).collect();
    assert_eq!(refusal(many), "webhook: at most 20 webhooks");
    let deleted = vec![webhook(1), Setting::WebhookDeleted(WebhookId(1))];
    let again = [deleted.clone(), vec![Setting::WebhookDeleted(WebhookId(1))]].concat();
    assert_eq!(refusal(again), "webhook[1]: no such webhook");
    let mut state = State::default();
    execute(&mut state, &Command::Configure(deleted).into(), NOW).expect("they fit");
    assert!(state.config.webhooks.is_empty());
}
