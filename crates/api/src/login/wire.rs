//! The JSON of logins.

use model::{Text, access::Role};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    error::Invalid,
    fields::{Fields, Parse},
    limits::PASSWORD_MAX,
};

/// Who wants to come in.
#[derive(ToSchema)]
#[schema(as = Login)]
pub(crate) struct LoginRequest {
    /// Case does not matter.
    #[schema(value_type = String, max_length = 128, example = "ana@example.com")]
    pub(crate) email: Text,
    #[schema(value_type = String, max_length = 1024, format = Password)]
    pub(crate) password: Text,
}

impl Parse for LoginRequest {
    fn parse(fields: &mut Fields<'_>) -> Result<Self, Invalid> {
        let email = fields.text("email", model::limits::SHORT_TEXT_CHARS_MAX)?;
        Ok(Self {
            email: email.trim().to_lowercase().into(),
            password: fields.text("password", PASSWORD_MAX)?,
        })
    }
}

/// A session that has just begun.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LoginDone {
    /// For `Authorization: Bearer`. Shown once.
    pub(crate) token: String,
    #[serde(flatten)]
    pub(crate) session: SessionAnswer,
}

/// A session.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionAnswer {
    /// For `X-CSRF-Token`, with every write that is authenticated by the cookie.
    pub(crate) csrf_token: String,
    /// When the session ends, epoch milliseconds.
    pub(crate) expires_at: u64,
    pub(crate) user: SessionUser,
    pub(crate) tenant: SessionTenant,
}

/// Who is logged in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionUser {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) role: RoleWord,
    /// The agent the person works as.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) agent_id: Option<String>,
}

/// Where the person belongs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionTenant {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Role)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RoleWord {
    Agent,
    Supervisor,
    Administrator,
}

impl From<Role> for RoleWord {
    fn from(role: Role) -> Self {
        match role {
            Role::Agent => Self::Agent,
            Role::Supervisor => Self::Supervisor,
            Role::Administrator => Self::Administrator,
        }
    }
}
