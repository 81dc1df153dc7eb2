//! Who may come in, and who is in.

use alloc::collections::{BTreeMap, BTreeSet};

use model::{
    Timestamp, UserId,
    access::{ApiKey, Crm, Role, SecretHash, Session, Tokens, User},
    config::{Setting, SettingKey},
    limits::SESSIONS_MAX,
};
use serde::{Deserialize, Serialize};

/// Logins and credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// People.
    pub users: BTreeMap<UserId, User>,
    /// The tenant's tokens.
    pub tokens: Option<Tokens>,
    /// What the CRM API may do; nothing before its first setting.
    pub crm: Option<Crm>,
    /// API keys.
    pub api_keys: BTreeMap<SecretHash, ApiKey>,
    /// Open sessions. One past its time is as good as closed.
    pub sessions: BTreeMap<SecretHash, Session>,
    sessions_by_end: BTreeSet<(Timestamp, SecretHash)>,
}

impl Access {
    /// The person with this login name (lower case).
    #[must_use]
    pub fn user_by_email(&self, email: &str) -> Option<&User> {
        self.users.values().find(|user| &*user.email == email)
    }

    /// The session of a token, unless its time is over.
    #[must_use]
    pub fn session(&self, hash: &SecretHash, now: Timestamp) -> Option<&Session> {
        self.sessions.get(hash).filter(|session| session.expires > now)
    }

    /// Whether somebody beside this person can configure the tenant.
    pub(crate) fn has_administrator_beside(&self, user: UserId) -> bool {
        let mut others = self.users.values().filter(|other| other.id != user);
        others.any(|other| other.role == Role::Administrator)
    }

    pub(crate) fn open(&mut self, session: Session) {
        while self.sessions.len() >= SESSIONS_MAX
            && let Some((_, oldest)) = self.sessions_by_end.pop_first()
        {
            self.sessions.remove(&oldest);
        }
        self.sessions_by_end.insert((session.expires, session.hash.clone()));
        self.sessions.insert(session.hash.clone(), session);
    }

    pub(crate) fn close(&mut self, hash: &SecretHash) {
        if let Some(session) = self.sessions.remove(hash) {
            self.sessions_by_end.remove(&(session.expires, session.hash));
        }
    }

    /// Whoever has another password or role, or is gone, must log in again.
    fn close_all(&mut self, user: UserId) {
        let closed = self.sessions.extract_if(.., |_, session| session.user == user);
        for (hash, session) in closed {
            self.sessions_by_end.remove(&(session.expires, hash));
        }
    }

    pub(crate) fn has(&self, key: &SettingKey) -> bool {
        match key {
            SettingKey::User(id) => self.users.contains_key(id),
            SettingKey::Tokens => self.tokens.is_some(),
            SettingKey::Crm => self.crm.is_some(),
            SettingKey::ApiKey(hash) => self.api_keys.contains_key(hash),
            SettingKey::Tenant
            | SettingKey::Skill(_)
            | SettingKey::Queue(_)
            | SettingKey::Agent(_)
            | SettingKey::Group(_)
            | SettingKey::Schedule(_)
            | SettingKey::Script(_)
            | SettingKey::Channel(_)
            | SettingKey::TransactionCode(_)
            | SettingKey::Reason(_)
            | SettingKey::Webhook(_) => false,
        }
    }

    /// Takes a setting in, of those that are about access.
    pub(crate) fn save(&mut self, setting: &Setting) {
        match setting {
            Setting::User(user) => {
                let before = self.users.insert(user.id, user.clone());
                let same =
                    |before: User| before.password == user.password && before.role == user.role;
                if !before.is_none_or(same) {
                    self.close_all(user.id);
                }
            }
            Setting::Tokens(tokens) => self.tokens = Some(tokens.clone()),
            Setting::Crm(crm) => self.crm = Some(crm.clone()),
            Setting::ApiKey(key) => _ = self.api_keys.insert(key.hash.clone(), key.clone()),
            Setting::Deleted(SettingKey::User(id)) => {
                self.users.remove(id);
                self.close_all(*id);
            }
            Setting::Deleted(SettingKey::ApiKey(hash)) => _ = self.api_keys.remove(hash),
            Setting::Deleted(_)
            | Setting::Tenant(_)
            | Setting::Skill(_)
            | Setting::Queue(_)
            | Setting::Agent(_)
            | Setting::Group(_)
            | Setting::Schedule(_)
            | Setting::Script(_)
            | Setting::ScriptDraft(_)
            | Setting::Channel(_)
            | Setting::TransactionCode(_)
            | Setting::Reason(_)
            | Setting::Webhook(_)
            | Setting::WebhookDeleted(_) => {}
        }
    }
}
