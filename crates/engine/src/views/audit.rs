//! The audit log: who did what that has to be accounted for. Made from the tenant's log like all views, so that it can be thrown away and
//! comes again the same; each entry holds the hash of the one before, so that none can be changed or left out
//! without all later ones changing.

use std::collections::BTreeSet;

use model::{
    Event, InteractionId, SecretLinkId, UserId,
    config::{Setting, SettingKey},
    event::{Act, Administered},
};
use rusqlite::{OptionalExtension, ToSql, Transaction};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{names::Names, writer::run};
use crate::{Entry, database::int};

mod rows;

pub use rows::{AuditFilter, AuditRow};

/// Bytes of a value that is shown; of longer ones it is only said that they changed.
const SHOWN_MAX: usize = 2_000;
/// Letters of a secret's hash by which its change is noticed. Never shown.
const DIGEST_LEN: usize = 24;

/// Fields that are never shown.
const SECRETS: [(&str, &str); 6] = [
    ("user", "password"),
    ("tokens", "dataRequest"),
    ("tokens", "actionRequest"),
    ("tokens", "crmPassword"),
    ("apiKey", "hash"),
    ("apiKey", "secret"),
];

#[derive(Serialize)]
struct Change<'a> {
    field: &'a str,
    before: Value,
    after: Value,
}

/// What an entry says, before it has a number.
struct Fact<'a> {
    by: Option<UserId>,
    action: &'a str,
    resource: &'a str,
    id: String,
    name: String,
    changes: String,
}

/// Whose settings follow, and how many of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Account {
    pub(super) by: Option<UserId>,
    pub(super) left: u32,
}

impl Account {
    /// Writes what an event has to be accounted for.
    pub(super) fn write(
        &mut self,
        to: &Transaction<'_>,
        entry: &Entry<'_>,
        names: &Names,
    ) -> rusqlite::Result<()> {
        let fact = match entry.event {
            Event::Administered(administered) => {
                let Administered { by, act } = &**administered;
                match act {
                    Act::Configured { settings } => {
                        *self = Self { by: Some(*by), left: *settings };
                        None
                    }
                    act => Some(supervised(to, *by, act, names)?),
                }
            }
            Event::Configured(setting) => {
                let by = self.by.filter(|_| self.left > 0);
                self.left = self.left.saturating_sub(1);
                configured(to, by, setting)?
            }
            Event::SecretLinkMade(link) => {
                let id = link.id.to_string();
                keep(to, &format!("secretLink/{id}"), &serde_json::json!({ "name": link.title }))?;
                Some(Fact {
                    by: Some(link.by),
                    action: "created",
                    resource: "secretLink",
                    id,
                    name: link.title.as_ref().to_owned(),
                    changes: "[]".to_owned(),
                })
            }
            Event::SecretLinkTried(id) => Some(link(to, None, "tried", *id)?),
            Event::SecretLinkOpened(id) => Some(link(to, None, "opened", *id)?),
            Event::SecretLinkRevoked { id, by } => Some(link(to, Some(*by), "revoked", *id)?),
            _ => None,
        };
        fact.map_or(Ok(()), |fact| append(to, entry, names, &fact))
    }
}

fn link(
    to: &Transaction<'_>,
    by: Option<UserId>,
    action: &'static str,
    id: SecretLinkId,
) -> rusqlite::Result<Fact<'static>> {
    let id = id.to_string();
    let name = name_of(&known(to, &format!("secretLink/{id}"))?).unwrap_or_default();
    Ok(Fact { by, action, resource: "secretLink", id, name, changes: "[]".to_owned() })
}

/// What a supervisor did to other people's work.
fn supervised(
    to: &Transaction<'_>,
    by: UserId,
    act: &Act,
    names: &Names,
) -> rusqlite::Result<Fact<'static>> {
    let fact = |action, resource, id, name, field, after: Value| Fact {
        by: Some(by),
        action,
        resource,
        id,
        name,
        changes: serde_json::json!([{ "field": field, "before": null, "after": after }])
            .to_string(),
    };
    let interaction = |id: &InteractionId| -> rusqlite::Result<String> {
        let guid = "SELECT guid FROM interactions WHERE id = ?1";
        let guid = to.prepare_cached(guid)?.query_row([int(id.0)], |row| row.get(0)).optional()?;
        Ok(guid.unwrap_or_else(|| id.to_string()))
    };
    Ok(match act {
        Act::StatusSet { agent, status, .. } => {
            let status = serde_json::to_value(status).expect("a word can be written");
            let name = names.agent(*agent).to_string();
            fact("statusSet", "agent", agent.to_string(), name, "status", status)
        }
        Act::Assigned { interaction: on, agent } => {
            let to_whom = Value::from(&*names.agent(*agent));
            fact("assigned", "interaction", interaction(on)?, String::new(), "agent", to_whom)
        }
        Act::Requeued { interaction: on, queue } => {
            let queue = Value::from(&*names.queue(*queue));
            fact("requeued", "interaction", interaction(on)?, String::new(), "queue", queue)
        }
        Act::Configured { .. } => unreachable!("its settings follow and say it"),
    })
}

