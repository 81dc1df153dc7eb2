//! People who can log in.

use std::fmt;

use engine::State as Rules;
use model::{
    AgentId, Text, UserId,
    access::User as Known,
    config::{Setting, SettingKey},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::ToSchema;

use super::{
    Short, check_distinct, keys_after,
    words::{Permission, UserRole},
};
use crate::{
    admin::resource::{Detail, Resource, next_number},
    app::App,
    error::{Invalid, Problem},
    limits::PASSWORD_MAX,
    password,
};

/// The fewest characters of a new password.
const PASSWORD_CHARS_MIN: usize = 10;

/// A person who can log in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SaveUser)]
#[serde(rename_all = "camelCase")]
pub(crate) struct User {
    #[schema(value_type = String, min_length = 1, max_length = 128)]
    name: Short,
    /// The name to log in with.
    #[schema(value_type = String, max_length = 128)]
    email: Email,
    role: UserRole,
    /// What the person may do beyond the role.
    permissions: Vec<Permission>,
    /// The agent that the person works as.
    #[schema(required, value_type = Option<String>)]
    agent_id: Option<AgentId>,
    /// A new password of at least 10 characters. It cannot be left out of a new person, and is left as it
    /// is where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "never")]
    #[schema(value_type = String, required = false, write_only, min_length = 10)]
    password: Option<Password>,
    /// What recognises the new password.
    #[serde(skip)]
    #[schema(ignore)]
    hash: Option<Text>,
}

/// A login name, in lower case.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
struct Email(Text);

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Short(text) = Short::deserialize(deserializer)?;
        let parts = text.trim().split_once('@');
        let whole = parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
        if !whole || text.trim().contains(char::is_whitespace) {
            return Err(D::Error::custom("Must be an e-mail address."));
        }
        Ok(Self(text.trim().to_lowercase().into()))
    }
}

/// A password as it came in. It is hashed before anything is kept, and never printed.
#[derive(Clone)]
struct Password(Text);

/// A password is never answered.
fn never<S: Serializer>(_: &Option<Password>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_none()
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.chars().nth(PASSWORD_CHARS_MIN - 1).is_none() {
            return Err(D::Error::custom("Must have at least 10 characters."));
        }
        if text.len() > PASSWORD_MAX {
            return Err(D::Error::custom("Is longer than 1024 bytes."));
        }
        Ok(Self(text.into()))
    }
}

impl Resource for User {
    type Id = u32;
    const PATH: &'static str = "users";
    const NAME: &'static str = "User";

    fn key(id: &u32) -> SettingKey {
        SettingKey::User(UserId(*id))
    }

    fn ids<'r>(rules: &'r Rules, after: Option<&u32>) -> Box<dyn Iterator<Item = u32> + 'r> {
        Box::new(keys_after(&rules.access.users, after.copied().map(UserId)).map(|id| id.0))
    }

    fn look(rules: &Rules, id: &u32, _: Detail) -> Option<Self> {
        let user = rules.access.users.get(&UserId(*id))?;
        Some(Self {
            name: Short(user.name.clone()),
            email: Email(user.email.clone()),
            role: user.role.into(),
            permissions: user.permissions.iter().copied().map(Permission::from).collect(),
            agent_id: user.agent,
            password: None,
            hash: None,
        })
    }

    fn new_id(&self, rules: &Rules) -> Result<u32, Problem> {
        next_number::<Self>(rules)
    }

    async fn prepare(&mut self, app: &App) -> Result<(), Problem> {
        check_distinct(&self.permissions, "permissions")?;
        if let Some(Password(text)) = self.password.take() {
            self.hash = Some(password::hashed(app, text).await?);
        }
        Ok(())
    }

    fn setting(self, rules: &Rules, id: &u32) -> Result<Setting, Problem> {
        let id = UserId(*id);
        let before = rules.access.users.get(&id).map(|user| user.password.clone());
        let password = self.hash.or(before);
        Ok(Setting::User(Known {
            id,
            email: self.email.0,
            name: self.name.0,
            role: self.role.into(),
            agent: self.agent_id,
            password: password.ok_or_else(|| Invalid::field("password", "Is missing."))?,
            permissions: self.permissions.into_iter().map(Into::into).collect(),
        }))
    }
}