/// What a saved or deleted setting is to be accounted for; nothing when it is as it was.
fn configured<'s>(
    to: &Transaction<'_>,
    by: Option<UserId>,
    setting: &'s Setting,
) -> rusqlite::Result<Option<Fact<'s>>> {
    let key = setting.key();
    let (resource, id) = (key.kind(), identity(&key));
    if let Setting::Deleted(_) | Setting::WebhookDeleted(_) = setting {
        let mut name = String::new();
        for tag in tags(resource) {
            let place = format!("{tag}/{id}");
            let before = known(to, &place)?;
            if let Some(known) = name_of(&before) {
                name = known;
            }
            run(to, "DELETE FROM settings WHERE key = ?1", &[&place])?;
        }
        let changes = "[]".to_owned();
        return Ok(Some(Fact { by, action: "deleted", resource, id, name, changes }));
    }
    let (tag, after) = shown(setting);
    let place = format!("{tag}/{id}");
    let before = known(to, &place)?;
    keep(to, &place, &after)?;
    let action = match (setting, &before) {
        (Setting::Script(_), _) => "published",
        (_, Value::Null) => "created",
        _ => "changed",
    };
    let changes = differences(&tag, &before, &after);
    let name = name_of(&after).unwrap_or_default();
    Ok(Some(Fact { by, action, resource, id, name, changes }))
}

/// Under which words a kind of setting is kept: a script has a draft beside it.
fn tags(resource: &str) -> impl Iterator<Item = &str> {
    let draft = (resource == "script").then_some("scriptDraft");
    [resource].into_iter().chain(draft)
}

/// The word of a setting and its fields, secrets replaced by a part of their hash.
fn shown(setting: &Setting) -> (String, Value) {
    let tagged = serde_json::to_value(setting).expect("settings are plain data");
    let Value::Object(tagged) = tagged else { return (String::new(), Value::Null) };
    let Some((tag, mut fields)) = tagged.into_iter().next() else {
        return (String::new(), Value::Null);
    };
    for (of, field) in SECRETS {
        if of == tag
            && let Some(value) = fields.get_mut(field).filter(|value| !value.is_null())
        {
            let digest = hex::encode(Sha256::digest(value.to_string()));
            *value = Value::from(&digest[..DIGEST_LEN]);
        }
    }
    (tag, fields)
}

fn name_of(fields: &Value) -> Option<String> {
    let name = fields.get("name").or_else(|| fields.get("text"))?;
    name.as_str().map(str::to_owned)
}

/// A setting's identity as the API has it.
fn identity(key: &SettingKey) -> String {
    match key {
        SettingKey::Agent(id) => id.to_string(),
        SettingKey::Reason(code) => code.as_ref().to_owned(),
        SettingKey::ApiKey(hash) => hash.0.chars().take(DIGEST_LEN).collect(),
        other => other.number().map(|number| number.to_string()).unwrap_or_default(),
    }
}

/// The fields that differ, in the order of their names.
fn differences(tag: &str, before: &Value, after: &Value) -> String {
    let none = Map::new();
    let (before, after) = (before.as_object().unwrap_or(&none), after.as_object().unwrap_or(&none));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let shown = |of: &Map<String, Value>, field: &str| {
        let secret = SECRETS.contains(&(tag, field));
        let value = of.get(field).filter(|_| !secret).cloned().unwrap_or_default();
        if value.to_string().len() > SHOWN_MAX { Value::Null } else { value }
    };
    let changed = names.into_iter().filter(|field| *field != "id");
    let changed = changed.filter(|field| before.get(*field) != after.get(*field));
    let changes: Vec<Change<'_>> = changed
        .map(|field| Change { field, before: shown(before, field), after: shown(after, field) })
        .collect();
    serde_json::to_string(&changes).expect("values can be written")
}

fn known(from: &Transaction<'_>, place: &str) -> rusqlite::Result<Value> {
    let known = "SELECT json FROM settings WHERE key = ?1";
    let known: Option<String> =
        from.prepare_cached(known)?.query_row([place], |row| row.get(0)).optional()?;
    let read = |text: String| serde_json::from_str(&text);
    let known = known.map(read).transpose().map_err(|_| rusqlite::Error::InvalidQuery)?;
    Ok(known.unwrap_or_default())
}

fn keep(to: &Transaction<'_>, place: &str, value: &Value) -> rusqlite::Result<()> {
    let row = "INSERT INTO settings VALUES (?1, ?2)
        ON CONFLICT DO UPDATE SET json = excluded.json";
    run(to, row, &[&place, &value.to_string()])
}

/// Adds an entry behind the last one.
fn append(
    to: &Transaction<'_>,
    entry: &Entry<'_>,
    names: &Names,
    fact: &Fact<'_>,
) -> rusqlite::Result<()> {
    let last = "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1";
    let last: Option<(i64, String)> =
        to.prepare_cached(last)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (sequence, before) = last.unwrap_or_default();
    let sequence = sequence + 1;
    let Fact { by, action, resource, id, name, changes } = fact;
    let user_name = by.map(|by| names.user(by));
    let user_name = user_name.as_deref();
    let (position, at) = (int(entry.position), int(entry.at.0));
    let by = by.map(|by| by.0);
    let said = serde_json::to_string(&(
        (before, sequence, position, at),
        (by, user_name, action, resource),
        (id, name, changes),
    ));
    let hash = hex::encode(Sha256::digest(said.expect("texts and numbers can be written")));
    let row = "INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    let params: [&dyn ToSql; 11] =
        [&sequence, &position, &at, &by, &user_name, action, resource, id, name, changes, &hash];
    run(to, row, &params)
}
